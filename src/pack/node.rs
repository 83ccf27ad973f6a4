//! TOML as a tree whose every key and value knows its place.

use crate::limits;
use crate::pack::model::{Place, TomlFile, Value};
use crate::pack::problem::Problem;
use crate::text::nearest::did_you_mean;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Bytes in the file.
    pub range: Range<usize>,
}

/// Kinds of TOML values.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A string.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// true or false.
    Bool(bool),
    /// A date or time, as written.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table, in the order of the file.
    Table(Vec<(Key, Node)>),
}

/// A key with its place.
#[derive(Clone, Debug)]
pub struct Key {
    /// As meant.
    pub name: String,
    /// Bytes in the file.
    pub range: Range<usize>,
}

impl Node {
    /// The kind as a word for errors.
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            Kind::Text(_) => "a text",
            Kind::Int(_) => "a whole number",
            Kind::Float(_) => "a number",
            Kind::Bool(_) => "true or false",
            Kind::Date(_) => "a date",
            Kind::List(_) => "a list",
            Kind::Table(_) => "a table",
        }
    }

    /// As a value of an option.
    pub fn value(&self) -> Option<Value> {
        Some(match &self.kind {
            Kind::Text(t) => Value::Text(t.clone()),
            Kind::Int(i) => Value::Int(*i),
            Kind::Float(f) => Value::Float(*f),
            Kind::Bool(b) => Value::Bool(*b),
            Kind::Date(d) => Value::Text(d.clone()),
            Kind::List(items) => Value::List(items.iter().map(Node::value).collect::<Option<_>>()?),
            Kind::Table(_) => return None,
        })
    }
}

/// Reads a file's text. All syntax errors of the file are returned at once.
pub fn parse(file: &Arc<TomlFile>) -> (Vec<(Key, Node)>, Vec<Problem>) {
    if file.text.len() > limits::TOML_BYTES {
        let place = Place { file: Arc::clone(file), range: 0..0 };
        let message =
            format!("the file has {} bytes; at most {} are read", file.text.len(), limits::TOML_BYTES);
        return (Vec::new(), vec![Problem::error("too-large", &place, message)]);
    }
    // a byte order mark is not TOML's, but editors write it
    let text = file.text.strip_prefix('\u{FEFF}').unwrap_or(&file.text);
    let skipped = file.text.len() - text.len();
    let (table, errors) = DeTable::parse_recoverable(text);
    let problems = errors
        .iter()
        .take(20)
        .map(|e| {
            let range = e.span().unwrap_or(0..0);
            let place = Place { file: Arc::clone(file), range: range.start + skipped..range.end + skipped };
            let message = e.message().lines().next().unwrap_or("this is no valid TOML").to_string();
            let message = crate::show::cut(&message, 160);
            Problem::error("bad-toml", &place, message)
        })
        .collect();
    (convert_table(table.get_ref(), skipped), problems)
}

// depth is bounded by the TOML parser (80)
fn convert_table(table: &DeTable<'_>, skip: usize) -> Vec<(Key, Node)> {
    let mut entries: Vec<(Key, Node)> = table
        .iter()
        .map(|(key, value)| {
            let range = key.span();
            let key = Key { name: key.get_ref().to_string(), range: range.start + skip..range.end + skip };
            let span = value.span();
            (key, Node { kind: convert(value.get_ref(), skip), range: span.start + skip..span.end + skip })
        })
        .collect();
    entries.sort_by_key(|(k, _)| k.range.start);
    entries
}

fn convert(value: &DeValue<'_>, skip: usize) -> Kind {
    match value {
        DeValue::String(s) => Kind::Text(s.to_string()),
        DeValue::Integer(i) => i64::from_str_radix(&i.as_str().replace('_', ""), i.radix())
            .map_or(Kind::Int(i64::MAX), Kind::Int),
        DeValue::Float(f) => Kind::Float(f.as_str().replace('_', "").parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(b) => Kind::Bool(*b),
        DeValue::Datetime(d) => Kind::Date(d.to_string()),
        DeValue::Array(items) => Kind::List(
            items
                .iter()
                .map(|n| {
                    let span = n.span();
                    Node { kind: convert(n.get_ref(), skip), range: span.start + skip..span.end + skip }
                })
                .collect(),
        ),
        DeValue::Table(table) => Kind::Table(convert_table(table, skip)),
    }
}

/// A file being read: turns ranges into places and gathers problems.
pub struct Reader {
    /// The file.
    pub file: Arc<TomlFile>,
    /// Problems so far.
    pub problems: RefCell<Vec<Problem>>,
}

impl Reader {
    /// A reader of the file.
    pub fn new(file: Arc<TomlFile>) -> Reader {
        Reader { file, problems: RefCell::default() }
    }

    /// The place of a range.
    pub fn place(&self, range: &Range<usize>) -> Place {
        Place { file: Arc::clone(&self.file), range: range.clone() }
    }

    /// Notes a problem.
    pub fn say(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    /// Notes a value of the wrong type.
    pub fn wrong_type(&self, node: &Node, wanted: &str) {
        let message = format!("{wanted} is expected here, not {}", node.kind_name());
        self.say(Problem::error("wrong-type", &self.place(&node.range), message));
    }

    /// Notes a key that is not known here.
    pub fn unknown_key(&self, key: &Key, known: &[&str], what: &str) {
        let names = known.join(", ");
        let help =
            did_you_mean(&key.name, known.iter().copied()).unwrap_or_else(|| format!("known here: {names}"));
        let message = format!("{what} has no key “{}”", key.name);
        self.say(Problem::error("unknown-key", &self.place(&key.range), message).help(help));
    }

    /// A text.
    pub fn text(&self, node: &Node) -> Option<String> {
        match &node.kind {
            Kind::Text(t) => Some(t.clone()),
            _ => {
                self.wrong_type(node, "a text");
                None
            }
        }
    }

    /// A table.
    pub fn table<'n>(&self, node: &'n Node) -> Option<&'n [(Key, Node)]> {
        match &node.kind {
            Kind::Table(t) => Some(t),
            _ => {
                self.wrong_type(node, "a table");
                None
            }
        }
    }

    /// A text, or a list of texts, each with its place.
    pub fn texts(&self, node: &Node) -> Vec<(String, Range<usize>)> {
        match &node.kind {
            Kind::Text(t) => vec![(t.clone(), node.range.clone())],
            Kind::List(items) => {
                items.iter().filter_map(|i| self.text(i).map(|t| (t, i.range.clone()))).collect()
            }
            _ => {
                self.wrong_type(node, "a text or a list of texts");
                Vec::new()
            }
        }
    }

    /// A number.
    pub fn number(&self, node: &Node) -> Option<f64> {
        match node.kind {
            Kind::Int(i) => Some(i as f64),
            Kind::Float(f) if f.is_finite() => Some(f),
            _ => {
                self.wrong_type(node, "a number");
                None
            }
        }
    }

    /// Problems so far.
    pub fn said(&self) -> usize {
        self.problems.borrow().len()
    }

    /// A whole number from 0.
    pub fn count(&self, node: &Node) -> Option<u32> {
        match node.kind {
            Kind::Int(i) if (0..=1_000_000).contains(&i) => Some(i as u32),
            _ => {
                self.wrong_type(node, "a whole number from 0");
                None
            }
        }
    }

    /// true or false.
    pub fn bool(&self, node: &Node) -> Option<bool> {
        match node.kind {
            Kind::Bool(b) => Some(b),
            _ => {
                self.wrong_type(node, "true or false");
                None
            }
        }
    }

    /// The place of `at..at+len` inside a string value: exact in plain one-line strings.
    pub fn inside(&self, value: &Range<usize>, at: usize, len: usize) -> Place {
        let raw = self.file.text.get(value.clone()).unwrap_or("");
        let quotes = if raw.starts_with("'''") || raw.starts_with("\"\"\"") { 3 } else { 1 };
        let start = (value.start + quotes + at).min(value.end.saturating_sub(1));
        self.place(&(start..(start + len.max(1)).min(value.end)))
    }
}
