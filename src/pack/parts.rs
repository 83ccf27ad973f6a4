//! `[part.x]` tables to parts.

use crate::pack::model::{
    Absence, Builtin, Field, Part, PartType, Place, Region, Scope, Shape, Test, Titles, ValueKind, Way,
};
use crate::pack::node::{Key, Kind, Node, Reader};
use crate::pack::pattern;
use crate::pack::problem::Problem;
use crate::page::data::DataPath;
use crate::text::nearest::did_you_mean;
use std::ops::Range;

/// Keys of a part.
pub const KEYS: &[&str] = &[
    "title", "type", "scope", "words", "strong", "medium", "weak", "also", "against", "from", "around",
    "fallback", "value", "absence", "extends",
];
/// Keys of a line of `also`; `against` has all but `strength`.
pub const WAY_KEYS: &[&str] = &[
    "strength", "heading", "label", "text", "link", "href", "alt", "file", "name", "cell", "css", "shape",
    "pattern", "chars", "table", "keys", "tiles", "has", "inside", "outside", "data", "says",
];

/// A part as written, before `extends` is followed.
#[derive(Clone, Debug)]
pub struct RawPart {
    /// The part, defaults filled in.
    pub part: Part,
    /// Keys that were given: the others come from the part it extends.
    pub given: Vec<String>,
    /// `extends` with its place.
    pub extends: Option<(String, Range<usize>)>,
    /// Every list it names, with the place.
    pub lists: Vec<(String, Range<usize>)>,
    /// Every part or region it names, with the place, and whether a region is allowed.
    pub places: Vec<(String, Range<usize>, bool)>,
    /// Its word list.
    pub words: Option<String>,
    /// The fields of `strong`, `medium` and `weak`.
    pub fields: Vec<FieldUse>,
    /// Where the first list of fields is written.
    pub fields_place: Option<Place>,
    /// The lines of `also`.
    pub also: Vec<Way>,
    /// Whether something in it is wrong by itself: what follows from that is not said.
    pub broken: bool,
}

/// A field of `strong`, `medium` or `weak`: the part's words count there.
#[derive(Clone, Debug)]
pub struct FieldUse {
    /// The key that it stands under.
    pub key: String,
    /// The field.
    pub field: Field,
    /// Where it is written.
    pub place: Place,
}

impl RawPart {
    /// Makes the ways of the part out of its words, fields and further lines; to be called
    /// once `extends` is followed.
    pub fn assemble(&mut self, problems: &mut Vec<Problem>) {
        self.part.ways.clear();
        for used in &self.fields {
            let Some(list) = &self.words else {
                let message = format!("“{}” needs a word list: the part has no `words`", used.field.name());
                problems.push(Problem::error("unknown-words", &used.place, message));
                self.broken = true;
                continue;
            };
            let tests = vec![Test::Field(used.field, list.clone())];
            self.part.ways.push(Way { strength: strength(&used.key), tests, place: used.place.clone() });
        }
        self.part.ways.extend(self.also.iter().cloned());
    }
}

/// Reads one part.
pub fn read(r: &Reader, key: &Key, table: &[(Key, Node)]) -> RawPart {
    let mut raw = RawPart {
        part: Part {
            name: key.name.to_string(),
            title: Titles::new(),
            kind: PartType::Spot,
            scope: Scope::Main,
            from: None,
            ways: Vec::new(),
            against: Vec::new(),
            around: Vec::new(),
            fallback: None,
            value: None,
            absence: Absence::Sure,
            place: r.place(&key.range),
        },
        given: table.iter().map(|(k, _)| k.name.to_string()).collect(),
        extends: None,
        lists: Vec::new(),
        places: Vec::new(),
        words: None,
        fields: Vec::new(),
        fields_place: None,
        also: Vec::new(),
        broken: false,
    };
    let before = r.said();
    let mut absence = None;
    for (key, node) in table {
        match &*key.name {
            "title" => raw.part.title = titles(r, node),
            "type" => {
                let types =
                    [("section", PartType::Section), ("area", PartType::Area), ("spot", PartType::Spot)];
                raw.part.kind = one_of(r, node, "type", &types).unwrap_or(PartType::Spot);
            }
            "scope" => {
                let scopes = [("main", Scope::Main), ("page", Scope::Page), ("top", Scope::Top)];
                raw.part.scope = one_of(r, node, "scope", &scopes).unwrap_or(Scope::Main);
            }
            "strong" | "medium" | "weak" => {
                raw.fields_place.get_or_insert_with(|| r.place(&node.range));
                for (field, range) in r.texts(node) {
                    match Field::parse(&field) {
                        Some(field) => {
                            let place = r.place(&range);
                            raw.fields.push(FieldUse { key: key.name.to_string(), field, place });
                        }
                        None => unknown_field(r, &field, &range),
                    }
                }
            }
            "also" | "against" => {
                let against = key.name == "against";
                let lines: Vec<&Node> = match &node.kind {
                    Kind::List(items) => items.iter().collect(),
                    _ => vec![node],
                };
                for line in lines {
                    if let Some(table) = r.table(line)
                        && let Some(w) = way(r, &mut raw, table, &line.range, against)
                    {
                        if against { raw.part.against.push(w) } else { raw.also.push(w) }
                    }
                }
            }
            "from" => {
                let all: Vec<(&str, Builtin)> = Builtin::ALL.iter().map(|b| (b.name(), *b)).collect();
                raw.part.from = one_of(r, node, "from", &all);
            }
            "around" => {
                for (name, range) in r.texts(node) {
                    raw.places.push((name.clone(), range, false));
                    raw.part.around.push(name);
                }
            }
            "fallback" => {
                let all: Vec<(&str, Region)> = Region::ALL.iter().map(|b| (b.name(), *b)).collect();
                raw.part.fallback = one_of(r, node, "fallback", &all);
            }
            "value" => raw.part.value = value(r, &mut raw, node),
            "absence" => {
                let all =
                    [("sure", Absence::Sure), ("legible", Absence::Legible), ("pictures", Absence::Pictures)];
                absence = match &node.kind {
                    Kind::Text(path) if path.contains('.') => data_path(r, node, path).map(Absence::Data),
                    _ => one_of(r, node, "absence", &all),
                };
            }
            "extends" => raw.extends = r.text(node).map(|t| (t, node.range.clone())),
            "words" => {
                raw.words = r.text(node);
                raw.lists.extend(raw.words.iter().map(|list| (list.clone(), node.range.clone())));
            }
            _ => r.unknown_key(key, KEYS, "a part"),
        }
    }
    let default = if raw.part.kind == PartType::Section { Absence::Legible } else { Absence::Sure };
    raw.part.absence = absence.unwrap_or(default);
    raw.broken = r.said() > before;
    if raw.part.title.is_empty() {
        raw.part.title.insert("en".into(), raw.part.name.replace('-', " "));
    }
    raw
}

fn strength(name: &str) -> u32 {
    match name {
        "strong" => 100,
        "medium" => 50,
        _ => 20,
    }
}

fn titles(r: &Reader, node: &Node) -> Titles {
    match &node.kind {
        Kind::Text(t) => Titles::from([("en".to_string(), t.to_string())]),
        _ => r
            .table(node)
            .into_iter()
            .flatten()
            .filter_map(|(k, n)| r.text(n).map(|t| (k.name.to_string(), t)))
            .collect(),
    }
}

fn one_of<T: Clone>(r: &Reader, node: &Node, key: &str, known: &[(&str, T)]) -> Option<T> {
    let text = r.text(node)?;
    let found = known.iter().find(|(n, _)| *n == text).map(|(_, t)| t.clone());
    if found.is_none() {
        let names: Vec<&str> = known.iter().map(|(n, _)| *n).collect();
        let help = did_you_mean(&text, names.iter().copied())
            .unwrap_or_else(|| format!("one of: {}", names.join(", ")));
        r.say(
            Problem::error("wrong-type", &r.place(&node.range), format!("`{key}` cannot be “{text}”"))
                .help(help),
        );
    }
    found
}

fn unknown_field(r: &Reader, field: &str, range: &Range<usize>) {
    let names: Vec<&str> = Field::ALL.iter().map(|f| f.name()).collect();
    let help =
        did_you_mean(field, names.iter().copied()).unwrap_or_else(|| format!("fields: {}", names.join(", ")));
    r.say(
        Problem::error("unknown-field", &r.place(range), format!("there is no field called “{field}”"))
            .help(help),
    );
}

fn way(
    r: &Reader,
    raw: &mut RawPart,
    table: &[(Key, Node)],
    range: &Range<usize>,
    against: bool,
) -> Option<Way> {
    let before = r.said();
    let mut tests = Vec::new();
    let mut points = if against { Some(0) } else { None };
    for (key, node) in table {
        if let Some(field) = Field::parse(&key.name) {
            let list = r.text(node)?;
            raw.lists.push((list.clone(), node.range.clone()));
            tests.push(Test::Field(field, list));
            continue;
        }
        match &*key.name {
            "strength" if !against => {
                let all = [("strong", 100), ("medium", 50), ("weak", 20)];
                points = Some(one_of(r, node, "strength", &all)?);
            }
            "css" => {
                let css = r.text(node)?;
                if pattern::check_css(r, &css, &node.range) {
                    tests.push(Test::Css(css));
                }
            }
            "shape" => {
                let all: Vec<(&str, Shape)> = Shape::ALL.iter().map(|s| (s.name(), *s)).collect();
                tests.push(Test::Shape(one_of(r, node, "shape", &all)?));
            }
            "pattern" => {
                let regex = r.text(node)?;
                if pattern::check(r, &regex, &node.range) {
                    tests.push(Test::Pattern(regex));
                }
            }
            "chars" => {
                let (low, high) = match &node.kind {
                    Kind::List(l) if l.len() == 2 => (r.count(&l[0])?, r.count(&l[1])?),
                    _ => {
                        let message = "two whole numbers are expected here: chars = [fewest, most]";
                        r.say(Problem::error("wrong-type", &r.place(&node.range), message));
                        return None;
                    }
                };
                tests.push(Test::Chars(low, high));
            }
            "table" => tests.push(table_test(r, raw, node)?),
            "keys" => tests.push(Test::Keys(r.count(node)?)),
            "tiles" => tests.push(tiles_test(r, node)?),
            "says" => {
                let paths = r.texts(node).into_iter().filter_map(|(path, _)| data_path(r, node, &path));
                tests.push(Test::Says(paths.collect()));
            }
            "has" | "inside" | "outside" => {
                let region = key.name != "has";
                let names: Vec<String> = r
                    .texts(node)
                    .into_iter()
                    .map(|(n, range)| {
                        raw.places.push((n.clone(), range, region));
                        n
                    })
                    .collect();
                tests.push(match &*key.name {
                    "has" => Test::Has(names),
                    "inside" => Test::Inside(names),
                    _ => Test::Outside(names),
                });
            }
            "data" => {
                let path = r.text(node)?;
                tests.extend(data_path(r, node, &path).map(Test::Data));
            }
            "strength" => {
                let message = "`against` has no strength: what it says holds, or not";
                r.say(Problem::error("unknown-key", &r.place(&key.range), message).help("leave it out"));
            }
            _ if against => r.unknown_key(key, &WAY_KEYS[1..], "`against`"),
            _ => r.unknown_key(key, WAY_KEYS, "`also`"),
        }
    }
    let place = r.place(range);
    if tests.is_empty() && r.said() > before {
        return None;
    }
    if tests.is_empty() {
        r.say(
            Problem::error("empty-way", &place, "this line tests nothing")
                .help(format!("keys: {}", WAY_KEYS.join(", "))),
        );
        return None;
    }
    let strength = match points {
        Some(p) => p,
        None => {
            r.say(
                Problem::error("no-strength", &place, "this line does not say how much it proves")
                    .help("add strength = \"strong\" (proves it), \"medium\" (two of these) or \"weak\""),
            );
            return None;
        }
    };
    Some(Way { strength, tests, place })
}

fn table_test(r: &Reader, raw: &mut RawPart, node: &Node) -> Option<Test> {
    let (mut headers, mut min_headers, mut min_rows, mut numeric) = (None, 2, 1, 0.0);
    for (key, node) in r.table(node)? {
        match &*key.name {
            "headers" => {
                let list = r.text(node)?;
                raw.lists.push((list.clone(), node.range.clone()));
                headers = Some(list);
            }
            "min_headers" => min_headers = r.count(node)?,
            "min_rows" => min_rows = r.count(node)?,
            "numeric" => numeric = r.number(node)?,
            _ => r.unknown_key(key, &["headers", "min_headers", "min_rows", "numeric"], "`table`"),
        }
    }
    if headers.is_none() {
        r.say(Problem::error("wrong-type", &r.place(&node.range), "`table` needs `headers`, a word list"));
    }
    Some(Test::Table { headers: headers?, min_headers, min_rows, numeric })
}

/// `tiles = 3`, or `tiles = { at_least = 3, in_menu = 0.5 }`.
fn tiles_test(r: &Reader, node: &Node) -> Option<Test> {
    let Kind::Table(table) = &node.kind else { return Some(Test::Tiles(r.count(node)?, 0.0)) };
    let (mut at_least, mut in_menu) = (3, 0.0);
    for (key, node) in table {
        match &*key.name {
            "at_least" => at_least = r.count(node)?,
            "in_menu" => in_menu = r.number(node)?,
            _ => r.unknown_key(key, &["at_least", "in_menu"], "`tiles`"),
        }
    }
    Some(Test::Tiles(at_least, in_menu))
}

fn value(r: &Reader, raw: &mut RawPart, node: &Node) -> Option<ValueKind> {
    match &node.kind {
        Kind::Text(t) if t == "text" => Some(ValueKind::Text),
        Kind::Text(_) => {
            let all: Vec<(&str, Shape)> = Shape::ALL.iter().map(|s| (s.name(), *s)).collect();
            one_of(r, node, "value", &all).map(ValueKind::Shape)
        }
        _ => {
            let lists = r.texts(node);
            raw.lists.extend(lists.iter().cloned());
            Some(ValueKind::Lists(lists.into_iter().map(|(l, _)| l).collect()))
        }
    }
}

/// A path into structured data, checked.
fn data_path(r: &Reader, node: &Node, path: &str) -> Option<String> {
    match DataPath::parse(path) {
        Ok(_) => Some(path.to_string()),
        Err((at, message)) => {
            r.say(Problem::error("bad-data", &r.inside(&node.range, at, 1), message));
            None
        }
    }
}
