//! SARIF 2.1.0, for code scanning.

use super::summary::taken_for;
use super::{RuleInfo, Said, said};
use crate::audit::{PageReport, RunReport};
use crate::finding::{Level, fingerprint};
use crate::show::shown;
use serde_json::{Value, json};

/// Results shown by the best known reader of SARIF; the rest would be dropped unseen.
const MAX_RESULTS: usize = 5_000;

pub fn render(run: &RunReport, rules: &[RuleInfo]) -> String {
    let mut all = said(run);
    let total = all.len();
    if total > MAX_RESULTS {
        all.sort_by_key(|s| (s.unsure, std::cmp::Reverse(s.level)));
        all.truncate(MAX_RESULTS);
    }
    let mut results: Vec<Value> = all.iter().map(|s| result(s, rules)).collect();
    // storelint's own findings, each id described once behind the rules
    let mut own: Vec<&str> = Vec::new();
    for page in &run.pages {
        for (i, n) in page.notices.iter().enumerate() {
            if !own.contains(&n.id.as_str()) {
                own.push(&n.id);
            }
            let index = own.iter().position(|id| *id == n.id).map_or(0, |at| rules.len() + at);
            let ordinal = page.notices[..i].iter().filter(|o| o.id == n.id).count();
            results.push(json!({
                "ruleId": n.id,
                "ruleIndex": index,
                "kind": "fail",
                "level": level(n.level),
                "message": { "text": message(&n.message) },
                "locations": [location(page, n.start, n.end)],
                "partialFingerprints": { "storelint/v1": fingerprint(&page.source, &n.id, "", ordinal) },
            }));
        }
    }
    let mut notifications: Vec<Value> = run
        .failed
        .iter()
        .map(|f| json!({ "level": "error", "descriptor": { "id": f.id }, "message": { "text": message(&format!("{}: {}", f.source, f.message)) } }))
        .collect();
    for page in &run.pages {
        let text = message(&format!("{}: {}", page.source, taken_for(page).join("; ")));
        notifications.push(
            json!({ "level": "note", "descriptor": { "id": "storelint/page" }, "message": { "text": text } }),
        );
        for why in &page.partial {
            let text = message(&format!("{}: {why}", page.source));
            notifications.push(json!({ "level": "error", "descriptor": { "id": "storelint/partial" }, "message": { "text": text } }));
        }
    }
    if total > MAX_RESULTS {
        let text = format!("{} of {total} results are shown, the gravest first", MAX_RESULTS);
        notifications.push(json!({ "level": "note", "message": { "text": text } }));
    }
    let complete = run.failed.is_empty() && run.pages.iter().all(|p| p.partial.is_empty());
    let own = own.iter().map(|id| {
        let about = "A remark of storelint itself: on suppressions, the config, or how much was looked at.";
        json!({ "id": id, "shortDescription": { "text": about } })
    });
    let descriptors: Vec<Value> = rules
        .iter()
        .map(|r| {
            json!({
                "id": r.id,
                "shortDescription": { "text": message(&r.title) },
                "fullDescription": { "text": message(&r.why) },
                "help": { "text": message(&format!("{} {}", r.why, r.fix)) },
                "defaultConfiguration": { "level": level(r.level), "enabled": r.level != Level::Off },
            })
        })
        .chain(own)
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "storelint",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": descriptors,
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": complete, "toolExecutionNotifications": notifications }],
            "results": results,
        }],
    });
    super::json::harmless(&serde_json::to_string_pretty(&log).unwrap_or_default()) + "\n"
}

fn result(s: &Said<'_>, rules: &[RuleInfo]) -> Value {
    let f = s.finding;
    let mut result = json!({
        "ruleId": s.rule,
        "kind": if s.unsure { "review" } else { "fail" },
        "level": if s.unsure { "none" } else { level(s.level) },
        "message": { "text": message(&f.message) },
        "locations": [location(s.page, f.start, f.end)],
        "partialFingerprints": { "storelint/v1": f.fingerprint },
    });
    if let Some(index) = rules.iter().position(|r| r.id == s.rule) {
        result["ruleIndex"] = json!(index);
    }
    let related: Vec<Value> = f
        .rejected
        .iter()
        .enumerate()
        .map(|(i, near)| {
            let mut place = location(s.page, near.start, near.end);
            place["id"] = json!(i + 1);
            place["message"] = json!({ "text": message(&format!("{} {}", near.title, near.why)) });
            place
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    if let Some(by) = &f.suppressed {
        let kind = if by.by == "source" { "inSource" } else { "external" };
        result["suppressions"] = json!([{ "kind": kind, "justification": message(&by.why) }]);
    }
    result
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
        Level::Off => "none",
    }
}

fn location(page: &PageReport, start: u32, end: u32) -> Value {
    let (line, column) = page.lines.position(&page.text, start);
    let (end_line, end_column) = page.lines.position(&page.text, end.max(start));
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&page.source) },
            "region": { "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column },
        }
    })
}

/// A path as a relative reference, everything else percent-encoded; a URL as it is.
fn uri(source: &str) -> String {
    if source.contains("://") {
        return source.to_string();
    }
    let mut out = String::new();
    for byte in source.trim_start_matches("./").bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_' | b'~') {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    if source == "-" { "stdin".into() } else { out }
}

/// Text of a message: brackets and braces would be links and placeholders.
fn message(text: &str) -> String {
    shown(text)
        .replace('\\', "\\\\")
        .replace('[', "\\[")
        .replace(']', "\\]")
        .replace('{', "{{")
        .replace('}', "}}")
}
