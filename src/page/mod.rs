//! A page: decoded text, tree with exact places, lines.

pub mod data;
pub mod directives;
pub mod dom;
mod end_tags;
pub mod lines;
pub mod parse;
mod sink;
mod texts;

use dom::Dom;
use lines::LineIndex;
use std::sync::Arc;

/// The encoding of a page and what told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// WHATWG name: "utf-8", "gbk".
    pub label: &'static str,
    /// bom, http, meta, detected or default.
    pub from: &'static str,
}

/// A parsed page.
#[derive(Debug)]
pub struct Page {
    /// Path as given, `-`, or the URL.
    pub source: String,
    /// The decoded text; for UTF-8 byte for byte the file. All spans count its bytes.
    pub text: Arc<str>,
    /// Its encoding.
    pub encoding: Encoding,
    /// Its lines.
    pub lines: LineIndex,
    /// Its tree.
    pub dom: Dom,
    /// Why it was not read whole; empty where it was.
    pub partial: Vec<String>,
}

impl Page {
    /// Parses a text that is decoded already.
    pub fn from_text(source: &str, text: &str) -> Page {
        let parsed = parse::parse(text);
        Page {
            source: source.to_string(),
            text: Arc::from(text),
            encoding: Encoding { label: "utf-8", from: "default" },
            lines: LineIndex::new(text),
            dom: parsed.dom,
            partial: parsed.partial,
        }
    }
}
