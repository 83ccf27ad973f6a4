//! Two halves of a corpus: one to work with, one that is looked at rarely.

use serde::Serialize;

/// A half. All pages of a store are in the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Half {
    /// Looked at while words and rules are written.
    Work,
    /// Looked at rarely: what is true of pages that nobody worked on.
    Rare,
}

impl Half {
    /// The half of a store, by the 64-bit FNV-1a hash of its name in UTF-8: work where an even
    /// number of the hash's bits are set.
    pub fn of(store: &str) -> Half {
        let hash = store.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        });
        if hash.count_ones().is_multiple_of(2) { Half::Work } else { Half::Rare }
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Half::Work => "work",
            Half::Rare => "rare",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eval_halves_stay_where_they_are() {
        // another hash would mix what was kept apart
        let halves: String = "abcdefgh"
            .chars()
            .map(|c| if Half::of(&c.to_string()) == Half::Work { 'w' } else { 'r' })
            .collect();
        assert_eq!(halves, "wrrrwrwr");
        assert_eq!(Half::of("").name(), "work");
    }
}
