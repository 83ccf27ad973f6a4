//! Checks of the tests in rule files, and of rules that have too few.

use super::rules::RuleCheck;
use crate::finding::Verdict;
use crate::pack::model::{Rule, RuleTest};
use crate::pack::options::out_of_range;
use crate::pack::problem::Problem;
use crate::pack::rules::CATEGORIES;
use crate::text::nearest::did_you_mean;
use std::collections::BTreeMap;

impl RuleCheck<'_> {
    pub(super) fn test(&mut self, rule: &Rule, test: &RuleTest) {
        let known = rule.when.category.iter().all(|c| CATEGORIES.contains(&c.as_str()));
        let at = |key: &str| test.places.get(key).unwrap_or(&test.place).clone();
        if test.verdict != Verdict::Skip && known {
            let given = [
                ("page", &test.page, &rule.when.page),
                ("category", &test.category, &rule.when.category),
                ("market", &test.market, &rule.when.market),
            ];
            for (key, given, allowed) in given {
                if let Some(wrong) = given.as_ref().filter(|g| !allowed.is_empty() && !allowed.contains(g)) {
                    let message = format!("this test is about “{wrong}”, to which the rule does not apply");
                    self.problems.push(
                        Problem::error("test-outside-when", &at(key), message).help("make it a [test.skip]"),
                    );
                }
            }
            if test.category.is_none() && !rule.when.category.is_empty() {
                let message = "the rule applies to some categories only; the test names none";
                self.problems.push(Problem::error("test-outside-when", &test.place, message).help(format!(
                    "add category = \"{}\"",
                    rule.when.category.first().map_or("", String::as_str)
                )));
            }
        }
        for (name, value) in &test.with {
            match rule.options.get(name) {
                None => {
                    let mut p = Problem::error(
                        "unknown-option",
                        &at(&format!("with.{name}")),
                        format!("the rule has no option “{name}”"),
                    );
                    p.help = did_you_mean(name, rule.options.keys().map(String::as_str));
                    self.problems.push(p);
                }
                Some(option) => {
                    if let Some(why) = out_of_range(option, value) {
                        self.problems.push(Problem::error(
                            "default-out-of-range",
                            &at(&format!("with.{name}")),
                            format!("with.{name}: {why}"),
                        ));
                    }
                }
            }
        }
        if let Some(css) = &test.at
            && crate::text::css::parse_selector(css).is_err()
        {
            self.problems.push(Problem::error(
                "bad-css",
                &at("at"),
                format!("`at` is no valid selector: {css}"),
            ));
        }
    }
}

/// Rules whose tests leave something unproven: a rule needs a test that passes and one that fails.
pub fn untested(rules: &BTreeMap<String, Rule>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for rule in rules.values() {
        for verdict in [Verdict::Pass, Verdict::Fail] {
            if !rule.tests.iter().any(|t| t.verdict == verdict) {
                let id = if verdict == Verdict::Pass { "no-pass-test" } else { "no-fail-test" };
                let message = format!(
                    "{} has no [test.{}]: it was never seen to {}",
                    rule.id,
                    verdict.name(),
                    verdict.name()
                );
                problems.push(
                    Problem::warning(id, &rule.place, message)
                        .help("add a small page under [test.pass] and one under [test.fail]"),
                );
            }
        }
    }
    problems
}
