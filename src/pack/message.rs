//! Placeholders of messages: which are known for which subject.

use crate::pack::model::{OptionSpec, Rule, Subject, Test, Value};
use crate::pack::options;
use crate::text::fold::is_cjk;
use std::collections::BTreeMap;

const ALWAYS: &[&str] = &["page", "category"];
const FIND: &[&str] = &[
    "count", "at_least", "at_most", "found", "missing", "rejected", "value", "chars", "low", "high", "bad",
    "common", "part",
];
const ORDER: &[&str] = &["part", "side", "other", "other.line", "count", "at_least", "missing"];
const COMPARE: &[&str] = &["left", "right", "value"];

/// Placeholders of a message, with the byte where each begins: `{x}` and `{n|one|many}`.
pub fn placeholders(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find('{')?;
        let len = text[start..].find('}')?;
        at = start + len + 1;
        Some((start, &text[start + 1..start + len]))
    })
}

/// Placeholders known for all of the subjects.
pub fn known(subjects: &[&Subject]) -> Vec<&'static str> {
    let of = |s: &Subject| match s {
        Subject::Find(_) => FIND,
        Subject::Order(_) => ORDER,
        Subject::Compare { .. } => COMPARE,
    };
    let mut names: Vec<&str> =
        subjects.iter().flat_map(|s| of(s)).copied().chain(ALWAYS.iter().copied()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Placeholders of a message that are not known: byte and name.
pub fn unknown(
    text: &str,
    subjects: &[&Subject],
    options: &BTreeMap<String, OptionSpec>,
) -> Vec<(usize, String)> {
    let known = known(subjects);
    placeholders(text)
        .filter(|(_, p)| match p.split_once('|') {
            Some((name, words)) => !known.contains(&name) || !words.contains('|'),
            None => match p.strip_prefix('$') {
                Some(option) => !options.contains_key(option),
                None => !known.contains(p),
            },
        })
        .map(|(at, p)| (at, p.to_string()))
        .collect()
}

/// Options that a message shows.
pub fn options_in(text: &str) -> Vec<String> {
    placeholders(text).filter_map(|(_, p)| p.strip_prefix('$').map(str::to_string)).collect()
}

/// What placeholders that only a page can fill stand for, in a general sentence.
const IN_GENERAL: [(&str, &str); 4] = [
    ("missing", "what is missing"),
    ("part", "one part"),
    ("side", "before or after"),
    ("other", "the other"),
];

/// A text of a rule as it reads where no page is judged: options by their values, the rest in
/// general words, in Chinese as an ellipsis.
pub fn in_prose(text: &str, rule: &Rule, given: Option<&BTreeMap<String, Value>>) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (start, name) in placeholders(text) {
        out.push_str(&text[at..start]);
        at = start + name.len() + 2;
        let (name, words) = name.split_once('|').map_or((name, None), |(n, w)| (n, w.split_once('|')));
        let option = name.strip_prefix('$').unwrap_or(name);
        let value = given.and_then(|g| g.get(option)).or(rule.options.get(option).map(|o| &o.default));
        match (value, words) {
            (Some(Value::Int(1)), Some((one, _))) => out.push_str(one),
            (_, Some((_, many))) => out.push_str(many),
            (Some(value), None) => out.push_str(&options::show(value)),
            (None, None) => {
                let general = IN_GENERAL.iter().find(|(n, _)| *n == name && !text.chars().any(is_cjk));
                out.push_str(general.map_or("…", |(_, words)| words));
            }
        }
    }
    out.push_str(&text[at..]);
    out
}

/// The key of a test, for messages.
pub fn test_name(test: &Test) -> String {
    test.key().to_string()
}
