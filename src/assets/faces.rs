//! Which web fonts a page needs: of a family cut up by `unicode-range`, the piece that holds
//! most of the page's text, as the engine takes one file for a family.

use crate::assets::plain::{Plain, What};
use crate::assets::scan::Face;
use std::collections::{BTreeMap, HashMap};
use url::Url;

/// How often each character stands in a page's text.
#[derive(Debug, Default)]
pub struct Letters(HashMap<char, u32>);

impl Letters {
    /// Counts a page's text.
    pub fn of(plain: &Plain) -> Letters {
        let mut counts = HashMap::new();
        for node in &plain.nodes {
            let What::Text(text) = &node.what else { continue };
            for c in text.chars().filter(|c| !c.is_whitespace()) {
                *counts.entry(c).or_insert(0) += 1;
            }
        }
        Letters(counts)
    }

    fn held_by(&self, ranges: &[(u32, u32)]) -> u64 {
        let held = |c: char| ranges.is_empty() || ranges.iter().any(|(a, b)| (*a..=*b).contains(&(c as u32)));
        self.0.iter().filter(|(c, _)| held(**c)).map(|(_, n)| u64::from(*n)).sum()
    }
}

/// The face of each family, weight and style that holds most of the text.
pub fn needed(faces: &[(Url, Face)], letters: &Letters) -> Vec<(Url, Face)> {
    let mut best: BTreeMap<&[String; 3], (u64, usize)> = BTreeMap::new();
    let mut ranges: HashMap<&[(u32, u32)], u64> = HashMap::new();
    for (i, (_, face)) in faces.iter().enumerate().filter(|(_, (_, f))| !f.urls.is_empty()) {
        let held = *ranges.entry(face.ranges.as_slice()).or_insert_with(|| letters.held_by(&face.ranges));
        if held == 0 {
            continue;
        }
        let entry = best.entry(&face.name).or_insert((held, i));
        if held > entry.0 {
            *entry = (held, i);
        }
    }
    let mut order: Vec<usize> = best.into_values().map(|(_, i)| i).collect();
    order.sort_unstable();
    order.into_iter().filter_map(|i| faces.get(i).cloned()).collect()
}

/// Whether bytes begin as a font that the engine reads.
pub fn is_font(bytes: &[u8]) -> bool {
    [&b"wOFF"[..], b"wOF2", b"OTTO", b"true", &[0, 1, 0, 0]].iter().any(|m| bytes.starts_with(m))
}
