//! For people: each finding at its place in the source, what was found instead, why it
//! matters, how to mend it; then what the run comes to.

use super::html::Lang;
use super::summary::{Summary, need_lines, page_line, run_line, taken_for};
use super::{Options, Said, said_of};
use crate::audit::{PageReport, RunReport};
use crate::finding::Level;
use crate::show::{Label, Snippet, render as draw, shown};
use miette::Severity;

/// Near misses drawn in the source.
const LABELS: usize = 3;

pub fn render(run: &RunReport, options: Options) -> String {
    let mut out = String::new();
    for page in &run.pages {
        let all = said_of(page);
        for s in all.iter().filter(|s| !s.unsure && s.finding.suppressed.is_none()) {
            out.push_str(&finding(s, options));
            out.push('\n');
        }
        for n in &page.notices {
            out.push_str(&draw(
                &Snippet {
                    code: format!("{}[{}]", n.level.name(), n.id),
                    message: n.message.clone(),
                    severity: severity(n.level),
                    file: page.source.clone(),
                    text: &page.text,
                    labels: vec![Label { range: n.start as usize..n.end as usize, text: String::new() }],
                    help: n.help.clone(),
                },
                options.color,
                options.width,
            ));
            out.push('\n');
        }
        for s in all.iter().filter(|s| s.unsure && s.finding.suppressed.is_none()) {
            let needs = needs_of(page, s.rule, options.lang);
            let f = s.finding;
            out.push_str(&format!(
                "  ? {} ({}:{}:{}): {}\n",
                s.rule,
                shown(&page.source),
                f.line,
                f.column,
                shown(&f.message)
            ));
            let decides = options.lang.pick("would decide it: ", "需要：");
            out.push_str(&format!("    {decides}{needs}\n"));
        }
        out.push_str(&page_summary(page));
        out.push('\n');
    }
    for f in &run.failed {
        out.push_str(&format!("{}: {} ({})\n", shown(&f.source), shown(&f.message), f.id));
        if let Some(help) = &f.help {
            out.push_str(&format!("  help: {}\n", shown(help)));
        }
        out.push('\n');
    }
    let s = Summary::of(run);
    out.push_str(&run_line(&s));
    out.push('\n');
    for line in need_lines(&s) {
        out.push_str(&format!("{line}\n"));
    }
    if s.exit == super::exit::NOTHING {
        out.push_str(if run.pages.is_empty() {
            "nothing to check: no page\n"
        } else {
            "nothing to check: no rule that is on applies to any page; --page says what the pages are, \
             “storelint rules list” which rules are on\n"
        });
    }
    out
}

fn needs_of(page: &PageReport, rule: &str, lang: Lang) -> String {
    let needs = page.verdicts.iter().find(|v| v.rule == rule).map(|v| v.needs.clone()).unwrap_or_default();
    needs.iter().map(|n| format!("{} ({})", lang.need(*n), n.name())).collect::<Vec<_>>().join(", ")
}

fn severity(level: Level) -> Severity {
    match level {
        Level::Error => Severity::Error,
        Level::Warning => Severity::Warning,
        _ => Severity::Advice,
    }
}

fn finding(s: &Said<'_>, options: Options) -> String {
    let (f, lang) = (s.finding, options.lang);
    let what = match (&f.part, f.landmark) {
        (_, true) => lang.pick("missing here", "此处缺少").to_string(),
        (Some(part), false) => part.clone(),
        (None, false) => String::new(),
    };
    let mut labels = vec![Label { range: f.start as usize..f.end as usize, text: what }];
    let mut help = String::new();
    for near in f.rejected.iter().take(LABELS) {
        labels.push(Label {
            range: near.start as usize..near.end as usize,
            text: format!("{} {}", near.title, near.why),
        });
        help.push_str(&match lang {
            Lang::En => format!("seen: {} {}, line {}\n", near.title, near.why, near.line),
            Lang::Zh => format!("所见：{}{}，第 {} 行\n", near.title, near.why, near.line),
        });
    }
    if f.rejected.len() > LABELS {
        help.push_str(&format!("{}\n", lang.more(f.rejected.len() - LABELS)));
    }
    if let Some(viewport) = &f.viewport {
        let basis = f.basis.map_or("", |b| match b {
            crate::finding::Basis::Measured => lang.pick(", measured", "，实测"),
            crate::finding::Basis::Estimated => lang.pick(", estimated without layout", "，未排版，估计"),
        });
        help.push_str(&format!("{}{viewport}{basis}\n", lang.pick("on: ", "屏幕：")));
    }
    if let Some(place) = &f.rendered {
        let made = if place.in_source { "" } else { "a script made it; " };
        let file = place.file.as_deref().unwrap_or("the rendered page (--save-rendered keeps it)");
        let (line, column) = (place.line, place.column);
        help.push_str(&format!(
            "after scripts: {made}line {line}, column {column} of {file}\nat: {}\n",
            f.selector
        ));
    }
    let (why, fix) = (lang.pick("why: ", "原因："), lang.pick("fix: ", "改法："));
    help.push_str(&format!("{why}{}\n{fix}{}", f.why, f.fix));
    draw(
        &Snippet {
            code: format!("{}[{}]", s.level.name(), s.rule),
            message: f.message.clone(),
            severity: severity(s.level),
            file: s.page.source.clone(),
            text: &s.page.text,
            labels,
            help: Some(help),
        },
        options.color,
        options.width,
    )
}

fn page_summary(page: &PageReport) -> String {
    let mut out = format!("{}\n  {}\n", shown(&page.source), shown(&page_line(page)));
    for line in taken_for(page) {
        out.push_str(&format!("  {}\n", shown(&line)));
    }
    out.push_str(&format!("  encoding {}\n", shown(&page.encoding)));
    if !page.scores.is_empty() {
        let overall = page.score.map(|s| format!("{s} in all"));
        let areas = page
            .scores
            .iter()
            .map(|a| format!("{} {} ({} of {} checks)", a.area, a.score, a.counted, a.rules));
        let scores: Vec<String> = overall.into_iter().chain(areas).collect();
        out.push_str(&format!("  score: {}\n", scores.join(", ")));
    }
    for why in &page.partial {
        out.push_str(&format!("  partial: {}\n", shown(why)));
    }
    out
}
