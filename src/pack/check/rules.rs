//! Checks of rules against parts, words and options.

use super::parts::unknown_region;
use super::{at, unknown_part};
use crate::pack::expect::Names;
use crate::pack::load::Raw;
use crate::pack::message;
use crate::pack::model::{Arg, Builtin, OptionSpec, Place, Region, Rule, Subject, Value};
use crate::pack::problem::Problem;
use crate::pack::rules::{CATEGORIES, MARKETS, PAGES, out_of_range};
use crate::text::nearest::did_you_mean;
use std::collections::{BTreeMap, HashSet};

pub(super) struct RuleCheck<'r> {
    pub(super) raw: &'r Raw,
    pub(super) problems: &'r mut Vec<Problem>,
}

impl RuleCheck<'_> {
    pub(super) fn run(mut self, raw: &crate::pack::rules::RawRule) {
        let rule = &raw.rule;
        let mut used: HashSet<String> = HashSet::new();
        for (name, range) in &raw.found {
            self.part(name, &at(&rule.place, range));
        }
        for (i, names) in raw.names.iter().enumerate() {
            let place = rule.expects.get(i).map_or(&rule.place, |e| &e.place);
            self.names(rule, names, place, &mut used);
        }
        for (name, option) in &rule.options {
            self.option(rule, name, option, &mut used);
        }
        for (expect, text, range) in &raw.messages {
            let place = at(&rule.place, range);
            let subjects: Vec<&Subject> = match expect {
                Some(i) => rule.expects.get(*i).map(|e| vec![&e.subject]).unwrap_or_default(),
                None => rule.expects.iter().map(|e| &e.subject).collect(),
            };
            for (start, name) in message::unknown(text, &subjects, &rule.options) {
                if let Some(option) = name.strip_prefix('$') {
                    let known = rule.options.keys().map(String::as_str);
                    let mut p = Problem::error(
                        "unknown-option",
                        &inside(&place, start, name.len() + 2),
                        format!("the rule has no option “{option}”"),
                    );
                    p.help = did_you_mean(option, known);
                    self.problems.push(p);
                    continue;
                }
                let known = message::known(&subjects);
                let mut p = Problem::error(
                    "unknown-placeholder",
                    &inside(&place, start, name.len() + 2),
                    format!("there is no placeholder {{{name}}} here"),
                );
                p.help = did_you_mean(&name, known.iter().copied())
                    .or_else(|| Some(format!("known here: {}", known.join(", "))));
                self.problems.push(p);
            }
            for name in message::options(text) {
                used.insert(name);
            }
        }
        for (name, option) in &rule.options {
            if !used.contains(name) {
                self.problems.push(
                    Problem::error(
                        "unused-option",
                        &option.place,
                        format!("no expectation uses the option “{name}”"),
                    )
                    .help(format!("write \"${name}\" where it counts, or remove it")),
                );
            }
        }
        for expect in &rule.expects {
            self.bounds(rule, expect);
            self.order(rule, expect);
            let clash: Vec<&String> = expect.inside.iter().filter(|p| expect.outside.contains(p)).collect();
            if !expect.inside.is_empty() && clash.len() == expect.inside.len() {
                let place = expect.keys.get("inside").unwrap_or(&expect.place);
                let message = "what must be inside is also outside: nothing can count";
                self.problems.push(Problem::error("never-applies", place, message));
            }
        }
        self.when(rule);
        for test in &rule.tests {
            self.test(rule, test);
        }
        self.quote(raw);
    }

    fn part(&mut self, name: &str, place: &Place) -> bool {
        let known = self.raw.parts.contains_key(name) || Builtin::parse(name).is_some();
        if !known {
            self.problems.push(unknown_part(name, place, self.raw.parts.keys().map(String::as_str)));
        }
        known
    }

    fn names(&mut self, rule: &Rule, names: &Names, place: &Place, used: &mut HashSet<String>) {
        for (name, range) in &names.parts {
            self.part(name, &at(place, range));
        }
        for (name, range) in &names.places {
            let ok = self.raw.parts.contains_key(name)
                || Builtin::parse(name).is_some()
                || Region::parse(name).is_some();
            if !ok {
                self.problems.push(unknown_region(
                    name,
                    &at(place, range),
                    self.raw.parts.keys().map(String::as_str),
                ));
            }
        }
        for (list, range) in &names.lists {
            if !self.raw.pack.words.contains_key(list) {
                let mut p = Problem::error(
                    "unknown-words",
                    &at(place, range),
                    format!("there is no word list called “{list}”"),
                );
                p.help = did_you_mean(list, self.raw.pack.words.keys().map(String::as_str));
                self.problems.push(p);
            }
        }
        for (option, range) in &names.options {
            if !rule.options.contains_key(option) {
                let mut p = Problem::error(
                    "unknown-option",
                    &at(place, range),
                    format!("the rule has no option “{option}”"),
                );
                p.help = did_you_mean(option, rule.options.keys().map(String::as_str))
                    .or_else(|| Some(format!("add [options] {option} = {{ default = … }}")));
                self.problems.push(p);
            }
            used.insert(option.clone());
        }
        for (part, range) in &names.values {
            let valued = self.raw.parts.get(part).is_none_or(|p| p.part.value.is_some());
            if !valued || (Builtin::parse(part).is_some() && !self.raw.parts.contains_key(part)) {
                let message = format!("“{part}” has no value to compare");
                self.problems.push(
                    Problem::error("no-value", &at(place, range), message)
                        .help("give the part value = \"money\" or another shape"),
                );
            }
        }
    }

    fn option(&mut self, rule: &Rule, name: &str, option: &OptionSpec, used: &mut HashSet<String>) {
        // an option that holds names of parts must hold parts that exist
        let is_parts = rule.expects.iter().any(|e| {
            matches!(&e.subject, Subject::Find(Arg::Option(o)) | Subject::Order(Arg::Option(o)) if o == name)
        });
        let mut values: Vec<&Value> = vec![&option.default];
        if let Some((by, map)) = &option.by {
            values.extend(map.values());
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
                let mut p = Problem::error(id, &option.place, format!("by_{by} knows no “{key}”"));
                p.help = did_you_mean(key, known.iter().copied());
                self.problems.push(p);
            }
        }
        for value in values.iter().skip(1) {
            if let Some(why) = out_of_range(option, value) {
                self.problems.push(Problem::error(
                    "default-out-of-range",
                    &option.place,
                    format!("a value of “{name}”: {why}"),
                ));
            }
        }
        if is_parts {
            for name in values.iter().flat_map(|v| names_in(v)) {
                if !self.raw.parts.contains_key(name) && Builtin::parse(name).is_none() {
                    let place = within(&option.place, name);
                    self.problems.push(unknown_part(name, &place, self.raw.parts.keys().map(String::as_str)));
                }
            }
            for value in values {
                self.order_list(value, &option.place);
            }
        }
    }

    fn bounds(&mut self, rule: &Rule, e: &crate::pack::model::Expect) {
        let number = |arg: &Option<Arg>| match arg {
            Some(Arg::Value(Value::Int(i))) => Some(*i as f64),
            Some(Arg::Value(Value::Float(f))) => Some(*f),
            Some(Arg::Option(o)) => match rule.options.get(o).map(|o| &o.default) {
                Some(Value::Int(i)) => Some(*i as f64),
                Some(Value::Float(f)) => Some(*f),
                _ => None,
            },
            _ => None,
        };
        let (low, high) = (number(&e.at_least), number(&e.at_most));
        let place = e.keys.get("at_least").or(e.keys.get("at_most")).unwrap_or(&e.place);
        if let (Some(low), Some(high)) = (low, high)
            && low > high
        {
            let message = format!("at_least {low} is more than at_most {high}: nothing can pass");
            self.problems.push(Problem::error("bounds", place, message));
        }
        if e.distinct == Some(crate::pack::model::Property::Part)
            && let (Some(low), Subject::Find(Arg::Value(list))) = (low, &e.subject)
            && low > names_in(list).len() as f64
        {
            let message =
                format!("at_least {low} different parts, but `find` names {}", names_in(list).len());
            self.problems.push(Problem::error("bounds", place, message));
        }
        if number(&e.share).is_some_and(|s| s > 1.0) {
            let place = e.keys.get("share").unwrap_or(&e.place);
            self.problems.push(Problem::error("bounds", place, "a share is at most 1"));
        }
    }

    fn order(&mut self, rule: &Rule, e: &crate::pack::model::Expect) {
        if let Subject::Order(Arg::Value(list)) = &e.subject {
            let place = e.keys.get("order").unwrap_or(&e.place).clone();
            self.order_list(list, &place);
        }
        // two order lines that contradict each other
        let pairs = |e: &crate::pack::model::Expect| -> HashSet<(String, String)> {
            let Subject::Order(Arg::Value(Value::List(ranks))) = &e.subject else { return HashSet::new() };
            let mut out = HashSet::new();
            for (i, a) in ranks.iter().enumerate() {
                for b in &ranks[i + 1..] {
                    for x in names_in(a) {
                        out.extend(names_in(b).iter().map(|y| (x.to_string(), (*y).to_string())));
                    }
                }
            }
            out
        };
        let mine = pairs(e);
        for other in rule.expects.iter().filter(|o| o.place.range.start < e.place.range.start) {
            if let Some((a, b)) =
                pairs(other).into_iter().find(|(a, b)| mine.contains(&(b.clone(), a.clone())))
            {
                let place = e.keys.get("order").unwrap_or(&e.place);
                let before = other.keys.get("order").unwrap_or(&other.place);
                let message = format!("this order puts “{b}” before “{a}”, another one “{a}” before “{b}”");
                self.problems
                    .push(Problem::error("order-conflict", place, message).and(before, "the other order"));
            }
        }
    }

    fn order_list(&mut self, list: &Value, place: &Place) {
        let mut seen = HashSet::new();
        for name in names_in(list) {
            if !seen.insert(name) {
                let message = format!("“{name}” stands twice in the list");
                self.problems.push(Problem::error("order-conflict", &within(place, name), message));
            }
        }
    }

    fn when(&mut self, rule: &Rule) {
        let Some(unless) = &rule.unless else { return };
        let w = &rule.when;
        let covered = |when: &[String], unless: &[String]| {
            !when.is_empty() && !unless.is_empty() && when.iter().all(|x| unless.contains(x))
        };
        let lists = [
            (&w.page, &unless.page),
            (&w.category, &unless.category),
            (&w.locale, &unless.locale),
            (&w.platform, &unless.platform),
            (&w.market, &unless.market),
            (&w.found, &unless.found),
        ];
        if lists.iter().any(|(a, b)| covered(a, b)) {
            let place = rule.keys.get("unless").unwrap_or(&rule.place);
            let message = "the rule never applies: `unless` rules out all that `when` lets in";
            self.problems.push(Problem::error("never-applies", place, message));
        }
    }

    fn test(&mut self, rule: &Rule, test: &crate::pack::model::RuleTest) {
        let known = rule.when.category.iter().all(|c| CATEGORIES.contains(&c.as_str()));
        if test.verdict != crate::finding::Verdict::Skip && known {
            let outside = |given: &Option<String>, allowed: &[String]| {
                given.as_ref().filter(|g| !allowed.is_empty() && !allowed.contains(g)).cloned()
            };
            let wrong = outside(&test.page, &rule.when.page)
                .or_else(|| outside(&test.category, &rule.when.category))
                .or_else(|| outside(&test.market, &rule.when.market));
            if let Some(wrong) = wrong {
                let message = format!("this test is about “{wrong}”, to which the rule does not apply");
                self.problems.push(
                    Problem::error("test-outside-when", &test.place, message).help("make it a [test.skip]"),
                );
            }
            if test.category.is_none() && !rule.when.category.is_empty() {
                let message = "the rule applies to some categories only; the test names none";
                self.problems.push(Problem::error("test-outside-when", &test.place, message).help(format!(
                    "add category = \"{}\"",
                    rule.when.category.first().map_or("", String::as_str)
                )));
            }
        }
        for (name, value) in &test.with {
            match rule.options.get(name) {
                None => {
                    let mut p = Problem::error(
                        "unknown-option",
                        &test.place,
                        format!("the rule has no option “{name}”"),
                    );
                    p.help = did_you_mean(name, rule.options.keys().map(String::as_str));
                    self.problems.push(p);
                }
                Some(option) => {
                    if let Some(why) = out_of_range(option, value) {
                        self.problems.push(Problem::error(
                            "default-out-of-range",
                            &test.place,
                            format!("with.{name}: {why}"),
                        ));
                    }
                }
            }
        }
        if let Some(css) = &test.at
            && crate::text::css::parse_selector(css).is_err()
        {
            self.problems.push(Problem::error(
                "bad-css",
                &test.place,
                format!("`at` is no valid selector: {css}"),
            ));
        }
    }

    fn quote(&mut self, raw: &crate::pack::rules::RawRule) {
        let (Some(source), Some(range)) = (&raw.rule.source, &raw.quote) else { return };
        let place = at(&raw.rule.place, range);
        if source.quote.trim().is_empty() {
            self.problems.push(Problem::error("wrong-quote", &place, "the quote is empty"));
        } else if let Some(false) = crate::pack::quotes::stands(&source.doc, source.line, &source.quote) {
            let line = source.line.map_or("the document".to_string(), |l| format!("line {l}"));
            let message = format!("these words do not stand on {line} of “{}”", source.doc);
            self.problems.push(Problem::error("wrong-quote", &place, message));
        }
    }
}

/// Names of parts in a list, groups too.
pub fn names_in(value: &Value) -> Vec<&str> {
    match value {
        Value::Text(t) => vec![t.as_str()],
        Value::List(items) => items.iter().flat_map(names_in).collect(),
        _ => Vec::new(),
    }
}

fn inside(place: &Place, at: usize, len: usize) -> Place {
    let quote =
        place.file.text.get(place.range.clone()).map_or(1, |t| if t.starts_with("\"\"\"") { 3 } else { 1 });
    let start = (place.range.start + quote + at).min(place.range.end.saturating_sub(1));
    Place {
        file: std::sync::Arc::clone(&place.file),
        range: start..(start + len).min(place.range.end.max(start + 1)),
    }
}

/// The place of a name after the start of an option, where it is written.
fn within(place: &Place, name: &str) -> Place {
    let quoted = format!("\"{name}\"");
    let from = place.range.start;
    match place.file.text.get(from..).and_then(|t| t.find(&quoted)) {
        Some(i) => {
            Place { file: std::sync::Arc::clone(&place.file), range: from + i..from + i + quoted.len() }
        }
        None => place.clone(),
    }
}

/// Rules whose tests leave something unproven: a rule needs a test that passes and one that fails.
pub fn untested(rules: &BTreeMap<String, Rule>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for rule in rules.values() {
        for verdict in [crate::finding::Verdict::Pass, crate::finding::Verdict::Fail] {
            if !rule.tests.iter().any(|t| t.verdict == verdict) {
                let id =
                    if verdict == crate::finding::Verdict::Pass { "no-pass-test" } else { "no-fail-test" };
                let message = format!(
                    "{} has no [test.{}]: it was never seen to {}",
                    rule.id,
                    verdict.name(),
                    verdict.name()
                );
                problems.push(
                    Problem::warning(id, &rule.place, message)
                        .help("add a small page under [test.pass] and one under [test.fail]"),
                );
            }
        }
    }
    problems
}
