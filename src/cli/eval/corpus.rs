//! `storelint eval DIR`: pages that people labelled, beside what storelint says of them.

use crate::audit::Failed;
use crate::cli::args::LayoutArgs;
use crate::cli::eval::{auditing, labels_human};
use crate::cli::exit::{Exit, Stop};
use crate::cli::measuring::Measuring;
use crate::cli::run::Session;
use crate::cli::today;
use crate::cli::values;
use crate::eval::bounds::{Below, Bounds};
use crate::eval::corpus::{self, Half, Wrong};
use crate::eval::details::{Asked, Details};
use crate::eval::mapping::Mapping;
use crate::eval::tally::Halves;
use crate::eval::totals::Totals;
use crate::limits;
use crate::report::harmless;
use crate::show::shown;
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Arguments of `eval` for labelled pages.
#[derive(Clone, Debug, Args)]
pub struct CorpusArgs {
    /// Folder of labelled pages: it holds manifest.tsv and labels.tsv
    #[arg(value_name = "DIR", required = true)]
    pub dir: Option<PathBuf>,
    /// Labels that are disputed: they count as unsure (a table: file, label, reason)
    #[arg(long, value_name = "FILE")]
    pub disputed: Option<PathBuf>,
    /// List only pages of one half of the stores; totals are of all and of both halves
    #[arg(long, value_name = "HALF", value_enum)]
    pub half: Option<Side>,
    /// End with exit code 1 where a total is below the bound of this TOML file
    #[arg(long, value_name = "FILE")]
    pub fail_under: Option<PathBuf>,
    /// List every finding of level error on live stores and rendered demos
    #[arg(long)]
    pub findings: bool,
    /// Draw so many of these findings at random, to be looked at
    #[arg(long, value_name = "N")]
    pub sample: Option<usize>,
    /// Draw them with this seed: the same seed draws the same findings
    #[arg(long, value_name = "S", default_value_t = 0, requires = "sample")]
    pub seed: u64,
    /// Give up laying a page out after this many seconds [default: 5]
    #[arg(long, value_name = "SECONDS", value_parser = values::seconds)]
    pub layout_time: Option<Duration>,
    /// Form of the answer
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = super::layout::Form::Human)]
    pub format: super::layout::Form,
}

/// Halves of the stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Side {
    /// To look at while words and rules are written
    Work,
    /// To look at rarely
    Rare,
}

/// All that is told.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Version of this form.
    pub version: u32,
    /// What was left out, and why.
    pub notes: Vec<String>,
    /// Pages that could not be audited.
    pub failed: Vec<Failed>,
    /// Sums.
    pub totals: Halves<Totals>,
    /// The pages behind them.
    pub details: Details,
    /// What is below its bound.
    pub below: Vec<Below>,
}

/// Runs `eval` on labelled pages.
///
/// # Errors
/// A corpus, bounds, config or rule that is wrong; exit code 2.
pub fn run(session: &Session, args: &CorpusArgs) -> Result<Exit, Stop> {
    let dir = args.dir.as_deref().unwrap_or(Path::new("."));
    let bounds = args.fail_under.as_deref().map(bounds).transpose()?;
    let mut mapping = Mapping::builtin().map_err(|e| Stop::usage(e, None))?;
    let pages = corpus::read(dir, args.disputed.as_deref(), &mapping).map_err(|w| wrong(args, dir, &w))?;
    if pages.is_empty() {
        session.print("the manifest names no page\n")?;
        return Ok(Exit::Nothing);
    }
    let mut setup = session.setup()?;
    setup.settings.all_parts = true;
    setup.settings.today = Some(today::utc());
    // the first viewport is the one of which parts tell where they are
    setup.settings.viewports.sort_by_key(|v| v.name != auditing::DESKTOP);
    let plan = setup.plan(|_| true)?;
    let known: BTreeSet<&str> = setup.loaded.pack.parts.keys().map(String::as_str).collect();
    let mut notes = mapping.fit(&known);
    let unknown: BTreeSet<&str> = pages
        .iter()
        .flat_map(|p| p.labels.keys())
        .map(String::as_str)
        .filter(|l| !mapping.labels.contains_key(*l) && ![corpus::KIND, corpus::SECTION_ORDER].contains(l))
        .filter(|l| !notes.iter().any(|n| n.starts_with(&format!("{l}:"))))
        .collect();
    notes.extend(unknown.iter().map(|l| format!("{l}: no part answers this label: it is left out")));
    if pages.iter().all(|p| p.prices.is_empty()) {
        notes.push("no written prices".into());
    }
    let layout = LayoutArgs { layout_time: args.layout_time, ..LayoutArgs::default() };
    let measuring = Measuring::new(&session.global, &layout, false)?;
    let (compared, failed) = auditing::audit_all(session, dir, &pages, &plan, &measuring, &mapping)?;
    let totals = Halves::of(|half| Totals::of(&compared, half));
    let asked = Asked {
        half: args.half.map(Side::half),
        findings: args.findings,
        sample: args.sample,
        seed: args.seed,
    };
    let below = bounds.map_or(Vec::new(), |b| b.below(&totals.all));
    let details = Details::of(&compared, &asked);
    let report = Report { version: 1, notes, failed, totals, details, below };
    let text = match args.format {
        super::layout::Form::Human => labels_human::render(&report),
        super::layout::Form::Json => json(&report)?,
    };
    session.print(&text)?;
    Ok(if !report.failed.is_empty() {
        Exit::Incomplete
    } else if !report.below.is_empty() {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

impl Side {
    const fn half(self) -> Half {
        match self {
            Side::Work => Half::Work,
            Side::Rare => Half::Rare,
        }
    }
}

fn wrong(args: &CorpusArgs, dir: &Path, wrong: &Wrong) -> Stop {
    // disputed labels lie elsewhere than the corpus
    let own = args.disputed.as_ref().is_none_or(|d| d.to_string_lossy() != wrong.file);
    let file = if own { dir.join(&wrong.file) } else { PathBuf::from(&wrong.file) };
    let line = wrong.line.map_or(String::new(), |l| format!(":{l}"));
    let place = format!("{}{line}", file.to_string_lossy());
    Stop::usage(format!("{}: {}", shown(&place), shown(&wrong.message)), wrong.help.as_deref())
}

fn bounds(path: &Path) -> Result<Bounds, Stop> {
    let name = shown(&path.to_string_lossy()).to_string();
    let help = "give a TOML file with [f1] by label, [share] kind, category, price, and tau";
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|f| f.take(limits::TOML_BYTES as u64).read_to_end(&mut bytes))
        .map_err(|e| Stop::usage(format!("--fail-under {name}: cannot be read: {e}"), Some(help)))?;
    Bounds::parse(&String::from_utf8_lossy(&bytes)).map_err(|(line, why)| {
        Stop::usage(format!("--fail-under {name}:{line}: {}", shown(&why)), Some(help))
    })
}

fn json(report: &Report) -> Result<String, Stop> {
    serde_json::to_string_pretty(report)
        .map(|text| harmless(&text) + "\n")
        .map_err(|e| Stop::new(Exit::Incomplete, format!("cannot write JSON: {e}"), None))
}
