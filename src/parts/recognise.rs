//! Evidence to parts: each part's ways are tried where they can hold, hits that
//! belong together become one thing, and points decide.

use crate::audit::Status;
use crate::limits;
use crate::pack::model::{Builtin, Field, Region, Scope};
use crate::page::dom::El;
use crate::parts::extent::{self, Extent};
use crate::parts::hits::Hit;
use crate::parts::map::{PartHit, PartMap, Proof};
use crate::parts::plan::{PartRef, PlaceRef, PlanPart, PlanTest};
use crate::parts::reading::is_struck;
use crate::parts::scene::Scene;
use crate::parts::sections::join_sections;
use std::borrow::Cow;

/// Points for found.
pub const FOUND: u32 = 100;
/// Points for unsure.
pub const UNSURE: u32 = 50;
/// Longest value beside a label, in bytes of folded text.
const BESIDE: u32 = 24;
/// Recognises all parts of the plan, in its order. `item` leaves cards of other items
/// out of the scope `main`.
pub fn recognise(scene: &Scene<'_>, item: bool) -> PartMap {
    let mut map = PartMap::default();
    for (id, part) in scene.plan.parts.iter().enumerate() {
        let r = Recogniser { scene, map: &map, item };
        let struck = r.struck(part);
        let mut things =
            if part.around.is_empty() { Vec::new() } else { r.around(part, PartRef::Part(id as u32)) };
        let mut hits = r.hits(part, &struck);
        let cut = hits.len() > limits::THINGS;
        hits.truncate(limits::THINGS);
        things.extend(r.join(part, PartRef::Part(id as u32), hits));
        things.sort_by_key(|t| t.anchor);
        things.shrink_to_fit();
        map.cut |= cut;
        map.struck.push(struck);
        map.things.push(things);
        scene.css.forget();
    }
    join_sections(scene, &mut map);
    map
}

pub(super) struct Recogniser<'s> {
    pub(super) scene: &'s Scene<'s>,
    pub(super) map: &'s PartMap,
    item: bool,
}

impl Recogniser<'_> {
    fn struck(&self, part: &PlanPart) -> Vec<El> {
        let mut struck: Vec<El> = Vec::new();
        for way in &part.against {
            let label = way.tests.iter().any(|t| {
                matches!(t, PlanTest::Field(s) if self.scene.plan.slots.get(*s).is_some_and(|s| s.field == Field::Label))
            });
            // what is said of the whole page is said of no thing on it
            let page = |el: El| matches!(self.scene.page.dom.name(el), "html" | "body");
            for (el, _) in self.spots(way, None, None, &[]).into_iter().filter(|(el, _)| !page(*el)) {
                struck.push(el);
                // a label speaks of what stands beside it: “List price: | $49”
                struck.extend(self.beside(el).filter(|_| label));
            }
        }
        struck.sort_unstable();
        // outermost ones only: they hold the others
        let dom = &self.scene.page.dom;
        struck.dedup_by(|inner, outer| dom.contains(*outer, *inner));
        struck
    }

    /// The value beside a label that has none itself.
    fn beside(&self, label: El) -> Option<El> {
        let walk = &self.scene.walk;
        let digits = |el: El| walk.text(el).bytes().any(|b| b.is_ascii_digit());
        let next = self.scene.page.dom.next_sibling(label)?;
        let f = walk.fact(next);
        (!digits(label) && digits(next) && f.text_end - f.text_start <= BESIDE).then_some(next)
    }

    fn hits(&self, part: &PlanPart, struck: &[El]) -> Vec<PartHit> {
        let dom = &self.scene.page.dom;
        let from = part.part.from.map(|b| self.candidates(b));
        let mut hits = Vec::new();
        if let Some(from) = &from
            && part.ways.is_empty()
        {
            hits.extend(from.iter().map(|&el| PartHit {
                el,
                way: 0,
                strength: FOUND,
                label: false,
                proof: Proof::Way,
            }));
        }
        for (way, w) in part.ways.iter().enumerate() {
            let slot = w.tests.iter().find_map(|t| match t {
                PlanTest::Field(slot) => Some(*slot),
                _ => None,
            });
            let field = slot.and_then(|s| self.scene.plan.slots.get(s)).map(|s| s.field);
            let label = matches!(field, Some(Field::Heading | Field::Label | Field::Text | Field::Cell));
            // what moves onto a candidate is judged where it ends up
            let scope = part.part.from.is_none().then_some(part);
            for (el, data) in self.spots(w, from.as_deref(), scope, struck) {
                let proof = match (data, slot.and_then(|s| self.scene.hits.on(s, el))) {
                    (Some((text, span)), _) => Proof::Data { text, span },
                    (None, Some(hit)) => Proof::Word(*hit),
                    (None, None) => Proof::Way,
                };
                hits.push(PartHit { el, way: way as u32, strength: w.strength, label, proof });
            }
        }
        if let (Some(from), Some(builtin)) = (&from, part.part.from) {
            hits.retain_mut(|h| self.onto_candidate(part, h, from, builtin));
        }
        hits.retain(|h| {
            let data = matches!(h.proof, Proof::Data { .. });
            (data || self.in_scope(part, h.el)) && !is_struck(dom, struck, h.el)
        });
        hits.sort_by_key(|h| (h.el, h.way));
        hits
    }

    /// Candidates of `from`. Buttons and summaries are pressed like links.
    fn candidates(&self, builtin: Builtin) -> Cow<'_, [El]> {
        if builtin != Builtin::Link {
            return self.scene.builtin(builtin);
        }
        let walk = &self.scene.walk;
        self.scene.page.dom.iter().filter(|el| walk.fact(*el).link == Some(*el)).collect()
    }

    /// Moves a hit to the candidate that holds it; false where there is none.
    fn onto_candidate(&self, part: &PlanPart, hit: &mut PartHit, from: &[El], builtin: Builtin) -> bool {
        let dom = &self.scene.page.dom;
        if builtin == Builtin::LinkGroup {
            if let Some(hits) = self.addresses(part, hit.way) {
                return self.onto_entry_list(hit, hits);
            }
            // a heading or label with its block, or a named block, of two links and more
            let e = if hit.label { self.extent(hit) } else { Extent::of(dom, hit.el) };
            self.onto_heading(hit);
            return self.scene.walk.links_in(e.from, e.to) >= 2;
        }
        let mut at = Some(hit.el);
        while let Some(el) = at {
            if from.binary_search(&el).is_ok() {
                hit.el = el;
                return true;
            }
            at = dom.parent(el);
        }
        false
    }

    /// The hits of a way that looks at addresses.
    fn addresses(&self, part: &PlanPart, way: u32) -> Option<&[Hit]> {
        part.ways.get(way as usize)?.tests.iter().find_map(|t| match t {
            PlanTest::Field(slot) if self.scene.plan.slots.get(*slot)?.field == Field::Href => {
                Some(self.scene.hits.of(*slot))
            }
            _ => None,
        })
    }

    /// A list of entries is what its links are: three of them and half of all must hit.
    fn onto_entry_list(&self, hit: &mut PartHit, hits: &[Hit]) -> bool {
        let dom = &self.scene.page.dom;
        let Some(list) = self.scene.structure.entry_list_of(dom, hit.el) else { return false };
        let end = dom.end(list);
        let from = hits.partition_point(|h| h.el < list);
        let to = hits.partition_point(|h| h.el < end);
        let links = self.scene.walk.links_in(list.0, end.0) as usize;
        hit.el = list;
        self.onto_heading(hit);
        to - from >= 3 && 2 * (to - from) >= links
    }

    /// A list and the heading over it are one block: the hit moves to the heading where that
    /// speaks of little else.
    fn onto_heading(&self, hit: &mut PartHit) {
        let (dom, walk) = (&self.scene.page.dom, &self.scene.walk);
        if hit.label || walk.fact(hit.el).heading.is_some() {
            return;
        }
        let before = walk.headings.partition_point(|(h, _)| *h < hit.el);
        let Some((heading, _)) = before.checked_sub(1).and_then(|i| walk.headings.get(i)) else { return };
        let e = extent::of_heading(dom, walk, *heading);
        let own = walk.links_in(hit.el.0, dom.end(hit.el).0);
        if e.holds(hit.el) && dom.end(hit.el).0 <= e.to && walk.links_in(e.from, e.to) <= own + 2 {
            hit.el = *heading;
        }
    }

    pub(super) fn in_scope(&self, part: &PlanPart, el: El) -> bool {
        let f = self.scene.walk.fact(el);
        match part.part.scope {
            Scope::Page => true,
            Scope::Top => !f.dialog && self.scene.at_top(el),
            Scope::Main => {
                let out = [Region::Header, Region::Nav, Region::Footer].iter().any(|r| f.regions.holds(*r));
                // the card itself is a thing of its own; what lies in it belongs to another item
                let own_card = part.part.from == Some(Builtin::Card);
                let others = self.item && !own_card && self.scene.in_other_card(el);
                !(out || f.dialog || others)
            }
        }
    }

    pub(super) fn label_extent(&self, el: El, label: bool) -> Extent {
        let (dom, walk) = (&self.scene.page.dom, &self.scene.walk);
        if walk.fact(el).heading == Some(el) {
            extent::of_heading(dom, walk, el)
        } else if let Some(heading) = walk.fact(el).heading.filter(|_| label) {
            extent::of_heading(dom, walk, heading)
        } else if label {
            extent::of_label(dom, walk, el)
        } else {
            Extent::of(dom, el)
        }
    }

    pub(super) fn extent(&self, hit: &PartHit) -> Extent {
        self.label_extent(hit.el, hit.label)
    }
}

/// Whether an element lies in a region or in a thing of a part.
pub fn inside(scene: &Scene<'_>, map: &PartMap, place: PlaceRef, el: El) -> bool {
    match place {
        PlaceRef::Region(region) => scene.walk.fact(el).regions.holds(region),
        PlaceRef::Part(PartRef::Builtin(b)) => scene.in_builtin(b, el),
        PlaceRef::Part(PartRef::Part(id)) => {
            let things = map.of(id);
            let found = things.iter().any(|t| t.status == Status::Found);
            if !found && let Some(region) = scene.plan.parts.get(id as usize).and_then(|p| p.part.fallback) {
                return scene.walk.fact(el).regions.holds(region);
            }
            // what is vetoed on an element is vetoed for all that lies in it
            things.iter().any(|t| t.extent.holds(el)) && !is_struck(&scene.page.dom, map.struck(id), el)
        }
    }
}
