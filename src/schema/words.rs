//! `words/*.toml`, and the word lists of a config.

use super::json::{boolean, count, named, some, table, table_with, text};
use crate::pack::words::LANGS;
use serde_json::{Map, Value, json};

pub fn schema() -> Value {
    let detect =
        table(vec![("detect", "Texts of a page's source that give the platform away.", some(text()))]);
    table(vec![
        ("words", "Word lists by name.", named(list(true, Vec::new()))),
        ("platform", "Shop platforms by name.", named(detect)),
    ])
}

/// A word list as a config changes it.
pub fn change() -> Value {
    list(
        true,
        vec![
            ("remove", "Phrases and tokens that are taken out.", some(text())),
            ("only", "Start from nothing instead of adding.", boolean()),
        ],
    )
}

/// `whole`: with `on`, which holds lists that have none.
fn list(whole: bool, more: Vec<(&'static str, &'static str, Value)>) -> Value {
    let phrases = json!({ "type": ["string", "array"], "items": text() });
    let tags = format!("^(?:{})(?:-[A-Za-z0-9]{{2,8}})*$", LANGS.join("|"));
    let by_language = || {
        let mut map = Map::new();
        map.insert(tags.clone(), phrases.clone());
        map
    };
    let mut keys = vec![
        ("exact", "Phrases that are the whole label, by language.", table_with(Vec::new(), by_language())),
        ("prefix", "Phrases that a label begins with, by language.", table_with(Vec::new(), by_language())),
        ("pattern", "Regular expressions, where phrases cannot do it.", some(text())),
        ("max_chars", "Longest label in characters; 40 where not given.", count()),
        ("not", "Phrases that cancel a hit that they cover.", some(text())),
        ("token", "Sub-words in classes, ids, file names and addresses.", some(text())),
        ("not_token", "Sub-words that cancel a token.", some(text())),
    ];
    keys.extend(more);
    if whole {
        keys.push(("on", "Words for one platform only.", named(list(false, Vec::new()))));
    }
    table_with(keys, by_language())
}
