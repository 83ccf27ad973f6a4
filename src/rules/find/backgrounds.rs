//! Pictures that stylesheets put behind things: on the screen they are pictures like others.

use crate::pack::model::Builtin;
use crate::page::dom::El;
use crate::parts::extent::Extent;
use crate::parts::map::Thing;
use crate::parts::plan::PartRef;
use crate::parts::screen::Screen;
use crate::rules::context::{Context, Options};

/// Smallest side of a background that is a picture and no icon, in CSS pixels.
const SIDE: f32 = 100.0;
/// Highest background that is a picture, in screens: what is higher is the paper behind the
/// whole page.
const SCREENS: f32 = 1.5;

/// The page's pictures and the backgrounds measured on a viewport, in page order.
pub(super) fn with(
    c: &Context<'_>,
    options: &Options<'_>,
    part: PartRef,
    screen: Option<&Screen>,
) -> Vec<Thing> {
    let dom = &c.scene.page.dom;
    let mut pictures = options.things(c, part);
    let Some(geometry) = screen.and_then(Screen::geometry) else { return pictures };
    let known = &c.scene.walk.images;
    for (el, boxed) in geometry.boxes.iter().enumerate().map(|(i, b)| (El(i as u32), b)) {
        let large = boxed.rect.width >= SIDE && boxed.rect.height >= SIDE;
        let large = large && boxed.rect.height <= SCREENS * geometry.viewport.height as f32;
        if !boxed.picture || !large || boxed.unseen.is_some() || known.binary_search(&el).is_ok() {
            continue;
        }
        let here = options.within.is_none_or(|w| w.extent.holds(el));
        if here && !matches!(dom.name(el), "html" | "body") {
            pictures.push(Thing::builtin(Builtin::Image, el, Extent::of(dom, el)));
        }
    }
    pictures.sort_by_key(|t| t.anchor);
    pictures
}
