//! Many pages looked at, without judging; and which of them are sections.

use crate::audit::Failed;
use crate::cli::exit::{Exit, Stop};
use crate::cli::measuring::Measuring;
use crate::cli::output;
use crate::cli::pages::{ready, threads, with_page};
use crate::cli::run::Session;
use crate::cli::setup::Setup;
use crate::engine::{Looked, Plan, sections};
use crate::pack::model::{Pack, PartType};
use crate::page::Page;
use crate::reference::{Section, Sections};
use crate::report::exit::no_page_lost;
use crate::show::shown;
use rayon::prelude::*;
use std::ffi::OsString;

/// The rule that knows sections and their orders.
const SECTION_ORDER: &str = "description/section-order";
/// The area whose sections are in no order: a coupon beside the price is not part of the
/// description.
const BUY_BOX: &str = "buy-box";

/// Looks at every page, in the order of the input; and every input that gave none.
///
/// # Errors
/// No threads to work with.
pub fn look_all<T: Send>(
    session: &Session,
    setup: &Setup,
    plan: &Plan,
    measuring: &Measuring,
    inputs: &[OsString],
    task: impl Fn(&Page, &Looked<'_>) -> T + Sync,
) -> Result<(Vec<T>, Vec<Failed>), Stop> {
    let ready = ready(inputs, &session.global);
    let looked: Vec<Result<T, Failed>> = threads(&session.global)?.install(|| {
        let one =
            |r| with_page(r, |page| measuring.look(page, plan, &setup.page(&page.source), |p, l| task(p, l)));
        ready.into_par_iter().map(one).collect()
    });
    let (mut pages, mut failed) = (Vec::new(), Vec::new());
    for result in looked {
        match result {
            Ok(page) => pages.push(page),
            Err(why) => failed.push(why),
        }
    }
    Ok((pages, failed))
}

/// The sections that the packs know an order of; without such a rule every section.
///
/// # Errors
/// The packs know no section; exit code 2.
pub fn section_parts(pack: &Pack) -> Result<Vec<String>, Stop> {
    let mut names = sections::ordered_by(pack, SECTION_ORDER);
    if names.is_empty() {
        let sections = pack.parts.values().filter(|p| p.kind == PartType::Section);
        names = sections.map(|p| p.name.clone()).collect();
    }
    if names.is_empty() {
        let message = "the packs in use know no section: no part has type = \"section\"";
        let help = "name the built-in pack in storelint.toml: extends = [\"storelint:guides\", ...]";
        return Err(Stop::usage(message, Some(help)));
    }
    Ok(names)
}

/// The areas whose sections are in no order, of those that the packs know.
pub fn outside(pack: &Pack) -> Vec<String> {
    pack.parts.contains_key(BUY_BOX).then(|| BUY_BOX.to_string()).into_iter().collect()
}

/// The sections of a page.
pub fn sections_of(
    page: &Page,
    looked: &Looked<'_>,
    plan: &Plan,
    parts: &[String],
    outside: &[String],
) -> Sections {
    let found = sections::sections(looked, plan, parts, outside);
    let sections = found.into_iter().map(|s| Section { part: s.part, sure: s.sure, at: s.at });
    Sections { source: page.source.clone(), sections: sections.collect() }
}

/// Why what is missing on a page may be there after all.
pub fn doubts(looked: &Looked<'_>) -> Vec<String> {
    let mut out: Vec<String> =
        looked.partial().iter().map(|why| format!("it was not read whole: {why}")).collect();
    if looked.guard.shell {
        out.push("it is an empty shell that scripts fill; --render chromium runs them".into());
    }
    if looked.guard.remote {
        out.push("its description is loaded from elsewhere".into());
    }
    out
}

/// Says on standard error what could not be read.
pub fn say_failed(failed: &[Failed]) {
    for f in failed {
        let help = f.help.as_ref().map_or(String::new(), |h| format!("\n  help: {}", shown(h)));
        output::say(&format!("error: {}: {}{help}\n", shown(&f.source), shown(&f.message)));
    }
}

/// How a run ends in which no page was of use.
pub fn none_left(failed: &[Failed]) -> Exit {
    if no_page_lost(failed) { Exit::Nothing } else { Exit::Incomplete }
}
