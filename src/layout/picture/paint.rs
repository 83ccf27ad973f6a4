//! What shapes are filled with: colours, gradients, and hatching for pictures.

use crate::layout::picture::write::{colour, matrix, number, parts};
use anyrender::PaintRef;
use peniko::color::{AlphaColor, Srgb};
use peniko::kurbo::{Affine, Point};
use peniko::{Extend, Gradient, GradientKind};
use std::collections::HashMap;

/// Gradients so far, by what they are: the same one is written once.
#[derive(Debug, Default)]
pub struct Paints {
    gradients: HashMap<String, usize>,
    /// Definitions of the gradients.
    pub definitions: String,
}

impl Paints {
    /// ` fill="…"` or ` stroke="…"`; `None` where nothing would be seen.
    pub fn attribute(&mut self, name: &str, brush: &PaintRef<'_>, alpha: f32, m: Affine) -> Option<String> {
        let mut out = String::new();
        match brush {
            PaintRef::Solid(c) if c.components[3] * alpha < 0.004 => return None,
            PaintRef::Solid(c) => colour(&mut out, name, *c, alpha),
            PaintRef::Gradient(gradient) => {
                out = format!(" {name}=\"url(#l-{})\"", self.gradient(gradient, m)?)
            }
            PaintRef::Image(_) => out = format!(" {name}=\"url(#sl-hatch)\""),
            PaintRef::Resource(_) | PaintRef::Custom(_) => return None,
        }
        Some(out)
    }

    fn gradient(&mut self, gradient: &Gradient, m: Affine) -> Option<String> {
        let mut inside = String::new();
        let kind = match &gradient.kind {
            GradientKind::Linear(line) => {
                ends(
                    &mut inside,
                    [("x1", line.start.x), ("y1", line.start.y), ("x2", line.end.x), ("y2", line.end.y)],
                )?;
                "linearGradient"
            }
            GradientKind::Radial(r) => {
                let [c, f]: [Point; 2] = [r.end_center, r.start_center];
                ends(&mut inside, [("cx", c.x), ("cy", c.y), ("fx", f.x), ("fy", f.y)])?;
                ends(&mut inside, [("r", f64::from(r.end_radius)), ("fr", f64::from(r.start_radius))])?;
                "radialGradient"
            }
            // an SVG has no gradient round a point: its first colour stands for it
            GradientKind::Sweep(_) => {
                ends(&mut inside, [("x2", 0.0)])?;
                "linearGradient"
            }
        };
        match gradient.extend {
            Extend::Pad => {}
            Extend::Repeat => inside.push_str(" spreadMethod=\"repeat\""),
            Extend::Reflect => inside.push_str(" spreadMethod=\"reflect\""),
        }
        matrix(&mut inside, "gradientTransform", m);
        inside.push_str(" gradientUnits=\"userSpaceOnUse\">");
        for stop in gradient.stops.iter() {
            let c: AlphaColor<Srgb> = stop.color.to_alpha_color();
            let (hex, opacity) = parts(c);
            inside.push_str("<stop offset=\"");
            number(&mut inside, f64::from(stop.offset));
            inside.push_str(&format!("\" stop-color=\"{hex}\""));
            if opacity < 0.998 {
                inside.push_str(" stop-opacity=\"");
                number(&mut inside, f64::from(opacity));
                inside.push('"');
            }
            inside.push_str("/>");
        }
        let next = self.gradients.len();
        let known = *self.gradients.entry(format!("{kind}{inside}")).or_insert(next);
        if known == next {
            self.definitions.push_str(&format!("<{kind} id=\"l-g{known}\"{inside}</{kind}>"));
        }
        Some(format!("g{known}"))
    }
}

/// Numbers of a gradient; `None` where one is none.
fn ends<const N: usize>(out: &mut String, all: [(&str, f64); N]) -> Option<()> {
    for (name, n) in all {
        if !n.is_finite() {
            return None;
        }
        out.push_str(&format!(" {name}=\""));
        number(out, n);
        out.push('"');
    }
    Some(())
}
