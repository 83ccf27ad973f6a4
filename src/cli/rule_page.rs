//! All about one rule, as a page of documentation.

use crate::cli::rule_text::{about, asks, example, levels};
use crate::finding::Verdict;
use crate::pack::files::BUILTIN;
use crate::pack::message::in_prose;
use crate::pack::model::{Condition, Pack, Rule, RuleTest, Translation};
use crate::pack::options;
use std::fmt::Write;

/// What stands first on every page.
pub const MADE: &str = "<!-- Made by “storelint rules doc”: change the rule's own file. -->\n";

/// The page of a rule, in Markdown.
pub fn of(pack: &Pack, rule: &Rule) -> String {
    let mut text = format!("{MADE}\n# {}\n\n", rule.title);
    let (id, level, pack_name) = (&rule.id, levels(&rule.level), pack_of(rule));
    let _ = writeln!(text, "`{id}` · {level} · {} · {pack_name}", applies(&rule.when, "every page"));
    if let Some(unless) = &rule.unless {
        let _ = writeln!(text, "\nNot judged: {}.", applies(unless, "pages"));
    }
    section(&mut text, "Why it matters", &in_prose(&rule.why, rule, None));
    section(&mut text, "What to do", &in_prose(&rule.fix, rule, None));
    asked(&mut text, pack, rule);
    if !rule.options.is_empty() {
        set(&mut text, rule);
    }
    for (verdict, head) in [(Verdict::Pass, "Passes"), (Verdict::Fail, "Fails")] {
        if let Some(test) = example(rule, verdict) {
            shown(&mut text, head, test);
        }
    }
    silence(&mut text, rule);
    if let Some(source) = &rule.source {
        let line = source.line.map_or(String::new(), |n| format!(", line {n}"));
        let quote = if source.quote.is_empty() { String::new() } else { format!(": “{}”", source.quote) };
        section(&mut text, "Where it comes from", &format!("{}{line}{quote}", source.doc));
    }
    if let Some(zh) = rule.i18n.get("zh") {
        chinese(&mut text, rule, zh);
    }
    text
}

/// The list of all pages.
pub fn index(rules: &[&Rule]) -> String {
    let mut text = format!("{MADE}\n# Rules\n");
    let mut head = (String::new(), "");
    for rule in rules {
        let area = rule.id.split('/').next().unwrap_or("");
        let pack = pack_of(rule);
        if (pack.as_str(), area) != (head.0.as_str(), head.1) {
            let _ = writeln!(
                text,
                "\n## {area} ({pack})\n\n| rule | level | what a good page does |\n|---|---|---|"
            );
            head = (pack, area);
        }
        let _ = writeln!(text, "| [{0}]({0}.md) | {1} | {2} |", rule.id, levels(&rule.level), rule.title);
    }
    text
}

/// Name of the pack that a rule's file lies in.
pub fn pack_of(rule: &Rule) -> String {
    let path = &rule.place.file.path;
    let pack = path.strip_suffix(".toml").and_then(|p| p.strip_suffix(&rule.id)).unwrap_or(path);
    let pack = pack.trim_end_matches('/');
    if pack.starts_with(BUILTIN) {
        pack.to_string()
    } else {
        pack.rsplit('/').next().filter(|p| !p.is_empty()).unwrap_or("a pack of one's own").to_string()
    }
}

/// To which pages a rule applies: "item pages, category apparel or shoes, with size-chart".
fn applies(when: &Condition, all: &str) -> String {
    let page = if when.page.is_empty() { all.into() } else { when.page.join(" and ") + " pages" };
    let more = [
        ("category", &when.category),
        ("language", &when.locale),
        ("platform", &when.platform),
        ("market", &when.market),
        ("with", &when.found),
    ];
    let more = more.iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| format!("{k} {}", v.join(" or ")));
    std::iter::once(page).chain(more).collect::<Vec<_>>().join(", ").replace(", with", " with")
}

fn section(text: &mut String, head: &str, body: &str) {
    let _ = writeln!(text, "\n## {head}\n\n{}", body.trim());
}

fn fenced(text: &mut String, kind: &str, body: &str) {
    let longest = body.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let _ = writeln!(text, "\n{fence}{kind}\n{}\n{fence}", body.trim_end());
}

fn asked(text: &mut String, pack: &Pack, rule: &Rule) {
    text.push_str("\n## What is asked\n");
    let mut lines = String::new();
    asks(&mut lines, rule, "");
    fenced(text, "toml", &lines);
    let parts: Vec<String> = super::rule_text::named(rule)
        .iter()
        .filter_map(|n| pack.parts.get(*n))
        .map(|p| format!("`{}` ({})", p.name, p.title.get("en").map_or("", String::as_str)))
        .collect();
    if !parts.is_empty() {
        let _ = writeln!(text, "\nParts: {}.", parts.join(", "));
    }
}

fn set(text: &mut String, rule: &Rule) {
    text.push_str("\n## Options\n\n| option | default | what it is |\n|---|---|---|\n");
    for (name, spec) in &rule.options {
        let code = |value| match options::show(value) {
            shown if shown.is_empty() => "nothing".to_string(),
            shown => format!("`{shown}`"),
        };
        let mut default = code(&spec.default);
        for (by, values) in spec.by.iter() {
            for (what, value) in values {
                let _ = write!(default, "; where {by} is {what}: {}", code(value));
            }
        }
        let about = about(spec);
        let _ = writeln!(text, "| `{name}` | {default} | {} |", about.trim_start_matches([' ', '#']));
    }
}

fn shown(text: &mut String, head: &str, test: &RuleTest) {
    let _ = writeln!(text, "\n## {head}\n\n{}:", test.name);
    match &test.file {
        Some(file) => fenced(text, "", &format!("the page {file}")),
        None => fenced(text, "html", &test.html),
    }
}

fn silence(text: &mut String, rule: &Rule) {
    let id = &rule.id;
    text.push_str("\n## To silence it\n\nFor every page, in `storelint.toml`:\n");
    fenced(text, "toml", &format!("[rules.\"{id}\"]\nlevel = \"off\"          # or info, warning, error"));
    text.push_str("\nOn some pages, with a reason and a day on which it ends:\n");
    let ignore = format!(
        "[[ignore]]\nrule = \"{id}\"\npage = \"templates/gift-card*.html\"\nwhy = \"your reason\"\nuntil = 2030-01-31"
    );
    fenced(text, "toml", &ignore);
    text.push_str("\nIn the page itself:\n");
    fenced(text, "html", &format!("<!-- storelint-off-page {id}: your reason -->"));
}

fn chinese(text: &mut String, rule: &Rule, zh: &Translation) {
    let _ = writeln!(text, "\n## 中文\n\n**{}**", zh.title.as_deref().unwrap_or(""));
    for line in [zh.why.as_deref(), zh.fix.as_deref()].into_iter().flatten() {
        let _ = writeln!(text, "\n{}", in_prose(line.trim(), rule, None));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_is_longer_than_any_in_the_text() {
        let mut text = String::new();
        fenced(&mut text, "html", "a ``` b ```` c");
        assert!(text.starts_with("\n`````html\n"), "{text}");
    }
}
