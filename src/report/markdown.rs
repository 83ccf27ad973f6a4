//! For a comment on a pull request or a wiki page.

use super::said;
use super::summary::{Summary, need_lines, page_line, run_line, taken_for};
use crate::audit::RunReport;
use crate::show::shown;

pub fn render(run: &RunReport) -> String {
    let s = Summary::of(run);
    let mut out = format!("## storelint\n\n{}\n\n", run_line(&s));
    if !run.pages.is_empty() {
        out.push_str("| page | result | taken for |\n|---|---|---|\n");
        for page in &run.pages {
            let cells = [code(&page.source), text(&page_line(page)), text(&taken_for(page).join("; "))];
            out.push_str(&format!("| {} |\n", cells.map(|c| cell(&c)).join(" | ")));
        }
        out.push('\n');
    }
    let all = said(run);
    let findings: Vec<_> = all.iter().filter(|s| !s.unsure && s.finding.suppressed.is_none()).collect();
    if !findings.is_empty() {
        out.push_str("### Findings\n\n");
        for f in findings {
            let place = code(&format!("{}:{}:{}", f.page.source, f.finding.line, f.finding.column));
            out.push_str(&format!(
                "- **{}** {} at {place}: {}\n",
                f.level.name(),
                code(f.rule),
                text(&f.finding.message)
            ));
            out.push_str(&format!("  - Why: {}\n  - Fix: {}\n", text(&f.finding.why), text(&f.finding.fix)));
        }
        out.push('\n');
    }
    let unsure: Vec<_> = all.iter().filter(|s| s.unsure).collect();
    if !unsure.is_empty() {
        out.push_str("### Unsure\n\n");
        for f in unsure {
            out.push_str(&format!(
                "- {} on {}: {}\n",
                code(f.rule),
                code(&f.page.source),
                text(&f.finding.message)
            ));
        }
        for line in need_lines(&s) {
            out.push_str(&format!("- {line}\n"));
        }
        out.push('\n');
    }
    let notices: Vec<_> = run.pages.iter().flat_map(|p| p.notices.iter().map(move |n| (p, n))).collect();
    if !notices.is_empty() {
        out.push_str("### Remarks\n\n");
        for (page, n) in notices {
            out.push_str(&format!(
                "- {} at {}: {}\n",
                code(&n.id),
                code(&format!("{}:{}:{}", page.source, n.line, n.column)),
                text(&n.message)
            ));
        }
        out.push('\n');
    }
    let partial: Vec<_> = run.pages.iter().flat_map(|p| p.partial.iter().map(move |w| (p, w))).collect();
    if !run.failed.is_empty() || !partial.is_empty() {
        out.push_str("### Not checked\n\n");
        for (page, why) in partial {
            out.push_str(&format!("- {}: {}\n", code(&page.source), text(why)));
        }
        for f in &run.failed {
            out.push_str(&format!("- {}: {} ({})\n", code(&f.source), text(&f.message), code(&f.id)));
        }
        out.push('\n');
    }
    out
}

/// A code span that its own text cannot end.
fn code(raw: &str) -> String {
    let clean = shown(raw);
    let longest = clean.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if clean.starts_with('`') || clean.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{clean}{pad}{fence}")
}

/// Plain text in which nothing is markup, a mention or a reference.
fn text(raw: &str) -> String {
    let mut out = String::new();
    for c in shown(raw).chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '<' | '>' | '!' | '~' | '|' => {
                out.push('\\');
                out.push(c);
            }
            // a zero-width space keeps "@name" and "#1" from being links
            '@' | '#' => {
                out.push(c);
                out.push('\u{200B}');
            }
            c => out.push(c),
        }
    }
    out
}

/// In a table a pipe ends the cell, also inside code.
fn cell(text: &str) -> String {
    text.replace("\\|", "|").replace('|', "\\|")
}
