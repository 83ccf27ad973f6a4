//! Stylesheets that are missing: which count, how much, and what is said of them.
#![cfg(feature = "layout")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use serde_json::{Value, json};
use support::run::{folder, storelint};

/// A page with these elements in its head, checked with one rule about places.
fn checked(head: &str, files: &[(&str, &str)]) -> Value {
    let page = format!(
        "<!doctype html><html lang=en><meta name=viewport content=width=device-width><title>Wool coat</title>\
         {head}<body class=shop><main class=item><h1 class=name>Wool coat</h1>\
         <p class=price>$129.00</p><button class=buy>Add to cart</button></main></body></html>"
    );
    let all = std::iter::once(("page.html", page.as_bytes()));
    let all: Vec<(&str, &[u8])> = all.chain(files.iter().map(|(n, t)| (*n, t.as_bytes()))).collect();
    let folder = folder(&all);
    let rule = "first-screen/price";
    let ran =
        storelint(folder.path(), &["check", "page.html", "--no-config", "--format", "json", "--only", rule]);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.told()));
    report["pages"][0].clone()
}

#[test]
fn those_for_paper_are_neither_asked_for_nor_missing() {
    let head = "<link rel=stylesheet href=shop.css><link rel=stylesheet href=print.css media=print>\
                <link rel=stylesheet href=gone.css media=PRINT><link rel=stylesheet href=a.css media=speech>\
                <link rel=stylesheet href=b.css media='not all'><style media=print>@import 'c.css';</style>\
                <style>@import 'd.css' print;</style>";
    let page = checked(head, &[("shop.css", "p{margin:0}"), ("print.css", "body{display:none}")]);
    assert_eq!(page["geometry"], "blitz");
    let laid = &page["layouts"][0];
    assert_eq!((laid["stylesheets"].as_u64(), &laid["missing_stylesheets"]), (Some(1), &json!([])));
    assert_eq!(page["verdicts"][0]["verdict"], "pass");
}

#[test]
fn more_are_never_missing_than_were_asked_for() {
    let head = "<link rel=stylesheet href=a.css><link rel=stylesheet href=a.css><link rel=stylesheet href='http://['>\
                <style>@import 'b.css';@import 'b.css';</style>";
    let page = checked(head, &[]);
    assert_eq!(page["geometry"], "none");
    assert_eq!(page["geometry_missing"], json!(["a.css", "b.css", "http://["]));
    let why = page["geometry_reason"].as_str().unwrap_or("");
    assert_eq!(why, "all its 3 stylesheets are missing: a.css, b.css, http://[");
}

#[test]
fn fonts_alone_leave_a_page_measured() {
    for href in [
        "https://fonts.googleapis.com/css2?family=Lato",
        "https://cdn.example/font-awesome/4.7/css/all.min.css",
        "https://use.typekit.net/abc.css",
        "css/themify-icons.css",
    ] {
        let page = checked(&format!("<link rel=stylesheet href='{href}'>"), &[]);
        assert_eq!(page["geometry"], "blitz", "{href}");
        assert_eq!(page["layouts"][0]["missing_stylesheets"], json!([href]));
    }
    let joined = "min/?f=css/font-awesome.css,css/shop.css";
    for href in ["css/shop.css", "css/frontend.css", "css/font-awesome.css,css/shop.css", joined] {
        let page = checked(&format!("<link rel=stylesheet href='{href}'>"), &[]);
        assert_eq!(page["geometry"], "none", "{href}");
    }
}

#[test]
fn style_in_the_page_weighs_by_its_size() {
    let rules = |many: usize, class: &str| {
        let rule = |n: usize| format!(".{class}{n}{{margin-top:{n}px;color:red;padding:1px}}");
        (0..many).map(rule).collect::<String>()
    };
    let own = ".shop,.item,.name,.price,.buy{margin:0}";
    let missing = "<link rel=stylesheet href=shop.css>";
    let large = checked(&format!("{missing}<style>{own}{}</style>", rules(2_000, "x")), &[]);
    assert_eq!(large["geometry"], "blitz", "{}", large["geometry_reason"]);
    let small = checked(&format!("{missing}<style>{own}</style>"), &[]);
    assert_eq!(small["geometry_reason"], "its only stylesheet file is missing: shop.css");
    // what the page has nothing of does not count
    let other = checked(&format!("{missing}<style>{}</style>", rules(2_000, "x")), &[]);
    assert_eq!(other["geometry"], "none");
    let fonts =
        "@font-face{font-family:x;src:url(data:font/woff2;base64,".to_string() + &"A".repeat(90_000) + ")}";
    let fonts = checked(&format!("{missing}<style>{own}{fonts}</style>"), &[]);
    assert_eq!(fonts["geometry"], "none");
}

#[test]
fn what_hangs_in_the_window_is_on_the_first_screen_whatever_is_missing() {
    let bar = "<style>.item{position:fixed;bottom:0;left:0;right:0;height:60px}.name{display:none}p{margin:0}</style>";
    let head = format!(
        "<link rel=stylesheet href=a.css><link rel=stylesheet href=gone.css><link rel=stylesheet href=b.css>\
                        <link rel=stylesheet href=c.css>{bar}"
    );
    let page = checked(&head, &[("a.css", "i{}"), ("b.css", "i{}"), ("c.css", "i{}")]);
    assert_eq!(
        (&page["geometry"], &page["verdicts"][0]["verdict"]),
        (&json!("blitz"), &json!("pass")),
        "{page}"
    );
}
