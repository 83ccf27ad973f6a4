//! Lines beside blocks: the engine puts the elements of a line that have blocks beside them into
//! boxes of their own, and ends such a box at everything that is no part of the line: scripts,
//! hidden inputs, what is positioned or floats. Browsers end it at blocks only.

use blitz_dom::{BaseDocument, Node, NodeId};
use style::selector_parser::RestyleDamage;
use style::values::specified::box_::DisplayInside;

/// Boxes of lines that are one.
struct Joined {
    /// The element round them.
    holder: NodeId,
    /// What it holds now.
    children: Vec<NodeId>,
    /// The boxes that go on, with what they hold now.
    lines: Vec<(NodeId, Vec<NodeId>)>,
    /// The boxes that end.
    gone: Vec<NodeId>,
    /// What stood between.
    between: Vec<NodeId>,
}

/// Joins such boxes in a document that was laid out. Whether it has to be laid out again, which
/// it bears without losing them as long as nothing but places is worked out anew.
pub fn join(doc: &mut BaseDocument) -> bool {
    let holders = doc.tree().iter().filter(|(_, node)| !node.anonymous_blocks.is_empty());
    let all: Vec<Joined> = holders.filter_map(|(_, node)| joined(doc, node)).collect();
    for one in &all {
        apply(doc, one);
    }
    if all.is_empty() {
        return false;
    }
    let every: Vec<NodeId> = doc.tree().iter().map(|(id, _)| id).collect();
    for id in every {
        if let Some(node) = doc.get_node_mut(id) {
            node.invalidate_layout_cache();
        }
    }
    true
}

fn joined(doc: &BaseDocument, holder: &Node) -> Option<Joined> {
    let display = holder.primary_styles()?.clone_display();
    let lines =
        matches!(display.inside(), DisplayInside::Flow | DisplayInside::FlowRoot | DisplayInside::TableCell);
    if !lines || !holder.flags.is_in_document() {
        return None;
    }
    let mut out = Joined {
        holder: holder.id,
        children: Vec::new(),
        lines: Vec::new(),
        gone: Vec::new(),
        between: Vec::new(),
    };
    // the box that goes on, and what came since
    let mut open: Option<(NodeId, Vec<NodeId>)> = None;
    let mut since: Vec<NodeId> = Vec::new();
    for id in holder.layout_children.borrow().as_ref()?.iter().copied() {
        let child = doc.get_node(id)?;
        match (&mut open, kind(child)) {
            (Some((_, line)), Kind::Line) => {
                out.between.extend(&since);
                line.append(&mut since);
                line.extend(&child.children);
                out.gone.push(id);
            }
            (None, Kind::Line) => open = Some((id, child.children.to_vec())),
            (Some(_), Kind::Beside) => since.push(id),
            (None, Kind::Beside) => out.children.push(id),
            (_, Kind::Block) => {
                out.close(doc, &mut open, &mut since);
                out.children.push(id);
            }
        }
    }
    out.close(doc, &mut open, &mut since);
    (!out.between.is_empty()).then_some(out)
}

impl Joined {
    /// Ends a box of lines. A float behind the last letter may stand beside it.
    fn close(
        &mut self,
        doc: &BaseDocument,
        open: &mut Option<(NodeId, Vec<NodeId>)>,
        since: &mut Vec<NodeId>,
    ) {
        let Some((id, mut line)) = open.take() else { return };
        let last = since.iter().rposition(|id| doc.get_node(*id).is_some_and(floats));
        let rest = since.split_off(last.map_or(0, |at| at + 1));
        self.between.extend(since.iter());
        line.append(since);
        self.children.push(id);
        self.children.extend(rest);
        self.lines.push((id, line));
    }
}

/// What a child of a block is to lines.
enum Kind {
    /// The engine's box round a piece of them.
    Line,
    /// No part of them, and no end.
    Beside,
    /// Their end.
    Block,
}

fn kind(child: &Node) -> Kind {
    if child.is_anonymous() {
        return Kind::Line;
    }
    let Some(style) = child.primary_styles() else { return Kind::Beside };
    let beside = style.clone_display().is_none() || style.clone_position().is_absolutely_positioned();
    if beside || floats(child) { Kind::Beside } else { Kind::Block }
}

fn floats(node: &Node) -> bool {
    node.primary_styles().is_some_and(|s| s.clone_float().is_floating() && !s.clone_display().is_none())
}

fn apply(doc: &mut BaseDocument, joined: &Joined) {
    if let Some(holder) = doc.get_node_mut(joined.holder)
        && let Some(children) = holder.layout_children.get_mut()
    {
        children.clear();
        children.extend(joined.children.iter().copied());
    }
    for (id, line) in &joined.lines {
        let Some(node) = doc.get_node_mut(*id) else { continue };
        if node.children.len() != line.len() {
            node.children.clear();
            node.children.extend(line.iter().copied());
            node.insert_damage(RestyleDamage::reconstruct());
        }
    }
    for id in &joined.gone {
        let Some(node) = doc.get_node_mut(*id) else { continue };
        node.children.clear();
        node.flags.reset_construction_flags();
        if let Some(element) = node.element_data_mut() {
            element.take_inline_layout();
        }
    }
    // told of the element itself, its boxes would be made anew
    for id in &joined.between {
        if let Some(node) = doc.get_node_mut(*id) {
            node.insert_damage(RestyleDamage::RELAYOUT);
            node.mark_damaged();
        }
    }
}
