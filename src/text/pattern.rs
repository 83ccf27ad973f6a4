//! Regular expressions, compiled only once a literal that they need was seen.

use crate::limits;
use crate::text::fold::BREAK;
use crate::text::literals::literals;
use foldhash::HashMap;
use regex::{Regex, RegexBuilder};
use smol_str::SmolStr;
use std::sync::OnceLock;

/// Literals of the expressions of the built-in packs, by expression, found when the program was
/// built.
const EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/literals"));
static KNOWN: OnceLock<HashMap<&'static str, Vec<&'static str>>> = OnceLock::new();

/// A regular expression that waits for its literal.
#[derive(Debug)]
pub struct LazyPattern {
    source: String,
    /// One of these stands in every text that matches; empty where none is known.
    literals: Vec<SmolStr>,
    /// See [`LazyPattern::stands_as_written`].
    as_written: bool,
    compiled: OnceLock<Option<Regex>>,
}

impl LazyPattern {
    /// Takes the expression; does not compile it.
    pub fn new(source: &str) -> LazyPattern {
        let known = KNOWN.get_or_init(|| postcard::from_bytes(EMBEDDED).unwrap_or_default()).get(source);
        let literals: Vec<SmolStr> = match known {
            Some(known) => known.iter().map(|l| SmolStr::new_static(l)).collect(),
            None => literals(source).iter().map(SmolStr::new).collect(),
        };
        let as_written = !literals.is_empty() && !literals.iter().any(|l| l.contains(['.', BREAK]));
        LazyPattern { source: source.to_string(), literals, as_written, compiled: OnceLock::new() }
    }

    /// The expression as written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Texts of which one stands in every text that matches; none where that is unknown.
    pub fn literals(&self) -> &[SmolStr] {
        &self.literals
    }

    /// Whether it has literals that stand in a walk's buffer wherever they stand in the text of an
    /// element, to which points before cents and breaks for what is left out are added.
    pub fn stands_as_written(&self) -> bool {
        self.as_written
    }

    /// Whether the text can match at all: one of its literals is there.
    pub fn may_match(&self, text: &str) -> bool {
        self.literals.is_empty() || self.literals.iter().any(|l| text.contains(l.as_str()))
    }

    /// The compiled expression for texts in small letters, within the limits of `limits.rs`.
    /// `None` where it does not compile, which loading a pack refuses.
    pub fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| build(&self.source, !is_small(&self.source)).ok()).as_ref()
    }

    /// Whether a folded text matches.
    pub fn is_match(&self, text: &str) -> bool {
        // of many literals the expression itself is the quicker search
        let look = self.literals.len() <= FEW;
        (!look || self.may_match(text))
            && self.regex().is_some_and(|r| pieces(text).any(|(_, t)| r.is_match(t)))
    }

    /// Every match in a buffer, line by line, so that no match spans two blocks.
    pub fn each_match(&self, buffer: &str, mut each: impl FnMut(usize, usize)) {
        let mut at = 0;
        for line in buffer.split('\n') {
            if self.may_match(line) {
                self.in_line(at, line, &mut each);
            }
            at += line.len() + 1;
        }
    }

    /// Every match in the lines of a buffer in which its literals were seen, at these bytes
    /// in rising order.
    pub fn each_match_at(&self, buffer: &str, seen: &[u32], mut each: impl FnMut(usize, usize)) {
        let mut done = 0;
        for &at in seen {
            let at = at as usize;
            if at < done {
                continue;
            }
            let from = buffer.get(..at).and_then(|b| b.rfind('\n')).map_or(0, |i| i + 1);
            let to = buffer.get(at..).and_then(|b| b.find('\n')).map_or(buffer.len(), |i| at + i);
            self.in_line(from, buffer.get(from..to).unwrap_or(""), &mut each);
            done = to + 1;
        }
    }

    fn in_line(&self, at: usize, line: &str, each: &mut impl FnMut(usize, usize)) {
        let Some(regex) = self.regex() else { return };
        let mut done = 0;
        for (from, piece) in pieces(line) {
            for m in regex.find_iter(piece).filter(|m| !m.is_empty()) {
                if from + m.start() >= done {
                    done = from + m.end();
                    each(at + from + m.start(), at + done);
                }
            }
        }
    }
}

/// Compiles an expression as patterns are: case-insensitive and bounded in size.
///
/// # Errors
/// Those of the regex crate: syntax, or too big.
pub fn compile(source: &str) -> Result<Regex, regex::Error> {
    build(source, true)
}

fn build(source: &str, case_insensitive: bool) -> Result<Regex, regex::Error> {
    RegexBuilder::new(source)
        .case_insensitive(case_insensitive)
        .size_limit(limits::PATTERN_COMPILED)
        .dfa_size_limit(4 * limits::PATTERN_COMPILED)
        .nest_limit(limits::PATTERN_NEST)
        .build()
}

/// Whether an expression names no capital: on texts in small letters it then matches the same when
/// case counts, and is compiled and searched in a fraction of the time.
fn is_small(source: &str) -> bool {
    let mut chars = source.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            // a class may be named in capitals: `\D`, `\p{L}`, `\pL`
            let named = matches!(chars.next(), Some('p' | 'P'));
            if named && chars.next() == Some('{') {
                chars.by_ref().find(|c| *c == '}');
            }
        } else if c.is_uppercase() {
            return false;
        }
    }
    true
}

/// A text in pieces of [`limits::PATTERN_HAYSTACK`] bytes, which bound what one expression can
/// cost at once; each begins a little before the last one ends, so that no match is cut in two.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let from = next?;
        let to = floor((from + limits::PATTERN_HAYSTACK).min(text.len()));
        next = (to < text.len()).then(|| floor(to - limits::PATTERN_BYTES));
        Some((from, &text[from..to]))
    })
}

/// Literals that are looked for one by one.
const FEW: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_literal_that_a_pattern_needs() {
        assert_eq!(literals(r"满 ?\d+ ?减 ?\d+").first().map(|l| l.trim().to_string()), Some("减".into()));
        assert!(LazyPattern::new(r"[0-9.]+ ?折").may_match("8折"));
        assert!(!LazyPattern::new(r"[0-9.]+ ?折").may_match("no discount"));
        assert!(LazyPattern::new(r"\d+\s?%").is_match("20 %"));
        assert_eq!(literals(r"\d+ ?(?:to|-) ?\d+ ?(?:Years|月)(?: old)?"), ["years", "月"]);
        assert_eq!(literals(r"^(?:[sml]|x{1,3}l)$"), ["l", "m", "s"]);
        assert!(literals(r"\d+|a?b*").is_empty());
    }

    #[test]
    fn capitals_in_an_expression_match_small_letters() {
        for (source, small) in [
            (r"^[^\p{L}]*\D\S\PN?size\W$", true),
            ("größe|尺码", true),
            ("Size", false),
            ("[A-Z]{2}", false),
            (r"\\A", false),
            ("Τιμή", false),
        ] {
            assert_eq!(is_small(source), small, "{source}");
        }
        assert!(LazyPattern::new("Size [A-C]").is_match("size b"));
    }

    #[test]
    fn a_long_line_is_searched_to_its_end() {
        let line = format!("{}满30{}", "尺码 ".repeat(40_000), "满40".repeat(2));
        let mut seen = Vec::new();
        LazyPattern::new(r"满\s?\d+").each_match(&line, |a, b| seen.push(&line[a..b]));
        assert_eq!(seen, ["满30", "满40", "满40"]);
        assert!(LazyPattern::new("满40").is_match(&line));
    }

    #[test]
    fn matches_stay_in_their_line() {
        let mut seen = Vec::new();
        LazyPattern::new(r"满\s?\d+").each_match("满\n30\n满30", |a, b| seen.push((a, b)));
        assert_eq!(seen, vec![(7, 12)]);
    }
}
