//! Columns of tables: the engine gives one the width that a cell of the first row asks for, though
//! a word or a picture below be wider, lets them stick out of the table, and heeds shares only where
//! it is told to, though they leave the other columns no room.

use crate::layout::blitz::mend::Change;
use crate::layout::blitz::mend::least::{least, length, share};
use blitz_dom::node::SpecialElementData;
use blitz_dom::{BaseDocument, LocalName, Node, NodeId};
use style::computed_values::border_collapse::T as BorderCollapse;

/// Shares up to this are asked for to have a cell as narrow as can be.
const NARROW: f32 = 0.05;
/// Below this widths are the same, in CSS pixels.
const LEAST: f32 = 0.5;
/// Columns that are looked at; the engine bears more, pages have none with them.
const COLUMNS: usize = 200;

#[derive(Clone, Debug, Default)]
struct Column {
    /// Its cell in the first row, which alone says how wide it is.
    first: Option<NodeId>,
    /// How narrow it can be.
    least: f32,
    /// How wide it was made.
    width: f32,
    /// The width that its cells ask for.
    length: Option<f32>,
    /// The share of the table's width that they ask for, 0 to 1.
    share: Option<f32>,
}

/// What to change in a table whose columns are as wide as what they hold. `wide`: whether it has a
/// width of its own, which shares are of.
pub fn changes(doc: &BaseDocument, table: &Node, wide: bool, out: &mut Vec<Change>) {
    let columns = columns(doc, table);
    let gaps = gap(table) * columns.len().saturating_sub(1) as f32;
    let all: f32 = columns.iter().map(Column::taken).sum();
    let room = table.unrounded_layout().content_box_width();
    let narrow = columns.iter().map(|c| c.least).sum::<f32>() + gaps;
    if narrow > room + LEAST {
        // no table is narrower than its columns
        out.push(Change::Style(table.id, format!("min-width:{narrow:.2}px")));
    }
    let spare = room - gaps - all > LEAST;
    // what is over goes to columns that ask for nothing, else to all
    let grow = wide && spare && columns.iter().all(|c| c.share.is_none() && c.length.is_some());
    let mut left = 1.0;
    for column in &columns {
        let Some(first) = column.first.and_then(|id| doc.get_node(id)) else { continue };
        let width = if let Some(share) = column.share.filter(|_| wide) {
            let share = share.min(left);
            left -= share;
            if share <= NARROW {
                asked(first, column.least)
            } else {
                let others = all - column.taken() + gaps;
                at_least(column.least, &format!("min({:.3}%, 100% - {others:.2}px)", share * 100.0))
            }
        } else if grow {
            at_least(column.least, &format!("(100% - {gaps:.2}px) * {:.5}", column.taken() / all))
        } else if let Some(length) = column.length
            && (column.least > length + LEAST || length_of(first).is_none_or(|own| own + LEAST < length))
        {
            asked(first, column.least.max(length))
        } else {
            continue;
        };
        out.push(Change::Style(first.id, format!("width:{width}")));
    }
}

/// A width that the engine takes for the column's as it is, and not for that of what cells hold.
fn at_least(least: f32, width: &str) -> String {
    format!("calc(max({least:.2}px, {width}) + 0.01px)")
}

/// A column's width as its cell has to ask for it.
fn asked(cell: &Node, width: f32) -> String {
    let own = if bordered(cell) { width } else { width - around(cell) };
    format!("{:.2}px", own.max(0.0))
}

/// The column's width that a cell asks for.
fn length_of(cell: &Node) -> Option<f32> {
    let own = length(cell).filter(|l| *l > 0.0)?;
    Some(if bordered(cell) { own } else { own + around(cell) })
}

/// Padding and borders of a cell.
fn around(cell: &Node) -> f32 {
    let layout = cell.unrounded_layout();
    layout.size.width - layout.content_box_width()
}

impl Column {
    /// What it leaves no other column of.
    fn taken(&self) -> f32 {
        match (self.share, self.length) {
            (None, Some(length)) => self.least.max(length),
            _ => self.least,
        }
    }
}

fn columns(doc: &BaseDocument, table: &Node) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let Some(SpecialElementData::TableRoot(table)) = table.element_data().map(|e| &e.special_data) else {
        return columns;
    };
    for cell in &table.cells {
        let at = usize::from(cell.column);
        let Some(node) = doc.get_node(cell.node_id).filter(|_| at < COLUMNS) else { continue };
        let many = node.attr(LocalName::from("colspan")).and_then(|v| v.parse::<usize>().ok()).unwrap_or(1);
        if columns.len() < at + many.min(COLUMNS) {
            columns.resize(at + many.min(COLUMNS), Column::default());
        }
        let Some(column) = columns.get_mut(at).filter(|_| many == 1) else { continue };
        if cell.row == 0 {
            column.first = Some(cell.node_id);
        }
        column.least = column.least.max(least(doc, node));
        column.width = column.width.max(node.unrounded_layout().size.width);
        column.length = larger(column.length, length_of(node));
        column.share = larger(column.share, share(node));
    }
    for column in columns.iter_mut().filter(|c| c.length.is_none()) {
        // what the engine made narrower by itself can be narrower
        column.least = column.least.min(column.width);
    }
    columns
}

fn larger(a: Option<f32>, b: Option<f32>) -> Option<f32> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.max(b)),
        _ => a.or(b),
    }
}

/// Whether the width of a cell is that of its border box.
fn bordered(cell: &Node) -> bool {
    use style::computed_values::box_sizing::T as BoxSizing;
    cell.primary_styles().is_some_and(|s| s.get_position().box_sizing == BoxSizing::BorderBox)
}

/// Room between two columns.
fn gap(table: &Node) -> f32 {
    let Some(style) = table.primary_styles() else { return 0.0 };
    let table = style.get_inherited_table();
    match table.border_collapse {
        BorderCollapse::Separate => table.border_spacing.0.width.px(),
        BorderCollapse::Collapse => 0.0,
    }
}
