//! How often one section stands before another.

use super::Sections;
use serde::Serialize;
use std::collections::BTreeMap;

/// Two sections in the order that more pages have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Pair {
    /// The section that stands first.
    pub before: String,
    /// The other.
    pub after: String,
    /// Pages that have them in this order.
    pub pages: usize,
    /// Pages that have both, at different places.
    pub of: usize,
}

impl Pair {
    /// Pages for this order less those against it.
    pub fn margin(&self) -> usize {
        (2 * self.pages).saturating_sub(self.of)
    }
}

impl std::fmt::Display for Pair {
    /// "reviews before recommendations: 7 of 8 pages that have both"
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Pair { before, after, pages, of } = self;
        let (page, have) = if *of == 1 { ("page", "has") } else { ("pages", "have") };
        write!(f, "{before} before {after}: {pages} of {of} {page} that {have} both")
    }
}

/// Counts of every two sections that some page has at different places.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    /// By two names in the order of the alphabet: pages with the first before the second, and
    /// pages with both.
    counts: BTreeMap<(String, String), (usize, usize)>,
}

impl Pairs {
    /// Counts the pages.
    pub fn count(pages: &[Sections]) -> Pairs {
        let mut counts: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
        for page in pages {
            let places: BTreeMap<&str, u32> = page.places().collect();
            for (a, at) in &places {
                for (b, other) in places.range(*a..).filter(|(b, other)| *b != a && *other != at) {
                    let count = counts.entry(((*a).to_string(), (*b).to_string())).or_default();
                    count.0 += usize::from(at < other);
                    count.1 += 1;
                }
            }
        }
        Pairs { counts }
    }

    /// How many pages have one before the other, of those that have both.
    pub fn of(&self, before: &str, after: &str) -> (usize, usize) {
        let found = |a: &str, b: &str| self.counts.get(&(a.to_string(), b.to_string())).copied();
        match found(before, after) {
            Some(count) => count,
            None => found(after, before).map_or((0, 0), |(first, of)| (of - first, of)),
        }
    }

    /// Each pair in the order that more pages have; where as many have either, in none.
    pub fn by_majority(&self) -> Vec<Pair> {
        let one = |((a, b), (first, of)): (&(String, String), &(usize, usize))| {
            let (first, of) = (*first, *of);
            let pair = |before: &String, after: &String, pages| Pair {
                before: before.clone(),
                after: after.clone(),
                pages,
                of,
            };
            match (2 * first).cmp(&of) {
                std::cmp::Ordering::Greater => Some(pair(a, b, first)),
                std::cmp::Ordering::Less => Some(pair(b, a, of - first)),
                std::cmp::Ordering::Equal => None,
            }
        };
        self.counts.iter().filter_map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::tests::page;

    #[test]
    fn pages_with_both_are_counted_once() {
        let pairs = Pairs::count(&[page("abc"), page("ba"), page("a=b"), page("ac"), page("")]);
        assert_eq!(pairs.of("a", "b"), (1, 2));
        assert_eq!(pairs.of("b", "a"), (1, 2));
        assert_eq!(pairs.of("c", "a"), (0, 2));
        assert_eq!(pairs.of("a", "x"), (0, 0));
        let told: Vec<String> = pairs.by_majority().iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            ["a before c: 2 of 2 pages that have both", "b before c: 1 of 1 page that has both"]
        );
    }

    #[test]
    fn what_is_only_suspected_has_no_place() {
        let mut unsure = page("ab");
        unsure.sections[0].sure = false;
        assert_eq!(Pairs::count(&[unsure]).of("a", "b"), (0, 0));
    }
}
