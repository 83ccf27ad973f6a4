//! Reads a config: every key checked where it stands, several errors at once.

use super::{At, Config, Ignore, PagesEntry, RuleSettings, WordsChange};
use crate::finding::Level;
use crate::pack::expect::unknown;
use crate::pack::files::PackSource;
use crate::pack::model::TomlFile;
use crate::pack::node::{self, Key, Kind, Node, Reader};
use crate::pack::problem::Problem;
use crate::pack::rules::{CATEGORIES, MARKETS, PAGES, level};
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
        match key.name.as_str() {
            "extends" => {
                c.extends_place = Some(r.place(&key.range));
                for (name, range) in r.texts(node) {
                    match PackSource::parse(&name, base) {
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
                    c.rules.insert(name.name.clone(), At { value: settings, place: r.place(&name.range) });
                }
            }
            "words" => {
                for (name, node) in r.table(node).into_iter().flatten() {
                    if let Some(change) = words_change(&r, name, node) {
                        c.words.insert(name.name.clone(), change);
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
                c.viewports.push(Viewport { name: name.name.clone(), width, height });
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
            GlobBuilder::new(&text)
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
        market: None,
        levels: Default::default(),
        place: r.place(&node.range),
    };
    for (key, node) in table {
        match key.name.as_str() {
            "match" => p.matches = globs(r, node),
            "page" => p.page = one(r, node, "page", PAGES),
            "category" => p.category = one(r, node, "category", CATEGORIES),
            "market" => p.market = one(r, node, "market", MARKETS),
            "language" => p.language = r.text(node),
            "platform" => p.platform = r.text(node),
            "rules" => {
                for (name, node) in r.table(node).into_iter().flatten() {
                    if let Some(level) = level(r, node) {
                        p.levels.insert(name.name.clone(), At { value: level, place: r.place(&name.range) });
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
            s.options
                .insert(key.name.clone(), At { value, place: r.place(&(key.range.start..node.range.end)) });
        } else {
            r.wrong_type(node, "a value");
        }
    }
    s
}

fn words_change(r: &Reader, name: &Key, node: &Node) -> Option<WordsChange> {
    let table = r.table(node)?;
    let (mut remove, mut only) = (Vec::new(), false);
    let mut rest = Vec::new();
    for (key, node) in table {
        match key.name.as_str() {
            "remove" => remove = r.texts(node).into_iter().map(|(t, _)| t).collect(),
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
        css: None,
        why: String::new(),
        until: None,
        place,
    };
    for (key, node) in table {
        match key.name.as_str() {
            "rule" => {
                i.rule = r.text(node)?;
                i.place = r.place(&node.range);
            }
            "page" => i.page = globs(r, node).into_iter().next(),
            "find" => i.find = r.text(node),
            "css" => i.css = r.text(node).filter(|c| pattern::check_css(r, c, &node.range)),
            "why" => i.why = r.text(node)?.trim().to_string(),
            "until" => match &node.kind {
                Kind::Date(d) if d.len() == 10 => i.until = Some(d.clone()),
                _ => r.wrong_type(node, "a date, until = 2026-12-31"),
            },
            _ => r.unknown_key(key, &["rule", "page", "find", "css", "why", "until"], "[[ignore]]"),
        }
    }
    if i.rule.is_empty() || i.why.is_empty() {
        let what = if i.rule.is_empty() { "which rule it is about: `rule`" } else { "why: `why`" };
        r.say(Problem::error("missing-key", &i.place, format!("this [[ignore]] does not say {what}")));
        return None;
    }
    Some(i)
}

fn score(r: &Reader, node: &Node, c: &mut Config) {
    for (key, node) in r.table(node).into_iter().flatten() {
        match key.name.as_str() {
            "fail_under" => {
                for (kind, node) in r.table(node).into_iter().flatten() {
                    if !PAGES.contains(&kind.name.as_str()) {
                        unknown(r, "page", &kind.name, &kind.range, PAGES.iter().copied());
                    }
                    if let Some(n) = r.number(node).filter(|n| (0.0..=100.0).contains(n)) {
                        c.fail_under.insert(kind.name.clone(), at(r, node, n));
                    }
                }
            }
            "overall" => c.overall = r.bool(node).unwrap_or(false),
            _ => r.unknown_key(key, &["fail_under", "overall"], "[score]"),
        }
    }
}

fn check(r: &Reader, node: &Node, c: &mut Config) {
    for (key, node) in r.table(node).into_iter().flatten() {
        match key.name.as_str() {
            "fail_on" => {
                let known = ["error", "warning", "info", "never"];
                if let Some(text) = one(r, node, "level", &known) {
                    c.fail_on = Some(at(r, node, Level::parse(&text)));
                }
            }
            "viewports" => {
                let names = r.texts(node).into_iter().map(|(t, _)| t).collect();
                c.judged = Some(at(r, node, names));
            }
            "min_font" => c.min_font = r.number(node).map(|n| at(r, node, n)),
            "reasons" => c.reasons = r.bool(node).map(|b| at(r, node, b)),
            "locales" => {
                let names = r.texts(node).into_iter().map(|(t, _)| t).collect();
                c.locales = Some(at(r, node, names));
            }
            _ => r.unknown_key(key, &["fail_on", "viewports", "min_font", "reasons", "locales"], "[check]"),
        }
    }
}
