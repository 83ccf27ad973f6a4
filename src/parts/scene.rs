//! The tables of one page that parts are recognised on.

use crate::pack::model::{Builtin, Region, Shape};
use crate::page::Page;
use crate::page::data::PageData;
use crate::page::dom::{Dom, El};
use crate::parts::address;
use crate::parts::below;
use crate::parts::cards;
use crate::parts::extent::Extent;
use crate::parts::hits::{self, Hits};
use crate::parts::plan::PartsPlan;
use crate::parts::structure::Structure;
use crate::parts::values::{self, Quantity};
use crate::parts::walk::Walk;
use crate::text::fold::BREAK;
use foldhash::HashMap;
use selectors::context::SelectorCaches;
use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::time::Instant;

/// Longest text that a shape is looked for in, bytes of folded text: a price stands in a
/// short text, not in a paragraph.
pub const SHAPE_TEXT: u32 = 160;

/// All tables of one page.
pub struct Scene<'p> {
    /// The page.
    pub page: &'p Page,
    /// The plan.
    pub plan: &'p PartsPlan,
    /// The walk.
    pub walk: Walk,
    /// Shapes of markup.
    pub structure: Structure,
    /// Structured data.
    pub data: PageData,
    /// Hits of words.
    pub hits: Hits,
    /// Elements of every selector, in document order; of one that looks below them, those
    /// that may match.
    css: Vec<Vec<El>>,
    /// Of those of which alternatives that look below have candidates: elements that the other
    /// alternatives found.
    sure: HashMap<usize, Vec<El>>,
    /// Address of the page itself, to tell links to other pages.
    pub own: Option<String>,
    /// Its path.
    pub own_path: Option<String>,
    /// The platform recognised, by number.
    pub platform: Option<u16>,
    /// Whether matching selectors was cut short by the deadline.
    pub cut: bool,
    /// Of each card of the structure: whether it leads to another page.
    foreign: Vec<bool>,
    /// Values read so far: rules and parts ask the same element again and again.
    values: RefCell<HashMap<(Shape, El), Option<Quantity>>>,
    /// What selectors that look below found so far.
    selector_caches: RefCell<SelectorCaches>,
    /// Made when the first is asked for.
    link_groups: OnceCell<Vec<El>>,
    top: OnceCell<Top>,
}

/// Where the top of a page ends.
enum Top {
    /// With the first block of its header.
    Header { header: El, first: El },
    /// Before this element; `None` where nothing ends it.
    Above(Option<El>),
}

impl<'p> Scene<'p> {
    /// Makes all tables. `platform` overrides what the page's text gives away.
    pub fn new(page: &'p Page, plan: &'p PartsPlan, platform: Option<&str>, deadline: Instant) -> Scene<'p> {
        let dom = &page.dom;
        let walk = Walk::new(dom);
        let structure = Structure::new(dom, &walk);
        let platform = match platform {
            Some(name) => plan.platforms.iter().position(|(p, _)| p == name),
            None => plan.marks.platform(&page.text),
        }
        .map(|i| i as u16);
        let hits = hits::find(dom, &walk, &structure, plan, platform);
        let mut css = vec![Vec::new(); plan.selectors.len()];
        let below = plan.selector_index.match_all(dom, deadline, |el, i| {
            if let Some(list) = css.get_mut(i)
                && list.last() != Some(&el)
            {
                list.push(el);
            }
        });
        let cut = below.is_none();
        let sure = join_below(&mut css, below.unwrap_or_default());
        // the tables stay as long as the page does
        css.iter_mut().for_each(Vec::shrink_to_fit);
        let data = PageData::read(dom, &page.text);
        let own = address::own_address(page);
        let own_path = own.as_deref().map(address::own_path);
        let item = own_item(dom, &walk);
        let holds_item = |card: El| item.is_some_and(|item| dom.contains(card, item));
        let foreign = |card: &El| !holds_item(*card) && is_foreign(page, &walk, *card, own.as_deref());
        let foreign = structure.cards.iter().map(foreign).collect();
        let values = RefCell::default();
        Scene {
            page,
            plan,
            walk,
            structure,
            data,
            hits,
            css,
            sure,
            own,
            own_path,
            platform,
            cut,
            foreign,
            values,
            selector_caches: RefCell::default(),
            link_groups: OnceCell::new(),
            top: OnceCell::new(),
        }
    }

    /// Whether a selector of the plan, by its number, holds on an element.
    pub fn css_holds(&self, number: usize, el: El) -> bool {
        let element = || self.page.dom.element_ref(el);
        let holds = |list| {
            let caches = &mut *self.selector_caches.borrow_mut();
            element().is_some_and(|element| below::holds(list, &element, caches))
        };
        match self.plan.choosers.get(&number) {
            Some(chooser) => holds(chooser),
            None => {
                let sure = |found: &Vec<El>| found.binary_search(&el).is_ok();
                self.candidates(number).binary_search(&el).is_ok()
                    && self
                        .plan
                        .costly
                        .get(&number)
                        .is_none_or(|below| self.sure.get(&number).is_none_or(sure) || holds(below))
            }
        }
    }

    /// The elements on which a selector of the plan, by its number, holds, in document order;
    /// of one that looks below them, those on which it may.
    pub fn candidates(&self, number: usize) -> &[El] {
        self.css.get(number).map_or(&[], Vec::as_slice)
    }

    /// The elements of a selector that the plan knows, in document order, as they are asked for.
    pub fn matches(&self, css: &str) -> impl Iterator<Item = El> {
        let number = self.plan.selector_ids.get(css).copied();
        let all = number.map_or(&[][..], |n| self.candidates(n)).iter().copied();
        let below = number.filter(|n| self.plan.costly.contains_key(n));
        all.filter(move |el| below.is_none_or(|n| self.css_holds(n, *el)))
    }

    /// The elements that are a built-in part, in document order.
    pub fn builtin(&self, part: Builtin) -> Cow<'_, [El]> {
        Cow::Borrowed(match part {
            Builtin::Image => &self.walk.images,
            Builtin::Link => &self.walk.links,
            Builtin::Heading => return self.walk.headings.iter().map(|h| h.0).collect(),
            Builtin::Table => &self.structure.tables,
            Builtin::List => &self.structure.lists,
            Builtin::Card => &self.structure.cards,
            Builtin::CardGrid => &self.structure.grids,
            Builtin::LinkGroup => self.link_groups.get_or_init(|| self.link_groups()),
            Builtin::KeyValues => &self.structure.key_values,
            Builtin::Key => return self.structure.cells.iter().filter(|c| c.key).map(|c| c.el).collect(),
            Builtin::Video => &self.structure.videos,
            Builtin::Form => &self.structure.forms,
            // colours are measured, on a viewport: rules ask for them there
            Builtin::Hue => &[],
        })
    }

    /// Headed blocks with two links and more, by their headings, and lists of entries.
    fn link_groups(&self) -> Vec<El> {
        let enough = |h: &&(El, u8)| {
            let e = crate::parts::extent::of_heading(&self.page.dom, &self.walk, h.0);
            self.walk.links_in(e.from, e.to) >= 2
        };
        let headed = self.walk.headings.iter().filter(enough).map(|h| h.0);
        let mut groups: Vec<El> = headed.chain(self.structure.entry_lists.iter().copied()).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// Whether the extent holds at least one of a built-in part.
    pub fn holds_builtin(&self, part: Builtin, extent: Extent) -> bool {
        let list = self.builtin(part);
        let at = list.partition_point(|e| e.0 < extent.from);
        list.get(at).is_some_and(|e| e.0 < extent.to)
    }

    /// Whether an element is or lies in one of a built-in part. O(its depth).
    pub fn in_builtin(&self, part: Builtin, el: El) -> bool {
        let list = self.builtin(part);
        let above = std::iter::successors(Some(el), |at| self.page.dom.parent(*at));
        above.into_iter().any(|at| list.binary_search(&at).is_ok())
    }

    /// Whether the element lies in a card that leads to another page.
    pub fn in_other_card(&self, el: El) -> bool {
        let dom = &self.page.dom;
        let Some(card) = self.structure.card_of(dom, el) else { return false };
        let at = self.structure.cards.binary_search(&card);
        at.is_ok_and(|i| self.foreign.get(i).copied().unwrap_or(false))
    }

    /// Whether the element stands above or in the first block of the page's header.
    pub fn at_top(&self, el: El) -> bool {
        let dom = &self.page.dom;
        match *self.top.get_or_init(|| self.top()) {
            Top::Header { header, first } => el <= header || dom.contains(first, el),
            Top::Above(limit) => limit.is_none_or(|l| el < l),
        }
    }

    fn top(&self) -> Top {
        let dom = &self.page.dom;
        let first_of = |region| dom.iter().find(|e| self.walk.fact(*e).regions.innermost() == region);
        if let Some(header) = first_of(Region::Header) {
            return Top::Header { header, first: dom.first_child(header).unwrap_or(header) };
        }
        let heading = self.walk.headings.first().map(|h| h.0);
        Top::Above([heading, first_of(Region::Nav)].into_iter().flatten().min())
    }

    /// Those of `struck`, in document order, that lie in the element.
    fn struck_in<'s>(&self, el: El, struck: &'s [El]) -> &'s [El] {
        let end = self.page.dom.end(el);
        let from = struck.partition_point(|s| *s <= el);
        let to = struck.partition_point(|s| *s < end);
        struck.get(from..to).unwrap_or(&[])
    }

    /// The folded text of an element, what lies in `struck` left out.
    pub fn text_without(&self, el: El, struck: &[El]) -> Cow<'_, str> {
        let inside = self.struck_in(el, struck);
        if inside.is_empty() {
            return self.with_cents(el);
        }
        let f = self.walk.fact(el);
        let mut out = String::new();
        let mut at = f.text_start;
        for s in inside {
            let g = self.walk.fact(*s);
            if g.text_start >= at {
                out.push_str(self.walk.buffer.get(at as usize..g.text_start as usize).unwrap_or(""));
                out.push(BREAK);
                at = g.text_end;
            }
        }
        out.push_str(self.walk.buffer.get(at as usize..f.text_end as usize).unwrap_or(""));
        Cow::Owned(out)
    }

    /// The folded text of an element; a point stands where cents have an element of their
    /// own, as in `$229<sup>99</sup>`: nothing else tells them from the digits before.
    fn with_cents(&self, el: El) -> Cow<'_, str> {
        let f = self.walk.fact(el);
        let mut out = Cow::Borrowed(self.walk.text(el));
        let rows = &self.walk.rows;
        let from = rows.partition_point(|r| r.at <= f.text_start);
        let to = rows.partition_point(|r| r.at < f.text_end);
        for row in rows.get(from..to).unwrap_or_default().iter().rev() {
            let at = (row.at - f.text_start) as usize;
            let (before, after) = (out.get(..at).unwrap_or(""), out.get(at..).unwrap_or(""));
            let whole = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let has_mark = before[..before.len() - whole].ends_with(['.', ',']);
            let cents = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            if whole > 0 && cents == 2 && !has_mark && !after[cents..].starts_with(['.', ',', '%']) {
                out.to_mut().insert(at, '.');
            }
        }
        out
    }

    /// The first value of a shape in an element's own short text, else in the element after it.
    pub fn value(&self, shape: Shape, el: El, struck: &[El], beside: bool) -> Option<(Quantity, El)> {
        let f = self.walk.fact(el);
        let read = |e: El| {
            let f = self.walk.fact(e);
            if f.text_end - f.text_start > 4 * SHAPE_TEXT {
                return None;
            }
            if !values::may_hold(shape, self.walk.text(e)) {
                return None;
            }
            let read = || {
                let text = self.text_without(e, struck);
                if text.len() > SHAPE_TEXT as usize {
                    None
                } else {
                    values::first(shape, &text).map(|(q, _)| q)
                }
            };
            let value = if self.struck_in(e, struck).is_empty() {
                let known = self.values.borrow().get(&(shape, e)).cloned();
                known.unwrap_or_else(|| {
                    let value = read();
                    self.values.borrow_mut().insert((shape, e), value.clone());
                    value
                })
            } else {
                read()
            };
            value.map(|q| (q, e))
        };
        if f.text_end > f.text_start
            && let Some(found) = read(el)
        {
            return Some(found);
        }
        // a sum without its sign is not the name of the sum beside it
        let number = || self.walk.text(el).contains(|c: char| c.is_ascii_digit());
        if !beside || shape == Shape::Money && number() {
            return None;
        }
        let next = self.page.dom.next_sibling(el)?;
        if is_struck(&self.page.dom, struck, next) { None } else { read(next) }
    }
}

/// Puts candidates of selectors that look below where they belong in document order; what was
/// found without them is returned, by selector.
fn join_below(css: &mut [Vec<El>], below: Vec<(El, usize)>) -> HashMap<usize, Vec<El>> {
    let mut sure: HashMap<usize, Vec<El>> = HashMap::default();
    for (el, number) in below {
        if let Some(list) = css.get_mut(number) {
            sure.entry(number).or_insert_with(|| list.clone());
            list.push(el);
        }
    }
    for number in sure.keys() {
        if let Some(list) = css.get_mut(*number) {
            list.sort_unstable();
            list.dedup();
        }
    }
    sure
}

/// What stands with the page's own item, also where the block that holds it looks like a card: its
/// only first heading; where it has none, its only form that fills the cart.
fn own_item(dom: &Dom, walk: &Walk) -> Option<El> {
    let mut first = walk.headings.iter().filter(|h| h.1 == 1).map(|h| h.0);
    let fills = |el: &El| {
        let action = dom.attr(*el, "action").unwrap_or("").to_ascii_lowercase();
        dom.name(*el) == "form" && CART_FORMS.iter().any(|part| action.contains(part))
    };
    let mut forms = dom.iter().filter(fills);
    match (first.next(), first.next()) {
        (Some(heading), None) => Some(heading),
        (None, _) => forms.next().filter(|_| forms.next().is_none()),
        _ => None,
    }
}

/// Parts of the addresses to which forms send what goes into the cart.
const CART_FORMS: [&str; 4] = ["cart/add", "add-to-cart", "addtocart", "basket/add"];

/// Whether a card is of another item: it leads to another page, or it is named and priced by
/// itself and leads nowhere, as on pages without a shop behind them.
fn is_foreign(page: &Page, walk: &Walk, card: El, own: Option<&str>) -> bool {
    let dom = &page.dom;
    let away = |href: &str| own.is_none_or(|own| address::leads_away(own, href));
    match cards::target(dom, walk, card) {
        Some(cards::Target::Script(href)) => away(href),
        Some(cards::Target::Links) => walk.links_of(card.0, dom.end(card).0).iter().any(|l| {
            let href = dom.attr(*l, "href").unwrap_or("");
            address::is_page_link(href) && away(href)
        }),
        Some(cards::Target::Nowhere) => true,
        None => false,
    }
}

/// Whether an element is one of `struck`, or lies in one. They are outermost ones, in
/// document order: the last before the element decides.
pub fn is_struck(dom: &Dom, struck: &[El], el: El) -> bool {
    let at = struck.partition_point(|s| *s <= el);
    struck[..at].last().is_some_and(|s| dom.contains(*s, el))
}
