//! The command line: arguments in, text and an exit code out.

pub mod args;
pub mod check;
mod checking;
pub mod compare;
mod compared;
pub mod config;
mod crash;
pub mod eval;
pub mod exit;
pub mod explain;
mod file;
pub mod learn;
mod looking;
mod measuring;
mod mistake;
mod output;
mod packs;
mod pages;
mod picture;
#[cfg_attr(not(feature = "chromium"), path = "rendering_off.rs")]
mod rendering;
mod rule_page;
mod rule_pages;
mod rule_text;
pub mod rules;
mod run;
pub mod schema;
pub mod see;
mod seen;
mod setup;
mod table;
pub mod test;
mod today;
mod trace;
pub mod values;
pub mod words;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// The command line of storelint.
#[derive(Clone, Debug, Parser)]
#[command(name = "storelint", version, about = ABOUT, long_about = LONG_ABOUT, after_long_help = AFTER)]
#[command(max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub global: args::GlobalArgs,
    #[command(subcommand)]
    #[allow(missing_docs)]
    pub command: Command,
}

/// The commands.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Judge pages: files, folders, globs, standard input, URLs
    Check(check::CheckArgs),
    /// Show what a page holds: its kind, its parts, and the evidence for each
    See(see::SeeArgs),
    /// Learn from good pages: the sections they share, and their order, as a rule to paste
    Learn(learn::LearnArgs),
    /// Show what good pages have that a page lacks, or has elsewhere
    Compare(compare::CompareArgs),
    /// Run the tests inside rule files
    Test(test::TestArgs),
    /// Tell all about one rule, and how it judges a page
    Explain(explain::ExplainArgs),
    /// List the rules, or check rule files
    Rules(rules::RulesArgs),
    /// Show which word lists a phrase belongs to
    Words(words::WordsArgs),
    /// Show the settings in effect and where each comes from
    Config(config::ConfigArgs),
    /// Print a JSON Schema of a rule, part, words or config file, for editors
    Schema(schema::SchemaArgs),
    /// Measure how far storelint's own engines can be trusted
    Eval(eval::EvalArgs),
}

const ABOUT: &str = "The linter for online store pages: finds what costs a sale, at its exact place";

const LONG_ABOUT: &str = "\
The linter for online store pages: finds what costs a sale, at its exact place.

storelint reads a page as a shopper does: what is here, where is it, does it
answer the question that I have now? It finds the parts of the page (price, size
chart, promotion, buy button, ...), judges rules over them, and says of each
finding where it is, why it matters and how to mend it. No browser is needed.";

const AFTER: &str = "\
Start with:
  storelint check page.html      judge a page
  storelint see page.html        what storelint sees on it
  storelint rules list           what is judged
  storelint check --help         all flags, and the exit codes";

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    crash::install();
    ExitCode::from(run::run(std::env::args_os().collect()))
}
