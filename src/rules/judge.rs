//! One rule on one page: does it apply, what do its expectations say, which verdict.

use crate::audit::{RuleVerdict, Status};
use crate::finding::{Evidence, Finding, Level, Need, Rejected, Verdict, fingerprint};
use crate::limits;
use crate::pack::model::{Arg, Condition, Each, Expect, Rule, Same, Subject, Trait, Value};
use crate::parts::describe;
use crate::parts::map::Thing;
use crate::parts::screen::Screen;
use crate::rules::compare::{Comparison, compare};
use crate::rules::context::{Context, Options};
use crate::rules::find::find;
use crate::rules::landmark;
use crate::rules::message::{Values, fill};
use crate::rules::order::order;
use crate::rules::outcome::{Draft, Outcome, Spot};
use crate::rules::within::blocks;
use std::collections::{BTreeMap, BTreeSet};

/// Judges a rule. `level` and `given` are the effective level and options of the run.
pub fn judge(c: &Context<'_>, rule: &Rule, level: Level, given: &BTreeMap<String, Value>) -> RuleVerdict {
    let verdict = |verdict, skipped: Option<String>| RuleVerdict {
        rule: rule.id.clone(),
        verdict,
        level,
        needs: Vec::new(),
        skipped,
        findings: Vec::new(),
        more: 0,
        credit: None,
    };
    if let Some(why) = does_not_apply(c, rule) {
        return verdict(Verdict::Skip, Some(why));
    }
    if c.guard.shell {
        let draft = Draft {
            spot: Spot::Landmark(landmark::of_page(c)),
            message: c.wording().cannot_tell(&c.wording().shell()),
            part: None,
            near: Vec::new(),
            basis: None,
            place: None,
            values: Values::new(),
        };
        let outcome = Outcome::unsure(draft, BTreeSet::from([Need::Render]));
        return assemble(c, &Options::default(), rule, level, vec![(outcome, None)]);
    }
    let options = Options::new(rule, given, c);
    let mut outcomes: Vec<(Outcome, Option<String>)> = Vec::with_capacity(rule.expects.len());
    for (number, expect) in rule.expects.iter().enumerate() {
        outcomes.push(one(c, &options, rule, number, expect));
    }
    assemble(c, &options, rule, level, outcomes)
}

/// Whether a rule is for this page.
pub fn applies(c: &Context<'_>, rule: &Rule) -> bool {
    does_not_apply(c, rule).is_none()
}

/// Whether a rule asks for what only a layout tells for sure: sizes, places, what is seen.
pub fn asks_for_layout(rule: &Rule) -> bool {
    rule.expects.iter().any(|e| {
        // an order and a comparison take the first thing that is seen
        by_viewport(e) || e.is.contains(&Trait::Visible) || !matches!(e.subject, Subject::Find(_))
    })
}

/// Why a rule does not apply to the page.
fn does_not_apply(c: &Context<'_>, rule: &Rule) -> Option<String> {
    let w = &rule.when;
    let outside = |what: &str, allowed: &[String], here: Option<&str>| {
        if allowed.is_empty() {
            return None;
        }
        match here {
            // what an empty shell is cannot be known: then the rule is unsure, not skipped
            None if c.guard.shell => None,
            None => Some(format!("the {what} is unknown; the rule is for {}", allowed.join(", "))),
            Some(here) if allowed.iter().any(|a| matches_tag(a, here)) => None,
            Some(here) => Some(format!("the {what} is {here}; the rule is for {}", allowed.join(", "))),
        }
    };
    let found = |parts: &[String]| {
        parts.iter().filter_map(|p| c.plan().part_ref(p)).any(|p| {
            // what no shopper sees makes no promise: quick views, templates of scripts
            let shown = |t: &Thing| t.status == Status::Found && (t.place.is_some() || c.seen(t));
            c.things(p).iter().any(shown)
        })
    };
    outside("page kind", &w.page, c.page)
        .or_else(|| outside("category", &w.category, c.category))
        .or_else(|| outside("language", &w.locale, c.language))
        .or_else(|| outside("platform", &w.platform, c.platform))
        .or_else(|| outside("market", &w.market, c.market))
        .or_else(|| {
            (!w.found.is_empty() && !found(&w.found))
                .then(|| format!("none of these is on the page: {}", w.found.join(", ")))
        })
        .or_else(|| rule.unless.as_ref().and_then(|u| ruled_out(c, u, &found)))
}

fn ruled_out(c: &Context<'_>, u: &Condition, found: &dyn Fn(&[String]) -> bool) -> Option<String> {
    let pairs = [
        (&u.page, c.page),
        (&u.category, c.category),
        (&u.locale, c.language),
        (&u.platform, c.platform),
        (&u.market, c.market),
    ];
    for (list, here) in pairs {
        if let Some(here) = here
            && list.iter().any(|x| matches_tag(x, here))
        {
            return Some(format!("the rule is not for {here}"));
        }
    }
    found(&u.found).then(|| format!("one of these is on the page: {}", u.found.join(", ")))
}

/// "zh" matches "zh-CN".
fn matches_tag(asked: &str, here: &str) -> bool {
    asked.eq_ignore_ascii_case(here)
        || (here.len() > asked.len()
            && here.is_char_boundary(asked.len())
            && here[..asked.len()].eq_ignore_ascii_case(asked)
            && here.as_bytes()[asked.len()] == b'-')
}

/// An expectation on every viewport that it asks for: the worst verdict counts.
fn one(
    c: &Context<'_>,
    options: &Options<'_>,
    rule: &Rule,
    number: usize,
    expect: &Expect,
) -> (Outcome, Option<String>) {
    let translation = c.translation(rule);
    let message = translation
        .and_then(|t| t.messages.get(number))
        .or(expect.message.as_ref())
        .or_else(|| translation.and_then(|t| t.message.as_ref()))
        .or(rule.message.as_ref())
        .map(String::as_str);
    let put = |options: &Options<'_>, screen: Option<&Screen>| match &expect.subject {
        Subject::Find(parts) => find(c, options, expect, parts, message, screen),
        Subject::Order(parts) => order(c, options, expect, parts, message, screen),
        Subject::Compare { left, op, right, adjust } => {
            let it = Comparison { left, op: *op, right, adjust: adjust.as_ref() };
            compare(c, options, expect, &it, message)
        }
    };
    let judged = |screen: Option<&Screen>| match &expect.per {
        None => put(options, screen),
        Some(name) => {
            let blocks = blocks(c, name);
            let one = |within| put(&options.inside(within), screen);
            let all = blocks.into_iter().map(one).reduce(join);
            all.unwrap_or_else(|| Outcome::skip(format!("no {name} is on the page")))
        }
    };
    if !by_viewport(expect) {
        return (judged(None), None);
    }
    let mut worst: Option<(Outcome, Option<String>)> = None;
    for screen in c.screens {
        let outcome = judged(Some(screen));
        let only_type = expect.is.contains(&Trait::Readable) && !on_screen(expect);
        let name = (!only_type || screen.geometry().is_some()).then(|| screen.viewport().name.clone());
        if worst.as_ref().is_none_or(|(w, _)| severity(outcome.verdict) > severity(w.verdict)) {
            worst = Some((outcome, name));
        }
    }
    worst.unwrap_or_else(|| (judged(None), None))
}

/// Whether an expectation asks for a place or a size on the screen.
fn on_screen(e: &Expect) -> bool {
    let length = |each: &Each| each.property.is_length();
    let same = matches!(e.same, Some(Same::Width | Same::Height | Same::Ratio));
    let hue = |arg: &Arg| matches!(arg, Arg::Value(v) if crate::pack::names_in(v).contains(&"hue"));
    e.is.contains(&Trait::FirstScreen)
        || e.cover.is_some()
        || same
        || e.each.iter().chain(&e.wheres).any(length)
        || matches!(&e.subject, Subject::Find(arg) if hue(arg))
}

/// Whether an expectation may say another thing on each viewport.
fn by_viewport(e: &Expect) -> bool {
    e.is.contains(&Trait::Readable) || on_screen(e)
}

/// Two blocks' answers: the worse one counts, equals say all that both say.
fn join(a: Outcome, b: Outcome) -> Outcome {
    let (mut worse, other) = if severity(b.verdict) > severity(a.verdict) { (b, a) } else { (a, b) };
    if worse.verdict == other.verdict {
        worse.drafts.extend(other.drafts);
        worse.needs.extend(other.needs);
    }
    worse
}

fn severity(v: Verdict) -> u8 {
    match v {
        Verdict::Skip => 0,
        Verdict::Pass => 1,
        Verdict::Unsure => 2,
        Verdict::Fail => 3,
    }
}

fn assemble(
    c: &Context<'_>,
    options: &Options<'_>,
    rule: &Rule,
    level: Level,
    outcomes: Vec<(Outcome, Option<String>)>,
) -> RuleVerdict {
    let has = |v: Verdict| outcomes.iter().any(|(o, _)| o.verdict == v);
    let mut verdict = [Verdict::Fail, Verdict::Unsure, Verdict::Pass]
        .into_iter()
        .find(|v| has(*v))
        .unwrap_or(Verdict::Skip);
    let mut needs: BTreeSet<Need> = BTreeSet::new();
    // a page cut short is never judged as whole: what is missing may be in the rest
    if verdict == Verdict::Pass && c.guard.partial && rule.expects.iter().any(|e| e.at_most.is_some()) {
        verdict = Verdict::Unsure;
        needs.insert(Need::Limit);
    }
    let skipped = (verdict == Verdict::Skip).then(|| {
        outcomes.iter().find_map(|(o, _)| o.skipped.clone()).unwrap_or_else(|| "nothing to judge".into())
    });
    // a sentence of its own, lower level does not raise the alarm of the others
    let own = outcomes.iter().zip(&rule.expects).filter(|((o, _), _)| o.verdict == verdict);
    let own = own.map(|(_, e)| e.level.map_or(level, |l| l.min(level))).max();
    let level = own.unwrap_or(level);
    let credit = outcomes.iter().find_map(|(o, _)| o.credit).filter(|_| rule.partial);
    let mut findings = Vec::new();
    for (outcome, viewport) in outcomes {
        if outcome.verdict == verdict {
            needs.extend(outcome.needs);
            findings.extend(
                outcome.drafts.into_iter().map(|d| finding(c, options, rule, d, viewport.as_deref())),
            );
        }
    }
    findings.sort_by(|a: &Finding, b| (a.start, a.end, &a.message).cmp(&(b.start, b.end, &b.message)));
    findings.dedup_by(|a, b| a.start == b.start && a.end == b.end && a.message == b.message);
    let more = findings.len().saturating_sub(limits::FINDINGS_PER_RULE) as u32;
    findings.truncate(limits::FINDINGS_PER_RULE);
    if verdict == Verdict::Unsure && needs.is_empty() {
        needs.insert(Need::Person);
    }
    for i in 0..findings.len() {
        let part = findings[i].part.as_deref().unwrap_or_default();
        let same = |f: &&Finding| f.part.as_deref().unwrap_or_default() == part;
        let ordinal = findings[..i].iter().filter(same).count();
        findings[i].fingerprint = fingerprint(&c.scene.page.source, &rule.id, part, ordinal);
    }
    RuleVerdict {
        rule: rule.id.clone(),
        verdict,
        level,
        needs: needs.into_iter().collect(),
        skipped,
        findings,
        more,
        credit,
    }
}

fn finding(
    c: &Context<'_>,
    options: &Options<'_>,
    rule: &Rule,
    draft: Draft,
    viewport: Option<&str>,
) -> Finding {
    let page = c.scene.page;
    let (el, landmark) = match &draft.spot {
        Spot::Thing(thing) => (thing.anchor, false),
        Spot::Landmark(el) => (*el, true),
    };
    let known = c.place(el);
    let (span, line, column) = match draft.place {
        None => (known.span, known.line, known.column),
        Some(span) => {
            let (line, column) = page.lines.position(&page.text, span.start);
            (span, line, column)
        }
    };
    let evidence: Vec<Evidence> = match &draft.spot {
        Spot::Thing(thing) => describe::evidence(c.scene, thing),
        Spot::Landmark(_) => Vec::new(),
    };
    let rejected = draft
        .near
        .iter()
        .take(20)
        .map(|near| {
            let span = near.thing.place.unwrap_or_else(|| c.place(near.thing.anchor).span);
            let (line, column) = page.lines.position(&page.text, span.start);
            Rejected {
                part: c.plan().name(near.thing.part).to_string(),
                title: c.title(near.thing.part),
                why: near.reason.inline(),
                certain: near.certain,
                start: span.start,
                end: span.end,
                line,
                column,
            }
        })
        .collect();
    Finding {
        why: c.translation(rule).and_then(|t| t.why.clone()).unwrap_or_else(|| rule.why.clone()),
        fix: fill_fix(c, options, c.fix(rule), &draft),
        message: draft.message,
        viewport: viewport.map(str::to_string),
        start: span.start,
        end: span.end,
        line,
        column,
        selector: known.selector,
        part: draft.part,
        landmark,
        evidence,
        rejected,
        basis: draft.basis,
        rendered: None,
        fingerprint: String::new(),
        suppressed: None,
        el: Some(el),
    }
}

/// A fix may name the same things as the message.
fn fill_fix(c: &Context<'_>, options: &Options<'_>, fix: &str, draft: &Draft) -> String {
    if fix.contains('{') { fill(fix, &draft.values, options, c) } else { fix.to_string() }
}
