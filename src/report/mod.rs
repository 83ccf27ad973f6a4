//! Reports: one run in many forms. Text from pages is cleaned on its way out.

mod brief;
pub mod exit;
mod github;
pub mod html;
mod human;
mod json;
mod markdown;
mod sarif;
mod summary;

pub use json::{harmless, schema};
pub use summary::{Summary, run_line};

use crate::audit::RunReport;
use crate::finding::{Finding, Level, Verdict};

/// Forms of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people, with source lines.
    Human,
    /// One line a finding.
    Brief,
    /// Everything, for programs.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// GitHub workflow commands.
    Github,
    /// For a comment or wiki.
    Markdown,
    /// One file to look at, with pictures.
    Html,
}

/// What reports say of a rule besides its findings.
#[derive(Clone, Debug)]
pub struct RuleInfo {
    /// Id.
    pub id: String,
    /// What a good page does.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// How to mend it.
    pub fix: String,
    /// Level.
    pub level: Level,
}

/// How to draw.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Colours.
    pub color: bool,
    /// Columns.
    pub width: usize,
    /// Language of the report's own words, where the format has them in several.
    pub lang: html::Lang,
}

/// The report as text.
pub fn render(run: &RunReport, rules: &[RuleInfo], format: Format, options: Options) -> String {
    match format {
        Format::Human => human::render(run, options),
        Format::Brief => brief::render(run),
        Format::Json => json::render(run),
        Format::Sarif => sarif::render(run, rules),
        Format::Github => github::render(run),
        Format::Markdown => markdown::render(run),
        Format::Html => html::render(run, rules, options.lang),
    }
}

/// A finding that is said: of a fail or an unsure verdict, with its page, rule and level.
struct Said<'r> {
    page: &'r crate::audit::PageReport,
    rule: &'r str,
    level: Level,
    unsure: bool,
    finding: &'r Finding,
}

/// Every finding of the run in order of page and place, suppressed ones too.
fn said(run: &RunReport) -> Vec<Said<'_>> {
    run.pages.iter().flat_map(said_of).collect()
}

/// Every finding of a page in order of place, suppressed ones too; unsure ones last.
fn said_of(page: &crate::audit::PageReport) -> Vec<Said<'_>> {
    let mut out = Vec::new();
    for v in page.verdicts.iter().filter(|v| matches!(v.verdict, Verdict::Fail | Verdict::Unsure)) {
        for finding in &v.findings {
            let unsure = v.verdict == Verdict::Unsure;
            out.push(Said { page, rule: &v.rule, level: v.level, unsure, finding });
        }
    }
    out.sort_by(|a: &Said<'_>, b| {
        (a.unsure, a.finding.start, a.rule).cmp(&(b.unsure, b.finding.start, b.rule))
    });
    out
}
