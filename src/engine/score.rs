//! Scores by area: rules that pass or fail, by weight; unsure, skipped and suppressed
//! ones weigh nothing.

use crate::audit::{AreaScore, RuleVerdict};
use crate::engine::plan::Planned;
use crate::finding::{Level, Verdict};
use std::collections::BTreeMap;

/// Scores of one page.
pub fn scores(rules: &[Planned], verdicts: &[RuleVerdict]) -> Vec<AreaScore> {
    let mut areas: BTreeMap<String, (f64, f64, u32, u32)> = BTreeMap::new();
    for verdict in verdicts {
        let Some(planned) = rules.iter().find(|r| r.rule.id == verdict.rule) else { continue };
        let area = verdict.rule.split('/').next().unwrap_or("").to_string();
        if verdict.verdict == Verdict::Skip {
            continue;
        }
        let entry = areas.entry(area).or_default();
        entry.3 += 1;
        let suppressed = !verdict.findings.is_empty() && verdict.findings.iter().all(|f| f.suppressed.is_some());
        if verdict.verdict == Verdict::Unsure || suppressed {
            continue;
        }
        let weight = planned.rule.weight.unwrap_or(match verdict.level {
            Level::Error => 10.0,
            Level::Warning => 3.0,
            _ => 1.0,
        });
        let result = match (verdict.verdict, verdict.credit) {
            (Verdict::Pass, _) => 1.0,
            (_, Some((have, of))) if of > 0.0 => (have / of).clamp(0.0, 1.0),
            _ => 0.0,
        };
        entry.0 += weight * result;
        entry.1 += weight;
        entry.2 += 1;
    }
    areas
        .into_iter()
        .filter(|(_, s)| s.1 > 0.0)
        .map(|(area, (got, of, counted, rules))| AreaScore {
            area,
            score: (1000.0 * got / of).round() / 10.0,
            counted,
            rules,
        })
        .collect()
}
