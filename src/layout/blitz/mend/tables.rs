//! Tables: what stands in them and is no row or cell, which the engine leaves out.

use crate::layout::blitz::mend::least::{fixed, share};
use crate::layout::blitz::mend::{Change, columns};
use blitz_dom::{BaseDocument, Node, NodeId};
use style::computed_values::border_collapse::T as BorderCollapse;
use style::computed_values::table_layout::T as TableLayout;
use style::values::computed::Size;
use style::values::specified::box_::{AlignmentBaseline, DisplayInside, DisplayOutside};

/// Shares up to this are asked for to have a cell as narrow as can be.
const NARROW: f32 = 0.05;

/// What a child of a table is to it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Not drawn here: out of the flow, spaces, columns.
    Nothing,
    Rows,
    Row,
    Cell,
    Caption,
    /// Anything else; browsers put a cell round it.
    Other,
    /// The same, and no element.
    Words,
}

/// What to change of a table and in it.
pub fn changes(doc: &BaseDocument, id: NodeId, out: &mut Vec<Change>) {
    let Some(table) = doc.get_node(id) else { return };
    let Some(style) = table.primary_styles() else { return };
    let display = style.clone_display();
    if display.inside() != DisplayInside::Table {
        return;
    }
    let mut found = Found::default();
    found.look(doc, table, true);
    let strange = !found.others.is_empty() || found.words;
    if strange && !found.cells && !found.caption {
        // a box round what it holds
        let kind = if display.outside() == DisplayOutside::Inline { "inline-block" } else { "flow-root" };
        let narrow = if matches!(style.get_position().width, Size::Auto) { ";width:fit-content" } else { "" };
        // the room that a table leaves round its cells
        let table = style.get_inherited_table();
        let room = match table.border_collapse {
            BorderCollapse::Separate => table.border_spacing.0.width.px(),
            BorderCollapse::Collapse => 0.0,
        };
        let room = if room > 0.0 { format!(";padding:{room:.2}px") } else { String::new() };
        out.push(Change::Style(id, format!("display:{kind}{narrow}{room}")));
        for row in found.rows {
            out.push(Change::Style(row, "display:block".into()));
        }
        return;
    }
    let wide = !matches!(style.get_position().width, Size::Auto);
    let auto = style.clone_table_layout() == TableLayout::Auto || !wide;
    if auto && wide && found.rows.is_empty() && !found.shares.is_empty() {
        return line(doc, table, &found, out);
    }
    for other in found.others {
        out.push(Change::Style(other, "display:table-cell;float:none".into()));
    }
    if auto {
        columns::changes(doc, table, wide, out);
    }
}

/// Cells without a row, of which some ask for a share that the engine heeds in rows only: a line
/// of boxes, of which the others take what is left.
fn line(doc: &BaseDocument, table: &Node, found: &Found, out: &mut Vec<Change>) {
    let inline =
        table.primary_styles().is_some_and(|s| s.clone_display().outside() == DisplayOutside::Inline);
    let kind = if inline { "inline-flex" } else { "flex" };
    out.push(Change::Style(table.id, format!("display:{kind};flex-wrap:nowrap;align-items:stretch")));
    for cell in &table.children {
        let Some(node) = doc.get_node(*cell) else { continue };
        let room = match (part(node), found.shares.iter().find(|(id, _)| id == cell)) {
            (Part::Cell, Some((_, share))) if *share <= NARROW => "flex:none;width:auto".to_string(),
            (Part::Cell, Some((_, share))) => format!("flex:none;width:{:.3}%", share * 100.0),
            (Part::Cell, None) if fixed(node) => "flex:none".to_string(),
            (Part::Cell, None) => "flex:1 1 auto".to_string(),
            (Part::Other, _) => "float:none;flex:1 1 auto;width:auto;min-width:0".to_string(),
            _ => continue,
        };
        let middle = node
            .primary_styles()
            .is_some_and(|s| s.get_box().clone_alignment_baseline() == AlignmentBaseline::Middle);
        let align = if middle { ";align-content:center" } else { "" };
        out.push(Change::Style(*cell, format!("{room}{align}")));
    }
}

#[derive(Default)]
struct Found {
    rows: Vec<NodeId>,
    others: Vec<NodeId>,
    /// Cells of the first row that ask for a share.
    shares: Vec<(NodeId, f32)>,
    /// Rows of cells that were met.
    met: usize,
    cells: bool,
    caption: bool,
    words: bool,
}

impl Found {
    fn look(&mut self, doc: &BaseDocument, holder: &Node, table: bool) {
        let mut cells = false;
        for (id, child) in holder.children.iter().filter_map(|id| Some((*id, doc.get_node(*id)?))) {
            match part(child) {
                Part::Nothing => {}
                Part::Rows | Part::Row => {
                    self.rows.push(id);
                    self.look(doc, child, false);
                }
                Part::Cell => {
                    (self.cells, cells) = (true, true);
                    if let Some(share) = share(child).filter(|_| self.met == 0) {
                        self.shares.push((id, share));
                    }
                }
                Part::Caption => self.caption |= table,
                Part::Other => self.others.push(id),
                Part::Words => self.words = true,
            }
        }
        self.met += usize::from(cells);
    }
}

fn part(node: &Node) -> Part {
    if let Some(text) = node.text_data() {
        return if text.content.trim_ascii().is_empty() { Part::Nothing } else { Part::Words };
    }
    let Some(style) = node.primary_styles() else { return Part::Nothing };
    let display = style.clone_display();
    if display.is_none() || style.clone_position().is_absolutely_positioned() {
        return Part::Nothing;
    }
    match display.inside() {
        DisplayInside::TableRowGroup
        | DisplayInside::TableHeaderGroup
        | DisplayInside::TableFooterGroup
        | DisplayInside::Contents => Part::Rows,
        DisplayInside::TableRow => Part::Row,
        DisplayInside::TableCell => Part::Cell,
        DisplayInside::TableColumn | DisplayInside::TableColumnGroup | DisplayInside::None => Part::Nothing,
        _ if display.outside() == DisplayOutside::TableCaption => Part::Caption,
        _ => Part::Other,
    }
}
