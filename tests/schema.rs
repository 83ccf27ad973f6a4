//! The schemas of the files that people write: fresh, complete, and true.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use serde_json::Value;
use std::path::Path;
use storelint::pack::files::{PackFile, PackSource};
use storelint::pack::{expect, load, parts, rule_tests, rules, words};
use storelint::schema::{Kind, Names, names_of};
use support::run::storelint;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn schemas_are_fresh() {
    for kind in Kind::ALL {
        let path = root().join(format!("schema/{}.json", kind.name()));
        let fresh = kind.text(&Names::default());
        if std::env::var_os("STORELINT_BLESS").is_some() {
            std::fs::write(&path, &fresh).expect("schema written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == fresh, "{} is out of date: run `just bless`", path.display());
        let printed = storelint(root(), &["schema", kind.name()]);
        assert_eq!((printed.code, printed.stdout), (0, fresh));
    }
}

/// TOML as JSON; days become texts.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(d) => Value::String(d.to_string()),
        toml::Value::Array(items) => items.into_iter().map(json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(k, v)| (k, json(v))).collect(),
        other => serde_json::to_value(other).expect("plain"),
    }
}

fn errors(schema: &Value, text: &str) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).expect("a schema");
    let table: toml::Table = text.parse().expect("TOML");
    let instance = json(toml::Value::Table(table));
    validator.iter_errors(&instance).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

fn kind_of(path: &str) -> Option<Kind> {
    match path {
        "pack.toml" | "words/page-kinds.toml" | "words/categories.toml" => None,
        p if p.starts_with("words/") => Some(Kind::Words),
        p if p.starts_with("parts/") => Some(Kind::Part),
        _ => Some(Kind::Rule),
    }
}

/// What loads fits, with the names of the packs too.
#[test]
fn every_file_of_every_pack_fits() {
    let language = PackSource::Folder(root().join("tests/language"));
    let builtin = [PackSource::GUIDES, PackSource::Builtin("structured")];
    let mut files = 0;
    for sources in [&builtin[..], std::slice::from_ref(&language)] {
        let names = names_of(&load::load_with_tests(sources).expect("it loads").pack);
        for source in sources {
            for PackFile { path, file, .. } in source.files(true).expect("files") {
                let Some(kind) = kind_of(&path) else { continue };
                for names in [&Names::default(), &names] {
                    let wrong = errors(&kind.schema(names), &file.text);
                    assert!(wrong.is_empty(), "{}: {wrong:#?}", file.path);
                }
                files += 1;
            }
        }
    }
    assert!(files > 200, "only {files} files");
}

#[test]
fn the_config_of_the_documentation_fits() {
    let docs = std::fs::read_to_string(root().join("docs/config.md")).expect("docs");
    let names = names_of(&load::load(&[PackSource::GUIDES]).expect("it loads").pack);
    let mut seen = 0;
    for text in docs.split("```toml\n").skip(1).filter_map(|b| b.split("\n```").next()) {
        for names in [&Names::default(), &names] {
            let wrong = errors(&Kind::Config.schema(names), text);
            assert!(wrong.is_empty(), "{wrong:#?}\n{text}");
        }
        seen += 1;
    }
    assert!(seen > 0, "an example of a config");
}

/// The keys at a place in a schema are those that the reader knows.
#[test]
fn no_key_is_forgotten() {
    let names = Names::default();
    let keys = |kind: Kind, pointer: &str| {
        let schema = kind.schema(&names);
        let table = schema.pointer(pointer).unwrap_or_else(|| panic!("{pointer}"));
        let mut keys: Vec<String> =
            table["properties"].as_object().expect("a table").keys().cloned().collect();
        keys.sort();
        keys
    };
    let sorted = |keys: &[&str]| {
        let mut keys: Vec<String> = keys.iter().map(|k| (*k).to_string()).collect();
        keys.sort();
        keys
    };
    let part = "/properties/part/additionalProperties";
    let test = "/properties/test/properties/pass/additionalProperties/anyOf/1";
    assert_eq!(keys(Kind::Rule, ""), sorted(rules::KEYS));
    assert_eq!(keys(Kind::Rule, "/properties/expect/items"), sorted(expect::KEYS));
    assert_eq!(keys(Kind::Rule, test), sorted(rule_tests::TEST_KEYS));
    assert_eq!(keys(Kind::Part, part), sorted(parts::KEYS));
    assert_eq!(keys(Kind::Part, &format!("{part}/properties/also/anyOf/0")), sorted(parts::WAY_KEYS));
    assert_eq!(keys(Kind::Words, "/properties/words/additionalProperties"), sorted(words::KEYS));
    assert_eq!(keys(Kind::Config, ""), sorted(storelint::config::KEYS));
}

/// Slips that the loader refuses are marked while they are typed.
#[test]
fn slips_are_marked() {
    let names = names_of(&load::load(&[PackSource::GUIDES]).expect("it loads").pack);
    let head = "title = \"t\"\nwhy = \"w\"\nfix = \"f\"\n";
    let rule = |rest: &str| errors(&Kind::Rule.schema(&names), &format!("{head}{rest}"));
    assert_eq!(rule("[[expect]]\nfind = \"size-chart\""), Vec::<String>::new());
    for slip in [
        "[[expect]]\nfind = \"size-chrat\"",
        "[[expect]]\nfind = \"size-chart\"\norder = [\"price\"]",
        "[[expect]]\nfind = \"size-chart\"\nis = [\"visable\"]",
        "[[expect]]\nfind = \"size-chart\"\nat_leest = 2",
        "[[expect]]\nfind = \"price\"\neach.text.hass = \"promotions\"",
        "when = { page = \"itm\" }\n[[expect]]\nfind = \"price\"",
        "level = \"eror\"\n[[expect]]\nfind = \"price\"",
        "[options]\nn = { min = 1 }\n[[expect]]\nfind = \"price\"",
        "[test.passes]\na = \"<p>\"\n[[expect]]\nfind = \"price\"",
        "",
    ] {
        assert!(!rule(slip).is_empty(), "{slip}");
    }
    let part = |text: &str| errors(&Kind::Part.schema(&names), text);
    assert!(part("[part.x]\nwords = \"promotions\"\nstrong = [\"heading\"]").is_empty());
    assert!(!part("[part.x]\nwords = \"promotionz\"").is_empty());
    assert!(!part("[[part.x.against]]\nstrength = \"weak\"\ncss = \"p\"").is_empty());
    let words = |text: &str| errors(&Kind::Words.schema(&names), text);
    assert!(words("[words.x]\nzh-TW = [\"優惠\"]\non.taobao.exact.zh = [\"券\"]").is_empty());
    assert!(!words("[words.x]\nenglish = [\"a\"]").is_empty());
    let config = |text: &str| errors(&Kind::Config.schema(&names), text);
    assert!(config("[rules]\n\"sizing/size-chart\" = \"off\"").is_empty());
    assert!(!config("[rules]\n\"sizing/size-chrat\" = \"off\"").is_empty());
    assert!(!config("extends = [\"storelint:guide\"]").is_empty());
}

#[test]
fn reports_have_no_names_of_a_project() {
    let ran = storelint(root(), &["schema", "report", "--project"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("leave it away"), "{}", ran.told());
    let kept = std::fs::read_to_string(root().join("schema/report.json")).expect("the schema");
    assert_eq!(storelint(root(), &["schema", "report"]).stdout, kept);
}
