//! `words/categories.toml` to words by category.

use crate::pack::kinds::known_name;
use crate::pack::model::{Categories, CategoryWords};
use crate::pack::node::{Node, Reader, Table};
use crate::pack::rules::CATEGORIES;
use crate::text::fold::{fold, is_folded};
use smol_str::SmolStr;
use std::borrow::Cow;

/// Reads the table; categories come in the order of their names.
pub fn read(r: &Reader, table: &Table) -> Categories {
    let mut all = Categories::default();
    for (key, node) in table {
        if key.name == "trail" {
            all.trail = r.text(node).map(|name| (name, r.place(&node.range)));
            continue;
        }
        if key.name != "category" {
            r.unknown_key(key, &["category", "trail"], "the file of categories");
            continue;
        }
        for (name, node) in r.table(node).into_iter().flatten() {
            known_name(r, name, CATEGORIES, "category");
            let mut category = CategoryWords { name: name.name.to_string(), ..CategoryWords::default() };
            for (key, node) in r.table(node).into_iter().flatten() {
                match &*key.name {
                    "words" => category.words = folded(r, node),
                    "not" => category.not = folded(r, node),
                    "keys" => category.keys = folded(r, node),
                    _ => r.unknown_key(key, &["words", "not", "keys"], "a category"),
                }
            }
            all.categories.push(category);
        }
    }
    all.categories.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

fn folded(r: &Reader, node: &Node) -> Vec<SmolStr> {
    let folded = |text: &Cow<'static, str>| match text {
        Cow::Borrowed(text) if is_folded(text) => SmolStr::new_static(text),
        text => SmolStr::new(fold(text)),
    };
    r.texts_in(node).into_iter().map(|(text, _)| folded(text)).collect()
}
