//! Pictures with a side of their own that is cut by a least or a greatest size: the engine keeps
//! their shape then, where browsers keep the other side as it was asked for.

use crate::layout::blitz::mend::Change;
use blitz_dom::{BaseDocument, Node, NodeId};
use style::computed_values::box_sizing::T as BoxSizing;
use style::properties::ComputedValues;
use style::values::computed::{CSSPixelLength, LengthPercentage, MaxSize, Size};
use style::values::generics::position::PreferredRatio;
use style::values::specified::box_::DisplayInside;

/// Below this sizes are the same, in CSS pixels.
const LEAST: f32 = 0.5;

/// One axis of a box: what it asks for, inside its padding, in CSS pixels.
#[derive(Clone, Copy, Debug)]
struct Axis {
    /// `None` is `auto`.
    size: Option<f32>,
    least: f32,
    most: f32,
}

impl Axis {
    fn cut(&self, size: f32) -> f32 {
        size.min(self.most).max(self.least)
    }
}

/// What to change of a picture that was laid out.
pub fn changes(doc: &BaseDocument, id: NodeId, out: &mut Vec<Change>) {
    let Some(node) = doc.get_node(id) else { return };
    let name = node.element_data().map(|e| &*e.name.local);
    if !matches!(name, Some("img" | "svg" | "video" | "canvas" | "iframe" | "embed")) {
        return;
    }
    if let Some((width, height)) = wanted(doc, node) {
        out.push(Change::Style(id, format!("aspect-ratio:{width:.3}/{height:.3}")));
    }
}

/// The size that a picture should have, where it has another; inside its padding.
fn wanted(doc: &BaseDocument, node: &Node) -> Option<(f32, f32)> {
    let style = node.primary_styles()?;
    let outer = node.containing_block().and_then(|id| doc.get_node(id))?;
    let flow = outer.primary_styles().is_none_or(|s| in_flow(&s));
    if !flow || style.clone_position().is_absolutely_positioned() {
        return None;
    }
    let layout = node.unrounded_layout();
    let own = (layout.content_box_width(), layout.content_box_height());
    let (across, down) = axes(
        &style,
        outer.unrounded_layout().content_box_width(),
        (layout.size.width - own.0, layout.size.height - own.1),
    )?;
    let shape = || shape(node, &style, own);
    // what was asked for, in the shape of the picture
    let (wide, high) = match (across.size, down.size) {
        (Some(width), Some(height)) => (width, height),
        (Some(width), None) => (width, across.cut(width) / shape()?),
        (None, Some(height)) => (down.cut(height) * shape()?, height),
        (None, None) => return None,
    };
    let (width, height) = (across.cut(wide), down.cut(high));
    if width == wide && height == high {
        return None;
    }
    let other = (width - own.0).abs() > LEAST || (height - own.1).abs() > LEAST;
    (other && width > 0.0 && height > 0.0).then_some((width, height))
}

/// Width by height of what a picture shows: its own where it is known, else as it was laid out.
/// `None` where a stylesheet gives it another.
fn shape(node: &Node, style: &ComputedValues, laid: (f32, f32)) -> Option<f32> {
    use blitz_dom::node::{ImageData, SpecialElementData};
    if !matches!(style.get_position().aspect_ratio.ratio, PreferredRatio::None) {
        return None;
    }
    let (width, height) = match &node.element_data()?.special_data {
        SpecialElementData::Image(image) => match &**image {
            ImageData::Raster(image) => (image.width as f32, image.height as f32),
            _ => laid,
        },
        _ => laid,
    };
    Some(width / height).filter(|ratio| ratio.is_finite() && *ratio > 0.0)
}

/// Whether what stands in a box is placed as text and blocks are.
fn in_flow(style: &ComputedValues) -> bool {
    !matches!(style.clone_display().inside(), DisplayInside::Flex | DisplayInside::Grid)
}

/// Both axes; `None` where a side is a share of a height, or of what it holds. `around`: padding
/// and borders.
fn axes(style: &ComputedValues, room: f32, around: (f32, f32)) -> Option<(Axis, Axis)> {
    let position = style.get_position();
    let border = position.box_sizing == BoxSizing::BorderBox;
    let less = |px: f32, around: f32| if border { (px - around).max(0.0) } else { px };
    let across = |size: &LengthPercentage| Some(size.resolve(CSSPixelLength::new(room)).px());
    let down = |size: &LengthPercentage| size.to_length().map(|l| l.px());
    let axis =
        |sizes: (&Size, &Size, &MaxSize), px: &dyn Fn(&LengthPercentage) -> Option<f32>, around: f32| {
            let (size, least, most) = sizes;
            let size = match size {
                Size::Auto => None,
                Size::LengthPercentage(size) => Some(less(px(&size.0)?, around)),
                _ => return None,
            };
            let least = match least {
                Size::Auto => 0.0,
                Size::LengthPercentage(size) => less(px(&size.0)?, around),
                _ => return None,
            };
            let most = match most {
                MaxSize::None => f32::INFINITY,
                MaxSize::LengthPercentage(size) => less(px(&size.0)?, around),
                _ => return None,
            };
            Some(Axis { size, least, most })
        };
    Some((
        axis((&position.width, &position.min_width, &position.max_width), &across, around.0)?,
        axis((&position.height, &position.min_height, &position.max_height), &down, around.1)?,
    ))
}
