//! `storelint config`: the settings in effect and where each comes from.

use clap::Args;

/// Arguments of `config`.
#[derive(Clone, Debug, Args)]
#[command(after_long_help = AFTER)]
pub struct ConfigArgs {
    /// Show what applies to this page: a path or a URL; it need not exist
    #[arg(long = "for", value_name = "PATH|URL")]
    pub target: Option<String>,
}

const AFTER: &str = "\
Every value is shown with the file and line it comes from.

Examples:
  storelint config
  storelint config --for templates/item/shoe.html";
