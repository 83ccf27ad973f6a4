//! Checks of what expectations are given: values of the right kind, keys that do something.

use super::names_in;
use super::rules::RuleCheck;
use crate::pack::arguments::{idle, of, of_option, wrong};
use crate::pack::model::{
    Arg, Expect, OptionSpec, Part, Property, PropertyTest, Rule, Shape, Subject, Value, ValueKind,
};
use crate::pack::problem::Problem;
use crate::text::dates;

impl RuleCheck<'_> {
    /// Arguments that are written in the expectation itself, and keys without effect.
    pub(super) fn arguments(&mut self, e: &Expect) {
        for (of, arg, key) in of(e) {
            if let Arg::Value(value) = arg
                && let Some(why) = wrong(of, value)
            {
                let place = e.keys.get(&key).unwrap_or(&e.place);
                self.problems.push(Problem::error("wrong-type", place, why));
            }
        }
        for (key, why) in idle(e) {
            let within = |k: &&String| k.starts_with(key);
            let place = e.keys.keys().find(within).and_then(|k| e.keys.get(k)).unwrap_or(&e.place);
            self.problems.push(Problem::error("unknown-key", place, why).help("leave it out"));
        }
    }

    /// Properties that the counted parts have: values, days, tables to look things up in.
    pub(super) fn properties(&mut self, e: &Expect) {
        let Subject::Find(Arg::Value(list)) = &e.subject else { return };
        let parts: Vec<&Part> =
            names_in(list).into_iter().filter_map(|name| Some(&self.raw.parts.get(name)?.part)).collect();
        let mut said: Vec<Problem> = Vec::new();
        if e.distinct == Some(Property::Value)
            && let Some(part) = parts.iter().find(|p| p.value.is_none())
        {
            let place = e.keys.get("distinct").unwrap_or(&e.place);
            let message = format!("“{}” has no value to tell apart", part.name);
            said.push(
                Problem::error("no-value", place, message).help("give the part a value, or count by text"),
            );
        }
        for test in e.each.iter().chain(&e.wheres) {
            match &test.test {
                PropertyTest::Between(Arg::Value(Value::List(ends))) if ends.iter().any(is_day) => {
                    let date = |p: &&&Part| matches!(p.value, Some(ValueKind::Shape(Shape::Date)));
                    if let Some(part) = parts.iter().find(|p| !date(p)) {
                        let message = format!(
                            "days are compared with a date, and the value of “{}” is none",
                            part.name
                        );
                        said.push(
                            Problem::error("bad-compare", &test.place, message)
                                .help("give the part value = \"date\""),
                        );
                    }
                }
                PropertyTest::In(name) => {
                    // a name may hold a table, a sum never does
                    let part = self.raw.parts.get(name).map(|p| &p.part);
                    if part.is_some_and(|p| matches!(p.value, Some(ValueKind::Shape(_)))) {
                        let message =
                            format!("“{name}” is a single value, no table: nothing can be looked up in it");
                        let help = "name a part such as size-chart";
                        said.push(Problem::error("no-table", &test.place, message).help(help));
                    }
                }
                _ => {}
            }
        }
        self.problems.extend(said);
    }

    /// The values of an option, by what the rule takes it for.
    pub(super) fn option_values(&mut self, rule: &Rule, name: &str, option: &OptionSpec) {
        let by = option.by.iter().flat_map(|(_, map)| map);
        let by = by.map(|(key, value)| (value, option.by_places.get(key).unwrap_or(&option.place)));
        let values: Vec<_> = std::iter::once((&option.default, &option.place)).chain(by).collect();
        for of in of_option(rule, name) {
            let bad = values.iter().find_map(|(value, place)| Some((wrong(of, value)?, *place)));
            if let Some((why, place)) = bad {
                let message = format!("the option “{name}”: {why}");
                self.problems.push(Problem::error("wrong-type", place, message));
                return;
            }
        }
    }
}

/// Whether an end of `between` is a day.
fn is_day(end: &Value) -> bool {
    matches!(end, Value::Text(t) if t == "today" || dates::parse(t).is_some())
}
