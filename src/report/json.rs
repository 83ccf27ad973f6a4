//! Everything, for programs. The shape is in `schema/report.json`.

use super::summary::Summary;
use crate::audit::{AreaScore, Failed, Laid, Notice, PageReport, PartRecord, RuleVerdict, RunReport};
use serde::Serialize;

/// A run.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(title = "storelint report")]
struct Report<'r> {
    /// Version of this shape.
    version: u32,
    /// Pages in input order.
    pages: Vec<Page<'r>>,
    /// Inputs that could not be checked.
    failed: &'r [Failed],
    /// Counts.
    summary: Summary,
}

/// A page.
#[derive(Serialize, schemars::JsonSchema)]
struct Page<'r> {
    /// Path as given, `-`, or the URL.
    source: &'r str,
    /// Page kind; null is unknown.
    page: Option<&'r str>,
    /// Why.
    page_reason: &'r str,
    /// Category; null is unknown.
    category: Option<&'r str>,
    /// Why.
    category_reason: &'r str,
    /// Language tag; null is unknown.
    language: Option<&'r str>,
    /// Why.
    language_reason: &'r str,
    /// The layout engine, or "none".
    geometry: &'r str,
    /// Why nothing was laid out.
    #[serde(skip_serializing_if = "Option::is_none")]
    geometry_reason: Option<&'r str>,
    /// Stylesheets that were not at hand where the layout could not be used, as the page names them.
    geometry_missing: &'r [String],
    /// What was laid out, by viewport.
    layouts: &'r [Laid],
    /// Encoding and what told it.
    encoding: &'r str,
    /// Why the page was not read whole.
    partial: &'r [String],
    /// Parts in page order.
    parts: &'r [PartRecord],
    /// Verdicts by rule.
    verdicts: &'r [RuleVerdict],
    /// The engine's own remarks.
    notices: &'r [Notice],
    /// Scores by area.
    scores: &'r [AreaScore],
    /// Score over all areas, where the config asks for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
}

impl<'r> Page<'r> {
    fn of(p: &'r PageReport) -> Page<'r> {
        Page {
            source: &p.source,
            page: p.page.value.as_deref(),
            page_reason: &p.page.reason,
            category: p.category.value.as_deref(),
            category_reason: &p.category.reason,
            language: p.language.value.as_deref(),
            language_reason: &p.language.reason,
            geometry: &p.geometry,
            geometry_reason: p.unlaid.as_deref(),
            geometry_missing: &p.missing,
            layouts: &p.laid,
            encoding: &p.encoding,
            partial: &p.partial,
            parts: &p.parts,
            verdicts: &p.verdicts,
            notices: &p.notices,
            scores: &p.scores,
            score: p.score,
        }
    }
}

pub fn render(run: &RunReport) -> String {
    let report = Report {
        version: 1,
        pages: run.pages.iter().map(Page::of).collect(),
        failed: &run.failed,
        summary: Summary::of(run),
    };
    match serde_json::to_string_pretty(&report) {
        Ok(text) => harmless(&text) + "\n",
        // numbers that JSON has no word for are the only way here, and there are none
        Err(e) => format!("{{\"version\":1,\"error\":\"{e}\"}}\n"),
    }
}

/// serde_json leaves C1 controls and direction marks as they are: here they become escapes,
/// so that a terminal is as safe as a program.
pub fn harmless(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c as u32 {
            0x7F..=0x9F
            | 0x200E..=0x200F
            | 0x202A..=0x202E
            | 0x2066..=0x2069
            | 0x061C
            | 0x2028..=0x2029
            | 0xFEFF => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            _ => out.push(c),
        }
    }
    out
}

/// The JSON Schema of the report.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Report<'static>);
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}
