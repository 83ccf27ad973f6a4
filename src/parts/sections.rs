//! Sections of one part that follow each other are one.

use crate::audit::Status;
use crate::pack::model::PartType;
use crate::page::dom::El;
use crate::parts::map::{PartMap, Thing};
use crate::parts::recognise::{FOUND, UNSURE};
use crate::parts::scene::Scene;
use crate::parts::things::points;

/// A weaker hit of a section joins the section's thing before it, if no other section
/// is proven between them; what stays below unsure is dropped.
pub fn join_sections(scene: &Scene<'_>, map: &mut PartMap) {
    let is_section = |id: usize| scene.plan.parts.get(id).is_some_and(|p| p.part.kind == PartType::Section);
    let mut proven: Vec<(El, usize)> = Vec::new();
    for (id, things) in map.things.iter().enumerate().filter(|(id, _)| is_section(*id)) {
        for hit in things.iter().flat_map(|t| &t.hits).filter(|h| h.strength >= FOUND) {
            proven.push((hit.el, id));
        }
    }
    proven.sort_unstable();
    for (id, things) in map.things.iter_mut().enumerate().filter(|(id, _)| is_section(*id)) {
        let mut joined: Vec<Thing> = Vec::new();
        for thing in things.drain(..) {
            let strong = thing.hits.iter().any(|h| h.strength >= FOUND) || thing.hits.is_empty();
            if let Some(before) = joined.last_mut()
                && !strong
            {
                let a = proven.partition_point(|(el, _)| *el <= before.anchor);
                let b = proven.partition_point(|(el, _)| *el < thing.anchor);
                let between = proven[a..b.max(a)].iter().any(|(_, other)| *other != id);
                if !between {
                    before.hits.extend(thing.hits);
                    before.points = points(&before.hits);
                    if before.points >= FOUND {
                        before.status = Status::Found;
                    }
                    continue;
                }
            }
            joined.push(thing);
        }
        joined.retain(|t| t.points >= UNSURE);
        *things = joined;
    }
}
