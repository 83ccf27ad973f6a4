//! The nouns that all stages share: spans, levels, verdicts, evidence, findings.

use crate::page::dom::El;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A range of bytes in the page's text (see [`crate::page::Page::text`]), half open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }
    /// The part of `text` that this span covers; empty where it does not fit.
    pub fn slice<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
    /// Whether `other` lies inside this span.
    pub const fn contains(&self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
    /// The smallest span that holds both.
    pub fn join(&self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// How much a finding weighs. `Off` rules are not judged.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not judged.
    Off,
    /// Useful, soft.
    Info,
    /// Recommended.
    Warning,
    /// Breaks a sale.
    Error,
}

impl Level {
    /// The word used in rule files, flags and output.
    pub const fn name(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
    /// The level of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Level::Off, Level::Info, Level::Warning, Level::Error].into_iter().find(|l| l.name() == name)
    }
}

/// What a rule says of a page.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Does not apply.
    Skip,
    /// Decided: good.
    Pass,
    /// Cannot tell; its needs say what would decide it.
    Unsure,
    /// Decided: bad.
    Fail,
}

impl Verdict {
    /// The word used in output and tests.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Skip => "skip",
            Verdict::Pass => "pass",
            Verdict::Unsure => "unsure",
            Verdict::Fail => "fail",
        }
    }
}

/// What would decide an unsure verdict: a closed set.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// Geometry, stylesheets.
    Layout,
    /// Scripts run.
    Render,
    /// The description that the page loads from elsewhere.
    RemoteDescription,
    /// Text inside pictures.
    ImageText,
    /// Another page of the store.
    OtherPage,
    /// A stated limit was hit.
    Limit,
    /// Only a reader can tell.
    Person,
}

impl Need {
    /// The word used in output.
    pub const fn name(self) -> &'static str {
        match self {
            Need::Layout => "layout",
            Need::Render => "render",
            Need::RemoteDescription => "remote-description",
            Need::ImageText => "image-text",
            Need::OtherPage => "other-page",
            Need::Limit => "limit",
            Need::Person => "person",
        }
    }
    /// What would decide it, as a phrase for people.
    pub const fn sentence(self) -> &'static str {
        match self {
            Need::Layout => "the page's layout",
            Need::Render => "the page after its scripts ran",
            Need::RemoteDescription => "the description, which the page loads from elsewhere",
            Need::ImageText => "the text inside the pictures",
            Need::OtherPage => "another page of the store",
            Need::Limit => "the whole page: a limit was hit",
            Need::Person => "a reader",
        }
    }
}

/// Where a value comes from: measured by layout, or estimated from the markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// By layout, or pinned in the page.
    Measured,
    /// From the order and kind of elements.
    Estimated,
}

/// One reason why a part was recognised.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Evidence {
    /// Evidence field: heading, label, text, link, href, alt, file, name, cell,
    /// or a key of `also`: css, shape, pattern, table, keys, data, has, from.
    pub field: String,
    /// The phrase, token, selector or path that hit.
    pub phrase: String,
    /// The word list it stands in, if any.
    pub list: Option<String>,
    /// The language of the phrase, if any.
    pub lang: Option<String>,
    /// 100 strong, 50 medium, 20 weak.
    pub strength: u32,
    /// First byte in the page's text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A thing that a rule looked at and did not count.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Rejected {
    /// The part.
    pub part: String,
    /// Its name for people, in the language of the run.
    pub title: String,
    /// Why it does not count: "not visible (hidden attribute)".
    pub why: String,
    /// Whether it was rejected for sure, or only might not count.
    pub certain: bool,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// Why a fail does not count against the run.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Suppressed {
    /// `source`: by a directive in the page; `config`: by `[[ignore]]`.
    pub by: String,
    /// The reason given.
    pub why: String,
}

/// A place in a page as a browser had it after its scripts ran.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct RenderedPlace {
    /// Line in the rendered text, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// First byte in the rendered text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Whether the element stands in the source too; else a script made it.
    pub in_source: bool,
    /// The file that keeps the rendered text, where `--save-rendered` asked for one.
    pub file: Option<String>,
}

/// One thing that is wrong, or cannot be told, at its exact place.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Finding {
    /// What is wrong.
    pub message: String,
    /// Why it matters.
    pub why: Arc<str>,
    /// How to mend it.
    pub fix: String,
    /// The viewport it was judged on, where the rule asks for one.
    pub viewport: Option<String>,
    /// First byte of the place in the page's text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// A CSS path to the element.
    pub selector: Arc<str>,
    /// The part it is about.
    pub part: Option<String>,
    /// Whether `start..end` is the thing itself, or the nearest landmark of a missing thing.
    pub landmark: bool,
    /// Why the part was recognised there.
    pub evidence: Vec<Evidence>,
    /// The near misses.
    pub rejected: Vec<Rejected>,
    /// Measured or estimated, where geometry was asked.
    pub basis: Option<Basis>,
    /// Of a page that a browser rendered: the place in its text after its scripts ran.
    /// `start..end` is then the place in the source that it came from, or the nearest around it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rendered: Option<RenderedPlace>,
    /// Stable across edits: of page, rule, part and ordinal.
    pub fingerprint: String,
    /// Set where a directive or the config accepts it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<Suppressed>,
    /// The element that it points at.
    #[serde(skip)]
    pub el: Option<El>,
}

/// FNV-1a, 64 bits: stable on every machine and in every version.
pub fn fingerprint(page: &str, rule: &str, part: &str, ordinal: usize) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let ordinal = ordinal.to_string();
    for (i, field) in [page, rule, part, &ordinal].into_iter().enumerate() {
        for byte in (i > 0).then_some(b'\n').into_iter().chain(field.bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
