//! The tables of one page that parts are recognised on.

use crate::pack::model::{Builtin, Region, Shape};
use crate::page::Page;
use crate::page::data::PageData;
use crate::page::dom::El;
use crate::parts::address;
use crate::parts::extent::Extent;
use crate::parts::finder;
use crate::parts::foreign::{is_foreign, own_item};
use crate::parts::hits::Hits;
use crate::parts::matches::Matches;
use crate::parts::openers::Openers;
use crate::parts::plan::PartsPlan;
use crate::parts::selectors::Asked;
use crate::parts::structure::Structure;
use crate::parts::values::Quantity;
use crate::parts::waiting;
use crate::parts::walk::Walk;
use foldhash::HashMap;
use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::time::Instant;

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
    /// Matches of selectors.
    pub css: Matches<'p>,
    /// Address of the page itself, to tell links to other pages.
    pub own: Option<String>,
    /// Its path.
    pub own_path: Option<String>,
    /// The platform recognised, by number.
    pub platform: Option<u16>,
    /// Of each card of the structure: whether it leads to another page.
    foreign: Vec<bool>,
    /// Values read so far: rules and parts ask the same element again and again.
    pub(super) values: RefCell<HashMap<(Shape, El), Option<Quantity>>>,
    /// Made when the first is asked for.
    link_groups: OnceCell<Vec<El>>,
    openers: OnceCell<Openers>,
    /// Blocks of the main column that scripts fade in.
    pub faded: Vec<El>,
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
        let mut walk = Walk::new(dom);
        let faded = waiting::uncover(page, &mut walk);
        let structure = Structure::new(dom, &walk);
        let platform = match platform {
            Some(name) => plan.platforms.iter().position(|(p, _)| p == name),
            None => plan.marks.platform(&page.text),
        }
        .map(|i| i as u16);
        let hits = finder::find(dom, &walk, &structure, plan, platform);
        let css = Matches::new(dom, plan, deadline);
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
            own,
            own_path,
            platform,
            foreign,
            values,
            link_groups: OnceCell::new(),
            openers: OnceCell::new(),
            faded,
            top: OnceCell::new(),
        }
    }

    /// The elements of a selector that the plan knows, in document order, as they are asked for.
    pub fn matches(&self, css: &str) -> impl Iterator<Item = El> {
        let number = self.plan.selector_ids.get(css).copied();
        let all = number.map_or(&[][..], |n| self.css.candidates(n)).iter().copied();
        let below = number.filter(|n| self.plan.asked.get(*n).is_some_and(Asked::looks_below));
        all.filter(move |el| below.is_none_or(|n| self.css.holds(n, *el)))
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

    /// Whether something on the page opens what the markup hides the element by: a closed drawer, a
    /// pane of a tab.
    pub fn is_drawer(&self, el: El) -> bool {
        let (dom, walk) = (&self.page.dom, &self.walk);
        self.openers.get_or_init(|| Openers::of(dom, walk)).show(dom, walk, el)
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
}
