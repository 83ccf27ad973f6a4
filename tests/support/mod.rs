//! What several test files share.
#![allow(dead_code)]

#[cfg(all(feature = "chromium", unix))]
pub mod cdp;
#[cfg(all(feature = "chromium", unix))]
pub mod chromium;
pub mod run;
pub mod server;
pub mod store;

use std::path::PathBuf;

/// The folder with the design's shared data, or `None` with a printed message.
pub fn shared(what: &str) -> Option<PathBuf> {
    let root = std::env::var_os("STORELINT_SHARED")
        .map(PathBuf::from)
        .unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    let path = root.join(what);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {} is not here", path.display());
    None
}

/// All files below a folder with one of the endings, sorted.
pub fn files(folder: &std::path::Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if endings.iter().any(|e| path.to_string_lossy().ends_with(e)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
