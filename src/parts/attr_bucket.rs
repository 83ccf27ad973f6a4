//! Selectors that wait for an attribute, by what its value must hold.

use aho_corasick::AhoCorasick;
use std::sync::OnceLock;

/// Selectors that wait for an attribute.
#[derive(Debug, Default)]
pub(super) struct AttrBucket {
    /// Those that ask for no value.
    pub(super) any: Vec<u32>,
    /// Those that ask for one, by what the value must hold, in small letters: `[class*="nav"]`.
    pub(super) holding: Vec<(String, Vec<u32>)>,
    /// All of that at once; made when the first value is looked at.
    automaton: OnceLock<Option<AhoCorasick>>,
}

impl AttrBucket {
    /// Entries that may match a value; one may come twice.
    pub(super) fn may_match(&self, value: &str) -> Vec<u32> {
        let mut found = self.any.clone();
        if self.holding.is_empty() {
            return found;
        }
        let build = || {
            let needles = self.holding.iter().map(|(needle, _)| needle);
            AhoCorasick::builder().ascii_case_insensitive(true).build(needles).ok()
        };
        match self.automaton.get_or_init(build) {
            Some(automaton) => {
                for hit in automaton.find_overlapping_iter(value) {
                    found.extend(&self.holding[hit.pattern().as_usize()].1);
                }
            }
            // too many for an automaton: all are candidates
            None => found.extend(self.holding.iter().flat_map(|(_, entries)| entries)),
        }
        found
    }

    /// Takes an entry, with what the value must hold where it asks for that.
    pub(super) fn add(&mut self, value: Option<String>, entry: u32) {
        let Some(needle) = value.filter(|v| !v.is_empty()) else {
            self.any.push(entry);
            return;
        };
        match self.holding.iter_mut().find(|(n, _)| *n == needle) {
            Some((_, entries)) => entries.push(entry),
            None => self.holding.push((needle, vec![entry])),
        }
    }
}
