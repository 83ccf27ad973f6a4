//! Captions of tables, which the engine leaves out: they are taken out of the flow, and their
//! tables keep room for them above or below their rows.

use crate::layout::blitz::build::Built;
use crate::layout::blitz::mend::least::unasked;
use crate::layout::blitz::mend::{Change, apply};
use blitz_dom::node::SpecialElementData;
use blitz_dom::{BaseDocument, Node, NodeId};
use style::computed_values::box_sizing::T as BoxSizing;
use style::values::computed::{NonNegativeLengthPercentage, Size};
use style::values::specified::box_::{DisplayInside, DisplayOutside};
use style::values::specified::table::CaptionSide;

/// Below this sizes are the same, in CSS pixels.
const LEAST: f32 = 0.5;

/// A table with what is written above and below it.
pub struct Captioned {
    table: NodeId,
    captions: Vec<(NodeId, CaptionSide)>,
}

/// The tables of a document, whose styles were worked out, that have captions.
pub fn find(built: &Built) -> Vec<Captioned> {
    built.elements.iter().filter_map(|(_, id)| captioned(&built.doc, *id)).collect()
}

fn captioned(doc: &BaseDocument, id: NodeId) -> Option<Captioned> {
    let table = doc.get_node(id)?;
    if table.primary_styles()?.clone_display().inside() != DisplayInside::Table {
        return None;
    }
    let side = |id: &NodeId| {
        let style = doc.get_node(*id)?.primary_styles()?;
        let caption = style.clone_display().outside() == DisplayOutside::TableCaption;
        let flows = !style.clone_position().is_absolutely_positioned();
        (caption && flows).then(|| (*id, style.clone_caption_side()))
    };
    let captions: Vec<_> = table.children.iter().filter_map(side).collect();
    (!captions.is_empty()).then_some(Captioned { table: id, captions })
}

impl Captioned {
    /// Has the captions laid out, as wide as the table is so far.
    pub(super) fn changes(&self, doc: &BaseDocument, out: &mut Vec<Change>) {
        let Some(table) = doc.get_node(self.table) else { return };
        let width = table.unrounded_layout().size.width;
        for (id, _) in &self.captions {
            let Some(caption) = doc.get_node(*id) else { continue };
            out.push(Change::Style(*id, format!("position:absolute;inset:auto;{}", as_wide(caption, width))));
        }
    }

    /// Makes captions as wide as their table, and the table as wide as their longest word.
    fn widths(&self, doc: &BaseDocument, out: &mut Vec<Change>) {
        let Some(table) = doc.get_node(self.table) else { return };
        let now = table.unrounded_layout().size.width;
        let captions = || self.captions.iter().filter_map(|(id, _)| doc.get_node(*id));
        let width = captions().map(|c| unasked(doc, c)).fold(now, f32::max);
        if width > now + LEAST {
            let own = if bordered(table) { width } else { width - around(table) };
            out.push(Change::Style(self.table, format!("min-width:{own:.2}px")));
        }
        for caption in captions().filter(|c| (outer_width(c) - width).abs() > LEAST) {
            out.push(Change::Style(caption.id, as_wide(caption, width)));
        }
    }

    /// Keeps room in the table and moves the captions there.
    fn places(&self, doc: &BaseDocument, out: &mut Vec<Change>) {
        let Some(table) = doc.get_node(self.table) else { return };
        let layout = table.unrounded_layout();
        // the engine puts what does not flow where the first row begins
        let (left, top) = first_row(doc, table);
        let room_on = |side: CaptionSide| -> f32 {
            let on = self.captions.iter().filter(|(_, s)| *s == side);
            on.filter_map(|(id, _)| doc.get_node(*id)).map(outer_height).sum()
        };
        let (above, below) = (room_on(CaptionSide::Top), room_on(CaptionSide::Bottom));
        // where the next one stands, from the table's upper edge
        let (mut upper, mut lower) = (0.0, above + layout.size.height);
        for (id, side) in &self.captions {
            let Some(caption) = doc.get_node(*id) else { continue };
            let own = caption.unrounded_layout();
            let next = if *side == CaptionSide::Top { &mut upper } else { &mut lower };
            let (x, y) = (own.margin.left - left, *next + own.margin.top - top - above);
            *next += outer_height(caption);
            out.push(Change::Style(*id, format!("margin-left:{x:.2}px;margin-top:{y:.2}px")));
        }
        out.push(Change::Style(self.table, room(table, above, below)));
    }
}

/// Where the cells of a table begin, from its corner: spacing and collapsed borders are in no box.
fn first_row(doc: &BaseDocument, table: &Node) -> (f32, f32) {
    let cells = match table.element_data().map(|e| &e.special_data) {
        Some(SpecialElementData::TableRoot(context)) => context.cells.as_slice(),
        _ => &[],
    };
    let places = cells.iter().filter_map(|c| doc.get_node(c.node_id)).map(|n| n.unrounded_layout().location);
    places.map(|p| (p.x, p.y)).reduce(|a, b| (a.0.min(b.0), a.1.min(b.1))).unwrap_or_else(|| {
        let layout = table.unrounded_layout();
        (layout.border.left + layout.padding.left, layout.border.top + layout.padding.top)
    })
}

/// The table's declarations for room above and below its rows.
fn room(table: &Node, above: f32, below: f32) -> String {
    let padding = table.primary_styles().map(|s| {
        let padding = s.get_padding();
        let px = |p: &NonNegativeLengthPercentage| p.0.to_length().map_or(0.0, |l| l.px());
        (px(&padding.padding_top), px(&padding.padding_bottom))
    });
    let (top, bottom) = padding.unwrap_or_default();
    let mut out = format!("padding-top:{:.2}px;padding-bottom:{:.2}px", top + above, bottom + below);
    // a height is that of the rows
    let high = table.primary_styles().is_some_and(|s| !matches!(s.get_position().height, Size::Auto));
    if high && bordered(table) {
        let height = table.unrounded_layout().size.height + above + below;
        out.push_str(&format!(";height:{height:.2}px"));
    }
    out
}

/// Lays out a document again, whose captions were laid out, with room for them.
pub fn place(built: &mut Built, tables: &[Captioned]) {
    for step in [Captioned::widths, Captioned::places] {
        let mut changes = Vec::new();
        tables.iter().for_each(|t| step(t, &built.doc, &mut changes));
        if changes.is_empty() {
            continue;
        }
        let mut tree = built.doc.mutate();
        changes.into_iter().for_each(|change| apply(&mut tree, change));
        drop(tree);
        built.doc.resolve(30.0);
    }
}

fn as_wide(caption: &Node, width: f32) -> String {
    let layout = caption.unrounded_layout();
    let own = width - layout.margin.left - layout.margin.right;
    format!("box-sizing:border-box;width:{:.2}px", own.max(0.0))
}

fn outer_width(node: &Node) -> f32 {
    let layout = node.unrounded_layout();
    layout.size.width + layout.margin.left + layout.margin.right
}

fn outer_height(node: &Node) -> f32 {
    let layout = node.unrounded_layout();
    layout.size.height + layout.margin.top + layout.margin.bottom
}

/// Padding and borders at the sides.
fn around(node: &Node) -> f32 {
    let layout = node.unrounded_layout();
    layout.size.width - layout.content_box_width()
}

fn bordered(node: &Node) -> bool {
    node.primary_styles().is_some_and(|s| s.get_position().box_sizing == BoxSizing::BorderBox)
}
