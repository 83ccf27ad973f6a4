//! A font of empty squares for Chinese, Japanese and Korean, made here: real ones have
//! megabytes, and only how much room a character takes is wanted. Widths, ascent and descent
//! are those of Noto Sans CJK.
//!
//! Each character has a glyph of its own, in the order of the code points, so that a glyph
//! tells its character again.

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

const UNITS_PER_EM: u16 = 1000;
const ASCENT: i16 = 1160;
const DESCENT: i16 = -288;

/// The font's file.
pub fn font() -> Vec<u8> {
    let widths: Vec<u16> =
        RANGES.iter().flat_map(|(from, to, width)| (*from..=*to).map(|_| *width)).collect();
    let glyphs = widths.len() as u16 + 1;
    let tables: [(&[u8; 4], Vec<u8>); 7] = [
        (b"OS/2", os2()),
        (b"cmap", cmap()),
        (b"head", head()),
        (b"hhea", hhea(glyphs)),
        (b"hmtx", hmtx(&widths)),
        (b"maxp", maxp(glyphs)),
        (b"name", name()),
    ];
    let mut out = Bytes::default();
    // an sfnt with outlines of its own kind, which are left out: nothing is drawn
    out.u32(0x0001_0000).u16(tables.len() as u16).u16(64).u16(2).u16(48);
    let mut at = 12 + 16 * tables.len();
    for (tag, table) in &tables {
        out.raw(*tag).u32(sum(table)).u32(at as u32).u32(table.len() as u32);
        at += table.len().next_multiple_of(4);
    }
    for (_, table) in &tables {
        out.raw(table);
        while !out.0.len().is_multiple_of(4) {
            out.0.push(0);
        }
    }
    out.0
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

#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(bytes);
        self
    }

    fn u16(&mut self, n: u16) -> &mut Self {
        self.raw(&n.to_be_bytes())
    }

    fn i16(&mut self, n: i16) -> &mut Self {
        self.raw(&n.to_be_bytes())
    }

    fn u32(&mut self, n: u32) -> &mut Self {
        self.raw(&n.to_be_bytes())
    }

    fn zeros(&mut self, n: usize) -> &mut Self {
        self.0.resize(self.0.len() + n, 0);
        self
    }
}

fn sum(table: &[u8]) -> u32 {
    let word =
        |chunk: &[u8]| chunk.iter().enumerate().fold(0u32, |n, (i, b)| n | u32::from(*b) << (24 - 8 * i));
    table.chunks(4).map(word).fold(0, u32::wrapping_add)
}

/// Format 12: a group for each range, glyphs counted on.
fn cmap() -> Vec<u8> {
    let mut out = Bytes::default();
    out.u16(0).u16(1).u16(3).u16(10).u32(12);
    out.u16(12).u16(0).u32(16 + 12 * RANGES.len() as u32).u32(0).u32(RANGES.len() as u32);
    let mut glyph = 1;
    for (from, to, _) in RANGES {
        out.u32(from).u32(to).u32(glyph);
        glyph += to - from + 1;
    }
    out.0
}

fn head() -> Vec<u8> {
    let mut out = Bytes::default();
    out.u32(0x0001_0000).u32(0x0001_0000).u32(0).u32(0x5F0F_3CF5).u16(0).u16(UNITS_PER_EM).zeros(16);
    out.i16(0).i16(DESCENT).i16(1000).i16(ASCENT).u16(0).u16(8).i16(2).i16(0).i16(0);
    out.0
}

fn hhea(glyphs: u16) -> Vec<u8> {
    let mut out = Bytes::default();
    out.u32(0x0001_0000).i16(ASCENT).i16(DESCENT).i16(0).u16(1000).zeros(22).u16(glyphs);
    out.0
}

fn hmtx(widths: &[u16]) -> Vec<u8> {
    let mut out = Bytes::default();
    out.u16(UNITS_PER_EM).u16(0);
    for width in widths {
        out.u16(*width).u16(0);
    }
    out.0
}

fn maxp(glyphs: u16) -> Vec<u8> {
    let mut out = Bytes::default();
    out.u32(0x0000_5000).u16(glyphs);
    out.0
}

/// The family's name, in English for Windows.
fn name() -> Vec<u8> {
    let text: Vec<u8> = FAMILY.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut out = Bytes::default();
    out.u16(0).u16(1).u16(18).u16(3).u16(1).u16(0x409).u16(1).u16(text.len() as u16).u16(0).raw(&text);
    out.0
}

/// Regular weight and width, and the same metrics once more.
fn os2() -> Vec<u8> {
    let mut out = Bytes::default();
    out.u16(4).i16(1000).u16(400).u16(5).u16(0).zeros(20).i16(0).zeros(10).zeros(16).raw(b"NONE");
    out.u16(0x40).u16(0x1100).u16(0xFFEE).i16(ASCENT).i16(DESCENT).i16(0).u16(1160).u16(288).zeros(8);
    out.i16(0).i16(0).u16(0).u16(0).u16(0);
    out.0
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
        assert_eq!(os2().len(), 96);
        assert_eq!(head().len(), 54);
        assert_eq!(hhea(1).len(), 36);
    }
}
