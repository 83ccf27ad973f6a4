//! Reads a corpus, and refuses what would be counted wrongly.

use super::{CATEGORY, CorpusPage, Half, KIND, Label, PRICE, SECTION_ORDER, Wrong, tsv};
use crate::eval::mapping::{Form, Mapping};
use std::collections::BTreeMap;
use std::path::Path;

const MANIFEST: &str = "manifest.tsv";
const LABELS: &str = "labels.tsv";
const PRICES: &str = "truth-product-extraction.json";

/// Reads the corpus of a folder, in the order of its manifest. Written prices may be absent.
///
/// # Errors
/// A file that is not there or is wrong, with the line.
pub fn read(folder: &Path, disputed: Option<&Path>, mapping: &Mapping) -> Result<Vec<CorpusPage>, Wrong> {
    let mut pages = manifest(folder)?;
    let places: BTreeMap<String, usize> =
        pages.iter().enumerate().map(|(i, p)| (p.file.clone(), i)).collect();
    labels(folder, mapping, &places, &mut pages)?;
    prices(folder, &places, &mut pages)?;
    if let Some(path) = disputed {
        disputes(path, mapping, &places, &mut pages)?;
    }
    Ok(pages)
}

fn wrong(file: &str, line: usize, message: String, help: Option<&str>) -> Wrong {
    Wrong { file: file.to_string(), line: Some(line), message, help: help.map(str::to_string) }
}

fn manifest(folder: &Path) -> Result<Vec<CorpusPage>, Wrong> {
    let help = "name a folder that holds manifest.tsv and labels.tsv (docs/evaluation.md)";
    let text = tsv::text(&folder.join(MANIFEST), MANIFEST, help)?;
    let columns = ["file", "kind", "store_or_template", "product_category", "tier"];
    let mut pages: Vec<CorpusPage> = Vec::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for row in tsv::rows(&text, MANIFEST, &columns)? {
        let [file, kind, store, category, tier] = row.fields[..] else { continue };
        if let Some(first) = seen.insert(file, row.line) {
            let message = format!("{file} stands in line {first} already");
            return Err(wrong(MANIFEST, row.line, message, Some("leave one of them out")));
        }
        pages.push(CorpusPage {
            file: file.to_string(),
            kind: kind.to_string(),
            store: store.to_string(),
            category: category.to_string(),
            tier: tier.to_string(),
            half: Half::of(store),
            labels: BTreeMap::new(),
            prices: Vec::new(),
            disputed: BTreeMap::new(),
        });
    }
    Ok(pages)
}

fn labels(
    folder: &Path,
    mapping: &Mapping,
    places: &BTreeMap<String, usize>,
    pages: &mut [CorpusPage],
) -> Result<(), Wrong> {
    let help = "a corpus without labels has an empty table: file, label, value, evidence";
    let text = tsv::text(&folder.join(LABELS), LABELS, help)?;
    for row in tsv::rows(&text, LABELS, &["file", "label", "value", "evidence"])? {
        let [file, name, value, evidence] = row.fields[..] else { continue };
        let at = place(places, file, LABELS, row.line)?;
        let number = value.parse::<u32>().is_ok();
        let (fits, allowed) = match mapping.labels.get(name).map(|l| l.form()) {
            Some(Form::Count) => (number || value == "unsure", "a whole number or unsure"),
            Some(Form::Flag | Form::Screen) => {
                (matches!(value, "yes" | "no" | "unsure"), "yes, no or unsure")
            }
            None => (true, ""),
        };
        if !fits {
            let message = format!("{name} is “{value}”: it may be {allowed}");
            return Err(wrong(LABELS, row.line, message, None));
        }
        let label = Label { value: value.to_string(), evidence: evidence.to_string() };
        if pages[at].labels.insert(name.to_string(), label).is_some() {
            let message = format!("{name} of {file} stands further up already");
            return Err(wrong(LABELS, row.line, message, Some("leave one of them out")));
        }
    }
    Ok(())
}

fn place(places: &BTreeMap<String, usize>, page: &str, file: &str, line: usize) -> Result<usize, Wrong> {
    let known = places.get(page).copied();
    known.ok_or_else(|| wrong(file, line, format!("{page} is not in {MANIFEST}"), Some("add it there")))
}

fn prices(folder: &Path, places: &BTreeMap<String, usize>, pages: &mut [CorpusPage]) -> Result<(), Wrong> {
    let path = folder.join(PRICES);
    if !path.exists() {
        return Ok(());
    }
    let text = tsv::text(&path, PRICES, "leave it out, or mend it")?;
    let read: Result<BTreeMap<String, BTreeMap<String, serde_json::Value>>, _> = serde_json::from_str(&text);
    let read = read.map_err(|e| {
        let help = "it holds an object a page: {\"page.html\": {\"price\": [\"9.99\"]}}";
        wrong(PRICES, e.line().max(1), e.to_string(), Some(help))
    })?;
    for (page, facts) in read {
        let at = places.get(&page).copied().ok_or_else(|| Wrong {
            file: PRICES.to_string(),
            line: None,
            message: format!("{page} is not in {MANIFEST}"),
            help: Some("add it there".into()),
        })?;
        let written = facts.get("price").and_then(|p| p.as_array()).into_iter().flatten();
        pages[at].prices = written.filter_map(|p| p.as_str()).map(|p| p.trim().to_string()).collect();
    }
    Ok(())
}

fn disputes(
    path: &Path,
    mapping: &Mapping,
    places: &BTreeMap<String, usize>,
    pages: &mut [CorpusPage],
) -> Result<(), Wrong> {
    let name = path.to_string_lossy().into_owned();
    let text = tsv::text(path, &name, "give a table: file, label, reason")?;
    for row in tsv::rows(&text, &name, &["file", "label", "reason"])? {
        let [file, label, reason] = row.fields[..] else { continue };
        let at = place(places, file, &name, row.line)?;
        if !mapping.labels.contains_key(label) && ![KIND, CATEGORY, PRICE, SECTION_ORDER].contains(&label) {
            let message = format!("there is no label “{label}”");
            let help = crate::text::nearest::did_you_mean(label, mapping.labels.keys().map(String::as_str));
            return Err(wrong(&name, row.line, message, help.as_deref()));
        }
        if reason.trim().is_empty() {
            let message = format!("no reason is given for {label} of {file}");
            return Err(wrong(&name, row.line, message, Some("say what the page shows")));
        }
        pages[at].disputed.insert(label.to_string(), reason.to_string());
    }
    Ok(())
}
