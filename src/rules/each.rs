//! `each` and `same`: what must hold for every counted thing.

use crate::finding::{Need, Verdict};
use crate::pack::model::{Each, Expect, PropertyTest, Same, Shape, Value, ValueKind};
use crate::parts::listed;
use crate::parts::map::Thing;
use crate::parts::values::Unit;
use crate::rules::context::{Context, Options, number};
use crate::rules::filters::Judged;
use crate::rules::find::plain;
use crate::rules::message::{Values, fill};
use crate::rules::outcome::{Draft, Outcome, Spot};
use crate::rules::properties;
use crate::text::fold::{chars, fold};
use std::collections::{BTreeMap, BTreeSet};

/// Judges `each` and `same` on the things that count.
pub fn every(
    c: &Context<'_>,
    options: &Options<'_>,
    expect: &Expect,
    things: &[&Judged],
    message: Option<&str>,
) -> Outcome {
    if expect.each.is_empty() && expect.same.is_none() {
        return Outcome::plain(Verdict::Pass);
    }
    if things.is_empty() {
        return Outcome::skip("nothing of it is on the page");
    }
    let share = expect.share.as_ref().and_then(|s| options.number(s)).unwrap_or(1.0);
    let mut bad: Vec<(&Thing, Values)> = Vec::new();
    let mut unknown = false;
    for judged in things {
        for each in &expect.each {
            match passes(c, options, each, &judged.thing) {
                Some((true, _)) => {}
                Some((false, values)) => {
                    bad.push((&judged.thing, values));
                    break;
                }
                None => unknown = true,
            }
        }
    }
    let mut common = String::new();
    if let Some(same) = expect.same {
        let (odd, most, known) = odd_ones(c, same, things);
        unknown |= !known;
        common = most;
        bad.extend(odd.into_iter().map(|t| (t, Values::new())));
    }
    bad.sort_by_key(|(t, _)| t.anchor);
    bad.dedup_by_key(|(t, _)| t.anchor);
    let good = (things.len() - bad.len().min(things.len())) as f64 / things.len() as f64;
    if bad.is_empty() || good >= share {
        if unknown && bad.is_empty() {
            let draft = Draft {
                spot: Spot::Thing(Box::new(things[0].thing.clone())),
                message: c.wording().cannot_tell(&c.title(things[0].thing.part)),
                part: Some(c.plan().name(things[0].thing.part).to_string()),
                near: Vec::new(),
                basis: None,
                place: None,
                values: Values::new(),
            };
            return Outcome::unsure(draft, BTreeSet::from([Need::Layout]));
        }
        return Outcome::plain(Verdict::Pass);
    }
    let default = if c.wording() == crate::rules::wording::Wording::Zh {
        "{part}不合要求：“{value}”"
    } else {
        "{part} is not as it should be: “{value}”"
    };
    let total = bad.len();
    // with a share it is the group that fails: said once, at the first one that is to blame
    if expect.share.is_some() {
        bad.truncate(1);
    }
    let drafts = bad
        .into_iter()
        .map(|(thing, mut values)| {
            values.insert("bad", total.to_string());
            values.insert("count", things.len().to_string());
            values.insert("common", common.clone());
            values.insert("part", c.title(thing.part));
            Draft {
                spot: Spot::Thing(Box::new(thing.clone())),
                message: fill(message.unwrap_or(default), &values, options, c),
                part: Some(c.plan().name(thing.part).to_string()),
                near: Vec::new(),
                basis: None,
                place: None,
                values: Values::new(),
            }
        })
        .collect();
    Outcome::fail(drafts)
}

/// Whether a thing passes a test; `None` where it has no such property or that is unknown.
fn passes(c: &Context<'_>, options: &Options<'_>, each: &Each, thing: &Thing) -> Option<(bool, Values)> {
    let value = properties::read(c, thing, each.property).unwrap_or_default();
    let folded = fold(&value);
    let mut values = Values::from([("value", value.clone())]);
    let range = |arg| {
        let Some(Value::List(items)) = options.value(arg) else { return None };
        Some((items.first().and_then(number), items.get(1).and_then(number)))
    };
    let ok = match &each.test {
        PropertyTest::Chars(arg) => {
            let (low, high) = range(arg)?;
            let n = f64::from(chars(&value));
            values.insert("chars", plain(n));
            values.insert("low", low.map(plain).unwrap_or_default());
            values.insert("high", high.map(plain).unwrap_or_default());
            low.is_none_or(|l| n >= l) && high.is_none_or(|h| n <= h)
        }
        PropertyTest::Has(lists) => lists.iter().any(|l| listed::hits(c.plan(), l, &value)),
        PropertyTest::Lacks(lists) => !lists.iter().any(|l| listed::hits(c.plan(), l, &value)),
        PropertyTest::NotOnly(lists) => !only(c, lists, &folded),
        PropertyTest::Matches(pattern) => crate::text::pattern::compile(pattern)
            .ok()?
            .is_match(value.get(..value.len().min(crate::limits::PATTERN_HAYSTACK)).unwrap_or("")),
        PropertyTest::Between(arg) => {
            let (low, high) = range(arg)?;
            let Some(ValueKind::Shape(shape)) = properties::value_kind(c, thing) else { return None };
            let q = properties::quantity(c, thing, shape)?;
            values.insert("low", low.map(plain).unwrap_or_default());
            values.insert("high", high.map(plain).unwrap_or_default());
            low.is_none_or(|l| q.low >= l) && high.is_none_or(|h| q.high <= h)
        }
    };
    Some((ok, values))
}

/// Whether a text is made of words of the lists alone.
fn only(c: &Context<'_>, lists: &[String], folded: &str) -> bool {
    let mut rest = folded.to_string();
    let mut phrases: Vec<String> = lists
        .iter()
        .filter_map(|l| c.plan().list(l))
        .flat_map(|l| l.phrases.iter().map(|p| fold(&p.text)))
        .collect();
    phrases.sort_by_key(|p| std::cmp::Reverse(p.len()));
    for phrase in phrases.iter().filter(|p| !p.is_empty()) {
        rest = rest.replace(phrase.as_str(), " ");
    }
    !folded.is_empty() && !rest.chars().any(|ch| ch.is_alphabetic())
}

/// Things that differ from the most common one; what is common; whether all could be told.
fn odd_ones<'j>(c: &Context<'_>, same: Same, things: &[&'j Judged]) -> (Vec<&'j Thing>, String, bool) {
    let mut known = true;
    let mut groups: BTreeMap<String, Vec<&Thing>> = BTreeMap::new();
    for judged in things {
        let key = match same {
            Same::Structure => Some(skeleton(c, &judged.thing)),
            Same::Width => c.scene.page.dom.attr(judged.thing.anchor, "width").map(str::to_string),
            Same::Currency => {
                properties::quantity(c, &judged.thing, Shape::Money).and_then(|q| match q.unit {
                    Unit::Money(codes) if !codes.is_empty() => Some(codes.join("/")),
                    _ => None,
                })
            }
        };
        match key {
            Some(key) => groups.entry(key).or_default().push(&judged.thing),
            None => known = false,
        }
    }
    let common = groups.iter().max_by_key(|(k, v)| (v.len(), std::cmp::Reverse(*k))).map(|(k, _)| k.clone());
    let odd = groups.into_iter().filter(|(k, _)| Some(k) != common.as_ref()).flat_map(|(_, v)| v).collect();
    (odd, common.unwrap_or_default(), known)
}

/// Tags of a thing to depth 3, those that hold only text left out: badges come and go.
fn skeleton(c: &Context<'_>, thing: &Thing) -> String {
    let dom = &c.scene.page.dom;
    let top = dom.depth(thing.anchor);
    let mut out = String::new();
    for el in (thing.anchor.0..dom.end(thing.anchor).0).map(crate::page::dom::El) {
        let depth = dom.depth(el) - top;
        let leaf = dom.first_child(el).is_none() && !matches!(dom.name(el), "img" | "a" | "button" | "input");
        if depth <= 3 && !leaf {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&format!("{}{}", ">".repeat(depth as usize), dom.name(el)));
        }
    }
    out
}
