//! Where a finding about something missing sits: the nearest landmark that exists.

use crate::audit::Status;
use crate::pack::model::{Expect, Part, PartType, Scope};
use crate::page::dom::El;
use crate::parts::plan::{PartRef, PlaceRef};
use crate::rules::context::Context;
use crate::rules::places::Areas;

/// The place asked for with `inside`; the `<header>` for what belongs to the page's head; on
/// an item page the description (for sections) or the buy box (for spots); else `<main>`,
/// `<body>`, or the first element of the page.
pub fn of_missing(c: &Context<'_>, expect: &Expect, parts: &[PartRef]) -> El {
    for name in &expect.inside {
        if let Some(PlaceRef::Part(part)) = c.plan().place_ref(name)
            && let Some(el) = found(c, part)
        {
            return el;
        }
    }
    // menus, signs and search boxes belong to the page's head
    let of_head = |p: &PartRef| c.plan().part(*p).is_some_and(|p| p.scope != Scope::Main);
    if parts.iter().all(of_head)
        && let Some(header) = c.places.header(&c.scene.page.dom)
    {
        return header;
    }
    if c.page == Some("item") {
        let areas = c.places.areas(|| areas(c));
        let section = parts.iter().any(|p| c.plan().part(*p).is_some_and(|p| p.kind == PartType::Section));
        if let Some(el) = if section { areas.of_sections } else { areas.of_spots } {
            return el;
        }
    }
    of_page(c)
}

/// The first thing of a part that is on the page for sure.
fn found(c: &Context<'_>, part: PartRef) -> Option<El> {
    let PartRef::Part(id) = part else { return None };
    c.map.of(id).iter().find(|t| t.status == Status::Found && t.place.is_none()).map(|t| t.anchor)
}

fn areas(c: &Context<'_>) -> Areas {
    let first = |fits: &dyn Fn(&Part) -> bool| {
        let parts = c.plan().parts.iter().enumerate();
        let areas = parts.filter(|(_, p)| p.part.kind == PartType::Area && fits(&p.part));
        let dom = &c.scene.page.dom;
        // of several the one that says most precisely where
        areas.filter_map(|(id, _)| found(c, PartRef::Part(id as u32))).min_by_key(|el| dom.end(*el).0 - el.0)
    };
    Areas {
        of_sections: first(&|p| p.fallback.is_some() && p.around.is_empty()),
        of_spots: first(&|p| !p.around.is_empty()),
    }
}

/// `<main>`, else `<body>`, else the first element.
pub fn of_page(c: &Context<'_>) -> El {
    c.places.main(&c.scene.page.dom)
}
