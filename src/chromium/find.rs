//! Where Chromium is: named by the user, else on PATH; never downloaded.

use crate::chromium::NoRender;
use std::path::{Path, PathBuf};

/// Names under which Chromium and Chrome are installed, the free one first.
pub const NAMES: [&str; 6] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "headless_shell"];

/// The browser to start.
///
/// # Errors
/// The named program is none, or none of [`NAMES`] is on PATH.
pub fn find(given: Option<&Path>) -> Result<PathBuf, NoRender> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    match given {
        Some(given) => named(given, &path),
        None => on_path(&NAMES, &path)
            .ok_or_else(|| NoRender::NotFound(format!("none of {} is on PATH", NAMES.join(", ")))),
    }
}

/// A word without a folder in it is looked for on PATH, as a shell does.
fn named(given: &Path, path: &std::ffi::OsStr) -> Result<PathBuf, NoRender> {
    let plain = given.parent().is_none_or(|p| p.as_os_str().is_empty());
    if is_program(given) {
        // a program of this folder needs its folder said
        return Ok(if plain { Path::new(".").join(given) } else { given.to_path_buf() });
    }
    let found = given.to_str().filter(|_| plain).and_then(|name| on_path(&[name], path));
    found.ok_or_else(|| NoRender::NotFound(format!("{} is no program", given.display())))
}

fn on_path(names: &[&str], path: &std::ffi::OsStr) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(path).collect();
    names.iter().find_map(|name| folders.iter().map(|f| f.join(name)).find(|p| is_program(p)))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_first_name_wins_and_only_programs_count() {
        let folder = tempfile::tempdir().expect("a folder");
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        for (dir, name, mode) in [(&a, "chromium", 0o644), (&a, "chrome", 0o755), (&b, "chromium", 0o755)] {
            std::fs::create_dir_all(dir).expect("a folder");
            std::fs::write(dir.join(name), "").expect("a file");
            std::fs::set_permissions(dir.join(name), std::fs::Permissions::from_mode(mode)).expect("a mode");
        }
        let path = std::env::join_paths([&a, &b]).expect("a path");
        assert_eq!(on_path(&NAMES, &path), Some(b.join("chromium")));
        assert_eq!(on_path(&["headless_shell"], &path), None);
        assert_eq!(named(Path::new("chrome"), &path), Ok(a.join("chrome")));
        assert_eq!(named(&a.join("chrome"), &path), Ok(a.join("chrome")));
        let wrong = named(&a.join("chromium"), &path).map_err(|e| e.id());
        assert_eq!(wrong, Err("chromium/not-found"));
    }
}
