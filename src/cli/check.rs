//! `storelint check`: judges pages.

use crate::cli::args::{LayoutArgs, PageArgs, RuleArgs};
use crate::cli::values;
use clap::{Args, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// Arguments of `check`.
#[derive(Clone, Debug, Args)]
#[command(after_long_help = AFTER)]
pub struct CheckArgs {
    /// Files, folders, globs, "-" for standard input, or URLs
    ///
    /// A folder gives its .html, .htm and .xhtml files, without those that
    /// .gitignore names. A glob in quotes is matched by storelint itself.
    /// A URL is fetched with one request, redirects followed.
    #[arg(value_name = "PATH|URL", required = true)]
    pub inputs: Vec<OsString>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub pages: PageArgs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub rules: RuleArgs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub layout: LayoutArgs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub judging: JudgingArgs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub output: OutputArgs,
}

/// What counts, and as of which day.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "What counts")]
pub struct JudgingArgs {
    /// End with exit code 1 for findings of this level or above [default: error]
    #[arg(long, value_name = "LEVEL", value_enum)]
    pub fail_on: Option<FailOn>,
    /// Count unsure verdicts as findings too
    #[arg(long)]
    pub strict: bool,
    /// Judge dates as of this day, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = values::date)]
    pub today: Option<String>,
}

/// How the result is told, and where to.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// Form of the report
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Write the report to this file instead of standard output
    ///
    /// The file is replaced in one step once the report is whole, so that
    /// nobody ever reads half of one.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Language of messages [default: en]
    #[arg(long, value_name = "LANG", value_enum)]
    pub lang: Option<Lang>,
}

/// Levels of `--fail-on`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Findings that break a sale
    Error,
    /// Errors, and what is recommended
    Warning,
    /// Every finding
    Info,
    /// No finding: only show them
    Never,
}

/// Forms of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: each finding at its place in the source
    Human,
    /// For people: one line a finding
    Brief,
    /// Everything that was found, for programs
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands, for annotations in GitHub Actions
    Github,
    /// A table, for a comment or a wiki
    Markdown,
    /// One file to look at: pictures of the pages with what was found marked in them
    Html,
}

/// Languages of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// English
    En,
    /// 中文
    Zh,
}

impl Lang {
    /// The language tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh",
        }
    }
}

const AFTER: &str = "\
Examples:
  storelint check page.html                     one page
  storelint check site/ --skip trust            every page of a folder, without one area
  storelint check 'dist/**/item-*.html'         a glob
  storelint check https://shop.example/item/42  a page of a live shop
  curl -s URL | storelint check - --page item   standard input, the kind of page given
  storelint check site/ --format sarif -o storelint.sarif
  storelint check site/ --format html -o report.html

Exit codes:
  0  clean: nothing found that counts
  1  findings at or above --fail-on, or a score below the config's
  2  a wrong argument, config or rule
  3  incomplete: some input could not be read or checked, or the report could
     not be written; findings are still shown, and 3 beats 1
  4  nothing to check: no page, or no rule applied to any";
