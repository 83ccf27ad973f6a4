//! The built-in pack and the pack that says what the language means load, their tests hold,
//! and none of their lines is needless.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::collections::BTreeMap;
use storelint::engine::{Plan, Settings, testing};
use storelint::pack::files::PackSource;
use storelint::pack::load;
use storelint::pack::problem::render_all;

fn plan(sources: &[PackSource]) -> (load::Loaded, Plan) {
    let loaded = load::load_with_tests(sources).unwrap_or_else(|p| panic!("{}", render_all(&p, false, 120)));
    let settings = Settings { all_parts: true, ..Settings::default() };
    let plan = Plan::compile(&loaded, settings, &BTreeMap::new(), &BTreeMap::new(), |_| true)
        .unwrap_or_else(|e| panic!("{e}"));
    (loaded, plan)
}

#[test]
fn built_in_rules_hold_and_every_line_is_needed() {
    hold(&[PackSource::GUIDES], "storelint:guides/", 74);
}

/// A run trusts the embedded files: as a folder they are checked like anybody's.
#[test]
fn built_in_packs_pass_every_check() {
    let rules = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let structured = rules.join("packs/structured");
    let loaded = load::load_with_tests(&[PackSource::Folder(rules), PackSource::Folder(structured)])
        .unwrap_or_else(|p| panic!("{}", render_all(&p, false, 120)));
    assert!(loaded.pack.rules.len() >= 87);
}

/// The further packs stand on the first.
#[test]
fn rules_of_further_packs_hold_and_every_line_is_needed() {
    let further: Vec<&str> = PackSource::builtins().into_iter().filter(|p| *p != "guides").collect();
    assert_eq!(further, ["structured"]);
    hold(&[PackSource::GUIDES, PackSource::Builtin("structured")], "storelint:structured/", 13);
}

/// Every sentence of the language's reference that a page can show.
#[test]
fn the_language_is_what_its_reference_says() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language");
    hold(&[PackSource::Folder(folder)], "", 80);
}

/// Runs the tests of the rules whose files lie below a path.
fn hold(sources: &[PackSource], below: &str, at_least: usize) {
    let (loaded, plan) = plan(sources);
    let rules: Vec<_> = loaded.pack.rules.values().filter(|r| r.place.file.path.starts_with(below)).collect();
    assert!(rules.len() >= at_least, "only {} rules", rules.len());
    let mut wrong = Vec::new();
    let mut count = 0;
    for rule in rules {
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

/// Everything that a Chinese reader is told is told in Chinese.
#[test]
fn built_in_rules_speak_chinese() {
    let (loaded, _) = plan(&[PackSource::GUIDES, PackSource::Builtin("structured")]);
    for rule in loaded.pack.rules.values() {
        let zh = rule.i18n.get("zh").unwrap_or_else(|| panic!("{} is not translated", rule.id));
        assert!(zh.title.is_some() && zh.why.is_some() && zh.fix.is_some(), "{}", rule.id);
        let own = rule.expects.iter().any(|e| e.message.is_some());
        let told = if own { zh.messages.len() == rule.expects.len() } else { zh.message.is_some() };
        assert!(told, "{}: a message is missing", rule.id);
    }
    for part in loaded.pack.parts.values() {
        assert!(part.title.contains_key("zh"), "the part {} has no Chinese title", part.name);
    }
}

/// Loading the built-in pack does not compile its expressions: here all of them are.
#[test]
fn built_in_expressions_compile() {
    let (_, plan) = plan(&[PackSource::GUIDES, PackSource::Builtin("structured")]);
    let of_lists = plan.parts.list_patterns.iter().map(|p| &p.2);
    let mut count = 0;
    for pattern in of_lists.chain(&plan.parts.patterns) {
        assert!(pattern.regex().is_some(), "{} does not compile", pattern.source());
        count += 1;
    }
    assert!(count > 5, "only {count} expressions");
}
