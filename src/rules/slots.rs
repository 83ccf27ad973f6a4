//! Places that the page keeps for what its scripts write: named or headed, and empty. What
//! belongs there is not missing; the page has to run before anyone can tell.

use crate::pack::model::{Builtin, Field, Region, Scope};
use crate::page::dom::{Dom, El};
use crate::parts::extent::of_heading;
use crate::parts::plan::{PartRef, PlanTest};
use crate::rules::context::Context;
use crate::text::subwords::subwords;

/// Elements of a slot, at most: more are a block of its own that happens to have no text.
const SLOT: u32 = 24;

/// Whether the page keeps a slot for a part. `filled` says that this page's scripts are known
/// to write what the markup lacks: then any empty element of that name is one, else only one
/// that shows that a script knows it.
pub fn keeps_slot(c: &Context<'_>, part: PartRef, filled: bool) -> bool {
    let PartRef::Part(id) = part else { return false };
    let Some(plan) = c.plan().parts.get(id as usize) else { return false };
    let dom = &c.scene.page.dom;
    let is_slot = |el: El| is_empty(c, el) && (filled || for_script(dom, el));
    if plan.part.from == Some(Builtin::LinkGroup) {
        return headed_slot(c, is_slot);
    }
    let tests = plan.ways.iter().flat_map(|w| &w.tests);
    let slots = tests.filter_map(|t| match t {
        PlanTest::Field(slot) if c.plan().slots.get(*slot)?.field == Field::Name => Some(*slot),
        _ => None,
    });
    // a menu belongs into the head of the page
    let anywhere = plan.part.scope == Scope::Page;
    slots.flat_map(|slot| c.scene.hits.of(slot)).any(|hit| {
        let f = c.scene.walk.fact(hit.el);
        let in_place = f.regions.holds(Region::Main) || anywhere && !f.regions.holds(Region::Footer);
        in_place && !f.dialog && !c.scene.in_other_card(hit.el) && is_slot(hit.el)
    })
}

/// Whether a heading of the main column stands over nothing but a slot.
fn headed_slot(c: &Context<'_>, is_slot: impl Fn(El) -> bool) -> bool {
    let (dom, walk) = (&c.scene.page.dom, &c.scene.walk);
    walk.headings.iter().any(|(heading, _)| {
        let f = walk.fact(*heading);
        if !f.regions.holds(Region::Main) || f.dialog || f.hidden.is_some() {
            return false;
        }
        let e = of_heading(dom, walk, *heading);
        let after = dom.end(*heading).0;
        walk.links_in(after, e.to) == 0
            && walk.images_in(after, e.to) == 0
            && (after..e.to.min(after + SLOT))
                .map(El)
                .any(|el| matches!(dom.name(el), "div" | "ul" | "section") && is_slot(el))
    })
}

/// Whether an element shows nothing.
fn is_empty(c: &Context<'_>, el: El) -> bool {
    let (dom, walk) = (&c.scene.page.dom, &c.scene.walk);
    let end = dom.end(el).0;
    end - el.0 <= SLOT
        && walk.text(el).trim().is_empty()
        && walk.images_in(el.0, end) == 0
        && walk.links_in(el.0, end) == 0
}

/// Whether markup shows that a script knows the element: its hook, or the name of a wait.
fn for_script(dom: &Dom, el: El) -> bool {
    let names = [dom.attr(el, "id"), dom.attr(el, "class")];
    let named = names.into_iter().flatten().flat_map(str::split_ascii_whitespace).any(|name| {
        name.starts_with("J_")
            || name.starts_with("js-")
            || subwords(name).iter().any(|w| matches!(w.as_str(), "loading" | "skeleton" | "placeholder"))
    });
    named
        || dom.attrs(el).any(|(name, _)| {
            ["data-bind", "data-ng", "ng-", "v-", "x-", ":"].iter().any(|hook| name.starts_with(hook))
        })
}
