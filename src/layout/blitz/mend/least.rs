//! How narrow a box can be: its longest word, or a width of its own.

use blitz_dom::{BaseDocument, Node, NodeId};
use style::computed_values::flex_direction::T as FlexDirection;
use style::computed_values::flex_wrap::T as FlexWrap;
use style::computed_values::text_wrap_mode::T as TextWrap;
use style::properties::ComputedValues;
use style::values::computed::{MaxSize, Size};
use style::values::specified::box_::DisplayInside;

/// The least width of a box that was laid out, its margins with it.
pub fn least(doc: &BaseDocument, node: &Node) -> f32 {
    let Some(style) = node.primary_styles() else { return 0.0 };
    let display = style.clone_display();
    if display.is_none() || style.clone_position().is_absolutely_positioned() {
        return 0.0;
    }
    let layout = node.unrounded_layout();
    let margins = (layout.margin.left + layout.margin.right).max(0.0);
    if replaced(node) {
        return if relative(&style) { margins } else { layout.size.width + margins };
    }
    let cell = matches!(display.inside(), DisplayInside::TableCell);
    if !cell && fixed(node) {
        return layout.size.width + margins;
    }
    unasked(doc, node)
}

/// The same of a box in the flow, whatever width it asks for.
pub fn unasked(doc: &BaseDocument, node: &Node) -> f32 {
    let Some(style) = node.primary_styles() else { return 0.0 };
    let layout = node.unrounded_layout();
    let margins = (layout.margin.left + layout.margin.right).max(0.0);
    let around = layout.size.width - layout.content_box_width() + margins;
    let children = || node.children.iter().filter_map(|id| doc.get_node(*id));
    let inner = match lines(doc, node, &style) {
        Some(width) => width,
        None if in_a_row(&style) => children().map(|c| least(doc, c)).sum(),
        None => children().map(|c| least(doc, c)).fold(0.0, f32::max),
    };
    around + inner
}

/// The same of what stands in lines; `None` where nothing does.
fn lines(doc: &BaseDocument, node: &Node, style: &ComputedValues) -> Option<f32> {
    let lines = node.element_data()?.inline_layout_data.as_ref()?;
    let mut boxes =
        lines.layout.inline_boxes().filter_map(|b| doc.get_node(NodeId::from_u64(b.id))).peekable();
    if boxes.peek().is_none() || style.clone_text_wrap_mode() == TextWrap::Nowrap {
        return Some(lines.layout.calculate_content_widths().min / lines.layout.scale());
    }
    Some(boxes.map(|b| least(doc, b)).fold(0.0, f32::max))
}

/// Whether what a box holds stands side by side.
fn in_a_row(style: &ComputedValues) -> bool {
    match style.clone_display().inside() {
        DisplayInside::TableRow => true,
        DisplayInside::Flex => {
            let position = style.get_position();
            matches!(position.flex_direction, FlexDirection::Row | FlexDirection::RowReverse)
                && !position.flex_wrap.intersects(FlexWrap::WRAP | FlexWrap::WRAP_REVERSE)
        }
        _ => false,
    }
}

/// Whether a box has a width of its own.
pub fn fixed(node: &Node) -> bool {
    length(node).is_some()
}

/// The width that a box asks for, in CSS pixels.
pub fn length(node: &Node) -> Option<f32> {
    match &node.primary_styles()?.get_position().width {
        Size::LengthPercentage(width) => width.0.to_length().map(|l| l.px()),
        _ => None,
    }
}

/// The share of its container's width that a box asks for, 0 to 1.
pub fn share(node: &Node) -> Option<f32> {
    match &node.primary_styles()?.get_position().width {
        Size::LengthPercentage(width) => width.0.to_percentage().map(|p| p.0),
        _ => None,
    }
}

/// Whether a width depends on what is round the box.
fn relative(style: &ComputedValues) -> bool {
    let position = style.get_position();
    let most = matches!(&position.max_width, MaxSize::LengthPercentage(w) if w.0.to_percentage().is_some());
    most || matches!(&position.width, Size::LengthPercentage(w) if w.0.to_length().is_none())
}

/// Elements that are as wide as they are, whatever they hold.
fn replaced(node: &Node) -> bool {
    let name = node.element_data().map(|e| &*e.name.local);
    matches!(
        name,
        Some("img" | "svg" | "video" | "canvas" | "iframe" | "input" | "select" | "textarea" | "button")
    )
}
