//! Places that the page keeps for what its scripts write: named or headed, and empty. What
//! belongs there is not missing; the page has to run before anyone can tell.

use crate::pack::model::{Builtin, Field, Region, Scope};
use crate::page::dom::{Dom, El};
use crate::parts::extent::of_heading;
use crate::parts::plan::{PartRef, PlanTest};
use crate::rules::context::Context;
use crate::rules::dead_links::is_dead;
use crate::text::subwords::subwords;

/// Elements of a slot, at most: more are a block of its own that happens to have no text.
const SLOT: u32 = 24;
/// Buttons of a page that are looked at: what each opens is looked for in the whole of it.
const OPENERS: usize = 40;
/// Bytes of a comment by which a framework marks a place, at most.
const MARK: usize = 8;

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
    // a menu belongs into the head of the page
    let anywhere = plan.part.scope == Scope::Page;
    let in_place = |el: El| {
        let f = c.scene.walk.fact(el);
        let region = f.regions.holds(Region::Main) || anywhere && !f.regions.holds(Region::Footer);
        region && !f.dialog && !c.scene.in_other_card(el)
    };
    plan.ways.iter().flat_map(|w| &w.tests).any(|test| {
        let PlanTest::Field(slot) = test else { return false };
        let mut hits = c.scene.hits.of(*slot).iter().map(|h| h.el).filter(|el| in_place(*el));
        match c.plan().slots.get(*slot).map(|s| s.field) {
            Some(Field::Name) => hits.any(is_slot),
            Some(Field::Label) => anywhere && hits.take(OPENERS).any(|el| opens_slot(c, el)),
            _ => false,
        }
    })
}

/// Whether a label is that of a button which opens something that the page does not hold yet.
fn opens_slot(c: &Context<'_>, label: El) -> bool {
    let dom = &c.scene.page.dom;
    let Some(opener) = c.scene.walk.fact(label).link else { return false };
    let leads = dom.attr(opener, "href").is_some_and(|href| !is_dead(href) && !href.starts_with('#'));
    if leads && dom.attr(opener, "aria-haspopup").is_none_or(|kind| kind == "false") {
        return false;
    }
    if let Some(id) = dom.attr(opener, "aria-controls") {
        return dom.iter().find(|el| dom.id(*el) == Some(id)).is_none_or(|el| is_empty(c, el));
    }
    let beside = dom.next_sibling(opener).or_else(|| {
        let above = dom.parent(opener)?;
        (dom.children(above).count() == 1).then(|| dom.next_sibling(above)).flatten()
    });
    beside.is_some_and(|el| is_block(dom, el) && is_empty(c, el))
}

fn is_block(dom: &Dom, el: El) -> bool {
    matches!(dom.name(el), "div" | "ul" | "section" | "nav")
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
            && (after..e.to.min(after + SLOT)).map(El).any(|el| is_block(dom, el) && is_slot(el))
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

/// Whether markup shows that a script knows the element: its hook, the name of a wait, or the
/// comments by which a framework finds its place again.
fn for_script(dom: &Dom, el: El) -> bool {
    let names = [dom.attr(el, "id"), dom.attr(el, "class")];
    let named = names.into_iter().flatten().flat_map(str::split_ascii_whitespace).any(|name| {
        name.starts_with("J_")
            || name.starts_with("js-")
            || subwords(name).iter().any(|w| matches!(w.as_str(), "loading" | "skeleton" | "placeholder"))
    });
    // in document order, so that of many comments only those near the element are looked at
    let (comments, end) = (dom.comments(), dom.end(el));
    let from = comments.partition_point(|row| row.before <= el);
    let inside = comments.iter().skip(from).take_while(|row| row.before <= end);
    named
        || inside.filter(|row| row.parent.is_some_and(|p| p >= el)).any(|row| is_mark(dom.comment_of(row)))
        || dom.attrs(el).any(|(name, _)| {
            ["data-bind", "data-ng", "ng-", "v-", "x-", ":"].iter().any(|hook| name.starts_with(hook))
        })
}

/// Whether a comment is a framework's mark (`[`, `$`, `v-if`, nothing), not a person's note.
fn is_mark(comment: &str) -> bool {
    comment.len() <= MARK && !comment.contains(char::is_whitespace)
}
