//! All checks that need more than one file.

mod arguments;
mod extends;
mod options;
mod order;
mod parts;
mod platforms;
mod rules;
mod tests;
mod values;

pub use extends::extend;
pub use platforms::unknown as unknown_platform;
pub use tests::untested;

use crate::pack::load::Raw;
use crate::pack::model::{Builtin, Place, Value};
use crate::pack::problem::Problem;
use crate::text::nearest::did_you_mean;
use parts::{cycles, parts, shared_phrases};
use rules::RuleCheck;
use std::ops::Range;

fn at(file_of: &Place, range: &Range<usize>) -> Place {
    Place { file: std::sync::Arc::clone(&file_of.file), range: range.clone() }
}

fn unknown_part<'n>(name: &str, place: &Place, known: impl Iterator<Item = &'n str>) -> Problem {
    let known: Vec<&str> = known.chain(Builtin::ALL.iter().map(|b| b.name())).collect();
    let problem = Problem::error("unknown-part", place, format!("there is no part called “{name}”"))
        .label("not built in, not in any pack");
    match did_you_mean(name, known) {
        Some(help) => problem.help(help),
        None => problem.help("define it in a parts/*.toml file"),
    }
}

/// Runs every check.
pub fn pack(raw: &mut Raw) {
    let mut problems = Vec::new();
    parts(raw, &mut problems);
    cycles(raw, &mut problems);
    shared_phrases(raw, &mut problems);
    platforms::platforms(raw, &mut problems);
    let of_kinds = raw.kinds.parts.iter().chain(&raw.categories.trail);
    let missing =
        of_kinds.filter(|(name, _)| !raw.parts.contains_key(name) && Builtin::parse(name).is_none());
    let known = || raw.parts.keys().map(String::as_str);
    problems.extend(missing.map(|(name, place)| unknown_part(name, place, known())));
    for rule in raw.rules.values() {
        let r = RuleCheck { raw, problems: &mut problems };
        r.run(rule);
    }
    raw.problems.extend(problems);
}

/// Names of parts in a list, groups too.
pub fn names_in(value: &Value) -> Vec<&str> {
    match value {
        Value::Text(t) => vec![t.as_str()],
        Value::List(items) => items.iter().flat_map(names_in).collect(),
        _ => Vec::new(),
    }
}

/// The place of a name after the start of an option, where it is written.
fn within(place: &Place, name: &str) -> Place {
    let quoted = format!("\"{name}\"");
    let from = place.range.start;
    match place.file.text.get(from..).and_then(|t| t.find(&quoted)) {
        Some(i) => {
            Place { file: std::sync::Arc::clone(&place.file), range: from + i..from + i + quoted.len() }
        }
        None => place.clone(),
    }
}
