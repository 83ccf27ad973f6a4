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

/// Scripts of the page write what they were given into its title.
#[test]
fn a_map_that_was_found_hands_out_nothing_of_other_places() {
    if browser().is_none() {
        return;
    }
    let script = "<script>fetch('x.txt').then(r => r.text(), () => 'nothing').then(t => \
                  { document.getElementById('p').textContent = t.slice(0, 9) })</script>";
    let page = item("", script);
    let map = "x.txt\t/etc/passwd\n";
    let files: [(&str, &[u8]); 3] = [
        ("page.html", page.as_bytes()),
        ("page_files/css-map.tsv", map.as_bytes()),
        ("m.tsv", b"x.txt\tone.txt\n"),
    ];
    let shop = folder(&files);
    std::fs::write(shop.path().join("one.txt"), "own text").expect("a file");
    let saved = |more: &[&str]| {
        let mut args =
            vec!["see", "page.html", "--no-config", "--render", "chromium", "--save-rendered", "out"];
        args.extend(more);
        let ran = storelint(shop.path(), &args);
        assert_eq!(ran.code, 0, "{}", ran.told());
        let kept = std::fs::read_dir(shop.path().join("out")).expect("a folder").next().expect("a page");
        std::fs::read_to_string(kept.expect("a page").path()).expect("text")
    };
    assert!(saved(&[]).contains(">nothing</p>"));
    assert!(saved(&["--asset-map", "m.tsv"]).contains(">own text</p>"), "who names a map means its files");
}

#[test]
fn a_rendered_page_is_no_shell() {
    if browser().is_none() {
        return;
    }
    let html = |script: &str| {
        format!(
            "<!doctype html><html lang=en><title>Wool coat</title><body><div id=root></div>{script}</body></html>"
        )
    };
    let own = html(
        "<script>document.getElementById('root').innerHTML = '<main><h1>Wool coat</h1><p class=price>$129.00</p>\
         <button>Add to cart</button></main>'; /* more than a flag is set here, and more than a counter is loaded */ \
         /* by a script that is as long as those are which build a page, if only by its remarks, or nearly so */</script>",
    );
    let gone = html("<script src=app.js></script>");
    let shop = folder(&[("own.html", own.as_bytes()), ("gone.html", gone.as_bytes())]);
    let needs = |page: &str, render: &str| {
        let page = checked(shop.path(), page, render, "sizing,price,first-screen");
        let needs = page["verdicts"]
            .as_array()
            .expect("verdicts")
            .iter()
            .flat_map(|v| v["needs"].as_array().cloned().unwrap_or_default());
        (needs.filter_map(|n| n.as_str().map(str::to_string)).collect::<Vec<_>>(), page["partial"].clone())
    };
    assert!(needs("own.html", "blitz").0.iter().any(|n| n == "render"));
    let (asked, partial) = needs("own.html", "chromium");
    assert!(!asked.iter().any(|n| n == "render"), "{asked:?}");
    assert_eq!(partial, json!([]));
    let (asked, partial) = needs("gone.html", "chromium");
    assert!(!asked.iter().any(|n| n == "render"), "{asked:?}");
    assert!(partial.to_string().contains("1 script that fills it was not at hand"), "{partial}");
}
