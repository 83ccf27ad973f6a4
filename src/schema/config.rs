//! `storelint.toml`.

use super::json::{Names, boolean, keyed, named, number, one_of, requiring, some, table, text, value};
use super::rule::level;
use super::words;
use crate::pack::files::{BUILTIN, PackSource};
use crate::pack::rules::{CATEGORIES, MARKETS, PAGES};
use serde_json::{Map, Value, json};

pub fn schema(names: &Names) -> Value {
    let builtin: Vec<String> = PackSource::builtins().iter().map(|p| format!("{BUILTIN}{p}")).collect();
    let pack = json!({ "anyOf": [{ "enum": builtin }, { "type": "string", "pattern": "^(?!storelint:)" }] });
    let pages = table(vec![
        (
            "match",
            "Patterns of paths and addresses; the last entry that fits wins, key by key.",
            some(text()),
        ),
        ("page", "Their kind.", one_of(PAGES.iter().copied())),
        ("category", "What is sold.", one_of(CATEGORIES.iter().copied())),
        ("language", "Their language.", text()),
        ("platform", "Their shop platform.", names.platform()),
        ("market", "Their market.", one_of(MARKETS.iter().copied())),
        ("rules", "Levels for these pages.", rules(names, false)),
    ]);
    let ignore = table(vec![
        ("rule", "The rule.", names.rule()),
        ("page", "A pattern; every page where it is left out.", text()),
        ("find", "Only findings about this part.", names.part()),
        ("css", "Only findings in these elements.", text()),
        ("why", "The reason: it must be given.", text()),
        ("until", "After this day the findings count again.", text()),
    ]);
    let list = |item: Value| json!({ "type": "array", "items": item });
    let score = table(vec![
        (
            "fail_under",
            "End with exit code 1 where a page of that kind scores less, 0 to 100.",
            keyed(PAGES.iter().copied(), &number()),
        ),
        ("overall", "Show one score a page.", boolean()),
    ]);
    let check = table(vec![
        (
            "fail_on",
            "Level from which findings make the exit code 1.",
            one_of(["error", "warning", "info", "never"]),
        ),
        ("viewports", "Viewports that are judged.", some(text())),
        ("min_font", "Smallest readable type, CSS pixels.", number()),
        ("reasons", "Whether suppressions in pages need a reason.", boolean()),
        ("locales", "Languages whose words are looked for.", some(text())),
    ]);
    table(vec![
        ("extends", "Packs, built-in ones and folders; later ones win, words add up.", some(pack)),
        ("lang", "Language of messages.", one_of(["en", "zh"])),
        ("market", "Market of the shop.", one_of(MARKETS.iter().copied())),
        (
            "viewports",
            "Viewports beside desktop and mobile: \"820x1180\".",
            named(json!({ "type": "string", "pattern": "^ *[0-9]+ *x *[0-9]+ *$" })),
        ),
        ("pages", "What pages are.", list(requiring(pages, &["match"]))),
        ("rules", "Levels and options of rules.", rules(names, true)),
        ("words", "Words that are added or taken out.", named(words::change())),
        ("ignore", "Findings that are accepted.", list(requiring(ignore, &["rule", "why"]))),
        ("score", "Scores.", score),
        ("check", "How pages are checked.", check),
    ])
}

/// Settings by rule; with the packs' names those of each rule.
fn rules(names: &Names, options: bool) -> Value {
    let settings = |keys: Option<&Vec<String>>| {
        if !options {
            return level();
        }
        let mut own = Map::new();
        own.insert("level".into(), level());
        own.extend(keys.into_iter().flatten().map(|k| (k.clone(), value())));
        let more = if keys.is_some() { json!(false) } else { value() };
        json!({ "anyOf": [level(), { "type": "object", "properties": own, "additionalProperties": more }] })
    };
    if names.rules.is_empty() {
        return named(settings(None));
    }
    let mut properties = Map::new();
    for (id, keys) in &names.rules {
        properties.insert(id.clone(), settings(Some(keys)));
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}
