//! Rectangles of what stands in lines: text and boxes in it, by the element that they belong
//! to. One pass over each run of lines, however many elements share it.

use crate::layout::blitz::frames::{Frames, place};
use crate::layout::geometry::Rect;
use blitz_dom::{BaseDocument, NodeId};
use parley::PositionedLayoutItem;
use std::collections::HashMap;

/// What lines hold of a node.
#[derive(Clone, Copy, Debug, Default)]
pub struct Inked {
    /// The smallest rectangle round its pieces, on the page.
    pub rect: Option<Rect>,
    /// Whether there is text of its own.
    pub text: bool,
}

/// Pieces by node: those of its own and, for elements in the flow of a line, of what they hold.
pub fn inked(doc: &BaseDocument, frames: &mut Frames<'_>) -> HashMap<NodeId, Inked> {
    let mut inked = HashMap::new();
    for (id, node) in doc.tree().iter() {
        if !node.flags.is_inline_root() || !node.flags.is_in_document() {
            continue;
        }
        let Some(lines) = node.element_data().and_then(|e| e.inline_layout_data.as_ref()) else { continue };
        let frame = frames.of(id);
        let layout = node.unrounded_layout();
        let scale = lines.layout.scale();
        let origin = (
            layout.padding.left + layout.border.left,
            layout.padding.top + layout.border.top + lines.block_offset,
        );
        for line in lines.layout.lines() {
            for item in line.items() {
                let (owner, text, x, y, width, height) = match item {
                    PositionedLayoutItem::GlyphRun(run) => {
                        let font = run.run().font_metrics();
                        let top = run.baseline() - font.ascent;
                        (
                            run.style().brush.id,
                            true,
                            run.offset(),
                            top,
                            run.advance(),
                            font.ascent + font.descent,
                        )
                    }
                    PositionedLayoutItem::InlineBox(b) => {
                        (NodeId::from_u64(b.id), false, b.x, b.y, b.width, b.height)
                    }
                };
                let own = Rect {
                    x: origin.0 + x / scale,
                    y: origin.1 + y / scale,
                    width: width / scale,
                    height: height / scale,
                };
                add(doc, &mut inked, (owner, id), text, place(frame.to_page, own));
            }
        }
    }
    inked
}

/// Adds a piece to its owner and to every element between it and the root of its lines.
fn add(
    doc: &BaseDocument,
    inked: &mut HashMap<NodeId, Inked>,
    (owner, root): (NodeId, NodeId),
    text: bool,
    rect: Rect,
) {
    let mut at = Some(owner);
    let mut own = text;
    while let Some(id) = at {
        let piece = inked.entry(id).or_default();
        piece.rect = Some(piece.rect.map_or(rect, |r: Rect| r.join(rect)));
        piece.text |= own && rect.width > 0.0 && rect.height > 0.0;
        if id == root {
            break;
        }
        let Some(node) = doc.get_node(id) else { break };
        // a text's piece belongs to the element that holds it
        own &= node.is_text_node();
        at = node.parent;
    }
}
