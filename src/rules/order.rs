//! `order`: the longest run of parts in the right order stays; only what lies outside it
//! is out of place.

use crate::finding::{Need, Verdict};
use crate::pack::model::{Arg, Expect, Field, PhraseMode, Value};
use crate::pack::names_in;
use crate::parts::hits::{At, What};
use crate::parts::map::{PartHit, Proof, Thing};
use crate::parts::plan::{PartRef, PlanTest};
use crate::parts::recognise::UNSURE;
use crate::parts::screen::Screen;
use crate::rules::context::{Answer, Context, Options};
use crate::rules::filters::judge;
use crate::rules::landmark;
use crate::rules::message::{Values, fill};
use crate::rules::outcome::{Draft, Outcome, Spot};
use std::collections::BTreeSet;

/// One part on the page with its rank.
pub struct Placed {
    /// The thing that stands for the part: its first that is seen, else its first.
    pub thing: Thing,
    /// Its place in the list that is asked for, from 0.
    pub rank: usize,
    /// Whether it counts for sure.
    pub sure: bool,
}

/// The parts of a list that are on the page, in the page's order; `ranks` are the names of each
/// place of the list.
pub fn placed<'n>(
    c: &Context<'_>,
    options: &Options<'_>,
    expect: &Expect,
    ranks: impl Iterator<Item = Vec<&'n str>>,
    screen: Option<&Screen>,
) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::new();
    for (rank, names) in ranks.enumerate() {
        for name in names {
            let Some(part) = c.plan().part_ref(name) else { continue };
            let things = options.things(c, part).into_iter().filter(|t| !is_mention(c, t));
            let judged: Vec<_> = things.map(|t| judge(c, options, expect, t, screen)).collect();
            let yes = || judged.iter().filter(|j| j.answer == Answer::Yes);
            let first = yes().find(|j| c.seen(&j.thing)).or_else(|| yes().next());
            let first = first.or_else(|| judged.iter().find(|j| matches!(j.answer, Answer::Maybe(_))));
            if let Some(j) = first {
                placed.push(Placed { thing: j.thing.clone(), rank, sure: j.answer == Answer::Yes });
            }
        }
    }
    placed.sort_by_key(|p| (p.thing.anchor, p.rank));
    placed
}

/// Judges an `order` expectation.
pub fn order(
    c: &Context<'_>,
    options: &Options<'_>,
    expect: &Expect,
    subject: &Arg,
    message: Option<&str>,
    screen: Option<&Screen>,
) -> Outcome {
    let Some(Value::List(ranks)) = options.value(subject) else {
        return Outcome::skip("no order is asked for");
    };
    if ranks.is_empty() {
        return Outcome::skip("no order is asked for");
    }
    let placed = placed(c, options, expect, ranks.iter().map(names_in), screen);
    let least = expect.at_least.as_ref().and_then(|a| options.number(a)).unwrap_or(3.0) as usize;
    let sure: Vec<&Placed> = placed.iter().filter(|p| p.sure).collect();
    if placed.len() < least || sure.len() < least {
        if c.guard.remote || c.guard.partial {
            let need = if c.guard.remote { Need::RemoteDescription } else { Need::Limit };
            let w = c.wording();
            let title = c.title(PartRef::Builtin(crate::pack::model::Builtin::Heading));
            let what = if c.guard.remote { w.in_remote(&title) } else { w.in_rest(&title) };
            let draft = Draft {
                spot: Spot::Landmark(options.landmark(|| landmark::of_page(c))),
                message: w.cannot_tell(&what),
                part: None,
                near: Vec::new(),
                basis: None,
                place: None,
                values: Values::new(),
            };
            return Outcome::unsure(draft, BTreeSet::from([need]));
        }
        return Outcome::skip(format!("{} of the listed parts recognised, {least} needed", sure.len()));
    }
    let misplaced = outside_longest_run(&sure);
    let share = expect.share.as_ref().and_then(|s| options.number(s)).unwrap_or(1.0);
    let in_order = (sure.len() - misplaced.len()) as f64;
    let credit = Some((in_order, sure.len() as f64));
    if in_order / sure.len() as f64 >= share {
        let all: Vec<&Placed> = placed.iter().collect();
        let more = outside_longest_run(&all);
        if ((all.len() - more.len()) as f64) / (all.len() as f64) < share
            && let Some(at) = more.first().and_then(|i| all.get(*i))
        {
            let w = c.wording();
            let draft = Draft {
                spot: Spot::Thing(Box::new(at.thing.clone())),
                message: w.cannot_tell(&format!(
                    "{} {}",
                    c.title(at.thing.part),
                    w.suspected(at.thing.points).inline()
                )),
                part: Some(c.plan().name(at.thing.part).to_string()),
                near: Vec::new(),
                basis: None,
                place: None,
                values: Values::new(),
            };
            return Outcome::unsure(draft, BTreeSet::from([Need::Person]));
        }
        return Outcome { credit, ..Outcome::plain(Verdict::Pass) };
    }
    let drafts = misplaced.iter().map(|i| draft(c, options, &sure, *i, &misplaced, message)).collect();
    Outcome { credit, ..Outcome::fail(drafts) }
}

/// Whether a thing is no more than a word in a sentence: “with free shipping” is no section
/// about shipping.
fn is_mention(c: &Context<'_>, thing: &Thing) -> bool {
    let PartRef::Part(id) = thing.part else { return false };
    let Some(plan) = c.plan().parts.get(id as usize) else { return false };
    let in_sentence = |hit: &PartHit| {
        let Proof::Word(word) = &hit.proof else { return false };
        let field = plan.ways.get(hit.way as usize).and_then(|w| {
            w.tests.iter().find_map(|t| match t {
                PlanTest::Field(slot) => c.plan().slots.get(*slot).map(|s| s.field),
                _ => None,
            })
        });
        let At::Buffer(span) = word.at else { return false };
        let inside = match word.what {
            What::Phrase(n) => {
                let list = c.plan().lists.get(word.list as usize);
                list.and_then(|l| l.phrases.get(n as usize)).is_some_and(|p| p.mode == PhraseMode::Inside)
            }
            What::Pattern(_) => true,
            What::Token(_) => false,
        };
        matches!(field, Some(Field::Text | Field::Label))
            && inside
            && c.scene.walk.label(hit.el) != (span.start, span.end)
    };
    let mut telling = thing.hits.iter().filter(|h| h.strength >= UNSURE).peekable();
    telling.peek().is_some() && telling.all(in_sentence)
}

/// Indices outside the longest non-decreasing run of ranks. O(n²) of a dozen parts. Parts
/// at the same element count as equal.
fn outside_longest_run(placed: &[&Placed]) -> Vec<usize> {
    let n = placed.len();
    let mut length = vec![1usize; n];
    let mut before: Vec<Option<usize>> = vec![None; n];
    for i in 0..n {
        for j in 0..i {
            let follows =
                placed[j].rank <= placed[i].rank || placed[j].thing.anchor == placed[i].thing.anchor;
            if follows && length[j] + 1 > length[i] {
                length[i] = length[j] + 1;
                before[i] = Some(j);
            }
        }
    }
    // of equals the first run: the later section is the one to move
    let mut at = (0..n).max_by_key(|i| (length[*i], std::cmp::Reverse(*i)));
    let mut run = vec![false; n];
    while let Some(i) = at {
        run[i] = true;
        at = before[i];
    }
    (0..n).filter(|i| !run[*i]).collect()
}

fn draft(
    c: &Context<'_>,
    options: &Options<'_>,
    placed: &[&Placed],
    at: usize,
    misplaced: &[usize],
    message: Option<&str>,
) -> Draft {
    let this = placed[at];
    let kept = || placed.iter().enumerate().filter(|(i, _)| !misplaced.contains(i));
    // the neighbour it should stand before: the first of higher rank above it; else behind
    let before = kept().filter(|(i, p)| *i < at && p.rank > this.rank).min_by_key(|(_, p)| p.rank);
    let after = kept().filter(|(i, p)| *i > at && p.rank < this.rank).max_by_key(|(_, p)| p.rank);
    let (other, is_before) = match (before, after) {
        (Some((_, p)), _) => (Some(*p), true),
        (None, Some((_, p))) => (Some(*p), false),
        (None, None) => (placed.iter().enumerate().find(|(i, _)| *i != at).map(|(_, p)| *p), true),
    };
    let page = c.scene.page;
    let line = other.map_or(0, |o| {
        let span = page.dom.start_tag(o.thing.anchor).unwrap_or_default();
        page.lines.position(&page.text, span.start).0
    });
    let values = Values::from([
        ("part", c.title(this.thing.part)),
        ("side", c.wording().side(is_before)),
        ("other", other.map(|o| c.title(o.thing.part)).unwrap_or_default()),
        ("other.line", line.to_string()),
        ("count", placed.len().to_string()),
        ("at_least", String::new()),
        ("missing", String::new()),
    ]);
    let default = if c.wording() == crate::rules::wording::Wording::Zh {
        "“{part}”应在“{other}”{side}"
    } else {
        "“{part}” should come {side} “{other}”"
    };
    Draft {
        spot: Spot::Thing(Box::new(this.thing.clone())),
        message: fill(message.unwrap_or(default), &values, options, c),
        part: Some(c.plan().name(this.thing.part).to_string()),
        near: Vec::new(),
        basis: None,
        place: None,
        values,
    }
}
