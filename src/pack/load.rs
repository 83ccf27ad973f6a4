//! Layers to one checked pack: later layers win, words add up, parts and rules of the
//! same id replace.

use crate::pack::check;
use crate::pack::files::{PackFile, PackSource};
use crate::pack::model::{Pack, Place, RuleTest, TomlFile};
use crate::pack::node::{self, Kind, Reader, Table};
use crate::pack::parts::{self, RawPart};
use crate::pack::problem::{Problem, Severity};
use crate::pack::rules::{self, RawRule};
use crate::pack::words;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A pack that may be used, and what was noticed.
#[derive(Debug)]
pub struct Loaded {
    /// The pack.
    pub pack: Pack,
    /// Warnings.
    pub warnings: Vec<Problem>,
    /// `words/page-kinds.toml` of the last layer that has one.
    pub kinds: Table,
    /// `words/categories.toml` of the last layer that has one.
    pub categories: Table,
}

/// Files of one layer: path inside the pack, and file.
pub type Layer = Vec<(String, Arc<TomlFile>)>;

/// What the files say, before names are resolved.
#[derive(Default)]
pub struct Raw {
    /// Words and platforms.
    pub pack: Pack,
    /// Parts.
    pub parts: BTreeMap<String, RawPart>,
    /// Rules.
    pub rules: BTreeMap<String, RawRule>,
    /// Problems so far.
    pub problems: Vec<Problem>,
    kinds: Table,
    categories: Table,
}

/// Loads packs to judge pages with: without the tests of the built-in ones. Built-in packs by
/// themselves are not checked again either: they were when this program was tested.
///
/// # Errors
/// Every problem of every file, warnings too.
pub fn load(sources: &[PackSource]) -> Result<Loaded, Vec<Problem>> {
    let own = sources.iter().any(|s| matches!(s, PackSource::Folder(_)));
    load_as(sources, false, own)
}

/// Loads packs with all their tests.
///
/// # Errors
/// Every problem of every file, warnings too.
pub fn load_with_tests(sources: &[PackSource]) -> Result<Loaded, Vec<Problem>> {
    load_as(sources, true, true)
}

fn load_as(sources: &[PackSource], tests: bool, checked: bool) -> Result<Loaded, Vec<Problem>> {
    let mut raw = Raw::default();
    for source in sources {
        match source.files(tests) {
            Ok(files) => read_layer(&mut raw, &files, Some(source)),
            Err(message) => {
                let file = Arc::new(TomlFile { path: String::new(), text: "".into() });
                let mut problem = Problem::error("unreadable", &Place { file, range: 0..0 }, message);
                problem.labels.clear();
                return Err(vec![problem]);
            }
        }
    }
    settle(raw, checked)
}

/// Loads layers that were read already.
///
/// # Errors
/// Every problem of every file, warnings too.
pub fn load_layers(layers: &[Layer]) -> Result<Loaded, Vec<Problem>> {
    let mut raw = Raw::default();
    for layer in layers {
        let file = |(path, file): &(String, Arc<TomlFile>)| PackFile {
            path: path.clone(),
            file: Arc::clone(file),
            tree: None,
        };
        read_layer(&mut raw, &layer.iter().map(file).collect::<Vec<_>>(), None);
    }
    settle(raw, true)
}

/// Resolves names and runs every check.
fn settle(mut raw: Raw, checked: bool) -> Result<Loaded, Vec<Problem>> {
    // a file that is not read hides names: that they are missing follows, and is not said
    if !raw.problems.iter().any(|p| p.id == "bad-toml") {
        check::extend(&mut raw);
        if checked {
            check::pack(&mut raw);
        }
    }
    let Raw { mut pack, parts, rules, mut problems, kinds, categories } = raw;
    problems.sort_by(|a, b| {
        let key = |p: &Problem| p.labels.first().map(|(l, _)| (l.file.path.clone(), l.range.start));
        key(a).cmp(&key(b)).then(a.id.cmp(b.id))
    });
    if problems.iter().any(|p| p.severity == Severity::Error) {
        return Err(problems);
    }
    pack.parts = parts.into_iter().map(|(k, p)| (k, p.part)).collect();
    pack.rules = rules.into_iter().map(|(k, r)| (k, r.rule)).collect();
    Ok(Loaded { pack, warnings: problems, kinds, categories })
}

fn read_layer(raw: &mut Raw, files: &[PackFile], source: Option<&PackSource>) {
    let mut seen: HashMap<(&'static str, String), Place> = HashMap::new();
    let parsed: Vec<_> = files.par_iter().map(node::parse).collect();
    for (PackFile { path, file, .. }, (table, problems)) in files.iter().zip(parsed) {
        let reader = Reader::new(Arc::clone(file));
        let broken = !problems.is_empty();
        raw.problems.extend(problems);
        if broken {
            continue;
        }
        let mut first = |kind: &'static str, name: &str, place: Place| {
            if let Some(before) = seen.get(&(kind, name.to_string())) {
                let message = format!("the {kind} “{name}” is defined twice in this pack");
                let p = Problem::error("duplicate-id", &place, message)
                    .label("again here")
                    .and(before, "first here:");
                reader.say(p);
                return false;
            }
            seen.insert((kind, name.to_string()), place);
            true
        };
        let mut folders = path.split('/');
        match (folders.next().unwrap_or(""), path.as_str()) {
            (_, "pack.toml") => pack_file(&reader, &table),
            (_, "words/page-kinds.toml") => raw.kinds = table,
            (_, "words/categories.toml") => raw.categories = table,
            ("words", _) => {
                for (key, node) in &table {
                    match key.name.as_str() {
                        "words" => {
                            for (name, node) in reader.table(node).into_iter().flatten() {
                                if let Some(table) = reader.table(node)
                                    && first("word list", &name.name, reader.place(&name.range))
                                {
                                    let list = words::read(&reader, &name.name, table);
                                    merge_words(&mut raw.pack, list);
                                }
                            }
                        }
                        "platform" => platforms(&reader, node, &mut raw.pack),
                        _ => reader.unknown_key(key, &["words", "platform"], "a words file"),
                    }
                }
            }
            ("parts", _) => {
                for (key, node) in &table {
                    if key.name != "part" {
                        reader.unknown_key(key, &["part"], "a parts file");
                        continue;
                    }
                    for (name, node) in reader.table(node).into_iter().flatten() {
                        if let Some(table) = reader.table(node)
                            && first("part", &name.name, reader.place(&name.range))
                        {
                            raw.parts.insert(name.name.clone(), parts::read(&reader, name, table));
                        }
                    }
                }
            }
            ("packs" | "fixtures", _) => {}
            ("storelint", _) => {
                let message = "the area “storelint” is kept for the engine's own findings";
                reader.say(
                    Problem::error("reserved-area", &reader.place(&(0..1)), message)
                        .help("use another folder name"),
                );
            }
            (area, _) if area != path => {
                let id = path.trim_end_matches(".toml").to_string();
                let mut rule = rules::read(&reader, &id, &table);
                rule.rule.tests.iter_mut().for_each(|t| read_page(&reader, t, path, source));
                raw.rules.insert(id, rule);
            }
            _ => {
                let message = format!("{path}: a rule lies in a folder, its area: <area>/<name>.toml");
                reader.say(Problem::error("no-area", &reader.place(&(0..1)), message));
            }
        }
        raw.problems.extend(reader.problems.into_inner());
    }
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

fn pack_file(r: &Reader, table: &[(node::Key, node::Node)]) {
    if !table.iter().any(|(key, _)| key.name == "name") {
        let problem = Problem::error("missing-key", &r.place(&(0..0)), "the pack has no name");
        r.say(problem.help("add a line such as name = \"acme\""));
    }
    for (key, node) in table {
        match key.name.as_str() {
            "name" | "version" => {
                r.text(node);
            }
            "requires" => {}
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
}

fn platforms(r: &Reader, node: &node::Node, pack: &mut Pack) {
    for (name, node) in r.table(node).into_iter().flatten() {
        for (key, node) in r.table(node).into_iter().flatten() {
            if key.name == "detect" {
                let marks = r.texts(node).into_iter().map(|(t, _)| t).collect();
                pack.platforms.insert(name.name.clone(), marks);
            } else if !matches!(node.kind, Kind::Table(_)) {
                r.unknown_key(key, &["detect"], "a platform");
            }
        }
    }
}

/// Adds a list to the pack: words add up.
pub fn merge_words(pack: &mut Pack, list: crate::pack::model::WordList) {
    let name = list.name.clone();
    match pack.words.get_mut(&name) {
        None => {
            pack.words.insert(name, Arc::new(list));
        }
        Some(old) => {
            let old = Arc::make_mut(old);
            old.phrases.extend(list.phrases);
            old.patterns.extend(list.patterns);
            old.not.extend(list.not);
            old.tokens.extend(list.tokens);
            old.not_tokens.extend(list.not_tokens);
            if list.max_chars != 40 {
                old.max_chars = list.max_chars;
            }
        }
    }
}
