//! One file of a pack to words, parts or a rule, by where it lies. Files are read side by side.

use crate::pack::files::{PackFile, PackSource};
use crate::pack::model::{Categories, PageKinds, Place, RuleTest, WordList};
use crate::pack::node::{self, Kind, Node, Reader, Table};
use crate::pack::parts::{self, RawPart};
use crate::pack::problem::Problem;
use crate::pack::rules::{self, RawRule};
use crate::pack::words;
use crate::pack::{categories, kinds};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a file says.
pub enum Content {
    /// Nothing that a pack is made of: a file that cannot be read.
    Nothing,
    /// `pack.toml`: the pack's name, and the packs that it needs below itself.
    Pack {
        /// Name.
        name: Option<String>,
        /// Names of other packs, with their places.
        requires: Vec<(String, Place)>,
    },
    /// `words/page-kinds.toml`.
    Kinds(Box<PageKinds>),
    /// `words/categories.toml`.
    Categories(Categories),
    /// Word lists, each with the place of its name, and texts that give platforms away.
    Words {
        /// The lists.
        lists: Vec<(Place, WordList)>,
        /// Texts by platform.
        platforms: BTreeMap<String, Vec<String>>,
    },
    /// Parts, each with the place of its name.
    Parts(Vec<(Place, RawPart)>),
    /// A rule.
    Rule(Box<RawRule>),
}

/// A file that was read.
pub struct FileRead {
    /// What it says.
    pub content: Content,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

impl FileRead {
    /// Reads a file; `source` has the pages that tests name.
    pub fn of(file: &PackFile, source: Option<&PackSource>) -> FileRead {
        let (table, problems) = node::parse(file);
        if !problems.is_empty() {
            return FileRead { content: Content::Nothing, problems };
        }
        let reader = Reader::new(Arc::clone(&file.file));
        let content = content(&reader, &file.path, table, source);
        FileRead { content, problems: reader.problems.into_inner() }
    }
}

fn content(r: &Reader, path: &str, table: Table, source: Option<&PackSource>) -> Content {
    match (path.split('/').next().unwrap_or(""), path) {
        (_, "pack.toml") => return pack_file(r, &table),
        (_, "words/page-kinds.toml") => return Content::Kinds(Box::new(kinds::read(r, &table))),
        (_, "words/categories.toml") => return Content::Categories(categories::read(r, &table)),
        ("words", _) => return words_file(r, &table),
        ("parts", _) => return parts_file(r, &table),
        ("packs" | "fixtures", _) => {}
        ("storelint", _) => {
            let message = "the area “storelint” is kept for the engine's own findings";
            let problem = Problem::error("reserved-area", &r.place(&(0..1)), message);
            r.say(problem.help("use another folder name"));
        }
        (area, _) if area != path => {
            let mut rule = rules::read(r, path.trim_end_matches(".toml"), &table);
            rule.rule.tests.iter_mut().for_each(|t| read_page(r, t, path, source));
            return Content::Rule(Box::new(rule));
        }
        _ => {
            let message = format!("{path}: a rule lies in a folder, its area: <area>/<name>.toml");
            r.say(Problem::error("no-area", &r.place(&(0..1)), message));
        }
    }
    Content::Nothing
}

fn words_file(r: &Reader, table: &Table) -> Content {
    let (mut lists, mut found) = (Vec::new(), BTreeMap::new());
    for (key, node) in table {
        match &*key.name {
            "words" => {
                for (name, node) in r.table(node).into_iter().flatten() {
                    if let Some(table) = r.table(node) {
                        lists.push((r.place(&name.range), words::read(r, &name.name, table)));
                    }
                }
            }
            "platform" => platforms(r, node, &mut found),
            _ => r.unknown_key(key, &["words", "platform"], "a words file"),
        }
    }
    Content::Words { lists, platforms: found }
}

fn parts_file(r: &Reader, table: &Table) -> Content {
    let mut found = Vec::new();
    for (key, node) in table {
        if key.name != "part" {
            r.unknown_key(key, &["part"], "a parts file");
            continue;
        }
        for (name, node) in r.table(node).into_iter().flatten() {
            if let Some(table) = r.table(node) {
                found.push((r.place(&name.range), parts::read(r, name, table)));
            }
        }
    }
    Content::Parts(found)
}

/// Reads the page of a test that names one.
fn read_page(r: &Reader, test: &mut RuleTest, rule: &str, source: Option<&PackSource>) {
    let Some(path) = &test.file else { return };
    let page = source.map_or_else(|| Err("there is no such page".into()), |s| s.page(rule, path));
    match page {
        Ok(text) => test.html = text,
        Err(why) => {
            let place = test.places.get("file").unwrap_or(&test.place);
            let message = format!("the page “{path}” cannot be used: {why}");
            let help = "name a page of the pack, relative to this file: file = \"../fixtures/page.html\"";
            r.say(Problem::error("no-page", place, message).help(help));
        }
    }
}

fn pack_file(r: &Reader, table: &Table) -> Content {
    let (mut name, mut requires) = (None, Vec::new());
    if !table.iter().any(|(key, _)| key.name == "name") {
        let problem = Problem::error("missing-key", &r.place(&(0..0)), "the pack has no name");
        r.say(problem.help("add a line such as name = \"acme\""));
    }
    for (key, node) in table {
        match &*key.name {
            "name" => name = r.text(node),
            "version" => drop(r.text(node)),
            "requires" => requires.extend(r.texts(node).into_iter().map(|(t, range)| (t, r.place(&range)))),
            "language" => {
                if let Some(n) = r.count(node)
                    && n > 1
                {
                    let message = format!(
                        "this pack is written in version {n} of the rule language; this storelint reads version 1"
                    );
                    r.say(
                        Problem::error("language-too-new", &r.place(&node.range), message)
                            .help("update storelint"),
                    );
                }
            }
            _ => r.unknown_key(key, &["name", "version", "language", "requires"], "pack.toml"),
        }
    }
    Content::Pack { name, requires }
}

fn platforms(r: &Reader, node: &Node, platforms: &mut BTreeMap<String, Vec<String>>) {
    for (name, node) in r.table(node).into_iter().flatten() {
        for (key, node) in r.table(node).into_iter().flatten() {
            if key.name == "detect" {
                let marks = r.texts(node).into_iter().map(|(t, _)| t).collect();
                platforms.insert(name.name.to_string(), marks);
            } else if !matches!(node.kind, Kind::Table(_)) {
                r.unknown_key(key, &["detect"], "a platform");
            }
        }
    }
}
