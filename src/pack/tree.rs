//! TOML as a tree whose every key and value knows its place. Shared with the build script, which
//! reads the built-in packs beforehand: nothing here may need the rest of the crate.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// A value with its place. What was read beforehand is not copied: its texts are those of the program.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Bytes in the file.
    pub range: Range<usize>,
}

/// Kinds of TOML values.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// A string.
    Text(#[serde(borrow)] Cow<'static, str>),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// true or false.
    Bool(bool),
    /// A date or time, as written.
    Date(#[serde(borrow)] Cow<'static, str>),
    /// A list.
    List(Vec<Node>),
    /// A table, in the order of the file.
    Table(Table),
}

/// Keys and values, in the order of the file.
pub type Table = Vec<(Key, Node)>;

/// A key with its place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Key {
    /// As meant.
    #[serde(borrow)]
    pub name: Cow<'static, str>,
    /// Bytes in the file.
    pub range: Range<usize>,
}

/// A table as the tree's; `skip` bytes stood before the text that was read. Its depth is bounded
/// by the parser (80).
pub fn table(table: &DeTable<'_>, skip: usize) -> Table {
    let entry = |(key, value): (&toml::Spanned<_>, &toml::Spanned<DeValue<'_>>)| {
        let range = key.span();
        let name: &Cow<'_, str> = key.get_ref();
        let key = Key { name: Cow::Owned(name.to_string()), range: range.start + skip..range.end + skip };
        (key, node(value, skip))
    };
    let mut entries: Table = table.iter().map(entry).collect();
    entries.sort_by_key(|(k, _)| k.range.start);
    entries
}

fn node(value: &toml::Spanned<DeValue<'_>>, skip: usize) -> Node {
    let range = value.span();
    let kind = match value.get_ref() {
        DeValue::String(s) => Kind::Text(Cow::Owned(s.to_string())),
        DeValue::Integer(i) => i64::from_str_radix(&i.as_str().replace('_', ""), i.radix())
            .map_or(Kind::Int(i64::MAX), Kind::Int),
        DeValue::Float(f) => Kind::Float(f.as_str().replace('_', "").parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(b) => Kind::Bool(*b),
        DeValue::Datetime(d) => Kind::Date(Cow::Owned(d.to_string())),
        DeValue::Array(items) => Kind::List(items.iter().map(|n| node(n, skip)).collect()),
        DeValue::Table(inner) => Kind::Table(table(inner, skip)),
    };
    Node { kind, range: range.start + skip..range.end + skip }
}
