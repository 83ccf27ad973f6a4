//! `storelint explain`: all about one rule.

use crate::cli::check::Lang;
use crate::cli::exit::{Exit, Stop};
use crate::cli::packs::unknown_rule;
use crate::cli::rule_text;
use crate::cli::run::Session;
use crate::cli::trace;
use clap::Args;
use std::ffi::OsString;

/// Arguments of `explain`.
#[derive(Clone, Debug, Args)]
#[command(after_long_help = AFTER)]
pub struct ExplainArgs {
    /// Id of the rule: sizing/size-chart
    #[arg(value_name = "RULE")]
    pub rule: String,
    /// A page to judge by this rule, told step by step: a file, "-" or a URL
    #[arg(long, value_name = "PATH|URL")]
    pub page: Option<OsString>,
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

/// Runs `explain`.
///
/// # Errors
/// No such rule, rules that do not load, a page that cannot be read, or output that cannot
/// be written.
pub fn run(session: &Session, args: &ExplainArgs) -> Result<Exit, Stop> {
    let mut setup = session.setup_with_tests()?;
    if let Some(lang) = args.lang {
        setup.settings.lang = lang.tag().to_string();
    }
    let Some(rule) = setup.loaded.pack.rules.get(&args.rule) else {
        let ids: Vec<&str> = setup.loaded.pack.rules.keys().map(String::as_str).collect();
        return Err(unknown_rule("", &args.rule, &ids));
    };
    let text = match &args.page {
        None => rule_text::of(&setup, rule),
        Some(page) => trace::of(session, &setup, rule, page)?,
    };
    session.print(&text)?;
    Ok(Exit::Clean)
}
