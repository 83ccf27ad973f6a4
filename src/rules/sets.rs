//! `A ~ B`: two sets have members in common.

use crate::audit::Status;
use crate::finding::Verdict;
use crate::pack::model::{Expect, Operand, ValueKind};
use crate::parts::map::Thing;
use crate::rules::context::{Context, Options};
use crate::rules::members;
use crate::rules::message::{Values, fill};
use crate::rules::outcome::{Draft, Outcome, Spot};
use crate::rules::properties::{self, value_kind};
use crate::show::cut;
use std::collections::BTreeSet;

/// Members named in a message.
const NAMED: usize = 6;
/// Characters of a text shown in a message.
const SHOWN: usize = 80;

/// One side: what it holds, how it reads, and the thing it comes from.
struct Set {
    members: BTreeSet<String>,
    shown: String,
    thing: Thing,
}

/// Judges a `compare` with `~`.
pub fn overlap(
    c: &Context<'_>,
    options: &Options<'_>,
    expect: &Expect,
    sides: (&Operand, &Operand),
    message: Option<&str>,
) -> Outcome {
    let (Some(left), Some(right)) = (side(c, options, sides.0), side(c, options, sides.1)) else {
        return Outcome::skip("one side is empty on this page");
    };
    let smaller = left.members.len().min(right.members.len());
    let common = left.members.intersection(&right.members).count();
    let share = expect.share.as_ref().and_then(|s| options.number(s));
    let enough = share.map_or(common > 0, |s| common as f64 >= s * smaller as f64);
    if enough {
        return Outcome::plain(Verdict::Pass);
    }
    let default = if c.wording() == crate::rules::wording::Wording::Zh {
        "“{left}”与“{right}”不符。"
    } else {
        "“{left}” does not go with “{right}”."
    };
    let values = Values::from([
        ("left", left.shown.clone()),
        ("right", right.shown.clone()),
        ("value", left.shown.clone()),
    ]);
    // what is on the page is easier to find than what is in its data
    let spot =
        if left.thing.place.is_some() && right.thing.place.is_none() { right.thing } else { left.thing };
    Outcome::fail(vec![Draft {
        message: fill(message.unwrap_or(default), &values, options, c),
        part: Some(c.plan().name(spot.part).to_string()),
        place: spot.place,
        spot: Spot::Thing(Box::new(spot)),
        near: Vec::new(),
        basis: None,
        values,
    }])
}

/// A part's set: of words those of its first thing that a shopper sees, of lists those of all.
fn side(c: &Context<'_>, options: &Options<'_>, operand: &Operand) -> Option<Set> {
    let Operand::Part(name) = operand else { return None };
    let part = c.plan().part_ref(name)?;
    let mut things: Vec<Thing> =
        options.things(c, part).into_iter().filter(|t| t.status == Status::Found).collect();
    // titles of the page and facts of its head are never drawn
    if things.iter().any(|t| c.seen(t)) {
        things.retain(|t| c.seen(t));
    }
    let lists =
        things.first().and_then(|t| value_kind(c, t)).is_some_and(|k| matches!(k, ValueKind::Lists(_)));
    let mut sets = things.into_iter().map(|t| (members::of(c, &t), t)).filter(|(m, _)| !m.is_empty());
    let (mut members, thing) = sets.next()?;
    if lists {
        members.extend(sets.flat_map(|(m, _)| m));
    }
    let shown = if lists {
        members.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ")
    } else {
        let said = properties::source_text(c, thing.anchor);
        let said = if said.is_empty() { members::text_of(c, &thing) } else { said };
        cut(&said, SHOWN).into_owned()
    };
    Some(Set { members, shown, thing })
}
