//! Ties the pieces of text that the tree builder appends to their place in the
//! source: it drops white space, holds text back in tables and splits it, but it
//! never reorders.

use crate::finding::Span;
use std::collections::VecDeque;

/// One run of text as the tokenizer gave it.
#[derive(Debug)]
struct Run {
    /// Decoded text not yet appended.
    text: String,
    used: usize,
    /// Its source.
    source: String,
    start: u32,
    /// Whether text and source are the same bytes.
    exact: bool,
}

/// Runs that wait to be appended.
#[derive(Debug, Default)]
pub struct TextQueue {
    runs: VecDeque<Run>,
}

impl TextQueue {
    /// Takes a run: its decoded text, its source and where that starts.
    pub fn push(&mut self, text: &str, source: &str, start: u32) {
        let exact = text == source;
        let source = if exact { String::new() } else { source.to_string() };
        self.runs.push_back(Run { text: text.to_string(), used: 0, source, start, exact });
    }

    /// Forgets what was dropped.
    pub fn clear(&mut self) {
        self.runs.clear();
    }

    /// The place of the next appended piece.
    pub fn take(&mut self, piece: &str) -> Option<Span> {
        while let Some(run) = self.runs.front_mut() {
            let rest = run.text.get(run.used..).unwrap_or("");
            if let Some(skip) = skip_to(rest, piece) {
                let from = run.used + skip;
                let to = from + piece.len();
                run.used = to;
                return Some(run.place(from, to));
            }
            self.runs.pop_front();
        }
        None
    }
}

/// Bytes of dropped white space and NUL (as U+FFFD) before the piece.
fn skip_to(rest: &str, piece: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let tail = rest.get(at..)?;
        if tail.starts_with(piece) {
            return Some(at);
        }
        let c = tail.chars().next()?;
        if !matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{FFFD}') {
            // in a frameset all but white space is dropped
            return rest.find(piece);
        }
        at += c.len_utf8();
    }
}

impl Run {
    fn place(&self, from: usize, to: usize) -> Span {
        if self.exact {
            return Span::new(self.start + from as u32, self.start + to as u32);
        }
        // references and CR make the source longer: what is alike at both ends is exact
        let a = common_prefix(&self.text, &self.source).min(from);
        let tail = self.text.len() - to;
        let b = common_suffix(&self.text, &self.source).min(tail);
        let start = if a == from { from } else { a };
        let alike = common_prefix(&self.text, &self.source);
        let end = if to <= alike {
            to
        } else if b == tail {
            self.source.len() - tail
        } else {
            self.source.len() - b
        };
        Span::new(self.start + start as u32, self.start + end.max(start) as u32)
    }
}

fn common_prefix(a: &str, b: &str) -> usize {
    a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y).map_or(a.len().min(b.len()), |((i, _), _)| i)
}

fn common_suffix(a: &str, b: &str) -> usize {
    a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_find_their_place() {
        let mut q = TextQueue::default();
        q.push(" \n a b", " \n a b", 10);
        assert_eq!(q.take("a b"), Some(Span::new(13, 16)));
        q.push(" x & y ", " x &amp; y ", 20);
        assert_eq!(q.take(" "), Some(Span::new(20, 21)));
        assert_eq!(q.take("x & y "), Some(Span::new(21, 31)));
    }
}
