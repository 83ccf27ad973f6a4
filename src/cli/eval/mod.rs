//! `storelint eval`: measures storelint itself.

pub mod layout;
#[cfg(all(feature = "chromium", feature = "layout"))]
mod measuring;
mod table;

use crate::cli::exit::{Exit, Stop};
use crate::cli::run::Session;
use clap::{Args, Subcommand};

/// Arguments of `eval`.
#[derive(Clone, Debug, Args)]
pub struct EvalArgs {
    #[command(subcommand)]
    #[allow(missing_docs)]
    pub what: What,
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
        What::Layout(args) => layout::run(session, args),
    }
}
