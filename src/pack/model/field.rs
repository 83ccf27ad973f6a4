//! Where a word may stand, and what a text may hold.

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
