//! Where things would be if the page were one column: the static estimate of the
//! first screen, used where no layout measured it. It decides clear cases only.

use crate::audit::Tri;
use crate::finding::Basis;
use crate::pack::model::Region;
use crate::page::dom::{Dom, El};
use crate::parts::structure::Structure;
use crate::parts::tags::{declarations, is_inline, number, pixels};
use crate::parts::walk::{RowSource, Walk};
use crate::text::fold::chars;
use crate::viewport::Viewport;

/// Height of a picture that says nothing of its own, CSS pixels.
const PICTURE: f32 = 120.0;
/// Height that a menu takes on the page, CSS pixels: its entries open below it.
const MENU: f32 = 60.0;
/// Cards beside each other on a wide and on a narrow screen.
const CARDS_WIDE: u32 = 4;
const CARDS_NARROW: u32 = 2;
/// Lines are this much higher than their font.
const LINE: f32 = 1.5;
/// Band around a measured fold that stays unknown, CSS pixels.
const FOLD_BAND: f32 = 32.0;

/// Distance of every element from the top of the page on one viewport.
#[derive(Debug)]
pub struct Flow {
    /// By element: CSS pixels from the top, and whether the page pins it.
    tops: Vec<(f32, bool)>,
    /// By element: pinned height, where given.
    heights: Vec<(El, f32)>,
    viewport: Viewport,
    styled: bool,
}

impl Flow {
    /// Estimates one viewport, O(nodes + text).
    pub fn new(dom: &Dom, walk: &Walk, structure: &Structure, viewport: &Viewport) -> Flow {
        let mut flow = Flow {
            tops: Vec::with_capacity(dom.len()),
            heights: Vec::new(),
            viewport: viewport.clone(),
            styled: walk.has_styles,
        };
        let narrow = viewport.width < 700;
        let columns = if narrow { CARDS_NARROW } else { CARDS_WIDE };
        // what to restore when an element ends: (end, kind)
        let mut open: Vec<(u32, Leave)> = Vec::new();
        let mut y = 0.0f32;
        let mut row = 0usize;
        let mut line = 0.0f32;
        let mut card = (None, 0u32, 0.0f32, 0.0f32);
        // both are in document order
        let (mut cards, mut images) = (structure.cards.iter().peekable(), walk.images.iter().peekable());
        for el in dom.iter() {
            while cards.next_if(|c| **c < el).is_some() {}
            while images.next_if(|i| **i < el).is_some() {}
            while let Some(&(end, leave)) = open.last()
                && end <= el.0
            {
                y = leave_at(y, leave, &mut card);
                open.pop();
            }
            row = text_before(dom, walk, el, row, &mut y, &mut line, viewport);
            let facts = walk.fact(el);
            let end = dom.end(el).0;
            if let Some(pin) = dom.attr(el, "data-sl-y").and_then(number) {
                let height = dom.attr(el, "data-sl-h").and_then(number);
                if let Some(h) = height {
                    flow.heights.push((el, h));
                }
                y = pin;
                flow.tops.push((pin, true));
                open.push((end, Leave::AtLeast(pin + height.unwrap_or(0.0))));
                continue;
            }
            let pinned = dom.parent(el).is_some_and(|p| flow.tops.get(p.0 as usize).is_some_and(|t| t.1));
            flow.tops.push((y, pinned));
            if facts.hidden.is_some() {
                open.push((end, Leave::Back(y)));
                continue;
            }
            if cards.next_if(|c| **c == el).is_some() {
                let parent = dom.parent(el);
                if card.0 != parent || card.1 == 0 {
                    card = (parent, 0, y, y);
                }
                if card.1.is_multiple_of(columns) {
                    card.2 = card.3.max(y);
                }
                card.1 += 1;
                y = card.2;
                if let Some(top) = flow.tops.last_mut() {
                    top.0 = y;
                }
                open.push((end, Leave::Card));
            } else {
                let region = facts.regions.innermost();
                let root = dom.parent(el).is_none_or(|p| walk.fact(p).regions != facts.regions);
                match region {
                    Region::Nav if root => open.push((end, Leave::AtMost(y + MENU))),
                    Region::Aside if root && !narrow => open.push((end, Leave::Back(y))),
                    _ => {}
                }
            }
            // what is drawn behind a text in a line takes no room of its own
            let behind = |el: El| is_inline(dom.name(el)) && facts.text_end > facts.text_start;
            if images.next_if(|i| **i == el).is_some() && !behind(el) {
                let height = picture_height(dom, el, facts.font);
                if height > 40.0 && !(walk.has_styles && may_be_folded(walk, el)) {
                    y += height;
                }
            } else if let Some(h) = dom.attr(el, "style").and_then(|s| style_height(s, facts.font)) {
                // a block with a height of its own
                open.push((end, Leave::AtLeast(y + h)));
            }
        }
        flow
    }

    /// Distance from the top in CSS pixels and where it comes from.
    pub fn top(&self, el: El) -> (u32, Basis) {
        let (y, pinned) = self.tops.get(el.0 as usize).copied().unwrap_or((0.0, false));
        (y.max(0.0) as u32, if pinned { Basis::Measured } else { Basis::Estimated })
    }

    /// The viewport.
    pub fn viewport(&self) -> &Viewport {
        &self.viewport
    }

    /// Whether the element is on the first screen.
    pub fn on_first_screen(&self, el: El) -> Tri {
        let (y, pinned) = self.tops.get(el.0 as usize).copied().unwrap_or((0.0, false));
        let fold = self.viewport.height as f32;
        if pinned {
            let height = self.heights.iter().find(|(e, _)| *e == el).map_or(0.0, |h| h.1);
            let seen = |fold: f32| {
                let inside = (fold - y).min(height);
                y < fold && (inside >= height / 2.0 || inside >= fold / 2.0)
            };
            return match (seen(fold - FOLD_BAND), seen(fold + FOLD_BAND)) {
                (true, true) => Tri::Yes,
                (false, false) => Tri::No,
                _ => Tri::Maybe,
            };
        }
        // style sheets that were not applied can move anything up: menus, drawers and dialogs that
        // they fold away stand for whole screens in the order of the elements
        let (near, far) = if self.styled { (0.4, f32::INFINITY) } else { (0.8, 1.25) };
        if y <= near * fold {
            Tri::Yes
        } else if y > far * fold {
            Tri::No
        } else {
            Tri::Maybe
        }
    }
}

#[derive(Clone, Copy)]
enum Leave {
    Back(f32),
    AtMost(f32),
    AtLeast(f32),
    Card,
}

fn leave_at(y: f32, leave: Leave, card: &mut (Option<El>, u32, f32, f32)) -> f32 {
    match leave {
        Leave::Back(to) => to,
        Leave::AtMost(to) => y.min(to),
        Leave::AtLeast(to) => y.max(to),
        Leave::Card => {
            card.3 = card.3.max(y);
            card.3
        }
    }
}

/// Whether style sheets may well fold a thing away or set it beside another: menus,
/// overlays, lists of links, side bars. On a page whose style sheets were not applied
/// such things take no height in the estimate.
fn may_be_folded(walk: &Walk, el: El) -> bool {
    let facts = walk.fact(el);
    facts.link.is_some() || facts.dialog || facts.cell.is_some() || !facts.regions.holds(Region::Main)
}

/// Adds the lines of the text rows before an element.
fn text_before(
    dom: &Dom,
    walk: &Walk,
    el: El,
    mut next: usize,
    y: &mut f32,
    line: &mut f32,
    viewport: &Viewport,
) -> usize {
    let until = walk.fact(el).text_start;
    let block = !is_inline(dom.name(el));
    while let Some(row) = walk.rows.get(next) {
        if row.at >= until || matches!(row.source, RowSource::Attr(_)) {
            break;
        }
        next += 1;
        let facts = walk.fact(row.el);
        if facts.hidden.is_some() || (walk.has_styles && may_be_folded(walk, row.el)) {
            continue;
        }
        let text = walk.buffer.get(row.at as usize..walk.row_end(row) as usize).unwrap_or("");
        let font = facts.font.max(1.0);
        *line += chars(text) as f32 * font * 0.5;
        if text.ends_with(crate::text::fold::BREAK) || block {
            if *line > 0.0 {
                *y += (*line / viewport.width as f32).ceil() * font * LINE;
            }
            *line = 0.0;
        }
    }
    next
}

fn picture_height(dom: &Dom, el: El, font: f32) -> f32 {
    dom.attr(el, "style")
        .and_then(|s| style_height(s, font))
        .or_else(|| {
            dom.attr(el, "height").and_then(|h| if h.contains('%') { None } else { number(h.trim()) })
        })
        .or_else(|| {
            dom.attr(el, "width")
                .and_then(|w| if w.contains('%') { None } else { number(w.trim()) })
                .filter(|w| *w <= 40.0)
        })
        .unwrap_or(PICTURE)
}

fn style_height(style: &str, font: f32) -> Option<f32> {
    let lower = style.to_ascii_lowercase();
    declarations(&lower)
        .find(|(k, _)| matches!(*k, "height" | "min-height"))
        .and_then(|(_, v)| pixels(v, font))
        .filter(|h| h.is_finite() && *h >= 0.0 && *h < 100_000.0)
}
