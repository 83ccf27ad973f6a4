//! `see --picture`: a page with its parts marked, as an SVG file.

use crate::audit::{PartRecord, Picture};
use crate::cli::exit::{Exit, Stop};
use crate::engine::{Looked, pictures};
use crate::report::html::{Lang, alone};
use crate::show::shown;
use crate::text::nearest::did_you_mean;
use crate::viewport::Viewport;

/// The place of a viewport by its name; the first one without.
///
/// # Errors
/// There is none of that name; exit code 2.
pub fn viewport(name: Option<&str>, all: &[Viewport]) -> Result<usize, Stop> {
    let Some(name) = name else { return Ok(0) };
    all.iter().position(|v| v.name == name).ok_or_else(|| {
        let known = || all.iter().map(|v| v.name.as_str());
        let list = format!("known: {}", known().collect::<Vec<_>>().join(", "));
        let help = did_you_mean(name, known()).unwrap_or(list);
        Stop::usage(format!("--viewport: there is no viewport called “{}”", shown(name)), Some(&help))
    })
}

/// The picture of one viewport.
///
/// # Errors
/// There is nothing to draw: the page was not laid out; exit code 3.
pub fn draw(looked: &Looked<'_>, parts: &[PartRecord], viewport: usize, lang: &str) -> Result<String, Stop> {
    let all = pictures::drawn(looked, lang, parts, &[]);
    match all.get(viewport) {
        Some(drawn) if !matches!(drawn.picture, Picture::None(_)) => Ok(alone(drawn, parts, Lang::of(lang))),
        _ => {
            let why = format!("there is no picture: {}", shown(&looked.unlaid));
            Err(Stop::new(Exit::Incomplete, why, None))
        }
    }
}
