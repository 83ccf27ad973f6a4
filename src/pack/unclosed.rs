//! Lists and tables in a TOML text that are opened and never closed: whatever follows one reads as
//! a mistake, and only its beginning is worth telling.

/// The byte of the first `[` or `{` of a value that nothing closes, and what would. O(bytes).
pub(super) fn first(text: &str) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut line_begins = true;
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = &text[at..];
        let header = c == '[' && line_begins && open.is_empty();
        match c {
            '#' => at += line(rest),
            _ if header => at += line(rest),
            '"' | '\'' => at += string(rest),
            '[' | '{' => {
                open.push((at, if c == '[' { ']' } else { '}' }));
                at += 1;
            }
            ']' | '}' => {
                if open.last().is_some_and(|o| o.1 == c) {
                    open.pop();
                }
                at += 1;
            }
            _ => at += c.len_utf8(),
        }
        line_begins = c == '\n' || line_begins && c.is_whitespace();
    }
    open.first().copied()
}

/// Bytes to the end of the line.
fn line(rest: &str) -> usize {
    rest.find('\n').unwrap_or(rest.len())
}

/// Bytes of the string that begins here: to its end, or to the end of the line where that comes first.
fn string(rest: &str) -> usize {
    let quote = &rest[..1];
    let long = quote.repeat(3);
    if let Some(inner) = rest.strip_prefix(long.as_str()) {
        return inner.find(long.as_str()).map_or(rest.len(), |end| end + 2 * long.len());
    }
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' => return at,
            '\\' if quote == "\"" => escaped = !escaped,
            c if !escaped && quote.starts_with(c) => return at + 1,
            _ => escaped = false,
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn the_first_that_nothing_closes() {
        for (text, found) in [
            ("[a]\nb = [\"x]\", '[', # [\n 1]\n", None),
            ("[[a]]\nb = { c = [1], d = \"\\\"]\" }\n", None),
            ("b = \"\"\"\n[\n\"\"\"\nc = '''{'''\n", None),
            ("a = [\"x\"\nb = [1]\n[c]\nd = 1\n", Some((4, ']'))),
            ("a = 1\nb = { c = [1, 2 }\n", Some((10, '}'))),
            ("a = [[1, 2]\n", Some((4, ']'))),
            ("a = [\"x\nb = [\"é\"]\n", Some((4, ']'))),
            ("a = [\"", Some((4, ']'))),
            ("", None),
        ] {
            assert_eq!(first(text), found.map(|(at, end): (usize, char)| (at, end)), "{text}");
        }
    }
}
