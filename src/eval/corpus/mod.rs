//! A corpus of labelled pages: `manifest.tsv`, `labels.tsv`, written prices, disputed labels.

mod half;
mod read;
mod tsv;

pub use half::Half;
pub use read::read;

use serde::Serialize;
use std::collections::BTreeMap;

/// Name of the label of the page kind, where a label of it is disputed.
pub const KIND: &str = "kind";
/// Name of the label of what is sold, where it is disputed.
pub const CATEGORY: &str = "category";
/// Name of the label of the written price, where it is disputed.
pub const PRICE: &str = "price";
/// Name of the label that lists sections.
pub const SECTION_ORDER: &str = "section_order";

/// A label of a page, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// yes, no, unsure, a number, or a list.
    pub value: String,
    /// What the reader saw.
    pub evidence: String,
}

/// A page of the corpus.
#[derive(Clone, Debug, PartialEq)]
pub struct CorpusPage {
    /// Path from the corpus's folder.
    pub file: String,
    /// What the page is.
    pub kind: String,
    /// Its store or template.
    pub store: String,
    /// What is sold, in the corpus's own words.
    pub category: String,
    /// A real live store, B rendered demo, C static template, D template source.
    pub tier: String,
    /// The half that its store belongs to.
    pub half: Half,
    /// Labels by name.
    pub labels: BTreeMap<String, Label>,
    /// Prices that people wrote down.
    pub prices: Vec<String>,
    /// Labels that are disputed, with the reason.
    pub disputed: BTreeMap<String, String>,
}

impl CorpusPage {
    /// Whether it is of a store that is live, or a demo rendered like one.
    pub fn counts(&self) -> bool {
        matches!(self.tier.as_str(), "A" | "B")
    }
}

/// What is wrong with a file of the corpus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// The file, below the corpus's folder where it lies there.
    pub file: String,
    /// The line, from 1; `None` where the file as a whole is wrong.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}
