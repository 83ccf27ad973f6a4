//! A font of empty squares for Chinese, Japanese and Korean, made here: real ones have
//! megabytes, and only how much room a character takes is wanted. Widths, ascent and descent
//! are those of Noto Sans CJK.
//!
//! Each character has a glyph of its own, in the order of the code points, so that a glyph
//! tells its character again.

use crate::layout::blitz::sfnt::{self, Face};

/// First and last character and their width in thousandths of the font size.
const RANGES: [(u32, u32, u16); 24] = [
    (0x1100, 0x11FF, 920),  // Hangul letters
    (0x2190, 0x21FF, 1000), // arrows
    (0x2460, 0x27BF, 1000), // numbers in circles, boxes, stars, ticks
    (0x2E80, 0x2FFF, 1000), // radicals
    (0x3000, 0x3029, 1000), // punctuation
    (0x302A, 0x302F, 0),    // tone marks
    (0x3030, 0x3098, 1000), // Hiragana
    (0x3099, 0x309A, 0),    // voicing marks
    (0x309B, 0x3130, 1000), // Katakana, Bopomofo
    (0x3131, 0x318F, 920),  // Hangul letters of old encodings
    (0x3190, 0x33FF, 1000), // strokes, numbers in brackets, square words
    (0x3400, 0x4DBF, 1000), // rare ideographs
    (0x4DC0, 0x4DFF, 1000), // hexagrams
    (0x4E00, 0x9FFF, 1000), // ideographs
    (0xA960, 0xA97F, 920),  // Hangul letters
    (0xAC00, 0xD7A3, 920),  // Hangul syllables
    (0xD7B0, 0xD7FF, 920),  // Hangul letters
    (0xF900, 0xFAFF, 1000), // ideographs of old encodings
    (0xFE30, 0xFE4F, 1000), // upright punctuation
    (0xFF00, 0xFF60, 1000), // wide Latin letters
    (0xFF61, 0xFF9F, 500),  // narrow Katakana
    (0xFFA0, 0xFFDC, 920),  // narrow Hangul
    (0xFFE0, 0xFFE6, 1000), // wide signs
    (0xFFE8, 0xFFEE, 500),  // narrow signs
];

/// Name of the family.
pub const FAMILY: &str = "storelint squares";

const ASCENT: i16 = 1160;
const DESCENT: i16 = -288;

/// The font's file.
pub fn font() -> Vec<u8> {
    sfnt::file(&Face {
        family: FAMILY,
        ranges: &RANGES.map(|(from, to, _)| (from, to)),
        widths: RANGES.iter().flat_map(|(from, to, width)| (*from..=*to).map(|_| *width)).collect(),
        ascent: ASCENT,
        descent: DESCENT,
    })
}

/// The character that a glyph of the font stands for.
pub fn character(glyph: u32) -> Option<char> {
    let mut left = glyph.checked_sub(1)?;
    for (from, to, _) in RANGES {
        let many = to - from + 1;
        if left < many {
            return char::from_u32(from + left);
        }
        left -= many;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glyph_tells_its_character() {
        assert_eq!(character(0), None);
        assert_eq!(character(1), Some('\u{1100}'));
        let mut before = 0;
        for (from, to, _) in RANGES {
            assert_eq!(character(before + 1).map(u32::from), Some(from));
            before += to - from + 1;
            assert_eq!(character(before).map(u32::from), Some(to));
        }
        assert_eq!(character(before + 1), None);
    }

    #[test]
    fn the_ranges_are_in_order_and_fit() {
        assert!(RANGES.windows(2).all(|w| w[0].1 < w[1].0));
        let glyphs: u32 = RANGES.iter().map(|(from, to, _)| to - from + 1).sum();
        assert!(glyphs < 65_535, "{glyphs}");
    }
}
