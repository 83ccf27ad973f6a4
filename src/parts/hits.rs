//! The hits of a page: every place where a list hits in a field that some part asks for.

use crate::finding::Span;
use crate::page::dom::El;
use crate::parts::grouped::Grouped;
use crate::parts::phrases::ListId;
use crate::parts::plan::PartsPlan;
use crate::text::pattern::LazyPattern;

/// What of a list hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A phrase, by its index in the list.
    Phrase(u32),
    /// A regular expression of the list.
    Pattern(u32),
    /// A token.
    Token(u32),
}

/// Where it hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Bytes of the walk's buffer.
    Buffer(Span),
    /// A whole attribute of the element.
    Attr(&'static str),
}

/// One hit of a list in a field.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// The element.
    pub el: El,
    /// The list.
    pub list: ListId,
    /// What hit.
    pub what: What,
    /// Where.
    pub at: At,
}

/// All hits of a page, by slot of the plan, in document order, one an element.
#[derive(Debug)]
pub struct Hits {
    pub(super) slots: Grouped<Hit>,
    /// By expression, those of lists first: whether one of its literals stands on the page.
    pub(super) may_match: Vec<bool>,
    /// By expression of a part: where in the walk's buffer.
    pub(super) seen_at: Grouped<u32>,
    /// How many of them belong to lists.
    pub(super) of_lists: usize,
}

impl Hits {
    /// Hits of a slot.
    pub fn of(&self, slot: usize) -> &[Hit] {
        self.slots.of(slot)
    }

    /// Whether a part's expression, by its number in the plan, may match anything.
    pub fn may_match(&self, pattern: usize) -> bool {
        self.may_match.get(self.of_lists + pattern).copied().unwrap_or(true)
    }

    /// Where in the walk's buffer literals of a part's expression stand, by its number in the
    /// plan, in rising order.
    pub fn seen_at(&self, pattern: usize) -> &[u32] {
        self.seen_at.of(pattern)
    }

    /// Whether a part's expression, by its number in the plan, may match in these bytes of the
    /// walk's buffer.
    pub fn may_match_in(&self, pattern: usize, plan: &PartsPlan, from: u32, to: u32) -> bool {
        if !self.may_match(pattern) {
            return false;
        }
        let seen = self.seen_at(pattern);
        let stands = || seen.get(seen.partition_point(|at| *at < from)).is_some_and(|at| *at < to);
        !plan.patterns.get(pattern).is_some_and(LazyPattern::stands_as_written) || stands()
    }

    /// The hit of a slot on the element.
    pub fn on(&self, slot: usize, el: El) -> Option<&Hit> {
        let hits = self.of(slot);
        hits.binary_search_by_key(&el, |h| h.el).ok().and_then(|i| hits.get(i))
    }
}
