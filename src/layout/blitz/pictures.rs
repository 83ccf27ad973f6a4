//! Gives the engine's pictures their sizes; nothing is decoded and nothing asked for.

use crate::assets::Assets;
use crate::assets::picture;
use crate::assets::plain::{Plain, What};
use crate::layout::blitz::build::Built;
use crate::page::dom::El;
use blitz_dom::node::{ImageData, RasterImageData, SpecialElementData};
use blitz_dom::{LocalName, NodeId, QualName, ns};
use std::sync::Arc;
use url::Url;

/// Pictures of a page: drawn in all, and of these without a known size.
#[derive(Clone, Debug, Default)]
pub struct Count {
    /// In all.
    pub asked: usize,
    /// Not at hand. Of a page of the web none: there is asked only for those whose size nothing
    /// else tells.
    pub gone: usize,
    /// Given a stated size: which.
    pub assumed: Vec<(El, (u32, u32))>,
}

/// Sets the natural size of every picture.
pub fn set(plain: &Plain, built: &mut Built, base: &Url, assets: &Assets, screen: (u32, u32)) -> Count {
    let mut count = Count::default();
    let on_web = |own: &Url| own.scheme().starts_with("http") && own.domain() != Some("page.invalid");
    let web = assets.base.as_ref().is_some_and(on_web);
    for at in (0..plain.nodes.len()).filter(|at| picture::shows(plain, *at)) {
        let Some(choice) = picture::choose(plain, at, base, screen) else { continue };
        let here = picture::at_hand(&choice, assets);
        let img = plain.name(at) == "img";
        if plain.name(at) == "object" && !here {
            // browsers show what stands in it instead
            continue;
        }
        let ((width, height), known) = picture::natural(plain, at, &choice, assets);
        count.asked += 1;
        count.gone += usize::from(!here && !web);
        if let Some(What::Element { el: Some(el), .. }) = plain.nodes.get(at).map(|n| &n.what)
            && !known
        {
            count.assumed.push((*el, (width, height)));
        }
        let Some(Some(id)) = built.nodes.get(at).copied() else { continue };
        if !img {
            boxed(plain, built, (at, id), (width, height));
            continue;
        }
        if let Some(source) = choice.sized_by {
            for name in ["width", "height"] {
                attribute(built, id, name, plain.attr(source, name));
            }
        }
        if let Some(element) = built.doc.get_node_mut(id).and_then(|n| n.element_data_mut()) {
            let image = RasterImageData::new(width, height, Arc::default());
            element.special_data = SpecialElementData::Image(Box::new(ImageData::Raster(image)));
        }
    }
    count
}

/// Gives an element that the engine does not take for a picture the size of one, where its
/// attributes leave a side open.
fn boxed(plain: &Plain, built: &mut Built, (at, id): (usize, NodeId), (width, height): (u32, u32)) {
    let scaled =
        |by: u32, of: u32, to: u32| (u64::from(by) * u64::from(of) / u64::from(to.max(1))).to_string();
    let open = match picture::sides(plain, at) {
        (Some(w), None) => vec![("height", scaled(w, height, width))],
        (None, Some(h)) => vec![("width", scaled(h, width, height))],
        (None, None) => vec![("width", width.to_string()), ("height", height.to_string())],
        (Some(_), Some(_)) => Vec::new(),
    };
    for (name, value) in open {
        attribute(built, id, name, Some(&value));
    }
    attribute(built, id, "box-picture", Some(""));
}

fn attribute(built: &mut Built, id: NodeId, name: &str, value: Option<&str>) {
    let name = QualName::new(None, ns!(), LocalName::from(name));
    let mut tree = built.doc.mutate();
    match value {
        Some(value) => tree.set_attribute(id, name, value),
        None => tree.clear_attribute(id, name),
    }
}
