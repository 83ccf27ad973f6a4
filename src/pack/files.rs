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

/// A file of a pack.
#[derive(Clone, Debug)]
pub struct PackFile {
    /// Path inside the pack.
    pub path: String,
    /// The file.
    pub file: Arc<TomlFile>,
    /// Its tree where that was read beforehand, without its tests: a [`tree::Table`], as postcard
    /// writes it.
    ///
    /// [`tree::Table`]: crate::pack::tree::Table
    pub tree: Option<&'static [u8]>,
}

/// A layer of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackSource {
    /// A built-in pack, by its name after `storelint:`; one of [`PackSource::builtins`].
    Builtin(&'static str),
    /// A folder of that shape.
    Folder(PathBuf),
}

impl PackSource {
    /// The rules of the guides: what a run has where the config says nothing.
    pub const GUIDES: PackSource = PackSource::Builtin("guides");

    /// Names of the built-in packs, after `storelint:`.
    pub fn builtins() -> Vec<&'static str> {
        let further = |(path, ..): &(&'static str, &str, &[u8])| {
            path.strip_prefix("packs/")
                .and_then(|p| p.strip_suffix("/pack.toml"))
                .filter(|p| !p.contains('/'))
        };
        std::iter::once("guides").chain(builtin::FILES.iter().filter_map(further)).collect()
    }

    /// A pack as `extends` names it, relative to a folder.
    ///
    /// # Errors
    /// A `storelint:` pack that does not exist.
    pub fn parse(name: &str, base: &Path) -> Result<PackSource, String> {
        let Some(short) = name.strip_prefix(BUILTIN) else {
            let folder = base.join(name.strip_prefix("./").unwrap_or(name));
            return Ok(PackSource::Folder(
                folder.strip_prefix("./").map(Path::to_path_buf).unwrap_or(folder),
            ));
        };
        let known = Self::builtins();
        known.iter().find(|k| **k == short).map(|k| PackSource::Builtin(k)).ok_or_else(|| {
            let known: Vec<String> = known.iter().map(|k| format!("{BUILTIN}{k}")).collect();
            format!("there is no built-in pack called “{name}”; there is {}", known.join(" and "))
        })
    }

    /// Its files, sorted by path. Built-in rules come with their tests where `tests` is set, a
    /// folder's always.
    ///
    /// # Errors
    /// A folder or file that cannot be read: a sentence with its path and cause.
    pub fn files(&self, tests: bool) -> Result<Vec<PackFile>, String> {
        let name = match self {
            PackSource::Builtin(name) => name,
            PackSource::Folder(folder) => return folder_files(folder),
        };
        let own =
            builtin::FILES.iter().filter_map(|(path, text, tree)| Some((inside(name, path)?, text, tree)));
        let file = |(path, text, tree): (&str, &&'static str, &&'static [u8])| PackFile {
            path: path.to_string(),
            file: Arc::new(TomlFile { path: format!("{BUILTIN}{name}/{path}"), text: (*text).into() }),
            tree: (!tests).then_some(*tree),
        };
        Ok(own.map(file).collect())
    }

    /// The page that a test names, decoded; `path` as written, relative to the rule's file.
    ///
    /// # Errors
    /// No such page inside the pack, or one that cannot be read: a sentence with the cause.
    pub fn page(&self, rule: &str, path: &str) -> Result<String, String> {
        let wanted = inside_pack(rule, path).ok_or("it lies outside the pack")?;
        let bytes = match self {
            PackSource::Builtin(name) => {
                let is_it = |p: &&(&str, &[u8])| self::inside(name, p.0) == Some(wanted.as_str());
                let page = builtin::PAGES.iter().find(is_it);
                page.map(|(_, bytes)| bytes.to_vec()).ok_or("there is no such page in the pack")?
            }
            PackSource::Folder(folder) => page_bytes(folder, &wanted)?,
        };
        if bytes.len() > limits::PAGE_BYTES {
            return Err(format!("it has more than {} MiB", limits::PAGE_BYTES >> 20));
        }
        decode(&bytes, None).map(|page| page.text)
    }
}

/// Path inside a built-in pack of an embedded file; `None` where it belongs to another.
fn inside<'p>(pack: &str, path: &'p str) -> Option<&'p str> {
    match path.strip_prefix("packs/") {
        Some(further) => further.strip_prefix(pack)?.strip_prefix('/'),
        None => (pack == "guides").then_some(path),
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

fn folder_files(folder: &Path) -> Result<Vec<PackFile>, String> {
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
    if found.is_empty() {
        return Err(format!("{shown}: this folder holds no pack: no pack.toml, no rules, parts or words"));
    }
    if found.len() > limits::RULES {
        return Err(format!("{shown}: it holds {} files; at most {} are read", found.len(), limits::RULES));
    }
    let mut files = Vec::new();
    for path in found {
        let inside = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        files.push(PackFile { path: inside, file: read(&path)?, tree: None });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
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
        Ok(text) => Ok(Arc::new(TomlFile { path: shown, text: text.into() })),
        Err(e) => Err(format!("{shown}: is no UTF-8 text: byte {} is wrong", e.utf8_error().valid_up_to())),
    }
}
