//! Boxes of elements: micro pages with exact numbers, and the corpus.
#![cfg(feature = "layout")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use storelint::assets::{Assets, Files, Map, Saved, gather};
use storelint::layout::blitz::Blitz;
use storelint::layout::{Engine, Geometry};
use storelint::page::Page;
use storelint::viewport::Viewport;

fn measured(html: &str) -> (Page, Geometry) {
    let page = Page::from_text("a.html", html);
    let viewport = Viewport::builtin().remove(0);
    let geometry = Blitz::default().measure(&page, &Assets::default(), &viewport).expect("geometry");
    (page, geometry)
}

/// The box of the element with an id: x, y, width, height.
fn of(html: &str, id: &str) -> [f32; 4] {
    let (page, geometry) = measured(html);
    let el = page.dom.iter().find(|e| page.dom.id(*e) == Some(id)).expect("the element");
    let r = geometry.of(el).expect("its box").rect;
    [r.x, r.y, r.width, r.height]
}

#[test]
fn blocks_stand_below_each_other() {
    let html = "<!doctype html><style>body{margin:0}div{height:20px}</style><div></div><div id=b></div>";
    assert_eq!(of(html, "b"), [0.0, 20.0, 1440.0, 20.0]);
}

#[test]
fn corpus_pages_have_boxes() {
    let Some(corpus) = support::shared("corpus") else { return };
    let only = std::env::var("PAGE").unwrap_or_default();
    for path in support::files(&corpus.join("pages"), &[".html"]) {
        if path.to_string_lossy().contains("_files/") || !path.to_string_lossy().contains(&only) {
            continue;
        }
        let bytes = std::fs::read(&path).expect("a page");
        let loaded = storelint::source::Loaded { source: "p".into(), bytes, charset: None, address: None };
        let page = Page::load(&loaded).expect("a page");
        let map = path.with_extension("").to_string_lossy().into_owned() + "_files/css-map.tsv";
        let map = Map::open(std::path::Path::new(&map)).ok();
        let mut source = Saved { map: map.as_ref(), files: Files::beside(&path) };
        let assets = gather(&page, Files::address(&path).as_ref(), &mut source);
        let start = std::time::Instant::now();
        let all = Blitz::default().measure_all(&page, &assets, &Viewport::builtin());
        let time = start.elapsed();
        let said: Vec<String> = all
            .iter()
            .map(|g| match g {
                Ok(g) => format!(
                    "{:.0} seen {}/{} css {}/{} pic {}/{}",
                    g.height,
                    g.boxes.iter().filter(|b| b.unseen.is_none()).count(),
                    g.boxes.len(),
                    g.missing.stylesheets.len(),
                    g.missing.stylesheets_asked,
                    g.missing.pictures,
                    g.missing.pictures_asked
                ),
                Err(e) => e.to_string(),
            })
            .collect();
        println!("{:?} {} {:?}", time, path.file_name().unwrap().to_string_lossy(), said);
    }
}
