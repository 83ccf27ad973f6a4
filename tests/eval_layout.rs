//! `storelint eval layout`: how the built-in engine compares with the machine's Chromium.
#![cfg(all(feature = "chromium", feature = "layout", unix))]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use serde_json::Value;
use std::path::Path;
use support::chromium::browser;
use support::run::{folder, storelint};

#[test]
fn the_fixtures_lie_where_chromium_puts_them() {
    let Some(_) = browser() else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ran = storelint(root, &["eval", "layout", "fixtures", "--fail-under", "97", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stderr, ran.stdout);
    let report: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let pages = report["pages"].as_array().expect("pages");
    assert!(pages.len() >= 24 && pages.iter().all(|p| p["failed"].is_null()), "{}", ran.stdout);
    let totals = report["totals"].as_array().expect("totals");
    assert_eq!(
        totals.iter().map(|t| t["viewport"].as_str()).collect::<Vec<_>>(),
        [Some("desktop"), Some("mobile")]
    );
    assert!(totals.iter().all(|t| t["found"]["elements"].as_u64() > Some(300)), "{}", ran.stdout);
    assert!(totals.iter().all(|t| t["median_ms"]["chromium"].as_f64() > Some(0.0)), "{}", ran.stdout);
}

#[test]
fn maps_and_pictures_count_in_both() {
    let Some(_) = browser() else { return };
    // the map's stylesheet puts the picture, of which nothing tells the size, above the text
    let html = b"<!DOCTYPE html><meta name=viewport content='width=device-width'><link rel=stylesheet href=//cdn.example/x.css>\
        <body><img src=https://cdn.example/none.jpg><p>below</p><b>hidden</b>";
    let css =
        b"body { margin: 0 } img { display: block } p { margin: 0; line-height: 20px } b { display: none }";
    let site = folder(&[
        ("tea.html", html),
        ("tea_files/css-map.tsv", b"//cdn.example/x.css\t00.css\thttps://cdn.example/x.css\n"),
        ("tea_files/00.css", css),
    ]);
    let ran = storelint(site.path(), &["eval", "layout", "tea.html", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let report: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    for page in report["pages"].as_array().expect("pages") {
        let found = &page["found"];
        assert_eq!((&found["elements"], &found["shown"]), (&3.into(), &1.0.into()), "{page}");
        assert_eq!((&found["on_screen"]["both"], &found["off"]["p90"]), (&2.into(), &0.0.into()), "{page}");
    }
}

#[test]
fn pointers_and_closed_details_are_the_same_in_both() {
    let Some(_) = browser() else { return };
    // what hangs out of closed details has a box in Chromium, and is not drawn
    let html = b"<!DOCTYPE html><meta name=viewport content='width=device-width'><style>p { display: none }\
        @media (hover: hover) and (pointer: fine) { .mouse { display: block } }\
        @media (hover: none) and (pointer: coarse) { .finger { display: block } }\
        details div { position: absolute; top: 30px; height: 50px }</style>\
        <p class=mouse>mouse</p><p class=finger>finger</p>\
        <details><summary>more</summary><div><span>price</span><input></div></details>";
    let site = folder(&[("page.html", html)]);
    let ran = storelint(site.path(), &["eval", "layout", "page.html", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let report: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    for page in report["pages"].as_array().expect("pages") {
        let found = &page["found"];
        assert_eq!((&found["elements"], &found["shown"]), (&5.into(), &1.0.into()), "{page}");
        assert_eq!(found["on_screen"]["reference"], 2, "{page}");
    }
}

#[test]
fn what_cannot_be_compared_is_said() {
    let Some(_) = browser() else { return };
    let site = folder(&[("page.html", b"<p>text"), ("empty.html", b"")]);
    let ran = storelint(site.path(), &["eval", "layout", "page.html", "empty.html", "--viewport", "desktop"]);
    assert_eq!(ran.code, 3, "{}", ran.told());
    assert!(ran.stdout.contains("empty.html (desktop): not measured: the page is empty"), "{}", ran.told());
    let ran = storelint(site.path(), &["eval", "layout", "page.html", "--viewport", "watch"]);
    assert_eq!((ran.code, ran.stderr.contains("known are desktop and mobile")), (2, true), "{}", ran.told());
    let ran = storelint(site.path(), &["eval", "layout", "page.html", "--chromium", "/no/such/browser"]);
    assert_eq!((ran.code, ran.stderr.contains("no Chromium was found")), (2, true), "{}", ran.told());
}
