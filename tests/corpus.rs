//! The program over every page of the corpus: nothing crashes, nothing is lost, and the
//! report is the same to the byte on every run and at any number of threads.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use serde_json::Value;
use support::run::storelint;

fn json(threads: &str) -> Option<String> {
    let corpus = support::shared("corpus")?;
    let args = [
        "check",
        "pages",
        "--no-config",
        "--today",
        "2026-11-24",
        "--format",
        "json",
        "--threads",
        threads,
        // a loaded machine must not decide
        "--layout-time",
        "300",
    ];
    let ran = storelint(&corpus, &args);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    Some(ran.stdout)
}

#[test]
fn same_report_at_any_number_of_threads() {
    let Some(one) = json("1") else { return };
    for threads in ["2", "7"] {
        assert!(json(threads).as_deref() == Some(&one), "{threads} threads tell something else than one");
    }
    let report: Value = serde_json::from_str(&one).expect("JSON");
    let pages = report["pages"].as_array().expect("pages");
    let manifest = support::shared("corpus/manifest.tsv").and_then(|p| std::fs::read_to_string(p).ok());
    assert_eq!(pages.len(), manifest.map_or(0, |m| m.lines().count() - 1), "a result for every page");
    assert_eq!(report["failed"], Value::Array(Vec::new()));
    assert!(pages.iter().all(|p| p["partial"] == Value::Array(Vec::new())), "every page was read whole");
    let sources: Vec<&str> = pages.iter().filter_map(|p| p["source"].as_str()).collect();
    let mut sorted = sources.clone();
    sorted.sort_unstable();
    assert_eq!(sources, sorted, "pages of a folder are in the order of their names");
    // what `check` says of a page does not depend on what else is in the run
    for source in sources.iter().step_by(37) {
        let corpus = support::shared("corpus").expect("the corpus");
        let ran = storelint(
            &corpus,
            &[
                "check",
                source,
                "--no-config",
                "--today",
                "2026-11-24",
                "--format",
                "json",
                "--layout-time",
                "300",
            ],
        );
        let alone: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        let among = pages.iter().find(|p| p["source"] == **source);
        assert_eq!(Some(&alone["pages"][0]), among, "{source}");
    }
}
