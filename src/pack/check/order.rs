//! Checks of `order` lines: no part twice, no two lines that contradict each other.

use super::rules::RuleCheck;
use super::{names_in, within};
use crate::pack::model::{Arg, Expect, Place, Rule, Subject, Value};
use crate::pack::problem::Problem;
use std::collections::HashSet;

impl RuleCheck<'_> {
    pub(super) fn order(&mut self, rule: &Rule, e: &Expect) {
        if let Subject::Order(Arg::Value(list)) = &e.subject {
            let place = e.keys.get("order").unwrap_or(&e.place).clone();
            self.order_list(list, &place);
        }
        self.order_circle(rule, e);
    }

    /// An order line that, with those before it, puts a part both before and after another.
    fn order_circle(&mut self, rule: &Rule, e: &Expect) {
        let pairs = |e: &Expect| -> Vec<(String, String)> {
            let Subject::Order(Arg::Value(Value::List(ranks))) = &e.subject else { return Vec::new() };
            let names = |v: &Value| names_in(v).into_iter().map(str::to_string).collect::<Vec<_>>();
            let mut out = Vec::new();
            for (a, b) in ranks.iter().zip(ranks.iter().skip(1)) {
                for x in names(a) {
                    out.extend(names(b).into_iter().map(|y| (x.clone(), y)));
                }
            }
            out
        };
        let before = |o: &&Expect| o.place.range.start < e.place.range.start;
        let earlier: Vec<(&Expect, Vec<(String, String)>)> =
            rule.expects.iter().filter(before).map(|o| (o, pairs(o))).collect();
        let mine = pairs(e);
        let all: Vec<&(String, String)> = earlier.iter().flat_map(|(_, p)| p).chain(&mine).collect();
        for (a, b) in &mine {
            // from b back to a, by what all lines say
            let mut reached = vec![b.as_str()];
            let mut i = 0;
            while let Some(here) = reached.get(i).copied() {
                i += 1;
                for (_, next) in all.iter().filter(|(from, _)| from == here) {
                    if !reached.contains(&next.as_str()) {
                        reached.push(next);
                    }
                }
            }
            let other = earlier.iter().find(|(_, p)| p.iter().any(|(_, to)| to == a));
            if reached.contains(&a.as_str())
                && let Some((other, _)) = other
            {
                let place = e.keys.get("order").unwrap_or(&e.place);
                let there = other.keys.get("order").unwrap_or(&other.place);
                let message =
                    format!("this line puts “{a}” before “{b}”, the other lines “{b}” before “{a}”");
                self.problems
                    .push(Problem::error("order-conflict", place, message).and(there, "another order"));
                return;
            }
        }
    }

    pub(super) fn order_list(&mut self, list: &Value, place: &Place) {
        let mut seen = HashSet::new();
        for name in names_in(list) {
            if !seen.insert(name) {
                let message = format!("“{name}” stands twice in the list");
                self.problems.push(Problem::error("order-conflict", &again(place, name), message));
            }
        }
    }
}

/// The place where a name is written a second time.
fn again(place: &Place, name: &str) -> Place {
    let first = within(place, name);
    let rest = Place { file: std::sync::Arc::clone(&place.file), range: first.range.end..place.range.end };
    let second = within(&rest, name);
    if second.range == rest.range { first } else { second }
}
