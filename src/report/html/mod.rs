//! A report to look at: one file that needs nothing from outside. Everything is readable
//! without its script, which filters findings and lights up their marks.

mod chips;
mod drawing;
mod finding;
mod numbered;
mod overview;
mod page;
mod picture;
mod words;

pub use drawing::alone;
pub use words::Lang;

use super::RuleInfo;
use super::summary::Summary;
use crate::audit::{Drawn, Picture, RunReport};
use crate::drawing::Drawing;
use crate::limits;
use crate::show::shown;
use drawing::Glyphs;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
/// What the document may do: show itself, run this one script, load nothing. The hashes are
/// those of the two texts above; a test holds them to it.
const POLICY: &str = "default-src 'none'; style-src 'sha256-YeFHx5W8GBbQ3Ta9YCieb9W+moaEGOIjw1w9sMVxAro='; script-src 'sha256-nSm1FDtSjyiPB1O+HCccfkOcsYH2SOUi8yrV8HFZQSo='; img-src data:; \
     base-uri 'none'; form-action 'none'";

/// Bytes that a mark in a picture takes, about: two outlines, a name, a title.
const MARK_BYTES: usize = 600;

/// The report as one HTML document.
pub fn render(run: &RunReport, rules: &[RuleInfo], lang: Lang) -> String {
    let summary = Summary::of(run);
    let glyphs = glyphs(run);
    let name = match run.pages.as_slice() {
        [page] => shown(&page.source),
        pages => lang.pages(pages.len()),
    };
    let body = html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { "storelint: " (name) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { (lang.pick("Skip to the findings", "跳到检查结果")) }
                svg.shared width="0" height="0" aria-hidden="true" focusable="false" { (glyphs.definitions()) }
                header.top {
                    p.brand { "storelint " (env!("CARGO_PKG_VERSION")) }
                    h1 { (heading(run, lang)) }
                    @if run.pages.len() > 1 { (overview::sums(&summary, lang)) }
                    (overview::needs(&summary, lang))
                }
                main id="main" { (main(run, rules, lang)) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    body.into_string()
}

fn heading(run: &RunReport, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{} checked", lang.pages(run.pages.len())),
        Lang::Zh => format!("检查了 {}", lang.pages(run.pages.len())),
    }
}

fn main(run: &RunReport, rules: &[RuleInfo], lang: Lang) -> Markup {
    html! {
        @if run.pages.len() > 1 { (overview::table(run, lang)) }
        @if !run.failed.is_empty() { (overview::failed(&run.failed, lang)) }
        (overview::filters(run, lang))
        @let fit = fitting(run);
        @for (i, report) in run.pages.iter().enumerate() {
            (page::page(report, i + 1, (rules, fit.get(i).copied().unwrap_or(0)), lang))
        }
    }
}

/// How many of each page's pictures there is room for, the first ones first.
fn fitting(run: &RunReport) -> Vec<usize> {
    let mut left = limits::REPORT_DRAWINGS_BYTES;
    let mut fits = |drawn: &Drawn| {
        let bytes = match &drawn.picture {
            Picture::Drawing(Drawing::Svg { body, .. }) | Picture::Wireframe { body, .. } => body.len(),
            Picture::Drawing(Drawing::Photo { bytes, .. }) => bytes.len() / 3 * 4,
            Picture::None(_) => 0,
        };
        let bytes = bytes + drawn.marks.len() * MARK_BYTES;
        let fits = bytes <= left;
        left = if fits { left - bytes } else { 0 };
        fits
    };
    run.pages.iter().map(|p| p.pictures.iter().take_while(|d| fits(d)).count()).collect()
}

/// The letters of the drawings that there is room for.
fn glyphs(run: &RunReport) -> Glyphs {
    let mut glyphs = Glyphs::default();
    let fit = fitting(run);
    for drawn in run.pages.iter().zip(fit).flat_map(|(p, n)| p.pictures.iter().take(n)) {
        if let Picture::Drawing(drawing) = &drawn.picture {
            glyphs.add(drawing);
        }
    }
    glyphs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `'sha256-…'` as a policy names a text.
    fn named(text: &str) -> String {
        let hash = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
        format!("'sha256-{}'", drawing::base64(hash.as_ref()))
    }

    #[test]
    fn the_policy_names_style_and_script() {
        for text in [STYLE, SCRIPT] {
            assert!(POLICY.contains(&named(text)), "the policy must name {}", named(text));
        }
    }

    #[test]
    fn nothing_in_style_or_script_ends_its_element_or_loads() {
        for text in [STYLE, SCRIPT] {
            for word in ["</", "url(", "http:", "https:", "@import", "fetch(", "import("] {
                assert!(!text.contains(word), "{word}");
            }
        }
    }
}
