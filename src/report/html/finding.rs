//! One finding: what is wrong, where, why it matters, how to mend it, and what speaks for it.

use crate::audit::PageReport;
use crate::finding::{Basis, Evidence, Finding, Rejected};
use crate::report::html::numbered::Numbered;
use crate::report::html::words::Lang;
use crate::show::{Line, shown, window};
use maud::{Markup, html};

/// Near misses told of one finding; the rest is counted.
const NEAR: usize = 6;

/// A finding as an item of a list. `mark` is the picture's mark that it links to.
pub fn finding(page: &PageReport, n: &Numbered<'_>, key: &str, mark: Option<&str>, lang: Lang) -> Markup {
    let f = n.finding;
    let id = n.number.map(|number| format!("f-{key}-{number}"));
    html! {
        li.finding id=[id.as_deref()] tabindex=[id.as_ref().map(|_| "-1")] data-tone=(n.tone()) data-rule=(shown(n.rule))
            data-part=(shown(f.part.as_deref().unwrap_or(""))) data-finding=[n.number.map(|i| format!("{key}-{i}"))] {
            h4 {
                @if let Some(number) = n.number {
                    @match mark {
                        Some(mark) => a.chip href={ "#" (mark) } data-tone=(n.tone())
                            aria-label={ (number) ", " (lang.pick("show in the picture", "在图中显示")) } { (number) },
                        None => span.chip data-tone=(n.tone()) { (number) },
                    }
                }
                span { (shown(&f.message)) }
            }
            p.meta {
                span.tone data-tone=(n.tone()) { (tone(n, lang)) }
                code { (shown(n.rule)) }
                span { (place(page, f)) }
                @if let Some(viewport) = &f.viewport { span { (on(viewport, f.basis, lang)) } }
            }
            (source(&window(&page.text, f.start as usize..f.end as usize), f, lang))
            dl {
                @if n.unsure {
                    dt { (lang.pick("Would decide it", "需要")) }
                    dd { @for (i, need) in n.needs.iter().enumerate() { @if i > 0 { "; " } (lang.need(*need)) } }
                }
                dt { (lang.pick("Why", "原因")) } dd { (shown(&f.why)) }
                dt { (lang.pick("Fix", "做法")) } dd { (shown(&f.fix)) }
                @if let Some(by) = &f.suppressed {
                    dt { (lang.pick("Accepted", "已接受")) }
                    dd { (accepted(&by.by, lang)) @if !by.why.is_empty() { ": " (shown(&by.why)) } }
                }
                @if !f.rejected.is_empty() {
                    dt { (lang.pick("Also seen", "另见")) } dd { (near(&f.rejected, lang)) }
                }
                @if !f.evidence.is_empty() {
                    dt { (lang.pick("Told by", "依据")) } dd { (evidence(&f.evidence)) }
                }
            }
        }
    }
}

fn tone(n: &Numbered<'_>, lang: Lang) -> String {
    if n.unsure { lang.pick("unsure", "不确定").to_string() } else { lang.level(n.level, 1) }
}

fn accepted(by: &str, lang: Lang) -> &'static str {
    if by == "source" {
        lang.pick("in the page", "页面内")
    } else {
        lang.pick("in the config", "配置文件")
    }
}

fn place(page: &PageReport, f: &Finding) -> String {
    format!("{}:{}:{}", shown(&page.source), f.line, f.column)
}

fn on(viewport: &str, basis: Option<Basis>, lang: Lang) -> String {
    let basis = match basis {
        Some(Basis::Measured) => lang.pick(", measured", "，实测"),
        Some(Basis::Estimated) => lang.pick(", estimated without layout", "，未排版，仅为估计"),
        None => "",
    };
    format!("{}{basis}", shown(viewport))
}

fn source(lines: &[Line], f: &Finding, lang: Lang) -> Markup {
    let note = f.landmark.then(|| lang.pick("missing here", "此处缺少"));
    html! {
        pre.source tabindex="0" role="region" aria-label=(lang.pick("Source", "源码")) {
            @for line in lines {
                span.row {
                    span.number aria-hidden="true" { (line.number) }
                    code { (line.before) mark { (line.marked) } (line.after) }
                    "\n"
                }
            }
            @if let Some(note) = note { span.note { (note) "\n" } }
        }
    }
}

fn near(all: &[Rejected], lang: Lang) -> Markup {
    html! {
        ul.plain {
            @for r in all.iter().take(NEAR) {
                li { (shown(&r.title)) ": " (shown(&r.why)) " " span.at { (lang.place(r.line, r.column)) } }
            }
            @if all.len() > NEAR { li.at { (lang.more(all.len() - NEAR)) } }
        }
    }
}

/// Evidence as it is told everywhere: the field and the phrase.
pub fn evidence(all: &[Evidence]) -> Markup {
    html! {
        @for (i, e) in all.iter().enumerate() {
            @if i > 0 { ", " }
            (shown(&e.field)) " “" (shown(&e.phrase)) "”"
        }
    }
}
