//! Hits to things: what belongs together becomes one, points decide; areas lie around
//! other things.

use crate::audit::Status;
use crate::pack::model::{PartType, Shape};
use crate::page::dom::El;
use crate::parts::extent::Extent;
use crate::parts::map::{PartHit, Proof, Thing};
use crate::parts::plan::{PartRef, PlanPart};
use crate::parts::recognise::{FOUND, Recogniser, UNSURE};

/// Pairs looked at to place an area around two things.
const MAX_AROUND: usize = 12;

impl Recogniser<'_> {
    /// Hits of which one holds the other become one thing.
    pub(super) fn join(&self, part: &PlanPart, name: PartRef, hits: Vec<PartHit>) -> Vec<Thing> {
        let dom = &self.scene.page.dom;
        let mut things: Vec<Thing> = Vec::new();
        let mut group: Vec<PartHit> = Vec::new();
        let mut closed: Vec<PartHit> = Vec::new();
        let hidden = |el: El| self.scene.walk.fact(el).hidden.is_some();
        for hit in hits {
            // a closed drawer in a header is a thing of its own: joined, it would hide the menu beside it
            if group.first().is_some_and(|g| dom.contains(g.el, hit.el) && !hidden(g.el))
                && hidden(hit.el)
                && part.part.kind == PartType::Area
            {
                closed.push(hit);
                continue;
            }
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
        if !closed.is_empty() {
            things.extend(self.join(part, name, closed));
        }
        things
    }

    fn thing(&self, part: &PlanPart, name: PartRef, mut hits: Vec<PartHit>) -> Option<Thing> {
        // most have one: the room for four stays with the page
        hits.shrink_to_fit();
        let points = points(&hits);
        let keep = part.part.kind == PartType::Section;
        let status = match points {
            FOUND.. => Status::Found,
            UNSURE.. => Status::Unsure,
            // a section may still gain from a neighbour
            _ if keep => Status::Unsure,
            _ => return None,
        };
        let anchor = self.anchor(&hits)?;
        let place = match &anchor.proof {
            // microdata on a text that is drawn is on the page
            Proof::Data { .. } if self.scene.walk.chars(anchor.el) > 0 => None,
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

    /// The strongest hit, if one of them is drawn one that is; of equals the innermost of the first.
    fn anchor<'h>(&self, hits: &'h [PartHit]) -> Option<&'h PartHit> {
        let dom = &self.scene.page.dom;
        let drawn = |hit: &PartHit| self.scene.walk.fact(hit.el).hidden.is_none();
        let most = hits.iter().map(|h| h.strength).max()?;
        let strongest = || hits.iter().filter(|h| h.strength == most);
        let any_drawn = strongest().any(drawn);
        let mut best: Option<&PartHit> = None;
        for hit in strongest().filter(|h| drawn(h) || !any_drawn) {
            match best {
                None => best = Some(hit),
                Some(b) if dom.contains(b.el, hit.el) && b.el != hit.el => best = Some(hit),
                Some(_) => {}
            }
        }
        best
    }

    /// The smallest elements that hold one found thing of each part, outside cards: a bar that
    /// follows the shopper is one beside the real one.
    pub(super) fn around(&self, part: &PlanPart, name: PartRef) -> Vec<Thing> {
        let dom = &self.scene.page.dom;
        let mut all: Vec<El> = Vec::new();
        let mut lists: Vec<Vec<El>> = Vec::new();
        for p in &part.around {
            let anchors: Vec<El> = match p {
                PartRef::Builtin(b) => self.scene.builtin(*b).into_owned(),
                PartRef::Part(id) => self
                    .map
                    .of(*id)
                    .iter()
                    .filter(|t| t.status == Status::Found && t.place.is_none())
                    .map(|t| t.anchor)
                    .collect(),
            };
            // an empty cart's total beside the button is no price
            let nothing = |el: El| {
                let value = self.scene.value(Shape::Money, el, &[], false);
                value.is_some_and(|(q, _)| q.high <= 0.0)
            };
            let free = |el: &El| self.scene.structure.card_of(dom, *el).is_none() && !nothing(*el);
            lists.push(anchors.into_iter().filter(free).take(MAX_AROUND).collect());
        }
        let Some((first, rest)) = lists.split_first() else { return Vec::new() };
        for &start in first {
            let mut at = Some(start);
            while let Some(el) = at {
                let holds = |l: &Vec<El>| l.iter().any(|x| dom.contains(el, *x));
                if rest.iter().all(holds) {
                    if !matches!(dom.name(el), "body" | "html") {
                        all.push(el);
                    }
                    break;
                }
                at = dom.parent(el);
            }
        }
        all.sort_unstable();
        all.dedup();
        let around_another = |el: &El| all.iter().any(|other| other != el && dom.contains(*el, *other));
        let thing = |el: &El| Thing {
            part: name,
            status: Status::Found,
            points: FOUND,
            anchor: *el,
            place: None,
            extent: Extent::of(dom, *el),
            hits: Vec::new(),
        };
        all.iter().filter(|el| !around_another(el)).map(thing).collect()
    }
}

/// Each way counts once.
pub fn points(hits: &[PartHit]) -> u32 {
    let mut ways: Vec<(u32, u32)> = hits.iter().map(|h| (h.way, h.strength)).collect();
    ways.sort_unstable();
    ways.dedup();
    ways.iter().map(|w| w.1).sum()
}
