//! The lines of a place as plain pieces, for reports that are no text: cut round the place
//! and cleaned, like the snippets for terminals.

use crate::show::clean::shown;
use crate::show::snippet::{MAX_LINES, floor, left_edge, line_ends, right_edge};
use std::ops::Range;

/// One line of a source window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// What stands before the place; ends of lines that were cut are an ellipsis.
    pub before: String,
    /// The place itself, or what of it lies in this line.
    pub marked: String,
    /// What stands behind it.
    pub after: String,
}

/// The lines that a range of bytes lies in, the first few of many.
pub fn window(text: &str, range: Range<usize>) -> Vec<Line> {
    let start = floor(text, range.start);
    let end = floor(text, range.end.max(start));
    let line_start = text[..start].rfind(['\n', '\r']).map_or(0, |i| i + 1);
    let mut number = line_ends(&text[..line_start]) + 1;
    // a byte order mark is nothing to see
    let mut at =
        line_start + if text[line_start..].starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut lines = Vec::new();
    while lines.len() < MAX_LINES {
        let stop = text[at..].find(['\n', '\r']).map_or(text.len(), |i| at + i);
        let from = if lines.is_empty() { left_edge(text, at, start.max(at)) } else { at };
        let to = right_edge(text, from, stop);
        let (a, b) = (start.clamp(from, to), end.clamp(from, to));
        let cut = |cut: bool| if cut { "…" } else { "" };
        lines.push(Line {
            number,
            before: format!("{}{}", cut(from > at), shown(&text[from..a])),
            marked: shown(&text[a..b]),
            after: format!("{}{}", shown(&text[b..to]), cut(to < stop)),
        });
        if stop >= end || stop >= text.len() {
            break;
        }
        at = stop + if text[stop..].starts_with("\r\n") { 2 } else { 1 };
        number += 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(number: usize, before: &str, marked: &str, after: &str) -> Line {
        let [before, marked, after] = [before, marked, after].map(str::to_string);
        Line { number, before, marked, after }
    }

    #[test]
    fn a_place_is_cut_out_of_its_lines() {
        let text = "<p>\n  <b class=price>\n9</b>";
        assert_eq!(window(text, 6..21), [line(2, "  ", "<b class=price>", "")]);
        assert_eq!(window(text, 6..23), [line(2, "  ", "<b class=price>", ""), line(3, "", "9", "</b>")]);
    }

    #[test]
    fn long_lines_are_cut_on_both_sides() {
        let text = format!("{}<b>{}", "x".repeat(5_000), "y".repeat(5_000));
        let lines = window(&text, 5_000..5_003);
        assert!(lines[0].before.starts_with('…') && lines[0].after.ends_with('…'), "{lines:?}");
        assert_eq!(lines[0].marked, "<b>");
        assert!(lines[0].before.len() + lines[0].after.len() < 200);
    }

    #[test]
    fn controls_are_shown_not_obeyed() {
        let lines = window("a\u{1b}[1m\u{202e}b", 0..6);
        assert!(!format!("{lines:?}").contains('\u{1b}'), "{lines:?}");
    }

    proptest! {
        #[test]
        fn never_panics(text in "[a尺\n\r\t\u{1b}<>\u{feff}]{0,60}", a in 0usize..80, b in 0usize..80) {
            let lines = window(&text, a..b);
            prop_assert!(!lines.is_empty() && lines.len() <= MAX_LINES);
        }
    }
}
