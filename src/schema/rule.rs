//! A rule's file.

use super::expect;
use super::json::{
    Names, boolean, count, keyed, named, number, one_of, requiring, some, table, table_with, text, value,
};
use crate::pack::rules::{CATEGORIES, MARKETS, PAGES};
use crate::viewport::Viewport;
use serde_json::{Map, Value, json};

/// A level of findings.
pub fn level() -> Value {
    one_of(["error", "warning", "info", "off"])
}

pub fn schema(names: &Names) -> Value {
    let levels = table(vec![
        ("default", "Where nothing below fits.", level()),
        ("by_category", "By what is sold.", keyed(CATEGORIES.iter().copied(), &level())),
        ("by_market", "By market.", keyed(MARKETS.iter().copied(), &level())),
    ]);
    let source = table(vec![
        ("doc", "The guide or standard that the rule comes from.", text()),
        ("line", "Its line, from 1.", count()),
        ("quote", "The words there.", text()),
    ]);
    let translation = table(vec![
        ("title", "", text()),
        ("why", "", text()),
        ("fix", "", text()),
        ("message", "For all expectations.", text()),
        (
            "messages",
            "One for each expectation, in their order.",
            json!({ "type": "array", "items": text() }),
        ),
    ]);
    let expects = json!({ "type": "array", "items": expect::schema(names), "minItems": 1 });
    let verdicts = ["pass", "fail", "unsure", "skip"];
    let schema = table(vec![
        ("title", "What a good page does, in one sentence.", text()),
        (
            "level",
            "error, warning, info or off; or a table by category or market.",
            json!({ "anyOf": [level(), levels] }),
        ),
        ("weight", "How much it counts in its area's score; by level where not given.", number()),
        ("partial", "Whether a share of what is asked scores a share.", boolean()),
        ("why", "Why it matters to a shopper.", text()),
        ("fix", "What to do.", text()),
        ("snippet", "HTML to paste.", text()),
        ("message", "What the user is told; {placeholders} are filled in.", text()),
        ("source", "Where the rule comes from.", source),
        ("when", "To which pages it applies: every key must hold.", condition(names)),
        ("unless", "To which of these it does not.", condition(names)),
        ("options", "Values that a config may change.", named(option())),
        ("expect", "What is asked.", expects),
        ("test", "Pages on which the verdict is known.", keyed(verdicts, &named(test(names)))),
        ("i18n", "Texts in other languages.", named(translation)),
        ("extends", "The rule that this one starts from.", text()),
    ]);
    let whole = requiring(json!({}), &["title", "why", "fix", "expect"]);
    let mut schema = schema;
    if let Some(object) = schema.as_object_mut() {
        object.insert("anyOf".into(), json!([whole, { "required": ["extends"] }]));
    }
    schema
}

fn condition(names: &Names) -> Value {
    table(vec![
        ("page", "Kinds of pages.", some(one_of(PAGES.iter().copied()))),
        ("category", "What is sold.", some(one_of(CATEGORIES.iter().copied()))),
        ("locale", "Language tags.", some(text())),
        ("platform", "Shop platforms.", some(names.platform())),
        ("market", "Markets.", some(one_of(MARKETS.iter().copied()))),
        ("found", "Parts of which one must be on the page.", some(names.part())),
    ])
}

fn option() -> Value {
    let by = |known: &[&str]| keyed(known.iter().copied(), &value());
    let mut other = Map::new();
    other.insert("^by_[a-z0-9_-]+$".into(), named(value()));
    let keys = vec![
        ("about", "What it is.", text()),
        ("default", "The value where nothing says otherwise.", value()),
        ("min", "The smallest number allowed.", json!({ "type": "number" })),
        ("max", "The largest number allowed.", json!({ "type": "number" })),
        ("one_of", "The values allowed.", json!({ "type": "array" })),
        ("by_category", "Defaults by what is sold.", by(CATEGORIES)),
        ("by_page", "Defaults by kind of page.", by(PAGES)),
        ("by_market", "Defaults by market.", by(MARKETS)),
    ];
    requiring(table_with(keys, other), &["default"])
}

fn test(names: &Names) -> Value {
    let builtin = Viewport::builtin();
    let table = table(vec![
        ("html", "A page, or a piece of one.", text()),
        ("file", "A page of the pack, relative to this file.", text()),
        ("page", "Its kind; the first of when.page where not given.", one_of(PAGES.iter().copied())),
        ("category", "What is sold.", one_of(CATEGORIES.iter().copied())),
        ("locale", "Its language.", text()),
        ("platform", "Its shop platform.", names.platform()),
        ("market", "Its market.", one_of(MARKETS.iter().copied())),
        ("viewport", "Judged on this one only.", one_of(builtin.iter().map(|v| v.name.as_str()))),
        ("today", "The day on which it is judged.", text()),
        ("with", "Options.", named(value())),
        ("findings", "How many findings there are.", count()),
        ("at", "A selector of the element that the finding sits on.", text()),
        ("message", "What a finding says.", text()),
        ("example", "Shown in the documentation.", boolean()),
    ]);
    json!({ "anyOf": [text(), table] })
}
