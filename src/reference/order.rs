//! A partial order that at least the given share of the pages follows.
//!
//! Pairs count that enough pages have, and of which at least the share has them in this order.
//! They are taken strongest first (by pages for less pages against, then by share, then by name:
//! the method of ranked pairs). A pair is left out where it would close a circle with those taken
//! before it, so that a circle loses its weakest pair; and where it would put two sections in an
//! order, by way of others, of which enough pages have both, but too few in either order. Of what
//! remains the pairs are kept that do not follow from others.

use super::pairs::{Pair, Pairs};
use super::{Sections, reaches};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Why a pair that the share follows is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// The stronger pairs lead from its second section back to its first, by way of these.
    Circle(Vec<String>),
    /// With the stronger pairs it would put these two in an order too, which too few pages have;
    /// nor have enough the other order.
    Against(Pair),
}

/// A pair that is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The pair.
    pub pair: Pair,
    /// Why.
    pub why: Why,
}

impl std::fmt::Display for LeftOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}; ", self.pair)?;
        match &self.why {
            Why::Circle(way) => write!(f, "it would close a circle: {}", way.join(" before ")),
            Why::Against(pair) => write!(
                f,
                "it would put {} before {} too, which only {} of {} pages do",
                pair.before, pair.after, pair.pages, pair.of
            ),
        }
    }
}

/// A partial order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// Sections that it is about, first to last; those in no order to each other by name.
    pub sections: Vec<String>,
    /// The pairs that say it all: none follows from others.
    pub pairs: Vec<Pair>,
    /// Pairs left out, the strongest first.
    pub left_out: Vec<LeftOut>,
    /// Every two sections that are in an order, directly or by way of others.
    all: BTreeSet<(String, String)>,
}

impl Order {
    /// Whether the order puts one section before the other.
    pub fn has(&self, before: &str, after: &str) -> bool {
        self.all.contains(&(before.to_string(), after.to_string()))
    }

    /// Whether the pair of the other order was left out: so many pages contradict this one, where it
    /// follows from others.
    pub fn is_contradicted(&self, before: &str, after: &str) -> bool {
        self.left_out.iter().any(|l| l.pair.before == after && l.pair.after == before)
    }

    /// Every two sections that are in an order, directly or by way of others.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all.iter().map(|(a, b)| (a.as_str(), b.as_str()))
    }
}

/// Learns the order of pages: `share` of the pages that have both sections of a pair, and
/// `least` such pages.
pub fn learn(pages: &[Sections], share: f64, least: usize) -> Order {
    of_pairs(&Pairs::count(pages), share, least)
}

fn of_pairs(pairs: &Pairs, share: f64, least: usize) -> Order {
    let mut strong: Vec<Pair> = pairs.by_majority();
    strong.retain(|p| p.of >= least && reaches(p.pages, p.of, share));
    strong.sort_by(|a, b| {
        let share = |p: &Pair| p.pages as f64 / p.of as f64;
        b.margin().cmp(&a.margin()).then(share(b).total_cmp(&share(a))).then(a.cmp(b))
    });
    let mut taken = Taken::default();
    let mut left_out = Vec::new();
    let mut supported: BTreeMap<(String, String), Pair> = BTreeMap::new();
    for pair in strong {
        if let Some(way) = taken.way(&pair.after, &pair.before) {
            left_out.push(LeftOut { pair, why: Why::Circle(way) });
            continue;
        }
        let new = taken.follows(&pair.before, &pair.after);
        let against = new.iter().find_map(|(a, b)| {
            let (pages, of) = pairs.of(a, b);
            // a strong pair the other way round is weaker: it closes the circle, and is left out then
            let strong = reaches(pages, of, share) || reaches(of - pages, of, share);
            (of >= least && !strong).then(|| Pair { before: a.clone(), after: b.clone(), pages, of })
        });
        match against {
            Some(against) => left_out.push(LeftOut { pair, why: Why::Against(against) }),
            None => {
                taken.all.extend(new);
                supported.insert((pair.before.clone(), pair.after.clone()), pair);
            }
        }
    }
    let Taken { all } = taken;
    let direct = |(a, b): &&(String, String)| {
        let via = |(x, c): &(String, String)| x == a && all.contains(&(c.clone(), b.clone()));
        !all.iter().any(via)
    };
    let kept = all.iter().filter(direct).filter_map(|pair| supported.get(pair).cloned()).collect();
    let mut order = Order { sections: sorted(&all), pairs: kept, left_out, all };
    let place: BTreeMap<&String, usize> = order.sections.iter().zip(0..).collect();
    let at = |name: &String| place.get(name).copied().unwrap_or(usize::MAX);
    order.pairs.sort_by_key(|p| (at(&p.before), at(&p.after)));
    order
}

/// The pairs taken so far, with all that follows from them.
#[derive(Default)]
struct Taken {
    all: BTreeSet<(String, String)>,
}

impl Taken {
    fn has(&self, a: &str, b: &str) -> bool {
        self.all.contains(&(a.to_string(), b.to_string()))
    }

    /// The way from one section to another, ends and all; `None` where there is none.
    fn way(&self, from: &str, to: &str) -> Option<Vec<String>> {
        if !self.has(from, to) {
            return None;
        }
        // all that follows is there, so each step may be the nearest one
        let mut between: Vec<&str> =
            self.all.iter().filter(|(a, b)| a == from && self.has(b, to)).map(|(_, b)| b.as_str()).collect();
        between.sort_by_key(|b| self.all.iter().filter(|(_, x)| x == b).count());
        let mut way = vec![from.to_string()];
        for b in between {
            if way.last().is_some_and(|last| self.has(last, b)) {
                way.push(b.to_string());
            }
        }
        way.push(to.to_string());
        Some(way)
    }

    /// What a pair adds, itself and what follows from it.
    fn follows(&self, before: &str, after: &str) -> BTreeSet<(String, String)> {
        let first = self.all.iter().filter(|(_, b)| b == before).map(|(a, _)| a.as_str());
        let last: Vec<&str> = self
            .all
            .iter()
            .filter(|(a, _)| a == after)
            .map(|(_, b)| b.as_str())
            .chain(std::iter::once(after))
            .collect();
        let mut new = BTreeSet::new();
        for a in first.chain(std::iter::once(before)) {
            for b in last.iter().filter(|b| !self.has(a, b)) {
                new.insert((a.to_string(), (*b).to_string()));
            }
        }
        new
    }
}

/// The sections of an order, first to last: those before which nothing is left, by name.
fn sorted(all: &BTreeSet<(String, String)>) -> Vec<String> {
    let mut left: BTreeSet<&String> = all.iter().flat_map(|(a, b)| [a, b]).collect();
    let mut out = Vec::new();
    while !left.is_empty() {
        let free = |name: &&&String| !all.iter().any(|(a, b)| b == **name && left.contains(a));
        let Some(first) = left.iter().find(free).copied() else { break };
        left.remove(first);
        out.push(first.clone());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::tests::{page, pages};
    use proptest::prelude::*;

    fn told(order: &Order) -> Vec<String> {
        order.pairs.iter().map(|p| format!("{}{} {}/{}", p.before, p.after, p.pages, p.of)).collect()
    }

    #[test]
    fn what_follows_from_others_is_not_said() {
        let order = learn(&[page("abcd"), page("abcd"), page("abdc")], 0.8, 3);
        assert_eq!(order.sections, ["a", "b", "c", "d"]);
        assert_eq!(told(&order), ["ab 3/3", "bc 3/3", "bd 3/3"]);
        assert!(order.has("a", "d") && !order.has("c", "d"));
        assert!(order.left_out.is_empty());
    }

    #[test]
    fn support_counts_pages_that_have_both() {
        let of = |least| told(&learn(&[page("ab"), page("ab"), page("ac"), page("a")], 0.8, least));
        assert_eq!(of(2), ["ab 2/2"]);
        assert_eq!(of(1), ["ab 2/2", "ac 1/1"]);
        assert!(of(3).is_empty());
    }

    #[test]
    fn a_circle_loses_its_weakest_pair() {
        let mut pages = vec![page("ab"); 9];
        pages.extend(vec![page("bc"); 7]);
        pages.extend(vec![page("ca"); 5]);
        let order = learn(&pages, 0.8, 3);
        assert_eq!(told(&order), ["ab 9/9", "bc 7/7"]);
        let said: Vec<String> = order.left_out.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            ["c before a: 5 of 5 pages that have both; it would close a circle: a before b before c"]
        );
    }

    #[test]
    fn what_pages_contradict_does_not_follow() {
        let mut pages = vec![page("ab"); 9];
        pages.extend(vec![page("bc"); 7]);
        pages.extend(vec![page("ac"), page("ac"), page("ca"), page("ca")]);
        let order = learn(&pages, 0.8, 3);
        assert_eq!(told(&order), ["ab 9/9"]);
        let said: Vec<String> = order.left_out.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "b before c: 7 of 7 pages that have both; it would put a before c too, which only 2 of 4 pages do"
            ]
        );
        assert_eq!(told(&learn(&pages, 0.8, 5)), ["ab 9/9", "bc 7/7"], "too few pages to contradict");
    }

    #[test]
    fn nothing_is_learned_of_nothing() {
        assert_eq!(learn(&[], 0.8, 1), Order::default());
        assert_eq!(learn(&[page("a"), page("b")], 0.8, 1), Order::default());
    }

    proptest! {
        #[test]
        fn an_order_is_acyclic_and_every_pair_has_its_support(
            pages in pages(), share in 0.51..=1.0f64, least in 1usize..4
        ) {
            let order = learn(&pages, share, least);
            let pairs = Pairs::count(&pages);
            for (a, b) in order.all() {
                prop_assert!(a != b && !order.has(b, a), "{a} {b}");
                for (x, c) in order.all().filter(|(x, _)| *x == b) {
                    prop_assert!(order.has(a, c), "{a} {x} {c}");
                }
                let (pages, of) = pairs.of(a, b);
                let agreed = of < least || reaches(pages, of, share) || order.is_contradicted(a, b);
                prop_assert!(agreed, "{a} {b}: {pages} of {of}");
            }
            for p in &order.pairs {
                let count = |first: &str, second: &str| {
                    let at = |s: &Sections, name: &str| s.places().find(|(n, _)| *n == name).map(|(_, at)| at);
                    let before = |s: &&Sections| matches!((at(s, first), at(s, second)), (Some(a), Some(b)) if a < b);
                    pages.iter().filter(before).count()
                };
                let (for_it, against) = (count(&p.before, &p.after), count(&p.after, &p.before));
                prop_assert_eq!((p.pages, p.of), (for_it, for_it + against));
                prop_assert!(p.of >= least && reaches(p.pages, p.of, share));
                let between = order.all().filter(|(a, _)| *a == p.before).any(|(_, c)| order.has(c, &p.after));
                prop_assert!(!between, "{p} follows from others");
            }
            // the pairs say it all
            let mut closed: BTreeSet<(String, String)> =
                order.pairs.iter().map(|p| (p.before.clone(), p.after.clone())).collect();
            loop {
                let more: Vec<_> = closed.iter()
                    .flat_map(|(a, b)| closed.iter().filter(move |(x, _)| x == b).map(move |(_, c)| (a.clone(), c.clone())))
                    .filter(|p| !closed.contains(p)).collect();
                if more.is_empty() { break }
                closed.extend(more);
            }
            prop_assert_eq!(&closed, &order.all);
            // first to last
            for (i, a) in order.sections.iter().enumerate() {
                prop_assert!(order.sections[..i].iter().all(|b| !order.has(a, b)));
            }
        }

        #[test]
        fn the_order_of_pages_changes_nothing(pages in pages(), seed in any::<u64>()) {
            let mut other = pages.clone();
            let n = other.len().max(1);
            other.rotate_left((seed as usize) % n);
            if seed & 1 == 1 { other.reverse() }
            for page in &mut other { page.sections.reverse() }
            prop_assert_eq!(learn(&pages, 0.7, 2), learn(&other, 0.7, 2));
        }
    }
}
