//! `storelint compare`: a page beside good ones, part by part.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use serde_json::Value;
use std::path::Path;
use support::run::{Ran, folder, storelint, with_input};
use support::store::{item, listing};

fn site(pages: &[(&str, Vec<u8>)]) -> tempfile::TempDir {
    let files: Vec<(&str, &[u8])> = pages.iter().map(|(name, page)| (*name, page.as_slice())).collect();
    folder(&files)
}

/// Three references, and a page of one's own.
fn beside(own: &str) -> tempfile::TempDir {
    site(&[
        ("own.html", item(own)),
        ("good/a.html", item("gmhrx")),
        ("good/b.html", item("gmhr")),
        ("good/c.html", item("gshrx")),
        ("good/readme.md", b"# hi".to_vec()),
    ])
}

#[test]
fn what_a_page_lacks_and_has_elsewhere() {
    let ran = storelint(beside("hm_gb").path(), &["compare", "own.html", "good"]);
    insta::assert_snapshot!(ran.told());
}

#[test]
fn what_is_suspected_or_hidden_is_not_lacking() {
    let of = |own: &str| storelint(beside(own).path(), &["compare", "own.html", "good"]).stdout;
    for (own, said) in [
        ("gmh?x", "suspected (50 points); on 3 of 3 references"),
        ("gmh-x", "there, but hidden; on 3 of 3 references"),
    ] {
        let told = of(own);
        assert!(!told.contains("reviews  on 3 of 3 references"), "{told}");
        let (_, after) =
            told.split_once("The page may have (suspected, or hidden):").unwrap_or_else(|| panic!("{told}"));
        assert!(after.contains("reviews") && after.contains(said), "{told}");
    }
}

#[test]
fn a_page_like_its_references_has_all() {
    let site = beside("gmhrx");
    let ran = storelint(site.path(), &["compare", "own.html", "good"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.stdout.ends_with("The page has all that most references have, where they have it.\n"),
        "{}",
        ran.told()
    );
    // the page among its references is no reference
    let ran = storelint(site.path(), &["compare", "good/a.html", "good"]);
    assert!(ran.stderr.contains("good/a.html is PAGE itself"), "{}", ran.told());
    assert!(ran.stdout.contains("  2/2  "), "{}", ran.told());
}

#[test]
fn pages_of_our_own() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let ran =
        storelint(&fixtures, &["compare", "item/bad-en.html", "item/good-en.html", "item/good-zh.html"]);
    insta::assert_snapshot!(ran.told());
    let ran = storelint(&fixtures, &["compare", "home/bad-en.html", "home/good-*.html"]);
    insta::assert_snapshot!(ran.told());
}

#[test]
fn programs_get_all_of_it() {
    let site = beside("hm_gb");
    let ran = storelint(site.path(), &["compare", "own.html", "good", "gone.html", "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|e| panic!("{e}: {}", ran.told()));
    assert_eq!(ran.code, 3);
    assert_eq!(report["version"], 1);
    assert_eq!(report["references"].as_array().map(Vec::len), Some(3));
    assert_eq!(report["failed"][0]["id"], "source/not-found");
    assert!(report["lacks"].as_array().is_some_and(|l| l.iter().any(|p| p == "reviews")), "{report}");
    assert!(report["alone"].as_array().is_some_and(|l| l.iter().any(|p| p == "brand-intro")), "{report}");
    let misplaced = report["misplaced"].as_array().expect("sections");
    let named: Vec<_> = misplaced.iter().map(|m| &m["part"]).collect();
    assert_eq!(named, ["materials", "product-gallery"]);
}

#[test]
fn nothing_of_a_page_reaches_the_terminal_raw() {
    let hostile = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hostile/escapes.html");
    let page = std::fs::read(hostile).expect("a page");
    let site = site(&[("own\u{1b}[31m.html", page.clone()), ("a\u{202e}.html", page)]);
    for format in ["human", "json"] {
        let ran =
            storelint(site.path(), &["compare", "own\u{1b}[31m.html", "a\u{202e}.html", "--format", format]);
        for said in [&ran.stdout, &ran.stderr] {
            assert!(!said.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{said:?}");
        }
    }
}

#[test]
fn mistakes_are_answered() {
    let site = beside("gm");
    std::fs::create_dir(site.path().join("empty")).expect("a folder");
    std::fs::write(site.path().join("list.html"), listing()).expect("a page");
    let mut told = String::new();
    let lines: [(&str, i32); 11] = [
        ("compare", 2),
        ("compare own.html", 2),
        ("compare own.html good --format toml", 2),
        ("compare own.html good --page items", 2),
        ("compare good own.html", 2),
        ("compare - -", 2),
        ("compare gone.html good", 3),
        ("compare own.html gone.html", 3),
        ("compare own.html own.html", 4),
        ("compare own.html ./own.html", 4),
        ("compare own.html empty", 4),
    ];
    for (line, code) in lines {
        let args: Vec<&str> = line.split(' ').collect();
        let ran: Ran = storelint(site.path(), &args);
        assert_eq!(ran.code, code, "{line}: {}", ran.told());
        told.push_str(&format!("$ storelint {line}\n{}\n", ran.told()));
    }
    // another kind is said, and compared all the same
    let ran = with_input(site.path(), &["compare", "-", "list.html"], &item("gm"));
    assert!(ran.code == 0 && !ran.stdout.is_empty(), "{}", ran.told());
    told.push_str(&format!("$ storelint compare - list.html\n--- standard error\n{}", ran.stderr));
    insta::assert_snapshot!(told);
}
