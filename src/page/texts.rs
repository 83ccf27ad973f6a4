//! Ties the pieces of text that the tree builder appends to their place in the
//! source: it drops white space, holds text back in tables and splits it, but it
//! never reorders.

use crate::finding::Span;
use std::collections::VecDeque;

/// One run of text as the tokenizer gave it.
#[derive(Debug)]
struct Run {
    /// Its text where that differs from its source: references, CR, NUL.
    text: Option<String>,
    /// Bytes of the text that were appended or dropped already.
    used: usize,
    source: Span,
}

/// Runs that wait to be appended; `source` is the whole page.
#[derive(Debug)]
pub struct TextQueue<'s> {
    source: &'s str,
    runs: VecDeque<Run>,
}

impl<'s> TextQueue<'s> {
    /// An empty queue over a page.
    pub fn new(source: &'s str) -> Self {
        TextQueue { source, runs: VecDeque::new() }
    }

    /// Takes a run: its source, and its text where that is another.
    pub fn push(&mut self, source: Span, text: Option<String>) {
        self.runs.push_back(Run { text, used: 0, source });
    }

    /// Forgets what was dropped.
    pub fn clear(&mut self) {
        self.runs.clear();
    }

    /// The place of the next appended piece.
    pub fn take(&mut self, piece: &str) -> Option<Span> {
        while let Some(run) = self.runs.front_mut() {
            let written = run.source.slice(self.source);
            let rest = run.text.as_deref().unwrap_or(written).get(run.used..).unwrap_or("");
            if let Some(skip) = skip_to(rest, piece) {
                let from = run.used + skip;
                run.used = from + piece.len();
                return Some(run.place(written, from, run.used));
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
    fn place(&self, written: &str, from: usize, to: usize) -> Span {
        let start = self.source.start;
        let Some(text) = &self.text else {
            return Span::new(start + from as u32, start + to as u32);
        };
        // references and CR make the source longer: what is alike at both ends is exact
        let alike = common_prefix(text, written);
        let tail = text.len() - to;
        let same_tail = common_suffix(text, written).min(tail);
        let first = alike.min(from);
        let last = if to <= alike { to } else { written.len() - same_tail };
        Span::new(start + first as u32, start + last.max(first) as u32)
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
        let source = " \n a b x &amp; y ";
        let mut q = TextQueue::new(source);
        q.push(Span::new(0, 6), None);
        assert_eq!(q.take("a b"), Some(Span::new(3, 6)));
        q.push(Span::new(6, 16), Some(" x & y ".into()));
        assert_eq!(q.take(" "), Some(Span::new(6, 7)));
        assert_eq!(q.take("x & y "), Some(Span::new(7, 16)));
    }
}
