//! `storelint explain`: all about one rule.

use crate::cli::check::Lang;
use clap::Args;

/// Arguments of `explain`.
#[derive(Clone, Debug, Args)]
#[command(after_long_help = AFTER)]
pub struct ExplainArgs {
    /// Id of the rule: sizing/size-chart
    #[arg(value_name = "RULE")]
    pub rule: String,
    /// A page to judge by this rule, told step by step: a file, "-" or a URL
    #[arg(long, value_name = "PATH|URL")]
    pub page: Option<String>,
    /// Language of the rule's texts [default: en]
    #[arg(long, value_name = "LANG", value_enum)]
    pub lang: Option<Lang>,
}

const AFTER: &str = "\
Shows what the rule asks and why, the passage it comes from, its options with
their values in this run, the parts it looks for and the words that find them,
an example that passes and one that fails, and what to put into storelint.toml
to change it.

Examples:
  storelint explain sizing/size-chart
  storelint explain sizing/size-chart --page page.html";
