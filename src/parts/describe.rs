//! Things as reports show them: evidence with its place, region, screen, value.

use crate::audit::{PartRecord, Status};
use crate::finding::{Basis, Evidence, Span};
use crate::pack::model::{Shape, ValueKind};
use crate::parts::hits::{At, What};
use crate::parts::map::{PartHit, PartMap, Proof, Thing};
use crate::parts::plan::{PartRef, PlanTest};
use crate::parts::scene::Scene;
use crate::parts::screen::{Screen, Seen};
use crate::parts::source_span;

/// Characters shown of a selector or an expression.
const EVIDENCE: usize = 60;

/// The evidence of a thing, strongest first, each way once.
pub fn evidence(scene: &Scene<'_>, thing: &Thing) -> Vec<Evidence> {
    let mut out: Vec<Evidence> = Vec::new();
    let mut ways: Vec<u32> = Vec::new();
    let mut hits: Vec<&PartHit> = thing.hits.iter().collect();
    hits.sort_by_key(|h| (std::cmp::Reverse(h.strength), h.el));
    for hit in hits {
        if !ways.contains(&hit.way) {
            ways.push(hit.way);
            out.push(one(scene, thing, hit));
        }
    }
    out
}

fn one(scene: &Scene<'_>, thing: &Thing, hit: &PartHit) -> Evidence {
    let page = scene.page;
    let tag = page.dom.start_tag(hit.el).unwrap_or_else(|| page.dom.span(hit.el));
    let make =
        |field: &str, phrase: String, list: Option<String>, lang: Option<String>, span: Span| Evidence {
            field: field.to_string(),
            phrase,
            list,
            lang,
            strength: hit.strength,
            start: span.start,
            end: span.end,
        };
    match &hit.proof {
        Proof::Data { text, span } => make("data", text.clone(), None, None, *span),
        Proof::Way => {
            let (key, asks) = asked(scene, thing, hit);
            make(key, crate::show::cut(&asks, EVIDENCE).into_owned(), None, None, tag)
        }
        Proof::Word(word) => {
            let list = scene.plan.lists.get(word.list as usize);
            let (phrase, lang) = match word.what {
                What::Phrase(i) => list
                    .and_then(|l| l.phrases.get(i as usize))
                    .map_or((String::new(), None), |p| (p.text.to_string(), Some(p.lang.to_string()))),
                What::Pattern(i) => (
                    list.and_then(|l| l.patterns.get(i as usize))
                        .map(|p| p.regex.clone())
                        .unwrap_or_default(),
                    None,
                ),
                What::Token(i) => (
                    list.and_then(|l| l.tokens.get(i as usize)).map(|t| t.text.clone()).unwrap_or_default(),
                    None,
                ),
            };
            let span = match word.at {
                At::Buffer(place) => source_span::of_buffer(page, &scene.walk, place),
                At::Attr(name) => page.dom.attr_span(word.el, name).map(|s| s.value.unwrap_or(s.name)),
            };
            make(field(scene, thing, hit), phrase, list.map(|l| l.name.clone()), lang, span.unwrap_or(tag))
        }
    }
}

/// What the way that hit asks for: its key and words; of a part that has no way of its own,
/// the built-in part that its things are.
fn asked(scene: &Scene<'_>, thing: &Thing, hit: &PartHit) -> (&'static str, String) {
    let PartRef::Part(id) = thing.part else { return ("from", String::new()) };
    let part = scene.plan.parts.get(id as usize);
    let way = part.and_then(|p| p.ways.get(hit.way as usize)).map(|w| w.label.clone());
    let from = || part.and_then(|p| p.part.from).map_or_else(String::new, |b| b.name().to_string());
    way.unwrap_or_else(|| ("from", from()))
}

/// The field of the way that hit.
fn field(scene: &Scene<'_>, thing: &Thing, hit: &PartHit) -> &'static str {
    let PartRef::Part(id) = thing.part else { return "label" };
    let way = scene.plan.parts.get(id as usize).and_then(|p| p.ways.get(hit.way as usize));
    let slot = way.and_then(|w| {
        w.tests.iter().find_map(|t| match t {
            PlanTest::Field(slot) => Some(*slot),
            _ => None,
        })
    });
    slot.and_then(|s| scene.plan.slots.get(s)).map_or("label", |s| s.field.name())
}

/// All things in page order, as `see` and the JSON report show them.
pub fn records(scene: &Scene<'_>, map: &PartMap, screen: &Screen) -> Vec<PartRecord> {
    let page = scene.page;
    let mut out: Vec<(u32, PartRecord)> = Vec::new();
    for (id, things) in map.things.iter().enumerate() {
        let part = PartRef::Part(id as u32);
        for thing in things {
            let facts = scene.walk.fact(thing.anchor);
            let span = thing.place.unwrap_or_else(|| page.dom.span(thing.anchor));
            let (line, column) = page.lines.position(&page.text, span.start);
            let face = screen.face(scene, thing);
            let (top, basis) = screen.top(scene, face);
            let drawn = thing.place.is_none();
            out.push((
                thing.anchor.0,
                PartRecord {
                    part: scene.plan.name(part).to_string(),
                    status: thing.status,
                    points: thing.points,
                    start: span.start,
                    end: span.end,
                    line,
                    column,
                    region: facts.regions.innermost().name().to_string(),
                    visible: drawn && screen.seen(scene, face) == Seen::Yes,
                    screen: if drawn { screen.on_first_screen(scene, face) } else { crate::audit::Tri::No },
                    top: drawn.then_some(top),
                    basis: if drawn { basis } else { Basis::Estimated },
                    value: value(scene, map, thing),
                    evidence: evidence(scene, thing),
                    el: drawn.then_some(thing.anchor),
                },
            ));
        }
    }
    out.sort_by(|a, b| (a.0, &a.1.part).cmp(&(b.0, &b.1.part)));
    out.into_iter().map(|(_, r)| r).collect()
}

fn value(scene: &Scene<'_>, map: &PartMap, thing: &Thing) -> Option<String> {
    let PartRef::Part(id) = thing.part else { return None };
    let part = &scene.plan.parts.get(id as usize)?.part;
    match part.value.as_ref()? {
        ValueKind::Shape(shape) => shaped(scene, map, thing, id, *shape),
        ValueKind::Text | ValueKind::Lists(_) => {
            let text = scene.walk.text(thing.anchor).replace(crate::text::fold::BREAK, " ");
            Some(crate::show::cut(text.trim(), crate::limits::SHOWN_CHARS).into_owned())
                .filter(|t| !t.is_empty())
        }
    }
}

fn shaped(scene: &Scene<'_>, map: &PartMap, thing: &Thing, id: u32, shape: Shape) -> Option<String> {
    if thing.place.is_some() {
        return thing.hits.iter().find_map(|h| match &h.proof {
            Proof::Data { text, .. } => Some(text.clone()),
            _ => None,
        });
    }
    let struck = map.struck(id);
    let find = |el| scene.value(shape, el, struck, true).map(|(q, _)| q.shown);
    find(thing.anchor).or_else(|| thing.hits.iter().find_map(|h| find(h.el)))
}

/// Whether a part was found at all.
pub fn found(map: &PartMap, part: u32) -> bool {
    map.of(part).iter().any(|t| t.status == Status::Found)
}
