//! A rule file to a rule: header, options, expectations, tests, translations.

use crate::finding::Level;
use crate::pack::expect::{self, Names, unknown};
use crate::pack::model::{Condition, LevelSpec, Rule, SourceQuote, Translation};
use crate::pack::node::{Key, Kind, Node, Reader};
use crate::pack::options;
use crate::pack::problem::Problem;
use crate::pack::rule_tests;
use crate::pack::words::{LANGS, is_lang};
use std::collections::BTreeMap;
use std::ops::Range;

/// Page kinds.
pub const PAGES: &[&str] = &["home", "item", "listing", "topic", "cart", "help", "other"];
/// Categories.
pub const CATEGORIES: &[&str] = &[
    "apparel",
    "shoes",
    "bags",
    "children",
    "toys",
    "fitness",
    "food",
    "dairy",
    "beauty",
    "medicine",
    "electronics",
    "appliances",
    "furniture",
    "building",
];
/// Markets.
pub const MARKETS: &[&str] = &["asia", "west"];

/// Keys of a rule file.
pub const KEYS: &[&str] = &[
    "title", "level", "weight", "partial", "why", "fix", "snippet", "message", "source", "when", "unless",
    "options", "expect", "test", "i18n", "extends",
];

/// A rule as written, before `extends` is followed.
#[derive(Clone, Debug)]
pub struct RawRule {
    /// The rule, defaults filled in.
    pub rule: Rule,
    /// Keys that were given.
    pub given: Vec<String>,
    /// `extends` with its place.
    pub extends: Option<(String, Range<usize>)>,
    /// Names used, by expectation.
    pub names: Vec<Names>,
    /// Parts of `when.found` and `unless.found`.
    pub found: Vec<(String, Range<usize>)>,
    /// Messages with the expectation they belong to (`None`: the header's, for all).
    pub messages: Vec<(Option<usize>, String, Range<usize>)>,
    /// Translations with a message for each expectation: how many, and where.
    pub translated: Vec<(usize, Range<usize>)>,
    /// Place of the quote.
    pub quote: Option<Range<usize>>,
}

/// Reads a rule file.
pub fn read(r: &Reader, id: &str, table: &[(Key, Node)]) -> RawRule {
    let place = r.place(&(0..r.file.text.lines().next().map_or(0, str::len)));
    let mut raw = RawRule {
        rule: Rule {
            id: id.to_string(),
            title: String::new(),
            level: LevelSpec {
                default: Level::Warning,
                by_category: BTreeMap::new(),
                by_market: BTreeMap::new(),
            },
            weight: None,
            partial: false,
            why: "".into(),
            fix: String::new(),
            snippet: None,
            message: None,
            source: None,
            when: Condition::default(),
            unless: None,
            options: BTreeMap::new(),
            expects: Vec::new(),
            tests: Vec::new(),
            i18n: BTreeMap::new(),
            place: place.clone(),
            keys: BTreeMap::new(),
        },
        given: table.iter().map(|(k, _)| k.name.to_string()).collect(),
        extends: None,
        names: Vec::new(),
        found: Vec::new(),
        messages: Vec::new(),
        translated: Vec::new(),
        quote: None,
    };
    for (key, node) in table {
        raw.rule.keys.insert(key.name.to_string(), r.place(&(key.range.start..node.range.end)));
        header(r, &mut raw, key, node);
    }
    if raw.extends.is_none() {
        for needed in ["title", "why", "fix", "expect"] {
            if !raw.given.iter().any(|g| g == needed) {
                let what = if needed == "expect" { "[[expect]]".to_string() } else { format!("`{needed}`") };
                r.say(
                    Problem::error("missing-key", &place, format!("the rule has no {what}"))
                        .label("in this file"),
                );
            }
        }
    }
    raw
}

fn header(r: &Reader, raw: &mut RawRule, key: &Key, node: &Node) {
    let rule = &mut raw.rule;
    match &*key.name {
        "title" => {
            rule.title = r.text(node).unwrap_or_default();
            if rule.title.trim().is_empty() {
                let problem = Problem::error("missing-key", &r.place(&node.range), "the title is empty");
                r.say(problem.help("say what a good page does: title = \"There is a size chart\""));
            }
        }
        "why" => rule.why = r.text(node).unwrap_or_default().into(),
        "fix" => {
            rule.fix = r.text(node).unwrap_or_default();
            raw.messages.push((None, rule.fix.clone(), node.range.clone()));
        }
        "snippet" => rule.snippet = r.text(node),
        "message" => {
            rule.message = r.text(node);
            raw.messages.extend(rule.message.clone().map(|m| (None, m, node.range.clone())));
        }
        "weight" => rule.weight = r.number(node).filter(|w| *w >= 0.0),
        "partial" => rule.partial = r.bool(node).unwrap_or(false),
        "level" => rule.level = level_spec(r, node),
        "source" => source(r, raw, node),
        "when" => {
            let (condition, found) = condition(r, node);
            raw.rule.when = condition;
            raw.found.extend(found);
        }
        "unless" => {
            let (condition, found) = condition(r, node);
            raw.rule.unless = Some(condition);
            raw.found.extend(found);
        }
        "options" => {
            for (key, node) in r.table(node).into_iter().flatten() {
                if let Some(option) = options::option(r, key, node) {
                    rule.options.insert(key.name.to_string(), option);
                }
            }
        }
        "expect" => {
            let Kind::List(items) = &node.kind else {
                r.wrong_type(node, "a list of tables, [[expect]]");
                return;
            };
            for item in items {
                let mut names = Names::default();
                if let Some(table) = r.table(item)
                    && let Some(e) = expect::read(r, table, &item.range, &mut names)
                {
                    if let (Some(m), Some((_, n))) =
                        (&e.message, table.iter().find(|(k, _)| k.name == "message"))
                    {
                        raw.messages.push((Some(raw.rule.expects.len()), m.clone(), n.range.clone()));
                    }
                    raw.rule.expects.push(e);
                    raw.names.push(names);
                }
            }
        }
        "test" => rule_tests::tests(r, raw, node),
        "i18n" => {
            for (lang, node) in r.table(node).into_iter().flatten() {
                if !is_lang(&lang.name) {
                    unknown(r, "language", &lang.name, &lang.range, LANGS.iter().copied());
                }
                let mut t = Translation::default();
                for (key, node) in r.table(node).into_iter().flatten() {
                    if key.name == "messages" {
                        let texts = r.texts(node);
                        raw.translated.push((texts.len(), node.range.clone()));
                        for (i, (text, range)) in texts.into_iter().enumerate() {
                            raw.messages.push((Some(i), text.clone(), range));
                            t.messages.push(text);
                        }
                        continue;
                    }
                    let text = r.text(node);
                    if matches!(&*key.name, "message" | "fix")
                        && let Some(text) = &text
                    {
                        raw.messages.push((None, text.clone(), node.range.clone()));
                    }
                    match &*key.name {
                        "title" => t.title = text,
                        "why" => t.why = text.map(Into::into),
                        "fix" => t.fix = text,
                        "message" => t.message = text,
                        _ => r.unknown_key(
                            key,
                            &["title", "why", "fix", "message", "messages"],
                            "a translation",
                        ),
                    }
                }
                raw.rule.i18n.insert(lang.name.to_string(), t);
            }
        }
        "extends" => raw.extends = r.text(node).map(|t| (t, node.range.clone())),
        _ => r.unknown_key(key, KEYS, "a rule"),
    }
}

/// A level, with its place for errors.
pub fn level(r: &Reader, node: &Node) -> Option<Level> {
    let text = r.text(node)?;
    let found = Level::parse(&text);
    if found.is_none() {
        unknown(r, "level", &text, &node.range, ["error", "warning", "info", "off"]);
    }
    found
}

fn level_spec(r: &Reader, node: &Node) -> LevelSpec {
    let mut spec =
        LevelSpec { default: Level::Warning, by_category: BTreeMap::new(), by_market: BTreeMap::new() };
    if matches!(node.kind, Kind::Text(_)) {
        spec.default = level(r, node).unwrap_or(Level::Warning);
        return spec;
    }
    if !matches!(node.kind, Kind::Table(_)) {
        r.wrong_type(node, "a level, error, warning, info or off, or a table of them");
        return spec;
    }
    for (key, node) in r.table(node).into_iter().flatten() {
        match &*key.name {
            "default" => spec.default = level(r, node).unwrap_or(Level::Warning),
            "by_category" | "by_market" => {
                let category = key.name == "by_category";
                let (known, what) = if category { (CATEGORIES, "category") } else { (MARKETS, "market") };
                for (key, node) in r.table(node).into_iter().flatten() {
                    if !known.contains(&&*key.name) {
                        unknown(r, what, &key.name, &key.range, known.iter().copied());
                    }
                    if let Some(level) = level(r, node) {
                        let map = if category { &mut spec.by_category } else { &mut spec.by_market };
                        map.insert(key.name.to_string(), level);
                    }
                }
            }
            _ => r.unknown_key(key, &["default", "by_category", "by_market"], "`level`"),
        }
    }
    spec
}

fn source(r: &Reader, raw: &mut RawRule, node: &Node) {
    let (mut doc, mut line, mut quote) = (String::new(), None, String::new());
    for (key, node) in r.table(node).into_iter().flatten() {
        match &*key.name {
            "doc" => doc = r.text(node).unwrap_or_default(),
            "line" => line = r.count(node),
            "quote" => {
                quote = r.text(node).unwrap_or_default();
                raw.quote = Some(node.range.clone());
            }
            _ => r.unknown_key(key, &["doc", "line", "quote"], "`source`"),
        }
    }
    raw.rule.source = Some(SourceQuote { doc, line, quote });
}

fn condition(r: &Reader, node: &Node) -> (Condition, Vec<(String, Range<usize>)>) {
    let mut c = Condition::default();
    let mut found = Vec::new();
    for (key, node) in r.table(node).into_iter().flatten() {
        let texts = r.texts(node);
        let known = |what: &'static str, names: &[&str]| {
            for (name, range) in &texts {
                if !names.contains(&name.as_str()) {
                    unknown(r, what, name, range, names.iter().copied());
                }
            }
        };
        let list = || texts.iter().map(|(t, _)| t.clone()).collect::<Vec<_>>();
        match &*key.name {
            "page" => {
                known("page", PAGES);
                c.page = list();
            }
            "category" => {
                known("category", CATEGORIES);
                c.category = list();
            }
            "market" => {
                known("market", MARKETS);
                c.market = list();
            }
            "locale" => {
                for (name, range) in texts.iter().filter(|(name, _)| !is_lang(name)) {
                    unknown(r, "language", name, range, LANGS.iter().copied());
                }
                c.locale = list();
            }
            "platform" => {
                c.platform = list();
                c.platform_places = texts.iter().map(|(_, range)| r.place(range)).collect();
            }
            "found" => {
                c.found = list();
                found.extend(texts.clone());
            }
            _ => r.unknown_key(key, &["page", "category", "locale", "platform", "market", "found"], "`when`"),
        }
    }
    (c, found)
}
