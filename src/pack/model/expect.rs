//! Expectations: what a rule asks of parts.

use super::{Arg, Place};
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
