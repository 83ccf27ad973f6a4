//! Texts, and which of them stand at a place: sorted, with buckets of their first bytes. Made much
//! quicker than an automaton, and asked only where words begin.

use foldhash::HashMap;
use std::sync::Arc;

/// Bytes that a bucket shares: one Chinese character.
const KEY: usize = 3;

/// The texts.
#[derive(Debug, Default)]
pub struct Prefixes {
    /// Sorted, each with the number that it was given.
    texts: Vec<(Arc<str>, u32)>,
    /// By text: the longest other text that it begins with, plus one; 0 for none.
    shorter: Vec<u32>,
    /// First bytes of texts to where they stand, from and to.
    buckets: HashMap<[u8; KEY], (u32, u32)>,
    /// Whether some text is shorter than a bucket's key, which is then filled with zeros.
    short: bool,
}

fn key(text: &[u8], len: usize) -> [u8; KEY] {
    let mut key = [0; KEY];
    let len = len.min(text.len());
    key[..len].copy_from_slice(&text[..len]);
    key
}

/// The first eight bytes as a number that sorts as they do.
fn first_bytes(text: &str) -> u64 {
    let mut bytes = [0; 8];
    bytes.iter_mut().zip(text.as_bytes()).for_each(|(to, from)| *to = *from);
    u64::from_be_bytes(bytes)
}

impl Prefixes {
    /// Takes the texts, none of them empty, none twice. O(bytes · log texts).
    pub fn new(texts: Vec<(Arc<str>, u32)>) -> Prefixes {
        // most differ in their first bytes: few comparisons need to follow the pointers
        let mut keyed: Vec<(u64, Arc<str>, u32)> =
            texts.into_iter().map(|(text, number)| (first_bytes(&text), text, number)).collect();
        keyed.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        let texts: Vec<(Arc<str>, u32)> = keyed.into_iter().map(|(_, text, number)| (text, number)).collect();
        let mut shorter = Vec::with_capacity(texts.len());
        let mut buckets: HashMap<[u8; KEY], (u32, u32)> = HashMap::default();
        // texts that the next one may begin with, each longer than the one before
        let mut open: Vec<u32> = Vec::new();
        for (at, (text, _)) in texts.iter().enumerate() {
            while open.last().is_some_and(|o| !text.starts_with(&*texts[*o as usize].0)) {
                open.pop();
            }
            shorter.push(open.last().map_or(0, |o| o + 1));
            open.push(at as u32);
            let bucket = buckets.entry(key(text.as_bytes(), KEY)).or_insert((at as u32, at as u32));
            bucket.1 = at as u32 + 1;
        }
        let short = texts.iter().any(|(text, _)| text.len() < KEY);
        Prefixes { texts, shorter, buckets, short }
    }

    /// Number and length of every text that `rest` begins with, long ones first.
    /// O(log texts + found) comparisons.
    pub fn at(&self, rest: &str, mut each: impl FnMut(u32, usize)) {
        let bytes = rest.as_bytes();
        let longest = self.longest(bytes, KEY).or_else(|| {
            let fewer = (1..KEY).rev().filter(|_| self.short);
            fewer.filter(|len| *len <= bytes.len()).find_map(|len| self.longest(bytes, len))
        });
        let mut at = longest;
        while let Some((text, number)) = at.and_then(|at| self.texts.get(at)) {
            each(*number, text.len());
            at = at.and_then(|at| self.above(at));
        }
    }

    fn above(&self, at: usize) -> Option<usize> {
        self.shorter.get(at).and_then(|s| s.checked_sub(1)).map(|s| s as usize)
    }

    /// The longest text of the bucket of these first bytes that the bytes begin with, or that a
    /// text of it begins with.
    fn longest(&self, bytes: &[u8], len: usize) -> Option<usize> {
        let &(from, to) = self.buckets.get(&key(bytes, len))?;
        let bucket = self.texts.get(from as usize..to as usize)?;
        let after = bucket.partition_point(|(text, _)| text.as_bytes() <= bytes);
        let mut at = (from as usize + after).checked_sub(1);
        while let Some(i) = at
            && !bytes.starts_with(self.texts[i].0.as_bytes())
        {
            at = self.above(i);
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(texts: &[&str], rest: &str) -> Vec<usize> {
        let texts = texts.iter().enumerate().map(|(i, t)| (Arc::from(*t), i as u32)).collect();
        let mut found = Vec::new();
        Prefixes::new(texts).at(rest, |number, len| found.push((number as usize, len)));
        found.into_iter().map(|(number, _)| number).collect()
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
