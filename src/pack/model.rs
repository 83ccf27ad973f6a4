//! The checked model of words, parts and rules: what the TOML of all layers
//! means once every name is known to exist. Plain data, no TOML, no engine.

use crate::finding::{Level, Verdict};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A rule, words, parts or config file as it was read.
#[derive(Debug, PartialEq, Eq)]
pub struct TomlFile {
    /// Path as shown to the user; `rules/...` for the built-in pack.
    pub path: String,
    /// Whole text.
    pub text: String,
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
    pub words: BTreeMap<String, WordList>,
    /// Parts by name. Built-in parts are not listed: see [`Builtin`].
    pub parts: BTreeMap<String, Part>,
    /// Rules by id.
    pub rules: BTreeMap<String, Rule>,
    /// Platforms and the texts in a page that give them away.
    pub platforms: BTreeMap<String, Vec<String>>,
}

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
    pub text: String,
    /// BCP 47 tag, or `mul`.
    pub lang: String,
    /// How it must sit.
    pub mode: PhraseMode,
    /// Only on pages of this platform.
    pub platform: Option<String>,
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
}

/// A name for people, by language; `en` is always there.
pub type Titles = BTreeMap<String, String>;

/// What a part is for rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartType {
    /// Has extent, takes part in `order`.
    Section,
    /// A place for `inside` and `outside`.
    Area,
    /// Anything else.
    Spot,
}

/// Where a hit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Not in header, nav, footer or a dialog, nor in a card of another item.
    Main,
    /// Anywhere.
    Page,
    /// Above or in the header's first block.
    Top,
}

/// What a missing part means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Absence {
    /// Missing is missing.
    Sure,
    /// Missing is unsure where most of the description is pictures without words.
    Legible,
    /// Missing is never provable while the description has pictures.
    Pictures,
    /// Missing is unsure where the page's structured data has this path and scripts may
    /// write what it says.
    Data(String),
}

/// The regions of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Region {
    /// Top of the page.
    Header,
    /// Navigation.
    Nav,
    /// What is in no other region.
    Main,
    /// Side bars.
    Aside,
    /// Bottom of the page.
    Footer,
}

impl Region {
    /// All regions.
    pub const ALL: [Region; 5] = [Region::Header, Region::Nav, Region::Main, Region::Aside, Region::Footer];
    /// The word used in rule files and output.
    pub const fn name(self) -> &'static str {
        match self {
            Region::Header => "header",
            Region::Nav => "nav",
            Region::Main => "main",
            Region::Aside => "aside",
            Region::Footer => "footer",
        }
    }
    /// The region of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.name() == name)
    }
}

/// Parts that the engine finds by structure, without a definition in TOML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Builtin {
    /// img, picture, svg with a role, video poster, CSS background in a style attribute.
    Image,
    /// a with href.
    Link,
    /// h1 to h6, role=heading.
    Heading,
    /// table.
    Table,
    /// ul, ol with items.
    List,
    /// Repeated sibling with picture and link.
    Card,
    /// Parent of such siblings.
    CardGrid,
    /// Block of several links under a heading or label.
    LinkGroup,
    /// Block of label-value rows.
    KeyValues,
    /// One label of a label-value row.
    Key,
    /// video, or an embedded player.
    Video,
    /// form.
    Form,
}

impl Builtin {
    /// All built-in parts.
    pub const ALL: [Builtin; 12] = [
        Builtin::Image,
        Builtin::Link,
        Builtin::Heading,
        Builtin::Table,
        Builtin::List,
        Builtin::Card,
        Builtin::CardGrid,
        Builtin::LinkGroup,
        Builtin::KeyValues,
        Builtin::Key,
        Builtin::Video,
        Builtin::Form,
    ];
    /// The word used in rule files and output.
    pub const fn name(self) -> &'static str {
        match self {
            Builtin::Image => "image",
            Builtin::Link => "link",
            Builtin::Heading => "heading",
            Builtin::Table => "table",
            Builtin::List => "list",
            Builtin::Card => "card",
            Builtin::CardGrid => "card-grid",
            Builtin::LinkGroup => "link-group",
            Builtin::KeyValues => "key-values",
            Builtin::Key => "key",
            Builtin::Video => "video",
            Builtin::Form => "form",
        }
    }
    /// The built-in part of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|b| b.name() == name)
    }
    /// Name for people in a language (`zh`, else English).
    pub fn title(self, lang: &str) -> &'static str {
        let zh = lang == "zh" || lang.starts_with("zh-");
        match (self, zh) {
            (Builtin::Image, true) => "图片",
            (Builtin::Link, true) => "链接",
            (Builtin::Heading, true) => "标题",
            (Builtin::Table, true) => "表格",
            (Builtin::List, true) => "列表",
            (Builtin::Card, true) => "卡片",
            (Builtin::CardGrid, true) => "卡片组",
            (Builtin::LinkGroup, true) => "链接组",
            (Builtin::KeyValues, true) => "参数组",
            (Builtin::Key, true) => "参数名",
            (Builtin::Video, true) => "视频",
            (Builtin::Form, true) => "表单",
            (Builtin::CardGrid, false) => "card grid",
            (Builtin::LinkGroup, false) => "link group",
            (Builtin::KeyValues, false) => "label-value rows",
            (Builtin::Key, false) => "label of a row",
            (other, false) => other.name(),
        }
    }
}

/// The evidence fields: where a word may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Text of a heading.
    Heading,
    /// Text of the smallest element whose whole text is a label.
    Label,
    /// An element's own text, any length.
    Text,
    /// Label of a link, button or summary.
    Link,
    /// Target of a link, as sub-words.
    Href,
    /// alt, title, aria-label.
    Alt,
    /// File name of a picture, as sub-words.
    File,
    /// class, id, data-section, as sub-words.
    Name,
    /// th, dt, first td, "key:" of a list item.
    Cell,
}

impl Field {
    /// All fields.
    pub const ALL: [Field; 9] = [
        Field::Heading,
        Field::Label,
        Field::Text,
        Field::Link,
        Field::Href,
        Field::Alt,
        Field::File,
        Field::Name,
        Field::Cell,
    ];
    /// The word used in parts files and output.
    pub const fn name(self) -> &'static str {
        match self {
            Field::Heading => "heading",
            Field::Label => "label",
            Field::Text => "text",
            Field::Link => "link",
            Field::Href => "href",
            Field::Alt => "alt",
            Field::File => "file",
            Field::Name => "name",
            Field::Cell => "cell",
        }
    }
    /// The field of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.name() == name)
    }
}

/// A shape that a text may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// An amount with a currency.
    Money,
    /// A percentage, or a Chinese discount.
    Percent,
    /// A calendar date.
    Date,
    /// A length of time.
    Duration,
    /// A number.
    Number,
}

impl Shape {
    /// All shapes.
    pub const ALL: [Shape; 5] = [Shape::Money, Shape::Percent, Shape::Date, Shape::Duration, Shape::Number];
    /// The word used in parts files.
    pub const fn name(self) -> &'static str {
        match self {
            Shape::Money => "money",
            Shape::Percent => "percent",
            Shape::Date => "date",
            Shape::Duration => "duration",
            Shape::Number => "number",
        }
    }
    /// The shape of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// One condition of a way; all of a way's tests hold on the same element.
#[derive(Clone, Debug)]
pub enum Test {
    /// A word of the list in the field.
    Field(Field, String),
    /// The element matches the selector.
    Css(String),
    /// The element's text holds such a value.
    Shape(Shape),
    /// The element's text matches the regular expression.
    Pattern(String),
    /// The element's text has that many characters (CJK counts 2), inclusive.
    Chars(u32, u32),
    /// The element is a table of that kind.
    Table {
        /// Word list of header cells.
        headers: String,
        /// Header cells that must hit.
        min_headers: u32,
        /// Rows below the header.
        min_rows: u32,
        /// Share of body cells with a number.
        numeric: f64,
    },
    /// The element holds at least that many label-value rows.
    Keys(u32),
    /// Any of these parts lies in the extent.
    Has(Vec<String>),
    /// The element lies in one of these parts or regions.
    Inside(Vec<String>),
    /// The element lies in none of these parts or regions.
    Outside(Vec<String>),
    /// Structured data at this path.
    Data(String),
}

/// One way to recognise a part.
#[derive(Clone, Debug)]
pub struct Way {
    /// 100 strong, 50 medium, 20 weak; 0 in `against`.
    pub strength: u32,
    /// All must hold.
    pub tests: Vec<Test>,
    /// Where it is written.
    pub place: Place,
}

/// What `compare` and `each.value` read from a part.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueKind {
    /// The first value of that shape in the anchor's text.
    Shape(Shape),
    /// The anchor's text.
    Text,
    /// Which of these word lists hit in its text (for a later issue's `~`).
    Lists(Vec<String>),
}

/// A part.
#[derive(Clone, Debug)]
pub struct Part {
    /// Name.
    pub name: String,
    /// Name for people.
    pub title: Titles,
    /// Section, area or spot.
    pub kind: PartType,
    /// Where hits count.
    pub scope: Scope,
    /// Only elements of this built-in part are candidates.
    pub from: Option<Builtin>,
    /// Ways to recognise it. `words` with `strong = [...]` is one way for each field.
    pub ways: Vec<Way>,
    /// Vetoes: an element on which all tests of one hold, and all inside it, gives no hit.
    pub against: Vec<Way>,
    /// Areas: the smallest element that holds one found thing of each, outside cards.
    pub around: Vec<String>,
    /// Areas: the region that stands in where the area is not found.
    pub fallback: Option<Region>,
    /// What compare reads.
    pub value: Option<ValueKind>,
    /// What missing means.
    pub absence: Absence,
    /// Where it is written.
    pub place: Place,
}

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
    /// Where it is written.
    pub place: Place,
}

/// A trait of `is`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Trait {
    /// Seen without a click.
    Visible,
    /// Type not smaller than `[check] min_font`.
    Readable,
    /// On the first screen.
    FirstScreen,
    /// Has a target: not empty, `#` or `javascript:`.
    Linked,
    /// Has a text of its own.
    Described,
}

impl Trait {
    /// All traits.
    pub const ALL: [Trait; 5] =
        [Trait::Visible, Trait::Readable, Trait::FirstScreen, Trait::Linked, Trait::Described];
    /// The word used in rule files.
    pub const fn name(self) -> &'static str {
        match self {
            Trait::Visible => "visible",
            Trait::Readable => "readable",
            Trait::FirstScreen => "first-screen",
            Trait::Linked => "linked",
            Trait::Described => "described",
        }
    }
    /// The trait of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.name() == name)
    }
}

/// A property of a thing, for `each` and `distinct`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Property {
    /// Its text.
    Text,
    /// Its heading, or the text of its link.
    Title,
    /// Text alternative of its picture.
    Alt,
    /// Target of its link.
    Href,
    /// File name of its picture.
    File,
    /// Its value.
    Value,
    /// The part it is (for `distinct`).
    Part,
}

impl Property {
    /// Properties that `each` knows.
    pub const EACH: [Property; 6] =
        [Property::Text, Property::Title, Property::Alt, Property::Href, Property::File, Property::Value];
    /// Properties that `distinct` knows.
    pub const DISTINCT: [Property; 5] =
        [Property::Part, Property::Href, Property::Text, Property::File, Property::Value];
    /// The word used in rule files.
    pub const fn name(self) -> &'static str {
        match self {
            Property::Text => "text",
            Property::Title => "title",
            Property::Alt => "alt",
            Property::Href => "href",
            Property::File => "file",
            Property::Value => "value",
            Property::Part => "part",
        }
    }
}

/// A test of a property.
#[derive(Clone, Debug)]
pub enum PropertyTest {
    /// Characters in [lo, hi], CJK counts 2: a list of two numbers or an option with one.
    Chars(Arg),
    /// Holds a word of one of these lists.
    Has(Vec<String>),
    /// Holds no word of these lists.
    Lacks(Vec<String>),
    /// Is not made of words of these lists alone.
    NotOnly(Vec<String>),
    /// Matches the regular expression.
    Matches(String),
    /// The value lies in [lo, hi].
    Between(Arg),
}

/// `each.<property>.<test>`.
#[derive(Clone, Debug)]
pub struct Each {
    /// The property.
    pub property: Property,
    /// The test.
    pub test: PropertyTest,
    /// Where it is written.
    pub place: Place,
}

/// `has.*`: what a counted thing must contain.
#[derive(Clone, Debug)]
pub struct Has {
    /// Part or built-in part.
    pub part: String,
    /// How many; 1 where not given.
    pub at_least: Option<Arg>,
    /// Count different ones only.
    pub distinct: Option<Property>,
}

/// What must be the same in all counted things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Same {
    /// Tag skeleton to depth 3.
    Structure,
    /// Width in pixels (needs layout or attributes).
    Width,
    /// Currency of the value.
    Currency,
}

impl Same {
    /// The word used in rule files.
    pub const fn name(self) -> &'static str {
        match self {
            Same::Structure => "structure",
            Same::Width => "width",
            Same::Currency => "currency",
        }
    }
    /// The property of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Same::Structure, Same::Width, Same::Currency].into_iter().find(|s| s.name() == name)
    }
}

/// A side of `compare`.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// The value of the part's first visible thing.
    Part(String),
    /// An option.
    Option(String),
    /// A number; with `percent` it is a share of the other side.
    Number {
        /// The number.
        value: f64,
        /// Written with `%`.
        percent: bool,
    },
}

/// Operator of `compare`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// <
    Less,
    /// <=
    LessEqual,
    /// =
    Equal,
    /// >=
    GreaterEqual,
    /// >
    Greater,
    /// !=
    NotEqual,
}

impl Op {
    /// As written.
    pub const fn name(self) -> &'static str {
        match self {
            Op::Less => "<",
            Op::LessEqual => "<=",
            Op::Equal => "=",
            Op::GreaterEqual => ">=",
            Op::Greater => ">",
            Op::NotEqual => "!=",
        }
    }
}

/// What an expectation is about.
#[derive(Clone, Debug)]
pub enum Subject {
    /// Part, list of parts, or an option that yields them.
    Find(Arg),
    /// Parts from top to bottom; inner lists in either order.
    Order(Arg),
    /// `A op B [less|plus N]`.
    Compare {
        /// A.
        left: Operand,
        /// op.
        op: Op,
        /// B.
        right: Operand,
        /// `less N` (true) or `plus N` (false).
        adjust: Option<(bool, Operand)>,
    },
}

/// One `[[expect]]` sentence.
#[derive(Clone, Debug)]
pub struct Expect {
    /// find, order or compare.
    pub subject: Subject,
    /// Regions or parts.
    pub inside: Vec<String>,
    /// Regions or parts.
    pub outside: Vec<String>,
    /// Traits.
    pub is: Vec<Trait>,
    /// `has.*`.
    pub has: Option<Has>,
    /// Number, `"all"` or an option.
    pub at_least: Option<Arg>,
    /// Number or an option.
    pub at_most: Option<Arg>,
    /// What is counted once.
    pub distinct: Option<Property>,
    /// Tests of every one.
    pub each: Vec<Each>,
    /// What must be the same.
    pub same: Option<Same>,
    /// Part of them that must pass each/same, or be in order: 0 to 1.
    pub share: Option<Arg>,
    /// For `=`: an amount or `"0.5%"`.
    pub tolerance: Option<Arg>,
    /// Own message.
    pub message: Option<String>,
    /// Where the expectation starts.
    pub place: Place,
    /// Where each key is written, by its dotted name: `outside`, `has.part`, `each.text.has`.
    pub keys: BTreeMap<String, Place>,
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
    pub why: Option<String>,
    /// How to mend it.
    pub fix: Option<String>,
    /// The finding.
    pub message: Option<String>,
}

/// A test inside a rule file.
#[derive(Clone, Debug)]
pub struct RuleTest {
    /// The verdict wanted.
    pub verdict: Verdict,
    /// Its name.
    pub name: String,
    /// The page or fragment: inline, or read from `file` when the pack was loaded.
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
    pub why: String,
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
