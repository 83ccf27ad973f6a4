//! The built-in pack loads, its tests hold, and none of its lines is needless.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::collections::BTreeMap;
use storelint::engine::{Plan, Settings, testing};
use storelint::pack::files::PackSource;
use storelint::pack::load;
use storelint::pack::problem::render_all;

fn plan() -> (load::Loaded, Plan) {
    let loaded =
        load::load(&[PackSource::Guides]).unwrap_or_else(|p| panic!("{}", render_all(&p, false, 120)));
    let settings = Settings { all_parts: true, ..Settings::default() };
    let plan = Plan::compile(&loaded, settings, &BTreeMap::new(), &BTreeMap::new(), |_| true)
        .unwrap_or_else(|e| panic!("{e}"));
    (loaded, plan)
}

#[test]
fn rule_tests_hold_and_every_line_is_needed() {
    let (loaded, plan) = plan();
    let mut wrong = Vec::new();
    let mut count = 0;
    for rule in loaded.pack.rules.values() {
        let result = testing::run(&plan, rule, true);
        count += result.tests.len();
        for t in result.tests.iter().filter(|t| !t.wrong.is_empty()) {
            wrong.push(format!(
                "{} {} “{}”: {}\n    {}",
                rule.id,
                t.test.verdict.name(),
                t.test.name,
                t.wrong.join("; "),
                t.recognised.join(", ")
            ));
        }
        wrong.extend(result.incomplete.iter().map(|(p, m)| format!("{}:{} {m}", p.file.path, p.line())));
        wrong.extend(
            result
                .needless
                .iter()
                .map(|(p, m)| format!("{}:{} {m} could be deleted unnoticed", p.file.path, p.line())),
        );
    }
    assert!(wrong.is_empty(), "{} wrong of {count} tests:\n{}", wrong.len(), wrong.join("\n"));
}
