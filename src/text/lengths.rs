//! How long any stretch of a text is, in characters, without counting it again.

use crate::text::fold::chars;

/// Bytes between two counts that are kept.
const STEP: usize = 16;

/// Counts of a text's characters (as [`chars`] counts them), one every `STEP` bytes.
#[derive(Debug, Default)]
pub struct Lengths {
    /// Characters that begin before byte `STEP * i`.
    before: Vec<u32>,
}

impl Lengths {
    /// Counts the text once, O(bytes).
    pub fn of(text: &str) -> Lengths {
        let mut before = Vec::with_capacity(text.len() / STEP + 1);
        let (mut from, mut sum) = (0, 0);
        before.push(0);
        while from + STEP <= text.len() {
            let to = boundary(text, STEP * before.len());
            sum += chars(text.get(from..to).unwrap_or(""));
            before.push(sum);
            from = to;
        }
        Lengths { before }
    }

    /// Characters of `text` that begin at `from..to`, in bytes; the text is the one counted. O(1).
    pub fn between(&self, text: &str, from: u32, to: u32) -> u32 {
        self.before(text, to).saturating_sub(self.before(text, from))
    }

    fn before(&self, text: &str, at: u32) -> u32 {
        let at = (at as usize).min(text.len());
        let step = (at / STEP).min(self.before.len().saturating_sub(1));
        let rest = boundary(text, step * STEP)..boundary(text, at);
        self.before.get(step).copied().unwrap_or(0) + chars(text.get(rest).unwrap_or(""))
    }
}

/// The first character that begins at or after a byte.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) && at < text.len() {
        at += 1;
    }
    at.min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn counts_what_chars_counts(text in "[a-z尺码é😀\n ]{0,200}", a in 0usize..400, b in 0usize..400) {
            let (a, b) = (boundary(&text, a.min(b)), boundary(&text, a.max(b)));
            let counted = Lengths::of(&text).between(&text, a as u32, b as u32);
            prop_assert_eq!(counted, chars(&text[a..b]));
        }
    }
}
