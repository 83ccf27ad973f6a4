//! Counts of a run.

use crate::audit::{PageReport, Recognised, RunReport};
use crate::finding::{Level, Need, Verdict};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a run comes to.
#[derive(Clone, Debug, Default, Serialize, schemars::JsonSchema)]
pub struct Summary {
    /// Pages audited.
    pub pages: usize,
    /// Inputs that could not be checked.
    pub failed: usize,
    /// Pages that were not read whole.
    pub partial: usize,
    /// Findings of errors, not suppressed.
    pub errors: usize,
    /// Findings of warnings, not suppressed.
    pub warnings: usize,
    /// Findings of infos, not suppressed.
    pub infos: usize,
    /// Rules that passed, over all pages.
    pub passed: usize,
    /// Rules that failed.
    pub failed_rules: usize,
    /// Rules that could not be told.
    pub unsure: usize,
    /// Rules that did not apply.
    pub skipped: usize,
    /// Findings accepted with a reason.
    pub suppressed: usize,
    /// Unsure rules by what would decide them.
    pub needs: BTreeMap<String, usize>,
    /// Exit code of the run.
    pub exit: u8,
}

impl Summary {
    /// Counts a run.
    pub fn of(run: &RunReport) -> Summary {
        let mut s = Summary { pages: run.pages.len(), failed: run.failed.len(), ..Summary::default() };
        for page in &run.pages {
            s.add(page);
        }
        s.exit = super::exit::code(run);
        s
    }

    /// Counts one page.
    pub fn of_page(page: &PageReport) -> Summary {
        let mut s = Summary { pages: 1, ..Summary::default() };
        s.add(page);
        s
    }

    fn add(&mut self, page: &PageReport) {
        self.partial += usize::from(!page.partial.is_empty());
        for v in &page.verdicts {
            match v.verdict {
                Verdict::Pass => self.passed += 1,
                Verdict::Skip => self.skipped += 1,
                Verdict::Unsure => {
                    self.unsure += 1;
                    for need in &v.needs {
                        *self.needs.entry(need.name().to_string()).or_default() += 1;
                    }
                }
                Verdict::Fail => self.failed_rules += 1,
            }
            if v.verdict == Verdict::Fail {
                let suppressed = v.findings.iter().filter(|f| f.suppressed.is_some()).count();
                self.suppressed += suppressed;
                self.count(v.level, v.findings.len() - suppressed + v.more as usize);
            }
        }
        for n in &page.notices {
            self.count(n.level, 1);
        }
    }

    fn count(&mut self, level: Level, n: usize) {
        match level {
            Level::Error => self.errors += n,
            Level::Warning => self.warnings += n,
            Level::Info => self.infos += n,
            Level::Off => {}
        }
    }
}

/// "1 error", "2 errors".
pub fn counted(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

/// "item: 7 of 9 passed, 2 unsure, 1 suppressed".
pub fn page_line(page: &PageReport) -> String {
    let s = Summary::of_page(page);
    let judged = s.passed + s.failed_rules + s.unsure;
    let kind = page.page.value.as_deref().unwrap_or("unknown kind");
    let mut line = format!("{kind}: {} of {judged} passed", s.passed);
    if s.unsure > 0 {
        line.push_str(&format!(", {} unsure", s.unsure));
    }
    if s.suppressed > 0 {
        line.push_str(&format!(", {} suppressed", s.suppressed));
    }
    if s.skipped > 0 {
        line.push_str(&format!(", {} skipped", s.skipped));
    }
    line
}

/// What the page was taken for, and why: its kind, category and language. Said in every
/// format: a page taken for something else is judged by other rules.
pub fn taken_for(page: &PageReport) -> Vec<String> {
    let said = |what: &str, r: &Recognised| {
        let value = r.value.as_deref().unwrap_or("unknown");
        format!("{what} {value} ({})", r.reason)
    };
    let said = [said("page", &page.page), said("category", &page.category), said("language", &page.language)];
    said.into_iter().chain(layout_line(page)).collect()
}

/// "layout blitz (1 of 3 stylesheets missing, 4 of 20 pictures of assumed size)"; `None` where
/// no rule asked for a place.
fn layout_line(page: &PageReport) -> Option<String> {
    let Some(laid) = page.laid.first() else {
        return page.unlaid.as_ref().map(|why| format!("layout none ({why})"));
    };
    let short = |n: usize, of: usize, what: &str| (n > 0).then(|| format!("{n} of {of} {what}"));
    let sheets = short(laid.missing_stylesheets.len(), laid.stylesheets, "stylesheets missing");
    let pictures = short(laid.assumed_pictures, laid.pictures, "pictures of assumed size");
    let less: Vec<String> = sheets.into_iter().chain(pictures).collect();
    let less = if less.is_empty() { String::new() } else { format!("; {}", less.join(", ")) };
    let on: Vec<&str> = page.laid.iter().map(|l| l.viewport.as_str()).collect();
    Some(format!("layout {} (on {}{less})", page.geometry, on.join(" and ")))
}

/// "3 checks need the page's layout (layout)".
pub fn need_lines(s: &Summary) -> Vec<String> {
    let all = [
        Need::Layout,
        Need::Render,
        Need::RemoteDescription,
        Need::ImageText,
        Need::OtherPage,
        Need::Limit,
        Need::Person,
    ];
    all.iter()
        .filter_map(|n| s.needs.get(n.name()).map(|count| (n, count)))
        .map(|(n, count)| {
            let verb = if *count == 1 { "needs" } else { "need" };
            format!("{} {verb} {} ({})", counted(*count, "check"), n.sentence(), n.name())
        })
        .collect()
}

/// The last line of a run.
pub fn run_line(s: &Summary) -> String {
    let mut line = format!(
        "{} checked: {}, {}, {}; {} passed, {} unsure",
        counted(s.pages, "page"),
        counted(s.errors, "error"),
        counted(s.warnings, "warning"),
        counted(s.infos, "info"),
        s.passed,
        s.unsure
    );
    if s.suppressed > 0 {
        line.push_str(&format!(", {} suppressed", s.suppressed));
    }
    if s.partial > 0 {
        line.push_str(&format!("; {} not read whole", counted(s.partial, "page")));
    }
    if s.failed > 0 {
        line.push_str(&format!("; {} could not be checked", counted(s.failed, "input")));
    }
    line
}
