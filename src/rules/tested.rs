//! The tests of properties: for `each`, which every counted thing must pass, and for
//! `where`, which decides what counts.

use crate::finding::Need;
use crate::pack::model::{Arg, Each, Property, PropertyTest, Shape, Value, ValueKind};
use crate::parts::listed;
use crate::parts::map::Thing;
use crate::parts::plan::PartRef;
use crate::parts::screen::Screen;
use crate::parts::tables;
use crate::rules::context::{Context, Options, number};
use crate::rules::dead_links::is_dead;
use crate::rules::find::plain;
use crate::rules::lengths;
use crate::rules::members;
use crate::rules::message::Values;
use crate::rules::properties;
use crate::text::dates;
use crate::text::fold::{BREAK, chars, fold};
use std::collections::BTreeSet;

/// What would show a table that the page has not.
fn table_need(c: &Context<'_>, part: &str) -> Need {
    let things = c.plan().part_ref(part).map(|p| c.things(p)).unwrap_or_default();
    let pictured = |t: &Thing| !c.scene.walk.images_of(t.extent.from, t.extent.to).is_empty();
    if things.iter().any(pictured) {
        Need::ImageText
    } else if c.guard.scripts {
        Need::Render
    } else {
        Need::Person
    }
}

/// What a test says of a thing, with the values for messages.
#[derive(Clone, Debug)]
pub enum Told {
    /// It passes.
    Passes,
    /// It does not.
    Fails(Values),
    /// The thing has no such property; an empty one would not pass, where there are values.
    Absent(Option<Values>),
    /// The property is not known; what would tell it.
    Unknown(Need),
}

/// Puts a test to a thing on a viewport.
pub fn told(
    c: &Context<'_>,
    options: &Options<'_>,
    each: &Each,
    thing: &Thing,
    screen: Option<&Screen>,
) -> Told {
    if each.property.is_length() {
        return length(c, options, each, thing, screen);
    }
    let read = properties::read(c, thing, each.property);
    let absent = read.is_none();
    let value = read.unwrap_or_default();
    if each.property == Property::Href
        && is_dead(&value)
        && let Some(need) = c.placeholder_links()
    {
        return Told::Unknown(need);
    }
    let mut values = Values::from([("value", value.clone())]);
    match (holds(c, options, each, thing, &value, &mut values), absent) {
        (Some(true), _) => Told::Passes,
        (Some(false), false) => Told::Fails(values),
        (Some(false), true) => Told::Absent(Some(values)),
        (None, false) => Told::Unknown(match &each.test {
            PropertyTest::In(part) => table_need(c, part),
            _ => Need::Person,
        }),
        // a date that cannot be read is there, and a person reads it
        (None, true) if each.property == Property::Value => Told::Unknown(Need::Person),
        (None, true) => Told::Absent(None),
    }
}

fn length(
    c: &Context<'_>,
    options: &Options<'_>,
    each: &Each,
    thing: &Thing,
    screen: Option<&Screen>,
) -> Told {
    let PropertyTest::Between(arg) = &each.test else { return Told::Unknown(Need::Person) };
    let Some(screen) = screen.or(c.screens.first()) else { return Told::Unknown(Need::Layout) };
    let Some(px) = lengths::of(c, thing, each.property, screen) else { return Told::Unknown(Need::Layout) };
    let Some(Value::List(items)) = options.value(arg) else { return Told::Unknown(Need::Person) };
    let whole = match each.property {
        Property::Width => screen.viewport().width,
        _ => screen.viewport().height,
    };
    let bound = |i: usize| items.get(i).and_then(|v| lengths::bound(v, whole));
    let (low, high) = (bound(0), bound(1));
    if low.is_none_or(|l| px >= l) && high.is_none_or(|h| px <= h) {
        return Told::Passes;
    }
    let shown = |v: Option<f32>| v.map(|v| format!("{} px", plain(f64::from(v.round())))).unwrap_or_default();
    Told::Fails(Values::from([("value", shown(Some(px))), ("low", shown(low)), ("high", shown(high))]))
}

/// Whether the test holds; `None` where it cannot be put.
fn holds(
    c: &Context<'_>,
    options: &Options<'_>,
    each: &Each,
    thing: &Thing,
    value: &str,
    values: &mut Values,
) -> Option<bool> {
    let bound = |v: &Value| match v {
        Value::Text(t) if t == "today" => c.today.map(|d| d as f64),
        _ => number(v),
    };
    let range = |arg: &Arg| {
        let Some(Value::List(items)) = options.value(arg) else { return None };
        Some((items.first().and_then(bound), items.get(1).and_then(bound)))
    };
    let mut between = |(low, high): (Option<f64>, Option<f64>), from: f64, to: f64| {
        values.insert("low", low.map(plain).unwrap_or_default());
        values.insert("high", high.map(plain).unwrap_or_default());
        low.is_none_or(|l| from >= l) && high.is_none_or(|h| to <= h)
    };
    Some(match &each.test {
        PropertyTest::Chars(arg) => {
            let n = f64::from(chars(value));
            let inside = between(range(arg)?, n, n);
            values.insert("chars", plain(n));
            inside
        }
        PropertyTest::Has(lists) => lists.iter().any(|l| listed::hits(c.plan(), l, value)),
        PropertyTest::Lacks(lists) => !lists.iter().any(|l| listed::hits(c.plan(), l, value)),
        PropertyTest::NotOnly(lists) => !only(c, lists, &fold(value)),
        PropertyTest::Matches(pattern) => crate::text::pattern::compile(pattern)
            .ok()?
            .is_match(value.get(..value.len().min(crate::limits::PATTERN_HAYSTACK)).unwrap_or("")),
        PropertyTest::Between(arg) => {
            let Some(ValueKind::Shape(shape)) = properties::value_kind(c, thing) else { return None };
            let q = properties::quantity(c, thing, shape)?;
            let good = between(range(arg)?, q.low, q.high);
            if shape == Shape::Date {
                for (key, v) in [("low", range(arg)?.0), ("high", range(arg)?.1)] {
                    values.insert(key, v.map(|d| dates::show(d as i64)).unwrap_or_default());
                }
            }
            good
        }
        PropertyTest::Shares(part) => {
            let things = c.plan().part_ref(part).map(|p| c.things(p)).unwrap_or_default();
            let here = members::words(c, value);
            let there: BTreeSet<String> =
                things.iter().flat_map(|t| members::words(c, &members::text_of(c, t))).collect();
            if there.is_empty() || here.is_empty() {
                return None;
            }
            !here.is_disjoint(&there)
        }
        PropertyTest::In(part) => {
            let part = c.plan().part_ref(part)?;
            let heads = heads(c, part)?;
            let value = fold(value);
            heads.contains(value.trim()) || heads.contains(&spelled(value.trim()))
        }
    })
}

/// The heads of the rows and columns of a part's tables, and what they name between slashes
/// and brackets; `None` where it has no table.
fn heads(c: &Context<'_>, part: PartRef) -> Option<BTreeSet<String>> {
    let scene = c.scene;
    let mut found: Option<BTreeSet<String>> = None;
    for thing in c.things(part) {
        let tables = scene.structure.tables.iter().filter(|t| thing.extent.holds(**t) || **t == thing.anchor);
        for table in tables {
            let heads = found.get_or_insert_default();
            for cell in tables::heads(&scene.page.dom, *table) {
                let text = scene.walk.text(cell).replace(BREAK, " ");
                let pieces = text.split(['/', '(', ')', ',', '、', '[', ']', '|', '-', '–', '~']);
                let pieces = pieces.map(str::trim).filter(|p| !p.is_empty());
                heads.extend(pieces.chain([text.trim()]).flat_map(|p| [p.to_string(), spelled(p)]));
            }
        }
    }
    found
}

/// Regions whose sizes are written with their name: “EU 40”.
const REGIONS: [&str; 12] = ["eur", "eu", "us", "uk", "fr", "it", "de", "br", "jp", "cn", "asian", "int"];

/// A size as one of its spellings: without its region, “2XL” as “XXL”, “small” as “S”.
fn spelled(size: &str) -> String {
    let of_region = |r: &&str| size.strip_prefix(r).filter(|rest| !rest.starts_with(char::is_alphabetic));
    let bare = REGIONS.iter().find_map(of_region).unwrap_or(size);
    let bare = bare.trim_start_matches([' ', ':', '.', '-']).trim();
    // “EU” alone is no size of nothing
    let size = if bare.is_empty() { size } else { bare };
    match size {
        "small" => return "s".into(),
        "medium" => return "m".into(),
        "large" => return "l".into(),
        "x large" | "x-large" | "extra large" => return "xl".into(),
        _ => {}
    }
    let mut chars = size.chars();
    match (chars.next().and_then(|c| c.to_digit(10)), chars.as_str()) {
        (Some(n @ 2..=6), "xl") => "x".repeat(n as usize) + "l",
        (Some(n @ 2..=4), "xs") => "x".repeat(n as usize) + "s",
        _ => size.to_string(),
    }
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

#[cfg(test)]
mod tests {
    use super::spelled;

    #[test]
    fn sizes_have_one_spelling() {
        for (size, one) in [
            ("eu 40", "40"),
            ("us8", "8"),
            ("2xl", "xxl"),
            ("xxl", "xxl"),
            ("small", "s"),
            ("usual", "usual"),
        ] {
            assert_eq!(spelled(size), one);
        }
        for alone in ["eu", "us.", "-", ""] {
            assert_eq!(spelled(alone), alone);
        }
    }
}
