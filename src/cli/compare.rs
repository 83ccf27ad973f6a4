//! `storelint compare`: a page beside good ones, part by part.

use crate::audit::{PartRecord, Status};
use crate::cli::args::{LayoutArgs, PageArgs};
use crate::cli::compared;
use crate::cli::exit::{Exit, Stop};
use crate::cli::looking::{doubts, look_all, none_left, outside, say_failed, section_parts, sections_of};
use crate::cli::measuring::Measuring;
use crate::cli::output;
use crate::cli::pages::with_page;
use crate::cli::run::Session;
use crate::cli::see;
use crate::engine::{Looked, Plan, sections};
use crate::finding::Basis;
use crate::page::Page;
use crate::parts::describe;
use crate::reference::compare::{OnScreen, PageParts, PartOn, compare};
use crate::show::shown;
use clap::{Args, ValueEnum};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;

/// Arguments of `compare`.
#[derive(Clone, Debug, Args)]
#[command(after_long_help = AFTER)]
pub struct CompareArgs {
    /// The page: a file, "-" for standard input, or a URL
    #[arg(value_name = "PAGE")]
    pub page_input: OsString,
    /// Good pages to compare it with: files, folders, globs, "-" or URLs
    ///
    /// Taken as `storelint check` takes them. Where PAGE is among them it is
    /// left out.
    #[arg(value_name = "REFERENCE", required = true)]
    pub references: Vec<OsString>,
    /// Form of the answer
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = CompareFormat::Human)]
    pub format: CompareFormat,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub pages: PageArgs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub layout: LayoutArgs,
}

/// Forms of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    /// A table, and what differs
    Human,
    /// For programs
    Json,
}

const AFTER: &str = "\
Parts are those that some rule looks for. The page lacks what more than half of the
references show and nothing on it speaks for; what is only suspected on it, or hidden, is
told on its own. See docs/reference-pages.md.

Examples:
  storelint compare page.html 'good/*.html'
  storelint compare https://shop.example/ https://good.example/ https://better.example/
  storelint compare page.html good/ --format json

Exit codes:
  0  compared, whatever differs
  2  a wrong argument, config or rule
  3  PAGE could not be read, or some reference; what the others have is still shown
  4  no page in the folders or patterns that name the references";

/// Runs `compare`.
///
/// # Errors
/// A wrong argument, config or rule, a page that cannot be read, no reference, or output that
/// cannot be written.
pub fn run(session: &Session, args: &CompareArgs) -> Result<Exit, Stop> {
    if args.page_input == "-" && args.references.iter().any(|r| r == "-") {
        let message = "-: standard input is PAGE already and can be read once";
        return Err(Stop::usage(message, Some("save one of the two pages to a file and name it")));
    }
    let mut setup = session.setup()?.with_flags(&args.pages);
    setup.settings.all_parts = true;
    let pack = &setup.loaded.pack;
    let (parts, order, outside) = (sections::looked_for(pack), section_parts(pack)?, outside(pack));
    let plan = setup.plan(|_| false)?;
    let measuring = Measuring::new(&session.global, &args.layout, false)?;
    let compared = Compared { plan: &plan, parts: &parts, order: &order, outside: &outside };
    let kind_of = |looked: &Looked<'_>| looked.page.value.clone();
    let (page, kind, cut) = with_page(see::one(&args.page_input, &session.global)?, |page| {
        measuring.look(page, &plan, &setup.page(&page.source), |page, looked| {
            let kind = kind_of(looked);
            (compared.page(page, looked, kind.as_deref()), kind, looked.guard.partial)
        })
    })
    .map_err(|failed| see::unread(&failed))?;
    let look = |other: &Page, looked: &Looked<'_>| {
        (compared.page(other, looked, kind.as_deref()), looked.guard.partial)
    };
    let (references, failed) = look_all(session, &setup, &plan, &measuring, &args.references, look)?;
    say_failed(&failed);
    let all = references.len();
    let (references, cuts): (Vec<PageParts>, Vec<bool>) =
        references.into_iter().filter(|(r, _)| !same(&r.source, &page.source)).unzip();
    if all > references.len() {
        output::say(&format!(
            "note: {} is PAGE itself, and left out of the references\n",
            shown(&page.source)
        ));
    }
    if references.is_empty() {
        let message = format!("there is no reference to compare {} with", shown(&page.source));
        return Err(Stop::new(none_left(&failed), message, Some("name a good page of the same kind")));
    }
    for (source, why) in warnings(&page, &references) {
        output::say(&format!("note: {}: {}\n", shown(&source), shown(&why)));
    }
    let comparison = compare(&page, &references);
    let text = match args.format {
        CompareFormat::Human => compared::human(&page, &references, &comparison),
        CompareFormat::Json => compared::json(&page, &references, &failed, &comparison)?,
    };
    session.print(&text)?;
    let whole = failed.is_empty() && !cut && !cuts.contains(&true);
    Ok(if whole { Exit::Clean } else { Exit::Incomplete })
}

/// Whether two sources are one page: by name, or one file by two paths.
fn same(a: &str, b: &str) -> bool {
    let file = |s: &str| std::fs::canonicalize(s).ok();
    a == b || matches!((file(a), file(b)), (Some(x), Some(y)) if x == y)
}

/// What makes a comparison worth less.
fn warnings(page: &PageParts, references: &[PageParts]) -> Vec<(String, String)> {
    let kind = |p: &PageParts| p.kind.clone().unwrap_or_else(|| "of unknown kind".into());
    let mut out: Vec<(String, String)> = Vec::new();
    for r in references.iter().filter(|r| r.kind != page.kind) {
        let why = format!(
            "this page is {}, {} is {}: pages of one kind compare best; --page says what they are",
            kind(r),
            page.source,
            kind(page)
        );
        out.push((r.source.clone(), why));
    }
    for p in std::iter::once(page).chain(references) {
        let unsure = |why: &String| (p.source.clone(), format!("{why}; what is missing may be there"));
        out.extend(p.doubts.iter().map(unsure));
    }
    out
}

/// What is taken down of each page.
struct Compared<'a> {
    plan: &'a Plan,
    /// Parts that are compared.
    parts: &'a [String],
    /// Those whose order is compared on item pages.
    order: &'a [String],
    /// Areas whose parts are in no order.
    outside: &'a [String],
}

impl Compared<'_> {
    /// A page; `kind` is that of PAGE, which decides whose order is compared.
    fn page(&self, page: &Page, looked: &Looked<'_>, kind: Option<&str>) -> PageParts {
        let sections = if kind == Some("item") {
            sections_of(page, looked, self.plan, self.order, self.outside)
        } else {
            // of other kinds all parts of the page's own column
            let regions = ["header", "nav", "footer"].map(str::to_string);
            let outside: Vec<String> = self.outside.iter().cloned().chain(regions).collect();
            sections_of(page, looked, self.plan, self.parts, &outside)
        };
        PageParts {
            source: page.source.clone(),
            kind: looked.page.value.clone(),
            doubts: doubts(looked),
            parts: self.found(page, looked),
            sections,
        }
    }

    /// Each part once, where it is seen first, else where it is found, else where it is
    /// suspected most.
    fn found(&self, page: &Page, looked: &Looked<'_>) -> Vec<PartOn> {
        let wanted: BTreeSet<&str> = self.parts.iter().map(String::as_str).collect();
        // things stand in one order on every viewport
        let by_screen: Vec<Vec<PartRecord>> =
            looked.screens.iter().map(|s| describe::records(&looked.scene, &looked.map, s)).collect();
        let first = by_screen.first().map_or(&[][..], Vec::as_slice);
        let mut best: BTreeMap<&str, (usize, (u8, u32))> = BTreeMap::new();
        for (i, record) in first.iter().enumerate() {
            if record.el.is_none() || !wanted.contains(record.part.as_str()) {
                continue;
            }
            let visible = by_screen.iter().filter_map(|s| s.get(i)).any(|r| r.visible);
            let weight = match (record.status, visible) {
                (Status::Found, true) => (2, 0),
                (Status::Found, false) => (1, 0),
                (Status::Unsure, _) => (0, record.points),
            };
            let known = best.entry(record.part.as_str()).or_insert((i, weight));
            if weight > known.1 {
                *known = (i, weight);
            }
        }
        let elements = page.dom.iter().count().max(1) as f64;
        let mut indices: Vec<usize> = best.into_values().map(|(i, _)| i).collect();
        indices.sort_unstable();
        let (mut position, mut last) = (0, None);
        let one = |i: usize| {
            let record = first.get(i)?;
            let on: Vec<(&PartRecord, String)> = by_screen
                .iter()
                .zip(&looked.screens)
                .filter_map(|(records, s)| Some((records.get(i)?, s.viewport().name.clone())))
                .collect();
            let visible = on.iter().any(|(r, _)| r.visible);
            let mut part = PartOn {
                part: record.part.clone(),
                status: record.status,
                points: record.points,
                visible,
                line: record.line,
                region: record.region.clone(),
                element: record.el.map_or(0, |el| el.0),
                position: 0,
                share: f64::from(record.el.map_or(0, |el| el.0)) / elements,
                screens: on
                    .into_iter()
                    .map(|(r, viewport)| OnScreen {
                        viewport,
                        first: r.screen,
                        top: r.top.filter(|_| r.basis == Basis::Measured),
                    })
                    .collect(),
            };
            part.share = (part.share * 1000.0).round() / 1000.0;
            if part.is_seen() {
                // what stands on one element stands at one place
                position += usize::from(last != Some(part.element));
                last = Some(part.element);
                part.position = position;
            }
            Some(part)
        };
        indices.into_iter().filter_map(one).collect()
    }
}
