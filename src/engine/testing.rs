//! Tests inside rule files: each is a page or fragment with the verdict it wants. And
//! mutants: every line of a rule dropped in turn must break one of its tests.

use crate::audit::RuleVerdict;
use crate::audit::Status;
use crate::engine::nearly::{self, Nearly};
use crate::engine::plan::{PageSettings, Plan, parts_of};
use crate::engine::run::look;
use crate::finding::{Level, Verdict};
use crate::pack::model::{Place, Rule, RuleTest};
use crate::page::Page;
use crate::parts::map::Thing;
use crate::rules::context::{Context, Known};
use crate::rules::judge::judge;
use crate::viewport::Viewport;
use scraper::Selector;
use std::collections::{BTreeMap, BTreeSet};

/// What a test came to.
#[derive(Clone, Debug)]
pub struct TestResult {
    /// The test.
    pub test: RuleTest,
    /// What the rule said.
    pub got: RuleVerdict,
    /// What is wrong; empty where the test holds.
    pub wrong: Vec<String>,
    /// Things seen of the parts that the rule asks for, for the report of a wrong test.
    pub recognised: Vec<String>,
    /// Things seen of other parts.
    pub others: usize,
    /// Texts that are almost words of the rule's parts, where the test is wrong.
    pub nearly: Vec<Nearly>,
    /// Names of the rule's parts that were found.
    pub found: BTreeSet<String>,
    /// Which expectations failed, by index.
    pub failed: Vec<usize>,
}

/// What the tests of one rule came to.
#[derive(Clone, Debug)]
pub struct RuleResult {
    /// Id of the rule.
    pub rule: String,
    /// Its tests, in file order.
    pub tests: Vec<TestResult>,
    /// What is missing: tests that pass, tests that fail, expectations never seen to fail.
    pub incomplete: Vec<(Place, String)>,
    /// Lines that no test needs, where asked.
    pub needless: Vec<(Place, String)>,
}

/// The fragment as a page: whole documents stay as they are, fragments keep their lines.
pub fn document(html: &str) -> String {
    let head = html.trim_start().get(..15).unwrap_or(html).to_ascii_lowercase();
    if head.starts_with("<!doctype") || head.starts_with("<html") {
        html.to_string()
    } else {
        format!("<!DOCTYPE html><html><head><title></title></head><body>{html}</body></html>")
    }
}

/// Runs the tests of one rule; with `mutants` also drops each line in turn.
pub fn run(plan: &Plan, rule: &Rule, mutants: bool) -> RuleResult {
    let pages: Vec<Page> = rule.tests.iter().map(|t| Page::from_text("test", &document(&t.html))).collect();
    let settings: Vec<PageSettings> = rule.tests.iter().map(|t| settings(rule, t)).collect();
    let looked: Vec<_> = pages.iter().zip(&settings).map(|(p, s)| look(p, plan, s)).collect();
    let judge_with = |rule: &Rule, i: usize| -> RuleVerdict {
        let (test, looked) = (&rule.tests[i], &looked[i]);
        let wanted = test.viewport.as_deref().unwrap_or("desktop");
        let viewports: Vec<Viewport> =
            Viewport::builtin().into_iter().chain(plan.settings.viewports.clone()).collect();
        let viewport = viewports.iter().find(|v| v.name == wanted).unwrap_or(&viewports[0]);
        let screens = [crate::parts::screen::Screen::new(viewport, None)];
        let context = Context {
            scene: &looked.scene,
            map: &looked.map,
            screens: &screens,
            page: looked.page.value.as_deref(),
            category: looked.category.value.as_deref(),
            language: looked.language.value.as_deref(),
            platform: test.platform.as_deref(),
            market: test.market.as_deref(),
            lang: "en",
            min_font: plan.settings.min_font,
            guard: crate::rules::context::Guard { shell: false, ..looked.guard },
            places: crate::rules::places::Places::default(),
            today: test
                .today
                .as_deref()
                .or(plan.settings.today.as_deref())
                .and_then(crate::text::dates::parse),
            known: Known::default(),
        };
        judge(&context, rule, Level::Error, &test.with)
    };
    let names: BTreeSet<String> = parts_of(rule, &BTreeMap::new()).into_iter().collect();
    let mut tests = Vec::new();
    for (i, test) in rule.tests.iter().enumerate() {
        let got = judge_with(rule, i);
        let wrong = differences(test, &got, &pages[i]);
        let failed = (0..rule.expects.len())
            .filter(|e| {
                let alone = Rule { expects: vec![rule.expects[*e].clone()], ..rule.clone() };
                judge_with(&alone, i).verdict == Verdict::Fail
            })
            .collect();
        let things = || looked[i].map.things.iter().flatten();
        let asked = |t: &&Thing| names.contains(plan.parts.name(t.part));
        let recognised = things().filter(asked).map(|t| {
            let evidence = crate::parts::describe::evidence(&looked[i].scene, t);
            let why = evidence.first().map_or(String::new(), |e| format!(" ({} “{}”)", e.field, e.phrase));
            format!("{}{why}", plan.parts.name(t.part))
        });
        let found = things().filter(asked).filter(|t| t.status == Status::Found);
        let nearly = if wrong.is_empty() { Vec::new() } else { nearly::nearly(plan, rule, &looked[i].scene) };
        tests.push(TestResult {
            test: test.clone(),
            got,
            recognised: recognised.collect(),
            others: things().filter(|t| !asked(t)).count(),
            found: found.map(|t| plan.parts.name(t.part).to_string()).collect(),
            nearly,
            wrong,
            failed,
        });
    }
    let mut result =
        RuleResult { rule: rule.id.clone(), tests, incomplete: Vec::new(), needless: Vec::new() };
    incomplete(rule, &mut result);
    if mutants {
        for (place, what, mutant) in crate::engine::mutants::all(rule) {
            let noticed = (0..rule.tests.len())
                .any(|i| !differences(&rule.tests[i], &judge_with(&mutant, i), &pages[i]).is_empty());
            if !noticed {
                result.needless.push((place, what));
            }
        }
    }
    result
}

fn settings(rule: &Rule, test: &RuleTest) -> PageSettings {
    let said = |v: &Option<String>| v.clone().map(|v| (v, "test".to_string()));
    let page = said(&test.page).or_else(|| rule.when.page.first().map(|p| (p.clone(), "test".to_string())));
    PageSettings {
        page: page.or(Some(("other".into(), "test".into()))),
        category: said(&test.category).or(Some((String::new(), "test".into()))).filter(|c| !c.0.is_empty()),
        language: said(&test.locale),
        platform: test.platform.clone(),
        market: test.market.clone(),
        ..PageSettings::default()
    }
}

fn differences(test: &RuleTest, got: &RuleVerdict, page: &Page) -> Vec<String> {
    let mut wrong = Vec::new();
    if got.verdict != test.verdict {
        let why = got.skipped.clone().or_else(|| got.findings.first().map(|f| f.message.clone()));
        let why = why.map_or(String::new(), |w| format!(": {w}"));
        let kind = match (test.verdict, got.verdict) {
            (_, Verdict::Fail) => "noisy: ",
            (Verdict::Fail, _) => "missed: ",
            _ => "",
        };
        wrong.push(format!("{kind}expected {}, got {}{why}", test.verdict.name(), got.verdict.name()));
        return wrong;
    }
    if let Some(n) = test.findings
        && got.findings.len() as u32 != n
    {
        wrong.push(format!("expected {n} finding(s), got {}", got.findings.len()));
    }
    if let Some(message) = &test.message {
        let first = got.findings.first().map_or("", |f| f.message.as_str());
        if !got.findings.iter().any(|f| f.message == *message) {
            wrong.push(format!("expected “{message}”, got “{first}”"));
        }
    }
    if let Some(at) = &test.at
        && let Ok(css) = Selector::parse(at)
    {
        let sits = got.findings.iter().any(|f| {
            page.dom.iter().any(|el| {
                let on = page.dom.element_ref(el).is_some_and(|e| css.matches(&e));
                let span = page.dom.start_tag(el).unwrap_or_default();
                let whole = page.dom.span(el);
                // structured data sits inside its script
                on && (span.start == f.start
                    || (page.dom.name(el) == "script" && whole.start <= f.start && f.end <= whole.end))
            })
        });
        if !sits {
            let where_ = got.findings.first().map_or("nowhere".to_string(), |f| f.selector.to_string());
            wrong.push(format!("expected the finding at {at}, got it at {where_}"));
        }
    }
    wrong
}

fn incomplete(rule: &Rule, result: &mut RuleResult) {
    for problem in crate::pack::untested(&std::iter::once((rule.id.clone(), rule.clone())).collect()) {
        if let Some((place, _)) = problem.labels.first() {
            result.incomplete.push((place.clone(), problem.message));
        }
    }
    for (i, expect) in rule.expects.iter().enumerate() {
        let seen = result.tests.iter().any(|t| t.failed.contains(&i) && t.test.verdict == Verdict::Fail);
        if !seen && rule.tests.iter().any(|t| t.verdict == Verdict::Fail) {
            let message = format!(
                "no failing test for expect {} (line {}): it has never been seen to fail",
                i + 1,
                expect.place.line()
            );
            result.incomplete.push((expect.place.clone(), message));
        }
    }
}
