//! `storelint eval`: measures storelint itself.

mod auditing;
pub mod corpus;
mod labels_human;
pub mod layout;
#[cfg(all(feature = "chromium", feature = "layout"))]
mod measuring;
mod table;

use crate::cli::exit::{Exit, Stop};
use crate::cli::run::Session;
use clap::{Args, Subcommand};

/// Arguments of `eval`.
#[derive(Clone, Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_long_help = AFTER)]
pub struct EvalArgs {
    #[command(subcommand)]
    #[allow(missing_docs)]
    pub what: Option<What>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub corpus: corpus::CorpusArgs,
}

/// What is measured.
#[derive(Clone, Debug, Subcommand)]
pub enum What {
    /// Lay pages out with the built-in engine and with Chromium, and say where they differ
    Layout(layout::LayoutArgs),
}

/// Runs `eval`.
///
/// # Errors
/// See the commands below it.
pub fn run(session: &Session, args: &EvalArgs) -> Result<Exit, Stop> {
    match &args.what {
        Some(What::Layout(args)) => layout::run(session, args),
        None => corpus::run(session, &args.corpus),
    }
}

const AFTER: &str = "\
Every page of the manifest is audited as `check` would, by its content alone: its path and the
config's [[pages]] do not count. What the labels mean, and how halves are drawn, is in
docs/evaluation.md.

Examples:
  storelint eval corpus/                               precision and recall of every label
  storelint eval corpus/ --half work                   list mistakes of one half only
  storelint eval corpus/ --fail-under expected.toml    in CI
  storelint eval corpus/ --findings --sample 50 --seed 1

Exit codes: 0 evaluated · 1 a total below --fail-under · 2 a wrong argument, corpus, config or
rule · 3 some page could not be audited · 4 no page";
