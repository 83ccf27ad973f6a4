//! `find`: enough of the right things, and every one of them in order.

use crate::audit::Status;
use crate::finding::{Basis, Need, Verdict};
use crate::pack::model::{Absence, Arg, Expect, Property, Trait, Value};
use crate::pack::names_in;
use crate::page::data::DataPath;
use crate::parts::flow::Flow;
use crate::parts::plan::PartRef;
use crate::rules::context::{Answer, Context, Options};
use crate::rules::each;
use crate::rules::filters::{Judged, judge};
use crate::rules::landmark;
use crate::rules::message::{Values, fill, shown_names};
use crate::rules::outcome::{Draft, Near, Outcome, Spot};
use crate::rules::properties;
use crate::rules::slots::keeps_slot;
use std::collections::{BTreeSet, HashSet};

/// Near misses named in one message.
const NEAR: usize = 5;

/// Judges a `find` expectation on one viewport.
pub fn find(
    c: &Context<'_>,
    options: &Options<'_>,
    expect: &Expect,
    subject: &Arg,
    message: Option<&str>,
    flow: Option<&Flow>,
) -> Outcome {
    let Some(list) = options.value(subject) else { return Outcome::skip("the option has no value") };
    let names = names_in(list);
    if names.is_empty() {
        return Outcome::skip("nothing is asked for here");
    }
    let parts: Vec<PartRef> = names.iter().filter_map(|n| c.plan().part_ref(n)).collect();
    let mut judged: Vec<Judged> = Vec::new();
    for part in &parts {
        judged.extend(c.things(*part).into_iter().map(|t| judge(c, options, expect, t, flow)));
    }
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
    let hidden = missing_but_possible(c, &parts, &judged, expect);
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
            let things: Vec<&Judged> = judged.iter().filter(|j| j.answer == Answer::Yes).collect();
            let every = each::every(c, options, expect, &things, message);
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
        let need = if c.guard.partial {
            Some(Need::Limit)
        } else if section && c.guard.remote {
            Some(Need::RemoteDescription)
        } else if any {
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
            let read = |j: &Judged| properties::read(c, &j.thing, property).filter(|v| !v.is_empty());
            let sure: HashSet<String> = yes().filter_map(read).collect();
            let more: HashSet<String> = maybe().filter_map(read).filter(|v| !sure.contains(v)).collect();
            (sure.len(), more.len())
        }
    }
}

struct Texts<'t> {
    c: &'t Context<'t>,
    options: &'t Options<'t>,
    expect: &'t Expect,
    parts: &'t [PartRef],
    judged: &'t [Judged],
    message: Option<&'t str>,
    fix: &'t str,
    sure: usize,
    at_least: f64,
    at_most: Option<f64>,
    hidden: &'t [(PartRef, Need)],
}

impl Texts<'_> {
    fn near(&self) -> Vec<Near> {
        let mut near: Vec<Near> = self.judged.iter().filter_map(Near::of).collect();
        near.sort_by_key(|n| (n.thing.anchor, self.parts.iter().position(|p| *p == n.thing.part)));
        near
    }

    /// Values of the placeholders that message and fix show.
    fn values(&self) -> Values {
        let (c, w) = (self.c, self.c.wording());
        let counts = |p: &PartRef| self.judged.iter().any(|j| j.thing.part == *p && j.answer == Answer::Yes);
        let mut values = Values::new();
        for name in shown_names(&[self.template(), self.fix]) {
            let (name, value) = match name {
                "count" => ("count", self.sure.to_string()),
                "at_least" => ("at_least", plain(self.at_least)),
                "at_most" => ("at_most", self.at_most.map(plain).unwrap_or_default()),
                "part" => ("part", self.parts.first().map(|p| c.title(*p)).unwrap_or_default()),
                "found" => {
                    let found: Vec<String> =
                        self.parts.iter().filter(|p| counts(p)).map(|p| c.title(*p)).collect();
                    ("found", if found.is_empty() { w.none().to_string() } else { w.list(found) })
                }
                "missing" => {
                    let why = |p: &PartRef| {
                        self.judged.iter().filter(|j| j.thing.part == *p).find_map(|j| j.reason.as_ref())
                    };
                    let missing = self.parts.iter().filter(|p| !counts(p));
                    let title = |p: &PartRef| c.plan().title(*p, c.lang);
                    let missing: Vec<String> = missing.map(|p| w.item(title(p), why(p))).collect();
                    ("missing", w.list(missing))
                }
                "rejected" => ("rejected", w.also_seen(&self.also_seen())),
                _ => continue,
            };
            values.insert(name, value);
        }
        values
    }

    /// The near misses in words, each once.
    fn also_seen(&self) -> Vec<String> {
        let mut seen: Vec<String> = Vec::new();
        for near in self.near().iter().filter(|n| n.thing.status == Status::Found || n.certain) {
            let text = format!("{} {}", self.c.title(near.thing.part), near.reason.inline());
            if !seen.contains(&text) && seen.len() < NEAR {
                seen.push(text);
            }
        }
        seen
    }

    /// The message before its placeholders are filled.
    fn template(&self) -> &str {
        let default = if self.c.wording() == crate::rules::wording::Wording::Zh {
            "未找到：{missing}。{rejected}"
        } else {
            "Not found: {missing}. {rejected}"
        };
        self.message.unwrap_or(default)
    }

    fn basis(&self) -> Option<Basis> {
        self.expect.is.contains(&Trait::FirstScreen).then(|| {
            let flow = self.c.flows.first();
            let measured = self
                .judged
                .iter()
                .filter(|j| j.reason.is_some())
                .any(|j| flow.is_some_and(|f| f.top(j.thing.anchor).1 == Basis::Measured));
            if measured { Basis::Measured } else { Basis::Estimated }
        })
    }

    fn text(&self, values: &Values) -> String {
        fill(self.template(), values, self.options, self.c)
    }

    fn part(&self) -> Option<String> {
        self.parts.first().map(|p| self.c.plan().name(*p).to_string())
    }

    fn too_few(&self) -> Draft {
        let values = self.values();
        Draft {
            spot: Spot::Landmark(landmark::of_missing(self.c, self.expect, self.parts)),
            message: self.text(&values),
            part: self.part(),
            near: self.near(),
            basis: self.basis(),
            place: None,
            values,
        }
    }

    fn too_many(&self) -> Vec<Draft> {
        let most = self.at_most.unwrap_or(0.0) as usize;
        let message = self.text(&self.values());
        self.judged
            .iter()
            .filter(|j| j.answer == Answer::Yes)
            .skip(most)
            .map(|j| Draft {
                spot: Spot::Thing(Box::new(j.thing.clone())),
                message: message.clone(),
                part: Some(self.c.plan().name(j.thing.part).to_string()),
                near: Vec::new(),
                basis: self.basis(),
                place: None,
                values: Values::new(),
            })
            .collect()
    }

    /// Whether only structured data has the part.
    fn data_only(&self, part: PartRef) -> bool {
        let absence = self.c.plan().part(part).map(|p| &p.absence);
        matches!(absence, Some(Absence::Data(path)) if has_data(self.c, path))
    }

    fn unsure(&self) -> Outcome {
        let (c, w) = (self.c, self.c.wording());
        let mut needs: BTreeSet<Need> = self.hidden.iter().map(|h| h.1).collect();
        let mut what: Vec<String> = Vec::new();
        for j in self.judged {
            if let (Answer::Maybe(need), Some(reason)) = (&j.answer, &j.reason) {
                needs.insert(*need);
                let text = format!("{} {}", c.title(j.thing.part), reason.inline());
                if !what.contains(&text) && what.len() < NEAR {
                    what.push(text);
                }
            }
        }
        for (part, need) in self.hidden.iter().take(NEAR) {
            let title = c.title(*part);
            what.push(match need {
                Need::ImageText => w.in_pictures(&title),
                Need::RemoteDescription => w.in_remote(&title),
                Need::Render if self.data_only(*part) => w.in_scripts(&title),
                Need::Render => w.in_slot(&title),
                _ => w.in_rest(&title),
            });
        }
        let maybe = self.judged.iter().find(|j| matches!(j.answer, Answer::Maybe(_)));
        let spot = match maybe {
            Some(j) => Spot::Thing(Box::new(j.thing.clone())),
            None => Spot::Landmark(landmark::of_missing(c, self.expect, self.parts)),
        };
        let draft = Draft {
            spot,
            message: w.cannot_tell(&w.list(what)),
            part: maybe.map(|j| c.plan().name(j.thing.part).to_string()).or_else(|| self.part()),
            near: self.near(),
            basis: self.basis(),
            place: None,
            values: Values::new(),
        };
        Outcome::unsure(draft, needs)
    }
}

/// A number without a needless ".0".
pub fn plain(n: f64) -> String {
    if n.fract() == 0.0 && n.abs() < 1e15 { format!("{}", n as i64) } else { format!("{n}") }
}
