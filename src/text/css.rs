//! CSS selectors, parsed and explained.

use crate::limits;
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
    let offset = parser.position().byte_index().min(css.len());
    parsed.map_err(|e| {
        let message = match e.kind {
            ParseErrorKind::Basic(_) => "this is no valid CSS selector".to_string(),
            ParseErrorKind::Custom(kind) => explain(&kind).to_string(),
        };
        CssError { message, offset }
    })
}

fn explain(kind: &SelectorParseErrorKind) -> &'static str {
    match kind {
        SelectorParseErrorKind::EmptySelector => "the selector is empty",
        SelectorParseErrorKind::DanglingCombinator => "nothing follows the combinator",
        SelectorParseErrorKind::UnsupportedPseudoClassOrElement => {
            "this pseudo-class is not known, or cannot be answered by a page at rest"
        }
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
