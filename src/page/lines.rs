//! Lines and columns of a text, made once a page.

use crate::finding::Span;
use std::sync::OnceLock;

/// Bytes between two marks: real pages have lines of a megabyte, and a column in one must
/// not cost a megabyte. Lines that are shorter are counted as they are.
const MARK: usize = 1024;

/// Where every line begins.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// Characters before every [`MARK`]th byte; counted once a long line is asked for.
    marks: OnceLock<Vec<u32>>,
    /// Whether a byte order mark stands first: no character to the eye, nor to an editor.
    has_bom: bool,
    length: u32,
}

impl LineIndex {
    /// Finds the lines of a text: ended by LF, CR LF or CR. O(bytes).
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for i in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[i] == b'\n' || bytes.get(i + 1) != Some(&b'\n') {
                starts.push(i as u32 + 1);
            }
        }
        LineIndex {
            starts,
            marks: OnceLock::new(),
            has_bom: text.starts_with('\u{FEFF}'),
            length: text.len() as u32,
        }
    }

    /// Line and column of a byte, both from 1; the column counts characters.
    pub fn position(&self, text: &str, byte: u32) -> (u32, u32) {
        let line = self.starts.partition_point(|s| *s <= byte).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let byte = byte.min(self.length);
        let line_text = text.as_bytes().get(start as usize..byte as usize).unwrap_or(&[]);
        let before = if line_text.len() <= MARK {
            beginnings(line_text)
        } else {
            self.before(text, byte) - self.before(text, start)
        };
        // the mark is in the first line only
        let bom = u32::from(self.has_bom && start == 0 && byte > 0);
        (line as u32, before + 1 - bom.min(before))
    }

    /// Characters before a byte.
    fn before(&self, text: &str, byte: u32) -> u32 {
        let bytes = text.as_bytes();
        let marks = self.marks.get_or_init(|| {
            let mut sum = 0;
            let sums = bytes.chunks(MARK).map(|piece| {
                sum += beginnings(piece);
                sum
            });
            std::iter::once(0).chain(sums).collect()
        });
        let mark = byte as usize / MARK;
        let rest = bytes.get(mark * MARK..byte as usize).unwrap_or(&[]);
        marks.get(mark).copied().unwrap_or(0) + beginnings(rest)
    }

    /// A line's bytes without its end; empty where there is no such line.
    pub fn line_span(&self, line: u32) -> Span {
        let i = (line as usize).saturating_sub(1);
        let start = self.starts.get(i).copied().unwrap_or(self.length);
        let end = self.starts.get(i + 1).map_or(self.length, |n| n - 1);
        Span::new(start, end.max(start))
    }

    /// Number of lines.
    pub fn count(&self) -> u32 {
        self.starts.len() as u32
    }
}

/// Characters that begin among these bytes.
fn beginnings(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_in_long_lines_agree_with_counting() {
        let text = format!("x\n{}", "尺a码\u{FEFF}é".repeat(3_000));
        let lines = LineIndex::new(&text);
        for (byte, _) in text.char_indices().skip(2).step_by(97) {
            let counted = text[2..byte].chars().count() as u32 + 1;
            assert_eq!(lines.position(&text, byte as u32), (2, counted));
        }
    }

    #[test]
    fn counts_lines_and_characters() {
        let text = "a\r\n尺码b\rc\n";
        let lines = LineIndex::new(text);
        let at = |needle: &str| lines.position(text, text.find(needle).map_or(0, |i| i as u32));
        assert_eq!(at("a"), (1, 1));
        assert_eq!(at("b"), (2, 3));
        assert_eq!(at("c"), (3, 1));
        assert_eq!(lines.count(), 4);
        assert_eq!(LineIndex::new("\u{FEFF}<p>").position("\u{FEFF}<p>", 3), (1, 1));
    }
}
