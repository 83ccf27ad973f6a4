//! Evidence to parts: each part's ways are tried where they can hold, hits that
//! belong together become one thing, and points decide.

use crate::audit::Status;
use crate::finding::Span;
use crate::pack::model::{Builtin, Field, PartType, Region, Scope};
use crate::page::dom::El;
use crate::parts::extent::{self, Extent};
use crate::parts::map::{PartHit, PartMap, Proof, Thing};
use crate::parts::plan::{PartRef, PlaceRef, PlanPart, PlanTest, PlanWay};
use crate::parts::scene::{Scene, is_struck};
use crate::parts::sections::join_sections;
use crate::parts::tables;

/// Points for found.
pub const FOUND: u32 = 100;
/// Points for unsure.
pub const UNSURE: u32 = 50;
/// Pairs looked at to place an area around two things.
const MAX_AROUND: usize = 12;

/// Recognises all parts of the plan, in its order. `item` leaves cards of other items
/// out of the scope `main`.
pub fn recognise(scene: &Scene<'_>, item: bool) -> PartMap {
    let mut map = PartMap::default();
    for (id, part) in scene.plan.parts.iter().enumerate() {
        let r = Recogniser { scene, map: &map, item };
        let struck = r.struck(part);
        let mut things =
            if part.around.is_empty() { Vec::new() } else { r.around(part, PartRef::Part(id as u32)) };
        let hits = r.hits(part, &struck);
        things.extend(r.join(part, PartRef::Part(id as u32), hits));
        things.sort_by_key(|t| t.anchor);
        map.struck.push(struck);
        map.things.push(things);
    }
    join_sections(scene, &mut map);
    map
}

struct Recogniser<'s> {
    scene: &'s Scene<'s>,
    map: &'s PartMap,
    item: bool,
}

/// Where a way may hold: the element, and for data its value and place.
type Spot = (El, Option<(String, Span)>);

impl Recogniser<'_> {
    fn struck(&self, part: &PlanPart) -> Vec<El> {
        let mut struck: Vec<El> =
            part.against.iter().flat_map(|w| self.spots(w, None, None, &[])).map(|(el, _)| el).collect();
        struck.sort_unstable();
        // outermost ones only: they hold the others
        let dom = &self.scene.page.dom;
        struck.dedup_by(|inner, outer| dom.contains(*outer, *inner));
        struck
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
                hits.push(PartHit { el, way, strength: w.strength, label, proof });
            }
        }
        if let (Some(from), Some(builtin)) = (&from, part.part.from) {
            hits.retain_mut(|h| self.onto_candidate(h, from, builtin));
        }
        hits.retain(|h| {
            let data = matches!(h.proof, Proof::Data { .. });
            (data || self.in_scope(part, h.el)) && !is_struck(dom, struck, h.el)
        });
        hits.sort_by_key(|h| (h.el, h.way));
        hits
    }

    /// Candidates of `from`. Buttons and summaries are pressed like links.
    fn candidates(&self, builtin: Builtin) -> Vec<El> {
        if builtin != Builtin::Link {
            return self.scene.builtin(builtin);
        }
        let walk = &self.scene.walk;
        self.scene.page.dom.iter().filter(|el| walk.fact(*el).link == Some(*el)).collect()
    }

    /// Moves a hit to the candidate that holds it; false where there is none.
    fn onto_candidate(&self, hit: &mut PartHit, from: &[El], builtin: Builtin) -> bool {
        let dom = &self.scene.page.dom;
        if builtin == Builtin::LinkGroup {
            // a heading or label with its block, or a named block, of two links and more
            let e = if hit.label { self.extent(hit) } else { Extent::of(dom, hit.el) };
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

    fn in_scope(&self, part: &PlanPart, el: El) -> bool {
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

    /// Elements on which all tests of a way hold.
    fn spots(
        &self,
        way: &PlanWay,
        from: Option<&[El]>,
        scope: Option<&PlanPart>,
        struck: &[El],
    ) -> Vec<Spot> {
        let Some(lead) = lead(way, self.scene) else {
            // only filters: they choose among the candidates
            let all: Vec<El> = from.map_or_else(Vec::new, <[El]>::to_vec);
            return all
                .into_iter()
                .filter(|el| self.all_hold(way, usize::MAX, *el, struck))
                .map(|el| (el, None))
                .collect();
        };
        let spots: Vec<Spot> = match &way.tests[lead] {
            PlanTest::Data(path) => self
                .scene
                .data
                .values(path)
                .into_iter()
                .map(|v| {
                    let text = v.currency.map_or_else(|| v.text.clone(), |c| format!("{} {c}", v.text));
                    (v.el, Some((text, v.span)))
                })
                .collect(),
            PlanTest::Table { .. } => self.scene.structure.tables.iter().map(|el| (*el, None)).collect(),
            PlanTest::Field(slot) => self.scene.hits.of(*slot).iter().map(|h| (h.el, None)).collect(),
            PlanTest::Css(n) => self.scene.css.get(*n).into_iter().flatten().map(|el| (*el, None)).collect(),
            PlanTest::Keys(_) => self.scene.structure.key_values.iter().map(|el| (*el, None)).collect(),
            PlanTest::Pattern(n) => self.matches(*n).into_iter().map(|el| (el, None)).collect(),
            PlanTest::Shape(_) => self.shaped().into_iter().map(|el| (el, None)).collect(),
            _ => Vec::new(),
        };
        let skip =
            if matches!(way.tests[lead], PlanTest::Table { .. } | PlanTest::Keys(_) | PlanTest::Shape(_)) {
                usize::MAX
            } else {
                lead
            };
        // the cheap questions first
        let in_scope = |spot: &Spot| spot.1.is_some() || scope.is_none_or(|part| self.in_scope(part, spot.0));
        spots.into_iter().filter(|s| in_scope(s) && self.all_hold(way, skip, s.0, struck)).collect()
    }

    fn all_hold(&self, way: &PlanWay, skip: usize, el: El, struck: &[El]) -> bool {
        let beside = way.tests.iter().any(|t| {
            matches!(t, PlanTest::Field(s) if self.scene.plan.slots.get(*s).is_some_and(|s| {
                matches!(s.field, Field::Label | Field::Text | Field::Cell | Field::Heading)
            }))
        });
        way.tests.iter().enumerate().all(|(i, t)| i == skip || self.holds(t, el, struck, beside))
    }

    fn holds(&self, test: &PlanTest, el: El, struck: &[El], beside: bool) -> bool {
        let scene = self.scene;
        let dom = &scene.page.dom;
        match test {
            PlanTest::Field(slot) => scene.hits.on(*slot, el).is_some(),
            PlanTest::Css(n) => scene.css.get(*n).is_some_and(|l| l.binary_search(&el).is_ok()),
            PlanTest::Shape(shape) => scene.value(*shape, el, struck, beside).is_some(),
            PlanTest::Pattern(n) => {
                scene.plan.patterns.get(*n).is_some_and(|p| p.is_match(&scene.text_without(el, struck)))
            }
            PlanTest::Chars(low, high) => {
                let chars = crate::text::fold::chars(scene.walk.text(el));
                (*low..=*high).contains(&chars)
            }
            PlanTest::Table { headers, min_headers, min_rows, numeric } => {
                tables::is_table_of(dom, &scene.walk, el, headers, *min_headers, *min_rows, *numeric)
            }
            PlanTest::Keys(n) => {
                let f = scene.walk.fact(el);
                let keys =
                    scene.structure.cells_in(f.text_start, f.text_end).iter().filter(|c| c.key).count();
                keys as u32 >= *n
            }
            PlanTest::Has(parts) => {
                let extent = self.label_extent(el, beside);
                parts.iter().any(|p| match p {
                    PartRef::Builtin(b) => scene.holds_builtin(*b, extent),
                    PartRef::Part(id) => self.map.of(*id).iter().any(|t| extent.holds(t.anchor)),
                })
            }
            PlanTest::Inside(places) => places.iter().any(|p| self.inside(*p, el)),
            PlanTest::Outside(places) => !places.iter().any(|p| self.inside(*p, el)),
            PlanTest::Data(path) => scene.data.values(path).iter().any(|v| v.el == el),
        }
    }

    fn inside(&self, place: PlaceRef, el: El) -> bool {
        inside(self.scene, self.map, place, el)
    }

    fn label_extent(&self, el: El, label: bool) -> Extent {
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

    fn extent(&self, hit: &PartHit) -> Extent {
        self.label_extent(hit.el, hit.label)
    }

    /// The smallest elements that hold a match of a part's expression.
    fn matches(&self, number: usize) -> Vec<El> {
        let walk = &self.scene.walk;
        let mut found = Vec::new();
        let text = walk.buffer.get(..walk.attrs_at as usize).unwrap_or("");
        if let Some(pattern) = self.scene.plan.patterns.get(number) {
            pattern.each_match(text, |a, b| found.extend(self.smallest(a as u32, b as u32)));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn smallest(&self, from: u32, to: u32) -> Option<El> {
        let walk = &self.scene.walk;
        let mut el = walk.row_at(from)?.el;
        while walk.fact(el).text_end < to {
            el = self.scene.page.dom.parent(el)?;
        }
        Some(el)
    }

    /// Elements with a short text of their own that holds a digit.
    fn shaped(&self) -> Vec<El> {
        let walk = &self.scene.walk;
        let mut found: Vec<El> = walk
            .rows
            .iter()
            .filter(|r| r.at < walk.attrs_at)
            .filter(|r| {
                let text = walk.buffer.get(r.at as usize..walk.row_end(r) as usize).unwrap_or("");
                text.bytes().any(|b| b.is_ascii_digit())
            })
            .map(|r| r.el)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Hits of which one holds the other become one thing.
    fn join(&self, part: &PlanPart, name: PartRef, hits: Vec<PartHit>) -> Vec<Thing> {
        let dom = &self.scene.page.dom;
        let mut things: Vec<Thing> = Vec::new();
        let mut group: Vec<PartHit> = Vec::new();
        for hit in hits {
            let joins = group.first().is_some_and(|g| dom.contains(g.el, hit.el));
            // a script holds many values, each a thing of its own
            let apart = matches!(hit.proof, Proof::Data { .. }) && group.iter().any(|g| g.way == hit.way);
            if (!joins || apart) && !group.is_empty() {
                things.extend(self.thing(part, name, std::mem::take(&mut group)));
            }
            group.push(hit);
        }
        if !group.is_empty() {
            things.extend(self.thing(part, name, group));
        }
        things
    }

    fn thing(&self, part: &PlanPart, name: PartRef, hits: Vec<PartHit>) -> Option<Thing> {
        let points = points(&hits);
        let keep = part.part.kind == PartType::Section;
        let status = match points {
            FOUND.. => Status::Found,
            UNSURE.. => Status::Unsure,
            // a section may still gain from a neighbour
            _ if keep => Status::Unsure,
            _ => return None,
        };
        let anchor = anchor(&self.scene.page.dom, &hits)?;
        let place = match &anchor.proof {
            Proof::Data { span, .. } => Some(*span),
            _ => None,
        };
        let dom = &self.scene.page.dom;
        let outer = hits.first().map_or(anchor.el, |h| h.el);
        let whole = Extent::of(dom, outer);
        let extent = if outer != anchor.el && hits.iter().all(|h| whole.holds(h.el)) {
            whole
        } else {
            self.extent(anchor)
        };
        Some(Thing { part: name, status, points, anchor: anchor.el, place, extent, hits })
    }

    /// The smallest element that holds one found thing of each part, outside cards.
    fn around(&self, part: &PlanPart, name: PartRef) -> Vec<Thing> {
        let dom = &self.scene.page.dom;
        let mut best: Option<El> = None;
        let mut lists: Vec<Vec<El>> = Vec::new();
        for p in &part.around {
            let anchors: Vec<El> = match p {
                PartRef::Builtin(b) => self.scene.builtin(*b),
                PartRef::Part(id) => self
                    .map
                    .of(*id)
                    .iter()
                    .filter(|t| t.status == Status::Found && t.place.is_none())
                    .map(|t| t.anchor)
                    .collect(),
            };
            let free = |el: &El| self.scene.structure.card_of(dom, *el).is_none();
            lists.push(anchors.into_iter().filter(free).take(MAX_AROUND).collect());
        }
        let Some((first, rest)) = lists.split_first() else { return Vec::new() };
        for &start in first {
            let mut at = Some(start);
            while let Some(el) = at {
                let holds = |l: &Vec<El>| l.iter().any(|x| dom.contains(el, *x));
                if rest.iter().all(holds) {
                    let size = |e: El| dom.end(e).0 - e.0;
                    if !matches!(dom.name(el), "body" | "html") && best.is_none_or(|b| size(el) < size(b)) {
                        best = Some(el);
                    }
                    break;
                }
                at = dom.parent(el);
            }
        }
        best.map(|el| Thing {
            part: name,
            status: Status::Found,
            points: FOUND,
            anchor: el,
            place: None,
            extent: Extent::of(dom, el),
            hits: Vec::new(),
        })
        .into_iter()
        .collect()
    }
}

/// Whether an element lies in a region or in a thing of a part.
pub fn inside(scene: &Scene<'_>, map: &PartMap, place: PlaceRef, el: El) -> bool {
    match place {
        PlaceRef::Region(region) => scene.walk.fact(el).regions.holds(region),
        PlaceRef::Part(PartRef::Builtin(b)) => {
            scene.builtin(b).iter().any(|x| scene.page.dom.contains(*x, el))
        }
        PlaceRef::Part(PartRef::Part(id)) => {
            let things = map.of(id);
            let found = things.iter().any(|t| t.status == Status::Found);
            if !found && let Some(region) = scene.plan.parts.get(id as usize).and_then(|p| p.part.fallback) {
                return scene.walk.fact(el).regions.holds(region);
            }
            things.iter().any(|t| t.extent.holds(el))
        }
    }
}

/// Each way counts once.
pub fn points(hits: &[PartHit]) -> u32 {
    let mut ways: Vec<(usize, u32)> = hits.iter().map(|h| (h.way, h.strength)).collect();
    ways.sort_unstable();
    ways.dedup();
    ways.iter().map(|w| w.1).sum()
}

/// The strongest hit; of equals the innermost of the first.
fn anchor<'h>(dom: &crate::page::dom::Dom, hits: &'h [PartHit]) -> Option<&'h PartHit> {
    let most = hits.iter().map(|h| h.strength).max()?;
    let mut best: Option<&PartHit> = None;
    for hit in hits.iter().filter(|h| h.strength == most) {
        match best {
            None => best = Some(hit),
            Some(b) if dom.contains(b.el, hit.el) && b.el != hit.el => best = Some(hit),
            Some(_) => {}
        }
    }
    best
}

/// The test that finds elements; the rest filters them.
fn lead(way: &PlanWay, scene: &Scene<'_>) -> Option<usize> {
    let rank = |t: &PlanTest| match t {
        PlanTest::Data(_) => Some(0),
        PlanTest::Field(slot) => Some(1 + scene.hits.of(*slot).len()),
        PlanTest::Table { .. } => Some(1 + scene.structure.tables.len()),
        PlanTest::Keys(_) => Some(1 + scene.structure.key_values.len()),
        PlanTest::Css(n) => Some(2 + scene.css.get(*n).map_or(0, Vec::len)),
        PlanTest::Pattern(_) => Some(1 << 28),
        PlanTest::Shape(_) => Some(1 << 29),
        PlanTest::Chars(..) | PlanTest::Has(_) | PlanTest::Inside(_) | PlanTest::Outside(_) => None,
    };
    let ranked = way.tests.iter().enumerate().filter_map(|(i, t)| rank(t).map(|r| (r, i)));
    ranked.min().map(|(_, i)| i)
}
