//! The pages behind the numbers: what is wrong, with the evidence of both sides.

use crate::eval::compare::{Compared, ErrorFinding, Judged, Named};
use crate::eval::corpus::Half;
use crate::eval::sample::sample;
use crate::eval::tally::Answer;
use serde::Serialize;
use std::collections::BTreeMap;

/// What to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked {
    /// Only this half's pages.
    pub half: Option<Half>,
    /// List error findings.
    pub findings: bool,
    /// Draw so many of them.
    pub sample: Option<usize>,
    /// With this seed.
    pub seed: u64,
}

/// How often what a reader says (outer) was called what (inner).
pub type Confusion = BTreeMap<String, BTreeMap<String, usize>>;

/// The pages behind the numbers.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Details {
    /// Whose pages these are; absent: all.
    pub half: Option<Half>,
    /// Wrong answers by label.
    pub labels: BTreeMap<String, Mistakes>,
    /// Wrong numbers by label.
    pub numbers: BTreeMap<String, Vec<WrongNumber>>,
    /// Page kinds.
    pub kinds: Confusion,
    /// Pages of another kind than we say.
    pub wrong_kinds: Vec<WrongName>,
    /// Categories.
    pub categories: Confusion,
    /// Pages that sell something else than we say.
    pub wrong_categories: Vec<WrongName>,
    /// Pages whose sections stand in another order for us, the worst first.
    pub orders: Vec<WrongOrder>,
    /// Pages whose first price is not the written one.
    pub prices: Vec<WrongPrice>,
    /// Findings of level error on live stores and rendered demos, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub findings: Option<Vec<ErrorFinding>>,
    /// A random sample of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<Vec<ErrorFinding>>,
}

/// Pages of one label with a wrong answer.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Mistakes {
    /// Label no, and found.
    #[serde(rename = "false")]
    pub wrong: Vec<Mistake>,
    /// Label yes, and not found, not even as unsure.
    pub missed: Vec<Mistake>,
    /// Found only as unsure where the label says yes: counts as missed.
    pub missed_unsure: Vec<Mistake>,
    /// Found only as unsure where the label says no: counts as right.
    pub suspected: Vec<Mistake>,
}

/// A page with what both sides saw.
#[derive(Clone, Debug, Serialize)]
pub struct Mistake {
    /// The page.
    pub file: String,
    /// The reader's evidence.
    pub label: String,
    /// Ours.
    pub ours: String,
}

/// A page with another number.
#[derive(Clone, Debug, Serialize)]
pub struct WrongNumber {
    /// The page.
    pub file: String,
    /// The reader's.
    pub theirs: u32,
    /// Ours.
    pub ours: u32,
    /// Those that are only unsure.
    pub unsure: u32,
    /// The reader's evidence.
    pub label: String,
    /// Ours.
    pub our_evidence: String,
}

/// A page with another word.
#[derive(Clone, Debug, Serialize)]
pub struct WrongName {
    /// The page.
    pub file: String,
    /// The reader's.
    pub theirs: String,
    /// Ours; null is unknown.
    pub ours: Option<String>,
    /// Why we say so.
    pub reason: String,
}

/// A page with another order.
#[derive(Clone, Debug, Serialize)]
pub struct WrongOrder {
    /// The page.
    pub file: String,
    /// Kendall's tau.
    pub tau: f64,
    /// The reader's order.
    pub theirs: Vec<String>,
    /// Ours.
    pub ours: Vec<String>,
}

/// A page with another price.
#[derive(Clone, Debug, Serialize)]
pub struct WrongPrice {
    /// The page.
    pub file: String,
    /// As people wrote it.
    pub written: Vec<String>,
    /// The first that was found.
    pub ours: Option<String>,
    /// Whether the written one is found further down.
    pub among: bool,
}

impl Details {
    /// Lists what is asked for.
    pub fn of(pages: &[Compared], asked: &Asked) -> Details {
        let mut details = Details { half: asked.half, ..Details::default() };
        let mut findings = Vec::new();
        for page in pages.iter().filter(|p| asked.half.is_none_or(|h| p.half == h)) {
            details.add(page);
            if page.counts {
                findings.extend(page.findings.iter().cloned());
            }
        }
        details.orders.sort_by(|a, b| a.tau.total_cmp(&b.tau).then_with(|| a.file.cmp(&b.file)));
        let drawn = asked.sample.map(|many| sample(findings.len(), many, asked.seed));
        details.sample = drawn.map(|places| places.iter().map(|p| findings[*p].clone()).collect());
        details.findings = asked.findings.then_some(findings);
        details
    }

    fn add(&mut self, page: &Compared) {
        for (name, judged) in &page.labels {
            if let Some(list) = list(self.labels.entry(name.clone()).or_default(), judged) {
                list.push(Mistake {
                    file: page.file.clone(),
                    label: judged.evidence.clone(),
                    ours: judged.our_evidence.clone(),
                });
            }
        }
        for (name, counted) in &page.numbers {
            if let Some(theirs) = counted.theirs.filter(|t| *t != counted.ours) {
                self.numbers.entry(name.clone()).or_default().push(WrongNumber {
                    file: page.file.clone(),
                    theirs,
                    ours: counted.ours,
                    unsure: counted.unsure,
                    label: counted.evidence.clone(),
                    our_evidence: counted.our_evidence.clone(),
                });
            }
        }
        if let Some(kind) = &page.kind {
            name(page, kind, &mut self.kinds, &mut self.wrong_kinds);
        }
        if let Some(category) = &page.category {
            name(page, category, &mut self.categories, &mut self.wrong_categories);
        }
        if let Some((order, tau)) = page.order.as_ref().and_then(|o| Some((o, o.tau.filter(|t| *t < 1.0)?))) {
            self.orders.push(WrongOrder {
                file: page.file.clone(),
                tau,
                theirs: order.sections.clone(),
                ours: order.ours.clone(),
            });
        }
        if let Some(price) = page.price.as_ref().filter(|p| !p.equal) {
            self.prices.push(WrongPrice {
                file: page.file.clone(),
                written: price.written.clone(),
                ours: price.ours.clone(),
                among: price.among,
            });
        }
    }
}

fn list<'m>(mistakes: &'m mut Mistakes, judged: &Judged) -> Option<&'m mut Vec<Mistake>> {
    match (judged.theirs, judged.ours) {
        (Answer::No, Answer::Yes) => Some(&mut mistakes.wrong),
        (Answer::Yes, Answer::No) => Some(&mut mistakes.missed),
        (Answer::Yes, Answer::Unsure) => Some(&mut mistakes.missed_unsure),
        (Answer::No, Answer::Unsure) => Some(&mut mistakes.suspected),
        _ => None,
    }
}

fn name(page: &Compared, named: &Named, table: &mut Confusion, wrong: &mut Vec<WrongName>) {
    let ours = named.ours.clone().unwrap_or_else(|| "unknown".into());
    *table.entry(named.theirs.clone()).or_default().entry(ours).or_default() += 1;
    if !named.right() {
        wrong.push(WrongName {
            file: page.file.clone(),
            theirs: named.theirs.clone(),
            ours: named.ours.clone(),
            reason: named.reason.clone(),
        });
    }
}
