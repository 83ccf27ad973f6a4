//! Reads a config: every key checked where it stands, several errors at once.

use super::{At, Config, Ignore, PagesEntry, RuleSettings, WordsChange};
use crate::finding::Level;
use crate::pack::expect::unknown;
use crate::pack::files::PackSource;
use crate::pack::model::{Place, TomlFile};
use crate::pack::node::{self, Key, Kind, Node, Reader};
use crate::pack::problem::Problem;
use crate::pack::rules::{CATEGORIES, MARKETS, PAGES, level};
use crate::pack::words::{LANGS, is_lang};
use crate::pack::{pattern, words};
use crate::source::check_glob;
use crate::viewport::Viewport;
use globset::{GlobBuilder, GlobMatcher};
use std::path::Path;
use std::sync::Arc;

/// Keys of `storelint.toml`.
pub const KEYS: &[&str] =
    &["extends", "lang", "market", "viewports", "pages", "rules", "words", "ignore", "score", "check"];

/// Reads a config from its file's text. Names of rules are checked later, against the packs.
///
/// # Errors
/// Every problem.
pub fn read(file: &Arc<TomlFile>, base: &Path) -> Result<Config, Vec<Problem>> {
    let r = Reader::new(Arc::clone(file));
    let (table, problems) = node::parse_text(file);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut c = Config { folder: base.to_path_buf(), ..Config::default() };
    for (key, node) in &table {
        match &*key.name {
            "extends" => {
                c.extends_place = Some(r.place(&key.range));
                for (name, range) in r.texts(node) {
                    match PackSource::parse(&name, base) {
                        Ok(PackSource::Folder(folder)) if !folder.is_dir() => {
                            let what =
                                if folder.exists() { "a file, and a pack is a folder" } else { "not there" };
                            let message = format!("the pack “{name}” is {what}");
                            let help =
                                "a pack is a folder with pack.toml, words/, parts/ and folders of rules";
                            r.say(Problem::error("unknown-pack", &r.place(&range), message).help(help));
                        }
                        Ok(source) => c.extends.push(source),
                        Err(why) => r.say(Problem::error("unknown-pack", &r.place(&range), why)),
                    }
                }
            }
            "lang" => c.lang = one(&r, node, "language", &["en", "zh"]).map(|v| at(&r, node, v)),
            "market" => c.market = one(&r, node, "market", MARKETS).map(|v| at(&r, node, v)),
            "viewports" => viewports(&r, node, &mut c),
            "pages" => each(&r, node, |r, table, node| c.pages.extend(pages(r, table, node))),
            "rules" => {
                for (name, node) in r.table(node).into_iter().flatten() {
                    let settings = rule(&r, node);
                    c.rules
                        .insert(name.name.to_string(), At { value: settings, place: r.place(&name.range) });
                }
            }
            "words" => {
                for (name, node) in r.table(node).into_iter().flatten() {
                    if let Some(change) = words_change(&r, name, node) {
                        c.words.insert(name.name.to_string(), change);
                    }
                }
            }
            "ignore" => each(&r, node, |r, table, node| c.ignores.extend(ignore(r, table, node))),
            "score" => score(&r, node, &mut c),
            "check" => check(&r, node, &mut c),
            _ => r.unknown_key(key, KEYS, "storelint.toml"),
        }
    }
    let problems = r.problems.into_inner();
    if problems.is_empty() { Ok(c) } else { Err(problems) }
}

fn at<T>(r: &Reader, node: &Node, value: T) -> At<T> {
    At { value, place: r.place(&node.range) }
}

fn one(r: &Reader, node: &Node, what: &'static str, known: &[&str]) -> Option<String> {
    let text = r.text(node)?;
    if !known.contains(&text.as_str()) {
        unknown(r, what, &text, &node.range, known.iter().copied());
        return None;
    }
    Some(text)
}

fn each(r: &Reader, node: &Node, mut f: impl FnMut(&Reader, &[(Key, Node)], &Node)) {
    let Kind::List(items) = &node.kind else {
        r.wrong_type(node, "a list of tables, [[…]]");
        return;
    };
    for item in items {
        if let Some(table) = r.table(item) {
            f(r, table, item);
        }
    }
}

fn viewports(r: &Reader, node: &Node, c: &mut Config) {
    for (name, node) in r.table(node).into_iter().flatten() {
        let Some(text) = r.text(node) else { continue };
        let size =
            text.split_once('x').and_then(|(w, h)| Some((w.trim().parse().ok()?, h.trim().parse().ok()?)));
        match size {
            Some((width @ 100..=10_000, height @ 100..=10_000)) => {
                c.viewports.push(Viewport { name: name.name.to_string(), width, height });
            }
            _ => r.say(Problem::error(
                "wrong-type",
                &r.place(&node.range),
                "a viewport is written “820x1180”, 100 to 10,000 pixels each",
            )),
        }
    }
}

fn globs(r: &Reader, node: &Node) -> Vec<GlobMatcher> {
    let mut out = Vec::new();
    for (text, range) in r.texts(node) {
        let made = check_glob(&text).and_then(|()| {
            // pages are named without it
            GlobBuilder::new(text.strip_prefix("./").unwrap_or(&text))
                .literal_separator(true)
                .build()
                .map_err(|e| format!("the pattern is wrong: {}", e.kind()))
        });
        match made {
            Ok(glob) => out.push(glob.compile_matcher()),
            Err(why) => r.say(Problem::error("bad-glob", &r.place(&range), why)),
        }
    }
    out
}

fn pages(r: &Reader, table: &[(Key, Node)], node: &Node) -> Option<PagesEntry> {
    let mut p = PagesEntry {
        matches: Vec::new(),
        page: None,
        category: None,
        language: None,
        platform: None,
        platform_place: None,
        market: None,
        levels: Default::default(),
        place: r.place(&node.range),
    };
    for (key, node) in table {
        match &*key.name {
            "match" => p.matches = globs(r, node),
            "page" => p.page = one(r, node, "page", PAGES),
            "category" => p.category = one(r, node, "category", CATEGORIES),
            "market" => p.market = one(r, node, "market", MARKETS),
            "language" => {
                p.language = r.text(node);
                if let Some(name) = p.language.as_ref().filter(|name| !is_lang(name)) {
                    unknown(r, "language", name, &node.range, LANGS.iter().copied());
                }
            }
            "platform" => {
                p.platform = r.text(node);
                p.platform_place = Some(r.place(&node.range));
            }
            "rules" => {
                for (name, node) in r.table(node).into_iter().flatten() {
                    if let Some(level) = level(r, node) {
                        p.levels
                            .insert(name.name.to_string(), At { value: level, place: r.place(&name.range) });
                    }
                }
            }
            _ => r.unknown_key(
                key,
                &["match", "page", "category", "language", "platform", "market", "rules"],
                "[[pages]]",
            ),
        }
    }
    if p.matches.is_empty() {
        r.say(Problem::error(
            "missing-key",
            &p.place,
            "this [[pages]] says nothing of which pages: it needs `match`",
        ));
        return None;
    }
    Some(p)
}

fn rule(r: &Reader, node: &Node) -> RuleSettings {
    let mut s = RuleSettings::default();
    if matches!(node.kind, Kind::Text(_)) {
        s.level = level(r, node).map(|l| at(r, node, l));
        return s;
    }
    for (key, node) in r.table(node).into_iter().flatten() {
        if key.name == "level" {
            s.level = level(r, node).map(|l| at(r, node, l));
        } else if let Some(value) = node.value() {
            s.options.insert(key.name.to_string(), At { value, place: r.place(&node.range) });
            s.names.insert(key.name.to_string(), r.place(&key.range));
        } else {
            r.wrong_type(node, "a value");
        }
    }
    s
}

fn words_change(r: &Reader, name: &Key, node: &Node) -> Option<WordsChange> {
    let table = r.table(node)?;
    let (mut remove, mut only): (Vec<(String, Place)>, bool) = (Vec::new(), false);
    let mut rest = Vec::new();
    for (key, node) in table {
        match &*key.name {
            "remove" => remove.extend(r.texts(node).into_iter().map(|(t, range)| (t, r.place(&range)))),
            "only" => only = r.bool(node).unwrap_or(false),
            _ => rest.push((key.clone(), node.clone())),
        }
    }
    Some(WordsChange { add: words::read(r, &name.name, &rest), remove, only, place: r.place(&name.range) })
}

fn ignore(r: &Reader, table: &[(Key, Node)], node: &Node) -> Option<Ignore> {
    let place = r.place(&node.range);
    let mut i = Ignore {
        rule: String::new(),
        page: None,
        find: None,
        find_place: None,
        css: None,
        why: String::new(),
        until: None,
        place,
    };
    for (key, node) in table {
        match &*key.name {
            "rule" => {
                i.rule = r.text(node)?;
                i.place = r.place(&node.range);
            }
            "page" => i.page = globs(r, node).into_iter().next(),
            "find" => {
                i.find = r.text(node);
                i.find_place = Some(r.place(&node.range));
            }
            "css" => i.css = r.text(node).filter(|c| pattern::check_css(r, c, &node.range)),
            "why" => i.why = r.text(node)?.trim().to_string(),
            "until" => match &node.kind {
                Kind::Date(d) if d.len() == 10 => i.until = Some(d.to_string()),
                Kind::Date(_) => {
                    let message = "a day is expected here, until = 2026-12-31, without a time";
                    r.say(Problem::error("wrong-type", &r.place(&node.range), message));
                }
                _ => r.wrong_type(node, "a date, until = 2026-12-31"),
            },
            _ => r.unknown_key(key, &["rule", "page", "find", "css", "why", "until"], "[[ignore]]"),
        }
    }
    if i.rule.is_empty() || i.why.is_empty() {
        let (key, what) = if i.rule.is_empty() {
            ("rule", "which rule it is about: `rule`")
        } else {
            ("why", "why: `why`")
        };
        let place =
            table.iter().find(|(k, _)| k.name == key).map_or(i.place, |(_, node)| r.place(&node.range));
        r.say(Problem::error("missing-key", &place, format!("this [[ignore]] does not say {what}")));
        return None;
    }
    Some(i)
}

fn score(r: &Reader, node: &Node, c: &mut Config) {
    for (key, node) in r.table(node).into_iter().flatten() {
        match &*key.name {
            "fail_under" => {
                for (kind, node) in r.table(node).into_iter().flatten() {
                    if !PAGES.contains(&&*kind.name) {
                        unknown(r, "page", &kind.name, &kind.range, PAGES.iter().copied());
                    }
                    if let Some(n) = within(r, node, 0.0..=100.0, "a score is 0 to 100") {
                        c.fail_under.insert(kind.name.to_string(), at(r, node, n));
                    }
                }
            }
            "overall" => c.overall = r.bool(node).unwrap_or(false),
            _ => r.unknown_key(key, &["fail_under", "overall"], "[score]"),
        }
    }
}

/// A number inside bounds; says so where it lies outside.
fn within(r: &Reader, node: &Node, bounds: std::ops::RangeInclusive<f64>, message: &str) -> Option<f64> {
    let number = r.number(node)?;
    if !bounds.contains(&number) {
        r.say(Problem::error("bounds", &r.place(&node.range), message));
        return None;
    }
    Some(number)
}

fn check(r: &Reader, node: &Node, c: &mut Config) {
    for (key, node) in r.table(node).into_iter().flatten() {
        match &*key.name {
            "fail_on" => {
                let known = ["error", "warning", "info", "never"];
                if let Some(text) = one(r, node, "level", &known) {
                    c.fail_on = Some(at(r, node, Level::parse(&text)));
                }
            }
            "viewports" => {
                let names: Vec<At<String>> = r
                    .texts(node)
                    .into_iter()
                    .map(|(t, range)| At { value: t, place: r.place(&range) })
                    .collect();
                if names.is_empty() {
                    let message = "no viewport is named: first screens cannot be judged on none";
                    let help = "name some, such as [\"desktop\", \"mobile\"], or leave the line out";
                    r.say(Problem::error("bounds", &r.place(&node.range), message).help(help));
                }
                c.judged = Some(names);
            }
            "min_font" => {
                let message = "type is 1 to 100 pixels high";
                c.min_font = within(r, node, 1.0..=100.0, message).map(|n| at(r, node, n));
            }
            "reasons" => c.reasons = r.bool(node).map(|b| at(r, node, b)),
            "locales" => {
                let names = r.texts(node);
                for (name, range) in names.iter().filter(|(name, _)| !is_lang(name)) {
                    unknown(r, "language", name, range, LANGS.iter().copied());
                }
                c.locales = Some(at(r, node, names.into_iter().map(|(t, _)| t).collect()));
            }
            _ => r.unknown_key(key, &["fail_on", "viewports", "min_font", "reasons", "locales"], "[check]"),
        }
    }
}
