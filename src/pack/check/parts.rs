//! Checks of parts and words across files.

use super::{at, unknown_part};
use crate::pack::load::Raw;
use crate::pack::model::{Builtin, Part, PartType, Place, Region};
use crate::pack::problem::Problem;
use crate::text::nearest::did_you_mean;
use std::collections::{BTreeMap, BTreeSet, HashSet};

pub(super) fn parts(raw: &Raw, problems: &mut Vec<Problem>) {
    let known = || raw.parts.keys().map(String::as_str);
    for part in raw.parts.values() {
        for (list, range) in &part.lists {
            if !raw.pack.words.contains_key(list) {
                let mut p = Problem::error(
                    "unknown-words",
                    &at(&part.part.place, range),
                    format!("there is no word list called “{list}”"),
                );
                p.help = did_you_mean(list, raw.pack.words.keys().map(String::as_str))
                    .or_else(|| Some("define it in a words/*.toml file".into()));
                problems.push(p);
            }
        }
        for (name, range, region) in &part.places {
            let ok = raw.parts.contains_key(name)
                || Builtin::parse(name).is_some()
                || (*region && Region::parse(name).is_some());
            if !ok {
                let place = at(&part.part.place, range);
                if *region {
                    problems.push(unknown_region(name, &place, known()));
                } else {
                    problems.push(unknown_part(name, &place, known()));
                }
            }
        }
        never_found(part, problems);
    }
}

pub(super) fn unknown_region<'n>(name: &str, place: &Place, parts: impl Iterator<Item = &'n str>) -> Problem {
    let known: Vec<&str> = Region::ALL
        .iter()
        .map(|r| r.name())
        .chain(Builtin::ALL.iter().map(|b| b.name()))
        .chain(parts)
        .collect();
    let problem =
        Problem::error("unknown-region", place, format!("there is no region or part called “{name}”"));
    match did_you_mean(name, known) {
        Some(help) => problem.help(help),
        None => problem.help("regions: header, nav, main, aside, footer"),
    }
}

fn never_found(raw: &crate::pack::parts::RawPart, problems: &mut Vec<Problem>) {
    let part: &Part = &raw.part;
    let sum: u32 = part.ways.iter().map(|w| w.strength).sum();
    let by_structure = !part.around.is_empty() || (part.from.is_some() && part.ways.is_empty());
    if sum >= 100 || by_structure || raw.broken {
        return;
    }
    let place = raw.fields_place.as_ref().unwrap_or(&part.place).clone();
    let detail = part
        .ways
        .iter()
        .map(|w| {
            format!(
                "{} {}",
                w.tests.first().map(crate::pack::message::test_name).unwrap_or_default(),
                w.strength
            )
        })
        .collect::<Vec<_>>()
        .join(" + ");
    let message = if part.ways.is_empty() {
        format!("“{}” can never be found: nothing says how to recognise it", part.name)
    } else {
        format!("“{}” can be suspected but never found: {detail} = {sum}, found needs 100", part.name)
    };
    problems.push(
        Problem::error("never-found", &place, message)
            .help("move a field to `strong`, or add one such as \"heading\""),
    );
}

pub(super) fn cycles(raw: &Raw, problems: &mut Vec<Problem>) {
    let edges = |name: &str| raw.parts.get(name).map_or(Vec::new(), |p| p.part.needs());
    let mut done: HashSet<&str> = HashSet::new();
    for start in raw.parts.keys() {
        // depth first, without recursion; the path is what is open
        let mut path: Vec<(&str, Vec<&str>)> = vec![(start, edges(start))];
        while let Some((name, next)) = path.last_mut() {
            let Some(child) = next.pop() else {
                done.insert(name);
                path.pop();
                continue;
            };
            if let Some(i) = path.iter().position(|(n, _)| *n == child) {
                let mut names: Vec<&str> = path[i..].iter().map(|(n, _)| *n).collect();
                names.push(child);
                let lowest = path[i..].iter().all(|(n, _)| child <= *n);
                if lowest && let Some(part) = raw.parts.get(child) {
                    let message = format!("these parts need each other: {}", names.join(" → "));
                    problems.push(
                        Problem::error("part-cycle", &part.part.place, message)
                            .label("begins here")
                            .help("a part must be found before another can ask for it: drop one of has, inside, outside, around"),
                    );
                }
                continue;
            }
            if !done.contains(child)
                && let Some((child, _)) = raw.parts.get_key_value(child)
            {
                path.push((child, edges(child)));
            }
        }
    }
}

/// A phrase that two sections claim is said, not refused: it may be meant.
pub(super) fn shared_phrases(raw: &mut Raw, problems: &mut Vec<Problem>) {
    let mut owner: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    let sections = raw.parts.values().filter(|p| p.part.kind == PartType::Section);
    for part in sections {
        let lists: BTreeSet<&String> = part
            .part
            .ways
            .iter()
            .flat_map(|w| &w.tests)
            .filter_map(|t| match t {
                crate::pack::model::Test::Field(_, l) => Some(l),
                _ => None,
            })
            .collect();
        for list in lists.into_iter().filter_map(|l| raw.pack.words.get(l)) {
            for phrase in &list.phrases {
                let key = (phrase.folded(), &*phrase.lang);
                owner.entry(key).or_default().insert(&part.part.name);
            }
        }
    }
    let mut pairs: BTreeMap<Vec<&str>, Vec<&str>> = BTreeMap::new();
    for ((phrase, _), parts) in owner.into_iter().filter(|(_, p)| p.len() > 1) {
        pairs.entry(parts.into_iter().collect()).or_default().push(phrase);
    }
    for (parts, phrases) in pairs {
        let Some(first) = parts.first().and_then(|p| raw.parts.get(*p)) else { continue };
        let shown: Vec<String> = phrases.iter().take(5).map(|p| format!("“{p}”")).collect();
        let message = format!(
            "the sections {} share {} phrase(s): {}",
            parts.join(" and "),
            phrases.len(),
            shown.join(", ")
        );
        problems.push(
            Problem::warning("words", &first.part.place, message)
                .help("fine where one heading rightly names both; else take the phrase out of one list"),
        );
    }
}
