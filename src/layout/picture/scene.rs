//! The engine's painting commands written down as an SVG.

use crate::layout::picture::glyphs::Glyphs;
use crate::layout::picture::paint::Paints;
use crate::layout::picture::shape::Placed;
use crate::layout::picture::write::{colour, number, path};
use crate::limits;
use anyrender::{Filter, Glyph, NormalizedCoord, PaintRef, PaintScene, RenderContext};
use peniko::kurbo::{Affine, Cap, Join, Rect, Shape, Stroke, Vec2};
use peniko::{BlendMode, Color, Compose, Fill, FontData, StyleRef};
use std::collections::HashMap;
use std::sync::Arc;

/// Groups within groups: what lies deeper is drawn in the last one. Browsers take 512 levels
/// of elements.
const DEEPEST: usize = 64;

/// A layer that is open.
#[derive(Clone, Copy, Debug)]
struct Layer {
    /// Where its group begins in the text; `None` where it has none.
    group: Option<usize>,
    /// Where what it holds begins.
    inside: usize,
    /// Whether what is painted in it is left out.
    silent: bool,
}

/// Writes down what is painted between the page's top left corner and a size.
#[derive(Debug)]
pub struct Svg {
    /// What the elements refer to; it stands before them.
    definitions: String,
    pub(super) body: String,
    area: Rect,
    layers: Vec<Layer>,
    clips: HashMap<String, usize>,
    blurs: HashMap<u64, usize>,
    paints: Paints,
    pub(super) glyphs: Glyphs,
    pub(super) letters: usize,
    shapes: usize,
    /// Why nothing more is written.
    full: Option<&'static str>,
}

impl Svg {
    /// An empty drawing of so many pixels.
    pub fn new(width: f64, height: f64) -> Svg {
        Svg {
            definitions: String::new(),
            body: String::new(),
            area: Rect::new(0.0, 0.0, width, height),
            layers: Vec::new(),
            clips: HashMap::new(),
            blurs: HashMap::new(),
            paints: Paints::default(),
            glyphs: Glyphs::default(),
            letters: 0,
            shapes: 0,
            full: None,
        }
    }

    /// The elements, and outlines of letters by id.
    ///
    /// # Errors
    /// Too much for a drawing.
    pub fn finish(mut self) -> Result<(String, Vec<(String, String)>), String> {
        while !self.layers.is_empty() {
            self.pop_layer();
        }
        match self.full {
            Some(why) => Err(why.to_string()),
            None => {
                let defs = self.definitions + &self.paints.definitions;
                Ok((format!("<defs>{defs}</defs>{}", self.body), self.glyphs.finish()))
            }
        }
    }

    /// Whether nothing is written now.
    fn silent(&self) -> bool {
        self.full.is_some() || self.layers.last().is_some_and(|l| l.silent)
    }

    fn seen(&self, bounds: Rect) -> bool {
        bounds.x1 > self.area.x0
            && bounds.y1 > self.area.y0
            && bounds.x0 < self.area.x1
            && bounds.y0 < self.area.y1
    }

    fn bytes(&self) -> usize {
        self.body.len() + self.definitions.len() + self.paints.definitions.len() + self.glyphs.bytes
    }

    /// Counts a shape, and says where there is no room for more.
    fn count(&mut self) {
        self.shapes += 1;
        if self.shapes > limits::DRAWING_SHAPES {
            self.full = Some("too large to draw: too many shapes");
        } else if self.letters > limits::DRAWING_GLYPHS {
            self.full = Some("too large to draw: too many letters");
        } else if self.bytes() > limits::DRAWING_BYTES {
            self.full = Some("too large to draw");
        }
    }

    /// Opens an element of a shape: `<rect …` or `<path …`.
    fn begin(&mut self, placed: &Placed) {
        match placed {
            Placed::Rect(r) => {
                self.body.push_str("<rect x=\"");
                // pixels far outside are no use to anyone
                let r = r.intersect(self.area.inflate(4_000.0, 4_000.0));
                number(&mut self.body, r.x0);
                for (name, n) in [("y", r.y0), ("width", r.width()), ("height", r.height())] {
                    self.body.push_str(&format!("\" {name}=\""));
                    number(&mut self.body, n);
                }
                self.body.push('"');
            }
            Placed::Path(outline, _) => {
                self.body.push_str("<path d=\"");
                path(&mut self.body, outline);
                self.body.push('"');
            }
        }
    }

    /// The number of a clip, defined where it is new.
    fn clip(&mut self, placed: &Placed, rule: Fill) -> usize {
        let from = self.body.len();
        self.begin(placed);
        if rule == Fill::EvenOdd {
            self.body.push_str(" clip-rule=\"evenodd\"");
        }
        self.body.push_str("/>");
        let shape = self.body.split_off(from);
        let next = self.clips.len();
        *self.clips.entry(shape).or_insert_with_key(|shape| {
            self.definitions.push_str(&format!("<clipPath id=\"l-c{next}\">{shape}</clipPath>"));
            next
        })
    }

    fn push(&mut self, rule: Fill, alpha: f32, transform: Affine, shape: &impl Shape, silent: bool) {
        let outer = self.silent();
        let mut layer = Layer { group: None, inside: self.body.len(), silent: silent || outer };
        if !layer.silent {
            match Placed::of(shape, transform) {
                Some(placed) if self.seen(placed.bounds()) => {
                    if self.layers.iter().filter(|l| l.group.is_some()).count() < DEEPEST {
                        let clip = self.clip(&placed, rule);
                        layer.group = Some(self.body.len());
                        self.body.push_str(&format!("<g clip-path=\"url(#l-c{clip})\""));
                        if alpha < 0.998 {
                            self.body.push_str(" opacity=\"");
                            number(&mut self.body, f64::from(alpha));
                            self.body.push('"');
                        }
                        self.body.push('>');
                    }
                }
                _ => layer.silent = true,
            }
        }
        layer.inside = self.body.len();
        self.layers.push(layer);
    }
}

impl RenderContext for Svg {}

impl PaintScene for Svg {
    fn reset(&mut self) {
        *self = Svg::new(self.area.width(), self.area.height());
    }

    fn push_layer(
        &mut self,
        fill: Fill,
        blend: impl Into<BlendMode>,
        alpha: f32,
        transform: Affine,
        clip: &impl Shape,
        _: Option<Arc<Filter>>,
        _: Option<Arc<Filter>>,
    ) {
        let compose = blend.into().compose;
        if compose == Compose::DestOut
            && let Some(outer) = self.layers.last().copied().filter(|l| !l.silent)
        {
            // a shadow inside a box: its colour was laid over all of it, to be cut out again
            self.body.truncate(outer.inside);
        }
        self.push(fill, alpha, transform, clip, compose != Compose::SrcOver);
    }

    fn push_clip_layer(&mut self, fill: Fill, transform: Affine, clip: &impl Shape) {
        self.push(fill, 1.0, transform, clip, false);
    }

    fn pop_layer(&mut self) {
        let Some(layer) = self.layers.pop() else { return };
        let Some(group) = layer.group else { return };
        if self.body.len() == layer.inside {
            self.body.truncate(group);
        } else {
            self.body.push_str("</g>");
        }
    }

    fn stroke<'a>(
        &mut self,
        style: &Stroke,
        transform: Affine,
        brush: impl Into<PaintRef<'a>>,
        brush_transform: Option<Affine>,
        shape: &impl Shape,
    ) {
        let brush = brush.into();
        let scale = transform.determinant().abs().sqrt();
        let width = style.width * scale;
        let Some(placed) = Placed::of(shape, transform).filter(|_| !self.silent() && width.is_finite())
        else {
            return;
        };
        if !self.seen(placed.bounds().inflate(width, width)) {
            return;
        }
        let m = transform * brush_transform.unwrap_or_default();
        let Some(stroke) = self.paints.attribute("stroke", &brush, 1.0, m) else { return };
        // the rectangle would be cut at the edges of what is shown
        let outline = match placed {
            Placed::Rect(r) => Placed::Path(r.to_path(0.1), r),
            path => path,
        };
        self.begin(&outline);
        self.body.push_str(" fill=\"none\" stroke-width=\"");
        number(&mut self.body, width);
        self.body.push('"');
        match style.start_cap {
            Cap::Butt => {}
            Cap::Square => self.body.push_str(" stroke-linecap=\"square\""),
            Cap::Round => self.body.push_str(" stroke-linecap=\"round\""),
        }
        match style.join {
            Join::Miter => {}
            Join::Bevel => self.body.push_str(" stroke-linejoin=\"bevel\""),
            Join::Round => self.body.push_str(" stroke-linejoin=\"round\""),
        }
        if !style.dash_pattern.is_empty() {
            self.body.push_str(" stroke-dasharray=\"");
            for dash in style.dash_pattern.iter().filter(|d| d.is_finite()) {
                number(&mut self.body, dash * scale);
                self.body.push(' ');
            }
            self.body.push('"');
        }
        self.body.push_str(&format!("{stroke}/>"));
        self.count();
    }

    fn fill<'a>(
        &mut self,
        style: Fill,
        transform: Affine,
        brush: impl Into<PaintRef<'a>>,
        brush_transform: Option<Affine>,
        shape: &impl Shape,
    ) {
        let brush = brush.into();
        let Some(placed) = Placed::of(shape, transform).filter(|_| !self.silent()) else { return };
        let bounds = placed.bounds();
        if !self.seen(bounds) || bounds.width() <= 0.0 || bounds.height() <= 0.0 {
            return;
        }
        let m = transform * brush_transform.unwrap_or_default();
        let Some(fill) = self.paints.attribute("fill", &brush, 1.0, m) else { return };
        self.begin(&placed);
        if style == Fill::EvenOdd {
            self.body.push_str(" fill-rule=\"evenodd\"");
        }
        self.body.push_str(&format!("{fill}/>"));
        self.count();
    }

    fn draw_glyphs<'a, 's: 'a>(
        &'s mut self,
        font: &'a FontData,
        font_size: f32,
        _: bool,
        coords: &'a [NormalizedCoord],
        _: Vec2,
        _: impl Into<StyleRef<'a>>,
        brush: impl Into<PaintRef<'a>>,
        brush_alpha: f32,
        transform: Affine,
        glyph_transform: Option<Affine>,
        glyphs: impl Iterator<Item = Glyph> + Clone,
    ) {
        let brush = brush.into();
        let glyphs: Vec<Glyph> = glyphs.take(limits::DRAWING_GLYPHS).collect();
        let (Some(first), Some(last)) = (glyphs.first(), glyphs.last()) else { return };
        let size = f64::from(font_size);
        let run = Rect::from_points(
            (f64::from(first.x), f64::from(first.y)),
            (f64::from(last.x), f64::from(last.y)),
        );
        let Some(placed) = Placed::of(&run.inflate(size * 2.0, size * 2.0), transform) else { return };
        if self.silent() || !self.seen(placed.bounds()) || !(0.1..=10_000.0).contains(&size) {
            return;
        }
        let Some(face) = self.glyphs.face(font, coords) else { return };
        let Some(fill) = self.paints.attribute("fill", &brush, brush_alpha, transform) else { return };
        if face.squares {
            self.characters(&fill, font_size, transform, &glyphs);
        } else {
            let m = transform
                * Affine::translate((f64::from(first.x), f64::from(first.y)))
                * glyph_transform.unwrap_or_default()
                * Affine::scale_non_uniform(size / face.units, -size / face.units);
            self.outlines((&face, font, coords), &fill, size, m, &glyphs);
        }
        self.count();
    }

    fn draw_box_shadow(&mut self, transform: Affine, rect: Rect, brush: Color, radius: f64, deviation: f64) {
        // blur is given as in CSS: twice the deviation
        let deviation = (deviation / 2.0).clamp(0.0, 200.0);
        let shape = rect.to_rounded_rect(radius);
        let Some(placed) =
            Placed::of(&shape, transform).filter(|_| !self.silent() && brush.components[3] > 0.004)
        else {
            return;
        };
        if !self.seen(placed.bounds().inflate(deviation * 3.0, deviation * 3.0)) {
            return;
        }
        let blur = (deviation >= 0.25).then(|| self.blur(deviation));
        self.begin(&placed);
        colour(&mut self.body, "fill", brush, 1.0);
        if let Some(blur) = blur {
            self.body.push_str(&format!(" filter=\"url(#l-b{blur})\""));
        }
        self.body.push_str("/>");
        self.count();
    }
}

impl Svg {
    /// The number of a blur, defined where it is new.
    fn blur(&mut self, deviation: f64) -> usize {
        let tenth = (deviation * 10.0).round() as u64;
        let next = self.blurs.len();
        *self.blurs.entry(tenth).or_insert_with(|| {
            self.definitions.push_str(&format!(
                "<filter id=\"l-b{next}\" x=\"-1\" y=\"-1\" width=\"3\" height=\"3\"><feGaussianBlur stdDeviation=\"{}\"/></filter>",
                tenth as f64 / 10.0
            ));
            next
        })
    }
}
