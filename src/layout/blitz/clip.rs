//! `clip` and `clip-path: inset()`: what is meant for screen readers only is cut to nothing
//! with them.

use crate::layout::geometry::Rect;
use style::computed_values::position::T as Position;
use style::properties::ComputedValues;
use style::values::computed::basic_shape::{BasicShape, ClipPath};
use style::values::computed::{CSSPixelLength, LengthOrAuto, LengthPercentage};
use style::values::generics::ClipRectOrAuto;

/// What is left of a box of that size, in its own coordinates; `None` where nothing is cut.
pub fn left(style: &ComputedValues, width: f32, height: f32) -> Option<Rect> {
    rect(style, width, height).or_else(|| inset(style, width, height))
}

/// `clip`, which boxes out of the flow heed only.
fn rect(style: &ComputedValues, width: f32, height: f32) -> Option<Rect> {
    if !matches!(style.get_box().position, Position::Absolute | Position::Fixed) {
        return None;
    }
    let ClipRectOrAuto::Rect(rect) = &style.get_effects().clip else { return None };
    let edge = |edge: &LengthOrAuto, auto: f32| match edge {
        LengthOrAuto::Auto => auto,
        LengthOrAuto::LengthPercentage(length) => length.px(),
    };
    let (x, y) = (edge(&rect.left, 0.0), edge(&rect.top, 0.0));
    let (right, bottom) = (edge(&rect.right, width), edge(&rect.bottom, height));
    Some(Rect { x, y, width: (right - x).max(0.0), height: (bottom - y).max(0.0) })
}

fn inset(style: &ComputedValues, width: f32, height: f32) -> Option<Rect> {
    let ClipPath::Shape(shape, _) = style.clone_clip_path() else { return None };
    let BasicShape::Rect(inset) = &*shape else { return None };
    let of = |edge: &LengthPercentage, side: f32| edge.resolve(CSSPixelLength::new(side)).px();
    let (x, y) = (of(&inset.rect.3, width), of(&inset.rect.0, height));
    let (right, bottom) = (width - of(&inset.rect.1, width), height - of(&inset.rect.2, height));
    Some(Rect { x, y, width: (right - x).max(0.0), height: (bottom - y).max(0.0) })
}
