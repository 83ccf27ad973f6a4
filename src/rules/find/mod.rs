//! `find`: enough of the right things, and every one of them in order.

mod aside;
mod backgrounds;
mod texts;

use crate::audit::Status;
use crate::finding::{Need, Verdict};
use crate::pack::model::{Absence, Arg, Builtin, Expect, Property, Scope, Value};
use crate::pack::names_in;
use crate::page::data::DataPath;
use crate::parts::plan::PartRef;
use crate::parts::screen::Screen;
use crate::rules::context::{Answer, Context, Options};
use crate::rules::cover::{self, Cover};
use crate::rules::each;
use crate::rules::filters::{Judged, judge};
use crate::rules::hues;
use crate::rules::members;
use crate::rules::outcome::Outcome;
use crate::rules::properties;
use crate::rules::slots::{keeps_known_slot, keeps_slot};
use std::collections::HashSet;
use texts::Texts;

/// Near misses named in one message.
const NEAR: usize = 5;

/// Judges a `find` expectation on one viewport.
pub fn find(
    c: &Context<'_>,
    options: &Options<'_>,
    expect: &Expect,
    subject: &Arg,
    message: Option<&str>,
    screen: Option<&Screen>,
) -> Outcome {
    let Some(list) = options.value(subject) else { return Outcome::skip("the option has no value") };
    let names = names_in(list);
    if names.is_empty() {
        return Outcome::skip("nothing is asked for here");
    }
    let parts: Vec<PartRef> = names.iter().filter_map(|n| c.plan().part_ref(n)).collect();
    let mut judged: Vec<Judged> = Vec::new();
    for part in &parts {
        let things = match part {
            PartRef::Builtin(Builtin::Hue) => {
                let Some(hues) = hues::things(c, screen) else { return hues::unknown(c) };
                hues
            }
            PartRef::Builtin(Builtin::Image) => backgrounds::with(c, options, *part, screen),
            _ => options.things(c, *part),
        };
        judged.extend(things.into_iter().map(|t| judge(c, options, expect, t, screen)));
    }
    aside::doubt(c, options, expect, &mut judged, screen);
    let all = parts.len() as f64;
    let at_least = match &expect.at_least {
        Some(arg) => match options.value(arg) {
            Some(Value::Text(t)) if t == "all" => all,
            Some(v) => crate::rules::context::number(v).unwrap_or(1.0),
            None => 1.0,
        },
        None if expect.at_most.is_some() => 0.0,
        None => 1.0,
    };
    let at_most = expect.at_most.as_ref().and_then(|a| options.number(a));
    let hidden = missing_but_possible(c, options, &parts, &judged, expect);
    let (sure, mut maybe) = count(c, expect, &judged, &parts, &hidden);
    if expect.distinct != Some(Property::Part) && !hidden.is_empty() {
        maybe += all.max(at_least) as usize;
    }
    let (sure_f, most) = (sure as f64, (sure + maybe) as f64);
    let texts = Texts {
        c,
        options,
        expect,
        parts: &parts,
        judged: &judged,
        message,
        fix: options.fix,
        sure,
        at_least,
        at_most,
        hidden: &hidden,
        screen,
    };
    let credit = (at_least > 0.0).then(|| (sure_f.min(at_least), at_least));
    let counted = if sure_f >= at_least && at_most.is_none_or(|m| most <= m) {
        Verdict::Pass
    } else if most < at_least || at_most.is_some_and(|m| sure_f > m) {
        Verdict::Fail
    } else {
        Verdict::Unsure
    };
    match counted {
        Verdict::Fail => {
            let drafts =
                if at_most.is_some_and(|m| sure_f > m) { texts.too_many() } else { vec![texts.too_few()] };
            Outcome { credit, ..Outcome::fail(drafts) }
        }
        Verdict::Unsure => texts.unsure(),
        _ => {
            match cover::judge(c, options, expect, &judged, screen) {
                Cover::Enough => {}
                Cover::Little(covered, asked) => {
                    let draft = texts.covers_too_little(covered, asked);
                    return Outcome { credit, ..Outcome::fail(vec![draft]) };
                }
                Cover::Unknown => return texts.unsure_of_cover(),
            }
            let things: Vec<&Judged> = judged.iter().filter(|j| j.answer == Answer::Yes).collect();
            let every = each::every(c, options, expect, &things, message, screen);
            if every.verdict == Verdict::Pass && things.is_empty() && at_least == 0.0 && at_most.is_none() {
                return Outcome::skip("nothing of it is on the page");
            }
            Outcome { credit, ..every }
        }
    }
}

/// Parts that are missing and yet may be there: what would show them.
fn missing_but_possible(
    c: &Context<'_>,
    options: &Options<'_>,
    parts: &[PartRef],
    judged: &[Judged],
    expect: &Expect,
) -> Vec<(PartRef, Need)> {
    let mut out = Vec::new();
    // where one part is known to come by script, others do too
    let filled = || {
        c.plan().parts.iter().enumerate().any(|(id, p)| {
            let found = c.map.of(id as u32).iter().any(|t| t.status == Status::Found && t.place.is_none());
            matches!(&p.part.absence, Absence::Data(path) if !found && has_data(c, path))
        })
    };
    for part in parts {
        let any = judged
            .iter()
            .any(|j| j.thing.part == *part && (j.answer != Answer::No || expect.outside.is_empty()));
        let seen = judged.iter().any(|j| j.thing.part == *part && j.answer != Answer::No);
        if seen {
            continue;
        }
        let definition = c.plan().part(*part);
        let absence = definition.map_or(&Absence::Sure, |p| &p.absence);
        let section = definition.is_some_and(|p| p.kind == crate::pack::model::PartType::Section);
        let drawn = matches!(absence, Absence::Pictures | Absence::Legible);
        let described = options.of_description || section || drawn;
        let need = if c.guard.partial {
            Some(Need::Limit)
        } else if described && c.guard.remote {
            Some(Need::RemoteDescription)
        } else if c.guard.hollow && definition.is_some_and(|p| p.scope == Scope::Main) {
            Some(Need::Render)
        } else if any && !(c.guard.scripts && keeps_known_slot(c, *part)) {
            // it is there and does not count: that is known
            None
        } else {
            match absence {
                Absence::Legible if c.guard.opaque => Some(Need::ImageText),
                Absence::Pictures if c.guard.pictures => Some(Need::ImageText),
                Absence::Data(path) if c.guard.scripts && has_data(c, path) => Some(Need::Render),
                _ if c.guard.scripts && keeps_slot(c, *part, filled()) => Some(Need::Render),
                _ => None,
            }
        };
        out.extend(need.map(|n| (*part, n)));
    }
    out
}

/// Whether the page's structured data has a path.
fn has_data(c: &Context<'_>, path: &str) -> bool {
    DataPath::parse(path).is_ok_and(|path| !c.scene.data.values(&path).is_empty())
}

/// How many count for sure, and how many more may.
fn count(
    c: &Context<'_>,
    expect: &Expect,
    judged: &[Judged],
    parts: &[PartRef],
    hidden: &[(PartRef, Need)],
) -> (usize, usize) {
    let yes = || judged.iter().filter(|j| j.answer == Answer::Yes);
    let maybe = || judged.iter().filter(|j| matches!(j.answer, Answer::Maybe(_)));
    match expect.distinct {
        None => (yes().count(), maybe().count()),
        Some(Property::Part) => {
            let sure: HashSet<PartRef> = yes().map(|j| j.thing.part).collect();
            let more: HashSet<PartRef> =
                maybe().map(|j| j.thing.part).chain(hidden.iter().map(|h| h.0)).collect();
            let more = parts
                .iter()
                .collect::<HashSet<_>>()
                .into_iter()
                .filter(|p| more.contains(p) && !sure.contains(p))
                .count();
            (sure.len(), more)
        }
        Some(property) => {
            let read = |j: &Judged| -> Vec<String> {
                if property == Property::Value {
                    return members::of(c, &j.thing).into_iter().collect();
                }
                if property == Property::File {
                    return vec![properties::file(c, &j.thing)];
                }
                properties::read(c, &j.thing, property).filter(|v| !v.is_empty()).into_iter().collect()
            };
            let sure: HashSet<String> = yes().flat_map(read).collect();
            let more: HashSet<String> = maybe().flat_map(read).filter(|v| !sure.contains(v)).collect();
            (sure.len(), more.len())
        }
    }
}

/// A number without a needless ".0".
pub fn plain(n: f64) -> String {
    if n.fract() == 0.0 && n.abs() < 1e15 { format!("{}", n as i64) } else { format!("{n}") }
}
