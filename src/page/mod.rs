//! A page: decoded text, tree with exact places, lines.

pub mod data;
pub mod decode;
pub mod directives;
pub mod dom;
mod end_tags;
pub mod lines;
pub mod parse;
mod prescan;
mod sink;
mod spans;
mod texts;

use crate::audit::Failed;
use crate::source::{Loaded, failed};
use dom::Dom;
use lines::LineIndex;
use std::sync::Arc;
use url::Url;

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
    /// Where it came from on the web in the end.
    pub address: Option<Url>,
    /// The decoded text; for UTF-8 byte for byte the file. All spans count its bytes.
    pub text: Arc<str>,
    /// Its encoding.
    pub encoding: Encoding,
    /// Its lines.
    pub lines: Arc<LineIndex>,
    /// Its tree.
    pub dom: Dom,
    /// Why it was not read whole; empty where it was.
    pub partial: Vec<String>,
    /// Of a page that a browser rendered: how many of its scripts were not at hand. `None` of a page
    /// as its source has it.
    pub rendered: Option<usize>,
    /// What is wrong with its declared encoding, if anything.
    pub mojibake: Option<String>,
}

impl Page {
    /// Parses a text that is decoded already.
    pub fn from_text(source: &str, text: &str) -> Page {
        let parsed = parse::parse(text);
        Page {
            source: source.to_string(),
            address: None,
            text: Arc::from(text),
            encoding: Encoding { label: "utf-8", from: "default" },
            lines: Arc::new(LineIndex::new(text)),
            dom: parsed.dom,
            partial: parsed.partial,
            rendered: None,
            mojibake: None,
        }
    }

    /// Decodes and parses what was read or fetched.
    ///
    /// # Errors
    /// An encoding that cannot be decoded.
    pub fn load(loaded: &Loaded) -> Result<Page, Failed> {
        let decoded = decode::decode(&loaded.bytes, loaded.charset.as_deref())
            .map_err(|why| failed(&loaded.source, "page/encoding", why, None))?;
        let page = Page::from_text(&loaded.source, &decoded.text);
        let encoding = Encoding { label: decoded.label, from: decoded.from };
        let mut partial = page.partial;
        if decoded.garbled {
            partial.push(format!("much of it is no {} text and no other encoding fits", decoded.label));
        }
        Ok(Page { encoding, mojibake: decoded.mojibake, partial, address: loaded.address.clone(), ..page })
    }
}
