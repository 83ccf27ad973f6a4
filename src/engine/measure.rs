//! How a run measures pages: a layout engine with what it needs, or nothing.

use crate::audit::Laid;
use crate::layout::{Geometry, NoGeometry};
use crate::page::Page;
use crate::viewport::Viewport;

/// Measures a page. Asked once for each page, and only where a rule asks for places.
pub trait Measure: Sync {
    /// The page on each viewport, in their order.
    fn measure(&self, page: &Page, viewports: &[Viewport]) -> Vec<Result<Geometry, NoGeometry>>;
}

/// Measures nothing: places stay estimates.
#[derive(Clone, Copy, Debug)]
pub struct Unmeasured;

impl Measure for Unmeasured {
    fn measure(&self, _: &Page, viewports: &[Viewport]) -> Vec<Result<Geometry, NoGeometry>> {
        viewports.iter().map(|_| Err(NoGeometry::Off)).collect()
    }
}

/// What a geometry says of itself.
pub fn laid(g: &Geometry) -> Laid {
    Laid {
        viewport: g.viewport.name.clone(),
        width: g.viewport.width,
        height: g.viewport.height,
        engine: g.engine.to_string(),
        page_height: g.height.max(0.0) as u32,
        stylesheets: g.missing.stylesheets_asked,
        missing_stylesheets: g.missing.stylesheets.clone(),
        pictures: g.missing.pictures_asked,
        missing_pictures: g.missing.pictures_gone,
        assumed_pictures: g.missing.pictures,
    }
}
