//! What the run comes to: counts, the table of pages, inputs that failed, and the filters.

use crate::audit::{Failed, PageReport, RunReport};
use crate::finding::{Level, Need};
use crate::report::html::numbered;
use crate::report::html::words::{Lang, plural};
use crate::report::summary::Summary;
use crate::show::shown;
use maud::{Markup, html};
use std::collections::BTreeMap;

const LEVELS: [Level; 3] = [Level::Error, Level::Warning, Level::Info];

fn count(s: &Summary, level: Level) -> usize {
    match level {
        Level::Error => s.errors,
        Level::Warning => s.warnings,
        _ => s.infos,
    }
}

/// Findings and verdicts counted.
pub fn sums(s: &Summary, lang: Lang) -> Markup {
    html! {
        ul.sums {
            @for level in LEVELS {
                @let n = count(s, level);
                li data-tone=(level.name()) data-zero[n == 0] { strong { (n) } " " (lang.level(level, n)) }
            }
            li data-tone="unsure" data-zero[s.unsure == 0] { strong { (s.unsure) } " " (lang.pick("unsure", "不确定")) }
            li { strong { (s.passed) } " " (lang.pick("passed", "通过")) }
            @if s.suppressed > 0 { li { strong { (s.suppressed) } " " (lang.pick("accepted", "已接受")) } }
            @if s.skipped > 0 { li { strong { (s.skipped) } " " (lang.pick("skipped", "不适用")) } }
        }
    }
}

/// What would decide unsure checks, most asked first.
pub fn needs(s: &Summary, lang: Lang) -> Markup {
    let all = [
        Need::Layout,
        Need::Render,
        Need::RemoteDescription,
        Need::ImageText,
        Need::OtherPage,
        Need::Limit,
        Need::Person,
    ];
    let mut asked: Vec<(Need, usize)> =
        all.into_iter().filter_map(|n| s.needs.get(n.name()).map(|c| (n, *c))).collect();
    asked.sort_by_key(|(_, c)| std::cmp::Reverse(*c));
    if asked.is_empty() {
        return html! {};
    }
    html! {
        p.needs {
            (lang.pick("Would decide what is unsure: ", "不确定的项目需要："))
            @for (i, (need, n)) in asked.iter().enumerate() {
                @if i > 0 { (lang.pick("; ", "；")) }
                (lang.need(*need)) " (" (n) ")"
            }
        }
    }
}

/// The table of pages.
pub fn table(run: &RunReport, lang: Lang) -> Markup {
    let scored = run.pages.iter().any(|p| p.score.is_some());
    html! {
        section.pages aria-labelledby="pages" {
            h2 id="pages" { (lang.pick("Pages", "页面")) }
            div.scroll tabindex="0" role="region" aria-labelledby="pages" {
                table {
                    thead {
                        tr {
                            th scope="col" { (lang.pick("Page", "页面")) }
                            th scope="col" { (lang.pick("Kind", "类型")) }
                            @if scored { th.n scope="col" { (lang.pick("Score", "得分")) } }
                            @for level in LEVELS { th.n scope="col" { (lang.levels(level)) } }
                            th.n scope="col" { (lang.pick("Unsure", "不确定")) }
                            th.n scope="col" { (lang.pick("Passed", "通过")) }
                        }
                    }
                    tbody { @for (i, page) in run.pages.iter().enumerate() { (row(page, i + 1, scored, lang)) } }
                }
            }
        }
    }
}

fn row(page: &PageReport, number: usize, scored: bool, lang: Lang) -> Markup {
    let s = Summary::of_page(page);
    let number_of = |n: usize, tone: &'static str| html! { td.n data-tone=(tone) data-zero[n == 0] { (n) } };
    html! {
        tr {
            th scope="row" { a href={ "#p-" (number) } { (shown(&page.source)) } }
            td { (shown(page.page.value.as_deref().unwrap_or(lang.pick("unknown", "未知")))) }
            @if scored { td.n { @if let Some(score) = page.score { (score) } @else { "–" } } }
            @for level in LEVELS { (number_of(count(&s, level), level.name())) }
            (number_of(s.unsure, "unsure"))
            td.n { (s.passed) }
        }
    }
}

/// Inputs that could not be checked.
pub fn failed(all: &[Failed], lang: Lang) -> Markup {
    html! {
        section.failed aria-labelledby="failed" {
            h2 id="failed" { (lang.pick("Could not be checked", "无法检查")) }
            ul {
                @for f in all {
                    li {
                        strong { (shown(&f.source)) } " " (shown(&f.message)) " " code { (shown(&f.id)) }
                        @if let Some(help) = &f.help { br; span.why { (shown(help)) } }
                    }
                }
            }
        }
    }
}

/// Filters by level, rule and part. Hidden until the script that makes them work shows them.
pub fn filters(run: &RunReport, lang: Lang) -> Markup {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut total = 0;
    for page in &run.pages {
        for n in numbered::of(page).iter().filter(|n| n.number.is_some()) {
            total += 1;
            *rules.entry(n.rule).or_default() += 1;
            if let Some(part) = n.finding.part.as_deref() {
                *parts.entry(part).or_default() += 1;
            }
        }
    }
    if total == 0 {
        return html! {};
    }
    let tones = [
        ("error", lang.levels(Level::Error)),
        ("warning", lang.levels(Level::Warning)),
        ("info", lang.levels(Level::Info)),
        ("unsure", lang.pick("Unsure", "不确定")),
    ];
    let choice = |name: &str, label: &str, all: &BTreeMap<&str, usize>| {
        html! {
            label { span { (label) }
                select name=(name) {
                    option value="" { (lang.pick("all", "全部")) }
                    @for (value, n) in all { option value=(shown(value)) { (shown(value)) " (" (n) ")" } }
                }
            }
        }
    };
    html! {
        form id="filters" hidden aria-label=(lang.pick("Filter the findings", "筛选检查结果")) {
            fieldset {
                legend { (lang.pick("Level", "级别")) }
                @for (value, name) in tones {
                    label { input type="checkbox" name="tone" value=(value) checked; " " (name) }
                }
            }
            (choice("rule", lang.pick("Rule", "规则"), &rules))
            (choice("part", lang.pick("Part", "部件"), &parts))
            button type="reset" { (lang.pick("Show all", "显示全部")) }
            output aria-live="polite" data-text=(shown_of(lang)) {}
        }
        noscript { p.needs { (total) " " (noscript(total, lang)) } }
    }
}

fn shown_of(lang: Lang) -> &'static str {
    lang.pick("{n} of {all} findings shown", "显示 {all} 条中的 {n} 条")
}

fn noscript(total: usize, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{}; filtering needs scripts, reading does not.", plural(total, "finding")),
        Lang::Zh => "条结果。筛选需要脚本，阅读不需要。".into(),
    }
}
