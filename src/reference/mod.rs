//! What good pages have in common: which sections, in which order; and how another page differs.
//!
//! Pure: pages come as lists of what was seen on them, in the page's order, and the same pages in
//! another order give the same answer.
//!
//! ```text
//! Sections of each page ─ pairs ─→ how often one stands before another
//!                       ─ order ─→ a partial order that the given share follows
//!                       ─ shared → which sections so many have
//!                       ─ rule ──→ a rule file that asks for both
//! PartsOf of each page  ─ compare → what a page lacks, places otherwise, has alone
//! ```

pub mod chains;
pub mod compare;
pub mod misplaced;
pub mod order;
pub mod pairs;
pub mod rule;
pub mod sample;
pub mod shared;

use serde::Serialize;

/// A section on a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Name of the part.
    pub part: String,
    /// Whether a shopper sees it for sure; else it is only suspected, or may be hidden.
    pub sure: bool,
    /// Its place in the page's order, which only sections have that an `order` rule counts; two
    /// that one heading names have the same place.
    pub at: Option<u32>,
}

/// The sections of one page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sections {
    /// Path, `-` or URL.
    pub source: String,
    /// Each section once.
    pub sections: Vec<Section>,
}

impl Sections {
    /// Names and places of the sections that count for an order.
    fn places(&self) -> impl Iterator<Item = (&str, u32)> {
        self.sections.iter().filter(|s| s.sure).filter_map(|s| Some((s.part.as_str(), s.at?)))
    }
}

/// Whether so many of so many are at least a share; a hair below it is rounding.
pub fn reaches(pages: usize, of: usize, share: f64) -> bool {
    of > 0 && pages as f64 + 1e-9 >= share * of as f64
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A page whose sections stand in the order of the letters; letters after `=` stand where
    /// the one before them does.
    pub fn page(letters: &str) -> Sections {
        let mut at = 0;
        let mut sections = Vec::new();
        for c in letters.chars() {
            match c {
                '=' => at -= 1,
                _ => {
                    sections.push(Section { part: c.to_string(), sure: true, at: Some(at) });
                    at += 1;
                }
            }
        }
        Sections { source: letters.to_string(), sections }
    }

    /// Up to twelve pages with some of eight sections in any order.
    pub fn pages() -> impl Strategy<Value = Vec<Sections>> {
        let letters: Vec<char> = ('a'..='h').collect();
        let one = (proptest::sample::subsequence(letters, 0..=8).prop_shuffle(), any::<u8>()).prop_map(
            |(letters, ties)| {
                let mut text = String::new();
                for (i, c) in letters.iter().enumerate() {
                    if i > 0 && ties & (1 << (i % 8)) != 0 && ties & 3 == 3 {
                        text.push('=');
                    }
                    text.push(*c);
                }
                page(&text)
            },
        );
        prop::collection::vec(one, 0..12)
    }

    #[test]
    fn a_share_is_reached_by_its_very_number() {
        assert!(reaches(4, 5, 0.8));
        assert!(reaches(7, 10, 0.7));
        assert!(!reaches(7, 9, 0.8));
        assert!(!reaches(0, 0, 0.5));
    }
}
