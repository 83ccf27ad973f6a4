//! Counts of right and wrong answers.

use crate::eval::corpus::Half;
use serde::{Serialize, Serializer};

/// An answer to a label's question, by a reader or by us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// There is one.
    Yes,
    /// There is none.
    No,
    /// It cannot be told.
    Unsure,
}

impl Answer {
    /// The answer of that name.
    pub fn parse(name: &str) -> Option<Answer> {
        match name {
            "yes" => Some(Answer::Yes),
            "no" => Some(Answer::No),
            "unsure" => Some(Answer::Unsure),
            _ => None,
        }
    }
}

/// Answers to one label, or to many. Where the label is unsure, nothing else counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pages where the label says yes.
    pub yes: usize,
    /// Pages where it says no.
    pub no: usize,
    /// Pages where it is unsure or disputed.
    pub unsure: usize,
    /// Label yes, and found.
    pub hit: usize,
    /// Label no, and found.
    pub wrong: usize,
    /// Label yes, found only as unsure: counts as missed.
    pub half_hit: usize,
    /// Label no, found only as unsure: counts as not found.
    pub half_wrong: usize,
}

impl Tally {
    /// Counts one page.
    pub fn count(&mut self, theirs: Answer, ours: Answer) {
        match theirs {
            Answer::Unsure => self.unsure += 1,
            Answer::Yes => {
                self.yes += 1;
                self.hit += usize::from(ours == Answer::Yes);
                self.half_hit += usize::from(ours == Answer::Unsure);
            }
            Answer::No => {
                self.no += 1;
                self.wrong += usize::from(ours == Answer::Yes);
                self.half_wrong += usize::from(ours == Answer::Unsure);
            }
        }
    }

    /// Adds another's counts.
    pub fn add(&mut self, other: &Tally) {
        self.yes += other.yes;
        self.no += other.no;
        self.unsure += other.unsure;
        self.hit += other.hit;
        self.wrong += other.wrong;
        self.half_hit += other.half_hit;
        self.half_wrong += other.half_wrong;
    }

    /// Of what was found, the share that is there.
    pub fn precision(&self) -> Option<f64> {
        ratio(self.hit, self.hit + self.wrong)
    }

    /// Of what is there, the share that was found.
    pub fn recall(&self) -> Option<f64> {
        ratio(self.hit, self.yes)
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> Option<f64> {
        ratio(2 * self.hit, self.hit + self.wrong + self.yes)
    }

    /// Of pages where the label is decided, the share where we are unsure.
    pub fn ours_unsure(&self) -> Option<f64> {
        ratio(self.half_hit + self.half_wrong, self.yes + self.no)
    }
}

impl Serialize for Tally {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut s = serializer.serialize_struct("Tally", 11)?;
        s.serialize_field("yes", &self.yes)?;
        s.serialize_field("no", &self.no)?;
        s.serialize_field("unsure", &self.unsure)?;
        s.serialize_field("found", &self.hit)?;
        s.serialize_field("false", &self.wrong)?;
        s.serialize_field("missed", &(self.yes - self.hit))?;
        s.serialize_field("found_unsure", &(self.half_hit + self.half_wrong))?;
        s.serialize_field("precision", &self.precision().map(round))?;
        s.serialize_field("recall", &self.recall().map(round))?;
        s.serialize_field("f1", &self.f1().map(round))?;
        s.serialize_field("unsure_share", &self.ours_unsure().map(round))?;
        s.end()
    }
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub part: usize,
    /// Of how many.
    pub whole: usize,
}

impl Share {
    /// Counts one.
    pub fn count(&mut self, holds: bool) {
        self.whole += 1;
        self.part += usize::from(holds);
    }

    /// The share, 0 to 1; `None` of none.
    pub fn value(&self) -> Option<f64> {
        ratio(self.part, self.whole)
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut s = serializer.serialize_struct("Share", 3)?;
        s.serialize_field("right", &self.part)?;
        s.serialize_field("of", &self.whole)?;
        s.serialize_field("share", &self.value().map(round))?;
        s.end()
    }
}

/// The same for all pages and for each half.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Halves<T> {
    /// All pages.
    pub all: T,
    /// Pages of the half that is worked with.
    pub work: T,
    /// Pages of the half that is looked at rarely.
    pub rare: T,
}

impl<T> Halves<T> {
    /// Makes each from what belongs to it: `None` asks for all.
    pub fn of(make: impl Fn(Option<Half>) -> T) -> Halves<T> {
        Halves { all: make(None), work: make(Some(Half::Work)), rare: make(Some(Half::Rare)) }
    }

    /// All, work, rare.
    pub fn each(&self) -> [&T; 3] {
        [&self.all, &self.work, &self.rare]
    }
}

/// Four places behind the point: what a share of a few hundred pages can say.
pub fn round(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eval_unsure_of_ours_is_not_found_and_unsure_of_theirs_is_left_out() {
        use Answer::{No, Unsure, Yes};
        let mut tally = Tally::default();
        for (theirs, ours) in
            [(Yes, Yes), (Yes, Unsure), (Yes, No), (No, Yes), (No, Unsure), (No, No), (Unsure, Yes)]
        {
            tally.count(theirs, ours);
        }
        assert_eq!((tally.yes, tally.no, tally.unsure), (3, 3, 1));
        assert_eq!(tally.precision(), Some(0.5));
        assert_eq!(tally.recall().map(round), Some(0.3333));
        assert_eq!(tally.f1(), Some(0.4));
        assert_eq!(tally.ours_unsure().map(round), Some(0.3333));
        assert_eq!(Tally::default().f1(), None);
    }
}
