//! Word lists.

use super::Place;
use smol_str::SmolStr;
use std::sync::Arc;

/// How a phrase must sit in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PhraseMode {
    /// Anywhere, at word boundaries where the phrase has Latin ends.
    Inside,
    /// The whole label.
    Exact,
    /// The start of a label.
    Prefix,
}

/// One phrase of a word list.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    /// As written.
    pub text: SmolStr,
    /// Folded, as texts of pages are, where that is another text.
    pub folds: Option<Box<str>>,
    /// BCP 47 tag, or `mul`.
    pub lang: Arc<str>,
    /// How it must sit.
    pub mode: PhraseMode,
    /// Only on pages of this platform.
    pub platform: Option<Arc<str>>,
}

impl Phrase {
    /// Folded, as texts of pages are.
    pub fn folded(&self) -> &str {
        self.folds.as_deref().unwrap_or(&self.text)
    }

    /// The same, without a copy of a text of the program's own.
    pub fn shared(&self) -> SmolStr {
        self.folds.as_deref().map_or_else(|| self.text.clone(), SmolStr::new)
    }
}

/// A run of sub-words in a class, id, file name or URL.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// As written: `add-to-cart`.
    pub text: String,
    /// Only on pages of this platform.
    pub platform: Option<String>,
}

/// A regular expression, where phrases cannot do it.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// As written.
    pub regex: String,
    /// Only on pages of this platform.
    pub platform: Option<String>,
}

/// A word list.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    /// Name.
    pub name: String,
    /// Phrases of all languages.
    pub phrases: Vec<Phrase>,
    /// Regular expressions over texts.
    pub patterns: Vec<Pattern>,
    /// Longest label in characters; 40 where not given.
    pub max_chars: u32,
    /// Phrases that cancel a hit they cover, or all hits where they are the whole label.
    pub not: Vec<Phrase>,
    /// Sub-word runs for names, files and links.
    pub tokens: Vec<Token>,
    /// Sub-word runs that cancel a token hit on the same attribute.
    pub not_tokens: Vec<Token>,
    /// Where it is written, in each pack that has it.
    pub places: Vec<Place>,
    /// Platforms that `on` names, with their places.
    pub on: Vec<(String, Place)>,
}
