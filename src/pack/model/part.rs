//! Parts and the ways to recognise them.

use super::{Field, Place, Shape};
use std::collections::BTreeMap;

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
    /// A hue family that fills 3 % of the first screen and more. Needs layout.
    Hue,
}

impl Builtin {
    /// All built-in parts.
    pub const ALL: [Builtin; 13] = [
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
        Builtin::Hue,
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
            Builtin::Hue => "hue",
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
            (Builtin::Hue, true) => "色系",
            (Builtin::CardGrid, false) => "card grid",
            (Builtin::LinkGroup, false) => "link group",
            (Builtin::KeyValues, false) => "label-value rows",
            (Builtin::Key, false) => "label of a row",
            (other, false) => other.name(),
        }
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
    /// The element is a row of at least that many tiles, of which that share leads where the
    /// page's menus lead too.
    Tiles(u32, f64),
    /// The element's label is a text of the structured data at one of these paths, or how it begins.
    Says(Vec<String>),
    /// Any of these parts lies in the extent.
    Has(Vec<String>),
    /// The element lies in one of these parts or regions.
    Inside(Vec<String>),
    /// The element lies in none of these parts or regions.
    Outside(Vec<String>),
    /// Structured data at this path.
    Data(String),
}

impl Test {
    /// The name of the key that it is written as, as evidence shows it.
    pub fn key(&self) -> &'static str {
        match self {
            Test::Field(field, _) => field.name(),
            Test::Css(_) => "css",
            Test::Shape(_) => "shape",
            Test::Pattern(_) => "pattern",
            Test::Chars(..) => "chars",
            Test::Table { .. } => "table",
            Test::Keys(_) => "keys",
            Test::Tiles(..) => "tiles",
            Test::Says(_) => "says",
            Test::Has(_) => "has",
            Test::Inside(_) => "inside",
            Test::Outside(_) => "outside",
            Test::Data(_) => "data",
        }
    }
}

impl Test {
    /// What it asks for, as written in the part: a selector, a shape, an expression.
    pub fn asks(&self) -> String {
        match self {
            Test::Field(_, list) | Test::Table { headers: list, .. } => list.clone(),
            Test::Css(text) | Test::Pattern(text) | Test::Data(text) => text.clone(),
            Test::Shape(shape) => shape.name().to_string(),
            Test::Chars(low, high) => format!("{low} to {high}"),
            Test::Keys(n) => format!("{n} rows and more"),
            Test::Tiles(n, _) => format!("{n} tiles and more"),
            Test::Has(names) | Test::Inside(names) | Test::Outside(names) | Test::Says(names) => {
                names.join(", ")
            }
        }
    }
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
    /// Which of these word lists hit in its text.
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

impl Part {
    /// Parts and regions that must be known before this part can be recognised.
    pub fn needs(&self) -> Vec<&str> {
        let tests = self.ways.iter().chain(&self.against).flat_map(|w| &w.tests);
        let asked = tests.flat_map(|t| match t {
            Test::Has(names) | Test::Inside(names) | Test::Outside(names) => names.as_slice(),
            _ => &[],
        });
        self.around.iter().chain(asked).map(String::as_str).collect()
    }
}
