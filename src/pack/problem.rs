//! What is wrong in a rule, words, parts or config file, at its very place.

use crate::pack::model::Place;
use crate::show::{Label, Snippet, render};
use miette::Severity as MietteSeverity;

/// Whether a problem stops the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Said, and the run goes on.
    Warning,
    /// The pack cannot be used; exit code 2.
    Error,
}

/// One problem.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Kind of check: "unknown-part".
    pub id: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
    /// The main place first, each with what to say there.
    pub labels: Vec<(Place, String)>,
}

impl Problem {
    /// An error at a place.
    pub fn error(id: &'static str, place: &Place, message: impl Into<String>) -> Problem {
        Problem {
            id,
            severity: Severity::Error,
            message: message.into(),
            help: None,
            labels: vec![(place.clone(), String::new())],
        }
    }

    /// A warning at a place.
    pub fn warning(id: &'static str, place: &Place, message: impl Into<String>) -> Problem {
        Problem { severity: Severity::Warning, ..Problem::error(id, place, message) }
    }

    /// With a way out.
    pub fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }

    /// With something to say at the main place.
    pub fn label(mut self, text: impl Into<String>) -> Problem {
        if let Some(first) = self.labels.first_mut() {
            first.1 = text.into();
        }
        self
    }

    /// With another place.
    pub fn and(mut self, place: &Place, text: impl Into<String>) -> Problem {
        self.labels.push((place.clone(), text.into()));
        self
    }
}

/// Problems as text for people, in the order of files and places.
pub fn render_all(problems: &[Problem], color: bool, width: usize) -> String {
    problems.iter().map(|p| render_one(p, color, width)).collect::<Vec<_>>().join("\n")
}

fn render_one(problem: &Problem, color: bool, width: usize) -> String {
    let Some((main, _)) = problem.labels.first() else {
        return format!("{}: {}\n", problem.id, problem.message);
    };
    let area = main.file.path.split('/').rev().nth(1).unwrap_or("rules");
    let area = match area {
        "words" => "words",
        "parts" => "parts",
        _ if main.file.path.ends_with("storelint.toml") => "config",
        _ => "rules",
    };
    // places in other files are named, those in this one are drawn
    let mut help = problem.help.clone().unwrap_or_default();
    let mut labels = Vec::new();
    for (place, text) in &problem.labels {
        if place.file.path == main.file.path {
            labels.push(Label { range: place.range.clone(), text: text.clone() });
        } else {
            if !help.is_empty() {
                help.push('\n');
            }
            help.push_str(&format!("{text} {}:{}", place.file.path, place.line()));
        }
    }
    render(
        &Snippet {
            code: format!("storelint::{area}::{}", problem.id.replace('-', "_")),
            message: problem.message.clone(),
            severity: match problem.severity {
                Severity::Error => MietteSeverity::Error,
                Severity::Warning => MietteSeverity::Warning,
            },
            file: main.file.path.clone(),
            text: &main.file.text,
            labels,
            help: if help.is_empty() { None } else { Some(help) },
        },
        color,
        width,
    )
}
