//! Elements in lines: room for their margins, borders and padding, which the engine leaves
//! out, and those that hold nothing but floats.

use crate::layout::blitz::gaps;
use crate::layout::blitz::mend::Change;
use blitz_dom::{BaseDocument, Node, NodeId, ns};
use style::computed_values::direction::T as Direction;
use style::computed_values::position::T as Position;
use style::computed_values::white_space_collapse::T as Collapse;
use style::properties::ComputedValues;
use style::values::computed::{BorderStyle, CSSPixelLength, LengthPercentage, Margin};
use style::values::specified::box_::{DisplayInside, DisplayOutside};

/// Below this nothing is moved, in CSS pixels.
const LEAST: f32 = 0.5;

/// Room beside what an element holds: inside its box and outside.
#[derive(Clone, Copy, Debug, Default)]
struct Side {
    inside: f32,
    outside: f32,
}

/// What to change of an element and beside it.
pub fn changes(doc: &BaseDocument, id: NodeId, out: &mut Vec<Change>) {
    let Some(node) = doc.get_node(id) else { return };
    let Some(style) = node.primary_styles() else { return };
    let Some(element) = node.element_data().filter(|e| e.name.ns == ns!(html)) else { return };
    if style.clone_display().is_none() || matches!(&*element.name.local, "br" | "wbr" | "html" | "body") {
        return;
    }
    let (mut start, mut end) = (before_and_after(doc, node.before()), before_and_after(doc, node.after()));
    if node.is_non_atomic_inline() {
        if holds_floats_only(doc, node, &style) {
            return out.push(Change::Style(id, "display:contents".into()));
        }
        let [mut first, mut last] = sides(&style, basis(node));
        if node.is_or_contains_block() {
            if [first, last].iter().any(|s| s.inside + s.outside >= LEAST) {
                out.push(Change::Style(id, "padding:0;margin:0;border-width:0".into()));
            }
            (first, last) = (Side::default(), Side::default());
        }
        let parent = node.parent.and_then(|p| doc.get_node(p));
        if !parent.and_then(Node::primary_styles).is_some_and(|s| lettered(&s)) {
            // no letter has a width there
            if !lettered(&style) && first.inside + first.outside + last.inside + last.outside >= LEAST {
                // nor within: a box instead
                let flat = "margin-top:0;margin-bottom:0;padding-top:0;padding-bottom:0";
                return out.push(Change::Style(id, format!("display:inline-block;{flat}")));
            }
            first = Side { inside: first.inside + first.outside, outside: 0.0 };
            last = Side { inside: last.inside + last.outside, outside: 0.0 };
        }
        let (mut ahead, mut behind) = (wide(parent, first.outside), wide(parent, last.outside));
        (start, end) = (start + first.inside, end + last.inside);
        // spaces that are one with those outside have to stand beside them
        let (mut first, mut last) = (node.children.first().copied(), node.children.last().copied());
        first = first.filter(|t| (!ahead.is_empty() || start >= LEAST) && spaced(doc, *t, true));
        last = last.filter(|t| (!behind.is_empty() || end >= LEAST) && spaced(doc, *t, false));
        if first.is_some() && !beside(doc, node, true) {
            ahead.insert(0, ' ');
        }
        if last.is_some() && !beside(doc, node, false) {
            behind.push(' ');
        }
        for text in [first, last.filter(|t| first != Some(*t))].into_iter().flatten() {
            let Some(data) = doc.get_node(text).and_then(Node::text_data) else { continue };
            let mut rest = data.content.as_str();
            if first == Some(text) {
                rest = rest.trim_ascii_start();
            }
            if last == Some(text) {
                rest = rest.trim_ascii_end();
            }
            out.push(Change::Text(text, rest.to_string()));
        }
        if !ahead.is_empty() {
            out.push(Change::Before(id, ahead));
        }
        if !behind.is_empty() {
            out.push(Change::After(id, behind));
        }
    }
    for (width, change) in [(start, Change::Start as fn(_, _) -> _), (end, Change::End)] {
        let gap = wide(Some(node), width);
        if !gap.is_empty() {
            out.push(change(id, gap));
        }
    }
}

/// Whether letters have a size.
fn lettered(style: &ComputedValues) -> bool {
    style.clone_font_size().used_size().px() > 1.0
}

/// A gap as wide as asked in an element's font.
fn wide(node: Option<&Node>, width: f32) -> String {
    let Some(style) = node.and_then(Node::primary_styles).filter(|_| width >= LEAST) else {
        return String::new();
    };
    let size = style.clone_font_size().used_size();
    let spacing = style.get_inherited_text().letter_spacing.0.resolve(size).px();
    gaps::text(width, size.px(), spacing)
}

/// Whether a text begins, or ends, with a space that may be one with its neighbours. A text of
/// spaces only stays as it is.
fn spaced(doc: &BaseDocument, id: NodeId, begins: bool) -> bool {
    let Some(node) = doc.get_node(id) else { return false };
    let Some(text) = node.text_data().map(|t| t.content.as_str()) else { return false };
    let style = node.parent.and_then(|p| doc.get_node(p)).and_then(Node::primary_styles);
    let collapses = style.is_some_and(|s| s.clone_white_space_collapse() == Collapse::Collapse);
    let rest = if begins { text.trim_ascii_start() } else { text.trim_ascii_end() };
    collapses && !rest.is_empty() && rest.len() < text.len()
}

/// Whether a space stands right before an element, or right behind it, or nothing does.
fn beside(doc: &BaseDocument, node: &Node, before: bool) -> bool {
    let Some(parent) = node.parent.and_then(|p| doc.get_node(p)) else { return true };
    let Some(at) = parent.children.iter().position(|c| *c == node.id) else { return true };
    let next = if before { at.checked_sub(1) } else { at.checked_add(1) };
    let Some(next) = next.and_then(|i| parent.children.get(i)).and_then(|id| doc.get_node(*id)) else {
        return parent.flags.is_inline_root();
    };
    next.text_data().is_some_and(|t| {
        let edge = if before { t.content.chars().next_back() } else { t.content.chars().next() };
        edge.is_some_and(|c| c.is_ascii_whitespace())
    })
}

/// What margins, borders and padding of generated text in a line take, both its sides together.
fn before_and_after(doc: &BaseDocument, pseudo: Option<NodeId>) -> f32 {
    let Some(node) = pseudo.and_then(|id| doc.get_node(id)) else { return 0.0 };
    let Some(style) = node.primary_styles() else { return 0.0 };
    let display = style.clone_display();
    if (display.outside(), display.inside()) != (DisplayOutside::Inline, DisplayInside::Flow) {
        return 0.0;
    }
    sides(&style, 0.0).iter().map(|s| s.inside + s.outside).sum()
}

/// Width that percentages are of.
fn basis(node: &Node) -> f32 {
    node.inline_root_ancestor().map_or(0.0, |root| root.unrounded_layout().content_box_width())
}

/// Room at the start and at the end.
fn sides(style: &ComputedValues, basis: f32) -> [Side; 2] {
    let of = |length: &LengthPercentage| length.resolve(CSSPixelLength::new(basis)).px();
    let margin = |margin: &Margin| match margin {
        Margin::LengthPercentage(length) => of(length),
        _ => 0.0,
    };
    let (m, p, b) = (style.get_margin(), style.get_padding(), style.get_border());
    let edge = |width: f32, kind: BorderStyle| if kind.none_or_hidden() { 0.0 } else { width };
    let left = (
        margin(&m.margin_left),
        of(&p.padding_left.0) + edge(b.border_left_width.0.to_f32_px(), b.border_left_style),
    );
    let right = (
        margin(&m.margin_right),
        of(&p.padding_right.0) + edge(b.border_right_width.0.to_f32_px(), b.border_right_style),
    );
    // a gap cannot be less than nothing: what is pulled out is taken from the padding
    let side = |(outside, inside): (f32, f32)| Side {
        outside: outside.max(0.0),
        inside: (inside + outside.min(0.0)).max(0.0),
    };
    let sides = [side(left), side(right)];
    if style.get_inherited_box().direction == Direction::Rtl { [sides[1], sides[0]] } else { sides }
}

/// What padding and borders of an element in lines add to its box above and below.
pub fn above_and_below(node: &Node, style: &ComputedValues) -> (f32, f32) {
    let basis = basis(node);
    let of = |length: &LengthPercentage| length.resolve(CSSPixelLength::new(basis)).px();
    let edge = |width: f32, kind: BorderStyle| if kind.none_or_hidden() { 0.0 } else { width };
    let (p, b) = (style.get_padding(), style.get_border());
    (
        of(&p.padding_top.0) + edge(b.border_top_width.0.to_f32_px(), b.border_top_style),
        of(&p.padding_bottom.0) + edge(b.border_bottom_width.0.to_f32_px(), b.border_bottom_style),
    )
}

/// Whether an element in a line holds floats and nothing else. The engine leaves them out
/// where it measures how wide a box is to be.
fn holds_floats_only(doc: &BaseDocument, node: &Node, style: &ComputedValues) -> bool {
    if style.get_box().position != Position::Static || node.before().is_some() || node.after().is_some() {
        return false;
    }
    let mut floats = false;
    for child in node.children.iter().filter_map(|id| doc.get_node(*id)) {
        if let Some(text) = child.text_data() {
            if !text.content.trim_ascii().is_empty() {
                return false;
            }
            continue;
        }
        let Some(style) = child.primary_styles().filter(|s| !s.clone_display().is_none()) else { continue };
        if !style.clone_float().is_floating() {
            return false;
        }
        floats = true;
    }
    floats
}
