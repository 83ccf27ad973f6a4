//! Files, folders, globs, `-` and URLs, in the order given; each file once.

use crate::audit::Failed;
use crate::limits;
use crate::source::failed;
use crate::text::nearest::nearest;
use globset::GlobBuilder;
use ignore::WalkBuilder;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use url::Url;

/// One page to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file, by the path as shown.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// A page on the web.
    Url(Url),
}

/// Endings of pages in folders.
const ENDINGS: [&str; 3] = ["html", "htm", "xhtml"];

/// Turns words into sources, in their order. What cannot be one stands in its place.
pub fn collect<W: AsRef<OsStr>>(words: &[W]) -> Vec<Result<Source, Failed>> {
    let mut out = Vec::new();
    let mut seen: HashSet<PathBuf> = HashSet::new();
    let mut stdin = false;
    for given in words {
        // a name that is no UTF-8 is a file's all the same
        let (path, word) = (Path::new(given.as_ref()), given.as_ref().to_string_lossy());
        let word = &*word;
        if word == "-" {
            if stdin {
                out.push(Err(failed(
                    "-",
                    "source/stdin-twice",
                    "standard input can be read once only",
                    Some("name “-” once"),
                )));
            } else {
                out.push(Ok(Source::Stdin));
            }
            stdin = true;
            continue;
        }
        if let Some((scheme, _)) = word.split_once("://") {
            out.push(url(word, scheme));
            continue;
        }
        let mut add = |path: PathBuf, out: &mut Vec<Result<Source, Failed>>| {
            let key = path.canonicalize().unwrap_or_else(|_| path.clone());
            if seen.insert(key) {
                out.push(Ok(Source::File(path)));
            }
        };
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => match pages_below(path, &|_| true) {
                Ok(found) if found.is_empty() => out.push(Err(no_pages(word, "folder"))),
                Ok(found) => found.into_iter().for_each(|p| add(p, &mut out)),
                Err(why) => out.push(Err(failed(word, "source/unreadable", why, None))),
            },
            Ok(_) => add(path.to_path_buf(), &mut out),
            Err(e) => match glob(word) {
                Some(Ok(found)) if found.is_empty() => out.push(Err(no_pages(word, "pattern"))),
                Some(Ok(found)) => found.into_iter().for_each(|p| add(p, &mut out)),
                Some(Err(why)) => out.push(Err(failed(
                    word,
                    "source/bad-glob",
                    why,
                    Some("quote the pattern, and keep it simple"),
                ))),
                None => out.push(Err(missing(word, path, &e))),
            },
        }
    }
    out
}

fn url(word: &str, scheme: &str) -> Result<Source, Failed> {
    if !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") {
        let message = format!("“{scheme}” addresses are not read");
        return Err(failed(
            word,
            "source/scheme",
            message,
            Some("give an http:// or https:// address, a file, or a folder"),
        ));
    }
    match Url::parse(word) {
        Ok(url) if url.host_str().is_some_and(|h| !h.is_empty()) => Ok(Source::Url(url)),
        Ok(_) => Err(failed(word, "source/bad-url", "the address names no host", None)),
        Err(e) => Err(failed(word, "source/bad-url", format!("this is no address: {e}"), None)),
    }
}

/// How a source is called in reports: paths with forward slashes, URLs without user and password.
pub fn shown(source: &Source) -> String {
    match source {
        Source::Stdin => "-".into(),
        Source::File(path) => path.to_string_lossy().replace('\\', "/"),
        Source::Url(url) => {
            let mut url = url.clone();
            // only fails for addresses without a host, which are refused before
            let _ = url.set_username("");
            let _ = url.set_password(None);
            without_secrets(url)
        }
    }
}

/// Names of parameters whose values stay out of reports.
const SECRETS: [&str; 9] =
    ["token", "secret", "password", "passwd", "apikey", "api_key", "signature", "session", "auth"];

/// An address without the values of parameters that are secrets.
fn without_secrets(mut url: Url) -> String {
    let secret = |name: &str| SECRETS.iter().any(|s| name.to_ascii_lowercase().contains(s));
    if !url.query_pairs().any(|(name, _)| secret(&name)) {
        return url.to_string();
    }
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let hidden = pairs.iter().map(|(name, value)| (name, if secret(name) { "hidden" } else { value }));
    url.query_pairs_mut().clear().extend_pairs(hidden);
    url.to_string()
}

fn no_pages(word: &str, what: &str) -> Failed {
    let message = format!("no page in this {what}: looked for .{}", ENDINGS.join(", ."));
    failed(
        word,
        "source/no-pages",
        message,
        Some("files named on the command line are read whatever their ending; .gitignore is honoured"),
    )
}

fn missing(word: &str, path: &Path, error: &std::io::Error) -> Failed {
    if error.kind() != std::io::ErrorKind::NotFound {
        return failed(word, "source/unreadable", format!("cannot be read: {error}"), None);
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let names: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let near = nearest(&name, names.iter().map(String::as_str));
    let help = near
        .map(|n| format!("did you mean “{}”?", folder.join(n).to_string_lossy().trim_start_matches("./")));
    Failed { help, ..failed(word, "source/not-found", "there is no such file or folder", None) }
}

/// Pages below a folder, sorted; hidden files and what .gitignore names left out.
fn pages_below(folder: &Path, keep: &dyn Fn(&Path) -> bool) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut first_error = None;
    for entry in WalkBuilder::new(folder).require_git(false).sort_by_file_path(|a, b| a.cmp(b)).build() {
        match entry {
            Ok(entry) => {
                let page = entry
                    .path()
                    .extension()
                    .is_some_and(|e| ENDINGS.iter().any(|x| e.eq_ignore_ascii_case(x)));
                if page && entry.file_type().is_some_and(|t| t.is_file()) && keep(entry.path()) {
                    found.push(entry.into_path());
                }
            }
            Err(e) if first_error.is_none() => first_error = Some(why(&e)),
            Err(_) => {}
        }
    }
    match first_error {
        Some(e) if found.is_empty() => Err(format!("cannot be read: {e}")),
        _ => Ok(found),
    }
}

/// The cause alone: the place is named beside it.
fn why(error: &ignore::Error) -> String {
    error.io_error().map_or_else(|| error.to_string(), std::string::ToString::to_string)
}

/// Files of a glob; `None` where the word is none.
fn glob(word: &str) -> Option<Result<Vec<PathBuf>, String>> {
    if !word.contains(['*', '?', '[', '{']) {
        return None;
    }
    Some(matching(word))
}

/// Whether a glob is small enough: globset overflows its stack on nested braces.
///
/// # Errors
/// What is too long.
pub fn check_glob(glob: &str) -> Result<(), String> {
    if glob.chars().count() > limits::GLOB_CHARS {
        return Err(format!("the pattern has more than {} characters", limits::GLOB_CHARS));
    }
    if glob.matches('{').count() > limits::GLOB_BRACES {
        return Err(format!("the pattern has more than {} braces", limits::GLOB_BRACES));
    }
    Ok(())
}

fn matching(word: &str) -> Result<Vec<PathBuf>, String> {
    check_glob(word)?;
    let clean = word.strip_prefix("./").unwrap_or(word);
    let glob = GlobBuilder::new(clean)
        .literal_separator(true)
        .build()
        .map_err(|e| format!("the pattern is wrong: {}", e.kind()))?;
    let matcher = glob.compile_matcher();
    // walk from the last folder that holds no wildcard
    let fixed: PathBuf = Path::new(clean)
        .components()
        .take_while(|c| !c.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']))
        .collect();
    let root = if fixed.as_os_str().is_empty() { PathBuf::from(".") } else { fixed };
    if !root.exists() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in
        WalkBuilder::new(&root).require_git(false).sort_by_file_path(|a, b| a.cmp(b)).build().flatten()
    {
        let path = entry.path().strip_prefix("./").unwrap_or(entry.path());
        if entry.file_type().is_some_and(|t| t.is_file()) && matcher.is_match(path) {
            found.push(path.to_path_buf());
        }
    }
    Ok(found)
}
