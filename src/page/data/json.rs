//! A small JSON reader that keeps the place of every value: `serde_json` has no
//! spans, and a finding about a structured price must point at that price.

use crate::finding::Span;

/// Deepest nesting read; serde_json's own limit.
const DEPTH: usize = 128;

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Json {
    /// What it is.
    pub kind: Kind,
    /// Bytes in the text; of a string, without its quotes.
    pub span: Span,
}

/// Kinds of values.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// null
    Null,
    /// true, false and numbers, as written.
    Word(String),
    /// A string, decoded.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object; of a key given twice the last one counts.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The member of an object.
    pub fn get(&self, key: &str) -> Option<&Json> {
        match &self.kind {
            Kind::Object(members) => members.iter().rev().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text of a string, number or word.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(t) | Kind::Word(t) => Some(t),
            _ => None,
        }
    }
}

/// What is wrong, and at which byte.
pub type JsonError = (usize, &'static str);

/// Reads one JSON text. `offset` is added to all spans.
///
/// # Errors
/// The first thing that is no JSON; control characters in strings are let through, as
/// search engines do.
pub fn parse(text: &str, offset: u32) -> Result<Json, JsonError> {
    let mut r = Reader { bytes: text.as_bytes(), text, at: 0, offset };
    r.space();
    let value = r.value(0)?;
    r.space();
    if r.at < r.bytes.len() {
        return Err((r.at, "something follows the end of the JSON"));
    }
    Ok(value)
}

struct Reader<'t> {
    bytes: &'t [u8],
    text: &'t str,
    at: usize,
    offset: u32,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|b| b.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.offset + from as u32, self.offset + to as u32)
    }

    // recursion ends at DEPTH
    fn value(&mut self, depth: usize) -> Result<Json, JsonError> {
        if depth > DEPTH {
            return Err((self.at, "the JSON is nested too deep"));
        }
        let from = self.at;
        let kind = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => {
                let text = self.string()?;
                return Ok(Json { kind: Kind::Text(text), span: self.span(from + 1, self.at - 1) });
            }
            Some(b) if b.is_ascii_alphanumeric() || b == b'-' => self.word()?,
            Some(_) => return Err((self.at, "a value is expected here")),
            None => return Err((self.at, "the JSON ends too early")),
        };
        Ok(Json { kind, span: self.span(from, self.at) })
    }

    fn word(&mut self) -> Result<Kind, JsonError> {
        let from = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.')) {
            self.at += 1;
        }
        let word = self.text.get(from..self.at).unwrap_or("");
        match word {
            "null" => Ok(Kind::Null),
            "true" | "false" => Ok(Kind::Word(word.to_string())),
            number if number.parse::<f64>().is_ok_and(f64::is_finite) && !number.starts_with('.') => {
                Ok(Kind::Word(number.to_string()))
            }
            _ => Err((from, "this is no number and no known word")),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Kind, JsonError> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Kind::List(items));
        }
        loop {
            self.space();
            items.push(self.value(depth + 1)?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Kind::List(items));
                }
                _ => return Err((self.at, "a comma or ] is expected here")),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Kind, JsonError> {
        self.at += 1;
        let mut members = Vec::new();
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Kind::Object(members));
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return Err((self.at, "a name in double quotes is expected here"));
            }
            let key = self.string()?;
            self.space();
            if self.peek() != Some(b':') {
                return Err((self.at, "a colon is expected here"));
            }
            self.at += 1;
            self.space();
            members.push((key, self.value(depth + 1)?));
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Kind::Object(members));
                }
                _ => return Err((self.at, "a comma or } is expected here")),
            }
        }
    }

    fn string(&mut self) -> Result<String, JsonError> {
        let start = self.at;
        self.at += 1;
        let mut out = String::new();
        let mut plain = self.at;
        loop {
            match self.peek() {
                None => return Err((start, "this string is never closed")),
                Some(b'"') => {
                    out.push_str(self.text.get(plain..self.at).unwrap_or(""));
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    out.push_str(self.text.get(plain..self.at).unwrap_or(""));
                    self.at += 1;
                    let escape = self.peek().ok_or((start, "this string is never closed"))?;
                    self.at += 1;
                    match escape {
                        b'n' => out.push('\n'),
                        b't' => out.push('\t'),
                        b'r' => out.push('\r'),
                        b'b' => out.push('\u{8}'),
                        b'f' => out.push('\u{c}'),
                        b'u' => out.push(self.unicode()?),
                        b'"' | b'\\' | b'/' => out.push(escape as char),
                        _ => return Err((self.at - 2, "there is no such escape")),
                    }
                    plain = self.at;
                }
                Some(_) => self.at += 1,
            }
        }
    }

    fn unicode(&mut self) -> Result<char, JsonError> {
        let high = self.hex()?;
        if (0xD800..0xDC00).contains(&high) && self.text.get(self.at..).is_some_and(|t| t.starts_with("\\u"))
        {
            self.at += 2;
            let low = self.hex()?;
            if (0xDC00..0xE000).contains(&low) {
                let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                return Ok(char::from_u32(code).unwrap_or('\u{FFFD}'));
            }
        }
        Ok(char::from_u32(high).unwrap_or('\u{FFFD}'))
    }

    fn hex(&mut self) -> Result<u32, JsonError> {
        let digits = self.text.get(self.at..self.at + 4).unwrap_or("");
        let code =
            u32::from_str_radix(digits, 16).map_err(|_| (self.at, "four hex digits are expected here"))?;
        self.at += 4;
        Ok(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keeps_places() {
        let text = r#"{"offers":[{"price":"149", "x":1.50}]}"#;
        let json = parse(text, 100).expect("JSON");
        let price = json.get("offers").and_then(|o| match &o.kind {
            Kind::List(l) => l.first().and_then(|f| f.get("price")),
            _ => None,
        });
        let span = price.expect("price").span;
        assert_eq!(&text[span.start as usize - 100..span.end as usize - 100], "149");
    }

    #[test]
    fn refuses_what_is_no_json() {
        for bad in [
            "{",
            "[1,]",
            "{'a':1}",
            "{\"a\":1e999}",
            "NaN",
            "{\"a\":1} x",
            "\"\\q\"",
            "[",
            "\"abc",
            &"[".repeat(4000),
        ] {
            assert!(parse(bad, 0).is_err(), "{bad}");
        }
        assert_eq!(parse("\"\\ud83d\\ude00\"", 0).map(|j| j.kind), Ok(Kind::Text("😀".into())));
    }

    proptest! {
        #[test]
        fn never_panics(text in "[\\[\\]{}\",:\\\\ua0-9e.尺 -]{0,60}") {
            let _ = parse(&text, 0);
        }
        #[test]
        fn reads_what_serde_reads(text in "[\\[\\]{}\",:a0-9 ]{0,40}") {
            if serde_json::from_str::<serde_json::Value>(&text).is_ok() {
                prop_assert!(parse(&text, 0).is_ok());
            }
        }
    }
}
