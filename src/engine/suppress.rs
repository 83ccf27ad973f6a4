//! Findings that are accepted: by directives in the page, by `[[ignore]]` in the config.
//! A suppression that hides nothing is reported.

use crate::audit::{Notice, RuleVerdict};
use crate::engine::plan::{Ignored, Plan};
use crate::finding::{Level, Span, Suppressed, Verdict};
use crate::page::Page;
use crate::page::directives::Directives;
use crate::text::nearest::nearest;
use scraper::Selector;

/// Marks accepted findings and says what is wrong with the suppressions.
pub fn apply(
    page: &Page,
    plan: &Plan,
    directives: &Directives,
    ignores: &[Ignored],
    verdicts: &mut [RuleVerdict],
) -> Vec<Notice> {
    let mut notices = Vec::new();
    for p in &directives.problems {
        notices.push(notice(page, p.id, Level::Error, p.message.clone(), Some(p.help.clone()), p.span));
    }
    for off in &directives.offs {
        if off.why.is_none() && plan.settings.reasons {
            let message = "this suppression gives no reason".to_string();
            let comment = off.at.slice(&page.text).starts_with("<!");
            let help = if comment {
                "add it behind a colon: <!-- storelint-off area/rule: reason -->".to_string()
            } else {
                "add it beside this attribute: data-storelint-why=\"reason\"".to_string()
            };
            notices.push(notice(page, "off-why", Level::Error, message, Some(help), off.at));
            continue;
        }
        for (rule, at) in &off.rules {
            if !plan.known_rules.contains(rule) {
                let near = nearest(rule, plan.known_rules.iter().map(String::as_str));
                let in_area = |r: &&String| r.split('/').next() == Some(rule.as_str());
                let area = plan.known_rules.iter().find(in_area);
                let help = match area {
                    Some(one) => {
                        Some(format!("this is a whole area: name its rules one by one, such as {one}"))
                    }
                    None => near.map(|n| format!("did you mean “{n}”?")),
                };
                notices.push(notice(
                    page,
                    "off-what",
                    Level::Error,
                    format!("there is no rule called “{rule}”"),
                    help,
                    *at,
                ));
                continue;
            }
            // a rule that did not run says nothing of its suppression
            let Some(verdict) = verdicts.iter_mut().find(|v| v.rule == *rule) else { continue };
            let mut hid = false;
            for finding in verdict.findings.iter_mut() {
                let place = Span::new(finding.start, finding.end);
                let covered = match off.range {
                    None => true,
                    Some(range) => range.contains(place) && !finding.landmark,
                };
                if covered {
                    hid = true;
                    if finding.suppressed.is_none() {
                        let why = off.why.clone().unwrap_or_default();
                        finding.suppressed = Some(Suppressed { by: "source".into(), why });
                    }
                }
            }
            if !hid && verdict.verdict == Verdict::Pass {
                let message = format!("nothing is suppressed here: {rule} passes");
                notices.push(notice(
                    page,
                    "unused-off",
                    Level::Warning,
                    message,
                    Some("remove it".into()),
                    *at,
                ));
            }
        }
    }
    for ignore in ignores {
        let css = ignore.css.as_deref().and_then(|c| Selector::parse(c).ok());
        let Some(verdict) = verdicts.iter_mut().find(|v| v.rule == ignore.rule) else { continue };
        for finding in verdict.findings.iter_mut() {
            let fits_part = ignore.part.is_none() || ignore.part == finding.part;
            let fits_css = css.as_ref().is_none_or(|css| {
                page.dom.iter().any(|el| {
                    page.dom.element_ref(el).is_some_and(|e| css.matches(&e))
                        && page.dom.span(el).contains(Span::new(finding.start, finding.end))
                })
            });
            if fits_part && fits_css && finding.suppressed.is_none() {
                finding.suppressed = Some(Suppressed { by: "config".into(), why: ignore.why.clone() });
            }
        }
    }
    notices
}

/// A remark of the engine at a place of the page.
pub fn notice(
    page: &Page,
    id: &str,
    level: Level,
    message: String,
    help: Option<String>,
    span: Span,
) -> Notice {
    let (line, column) = page.lines.position(&page.text, span.start);
    Notice {
        id: format!("storelint/{id}"),
        level,
        message,
        help,
        start: span.start,
        end: span.end,
        line,
        column,
    }
}
