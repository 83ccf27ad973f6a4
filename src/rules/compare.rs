//! `compare`: two values as intervals.

use crate::audit::Status;
use crate::finding::{Need, Verdict};
use crate::pack::model::{Arg, Expect, Op, Operand, Shape, Value, ValueKind};
use crate::page::dom::El;
use crate::parts::map::Thing;
use crate::parts::values::{Quantity, Unit};
use crate::rules::context::{Context, Options};
use crate::rules::find::plain;
use crate::rules::message::{Values, fill};
use crate::rules::outcome::{Draft, Outcome, Spot};
use crate::rules::properties;
use crate::rules::sets;
use crate::text::dates;
use std::collections::BTreeSet;

/// A comparison as the rule has it.
pub struct Comparison<'r> {
    /// A.
    pub left: &'r Operand,
    /// op.
    pub op: Op,
    /// B.
    pub right: &'r Operand,
    /// `less N` (true) or `plus N` (false).
    pub adjust: Option<&'r (bool, Operand)>,
}

/// One side: an interval, and the thing it comes from.
#[derive(Clone)]
struct Side {
    low: f64,
    high: f64,
    unit: Option<Unit>,
    shown: String,
    thing: Option<Thing>,
    percent: bool,
}

/// Judges a `compare` expectation.
pub fn compare(
    c: &Context<'_>,
    options: &Options<'_>,
    expect: &Expect,
    it: &Comparison<'_>,
    message: Option<&str>,
) -> Outcome {
    if it.op == Op::Overlaps {
        return sets::overlap(c, options, expect, (it.left, it.right), message);
    }
    let (lefts, rights) = (sides(c, options, it.left), sides(c, options, it.right));
    let unread = [(it.left, &lefts), (it.right, &rights)];
    if let Some(thing) =
        unread.iter().find_map(|(side, found)| found.is_empty().then(|| undated(c, options, side))?)
    {
        let what = format!("{} {}", c.title(thing.part), c.wording().unknown_property("value").inline());
        let draft = Draft {
            part: Some(c.plan().name(thing.part).to_string()),
            place: thing.place,
            spot: Spot::Thing(Box::new(thing)),
            message: c.wording().cannot_tell(&what),
            near: Vec::new(),
            basis: None,
            values: Values::new(),
        };
        return Outcome::unsure(draft, BTreeSet::from([Need::Person]));
    }
    if lefts.is_empty() || rights.is_empty() {
        return Outcome::skip("one side has no value on this page");
    }
    let Some((left, right)) = together(c, it.op, lefts, rights) else {
        return Outcome::skip("the two stand nowhere side by side");
    };
    let spot = left.thing.clone().or_else(|| right.thing.clone());
    let Some(spot) = spot else { return Outcome::skip("neither side is on this page") };
    let values = Values::from([
        ("left", left.shown.clone()),
        ("right", right.shown.clone()),
        ("value", left.shown.clone()),
    ]);
    let draft = |text: String| Draft {
        part: Some(c.plan().name(spot.part).to_string()),
        place: spot.place,
        values: values.clone(),
        spot: Spot::Thing(Box::new(spot.clone())),
        message: text,
        near: Vec::new(),
        basis: None,
    };
    let person = BTreeSet::from([Need::Person]);
    if let (Some(Unit::Money(a)), Some(Unit::Money(b))) = (&left.unit, &right.unit)
        && !a.is_empty()
        && !b.is_empty()
        && !a.iter().any(|x| b.contains(x))
    {
        let what = c.wording().currencies(&left.shown, &right.shown);
        return Outcome::unsure(draft(c.wording().cannot_tell(&what)), person);
    }
    let (mut low, mut high) = (right.low, right.high);
    if let Some((less, by)) = it.adjust {
        let Some(by) = sides(c, options, by).into_iter().next() else {
            return Outcome::skip("the amount has no value on this page");
        };
        let sign = if *less { -1.0 } else { 1.0 };
        // dates go by the calendar
        let months = match (&right.unit, &by.unit) {
            (Some(Unit::Date), Some(Unit::Duration(Some(months)))) => Some(i64::from(*months)),
            _ => None,
        };
        let change = |x: f64| match months {
            Some(months) => dates::add_months(x as i64, sign as i64 * months) as f64,
            None if by.percent => x * (1.0 + sign * by.high / 100.0),
            None => x + sign * by.high,
        };
        (low, high) = (change(low), change(high));
    }
    let tolerance =
        expect.tolerance.as_ref().and_then(|t| options.value(t)).map_or(0.0, |t| tolerance(t, high));
    match holds(it.op, (left.low, left.high), (low, high), tolerance) {
        Some(true) => Outcome::plain(Verdict::Pass),
        Some(false) => {
            let default = if c.wording() == crate::rules::wording::Wording::Zh {
                "{left} 与 {right} 不符。"
            } else {
                "{left} does not go with {right}."
            };
            Outcome::fail(vec![draft(fill(message.unwrap_or(default), &values, options, c))])
        }
        None => {
            let what = c.wording().overlap(&left.shown, &right.shown);
            Outcome::unsure(draft(c.wording().cannot_tell(&what)), person)
        }
    }
}

/// Whether the comparison holds for intervals; `None` where they overlap and it depends.
fn holds(op: Op, a: (f64, f64), b: (f64, f64), tolerance: f64) -> Option<bool> {
    // sums of money are compared to a hundredth of a cent
    let e = 1e-4;
    match op {
        Op::Less if a.1 < b.0 - e => Some(true),
        Op::Less if a.0 >= b.1 - e => Some(false),
        Op::LessEqual if a.1 <= b.0 + e => Some(true),
        Op::LessEqual if a.0 > b.1 + e => Some(false),
        Op::Greater => holds(Op::Less, b, a, tolerance),
        Op::GreaterEqual => holds(Op::LessEqual, b, a, tolerance),
        Op::Equal => Some(a.0 <= b.1 + tolerance + e && b.0 <= a.1 + tolerance + e),
        Op::NotEqual => holds(Op::Equal, a, b, tolerance).map(|x| !x),
        Op::Less | Op::LessEqual | Op::Overlaps => None,
    }
}

fn tolerance(value: &Value, of: f64) -> f64 {
    match value {
        Value::Text(t) => match t.trim().strip_suffix('%') {
            Some(p) => p.trim().parse::<f64>().map_or(0.0, |p| of.abs() * p / 100.0),
            None => t.trim().parse().unwrap_or(0.0),
        },
        Value::Int(i) => *i as f64,
        Value::Float(f) => *f,
        _ => 0.0,
    }
}

/// The first pair of which each may speak of the other: values of structured data and options
/// go with everything, things on the page with what stands beside them. A price up here and
/// an old price down there are those of two items.
///
/// Data may tell of several items, the page's own among them: one value that agrees is enough.
fn together(c: &Context<'_>, op: Op, lefts: Vec<Side>, rights: Vec<Side>) -> Option<(Side, Side)> {
    if op == Op::Equal
        && let Some(right) = rights.first()
        && let Some(left) = lefts.iter().find(|l| {
            let data = l.thing.as_ref().is_some_and(|t| t.place.is_some());
            data && holds(op, (l.low, l.high), (right.low, right.high), 0.0) == Some(true)
        })
    {
        return Some((left.clone(), right.clone()));
    }
    let dom = &c.scene.page.dom;
    let drawn = |s: &Side| s.thing.as_ref().filter(|t| t.place.is_none()).map(|t| t.anchor);
    let near = |a: &Side, b: &Side| {
        let (Some(a), Some(b)) = (drawn(a), drawn(b)) else { return true };
        let block = std::iter::once(a).chain(dom.ancestors(a)).find(|x| dom.contains(*x, b));
        block.is_some_and(|x| dom.end(x).0 - x.0 <= BESIDE)
    };
    lefts.into_iter().find_map(|left| {
        let right = rights.iter().find(|right| near(&left, right))?.clone();
        Some((left, right))
    })
}

/// A thing that holds a date which cannot be read: figures without a year, or the day and month
/// in an order that nobody knows. A person reads it.
fn undated(c: &Context<'_>, options: &Options<'_>, operand: &Operand) -> Option<Thing> {
    let Operand::Part(name) = operand else { return None };
    let things = options.things(c, c.plan().part_ref(name)?).into_iter();
    let dom = &c.scene.page.dom;
    let digits = |el: El| properties::source_text(c, el).bytes().any(|b| b.is_ascii_digit());
    // of a row its second cell
    let figures = |t: &Thing| digits(t.anchor) || dom.next_sibling(t.anchor).is_some_and(digits);
    things
        .filter(|t| t.status == Status::Found && t.place.is_none() && c.seen(t))
        .filter(|t| properties::value_kind(c, t) == Some(ValueKind::Shape(Shape::Date)))
        .find(figures)
}

/// Elements of a block in which two values speak of one thing, at most: the whole buy box of
/// most shops, and less than two items of a list.
const BESIDE: u32 = 120;
/// Values of one part looked at.
const SIDES: usize = 12;

/// The values of one side: of a part, those on the page first to last.
fn sides(c: &Context<'_>, options: &Options<'_>, operand: &Operand) -> Vec<Side> {
    match operand {
        Operand::Number { value, percent } => vec![Side {
            low: *value,
            high: *value,
            unit: None,
            shown: if *percent { format!("{}%", plain(*value)) } else { plain(*value) },
            thing: None,
            percent: *percent,
        }],
        Operand::Today => {
            let side = |day: i64| Side {
                low: day as f64,
                high: day as f64,
                unit: Some(Unit::Date),
                shown: dates::show(day),
                thing: None,
                percent: false,
            };
            c.today.map(side).into_iter().collect()
        }
        Operand::Option(name) => option(options, name).into_iter().collect(),
        Operand::Part(name) => {
            let Some(part) = c.plan().part_ref(name) else { return Vec::new() };
            options
                .things(c, part)
                .into_iter()
                .filter(|t| t.status == Status::Found)
                .filter(|t| t.place.is_some() || c.seen(t))
                .filter_map(|t| {
                    let shape = match properties::value_kind(c, &t) {
                        Some(ValueKind::Shape(shape)) => shape,
                        _ => Shape::Money,
                    };
                    let Quantity { low, high, unit, shown } = properties::quantity(c, &t, shape)?;
                    Some(Side { low, high, unit: Some(unit), shown, thing: Some(t), percent: false })
                })
                .take(SIDES)
                .collect()
        }
    }
}

fn option(options: &Options<'_>, name: &str) -> Option<Side> {
    let value = options.value(&Arg::Option(name.to_string())).cloned()?;
    let text = crate::pack::options::show(&value);
    let percent = text.trim().ends_with('%');
    let number: f64 = text.trim().trim_end_matches('%').trim().parse().ok()?;
    Some(Side { low: number, high: number, unit: None, shown: text, thing: None, percent })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_decide_or_leave_it_open() {
        let one = |x: f64| (x, x);
        assert_eq!(holds(Op::Less, one(129.0), one(199.0), 0.0), Some(true));
        assert_eq!(holds(Op::Less, one(199.0), one(199.0), 0.0), Some(false));
        assert_eq!(holds(Op::Less, (99.0, 129.0), one(120.0), 0.0), None);
        assert_eq!(holds(Op::Equal, one(119.0), (99.0, 129.0), 0.0), Some(true));
        assert_eq!(holds(Op::Equal, one(129.0), one(129.5), 0.65), Some(true));
        assert_eq!(holds(Op::GreaterEqual, one(9.9), one(99.9), 0.0), Some(false));
        assert_eq!(holds(Op::Greater, one(0.0), one(0.0), 0.0), Some(false));
    }
}
