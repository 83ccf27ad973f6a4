//! What a `find` says where it does not pass.

use super::{NEAR, has_data, plain};
use crate::audit::Status;
use crate::finding::{Basis, Need, Verdict};
use crate::pack::model::{Absence, Expect, Trait};
use crate::page::dom::El;
use crate::parts::plan::PartRef;
use crate::parts::screen::Screen;
use crate::rules::context::{Answer, Context, Options};
use crate::rules::cover;
use crate::rules::filters::Judged;
use crate::rules::landmark;
use crate::rules::message::{Values, fill, shown_names};
use crate::rules::outcome::{Draft, Near, Outcome, Spot};
use std::collections::BTreeSet;

pub(super) struct Texts<'t> {
    pub(super) c: &'t Context<'t>,
    pub(super) options: &'t Options<'t>,
    pub(super) expect: &'t Expect,
    pub(super) parts: &'t [PartRef],
    pub(super) judged: &'t [Judged],
    pub(super) message: Option<&'t str>,
    pub(super) fix: &'t str,
    pub(super) sure: usize,
    pub(super) at_least: f64,
    pub(super) at_most: Option<f64>,
    pub(super) hidden: &'t [(PartRef, Need)],
    pub(super) screen: Option<&'t Screen>,
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
                        let of_part = self.judged.iter().filter(|j| j.thing.part == *p);
                        of_part.filter_map(Near::of).min_by_key(Near::rank).map(|n| n.reason)
                    };
                    let missing = self.parts.iter().filter(|p| !counts(p));
                    let title = |p: &PartRef| c.plan().title(*p, c.lang);
                    let missing: Vec<String> = missing.map(|p| w.item(title(p), why(p).as_ref())).collect();
                    ("missing", w.list(missing))
                }
                "value" | "low" => {
                    let shares = cover::shares(c, self.options, self.expect, self.judged, self.screen);
                    let Some((covered, asked)) = shares else { continue };
                    if name == "value" { ("value", percent(covered)) } else { ("low", percent(asked)) }
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
        let mut all = self.near();
        all.retain(|n| n.thing.status == Status::Found || n.certain);
        all.sort_by_key(Near::rank);
        for near in &all {
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
            let screen = self.screen.or(self.c.screens.first());
            let measured =
                self.judged.iter().filter(|j| j.reason.is_some()).any(|j| {
                    screen.is_some_and(|s| s.top(self.c.scene, j.thing.anchor).1 == Basis::Measured)
                });
            if measured { Basis::Measured } else { Basis::Estimated }
        })
    }

    fn text(&self, values: &Values) -> String {
        fill(self.template(), values, self.options, self.c)
    }

    fn landmark(&self) -> El {
        self.options.landmark(|| landmark::of_missing(self.c, self.expect, self.parts))
    }

    fn part(&self) -> Option<String> {
        self.parts.first().map(|p| self.c.plan().name(*p).to_string())
    }

    pub(super) fn too_few(&self) -> Draft {
        let values = self.values();
        Draft {
            spot: Spot::Landmark(self.landmark()),
            message: self.text(&values),
            part: self.part(),
            near: self.near(),
            basis: self.basis(),
            place: None,
            values,
        }
    }

    pub(super) fn too_many(&self) -> Vec<Draft> {
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

    /// Enough things, and they cover too little of the first screen.
    pub(super) fn covers_too_little(&self, covered: f32, asked: f32) -> Draft {
        let mut values = self.values();
        values.insert("value", percent(covered));
        values.insert("low", percent(asked));
        let first = self.judged.iter().find(|j| j.answer == Answer::Yes);
        let spot = match first {
            Some(j) => Spot::Thing(Box::new(j.thing.clone())),
            None => Spot::Landmark(self.landmark()),
        };
        Draft {
            spot,
            message: self.text(&values),
            part: self.part(),
            near: self.near(),
            basis: Some(Basis::Measured),
            place: None,
            values,
        }
    }

    /// What things cover was not measured, or depends on things that may count.
    pub(super) fn unsure_of_cover(&self) -> Outcome {
        let Outcome { mut drafts, mut needs, .. } = self.unsure();
        if needs.is_empty() {
            needs.insert(Need::Layout);
        }
        let what = self.part().map(|_| self.c.title(self.parts[0])).unwrap_or_default();
        if let Some(draft) = drafts.first_mut().filter(|_| self.judged.iter().all(|j| j.reason.is_none())) {
            draft.message = self.c.wording().cannot_tell(&self.c.wording().cover_unknown(&what));
        }
        Outcome { drafts, needs, ..Outcome::plain(Verdict::Unsure) }
    }

    /// Whether only structured data has the part.
    fn data_only(&self, part: PartRef) -> bool {
        let absence = self.c.plan().part(part).map(|p| &p.absence);
        matches!(absence, Some(Absence::Data(path)) if has_data(self.c, path))
    }

    pub(super) fn unsure(&self) -> Outcome {
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
            None => Spot::Landmark(self.landmark()),
        };
        let draft = Draft {
            spot,
            message: w.cannot_tell(&w.list(what)),
            part: maybe.map(|j| c.plan().name(j.thing.part).to_string()).or_else(|| self.part()),
            near: self.near(),
            basis: self.basis(),
            place: None,
            // the way out names what is missing
            values: self.values(),
        };
        Outcome::unsure(draft, needs)
    }
}

/// "25 %".
fn percent(share: f32) -> String {
    format!("{} %", plain(f64::from((share * 100.0).round())))
}
