//! Messages: placeholders filled once, never twice; values from pages cut short.

use crate::limits;
use crate::pack::message::placeholders;
use crate::rules::context::{Context, Options};
use crate::show::cut;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Values of the placeholders of one finding.
pub type Values = BTreeMap<&'static str, String>;

/// Names of the placeholders that the texts show: what none shows is not worked out.
pub fn shown_names<'t>(texts: &[&'t str]) -> Vec<&'t str> {
    let mut names: Vec<&str> = Vec::new();
    for (_, placeholder) in texts.iter().flat_map(|t| placeholders(t)) {
        let name = placeholder.split('|').next().unwrap_or(placeholder);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Fills a message.
pub fn fill(message: &str, values: &Values, options: &Options<'_>, c: &Context<'_>) -> String {
    let mut out = String::with_capacity(2 * message.len());
    let mut at = 0;
    for (start, name) in placeholders(message) {
        out.push_str(message.get(at..start).unwrap_or(""));
        at = start + name.len() + 2;
        out.push_str(&value(name, values, options, c));
    }
    out.push_str(message.get(at..).unwrap_or(""));
    if out.contains("  ") || out.trim().len() < out.len() { tidy(&out) } else { out }
}

fn value<'v>(name: &'v str, values: &'v Values, options: &Options<'_>, c: &Context<'_>) -> Cow<'v, str> {
    if let Some(option) = name.strip_prefix('$') {
        return options.get(option).map(crate::pack::options::show).unwrap_or_default().into();
    }
    // {count|one|many}
    if let Some((count, forms)) = name.split_once('|') {
        let (one, many) = forms.split_once('|').unwrap_or((forms, forms));
        let single = values.get(count).is_some_and(|v| v == "1");
        return if single { one } else { many }.into();
    }
    match name {
        "page" => c.wording().page(c.page).into(),
        "category" => c.wording().category(c.category).into(),
        _ => values.get(name).map(|v| cut(v, limits::SHOWN_CHARS * 3)).unwrap_or_default(),
    }
}

/// A placeholder that came out empty leaves no double space and no space at the end.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if c == ' ' && out.ends_with(' ') {
            continue;
        }
        out.push(c);
    }
    out
}
