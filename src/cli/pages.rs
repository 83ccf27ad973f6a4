//! From words on the command line to parsed pages; each page's failure is its own.

use crate::audit::Failed;
use crate::cli::crash;
use crate::page::Page;
use crate::source::{self, Source};

/// Reads, decodes and parses one source, and does `task` with the page. A panic on the way
/// is a failure of this page alone.
///
/// # Errors
/// Why this page could not be checked.
pub fn with_page<T>(source: Result<Source, Failed>, task: impl FnOnce(&Page) -> T) -> Result<T, Failed> {
    let source = source?;
    let name = source::shown(&source);
    crash::guarded(|| {
        let loaded = source::read(&source)?;
        let page = Page::load(&loaded)?;
        Ok(task(&page))
    })
    .unwrap_or_else(|said| Err(crashed(&name, &said)))
}

fn crashed(source: &str, said: &str) -> Failed {
    let help = "this is a bug of storelint: please report it, with the page if you may";
    source::failed(source, "page/crashed", format!("storelint crashed on this page: {said}"), Some(help))
}
