//! What is known of one viewport: where a layout engine measured things, else the estimate.

use crate::audit::Tri;
use crate::finding::Basis;
use crate::layout::{Boxed, Geometry, Rect, Unseen};
use crate::page::dom::{Dom, El};
use crate::parts::flow::Flow;
use crate::parts::guards::has_scripts;
use crate::parts::map::Thing;
use crate::parts::missing::missing_share;
use crate::parts::scene::Scene;
use crate::parts::tags::number;
use crate::parts::waiting;
use crate::parts::walk::Hidden;
use crate::parts::wide;
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
