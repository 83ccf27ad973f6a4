//! A true picture of a laid-out page without a browser: what the engine paints, written down
//! as an SVG. Letters are outlines, so no string of the page is in it, but for what the font
//! of empty squares stands in for: such characters are text, set in the viewer's own fonts.

mod glyphs;
mod paint;
mod runs;
mod scene;
mod shape;
mod write;

use crate::layout::geometry::Drawing;
use crate::limits;
use blitz_dom::BaseDocument;
use blitz_dom::node::{ImageData, RasterImageData, Status};
use scene::Svg;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Fonts that Chinese, Japanese and Korean are shown in, whichever the viewer has.
const SQUARE_FONTS: &str = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Noto Sans SC, sans-serif";

/// Draws a document that was laid out on a screen of so many pixels, down to a height; `scale`
/// makes pixels of the device from those of the layout.
///
/// # Errors
/// Why there is no drawing: too large, or the painter crashed.
pub fn draw(doc: &mut BaseDocument, screen: (u32, u32), height: f32, scale: f32) -> Result<Drawing, String> {
    let shown = height.max(screen.1 as f32).min(limits::PICTURE_HEIGHT as f32 / scale).ceil();
    hatch_backgrounds(doc);
    let painted = catch_unwind(AssertUnwindSafe(|| {
        let mut svg = Svg::new(f64::from(screen.0), f64::from(shown));
        blitz_paint::paint_scene(&mut svg, doc, 1.0, screen.0, shown as u32, 0, 0);
        svg.finish()
    }));
    let (inside, glyphs) = painted.map_err(|_| "the painter crashed".to_string())??;
    let scaled = if scale == 1.0 { String::new() } else { format!(" transform=\"scale({scale})\"") };
    let body = format!("<g font-family=\"{SQUARE_FONTS}\"{scaled}>{inside}</g>");
    Ok(Drawing::Svg { body, glyphs, height: shown * scale })
}

/// Gives background pictures a size, so that they are painted: the box's own, for nobody
/// knows theirs. Those of the whole page stay away, or nothing else could be seen.
fn hatch_backgrounds(doc: &mut BaseDocument) {
    let whole = [doc.try_root_element().map(|n| n.id), doc.find_body_node().map(|n| n.id)];
    let with: Vec<_> = doc
        .tree()
        .iter()
        .filter(|(id, _)| !whole.contains(&Some(*id)))
        .filter(|(_, n)| n.element_data().is_some_and(|e| !e.background_images.is_empty()))
        .map(|(id, n)| (id, n.final_layout().size))
        .collect();
    for (id, size) in with {
        let Some(element) = doc.get_node_mut(id).and_then(|n| n.element_data_mut()) else { continue };
        for image in element.background_images.iter_mut().flatten() {
            let side = |n: f32| n.clamp(1.0, 10_000.0).ceil() as u32;
            let raster = RasterImageData::new(side(size.width), side(size.height), Arc::default());
            (image.image, image.status) = (ImageData::Raster(raster), Status::Ok);
        }
    }
}
