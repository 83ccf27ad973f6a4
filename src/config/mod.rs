//! `storelint.toml`: levels, options, words, what pages are, what is accepted.

mod apply;
mod find;
mod read;

pub use apply::{Effective, effective};
pub use find::{NAME, nearest};
pub use read::{KEYS, read};

use crate::finding::Level;
use crate::pack::files::PackSource;
use crate::pack::model::{Place, Value, WordList};
use crate::viewport::Viewport;
use globset::GlobMatcher;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A value with the place it was written at.
#[derive(Clone, Debug)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where.
    pub place: Place,
}

/// What the config says of one rule.
#[derive(Clone, Debug, Default)]
pub struct RuleSettings {
    /// Its level.
    pub level: Option<At<Level>>,
    /// Its options.
    pub options: BTreeMap<String, At<Value>>,
    /// Where the name of each option is written.
    pub names: BTreeMap<String, Place>,
}

/// `[[pages]]`.
#[derive(Clone, Debug)]
pub struct PagesEntry {
    /// Patterns of paths and URLs.
    pub matches: Vec<GlobMatcher>,
    /// Page kind.
    pub page: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// Platform.
    pub platform: Option<String>,
    /// Where it is written.
    pub platform_place: Option<Place>,
    /// Market.
    pub market: Option<String>,
    /// Levels for these pages only.
    pub levels: BTreeMap<String, At<Level>>,
    /// Where.
    pub place: Place,
}

/// `[[ignore]]`.
#[derive(Clone, Debug)]
pub struct Ignore {
    /// Rule.
    pub rule: String,
    /// Pattern of the page.
    pub page: Option<GlobMatcher>,
    /// Only findings about this part.
    pub find: Option<String>,
    /// Where it is written.
    pub find_place: Option<Place>,
    /// Only findings in elements of this selector.
    pub css: Option<String>,
    /// Why.
    pub why: String,
    /// Last day, `YYYY-MM-DD`.
    pub until: Option<String>,
    /// Where.
    pub place: Place,
}

/// What `[words.x]` changes.
#[derive(Clone, Debug)]
pub struct WordsChange {
    /// Added.
    pub add: WordList,
    /// Phrases and tokens taken out.
    pub remove: Vec<(String, Place)>,
    /// Whether the list starts from nothing.
    pub only: bool,
    /// Where.
    pub place: Place,
}

/// A whole config.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Packs, later wins; the guides' pack where not given.
    pub extends: Vec<PackSource>,
    /// Where they are named.
    pub extends_place: Option<Place>,
    /// Language of messages.
    pub lang: Option<At<String>>,
    /// Market.
    pub market: Option<At<String>>,
    /// Viewports beside the built-in ones.
    pub viewports: Vec<Viewport>,
    /// Names of the viewports judged.
    pub judged: Option<Vec<At<String>>>,
    /// What pages are.
    pub pages: Vec<PagesEntry>,
    /// Rules.
    pub rules: BTreeMap<String, At<RuleSettings>>,
    /// Words.
    pub words: BTreeMap<String, WordsChange>,
    /// Accepted findings.
    pub ignores: Vec<Ignore>,
    /// Lowest score by page kind, 0 to 100.
    pub fail_under: BTreeMap<String, At<f64>>,
    /// Whether pages show one score over all areas.
    pub overall: bool,
    /// Folder of the file: what patterns are relative to.
    pub folder: PathBuf,
    /// Level from which findings count; `None` inside is never.
    pub fail_on: Option<At<Option<Level>>>,
    /// Smallest readable type, CSS pixels.
    pub min_font: Option<At<f64>>,
    /// Whether suppressions need a reason.
    pub reasons: Option<At<bool>>,
    /// Languages whose words count.
    pub locales: Option<At<Vec<String>>>,
}
