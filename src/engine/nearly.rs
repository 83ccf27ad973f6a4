//! What a page says that almost is a word of a rule's parts: for the author whose test
//! came out wrong.

use crate::engine::plan::{Plan, parts_of};
use crate::pack::model::{Rule, Test};
use crate::parts::scene::Scene;
use crate::parts::walk::{RowSource, Walk};
use crate::text::fold::{BREAK, chars, fold, label_range};
use crate::text::nearest::alike;
use std::collections::BTreeMap;

/// Longest text that may be a label, in characters.
const LABEL_CHARS: u32 = 40;
/// Share of two texts' letter pairs that must agree: one of three in two Chinese words of four.
const ALIKE: f64 = 0.33;
/// Near misses told of one page.
const TOLD: usize = 2;

/// A text that no list of the rule knows, and the phrase that is most like it.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearly {
    /// Where it stands: "h2", "img alt".
    pub at: String,
    /// The text, folded.
    pub text: String,
    /// The part whose words are most like it.
    pub part: String,
    /// Their list.
    pub list: String,
    /// The phrase.
    pub phrase: String,
}

/// The texts of a page that are most like phrases of the rule's parts without being any.
pub fn nearly(plan: &Plan, rule: &Rule, scene: &Scene<'_>) -> Vec<Nearly> {
    let phrases = phrases(plan, rule);
    let mut near: Vec<(f64, Nearly)> = Vec::new();
    for (at, text) in labels(scene) {
        // a text that holds a phrase is known: what is wrong lies elsewhere
        if phrases.iter().any(|p| text.contains(p.2.as_str())) {
            continue;
        }
        let alike = phrases.iter().map(|p| (alike(&text, &p.2), p));
        // of equals the first: parts stand in the order of the rule
        let best = alike.reduce(|best, other| if other.0 > best.0 { other } else { best });
        if let Some((score, (part, list, phrase))) = best
            && score >= ALIKE
        {
            let (part, list, phrase) = (part.clone(), list.clone(), phrase.clone());
            near.push((score, Nearly { at, text, part, list, phrase }));
        }
    }
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.into_iter().map(|(_, n)| n).take(TOLD).collect()
}

/// Part, list and folded phrase of every word that the rule's parts know.
fn phrases(plan: &Plan, rule: &Rule) -> Vec<(String, String, String)> {
    let mut out = Vec::new();
    for name in parts_of(rule, &BTreeMap::new()) {
        let Some(part) = plan.parts.part_ref(&name).and_then(|r| plan.parts.part(r)) else { continue };
        for test in part.ways.iter().flat_map(|w| &w.tests) {
            let Test::Field(_, list) = test else { continue };
            let words = plan.parts.list(list).into_iter().flat_map(|l| &l.phrases);
            out.extend(words.map(|p| (name.clone(), list.clone(), fold(&p.text))));
        }
    }
    out
}

/// Short texts of a page and where they stand.
fn labels(scene: &Scene<'_>) -> Vec<(String, String)> {
    let Walk { buffer, rows, .. } = &scene.walk;
    let mut out: Vec<(String, String)> = Vec::new();
    for row in rows {
        let name = scene.page.dom.name(row.el);
        let (at, from, to) = match row.source {
            RowSource::Attr(attr) => (format!("{name} {attr}"), row.at, scene.walk.row_end(row)),
            RowSource::Text(_) => {
                let fact = scene.walk.fact(row.el);
                (name.to_string(), fact.text_start, fact.text_end)
            }
        };
        let (from, to) = label_range(buffer, from as usize, to as usize);
        let text = buffer.get(from..to).unwrap_or("");
        let said = (at, text.to_string());
        if !text.is_empty() && !text.contains(BREAK) && chars(text) <= LABEL_CHARS && !out.contains(&said) {
            out.push(said);
        }
    }
    out
}
