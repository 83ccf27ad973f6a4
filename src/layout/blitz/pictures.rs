//! Gives the engine's pictures their sizes; nothing is decoded and nothing asked for.

use crate::assets::Assets;
use crate::assets::picture;
use crate::assets::plain::{Plain, What};
use crate::layout::blitz::build::Built;
use crate::page::dom::El;
use blitz_dom::node::{ImageData, RasterImageData, SpecialElementData};
use std::sync::Arc;
use url::Url;

/// Pictures of a page: drawn in all, and of these without a known size.
#[derive(Clone, Debug, Default)]
pub struct Count {
    /// In all.
    pub asked: usize,
    /// Given a stated size: which.
    pub assumed: Vec<(El, (u32, u32))>,
}

/// Sets the natural size of every `<img>`.
pub fn set(plain: &Plain, built: &mut Built, base: &Url, assets: &Assets, screen: (u32, u32)) -> Count {
    let mut count = Count::default();
    for at in (0..plain.nodes.len()).filter(|at| plain.name(*at) == "img") {
        let Some(choice) = picture::choose(plain, at, base, screen) else { continue };
        let ((width, height), known) = picture::natural(plain, at, &choice, assets);
        count.asked += 1;
        if let Some(What::Element { el: Some(el), .. }) = plain.nodes.get(at).map(|n| &n.what)
            && !known
        {
            count.assumed.push((*el, (width, height)));
        }
        let Some(Some(id)) = built.nodes.get(at) else { continue };
        if let Some(element) = built.doc.get_node_mut(*id).and_then(|n| n.element_data_mut()) {
            let image = RasterImageData::new(width, height, Arc::default());
            element.special_data = SpecialElementData::Image(Box::new(ImageData::Raster(image)));
        }
    }
    count
}
