//! `storelint eval layout`: the built-in layout engine beside Chromium.

use crate::cli::eval::table;
use crate::cli::exit::{Exit, Stop};
use crate::cli::run::Session;
use crate::cli::values;
use crate::eval::layout::Agreement;
use crate::viewport::Viewport;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Arguments of `eval layout`.
#[derive(Clone, Debug, Args)]
#[command(after_long_help = AFTER)]
pub struct LayoutArgs {
    /// Folders of pages, or pages
    #[arg(value_name = "PATH", required = true)]
    pub inputs: Vec<String>,
    /// Only on this viewport [default: all]
    #[arg(long, value_name = "NAME")]
    pub viewport: Vec<String>,
    /// The browser [default: the first Chromium or Chrome on PATH]
    #[arg(long, value_name = "FILE")]
    pub chromium: Option<PathBuf>,
    /// Also list elements of each page: as many that only one engine shows or puts on
    /// the first screen, and as many at which the vertical difference changes
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub differences: usize,
    /// End with exit code 1 where a total is below so many percent
    #[arg(long, value_name = "PERCENT", value_parser = values::percent)]
    pub fail_under: Option<f64>,
    /// Form of the answer
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Form::Human)]
    pub format: Form,
}

/// Forms of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// A table
    Human,
    /// For programs
    Json,
}

const AFTER: &str = "\
Compared are elements that carry text, a picture or a control. No script runs, in
both engines pictures have the same sizes and stylesheets are those beside the page:
a map <page>_files/css-map.tsv is used where there is one.

  shown      share of elements of which both say the same: seen, or not
  screen     the same for: on the first screen (top above the fold, and at least
             half of the box inside the window)
  precision  of what the built-in engine puts on the first screen, the share that is
  recall     of what is on the first screen, the share that it puts there
  ms, Chromium ms   wall time of one viewport, Chromium running already; compare them
             with --threads 1
  median, 90 %   vertical difference in CSS pixels of elements that both show; with
             \"screen\" of those on Chromium's first screen

Exit codes: 0 measured · 1 a total below --fail-under · 2 a wrong argument, or no
browser · 3 some page could not be measured · 4 no page";

/// One page on one viewport.
#[derive(Clone, Debug)]
pub struct Row {
    /// The page.
    pub source: String,
    /// The viewport.
    pub viewport: String,
    /// What was found, or why nothing was.
    pub found: Result<Agreement, String>,
    /// Elements that differ most, a line each.
    pub differences: Vec<String>,
    /// How long both took, where both measured it.
    pub times: Option<Times>,
}

/// How long one viewport of a page took, in milliseconds of wall time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Times {
    /// The built-in engine; what viewports share is divided among them.
    pub built_in: f32,
    /// Chromium, running already: loading the page and reading everything from it.
    pub chromium: f32,
}

/// Runs `eval layout`.
///
/// # Errors
/// No such viewport, no browser, or output that cannot be written.
pub fn run(session: &Session, args: &LayoutArgs) -> Result<Exit, Stop> {
    let viewports = viewports(&args.viewport)?;
    let rows = measure(session, args, &viewports)?;
    let totals = table::totals(&rows, &viewports);
    let text = match args.format {
        Form::Human => table::human(&rows, &totals),
        Form::Json => table::json(&rows, &totals)?,
    };
    session.print(&text)?;
    let low = |a: &Agreement| {
        let shares = [a.shown(), a.screen(), a.precision(), a.recall()];
        args.fail_under.is_some_and(|least| shares.iter().flatten().any(|s| s * 100.0 < least))
    };
    Ok(if rows.is_empty() {
        Exit::Nothing
    } else if rows.iter().any(|r| r.found.is_err()) {
        Exit::Incomplete
    } else if totals.iter().any(|t| low(&t.found)) {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

fn viewports(names: &[String]) -> Result<Vec<Viewport>, Stop> {
    let all = Viewport::builtin();
    if let Some(wrong) = names.iter().find(|n| !all.iter().any(|v| v.name == **n)) {
        let known: Vec<&str> = all.iter().map(|v| v.name.as_str()).collect();
        let help = format!("known are {}", known.join(" and "));
        return Err(Stop::usage(
            format!("--viewport: there is no “{}”", crate::show::shown(wrong)),
            Some(&help),
        ));
    }
    Ok(all.into_iter().filter(|v| names.is_empty() || names.contains(&v.name)).collect())
}

#[cfg(all(feature = "chromium", feature = "layout"))]
use crate::cli::eval::measuring::measure;

#[cfg(not(all(feature = "chromium", feature = "layout")))]
fn measure(_: &Session, _: &LayoutArgs, _: &[Viewport]) -> Result<Vec<Row>, Stop> {
    let help = "build it with the features “layout” and “chromium”";
    Err(Stop::usage("this storelint was built without the engines that are compared", Some(help)))
}
