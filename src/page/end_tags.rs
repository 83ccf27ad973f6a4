//! Which element an end tag closes: one pass over start and end tags in the order
//! of the source, checked against the tree.

use crate::finding::Span;
use crate::page::dom::{Dom, El};
use html5ever::LocalName;

/// Ties end tags to elements. `starts` are the written start tags in the order of
/// the source. O(tags), but for deep nesting of unclosed elements.
pub fn tie(dom: &Dom, starts: &[(u32, El)], end_tags: &[(LocalName, Span)]) -> Vec<(El, Span)> {
    let mut tied = Vec::with_capacity(end_tags.len());
    let mut open: Vec<El> = Vec::new();
    let mut next = 0;
    for (name, span) in end_tags {
        while let Some(&(start, el)) = starts.get(next)
            && start < span.start
        {
            push(dom, &mut open, el);
            next += 1;
        }
        if let Some(at) = matching(dom, &open, name) {
            tied.push((open[at], *span));
            open.truncate(at);
        }
    }
    tied
}

fn push(dom: &Dom, open: &mut Vec<El>, el: El) {
    // what does not hold the new element was closed without an end tag; only the
    // parts of a table stay open, since their misplaced contents move before them
    while let Some(&top) = open.last()
        && !dom.contains(top, el)
        && !matches!(dom.name(top), "table" | "tbody" | "thead" | "tfoot" | "tr")
    {
        open.pop();
    }
    if !is_void(dom.name(el)) {
        open.push(el);
    }
}

fn matching(dom: &Dom, open: &[El], name: &str) -> Option<usize> {
    let in_table = matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" | "caption");
    for (i, el) in open.iter().enumerate().rev() {
        let open_name = dom.name(*el);
        if open_name.eq_ignore_ascii_case(name) {
            return Some(i);
        }
        // HTML's scope markers: an end tag never reaches out of these
        let barrier = match open_name {
            "table" | "template" | "html" => true,
            "td" | "th" | "caption" | "marquee" | "object" | "applet" => !in_table,
            "button" => name == "p",
            "ul" | "ol" => name == "li",
            _ => false,
        };
        if barrier {
            return None;
        }
    }
    None
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
            | "param"
            | "frame"
            | "keygen"
            | "basefont"
            | "bgsound"
    )
}
