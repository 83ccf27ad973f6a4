//! Assets beside a page that is a file. Nothing above the page's project is read, whatever an
//! address says, and nothing but regular files.

use crate::assets::data_url::percent;
use crate::assets::source::{Kind, Want};
use crate::limits;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use url::Url;

/// Folders above a page's own that count as its project where nothing else tells.
const ABOVE: usize = 2;

/// Files of a page's project.
#[derive(Clone, Debug)]
pub struct Files {
    /// The page's folder, in full.
    folder: PathBuf,
    /// The topmost folder that is read.
    root: PathBuf,
}

impl Files {
    /// Beside a page; `None` where its folder cannot be found.
    pub fn beside(page: &Path) -> Option<Files> {
        let folder = page.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.canonicalize().ok()?;
        let root = root(&folder);
        Some(Files { folder, root })
    }

    /// The topmost folder that is read.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The page's address as a file.
    pub fn address(page: &Path) -> Option<Url> {
        Url::from_file_path(page.canonicalize().ok()?).ok()
    }

    /// Reads an asset.
    pub fn read(&self, want: &Want) -> Option<Vec<u8>> {
        if want.url.scheme() != "file" || want.url.host_str().is_some_and(|h| !h.is_empty()) {
            return None;
        }
        // "/css/shop.css" is below the folder that the site is served from, which may be any here
        let absolute = want.written.trim().starts_with('/');
        let path = want.url.path();
        let direct = if absolute { None } else { want.url.to_file_path().ok() };
        let served = self.folder.ancestors().take_while(|a| absolute && a.starts_with(&self.root));
        let below: Vec<PathBuf> = served.filter_map(|a| Some(a.join(relative(path)?))).collect();
        direct.into_iter().chain(below).find_map(|p| read_within(&p, Some(&self.root), want.kind))
    }
}

/// The path of an address without its first slash, percent escapes read.
fn relative(path: &str) -> Option<PathBuf> {
    let text = String::from_utf8(percent(path.trim_start_matches('/'))).ok()?;
    Some(PathBuf::from(text))
}

/// The folder that a page's project is in: the working folder where the page is below it, else
/// the repository that holds the page, else two folders up, but never the top of the file
/// system.
fn root(folder: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(|d| d.canonicalize()).ok();
    let deep = |path: &Path| path.components().count() > 2;
    if let Some(here) = here.filter(|h| folder.starts_with(h) && deep(h)) {
        return here;
    }
    if let Some(repository) = folder.ancestors().find(|a| deep(a) && a.join(".git").exists()) {
        return repository.to_path_buf();
    }
    folder.ancestors().take(ABOVE + 1).filter(|a| deep(a)).last().unwrap_or(folder).to_path_buf()
}

/// Reads a regular file within a folder, links followed first.
pub fn read_within(path: &Path, root: Option<&Path>, kind: Kind) -> Option<Vec<u8>> {
    let path = path.canonicalize().ok()?;
    if root.is_some_and(|root| !path.starts_with(root)) {
        return None;
    }
    // a pipe or a device could make the run hang
    if !std::fs::metadata(&path).ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    File::open(&path).ok()?.take(most(kind) as u64).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Bytes read of one asset.
pub fn most(kind: Kind) -> usize {
    match kind {
        Kind::Sheet => limits::SHEET_BYTES,
        Kind::Picture => limits::PICTURE_HEAD_BYTES,
        Kind::Font => limits::FONT_BYTES,
    }
}
