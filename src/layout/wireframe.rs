//! A page as boxes, bars and hatching, from its geometry alone: what there is to look at where
//! an engine draws nothing.

use crate::layout::geometry::{Boxed, Colour, Geometry, Rect};
use crate::limits;
use crate::page::dom::Dom;
use std::fmt::Write;

/// Width of a letter as a share of the font's size: of Latin text in a sans-serif about half.
const LETTER: f32 = 0.5;
/// Height of a line as a share of the font's size.
const LINE: f32 = 1.25;
/// Elements that show a picture or a frame.
const PICTURES: [&str; 8] = ["img", "svg", "video", "canvas", "iframe", "object", "embed", "picture"];
/// Elements with a frame of their own.
const CONTROLS: [&str; 4] = ["button", "input", "select", "textarea"];

/// Elements of an SVG, one unit a CSS pixel, down to a height. No text of the page is in it.
pub fn wireframe(dom: &Dom, geometry: &Geometry, height: f32) -> String {
    let letters = letters(dom);
    let mut out = String::new();
    let mut shapes = 0;
    for el in dom.iter() {
        let Some(boxed) = geometry.of(el) else { continue };
        let rect = boxed.visible;
        if boxed.unseen.is_some() || rect.area() < 1.0 || rect.y >= height {
            continue;
        }
        let parent = dom.parent(el).and_then(|p| geometry.of(p)).map(|p| p.visible);
        shapes += frame(&mut out, dom.name(el), boxed, parent == Some(rect));
        if let Some(count) = letters.get(el.0 as usize).filter(|n| **n > 0) {
            shapes += bars(&mut out, boxed, *count);
        }
        if shapes > limits::DRAWING_SHAPES {
            break;
        }
    }
    out
}

/// Letters of text right in each element.
fn letters(dom: &Dom) -> Vec<usize> {
    let mut letters = vec![0; dom.len()];
    for row in dom.all_texts() {
        if let Some(count) = letters.get_mut(row.parent.0 as usize) {
            *count += dom.text_of(row).split_whitespace().map(|w| w.chars().count() + 1).sum::<usize>();
        }
    }
    letters
}

/// Background and outline of an element; how many shapes that took.
fn frame(out: &mut String, name: &str, boxed: &Boxed, same: bool) -> usize {
    let hatched = PICTURES.contains(&name) || boxed.picture;
    let control = CONTROLS.contains(&name);
    let filled = boxed.background[3] > 0;
    let edged = boxed.border[3] > 0 || control;
    if !(hatched || filled || edged) && same {
        return 0;
    }
    let fill = match (hatched, filled) {
        (true, _) => "url(#sl-hatch)".to_string(),
        (false, true) => hex(boxed.background),
        (false, false) => "none".into(),
    };
    shape(out, boxed.visible, &fill, if hatched { 255 } else { boxed.background[3] });
    let (stroke, opacity) = match (edged, boxed.border[3] > 0) {
        (true, true) => (hex(boxed.border), 1.0),
        (true, false) => ("#5f6b7a".into(), 1.0),
        (false, _) => ("#5f6b7a".into(), 0.25),
    };
    let _ = write!(out, " stroke=\"{stroke}\" stroke-opacity=\"{opacity}\"/>");
    1
}

/// A rectangle without its end; `alpha` of its fill.
fn shape(out: &mut String, r: Rect, fill: &str, alpha: u8) {
    let (x, y, w, h) = (round(r.x), round(r.y), round(r.width), round(r.height));
    let _ = write!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{fill}\"");
    if alpha < 255 && fill != "none" {
        let _ = write!(out, " fill-opacity=\"{}\"", round(f32::from(alpha) / 255.0));
    }
}

/// Lines of text as bars; how many.
fn bars(out: &mut String, boxed: &Boxed, letters: usize) -> usize {
    let r = boxed.visible;
    let font = boxed.font.clamp(4.0, 200.0);
    let width = letters as f32 * font * LETTER;
    let fits = (r.height / (font * LINE)).floor().clamp(1.0, 200.0);
    let lines = (width / r.width).ceil().clamp(1.0, fits);
    let step = r.height / lines;
    for i in 0..lines as usize {
        let left = width - r.width * i as f32;
        let bar = Rect {
            x: r.x,
            y: r.y + step * i as f32 + (step - font * 0.5).max(0.0) / 2.0,
            width: left.min(r.width).max(font * LETTER),
            height: (font * 0.5).min(r.height),
        };
        shape(out, bar, &hex(boxed.text), boxed.text[3].min(150));
        out.push_str("/>");
    }
    lines as usize
}

fn hex(c: Colour) -> String {
    format!("#{:02x}{:02x}{:02x}", c[0], c[1], c[2])
}

/// To a hundredth, without an end of zeros.
fn round(n: f32) -> f32 {
    (n * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Missing, Unseen};
    use crate::page::Page;
    use crate::page::dom::El;
    use crate::viewport::Viewport;

    fn drawn(html: &str, boxed: impl Fn(&Dom, El) -> Boxed) -> String {
        let page = Page::from_text("a", html);
        let geometry = Geometry {
            viewport: Viewport::builtin().remove(0),
            boxes: page.dom.iter().map(|el| boxed(&page.dom, el)).collect(),
            height: 100.0,
            missing: Missing::default(),
            engine: "none",
            drawing: None,
        };
        wireframe(&page.dom, &geometry, 4_000.0)
    }

    fn at(y: f32) -> Boxed {
        let rect = Rect { x: 1.0, y, width: 100.0, height: 20.0 };
        Boxed { rect, visible: rect, font: 16.0, text: [0, 0, 0, 255], ..Boxed::default() }
    }

    #[test]
    fn texts_are_bars_and_pictures_are_hatched() {
        let body = drawn("<img><p>secret", |dom, el| match dom.name(el) {
            "img" => at(0.0),
            "p" => at(30.0),
            _ => Boxed { unseen: Some(Unseen::Never), ..Boxed::default() },
        });
        assert!(!body.contains("secret"), "{body}");
        assert_eq!(body.matches("url(#sl-hatch)").count(), 1, "{body}");
        // the outline of the paragraph and its one line
        assert_eq!(body.matches("y=\"30").count() + body.matches("y=\"36").count(), 2, "{body}");
    }

    #[test]
    fn what_is_below_is_left_out() {
        assert_eq!(drawn("<p>a", |_, _| at(5_000.0)), "");
    }
}
