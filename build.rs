//! Embeds the built-in packs: every TOML file under `rules/`, with and without its tests, and
//! every page in a folder `fixtures` of it, by its path.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=rules");
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("rules");
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let out = PathBuf::from(std::env::var("OUT_DIR").unwrap_or_default());
    let inside = |file: &Path| file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
    let (mut rules, mut pages) = (String::new(), String::new());
    for (number, file) in files.iter().enumerate() {
        let (path, full) = (inside(file), file.to_string_lossy().to_string());
        if is_toml(file) {
            let lean = out.join(format!("{number}.toml"));
            std::fs::write(&lean, without_tests(&std::fs::read_to_string(file)?))?;
            let lean = lean.to_string_lossy().to_string();
            let _ = writeln!(rules, "    ({path:?}, include_str!({full:?}), include_str!({lean:?})),");
        } else {
            let _ = writeln!(pages, "    ({path:?}, include_bytes!({full:?})),");
        }
    }
    let code = format!(
        "/// Path inside `rules/` of every TOML file, its text, and its text without tests.\n\
         pub const FILES: &[(&str, &str, &str)] = &[\n{rules}];\n\
         /// Path inside `rules/` and bytes of every page that tests name.\n\
         pub const PAGES: &[(&str, &[u8])] = &[\n{pages}];\n",
    );
    std::fs::write(out.join("builtin_rules.rs"), code)
}

/// The text without the tables of tests, whose lines are left empty: checking a page needs no
/// tests, and starts quicker without them.
fn without_tests(text: &str) -> String {
    let mut test = false;
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        if line.starts_with('[') {
            test = line.trim_start_matches('[').starts_with("test");
        }
        out.push_str(if test { "" } else { line });
        out.push('\n');
    }
    out
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
