//! Every output format over the same pages, held by snapshots and by their schemas.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use support::run::{folder, storelint};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn check(args: &[&str]) -> support::run::Ran {
    let mut all = vec!["check", "--no-config", "--today", "2026-11-24"];
    all.extend(args);
    storelint(root(), &all)
}

const BAD: &str = "fixtures/item/bad-en.html";
const ESCAPES: &str = "fixtures/hostile/escapes.html";
const ONE_LINE: &str = "fixtures/hostile/one-line.html";

#[test]
fn human() {
    insta::assert_snapshot!(check(&[BAD, "fixtures/item/nope.html"]).told());
}

#[test]
fn human_in_chinese() {
    insta::assert_snapshot!(check(&["fixtures/item/bad-zh.html", "--lang", "zh"]).told());
}

#[test]
fn human_in_colour() {
    let ran = check(&[BAD, "--only", "price/consistent", "--color", "always"]);
    assert!(ran.stdout.contains("\u{1b}["), "colour was asked for");
    insta::assert_snapshot!(ran.told().replace('\u{1b}', "␛"));
}

#[test]
fn brief() {
    insta::assert_snapshot!(check(&[BAD, "fixtures/home/bad-zh.html", "--format", "brief"]).told());
}

#[test]
fn github() {
    insta::assert_snapshot!(check(&[BAD, ESCAPES, "fixtures/item/nope.html", "--format", "github"]).told());
}

#[test]
fn markdown() {
    insta::assert_snapshot!(check(&[BAD, ESCAPES, "--format", "markdown"]).told());
}

#[test]
fn json() {
    let ran = check(&[BAD, "fixtures/item/nope.html", "--format", "json", "--only", "price"]);
    insta::assert_snapshot!(ran.told());
}

#[test]
fn sarif() {
    let ran = check(&[BAD, "--format", "sarif", "--only", "price,first-screen/price"]);
    insta::assert_snapshot!(ran.told());
}

/// A minified page: windows around the places, never the whole line.
#[test]
fn one_line_page_is_readable() {
    let ran = check(&[ONE_LINE]);
    let longest = ran.stdout.lines().map(|l| l.chars().count()).max().unwrap_or(0);
    assert!(longest < 400, "a line of {longest} characters");
    assert!(ran.stdout.contains("class=\"buy-box\""), "the window shows the place");
    insta::assert_snapshot!(ran.told());
}

/// Text of a page never acts on a terminal, a log or a table.
#[test]
fn poison_is_shown_not_obeyed() {
    for format in ["human", "brief", "json", "sarif", "github", "markdown"] {
        let said = check(&[ESCAPES, "--format", format]).stdout;
        let bad = said.chars().find(|c| {
            (c.is_control() && *c != '\n')
                || matches!(*c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
        });
        assert_eq!(bad, None, "in {format}");
        let commands = said.lines().filter(|l| l.starts_with("::"));
        if format == "github" {
            assert!(commands.clone().count() > 3);
        }
        assert!(
            commands.filter(|l| l.contains("error::x")).all(|l| l.starts_with("::error file=")
                || l.starts_with("::warning file=")
                || l.starts_with("::notice file=")),
            "in {format}"
        );
    }
}

#[test]
fn json_fits_its_schema() {
    let schema = read("schema/report.json");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let folder = folder(&[("empty.html", b""), ("cut.html", b"<main><h1>Tea</h1><b class=\"pri")]);
    let mut args: Vec<String> = fixtures();
    args.push(folder.path().join("empty.html").display().to_string());
    args.push(folder.path().join("cut.html").display().to_string());
    args.extend(["--format".into(), "json".into()]);
    let ran = check(&args.iter().map(String::as_str).collect::<Vec<_>>());
    let report: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let errors: Vec<String> =
        validator.iter_errors(&report).map(|e| format!("{e} at {}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(report["summary"]["exit"], Value::from(ran.code));
    // every span slices the text that it is about
    for page in report["pages"].as_array().expect("pages") {
        let source = page["source"].as_str().expect("a source");
        let bytes = std::fs::read(root().join(source)).expect("the page");
        let Ok(text) = String::from_utf8(bytes) else { continue };
        for part in page["parts"].as_array().expect("parts") {
            let (start, end) = (
                part["start"].as_u64().expect("start") as usize,
                part["end"].as_u64().expect("end") as usize,
            );
            assert!(
                text.get(start..end).is_some_and(|t| t.starts_with('<') || page_says(part, t)),
                "{source}: {part}"
            );
            let line = 1 + text[..start].matches('\n').count() as u64;
            assert_eq!(part["line"].as_u64(), Some(line), "{source}: {part}");
        }
    }
}

/// Structured data stands in a script: its place is the value's own.
fn page_says(part: &Value, text: &str) -> bool {
    let told = |v: &Value| v.as_str().is_some_and(|v| v.starts_with(text.trim_matches('"')));
    told(&part["value"]) || part["evidence"].as_array().expect("a list").iter().any(|e| told(&e["phrase"]))
}

#[test]
fn the_schema_is_fresh() {
    let path = root().join("schema/report.json");
    let fresh = storelint::report::schema();
    if std::env::var_os("STORELINT_BLESS").is_some() {
        std::fs::write(&path, &fresh).expect("schema written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == fresh, "schema/report.json is out of date: run `just bless`");
}

#[test]
fn sarif_fits_its_schema() {
    let Some(mut schema) = sarif_schema() else {
        panic!("the SARIF schema comes with the crate serde-sarif, and is not there");
    };
    // the one pattern of the published schema that is no regular expression; we set no language
    for thing in ["run", "toolComponent"] {
        if let Some(language) = schema["definitions"][thing]["properties"]["language"].as_object_mut() {
            language.remove("pattern");
        }
    }
    let validator = jsonschema::options().build(&schema).expect("the schema is one");
    let config = "[[ignore]]\nrule = \"price/consistent\"\nwhy = \"known\"\n";
    let folder = folder(&[("storelint.toml", config.as_bytes())]);
    let config = folder.path().join("storelint.toml").display().to_string();
    let mut args = vec![
        "check".to_string(),
        "--config".into(),
        config,
        "--format".into(),
        "sarif".into(),
        "fixtures/item/nope.html".into(),
    ];
    args.extend(fixtures());
    let ran = storelint(root(), &args.iter().map(String::as_str).collect::<Vec<_>>());
    let log: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let errors: Vec<String> =
        validator.iter_errors(&log).map(|e| format!("{e} at {}", e.instance_path())).take(5).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("results");
    assert!(
        results.iter().all(|r| r["locations"].as_array().is_some_and(|l| !l.is_empty())),
        "every result has a place"
    );
    let fails = || results.iter().filter(|r| r["kind"] == "fail");
    assert!(fails().all(|r| r["partialFingerprints"].is_object()));
    assert!(results.iter().any(|r| r["kind"] == "review"), "unsure is for review");
    let suppressed: Vec<&Value> = results.iter().filter(|r| r["suppressions"].is_array()).collect();
    assert!(
        !suppressed.is_empty() && suppressed.iter().all(|r| r["suppressions"][0]["justification"] == "known")
    );
    assert_eq!(run["invocations"][0]["executionSuccessful"], Value::from(false), "an input is missing");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in results.iter().filter(|r| r["ruleIndex"].is_u64()) {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

/// The schema that the crate serde-sarif holds, where cargo unpacked it.
fn sarif_schema() -> Option<Value> {
    let home = std::env::var_os("CARGO_HOME").map(std::path::PathBuf::from);
    let home = home.or_else(|| Some(std::path::PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))?;
    let registries = std::fs::read_dir(home.join("registry/src")).ok()?.flatten();
    let crates = registries.filter_map(|r| std::fs::read_dir(r.path()).ok()).flatten().flatten();
    let ours =
        crates.into_iter().find(|c| c.file_name().to_string_lossy().starts_with("serde-sarif-0.8."))?;
    let text = std::fs::read_to_string(ours.path().join("src/schema.json")).ok()?;
    serde_json::from_str(&text).ok()
}

fn read(path: &str) -> Value {
    let text = std::fs::read_to_string(root().join(path)).expect("the file");
    serde_json::from_str(&text).expect("JSON")
}

fn fixtures() -> Vec<String> {
    let all = support::files(&root().join("fixtures"), &[".html"]);
    all.iter().map(|p| p.strip_prefix(root()).expect("a fixture").display().to_string()).collect()
}

/// What every rule says of every fixture: a new fixture, or a changed word, shows here
/// which rules it moves.
#[test]
fn every_rule_on_every_fixture() {
    let mut args = fixtures();
    args.extend(["--format".into(), "json".into()]);
    let ran = check(&args.iter().map(String::as_str).collect::<Vec<_>>());
    let report: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for page in report["pages"].as_array().expect("pages") {
        let kind = page["page"].as_str().unwrap_or("unknown");
        let source = format!("{} ({kind})", page["source"].as_str().unwrap_or(""));
        let verdicts = page["verdicts"].as_array().expect("verdicts");
        let of = verdicts.iter().filter(|v| v["verdict"] != "skip").map(|v| {
            format!("{:<7} {}", v["verdict"].as_str().unwrap_or(""), v["rule"].as_str().unwrap_or(""))
        });
        rows.insert(source, of.collect());
    }
    let mut table = String::new();
    for (page, verdicts) in rows {
        table.push_str(&format!("{page}\n"));
        verdicts.iter().for_each(|v| table.push_str(&format!("  {v}\n")));
    }
    insta::assert_snapshot!(table);
}

#[test]
fn colour_and_width_do_not_depend_on_the_machine() {
    let one = check(&[BAD]).stdout;
    let other = Command::new(env!("CARGO_BIN_EXE_storelint"))
        .args(["check", "--no-config", BAD])
        .current_dir(root())
        .env("COLUMNS", "40")
        .env("TERM", "dumb")
        .output()
        .expect("a run");
    assert_eq!(one, String::from_utf8_lossy(&other.stdout));
}
