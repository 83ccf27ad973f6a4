//! Places that the page keeps for what its scripts write: named or headed, and empty. What
//! belongs there is not missing; the page has to run before anyone can tell.

use crate::pack::model::{Builtin, Field, Region, Scope};
use crate::page::dom::{Dom, El};
use crate::parts::extent::of_heading;
use crate::parts::plan::{PartRef, PlaceRef, PlanTest};
use crate::rules::context::Context;
use crate::rules::dead_links::is_dead;
use crate::rules::hooks;
use crate::text::fold::label_range;
use crate::text::subwords::subwords;

/// Elements of a slot, at most: more are a block of its own that happens to have no text.
const SLOT: u32 = 24;
/// Buttons of a page that are looked at: what each opens is looked for in the whole of it.
const OPENERS: usize = 40;
/// What a page says where scripts have yet to write, a list of the pack.
pub const WAITING: &str = "waiting";
/// Bytes of a text that only says so, at most.
const WAITING_TEXT: usize = 80;
/// Marks around an expression that a template engine fills in.
const EXPRESSIONS: [(&str, &str); 5] = [("{{", "}}"), ("<%", "%>"), ("${", "}"), ("{%", "%}"), ("[[", "]]")];
/// Bytes of a comment by which a framework marks a place, at most.
const MARK: usize = 8;

/// Whether the page keeps a slot for a part. `filled` says that this page's scripts are known
/// to write what the markup lacks: then any empty element of that name is one, else only one
/// that shows that a script knows it.
pub fn keeps_slot(c: &Context<'_>, part: PartRef, filled: bool) -> bool {
    let PartRef::Part(id) = part else { return false };
    let Some(plan) = c.plan().parts.get(id as usize) else { return false };
    let is_slot = |el: El| is_empty(c, el) && (filled || for_script(c, el));
    if plan.part.from == Some(Builtin::LinkGroup) {
        return headed_slot(c, is_slot);
    }
    // a menu belongs into the head of the page
    let anywhere = plan.part.scope == Scope::Page;
    let heads = |place: &PlaceRef| matches!(place, PlaceRef::Region(Region::Header | Region::Nav));
    let in_head = |test: &PlanTest| matches!(test, PlanTest::Inside(places) if places.iter().any(heads));
    let of_head = plan.part.scope == Scope::Top || plan.ways.iter().flat_map(|w| &w.tests).any(in_head);
    if of_head && empty_header(c) {
        return true;
    }
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

/// Whether an empty element that has a part's name is one that a script of the page itself names: what
/// is to stand there counts, whatever else of its kind the page holds.
pub fn keeps_known_slot(c: &Context<'_>, part: PartRef) -> bool {
    let PartRef::Part(id) = part else { return false };
    let Some(plan) = c.plan().parts.get(id as usize) else { return false };
    let names = plan.ways.iter().flat_map(|w| &w.tests).filter_map(|test| match test {
        PlanTest::Field(slot) => Some(*slot),
        _ => None,
    });
    let names = names.filter(|slot| c.plan().slots.get(*slot).is_some_and(|s| s.field == Field::Name));
    let mut hits = names.flat_map(|slot| c.scene.hits.of(slot)).map(|hit| hit.el);
    hits.any(|el| is_empty(c, el) && hooks::in_script(c, el))
}

/// Whether the page's own header is there and empty: what stands in one comes by script.
fn empty_header(c: &Context<'_>) -> bool {
    let dom = &c.scene.page.dom;
    let own = |el: &El| {
        let f = c.scene.walk.fact(*el);
        f.regions.holds(Region::Header) && f.hidden.is_none() && !f.dialog
    };
    *c.known.empty_header.get_or_init(|| {
        let mut headers = dom.iter().filter(|el| dom.name(*el) == "header").filter(own).peekable();
        headers.peek().is_some() && headers.all(|el| is_empty(c, el))
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

/// Whether an element shows nothing, or nothing but that something is to come.
fn is_empty(c: &Context<'_>, el: El) -> bool {
    let (dom, walk) = (&c.scene.page.dom, &c.scene.walk);
    let end = dom.end(el).0;
    let text = walk.text(el).trim();
    end - el.0 <= SLOT
        && (text.is_empty() || is_waiting(c, text))
        && walk.images_in(el.0, end) == 0
        && walk.links_in(el.0, end) == 0
}

/// Whether a folded text only says that something is to come: in words, or as the expressions
/// of a template.
fn is_waiting(c: &Context<'_>, text: &str) -> bool {
    if text.len() > WAITING_TEXT {
        return false;
    }
    let (from, to) = label_range(text, 0, text.len());
    let label = &text[from..to];
    let phrases = c.plan().list(WAITING).into_iter().flat_map(|l| &l.phrases);
    is_expressions(text) || phrases.into_iter().any(|p| *p.folded() == *label)
}

/// Whether a text is nothing but expressions that a template engine fills in.
fn is_expressions(text: &str) -> bool {
    let mut rest = text.trim_start();
    while let Some((open, close)) = EXPRESSIONS.iter().find(|(open, _)| rest.starts_with(open)) {
        let Some(end) = rest[open.len()..].find(close) else { return false };
        rest = rest[open.len() + end + close.len()..].trim_start();
    }
    rest.is_empty() && !text.trim().is_empty()
}

/// Whether an empty element is one that a script knows: it says that something is to come, or has
/// a hook, the name of a wait, or the comments by which a framework finds its place again.
fn for_script(c: &Context<'_>, el: El) -> bool {
    let dom = &c.scene.page.dom;
    if !c.scene.walk.text(el).trim().is_empty() {
        return true;
    }
    let names = |el| [dom.attr(el, "id"), dom.attr(el, "class")].into_iter().flatten();
    let waits = |name: &str| {
        subwords(name).iter().any(|w| {
            matches!(w.as_str(), "loading" | "loader" | "skeleton" | "placeholder" | "shimmer" | "spinner")
        })
    };
    let below = (el.0..dom.end(el).0).map(El).flat_map(names).flat_map(str::split_ascii_whitespace);
    let hooked = names(el)
        .flat_map(str::split_ascii_whitespace)
        .any(|name| name.starts_with("J_") || name.starts_with("js-"));
    let named = hooked || below.into_iter().any(waits);
    // in document order, so that of many comments only those near the element are looked at
    let (comments, end) = (dom.comments(), dom.end(el));
    let from = comments.partition_point(|row| row.before <= el);
    let inside = comments.iter().skip(from).take_while(|row| row.before <= end);
    named
        || hooks::in_script(c, el)
        || inside.filter(|row| row.parent.is_some_and(|p| p >= el)).any(|row| is_mark(dom.comment_of(row)))
        || dom.attrs(el).any(|(name, _)| {
            ["data-bind", "data-ng", "ng-", "v-", "x-", ":"].iter().any(|hook| name.starts_with(hook))
        })
}

/// Whether a comment is a framework's mark (`[`, `$`, `v-if`, nothing), not a person's note.
fn is_mark(comment: &str) -> bool {
    comment.len() <= MARK && !comment.contains(char::is_whitespace)
}
