//! `[[expect]]` to expectations: twenty keys, each checked where it stands.

use crate::pack::comparison;
use crate::pack::model::{Arg, Each, Expect, Has, Property, PropertyTest, Same, Subject, Trait, Value};
use crate::pack::node::{Key, Kind, Node, Reader};
use crate::pack::pattern;
use crate::pack::problem::Problem;
use crate::pack::rules::level;
use crate::text::nearest::did_you_mean;
use std::collections::BTreeMap;
use std::ops::Range;

/// Keys of an expectation.
pub const KEYS: &[&str] = &[
    "find",
    "order",
    "compare",
    "inside",
    "outside",
    "is",
    "has",
    "where",
    "at_least",
    "at_most",
    "distinct",
    "each",
    "same",
    "unique",
    "per",
    "level",
    "cover",
    "share",
    "tolerance",
    "message",
];

/// Names that an expectation uses, with their places, for the checks that need the whole pack.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Parts that must exist.
    pub parts: Vec<(String, Range<usize>)>,
    /// Parts or regions.
    pub places: Vec<(String, Range<usize>)>,
    /// Word lists.
    pub lists: Vec<(String, Range<usize>)>,
    /// Options.
    pub options: Vec<(String, Range<usize>)>,
    /// Parts that must have a value, and where that is asked.
    pub values: Vec<(String, Range<usize>)>,
}

/// Reads one expectation.
pub fn read(r: &Reader, table: &[(Key, Node)], range: &Range<usize>, names: &mut Names) -> Option<Expect> {
    let nothing = Subject::Find(Arg::Value(Value::List(Vec::new())));
    let mut e = Expect::about(nothing, r.place(range));
    let mut subjects: Vec<&Key> = Vec::new();
    let mut broken = false;
    for (key, node) in table {
        e.keys.insert(key.name.to_string(), r.place(&(key.range.start..node.range.end)));
        match &*key.name {
            "find" => {
                subjects.push(key);
                match part_list(r, node, false, names) {
                    Some(list) => e.subject = Subject::Find(list),
                    None => broken = true,
                }
            }
            "order" => {
                subjects.push(key);
                match part_list(r, node, true, names) {
                    Some(list) => e.subject = Subject::Order(list),
                    None => broken = true,
                }
            }
            "compare" => {
                subjects.push(key);
                match comparison::read(r, node, names) {
                    Some(subject) => e.subject = subject,
                    None => broken = true,
                }
            }
            "inside" | "outside" => {
                let list = r.texts(node);
                names.places.extend(list.iter().cloned());
                let list = list.into_iter().map(|(n, _)| n).collect();
                if key.name == "inside" { e.inside = list } else { e.outside = list }
            }
            "is" => {
                for (name, range) in r.texts(node) {
                    match Trait::parse(&name) {
                        Some(t) => e.is.push(t),
                        None => unknown(r, "trait", &name, &range, Trait::ALL.iter().map(|t| t.name())),
                    }
                }
            }
            "has" => e.has = has(r, node, &mut e.keys, names),
            "at_least" => {
                let all = matches!(&node.kind, Kind::Text(t) if t == "all");
                e.at_least =
                    if all { Some(Arg::Value(Value::Text("all".into()))) } else { number(r, node, names) };
            }
            "at_most" => e.at_most = number(r, node, names),
            "distinct" => e.distinct = property(r, node, &Property::DISTINCT),
            "each" => {
                for (key, node) in r.table(node).into_iter().flatten() {
                    e.each.extend(tests(r, "each", key, node, &mut e.keys, names));
                }
            }
            "where" => {
                for (key, node) in r.table(node).into_iter().flatten() {
                    e.wheres.extend(tests(r, "where", key, node, &mut e.keys, names));
                }
            }
            "cover" => e.cover = number(r, node, names),
            "same" => {
                let text = r.text(node).unwrap_or_default();
                e.same = Same::parse(&text);
                if e.same.is_none() && !text.is_empty() {
                    unknown(r, "property", &text, &node.range, Same::ALL.iter().map(|s| s.name()));
                }
            }
            "share" => e.share = number(r, node, names),
            "tolerance" => e.tolerance = arg(r, node, names),
            "message" => e.message = r.text(node),
            "unique" => e.unique = property(r, node, &Property::UNIQUE),
            "per" => {
                e.per = r.text(node);
                names.places.extend(e.per.iter().map(|name| (name.clone(), node.range.clone())));
            }
            "level" => e.level = level(r, node),
            _ => r.unknown_key(key, KEYS, "an expectation"),
        }
    }
    if subjects.len() != 1 {
        let message = match subjects.len() {
            0 => "this expectation is about nothing: it needs find, order or compare".to_string(),
            _ => format!(
                "an expectation is about one thing, this one has {}",
                subjects.iter().map(|k| &*k.name).collect::<Vec<_>>().join(" and ")
            ),
        };
        let place = subjects.get(1).map_or(e.place.clone(), |k| r.place(&k.range));
        r.say(Problem::error("one-subject", &place, message).help(if subjects.is_empty() {
            "add a line such as find = \"size-chart\""
        } else {
            "split it into two [[expect]]"
        }));
        return None;
    }
    if broken { None } else { Some(e) }
}

/// Notes a name that is not known, with the nearest one.
pub fn unknown<'n>(
    r: &Reader,
    what: &'static str,
    name: &str,
    range: &Range<usize>,
    known: impl IntoIterator<Item = &'n str>,
) {
    let known: Vec<&str> = known.into_iter().collect();
    let help =
        did_you_mean(name, known.iter().copied()).unwrap_or_else(|| format!("known: {}", known.join(", ")));
    let id = match what {
        "trait" => "unknown-trait",
        "option" => "unknown-option",
        "page" => "unknown-page",
        "category" => "unknown-category",
        "market" => "unknown-market",
        "level" => "unknown-level",
        _ => "wrong-type",
    };
    let what = if what == "page" { "page kind" } else { what };
    r.say(Problem::error(id, &r.place(range), format!("there is no {what} called “{name}”")).help(help));
}

/// A literal, or `"$option"`.
pub fn arg(r: &Reader, node: &Node, names: &mut Names) -> Option<Arg> {
    if let Kind::Text(t) = &node.kind
        && let Some(option) = t.strip_prefix('$')
    {
        names.options.push((option.to_string(), node.range.clone()));
        return Some(Arg::Option(option.to_string()));
    }
    match node.value() {
        Some(value) => Some(Arg::Value(value)),
        None => {
            r.wrong_type(node, "a value or an option");
            None
        }
    }
}

fn number(r: &Reader, node: &Node, names: &mut Names) -> Option<Arg> {
    match &node.kind {
        Kind::Int(i) if *i >= 0 => arg(r, node, names),
        Kind::Float(f) if *f >= 0.0 => arg(r, node, names),
        Kind::Text(t) if t.starts_with('$') => arg(r, node, names),
        Kind::Int(_) | Kind::Float(_) => {
            let message = "a number from 0 or an option is expected here, not one below 0";
            r.say(Problem::error("wrong-type", &r.place(&node.range), message));
            None
        }
        _ => {
            r.wrong_type(node, "a number from 0 or an option");
            None
        }
    }
}

fn part_list(r: &Reader, node: &Node, order: bool, names: &mut Names) -> Option<Arg> {
    if matches!(&node.kind, Kind::Text(t) if t.starts_with('$')) {
        return arg(r, node, names);
    }
    let mut list = Vec::new();
    let items: Vec<&Node> = match &node.kind {
        Kind::List(items) => items.iter().collect(),
        _ => vec![node],
    };
    for item in items {
        match &item.kind {
            Kind::Text(name) => {
                names.parts.push((name.to_string(), item.range.clone()));
                list.push(Value::Text(name.to_string()));
            }
            Kind::List(group) if order => {
                let mut inner = Vec::new();
                for item in group {
                    let name = r.text(item)?;
                    names.parts.push((name.to_string(), item.range.clone()));
                    inner.push(Value::Text(name));
                }
                list.push(Value::List(inner));
            }
            _ => {
                r.wrong_type(item, "the name of a part");
                return None;
            }
        }
    }
    if list.is_empty() {
        r.wrong_type(node, "the name of a part or a list of them");
        return None;
    }
    Some(Arg::Value(Value::List(list)))
}

fn has(
    r: &Reader,
    node: &Node,
    keys: &mut BTreeMap<String, crate::pack::model::Place>,
    names: &mut Names,
) -> Option<Has> {
    let (mut part, mut at_least, mut distinct) = (None, None, None);
    keys.remove("has");
    for (key, node) in r.table(node)? {
        keys.insert(format!("has.{}", key.name), r.place(&(key.range.start..node.range.end)));
        match &*key.name {
            "part" => {
                let name = r.text(node)?;
                names.parts.push((name.to_string(), node.range.clone()));
                part = Some(name);
            }
            "at_least" => at_least = number(r, node, names),
            "distinct" => distinct = property(r, node, &Property::DISTINCT),
            _ => r.unknown_key(key, &["part", "at_least", "distinct"], "`has`"),
        }
    }
    if part.is_none() {
        r.say(Problem::error("wrong-type", &r.place(&node.range), "`has` needs has.part"));
    }
    Some(Has { part: part?, at_least, distinct })
}

fn property(r: &Reader, node: &Node, known: &[Property]) -> Option<Property> {
    let text = r.text(node)?;
    let found = known.iter().copied().find(|p| p.name() == text);
    if found.is_none() {
        unknown(r, "property", &text, &node.range, known.iter().map(|p| p.name()));
    }
    found
}

/// The tests of one property: `each.text = { has = …, chars = … }`.
fn tests(
    r: &Reader,
    of: &str,
    key: &Key,
    node: &Node,
    keys: &mut BTreeMap<String, crate::pack::model::Place>,
    names: &mut Names,
) -> Vec<Each> {
    let mut out = Vec::new();
    let Some(property) = Property::EACH.iter().copied().find(|p| p.name() == key.name) else {
        unknown(r, "property", &key.name, &key.range, Property::EACH.iter().map(|p| p.name()));
        return out;
    };
    keys.remove(of);
    for (test_key, node) in r.table(node).into_iter().flatten() {
        let place = r.place(&(test_key.range.start..node.range.end));
        let lists = |names: &mut Names| -> Vec<String> {
            let texts = r.texts(node);
            names.lists.extend(texts.iter().cloned());
            texts.into_iter().map(|(l, _)| l).collect()
        };
        let test = match &*test_key.name {
            other if property.is_length() && other != "between" => {
                let message = format!("a {} is tested with between, in pixels or per cent", property.name());
                let help = format!("write {of}.{}.between = [300, \"\"] or [\"40%\", \"\"]", property.name());
                r.say(Problem::error("unknown-key", &r.place(&test_key.range), message).help(help));
                None
            }
            "between" if property.is_length() && !bounds_of_length(r, node) => None,
            "chars" => arg(r, node, names).map(PropertyTest::Chars),
            "in" | "shares" => r.text(node).map(|part| {
                names.parts.push((part.clone(), node.range.clone()));
                if test_key.name == "in" { PropertyTest::In(part) } else { PropertyTest::Shares(part) }
            }),
            "between" => arg(r, node, names).map(PropertyTest::Between),
            "has" => Some(PropertyTest::Has(lists(names))),
            "lacks" => Some(PropertyTest::Lacks(lists(names))),
            "not_only" => Some(PropertyTest::NotOnly(lists(names))),
            "matches" => {
                r.text(node).filter(|p| pattern::check(r, p, &node.range)).map(PropertyTest::Matches)
            }
            _ => {
                r.unknown_key(
                    test_key,
                    &["chars", "has", "lacks", "not_only", "matches", "between", "in", "shares"],
                    &format!("`{of}`"),
                );
                None
            }
        };
        if let Some(test) = test {
            keys.insert(format!("{of}.{}.{}", key.name, test_key.name), place.clone());
            out.push(Each { property, test, place });
        }
    }
    out
}

/// Whether the bounds of a length are numbers, per cent or open; says what is not.
fn bounds_of_length(r: &Reader, node: &Node) -> bool {
    let Kind::List(items) = &node.kind else { return true };
    let good = |item: &&Node| match &item.kind {
        Kind::Int(_) | Kind::Float(_) => true,
        Kind::Text(t) => {
            let share = t.strip_suffix('%').map(|n| n.trim().parse::<f64>());
            t.is_empty() || share.is_some_and(|n| n.is_ok())
        }
        _ => false,
    };
    let bad = items.iter().find(|i| !good(i));
    if let Some(item) = bad {
        r.wrong_type(item, "pixels, per cent such as \"40%\", or \"\" for an open end");
    }
    bad.is_none()
}
