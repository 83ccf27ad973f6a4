//! Font files made here: characters have widths and nothing else.

/// Units of a font in its size.
pub const UNITS_PER_EM: u16 = 1000;

/// What a font has.
pub struct Face<'a> {
    /// Name of the family.
    pub family: &'a str,
    /// First and last characters, in order.
    pub ranges: &'a [(u32, u32)],
    /// Widths of all of them.
    pub widths: Vec<u16>,
    /// Above the line that letters stand on.
    pub ascent: i16,
    /// Below it: negative.
    pub descent: i16,
}

/// The font's file. Each character has a glyph of its own, in the order of the code points.
pub fn file(face: &Face<'_>) -> Vec<u8> {
    let glyphs = face.widths.len() as u16 + 1;
    let tables: [(&[u8; 4], Vec<u8>); 7] = [
        (b"OS/2", os2(face)),
        (b"cmap", cmap(face.ranges)),
        (b"head", head(face)),
        (b"hhea", hhea(face, glyphs)),
        (b"hmtx", hmtx(&face.widths)),
        (b"maxp", maxp(glyphs)),
        (b"name", name(face.family)),
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
fn cmap(ranges: &[(u32, u32)]) -> Vec<u8> {
    let mut out = Bytes::default();
    out.u16(0).u16(1).u16(3).u16(10).u32(12);
    out.u16(12).u16(0).u32(16 + 12 * ranges.len() as u32).u32(0).u32(ranges.len() as u32);
    let mut glyph = 1;
    for (from, to) in ranges {
        out.u32(*from).u32(*to).u32(glyph);
        glyph += to - from + 1;
    }
    out.0
}

fn head(face: &Face<'_>) -> Vec<u8> {
    let mut out = Bytes::default();
    out.u32(0x0001_0000).u32(0x0001_0000).u32(0).u32(0x5F0F_3CF5).u16(0).u16(UNITS_PER_EM).zeros(16);
    out.i16(0).i16(face.descent).i16(1000).i16(face.ascent).u16(0).u16(8).i16(2).i16(0).i16(0);
    out.0
}

fn hhea(face: &Face<'_>, glyphs: u16) -> Vec<u8> {
    let mut out = Bytes::default();
    out.u32(0x0001_0000).i16(face.ascent).i16(face.descent).i16(0).u16(1000).zeros(22).u16(glyphs);
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
fn name(family: &str) -> Vec<u8> {
    let text: Vec<u8> = family.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut out = Bytes::default();
    out.u16(0).u16(1).u16(18).u16(3).u16(1).u16(0x409).u16(1).u16(text.len() as u16).u16(0).raw(&text);
    out.0
}

/// Regular weight and width, and the same metrics once more.
fn os2(face: &Face<'_>) -> Vec<u8> {
    let mut out = Bytes::default();
    out.u16(4).i16(1000).u16(400).u16(5).u16(0).zeros(20).i16(0).zeros(10).zeros(16).raw(b"NONE");
    out.u16(0x40).u16(0x1100).u16(0xFFEE).i16(face.ascent).i16(face.descent).i16(0);
    out.u16(face.ascent.unsigned_abs()).u16(face.descent.unsigned_abs()).zeros(8);
    out.i16(0).i16(0).u16(0).u16(0).u16(0);
    out.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_have_the_lengths_of_their_versions() {
        let face =
            Face { family: "f", ranges: &[(0x41, 0x41)], widths: vec![500], ascent: 900, descent: -200 };
        assert_eq!((os2(&face).len(), head(&face).len(), hhea(&face, 2).len()), (96, 54, 36));
    }
}
