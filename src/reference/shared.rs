//! Which sections so many pages have.

use super::{Sections, reaches};
use serde::Serialize;
use std::collections::BTreeMap;

/// How many pages have a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Name of the part.
    pub part: String,
    /// Pages on which a shopper sees it.
    pub pages: usize,
    /// Further pages that may have it.
    pub unsure: usize,
    /// Pages in all.
    pub of: usize,
    /// Whether so many have it that it is asked for.
    pub shared: bool,
}

/// Sections of the pages, those first that most have; `share` of all pages, and `least` pages.
pub fn count(pages: &[Sections], share: f64, least: usize) -> Vec<Count> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for section in pages.iter().flat_map(|p| &p.sections) {
        let count = counts.entry(section.part.as_str()).or_default();
        if section.sure {
            count.0 += 1;
        } else {
            count.1 += 1;
        }
    }
    let of = pages.len();
    let one = |(part, (sure, unsure)): (&str, (usize, usize))| Count {
        part: part.to_string(),
        pages: sure,
        unsure,
        of,
        shared: sure >= least && reaches(sure, of, share),
    };
    let mut out: Vec<Count> = counts.into_iter().map(one).collect();
    out.sort_by(|a, b| b.pages.cmp(&a.pages).then_with(|| a.part.cmp(&b.part)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::tests::{page, pages};
    use proptest::prelude::*;

    #[test]
    fn what_most_have_comes_first() {
        let mut unsure = page("ab");
        unsure.sections[1].sure = false;
        let counts = count(&[page("ab"), page("cab"), unsure], 0.8, 2);
        let told: Vec<_> =
            counts.iter().map(|c| (c.part.as_str(), c.pages, c.unsure, c.of, c.shared)).collect();
        assert_eq!(told, [("a", 3, 0, 3, true), ("b", 2, 1, 3, false), ("c", 1, 0, 3, false)]);
    }

    proptest! {
        #[test]
        fn the_order_of_pages_changes_nothing(pages in pages()) {
            let mut other = pages.clone();
            other.reverse();
            prop_assert_eq!(count(&pages, 0.8, 1), count(&other, 0.8, 1));
        }
    }
}
