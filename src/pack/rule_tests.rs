//! Tests inside rule files.

use crate::finding::Verdict;
use crate::pack::expect::unknown;
use crate::pack::model::RuleTest;
use crate::pack::node::{Key, Kind, Node, Reader};
use crate::pack::problem::Problem;
use crate::pack::rules::{CATEGORIES, MARKETS, PAGES, RawRule};
use crate::text::dates;
use crate::text::nearest::did_you_mean;
use crate::viewport::Viewport;
use std::collections::BTreeMap;

/// Keys of a test.
pub const TEST_KEYS: &[&str] = &[
    "html", "file", "page", "category", "locale", "platform", "market", "viewport", "today", "with",
    "findings", "at", "message", "example",
];

pub(super) fn tests(r: &Reader, raw: &mut RawRule, node: &Node) {
    for (key, node) in r.table(node).into_iter().flatten() {
        let verdict = match &*key.name {
            "pass" => Verdict::Pass,
            "fail" => Verdict::Fail,
            "unsure" => Verdict::Unsure,
            "skip" => Verdict::Skip,
            _ => {
                r.unknown_key(key, &["pass", "fail", "unsure", "skip"], "`test`");
                continue;
            }
        };
        for (name, node) in r.table(node).into_iter().flatten() {
            if let Some(test) = test(r, verdict, name, node) {
                raw.rule.tests.push(test);
            }
        }
    }
    raw.rule.tests.sort_by_key(|t| t.place.range.start);
}

fn test(r: &Reader, verdict: Verdict, name: &Key, node: &Node) -> Option<RuleTest> {
    let before = r.said();
    let mut t = RuleTest {
        verdict,
        name: name.name.to_string(),
        html: String::new(),
        file: None,
        page: None,
        category: None,
        locale: None,
        platform: None,
        market: None,
        viewport: None,
        today: None,
        with: BTreeMap::new(),
        findings: None,
        at: None,
        message: None,
        example: false,
        place: r.place(&name.range),
        places: BTreeMap::new(),
    };
    if let Kind::Text(html) = &node.kind {
        t.html = html.to_string();
        return Some(t);
    }
    let builtin = Viewport::builtin();
    let viewports: Vec<&str> = builtin.iter().map(|v| v.name.as_str()).collect();
    let known = |what: &'static str, node: &Node, names: &[&str]| {
        let text = r.text(node);
        if let Some(text) = &text
            && !names.contains(&text.as_str())
        {
            unknown(r, what, text, &node.range, names.iter().copied());
        }
        text
    };
    for (key, node) in r.table(node)? {
        t.places.insert(key.name.to_string(), r.place(&node.range));
        match &*key.name {
            "html" => t.html = r.text(node)?,
            "file" => t.file = r.text(node),
            "page" => t.page = known("page", node, PAGES),
            "category" => t.category = known("category", node, CATEGORIES),
            "market" => t.market = known("market", node, MARKETS),
            "locale" => t.locale = r.text(node),
            "platform" => t.platform = r.text(node),
            "viewport" => t.viewport = known("viewport", node, &viewports),
            "today" => {
                t.today = match &node.kind {
                    Kind::Date(d) | Kind::Text(d) if dates::parse(d).is_some() => Some(d.to_string()),
                    _ => {
                        r.wrong_type(node, "a day such as 2026-11-11");
                        None
                    }
                }
            }
            "with" => {
                let values = r.table(node)?;
                let place = |(k, n): &(Key, Node)| {
                    (format!("with.{}", k.name), r.place(&(k.range.start..n.range.end)))
                };
                t.places.extend(values.iter().map(place));
                t.with =
                    values.iter().filter_map(|(k, n)| n.value().map(|v| (k.name.to_string(), v))).collect();
            }
            "findings" => t.findings = r.count(node),
            "at" => t.at = r.text(node),
            "message" => t.message = r.text(node),
            "example" => t.example = r.bool(node).unwrap_or(false),
            _ => {
                let help = did_you_mean(&key.name, TEST_KEYS.iter().copied());
                let message = format!("a test has no key “{}”", key.name);
                let mut p = Problem::error("unknown-key", &r.place(&key.range), message);
                p.help = help.or_else(|| Some(format!("known here: {}", TEST_KEYS.join(", "))));
                r.say(p);
            }
        }
    }
    if let (false, Some(place)) = (t.html.is_empty(), t.places.get("file").filter(|_| t.file.is_some())) {
        let message = "a test has one page: `html` or `file`, not both";
        r.say(Problem::error("two-pages", place, message).help("make two tests"));
    }
    if t.html.is_empty() && t.file.is_none() && r.said() == before {
        r.say(Problem::error("missing-key", &r.place(&name.range), "the test has neither `html` nor `file`"));
    }
    Some(t)
}
