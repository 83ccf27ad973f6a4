//! What a page's look needs besides itself: stylesheets, sizes of pictures, fonts.

mod data_url;
mod decode;
mod faces;
mod files;
mod gather;
mod header;
mod hints;
mod length;
mod logo;
mod map;
mod network;
pub mod picture;
pub mod plain;
pub mod refs;
mod scan;
mod source;
mod srcset;
pub mod weight;

pub use files::Files;
pub use gather::gather;
pub use map::Map;
pub use network::Network;
pub use source::{Either, Kind, Nothing, Saved, Source, Want};

use std::collections::BTreeMap;
use std::sync::Arc;
use url::Url;

/// What was loaded for one page, by absolute address without fragment, and what was not.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// What relative addresses of the page are joined to: its own address or its
    /// `<base href>`; `None` where neither is known.
    pub base: Option<Url>,
    /// Texts of stylesheets, `@import`ed ones among them.
    pub sheets: BTreeMap<String, Arc<str>>,
    /// Width and height of pictures in their own pixels.
    pub pictures: BTreeMap<String, (u32, u32)>,
    /// Web fonts as they were read: TrueType, OpenType, WOFF or WOFF2.
    pub fonts: BTreeMap<String, Arc<[u8]>>,
    /// Stylesheets that were not at hand, as the page names them.
    pub missing: Vec<String>,
    /// Stylesheets asked for in all: linked and imported, for the screen.
    pub asked: usize,
}
