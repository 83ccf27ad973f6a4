//! `compare`: three words, or five, each checked where it stands.

use crate::pack::expect::Names;
use crate::pack::model::{Op, Operand, Subject};
use crate::pack::node::{Node, Reader};
use crate::pack::problem::Problem;

/// Reads `A op B [less|plus N]`.
pub fn read(r: &Reader, node: &Node, names: &mut Names) -> Option<Subject> {
    let text = r.text(node)?;
    let bad = |at: usize, len: usize, message: String| {
        r.say(Problem::error("bad-compare", &r.inside(&node.range, at, len), message).help(
            "A comparison reads: PART < PART, with < <= = >= > != or ~, and less or plus behind it: \"price >= price-original less 90%\"",
        ));
    };
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for word in text.split(' ') {
        if !word.is_empty() {
            words.push((at, word));
        }
        at += word.len() + 1;
    }
    if words.len() != 3 && words.len() != 5 {
        bad(
            0,
            text.len(),
            format!("a comparison has three words, or five with less or plus; this one has {}", words.len()),
        );
        return None;
    }
    let ops = [Op::Less, Op::LessEqual, Op::Equal, Op::GreaterEqual, Op::Greater, Op::NotEqual, Op::Overlaps];
    let (at, word) = words[1];
    let Some(op) = ops.into_iter().find(|o| o.name() == word) else {
        bad(at, word.len(), format!("“{word}” is no comparison"));
        return None;
    };
    let mut operand = |(at, word): (usize, &str)| {
        let place = r.inside(&node.range, at, word.len());
        if let Some(option) = word.strip_prefix('$') {
            names.options.push((option.to_string(), place.range.clone()));
            return Operand::Option(option.to_string());
        }
        if word == "today" {
            return Operand::Today;
        }
        let (number, percent) = word.strip_suffix('%').map_or((word, false), |w| (w, true));
        if let Ok(value) = number.parse::<f64>() {
            return Operand::Number { value, percent };
        }
        names.parts.push((word.to_string(), place.range.clone()));
        names.values.push((word.to_string(), place.range));
        Operand::Part(word.to_string())
    };
    let (left, right) = (operand(words[0]), operand(words[2]));
    let mut adjust = None;
    if let (Some(&(at, how)), Some(&by)) = (words.get(3), words.get(4)) {
        if !matches!(how, "less" | "plus") {
            bad(at, how.len(), format!("“{how}” is neither less nor plus"));
            return None;
        }
        adjust = Some((how == "less", operand(by)));
    }
    Some(Subject::Compare { left, op, right, adjust })
}
