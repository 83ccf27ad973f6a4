//! What TOML says, as plain checked data: words, parts and rules.

mod expect;
mod field;
mod kind;
mod part;
mod rule;
mod words;

pub use expect::*;
pub use field::*;
pub use kind::*;
pub use part::*;
pub use rule::*;
pub use words::*;

use std::collections::BTreeMap;
use std::sync::Arc;

/// A rule, words, parts or config file as it was read.
#[derive(Debug, PartialEq, Eq)]
pub struct TomlFile {
    /// Path as shown to the user; `rules/...` for the built-in pack.
    pub path: String,
    /// Whole text.
    pub text: std::borrow::Cow<'static, str>,
}

/// Where in a file something was written.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file.
    pub file: Arc<TomlFile>,
    /// Bytes in its text.
    pub range: std::ops::Range<usize>,
}

impl Place {
    /// Line of the place, from 1.
    pub fn line(&self) -> u32 {
        let end = self.range.start.min(self.file.text.len());
        self.file.text.as_bytes()[..end].iter().filter(|b| **b == b'\n').count() as u32 + 1
    }
}

/// Words, parts and rules of all layers, merged and checked.
#[derive(Clone, Debug, Default)]
pub struct Pack {
    /// Word lists by name.
    pub words: BTreeMap<String, std::sync::Arc<WordList>>,
    /// Parts by name. Built-in parts are not listed: see [`Builtin`].
    pub parts: BTreeMap<String, Part>,
    /// Rules by id.
    pub rules: BTreeMap<String, Rule>,
    /// Platforms and the texts in a page that give them away.
    pub platforms: BTreeMap<String, Vec<String>>,
}
