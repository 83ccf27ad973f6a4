//! Embeds the built-in packs: every TOML file under `rules/` and every page in a folder
//! `fixtures` of it, by its path.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=rules");
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("rules");
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let rows = |pages: bool| {
        let mut rows = String::new();
        for file in files.iter().filter(|f| is_toml(f) != pages) {
            let path = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
            let full = file.to_string_lossy();
            let how = if pages { "include_bytes" } else { "include_str" };
            let _ = writeln!(rows, "    ({path:?}, {how}!({full:?})),");
        }
        rows
    };
    let code = format!(
        "/// Path inside `rules/` and text of every TOML file.\n\
         pub const FILES: &[(&str, &str)] = &[\n{}];\n\
         /// Path inside `rules/` and bytes of every page that tests name.\n\
         pub const PAGES: &[(&str, &[u8])] = &[\n{}];\n",
        rows(false),
        rows(true)
    );
    let out = PathBuf::from(std::env::var("OUT_DIR").unwrap_or_default()).join("builtin_rules.rs");
    std::fs::write(out, code)
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
