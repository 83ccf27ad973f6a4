//! Stands for `rendering` in a program that was built without the feature `chromium`.

use crate::assets::Map;
use crate::audit::PageReport;
use crate::cli::args::{LayoutArgs, Render};
use crate::cli::exit::Stop;
use crate::engine::{Looked, PageSettings, Plan};
use crate::page::Page;

/// Why a page was not rendered: id, reason, way out.
pub type Unrendered = (&'static str, String, Option<&'static str>);

const WHY: &str = "this storelint was built without Chromium";

/// No browser.
pub struct Rendering;

impl Rendering {
    /// As the arguments say.
    ///
    /// # Errors
    /// Chromium is asked for; exit code 2.
    pub fn new(args: &LayoutArgs, _: bool) -> Result<Rendering, Stop> {
        let asked =
            args.render == Some(Render::Chromium) || args.chromium.is_some() || args.save_rendered.is_some();
        if asked { Err(Stop::usage(WHY.to_string(), None)) } else { Ok(Rendering) }
    }

    /// Whether there is a browser to render with.
    pub fn is_there(&self) -> bool {
        false
    }

    /// # Errors
    /// Always.
    pub fn look<T, F: FnOnce(&Page, &Looked<'_>) -> T>(
        &self,
        _: &Page,
        _: &Plan,
        _: &PageSettings,
        _: Option<&Map>,
        task: F,
    ) -> Result<T, (F, String)> {
        Err((task, WHY.to_string()))
    }

    /// # Errors
    /// Always.
    pub fn audit(
        &self,
        _: &Page,
        _: &Plan,
        _: &PageSettings,
        _: Option<&Map>,
    ) -> Result<PageReport, Unrendered> {
        Err(("chromium/not-found", WHY.to_string(), None))
    }
}
