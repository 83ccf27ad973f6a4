//! How far a thing reaches: elements `from..to` in document order.

use crate::page::dom::{Dom, El};
use crate::parts::walk::Walk;

/// A range of elements in document order, half open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// First element.
    pub from: u32,
    /// One past the last element.
    pub to: u32,
}

impl Extent {
    /// The element and all inside it.
    pub fn of(dom: &Dom, el: El) -> Extent {
        Extent { from: el.0, to: dom.end(el).0 }
    }

    /// Whether the element lies in the extent.
    pub fn holds(self, el: El) -> bool {
        (self.from..self.to).contains(&el.0)
    }
}

/// From a heading up to the next one of the same or a higher rank, never out of the
/// largest block around it that has no other such heading, nor out of its region.
pub fn of_heading(dom: &Dom, walk: &Walk, heading: El) -> Extent {
    let at = walk.headings.partition_point(|(el, _)| *el < heading);
    let rank = walk.headings.get(at).filter(|(el, _)| *el == heading).map_or(6, |h| h.1);
    let next = walk.headings[at..]
        .iter()
        .skip(1)
        .find(|(el, r)| *r <= rank && !dom.contains(heading, *el))
        .map_or(u32::MAX, |(el, _)| el.0);
    let before = walk.headings[..at].iter().rev().find(|(_, r)| *r <= rank).map(|(el, _)| *el);
    let region = walk.fact(heading).regions;
    let mut block = heading;
    for above in dom.ancestors(heading) {
        let to = dom.end(above).0;
        let other = next < to || before.is_some_and(|b| dom.contains(above, b));
        if other || walk.fact(above).regions != region || matches!(dom.name(above), "body" | "html") {
            break;
        }
        block = above;
    }
    let mut to = dom.end(block).0;
    if block == heading || next != u32::MAX && dom.parent(block).is_some_and(|p| next < dom.end(p).0) {
        // siblings up to the next heading still belong to this one
        let last = dom.parent(block).map_or(to, |p| dom.end(p).0);
        to = to.max(last.min(next));
    } else if let Some(p) = dom.parent(block) {
        // the last heading of a plain page: the rest of the body, region by region
        if matches!(dom.name(p), "body" | "main") {
            let mut reach = to;
            let mut sibling = dom.next_sibling(block);
            while let Some(s) = sibling {
                if s.0 >= next || walk.fact(s).regions != region || holds_heading(dom, walk, s, rank) {
                    break;
                }
                reach = dom.end(s).0;
                sibling = dom.next_sibling(s);
            }
            to = reach;
        }
    }
    Extent { from: heading.0, to }
}

fn holds_heading(dom: &Dom, walk: &Walk, el: El, rank: u8) -> bool {
    let a = walk.headings.partition_point(|(h, _)| *h < el);
    let end = dom.end(el).0;
    walk.headings[a..].iter().take_while(|(h, _)| h.0 < end).any(|(_, r)| *r <= rank)
}

/// Of a label that is no heading: itself and the two elements after it. Where the
/// label is all that its parent holds, the parent's next elements count.
pub fn of_label(dom: &Dom, walk: &Walk, label: El) -> Extent {
    let mut block = label;
    while let Some(above) = dom.parent(block) {
        // indented markup has white space round the label
        let alone = walk.text(above).trim() == walk.text(label).trim() && dom.end(above).0 - above.0 <= 12;
        if !alone || matches!(dom.name(above), "body" | "main" | "html") {
            break;
        }
        // a mark beside the label is no block of its own
        let mark = |el: El| {
            matches!(dom.name(el), "i" | "svg" | "img" | "span" | "button") && walk.text(el).trim().is_empty()
        };
        let after = std::iter::successors(dom.next_sibling(block), |s| dom.next_sibling(*s));
        if after.take(4).any(|s| !mark(s)) {
            break;
        }
        block = above;
    }
    let mut to = dom.end(block).0;
    let mut sibling = dom.next_sibling(block);
    for _ in 0..2 {
        let Some(s) = sibling else { break };
        to = dom.end(s).0;
        sibling = dom.next_sibling(s);
    }
    Extent { from: label.0, to }
}
