//! Real pages in a real Chromium: their scripts may do what they like.
#![cfg(all(feature = "chromium", unix))]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::time::{Duration, Instant};
use storelint::chromium::{Folder, Home, Limits, Request};
use storelint::page::Page;
use storelint::source::{self, Source};
use storelint::viewport::Viewport;
use support::chromium::browser;

#[test]
fn real_pages_are_rendered() {
    let Some(corpus) = support::shared("corpus/pages") else { return };
    let Some(browser) = browser() else { return };
    let viewports = Viewport::builtin();
    let mut failed = Vec::new();
    for path in support::files(&corpus, &[".html"]).iter().step_by(60) {
        let name = path.display();
        let loaded = source::read(&Source::File(path.clone())).expect("a page");
        let page = Page::load(&loaded).expect("a page");
        let files = Folder::of(path, &page, &[], None).expect("a folder");
        let limits = Limits { settle: Duration::from_secs(6), page: Duration::from_secs(40) };
        let home = Home::Disk(&files);
        let request = Request {
            page: &page,
            home,
            viewports: &viewports,
            missing_picture: Some(&|_| (600, 600)),
            limits,
        };
        let started = Instant::now();
        let rendered = match browser.render(&request) {
            Ok(rendered) => rendered,
            Err(why) => {
                println!("{name}: {:?}, {why}", started.elapsed());
                failed.push(format!("{name}: {why}"));
                continue;
            }
        };
        println!("{name}: {:?}, {:?}", started.elapsed(), rendered.notes);
        let elements = rendered.page.dom.len();
        assert!(rendered.geometry.iter().all(|g| g.boxes.len() == elements), "{name}");
        let lost = rendered.notes.iter().any(|n| n.contains("cannot be written"));
        assert!(!lost, "{name}: {:?}", rendered.notes);
        // what the source holds is mostly there still, and known again
        let known = rendered.origins.iter().flatten().count();
        assert!(
            known * 2 > page.dom.len().min(elements),
            "{name}: {known} of {elements}, {}",
            page.dom.len()
        );
        let seen = rendered.geometry[0].boxes.iter().filter(|b| b.unseen.is_none()).count();
        let dull = page.dom.len() < 60;
        let told = !rendered.page.partial.is_empty();
        assert!(dull || told || seen > 20, "{name}: {seen} of {elements} elements are seen");
    }
    assert!(failed.is_empty(), "{failed:?}");
}
