//! All about one rule, as text.

use crate::cli::setup::Setup;
use crate::finding::Verdict;
use crate::pack::message::in_prose;
use crate::pack::model::{
    Arg, Condition, LevelSpec, OptionSpec, Pack, Part, PartType, PhraseMode, Rule, RuleTest, Scope, Subject,
    Test,
};
use crate::pack::model::{Value, Way, WordList};
use crate::pack::names_in;
use crate::pack::options;
use crate::show::cut;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Words shown of one list in one language.
const WORDS: usize = 12;
/// Characters shown of an example.
const EXAMPLE: usize = 400;

/// The whole explanation.
pub fn of(setup: &Setup, rule: &Rule) -> String {
    let (pack, lang) = (&setup.loaded.pack, setup.settings.lang.as_str());
    let own = rule.i18n.get(lang);
    let said = |own: Option<&str>, default: &str| own.unwrap_or(default).to_string();
    let mut text = String::new();
    let _ = writeln!(text, "{}  {}\n", rule.id, said(own.and_then(|t| t.title.as_deref()), &rule.title));
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(text, "{key:<9}{value}");
    };
    line("level", &level(setup, rule));
    let values = setup.effective.options.get(&rule.id);
    let prose = |own: Option<&str>, default: &str| in_prose(own.unwrap_or(default), rule, values);
    line("why", &prose(own.and_then(|t| t.why.as_deref()), &rule.why));
    line("fix", &prose(own.and_then(|t| t.fix.as_deref()), &rule.fix));
    if let Some(source) = &rule.source {
        let at = source.line.map_or(String::new(), |n| format!(", line {n}"));
        let quote = if source.quote.is_empty() { String::new() } else { format!(": “{}”", source.quote) };
        line("source", &format!("{}{at}{quote}", source.doc));
    }
    line("when", &condition(&rule.when).unwrap_or_else(|| "every page".to_string()));
    if let Some(unless) = rule.unless.as_ref().and_then(condition) {
        line("unless", &unless);
    }
    line("file", &format!("{}:{}", rule.place.file.path, rule.place.line()));
    text.push_str("\nasks\n");
    asks(&mut text, rule, "  ");
    options(&mut text, setup, rule);
    parts(&mut text, pack, rule, lang);
    examples(&mut text, rule);
    change(&mut text, rule);
    text
}

/// The level in this run, and who says so.
fn level(setup: &Setup, rule: &Rule) -> String {
    if let Some(at) = setup.config.rules.get(&rule.id).and_then(|r| r.value.level.as_ref()) {
        return format!("{} ({}:{})", at.value.name(), at.place.file.path, at.place.line());
    }
    levels(&rule.level)
}

/// "warning", or "warning; food: error".
pub fn levels(level: &LevelSpec) -> String {
    let mut text = level.default.name().to_string();
    for (what, level) in level.by_category.iter().chain(&level.by_market) {
        let _ = write!(text, "; {what}: {}", level.name());
    }
    text
}

/// `when` or `unless` as half a sentence; `None` where it asks nothing.
fn condition(c: &Condition) -> Option<String> {
    let keys = [
        ("page", &c.page),
        ("category", &c.category),
        ("language", &c.locale),
        ("platform", &c.platform),
        ("market", &c.market),
        ("found", &c.found),
    ];
    let said: Vec<String> = keys
        .iter()
        .filter(|(_, v)| !v.is_empty())
        .map(|(k, v)| format!("{k} is {}", v.join(" or ")))
        .collect();
    (!said.is_empty()).then(|| said.join(", and "))
}

/// The expectations, as they are written, each line after `indent`.
pub fn asks(text: &mut String, rule: &Rule, indent: &str) {
    for expect in &rule.expects {
        let file = &expect.place.file.text;
        let from = file.get(..expect.place.range.start).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
        let mut lines = file.get(from..).unwrap_or("").lines();
        let head = lines.next().unwrap_or("");
        let _ = writeln!(text, "{indent}{head}");
        for line in lines.take_while(|l| !l.trim_start().starts_with('[')).filter(|l| !l.trim().is_empty()) {
            let _ = writeln!(text, "{indent}{line}");
        }
    }
}

fn options(text: &mut String, setup: &Setup, rule: &Rule) {
    if rule.options.is_empty() {
        return;
    }
    text.push_str("\noptions\n");
    for (name, spec) in &rule.options {
        match setup.config.rules.get(&rule.id).and_then(|r| r.value.options.get(name)) {
            Some(at) => {
                let origin = format!("{}:{}", at.place.file.path, at.place.line());
                let (value, default) = (options::show(&at.value), options::show(&spec.default));
                let _ = writeln!(text, "  {name} = {value} ({origin}; default {default}){}", about(spec));
                continue;
            }
            None => {
                let _ = writeln!(text, "  {name} = {}{}", options::show(&spec.default), about(spec));
            }
        }
        if let Some((by, values)) = &spec.by {
            for (what, value) in values {
                let _ = writeln!(text, "    where {by} is {what}: {}", options::show(value));
            }
        }
    }
}

/// What an option is about, as a comment after its value; nothing where that is not said.
pub fn about(spec: &OptionSpec) -> String {
    let mut said: Vec<String> = spec.about.iter().cloned().collect();
    match (spec.min, spec.max) {
        (Some(min), Some(max)) => said.push(format!("from {min} to {max}")),
        (Some(min), None) => said.push(format!("at least {min}")),
        (None, Some(max)) => said.push(format!("at most {max}")),
        (None, None) => {}
    }
    if !spec.one_of.is_empty() {
        said.push(format!("one of {}", spec.one_of.iter().map(options::show).collect::<Vec<_>>().join(", ")));
    }
    if said.is_empty() { String::new() } else { format!("    # {}", said.join("; ")) }
}

/// The parts that the sentences name, with the ways to recognise them.
fn parts(text: &mut String, pack: &Pack, rule: &Rule, lang: &str) {
    let named = named(rule);
    let parts: Vec<&Part> = named.iter().filter_map(|n| pack.parts.get(*n)).collect();
    if parts.is_empty() {
        return;
    }
    text.push_str("\nparts\n");
    for part in parts {
        let title = part.title.get(lang).or_else(|| part.title.get("en")).map_or("", String::as_str);
        let kind = match part.kind {
            PartType::Section => "section",
            PartType::Area => "area",
            PartType::Spot => "spot",
        };
        let scope = match part.scope {
            Scope::Main => "in the main content",
            Scope::Page => "anywhere on the page",
            Scope::Top => "at the top of the page",
        };
        let _ = writeln!(text, "  {} ({title}): {kind}, {scope}", part.name);
        if !part.around.is_empty() {
            let _ = writeln!(text, "    the smallest element around {}", part.around.join(" and "));
        }
        for way in &part.ways {
            let _ = writeln!(text, "    {:>3}  {}", way.strength, way_text(way));
        }
        let lists: BTreeSet<&str> = part.ways.iter().flat_map(|w| &w.tests).filter_map(list_of).collect();
        for list in lists.iter().filter_map(|l| pack.words.get(*l)) {
            words(text, list);
        }
    }
}

/// The parts that the rule's sentences name.
pub fn named(rule: &Rule) -> BTreeSet<&str> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for e in &rule.expects {
        match &e.subject {
            Subject::Find(Arg::Value(v)) | Subject::Order(Arg::Value(v)) => names.extend(names_in(v)),
            Subject::Find(Arg::Option(o)) | Subject::Order(Arg::Option(o)) => {
                let spec = rule.options.get(o);
                let values = spec.into_iter().flat_map(|s| {
                    std::iter::once(&s.default).chain(s.by.iter().flat_map(|(_, values)| values.values()))
                });
                names.extend(values.flat_map(names_in));
            }
            Subject::Compare { left, right, adjust, .. } => {
                for operand in [Some(left), Some(right), adjust.as_ref().map(|a| &a.1)].into_iter().flatten()
                {
                    if let crate::pack::model::Operand::Part(name) = operand {
                        names.insert(name);
                    }
                }
            }
        }
        names.extend(e.has.iter().map(|h| h.part.as_str()));
    }
    names
}

fn list_of(test: &Test) -> Option<&str> {
    match test {
        Test::Field(_, list) | Test::Table { headers: list, .. } => Some(list),
        _ => None,
    }
}

/// "label of size-chart, has table or image".
fn way_text(way: &Way) -> String {
    let tests = way.tests.iter().map(|test| match test {
        Test::Field(field, list) => format!("{} of {list}", field.name()),
        Test::Css(css) => format!("css {css}"),
        Test::Shape(shape) => format!("holds a {}", shape.name()),
        Test::Pattern(regex) => format!("matches '{regex}'"),
        Test::Chars(low, high) => format!("{low} to {high} characters"),
        Test::Table { headers, min_headers, min_rows, .. } => {
            format!("a table with {min_headers} heads of {headers} and {min_rows} rows")
        }
        Test::Keys(n) => format!("at least {n} label-value rows"),
        Test::Tiles(n, share) => {
            format!("a row of at least {n} tiles, {:.0} % also in a menu", share * 100.0)
        }
        Test::Says(paths) => format!("says {}", paths.join(" or ")),
        Test::Has(parts) => format!("has {}", parts.join(" or ")),
        Test::Inside(parts) => format!("inside {}", parts.join(" or ")),
        Test::Outside(parts) => format!("outside {}", parts.join(" and ")),
        Test::Data(path) => format!("structured data {path}"),
    });
    tests.collect::<Vec<_>>().join(", ")
}

/// The words of a list by language, the first of each.
fn words(text: &mut String, list: &WordList) {
    let mut by: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for phrase in &list.phrases {
        let how = match phrase.mode {
            PhraseMode::Inside => "",
            PhraseMode::Exact => " exact",
            PhraseMode::Prefix => " prefix",
        };
        by.entry(format!("{}{how}", phrase.lang)).or_default().push(phrase.text.to_string());
    }
    for pattern in &list.patterns {
        by.entry("pattern".into()).or_default().push(format!("'{}'", pattern.regex));
    }
    by.entry("token".into()).or_default().extend(list.tokens.iter().map(|t| t.text.clone()));
    by.entry("not".into()).or_default().extend(list.not.iter().map(|p| p.text.to_string()));
    let _ = writeln!(text, "    words {}", list.name);
    for (key, mut words) in by.into_iter().filter(|(_, words)| !words.is_empty()) {
        let more = words.len().saturating_sub(WORDS);
        words.truncate(WORDS);
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        let _ = writeln!(text, "      {key}: {}{more}", words.join(", "));
    }
}

/// The test that shows a verdict: the one marked as an example, else the first.
pub fn example(rule: &Rule, verdict: Verdict) -> Option<&RuleTest> {
    let of = || rule.tests.iter().filter(move |t| t.verdict == verdict);
    of().find(|t| t.example).or_else(|| of().next())
}

/// A test that passes and one that fails.
fn examples(text: &mut String, rule: &Rule) {
    for (verdict, head) in [(Verdict::Pass, "passes"), (Verdict::Fail, "fails")] {
        let Some(test) = example(rule, verdict) else { continue };
        let _ = writeln!(text, "\n{head}: {}", test.name);
        match &test.file {
            Some(file) => text.push_str(&format!("  the page {file}\n")),
            None => test.html.lines().for_each(|l| text.push_str(&format!("  {}\n", cut(l, EXAMPLE)))),
        }
    }
}

/// What to put into storelint.toml, and into a page.
fn change(text: &mut String, rule: &Rule) {
    let _ = writeln!(text, "\nto change it, in storelint.toml\n  [rules.\"{}\"]", rule.id);
    let _ = writeln!(text, "  level = \"{}\"    # off, info, warning or error", rule.level.default.name());
    for (name, spec) in &rule.options {
        let _ = writeln!(text, "  {name} = {}", toml(&spec.default));
    }
    let _ = writeln!(
        text,
        "to accept it on one page, in the page\n  <!-- storelint-off-page {}: your reason -->",
        rule.id
    );
}

fn toml(value: &Value) -> String {
    match value {
        Value::List(items) => format!("[{}]", items.iter().map(toml).collect::<Vec<_>>().join(", ")),
        Value::Text(text) => format!("{text:?}"),
        other => options::show(other),
    }
}
