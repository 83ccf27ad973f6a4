//! Where everything is: each element's box, whether it is seen and why not, for a viewport.

#[cfg(feature = "layout")]
pub mod blitz;
pub mod geometry;
#[cfg(feature = "picture")]
mod picture;
#[cfg(feature = "layout")]
mod runner;
mod styles;
mod wireframe;

pub use geometry::{Boxed, Drawing, Geometry, Missing, Position, Rect, Unseen};
pub use styles::{FILE_BYTES, Styles};
pub use wireframe::wireframe;

use crate::assets::Assets;
use crate::page::Page;
use crate::viewport::Viewport;
use std::time::Duration;
use thiserror::Error;

/// Name of the threads that lay pages out; their panics are results and no crashes.
pub const THREAD: &str = "layout";

/// Lays pages out.
pub trait Engine: Send + Sync {
    /// Boxes of every element of a page on one viewport.
    ///
    /// # Errors
    /// Why there are none; never a panic.
    fn measure(&self, page: &Page, assets: &Assets, viewport: &Viewport) -> Result<Geometry, NoGeometry>;

    /// Boxes on several viewports, in their order; engines that can share work between them do.
    fn measure_all(
        &self,
        page: &Page,
        assets: &Assets,
        viewports: &[Viewport],
    ) -> Vec<Result<Geometry, NoGeometry>> {
        viewports.iter().map(|v| self.measure(page, assets, v)).collect()
    }
}

/// Why a page has no geometry.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NoGeometry {
    /// Nobody asked for it, or this program was built without the engine.
    #[error("no layout engine")]
    Off,
    /// The run asks for none.
    #[error("--render none")]
    NotAsked,
    /// It did not end in time.
    #[error("laying the page out took more than {} s", .0.as_secs_f32())]
    Time(Duration),
    /// More than the engine may be given.
    #[error("{0}")]
    Limit(String),
    /// The engine crashed; what it said.
    #[error("the layout engine crashed: {0}")]
    Panic(String),
    /// The engine's tree is not ours: a bug of storelint.
    #[error("the layout engine's tree differs from the page's: {0}")]
    Mismatch(String),
}

/// No engine at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Off;

impl Engine for Off {
    fn measure(&self, _: &Page, _: &Assets, _: &Viewport) -> Result<Geometry, NoGeometry> {
        Err(NoGeometry::Off)
    }
}

/// How pages are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct How {
    /// As a browser that runs scripts begins with them, though none run; else as one that has
    /// none: `noscript` is shown.
    pub scripts: bool,
    /// Drawn too.
    pub draw: bool,
    /// Time for one page, all its viewports together; `None` is [`crate::limits::LAYOUT_TIME`].
    pub time: Option<Duration>,
    /// Viewports that are laid out side by side, each on a thread of its own: quicker for one page,
    /// no gain for many. 0 is 1.
    pub at_once: usize,
}

/// The engine that this program was built with.
#[cfg(feature = "layout")]
pub fn built_in(how: How) -> Box<dyn Engine> {
    Box::new(blitz::Blitz { how })
}

/// The engine that this program was built with: none.
#[cfg(not(feature = "layout"))]
pub fn built_in(_: How) -> Box<dyn Engine> {
    Box::new(Off)
}
