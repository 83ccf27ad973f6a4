//! GitHub workflow commands: annotations on the lines of a pull request.

use super::said;
use super::summary::{Summary, run_line, taken_for};
use crate::audit::RunReport;
use crate::finding::Level;
use crate::show::shown;

pub fn render(run: &RunReport) -> String {
    let mut out = String::new();
    let command = |level: Level| match level {
        Level::Error => "error",
        Level::Warning => "warning",
        _ => "notice",
    };
    for s in said(run).iter().filter(|s| s.finding.suppressed.is_none()) {
        let f = s.finding;
        let kind = if s.unsure { "notice" } else { command(s.level) };
        let text = if s.unsure { f.message.clone() } else { format!("{} {}", f.message, f.fix) };
        let place = place(&s.page.source, f.line, f.column);
        out.push_str(&format!("::{kind} {place}title={}::{}\n", property(s.rule), data(&text)));
    }
    for page in &run.pages {
        let told = data(&format!("{}: {}", page.source, taken_for(page).join("; ")));
        out.push_str(&format!("storelint: {told}\n"));
        for n in &page.notices {
            let place = place(&page.source, n.line, n.column);
            out.push_str(&format!(
                "::{} {place}title={}::{}\n",
                command(n.level),
                property(&n.id),
                data(&n.message)
            ));
        }
        for why in &page.partial {
            out.push_str(&format!("::error {}title=partial::{}\n", file(&page.source), data(why)));
        }
    }
    for f in &run.failed {
        out.push_str(&format!(
            "::error {}title={}::{}\n",
            file(&f.source),
            property(&f.id),
            data(&format!("{}: {}", f.source, f.message))
        ));
    }
    out.push_str(&format!("storelint: {}\n", run_line(&Summary::of(run))));
    out
}

/// Pages of the web have no file to annotate.
fn file(source: &str) -> String {
    if source == "-" || source.contains("://") {
        String::new()
    } else {
        format!("file={},", property(source))
    }
}

fn place(source: &str, line: u32, column: u32) -> String {
    let file = file(source);
    if file.is_empty() { String::new() } else { format!("{file}line={line},col={column},") }
}

fn data(text: &str) -> String {
    shown(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
