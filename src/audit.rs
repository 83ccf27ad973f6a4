//! What an audit yields: the nouns of the report, without the stages that make them.

use crate::drawing::{Drawing, Rect};
use crate::finding::{Basis, Evidence, Finding, Level, Need, Verdict};
use crate::page::dom::El;
use crate::page::lines::LineIndex;
use serde::Serialize;
use std::sync::Arc;

/// A fact about the page with where it came from; always shown with its reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognised {
    /// "item", "apparel", "zh-CN", ...; `None` is unknown.
    pub value: Option<String>,
    /// "--page", "config ...", "meta storelint", or the evidence that decided.
    pub reason: String,
}

/// Whether a thing was found or only suspected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// 100 points or more.
    Found,
    /// 50 to 99 points.
    Unsure,
}

/// Yes, no, or not known: whether a thing is on the first screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Tri {
    /// Surely.
    Yes,
    /// Surely not.
    No,
    /// Unknown.
    Maybe,
}

/// One part of the page, as `see` and the JSON report show it.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct PartRecord {
    /// Name of the part.
    pub part: String,
    /// Found or unsure.
    pub status: Status,
    /// Sum of the evidence.
    pub points: u32,
    /// First byte of the anchor in the page's text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// header, nav, main, aside or footer.
    pub region: String,
    /// Whether a shopper sees it without a click, as far as the markup tells.
    pub visible: bool,
    /// Whether it is on the first screen of the default viewport.
    pub screen: Tri,
    /// Distance from the top of the page in CSS pixels, where known.
    pub top: Option<u32>,
    /// Where `top` comes from.
    pub basis: Basis,
    /// The value that rules compare, as read.
    pub value: Option<String>,
    /// Why it was recognised.
    pub evidence: Vec<Evidence>,
    /// The element that it stands on; `None` for a value of structured data.
    #[serde(skip)]
    pub el: Option<El>,
}

/// One rule's verdict on one page.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct RuleVerdict {
    /// Id, "sizing/size-chart".
    pub rule: String,
    /// The verdict.
    pub verdict: Verdict,
    /// Level of its findings on this page.
    pub level: Level,
    /// What would decide it, where unsure.
    pub needs: Vec<Need>,
    /// Why it was skipped, where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skipped: Option<String>,
    /// What is wrong (fail), or what cannot be told (unsure).
    pub findings: Vec<Finding>,
    /// Findings beyond the limit, not listed.
    pub more: u32,
    /// For the score: how many of how many, where the rule gives partial credit.
    #[serde(skip)]
    pub credit: Option<(f64, f64)>,
}

/// The engine's own remark about a page: `storelint/unused-off`, `storelint/partial`, ...
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Notice {
    /// Id below `storelint/`.
    pub id: String,
    /// Level: errors count as findings.
    pub level: Level,
    /// What it is about.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// Points of one area (RULE-LANGUAGE: Score).
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct AreaScore {
    /// The area: first part of the rules' ids.
    pub area: String,
    /// 0 to 100.
    pub score: f64,
    /// Rules with a verdict pass or fail.
    pub counted: u32,
    /// Rules of the area that ran.
    pub rules: u32,
}

/// How a page was laid out on one viewport.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Laid {
    /// Name of the viewport.
    pub viewport: String,
    /// Its width, CSS pixels.
    pub width: u32,
    /// Its height: where the fold is.
    pub height: u32,
    /// blitz or chromium.
    pub engine: String,
    /// Height of the whole page, CSS pixels.
    pub page_height: u32,
    /// Stylesheets that the page asks for.
    pub stylesheets: usize,
    /// Those that were not at hand, as the page names them.
    pub missing_stylesheets: Vec<String>,
    /// Pictures on the page.
    pub pictures: usize,
    /// Those that are not at hand, be their size known or not.
    pub missing_pictures: usize,
    /// Those that got an assumed size.
    pub assumed_pictures: usize,
}

/// A page on one viewport, to look at.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Name of the viewport.
    pub viewport: String,
    /// Its width, CSS pixels.
    pub width: u32,
    /// Where the fold is: its height, CSS pixels.
    pub fold: u32,
    /// Height that is shown, CSS pixels: the page's, cut at a limit.
    pub height: u32,
    /// The picture.
    pub picture: Picture,
    /// Why the page was judged without this layout; `None` where it was judged on it.
    pub aside: Option<String>,
    /// What is marked in it, in the page's order.
    pub marks: Vec<Mark>,
}

/// What there is to look at.
#[derive(Clone, Debug)]
pub enum Picture {
    /// The page as it was laid out.
    Drawing(Drawing),
    /// Boxes and lines only.
    Wireframe {
        /// Elements of an SVG, one unit a CSS pixel.
        body: String,
        /// Why there is no drawing; `None` where the engine makes none.
        why: Option<String>,
    },
    /// Nothing, and why.
    None(String),
}

/// Something marked in a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What it marks.
    pub about: About,
    /// Where, CSS pixels of the page: what the layout says of the element.
    pub rect: Rect,
}

/// What a mark is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A part.
    Part {
        /// Its place in [`PageReport::parts`].
        at: usize,
        /// Its name for people, in the language of the run.
        title: String,
    },
    /// A finding.
    Finding {
        /// Its verdict's place in [`PageReport::verdicts`].
        verdict: usize,
        /// Its place in [`RuleVerdict::findings`].
        at: usize,
    },
}

/// All that the audit of one page says.
#[derive(Clone, Debug)]
pub struct PageReport {
    /// Path as given, `-`, or the URL.
    pub source: String,
    /// home, item, listing, topic, cart, help, other; and why.
    pub page: Recognised,
    /// Category; and why.
    pub category: Recognised,
    /// Language tag; and why.
    pub language: Recognised,
    /// The layout engine's name, or "none".
    pub geometry: String,
    /// Why nothing was laid out; `None` where it was.
    pub unlaid: Option<String>,
    /// Stylesheets that were not at hand where the layout could not be used, as the page names them;
    /// those of layouts that were used stand with these.
    pub missing: Vec<String>,
    /// What was laid out, by viewport.
    pub laid: Vec<Laid>,
    /// Pictures by viewport, where the run asks for them.
    pub pictures: Vec<Drawn>,
    /// Whether the page is an empty shell that scripts fill.
    pub shell: bool,
    /// Encoding and where it came from: "gbk (meta)".
    pub encoding: String,
    /// Reasons why the page was not read whole; empty where it was.
    pub partial: Vec<String>,
    /// Parts in page order.
    pub parts: Vec<PartRecord>,
    /// Verdicts in the order of rule ids.
    pub verdicts: Vec<RuleVerdict>,
    /// The engine's own remarks.
    pub notices: Vec<Notice>,
    /// Scores by area.
    pub scores: Vec<AreaScore>,
    /// The score over all areas, 0 to 100, where a config asks for one.
    pub score: Option<f64>,
    /// The page's text, for snippets. Never serialised.
    pub text: Arc<str>,
    /// Its lines.
    pub lines: Arc<LineIndex>,
}

/// An input that could not be checked.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Failed {
    /// Path or URL.
    pub source: String,
    /// Id: "source/not-found", "fetch/timeout-read", ...
    pub id: String,
    /// What happened, with its cause.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

/// All that a run says; what every output format is made of.
#[derive(Clone, Debug, Default)]
pub struct RunReport {
    /// Pages in input order.
    pub pages: Vec<PageReport>,
    /// Inputs that could not be checked, in input order.
    pub failed: Vec<Failed>,
    /// Fails at or above this level count for exit code 1.
    pub fail_on: Option<Level>,
    /// Whether unsure counts as fail.
    pub strict: bool,
    /// Whether a page scores below what the config asks for.
    pub low_score: bool,
}
