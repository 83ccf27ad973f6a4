//! Layers to one checked pack: later layers win, words add up, parts and rules of the
//! same id replace.

use crate::pack::check;
use crate::pack::files::{PackFile, PackSource};
use crate::pack::layer::{Content, FileRead};
use crate::pack::model::{Categories, Pack, PageKinds, Place, TomlFile};
use crate::pack::parts::RawPart;
use crate::pack::problem::{Problem, Severity};
use crate::pack::rules::RawRule;
use crate::text::nearest::did_you_mean;
use rayon::prelude::*;
use std::collections::hash_map::Entry;
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
    pub kinds: PageKinds,
    /// `words/categories.toml` of the last layer that has one.
    pub categories: Categories,
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
    /// Page kinds.
    pub kinds: PageKinds,
    /// Categories.
    pub categories: Categories,
    /// Names of the packs so far.
    names: Vec<String>,
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
    let Raw { mut pack, parts, rules, mut problems, kinds, categories, .. } = raw;
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
    let read: Vec<FileRead> = files.par_iter().map(|file| FileRead::of(file, source)).collect();
    for FileRead { content, problems } in read {
        raw.problems.extend(problems);
        let mut first = |kind: &'static str, name: &str, place: &Place| {
            let before = seen.entry((kind, name.to_string()));
            let Entry::Occupied(before) = before else {
                before.or_insert(place.clone());
                return true;
            };
            let message = format!("the {kind} “{name}” is defined twice in this pack");
            let problem = Problem::error("duplicate-id", place, message);
            raw.problems.push(problem.label("again here").and(before.get(), "first here:"));
            false
        };
        match content {
            Content::Nothing => {}
            Content::Pack { name, requires } => {
                for (needed, place) in requires.iter().filter(|(needed, _)| !raw.names.contains(needed)) {
                    let message = format!("this pack needs “{needed}”, which is not loaded before it");
                    let known = raw.names.iter().map(String::as_str);
                    let help = did_you_mean(needed, known).unwrap_or_else(|| {
                        format!("name it in storelint.toml before this pack: extends = [\"{needed}\", …]")
                    });
                    raw.problems.push(Problem::error("missing-pack", place, message).help(help));
                }
                raw.names.extend(name);
            }
            Content::Kinds(kinds) => raw.kinds = *kinds,
            Content::Categories(categories) => raw.categories = categories,
            Content::Words { lists, platforms } => {
                for (place, mut list) in lists {
                    list.places.push(place.clone());
                    if first("word list", &list.name, &place) {
                        merge_words(&mut raw.pack, list);
                    }
                }
                raw.pack.platforms.extend(platforms);
            }
            Content::Parts(parts) => {
                for (place, part) in parts {
                    if first("part", &part.part.name, &place) {
                        raw.parts.insert(part.part.name.clone(), part);
                    }
                }
            }
            Content::Rule(rule) => drop(raw.rules.insert(rule.rule.id.clone(), *rule)),
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
            old.on.extend(list.on);
            old.places.extend(list.places);
            if list.max_chars != 40 {
                old.max_chars = list.max_chars;
            }
        }
    }
}
