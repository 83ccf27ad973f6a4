//! `words/categories.toml` to words by category.

use crate::pack::kinds::known_name;
use crate::pack::model::{Categories, CategoryWords};
use crate::pack::node::{Node, Reader, Table};
use crate::pack::rules::CATEGORIES;
use crate::text::fold::fold;
use std::sync::Arc;

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
            let mut category = CategoryWords { name: name.name.clone(), ..CategoryWords::default() };
            for (key, node) in r.table(node).into_iter().flatten() {
                match key.name.as_str() {
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

fn folded(r: &Reader, node: &Node) -> Vec<Arc<str>> {
    r.texts_in(node).into_iter().map(|(text, _)| Arc::from(fold(text))).collect()
}
