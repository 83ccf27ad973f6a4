//! How a run ends: the process's exit codes beside those of a report.

/// How a run of storelint ends. The table of docs/exit-codes.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing found that counts.
    Clean,
    /// Findings at or above `--fail-on`, a score too low, or a wrong test.
    Findings,
    /// A wrong argument, config or rule.
    Usage,
    /// Some input could not be read or checked, or the report could not be written.
    Incomplete,
    /// No page, or no rule applied to any.
    Nothing,
    /// The reader of standard output went away: 128 + SIGPIPE, as the shell expects.
    ClosedPipe,
}

impl Exit {
    /// The end that a report's exit code stands for.
    pub const fn of(code: u8) -> Exit {
        use crate::report::exit::{FINDINGS, INCOMPLETE, NOTHING, USAGE};
        match code {
            FINDINGS => Exit::Findings,
            USAGE => Exit::Usage,
            INCOMPLETE => Exit::Incomplete,
            NOTHING => Exit::Nothing,
            _ => Exit::Clean,
        }
    }

    /// The exit code.
    pub const fn code(self) -> u8 {
        match self {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::Incomplete => 3,
            Exit::Nothing => 4,
            Exit::ClosedPipe => 141,
        }
    }
}

/// Why a command stopped before its end, with what is said on standard error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// How the run ends.
    pub exit: Exit,
    /// Text for people, lines and all; empty where nothing is to be said.
    pub message: String,
}

impl Stop {
    /// Stops with one sentence, shown as `error: ...`, and a way out.
    pub fn new(exit: Exit, sentence: impl std::fmt::Display, help: Option<&str>) -> Stop {
        let help = help.map_or(String::new(), |h| format!("\n  help: {h}"));
        Stop { exit, message: format!("error: {sentence}{help}\n") }
    }

    /// Stops for a wrong argument, config or rule.
    pub fn usage(sentence: impl std::fmt::Display, help: Option<&str>) -> Stop {
        Stop::new(Exit::Usage, sentence, help)
    }
}
