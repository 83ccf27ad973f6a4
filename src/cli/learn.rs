//! `storelint learn`: what good item pages have in common, as a rule to paste.

use crate::audit::Failed;
use crate::cli::args::{LayoutArgs, PageArgs};
use crate::cli::exit::{Exit, Stop};
use crate::cli::file::OutputFile;
use crate::cli::looking::{doubts, look_all, none_left, outside, say_failed, section_parts, sections_of};
use crate::cli::measuring::Measuring;
use crate::cli::output;
use crate::cli::run::Session;
use crate::cli::setup::Setup;
use crate::cli::values;
use crate::engine::{Looked, Plan, sections};
use crate::page::Page;
use crate::reference::Sections;
use crate::reference::chains::chains;
use crate::reference::rule::{self, Learned};
use crate::report::harmless;
use crate::show::shown;
use clap::{Args, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// Arguments of `learn`.
#[derive(Clone, Debug, Args)]
#[command(after_long_help = AFTER)]
pub struct LearnArgs {
    /// Files, folders, globs, "-" for standard input, or URLs of good item pages
    ///
    /// Taken as `storelint check` takes them. Pages that are no item pages are
    /// told and left out; --page item takes every page as one.
    #[arg(value_name = "PATH|URL", required = true)]
    pub inputs: Vec<OsString>,
    /// Ask for what at least this share of the pages has: over 0.5, up to 1
    ///
    /// Of an order, the share of the pages that have both sections.
    #[arg(long, value_name = "SHARE", default_value = "0.8", value_parser = values::majority)]
    pub share: f64,
    /// Learn nothing from fewer pages than this [default: 3, or all where there are fewer]
    #[arg(long, value_name = "N", value_parser = values::pages)]
    pub min_support: Option<usize>,
    /// Form of the answer
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = LearnFormat::Toml)]
    pub format: LearnFormat,
    /// Write the answer to this file instead of standard output
    ///
    /// The file is replaced in one step once the answer is whole.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub pages: PageArgs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub layout: LayoutArgs,
}

/// Forms of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LearnFormat {
    /// A rule file, with what was counted as comments
    Toml,
    /// For programs
    Json,
}

const AFTER: &str = "\
Two sections are in an order where enough pages have both, and at least the share of
those has them so. The strongest pairs are taken first; one that would close a circle, or
that pages contradict by way of others, is left out, and that is said. See
docs/reference-pages.md.

Examples:
  storelint learn 'good/*.html' -o packs/acme/references/sections.toml
  storelint learn good/ --share 0.9 --min-support 5
  storelint learn https://shop.example/item/42 https://other.example/p/7

Exit codes:
  0  learned
  2  a wrong argument, config or rule
  3  some page could not be read; what was learned from the others is still shown
  4  no item page, or nothing that so many of them have in common";

/// Pages that are asked for where there are as many: what one or two have is no habit.
const SUPPORT: usize = 3;

/// A page that was looked at.
struct Seen {
    sections: Sections,
    /// Why it is left out, and the way out.
    left_out: Option<(String, Option<&'static str>)>,
    cut: bool,
    /// Why it may have more sections than are counted.
    doubts: Vec<String>,
}

/// Runs `learn`.
///
/// # Errors
/// A wrong argument, config or rule, no page to learn from, or output that cannot be written.
pub fn run(session: &Session, args: &LearnArgs) -> Result<Exit, Stop> {
    if let Some(kind) = args.pages.page.as_ref().filter(|kind| *kind != "item") {
        let message = format!("--page {kind}: sections are learned from item pages alone");
        return Err(Stop::usage(message, Some("leave it out, or take every page as one: --page item")));
    }
    let file = args.output.as_deref().map(OutputFile::create).transpose()?;
    let mut setup = session.setup()?.with_flags(&args.pages);
    setup.settings.all_parts = true;
    let parts = section_parts(&setup.loaded.pack)?;
    let outside = outside(&setup.loaded.pack);
    let plan = setup.plan(|_| false)?;
    let measuring = Measuring::new(&session.global, &args.layout, false)?;
    let look = |page: &Page, looked: &Looked<'_>| Seen {
        sections: sections_of(page, looked, &plan, &parts, &outside),
        left_out: why_not(looked),
        cut: looked.guard.partial,
        doubts: doubts(looked),
    };
    let (pages, failed) = look_all(session, &setup, &plan, &measuring, &args.inputs, look)?;
    say_failed(&failed);
    let cut = pages.iter().any(|p| p.cut);
    let (taken, left_out) = sort(pages);
    if taken.is_empty() {
        let why = if left_out.is_empty() { "no page was read" } else { "none of the pages is of use" };
        let message = format!("there is no item page to learn from: {why}");
        let exit = if cut { Exit::Incomplete } else { none_left(&failed) };
        return Err(Stop::new(exit, message, Some("name pages on which one item is sold")));
    }
    let least = args.min_support.unwrap_or_else(|| SUPPORT.min(taken.len()));
    let learned = Learned::of(&taken, args.share, least);
    for left_out in &learned.order.left_out {
        output::say(&format!("note: left out of the order: {left_out}\n"));
    }
    if learned.is_empty() {
        return Err(nothing(&learned, !failed.is_empty() || cut));
    }
    let toml = rule_of(&learned, &plan, &setup, &outside);
    let text = match args.format {
        LearnFormat::Toml => toml,
        LearnFormat::Json => json(&learned, &taken, &left_out, &failed, &toml)?,
    };
    match file {
        Some(file) => {
            file.finish(&text)?;
            output::say(&format!("{}\n", line(&learned)));
        }
        None => session.print(&text)?,
    }
    Ok(if failed.is_empty() && !cut { Exit::Clean } else { Exit::Incomplete })
}

/// Why a page is left out.
fn why_not(looked: &Looked<'_>) -> Option<(String, Option<&'static str>)> {
    if looked.guard.partial || looked.guard.shell {
        // what is missing there says nothing
        return doubts(looked).into_iter().next().map(|why| (why, None));
    }
    let reason = &looked.page.reason;
    let help = "--page item takes every page as an item page";
    match looked.page.value.as_deref() {
        Some("item") => None,
        Some(kind) => Some((format!("it is no item page, but {kind} ({reason})"), Some(help))),
        None => Some((format!("what kind of page it is is not known ({reason})"), Some(help))),
    }
}

/// The pages that are learned from, by name; the others with the reason, which is said.
fn sort(pages: Vec<Seen>) -> (Vec<Sections>, Vec<(String, String)>) {
    let (mut taken, mut left_out) = (Vec::new(), Vec::new());
    for page in pages {
        match page.left_out {
            None => {
                for why in &page.doubts {
                    let source = shown(&page.sections.source);
                    output::say(&format!("note: {source}: {}; it may have more sections\n", shown(why)));
                }
                taken.push(page.sections);
            }
            Some((why, help)) => {
                let help = help.map_or(String::new(), |h| format!("\n  help: {h}"));
                let source = page.sections.source;
                output::say(&format!("note: {} is left out: {}{help}\n", shown(&source), shown(&why)));
                left_out.push((source, why));
            }
        }
    }
    taken.sort_by(|a, b| a.source.cmp(&b.source));
    (taken, left_out)
}

fn nothing(learned: &Learned, incomplete: bool) -> Stop {
    let pages = learned.pages.len();
    let message = format!(
        "{pages} item {} nothing in common: no section and no order that at least {} of them have, on {} or more",
        if pages == 1 { "page has" } else { "pages have" },
        learned.percent(),
        learned.least
    );
    let help = "name more pages, or ask for less: --share 0.6, --min-support 1";
    Stop::new(if incomplete { Exit::Incomplete } else { Exit::Nothing }, message, Some(help))
}

/// The rule file, with tests of headings that the packs know.
fn rule_of(learned: &Learned, plan: &Plan, setup: &Setup, outside: &[String]) -> String {
    let named = learned.named();
    let mut samples = sections::samples(plan, &setup.loaded.pack, &named, "item");
    // each alone is not yet all together
    let all: String = named.iter().filter_map(|n| samples.get(n)).cloned().collect();
    if sections::recognised(plan, &named, "item", &all) != named {
        samples.clear();
    }
    rule::toml(learned, outside, &samples)
}

/// "learned from 8 item pages: 5 shared sections, 7 pairs in an order".
fn line(learned: &Learned) -> String {
    let count = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    format!(
        "learned from {}: {}, {} in an order",
        count(learned.pages.len(), "item page"),
        count(learned.shared().len(), "shared section"),
        count(learned.order.pairs.len(), "pair")
    )
}

fn json(
    learned: &Learned,
    pages: &[Sections],
    left_out: &[(String, String)],
    failed: &[Failed],
    toml: &str,
) -> Result<String, Stop> {
    let left: Vec<_> =
        left_out.iter().map(|(source, why)| serde_json::json!({ "source": source, "why": why })).collect();
    let value = serde_json::json!({
        "version": 1,
        "share": learned.share,
        "min_support": learned.least,
        "pages": pages,
        "left_out": left,
        "failed": failed,
        "sections": learned.sections,
        "order": {
            "pairs": learned.order.pairs,
            "left_out": learned.order.left_out,
            "lists": chains(&learned.order),
        },
        "rule": toml,
    });
    let text = serde_json::to_string_pretty(&value);
    text.map(|t| harmless(&t) + "\n")
        .map_err(|e| Stop::new(Exit::Incomplete, format!("cannot write JSON: {e}"), None))
}
