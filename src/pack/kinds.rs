//! `words/page-kinds.toml` to page kinds.

use crate::pack::model::{KindSignal, KindTest, PageKind, PageKinds, Place, RemoteDescription};
use crate::pack::node::{Key, Kind, Node, Reader, Table};
use crate::pack::pattern;
use crate::pack::problem::Problem;
use crate::pack::rules::PAGES;
use crate::page::data::DataPath;
use crate::text::fold::fold;
use crate::text::nearest::did_you_mean;
use crate::text::pattern::LazyPattern;
use crate::text::subwords::token_key;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// Keys that say when a signal holds; one of them in each.
const TESTS: &[&str] = &["data", "part", "css", "lacks", "path", "file", "body", "title", "cards", "grids"];
/// Keys that go with one of the tests only.
const BESIDE: &[(&str, &str)] =
    &[("is", "data"), ("at_most", "data"), ("in_cards", "part"), ("at_least", "part"), ("own", "css")];

/// Reads the table.
pub fn read(r: &Reader, table: &Table) -> PageKinds {
    let mut all = PageKinds::default();
    for (key, node) in table {
        match &*key.name {
            "page-kind" => {
                for (name, node) in r.table(node).into_iter().flatten() {
                    let Some(table) = r.table(node) else { continue };
                    known_name(r, name, PAGES, "page kind");
                    let kind = kind(r, &name.name, table, &mut all);
                    all.kinds.push(kind);
                }
            }
            "remote" => all.remote = remote(r, node, &mut all.parts),
            _ => r.unknown_key(key, &["page-kind", "remote"], "the file of page kinds"),
        }
    }
    all.kinds.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

/// Says where a name is none that rules can ask for.
pub(super) fn known_name(r: &Reader, name: &Key, known: &[&str], what: &str) {
    if known.contains(&&*name.name) {
        return;
    }
    let message = format!("there is no {what} called “{}”", name.name);
    let help = did_you_mean(&name.name, known.iter().copied())
        .unwrap_or_else(|| format!("rules know these: {}", known.join(", ")));
    r.say(Problem::error("unknown-name", &r.place(&name.range), message).help(help));
}

fn kind(r: &Reader, name: &str, table: &[(Key, Node)], all: &mut PageKinds) -> PageKind {
    let mut kind = PageKind { name: name.to_string(), threshold: 0, signals: Vec::new() };
    let mut needs = false;
    for (key, node) in table {
        match (&*key.name, &node.kind) {
            ("threshold", _) => {
                needs = true;
                kind.threshold = points(r, node);
            }
            ("signal", Kind::List(items)) => {
                kind.signals.extend(items.iter().filter_map(|s| signal(r, s, all)).map(Arc::new));
            }
            ("signal", _) => r.wrong_type(node, "a list of signals: [[page-kind.name.signal]]"),
            _ => r.unknown_key(key, &["threshold", "signal"], "a page kind"),
        }
    }
    if let (false, Some((first, _))) = (needs, table.first()) {
        let message = format!("the page kind “{name}” says no threshold");
        let problem = Problem::error("missing-key", &r.place(&first.range), message);
        r.say(problem.help("the points that a page needs: threshold = 3"));
    }
    kind
}

fn points(r: &Reader, node: &Node) -> i32 {
    match node.kind {
        Kind::Int(i) if (-1000..=1000).contains(&i) => i as i32,
        _ => {
            r.wrong_type(node, "a whole number from -1000 to 1000");
            0
        }
    }
}

fn signal(r: &Reader, node: &Node, all: &mut PageKinds) -> Option<KindSignal> {
    let table = r.table(node)?;
    let (mut weight, mut say, mut test) = (None, None, None);
    for (key, node) in table {
        match &*key.name {
            "weight" => weight = Some(points(r, node)),
            "say" => say = r.text(node),
            name if TESTS.contains(&name) => {
                if let Some((before, _)) = test.replace((name, node)) {
                    let message = format!("a signal tests one thing: “{before}” stands here too");
                    let problem = Problem::error("two-tests", &r.place(&key.range), message);
                    r.say(problem.help("write a signal for each, with points of its own"));
                }
            }
            name if BESIDE.iter().any(|(k, _)| *k == name) => {}
            _ => {
                let known = ["weight", "say"].iter().chain(TESTS).copied();
                let known: Vec<&str> = known.chain(BESIDE.iter().map(|(k, _)| *k)).collect();
                r.unknown_key(key, &known, "a signal");
            }
        }
    }
    let missing = |what: &str, help: &str| {
        let at = table.first().map_or(&node.range, |(key, _)| &key.range);
        r.say(Problem::error("missing-key", &r.place(at), format!("this signal {what}")).help(help));
    };
    let Some((test, node)) = test else {
        missing("tests nothing", &format!("one of these says when it holds: {}", TESTS.join(", ")));
        return None;
    };
    for (key, _) in table {
        if let Some((_, with)) = BESIDE.iter().find(|(k, with)| *k == key.name && *with != test) {
            let message = format!("“{}” goes with “{with}”, and this signal has none", key.name);
            r.say(Problem::error("unknown-key", &r.place(&key.range), message));
        }
    }
    let test = kind_test(r, test, node, table, all);
    match (weight, say) {
        (Some(weight), Some(say)) => Some(KindSignal { weight, say, test: test? }),
        (None, _) => {
            missing("gives no points", "weight = 2, or less than 0 where it speaks against the kind");
            None
        }
        (_, None) => {
            missing("has no words for the reason", "say = \"what was seen\"");
            None
        }
    }
}

fn kind_test(
    r: &Reader,
    name: &str,
    node: &Node,
    signal: &[(Key, Node)],
    all: &mut PageKinds,
) -> Option<KindTest> {
    let beside = |name: &str| signal.iter().find(|(key, _)| key.name == name).map(|(_, node)| node);
    let flag = |name: &str| beside(name).and_then(|n| r.bool(n)).unwrap_or(false);
    Some(match name {
        "data" => {
            let path = |(path, range): (&Cow<'static, str>, &Range<usize>)| {
                let wrong = |(at, message)| {
                    r.say(Problem::error("bad-data", &r.inside(range, at, 1), message));
                };
                DataPath::parse(path).map_err(wrong).ok()
            };
            KindTest::Data {
                paths: r.texts_in(node).into_iter().filter_map(path).collect(),
                is: beside("is").and_then(|n| regex(r, n)),
                at_most: beside("at_most").and_then(|n| r.count(n)),
            }
        }
        "part" => {
            let name = r.text(node)?;
            all.parts.push((name.clone(), r.place(&node.range)));
            let at_least = beside("at_least").and_then(|n| r.count(n)).unwrap_or(1);
            KindTest::Part { name, in_cards: flag("in_cards"), at_least }
        }
        "css" => KindTest::Css(css(r, node)?, flag("own")),
        "lacks" => KindTest::Lacks(css(r, node)?),
        "path" => KindTest::Path(regex(r, node)?),
        "file" => KindTest::File(regex(r, node)?),
        "body" => KindTest::Body(r.texts_in(node).into_iter().map(|(t, _)| token_key(t)).collect()),
        "title" => KindTest::Title(r.texts_in(node).into_iter().map(|(t, _)| fold(t)).collect()),
        "cards" => KindTest::Cards(r.count(node)?),
        _ => KindTest::Grids(r.count(node)?),
    })
}

fn regex(r: &Reader, node: &Node) -> Option<LazyPattern> {
    let text = r.text(node)?;
    pattern::check(r, &text, &node.range).then(|| LazyPattern::new(&text))
}

fn css(r: &Reader, node: &Node) -> Option<String> {
    let text = r.text(node)?;
    pattern::check_css(r, &text, &node.range).then_some(text)
}

fn remote(r: &Reader, node: &Node, parts: &mut Vec<(String, Place)>) -> RemoteDescription {
    let mut remote = RemoteDescription::default();
    for (key, node) in r.table(node).into_iter().flatten() {
        match &*key.name {
            "part" => {
                remote.part = r.text(node).unwrap_or_default();
                parts.push((remote.part.clone(), r.place(&node.range)));
            }
            "css" => remote.css = css(r, node).unwrap_or_default(),
            "hints" => remote.hints = r.texts(node).into_iter().map(|(t, _)| t).collect(),
            _ => r.unknown_key(key, &["part", "css", "hints"], "the description from elsewhere"),
        }
    }
    remote
}
