//! `storelint learn`: what good pages have in common, as a rule that loads and judges.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use serde_json::Value;
use support::run::{Ran, folder, storelint, with_input};
use support::store::{item, listing};

/// Four pages: gallery before the rest, shipping before reviews on all but one.
fn pages() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("good/a.html", item("gmhrx")),
        ("good/b.html", item("gmhxr")),
        ("good/c.html", item("gshrx")),
        ("good/d.html", item("gmrhx")),
        ("good/list.html", listing()),
    ]
}

fn site(pages: &[(&str, Vec<u8>)]) -> tempfile::TempDir {
    let files: Vec<(&str, &[u8])> = pages.iter().map(|(name, page)| (*name, page.as_slice())).collect();
    folder(&files)
}

#[test]
fn what_pages_share_as_a_rule() {
    let site = site(&pages());
    let ran = storelint(site.path(), &["learn", "good", "gone.html", "--share", "0.75"]);
    insta::assert_snapshot!(ran.told());
}

/// The pasted rule loads without a warning, its own tests hold, the references follow it, and
/// pages that differ do not.
#[test]
fn the_rule_judges_pages_when_pasted() {
    let mut all = pages();
    all.push(("swapped.html", item("hgmrx")));
    all.push(("lacks.html", item("gmrx")));
    all.push(("hidden.html", item("gmh-x")));
    all.push(("acme/pack.toml", b"name = \"acme\"\nlanguage = 1\n".to_vec()));
    all.push(("acme/references/none.txt", Vec::new()));
    all.push(("storelint.toml", b"extends = [\"storelint:guides\", \"./acme\"]\n".to_vec()));
    let site = site(&all);
    let run = |args: &[&str]| storelint(site.path(), args);
    let learned = run(&["learn", "good", "-o", "acme/references/sections.toml"]);
    assert_eq!(learned.code, 0, "{}", learned.told());
    assert!(learned.stderr.contains("learned from 4 item pages: 4 shared sections, "), "{}", learned.stderr);
    let checked = run(&["rules", "check", "acme"]);
    assert!(checked.code == 0 && checked.stdout.contains(": no errors, 0 warnings"), "{}", checked.told());
    let tested = run(&["test", "acme"]);
    assert!(tested.code == 0 && tested.stdout.contains(" ok, 0 wrong"), "{}", tested.told());
    assert!(!tested.stdout.contains("incomplete"), "{}", tested.told());
    let only = ["--only", "references/sections", "--format", "json", "--fail-on", "info", "--page", "item"];
    let verdict = |page: &str| -> (i32, String) {
        let ran = run(&[&["check", page], &only[..]].concat());
        let report: Value =
            serde_json::from_str(&ran.stdout).unwrap_or_else(|e| panic!("{e}: {}", ran.told()));
        let verdict = &report["pages"][0]["verdicts"][0];
        let said: Vec<&str> = verdict["findings"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|f| f["message"].as_str())
            .collect();
        (ran.code, said.join(" | "))
    };
    for page in ["good/a.html", "good/b.html", "good/c.html", "good/d.html"] {
        assert_eq!(verdict(page), (0, String::new()), "{page}");
    }
    let told = ["swapped.html", "lacks.html", "hidden.html"].map(|page| {
        let (code, said) = verdict(page);
        assert_eq!(code, 1, "{page}: {said}");
        format!("{page}: {said}")
    });
    insta::assert_snapshot!(told.join("\n"));
    let zh = run(&["check", "swapped.html", "--lang", "zh", "--only", "references", "--page", "item"]);
    assert!(zh.stdout.contains("如参考页面"), "{}", zh.told());
}

#[test]
fn the_order_of_arguments_changes_nothing() {
    let site = site(&pages());
    let of = |names: &[&str]| storelint(site.path(), &[&["learn"], names].concat()).stdout;
    let told = of(&["good/a.html", "good/b.html", "good/c.html", "good/d.html"]);
    assert!(told.contains("[[expect]]"), "{told}");
    assert_eq!(told, of(&["good/d.html", "good/b.html", "good/a.html", "good/c.html"]));
    assert_eq!(told, of(&["good/*.html"]));
    assert_eq!(told, of(&["good", "--threads", "1"]));
}

#[test]
fn what_is_left_out_of_an_order_is_said() {
    let pages = [("a.html", item("gmr")), ("b.html", item("mrg")), ("c.html", item("rgm"))];
    let ran = storelint(site(&pages).path(), &["learn", "*.html", "--share", "60%"]);
    insta::assert_snapshot!(ran.told());
}

#[test]
fn programs_get_all_that_was_counted() {
    let site = site(&pages());
    let ran = storelint(site.path(), &["learn", "good", "gone.html", "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|e| panic!("{e}: {}", ran.told()));
    assert_eq!(ran.code, 3);
    assert_eq!(report["version"], 1);
    assert_eq!(report["min_support"], 3);
    assert_eq!(report["pages"].as_array().map(Vec::len), Some(4));
    assert_eq!(report["left_out"][0]["source"], "good/list.html");
    assert_eq!(report["failed"][0]["id"], "source/not-found");
    assert_eq!(report["sections"][0]["pages"], 4);
    let rule = report["rule"].as_str().expect("the rule");
    assert!(rule.parse::<toml::Table>().is_ok_and(|t| t.contains_key("expect")), "{rule}");
}

#[test]
fn a_page_of_standard_input_and_other_kinds_by_force() {
    let site = site(&pages());
    let ran = with_input(site.path(), &["learn", "-", "good/a.html", "good/b.html"], &item("gmhrx"));
    assert!(ran.code == 0 && ran.stdout.contains("#   -\n"), "{}", ran.told());
    let ran = storelint(site.path(), &["learn", "good", "--page", "item"]);
    assert!(ran.code == 0 && ran.stdout.contains("from 5 item pages"), "{}", ran.told());
}

/// Names of pages are data too.
#[test]
fn nothing_of_a_page_reaches_the_terminal_raw() {
    let site = site(&[("a\u{1b}[31m\u{202e}.html", item("gmhrx")), ("b.html", listing())]);
    let ran = storelint(site.path(), &["learn", "."]);
    assert_eq!(ran.code, 0, "{}", ran.told());
    for said in [&ran.stdout, &ran.stderr] {
        assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said:?}");
    }
    assert!(ran.stdout.contains("a␛[31m\\u{202E}.html"), "{}", ran.stdout);
}

#[test]
fn mistakes_are_answered() {
    let mut all = pages();
    let deep = format!("{}{}", String::from_utf8(item("gmhrx")).expect("text"), "<div>".repeat(600));
    all.push(("deep.html", deep.into_bytes()));
    all.push(("docs/readme.md", b"# hi".to_vec()));
    all.push(("bare.html", item("")));
    all.push(("bare/pack.toml", b"name = \"bare\"\nlanguage = 1\n".to_vec()));
    all.push(("bare.toml", b"extends = [\"./bare\"]\n".to_vec()));
    let site = site(&all);
    let mut told = String::new();
    let lines: [(&str, i32); 15] = [
        ("learn", 2),
        ("learn good --share 0.5", 2),
        ("learn good --share most", 2),
        ("learn good --min-support 0", 2),
        ("learn good --page home", 2),
        ("learn good --format yaml", 2),
        ("learn good --config bare.toml", 2),
        ("learn good -o no/such/folder/rule.toml", 3),
        ("learn gone.html", 3),
        ("learn docs", 4),
        ("learn good/list.html", 4),
        ("learn good/a.html bare.html", 4),
        ("learn good/a.html bare.html gone.html", 3),
        ("learn deep.html", 3),
        ("learn good/a.html deep.html -o rule.toml", 3),
    ];
    for (line, code) in lines {
        let args: Vec<&str> = line.split(' ').collect();
        let ran: Ran = storelint(site.path(), &args);
        assert_eq!(ran.code, code, "{line}: {}", ran.told());
        told.push_str(&format!("$ storelint {line}\n{}\n", ran.told()));
    }
    insta::assert_snapshot!(told);
}
