//! Boxes as wide as what they hold, where the engine measures that wrongly: beside floats in
//! their lines, and round pictures that are to be as wide as the box at most.

use crate::layout::blitz::mend::Change;
use blitz_dom::{BaseDocument, Node, NodeId};
use style::properties::ComputedValues;
use style::values::computed::{MaxSize, Size};
use style::values::specified::box_::{DisplayInside, DisplayOutside};

/// Below this widths are the same, in CSS pixels.
const LEAST: f32 = 0.5;

/// What to change of a box, or of the one round a picture.
pub fn changes(doc: &BaseDocument, id: NodeId, out: &mut Vec<Change>) {
    let Some(node) = doc.get_node(id) else { return };
    let Some(style) = node.primary_styles() else { return };
    if node.element_data().is_some_and(|e| &*e.name.local == "img") {
        if percentage(&style.get_position().max_width)
            && let Some(outer) = wider(doc, node)
        {
            out.push(Change::Style(outer, "max-width:100%".into()));
        }
        return;
    }
    if !shrinks(node, &style) {
        return;
    }
    let Some(lines) = node.element_data().and_then(|e| e.inline_layout_data.as_ref()) else { return };
    let floats: f32 = lines.layout.inline_boxes().filter_map(|b| float(doc, NodeId::from_u64(b.id))).sum();
    if floats <= 0.0 {
        return;
    }
    let wanted = floats + lines.layout.calculate_content_widths().max / lines.layout.scale();
    let layout = node.unrounded_layout();
    let own = layout.content_box_width();
    let Some(room) = room(doc, node) else { return };
    let wanted = wanted.min(room - (layout.size.width - own) - layout.margin.left - layout.margin.right);
    if wanted > own + LEAST {
        out.push(Change::Style(id, format!("box-sizing:content-box;width:{wanted:.2}px")));
    }
}

/// Width of the box that a box stands in.
fn room(doc: &BaseDocument, node: &Node) -> Option<f32> {
    let outer = node.containing_block().and_then(|id| doc.get_node(id))?;
    Some(outer.unrounded_layout().content_box_width())
}

/// The room that a float takes.
fn float(doc: &BaseDocument, id: NodeId) -> Option<f32> {
    let node = doc.get_node(id)?;
    let floats = node.primary_styles()?.clone_float().is_floating();
    let layout = node.unrounded_layout();
    floats.then_some(layout.size.width + layout.margin.left + layout.margin.right)
}

/// Whether a box is as wide as what it holds.
fn shrinks(node: &Node, style: &ComputedValues) -> bool {
    let display = style.clone_display();
    let atomic = display.outside() == DisplayOutside::Inline && display.inside() == DisplayInside::FlowRoot;
    let float = style.clone_float().is_floating();
    (atomic || float)
        && matches!(style.get_position().width, Size::Auto)
        && !style.clone_position().is_absolutely_positioned()
        && node.element_data().is_some()
}

/// The nearest box round a picture that is as wide as what it holds, where it is wider than the
/// box that it stands in.
fn wider(doc: &BaseDocument, picture: &Node) -> Option<NodeId> {
    let mut at = picture;
    for _ in 0..doc.tree().len() {
        at = at.parent.and_then(|id| doc.get_node(id))?;
        let style = at.primary_styles()?;
        let position = style.get_position();
        if !matches!(position.width, Size::Auto) || style.clone_position().is_absolutely_positioned() {
            return None;
        }
        if shrinks(at, &style) {
            let free = matches!(position.max_width, MaxSize::None);
            let over = at.unrounded_layout().size.width > room(doc, at)? + LEAST;
            return (free && over).then_some(at.id);
        }
    }
    None
}

fn percentage(size: &MaxSize) -> bool {
    matches!(size, MaxSize::LengthPercentage(size) if size.0.to_percentage().is_some())
}
