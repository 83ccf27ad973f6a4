//! A map from addresses to local files, for pages that were saved with their assets under
//! other names. A line is: address as the page writes it, TAB, file, TAB, address in full;
//! files are named from the map's own folder.

use crate::assets::files::read_within;
use crate::assets::source::Want;
use crate::limits;
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A map that was read.
#[derive(Clone, Debug, Default)]
pub struct Map {
    files: HashMap<String, PathBuf>,
}

impl Map {
    /// Reads a map. Lines without a TAB and those that begin with `#` are passed over.
    ///
    /// # Errors
    /// It cannot be read, is no text, or is too large.
    pub fn open(path: &Path) -> Result<Map, String> {
        let file = File::open(path).map_err(|e| format!("cannot be read: {e}"))?;
        let mut text = String::new();
        let most = limits::ASSET_MAP_BYTES as u64;
        file.take(most + 1).read_to_string(&mut text).map_err(|e| format!("cannot be read: {e}"))?;
        if text.len() > limits::ASSET_MAP_BYTES {
            return Err(format!("has more than {} MiB", limits::ASSET_MAP_BYTES / 1024 / 1024));
        }
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut files = HashMap::new();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut cells = line.split('\t').map(str::trim);
            let (Some(written), Some(file)) = (cells.next(), cells.next()) else { continue };
            if file.is_empty() {
                continue;
            }
            let file = folder.join(file);
            for name in [Some(written), cells.next()].into_iter().flatten().filter(|n| !n.is_empty()) {
                files.entry(name.to_string()).or_insert_with(|| file.clone());
            }
        }
        Ok(Map { files })
    }

    /// The map that lies beside a saved page: `NAME_files/css-map.tsv` for `NAME.html`.
    pub fn beside(page: &Path) -> Option<Map> {
        let mut folder = page.file_stem()?.to_os_string();
        folder.push("_files");
        let path = page.with_file_name(folder).join("css-map.tsv");
        if path.is_file() { Map::open(&path).ok() } else { None }
    }

    /// Every address with its file, by address.
    pub fn pairs(&self) -> Vec<(String, PathBuf)> {
        let mut pairs: Vec<_> = self.files.iter().map(|(a, f)| (a.clone(), f.clone())).collect();
        pairs.sort();
        pairs
    }

    /// Reads what an address is mapped to: as it is written, joined, or joined without scheme
    /// or query.
    pub fn read(&self, want: &Want) -> Option<Vec<u8>> {
        let full = want.url.as_str();
        let bare = full.split_once("://").map_or(full, |(_, rest)| rest);
        let unasked = full.split('?').next().unwrap_or(full);
        let names = [want.written.trim(), full, &format!("//{bare}"), unasked];
        let path = names.iter().find_map(|n| self.files.get(*n))?;
        // the user named the map, and with it what it names
        read_within(path, None, want.kind)
    }
}
