//! Bytes of a stylesheet to text.

use encoding_rs::{Encoding, UTF_8};

/// Decodes a stylesheet: its byte order mark, else its `@charset`, else UTF-8; what is no
/// text stands as U+FFFD. A byte order mark left in the text would cost the first rule.
pub fn stylesheet(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or(&[])).0.into_owned();
    }
    let encoding = charset(bytes).unwrap_or(UTF_8);
    encoding.decode_without_bom_handling(bytes).0.trim_start_matches('\u{FEFF}').to_string()
}

/// `@charset "..."` at the very start, as the rule wants it.
fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let rest = bytes.strip_prefix(b"@charset \"")?;
    let name = rest.get(..rest.iter().take(64).position(|b| *b == b'"')?)?;
    // what can be read as ASCII so far is not UTF-16
    Encoding::for_label(name).map(|e| if e.is_ascii_compatible() { e } else { UTF_8 })
}

#[cfg(test)]
mod tests {
    use super::stylesheet;

    #[test]
    fn marks_and_charsets_are_read() {
        assert_eq!(stylesheet(b"\xEF\xBB\xBFp{}"), "p{}");
        assert_eq!(
            stylesheet(b"@charset \"iso-8859-1\";a:after{content:'\xE9'}"),
            "@charset \"iso-8859-1\";a:after{content:'\u{e9}'}"
        );
        assert_eq!(stylesheet(b"p{content:'\xFF'}"), "p{content:'\u{FFFD}'}");
        assert_eq!(stylesheet(b"\xFF\xFEp\x00"), "p");
    }
}
