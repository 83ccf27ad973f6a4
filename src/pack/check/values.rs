//! Checks of what is compared with what: numbers with numbers, sets with sets, dates with today.

use super::rules::RuleCheck;
use crate::finding::Level;
use crate::pack::model::{Expect, Op, Operand, Part, Place, Rule, Shape, Subject, ValueKind};
use crate::pack::problem::Problem;

impl RuleCheck<'_> {
    pub(super) fn values(&mut self, rule: &Rule, e: &Expect) {
        self.level(rule, e);
        let Subject::Compare { left, op, right, adjust } = &e.subject else { return };
        let place = e.keys.get("compare").unwrap_or(&e.place).clone();
        if ![left, right].iter().any(|s| matches!(s, Operand::Part(_))) {
            let message = "neither side is a part: this is the same on every page";
            let help = "compare the value of a part: \"price < price-original\"";
            self.problems.push(Problem::error("bad-compare", &place, message).help(help));
            return;
        }
        let sides = [Some(left), Some(right), adjust.as_ref().map(|a| &a.1)];
        if *op == Op::Overlaps {
            self.sets(&place, left, right, adjust.is_some());
            self.apart(&place, left, right);
            return;
        }
        for side in sides.into_iter().flatten() {
            if let Some((name, Some(ValueKind::Text | ValueKind::Lists(_)))) = self.part_value(side) {
                let message = format!("“{name}” is a set of words: it is neither more nor less than another");
                let help = "compare sets with ~: \"title ~ page-title\"";
                self.problems.push(Problem::error("bad-compare", &word(&place, name), message).help(help));
            }
        }
        if let Some((less, by)) = adjust {
            self.adjusted(&place, [left, right], *less, by);
        }
        if sides.into_iter().flatten().any(|s| *s == Operand::Today) {
            let other = [left, right].into_iter().find(|s| **s != Operand::Today);
            if let Some((name, Some(kind))) = other.and_then(|o| self.part_value(o))
                && !matches!(kind, ValueKind::Shape(Shape::Date))
            {
                let message = format!("today is a date, and “{name}” is none");
                let help = "give the part value = \"date\", or compare another one";
                self.problems.push(Problem::error("bad-compare", &word(&place, name), message).help(help));
            }
        }
    }

    /// Days are made more or less by lengths of time, sums by numbers and sums.
    fn adjusted(&mut self, place: &Place, sides: [&Operand; 2], less: bool, by: &Operand) {
        let shape = |side: &Operand| match self.part_value(side)?.1? {
            ValueKind::Shape(shape) => Some(shape),
            _ => None,
        };
        let of_days = sides.iter().any(|s| **s == Operand::Today || shape(s) == Some(Shape::Date));
        let Some(by_shape) = shape(by) else { return };
        let Some((name, _)) = self.part_value(by) else { return };
        let how = if less { "less" } else { "plus" };
        let fits = if of_days {
            by_shape == Shape::Duration
        } else {
            !matches!(by_shape, Shape::Date | Shape::Duration)
        };
        if !fits {
            let wanted = if of_days { "a length of time" } else { "a number" };
            let message = format!("“{how}” takes {wanted} here, and “{name}” is none");
            let help = "a part with value = \"duration\" beside days, one with a number beside numbers";
            self.problems.push(Problem::error("bad-compare", &word(place, name), message).help(help));
        }
    }

    /// Sets of word lists that have none in common.
    fn apart(&mut self, place: &Place, left: &Operand, right: &Operand) {
        let lists = |side: &Operand| match self.part_value(side) {
            Some((_, Some(ValueKind::Lists(lists)))) => Some(lists),
            _ => None,
        };
        if let (Some(left), Some(right)) = (lists(left), lists(right))
            && !left.iter().any(|l| right.contains(l))
        {
            let message = "no word list stands in both parts' values: they never meet";
            let help = "give both parts a value with a list in common";
            self.problems.push(Problem::error("bad-compare", place, message).help(help));
        }
    }

    fn sets(&mut self, place: &Place, left: &Operand, right: &Operand, adjusted: bool) {
        let mut say = |place: &Place, message: String, help: &str| {
            self.problems.push(Problem::error("bad-compare", place, message).help(help.to_string()));
        };
        if adjusted {
            say(place, "sets cannot be made less or more".into(), "leave out less or plus");
        }
        let kinds = [left, right].map(|side| match side {
            Operand::Part(name) => self.raw.parts.get(name).map(|p| (name.as_str(), p.part.value.as_ref())),
            _ => None,
        });
        let mut wordy = Vec::new();
        for (kind, side) in kinds.iter().zip([left, right]) {
            match (kind, side) {
                (Some((_, Some(ValueKind::Text))), _) => wordy.push(true),
                (Some((_, Some(ValueKind::Lists(_)))), _) => wordy.push(false),
                (Some((name, Some(_))), _) => {
                    let message = format!("“{name}” is no set of words");
                    say(
                        &word(place, name),
                        message,
                        "give the part value = \"text\", or a list of word lists",
                    );
                }
                (None, Operand::Part(_)) | (Some((_, None)), _) => {} // said elsewhere
                (None, _) => say(place, "~ compares two parts".into(), "name a part on each side"),
            }
        }
        if wordy == [true, false] || wordy == [false, true] {
            let message = "one side is made of words, the other of names of word lists: they never meet";
            say(place, message.into(), "give both parts value = \"text\", or both a list of word lists");
        }
    }

    /// The part of an operand, with its kind of value.
    fn part_value<'o>(&self, side: &'o Operand) -> Option<(&'o str, Option<ValueKind>)> {
        let Operand::Part(name) = side else { return None };
        let part: &Part = &self.raw.parts.get(name)?.part;
        Some((name.as_str(), part.value.clone()))
    }

    /// An expectation's own level is lower than the rule's.
    fn level(&mut self, rule: &Rule, e: &Expect) {
        let Some(level) = e.level else { return };
        let highest = rule.level.by_category.values().chain(rule.level.by_market.values());
        let highest = highest.copied().chain([rule.level.default]).max().unwrap_or(Level::Error);
        if level >= highest || level == Level::Off {
            let place = e.keys.get("level").unwrap_or(&e.place);
            let message = format!("an expectation's own level is lower than the rule's, {}", highest.name());
            let help = "the rule's level is the highest; leave this one out, or lower it";
            self.problems.push(Problem::error("bounds", place, message).help(help));
        }
    }
}

/// The place of a name in a comparison.
fn word(place: &Place, name: &str) -> Place {
    let text = place.file.text.get(place.range.clone()).unwrap_or("");
    let Some(at) = text.split_once('"').and_then(|(head, rest)| Some(head.len() + 1 + rest.find(name)?))
    else {
        return place.clone();
    };
    let start = place.range.start + at;
    Place { file: std::sync::Arc::clone(&place.file), range: start..start + name.len() }
}
