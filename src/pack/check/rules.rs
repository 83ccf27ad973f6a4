//! Checks of rules against parts, words and options.

use super::parts::unknown_region;
use super::{at, names_in, unknown_part};
use crate::pack::expect::Names;
use crate::pack::load::Raw;
use crate::pack::message;
use crate::pack::model::{Arg, Builtin, Place, Region, Rule, Subject, Value};
use crate::pack::problem::Problem;
use crate::text::nearest::did_you_mean;
use std::collections::HashSet;

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
            self.option_values(rule, name, option);
        }
        for (count, range) in raw.translated.iter().filter(|(n, _)| *n != rule.expects.len()) {
            let expects = rule.expects.len();
            let message =
                format!("{count} messages, {expects} [[expect]]: give one for each, in their order");
            self.problems.push(Problem::error("bounds", &at(&rule.place, range), message));
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
            for name in message::options_in(text) {
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
            self.arguments(expect);
            self.properties(expect);
            self.bounds(rule, expect);
            self.order(rule, expect);
            self.values(rule, expect);
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

fn inside(place: &Place, at: usize, len: usize) -> Place {
    let quote =
        place.file.text.get(place.range.clone()).map_or(1, |t| if t.starts_with("\"\"\"") { 3 } else { 1 });
    let start = (place.range.start + quote + at).min(place.range.end.saturating_sub(1));
    Place {
        file: std::sync::Arc::clone(&place.file),
        range: start..(start + len).min(place.range.end.max(start + 1)),
    }
}
