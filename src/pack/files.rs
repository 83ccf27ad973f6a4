//! Where the files of a pack come from: embedded, or a folder.

use crate::limits;
use crate::pack::model::TomlFile;
use crate::page::decode::decode;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How names of built-in packs and paths of their files begin.
pub const BUILTIN: &str = "storelint:";

mod builtin {
    include!(concat!(env!("OUT_DIR"), "/builtin_rules.rs"));
}

/// A layer of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackSource {
    /// `storelint:guides`.
    Guides,
    /// A folder of that shape.
    Folder(PathBuf),
}

impl PackSource {
    /// A pack as `extends` names it, relative to a folder.
    ///
    /// # Errors
    /// A `storelint:` pack that does not exist.
    pub fn parse(name: &str, base: &Path) -> Result<PackSource, String> {
        match name.strip_prefix(BUILTIN) {
            Some("guides") => Ok(PackSource::Guides),
            Some(other) => Err(format!(
                "there is no built-in pack called “storelint:{other}”; there is storelint:guides"
            )),
            None => Ok(PackSource::Folder(base.join(name))),
        }
    }

    /// Its files: path inside the pack, and file. Sorted by path.
    ///
    /// # Errors
    /// A folder or file that cannot be read: a sentence with its path and cause.
    pub fn files(&self) -> Result<Vec<(String, Arc<TomlFile>)>, String> {
        match self {
            PackSource::Guides => Ok(builtin::FILES
                .iter()
                .filter(|(path, _)| !path.starts_with("packs/"))
                .map(|(path, text)| {
                    let file =
                        TomlFile { path: format!("storelint:guides/{path}"), text: (*text).to_string() };
                    (path.to_string(), Arc::new(file))
                })
                .collect()),
            PackSource::Folder(folder) => folder_files(folder),
        }
    }

    /// The page that a test names, decoded; `path` as written, relative to the rule's file.
    ///
    /// # Errors
    /// No such page inside the pack, or one that cannot be read: a sentence with the cause.
    pub fn page(&self, rule: &str, path: &str) -> Result<String, String> {
        let inside = inside_pack(rule, path).ok_or("it lies outside the pack")?;
        let bytes = match self {
            PackSource::Guides => {
                let page = builtin::PAGES.iter().find(|(p, _)| *p == inside);
                page.map(|(_, bytes)| bytes.to_vec()).ok_or("there is no such page in the pack")?
            }
            PackSource::Folder(folder) => page_bytes(folder, &inside)?,
        };
        if bytes.len() > limits::PAGE_BYTES {
            return Err(format!("it has more than {} MiB", limits::PAGE_BYTES >> 20));
        }
        decode(&bytes, None).map(|page| page.text)
    }
}

/// Path inside the pack of a file that a rule names relative to itself; `None` where it
/// leaves the pack.
fn inside_pack(rule: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains(['\\', ':', '\0']) {
        return None;
    }
    let mut parts: Vec<&str> = rule.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

fn page_bytes(folder: &Path, inside: &str) -> Result<Vec<u8>, String> {
    let root = folder.canonicalize().map_err(|e| format!("the pack cannot be read: {e}"))?;
    let path = root.join(inside).canonicalize().map_err(|_| "there is no such page in the pack")?;
    // a link may lead anywhere
    if !path.starts_with(&root) {
        return Err("it lies outside the pack".into());
    }
    if !path.is_file() {
        return Err("it is no regular file".into());
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(&path).map_err(|e| format!("it cannot be read: {e}"))?;
    file.take(limits::PAGE_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| format!("it cannot be read: {e}"))?;
    Ok(bytes)
}

fn folder_files(folder: &Path) -> Result<Vec<(String, Arc<TomlFile>)>, String> {
    let shown = folder.display();
    if !folder.is_dir() {
        return Err(format!("{shown}: there is no such folder of rules"));
    }
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(here) = folders.pop() {
        let entries =
            std::fs::read_dir(&here).map_err(|e| format!("{}: cannot be read: {e}", here.display()))?;
        for entry in entries.flatten() {
            let path = entry.path();
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            // links are not followed: a pack holds its own files only
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && !hidden {
                let name = entry.file_name();
                if here != folder || (name != "packs" && name != "fixtures") {
                    folders.push(path);
                }
            } else if kind.is_file() && !hidden && path.extension().is_some_and(|e| e == "toml") {
                found.push(path);
            }
        }
    }
    if found.len() > limits::RULES {
        return Err(format!("{shown}: it holds {} files; at most {} are read", found.len(), limits::RULES));
    }
    let mut files = Vec::new();
    for path in found {
        let inside = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        files.push((inside, read(&path)?));
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(files)
}

/// Reads one file of rules or config.
///
/// # Errors
/// A sentence with the path and the cause.
pub fn read(path: &Path) -> Result<Arc<TomlFile>, String> {
    let shown = path.display().to_string();
    let meta = std::fs::metadata(path).map_err(|e| format!("{shown}: cannot be read: {e}"))?;
    if !meta.is_file() {
        return Err(format!("{shown}: is no regular file"));
    }
    if meta.len() > limits::TOML_BYTES as u64 {
        return Err(format!("{shown}: has {} bytes; at most {} are read", meta.len(), limits::TOML_BYTES));
    }
    let bytes = std::fs::read(path).map_err(|e| format!("{shown}: cannot be read: {e}"))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Arc::new(TomlFile { path: shown, text })),
        Err(e) => Err(format!("{shown}: is no UTF-8 text: byte {} is wrong", e.utf8_error().valid_up_to())),
    }
}
