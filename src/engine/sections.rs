//! Sections of a page as rules count them: what `find` with `is = ["visible"]` finds, and where
//! `order` sees it.

use crate::engine::plan::subjects_of;
use crate::engine::run::Looked;
use crate::engine::{PageSettings, Plan, look};
use crate::pack::model::{
    Arg, Expect, Field, Pack, PhraseMode, Place, Subject, Test, TomlFile, Trait, Value,
};
use crate::page::Page;
use crate::rules::context::{Answer, Options};
use crate::rules::filters::judge;
use crate::rules::order::placed;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A section on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionOf {
    /// Name of the part.
    pub part: String,
    /// Whether a shopper sees it for sure.
    pub sure: bool,
    /// Number of the element that it stands on, where `order` counts it.
    pub at: Option<u32>,
}

/// Those of the named parts that are on the page and seen, each once, in the page's order; what
/// lies in one of `outside` has no place in an order.
pub fn sections(looked: &Looked<'_>, plan: &Plan, parts: &[String], outside: &[String]) -> Vec<SectionOf> {
    let (context, options) = (looked.context(plan), Options::default());
    let anywhere = visible(Vec::new());
    let mut out: BTreeMap<&str, SectionOf> = BTreeMap::new();
    for name in parts {
        let Some(part) = plan.parts.part_ref(name) else { continue };
        let things = options.things(&context, part).into_iter();
        let answers: Vec<Answer> =
            things.map(|t| judge(&context, &options, &anywhere, t, None).answer).collect();
        let sure = answers.contains(&Answer::Yes);
        if sure || answers.iter().any(|a| *a != Answer::No) {
            out.insert(name, SectionOf { part: name.clone(), sure, at: None });
        }
    }
    let ranks = parts.iter().map(|p| vec![p.as_str()]);
    for p in placed(&context, &options, &visible(outside.to_vec()), ranks, None) {
        let found = parts.get(p.rank).and_then(|name| out.get_mut(name.as_str()));
        if let Some(section) = found.filter(|_| p.sure) {
            section.at = Some(p.thing.anchor.0);
        }
    }
    let mut out: Vec<SectionOf> = out.into_values().collect();
    out.sort_by(|a, b| (a.at.is_none(), a.at, &a.part).cmp(&(b.at.is_none(), b.at, &b.part)));
    out
}

/// An expectation that what a shopper sees counts.
fn visible(outside: Vec<String>) -> Expect {
    let file = Arc::new(TomlFile { path: String::new(), text: "".into() });
    let order = Subject::Order(Arg::Value(Value::List(Vec::new())));
    Expect { outside, is: vec![Trait::Visible], ..Expect::about(order, Place { file, range: 0..0 }) }
}

/// Parts that a rule puts in an order, whatever its options say; of the pack's own parts.
pub fn ordered_by(pack: &Pack, rule: &str) -> Vec<String> {
    let rule = pack.rules.get(rule).into_iter();
    let names =
        rule.flat_map(|r| subjects_of(r, &BTreeMap::new(), |e| matches!(e.subject, Subject::Order(_))));
    known(pack, names)
}

/// Parts that some rule wants on a page, or puts in an order; of the pack's own parts. Those are
/// left out that rules only want absent, or of which they only ask how they are.
pub fn looked_for(pack: &Pack) -> Vec<String> {
    let wanted =
        |e: &Expect| e.at_most.is_none() && e.each.is_empty() && e.same.is_none() && e.unique.is_none();
    let rules = pack.rules.values();
    known(pack, rules.flat_map(|r| subjects_of(r, &BTreeMap::new(), wanted)))
}

fn known(pack: &Pack, names: impl Iterator<Item = String>) -> Vec<String> {
    let names: BTreeSet<String> = names.filter(|n| pack.parts.contains_key(n)).collect();
    names.into_iter().collect()
}

/// Phrases that are tried as a heading of a part; word lists begin with the plainest.
const TRIED: usize = 12;
/// What is put below a heading: some parts are told by it too.
const BELOW: [&str; 2] =
    ["<p>…</p>", "<dl><dt>Colour</dt><dd>Red</dd><dt>Season</dt><dd>Any</dd><dt>Model</dt><dd>One</dd></dl>"];

/// A piece of HTML for each part in which it alone of the parts is recognised, where there is
/// one: a heading that is the first such phrase of its word lists, English ones first.
pub fn samples(plan: &Plan, pack: &Pack, parts: &[String], kind: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for name in parts {
        let Some(part) = pack.parts.get(name) else { continue };
        let lists = part.ways.iter().flat_map(|w| &w.tests).filter_map(|test| match test {
            Test::Field(Field::Heading | Field::Label | Field::Text, list) => pack.words.get(list),
            _ => None,
        });
        let mut phrases: Vec<_> = lists.flat_map(|l| &l.phrases).collect();
        phrases
            .retain(|p| p.platform.is_none() && p.mode != PhraseMode::Prefix && !p.text.contains(['<', '&']));
        phrases.sort_by_key(|p| &*p.lang != "en");
        let tried = phrases.iter().take(TRIED).flat_map(|p| {
            let heading = capital(&p.text);
            BELOW.map(|below| format!("<h2>{heading}</h2>{below}"))
        });
        let alone = |html: &String| recognised(plan, parts, kind, html) == [name.as_str()];
        if let Some(html) = tried.into_iter().find(alone) {
            out.insert(name.clone(), html);
        }
    }
    out
}

/// The parts that are recognised on a page, in its order; empty where one is only suspected.
pub fn recognised(plan: &Plan, parts: &[String], kind: &str, html: &str) -> Vec<String> {
    let page = Page::from_text("test", &crate::engine::testing::document(html));
    let settings = PageSettings { page: Some((kind.into(), "test".into())), ..PageSettings::default() };
    let found = sections(&look(&page, plan, &settings), plan, parts, &[]);
    let sure = found.iter().all(|s| s.sure && s.at.is_some());
    if sure { found.into_iter().map(|s| s.part).collect() } else { Vec::new() }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}
