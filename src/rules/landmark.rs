//! Where a finding about something missing sits: the nearest landmark that exists.

use crate::audit::Status;
use crate::pack::model::{Expect, PartType, Scope};
use crate::page::dom::El;
use crate::parts::plan::{PartRef, PlaceRef};
use crate::rules::context::Context;

/// The place asked for with `inside`; the `<header>` for what belongs to the page's head; on an item page the description (for sections) or
/// the buy box (for spots); else `<main>`, `<body>`, or the first element of the page.
pub fn of_missing(c: &Context<'_>, expect: &Expect, parts: &[PartRef]) -> El {
    let found = |part: PartRef| {
        let PartRef::Part(id) = part else { return None };
        c.map.of(id).iter().find(|t| t.status == Status::Found && t.place.is_none()).map(|t| t.anchor)
    };
    for name in &expect.inside {
        if let Some(PlaceRef::Part(part)) = c.plan().place_ref(name)
            && let Some(el) = found(part)
        {
            return el;
        }
    }
    // menus, signs and search boxes belong to the page's head
    let of_head = |p: &PartRef| c.plan().part(*p).is_some_and(|p| p.scope != Scope::Main);
    if parts.iter().all(of_head)
        && let Some(header) = head(c)
    {
        return header;
    }
    if c.page == Some("item") {
        let area = |sections: bool| {
            c.plan().parts.iter().enumerate().find_map(|(id, p)| {
                let around = !p.part.around.is_empty();
                let fits = p.part.kind == PartType::Area
                    && if sections { p.part.fallback.is_some() && !around } else { around };
                fits.then(|| found(PartRef::Part(id as u32))).flatten()
            })
        };
        let section = parts.iter().any(|p| c.plan().part(*p).is_some_and(|p| p.kind == PartType::Section));
        if let Some(el) = area(section) {
            return el;
        }
    }
    of_page(c)
}

fn head(c: &Context<'_>) -> Option<El> {
    let dom = &c.scene.page.dom;
    dom.iter().find(|el| dom.name(*el) == "header" && dom.start_tag(*el).is_some())
}

/// `<main>`, else `<body>`, else the first element.
pub fn of_page(c: &Context<'_>) -> El {
    let dom = &c.scene.page.dom;
    let written = |el: &El| dom.start_tag(*el).is_some();
    let main = dom.iter().find(|el| {
        (dom.name(*el) == "main" || dom.attr(*el, "role").is_some_and(|r| r.eq_ignore_ascii_case("main")))
            && written(el)
    });
    main.or_else(|| dom.iter().find(|el| dom.name(*el) == "body" && written(el)))
        .or_else(|| {
            let body = dom.iter().find(|el| dom.name(*el) == "body")?;
            dom.iter().find(|el| *el > body && written(el))
        })
        .or_else(|| dom.iter().find(written))
        .unwrap_or(El(0))
}
