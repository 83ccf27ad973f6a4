//! Texts, what each means, and which of them stand at a place: sorted, with buckets of their first
//! bytes. Made much quicker than an automaton, and asked only where words begin.

use foldhash::HashMap;
use smol_str::SmolStr;
use std::ops::Range;

/// Bytes that a bucket shares: one Chinese character.
const KEY: usize = 3;

/// The texts, and what each of them means.
#[derive(Debug)]
pub struct Prefixes<T> {
    /// Sorted, none twice.
    texts: Vec<SmolStr>,
    /// The first bytes of each: most searches need no more.
    firsts: Vec<u64>,
    /// By text: the longest other text that it begins with, plus one; 0 for none.
    shorter: Vec<u32>,
    /// What the texts mean, text by text.
    means: Vec<T>,
    /// By text: where its meanings end.
    ends: Vec<u32>,
    /// First bytes of texts to where they stand, from and to.
    buckets: HashMap<[u8; KEY], (u32, u32)>,
    /// By first byte: whether a text that begins with it is shorter than a bucket's key, which is
    /// then filled with zeros.
    short: [bool; 256],
}

impl<T> Default for Prefixes<T> {
    fn default() -> Self {
        Prefixes::new(Vec::new())
    }
}

fn key(text: &[u8], len: usize) -> [u8; KEY] {
    let mut key = [0; KEY];
    let len = len.min(text.len());
    key[..len].copy_from_slice(&text[..len]);
    key
}

/// The first eight bytes as a number that sorts as they do.
fn first_bytes(text: &[u8]) -> u64 {
    match text.first_chunk() {
        Some(bytes) => u64::from_be_bytes(*bytes),
        None => text.iter().zip((0..8).rev()).fold(0, |sum, (byte, at)| sum | u64::from(*byte) << (8 * at)),
    }
}

impl<T> Prefixes<T> {
    /// Takes the texts, none of them empty; one that comes again has one more meaning.
    /// O(bytes · log texts).
    pub fn new(all: Vec<(SmolStr, T)>) -> Prefixes<T> {
        // most differ in their first bytes: few comparisons need to follow the pointers
        let mut keyed: Vec<(u64, SmolStr, T)> =
            all.into_iter().map(|(text, means)| (first_bytes(text.as_bytes()), text, means)).collect();
        keyed.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        let count = keyed.len();
        let mut new = Prefixes {
            texts: Vec::with_capacity(count),
            firsts: Vec::with_capacity(count),
            shorter: Vec::with_capacity(count),
            means: Vec::with_capacity(count),
            ends: Vec::with_capacity(count),
            buckets: HashMap::default(),
            short: [false; 256],
        };
        // texts that the next one may begin with, each longer than the one before
        let mut open: Vec<u32> = Vec::new();
        for (first, text, means) in keyed {
            if new.firsts.last() == Some(&first) && new.texts.last() == Some(&text) {
                new.means.push(means);
                new.ends.pop();
            } else {
                while open.last().is_some_and(|o| !text.starts_with(&*new.texts[*o as usize])) {
                    open.pop();
                }
                new.shorter.push(open.last().map_or(0, |o| o + 1));
                let at = new.texts.len() as u32;
                open.push(at);
                let bytes = text.as_bytes();
                if let Some(byte) = bytes.first().filter(|_| bytes.len() < KEY) {
                    new.short[usize::from(*byte)] = true;
                }
                new.buckets.entry(key(bytes, KEY)).or_insert((at, at)).1 = at + 1;
                new.texts.push(text);
                new.firsts.push(first);
                new.means.push(means);
            }
            new.ends.push(new.means.len() as u32);
        }
        new
    }

    /// What a text means, by its number.
    pub fn means(&self, text: u32) -> &[T] {
        let text = text as usize;
        let from = text.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let range = |to: &u32| self.means.get(from as usize..*to as usize);
        self.ends.get(text).and_then(range).unwrap_or_default()
    }

    /// Number and length of every text that these bytes begin with, long ones first.
    /// O(log texts + found) comparisons.
    pub fn at(&self, bytes: &[u8], mut each: impl FnMut(u32, usize)) {
        let longest = self.longest(bytes, KEY).or_else(|| {
            let short = bytes.first().is_some_and(|byte| self.short[usize::from(*byte)]);
            let fewer = (1..KEY).rev().filter(|len| short && *len <= bytes.len());
            fewer.into_iter().find_map(|len| self.longest(bytes, len))
        });
        let mut at = longest;
        while let Some((i, text)) = at.and_then(|i| Some((i, self.texts.get(i)?))) {
            each(i as u32, text.len());
            at = self.above(i);
        }
    }

    fn above(&self, at: usize) -> Option<usize> {
        self.shorter.get(at).and_then(|s| s.checked_sub(1)).map(|s| s as usize)
    }

    /// The longest text of the bucket of these first bytes that the bytes begin with, or that a
    /// text of it begins with.
    fn longest(&self, bytes: &[u8], len: usize) -> Option<usize> {
        let &(from, to) = self.buckets.get(&key(bytes, len))?;
        let mut at = self.not_after(bytes, from as usize..to as usize).checked_sub(1);
        while let Some(i) = at
            && !bytes.starts_with(self.texts[i].as_bytes())
        {
            at = self.above(i);
        }
        at
    }

    /// How many texts, counted from the first of all, stand not after the bytes, of those in `range`.
    fn not_after(&self, bytes: &[u8], range: Range<usize>) -> usize {
        let first = first_bytes(bytes);
        let firsts = &self.firsts[range.clone()];
        let from = range.start + firsts.partition_point(|f| *f < first);
        let same = self.firsts[from..range.end].partition_point(|f| *f == first);
        from + self.texts[from..from + same].partition_point(|text| text.as_bytes() <= bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(texts: &[&str], rest: &str) -> Vec<usize> {
        let texts = Prefixes::new(texts.iter().enumerate().map(|(i, t)| (SmolStr::new(t), i)).collect());
        let mut found = Vec::new();
        texts.at(rest.as_bytes(), |number, len| {
            assert_eq!(texts.texts[number as usize].len(), len);
            found.extend(texts.means(number));
        });
        found
    }

    #[test]
    fn tells_all_that_stand_at_a_place() {
        let texts =
            ["size", "size guide", "size guide for shoes", "s", "si", "sizes", "尺码", "尺", "尺码表"];
        assert_eq!(at(&texts, "size guide and more"), [1, 0, 4, 3]);
        assert_eq!(at(&texts, "size guide for shoes"), [2, 1, 0, 4, 3]);
        assert_eq!(at(&texts, "size guid"), [0, 4, 3]);
        assert_eq!(at(&texts, "six"), [4, 3]);
        assert_eq!(at(&texts, "s"), [3]);
        assert_eq!(at(&texts, "si"), [4, 3]);
        assert_eq!(at(&texts, "尺码对照"), [6, 7]);
        assert_eq!(at(&texts, "尺寸"), [7]);
        assert_eq!(at(&texts, "x"), [] as [usize; 0]);
        assert_eq!(at(&texts, ""), [] as [usize; 0]);
        assert_eq!(at(&["size", "fit", "size", "size chart"], "size chart"), [3, 0, 2]);
    }

    proptest::proptest! {
        #[test]
        fn agrees_with_asking_each(
            texts in proptest::collection::btree_set("[ab尺]{1,6}", 1..40),
            rest in "[ab尺]{0,12}",
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let mut asked: Vec<usize> =
                (0..texts.len()).filter(|i| rest.starts_with(texts[*i])).collect();
            asked.sort_by_key(|i| std::cmp::Reverse(texts[*i].len()));
            proptest::prop_assert_eq!(at(&texts, &rest), asked);
        }
    }
}
