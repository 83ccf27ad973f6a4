//! `storelint eval DIR`: what storelint says of pages beside what people say of them.
#![cfg(feature = "layout")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use serde_json::Value;
use std::path::Path;
use support::run::{Ran, folder, storelint};

const MANIFEST: &[u8] = b"file\tkind\tstore_or_template\tproduct_category\ttier\n\
    item/coat.html\titem\tcoats\tapparel\tA\n\
    item/tea.html\titem\tleaf\tgrocery\tB\n\
    item/bare.html\titem\tbare\tmisc\tA\n\
    home/coats.html\thome\tcoats\tapparel\tC\n";

const LABELS: &[u8] = b"file\tlabel\tvalue\tevidence\n\
    item/coat.html\thas_price\tyes\t\"$129.00\" below the name\n\
    item/coat.html\thas_buy_button\tyes\tAdd to cart\n\
    item/coat.html\thas_size_chart\tyes\ttable of chest and waist\n\
    item/coat.html\tfirst_screen_has_price\tyes\tbeside the picture\n\
    item/coat.html\tsection_order\ttitle,price,buy,size_chart\tread top down\n\
    item/coat.html\thas_glamour\tyes\tit has\n\
    item/tea.html\thas_price\tno\tnone: \"ask us\"\n\
    item/tea.html\thas_buy_button\tyes\ta word that only the reader knows: Steep it\n\
    item/tea.html\thas_size_chart\tunsure\ta table of weights\n\
    item/tea.html\thas_reviews\tno\tnone\n\
    home/coats.html\tn_category_modules_in_main\t1\tCoats, Hats, Gloves\n\
    home/coats.html\thas_search\tyes\tfield q\n\
    home/coats.html\tkind\thome\tread\n";

const PRICES: &[u8] =
    br#"{"item/coat.html": {"price": ["129"], "sku": ["C1"]}, "item/tea.html": {"price": ["8.50"]}}"#;

const COAT: &[u8] = b"<!DOCTYPE html><html lang=en><title>Wool coat</title><main><h1>Wool coat</h1>\
    <p class=price>$129.00</p><form action=/cart/add><input name=quantity value=1><button>Add to cart</button></form>\
    <h2>Size chart</h2><table><tr><th>Size<th>Chest (cm)<th>Waist (cm)<tr><td>S<td>88<td>72<tr><td>M<td>96<td>80\
    <tr><td>L<td>104<td>88</table></main>";

const TEA: &[u8] = b"<!DOCTYPE html><html lang=en><title>Green tea</title><main><h1>Green tea</h1>\
    <p class=price>$9.00</p><p>Leaves of spring.</p></main>";

const HOME: &[u8] =
    b"<!DOCTYPE html><html lang=en><title>Coats</title><header><form role=search action=/search>\
    <input type=search name=q placeholder=Search></form></header><main><h1>Coats</h1></main>";

fn corpus(manifest: &[u8], labels: &[u8], more: &[(&str, &[u8])]) -> tempfile::TempDir {
    let mut files: Vec<(&str, &[u8])> = vec![
        ("manifest.tsv", manifest),
        ("labels.tsv", labels),
        ("item/coat.html", COAT),
        ("item/tea.html", TEA),
        // a path of an item page, and nothing else that tells
        ("item/bare.html", b"<!DOCTYPE html><title>Things</title><p class=price>$5.00</p>"),
        ("home/coats.html", HOME),
    ];
    files.extend(more);
    folder(&files)
}

fn eval(site: &Path, args: &[&str]) -> Ran {
    let args: Vec<&str> =
        ["eval", ".", "--no-config", "--layout-time", "300"].iter().chain(args).copied().collect();
    storelint(site, &args)
}

/// What a run says, without times.
fn told(ran: &Ran) -> String {
    let times = [
        (r"(?m)^time of a page: .*$", "time of a page: [times]"),
        (r#""(median|p95|slowest)": [0-9.]+"#, r#""$1": "[time]""#),
        (r#""slowest_page": "[^"]+""#, r#""slowest_page": "[page]""#),
    ];
    times.iter().fold(ran.told(), |text, (expression, by)| {
        regex::Regex::new(expression).expect("an expression").replace_all(&text, *by).into_owned()
    })
}

#[test]
fn a_small_corpus_for_people() {
    let bounds = b"[f1]\nhas_price = 0.5\nhas_reviews = 0.5\n[share]\nkind = 0.9\n";
    let site =
        corpus(MANIFEST, LABELS, &[("truth-product-extraction.json", PRICES), ("bounds.toml", bounds)]);
    insta::assert_snapshot!(told(&eval(site.path(), &["--fail-under", "bounds.toml", "--findings"])));
}

#[test]
fn a_small_corpus_for_programs() {
    let site = corpus(MANIFEST, LABELS, &[("truth-product-extraction.json", PRICES)]);
    let ran = eval(site.path(), &["--format", "json", "--sample", "1", "--seed", "3"]);
    insta::assert_snapshot!(told(&ran));
    let report: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    // its folder makes it an item page elsewhere
    let seen = storelint(site.path(), &["see", "item/bare.html", "--no-config", "--format", "json"]);
    let seen: Value = serde_json::from_str(&seen.stdout).expect("JSON");
    assert_eq!(seen["page"], "item");
    let wrong = report["details"]["wrong_kinds"].as_array().expect("pages");
    assert!(wrong.iter().any(|w| w["file"] == "item/bare.html" && w["ours"].is_null()), "{}", ran.stdout);
}

#[test]
fn halves_hold_whole_stores_and_narrow_what_is_listed() {
    let site = corpus(MANIFEST, LABELS, &[]);
    let of = |args: &[&str]| -> Value {
        let args: Vec<&str> = ["--format", "json"].iter().chain(args).copied().collect();
        serde_json::from_str(&eval(site.path(), &args).stdout).expect("JSON")
    };
    let all = of(&[]);
    let pages = |half: &str| all["totals"][half]["pages"].as_u64().expect("pages");
    assert_eq!(pages("work") + pages("rare"), 4);
    for half in ["work", "rare"] {
        let one = of(&["--half", half]);
        assert_eq!(one["totals"]["all"]["labels"], all["totals"]["all"]["labels"]);
        let listed: u64 = one["details"]["kinds"]
            .as_object()
            .into_iter()
            .flat_map(|kinds| kinds.values())
            .flat_map(|row| row.as_object().into_iter().flat_map(|r| r.values()).filter_map(Value::as_u64))
            .sum();
        assert_eq!(listed, pages(half), "{half}");
    }
}

#[test]
fn disputed_labels_count_as_unsure() {
    let disputed =
        b"file\tlabel\treason\nitem/tea.html\thas_price\t$9.00 is there\nitem/bare.html\tkind\tno item\n";
    let site = corpus(MANIFEST, LABELS, &[("disputed.tsv", disputed)]);
    let ran = eval(site.path(), &["--disputed", "disputed.tsv", "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let totals = &report["totals"]["all"];
    let price = &totals["labels"]["has_price"];
    assert_eq!(
        (&price["unsure"], &price["no"], &price["f1"]),
        (&1.into(), &0.into(), &1.0.into()),
        "{price}"
    );
    assert_eq!(totals["kind"]["of"], 2);
}

#[test]
fn mistakes_in_a_corpus() {
    let mut all = String::new();
    let mut say = |what: &str, ran: Ran| all.push_str(&format!("== {what}\n{}\n", ran.told()));
    let empty = folder(&[]);
    say("no manifest", eval(empty.path(), &[]));
    say("no folder", storelint(empty.path(), &["eval"]));
    let with = |manifest: &[u8], labels: &[u8], more: &[(&str, &[u8])], args: &[&str]| {
        eval(corpus(manifest, labels, more).path(), args)
    };
    let head = b"file\tlabel\tvalue\tevidence\n".as_slice();
    let label = |row: &str| [head, row.as_bytes()].concat();
    let twice = [MANIFEST, b"item/tea.html\titem\tleaf\tgrocery\tB\n"].concat();
    say("a page twice", with(&twice, head, &[], &[]));
    say("a column lacks", with(b"file\tkind\n", head, &[], &[]));
    say("a broken row", with(MANIFEST, &label("item/tea.html\thas_price\n"), &[], &[]));
    say("a wrong value", with(MANIFEST, &label("item/tea.html\thas_price\tmaybe\t\n"), &[], &[]));
    say("a label of no page", with(MANIFEST, &label("item/gone.html\thas_price\tyes\t\n"), &[], &[]));
    say("no UTF-8", with(MANIFEST, &[head, b"a\n\xFF\n"].concat(), &[], &[]));
    say("no pages", with(b"file\tkind\tstore_or_template\tproduct_category\ttier\n", head, &[], &[]));
    let prices: &[(&str, &[u8])] = &[("truth-product-extraction.json", b"{\n[")];
    say("prices that are no JSON", with(MANIFEST, head, prices, &[]));
    let disputed: &[(&str, &[u8])] = &[("d.tsv", b"file\tlabel\treason\nitem/tea.html\thas_prise\tnone\n")];
    say("a disputed label that is none", with(MANIFEST, head, disputed, &["--disputed", "d.tsv"]));
    let bounds: &[(&str, &[u8])] = &[("b.toml", b"[f1]\nhas_price = 0.5\n[shares]\n")];
    say("wrong bounds", with(MANIFEST, head, bounds, &["--fail-under", "b.toml"]));
    say("no bounds", with(MANIFEST, head, &[], &["--fail-under", "none.toml"]));
    insta::assert_snapshot!(all);
}

#[test]
fn a_page_that_is_gone_costs_no_other_its_result() {
    let manifest = [MANIFEST, b"item/gone.html\titem\tleaf\tgrocery\tB\n"].concat();
    let site = corpus(&manifest, LABELS, &[]);
    let ran = eval(site.path(), &[]);
    assert_eq!(ran.code, 3, "{}", ran.told());
    assert!(ran.stdout.contains("not evaluated: item/gone.html: the file is gone"), "{}", ran.stdout);
    assert!(ran.stdout.starts_with("4 pages, 3 of them labelled"), "{}", ran.stdout);
}

#[test]
fn the_corpus_is_read_as_well_as_before() {
    let Some(corpus) = support::shared("corpus") else { return };
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let file = |name: &str| own.join(name).to_string_lossy().into_owned();
    let (disputed, expected) = (file("disputed.tsv"), file("expected.toml"));
    let ran = eval(&corpus, &["--format", "json", "--disputed", &disputed, "--fail-under", &expected]);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|e| panic!("{e}: {}", ran.told()));
    assert_eq!((ran.code, &report["below"]), (0, &Value::Array(Vec::new())), "{}", ran.stderr);
    assert_eq!(report["failed"], Value::Array(Vec::new()));
}
