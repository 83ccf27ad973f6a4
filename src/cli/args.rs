//! Groups of arguments that several commands share.

use crate::cli::values;
use crate::pack::rules::{CATEGORIES, MARKETS, PAGES};
use clap::builder::PossibleValuesParser;
use clap::{Args, ColorChoice, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

/// What every command takes.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// Read this config instead of the nearest storelint.toml
    ///
    /// Without this flag the first storelint.toml counts that is found in the
    /// current folder or the folders above it.
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Read no config at all
    #[arg(long, global = true)]
    pub no_config: bool,
    /// Colour the output
    ///
    /// "auto" colours on a terminal only and honours NO_COLOR.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = false)]
    pub color: ColorChoice,
    /// Audit at most this many pages at once [default: one a processor core]
    ///
    /// The number never changes a result or the order of results.
    #[arg(long, global = true, value_name = "N", value_parser = values::threads)]
    pub threads: Option<usize>,
    /// Give up on a URL after this many seconds [default: 30]
    #[arg(long, global = true, value_name = "SECONDS", value_parser = values::seconds)]
    pub timeout: Option<Duration>,
}

/// What is known of the pages beforehand; overrides config, `<meta name="storelint">` and
/// recognition.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "What the pages are")]
pub struct PageArgs {
    /// Treat every page as this kind
    ///
    /// Without this flag the kind comes from the config's `[[pages]]`, from
    /// <meta name="storelint" content="page=item"> in the page, or is recognised.
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(PAGES))]
    pub page: Option<String>,
    /// Treat what is sold as this category
    #[arg(long, value_name = "CAT", value_parser = PossibleValuesParser::new(CATEGORIES))]
    pub category: Option<String>,
    /// Judge for this market: some rules ask other things of it
    #[arg(long, value_name = "MARKET", value_parser = PossibleValuesParser::new(MARKETS))]
    pub market: Option<String>,
}

/// How to find out where things are.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Where things are")]
pub struct LayoutArgs {
    /// What lays the pages out [default: auto for URLs, blitz for files]
    #[arg(long, value_name = "HOW", value_enum)]
    pub render: Option<Render>,
    /// The Chromium to render with [default: the first on PATH]
    #[arg(long, value_name = "PROGRAM")]
    pub chromium: Option<PathBuf>,
    /// Keep each page as Chromium had it after its scripts, in this folder
    #[arg(long, value_name = "DIR")]
    pub save_rendered: Option<PathBuf>,
    /// Give up laying a page out after this many seconds [default: 5]
    #[arg(long, value_name = "SECONDS", value_parser = values::seconds)]
    pub layout_time: Option<Duration>,
    /// Read stylesheets, pictures and fonts of saved pages from the files that this map names
    ///
    /// A line of the map is: address as the page writes it, TAB, file, TAB, address in
    /// full. Files are named from the map's own folder. Without this flag a page's own
    /// folder is looked at, and NAME_files/css-map.tsv beside NAME.html.
    #[arg(long, value_name = "FILE")]
    pub asset_map: Option<PathBuf>,
}

/// What lays pages out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Render {
    /// blitz; Chromium for an empty shell that scripts fill, where there is one
    Auto,
    /// The engine that is built in: no browser, no scripts
    Blitz,
    /// Chromium: the page as its scripts leave it
    Chromium,
    /// Nothing: places are estimated
    None,
}

/// Which rules run.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Which rules")]
pub struct RuleArgs {
    /// Run only these rules
    ///
    /// A rule is named by its id, sizing/size-chart, or by its area, sizing.
    /// Give the flag again, or a comma, for more. `storelint rules list` lists them.
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = values::rule_name)]
    pub only: Vec<String>,
    /// Leave these rules out; beats --only
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = values::rule_name)]
    pub skip: Vec<String>,
}
