//! What is asked of the browser for one page, and what it gives.

use crate::layout::Geometry;
use crate::limits;
use crate::page::Page;
use crate::page::dom::El;
use crate::viewport::Viewport;
use std::time::Duration;
use url::Url;

/// A file that a page asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type; empty where only its use tells.
    pub media: &'static str,
}

impl Served {
    /// An empty picture of a size in CSS pixels.
    pub fn picture((width, height): (u32, u32)) -> Served {
        let text =
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"/>");
        Served { bytes: text.into_bytes(), media: "image/svg+xml" }
    }
}

/// What a page that is read from a disk may ask for.
pub trait Supply {
    /// The page's own address: that of a file has a made-up host.
    fn address(&self) -> &Url;
    /// The file behind an address, where there is one that the page may have.
    fn get(&self, url: &Url) -> Option<Served>;
}

/// Where a page lives, which decides what it can reach.
#[derive(Clone, Copy)]
pub enum Home<'a> {
    /// On a disk: it gets these files and nothing of the web.
    Disk(&'a dyn Supply),
    /// On the web, at this address: it gets what the fetcher would get.
    Web(&'a Url),
}

/// How long a page may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Until it rests; then it is taken as it stands.
    pub settle: Duration,
    /// For everything.
    pub page: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { settle: limits::BROWSER_SETTLE, page: limits::BROWSER_PAGE }
    }
}

/// What becomes of a page's scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scripts {
    /// They run.
    Run,
    /// None runs, but the page is read as by a browser that runs them: what `noscript` holds is
    /// not shown.
    Blocked,
    /// The browser has none: what `noscript` holds is shown.
    Off,
}

/// Width and height by address, in CSS pixels.
pub type Stated<'a> = dyn Fn(&Url) -> (u32, u32) + 'a;

/// One page to be laid out.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The page as read; its text is what the browser loads.
    pub page: &'a Page,
    /// Where it lives.
    pub home: Home<'a>,
    /// The viewports, in their order; the page is loaded on the first.
    pub viewports: &'a [Viewport],
    /// Size in CSS pixels of a picture that is not at hand and whose size nothing else tells;
    /// `None` leaves it broken, as on the web.
    pub missing_picture: Option<&'a Stated<'a>>,
    /// How long it may take.
    pub limits: Limits,
}

/// A page after its scripts ran.
#[derive(Debug)]
pub struct Rendered {
    /// The page, from the text that the browser's tree was written as. Its source is that of
    /// the original, its spans count in its own text.
    pub page: Page,
    /// Its boxes, one geometry for each viewport asked for.
    pub geometry: Vec<Geometry>,
    /// By element of [`Rendered::page`]: the element of the original that it surely is.
    pub origins: Vec<Option<El>>,
    /// What a reader of findings should know: limits that were hit, what was refused.
    pub notes: Vec<String>,
}
