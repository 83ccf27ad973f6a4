//! What the markup alone says of whether elements are drawn.

use crate::layout::blitz::unseen::{Mark, Tree};
use crate::page::dom::{Dom, El};

/// Parents and marks of every element; a mark counts for all that the element holds.
pub fn tree(dom: &Dom) -> Tree {
    let mut tree = Tree { parents: Vec::with_capacity(dom.len()), marks: Vec::with_capacity(dom.len()) };
    for el in dom.iter() {
        let parent = dom.parent(el);
        let outer = parent.and_then(|p| tree.marks.get(p.0 as usize)).copied().unwrap_or_default();
        tree.parents.push(parent);
        tree.marks.push(mark(dom, el, parent, outer));
    }
    for row in dom.all_texts() {
        if let Some(mark) = tree.marks.get_mut(row.parent.0 as usize) {
            mark.speaks |= !dom.text_of(row).trim().is_empty();
        }
    }
    tree
}

fn mark(dom: &Dom, el: El, parent: Option<El>, outer: Mark) -> Mark {
    let html = dom.is_html(el);
    let name = if html { dom.name(el) } else { "" };
    let never = matches!(
        name,
        "head"
            | "script"
            | "style"
            | "template"
            | "title"
            | "meta"
            | "link"
            | "base"
            | "datalist"
            | "source"
            | "param"
            | "track"
            | "area"
            | "noembed"
            | "noframes"
    ) || (!html
        && matches!(dom.name(el), "defs" | "symbol" | "clipPath" | "mask" | "title" | "desc" | "metadata"));
    let shut = |p: El| {
        dom.name(p) == "details"
            && dom.attr(p, "open").is_none()
            && dom.children(p).find(|c| dom.name(*c) == "summary") != Some(el)
    };
    let inside =
        parent.filter(|p| dom.name(*p) == "svg" && !dom.is_html(*p)).filter(|_| outer.part_of.is_none());
    let dialog = name == "dialog" && dom.attr(el, "open").is_none();
    Mark {
        never: outer.never || never,
        hidden: outer.hidden || (html && dom.attr(el, "hidden").is_some()),
        aria: outer.aria
            || dom.attr(el, "aria-hidden").is_some_and(|v| v.trim().eq_ignore_ascii_case("true")),
        closed: outer.closed || dialog || parent.is_some_and(shut),
        speaks: false,
        part_of: outer.part_of.or(inside),
    }
}
