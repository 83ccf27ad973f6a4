//! Numbers and colours as an SVG writes them, short.

use peniko::Color;
use peniko::color::{AlphaColor, Srgb};
use peniko::kurbo::{Affine, BezPath, PathEl, Point};
use std::fmt::Write;

/// A number to a hundredth, without an end of zeros.
pub fn number(out: &mut String, n: f64) {
    let n = (n * 100.0).round() / 100.0;
    // what is no number was left out before
    let _ = if n == 0.0 { out.write_char('0') } else { write!(out, "{n}") };
}

fn point(out: &mut String, p: Point) {
    number(out, p.x);
    out.push(' ');
    number(out, p.y);
}

/// The data of a path.
pub fn path(out: &mut String, path: &BezPath) {
    for el in path.elements() {
        match el {
            PathEl::MoveTo(p) => {
                out.push('M');
                point(out, *p);
            }
            PathEl::LineTo(p) => {
                out.push('L');
                point(out, *p);
            }
            PathEl::QuadTo(a, p) => {
                out.push('Q');
                point(out, *a);
                out.push(' ');
                point(out, *p);
            }
            PathEl::CurveTo(a, b, p) => {
                out.push('C');
                point(out, *a);
                out.push(' ');
                point(out, *b);
                out.push(' ');
                point(out, *p);
            }
            PathEl::ClosePath => out.push('Z'),
        }
    }
}

/// ` name="matrix(…)"`, nothing for none; scales keep six digits.
pub fn matrix(out: &mut String, name: &str, m: Affine) {
    if m == Affine::IDENTITY {
        return;
    }
    let [a, b, c, d, e, f] = m.as_coeffs().map(|n| (n * 1e6).round() / 1e6);
    let _ = write!(out, " {name}=\"matrix({a} {b} {c} {d} ");
    point(out, Point::new(e, f));
    out.push_str(")\"");
}

/// ` name="#rrggbb"` and, where it is not whole, its opacity.
pub fn colour(out: &mut String, name: &str, colour: Color, alpha: f32) {
    let (hex, opacity) = parts(colour);
    let opacity = f64::from(opacity * alpha);
    let _ = write!(out, " {name}=\"{hex}\"");
    if opacity < 0.998 {
        let _ = write!(out, " {name}-opacity=\"");
        number(out, opacity);
        out.push('"');
    }
}

/// A colour and its opacity.
pub fn parts(colour: AlphaColor<Srgb>) -> (String, f32) {
    let c = colour.to_rgba8();
    let short = |n: u8| n >> 4 == n & 15;
    let hex = if short(c.r) && short(c.g) && short(c.b) {
        format!("#{:x}{:x}{:x}", c.r & 15, c.g & 15, c.b & 15)
    } else {
        format!("#{:02x}{:02x}{:02x}", c.r, c.g, c.b)
    };
    (hex, f32::from(c.a) / 255.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_colours_are_short() {
        let mut out = String::new();
        for n in [0.0, -0.001, 10.0, 1.005, -2.71999] {
            number(&mut out, n);
            out.push(' ');
        }
        assert_eq!(out, "0 0 10 1 -2.72 ");
        let mut out = String::new();
        colour(&mut out, "fill", Color::from_rgba8(255, 0, 17, 128), 1.0);
        assert_eq!(out, " fill=\"#f01\" fill-opacity=\"0.5\"");
    }
}
