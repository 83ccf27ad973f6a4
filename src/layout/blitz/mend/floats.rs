//! Floats in a box that is wider than the block formatting context it stands in: the engine
//! keeps them inside the context, browsers inside the box.

use crate::layout::blitz::mend::Change;
use blitz_dom::{BaseDocument, Node, NodeId};
use std::collections::HashSet;
use style::values::computed::Overflow;
use style::values::specified::box_::{DisplayInside, DisplayOutside};

/// By how many pixels a box has to stick out.
const LEAST: f32 = 1.0;

/// Boxes that stick out.
#[derive(Default)]
pub struct Wide {
    /// Those that were looked at.
    done: HashSet<NodeId>,
    /// The furthest edge of those that stick out of the page.
    page: f32,
}

impl Wide {
    /// Looks at the boxes round a float. Out of the page they may stick; any other gets a
    /// context of its own.
    pub fn look(&mut self, doc: &BaseDocument, id: NodeId, out: &mut Vec<Change>) {
        let Some(node) = doc.get_node(id) else { return };
        if !node.primary_styles().is_some_and(|s| s.clone_float().is_floating()) {
            return;
        }
        let mut chain: Vec<&Node> = Vec::new();
        let mut at = node.containing_block().and_then(|id| doc.get_node(id));
        let (root, page) = loop {
            let Some(outer) = at else { return };
            if chain.len() > doc.tree().len() {
                return;
            }
            let parent = outer.containing_block().and_then(|id| doc.get_node(id));
            let page = parent.is_none_or(|p| p.element_data().is_none());
            if page || holds_floats(outer, parent) {
                break (outer, page);
            }
            chain.push(outer);
            at = parent;
        };
        let layout = root.unrounded_layout();
        let edge = layout.size.width - layout.border.right - layout.padding.right;
        let mut x = 0.0;
        for outer in chain.into_iter().rev() {
            let layout = outer.unrounded_layout();
            x += layout.location.x;
            let right = x + layout.size.width;
            if right < edge + LEAST || outer.is_anonymous() {
                continue;
            }
            if page {
                self.page = self.page.max(right);
            } else {
                if self.done.insert(outer.id) {
                    out.push(Change::Style(outer.id, "display:flow-root".into()));
                }
                return;
            }
        }
    }

    /// Makes the page as wide as what sticks out of it, and leaves the body as it is.
    pub fn widen(&self, doc: &BaseDocument, out: &mut Vec<Change>) {
        let (Some(root), Some(body)) = (doc.try_root_element(), doc.find_body_node()) else { return };
        if self.page <= 0.0 || body.containing_block() != Some(root.id) {
            return;
        }
        let layout = body.unrounded_layout();
        out.push(Change::Style(root.id, format!("width:{:.2}px;min-width:0;max-width:none", self.page)));
        out.push(Change::Style(
            body.id,
            format!(
                "box-sizing:content-box;width:{:.2}px;min-width:0;max-width:none;margin-left:{:.2}px;margin-right:0",
                layout.content_box_width(),
                layout.location.x
            ),
        ));
    }
}

/// Whether floats in a box move nothing outside it.
fn holds_floats(node: &Node, parent: Option<&Node>) -> bool {
    let Some(style) = node.primary_styles() else { return false };
    let display = style.clone_display();
    let outer = parent.and_then(Node::primary_styles).map(|s| s.clone_display().inside());
    matches!(outer, Some(DisplayInside::Flex | DisplayInside::Grid))
        || !matches!(display.inside(), DisplayInside::Flow)
        || (display.outside() == DisplayOutside::Inline && !node.is_non_atomic_inline())
        || style.clone_float().is_floating()
        || style.clone_position().is_absolutely_positioned()
        || style.get_box().overflow_x != Overflow::Visible
}
