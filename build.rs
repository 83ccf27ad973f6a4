//! Embeds the built-in packs: every TOML file under `rules/` with its tree, read beforehand and
//! without the tests, which judging a page does not need; every page in a folder `fixtures` of
//! it, by its path; and the literals that each regular expression waits for.

#[allow(dead_code)]
#[path = "src/text/literals.rs"]
mod literals;
#[allow(dead_code)]
#[path = "src/pack/tree.rs"]
mod tree;

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use tree::{Kind, Node, Table};

fn main() -> Result<(), Box<dyn Error>> {
    for path in ["rules", "src/text/literals.rs", "src/pack/tree.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("rules");
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let inside = |file: &Path| file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
    let (mut rules, mut pages) = (String::new(), String::new());
    let mut expressions = BTreeMap::new();
    for (number, file) in files.iter().enumerate() {
        let (path, full) = (inside(file), file.to_string_lossy().to_string());
        if is_toml(file) {
            let embedded = out.join(format!("{number}.tree"));
            let tree = without_tests(&std::fs::read_to_string(file)?);
            note_expressions(&tree, &mut expressions);
            std::fs::write(&embedded, postcard::to_stdvec(&tree)?)?;
            let embedded = embedded.to_string_lossy().to_string();
            let _ = writeln!(rules, "    ({path:?}, include_str!({full:?}), include_bytes!({embedded:?})),");
        } else {
            let _ = writeln!(pages, "    ({path:?}, include_bytes!({full:?})),");
        }
    }
    let code = format!(
        "/// Path inside `rules/` of every TOML file, its text, and its tree without tests.\n\
         pub const FILES: &[(&str, &str, &[u8])] = &[\n{rules}];\n\
         /// Path inside `rules/` and bytes of every page that tests name.\n\
         pub const PAGES: &[(&str, &[u8])] = &[\n{pages}];\n",
    );
    std::fs::write(out.join("builtin_rules.rs"), code)?;
    std::fs::write(out.join("literals"), postcard::to_stdvec(&expressions)?)?;
    Ok(())
}

/// The file's tree without its tests. One with errors is empty: the program's own tests, which
/// read the text, tell of them.
fn without_tests(text: &str) -> Table {
    let (table, errors) = toml::de::DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Table::new();
    }
    let mut tree = tree::table(table.get_ref(), 0);
    tree.retain(|(key, _)| key.name != "test");
    tree
}

/// The literals of every expression: they stand under these keys, as some other texts do.
fn note_expressions(table: &Table, known: &mut BTreeMap<String, Vec<String>>) {
    for (key, value) in table {
        if matches!(&*key.name, "pattern" | "path" | "file" | "is") {
            texts(value).into_iter().for_each(|t| drop(known.insert(t.to_string(), literals::literals(t))));
        }
        tables(value).into_iter().for_each(|t| note_expressions(t, known));
    }
}

fn texts(value: &Node) -> Vec<&str> {
    match &value.kind {
        Kind::Text(text) => vec![text],
        Kind::List(items) => items.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

fn tables(value: &Node) -> Vec<&Table> {
    match &value.kind {
        Kind::Table(table) => vec![table],
        Kind::List(items) => items.iter().flat_map(tables).collect(),
        _ => Vec::new(),
    }
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "toml")
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            collect(&path, files)?;
        } else if is_toml(&path) || path.components().any(|c| c.as_os_str() == "fixtures") {
            files.push(path);
        }
    }
    Ok(())
}
