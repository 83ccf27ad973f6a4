//! Where a page's order differs from the one that was learned.

use super::order::Order;
use super::pairs::{Pair, Pairs};
use super::{Sections, reaches};
use serde::Serialize;

/// A section that stands elsewhere, with those that it is on the wrong side of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Misplaced {
    /// The section.
    pub part: String,
    /// Pairs in the order of the references: the page has each the other way round.
    pub pairs: Vec<Pair>,
}

/// The fewest sections that explain every pair which the page has the other way round: again
/// and again the one with the most such pairs, of equals the later one on the page. Only pairs
/// count that the references have themselves, not those that merely follow.
pub fn misplaced(page: &Sections, order: &Order, pairs: &Pairs, share: f64, least: usize) -> Vec<Misplaced> {
    let places: Vec<(&str, u32)> = page.places().collect();
    let at = |name: &str| places.iter().find(|(n, _)| *n == name).map(|(_, at)| *at);
    let mut wrong: Vec<Pair> = Vec::new();
    for (before, after) in order.all() {
        let (pages, of) = pairs.of(before, after);
        let inverted = matches!((at(before), at(after)), (Some(a), Some(b)) if b < a);
        if inverted && of >= least && reaches(pages, of, share) {
            wrong.push(Pair { before: before.into(), after: after.into(), pages, of });
        }
    }
    let mut out = Vec::new();
    let about = |p: &Pair, name: &str| p.before == name || p.after == name;
    while !wrong.is_empty() {
        let weight = |name: &str| wrong.iter().filter(|p| about(p, name)).count();
        let Some((part, _)) = places.iter().max_by_key(|(name, at)| (weight(name), *at, *name)) else {
            break;
        };
        let (mine, others) = wrong.into_iter().partition(|p| about(p, part));
        wrong = others;
        out.push(Misplaced { part: (*part).to_string(), pairs: mine });
    }
    out.sort_by_key(|m| at(&m.part));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::order::learn;
    use crate::reference::tests::{page, pages};
    use proptest::prelude::*;

    fn told(here: &str, references: &[Sections]) -> Vec<String> {
        let order = learn(references, 0.8, 1);
        let found = misplaced(&page(here), &order, &Pairs::count(references), 0.8, 1);
        let pairs =
            |m: &Misplaced| m.pairs.iter().map(|p| format!("{}{}", p.before, p.after)).collect::<Vec<_>>();
        found.iter().map(|m| format!("{}: {}", m.part, pairs(m).join(" "))).collect()
    }

    #[test]
    fn one_section_that_moved_is_one_difference() {
        let references = vec![page("abcde"); 3];
        assert!(told("abcde", &references).is_empty());
        assert!(told("ace", &references).is_empty());
        assert_eq!(told("eabcd", &references), ["e: ae be ce de"]);
        assert_eq!(told("bcdea", &references), ["a: ab ac ad ae"]);
        assert_eq!(told("ba", &references), ["a: ab"]);
        assert!(told("b=a", &references).is_empty(), "two of one heading are in no order");
    }

    proptest! {
        #[test]
        fn a_page_follows_itself_and_every_pair_is_inverted(pages in pages()) {
            let Some((first, rest)) = pages.split_first() else { return Ok(()) };
            let own = std::slice::from_ref(first);
            prop_assert!(misplaced(first, &learn(own, 0.8, 1), &Pairs::count(own), 0.8, 1).is_empty());
            let order = learn(rest, 0.8, 1);
            for m in misplaced(first, &order, &Pairs::count(rest), 0.8, 1) {
                for p in &m.pairs {
                    let (before, _) = Pairs::count(own).of(&p.before, &p.after);
                    prop_assert!(before == 0 && order.has(&p.before, &p.after));
                }
            }
        }
    }
}
