//! Loading the packs of a run, and naming rules in them.

use crate::cli::exit::{Exit, Stop};
use crate::cli::output::Screen;
use crate::pack::files::PackSource;
use crate::pack::load::{Loaded, load, load_with_tests};
use crate::pack::problem::{Problem, Severity, render_all};
use crate::text::nearest::nearest;
use std::collections::BTreeSet;

/// Loads packs with all tests, later layers winning.
///
/// # Errors
/// Every problem at its place; exit code 2.
pub fn load_whole(sources: &[PackSource], screen: Screen) -> Result<Loaded, Stop> {
    load_with_tests(sources).map_err(|problems| refused(&problems, screen))
}

/// Loads packs to judge pages with, later layers winning.
///
/// # Errors
/// Every problem at its place; exit code 2.
pub fn load_packs(sources: &[PackSource], screen: Screen) -> Result<Loaded, Stop> {
    load(sources).map_err(|problems| refused(&problems, screen))
}

/// Problems of rule files as the end of a run.
pub fn refused(problems: &[Problem], screen: Screen) -> Stop {
    let errors = problems.iter().filter(|p| p.severity == Severity::Error).count();
    // beside errors, remarks on the built-in pack are beside the point
    let own = |p: &&Problem| p.severity == Severity::Error || !is_builtin(p);
    let told: Vec<Problem> = problems.iter().filter(own).cloned().collect();
    let text = render_all(&told, screen.color, screen.width);
    let count = if errors == 1 { "1 error".to_string() } else { format!("{errors} errors") };
    Stop { exit: Exit::Usage, message: format!("{text}\nerror: the rules do not load: {count}\n") }
}

/// Whether a problem lies in a built-in pack alone.
pub fn is_builtin(problem: &Problem) -> bool {
    problem.labels.iter().all(|(place, _)| place.file.path.starts_with(crate::pack::files::BUILTIN))
}

/// Whether a rule is meant by a name: its id, or its area.
pub fn names(name: &str, id: &str) -> bool {
    name == id || id.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'))
}

/// Checks names given with a flag against the rules there are.
///
/// # Errors
/// The first name that means no rule, with the nearest one; exit code 2.
pub fn check_names(flag: &str, given: &[String], loaded: &Loaded) -> Result<(), Stop> {
    let ids: Vec<&str> = loaded.pack.rules.keys().map(String::as_str).collect();
    match given.iter().find(|name| !ids.iter().any(|id| names(name, id))) {
        Some(name) => Err(unknown_rule(&format!("{flag}: "), name, &ids)),
        None => Ok(()),
    }
}

/// There is no such rule.
pub fn unknown_rule(before: &str, name: &str, ids: &[&str]) -> Stop {
    let areas: BTreeSet<&str> = ids.iter().filter_map(|id| id.split('/').next()).collect();
    // the name alone, without its area, is a common slip
    let same_name = ids.iter().copied().find(|id| id.rsplit('/').next() == Some(name));
    let near = same_name.or_else(|| nearest(name, ids.iter().copied().chain(areas.iter().copied())));
    let help = match near {
        Some(near) => format!("did you mean “{near}”?"),
        None => "“storelint rules list” shows all rules".to_string(),
    };
    Stop::usage(format!("{before}there is no rule called “{}”", crate::show::shown(name)), Some(&help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_named_by_id_or_area() {
        assert!(names("sizing/size-chart", "sizing/size-chart"));
        assert!(names("sizing", "sizing/size-chart"));
        assert!(!names("siz", "sizing/size-chart"));
        assert!(!names("sizing/size", "sizing/size-chart"));
    }

    #[test]
    fn slips_get_the_right_name() {
        let ids = ["price/visible", "sizing/size-chart"];
        for (slip, right) in [
            ("size-chart", "sizing/size-chart"),
            ("sizing/size-chat", "sizing/size-chart"),
            ("sizng", "sizing"),
        ] {
            let message = unknown_rule("", slip, &ids).message;
            assert!(message.contains(&format!("did you mean “{right}”?")), "{message}");
        }
        assert!(unknown_rule("", "colour", &ids).message.contains("rules list"));
    }
}
