//! Labelled pages through the audit, several at once. What a page's path says of it is kept from
//! the audit: folders of a corpus are called after what is to be recognised.

use crate::audit::{Failed, PageReport};
use crate::cli::exit::{Exit, Stop};
use crate::cli::measuring::Measuring;
use crate::cli::pages::{Ready, with_page};
use crate::cli::run::Session;
use crate::engine::{PageSettings, Plan, judge_looked, look};
use crate::eval::compare::{Compared, ErrorFinding, Ours, compare};
use crate::eval::corpus::CorpusPage;
use crate::eval::mapping::{Form, Mapping};
use crate::finding::{Level, Verdict};
use crate::limits;
use crate::page::Page;
use crate::source::{self, Loaded, Source};
use rayon::prelude::*;
use std::path::Path;
use std::time::Instant;

/// The viewport of the first screen.
pub const DESKTOP: &str = "desktop";
/// What every page is called.
const NAMELESS: &str = "page";

/// Compares every page, in the order of the manifest; and those that could not be audited.
///
/// # Errors
/// No threads.
pub fn audit_all(
    session: &Session,
    dir: &Path,
    pages: &[CorpusPage],
    plan: &Plan,
    measuring: &Measuring,
    mapping: &Mapping,
) -> Result<(Vec<Compared>, Vec<Failed>), Stop> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(session.global.threads.unwrap_or(0))
        .stack_size(limits::THREAD_STACK)
        .build()
        .map_err(|e| Stop::new(Exit::Incomplete, format!("no threads to work with: {e}"), None))?;
    let audited: Vec<Result<Compared, Failed>> = pool.install(|| {
        pages
            .par_iter()
            .map(|page| one(dir, page, plan, measuring, mapping).map(|ours| compare(page, ours, mapping)))
            .collect()
    });
    let (mut compared, mut failed) = (Vec::new(), Vec::new());
    for result in audited {
        match result {
            Ok(page) => compared.push(page),
            Err(why) => failed.push(why),
        }
    }
    Ok((compared, failed))
}

fn one(
    dir: &Path,
    page: &CorpusPage,
    plan: &Plan,
    measuring: &Measuring,
    mapping: &Mapping,
) -> Result<Ours, Failed> {
    let start = Instant::now();
    let path = dir.join(&page.file);
    let renamed = |mut failed: Failed| {
        failed.source.clone_from(&page.file);
        failed
    };
    let loaded = source::read(&Source::File(path.clone())).map_err(renamed)?;
    let nameless = Loaded { source: NAMELESS.into(), ..loaded };
    let asks = |form| page.labels.keys().filter_map(|l| mapping.labels.get(l)).any(|l| l.form() == form);
    let screen = asks(Form::Screen);
    let (report, points) =
        with_page(Ok(Ready::Fetched(nameless)), |read| audit(read, &path, plan, measuring, screen))
            .map_err(renamed)?;
    Ok(ours(page, report, points, start))
}

/// The report of a page, and its points as an item page.
fn audit(
    page: &Page,
    path: &Path,
    plan: &Plan,
    measuring: &Measuring,
    screen: bool,
) -> (PageReport, Option<i32>) {
    let settings = PageSettings::default();
    let laying = measuring.laying_file(path);
    let mut looked = look(page, plan, &settings);
    let points = looked.kinds.iter().find(|k| k.kind == "item").map(|k| k.points);
    // whatever the rules ask: the labels ask for places
    if screen {
        looked.measure(&laying);
    }
    (judge_looked(looked, plan, &settings, &laying), points)
}

fn ours(page: &CorpusPage, report: PageReport, points: Option<i32>, start: Instant) -> Ours {
    let mut findings = Vec::new();
    for verdict in report.verdicts.iter().filter(|v| v.verdict == Verdict::Fail && v.level == Level::Error) {
        for finding in verdict.findings.iter().filter(|f| f.suppressed.is_none()) {
            findings.push(ErrorFinding {
                file: page.file.clone(),
                rule: verdict.rule.clone(),
                message: finding.message.clone(),
                line: finding.line,
            });
        }
    }
    Ours {
        laid: report.laid.iter().any(|l| l.viewport == DESKTOP),
        kind: report.page,
        category: report.category,
        parts: report.parts,
        item_points: points,
        findings,
        millis: start.elapsed().as_secs_f64() * 1000.0,
    }
}
