//! From the engine's tree to boxes by element.

use crate::layout::blitz::build::Built;
use crate::layout::blitz::frames::{self, ALL, Frames};
use crate::layout::blitz::lines::{self, Inked};
use crate::layout::blitz::{colours, mend, pinned, unseen};
use crate::layout::geometry::{Boxed, Position, Rect, Unseen};
use crate::page::dom::El;
use blitz_dom::{Node, NodeId};
use std::collections::{HashMap, HashSet};
use style::computed_values::position::T as CssPosition;
use style::values::computed::Overflow;
use style::values::computed::effects::Filter;

/// Alpha of a text that nobody sees, of 255.
const FAINT: u8 = 13;

/// An element on its way to a box.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// Its box so far.
    pub boxed: Boxed,
    /// Whether it generates a box, or lines of its own.
    pub drawn: bool,
    /// Whether text of its own is drawn, be the box ever so small.
    pub ink: bool,
    /// Whether it hangs in the window.
    pub fixed: bool,
    /// Whether it has a style: what is in `display: none` has none.
    pub styled: bool,
    /// `display: none` of its own.
    pub none: bool,
    /// `display: contents`.
    pub contents: bool,
    /// In lines, without a box of its own: what it holds is part of it.
    pub inline: bool,
    /// `visibility` other than visible.
    pub hidden: bool,
    /// Its opacity times its ancestors'.
    pub opacity: f32,
    /// Whether it has a background layer: a picture, or a gradient.
    pub layer: bool,
    /// Whether a layer stands behind what it holds: its own, or an ancestor's.
    pub ground: bool,
    /// Why its own text is not seen; `None` where it is, or has none.
    pub silent: Option<Unseen>,
}

impl Found {
    /// Whether it shows something besides text.
    pub fn paints(&self) -> bool {
        let b = &self.boxed;
        b.picture || self.layer || b.background[3] > 0 || b.border[3] > 0
    }
}

/// Boxes of all elements of a page that was laid out on a screen of so many CSS pixels.
/// `widest`: how wide the window may grow with what the page holds.
/// `held`: what sticks to an edge of the window.
pub fn boxes(
    page: &unseen::Tree,
    built: &Built,
    held: &HashSet<NodeId>,
    screen: (f32, f32),
    widest: f32,
) -> Vec<Boxed> {
    let mut frames = Frames::new(&built.doc);
    let inked = lines::inked(&built.doc, &mut frames);
    let mut found: Vec<Found> = Vec::with_capacity(built.elements.len());
    for (i, (_, id)) in built.elements.iter().enumerate() {
        let outer = page.parent(El(i as u32)).and_then(|p| found.get(p.0 as usize)).copied();
        let mut own = one(built, *id, outer.as_ref(), &mut frames, &inked);
        let fixed = own.boxed.position == Position::Fixed;
        own.boxed.held =
            held.contains(id) || if fixed { hangs(built, *id) } else { outer.is_some_and(|f| f.boxed.held) };
        found.push(own);
    }
    let window = window(built, screen);
    if !window.cut {
        pinned::hang(page, built, &mut found, screen, widest);
    }
    unseen::judge(page, &mut found, window)
}

/// Whether a fixed box names the edge of the window that it hangs at; else it stands where it would
/// in the page.
fn hangs(built: &Built, id: NodeId) -> bool {
    let style = built.doc.get_node(id).and_then(Node::primary_styles);
    style.is_some_and(|s| !(s.get_position().top.is_auto() && s.get_position().bottom.is_auto()))
}

/// What can be scrolled to: to the right only where root and body do not cut it.
fn window(built: &Built, screen: (f32, f32)) -> unseen::Window {
    let root = built.doc.try_root_element();
    let cuts = |node: Option<&Node>| {
        node.and_then(|n| n.primary_styles().map(|s| s.get_box().overflow_x))
            .is_some_and(|o| matches!(o, Overflow::Hidden | Overflow::Clip))
    };
    unseen::Window { width: screen.0, height: screen.1, cut: cuts(root) || cuts(built.doc.find_body_node()) }
}

fn one(
    built: &Built,
    id: NodeId,
    outer: Option<&Found>,
    frames: &mut Frames<'_>,
    inked: &HashMap<NodeId, Inked>,
) -> Found {
    let mut found = Found {
        boxed: Boxed { visible: Rect::default(), ..Boxed::default() },
        drawn: false,
        ink: false,
        fixed: false,
        styled: false,
        none: false,
        contents: false,
        inline: false,
        hidden: false,
        opacity: outer.map_or(1.0, |f| f.opacity),
        layer: false,
        ground: outer.is_some_and(|f| f.ground),
        silent: None,
    };
    let Some(node) = built.doc.get_node(id) else { return found };
    let Some(style) = node.primary_styles() else { return found };
    found.styled = true;
    let display = style.clone_display();
    found.none = display.is_none();
    found.contents = display.is_contents();
    found.hidden = style.get_inherited_box().visibility != style::computed_values::visibility::T::Visible;
    let effects = style.get_effects();
    found.opacity *= effects.opacity;
    for filter in effects.filter.0.iter() {
        if let Filter::Opacity(share) = filter {
            found.opacity *= share.0;
        }
    }
    let colours = colours::of(&style);
    found.boxed.font = style.clone_font_size().used_size().px();
    found.boxed.position = position(style.get_box().position);
    found.boxed.background = colours.background;
    found.boxed.text = colours.text;
    found.boxed.border = colours.border;
    found.boxed.edges = colours.edges;
    found.boxed.picture = colours.picture;
    found.layer = colours.layer;
    found.ground |= colours.layer;
    if found.none || found.contents {
        return found;
    }
    let own = inked.get(&id).copied().unwrap_or_default();
    found.ink = own.text;
    // what stands before or behind a text may show in its place
    if own.text && node.before().is_none() && node.after().is_none() {
        let shaded = found.ground || !style.get_inherited_text().text_shadow.0.is_empty();
        found.silent = if colours.text[3] < FAINT && !shaded {
            Some(Unseen::Transparent)
        } else {
            own.rect.filter(|r| r.right() <= 0.0).map(|_| Unseen::OffScreen)
        };
    }
    if node.is_non_atomic_inline() {
        found.inline = true;
        // its pieces lie in the lines of an ancestor
        if let Some(lines) = own.rect {
            let (above, below) = mend::above_and_below(node, &style);
            let rect = Rect { y: lines.y - above, height: lines.height + above + below, ..lines };
            let root = node.inline_root_ancestor().map(|n| n.id);
            let frame = root.map(|r| frames.of(r));
            let clip = frame.zip(root).map_or(ALL, |(f, r)| frames.inside(r, f));
            found.boxed.rect = rect;
            found.boxed.visible = rect.meet(clip);
            found.fixed = frame.is_some_and(|f| f.fixed);
            found.drawn = true;
        }
        return found;
    }
    let frame = frames.of(id);
    let size = node.unrounded_layout().size;
    let own_box = Rect { x: 0.0, y: 0.0, width: size.width, height: size.height };
    found.boxed.rect = frames::place(frame.to_page, own_box);
    let cut = frames::cut_away(node).map_or(ALL, |cut| frames::place(frame.to_page, cut));
    found.boxed.visible = found.boxed.rect.meet(frame.clip).meet(cut);
    found.ink &= frames.inside(id, frame).area() > 0.0;
    found.fixed = frame.fixed;
    found.drawn = true;
    found
}

fn position(position: CssPosition) -> Position {
    match position {
        CssPosition::Static => Position::Static,
        CssPosition::Relative => Position::Relative,
        CssPosition::Absolute => Position::Absolute,
        CssPosition::Fixed => Position::Fixed,
        CssPosition::Sticky => Position::Sticky,
    }
}
