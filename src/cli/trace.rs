//! How one rule judges one page, step by step.

use crate::audit::{PartRecord, RuleVerdict, Tri};
use crate::cli::exit::Stop;
use crate::cli::pages::with_page;
use crate::cli::run::Session;
use crate::cli::setup::Setup;
use crate::cli::{rule_text, see, seen};
use crate::engine::{Looked, Plan, look};
use crate::finding::{Finding, Level, Verdict};
use crate::pack::model::{Builtin, Rule};
use crate::page::Page;
use crate::parts::describe;
use crate::rules::judge::judge;
use crate::show::shown;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fmt::Write;

/// Judges the page by the rule alone and tells how.
///
/// # Errors
/// A page that cannot be read, exit code 3, or more than one.
pub fn of(session: &Session, setup: &Setup, rule: &Rule, input: &OsStr) -> Result<String, Stop> {
    // a rule that is off is judged here all the same
    let levels = BTreeMap::from([(rule.id.clone(), Level::Warning)]);
    let options = &setup.effective.options;
    let plan = Plan::compile(&setup.loaded, setup.settings.clone(), &levels, options, |id| id == rule.id)
        .map_err(|e| Stop::usage(e, None))?;
    with_page(see::one(input, &session.global)?, |page| {
        let looked = look(page, &plan, &setup.page(&page.source));
        tell(page, &plan, &looked, rule)
    })
    .map_err(|failed| see::unread(&failed))
}

fn tell(page: &Page, plan: &Plan, looked: &Looked<'_>, rule: &Rule) -> String {
    let context = looked.context(plan);
    let none = BTreeMap::new();
    let options = plan.rules.first().map_or(&none, |p| &p.options);
    let judged = |rule: &Rule| judge(&context, rule, rule.level.default, options);
    let whole = judged(rule);
    let mut text = format!("{} on {}: {}\n", rule.id, shown(&page.source), whole.verdict.name());
    for (what, said) in
        [("page", &looked.page), ("category", &looked.category), ("language", &looked.language)]
    {
        let value = shown(said.value.as_deref().unwrap_or("unknown"));
        let _ = writeln!(text, "  {what:<9} {value} ({})", shown(&said.reason));
    }
    if let Some(why) = &whole.skipped {
        let _ = writeln!(text, "  skipped: {}", shown(why));
    }
    let records =
        looked.screens.first().map_or(Vec::new(), |s| describe::records(&looked.scene, &looked.map, s));
    for (i, expect) in rule.expects.iter().enumerate() {
        let alone = Rule { expects: vec![expect.clone()], ..rule.clone() };
        let verdict = judged(&alone);
        let _ =
            writeln!(text, "\nexpect {} (line {}): {}", i + 1, expect.place.line(), verdict.verdict.name());
        if let Some(why) = verdict.skipped.as_ref().filter(|_| whole.skipped.is_none()) {
            let _ = writeln!(text, "  {}", shown(why));
        }
        findings(&mut text, &verdict);
        candidates(&mut text, &records, &rule_text::named(&alone));
    }
    text
}

fn findings(text: &mut String, verdict: &RuleVerdict) {
    if verdict.verdict == Verdict::Unsure {
        let needs: Vec<&str> = verdict.needs.iter().map(|n| n.sentence()).collect();
        let _ = writeln!(text, "  would be decided by: {}", needs.join("; "));
    }
    for finding in &verdict.findings {
        let _ = writeln!(text, "  {}  {}", place(finding), shown(&finding.message));
        for near in &finding.rejected {
            let sure = if near.certain { "does not count" } else { "may not count" };
            let _ =
                writeln!(text, "    line {}: {} {sure}: {}", near.line, shown(&near.title), shown(&near.why));
        }
    }
}

fn place(finding: &Finding) -> String {
    format!("line {}, column {}", finding.line, finding.column)
}

/// Everything on the page that speaks for the parts of the sentence.
fn candidates(text: &mut String, records: &[PartRecord], named: &BTreeSet<&str>) {
    for name in named {
        let of: Vec<&PartRecord> = records.iter().filter(|r| r.part == **name).collect();
        if of.is_empty() {
            let why = match Builtin::parse(name) {
                Some(_) => "built in; it is counted, not told by evidence",
                None => "nothing on the page speaks for it",
            };
            let _ = writeln!(text, "  {name}: {why}");
        }
        for r in of {
            let evidence: Vec<String> = r
                .evidence
                .iter()
                .map(|e| format!("{} “{}” {}", e.field, shown(&e.phrase), e.strength))
                .collect();
            let screen = match r.screen {
                Tri::Yes => "on the first screen",
                Tri::No => "below the first screen",
                Tri::Maybe => "perhaps on the first screen",
            };
            let visible = if r.visible { "visible" } else { "not visible" };
            let value = r.value.as_ref().map_or(String::new(), |v| format!(", value {}", shown(v)));
            let _ = writeln!(
                text,
                "  {name}: {} with {} points, line {}: {}; {visible}, in {}, {screen} ({}){value}",
                seen::status(r.status),
                r.points,
                r.line,
                evidence.join(" + "),
                r.region,
                seen::top(r.top, r.basis),
            );
        }
    }
}
