//! Which things count: places, traits, contents. Every filter answers yes, no or
//! maybe, with its reason.

use crate::audit::{Status, Tri};
use crate::finding::Need;
use crate::pack::model::{Expect, Property, Region, Trait};
use crate::page::dom::El;
use crate::parts::flow::Flow;
use crate::parts::map::Thing;
use crate::parts::plan::{PartRef, PlaceRef};
use crate::parts::recognise::inside;
use crate::rules::context::{Answer, Context, Options};
use crate::rules::properties;
use crate::rules::wording::Reason;

/// A thing with the answer of all filters.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The thing.
    pub thing: Thing,
    /// Whether it counts.
    pub answer: Answer,
    /// Why not, or why it may not.
    pub reason: Option<Reason>,
}

/// Puts all filters of an expectation to a thing. The first no decides, else the first maybe.
pub fn judge(
    c: &Context<'_>,
    options: &Options<'_>,
    expect: &Expect,
    thing: Thing,
    flow: Option<&Flow>,
) -> Judged {
    let mut maybe: Option<(Need, Reason)> = None;
    for (answer, reason) in answers(c, options, expect, &thing, flow) {
        match answer {
            Answer::No => return Judged { thing, answer: Answer::No, reason: Some(reason) },
            Answer::Maybe(need) if maybe.is_none() => maybe = Some((need, reason)),
            _ => {}
        }
    }
    if maybe.is_none() && thing.status == Status::Unsure {
        maybe = Some((Need::Person, c.wording().suspected(thing.points)));
    }
    match maybe {
        Some((need, reason)) => Judged { thing, answer: Answer::Maybe(need), reason: Some(reason) },
        None => Judged { thing, answer: Answer::Yes, reason: None },
    }
}

fn answers(
    c: &Context<'_>,
    options: &Options<'_>,
    expect: &Expect,
    thing: &Thing,
    flow: Option<&Flow>,
) -> Vec<(Answer, Reason)> {
    let w = c.wording();
    let mut out = Vec::new();
    let mut no = |reason: Reason| out.push((Answer::No, reason));
    let places =
        |names: &[String]| -> Vec<PlaceRef> { names.iter().filter_map(|n| c.plan().place_ref(n)).collect() };
    for place in places(&expect.outside) {
        if inside(c.scene, c.map, place, thing.anchor) {
            no(w.inside(&place_title(c, place)));
        }
    }
    let wanted = places(&expect.inside);
    if !wanted.is_empty() && !wanted.iter().any(|p| inside(c.scene, c.map, *p, thing.anchor)) {
        let titles: Vec<String> = wanted.iter().map(|p| place_title(c, *p)).collect();
        no(w.not_inside(&w.list(titles)));
    }
    let mut traits = expect.is.clone();
    traits.sort_unstable();
    for t in traits {
        if let Some(answer) = has_trait(c, t, thing, flow) {
            out.push(answer);
        }
    }
    if let Some(has) = &expect.has
        && let Some(part) = c.plan().part_ref(&has.part)
    {
        let wanted = has.at_least.as_ref().and_then(|a| options.number(a)).unwrap_or(1.0) as u32;
        let count = contained(c, thing, part, has.distinct);
        if (count as u32) < wanted {
            out.push((Answer::No, w.holds(count, wanted, &c.title(part))));
        }
    }
    out
}

/// Name of a region or part for people.
pub fn place_title(c: &Context<'_>, place: PlaceRef) -> String {
    match place {
        PlaceRef::Part(part) => c.title(part),
        PlaceRef::Region(region) if c.wording() == crate::rules::wording::Wording::Zh => match region {
            Region::Header => "页头".into(),
            Region::Nav => "导航".into(),
            Region::Main => "主栏".into(),
            Region::Aside => "侧栏".into(),
            Region::Footer => "页脚".into(),
        },
        PlaceRef::Region(region) => region.name().into(),
    }
}

/// How many things of a part lie in a thing's extent.
fn contained(c: &Context<'_>, thing: &Thing, part: PartRef, distinct: Option<Property>) -> usize {
    let inner: Vec<Thing> = c
        .things(part)
        .into_iter()
        .filter(|t| thing.extent.holds(t.anchor) && (t.anchor != thing.anchor || t.part != thing.part))
        .collect();
    match distinct {
        None => inner.len(),
        Some(property) => {
            let mut values: Vec<String> = inner
                .iter()
                .filter_map(|t| properties::read(c, t, property))
                .filter(|v| !v.is_empty())
                .collect();
            values.sort_unstable();
            values.dedup();
            values.len()
        }
    }
}

fn has_trait(c: &Context<'_>, t: Trait, thing: &Thing, flow: Option<&Flow>) -> Option<(Answer, Reason)> {
    let w = c.wording();
    let facts = c.scene.walk.fact(thing.anchor);
    match t {
        Trait::Visible => {
            if thing.place.is_some() {
                return Some((Answer::No, w.data_only()));
            }
            facts.hidden.map(|h| (Answer::No, w.hidden(h)))
        }
        Trait::Readable => {
            // pictures have no type
            let picture = c.scene.walk.images.binary_search(&thing.anchor).is_ok();
            (!picture && facts.font < c.min_font).then(|| (Answer::No, w.tiny(facts.font)))
        }
        Trait::FirstScreen => {
            let flow = flow.or(c.flows.first())?;
            let (top, _) = flow.top(thing.anchor);
            match flow.on_first_screen(thing.anchor) {
                Tri::Yes => None,
                Tri::No => Some((Answer::No, w.below(top))),
                Tri::Maybe => Some((Answer::Maybe(Need::Layout), w.near_fold(top))),
            }
        }
        Trait::Linked => {
            let good = |el: El| {
                c.scene.page.dom.attr(el, "href").is_some_and(|h| {
                    let h = h.trim();
                    !h.is_empty() && h != "#" && !h.to_ascii_lowercase().starts_with("javascript:")
                })
            };
            let own = facts.link.is_some_and(good);
            let inner = c.scene.walk.links_of(thing.extent.from, thing.extent.to).iter().any(|l| good(*l));
            (!own && !inner).then(|| (Answer::No, w.not_linked()))
        }
        Trait::Described => {
            let text = properties::read(c, thing, Property::Text).unwrap_or_default();
            let alt = properties::read(c, thing, Property::Alt).unwrap_or_default();
            (text.is_empty() && alt.is_empty()).then(|| (Answer::No, w.not_described()))
        }
    }
}
