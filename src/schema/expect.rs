//! `[[expect]]`.

use super::json::{Names, count, number, one_of, or_option, some, table, text};
use super::rule::level;
use crate::pack::model::{Property, Same, Trait};
use serde_json::{Value, json};

pub fn schema(names: &Names) -> Value {
    let order = json!({ "type": "array", "items": some(names.part()), "minItems": 1 });
    let has = table(vec![
        ("part", "What each thing found must hold.", names.part()),
        ("at_least", "How many of it; 1 where not given.", or_option(count())),
        ("distinct", "Things that are alike in this count once.", distinct()),
    ]);
    let all =
        json!({ "anyOf": [number(), { "const": "all" }, { "type": "string", "pattern": "^\\$[a-z]" }] });
    let mut schema = table(vec![
        ("find", "The part to find, or a list of parts of which any counts.", or_option(some(names.part()))),
        (
            "order",
            "Parts in the order in which they should stand; a group stands for any order in it.",
            or_option(order),
        ),
        (
            "compare",
            "A op B: parts with a value, $options, numbers, \"today\"; op is < <= = >= > != or ~.",
            text(),
        ),
        ("inside", "Only things in one of these regions or parts.", some(names.place())),
        ("outside", "Only things in none of these regions or parts.", some(names.place())),
        ("is", "What the thing must be.", some(one_of(Trait::ALL.iter().map(|t| t.name())))),
        ("has", "What each thing must hold.", has),
        ("where", "Which things count.", tests(names)),
        ("at_least", "How many are needed, or \"all\"; 1 where not given.", all),
        ("at_most", "How many are allowed.", or_option(number())),
        ("distinct", "Things that are alike in this count once.", distinct()),
        ("each", "What every thing must be like.", tests(names)),
        ("same", "What all must have the same of.", one_of(Same::ALL.iter().map(|s| s.name()))),
        (
            "unique",
            "What no two things with different targets may share.",
            one_of(Property::UNIQUE.iter().map(|p| p.name())),
        ),
        ("per", "Judge once inside each of this part or region.", names.place()),
        ("level", "A lower level than the rule's, for this expectation.", level()),
        ("cover", "Share of the first screen that they cover together, 0 to 1.", or_option(number())),
        ("share", "Share of them that must pass, 0 to 1.", or_option(number())),
        (
            "tolerance",
            "For =: an amount, or per cent such as \"0.5%\".",
            or_option(json!({ "type": ["number", "string"] })),
        ),
        ("message", "What the user is told; {placeholders} are filled in.", text()),
    ]);
    if let Some(object) = schema.as_object_mut() {
        let one = |key: &str| json!({ "required": [key] });
        object.insert("oneOf".into(), json!([one("find"), one("order"), one("compare")]));
    }
    schema
}

fn distinct() -> Value {
    one_of(Property::DISTINCT.iter().map(|p| p.name()))
}

/// `each.text = { has = … }`.
fn tests(names: &Names) -> Value {
    let bounds =
        json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": { "type": ["number", "string"] } });
    let of = |property: &Property| {
        let between = ("between", "Lowest and highest; \"\" is an open end.", or_option(bounds.clone()));
        if property.is_length() {
            return table(vec![between]);
        }
        table(vec![
            ("chars", "Shortest and longest text, in characters.", or_option(bounds.clone())),
            ("has", "A word of this list, or of one of these.", some(names.list())),
            ("lacks", "No word of these lists.", some(names.list())),
            ("not_only", "More than words of these lists.", some(names.list())),
            ("matches", "A regular expression.", text()),
            between,
            ("in", "Stands as a name in this part.", names.part()),
            ("shares", "Has a word in common with this part.", names.part()),
        ])
    };
    table(Property::EACH.iter().map(|p| (p.name(), "", of(p))).collect())
}
