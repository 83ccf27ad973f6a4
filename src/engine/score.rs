//! Scores: rules that pass or fail, by weight; unsure, skipped and suppressed ones weigh
//! nothing.

use crate::audit::{AreaScore, RuleVerdict};
use crate::engine::plan::Planned;
use crate::finding::{Level, Verdict};
use std::collections::BTreeMap;

/// Weights of an error, a warning and an info where the rule names none.
const WEIGHTS: [f64; 3] = [10.0, 3.0, 1.0];

#[derive(Default)]
struct Sum {
    got: f64,
    of: f64,
    counted: u32,
    rules: u32,
}

impl Sum {
    fn score(&self) -> Option<f64> {
        (self.of > 0.0).then(|| (1000.0 * self.got / self.of).round() / 10.0)
    }
}

/// Scores of one page by area.
pub fn scores(rules: &[Planned], verdicts: &[RuleVerdict]) -> Vec<AreaScore> {
    let sums = sums(rules, verdicts, |rule| rule.split('/').next().unwrap_or(""));
    let area = |(area, s): (&str, Sum)| {
        let area = area.to_string();
        s.score().map(|score| AreaScore { area, score, counted: s.counted, rules: s.rules })
    };
    sums.into_iter().filter_map(area).collect()
}

/// Score of one page over all areas; `None` where no rule counts.
pub fn overall(rules: &[Planned], verdicts: &[RuleVerdict]) -> Option<f64> {
    sums(rules, verdicts, |_| "").values().next().and_then(Sum::score)
}

/// `verdicts` are in the order of `rules`, some left out.
fn sums<'v>(
    rules: &[Planned],
    verdicts: &'v [RuleVerdict],
    key: impl Fn(&'v str) -> &'v str,
) -> BTreeMap<&'v str, Sum> {
    let mut rules = rules.iter();
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    for verdict in verdicts {
        let own = rules.find(|r| r.rule.id == verdict.rule).and_then(|r| r.rule.weight);
        if verdict.verdict == Verdict::Skip {
            continue;
        }
        let sum = sums.entry(key(&verdict.rule)).or_default();
        sum.rules += 1;
        let suppressed =
            !verdict.findings.is_empty() && verdict.findings.iter().all(|f| f.suppressed.is_some());
        if verdict.verdict == Verdict::Unsure || suppressed {
            continue;
        }
        let weight = own.unwrap_or(match verdict.level {
            Level::Error => WEIGHTS[0],
            Level::Warning => WEIGHTS[1],
            _ => WEIGHTS[2],
        });
        let result = match (verdict.verdict, verdict.credit) {
            (Verdict::Pass, _) => 1.0,
            (_, Some((have, of))) if of > 0.0 => (have / of).clamp(0.0, 1.0),
            _ => 0.0,
        };
        sum.got += weight * result;
        sum.of += weight;
        sum.counted += 1;
    }
    sums
}
