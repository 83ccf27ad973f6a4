//! A page's pictures: one panel for each viewport, and what is to be said under it.

use crate::audit::{Drawn, Laid, PageReport, Picture};
use crate::drawing::Drawing;
use crate::report::html::drawing::Shot;
use crate::report::html::numbered::Numbered;
use crate::report::html::words::Lang;
use crate::show::shown;
use maud::{Markup, html};

/// Viewports that can be switched between; the sheet has a line for each.
const SWITCHED: usize = 8;

/// Pictures wider than this are not made too small to read on a phone, but scrolled.
const WIDE: u32 = 700;

/// The pictures of a page; `page` is its number in the report, where there is room for the
/// first `fit` pictures.
pub fn pictures(
    report: &PageReport,
    findings: &[Numbered<'_>],
    (page, fit): (&str, usize),
    lang: Lang,
) -> Markup {
    let all = &report.pictures;
    let why = report.unlaid.as_deref().unwrap_or_default();
    if all.iter().all(|d| matches!(d.picture, Picture::None(_))) {
        return html! { div.look { p.blank { (lang.pick("No picture: ", "没有图：")) (shown(why)) } } };
    }
    let switched = (2..=SWITCHED).contains(&all.len());
    let first = all.iter().position(|d| !matches!(d.picture, Picture::None(_))).unwrap_or(0);
    html! {
        section.look aria-label=(lang.pick("Picture of the page", "页面图")) {
            @if switched {
                @for (i, drawn) in all.iter().enumerate() {
                    input.pick type="radio" name={ "v-" (page) } id={ "v-" (page) "-" (i) } checked[i == first];
                    label for={ "v-" (page) "-" (i) } {
                        (shown(&drawn.viewport)) " " span.size { (drawn.width) " × " (drawn.fold) }
                    }
                }
            }
            label.toggle { input type="checkbox" checked; " " (lang.pick("parts", "部件")) }
            div.panels.all[!switched] {
                @for (i, drawn) in all.iter().enumerate() {
                    @if i < fit {
                        (panel(report, drawn, findings, (page, &format!("{page}-{i}")), lang))
                    } @else {
                        figure.panel { p.blank { (lang.full()) } }
                    }
                }
            }
        }
    }
}

fn panel(
    report: &PageReport,
    drawn: &Drawn,
    findings: &[Numbered<'_>],
    (page, key): (&str, &str),
    lang: Lang,
) -> Markup {
    let shot = Shot { drawn, parts: &report.parts, findings, key, page, lang, alone: false };
    let laid = report.laid.iter().find(|l| l.viewport == drawn.viewport);
    let name = format!("{} {} × {}", shown(&drawn.viewport), drawn.width, drawn.fold);
    let told = match lang {
        Lang::En => format!("The page on {name} with its findings marked"),
        Lang::Zh => format!("{name} 视口下的页面，标出检查结果"),
    };
    html! {
        figure.panel {
            @match &drawn.picture {
                Picture::None(why) => p.blank { (lang.pick("No picture: ", "没有图：")) (shown(why)) },
                _ => div.pane tabindex="0" role="region" aria-label=(told) {
                    svg.wide[drawn.width > WIDE] viewBox={ "0 0 " (drawn.width) " " (drawn.height) } width=(drawn.width) height=(drawn.height)
                        role="group" aria-label=(told) { (shot.inside()) }
                },
            }
            @if !matches!(drawn.picture, Picture::None(_)) { figcaption { (caption(drawn, laid, lang)) } }
        }
    }
}

/// What the picture is, and what it lacks.
fn caption(drawn: &Drawn, laid: Option<&Laid>, lang: Lang) -> Markup {
    let what = match &drawn.picture {
        Picture::Drawing(Drawing::Svg { .. }) => lang.pick(
            "Drawn by storelint from its own layout; scripts did not run.",
            "由 storelint 按自己的排版绘制，未运行脚本。",
        ),
        Picture::Drawing(Drawing::Photo { .. }) => {
            lang.pick("As Chromium showed it.", "Chromium 所显示的页面。")
        }
        Picture::Wireframe { .. } => {
            lang.pick("Boxes as they were laid out: bars are text.", "按排版画出的方框，横条为文字。")
        }
        Picture::None(_) => "",
    };
    let why = match &drawn.picture {
        Picture::Wireframe { why: Some(why), .. } => Some(why),
        _ => None,
    };
    html! {
        (what)
        @if let Some(why) = why { " " (lang.pick("Not drawn: ", "未绘制：")) (shown(why)) "." }
        @if let Some(laid) = laid {
            @if laid.page_height > drawn.height && drawn.height > 0 { " " (lang.cut(drawn.height, laid.page_height)) }
            @if laid.missing_pictures > 0 { " " (lang.gone(laid.missing_pictures, laid.pictures)) }
            @if laid.assumed_pictures > 0 { " " (lang.assumed(laid.assumed_pictures, laid.pictures)) }
            @if !laid.missing_stylesheets.is_empty() { (missing(&laid.missing_stylesheets, laid.stylesheets, lang)) }
        }
        @if let Some(why) = &drawn.aside {
            p.warn { (lang.pick("The page was judged without this layout: ", "判断时没有采用这个排版：")) (shown(why)) "." }
        }
    }
}

/// Stylesheets named under a picture; the rest is counted.
const NAMED: usize = 5;

fn missing(sheets: &[String], all: usize, lang: Lang) -> Markup {
    html! {
        p.warn {
            (lang.sheets(sheets.len(), all)) " "
            @for (i, sheet) in sheets.iter().take(NAMED).enumerate() {
                @if i > 0 { ", " }
                code { (crate::show::cut(&shown(sheet), 80)) }
            }
            @if sheets.len() > NAMED { " …" }
        }
    }
}
