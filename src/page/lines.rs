//! Lines and columns of a text, made once a page.

use crate::finding::Span;

/// Where every line begins.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    length: u32,
}

impl LineIndex {
    /// Finds the lines of a text: ended by LF, CR LF or CR. O(bytes).
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (i, b) in bytes.iter().enumerate() {
            if *b == b'\n' || (*b == b'\r' && bytes.get(i + 1) != Some(&b'\n')) {
                starts.push(i as u32 + 1);
            }
        }
        LineIndex { starts, length: text.len() as u32 }
    }

    /// Line and column of a byte, both from 1; the column counts characters.
    pub fn position(&self, text: &str, byte: u32) -> (u32, u32) {
        let line = self.starts.partition_point(|s| *s <= byte).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let byte = byte.min(self.length);
        let column = text
            .get(start as usize..byte as usize)
            .map_or(0, |t| t.chars().filter(|c| *c != '\u{FEFF}').count());
        (line as u32, column as u32 + 1)
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

#[cfg(test)]
mod tests {
    use super::*;

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
