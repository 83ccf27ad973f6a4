//! `extends`: parts and rules that take over another's keys.

use super::{at, unknown_part};
use crate::limits;
use crate::pack::load::Raw;
use crate::pack::model::Place;
use crate::pack::parts::RawPart;
use crate::pack::problem::Problem;
use crate::text::nearest::did_you_mean;
use std::collections::BTreeMap;

/// Follows `extends` of parts and rules.
pub fn extend(raw: &mut Raw) {
    let edges = raw.parts.iter().map(|(n, p)| (n.clone(), p.extends.as_ref().map(|e| e.0.clone()))).collect();
    let (names, circles) = bases_first(&edges);
    for name in circles {
        if let Some((part, range)) = raw.parts.get(&name).and_then(|p| Some((&p.part, p.extends.clone()?.1)))
        {
            raw.problems.push(circle("part", &name, &at(&part.place, &range)));
        }
        if let Some(part) = raw.parts.get_mut(&name) {
            part.broken = true;
        }
    }
    for name in names {
        let Some(part) = raw.parts.get(&name).filter(|p| p.extends.is_some()).cloned() else { continue };
        let Some((base_name, range)) = part.extends.clone() else { continue };
        let place = at(&part.part.place, &range);
        let Some(base) = raw.parts.get(&base_name).filter(|_| base_name != name).cloned() else {
            raw.problems.push(unknown_part(&base_name, &place, raw.parts.keys().map(String::as_str)));
            continue;
        };
        raw.parts.insert(name, extended(part, base));
    }
    for part in raw.parts.values_mut() {
        part.assemble(&mut raw.problems);
    }
    let edges = raw.rules.iter().map(|(n, r)| (n.clone(), r.extends.as_ref().map(|e| e.0.clone()))).collect();
    let (ids, circles) = bases_first(&edges);
    for id in circles {
        if let Some((rule, range)) = raw.rules.get(&id).and_then(|r| Some((&r.rule, r.extends.clone()?.1))) {
            raw.problems.push(circle("rule", &id, &at(&rule.place, &range)));
        }
    }
    for id in ids {
        let Some(mine) = raw.rules.get(&id).filter(|r| r.extends.is_some()).cloned() else { continue };
        let Some((base_id, range)) = mine.extends.clone() else { continue };
        let place = at(&mine.rule.place, &range);
        let Some(base) = raw.rules.get(&base_id).filter(|_| base_id != id).cloned() else {
            let known = raw.rules.keys().map(String::as_str);
            let mut p =
                Problem::error("unknown-rule", &place, format!("there is no rule called “{base_id}”"));
            p.help = did_you_mean(&base_id, known);
            raw.problems.push(p);
            continue;
        };
        let mut merged = base;
        let given = |k: &str| mine.given.iter().any(|g| g == k);
        merged.rule.id.clone_from(&id);
        merged.rule.place = mine.rule.place.clone();
        merged.rule.tests.clone_from(&mine.rule.tests);
        merged.rule.keys.clone_from(&mine.rule.keys);
        macro_rules! take {
            ($($key:literal => $field:ident),*) => { $(if given($key) { merged.rule.$field = mine.rule.$field.clone(); })* };
        }
        take!("title" => title, "level" => level, "weight" => weight, "partial" => partial, "why" => why, "fix" => fix,
            "snippet" => snippet, "message" => message, "source" => source, "when" => when, "unless" => unless, "i18n" => i18n);
        merged.rule.options.extend(mine.rule.options.clone());
        if given("expect") {
            merged.rule.expects.clone_from(&mine.rule.expects);
            merged.names.clone_from(&mine.names);
        }
        merged.messages.clone_from(&mine.messages);
        merged.translated.clone_from(&mine.translated);
        merged.found.clone_from(&mine.found);
        raw.rules.insert(id, merged);
    }
}

/// A part on top of the one it extends: keys given replace, key by key.
fn extended(mut mine: RawPart, base: RawPart) -> RawPart {
    let given = |k: &str| mine.given.iter().any(|g| g == k);
    let mut part = base.part;
    part.name.clone_from(&mine.part.name);
    part.place = mine.part.place.clone();
    macro_rules! take {
        ($($key:literal => $field:ident),*) => { $(if given($key) { part.$field = mine.part.$field.clone(); })* };
    }
    take!("title" => title, "type" => kind, "scope" => scope, "from" => from, "against" => against,
        "around" => around, "fallback" => fallback, "value" => value);
    if given("absence") || given("type") {
        part.absence = mine.part.absence.clone();
    }
    let words = if given("words") { mine.words.take() } else { base.words };
    let also = if given("also") { std::mem::take(&mut mine.also) } else { base.also };
    let own = mine.fields.iter().cloned();
    let taken = base.fields.into_iter().filter(|f| !given(&f.key));
    let fields = own.chain(taken).collect();
    RawPart { part, words, fields, also, ..mine }
}

/// Names in an order in which each comes after what it extends; then those that extend
/// themselves, or too long a chain.
fn bases_first(edges: &BTreeMap<String, Option<String>>) -> (Vec<String>, Vec<String>) {
    let depth = |name: &String| {
        let mut at = name;
        for depth in 0..=limits::EXTENDS_DEPTH {
            match edges.get(at) {
                Some(Some(base)) => at = base,
                _ => return Some(depth),
            }
        }
        None
    };
    let (mut fine, mut circles): (Vec<(usize, String)>, Vec<String>) = (Vec::new(), Vec::new());
    for name in edges.keys() {
        match depth(name) {
            Some(depth) => fine.push((depth, name.clone())),
            None => circles.push(name.clone()),
        }
    }
    fine.sort();
    (fine.into_iter().map(|(_, name)| name).collect(), circles)
}

fn circle(what: &str, name: &str, place: &Place) -> Problem {
    let message =
        format!("the {what} “{name}” extends itself, or a chain of more than {}", limits::EXTENDS_DEPTH);
    Problem::error("part-cycle", place, message).help("let it extend one that stands on its own")
}
