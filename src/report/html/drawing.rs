//! A picture with its marks as an SVG: inside a report, or alone in a file.

use crate::audit::{About, Drawn, Mark, PartRecord, Picture, Status};
use crate::drawing::{Drawing, HATCH, Rect};
use crate::report::html::chips::Chips;
use crate::report::html::numbered::Numbered;
use crate::report::html::words::Lang;
use crate::show::shown;
use maud::{Markup, PreEscaped, Render, html};
use std::collections::{BTreeMap, BTreeSet};

/// Outlines of letters by id, each once for all drawings of a document.
#[derive(Debug, Default)]
pub struct Glyphs(BTreeMap<String, String>);

impl Glyphs {
    /// Takes in a drawing's letters.
    pub fn add(&mut self, drawing: &Drawing) {
        if let Drawing::Svg { glyphs, .. } = drawing {
            for (id, path) in glyphs {
                self.0.entry(id.clone()).or_insert_with(|| path.clone());
            }
        }
    }

    /// What drawings refer to: the letters, and the hatching of pictures.
    pub fn definitions(&self) -> Markup {
        html! {
            defs {
                (PreEscaped(HATCH))
                @for (id, path) in &self.0 { path id=(id) d=(path) {} }
            }
        }
    }
}

/// A picture within a document of several.
#[derive(Clone, Copy)]
pub struct Shot<'r> {
    /// The picture.
    pub drawn: &'r Drawn,
    /// The page's parts.
    pub parts: &'r [PartRecord],
    /// The page's findings.
    pub findings: &'r [Numbered<'r>],
    /// "3-1": page and viewport, for ids.
    pub key: &'r str,
    /// "3": the page, for links to findings.
    pub page: &'r str,
    /// Language.
    pub lang: Lang,
    /// Whether it is all that its document holds.
    pub alone: bool,
}

impl Shot<'_> {
    /// What is in the `<svg>`.
    pub fn inside(&self) -> Markup {
        let mut chips = Chips::new(self.drawn.width, self.drawn.height, self.alone);
        let numbers = self.numbers(&mut chips);
        let parts = self.parts(&mut chips);
        html! {
            rect width=(self.drawn.width) height=(self.drawn.height) fill="#ffffff" {}
            g class="paint" aria-hidden="true" { (self.paint()) }
            (self.fold(chips.unit))
            g class="parts" fill="none" stroke="#0b7285" { (parts) }
            g class="marks" fill="none" { (numbers) }
        }
    }

    fn paint(&self) -> Markup {
        match &self.drawn.picture {
            Picture::Drawing(Drawing::Svg { body, .. }) => PreEscaped(own_ids(body, self.key)),
            Picture::Drawing(Drawing::Photo { media, bytes, height }) => html! {
                image width=(self.drawn.width) height=(height) preserveAspectRatio="xMidYMin slice"
                    href={ "data:" (media) ";base64," (base64(bytes)) } {}
            },
            Picture::Wireframe { body, .. } => PreEscaped(body.clone()),
            Picture::None(_) => html! {},
        }
    }

    fn fold(&self, unit: f32) -> Markup {
        let (fold, width) = (self.drawn.fold, self.drawn.width);
        if fold >= self.drawn.height {
            return html! {};
        }
        let (size, dash) = (11.0 * unit, format!("{} {}", 8.0 * unit, 5.0 * unit));
        html! {
            g class="fold" aria-hidden="true" {
                path d={ "M0 " (fold) "H" (width) } stroke="#ffffff" stroke-width=(3.0 * unit) {}
                path d={ "M0 " (fold) "H" (width) } stroke="#111418" stroke-width=(1.5 * unit) stroke-dasharray=(dash) {}
                text x=(width as f32 - 6.0 * unit) y=(fold as f32 + 14.0 * unit) font-size=(size) text-anchor="end"
                    font-family="system-ui, sans-serif" fill="#111418" stroke="#ffffff" stroke-width=(3.0 * unit)
                    paint-order="stroke" stroke-linejoin="round" { (self.lang.fold(fold)) }
            }
        }
    }

    fn parts(&self, chips: &mut Chips) -> Markup {
        // forty cards need no forty names: one a screen tells
        let mut named = BTreeSet::new();
        let marks: Vec<Markup> =
            self.drawn.marks.iter().filter_map(|m| self.part(m, chips, &mut named)).collect();
        html! { @for mark in &marks { (mark) } }
    }

    fn part<'s>(
        &'s self,
        mark: &Mark,
        chips: &mut Chips,
        named: &mut BTreeSet<(&'s str, u32)>,
    ) -> Option<Markup> {
        let About::Part { at, title } = &mark.about else { return None };
        let part = self.parts.get(*at)?;
        let title = shown(title);
        let here = (part.part.as_str(), mark.rect.y.max(0.0) as u32 / self.drawn.fold.max(1));
        let spot = if named.contains(&here) { None } else { chips.name(mark.rect, &title) };
        if spot.is_some() {
            named.insert(here);
        }
        let (unit, dash) = (chips.unit, if part.status == Status::Unsure { "4 3" } else { "none" });
        let told = match part.status {
            Status::Found => title.clone(),
            Status::Unsure => format!("{title} ({})", self.lang.pick("suspected", "疑似")),
        };
        Some(html! {
            g class="part" data-part=(shown(&part.part)) {
                title { (told) }
                (outline(mark.rect, dash))
                @if let Some(spot) = spot { (label(spot, &title, "#0b7285", unit)) }
            }
        })
    }

    /// Outlines below, numbers on top of all of them.
    fn numbers(&self, chips: &mut Chips) -> Markup {
        let mut found = Vec::new();
        for n in self.findings {
            let is = |m: &&Mark| m.about == About::Finding { verdict: n.verdict, at: n.at };
            if let (Some(number), Some(mark)) = (n.number, self.drawn.marks.iter().find(is)) {
                found.push((n, number, mark.rect));
            }
        }
        html! {
            @for (n, number, rect) in &found { (self.outlined(n, *number, *rect)) }
            @for (n, number, rect) in &found { (self.number(n, *number, *rect, chips)) }
        }
    }

    fn outlined(&self, n: &Numbered<'_>, number: usize, rect: Rect) -> Markup {
        let (class, dash) = if n.finding.landmark { ("mark lost", "6 4") } else { ("mark", "none") };
        html! {
            g class=(class) id={ "m-" (self.key) "-" (number) } data-finding={ (self.page) "-" (number) }
                stroke=(colour(n.tone())) { (outline(rect, dash)) }
        }
    }

    fn number(&self, n: &Numbered<'_>, number: usize, rect: Rect, chips: &mut Chips) -> Markup {
        let text = number.to_string();
        let spot = chips.number(rect, &text);
        let told = format!("{number}: {}", shown(&n.finding.message));
        html! {
            a class="mark" href={ "#f-" (self.page) "-" (number) } data-finding={ (self.page) "-" (number) }
                aria-label=(told) {
                title { (told) }
                (label(spot, &text, colour(n.tone()), chips.unit))
            }
        }
    }
}

/// The outline of a mark, twice: light below, so that it is seen on any ground.
fn outline(r: Rect, dash: &str) -> Markup {
    html! {
        rect class="halo" x=(r.x) y=(r.y) width=(r.width) height=(r.height) stroke="#ffffff" stroke-width="4"
            stroke-opacity="0.8" vector-effect="non-scaling-stroke" {}
        rect class="line" x=(r.x) y=(r.y) width=(r.width) height=(r.height) stroke-width="2" stroke-dasharray=(dash)
            vector-effect="non-scaling-stroke" {}
    }
}

fn label(r: Rect, text: &str, colour: &str, unit: f32) -> Markup {
    html! {
        g class="label" stroke="none" {
            rect x=(r.x) y=(r.y) width=(r.width) height=(r.height) rx=(3.0 * unit) fill=(colour) {}
            text x=(r.x + r.width / 2.0) y=(r.y + r.height * 0.73) font-size=(r.height * 0.68) text-anchor="middle"
                font-family="system-ui, sans-serif" font-weight="600" fill="#ffffff" { (text) }
        }
    }
}

/// Colour of a mark on white paper.
fn colour(tone: &str) -> &'static str {
    match tone {
        "error" => "#b3261e",
        "warning" => "#8f4e00",
        "info" => "#0b57a4",
        _ => "#5d4b82",
    }
}

/// Gives a drawing's own ids the picture's key. Only ids and references are written with
/// these characters: a drawing holds no other quotes or brackets of the page.
fn own_ids(body: &str, key: &str) -> String {
    body.replace("id=\"l-", &format!("id=\"l-{key}-")).replace("url(#l-", &format!("url(#l-{key}-"))
}

/// Base64 with padding.
pub fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let n = three.iter().fold(0u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - three.len()));
        for i in 0..4 {
            let letter = LETTERS.get((n >> (18 - 6 * i)) as usize & 63).map_or('=', |l| char::from(*l));
            out.push(if i <= three.len() { letter } else { '=' });
        }
    }
    out
}

/// A picture of a page with its parts as an SVG file; no text of the page is in it but what
/// letters without outlines need.
pub fn alone(drawn: &Drawn, parts: &[PartRecord], lang: Lang) -> String {
    let mut glyphs = Glyphs::default();
    if let Picture::Drawing(drawing) = &drawn.picture {
        glyphs.add(drawing);
    }
    let shot = Shot { drawn, parts, findings: &[], key: "1-0", page: "1", lang, alone: true };
    let (width, height) = (drawn.width, drawn.height);
    let svg = html! {
        svg xmlns="http://www.w3.org/2000/svg" lang=(lang.tag()) width=(width) height=(height)
            viewBox={ "0 0 " (width) " " (height) } {
            (glyphs.definitions())
            (shot.inside())
        }
    };
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    svg.render_to(&mut out);
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_padded() {
        let all = ["", "f", "fo", "foo", "foob"].map(|s| base64(s.as_bytes()));
        assert_eq!(all, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]);
    }

    #[test]
    fn ids_of_a_drawing_are_its_own_and_shared_ones_stay() {
        let body = "<g clip-path=\"url(#l-1)\"/><clipPath id=\"l-1\"/><use href=\"#sl-g\"/><rect fill=\"url(#sl-hatch)\"/>";
        let own = own_ids(body, "2-0");
        assert_eq!(
            own,
            "<g clip-path=\"url(#l-2-0-1)\"/><clipPath id=\"l-2-0-1\"/><use href=\"#sl-g\"/><rect fill=\"url(#sl-hatch)\"/>"
        );
    }
}
