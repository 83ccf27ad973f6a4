//! `per`: an expectation judged once inside each thing of a part, or each region.

use crate::audit::Status;
use crate::page::dom::El;
use crate::parts::extent::Extent;
use crate::parts::plan::PlaceRef;
use crate::parts::recognise::inside;
use crate::rules::context::Context;

/// The block that an expectation is judged inside.
#[derive(Clone, Copy, Debug)]
pub struct Within {
    /// Where findings about something missing sit.
    pub anchor: El,
    /// How far it reaches.
    pub extent: Extent,
}

/// The blocks of a name, in page order: things that are found and seen, or the outermost
/// elements of a region.
pub fn blocks(c: &Context<'_>, name: &str) -> Vec<Within> {
    let dom = &c.scene.page.dom;
    match c.plan().place_ref(name) {
        Some(PlaceRef::Part(part)) => c
            .things(part)
            .into_iter()
            .filter(|t| t.status == Status::Found && t.place.is_none() && c.seen(t))
            .map(|t| Within { anchor: t.anchor, extent: t.extent })
            .collect(),
        Some(place @ PlaceRef::Region(_)) => {
            let is_in = |el: El| inside(c.scene, c.map, place, el);
            dom.iter()
                .filter(|el| dom.start_tag(*el).is_some() && is_in(*el))
                .filter(|el| dom.parent(*el).is_none_or(|p| !is_in(p)))
                .map(|el| Within { anchor: el, extent: Extent::of(dom, el) })
                .collect()
        }
        None => Vec::new(),
    }
}
