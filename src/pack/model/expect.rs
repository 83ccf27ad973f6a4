//! Expectations: what a rule asks of parts.

use super::{Arg, Place};
use crate::finding::Level;
use std::collections::BTreeMap;

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
    /// Width of its box.
    Width,
    /// Height of its box.
    Height,
}

impl Property {
    /// Properties that `each` and `where` know.
    pub const EACH: [Property; 8] = [
        Property::Text,
        Property::Title,
        Property::Alt,
        Property::Href,
        Property::File,
        Property::Value,
        Property::Width,
        Property::Height,
    ];
    /// Properties that `unique` knows.
    pub const UNIQUE: [Property; 5] =
        [Property::Text, Property::Title, Property::Alt, Property::File, Property::Value];
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
            Property::Width => "width",
            Property::Height => "height",
        }
    }
    /// Whether it is a length on the screen.
    pub const fn is_length(self) -> bool {
        matches!(self, Property::Width | Property::Height)
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
    /// Equals a row or column head of this part's table.
    In(String),
    /// Has a word in common with this part's text.
    Shares(String),
    /// The value lies in [lo, hi]; a width or height in pixels, or with `%` of the viewport's.
    Between(Arg),
}

/// `each.<property>.<test>` or `where.<property>.<test>`.
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
    /// Height in pixels (needs layout or attributes).
    Height,
    /// Width : height, within 5 % (needs layout or attributes).
    Ratio,
    /// Currency of the value.
    Currency,
}

impl Same {
    /// All of them.
    pub const ALL: [Same; 5] = [Same::Structure, Same::Width, Same::Height, Same::Ratio, Same::Currency];
    /// The word used in rule files.
    pub const fn name(self) -> &'static str {
        match self {
            Same::Structure => "structure",
            Same::Width => "width",
            Same::Height => "height",
            Same::Ratio => "ratio",
            Same::Currency => "currency",
        }
    }
    /// The property of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// A side of `compare`.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// The value of the part's first visible thing.
    Part(String),
    /// An option.
    Option(String),
    /// The run date.
    Today,
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
    /// ~: the sets have members in common.
    Overlaps,
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
            Op::Overlaps => "~",
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
    /// Tests that decide which things count.
    pub wheres: Vec<Each>,
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
    /// What no two counted things with different targets may share.
    pub unique: Option<Property>,
    /// Part or region: the expectation is judged once inside each.
    pub per: Option<String>,
    /// Own, lower level.
    pub level: Option<Level>,
    /// Part of the first screen that the counted things cover together: 0 to 1.
    pub cover: Option<Arg>,
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

impl Expect {
    /// A sentence about a subject that asks nothing more.
    pub fn about(subject: Subject, place: Place) -> Expect {
        Expect {
            subject,
            inside: Vec::new(),
            outside: Vec::new(),
            is: Vec::new(),
            has: None,
            wheres: Vec::new(),
            at_least: None,
            at_most: None,
            distinct: None,
            each: Vec::new(),
            same: None,
            unique: None,
            per: None,
            level: None,
            cover: None,
            share: None,
            tolerance: None,
            message: None,
            place,
            keys: BTreeMap::new(),
        }
    }
}
