//! Where selectors wait: for an id, a class, a tag, or an attribute and what its value must hold.

use crate::parts::selector_keys::Key;
use aho_corasick::AhoCorasick;
use foldhash::HashMap;
use html5ever::LocalName;
use std::sync::OnceLock;

/// Entries of the index by what an element must be.
#[derive(Debug, Default)]
pub(super) struct Buckets {
    pub(super) by_id: HashMap<String, Vec<u32>>,
    pub(super) by_class: HashMap<LocalName, Vec<u32>>,
    pub(super) by_tag: HashMap<LocalName, Vec<u32>>,
    pub(super) by_attr: HashMap<LocalName, AttrBucket>,
    pub(super) universal: Vec<u32>,
}

impl Buckets {
    /// Takes an entry that waits for a key.
    pub(super) fn add(&mut self, key: Key, entry: u32) {
        let bucket = match key {
            Key::Id(k) => self.by_id.entry(k).or_default(),
            Key::Class(k) => self.by_class.entry(k).or_default(),
            Key::Tag(k) => self.by_tag.entry(k).or_default(),
            Key::Attr(k, value) => return self.by_attr.entry(k).or_default().add(value, entry),
            Key::Universal => &mut self.universal,
        };
        bucket.push(entry);
    }
}

/// Selectors that wait for an attribute.
#[derive(Debug, Default)]
pub(super) struct AttrBucket {
    /// Those that ask for no value.
    pub(super) any: Vec<u32>,
    /// What values must hold, in small letters: `[class*="nav"]`.
    needles: HashMap<String, u32>,
    /// Those that ask for it, by its number.
    holding: Vec<Vec<u32>>,
    /// All of that at once; made when the first value is looked at.
    automaton: OnceLock<Option<AhoCorasick>>,
}

impl AttrBucket {
    /// Whether it matters what the value is.
    pub(super) fn asks(&self) -> bool {
        !self.holding.is_empty()
    }

    /// Entries that may match a value; one may come twice.
    pub(super) fn may_match(&self, value: &str) -> Vec<u32> {
        let mut found = self.any.clone();
        if !self.asks() {
            return found;
        }
        let build = || {
            let mut needles: Vec<(&String, &u32)> = self.needles.iter().collect();
            needles.sort_unstable_by_key(|n| n.1);
            let needles = needles.iter().map(|n| n.0);
            AhoCorasick::builder().ascii_case_insensitive(true).build(needles).ok()
        };
        match self.automaton.get_or_init(build) {
            Some(automaton) => {
                for hit in automaton.find_overlapping_iter(value) {
                    found.extend(&self.holding[hit.pattern().as_usize()]);
                }
            }
            // too many for an automaton: all are candidates
            None => found.extend(self.holding.iter().flatten()),
        }
        found
    }

    /// Takes an entry, with what the value must hold where it asks for that.
    fn add(&mut self, value: Option<String>, entry: u32) {
        let Some(needle) = value.filter(|v| !v.is_empty()) else {
            self.any.push(entry);
            return;
        };
        let next = self.holding.len() as u32;
        let number = *self.needles.entry(needle).or_insert(next);
        if number == next {
            self.holding.push(Vec::new());
        }
        self.holding[number as usize].push(entry);
    }
}
