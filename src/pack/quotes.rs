//! The lines of the guides that rules quote: `rules/guides.toml` holds them, so that a
//! quote can be checked where the guides themselves are not at hand.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static LINES: LazyLock<BTreeMap<String, BTreeMap<u32, Vec<String>>>> = LazyLock::new(|| {
    let mut docs: BTreeMap<String, BTreeMap<u32, Vec<String>>> = BTreeMap::new();
    let Ok(table) = GUIDES.parse::<toml::Table>() else { return docs };
    for (doc, lines) in table {
        for (line, quotes) in lines.as_table().into_iter().flatten() {
            let Ok(line) = line.parse() else { continue };
            let quotes = quotes
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|q| q.as_str().map(str::to_string))
                .collect();
            docs.entry(doc.clone()).or_default().insert(line, quotes);
        }
    }
    docs
});

/// Passages of the guides, by document and line.
const GUIDES: &str = include_str!("guides.toml");

/// Whether the words stand on that line of the document; `None` where the document is not known.
pub fn stands(doc: &str, line: Option<u32>, quote: &str) -> Option<bool> {
    let lines = LINES.get(doc)?;
    let holds = |quotes: &Vec<String>| quotes.iter().any(|q| q.contains(quote));
    Some(match line {
        Some(line) => lines.get(&line).is_some_and(holds),
        None => lines.values().any(holds),
    })
}

/// All passages: document, line, words.
pub fn all() -> impl Iterator<Item = (&'static str, u32, &'static str)> {
    LINES.iter().flat_map(|(doc, lines)| {
        lines
            .iter()
            .flat_map(move |(line, quotes)| quotes.iter().map(move |q| (doc.as_str(), *line, q.as_str())))
    })
}
