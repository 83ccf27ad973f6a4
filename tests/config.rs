//! What storelint.toml and directives in the page change: levels, options, words, pages,
//! accepted findings, scores.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use serde_json::Value;
use support::run::{Ran, folder, storelint};

/// An item page without a price and with three sections out of order.
const PAGE: &str = "<!DOCTYPE html><html lang=en><title>Tea</title><main><h1>Tea</h1>\n\
    <p>Log in</p>\n<p class=deal>Harvest deal</p></main>";

/// Checks one page under a config; `more` are further arguments.
fn check(config: &str, page: &str, more: &[&str]) -> Ran {
    let folder = folder(&[("storelint.toml", config.as_bytes()), ("shop/item.html", page.as_bytes())]);
    let mut args = vec!["check", "shop/item.html", "--today", "2026-11-24"];
    args.extend(more);
    storelint(folder.path(), &args)
}

fn json(config: &str, page: &str, more: &[&str]) -> Value {
    let mut args = vec!["--format", "json"];
    args.extend(more);
    let ran = check(config, page, &args);
    serde_json::from_str(&ran.stdout).unwrap_or_else(|e| panic!("{e}: {}", ran.told()))
}

/// The verdict, level and number of findings of a rule.
fn verdict(report: &Value, rule: &str) -> (String, String, usize) {
    let verdicts = report["pages"][0]["verdicts"].as_array().expect("verdicts");
    let v = verdicts.iter().find(|v| v["rule"] == rule).unwrap_or_else(|| panic!("{rule} ran"));
    let text = |key: &str| v[key].as_str().unwrap_or("").to_string();
    (text("verdict"), text("level"), v["findings"].as_array().map_or(0, Vec::len))
}

fn ran(report: &Value, rule: &str) -> bool {
    report["pages"][0]["verdicts"].as_array().expect("verdicts").iter().any(|v| v["rule"] == rule)
}

const PRICE: &[&str] = &["--only", "price/visible", "--page", "item"];

#[test]
fn levels_come_from_the_config() {
    let of = |level: &str| format!("[rules]\n\"price/visible\" = \"{level}\"\n");
    assert_eq!(check("", PAGE, PRICE).code, 1);
    assert_eq!(check(&of("warning"), PAGE, PRICE).code, 0);
    assert_eq!(verdict(&json(&of("info"), PAGE, PRICE), "price/visible").1, "info");
    let off = check(&of("off"), PAGE, PRICE);
    assert_eq!(off.code, 4, "no rule applies: {}", off.told());
    assert_eq!(
        check("[check]\nfail_on = \"warning\"\n[rules]\n\"price/visible\" = \"warning\"\n", PAGE, PRICE).code,
        1
    );
    let flag = [PRICE, &["--fail-on", "never"]].concat();
    assert_eq!(check("", PAGE, &flag).code, 0, "the flag beats the config");
}

#[test]
fn options_come_from_the_config() {
    let page = "<html lang=en><main><section><h2>Collections</h2><a href=/c/4>D</a><a href=/c/5>E</a><a href=/c/6>F</a></section></main>";
    let args = ["--only", "navigation/category-modules", "--page", "home"];
    assert_eq!(check("", page, &args).code, 1);
    assert_eq!(check("[rules.\"navigation/category-modules\"]\nmin-modules = 1\n", page, &args).code, 0);
}

#[test]
fn words_are_added_taken_out_and_replaced() {
    let found = |config: &str| {
        let report = json(config, PAGE, &["--page", "item"]);
        let parts = report["pages"][0]["parts"].as_array().expect("parts");
        parts.iter().any(|p| p["part"] == "promotions" && p["status"] == "found")
    };
    assert!(!found(""));
    assert!(found("[words.promotions]\nen = [\"harvest deal\"]\n"));
    assert!(found("[words.promotions]\nonly = true\nen = [\"harvest deal\"]\n"));
    let page = "<main><p>Buy one get one</p></main>";
    let found = |config: &str| {
        let report = json(config, page, &["--page", "item"]);
        let parts = report["pages"][0]["parts"].as_array().expect("parts");
        parts.iter().any(|p| p["part"] == "promotions")
    };
    assert!(found(""));
    assert!(!found("[words.promotions]\nonly = true\nen = [\"harvest deal\"]\n"));
    assert!(!found("[words.promotions]\nremove = [\"buy one get one\"]\n"), "what is taken out hits no more");
}

#[test]
fn pages_are_told_what_they_are() {
    let config = "[[pages]]\nmatch = \"shop/*.html\"\npage = \"home\"\ncategory = \"food\"\n\
        [[pages]]\nmatch = [\"**/item.html\"]\npage = \"item\"\nrules.\"price/visible\" = \"warning\"\n";
    let report = json(config, PAGE, &[]);
    let page = &report["pages"][0];
    assert_eq!(
        (page["page"].as_str(), page["category"].as_str()),
        (Some("item"), Some("food")),
        "the last match wins, key by key"
    );
    assert!(page["page_reason"].as_str().is_some_and(|r| r.contains("storelint.toml")), "{page}");
    assert_eq!(verdict(&report, "price/visible").1, "warning");
    let flag = json(config, PAGE, &["--page", "listing"]);
    assert_eq!(flag["pages"][0]["page"], "listing", "a flag beats the config");
    let meta = PAGE.replace("<title>", "<meta name=storelint content='page=topic category=shoes'><title>");
    let said = json("", &meta, &[]);
    let page = &said["pages"][0];
    assert_eq!((page["page"].as_str(), page["category"].as_str()), (Some("topic"), Some("shoes")));
    assert_eq!(json(config, &meta, &[])["pages"][0]["page"], "item", "the config beats the page");
}

#[test]
fn findings_are_accepted_until_a_day() {
    let config = |until: &str| {
        format!(
            "[[ignore]]\nrule = \"price/visible\"\npage = \"shop/*\"\nwhy = \"shown in the app\"\nuntil = {until}\n"
        )
    };
    let accepted = check(&config("2026-12-31"), PAGE, PRICE);
    assert_eq!(accepted.code, 0, "{}", accepted.told());
    assert!(accepted.stdout.contains("1 suppressed"), "{}", accepted.told());
    let report = json(&config("2026-12-31"), PAGE, PRICE);
    let finding = &report["pages"][0]["verdicts"][0]["findings"][0];
    assert_eq!(
        (finding["suppressed"]["by"].as_str(), finding["suppressed"]["why"].as_str()),
        (Some("config"), Some("shown in the app"))
    );
    assert_eq!(report["pages"][0]["verdicts"][0]["verdict"], "fail", "accepted is a state of a fail");
    let last_day = check(&config("2026-11-24"), PAGE, PRICE);
    assert_eq!(last_day.code, 0, "the day itself counts: {}", last_day.told());
    let expired = check(&config("2026-11-23"), PAGE, PRICE);
    assert_eq!(expired.code, 1, "{}", expired.told());
    assert!(
        expired.stderr.contains("2026-11-23") && expired.stderr.contains("storelint.toml"),
        "{}",
        expired.told()
    );
    let other =
        check("[[ignore]]\nrule = \"price/visible\"\npage = \"elsewhere/*\"\nwhy = \"w\"\n", PAGE, PRICE);
    assert_eq!(other.code, 1, "another page: {}", other.told());
    let part = check("[[ignore]]\nrule = \"price/visible\"\nfind = \"reviews\"\nwhy = \"w\"\n", PAGE, PRICE);
    assert_eq!(part.code, 1, "another part: {}", part.told());
    let css = check("[[ignore]]\nrule = \"price/visible\"\ncss = \"footer\"\nwhy = \"w\"\n", PAGE, PRICE);
    assert_eq!(css.code, 1, "another place: {}", css.told());
}

#[test]
fn the_page_accepts_findings_with_a_reason() {
    let off = |directive: &str| check("", &format!("{directive}{PAGE}"), PRICE);
    let page = off("<!-- storelint-off-page price/visible: shown in the app -->");
    assert_eq!(page.code, 0, "{}", page.told());
    assert!(page.stdout.contains("1 suppressed"), "{}", page.told());
    let no_reason = off("<!-- storelint-off-page price/visible -->");
    assert_eq!(no_reason.code, 1, "{}", no_reason.told());
    assert!(no_reason.stdout.contains("storelint/off-why"), "{}", no_reason.told());
    let relaxed = check(
        "[check]\nreasons = false\n",
        &format!("<!-- storelint-off-page price/visible -->{PAGE}"),
        PRICE,
    );
    assert_eq!(relaxed.code, 0, "{}", relaxed.told());
    let no_rule = off("<!-- storelint-off-page -->");
    assert!(no_rule.code == 1 && no_rule.stdout.contains("storelint/off-what"), "{}", no_rule.told());
    let unknown = off("<!-- storelint-off-page price/visibel: x -->");
    assert!(unknown.stdout.contains("did you mean “price/visible”?"), "{}", unknown.told());
    let range = off("<!-- storelint-off price/visible: x -->");
    assert_eq!(range.code, 1, "what is missing needs off-page: {}", range.told());
}

#[test]
fn a_range_accepts_what_lies_in_it() {
    let page = |before: &str, after: &str| {
        format!(
            "<html lang=en><main><h1>Tea</h1>{before}<p><b class=price>$199</b> <s>$129</s></p>{after}<i>x</i></main>"
        )
    };
    let told = |before: &str, after: &str| {
        check(
            "",
            &page(before, after),
            &["--only", "price/consistent", "--page", "item", "--fail-on", "info"],
        )
    };
    assert_eq!(told("", "").code, 1);
    for (before, after) in [
        ("<!-- storelint-off price/consistent: r -->", "<!-- storelint-on price/consistent -->"),
        ("<!-- storelint-off price/consistent: r -->", ""),
        ("<!-- storelint-off-next price/consistent: r -->", ""),
        ("<!-- storelint-off-page price/consistent, price/visible: r -->", ""),
    ] {
        let ran = told(before, after);
        assert_eq!(ran.code, 0, "{before}: {}", ran.told());
    }
    let switched_on =
        told("<!-- storelint-off price/consistent: r --><!-- storelint-on price/consistent -->", "");
    assert_eq!(switched_on.code, 1, "{}", switched_on.told());
    let attribute =
        page("", "").replace("<p>", "<p data-storelint-off=\"price/consistent\" data-storelint-why=\"r\">");
    let args = ["--only", "price/consistent", "--page", "item", "--fail-on", "info"];
    assert_eq!(check("", &attribute, &args).code, 0);
    let unused = page("", "").replace("$199", "$99");
    let unused = unused.replace("<p>", "<!-- storelint-off-next price/consistent: r --><p>");
    let ran = check("", &unused, &args);
    assert!(ran.stdout.contains("storelint/unused-off"), "{}", ran.told());
}

#[test]
fn scores_may_fail_a_run() {
    let config = |least: u32| {
        format!(
            "[score]\nfail_under = {{ item = {least} }}\noverall = true\n[rules]\n\"price/visible\" = \"info\"\n"
        )
    };
    let low = check(&config(80), PAGE, PRICE);
    assert_eq!(low.code, 1, "{}", low.told());
    assert!(
        low.stdout.contains("storelint/low-score") && low.stdout.contains("storelint.toml:2"),
        "{}",
        low.told()
    );
    assert_eq!(check(&config(0), PAGE, PRICE).code, 0);
}

#[test]
fn strict_counts_what_is_unsure() {
    let page = "<html lang=en><link rel=stylesheet href=a.css><main><img src=a.jpg height=600><h1>Tea</h1><b class=price>$5</b></main>";
    let args = ["--only", "first-screen/price", "--page", "item"];
    let ran = check("", page, &args);
    assert_eq!(ran.code, 0, "{}", ran.told());
    assert!(ran.stdout.contains("1 unsure") && ran.stdout.contains("layout"), "{}", ran.told());
    assert_eq!(check("", page, &["--only", "first-screen/price", "--page", "item", "--strict"]).code, 1);
}

#[test]
fn viewports_are_chosen_and_added() {
    let page = "<html lang=en><meta name=viewport content='width=device-width'><main><h1>Tea</h1><b class=price style='position:absolute;top:1000px'>$5</b></main>";
    let args = ["--only", "first-screen/price", "--page", "item"];
    let report = json("", page, &args);
    assert_eq!(verdict(&report, "first-screen/price").0, "fail");
    let tall = "[viewports]\ntall = \"600x1600\"\n[check]\nviewports = [\"tall\"]\n";
    assert_eq!(verdict(&json(tall, page, &args), "first-screen/price").0, "pass");
    let both = "[viewports]\ntall = \"600x1600\"\n[check]\nviewports = [\"tall\", \"mobile\"]\n";
    let report = json(both, page, &args);
    assert_eq!(
        report["pages"][0]["verdicts"][0]["findings"][0]["viewport"], "mobile",
        "the worst counts and is named"
    );
}

#[test]
fn packs_stand_on_each_other() {
    let pack: &[(&str, &[u8])] = &[
        ("storelint.toml", b"extends = [\"storelint:guides\", \"./acme\"]\n"),
        ("acme/pack.toml", b"name = \"acme\"\nlanguage = 1\n"),
        ("acme/words/more.toml", "[words.buy-button]\nexact.en = [\"grab it\"]\n".as_bytes()),
        ("acme/price/visible.toml", b"extends = \"sizing/size-chart\"\ntitle = \"x\"\nwhen = { page = \"item\" }\n[[expect]]\nfind = \"buy-button\"\n[test.pass]\n\"a\" = '<button>Grab it</button>'\n[test.fail]\n\"b\" = '<p>x</p>'\n"),
        ("item.html", b"<html lang=en><main><h1>Tea</h1><button>Grab it</button></main>"),
    ];
    let folder = folder(pack);
    let ran = storelint(folder.path(), &["check", "item.html", "--page", "item", "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|e| panic!("{e}: {}", ran.told()));
    assert_eq!(verdict(&report, "price/visible").0, "pass", "a rule of the same id replaces, words add up");
    assert!(ran_rule(&report), "rules of the layer below stay");
    let tested = storelint(folder.path(), &["test", "acme", "--mutants"]);
    assert_eq!(tested.code, 0, "{}", tested.told());
}

fn ran_rule(report: &Value) -> bool {
    ran(report, "price/consistent")
}
