//! Tables by what stands in their head: a size table has head cells such as “bust”,
//! rows below and numbers in them.

use crate::page::dom::{Dom, El};
use crate::parts::walk::Walk;
use crate::text::fold::BREAK;
use foldhash::HashSet;

/// Rows looked at.
const MAX_ROWS: usize = 300;

/// Whether the table's head row or head column holds enough of the labels, with enough
/// rows below it and enough numbers in them.
pub fn is_table_of(
    dom: &Dom,
    walk: &Walk,
    table: El,
    labels: &HashSet<String>,
    min_headers: u32,
    min_rows: u32,
    numeric: f64,
) -> bool {
    if dom.name(table) != "table" {
        return false;
    }
    let rows = rows(dom, table);
    let Some(head) = rows.iter().position(|r| r.len() > 1) else { return false };
    let body = &rows[head + 1..];
    if (body.len() as u32) < min_rows {
        return false;
    }
    let hits = |cells: &mut dyn Iterator<Item = El>| {
        let mut seen: Vec<String> = Vec::new();
        for cell in cells {
            if let Some(label) = label(walk, cell, labels)
                && !seen.contains(&label)
            {
                seen.push(label);
            }
        }
        seen.len() as u32
    };
    let in_row = hits(&mut rows[head].iter().copied());
    let in_column = hits(&mut rows.iter().filter_map(|r| r.first().copied()));
    if in_row.max(in_column) < min_headers {
        return false;
    }
    let values: Vec<El> = body.iter().flat_map(|r| r.iter().skip(1).copied()).collect();
    let numbers = values.iter().filter(|c| walk.text(**c).bytes().any(|b| b.is_ascii_digit())).count();
    !values.is_empty() && numbers as f64 >= numeric * values.len() as f64
}

/// The cells of a table's first row and of its first column.
pub fn heads(dom: &Dom, table: El) -> Vec<El> {
    let rows = rows(dom, table);
    let first = rows.iter().find(|r| r.len() > 1).into_iter().flatten().copied();
    first.chain(rows.iter().filter_map(|r| r.first().copied())).collect()
}

/// Rows of cells, without those of tables inside.
fn rows(dom: &Dom, table: El) -> Vec<Vec<El>> {
    let mut rows = Vec::new();
    for child in dom.children(table) {
        let mut take = |tr: El| {
            rows.push(dom.children(tr).filter(|c| matches!(dom.name(*c), "td" | "th")).collect());
        };
        match dom.name(child) {
            "tr" => take(child),
            "thead" | "tbody" | "tfoot" => {
                dom.children(child).filter(|c| dom.name(*c) == "tr").take(MAX_ROWS).for_each(take);
            }
            _ => {}
        }
        if rows.len() > MAX_ROWS {
            break;
        }
    }
    rows
}

/// The label of a head cell that is in the set: whole, or without a unit in brackets
/// or behind a slash, “bust (cm)”, “胸围/cm”.
fn label(walk: &Walk, cell: El, labels: &HashSet<String>) -> Option<String> {
    let (a, b) = walk.label(cell);
    let whole = walk.buffer.get(a as usize..b as usize)?;
    let line = whole.split(BREAK).next().unwrap_or(whole).trim();
    let bare = line.split(['(', '/', '（', '[']).next().unwrap_or(line).trim();
    [whole, line, bare].into_iter().find(|t| labels.contains(*t)).map(str::to_string)
}
