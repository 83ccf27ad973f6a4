//! `storelint schema`: JSON Schemas for editors.

use crate::cli::exit::{Exit, Stop};
use crate::cli::run::Session;
use crate::report;
use crate::schema::{Kind, Names, names_of};
use clap::{Args, ValueEnum};

/// Arguments of `schema`.
#[derive(Clone, Debug, Args)]
#[command(after_long_help = AFTER)]
pub struct SchemaArgs {
    /// What it describes
    #[arg(value_name = "WHAT", value_enum)]
    pub what: What,
    /// With the parts, word lists, rules and options of the packs in use: editors complete these
    /// names, and mark those that do not exist
    #[arg(long)]
    pub project: bool,
}

/// What there are schemas of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// A rule's file: AREA/NAME.toml
    Rule,
    /// parts/*.toml
    Part,
    /// words/*.toml
    Words,
    /// storelint.toml
    Config,
    /// The report of check --format json
    Report,
}

const AFTER: &str = "\
Editors that know Taplo or Even Better TOML take the schema from the file's first
line: #:schema ../../schema/rule.json

Examples:
  storelint schema rule > schema/rule.json
  storelint schema config --project > schema/config.json    with the names of the packs in use";

/// Runs `schema`.
///
/// # Errors
/// With `--project`: a config or rules that do not load. Output that cannot be written.
pub fn run(session: &Session, args: &SchemaArgs) -> Result<Exit, Stop> {
    let kind = match args.what {
        What::Rule => Kind::Rule,
        What::Part => Kind::Part,
        What::Words => Kind::Words,
        What::Config => Kind::Config,
        What::Report if args.project => {
            let help = "leave it away: reports are the same for all packs";
            return Err(Stop::usage("the schema of reports has no --project".to_string(), Some(help)));
        }
        What::Report => {
            session.print(&report::schema())?;
            return Ok(Exit::Clean);
        }
    };
    let names = if args.project { names_of(&session.setup()?.loaded.pack) } else { Names::default() };
    session.print(&kind.text(&names))?;
    Ok(Exit::Clean)
}
