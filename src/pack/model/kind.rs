//! Page kinds and categories: what tells them.

use super::Place;
use crate::page::data::DataPath;
use crate::text::pattern::LazyPattern;
use smol_str::SmolStr;
use std::sync::Arc;

/// `words/page-kinds.toml`.
#[derive(Clone, Debug, Default)]
pub struct PageKinds {
    /// Kinds in the order of their names.
    pub kinds: Vec<PageKind>,
    /// Descriptions that are loaded from elsewhere.
    pub remote: RemoteDescription,
    /// Parts that signals name, each with its place.
    pub parts: Vec<(String, Place)>,
}

/// A kind of page.
#[derive(Clone, Debug)]
pub struct PageKind {
    /// Name.
    pub name: String,
    /// Points needed.
    pub threshold: i32,
    /// What gives points, or takes some.
    pub signals: Vec<Arc<KindSignal>>,
}

/// What gives a page points as one kind.
#[derive(Debug)]
pub struct KindSignal {
    /// Points, below 0 where it speaks against the kind.
    pub weight: i32,
    /// What is said of it.
    pub say: String,
    /// When it holds.
    pub test: KindTest,
}

/// When a signal holds.
#[derive(Debug)]
pub enum KindTest {
    /// Structured data.
    Data {
        /// Paths of which one has a value.
        paths: Vec<DataPath>,
        /// What the value has to match.
        is: Option<LazyPattern>,
        /// Most values.
        at_most: Option<u32>,
    },
    /// A part that is found.
    Part {
        /// Its name.
        name: String,
        /// Whether cards of other items count.
        in_cards: bool,
        /// Fewest things.
        at_least: u32,
    },
    /// A selector; whether only the page's own columns outside cards count.
    Css(String, bool),
    /// A selector that nothing on the page matches.
    Lacks(String),
    /// An expression over the page's own path.
    Path(LazyPattern),
    /// An expression over the file's name.
    File(LazyPattern),
    /// Tokens of which the body bears one as class, id or route.
    Body(Vec<String>),
    /// Words of which one stands in the title.
    Title(Vec<String>),
    /// Fewest cards.
    Cards(u32),
    /// Fewest groups of cards, each under a parent of its own.
    Grids(u32),
}

/// How a description that is loaded from elsewhere shows.
#[derive(Clone, Debug, Default)]
pub struct RemoteDescription {
    /// The part that is empty then.
    pub part: String,
    /// Containers that are empty then.
    pub css: String,
    /// Texts in the page's source that name where it comes from.
    pub hints: Vec<String>,
}

/// `words/categories.toml`.
#[derive(Clone, Debug, Default)]
pub struct Categories {
    /// The part that is the way from the shop to the page, with its place.
    pub trail: Option<(String, Place)>,
    /// Categories in the order of their names.
    pub categories: Vec<CategoryWords>,
}

/// A category with its words.
#[derive(Clone, Debug, Default)]
pub struct CategoryWords {
    /// Name.
    pub name: String,
    /// Words, folded.
    pub words: Vec<SmolStr>,
    /// What only looks like one of the words, folded.
    pub not: Vec<SmolStr>,
    /// Labels of rows of facts that only its goods have, folded.
    pub keys: Vec<SmolStr>,
}
