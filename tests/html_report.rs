//! The report to look at: what it says, and that a browser shows it without a word of
//! complaint and without asking anybody for anything.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::path::Path;
use support::run::{folder, storelint};

const ESCAPES: &str = "fixtures/hostile/escapes.html";
const BAD: &str = "fixtures/item/bad-en.html";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn html(args: &[&str]) -> String {
    let mut all = vec!["check", "--no-config", "--today", "2026-11-24", "--format", "html"];
    all.extend(args);
    storelint(root(), &all).stdout
}

/// A report without its style and script, a tag a line: easier to compare.
fn body(html: &str) -> String {
    let mut text = html.to_string();
    for name in ["style", "script"] {
        let (from, to) = (format!("<{name}>"), format!("</{name}>"));
        let a = text.find(&from).expect("there") + from.len();
        let b = a + text[a..].find(&to).expect("closed");
        text.replace_range(a..b, "…");
    }
    let policy = text.find("sha256-").map(|a| (a, a + text[a..].find(";").expect("an end")));
    assert!(policy.is_some(), "the policy names its hashes");
    // which parts there are, and why, is for the tests of parts
    while let Some(a) = text.find("<tr data-part=") {
        let b = a + text[a..].find("</tr>").expect("closed") + "</tr>".len();
        text.replace_range(a..b, "");
    }
    for evidence in ["Told by</dt><dd>", "依据</dt><dd>"] {
        let mut from = 0;
        while let Some(at) = text[from..].find(evidence).map(|at| from + at + evidence.len()) {
            let end = at + text[at..].find("</dd>").expect("closed");
            text.replace_range(at..end, "…");
            from = at;
        }
    }
    let text = text.replace("><", ">\n<");
    text.lines().filter(|l| !l.contains("Content-Security-Policy")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_page_without_layout() {
    insta::assert_snapshot!(body(&html(&[BAD, "--render", "none", "--only", "price,first-screen"])));
}

#[test]
fn several_pages_in_chinese() {
    let report = html(&[
        "fixtures/item/bad-zh.html",
        "fixtures/home/bad-zh.html",
        "fixtures/item/nope.html",
        "--render",
        "none",
        "--lang",
        "zh",
        "--only",
        "navigation,price",
    ]);
    insta::assert_snapshot!(body(&report));
}

/// Text of a page is shown, never obeyed: no tag of it, no control, no direction mark.
#[test]
fn text_of_pages_is_only_text() {
    let page = b"<!DOCTYPE html><html lang=en><title>x</title><main><h1><b>&lt;script>alert(1)&lt;/script></b></h1>\
        <b class='price\"><script>alert(2)</script>'>$1</b><b>$2\xe2\x80\xae</b><button>Buy now</button></main>";
    let folder = folder(&[("\"><img src=x>.html", page)]);
    let file = folder.path().join("\"><img src=x>.html").display().to_string();
    for report in [html(&[&file]), html(&[ESCAPES])] {
        assert_eq!(report.matches("<script").count(), 1, "only our own");
        assert!(!report.contains("<img"), "no picture is loaded");
        let bad = report.chars().find(|c| {
            (c.is_control() && *c != '\n') || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        });
        assert_eq!(bad, None);
    }
}

#[test]
fn the_same_run_makes_the_same_report() {
    let args = [BAD, ESCAPES, "fixtures/home"];
    assert!(html(&args) == html(&args));
}

#[cfg(all(feature = "chromium", unix))]
mod in_chromium {
    use super::*;
    use serde_json::Value;
    use support::cdp::Viewer;

    fn report() -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = folder(&[]);
        let file = folder.path().join("report.html");
        let path = file.display().to_string();
        html(&[BAD, "fixtures/home/bad-zh.html", "-o", &path]);
        (folder, file)
    }

    fn only_itself(viewer: &Viewer) {
        let (asked, said): (Vec<_>, Vec<_>) = viewer.seen.iter().partition(|s| s.starts_with("asks"));
        assert!(said.is_empty(), "{said:?}");
        assert!(asked.len() == 1 && asked[0].ends_with("report.html"), "{asked:?}");
    }

    #[test]
    fn it_opens_filters_and_links() {
        let (_folder, file) = report();
        let Some(mut v) = Viewer::open(&file) else { return };
        let count = "[...document.querySelectorAll('li[data-finding]')].filter(f => !f.hidden).length";
        let all = v.eval(count).as_u64().expect("a number");
        assert!(all > 5, "{all}");
        // by level
        v.click("[name=tone][value=error]");
        let errors =
            "[...document.querySelectorAll('li.finding[data-tone=error]')].filter(f => !f.hidden).length";
        assert_eq!(v.eval(errors), Value::from(0));
        let left = v.eval(count).as_u64().expect("a number");
        assert!(left < all && left > 0, "{left} of {all}");
        assert_eq!(
            v.eval("document.querySelector('#filters output').textContent"),
            Value::from(format!("{left} of {all} findings shown"))
        );
        v.click("#filters button");
        v.eval("new Promise(r => setTimeout(() => r(1), 50))");
        assert_eq!(v.eval(count), Value::from(all));
        // by rule
        let rule = v.eval("document.querySelector('[name=rule]').options[1].value");
        v.eval("document.querySelector('[name=rule]').selectedIndex = 1; document.querySelector('[name=rule]').dispatchEvent(new Event('input', { bubbles: true }))");
        let others = format!(
            "[...document.querySelectorAll('li[data-finding]')].filter(f => !f.hidden && f.dataset.rule !== {rule}).length"
        );
        assert_eq!(v.eval(&others), Value::from(0));
        v.eval("document.querySelector('#filters').reset(); new Promise(r => setTimeout(() => r(1), 50))");
        // a number leads to its mark, a mark to its finding, and both light up
        if cfg!(feature = "layout") {
            v.click("a.chip");
            assert_eq!(v.eval("document.activeElement.matches('a.mark.on')"), Value::from(true));
            let lit = "document.querySelectorAll(`g.mark.on[data-finding=\"${document.activeElement.dataset.finding}\"]`).length";
            assert!(v.eval(lit).as_u64().is_some_and(|n| n > 0), "its outline lights up too");
            v.eval("document.querySelectorAll('a.mark')[1].dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))");
            assert_eq!(v.eval("document.activeElement.matches('li.finding.on')"), Value::from(true));
        }
        // links of the table lead to pages
        let lost = "[...document.querySelectorAll('a[href^=\"#\"]')].filter(a => !document.querySelector(a.getAttribute('href'))).length";
        assert_eq!(v.eval(lost), Value::from(0));
        only_itself(&v);
    }

    #[test]
    fn everything_is_reached_by_keyboard_and_fits_a_phone() {
        let (_folder, file) = report();
        let Some(mut v) = Viewer::open(&file) else { return };
        let size = serde_json::json!({ "width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": true });
        v.call("Emulation.setDeviceMetricsOverride", size);
        assert_eq!(v.eval("document.documentElement.scrollWidth"), Value::from(360));
        // each control has a name, each heading is at most one level below the one before
        let nameless = "[...document.querySelectorAll('input, select, button, a, [tabindex=\"0\"]')].filter(e => \
            !(e.labels?.length || e.textContent.trim() || e.getAttribute('aria-label') || e.getAttribute('aria-labelledby'))).length";
        assert_eq!(v.eval(nameless), Value::from(0));
        // what has a listener of its own stops the tab key, whatever its tabindex says
        v.eval("document.activeElement.blur(); scrollTo(0, 0)");
        let stops = "(() => { const e = document.activeElement; return e.matches('g.mark, g.part'); })()";
        for _ in 0..120 {
            for kind in ["rawKeyDown", "keyUp"] {
                let key = serde_json::json!({ "type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 });
                v.call("Input.dispatchKeyEvent", key);
            }
            assert_eq!(v.eval(stops), Value::from(false));
        }
        let jumps = "[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1]).filter((l, i, a) => i && l > a[i - 1] + 1).length";
        assert_eq!(v.eval(jumps), Value::from(0));
        let twice = "(() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return ids.length - new Set(ids).size; })()";
        assert_eq!(v.eval(twice), Value::from(0), "ids are each one's own");
        only_itself(&v);
    }
}
