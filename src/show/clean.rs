//! Text from a page is data: no control character, escape sequence or direction
//! override of it reaches a terminal, a log or a report.

use std::borrow::Cow;
use std::fmt;

/// A text made safe to print on one line. Only this shows text of pages, paths, URLs
/// and headers.
pub struct Shown<'t>(pub &'t str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match picture(c) {
                None => write!(f, "{c}")?,
                Some(Safe::Space) => f.write_str(" ")?,
                Some(Safe::Picture(p)) => write!(f, "{p}")?,
                Some(Safe::Code) => write!(f, "\\u{{{:X}}}", c as u32)?,
            }
        }
        Ok(())
    }
}

enum Safe {
    Space,
    Picture(char),
    Code,
}

fn picture(c: char) -> Option<Safe> {
    match c as u32 {
        0x09 | 0x0A | 0x0D => Some(Safe::Space),
        // the control pictures of Unicode
        n @ 0x00..=0x1F => char::from_u32(0x2400 + n).map(Safe::Picture),
        0x7F => Some(Safe::Picture('\u{2421}')),
        // C1 controls, direction marks, line separators: what moves or hides text
        0x80..=0x9F
        | 0x200E
        | 0x200F
        | 0x202A..=0x202E
        | 0x2066..=0x2069
        | 0x061C
        | 0x2028
        | 0x2029
        | 0xFEFF => Some(Safe::Code),
        _ => None,
    }
}

/// The text made safe to print.
pub fn shown(text: &str) -> String {
    Shown(text).to_string()
}

/// At most `max` characters of a text, with an ellipsis where it was cut.
pub fn cut(text: &str, max: usize) -> Cow<'_, str> {
    match text.char_indices().nth(max) {
        None => text.into(),
        Some((i, _)) => format!("{}…", &text[..i]).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Whether a character may reach a terminal.
    fn harmless(c: char) -> bool {
        !c.is_control() && !matches!(c as u32, 0x200E..=0x200F | 0x202A..=0x202E | 0x2066..=0x2069 | 0x061C)
    }

    #[test]
    fn every_character_is_made_harmless() {
        for c in (0..=0x10FFFF).filter_map(char::from_u32) {
            assert!(shown(&c.to_string()).chars().all(harmless), "{:X}", c as u32);
        }
        assert_eq!(shown("a\u{1b}[31m\tb"), "a␛[31m b");
        assert_eq!(cut("尺码表格", 2), "尺码…");
    }

    proptest! {
        #[test]
        fn any_text_is_made_harmless(text in "\\PC{0,20}[\\x00-\\x1f\\u{80}-\\u{9f}\\u{202e}]{0,5}") {
            prop_assert!(shown(&text).chars().all(harmless));
        }
    }
}
