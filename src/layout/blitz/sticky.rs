//! What sticks to the window while its box is scrolled by: the engine lays it out in its place,
//! browsers move it to the edge of the window before anybody scrolls.

use crate::layout::blitz::build::Built;
use crate::layout::blitz::frames::{self, ALL, Frames};
use crate::layout::geometry::Rect;
use blitz_dom::{BaseDocument, Node, NodeId};
use std::collections::HashSet;
use style::computed_values::position::T as Position;
use style::values::computed::CSSPixelLength;
use style::values::computed::position::Inset;

/// Below this nothing is moved, in CSS pixels.
const LEAST: f32 = 0.5;

/// Moves it in a document that was laid out for a window of so many CSS pixels; what now hangs at
/// the window's lower or upper edge.
pub fn stick(built: &mut Built, window: f32) -> HashSet<NodeId> {
    let mut moves = Vec::new();
    let mut frames = Frames::new(&built.doc);
    for (_, id) in &built.elements {
        let sticky = |n: &&Node| n.primary_styles().is_some_and(|s| s.get_box().position == Position::Sticky);
        if let Some(node) = built.doc.get_node(*id).filter(sticky)
            && let Some((by, whole)) = shift(&built.doc, &mut frames, node, window)
        {
            moves.push((*id, by, whole));
        }
    }
    let mut held = HashSet::new();
    for (id, by, whole) in moves {
        let Some(node) = built.doc.get_node_mut(id) else { continue };
        node.unrounded_layout_mut().location.y += by;
        node.final_layout_mut().location.y += by.round();
        if whole {
            held.insert(id);
        }
    }
    held
}

/// By how much a box moves down, and whether it comes to where it sticks: it never leaves the box
/// that it stands in.
fn shift(doc: &BaseDocument, frames: &mut Frames<'_>, node: &Node, window: f32) -> Option<(f32, bool)> {
    let style = node.primary_styles()?;
    let position = style.get_position();
    let length = |inset: &Inset| match inset {
        Inset::LengthPercentage(l) => Some(l.resolve(CSSPixelLength::new(window)).px()),
        _ => None,
    };
    let outer = node.containing_block().and_then(|id| doc.get_node(id))?;
    let frame = frames.of(node.id);
    // in a box that scrolls it sticks to that, and in a fixed one to nothing
    if frame.clip.y > ALL.y || frame.clip.height < ALL.height || frame.fixed {
        return None;
    }
    let layout = node.unrounded_layout();
    let at = |m, width: f32, y: f32, height: f32| frames::place(m, Rect { x: 0.0, y, width, height });
    let own = at(frame.to_page, layout.size.width, 0.0, layout.size.height);
    let room = outer.unrounded_layout();
    let inside = at(
        frames.of(outer.id).to_page,
        room.size.width,
        room.border.top + room.padding.top,
        room.content_box_height(),
    );
    let mut wanted = 0.0;
    if let Some(bottom) = length(&position.bottom) {
        wanted = (window - bottom - own.bottom()).min(0.0);
    }
    // the upper edge wins
    if let Some(top) = length(&position.top) {
        wanted = (top - own.y).max(wanted);
    }
    let most = (inside.bottom() - layout.margin.bottom - own.bottom()).max(0.0);
    let least = (inside.y + layout.margin.top - own.y).min(0.0);
    let by = wanted.clamp(least, most);
    (by.abs() >= LEAST).then_some((by, (by - wanted).abs() < LEAST))
}
