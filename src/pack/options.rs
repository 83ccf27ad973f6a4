//! Options of rules: defaults, bounds, and values by category, page, market or another option.

use crate::pack::model::{OptionSpec, Value};
use crate::pack::node::{Key, Kind, Node, Reader};
use crate::pack::problem::Problem;
use crate::text::nearest::did_you_mean;
use std::collections::BTreeMap;

/// Reads one option.
pub(super) fn option(r: &Reader, key: &Key, node: &Node) -> Option<OptionSpec> {
    let mut spec = OptionSpec {
        about: None,
        default: Value::List(Vec::new()),
        min: None,
        max: None,
        one_of: Vec::new(),
        by: None,
        by_places: BTreeMap::new(),
        place: r.place(&key.range),
    };
    let mut default = None;
    if let Some(value) = node.value() {
        let shown = show(&value);
        r.say(
            Problem::error("wrong-type", &r.place(&node.range), "an option is a table with a default")
                .help(format!("write {} = {{ default = {shown} }}", key.name)),
        );
        return None;
    }
    for (inner, node) in r.table(node)? {
        match &*inner.name {
            "about" => spec.about = r.text(node),
            "default" => default = node.value().map(|v| (v, node.range.clone())),
            "min" => spec.min = r.number(node),
            "max" => spec.max = r.number(node),
            "one_of" => {
                if let Kind::List(items) = &node.kind {
                    spec.one_of = items.iter().filter_map(Node::value).collect();
                } else {
                    r.wrong_type(node, "a list");
                }
            }
            by if by.starts_with("by_") => {
                let x = by.trim_start_matches("by_").to_string();
                if let Some((first, _)) = &spec.by {
                    let message = format!("an option depends on one thing; this one has by_{first} and {by}");
                    r.say(
                        Problem::error("two-by", &r.place(&inner.range), message)
                            .help("make a second option"),
                    );
                    continue;
                }
                let table = r.table(node)?;
                let value = |(k, n): &(Key, Node)| n.value().map(|v| (k.name.to_string(), v));
                let place = |(k, _): &(Key, Node)| (k.name.to_string(), r.place(&k.range));
                spec.by_places = table.iter().map(place).collect();
                spec.by = Some((x, table.iter().filter_map(value).collect()));
            }
            _ => r.unknown_key(
                inner,
                &["about", "default", "min", "max", "one_of", "by_category", "by_page", "by_market"],
                "an option",
            ),
        }
    }
    match default {
        Some((value, range)) => {
            if let Some(why) = out_of_range(&spec, &value) {
                r.say(Problem::error("default-out-of-range", &r.place(&range), format!("the default {why}")));
            }
            spec.default = value;
        }
        None => {
            let message = format!("the option “{}” has no default", key.name);
            r.say(Problem::error("missing-key", &r.place(&key.range), message).help("add default = …"));
        }
    }
    Some(spec)
}

/// Why a value is not allowed for an option.
pub fn out_of_range(spec: &OptionSpec, value: &Value) -> Option<String> {
    let number = match value {
        Value::Int(i) => Some(*i as f64),
        Value::Float(f) => Some(*f),
        _ => None,
    };
    match (number, spec.min, spec.max) {
        (Some(n), Some(min), _) if n < min => return Some(format!("{n} is below the smallest value, {min}")),
        (Some(n), _, Some(max)) if n > max => return Some(format!("{n} is above the largest value, {max}")),
        _ => {}
    }
    if !spec.one_of.is_empty() && !spec.one_of.contains(value) {
        let known: Vec<String> = spec.one_of.iter().map(show).collect();
        let near = did_you_mean(&show(value), known.iter().map(String::as_str));
        let near = near.map_or(String::new(), |near| format!("; {near}"));
        return Some(format!("{} is none of: {}{near}", show(value), known.join(", ")));
    }
    None
}

/// A value as people write it.
pub fn show(value: &Value) -> String {
    match value {
        Value::Bool(b) => b.to_string(),
        Value::Int(i) => i.to_string(),
        Value::Float(f) => f.to_string(),
        Value::Text(t) => t.clone(),
        Value::List(l) => l.iter().map(show).collect::<Vec<_>>().join(", "),
    }
}
