//! `parts/*.toml`.

use super::json::{Names, count, named, number, one_of, some, table, text};
use crate::pack::model::{Builtin, Field, Region, Shape};
use serde_json::{Value, json};

pub fn schema(names: &Names) -> Value {
    table(vec![("part", "Parts by name.", named(part(names)))])
}

fn part(names: &Names) -> Value {
    let fields = || some(one_of(Field::ALL.iter().map(|f| f.name())));
    let shapes = || Shape::ALL.iter().map(|s| s.name());
    let value = json!({ "anyOf": [
        one_of(shapes().chain(["text"])),
        { "type": "array", "items": names.list(), "minItems": 1 },
    ] });
    let absence = json!({ "anyOf": [
        one_of(["sure", "legible", "pictures"]),
        { "type": "string", "pattern": "\\." },
    ] });
    let lines = |strength| json!({ "anyOf": [way(names, strength), { "type": "array", "items": way(names, strength) }] });
    table(vec![
        ("title", "Its name for people, by language.", json!({ "anyOf": [text(), named(text())] })),
        (
            "type",
            "section: a headed block; area: what lies around other parts; spot: a single thing.",
            one_of(["section", "area", "spot"]),
        ),
        (
            "scope",
            "Where it may stand: main content, whole page, or the top of it.",
            one_of(["main", "page", "top"]),
        ),
        ("words", "Its word list, for strong, medium and weak.", names.list()),
        ("strong", "Fields in which a word proves it.", fields()),
        ("medium", "Fields in which two words prove it.", fields()),
        ("weak", "Fields in which a word hints at it.", fields()),
        ("also", "Further ways to recognise it.", lines(true)),
        ("against", "What vetoes it, and what lies in that.", lines(false)),
        ("from", "The built-in part of which it is a kind.", one_of(Builtin::ALL.iter().map(|b| b.name()))),
        ("around", "The smallest element around these parts.", some(names.part())),
        (
            "fallback",
            "The region that stands for it where none is found.",
            one_of(Region::ALL.iter().map(|r| r.name())),
        ),
        ("value", "What compare reads of it: a shape, its text, or names of word lists.", value),
        (
            "absence",
            "When its absence is certain: sure, legible (not where pictures may show it), pictures, or a data path.",
            absence,
        ),
        ("extends", "The part that it starts from.", names.part()),
    ])
}

/// A line of `also` or `against`.
fn way(names: &Names, strength: bool) -> Value {
    let list = || names.list();
    let rows = table(vec![
        ("headers", "A word list for the heads.", list()),
        ("min_headers", "How many heads must be of it; 2 where not given.", count()),
        ("min_rows", "How many rows; 1 where not given.", count()),
        ("numeric", "Share of cells with a number, 0 to 1.", number()),
    ]);
    let tiles = table(vec![
        ("at_least", "How many tiles; 3 where not given.", count()),
        ("in_menu", "Share of them that a menu names too, 0 to 1.", number()),
    ]);
    let two = json!({ "type": "array", "items": count(), "minItems": 2, "maxItems": 2 });
    let mut keys: Vec<(&str, &str, Value)> =
        Field::ALL.iter().map(|f| (f.name(), "A word list that hits in this field.", list())).collect();
    if strength {
        keys.push((
            "strength",
            "strong proves it, two medium do, weak hints.",
            one_of(["strong", "medium", "weak"]),
        ));
    }
    keys.extend([
        ("css", "A selector.", text()),
        ("shape", "What its text holds.", one_of(Shape::ALL.iter().map(|s| s.name()))),
        ("pattern", "A regular expression on its text.", text()),
        ("chars", "Shortest and longest text, in characters.", two),
        ("table", "A table with heads of a list.", rows),
        ("keys", "At least so many rows of label and value.", count()),
        ("tiles", "A row of so many tiles.", json!({ "anyOf": [count(), tiles] })),
        ("has", "Holds one of these parts.", some(names.part())),
        ("inside", "Lies in one of these.", some(names.place())),
        ("outside", "Lies in none of these.", some(names.place())),
        ("data", "A path into structured data: Product.offers.price.", text()),
        ("says", "Its text is what structured data says at one of these paths.", some(text())),
    ]);
    table(keys)
}
