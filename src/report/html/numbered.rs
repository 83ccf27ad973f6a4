//! Findings in the order in which the report tells and numbers them.

use crate::audit::PageReport;
use crate::finding::{Finding, Level, Need, Verdict};

/// A finding with its number on the page, from 1; accepted ones have none.
#[derive(Clone, Copy, Debug)]
pub struct Numbered<'r> {
    /// Its number.
    pub number: Option<usize>,
    /// Its verdict's place among the page's.
    pub verdict: usize,
    /// Its place among the verdict's.
    pub at: usize,
    /// The rule's id.
    pub rule: &'r str,
    /// The rule's level here.
    pub level: Level,
    /// Whether it cannot be told.
    pub unsure: bool,
    /// What would decide it then.
    pub needs: &'r [Need],
    /// The finding.
    pub finding: &'r Finding,
}

impl Numbered<'_> {
    /// The word that tells its colour: a level, or `unsure`.
    pub fn tone(&self) -> &'static str {
        if self.unsure { "unsure" } else { self.level.name() }
    }
}

/// A page's findings: fails from grave to slight, then what is unsure, then what is accepted;
/// each in the order of the page.
pub fn of(page: &PageReport) -> Vec<Numbered<'_>> {
    let mut all = Vec::new();
    let told = |v: &Verdict| matches!(v, Verdict::Fail | Verdict::Unsure);
    for (verdict, v) in page.verdicts.iter().enumerate().filter(|(_, v)| told(&v.verdict)) {
        for (at, finding) in v.findings.iter().enumerate() {
            let unsure = v.verdict == Verdict::Unsure;
            let (level, needs) = (v.level, v.needs.as_slice());
            all.push(Numbered { number: None, verdict, at, rule: &v.rule, level, unsure, needs, finding });
        }
    }
    all.sort_by_key(|n| {
        let f = n.finding;
        (f.suppressed.is_some(), n.unsure, std::cmp::Reverse(n.level), f.start, n.rule)
    });
    for (i, n) in all.iter_mut().enumerate().filter(|(_, n)| n.finding.suppressed.is_none()) {
        n.number = Some(i + 1);
    }
    all
}
