//! `each` and `same`: what must hold for every counted thing.

use crate::finding::{Need, Verdict};
use crate::pack::model::{Expect, Property, Same, Shape};
use crate::parts::map::Thing;
use crate::parts::screen::Screen;
use crate::parts::values::Unit;
use crate::rules::context::{Context, Options};
use crate::rules::filters::Judged;
use crate::rules::lengths;
use crate::rules::message::{Values, fill};
use crate::rules::outcome::{Draft, Outcome, Spot};
use crate::rules::properties;
use crate::rules::tested::{Told, told};
use crate::text::fold::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Judges `each` and `same` on the things that count.
pub fn every(
    c: &Context<'_>,
    options: &Options<'_>,
    expect: &Expect,
    things: &[&Judged],
    message: Option<&str>,
    screen: Option<&Screen>,
) -> Outcome {
    if expect.each.is_empty() && expect.same.is_none() && expect.unique.is_none() {
        return Outcome::plain(Verdict::Pass);
    }
    if things.is_empty() {
        return Outcome::skip("nothing of it is on the page");
    }
    let share = expect.share.as_ref().and_then(|s| options.number(s)).unwrap_or(1.0);
    let mut bad: Vec<(&Thing, Values)> = Vec::new();
    let mut unknown: Vec<(Need, &Thing, &str)> = Vec::new();
    for judged in things {
        for each in &expect.each {
            match told(c, options, each, &judged.thing, screen) {
                Told::Passes => {}
                Told::Fails(values) | Told::Absent(Some(values)) => {
                    bad.push((&judged.thing, values));
                    break;
                }
                Told::Absent(None) => unknown.push((Need::Layout, &judged.thing, each.property.name())),
                Told::Unknown(need) => unknown.push((need, &judged.thing, each.property.name())),
            }
        }
    }
    let mut common = String::new();
    if let Some(same) = expect.same {
        let (odd, most, known) = odd_ones(c, same, things, screen);
        if !known {
            unknown.push((Need::Layout, &things[0].thing, same.name()));
        }
        common = most;
        bad.extend(odd.into_iter().map(|t| (t, Values::new())));
    }
    if let Some(property) = expect.unique {
        bad.extend(repeated(c, property, things));
    }
    bad.sort_by_key(|(t, _)| t.anchor);
    bad.dedup_by_key(|(t, _)| t.anchor);
    let open: BTreeSet<_> = unknown.iter().map(|u| u.1.anchor).collect();
    let share_without = |n: usize| (things.len().saturating_sub(n)) as f64 / things.len() as f64;
    if share_without(bad.len()) >= share {
        let first = unknown.into_iter().next();
        if let Some((need, thing, property)) = first.filter(|_| share_without(bad.len() + open.len()) < share)
        {
            let w = c.wording();
            let what = format!("{} {}", c.title(thing.part), w.unknown_property(property).inline());
            let draft = Draft {
                spot: Spot::Thing(Box::new(thing.clone())),
                message: w.cannot_tell(&what),
                part: Some(c.plan().name(thing.part).to_string()),
                near: Vec::new(),
                basis: None,
                place: None,
                values: Values::new(),
            };
            return Outcome::unsure(draft, BTreeSet::from([need]));
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

/// Things that say what an earlier one with another target says.
fn repeated<'j>(c: &Context<'_>, property: Property, things: &[&'j Judged]) -> Vec<(&'j Thing, Values)> {
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    let mut found = Vec::new();
    for judged in things {
        let thing = &judged.thing;
        let Some(value) = properties::read(c, thing, property).filter(|v| !v.is_empty()) else { continue };
        let target = properties::read(c, thing, Property::Href).unwrap_or_default();
        match first.get(&fold(&value)) {
            Some(known) if *known != target => found.push((thing, Values::from([("value", value)]))),
            Some(_) => {}
            None => {
                first.insert(fold(&value), target);
            }
        }
    }
    found
}

/// Things that differ from the most common one; what is common; whether all could be told.
fn odd_ones<'j>(
    c: &Context<'_>,
    same: Same,
    things: &[&'j Judged],
    screen: Option<&Screen>,
) -> (Vec<&'j Thing>, String, bool) {
    if same == Same::Ratio {
        return odd_ratios(c, things, screen);
    }
    let px = |thing: &Thing, property| {
        let px = lengths::of(c, thing, property, screen.or(c.screens.first())?)?;
        Some(format!("{} px", px.round()))
    };
    let mut known = true;
    let mut groups: BTreeMap<String, Vec<&Thing>> = BTreeMap::new();
    for judged in things {
        let key = match same {
            Same::Structure => Some(skeleton(c, &judged.thing)),
            Same::Width => px(&judged.thing, Property::Width),
            Same::Height => px(&judged.thing, Property::Height),
            Same::Currency | Same::Ratio => currency(c, &judged.thing),
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

fn currency(c: &Context<'_>, thing: &Thing) -> Option<String> {
    let quantity = properties::quantity(c, thing, Shape::Money)?;
    match quantity.unit {
        Unit::Money(codes) if !codes.is_empty() => Some(codes.join("/")),
        _ => None,
    }
}

/// Ratios count as equal within this share of the greater one (RULE-LANGUAGE 3.9).
const RATIO: f32 = 0.05;

/// Things whose width : height differs from the one that most share.
fn odd_ratios<'j>(
    c: &Context<'_>,
    things: &[&'j Judged],
    screen: Option<&Screen>,
) -> (Vec<&'j Thing>, String, bool) {
    let ratio = |thing: &Thing| {
        let screen = screen.or(c.screens.first())?;
        let height = lengths::of(c, thing, Property::Height, screen).filter(|h| *h > 0.0)?;
        Some(lengths::of(c, thing, Property::Width, screen)? / height)
    };
    let told: Vec<(&Thing, f32)> =
        things.iter().filter_map(|j| ratio(&j.thing).map(|r| (&j.thing, r))).collect();
    let alike = |a: f32, b: f32| (a - b).abs() <= RATIO * a.max(b);
    let shared = |r: f32| told.iter().filter(|(_, other)| alike(r, *other)).count();
    // of equals the first: the later thing is the odd one
    let mut common: Option<(usize, f32)> = None;
    for (_, r) in &told {
        let n = shared(*r);
        if common.is_none_or(|(most, _)| n > most) {
            common = Some((n, *r));
        }
    }
    let Some((_, common)) = common else { return (Vec::new(), String::new(), false) };
    let odd = told.iter().filter(|(_, r)| !alike(*r, common)).map(|(t, _)| *t).collect();
    (odd, format!("{common:.2} : 1"), told.len() == things.len())
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
