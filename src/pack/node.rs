//! Reading a TOML file: its tree, and problems at their places.

use crate::limits;
use crate::pack::files::PackFile;
use crate::pack::model::{Place, TomlFile, Value};
use crate::pack::problem::Problem;
use crate::pack::tree;
pub use crate::pack::tree::{Key, Kind, Node, Table};
use crate::pack::unclosed;
use crate::text::nearest::did_you_mean;
use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;
use toml::de::DeTable;

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
            Kind::Text(t) => Value::Text(t.to_string()),
            Kind::Int(i) => Value::Int(*i),
            Kind::Float(f) => Value::Float(*f),
            Kind::Bool(b) => Value::Bool(*b),
            Kind::Date(d) => Value::Text(d.to_string()),
            Kind::List(items) => Value::List(items.iter().map(Node::value).collect::<Option<_>>()?),
            Kind::Table(_) => return None,
        })
    }
}

/// Reads a file. All syntax errors of the file are returned at once.
pub fn parse(file: &PackFile) -> (Table, Vec<Problem>) {
    // what was read beforehand was checked then
    let known = file.tree.and_then(|tree| postcard::from_bytes(tree).ok());
    known.map_or_else(|| parse_text(&file.file), |tree| (tree, Vec::new()))
}

/// Reads a file's text. All syntax errors of the file are returned at once.
pub fn parse_text(file: &Arc<TomlFile>) -> (Table, Vec<Problem>) {
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
    let place = |range: Range<usize>| Place {
        file: Arc::clone(file),
        range: range.start + skipped..range.end + skipped,
    };
    // what follows a text that nothing closes in its line, and a list, is said to be wrong, too
    let start = |e: &toml::de::Error| e.span().map_or(0, |span| span.start);
    let is_text =
        |e: &&toml::de::Error| e.message().starts_with("invalid ") && e.message().contains(" string");
    let texts: Vec<usize> = errors.iter().filter(is_text).map(start).collect();
    let open = if errors.len() > 1 { unclosed::first(text) } else { None };
    let follows = |at: usize| {
        let in_line = |from: &usize| text.get(*from..at).is_some_and(|between| !between.contains('\n'));
        open.is_some_and(|(from, _)| from <= at) || texts.iter().any(in_line)
    };
    let open = open.filter(|(from, _)| texts.iter().all(|at| at < from));
    let mut problems: Vec<Problem> = errors
        .iter()
        .filter(|e| is_text(e) || !follows(start(e)))
        .take(20)
        .map(|e| {
            let message = e.message().lines().next().unwrap_or("this is no valid TOML").to_string();
            let message = crate::show::cut(&message, 160);
            Problem::error("bad-toml", &place(e.span().unwrap_or(0..0)), message)
        })
        .collect();
    problems.extend(open.map(|(at, end)| {
        let what = if end == ']' { "list" } else { "table" };
        Problem::error("bad-toml", &place(at..at + 1), format!("this {what} is never closed"))
            .label("opened here")
            .help(format!("end it with “{end}”"))
    }));
    (tree::table(table.get_ref(), skipped), problems)
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
            Kind::Text(t) => Some(t.to_string()),
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
        self.texts_in(node).into_iter().map(|(text, range)| (text.to_string(), range.clone())).collect()
    }

    /// The same, as they stand in the tree.
    pub fn texts_in<'n>(&self, node: &'n Node) -> Vec<(&'n Cow<'static, str>, &'n Range<usize>)> {
        let one = |node: &'n Node| match &node.kind {
            Kind::Text(text) => Some((text, &node.range)),
            _ => None,
        };
        match &node.kind {
            Kind::Text(_) => one(node).into_iter().collect(),
            Kind::List(items) => {
                let text = |item| {
                    let text = one(item);
                    if text.is_none() {
                        self.wrong_type(item, "a text");
                    }
                    text
                };
                items.iter().filter_map(text).collect()
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
