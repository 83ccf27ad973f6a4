//! What the arguments of an expectation may be: the same where they are written there, in an
//! option, or in a config.

use crate::pack::model::{Arg, Expect, Op, Operand, Property, PropertyTest, Rule, Subject, Value};
use crate::pack::options::show;
use crate::text::dates;

/// What an argument stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// How many: `at_least`, `at_most`.
    Count,
    /// The same, or `"all"`.
    CountOrAll,
    /// A share, 0 to 1.
    Share,
    /// An amount, or a share of one: `"0.5%"`.
    Tolerance,
    /// Fewest and most characters.
    Chars,
    /// Lowest and highest value.
    Values,
    /// Lowest and highest length: pixels or per cent.
    Lengths,
    /// A side of a comparison.
    Side,
    /// Names of parts.
    Parts,
}

/// The arguments of an expectation, with the key that each is written under.
pub fn of(e: &Expect) -> Vec<(Use, &Arg, String)> {
    let mut out: Vec<(Use, &Arg, String)> = Vec::new();
    let counts = [(Use::CountOrAll, &e.at_least, "at_least"), (Use::Count, &e.at_most, "at_most")];
    let shares = [(Use::Share, &e.cover, "cover"), (Use::Share, &e.share, "share")];
    let rest = [(Use::Tolerance, &e.tolerance, "tolerance")];
    for (of, arg, key) in counts.into_iter().chain(shares).chain(rest) {
        out.extend(arg.as_ref().map(|a| (of, a, key.to_string())));
    }
    let inner = e.has.as_ref().and_then(|h| h.at_least.as_ref());
    out.extend(inner.map(|a| (Use::Count, a, "has.at_least".to_string())));
    for (tests, name) in [(&e.each, "each"), (&e.wheres, "where")] {
        for test in tests {
            let (of, arg, key) = match &test.test {
                PropertyTest::Chars(arg) => (Use::Chars, arg, "chars"),
                PropertyTest::Between(arg) if test.property.is_length() => (Use::Lengths, arg, "between"),
                PropertyTest::Between(arg) => (Use::Values, arg, "between"),
                _ => continue,
            };
            out.push((of, arg, format!("{name}.{}.{key}", test.property.name())));
        }
    }
    match &e.subject {
        Subject::Find(arg) => out.push((Use::Parts, arg, "find".into())),
        Subject::Order(arg) => out.push((Use::Parts, arg, "order".into())),
        Subject::Compare { .. } => {}
    }
    out
}

/// What an option of a rule stands for, wherever the rule takes it.
pub fn of_option(rule: &Rule, name: &str) -> Vec<Use> {
    let takes = |arg: &Arg| matches!(arg, Arg::Option(o) if o == name);
    let mut uses: Vec<Use> = rule
        .expects
        .iter()
        .flat_map(|e| of(e).into_iter().filter(|(_, arg, _)| takes(arg)).map(|(of, ..)| of))
        .collect();
    let is_side = |side: &Operand| matches!(side, Operand::Option(o) if o == name);
    for e in &rule.expects {
        if let Subject::Compare { left, right, adjust, .. } = &e.subject
            && [Some(left), Some(right), adjust.as_ref().map(|a| &a.1)].into_iter().flatten().any(is_side)
        {
            uses.push(Use::Side);
        }
    }
    uses
}

/// Why a value cannot stand for that; a whole clause: “a whole number from 0 is expected, …”.
pub fn wrong(of: Use, value: &Value) -> Option<String> {
    let expected = |what: &str| Some(format!("{what} is expected, not {}", named(value)));
    match of {
        Use::Count | Use::CountOrAll => match value {
            Value::Int(0..) => None,
            Value::Text(t) if of == Use::CountOrAll && t == "all" => None,
            _ if of == Use::CountOrAll => expected("a whole number from 0, or \"all\","),
            _ => expected("a whole number from 0"),
        },
        Use::Share => match number(value) {
            Some(n) if (0.0..=1.0).contains(&n) => None,
            _ => expected("a share from 0 to 1"),
        },
        Use::Tolerance | Use::Side => {
            let share = matches!(value, Value::Text(t) if percent(t).is_some());
            let good = share || number(value).is_some_and(|n| n >= 0.0);
            if good { None } else { expected("a number from 0, or a share such as \"5%\",") }
        }
        Use::Chars => {
            let whole = |v: &Value| matches!(v, Value::Int(0..));
            bounds(value, "two whole numbers, [fewest, most],", whole)
        }
        Use::Lengths => {
            let length = |v: &Value| {
                number(v).is_some_and(|n| n >= 0.0)
                    || matches!(v, Value::Text(t) if t.is_empty() || percent(t).is_some())
            };
            bounds(value, "two lengths, [300, \"\"] or [\"40%\", \"\"],", length)
        }
        Use::Values => {
            let end = |v: &Value| number(v).is_some() || matches!(v, Value::Text(t) if is_end(t));
            bounds(value, "two numbers or days, [10, \"\"] or [\"today\", \"\"],", end)
        }
        // names are looked up elsewhere
        Use::Parts => match value {
            Value::Text(_) | Value::List(_) => None,
            _ => expected("the name of a part or a list of them"),
        },
    }
}

/// An end of `between` that is written as a text: open, today, or a day.
fn is_end(text: &str) -> bool {
    text.is_empty() || text == "today" || dates::parse(text).is_some()
}

fn bounds(value: &Value, what: &str, good: impl Fn(&Value) -> bool) -> Option<String> {
    let Value::List(ends) = value else { return Some(format!("{what} are expected, not {}", named(value))) };
    let [low, high] = ends.as_slice() else {
        return Some(format!("{what} are expected, not {} of them", ends.len()));
    };
    if let Some(bad) = ends.iter().find(|v| !good(v)) {
        return Some(format!("{what} are expected, and {} is none", named(bad)));
    }
    let open = |v: &Value| matches!(v, Value::Text(t) if t.is_empty());
    if open(low) && open(high) {
        return Some("both ends are open: everything passes".into());
    }
    let rank = |v: &Value| match v {
        Value::Text(t) => percent(t).map(|n| (1, n)).or_else(|| Some((2, dates::parse(t)? as f64))),
        _ => number(v).map(|n| (0, n)),
    };
    match (rank(low), rank(high)) {
        (Some((a, low)), Some((b, high))) if a == b && low > high => {
            Some("the lower end is above the upper one: nothing can pass".into())
        }
        _ => None,
    }
}

/// A number as TOML writes it.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Int(i) => Some(*i as f64),
        Value::Float(f) => Some(*f),
        _ => None,
    }
}

/// The number before a per cent sign.
fn percent(text: &str) -> Option<f64> {
    text.strip_suffix('%')?.trim().parse().ok().filter(|n: &f64| *n >= 0.0)
}

fn named(value: &Value) -> String {
    match value {
        Value::Text(t) => format!("“{t}”"),
        Value::List(_) => "a list".to_string(),
        other => show(other),
    }
}

/// Why keys of an expectation do nothing with its subject: the key and what is wrong.
pub fn idle(e: &Expect) -> Vec<(&'static str, String)> {
    let given = |key: &str| {
        e.keys.keys().any(|k| k == key || k.strip_prefix(key).is_some_and(|r| r.starts_with('.')))
    };
    let (subject, keys): (&str, &[&'static str]) = match &e.subject {
        Subject::Compare { .. } => (
            "compare",
            &[
                "inside", "outside", "is", "has", "where", "at_least", "at_most", "distinct", "each", "same",
                "unique", "cover",
            ],
        ),
        Subject::Order(_) => {
            ("order", &["at_most", "distinct", "each", "same", "unique", "cover", "tolerance"])
        }
        Subject::Find(_) => ("find", &["tolerance"]),
    };
    let idle = |key: &&&str| given(key);
    let mut out: Vec<(&'static str, String)> = keys
        .iter()
        .filter(idle)
        .map(|key| (*key, format!("“{key}” does nothing beside “{subject}”")))
        .collect();
    match &e.subject {
        Subject::Compare { op, .. } => {
            if e.tolerance.is_some() && !matches!(op, Op::Equal | Op::NotEqual) {
                out.push(("tolerance", format!("“tolerance” goes with = and !=, not with {}", op.name())));
            }
            if e.share.is_some() && *op != Op::Overlaps {
                out.push(("share", format!("“share” goes with ~, not with {}", op.name())));
            }
        }
        Subject::Find(_) => {
            let tested = !e.each.is_empty() || e.same.is_some() || e.unique.is_some();
            if e.share.is_some() && !tested {
                out.push(("share", "“share” needs each, same or unique: a share of what?".into()));
            }
        }
        Subject::Order(_) => {}
    }
    let between = |p: Property| matches!(p, Property::Value | Property::Width | Property::Height);
    for (tests, name) in [(&e.each, "each"), (&e.wheres, "where")] {
        let strange =
            tests.iter().filter(|t| matches!(t.test, PropertyTest::Between(_)) && !between(t.property));
        out.extend(strange.map(|t| {
            (name, format!("“between” tests a value, width or height, not a {}", t.property.name()))
        }));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Use, wrong};
    use crate::pack::model::Value;

    fn text(t: &str) -> Value {
        Value::Text(t.into())
    }

    fn pair(a: Value, b: Value) -> Value {
        Value::List(vec![a, b])
    }

    #[test]
    fn what_arguments_may_be() {
        let good = [
            (Use::Count, Value::Int(0)),
            (Use::CountOrAll, text("all")),
            (Use::Share, Value::Float(0.5)),
            (Use::Tolerance, text("0.5%")),
            (Use::Chars, pair(Value::Int(4), Value::Int(4))),
            (Use::Lengths, pair(text("40%"), text(""))),
            (Use::Values, pair(text("today"), text("2027-01-31"))),
        ];
        for (of, value) in good {
            assert_eq!(wrong(of, &value), None, "{of:?} {value:?}");
        }
        let bad = [
            (Use::Count, text("all")),
            (Use::Count, Value::Float(4.5)),
            (Use::Count, Value::Int(-1)),
            (Use::CountOrAll, text("four")),
            (Use::Share, Value::Int(2)),
            (Use::Tolerance, text("abc")),
            (Use::Chars, text("x")),
            (Use::Chars, Value::List(vec![Value::Int(5)])),
            (Use::Chars, pair(Value::Int(9), Value::Int(5))),
            (Use::Lengths, pair(text("wide"), text(""))),
            (Use::Values, pair(text("tody"), text(""))),
            (Use::Values, pair(text("2026-13-40"), text(""))),
            (Use::Values, pair(text("2027-01-01"), text("2026-01-01"))),
            (Use::Values, pair(text(""), text(""))),
        ];
        for (of, value) in bad {
            assert!(wrong(of, &value).is_some(), "{of:?} {value:?}");
        }
    }
}
