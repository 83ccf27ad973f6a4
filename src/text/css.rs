//! CSS selectors, parsed and explained.

use crate::limits;
use crate::text::nearest::did_you_mean;
use cssparser::{ParseErrorKind, Parser as CssParser};
use scraper::selector::{Parser, Simple};
use selectors::parser::{ParseRelative, SelectorList, SelectorParseErrorKind};
/// What is wrong with a selector, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CssError {
    /// In plain words.
    pub message: String,
    /// Bytes into the selector where it went wrong.
    pub offset: usize,
}

/// Parses a selector list.
///
/// # Errors
/// Bad syntax, pseudo-classes that a page at rest cannot answer, or a selector over
/// [`limits::SELECTOR_BYTES`].
pub fn parse_selector(css: &str) -> Result<SelectorList<Simple>, CssError> {
    if css.len() > limits::SELECTOR_BYTES {
        let message =
            format!("the selector has {} bytes; at most {} are read", css.len(), limits::SELECTOR_BYTES);
        return Err(CssError { message, offset: 0 });
    }
    let mut parser = CssParser::new(css);
    let parsed = SelectorList::parse(&Parser, &mut parser, ParseRelative::No);
    let read = parser.position().byte_index().min(css.len());
    parsed.map_err(|e| match e.kind {
        _ if nested_has(css).is_some() => CssError {
            message: ":has() cannot stand inside another :has()".into(),
            offset: nested_has(css).unwrap_or(read),
        },
        ParseErrorKind::Custom(SelectorParseErrorKind::UnsupportedPseudoClassOrElement) => pseudo(css, read),
        ParseErrorKind::Basic(_) => {
            CssError { message: "this is no valid CSS selector".into(), offset: read }
        }
        ParseErrorKind::Custom(kind) => CssError { message: explain(&kind).into(), offset: read },
    })
}

/// Pseudo-classes that a selector may have.
const PSEUDO: [&str; 17] = [
    "empty",
    "first-child",
    "first-of-type",
    "has",
    "is",
    "last-child",
    "last-of-type",
    "not",
    "nth-child",
    "nth-last-child",
    "nth-last-of-type",
    "nth-of-type",
    "only-child",
    "only-of-type",
    "root",
    "scope",
    "where",
];

/// What is wrong with the first pseudo-class or pseudo-element that cannot be used. The parser
/// tells only how far it read.
fn pseudo(css: &str, read: usize) -> CssError {
    let name = |start: usize| {
        let rest = &css[start..];
        &rest[..rest.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(rest.len())]
    };
    let mut colons = css.match_indices(':').filter(|(i, _)| !in_brackets(&css[..*i])).map(|(i, _)| i + 1);
    let bad = colons.find(|at| !css[*at..].starts_with(':') && !PSEUDO.contains(&name(*at)));
    let Some(start) = bad else {
        let message = "a pseudo-class here cannot be answered by a page at rest".into();
        return CssError { message, offset: read };
    };
    let name = name(start);
    let message = match did_you_mean(name, PSEUDO) {
        _ if css[..start].ends_with("::") => {
            format!("::{name} is a pseudo-element: it is no element that could be found")
        }
        Some(help) => format!("there is no pseudo-class :{name} here: {help}"),
        None => format!(":{name} is not known, or cannot be answered by a page at rest"),
    };
    CssError { message, offset: start }
}

/// Whether a selector's text so far ends inside an attribute test.
fn in_brackets(before: &str) -> bool {
    before.rfind('[').is_some_and(|open| before.rfind(']').is_none_or(|close| close < open))
}

/// Where a `:has()` stands inside another.
fn nested_has(css: &str) -> Option<usize> {
    let (mut open, mut depth): (Vec<usize>, usize) = (Vec::new(), 0);
    for (i, c) in css.char_indices() {
        match c {
            '(' => {
                depth += 1;
                if css[..i].to_ascii_lowercase().ends_with(":has") {
                    if !open.is_empty() {
                        return Some(i - ":has".len() + 1);
                    }
                    open.push(depth);
                }
            }
            ')' => {
                if open.last() == Some(&depth) {
                    open.pop();
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
    }
    None
}

fn explain(kind: &SelectorParseErrorKind) -> &'static str {
    match kind {
        SelectorParseErrorKind::EmptySelector => "the selector is empty",
        SelectorParseErrorKind::DanglingCombinator => "nothing follows the combinator",
        SelectorParseErrorKind::NoQualifiedNameInAttributeSelector => {
            "an attribute's name is missing after ["
        }
        SelectorParseErrorKind::UnexpectedTokenInAttributeSelector
        | SelectorParseErrorKind::BadValueInAttr => "this is no valid attribute test; write [name=\"value\"]",
        SelectorParseErrorKind::ClassNeedsIdent => "a class's name is missing after the dot",
        SelectorParseErrorKind::ExpectedNamespace => "namespaces are not known here",
        _ => "this is no valid CSS selector",
    }
}

#[cfg(test)]
mod tests {
    use super::parse_selector;

    #[test]
    fn mistakes_are_told_where_they_are() {
        let told = |css: &str| parse_selector(css).map(|_| ()).map_err(|e| (e.offset, e.message));
        let wrong = [
            ("div p:nth-chld(2) b", 6, "did you mean “nth-child”?"),
            ("p:hover > b", 2, "page at rest"),
            ("p::before", 3, "pseudo-element"),
            ("a:has(b:has(c))", 8, "inside another"),
            ("é > p:nth-chld(2)", 7, "nth-chld"),
        ];
        for (css, at, what) in wrong {
            let (offset, message) = told(css).expect_err(css);
            assert!(message.contains(what), "{css}: {message}");
            assert_eq!(offset, at, "{css}: {message}");
        }
        assert_eq!(told("a:has(b):has(c), :is(a, b):not(:has(c))"), Ok(()));
    }
}
