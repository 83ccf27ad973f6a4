//! Keeps the import table of ARCHITECTURE.md true, and files short.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Folder or file below `src/` by the imports that the table allows it.
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let rows = text.lines().filter(|l| l.starts_with("| ") && !l.starts_with("| folder"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let allowed = cells[2].split_ascii_whitespace().map(str::to_string).collect();
        (cells[0].to_string(), allowed)
    })
    .collect()
}

#[test]
fn imports_run_one_way() {
    let table = table();
    let mut wrong = Vec::new();
    let mut seen: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for path in support::files(&root().join("src"), &[".rs"]) {
        let inside = path.strip_prefix(root().join("src")).expect("below src");
        let first = inside.components().next().map(|c| c.as_os_str().to_string_lossy().into_owned());
        let module = first.unwrap_or_default().trim_end_matches(".rs").to_string();
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        let Some((key, allowed)) = table.get_key_value(&module) else {
            wrong.push(format!("{} is not in the table", inside.display()));
            continue;
        };
        let text = std::fs::read_to_string(&path).expect("source");
        for part in text.split("crate::").skip(1) {
            let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            match allowed.get(&name) {
                Some(used) => {
                    seen.entry(key).or_default().insert(used);
                }
                None if name == module => {}
                None => wrong.push(format!("{} imports {name}", inside.display())),
            }
        }
    }
    for (module, allowed) in &table {
        let used = seen.get(module.as_str()).cloned().unwrap_or_default();
        let idle: Vec<&String> = allowed.iter().filter(|a| !used.contains(a.as_str())).collect();
        if !idle.is_empty() {
            wrong.push(format!("{module} does not import {idle:?}: the table says too much"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_has_no_circle() {
    let table = table();
    // the nouns name the page in their docs and hold its lines; that is no stage
    let mut left: BTreeMap<&str, BTreeSet<&str>> = table
        .iter()
        .map(|(k, v)| {
            (
                k.as_str(),
                v.iter()
                    .map(String::as_str)
                    .filter(|v| !matches!((k.as_str(), *v), ("finding" | "audit", "page")))
                    .collect(),
            )
        })
        .collect();
    while !left.is_empty() {
        let free: Vec<&str> = left.iter().filter(|(_, v)| v.is_empty()).map(|(k, _)| *k).collect();
        assert!(!free.is_empty(), "a circle among {:?}", left.keys().collect::<Vec<_>>());
        for name in free {
            left.remove(name);
            left.values_mut().for_each(|v| {
                v.remove(name);
            });
        }
    }
}

#[test]
fn our_code_is_safe_and_finished() {
    for path in support::files(&root().join("src"), &[".rs"]) {
        let text = std::fs::read_to_string(&path).expect("source");
        for word in ["unsafe ", "todo!(", "unimplemented!(", "dbg!("] {
            assert!(!text.contains(word), "{} holds {word}", path.display());
        }
        let lines = text.lines().count();
        assert!(lines <= 400, "{} has {lines} lines: more than one sitting", path.display());
    }
}
