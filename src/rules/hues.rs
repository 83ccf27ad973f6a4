//! The built-in part `hue`: one thing for each hue family that fills enough of the first
//! screen with backgrounds, borders or text. Pictures are left out.

use crate::finding::Need;
use crate::layout::geometry::{Boxed, Colour, Geometry, Missing, Rect};
use crate::pack::model::Builtin;
use crate::page::dom::{Dom, El};
use crate::parts::extent::Extent;
use crate::parts::map::Thing;
use crate::parts::plan::PartRef;
use crate::parts::screen::Screen;
use crate::rules::context::Context;
use crate::rules::landmark;
use crate::rules::message::Values;
use crate::rules::outcome::{Draft, Outcome, Spot};
use std::collections::BTreeSet;

/// Hue families: twelve of 30 degrees (RULE-LANGUAGE 3.9).
const FAMILIES: usize = 12;
/// Share of the first screen that a family must fill (RULE-LANGUAGE 3.9).
const SHARE: f32 = 0.03;
/// Side of the squares that the first screen is sampled in, CSS pixels.
const CELL: f32 = 8.0;
/// Share of a line's box that its letters ink, about.
const INK: f32 = 0.15;
/// Colours whose saturation or whose distance from black and white is smaller are greys.
const GREY: f32 = 0.12;

/// The families of the first screen, in their order round the wheel; `None` where nothing
/// was measured.
pub fn things(c: &Context<'_>, screen: Option<&Screen>) -> Option<Vec<Thing>> {
    let screen = screen.or(c.screens.first())?;
    let dom = &c.scene.page.dom;
    let pinned;
    let geometry = match screen.geometry() {
        Some(measured) => measured,
        None => {
            pinned = of_pins(dom, screen)?;
            &pinned
        }
    };
    let pictures = &c.scene.walk.images;
    let texts = |el: El| dom.texts(el).iter().any(|t| t.parent == el && !dom.text_of(t).trim().is_empty());
    let filled = fill(geometry, |el| pictures.binary_search(&el).is_ok(), texts);
    let whole = (geometry.viewport.width * geometry.viewport.height) as f32;
    let enough = filled.into_iter().filter(|f| f.area >= SHARE * whole);
    let mut things: Vec<Thing> = enough
        .filter_map(|f| f.most)
        .map(|(el, _)| Thing::builtin(Builtin::Hue, el, Extent::of(dom, el)))
        .collect();
    things.sort_by_key(|t| t.anchor);
    Some(things)
}

/// The boxes that a rule test pins, in the colours of their `style` attributes; `None` where
/// nothing is pinned.
fn of_pins(dom: &Dom, screen: &Screen) -> Option<Geometry> {
    let boxed = |el: El| {
        let rect = screen.pinned(dom, el).unwrap_or_default();
        let style = dom.attr(el, "style").unwrap_or("");
        let background = style.split(';').filter_map(|d| d.split_once(':')).find_map(|(name, value)| {
            name.trim().eq_ignore_ascii_case("background").then(|| hex(value.trim()))?
        });
        Boxed { rect, visible: rect, background: background.unwrap_or_default(), ..Boxed::default() }
    };
    let boxes: Vec<Boxed> = dom.iter().map(boxed).collect();
    let any = boxes.iter().any(|b| b.rect.area() > 0.0);
    let viewport = screen.viewport().clone();
    let height = viewport.height as f32;
    any.then(|| Geometry {
        viewport,
        boxes,
        height,
        missing: Missing::default(),
        engine: "pins",
        drawing: None,
    })
}

/// `#rrggbb`.
fn hex(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
    let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([byte(0)?, byte(2)?, byte(4)?, 255])
}

/// What a rule about hues says where nothing was measured.
pub fn unknown(c: &Context<'_>) -> Outcome {
    let title = c.title(PartRef::Builtin(Builtin::Hue));
    let draft = Draft {
        spot: Spot::Landmark(landmark::of_page(c)),
        message: c.wording().cannot_tell(&c.wording().cover_unknown(&title)),
        part: Some(Builtin::Hue.name().to_string()),
        near: Vec::new(),
        basis: None,
        place: None,
        values: Values::new(),
    };
    Outcome::unsure(draft, BTreeSet::from([Need::Layout]))
}

/// What one family fills: square pixels, and the element that fills most of it.
#[derive(Clone, Debug, Default)]
struct Filled {
    area: f32,
    most: Option<(El, f32)>,
}

impl Filled {
    fn add(&mut self, el: El, area: f32) {
        self.area += area;
        if self.most.is_none_or(|(_, most)| area > most) {
            self.most = Some((el, area));
        }
    }
}

/// Paints the first screen in document order on a grid; what is painted last is seen.
fn fill(geometry: &Geometry, is_picture: impl Fn(El) -> bool, has_text: impl Fn(El) -> bool) -> Vec<Filled> {
    let (width, height) = (geometry.viewport.width as f32, geometry.viewport.height as f32);
    let screen = Rect { x: 0.0, y: 0.0, width, height };
    let (columns, rows) = ((width / CELL).ceil() as usize, (height / CELL).ceil() as usize);
    // the element that painted a cell and its family; a picture has none
    let mut cells: Vec<Option<(El, Option<usize>)>> = vec![None; columns * rows];
    let mut filled = vec![Filled::default(); FAMILIES];
    let seen = |b: &Boxed| b.unseen.is_none() && b.visible.meet(screen).area() > 0.0;
    for (i, b) in geometry.boxes.iter().enumerate().filter(|(_, b)| seen(b)) {
        let el = El(i as u32);
        let seen = b.visible.meet(screen);
        let picture = b.picture || is_picture(el);
        if picture || b.background[3] >= 128 {
            let family = if picture { None } else { family(b.background) };
            let to = |edge: f32, most: usize| ((edge / CELL).round().max(0.0) as usize).min(most);
            for row in to(seen.y, rows)..to(seen.bottom(), rows) {
                let from = row * columns;
                cells[from + to(seen.x, columns)..from + to(seen.right(), columns)].fill(Some((el, family)));
            }
        }
        if b.border[3] >= 128
            && let Some(family) = family(b.border)
        {
            filled[family].add(el, border(b, screen));
        }
        if has_text(el)
            && b.text[3] >= 128
            && let Some(family) = family(b.text)
        {
            filled[family].add(el, INK * seen.area());
        }
    }
    let painted = cells.into_iter().flatten().filter_map(|(el, family)| Some((el, family?)));
    let mut areas: std::collections::BTreeMap<(usize, El), f32> = std::collections::BTreeMap::new();
    for (el, family) in painted {
        *areas.entry((family, el)).or_default() += CELL * CELL;
    }
    for ((family, el), area) in areas {
        filled[family].add(el, area);
    }
    filled
}

/// Square pixels of a box's borders in a part of the page.
fn border(b: &Boxed, part: Rect) -> f32 {
    let (r, [top, right, bottom, left]) = (b.rect, b.edges);
    let sides = [
        Rect { height: top, ..r },
        Rect { y: r.bottom() - bottom, height: bottom, ..r },
        Rect { width: left, y: r.y + top, height: r.height - top - bottom, ..r },
        Rect { x: r.right() - right, width: right, y: r.y + top, height: r.height - top - bottom },
    ];
    sides.iter().map(|side| side.meet(b.visible).meet(part).area()).sum()
}

/// The hue family of a colour, 0 (red) to 11; `None` is a grey.
fn family(colour: Colour) -> Option<usize> {
    let [r, g, b] = [colour[0], colour[1], colour[2]].map(|v| f32::from(v) / 255.0);
    let (most, least) = (r.max(g).max(b), r.min(g).min(b));
    let chroma = most - least;
    let light = (most + least) / 2.0;
    if chroma < GREY || !(GREY / 2.0..=1.0 - GREY / 2.0).contains(&light) {
        return None;
    }
    let sixth = if most == r {
        ((g - b) / chroma).rem_euclid(6.0)
    } else if most == g {
        (b - r) / chroma + 2.0
    } else {
        (r - g) / chroma + 4.0
    };
    // families lie round the pure colours: 345 to 15 degrees is red
    let width = 360.0 / FAMILIES as f32;
    Some(((sixth * 60.0 + width / 2.0) / width) as usize % FAMILIES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::viewport::Viewport;

    #[test]
    fn families_lie_round_the_pure_colours() {
        assert_eq!(family([255, 0, 0, 255]), Some(0));
        assert_eq!(family([250, 10, 20, 255]), Some(0));
        assert_eq!(family([255, 140, 0, 255]), Some(1));
        assert_eq!(family([0, 200, 0, 255]), Some(4));
        assert_eq!(family([0, 0, 255, 255]), Some(8));
        for grey in [[0, 0, 0, 255], [255, 255, 255, 255], [120, 125, 122, 255]] {
            assert_eq!(family(grey), None);
        }
    }

    #[test]
    fn what_is_painted_last_is_seen_and_pictures_are_left_out() {
        let viewport = Viewport { name: "small".into(), width: 400, height: 400 };
        let boxed = |x, y, width, height, background| {
            let rect = Rect { x, y, width, height };
            Boxed { rect, visible: rect, background, ..Boxed::default() }
        };
        let boxes = vec![
            boxed(0.0, 0.0, 400.0, 4000.0, [255, 0, 0, 255]),
            boxed(0.0, 0.0, 400.0, 200.0, [0, 0, 255, 255]),
            boxed(0.0, 200.0, 400.0, 200.0, [0, 0, 0, 0]),
            Boxed {
                unseen: Some(crate::layout::Unseen::Display),
                ..boxed(0.0, 0.0, 400.0, 400.0, [0, 255, 0, 255])
            },
        ];
        let missing = crate::layout::Missing::default();
        let geometry = Geometry { viewport, boxes, height: 4000.0, missing, engine: "test", drawing: None };
        let filled = fill(&geometry, |el| el == El(2), |_| false);
        assert_eq!((filled[0].area, filled[8].area, filled[4].area), (0.0, 80_000.0, 0.0));
        assert_eq!(filled[8].most, Some((El(1), 80_000.0)));
    }
}
