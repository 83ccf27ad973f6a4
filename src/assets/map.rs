//! A map from addresses to local files, for pages that were saved with their assets under
//! other names. A line is: address as the page writes it, TAB, file, TAB, address in full;
//! files are named from the map's own folder.

use crate::assets::files::{Files, read_within};
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
    /// What its files have to lie in; `None` of a map that the user named.
    within: Option<PathBuf>,
    /// Lines without two cells, from 1.
    junk: Vec<usize>,
}

impl Map {
    /// Reads a map. Empty lines and those that begin with `#` say nothing.
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
        Ok(Map::read_text(text.trim_start_matches('\u{FEFF}'), path.parent().unwrap_or(Path::new("."))))
    }

    fn read_text(text: &str, folder: &Path) -> Map {
        let mut map = Map::default();
        for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty())
        {
            let mut cells = line.split('\t').map(str::trim);
            let (Some(written), Some(file)) = (cells.next(), cells.next().filter(|f| !f.is_empty())) else {
                map.junk.push(i + 1);
                continue;
            };
            let file = folder.join(file);
            for name in [Some(written), cells.next()].into_iter().flatten().filter(|n| !n.is_empty()) {
                map.files.entry(name.to_string()).or_insert_with(|| file.clone());
            }
        }
        map
    }

    /// The map that lies beside a saved page: `NAME_files/css-map.tsv` for `NAME.html`. Nobody named
    /// it: it gives files of the page's project only.
    pub fn beside(page: &Path) -> Option<Map> {
        let mut folder = page.file_stem()?.to_os_string();
        folder.push("_files");
        let path = page.with_file_name(folder).join("css-map.tsv");
        let within = Some(Files::beside(page)?.root().to_path_buf());
        if path.is_file() { Some(Map { within, ..Map::open(&path).ok()? }) } else { None }
    }

    /// Every address with its file, by address.
    pub fn pairs(&self) -> Vec<(String, PathBuf)> {
        let inside = |file: &Path| match &self.within {
            Some(root) => file.canonicalize().is_ok_and(|f| f.starts_with(root)),
            None => true,
        };
        let some = self.files.iter().filter(|(_, file)| inside(file));
        let mut pairs: Vec<_> = some.map(|(a, f)| (a.clone(), f.clone())).collect();
        pairs.sort();
        pairs
    }

    /// Lines that name no file for an address, from 1.
    pub fn junk(&self) -> &[usize] {
        &self.junk
    }

    /// Reads what an address is mapped to: as it is written, joined, or joined without scheme
    /// or query.
    pub fn read(&self, want: &Want) -> Option<Vec<u8>> {
        let full = want.url.as_str();
        let bare = full.split_once("://").map_or(full, |(_, rest)| rest);
        let unasked = full.split('?').next().unwrap_or(full);
        let names = [want.written.trim(), full, &format!("//{bare}"), unasked];
        let path = names.iter().find_map(|n| self.files.get(*n))?;
        read_within(path, self.within.as_deref(), want.kind)
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_passed_over_and_junk_is_told() {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("m.tsv");
        std::fs::write(
            &path,
            "\u{FEFF}a.css\tone.css\n# note\n\nno tab\nb.css\t \nc.css\ttwo.css\thttps://x/c.css\n",
        )
        .expect("a file");
        let map = Map::open(&path).expect("a map");
        let names: Vec<String> = map.pairs().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a.css", "c.css", "https://x/c.css"]);
        assert_eq!(map.junk(), [4, 5]);
    }

    #[test]
    fn a_map_that_nobody_named_stays_in_the_project() {
        let home = tempfile::tempdir().expect("a folder");
        let at = |name: &str| home.path().join(name);
        std::fs::create_dir_all(at("shop/.git")).expect("a folder");
        std::fs::create_dir_all(at("shop/page_files")).expect("a folder");
        for name in ["secret", "shop/page.html", "shop/page_files/0.css"] {
            std::fs::write(at(name), "x").expect("a file");
        }
        std::fs::write(at("shop/page_files/css-map.tsv"), "a\t0.css\nb\t../../secret\nc\t/etc/passwd\n")
            .expect("a file");
        let own = Map::beside(&at("shop/page.html")).expect("a map");
        assert_eq!(own.pairs().len(), 1);
        let named = Map::open(&at("shop/page_files/css-map.tsv")).expect("a map");
        assert_eq!(named.pairs().len(), 3, "who names a map means its files");
    }
}
