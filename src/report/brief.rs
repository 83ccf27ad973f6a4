//! One line a finding, and one a page: what it was taken for.

use super::said;
use super::summary::{Summary, run_line, taken_for};
use crate::audit::RunReport;
use crate::show::shown;

pub fn render(run: &RunReport) -> String {
    let mut out = String::new();
    for s in said(run).iter().filter(|s| s.finding.suppressed.is_none()) {
        let f = s.finding;
        let level = if s.unsure { "unsure" } else { s.level.name() };
        let source = shown(&s.page.source);
        out.push_str(&format!(
            "{source}:{}:{}: {level}[{}] {}\n",
            f.line,
            f.column,
            s.rule,
            shown(&f.message)
        ));
    }
    for page in &run.pages {
        out.push_str(&format!("{}: {}\n", shown(&page.source), shown(&taken_for(page).join("; "))));
        for n in &page.notices {
            let source = shown(&page.source);
            out.push_str(&format!(
                "{source}:{}:{}: {}[{}] {}\n",
                n.line,
                n.column,
                n.level.name(),
                n.id,
                shown(&n.message)
            ));
        }
        for why in &page.partial {
            out.push_str(&format!("{}: partial: {}\n", shown(&page.source), shown(why)));
        }
    }
    for f in &run.failed {
        out.push_str(&format!("{}: failed[{}] {}\n", shown(&f.source), f.id, shown(&f.message)));
    }
    out.push_str(&run_line(&Summary::of(run)));
    out.push('\n');
    out
}
