//! What an expectation says before it becomes findings.

use crate::finding::Span;
use crate::finding::{Basis, Need, Verdict};
use crate::page::dom::El;
use crate::parts::map::Thing;
use crate::rules::filters::Judged;
use crate::rules::message::Values;
use crate::rules::wording::Reason;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Where a finding sits.
#[derive(Clone, Debug)]
pub enum Spot {
    /// On a thing.
    Thing(Box<Thing>),
    /// On the nearest landmark of what is missing.
    Landmark(El),
}

/// A near miss: the thing and its reason.
#[derive(Clone, Debug)]
pub struct Near {
    /// The thing.
    pub thing: Thing,
    /// Why it does not count.
    pub reason: Reason,
    /// Whether it surely does not count.
    pub certain: bool,
}

impl Near {
    /// Of a judged thing that does not (surely) count.
    pub fn of(judged: &Judged) -> Option<Near> {
        let certain = judged.answer == crate::rules::context::Answer::No;
        judged.reason.clone().map(|reason| Near { thing: judged.thing.clone(), reason, certain })
    }

    /// Which near miss is told first: one that a shopper sees, then the one of most points.
    pub fn rank(&self) -> (bool, Reverse<u32>) {
        (self.reason.unseen, Reverse(self.thing.points))
    }
}

/// One finding to be.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Where.
    pub spot: Spot,
    /// What is wrong.
    pub message: String,
    /// Part it is about, by name.
    pub part: Option<String>,
    /// Near misses.
    pub near: Vec<Near>,
    /// Measured or estimated, where a place on the screen decided.
    pub basis: Option<Basis>,
    /// The place in structured data or text that it is exactly about.
    pub place: Option<Span>,
    /// Values of the message's placeholders, for the fix.
    pub values: Values,
}

/// An expectation's answer.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The verdict.
    pub verdict: Verdict,
    /// What is wrong, or cannot be told.
    pub drafts: Vec<Draft>,
    /// What would decide it.
    pub needs: BTreeSet<Need>,
    /// Why it was skipped.
    pub skipped: Option<String>,
    /// For partial credit: how many of how many.
    pub credit: Option<(f64, f64)>,
}

impl Outcome {
    /// A verdict without findings.
    pub fn plain(verdict: Verdict) -> Outcome {
        Outcome { verdict, drafts: Vec::new(), needs: BTreeSet::new(), skipped: None, credit: None }
    }

    /// Skipped, with the reason.
    pub fn skip(why: impl Into<String>) -> Outcome {
        Outcome { skipped: Some(why.into()), ..Outcome::plain(Verdict::Skip) }
    }

    /// Failed.
    pub fn fail(drafts: Vec<Draft>) -> Outcome {
        Outcome { drafts, ..Outcome::plain(Verdict::Fail) }
    }

    /// Unsure, with what would decide it.
    pub fn unsure(draft: Draft, needs: BTreeSet<Need>) -> Outcome {
        Outcome { drafts: vec![draft], needs, ..Outcome::plain(Verdict::Unsure) }
    }
}
