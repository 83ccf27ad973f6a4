//! The machine's Chromium, and pages to show it.
#![allow(dead_code)]

use std::path::Path;
use std::time::Duration;
use storelint::chromium::{Browser, Folder, Home, Limits, NoRender, Options, Rendered, Request};
use storelint::layout::{Boxed, Geometry};
use storelint::page::Page;
use storelint::page::dom::El;
use storelint::viewport::Viewport;

/// A browser, or `None` with a printed message. In CI its absence is a failure.
pub fn browser() -> Option<Browser> {
    match Browser::launch(&Options::default()) {
        Ok(browser) => Some(browser),
        Err(NoRender::NotFound(why)) => {
            assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "CI needs Chromium: {why}");
            println!("skipped: {why}");
            None
        }
        Err(other) => panic!("{other}"),
    }
}

/// A page of a folder, rendered on both viewports.
pub fn render(browser: &Browser, folder: &Path, html: &str) -> Result<Rendered, NoRender> {
    with(folder, html, |request| browser.render(request))
}

/// A page of a folder as it is, on both viewports.
pub fn measure(browser: &Browser, folder: &Path, html: &str) -> Result<(Page, Vec<Geometry>), NoRender> {
    let measured = with(folder, html, |request| browser.measure(request, false));
    measured.map(|g| (Page::from_text("page.html", html), g))
}

/// A page that claims to live at an address, rendered on a desktop.
pub fn render_at(browser: &Browser, url: &str, html: &str) -> Result<Rendered, NoRender> {
    let page = Page::from_text(url, html);
    let url = url::Url::parse(url).expect("an address");
    let viewports = &Viewport::builtin()[..1];
    let home = Home::Web(&url);
    browser.render(&Request { page: &page, home, viewports, missing_picture: None, limits: QUICK })
}

/// Limits for pages that never end by themselves.
const QUICK: Limits = Limits { settle: Duration::from_secs(3), page: Duration::from_secs(20) };

fn with<T>(folder: &Path, html: &str, task: impl FnOnce(&Request<'_>) -> T) -> T {
    let page = Page::from_text("page.html", html);
    let files = Folder::of(&folder.join("page.html"), &page, &[], None).expect("a folder");
    let viewports = Viewport::builtin();
    let request = Request {
        page: &page,
        home: Home::Disk(&files),
        viewports: &viewports,
        missing_picture: Some(&|_| (600, 400)),
        limits: QUICK,
    };
    task(&request)
}

/// The element of an id.
pub fn by_id(page: &Page, id: &str) -> El {
    page.dom.iter().find(|el| page.dom.id(*el) == Some(id)).unwrap_or_else(|| panic!("no #{id}"))
}

/// The box of an id on a viewport.
pub fn boxed(page: &Page, geometry: &[Geometry], viewport: usize, id: &str) -> Boxed {
    *geometry[viewport].of(by_id(page, id)).expect("a box")
}

/// Left, top, width, height, rounded.
pub fn sides(boxed: &Boxed) -> [i32; 4] {
    let r = boxed.rect;
    [r.x, r.y, r.width, r.height].map(|v| v.round() as i32)
}

/// Command lines of living processes that have a folder among their arguments, or in their
/// environment.
pub fn processes(folder: &str) -> Vec<String> {
    let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    // the dead have neither
    let read = |p: &Path, what: &str| {
        let bytes = std::fs::read(p.join(what)).unwrap_or_default();
        String::from_utf8_lossy(&bytes).replace('\0', " ")
    };
    let lines = all.map(|p| (read(&p.path(), "cmdline"), read(&p.path(), "environ")));
    lines
        .filter(|(line, around)| line.contains(folder) || around.contains(folder))
        .map(|(line, _)| line)
        .collect()
}
