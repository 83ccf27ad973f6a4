//! Placeholders of messages: which are known for which subject.

use crate::pack::model::{OptionSpec, Subject, Test};
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
            Some((name, _)) => !known.contains(&name),
            None => match p.strip_prefix('$') {
                Some(option) => !options.contains_key(option),
                None => !known.contains(p),
            },
        })
        .map(|(at, p)| (at, p.to_string()))
        .collect()
}

/// Options that a message shows.
pub fn options(text: &str) -> Vec<String> {
    placeholders(text).filter_map(|(_, p)| p.strip_prefix('$').map(str::to_string)).collect()
}

/// The key of a test, for messages.
pub fn test_name(test: &Test) -> String {
    test.key().to_string()
}
