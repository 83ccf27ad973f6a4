//! Runs of letters: outlines that are shared, or characters for the viewer's own fonts.

use crate::layout::blitz::squares;
use crate::layout::picture::glyphs::Face;
use crate::layout::picture::scene::Svg;
use crate::layout::picture::write::{matrix, number};
use anyrender::{Glyph, NormalizedCoord};
use peniko::FontData;
use peniko::kurbo::Affine;

impl Svg {
    /// A run of the font of empty squares, as text.
    pub(super) fn characters(&mut self, fill: &str, size: f32, transform: Affine, glyphs: &[Glyph]) {
        let text: String = glyphs.iter().filter_map(|g| squares::character(g.id)).collect();
        let (Some(first), Some(last)) = (glyphs.first(), glyphs.last()) else { return };
        if text.trim().is_empty() {
            return;
        }
        self.body.push_str("<text x=\"");
        number(&mut self.body, f64::from(first.x));
        self.body.push_str("\" y=\"");
        number(&mut self.body, f64::from(first.y));
        self.body.push_str("\" font-size=\"");
        number(&mut self.body, f64::from(size));
        self.body.push('"');
        if glyphs.len() > 1 {
            self.body.push_str(" textLength=\"");
            number(&mut self.body, f64::from(last.x - first.x + size));
            self.body.push('"');
        }
        matrix(&mut self.body, "transform", transform);
        self.body.push_str(&format!("{fill}>{}</text>", escaped(&text)));
        self.letters += glyphs.len();
    }

    /// A run of letters in units of their font.
    pub(super) fn outlines(
        &mut self,
        (face, font, coords): (&Face, &FontData, &[NormalizedCoord]),
        fill: &str,
        size: f64,
        m: Affine,
        glyphs: &[Glyph],
    ) {
        let (Some(first), from) = (glyphs.first(), self.body.len()) else { return };
        self.body.push_str("<g");
        matrix(&mut self.body, "transform", m);
        self.body.push_str(&format!("{fill}>"));
        let inside = self.body.len();
        let units = face.units / size;
        for glyph in glyphs {
            let x = (f64::from(glyph.x - first.x) * units).round();
            let y = (f64::from(first.y - glyph.y) * units).round();
            if glyph.id == 0 {
                // a letter that the font does not have
                let side = (face.units * 0.6).round();
                self.body
                    .push_str(&format!("<path d=\"M{x} {y}h{side}v{side}h-{side}Z\" fill-opacity=\".35\"/>"));
                continue;
            }
            let Some(id) = self.glyphs.id(face, font, coords, glyph.id) else { continue };
            self.body.push_str(&format!("<use href=\"#{id}\""));
            for (name, n) in [("x", x), ("y", y)] {
                if n != 0.0 {
                    self.body.push_str(&format!(" {name}=\"{n}\""));
                }
            }
            self.body.push_str("/>");
        }
        if self.body.len() == inside {
            self.body.truncate(from);
        } else {
            self.body.push_str("</g>");
            self.letters += glyphs.len();
        }
    }
}

/// Characters of the ranges that the font has; none of them is markup, but one rule is better
/// than a proof.
fn escaped(text: &str) -> String {
    let safe = |c: &char| {
        !c.is_control()
            && !matches!(c, '<' | '&' | '"' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().filter(safe).collect()
}
