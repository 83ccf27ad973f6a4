//! A partial order as lists that the rule language's `order` takes.
//!
//! A list runs through groups from first to last; all of a group stand before all of the next.
//! Together the lists hold every pair of the order, and of what follows from them nothing that
//! pages contradict: where a circle lost a pair, a list ends before it would deny that pair.

use super::order::Order;
use std::collections::BTreeSet;

/// One list of `order`: groups from first to last; a group of one is a section.
pub type Chain = Vec<Vec<String>>;

/// The lists that say an order: from each section that still has pairs to say, through all that
/// come straight after it, on as long as all of a group have a next one in common.
pub fn chains(order: &Order) -> Vec<Chain> {
    let names: Vec<&str> = order.sections.iter().map(String::as_str).collect();
    let steps: BTreeSet<(&str, &str)> =
        order.pairs.iter().map(|p| (p.before.as_str(), p.after.as_str())).collect();
    let mut open = steps.clone();
    let mut out = Vec::new();
    for first in &names {
        let next: Vec<&str> = names.iter().copied().filter(|b| open.contains(&(*first, *b))).collect();
        if next.is_empty() {
            continue;
        }
        // others that stand before all of these too, and have something to say
        let beside = |a: &&str| {
            let whole = next.iter().all(|b| steps.contains(&(*a, *b)));
            whole && next.iter().any(|b| open.contains(&(*a, *b)))
        };
        let mut chain = vec![names.iter().copied().filter(beside).collect(), next];
        while let Some(last) = chain.last() {
            let follows = |c: &&str| last.iter().all(|b| steps.contains(&(*b, *c)));
            let more: Vec<&str> = names.iter().copied().filter(follows).collect();
            let denies = |c: &&str| chain.iter().flatten().any(|a| order.is_contradicted(a, c));
            if more.is_empty() || more.iter().any(denies) {
                break;
            }
            chain.push(more);
        }
        for (before, after) in chain.iter().zip(chain.iter().skip(1)) {
            open.retain(|(a, b)| !(before.contains(a) && after.contains(b)));
        }
        let owned = |group: &Vec<&str>| group.iter().map(|s| (*s).to_string()).collect();
        out.push(chain.iter().map(owned).collect());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::order::learn;
    use crate::reference::pairs::Pairs;
    use crate::reference::reaches;
    use crate::reference::tests::{page, pages};
    use proptest::prelude::*;

    fn told(pages: &[&str]) -> Vec<String> {
        let pages: Vec<_> = pages.iter().map(|p| page(p)).collect();
        let list = |c: &Chain| c.iter().map(|g| g.concat()).collect::<Vec<_>>().join(" ");
        chains(&learn(&pages, 0.8, 1)).iter().map(list).collect()
    }

    #[test]
    fn sections_in_either_order_are_a_group() {
        assert_eq!(told(&["abc", "abc"]), ["a b c"]);
        assert_eq!(told(&["abcd", "acbd"]), ["a bc d"]);
        assert_eq!(told(&["abcd", "acbd", "ab", "de"]), ["a bc d e"]);
        assert!(told(&["ab", "ba"]).is_empty());
    }

    #[test]
    fn what_one_list_cannot_say_is_said_by_several() {
        assert_eq!(told(&["ab", "cd"]), ["a b", "c d"]);
        assert_eq!(told(&["ab", "cb", "cd"]), ["ac b", "c d"]);
        assert_eq!(told(&["abc", "ad"]), ["a bd", "b c"]);
        assert_eq!(told(&["abcd", "abdc"]), ["a b cd"]);
        // the circle lost “c before a”: no list says “a before c”
        assert_eq!(told(&["ab", "ab", "ab", "bc", "bc", "ca"]), ["a b", "b c"]);
    }

    proptest! {
        #[test]
        fn the_lists_say_the_order_and_nothing_that_pages_contradict(pages in pages(), least in 1usize..3) {
            let order = learn(&pages, 0.75, least);
            let mut said: BTreeSet<(String, String)> = BTreeSet::new();
            for chain in chains(&order) {
                prop_assert!(chain.len() > 1 && chain.iter().all(|g| !g.is_empty()));
                let mut once: Vec<&String> = chain.iter().flatten().collect();
                once.sort();
                prop_assert!(once.windows(2).all(|w| w[0] != w[1]), "{chain:?}");
                for (i, group) in chain.iter().enumerate() {
                    for a in group {
                        for b in chain[i + 1..].iter().flatten() {
                            prop_assert!(order.has(a, b), "{a} {b}");
                            let (n, of) = Pairs::count(&pages).of(a, b);
                            prop_assert!(of < least || reaches(n, of, 0.75), "{a} {b}: {n} of {of}");
                            said.insert((a.clone(), b.clone()));
                        }
                    }
                }
            }
            for p in &order.pairs {
                prop_assert!(said.contains(&(p.before.clone(), p.after.clone())), "{p}");
            }
        }
    }
}
