//! From words on the command line to parsed pages; each page's failure is its own.

use crate::assets::{Assets, Either, Files, Map, Network, Saved, gather};
use crate::audit::Failed;
use crate::cli::args::{GlobalArgs, LayoutArgs};
use crate::cli::crash;
use crate::cli::exit::{Exit, Stop};
use crate::cli::output;
use crate::fetch;
use crate::page::Page;
use crate::show::shown;
use crate::source::{self, Loaded, Source};
use std::ffi::OsStr;
use std::path::Path;

/// A page that is about to be parsed: still to be read, or fetched already.
#[derive(Debug)]
pub enum Ready {
    /// A file or standard input.
    Read(Source),
    /// Fetched.
    Fetched(Loaded),
}

/// What the words mean, in their order; addresses are fetched, a few at a time.
pub fn ready<W: AsRef<OsStr>>(words: &[W], global: &GlobalArgs) -> Vec<Result<Ready, Failed>> {
    let sources = source::collect(words);
    let urls: Vec<url::Url> = sources
        .iter()
        .filter_map(|s| match s {
            Ok(Source::Url(url)) => Some(url.clone()),
            _ => None,
        })
        .collect();
    let mut fetched = fetch::fetch_all(&urls, limits(global)).into_iter();
    let one = |source| match source {
        Ok(Source::Url(_)) => fetched.next().map(|f| f.map(Ready::Fetched)),
        Ok(other) => Some(Ok(Ready::Read(other))),
        Err(failed) => Some(Err(failed)),
    };
    sources.into_iter().filter_map(one).collect()
}

fn limits(global: &GlobalArgs) -> fetch::Limits {
    let default = fetch::Limits::default();
    let total = global.timeout.unwrap_or(default.total);
    fetch::Limits { connect: default.connect.min(total), read: default.read.min(total), total, ..default }
}

/// Reads, decodes and parses one page, and does `task` with it. A panic on the way is a
/// failure of this page alone.
///
/// # Errors
/// Why this page could not be checked.
pub fn with_page<T>(ready: Result<Ready, Failed>, task: impl FnOnce(&Page) -> T) -> Result<T, Failed> {
    let ready = ready?;
    let name = match &ready {
        Ready::Read(source) => source::shown(source),
        Ready::Fetched(loaded) => loaded.source.clone(),
    };
    crash::guarded(|| {
        let loaded = match ready {
            Ready::Read(source) => source::read(&source)?,
            Ready::Fetched(loaded) => loaded,
        };
        let page = Page::load(&loaded)?;
        Ok(task(&page))
    })
    .unwrap_or_else(|said| Err(crashed(&name, &said)))
}

/// The threads that pages are worked on by.
///
/// # Errors
/// The system gives none; exit code 3.
pub fn threads(global: &GlobalArgs) -> Result<rayon::ThreadPool, Stop> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(global.threads.unwrap_or(0))
        .stack_size(crate::limits::THREAD_STACK)
        .build()
        .map_err(|e| Stop::new(Exit::Incomplete, format!("no threads to work with: {e}"), None))
}

/// The map of assets that was asked for.
///
/// # Errors
/// It cannot be read; exit code 2.
pub fn asset_map(args: &LayoutArgs) -> Result<Option<Map>, Stop> {
    let Some(path) = &args.asset_map else { return Ok(None) };
    let said = |why| Stop::usage(format!("--asset-map {}: {why}", shown(&path.to_string_lossy())), None);
    let map = Map::open(path).map_err(said)?;
    if let [first, rest @ ..] = map.junk() {
        let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
        let name = shown(&path.to_string_lossy());
        output::say(&format!("warning: {name}: line {first}{more}: no file behind a tab, passed over\n"));
    }
    Ok(Some(map))
}

/// What a page's look needs: of a page from the web from the web, of a file from its project
/// and the map, of standard input from the map alone.
pub fn assets(page: &Page, map: Option<&Map>, global: &GlobalArgs) -> Assets {
    if let Some(url) = &page.address {
        let mut source = Either(Saved { map, files: None }, Network::new(url, limits(global)));
        return gather(page, Some(url), &mut source);
    }
    if page.source == "-" {
        return gather(page, None, &mut Saved { map, files: None });
    }
    assets_beside(page, Path::new(&page.source), map)
}

/// What the look of a saved page needs, from its project and the map, or the map beside it.
pub fn assets_beside(page: &Page, path: &Path, map: Option<&Map>) -> Assets {
    let own = if map.is_none() { Map::beside(path) } else { None };
    let mut source = Saved { map: map.or(own.as_ref()), files: Files::beside(path) };
    gather(page, Files::address(path).as_ref(), &mut source)
}

fn crashed(source: &str, said: &str) -> Failed {
    let help = "this is a bug of storelint: please report it, with the page if you may";
    source::failed(source, "page/crashed", format!("storelint crashed on this page: {said}"), Some(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fetched(source: &str) -> Result<Ready, Failed> {
        Ok(Ready::Fetched(Loaded {
            source: source.into(),
            bytes: b"<p>page".to_vec(),
            charset: None,
            address: None,
        }))
    }

    #[test]
    fn a_crash_costs_its_own_page_only() {
        crash::install();
        let pages = vec![fetched("a"), fetched("b"), fetched("c")];
        let told: Vec<Result<String, Failed>> = pages
            .into_iter()
            .map(|p| {
                with_page(p, |page| {
                    assert!(page.source != "b", "this page breaks");
                    page.source.clone()
                })
            })
            .collect();
        assert_eq!(told[0].as_deref(), Ok("a"));
        assert_eq!(told[2].as_deref(), Ok("c"));
        let failed = told[1].as_ref().err().map(|f| (f.source.as_str(), f.id.as_str()));
        assert_eq!(failed, Some(("b", "page/crashed")));
    }
}
