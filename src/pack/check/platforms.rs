//! Checks of names of platforms: those of words, conditions and tests.

use crate::pack::load::Raw;
use crate::pack::model::Place;
use crate::pack::problem::Problem;
use crate::text::nearest::did_you_mean;

/// Every name that no `[platform.x]` of any pack tells.
pub(super) fn platforms(raw: &Raw, problems: &mut Vec<Problem>) {
    let of_words = raw.pack.words.values().flat_map(|list| list.on.iter().map(|(name, place)| (name, place)));
    let rules = || raw.rules.values().map(|r| &r.rule);
    let conditions = rules().flat_map(|rule| std::iter::once(&rule.when).chain(&rule.unless));
    let of_rules = conditions.flat_map(|c| c.platform.iter().zip(&c.platform_places));
    let of_tests = rules().flat_map(|rule| &rule.tests).filter_map(|test| {
        let place = test.places.get("platform").unwrap_or(&test.place);
        Some((test.platform.as_ref()?, place))
    });
    for (name, place) in of_words.chain(of_rules).chain(of_tests) {
        if !raw.pack.platforms.contains_key(name) {
            problems.push(unknown(name, place, raw.pack.platforms.keys().map(String::as_str)));
        }
    }
}

/// A platform that nobody can tell.
pub fn unknown<'n>(name: &str, place: &Place, known: impl Iterator<Item = &'n str>) -> Problem {
    let known: Vec<&str> = known.collect();
    let message = format!("there is no platform called “{name}”: nothing says how its pages are told");
    let help = did_you_mean(name, known.iter().copied()).unwrap_or_else(|| {
        format!(
            "known: {}; tell another by [platform.{name}] detect = [\"…\"] in a words file",
            known.join(", ")
        )
    });
    Problem::error("unknown-platform", place, message).help(help)
}
