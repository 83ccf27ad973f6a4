//! The parts found on a page, in page order: what rules are judged on.

use crate::audit::Status;
use crate::finding::Span;
use crate::pack::model::Builtin;
use crate::page::dom::El;
use crate::parts::extent::Extent;
use crate::parts::hits::Hit;
use crate::parts::plan::{PartId, PartRef};

/// Why an element is evidence for a part.
#[derive(Clone, Debug)]
pub enum Proof {
    /// A word of a list.
    Word(Hit),
    /// A value of structured data.
    Data {
        /// The path's text.
        text: String,
        /// Its place.
        span: Span,
    },
    /// A test by structure: what its way asks for.
    Way,
}

/// One piece of evidence of a thing.
#[derive(Clone, Debug)]
pub struct PartHit {
    /// The element.
    pub el: El,
    /// Index of the way that hit.
    pub way: u32,
    /// Points of the way.
    pub strength: u32,
    /// Whether the evidence is a heading, label or other text: then the extent follows it.
    pub label: bool,
    /// Why.
    pub proof: Proof,
}

/// One thing on the page.
#[derive(Clone, Debug)]
pub struct Thing {
    /// Which part it is.
    pub part: PartRef,
    /// Found or unsure.
    pub status: Status,
    /// Sum of the evidence.
    pub points: u32,
    /// Element of the strongest hit.
    pub anchor: El,
    /// Place of a value in structured data, where that is the anchor.
    pub place: Option<Span>,
    /// How far it reaches.
    pub extent: Extent,
    /// The evidence, in document order.
    pub hits: Vec<PartHit>,
}

impl Thing {
    /// A built-in part's thing.
    pub fn builtin(part: Builtin, anchor: El, extent: Extent) -> Thing {
        Thing {
            part: PartRef::Builtin(part),
            status: Status::Found,
            points: 100,
            anchor,
            place: None,
            extent,
            hits: Vec::new(),
        }
    }
}

/// All things of the plan's parts.
#[derive(Debug, Default)]
pub struct PartMap {
    /// By part.
    pub things: Vec<Vec<Thing>>,
    /// By part: elements that `against` vetoes, in document order.
    pub struck: Vec<Vec<El>>,
    /// Whether a part has more hits than are looked at.
    pub cut: bool,
}

impl PartMap {
    /// Things of a part, in page order.
    pub fn of(&self, part: PartId) -> &[Thing] {
        self.things.get(part as usize).map_or(&[], Vec::as_slice)
    }

    /// Vetoed elements of a part.
    pub fn struck(&self, part: PartId) -> &[El] {
        self.struck.get(part as usize).map_or(&[], Vec::as_slice)
    }
}
