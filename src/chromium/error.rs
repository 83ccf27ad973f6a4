//! Why a browser gave nothing.

use std::time::Duration;

/// Why there is no rendered page; each is said of one page, never of the run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoRender {
    /// No browser on this machine.
    #[error("no Chromium was found: {0}")]
    NotFound(String),
    /// The platform cannot hand a browser its pipes.
    #[error("pages are not rendered in Chromium on this platform")]
    Platform,
    /// The browser did not start.
    #[error("Chromium does not start: {0}")]
    Start(String),
    /// The browser ended while it was needed.
    #[error("Chromium ended in the middle of this page: {0}")]
    Ended(String),
    /// The page's own process ended.
    #[error("the page crashed in Chromium")]
    Crashed,
    /// A time limit.
    #[error("{what} took more than {} s in Chromium", .limit.as_secs_f32())]
    TimedOut {
        /// What took too long.
        what: String,
        /// The limit.
        limit: Duration,
    },
    /// The browser refused a command, or its answer makes no sense.
    #[error("Chromium's answer to {command} cannot be used: {why}")]
    Answer {
        /// The command.
        command: String,
        /// What is wrong.
        why: String,
    },
    /// The page could not be loaded at all.
    #[error("Chromium did not load the page: {0}")]
    Load(String),
    /// The browser's elements are not those of the page.
    #[error("Chromium read another page than storelint: {0}")]
    Mismatch(String),
}

impl NoRender {
    /// A stable name for reports: `chromium/not-found`, ...
    pub const fn id(&self) -> &'static str {
        match self {
            NoRender::NotFound(_) => "chromium/not-found",
            NoRender::Platform => "chromium/platform",
            NoRender::Start(_) => "chromium/start",
            NoRender::Ended(_) => "chromium/ended",
            NoRender::Crashed => "chromium/crashed",
            NoRender::TimedOut { .. } => "chromium/timeout",
            NoRender::Answer { .. } => "chromium/answer",
            NoRender::Load(_) => "chromium/load",
            NoRender::Mismatch(_) => "chromium/mismatch",
        }
    }

    /// The way out, where there is one.
    pub const fn help(&self) -> Option<&'static str> {
        match self {
            NoRender::NotFound(_) => Some("install Chromium, or name it with --chromium PATH"),
            NoRender::Platform => Some("render on Linux or macOS"),
            NoRender::Start(_) => Some("start it once by hand to see what it misses"),
            _ => None,
        }
    }
}
