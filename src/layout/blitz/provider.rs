//! What the engine asks for while it reads stylesheets: answered from what was loaded, at
//! once, and never from anywhere else.

use crate::assets::Assets;
use crate::layout::blitz::css;
use crate::limits;
use blitz_traits::net::{Bytes, NetHandler, NetProvider, Request};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Stylesheets and fonts at hand, by address without fragment.
pub struct Provider {
    /// Texts of stylesheets.
    pub sheets: HashMap<String, Arc<str>>,
    /// Whether the screen is touched.
    pub touch: bool,
    /// Fonts as read.
    pub fonts: HashMap<String, Arc<[u8]>>,
    /// Stylesheets given out: sheets that import each other would ask without end.
    given: AtomicUsize,
}

impl Provider {
    /// Gives out what was loaded for a page, for a screen that is touched or not.
    pub fn new(assets: &Assets, touch: bool) -> Provider {
        Provider {
            touch,
            sheets: assets.sheets.iter().map(|(url, text)| (url.clone(), Arc::clone(text))).collect(),
            fonts: assets.fonts.iter().map(|(url, bytes)| (url.clone(), Arc::clone(bytes))).collect(),
            given: AtomicUsize::new(0),
        }
    }
}

impl NetProvider for Provider {
    fn fetch(&self, _doc: usize, request: Request, handler: Box<dyn NetHandler>) {
        let mut url = request.url;
        url.set_fragment(None);
        if let Some(text) = self.sheets.get(url.as_str()) {
            if self.given.fetch_add(1, Ordering::Relaxed) < limits::SHEETS {
                let css = css::ready(text, self.touch).into_owned();
                handler.bytes(url.to_string(), Bytes::from(css));
            }
        } else if let Some(font) = self.fonts.get(url.as_str()) {
            handler.bytes(url.to_string(), Bytes::copy_from_slice(font));
        }
    }
}
