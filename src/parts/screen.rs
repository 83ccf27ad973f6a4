//! What is known of one viewport: where a layout engine measured things, else the estimate.

use crate::audit::Tri;
use crate::finding::Basis;
use crate::layout::{Boxed, Geometry, Missing, Rect, Unseen};
use crate::page::dom::{Dom, El, TextRow};
use crate::parts::flow::Flow;
use crate::parts::guards::has_scripts;
use crate::parts::map::Thing;
use crate::parts::scene::Scene;
use crate::parts::tags::number;
use crate::parts::waiting;
use crate::parts::walk::Hidden;
use crate::parts::wide;
use crate::show::{cut, shown};
use crate::text::subwords::subwords;
use crate::viewport::Viewport;
use std::cell::OnceCell;

/// Half-width of the band at the fold in which a measured place stays unknown, in CSS pixels:
/// two engines agree on nine tops of ten within it (layout study, section 2).
pub const FOLD_BAND: f32 = 32.0;
/// The band grows by this share of the screen for stylesheets that were not at hand: all of
/// them missing would make it half a screen.
const SHEETS_BAND: f32 = 0.5;
/// Elements looked through for what stands in for a box that is empty itself.
const STAND_IN: u32 = 64;

/// Whether and why a thing is seen on a viewport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It is.
    Yes,
    /// The markup hides it.
    Markup(Hidden),
    /// The markup hides it until a press on something else opens it.
    Drawer(Hidden),
    /// The markup hides it in a way that scripts undo when they start.
    Coming(Hidden),
    /// The layout hides it.
    Layout(Unseen),
    /// The layout hides it in a way that scripts undo when they start.
    Waiting(Unseen),
}

/// One viewport of a page.
#[derive(Debug)]
pub struct Screen {
    viewport: Viewport,
    geometry: Option<Geometry>,
    /// Made where it is asked for: where all was measured it never is.
    estimate: OnceCell<Flow>,
    /// How wide the page is, where a phone would shrink it; found out where it is asked for.
    wide: OnceCell<Option<f32>>,
}

impl Screen {
    /// A viewport, with what was measured of it.
    pub fn new(viewport: &Viewport, geometry: Option<Geometry>) -> Screen {
        Screen { viewport: viewport.clone(), geometry, estimate: OnceCell::new(), wide: OnceCell::new() }
    }

    /// The viewport.
    pub fn viewport(&self) -> &Viewport {
        &self.viewport
    }

    /// What was measured.
    pub fn geometry(&self) -> Option<&Geometry> {
        self.geometry.as_ref()
    }

    fn flow(&self, scene: &Scene<'_>) -> &Flow {
        let make = || Flow::new(&scene.page.dom, &scene.walk, &scene.structure, &self.viewport);
        self.estimate.get_or_init(make)
    }

    /// The measured box of an element, or of what stands in for one that has none of its own.
    pub fn boxed(&self, scene: &Scene<'_>, el: El) -> Option<Boxed> {
        let geometry = self.geometry.as_ref()?;
        let own = *geometry.of(el)?;
        if own.rect.area() > 0.0 {
            return Some(own);
        }
        let inner = (el.0 + 1..scene.page.dom.end(el).0.min(el.0 + STAND_IN)).map(El);
        let drawn =
            inner.filter_map(|e| geometry.of(e)).filter(|b| b.unseen.is_none() && b.rect.area() > 0.0);
        let both = |a: Boxed, b: &Boxed| Boxed {
            rect: a.rect.join(b.rect),
            visible: a.visible.join(b.visible),
            ..a
        };
        let joined = drawn.fold(None, |all: Option<Boxed>, b| Some(all.map_or(*b, |a| both(a, b))));
        Some(joined.map_or(own, |j| Boxed { rect: j.rect, visible: j.visible, unseen: None, ..own }))
    }

    /// The box that a rule test pins on an element: `data-sl-y` and `data-sl-h`, and where
    /// they are not 0 and the whole width, `data-sl-x` and `data-sl-w`; CSS pixels.
    pub fn pinned(&self, dom: &Dom, el: El) -> Option<Rect> {
        let pin = |name: &str| dom.attr(el, name).and_then(number);
        let (y, height) = (pin("data-sl-y")?, pin("data-sl-h")?);
        let width = pin("data-sl-w").unwrap_or(self.viewport.width as f32);
        Some(Rect { x: pin("data-sl-x").unwrap_or(0.0), y, width, height })
    }

    /// What is drawn of an element, in CSS pixels; `None` where nobody measured it.
    pub fn area(&self, scene: &Scene<'_>, el: El) -> Option<Rect> {
        let measured =
            self.boxed(scene, el).map(|b| if b.unseen.is_none() { b.visible } else { Rect::default() });
        measured.or_else(|| self.pinned(&scene.page.dom, el))
    }

    /// Distance from the top in CSS pixels and where it comes from.
    pub fn top(&self, scene: &Scene<'_>, el: El) -> (u32, Basis) {
        match self.boxed(scene, el) {
            Some(b) => (b.rect.y.max(0.0).round() as u32, Basis::Measured),
            None => self.flow(scene).top(el),
        }
    }

    /// Half-width of the band at the fold in which a measured place stays unknown, CSS pixels.
    pub fn band(&self) -> f32 {
        let missing = self.geometry.as_ref().map_or(0.0, missing_share);
        FOLD_BAND + missing * SHEETS_BAND * self.viewport.height as f32
    }

    /// Height of the pictures of assumed size that stand above a box, in its column: it may be
    /// higher up by as much. CSS pixels.
    fn assumed_above(&self, b: &Boxed) -> f32 {
        let Some(geometry) = &self.geometry else { return 0.0 };
        if geometry.missing.pictures == 0 {
            return 0.0;
        }
        let above = |p: &&Boxed| {
            let beside = p.rect.right() <= b.rect.x || p.rect.x >= b.rect.right();
            p.assumed && p.unseen.is_none() && !beside && p.rect.bottom() <= b.rect.y + 1.0
        };
        let mut spans: Vec<(f32, f32)> =
            geometry.boxes.iter().filter(above).map(|p| (p.rect.y, p.rect.bottom())).collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut height, mut until) = (0.0, f32::MIN);
        for (top, bottom) in spans {
            height += (bottom - top.max(until)).max(0.0);
            until = until.max(bottom);
        }
        height
    }

    /// Whether the element is on the first screen.
    pub fn on_first_screen(&self, scene: &Scene<'_>, el: El) -> Tri {
        let Some(b) = self.boxed(scene, el) else { return self.flow(scene).on_first_screen(el) };
        if b.rect.area() <= 0.0 && matches!(self.seen(scene, el), Seen::Coming(_) | Seen::Waiting(_)) {
            return if self.may_come(el) { Tri::Maybe } else { Tri::No };
        }
        // what hangs in the window does not move with what the page lacks
        let (band, lift) = if b.held { (0.0, 0.0) } else { (self.band(), self.assumed_above(&b)) };
        let up = if b.held { 0.0 } else { b.lift };
        // the thing as low and as high as it may be
        match (self.shows(&b, band + lift / 2.0), self.shows(&b, -band - lift - up)) {
            (true, true) => Tri::Yes,
            (false, false) if !self.pushed_aside(scene, el, &b) && !self.shows_shrunk(scene, &b) => Tri::No,
            _ => Tri::Maybe,
        }
    }

    /// Whether an element that waits for a script to give it a box may stand on the first screen then:
    /// what is drawn before it begins there.
    fn may_come(&self, el: El) -> bool {
        let boxes = self.geometry.as_ref().map_or(&[] as &[Boxed], |g| &g.boxes);
        let drawn =
            |b: &&Boxed| b.unseen.is_none() && b.rect.area() > 0.0 && !b.held && !b.position.out_of_flow();
        let before = boxes.iter().take(el.0 as usize).rev().find(drawn);
        before.is_none_or(|b| b.rect.y < self.viewport.height as f32)
    }

    /// Whether the layout puts an element that nothing hides off the page: left or right of the
    /// window, or above it.
    pub fn off_page(&self, scene: &Scene<'_>, el: El) -> bool {
        let placed = matches!(self.seen(scene, el), Seen::Yes | Seen::Layout(Unseen::OffScreen));
        let Some(r) = self.boxed(scene, el).map(|b| b.rect).filter(|r| placed && r.area() > 0.0) else {
            return false;
        };
        r.right() <= 0.0 || r.bottom() <= 0.0 || r.x >= self.viewport.width as f32
    }

    /// Whether a box lies beside the screen, and only because pictures of assumed size may have
    /// made the columns of its table too wide.
    fn pushed_aside(&self, scene: &Scene<'_>, el: El, b: &Boxed) -> bool {
        let (dom, Some(geometry)) = (&scene.page.dom, &self.geometry) else { return false };
        if geometry.missing.pictures == 0 || b.rect.right() <= self.viewport.width as f32 {
            return false;
        }
        let tables = dom.ancestors(el).filter(|a| dom.name(*a) == "table");
        let pictures = tables.last().map_or(&[] as &[El], |t| scene.walk.images_of(t.0, dom.end(t).0));
        let before = |p: &Boxed| p.assumed && p.unseen.is_none() && p.rect.x < b.rect.x;
        let rect = Rect { x: 0.0, ..b.rect };
        pictures.iter().filter_map(|p| geometry.of(*p)).any(before)
            && self.shows(&Boxed { rect, visible: rect, ..*b }, 0.0)
    }

    /// Whether its top is above the fold and at least half of it is too, or it fills half of the
    /// screen; the fold moved up by `shift`.
    fn shows(&self, b: &Boxed, shift: f32) -> bool {
        shows_on(b, shift, self.viewport.width as f32, self.viewport.height as f32)
    }

    /// Whether a box is on the first screen of a phone that shrinks a page made for desks until all
    /// of its width is seen.
    fn shows_shrunk(&self, scene: &Scene<'_>, b: &Boxed) -> bool {
        let (width, height) = (self.viewport.width as f32, self.viewport.height as f32);
        let wide = *self.wide.get_or_init(|| wide::page_width(scene, self));
        wide.is_some_and(|wide| shows_on(b, 0.0, wide, height * wide / width))
    }

    /// Whether and why an element is seen.
    pub fn seen(&self, scene: &Scene<'_>, el: El) -> Seen {
        if let Some(hidden) = scene.walk.fact(el).hidden {
            return if has_scripts(scene) && waiting::by_markup(scene, el, hidden) {
                Seen::Coming(hidden)
            } else if scene.is_drawer(el) {
                Seen::Drawer(hidden)
            } else {
                Seen::Markup(hidden)
            };
        }
        if self.geometry.is_none() && waiting::lies_in(&scene.page.dom, &scene.faded, el) {
            return Seen::Coming(Hidden::Opacity);
        }
        let Some(unseen) = self.boxed(scene, el).and_then(|b| b.unseen) else { return Seen::Yes };
        let waits = match unseen {
            // entrance animations and lazy pictures start like this and are undone at once
            Unseen::Opacity | Unseen::Visibility => true,
            Unseen::Display => waiting::by_style(scene, self, el),
            _ => false,
        };
        if waits && has_scripts(scene) { Seen::Waiting(unseen) } else { Seen::Layout(unseen) }
    }

    /// The element that stands for a thing: its anchor, or where that is not seen the first
    /// element of its evidence that is. Labels for screen readers are evidence, and hidden.
    pub fn face(&self, scene: &Scene<'_>, thing: &Thing) -> El {
        if self.geometry.is_none() || self.seen(scene, thing.anchor) == Seen::Yes {
            return thing.anchor;
        }
        let drawn = |el: &El| self.seen(scene, *el) == Seen::Yes;
        thing.hits.iter().map(|h| h.el).find(drawn).unwrap_or(thing.anchor)
    }

    /// Font size in CSS pixels.
    pub fn font(&self, scene: &Scene<'_>, el: El) -> f32 {
        let measured = self.geometry.as_ref().and_then(|g| g.of(el)).map(|b| b.font).filter(|f| *f > 0.0);
        measured.unwrap_or(scene.walk.fact(el).font)
    }
}

/// Whether the top of a box is above the fold of a screen and at least half of it is too, or it
/// fills half of the screen; the fold moved up by `shift`.
fn shows_on(b: &Boxed, shift: f32, width: f32, height: f32) -> bool {
    let seen = if b.visible.area() > 0.0 { b.visible } else { b.rect };
    let seen = Rect { y: seen.y + shift.max(-seen.y.max(0.0)), ..seen };
    let screen = Rect { x: 0.0, y: 0.0, width, height };
    let inside = seen.meet(screen).area();
    seen.y < height && inside > 0.0 && (inside >= seen.area() / 2.0 || inside >= screen.area() / 2.0)
}

/// More missing stylesheets than this share of all, by weight, leave a page as good as unstyled.
const MISSING: f32 = 0.34;
/// Weight of a stylesheet that only brings fonts or icons, against one of another kind.
const FONTS: f32 = 0.1;
/// Bytes of style in the page that weigh as much as one file: the mean of a file's, see
/// `assets::weight`.
const FILE: f32 = crate::layout::FILE_BYTES as f32;
/// Names of services and files that bring fonts and icons and do not say so.
const FONT_NAMES: [&str; 5] = ["typekit", "icomoon", "fontello", "fa", "ionicons"];
/// Missing stylesheets that are named; the rest is counted.
const NAMED: usize = 3;
/// Characters shown of an address.
const NAME: usize = 80;

/// Whether a stylesheet only brings fonts or icons, by its address. One address may stand for
/// several files in one.
fn brings_fonts(name: &str) -> bool {
    let name = name.split(['?', '#']).next().unwrap_or(name);
    let word = |w: &String| {
        w.contains("font")
            || w.starts_with("icon")
            || w.ends_with("icons")
            || FONT_NAMES.contains(&w.as_str())
    };
    name.matches(".css").count() <= 1 && subwords(name).iter().any(word)
}

/// Weights of the stylesheets that are missing, by what their names promise, and of all, in files.
fn weights(missing: &Missing) -> (f32, f32) {
    // one address may stand for several files in one: “a.css,b.css”
    let files = |name: &str| name.split(',').filter(|file| file.contains(".css")).count().max(1);
    let weight = |name: &String| if brings_fonts(name) { FONTS } else { files(name) as f32 };
    let gone: f32 = missing.stylesheets.iter().map(weight).sum();
    let here = missing.stylesheets_asked.saturating_sub(missing.stylesheets.len()) as f32;
    (gone, gone + here + missing.inline as f32 / FILE)
}

/// The share of a page's style that is missing, 0 to 1.
fn missing_share(geometry: &Geometry) -> f32 {
    let (gone, all) = weights(&geometry.missing);
    // fonts alone are little, also where there is nothing else
    gone / all.max(1.0)
}

/// "a.css, b.css and 2 more".
fn names(missing: &[String]) -> String {
    let some: Vec<String> = missing.iter().take(NAMED).map(|n| cut(&shown(n), NAME).into_owned()).collect();
    let more = missing.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    some.join(", ") + &more
}

/// Why what was measured says nothing of the page, if so.
pub fn useless(geometry: &Geometry, scene: &Scene<'_>, scripts: bool) -> Option<String> {
    let (missing, dom) = (&geometry.missing, &scene.page.dom);
    let (gone, all) = weights(missing);
    if gone > MISSING * all && !missing.stylesheets.iter().all(|n| brings_fonts(n)) {
        let (gone, asked) = (missing.stylesheets.len(), missing.stylesheets_asked);
        let which = match (gone, asked) {
            (1, 1) if missing.inline == 0 => "its only stylesheet is missing".to_string(),
            _ if gone == asked && missing.inline == 0 => format!("all its {asked} stylesheets are missing"),
            (1, 1) => "its only stylesheet file is missing".to_string(),
            _ if gone == asked => format!("all its {asked} stylesheet files are missing"),
            _ => format!("{gone} of its {asked} stylesheets are missing"),
        };
        return Some(format!("{which}: {}", names(&missing.stylesheets)));
    }
    // pages that a script uncovers: with scripts off a browser shows nothing either
    let texts = || dom.all_texts().iter().filter(|t| scene.walk.fact(t.parent).hidden.is_none());
    let length = |t: &TextRow| dom.text_of(t).trim().len();
    let all: usize = texts().map(length).sum();
    let drawn = |t: &&TextRow| geometry.of(t.parent).is_some_and(|b| b.unseen.is_none());
    let seen: usize = texts().filter(drawn).map(length).sum();
    (scripts && all > 0 && seen * COVERED < all)
        .then(|| "the page stays covered until scripts run".to_string())
}

/// A page of which less than one part of so many of its text is seen is covered.
const COVERED: usize = 20;
