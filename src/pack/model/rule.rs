//! Rules: header, options, conditions, tests.

use super::{Expect, Place};
use crate::finding::{Level, Verdict};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A value of an option, or a literal in a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// true or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Value>),
}

/// A literal, or `"$option"`.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// As written.
    Value(Value),
    /// The effective value of that option.
    Option(String),
}

/// `when` and `unless`: every key given must hold; a list means any of.
#[derive(Clone, Debug, Default)]
pub struct Condition {
    /// Page kinds.
    pub page: Vec<String>,
    /// Categories.
    pub category: Vec<String>,
    /// Language tags.
    pub locale: Vec<String>,
    /// Platforms.
    pub platform: Vec<String>,
    /// Where each of them is written.
    pub platform_places: Vec<Place>,
    /// Markets.
    pub market: Vec<String>,
    /// Parts of which one must be on the page.
    pub found: Vec<String>,
}

/// `level`, possibly by what the page is.
#[derive(Clone, Debug)]
pub struct LevelSpec {
    /// Level where nothing below says otherwise.
    pub default: Level,
    /// Level for a category.
    pub by_category: BTreeMap<String, Level>,
    /// Level for a market.
    pub by_market: BTreeMap<String, Level>,
}

/// An option of a rule.
#[derive(Clone, Debug)]
pub struct OptionSpec {
    /// What it is about.
    pub about: Option<String>,
    /// Value where nothing below says otherwise.
    pub default: Value,
    /// Smallest number allowed.
    pub min: Option<f64>,
    /// Largest number allowed.
    pub max: Option<f64>,
    /// Values allowed.
    pub one_of: Vec<Value>,
    /// `by_<x>`: x (category, page, market, or another option) and the values.
    pub by: Option<(String, BTreeMap<String, Value>)>,
    /// Where the key of each of those values is written.
    pub by_places: BTreeMap<String, Place>,
    /// Where it is written.
    pub place: Place,
}

/// Passage of a guide that a rule comes from.
#[derive(Clone, Debug)]
pub struct SourceQuote {
    /// `store-conversion`, `consultation-conversion`, or the name of a standard.
    pub doc: String,
    /// Line, from 1.
    pub line: Option<u32>,
    /// The words on that line.
    pub quote: String,
}

/// What the user reads, in one language.
#[derive(Clone, Debug, Default)]
pub struct Translation {
    /// Title.
    pub title: Option<String>,
    /// Why it matters.
    pub why: Option<Arc<str>>,
    /// How to mend it.
    pub fix: Option<String>,
    /// The finding.
    pub message: Option<String>,
    /// The finding of each expectation, in their order.
    pub messages: Vec<String>,
}

/// A test inside a rule file.
#[derive(Clone, Debug)]
pub struct RuleTest {
    /// The verdict wanted.
    pub verdict: Verdict,
    /// Its name.
    pub name: String,
    /// The page or fragment: inline, or what `file` held when the pack was loaded.
    pub html: String,
    /// Path of `file`, as written.
    pub file: Option<String>,
    /// Page kind; the first of `when.page` where not given.
    pub page: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// Language tag.
    pub locale: Option<String>,
    /// Platform.
    pub platform: Option<String>,
    /// Market.
    pub market: Option<String>,
    /// Viewport; desktop where not given.
    pub viewport: Option<String>,
    /// Run date, `YYYY-MM-DD`.
    pub today: Option<String>,
    /// Options.
    pub with: BTreeMap<String, Value>,
    /// Number of findings wanted.
    pub findings: Option<u32>,
    /// CSS of the element that the (first) finding must sit on.
    pub at: Option<String>,
    /// The (first) finding's message wanted.
    pub message: Option<String>,
    /// Shown in the docs.
    pub example: bool,
    /// Where it is written.
    pub place: Place,
    /// Where the value of each of its keys is written.
    pub places: BTreeMap<String, Place>,
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `<area>/<name>`.
    pub id: String,
    /// What a good page does.
    pub title: String,
    /// How much a finding weighs.
    pub level: LevelSpec,
    /// Weight in the score; by level where not given.
    pub weight: Option<f64>,
    /// Whether counts give partial credit in the score.
    pub partial: bool,
    /// Why it matters.
    pub why: Arc<str>,
    /// How to mend it.
    pub fix: String,
    /// Markup to paste.
    pub snippet: Option<String>,
    /// The finding, where an expectation has none of its own.
    pub message: Option<String>,
    /// The passage it comes from.
    pub source: Option<SourceQuote>,
    /// Applies only where this holds.
    pub when: Condition,
    /// Does not apply where this holds (any key).
    pub unless: Option<Condition>,
    /// Options by name.
    pub options: BTreeMap<String, OptionSpec>,
    /// One to three expectations.
    pub expects: Vec<Expect>,
    /// Tests, in file order.
    pub tests: Vec<RuleTest>,
    /// Translations by language.
    pub i18n: BTreeMap<String, Translation>,
    /// Where it is written.
    pub place: Place,
    /// Where each header key is written: `level`, `when.category`, ...
    pub keys: BTreeMap<String, Place>,
}
