//! One page's section: what it was taken for, its pictures, its findings, and the rest.

use crate::audit::{About, PageReport, PartRecord, Picture, Recognised, RuleVerdict, Status, Tri};
use crate::finding::{Basis, Verdict};
use crate::report::RuleInfo;
use crate::report::html::finding::{evidence, finding};
use crate::report::html::numbered::{self, Numbered};
use crate::report::html::overview::sums;
use crate::report::html::picture::pictures;
use crate::report::html::words::Lang;
use crate::report::summary::Summary;
use crate::show::shown;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of one name in the table of parts.
const EACH: usize = 20;

/// A page; `number` is its place in the report, from 1. There is room for its first `fit`
/// pictures.
pub fn page(report: &PageReport, number: usize, (rules, fit): (&[RuleInfo], usize), lang: Lang) -> Markup {
    let key = number.to_string();
    let findings = numbered::of(report);
    let item = |n: &Numbered<'_>| finding(report, n, &key, mark(report, n, &key, fit).as_deref(), lang);
    let of = |unsure: bool| {
        findings.iter().filter(move |n| n.number.is_some() && n.unsure == unsure).collect::<Vec<_>>()
    };
    let (fails, unsure) = (of(false), of(true));
    let accepted: Vec<&Numbered<'_>> = findings.iter().filter(|n| n.number.is_none()).collect();
    html! {
        article.page id={ "p-" (key) } aria-labelledby={ "h-" (key) } {
            header {
                h2 id={ "h-" (key) } { (shown(&report.source)) }
                (sums(&Summary::of_page(report), lang))
                (facts(report, lang))
            }
            div.split {
                (pictures(report, &findings, (&key, fit), lang))
                section.said aria-labelledby={ "s-" (key) } {
                    h3 id={ "s-" (key) } { (lang.pick("Findings", "检查结果")) }
                    @if fails.is_empty() { p.none { (lang.pick("Nothing is wrong here.", "没有发现问题。")) } }
                    ol.findings { @for n in &fails { (item(n)) } }
                    p.none.nothing hidden { (lang.pick("No finding of this page fits the filter.", "本页没有符合筛选的结果。")) }
                    @if !unsure.is_empty() {
                        details.more {
                            summary { (lang.pick("Unsure", "不确定")) " " span.count { (unsure.len()) } }
                            ol.findings { @for n in &unsure { (item(n)) } }
                        }
                    }
                    @if !accepted.is_empty() {
                        details.more {
                            summary { (lang.pick("Accepted", "已接受")) " " span.count { (accepted.len()) } }
                            ol.findings { @for n in &accepted { (item(n)) } }
                        }
                    }
                    (notices(report, lang))
                    (verdicts(report, rules, Verdict::Pass, lang.pick("Passed", "通过")))
                    (verdicts(report, rules, Verdict::Skip, lang.pick("Skipped", "不适用")))
                    (parts(report, lang))
                }
            }
        }
    }
}

/// The first picture's mark of a finding.
fn mark(report: &PageReport, n: &Numbered<'_>, key: &str, fit: usize) -> Option<String> {
    let about = About::Finding { verdict: n.verdict, at: n.at };
    let view =
        report.pictures.iter().take(fit).position(|d| {
            !matches!(d.picture, Picture::None(_)) && d.marks.iter().any(|m| m.about == about)
        })?;
    n.number.map(|number| format!("m-{key}-{view}-{number}"))
}

fn facts(report: &PageReport, lang: Lang) -> Markup {
    let said = |r: &Recognised| {
        html! {
            (shown(r.value.as_deref().unwrap_or(lang.pick("unknown", "未知")))) " " span.why { (shown(&r.reason)) }
        }
    };
    html! {
        dl.facts {
            div { dt { (lang.pick("Page", "页面")) } dd { (said(&report.page)) } }
            div { dt { (lang.pick("Category", "品类")) } dd { (said(&report.category)) } }
            div { dt { (lang.pick("Language", "语言")) } dd { (said(&report.language)) } }
            div { dt { (lang.pick("Encoding", "编码")) } dd { (shown(&report.encoding)) } }
            div {
                dt { (lang.pick("Layout", "排版")) }
                dd {
                    (shown(&report.geometry))
                    @if let Some(why) = &report.unlaid { " " span.why { (shown(why)) } }
                }
            }
            @if !report.scores.is_empty() {
                div {
                    dt { (lang.pick("Score", "得分")) }
                    dd {
                        @if let Some(score) = report.score { strong { (score) } "; " }
                        @for (i, a) in report.scores.iter().enumerate() {
                            @if i > 0 { ", " }
                            (shown(&a.area)) " " (a.score)
                        }
                    }
                }
            }
            @for why in &report.partial {
                div.warn { dt { (lang.pick("Not read whole", "未读完整")) } dd { (shown(why)) } }
            }
        }
    }
}

fn notices(report: &PageReport, lang: Lang) -> Markup {
    if report.notices.is_empty() {
        return html! {};
    }
    html! {
        h3 { (lang.pick("Remarks", "备注")) }
        ul.notices {
            @for n in &report.notices {
                li {
                    span.tone data-tone=(n.level.name()) { (lang.level(n.level, 1)) } " "
                    (shown(&n.message)) " " span.at { (lang.place(n.line, n.column)) }
                    @if let Some(help) = &n.help { br; span.why { (shown(help)) } }
                }
            }
        }
    }
}

fn verdicts(report: &PageReport, rules: &[RuleInfo], which: Verdict, name: &str) -> Markup {
    let these: Vec<_> = report.verdicts.iter().filter(|v| v.verdict == which).collect();
    if these.is_empty() {
        return html! {};
    }
    html! {
        details.more {
            summary { (name) " " span.count { (these.len()) } }
            ul.rules {
                @for v in these {
                    li {
                        code { (shown(&v.rule)) } " "
                        @match &v.skipped {
                            Some(why) => span.why { (shown(why)) },
                            None => @if let Some(r) = rules.iter().find(|r| r.id == v.rule) { span { (shown(&r.title)) } },
                        }
                    }
                }
            }
        }
    }
}

/// A row of the table of parts, and how many more of the page's are as it.
struct Row<'r> {
    part: &'r PartRecord,
    more: usize,
}

/// Parts that findings name stand one by one, [`EACH`] of each name at most; of the others one
/// stands for all of its name and status.
fn rows(report: &PageReport) -> Vec<Row<'_>> {
    let judged = |v: &&RuleVerdict| matches!(v.verdict, Verdict::Fail | Verdict::Unsure);
    let findings = report.verdicts.iter().filter(judged).flat_map(|v| &v.findings);
    let named: BTreeSet<&str> = findings.filter_map(|f| f.part.as_deref()).collect();
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut known: BTreeMap<(&str, bool), (usize, usize)> = BTreeMap::new();
    for part in &report.parts {
        let most = if named.contains(part.part.as_str()) { EACH } else { 1 };
        let key = (part.part.as_str(), part.status == Status::Found);
        let (count, last) = known.entry(key).or_default();
        if *count < most {
            (*count, *last) = (*count + 1, rows.len());
            rows.push(Row { part, more: 0 });
        } else if let Some(row) = rows.get_mut(*last) {
            row.more += 1;
        }
    }
    rows
}

fn parts(report: &PageReport, lang: Lang) -> Markup {
    if report.parts.is_empty() {
        return html! {};
    }
    let head = [
        lang.pick("Part", "部件"),
        lang.pick("Status", "状态"),
        lang.pick("Line", "行"),
        lang.pick("Top", "位置"),
        lang.pick("First screen", "首屏"),
        lang.pick("Told by", "依据"),
    ];
    html! {
        details.more {
            summary { (lang.pick("Parts", "部件")) " " span.count { (report.parts.len()) } }
            div.scroll tabindex="0" role="region" aria-label=(lang.pick("Parts", "部件")) {
                table {
                    thead { tr { @for h in head { th scope="col" { (h) } } } }
                    tbody { @for r in rows(report) { (row(r.part, r.more, lang)) } }
                }
            }
        }
    }
}

fn row(p: &PartRecord, more: usize, lang: Lang) -> Markup {
    let status = match p.status {
        Status::Found => lang.pick("found", "确定"),
        Status::Unsure => lang.pick("suspected", "疑似"),
    };
    let screen = match p.screen {
        Tri::Yes => lang.pick("yes", "是"),
        Tri::No => lang.pick("no", "否"),
        Tri::Maybe => "?",
    };
    let top = p.top.map(|t| if p.basis == Basis::Measured { format!("{t} px") } else { format!("~{t} px") });
    html! {
        tr data-part=(shown(&p.part)) {
            th scope="row" {
                (shown(&p.part))
                @if more > 0 { " " span.count { "×" (more + 1) } }
            }
            td { (status) }
            td.n { (p.line) }
            td.n { (top.as_deref().unwrap_or("–")) }
            td { (screen) }
            td { (evidence(&p.evidence)) }
        }
    }
}
