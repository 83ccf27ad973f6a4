//! Where the config is: in the current folder or the nearest one above it.

use std::path::{Path, PathBuf};

/// Name of the config file.
pub const NAME: &str = "storelint.toml";

/// The nearest config at or above a folder.
pub fn nearest(folder: &Path) -> Option<PathBuf> {
    let whole = folder.canonicalize().ok()?;
    let found = whole.ancestors().map(|f| f.join(NAME)).find(|p| p.is_file())?;
    // shown as the user would write it where it is right here
    if found.parent() == Some(whole.as_path()) { Some(PathBuf::from(NAME)) } else { Some(found) }
}
