//! Saved pages in Chromium: the files that they get, what scripts leave, and what is kept.
#![cfg(all(feature = "chromium", feature = "layout", unix))]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use serde_json::{Value, json};
use support::chromium::browser;
use support::run::{folder, storelint};

const RULE: &str = "first-screen/price";

fn item(head: &str, rest: &str) -> String {
    format!(
        "<!doctype html><html lang=en><meta name=viewport content=width=device-width><title>Wool coat</title>{head}\
         <body><main><h1>Wool coat</h1><div class=photo></div><p class=price id=p>$129.00</p>\
         <button>Add to cart</button></main>{rest}</body></html>"
    )
}

/// The first page of a report on a page in a folder, with one engine.
fn checked(folder: &std::path::Path, page: &str, render: &str, rule: &str) -> Value {
    let args = ["check", page, "--no-config", "--format", "json", "--render", render, "--only", rule];
    let ran = storelint(folder, &args);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.told()));
    report["pages"][0].clone()
}

#[test]
fn both_engines_have_the_same_stylesheets() {
    if browser().is_none() {
        return;
    }
    let head = "<link rel=stylesheet href='../css/s.css'><link rel=stylesheet href='https://cdn.example/t.css?v=1'>\
                <link rel=stylesheet href=print.css media=print>";
    let page = item(head, "");
    let map = "https://cdn.example/t.css\t0.css\n";
    let files: [(&str, &[u8]); 4] = [
        ("items/page.html", page.as_bytes()),
        ("items/page_files/css-map.tsv", map.as_bytes()),
        ("items/page_files/0.css", b"main{display:block;padding-top:7px}"),
        ("css/s.css", b".photo{height:2000px}"),
    ];
    let shop = folder(&files);
    for engine in ["blitz", "chromium"] {
        let page = checked(shop.path(), "items/page.html", engine, RULE);
        assert_eq!(page["geometry"], engine);
        let laid = &page["layouts"][0];
        let sheets = (&laid["stylesheets"], &laid["missing_stylesheets"]);
        assert_eq!(sheets, (&json!(2), &json!([])), "{engine}");
        assert_eq!(page["verdicts"][0]["verdict"], "fail", "{engine}: pushed down");
    }
}
