//! From a place in the folded buffer back to the bytes of the page.

use crate::finding::Span;
use crate::page::Page;
use crate::parts::walk::{RowSource, Walk};
use crate::text::fold::fold_chars;

/// The bytes of the page's text behind a place of the buffer; exact where the source
/// is the text itself, else the whole text node or attribute.
pub fn of_buffer(page: &Page, walk: &Walk, place: Span) -> Option<Span> {
    let first = one(page, walk, place.start, place.start + 1)?;
    let last = one(page, walk, place.end.saturating_sub(1).max(place.start), place.end)?;
    Some(first.join(last))
}

fn one(page: &Page, walk: &Walk, from: u32, to: u32) -> Option<Span> {
    let row = walk.row_at(from)?;
    let (text, span) = match row.source {
        RowSource::Text(i) => {
            let text_row = page.dom.all_texts().get(i as usize)?;
            (page.dom.text_of(text_row), text_row.span?)
        }
        RowSource::Attr(name) => {
            let span = page.dom.attr_span(row.el, name)?;
            (page.dom.attr(row.el, name)?, span.value.unwrap_or(span.name))
        }
    };
    if span.slice(&page.text) != text {
        return Some(span);
    }
    // fold again, counting: the buffer dropped a leading space where one stood before
    let mut skip_first_space = row.at == 0
        || walk.buffer.get(..row.at as usize).is_some_and(|b| b.ends_with([' ', crate::text::fold::BREAK]));
    let mut at = row.at;
    let mut start = None;
    let mut end = None;
    fold_chars(text, |c, source| {
        if c == ' ' && skip_first_space {
            skip_first_space = false;
            return;
        }
        skip_first_space = false;
        if at >= from && start.is_none() {
            start = Some(source);
        }
        if at >= to && end.is_none() {
            end = Some(source);
        }
        at += c.len_utf8() as u32;
    });
    let start = span.start + start.unwrap_or(0) as u32;
    let end = end.map_or(span.end, |e| span.start + e as u32);
    Some(Span::new(start, end.max(start)))
}
