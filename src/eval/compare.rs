//! One page: what people say of it, and what we say.

use crate::audit::{PartRecord, Recognised, Status, Tri};
use crate::eval::corpus::{CATEGORY, CorpusPage, Half, KIND, PRICE, SECTION_ORDER};
use crate::eval::mapping::{Answering, Form, Mapping};
use crate::eval::order::{self, Order};
use crate::eval::price::{self, Priced};
use crate::eval::tally::Answer;
use crate::pack::rules::PAGES;
use serde::Serialize;
use std::collections::BTreeMap;

/// Things told of a part's evidence.
const TOLD: usize = 2;
/// The kind of pages that have no kind of their own.
const OTHER: &str = "other";

/// What an audit says of a page.
#[derive(Clone, Debug)]
pub struct Ours {
    /// Page kind.
    pub kind: Recognised,
    /// Category.
    pub category: Recognised,
    /// Parts in page order, with what is on a desktop's first screen.
    pub parts: Vec<PartRecord>,
    /// Whether the page was laid out on a desktop.
    pub laid: bool,
    /// Points as an item page.
    pub item_points: Option<i32>,
    /// Findings of level error.
    pub findings: Vec<ErrorFinding>,
    /// What reading, judging and measuring took.
    pub millis: f64,
}

/// A finding of level error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorFinding {
    /// The page.
    pub file: String,
    /// The rule.
    pub rule: String,
    /// What is wrong.
    pub message: String,
    /// Line, from 1.
    pub line: u32,
}

/// A label beside our answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The reader's answer; unsure where it is disputed.
    pub theirs: Answer,
    /// Ours.
    pub ours: Answer,
    /// What the reader saw.
    pub evidence: String,
    /// What we saw.
    pub our_evidence: String,
}

/// A number beside ours.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// The reader's; `None` where unsure or disputed.
    pub theirs: Option<u32>,
    /// Ours.
    pub ours: u32,
    /// Those that are only unsure.
    pub unsure: u32,
    /// What the reader saw.
    pub evidence: String,
    /// What we saw.
    pub our_evidence: String,
}

/// A word for the whole page beside ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The reader's.
    pub theirs: String,
    /// Ours; `None` is unknown.
    pub ours: Option<String>,
    /// Why we say so.
    pub reason: String,
}

impl Named {
    /// Whether both say the same.
    pub fn right(&self) -> bool {
        self.ours.as_deref() == Some(&self.theirs)
    }
}

/// A page compared.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The page.
    pub file: String,
    /// Its half.
    pub half: Half,
    /// Whether it is of a live store or a rendered demo.
    pub counts: bool,
    /// Whether it has any label.
    pub labelled: bool,
    /// Labels of yes and no.
    pub labels: BTreeMap<String, Judged>,
    /// Labels that are numbers.
    pub numbers: BTreeMap<String, Counted>,
    /// What the page is; `None` where that is disputed.
    pub kind: Option<Named>,
    /// What it sells; `None` where no category of ours stands for the manifest's word.
    pub category: Option<Named>,
    /// Points as an item page.
    pub item_points: Option<i32>,
    /// The order of its sections.
    pub order: Option<Order>,
    /// Its price.
    pub price: Option<Priced>,
    /// Findings of level error.
    pub findings: Vec<ErrorFinding>,
    /// What the page took.
    pub millis: f64,
}

/// Compares one page.
pub fn compare(page: &CorpusPage, ours: Ours, mapping: &Mapping) -> Compared {
    let agreed = |label: &str| !page.disputed.contains_key(label);
    let (mut labels, mut numbers) = (BTreeMap::new(), BTreeMap::new());
    for (name, label) in &page.labels {
        let Some(answering) = mapping.labels.get(name) else { continue };
        let value = if agreed(name) { label.value.as_str() } else { "unsure" };
        if answering.form() == Form::Count {
            numbers.insert(name.clone(), counted(value, &label.evidence, answering, &ours));
        } else {
            labels.insert(name.clone(), judged(value, &label.evidence, answering, &ours));
        }
    }
    let named = |theirs: &str, ours: &Recognised| Named {
        theirs: theirs.to_string(),
        ours: ours.value.clone(),
        reason: ours.reason.clone(),
    };
    // of other pages nobody asks what they sell
    let sells = matches!(page.kind.as_str(), "item" | "listing") && agreed(CATEGORY);
    let category = mapping.categories.get(&page.category).filter(|_| sells);
    let order = page.labels.get(SECTION_ORDER).filter(|_| agreed(SECTION_ORDER));
    Compared {
        file: page.file.clone(),
        half: page.half,
        counts: page.counts(),
        labelled: !page.labels.is_empty(),
        labels,
        numbers,
        kind: agreed(KIND).then(|| {
            // what has no kind of its own is another page
            let known = PAGES.contains(&page.kind.as_str());
            let said = if known { page.kind.as_str() } else { OTHER };
            let kind = named(said, &ours.kind);
            // a manifest that has one word for all other pages
            let within =
                kind.ours.as_ref().and_then(|ours| mapping.kinds.get(ours)).is_some_and(|k| k == said);
            if within { Named { ours: Some(said.to_string()), ..kind } } else { kind }
        }),
        category: category.map(|c| named(c, &ours.category)),
        item_points: ours.item_points,
        order: order.map(|o| order::compare(&o.value, &ours.parts, mapping)),
        price: (!page.prices.is_empty() && agreed(PRICE)).then(|| price::compare(&page.prices, &ours.parts)),
        findings: ours.findings,
        millis: ours.millis,
    }
}

fn judged(value: &str, evidence: &str, answering: &Answering, ours: &Ours) -> Judged {
    let screen = answering.form() == Form::Screen;
    let answers: Vec<(Answer, &PartRecord)> = ours
        .parts
        .iter()
        .filter(|p| answering.parts.contains(&p.part))
        .map(|p| {
            let seen = if screen && ours.laid { p.screen } else { Tri::Yes };
            let answer = match (p.status, seen) {
                (_, Tri::No) => Answer::No,
                (Status::Found, Tri::Yes) => Answer::Yes,
                _ => Answer::Unsure,
            };
            (answer, p)
        })
        .collect();
    let best = [Answer::Yes, Answer::Unsure].into_iter().find(|a| answers.iter().any(|(b, _)| b == a));
    let mut answer = best.unwrap_or(Answer::No);
    let deciding = answers.iter().filter(|(a, _)| *a == answer).map(|(_, p)| *p);
    let mut our_evidence = told(deciding, screen);
    if screen && !ours.laid && answer != Answer::No {
        answer = Answer::Unsure;
        our_evidence = format!("not laid out: {our_evidence}");
    }
    Judged {
        theirs: Answer::parse(value).unwrap_or(Answer::Unsure),
        ours: answer,
        evidence: evidence.to_string(),
        our_evidence,
    }
}

fn counted(value: &str, evidence: &str, answering: &Answering, ours: &Ours) -> Counted {
    let asked = |p: &&PartRecord| {
        answering.parts.contains(&p.part) && answering.region.as_ref().is_none_or(|r| *r == p.region)
    };
    let of = |status| ours.parts.iter().filter(asked).filter(move |p| p.status == status);
    let many = |status| u32::try_from(of(status).count()).unwrap_or(u32::MAX);
    Counted {
        theirs: value.parse().ok(),
        ours: many(Status::Found),
        unsure: many(Status::Unsure),
        evidence: evidence.to_string(),
        our_evidence: told(of(Status::Found), false),
    }
}

/// "price in line 12 (name “price” + shape “money”)".
fn told<'p>(parts: impl Iterator<Item = &'p PartRecord>, screen: bool) -> String {
    let all: Vec<&PartRecord> = parts.collect();
    let one = |p: &&PartRecord| {
        let mut why: Vec<String> = p.evidence.iter().map(|e| format!("{} “{}”", e.field, e.phrase)).collect();
        why.dedup();
        let unsure =
            if p.status == Status::Unsure { format!("unsure, {} points: ", p.points) } else { String::new() };
        let top = p.top.filter(|_| screen).map_or(String::new(), |top| format!(", {top} px from the top"));
        format!("{} in line {}{top} ({unsure}{})", p.part, p.line, why.join(" + "))
    };
    let mut text = all.iter().take(TOLD).map(one).collect::<Vec<_>>().join("; ");
    if all.len() > TOLD {
        text.push_str(&format!("; {} more", all.len() - TOLD));
    }
    if text.is_empty() { "nothing".into() } else { text }
}
