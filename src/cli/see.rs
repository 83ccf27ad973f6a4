//! `storelint see`: shows what a page holds, before any rule.

use crate::cli::args::PageArgs;
use clap::{Args, ValueEnum};

/// Arguments of `see`.
#[derive(Clone, Debug, Args)]
#[command(after_long_help = AFTER)]
pub struct SeeArgs {
    /// A file, "-" for standard input, or a URL
    #[arg(value_name = "PATH|URL", required = true)]
    pub inputs: Vec<String>,
    /// Show only this part, with everything that speaks for it
    #[arg(long, value_name = "NAME", conflicts_with = "elements")]
    pub part: Option<String>,
    /// List every element in page order: tag, id, class, place in the source
    #[arg(long)]
    pub elements: bool,
    /// Form of the answer
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = SeeFormat::Human)]
    pub format: SeeFormat,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub pages: PageArgs,
}

/// Forms of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SeeFormat {
    /// A table
    Human,
    /// For programs
    Json,
}

const AFTER: &str = "\
Examples:
  storelint see page.html                      the parts of a page, from top to bottom
  storelint see page.html --part size-chart    one part and its evidence
  storelint see page.html --elements --format json";
