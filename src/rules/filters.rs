//! Which things count: places, traits, contents. Every filter answers yes, no or
//! maybe, with its reason.

use crate::audit::{Status, Tri};
use crate::finding::Need;
use crate::pack::model::{Expect, Property, Region, Trait};
use crate::page::dom::El;
use crate::parts::map::Thing;
use crate::parts::plan::{PartRef, PlaceRef};
use crate::parts::recognise::inside;
use crate::parts::screen::{Screen, Seen};
use crate::rules::context::{Answer, Context, Options};
use crate::rules::dead_links::is_dead;
use crate::rules::members;
use crate::rules::properties;
use crate::rules::tested::{Told, told};
use crate::rules::wording::Reason;
use std::collections::BTreeSet;

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
    screen: Option<&Screen>,
) -> Judged {
    let mut maybe: Option<(Need, Reason)> = None;
    for (answer, reason) in answers(c, options, expect, &thing, screen) {
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
    screen: Option<&Screen>,
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
        if let Some(answer) = has_trait(c, t, thing, screen) {
            out.push(answer);
        }
    }
    for test in &expect.wheres {
        let name = test.property.name();
        match told(c, options, test, thing, screen) {
            Told::Passes | Told::Absent(_) => {}
            Told::Fails(values) => {
                let value = values.get("value").map_or("", String::as_str);
                out.push((Answer::No, w.other_property(name, value)));
            }
            Told::Unknown(need) => out.push((Answer::Maybe(need), w.unknown_property(name))),
        }
    }
    if let Some(has) = &expect.has
        && let Some(part) = c.plan().part_ref(&has.part)
    {
        let wanted = has.at_least.as_ref().and_then(|a| options.number(a)).unwrap_or(1.0) as u32;
        let count = contained(c, thing, part, has.distinct);
        let unknown = c.placeholder_links().filter(|_| has.distinct == Some(Property::Href));
        if let Some(need) = unknown.filter(|_| (count as u32) < wanted)
            && contained(c, thing, part, None) as u32 >= wanted
        {
            out.push((Answer::Maybe(need), w.placeholders()));
        } else if (count as u32) < wanted {
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
        Some(Property::Value) => inner.iter().flat_map(|t| members::of(c, t)).collect::<BTreeSet<_>>().len(),
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

fn has_trait(c: &Context<'_>, t: Trait, thing: &Thing, screen: Option<&Screen>) -> Option<(Answer, Reason)> {
    let w = c.wording();
    let facts = c.scene.walk.fact(thing.anchor);
    match t {
        Trait::Visible => {
            if thing.place.is_some() {
                return Some((Answer::No, w.data_only()));
            }
            unseen(c, thing, screen)
        }
        Trait::Readable => {
            // pictures have no type
            let picture = c.scene.walk.images.binary_search(&thing.anchor).is_ok();
            let font =
                screen.or(c.screens.first()).map_or(facts.font, |s| s.font(c.scene, s.face(c.scene, thing)));
            (!picture && font < c.min_font).then(|| (Answer::No, w.tiny(font)))
        }
        Trait::FirstScreen => first_screen(c, thing, screen.or(c.screens.first())?),
        Trait::Linked => {
            let good = |el: El| c.scene.page.dom.attr(el, "href").is_some_and(|h| !is_dead(h));
            let links = c.scene.walk.links_of(thing.extent.from, thing.extent.to);
            let all = || facts.link.iter().chain(links);
            if all().any(|l| good(*l)) {
                return None;
            }
            match c.placeholder_links().filter(|_| all().next().is_some()) {
                Some(need) => Some((Answer::Maybe(need), w.placeholders())),
                None => Some((Answer::No, w.not_linked())),
            }
        }
        Trait::Described => {
            let text = properties::read(c, thing, Property::Text).unwrap_or_default();
            let alt = properties::read(c, thing, Property::Alt).unwrap_or_default();
            (text.is_empty() && alt.is_empty()).then(|| (Answer::No, w.not_described()))
        }
    }
}

/// Why a shopper does not see a thing: on this viewport, or on all that are judged.
fn unseen(c: &Context<'_>, thing: &Thing, screen: Option<&Screen>) -> Option<(Answer, Reason)> {
    let w = c.wording();
    let on = |s: &Screen| match s.seen(c.scene, s.face(c.scene, thing)) {
        Seen::Yes => None,
        Seen::Markup(why) => Some((Answer::No, w.hidden(why))),
        Seen::Layout(why) => Some((Answer::No, w.unseen(why))),
        Seen::Waiting(why) => Some((Answer::Maybe(Need::Render), w.unseen(why))),
        Seen::Coming(why) => Some((Answer::Maybe(Need::Render), w.hidden(why))),
        // it is there for who looks for it: whether that is enough no layout tells
        Seen::Drawer(_) => Some((Answer::Maybe(Need::Person), w.drawer())),
    };
    let all = || c.screens.iter().map(on).reduce(|a, b| if worse(&b, &a) { a } else { b }).flatten();
    screen.map_or_else(all, on)
}

/// Whether one answer says less for a thing than another.
fn worse(a: &Option<(Answer, Reason)>, b: &Option<(Answer, Reason)>) -> bool {
    let rank = |x: &Option<(Answer, Reason)>| match x {
        None => 0,
        Some((Answer::No, _)) => 2,
        Some(_) => 1,
    };
    rank(a) >= rank(b)
}

fn first_screen(c: &Context<'_>, thing: &Thing, screen: &Screen) -> Option<(Answer, Reason)> {
    let (w, scene) = (c.wording(), c.scene);
    let face = screen.face(scene, thing);
    let boxless = || screen.boxed(scene, face).is_none_or(|b| b.rect.area() <= 0.0);
    match screen.seen(scene, face) {
        Seen::Drawer(_) => return Some((Answer::No, w.drawer())),
        Seen::Coming(why) if boxless() && screen.on_first_screen(scene, face) != Tri::No => {
            return Some((Answer::Maybe(Need::Render), w.hidden(why)));
        }
        Seen::Waiting(why) if boxless() && screen.on_first_screen(scene, face) != Tri::No => {
            return Some((Answer::Maybe(Need::Render), w.unseen(why)));
        }
        _ => {}
    }
    let answer = match screen.on_first_screen(scene, face) {
        Tri::Yes => return None,
        Tri::No => Answer::No,
        Tri::Maybe => Answer::Maybe(Need::Layout),
    };
    let sure = answer == Answer::No;
    let (top, _) = screen.top(scene, face);
    let reason = match screen.boxed(scene, face) {
        None if sure => w.below(top),
        None => w.near_fold(top),
        Some(b) => w.off_screen(&b.rect, screen.viewport(), sure),
    };
    Some((answer, reason))
}
