//! Checks of a rule's options: what they depend on, the values they may have.

use super::rules::RuleCheck;
use super::{names_in, unknown_part, within};
use crate::pack::model::{Arg, Builtin, OptionSpec, Place, Rule, Subject, Value};
use crate::pack::options::out_of_range;
use crate::pack::problem::Problem;
use crate::pack::rules::{CATEGORIES, MARKETS, PAGES};
use crate::text::nearest::did_you_mean;
use std::collections::HashSet;

impl RuleCheck<'_> {
    pub(super) fn option(
        &mut self,
        rule: &Rule,
        name: &str,
        option: &OptionSpec,
        used: &mut HashSet<String>,
    ) {
        // an option that holds names of parts must hold parts that exist
        let is_parts = rule.expects.iter().any(|e| {
            matches!(&e.subject, Subject::Find(Arg::Option(o)) | Subject::Order(Arg::Option(o)) if o == name)
        });
        let mut values: Vec<(&Value, &Place)> = vec![(&option.default, &option.place)];
        if let Some((by, map)) = &option.by {
            let place = |key: &String| option.by_places.get(key).unwrap_or(&option.place);
            values.extend(map.iter().map(|(key, value)| (value, place(key))));
            let known: Vec<&str> = match by.as_str() {
                "category" => CATEGORIES.to_vec(),
                "page" => PAGES.to_vec(),
                "market" => MARKETS.to_vec(),
                other => {
                    used.insert(other.to_string());
                    match rule.options.get(other) {
                        Some(o) => o
                            .one_of
                            .iter()
                            .filter_map(|v| if let Value::Text(t) = v { Some(t.as_str()) } else { None })
                            .collect(),
                        None => {
                            let message = format!("“by_{other}”: the rule has no option “{other}”");
                            let mut p = Problem::error("unknown-option", &option.place, message);
                            p.help = did_you_mean(
                                other,
                                rule.options.keys().map(String::as_str).chain(["category", "page", "market"]),
                            );
                            self.problems.push(p);
                            Vec::new()
                        }
                    }
                }
            };
            for key in map.keys().filter(|k| !known.is_empty() && !known.contains(&k.as_str())) {
                let id = if by == "page" {
                    "unknown-page"
                } else if by == "category" {
                    "unknown-category"
                } else {
                    "unknown-option"
                };
                let place = option.by_places.get(key).unwrap_or(&option.place);
                let mut p = Problem::error(id, place, format!("by_{by} knows no “{key}”"));
                p.help = did_you_mean(key, known.iter().copied());
                self.problems.push(p);
            }
        }
        for (value, place) in values.iter().skip(1) {
            if let Some(why) = out_of_range(option, value) {
                let message = format!("a value of “{name}”: {why}");
                self.problems.push(Problem::error("default-out-of-range", place, message));
            }
        }
        for (value, place) in values.iter().filter(|_| is_parts) {
            for name in names_in(value) {
                if !self.raw.parts.contains_key(name) && Builtin::parse(name).is_none() {
                    let place = within(place, name);
                    self.problems.push(unknown_part(name, &place, self.raw.parts.keys().map(String::as_str)));
                }
            }
            self.order_list(value, place);
        }
    }
}
