//! The exit code of a run: one match, the same for every format.

use crate::audit::{Failed, RunReport};
use crate::finding::{Level, Verdict};

/// Nothing found that counts.
pub const CLEAN: u8 = 0;
/// Findings at or above the level asked for, or a score too low.
pub const FINDINGS: u8 = 1;
/// A wrong argument, config or rule. Beats all others.
pub const USAGE: u8 = 2;
/// Some input could not be read or checked; findings are still shown. Beats 1.
pub const INCOMPLETE: u8 = 3;
/// Nothing to check: no page, or no rule applied to any.
pub const NOTHING: u8 = 4;

/// Id of a folder or pattern that names no page.
const NO_PAGES: &str = "source/no-pages";

/// The exit code of a run that could begin.
pub fn code(run: &RunReport) -> u8 {
    if run.pages.is_empty() && no_page_lost(&run.failed) {
        return NOTHING;
    }
    let incomplete = !run.failed.is_empty() || run.pages.iter().any(|p| !p.partial.is_empty());
    let applied = run.pages.iter().flat_map(|p| &p.verdicts).any(|v| v.verdict != Verdict::Skip);
    if incomplete {
        INCOMPLETE
    } else if run.low_score || counts(run) {
        FINDINGS
    } else if !applied {
        NOTHING
    } else {
        CLEAN
    }
}

/// Whether no input is lost: there may be folders without pages, and nothing else that gave none.
pub fn no_page_lost(failed: &[Failed]) -> bool {
    failed.iter().all(|f| f.id == NO_PAGES)
}

/// Whether a finding counts.
fn counts(run: &RunReport) -> bool {
    let Some(least) = run.fail_on else { return false };
    run.pages.iter().any(|p| {
        let notices = p.notices.iter().any(|n| n.level >= least && n.level != Level::Off);
        let verdicts = p.verdicts.iter().any(|v| {
            let judged = match v.verdict {
                Verdict::Fail => true,
                Verdict::Unsure => run.strict,
                _ => false,
            };
            judged && v.level >= least && (v.findings.iter().any(|f| f.suppressed.is_none()) || v.more > 0)
        });
        notices || verdicts
    })
}
