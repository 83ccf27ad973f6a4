//! Colours of an element as the engine worked them out.

use crate::layout::geometry::Colour;
use style::color::{AbsoluteColor, ColorSpace};
use style::properties::ComputedValues;
use style::values::computed::{BorderStyle, Image};

/// Background, text, border and whether there is a background picture.
#[derive(Clone, Copy, Debug, Default)]
pub struct Colours {
    /// Background; alpha 0 is none.
    pub background: Colour,
    /// Text.
    pub text: Colour,
    /// Border of the widest side; alpha 0 is none.
    pub border: Colour,
    /// Widths of the sides of that colour, CSS pixels.
    pub edges: [f32; 4],
    /// Whether a background layer is a picture.
    pub picture: bool,
    /// Whether there is a background layer of any kind, a gradient too.
    pub layer: bool,
}

/// Of an element's style.
pub fn of(style: &ComputedValues) -> Colours {
    let current = style.clone_color();
    let background = style.get_background();
    let picture =
        background.background_image.0.iter().any(|image| matches!(image, Image::Url(_) | Image::ImageSet(_)));
    let (border, edges) = border(style, &current);
    Colours {
        background: bytes(&background.background_color.resolve_to_absolute(&current)),
        text: bytes(&current),
        border,
        edges,
        picture,
        layer: background.background_image.0.iter().any(|image| !matches!(image, Image::None)),
    }
}

fn border(style: &ComputedValues, current: &AbsoluteColor) -> (Colour, [f32; 4]) {
    let b = style.get_border();
    let sides = [
        (b.border_top_width.0, b.border_top_style, &b.border_top_color),
        (b.border_right_width.0, b.border_right_style, &b.border_right_color),
        (b.border_bottom_width.0, b.border_bottom_style, &b.border_bottom_color),
        (b.border_left_width.0, b.border_left_style, &b.border_left_color),
    ];
    let drawn = sides.map(|(width, style, colour)| {
        let none = matches!(style, BorderStyle::None | BorderStyle::Hidden);
        (if none { 0.0 } else { width.to_f32_px() }, bytes(&colour.resolve_to_absolute(current)))
    });
    // the first of the widest
    let widest =
        drawn.iter().filter(|(w, _)| *w > 0.0).reduce(|best, next| if next.0 > best.0 { next } else { best });
    let colour = widest.map_or([0; 4], |(_, colour)| *colour);
    (colour, drawn.map(|(width, own)| if own == colour { width } else { 0.0 }))
}

fn bytes(colour: &AbsoluteColor) -> Colour {
    let srgb = colour.to_color_space(ColorSpace::Srgb);
    srgb.raw_components().map(|c| if c.is_finite() { (c.clamp(0.0, 1.0) * 255.0).round() as u8 } else { 0 })
}
