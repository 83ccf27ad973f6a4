//! Runs `check`: pages in, a report and an exit code out.

use crate::audit::{Failed, Notice, PageReport, RunReport};
use crate::cli::check::{CheckArgs, FailOn, Format, Lang};
use crate::cli::exit::{Exit, Stop};
use crate::cli::file::OutputFile;
use crate::cli::measuring::Measuring;
use crate::cli::output::{self, Screen};
use crate::cli::packs::{check_names, names};
use crate::cli::pages::{ready, threads, with_page};
use crate::cli::run::Session;
use crate::cli::setup::{Setup, warn};
use crate::cli::today;
use crate::engine::Plan;
use crate::finding::Level;
use crate::pack::message::in_prose;
use crate::pack::problem::Problem;
use crate::report::{self, Options, RuleInfo};
use rayon::prelude::*;
use std::ffi::OsString;
use std::mem::ManuallyDrop;

/// Runs `check`.
///
/// # Errors
/// A wrong argument, config or rule, or a report that cannot be written.
pub fn run(session: &Session, args: &CheckArgs) -> Result<Exit, Stop> {
    // a wrong path costs no run: opened before any page is read
    let file = args.output.output.as_deref().map(OutputFile::create).transpose()?;
    // the process ends with what it works with: taking that apart piece by piece is a tenth of a run on
    // one page
    let mut setup = ManuallyDrop::new(session.setup()?.with_flags(&args.pages));
    check_names("--only", &args.rules.only, &setup.loaded)?;
    check_names("--skip", &args.rules.skip, &setup.loaded)?;
    let today = args.judging.today.clone().unwrap_or_else(today::utc);
    setup.settings.today = Some(today.clone());
    setup.settings.all_parts = matches!(args.output.format, Format::Json | Format::Html);
    setup.settings.pictures = args.output.format == Format::Html;
    if let Some(lang) = args.output.lang {
        setup.settings.lang = Lang::tag(lang).to_string();
    }
    let plan = ManuallyDrop::new(setup.plan(|id| chosen(args, id))?);
    let measuring = Measuring::new(&session.global, &args.layout, setup.settings.pictures)?;
    let (pages, failed) = audit_all(session, &setup, &plan, measuring, &args.inputs, &today)?;
    let mut run = ManuallyDrop::new(RunReport { pages, failed, ..RunReport::default() });
    run.fail_on = match args.judging.fail_on {
        Some(flag) => flag.level(),
        None => setup.config.fail_on.as_ref().map_or(Some(Level::Error), |at| at.value),
    };
    run.strict = args.judging.strict;
    run.low_score = low_scores(&setup, &mut run.pages);
    let mut remarks: Vec<Problem> = setup.config.expired(&today);
    remarks.extend(setup.config.unused(&run.pages, &today));
    warn(&remarks, session);
    let screen = if file.is_some() { Screen::file(session.global.color) } else { session.screen };
    let lang = report::html::Lang::of(&plan.settings.lang);
    let options = Options { color: screen.color, width: screen.width, lang };
    let text = report::render(&run, &rule_infos(&plan), args.output.format.form(), options);
    match file {
        Some(file) => {
            file.finish(&text)?;
            output::say(&format!("{}\n", report::run_line(&report::Summary::of(&run))));
        }
        None => session.print(&text)?,
    }
    Ok(Exit::of(report::exit::code(&run)))
}

fn chosen(args: &CheckArgs, id: &str) -> bool {
    let any = |given: &[String]| given.iter().any(|name| names(name, id));
    (args.rules.only.is_empty() || any(&args.rules.only)) && !any(&args.rules.skip)
}

/// Every page in the order of the input, and every input that gave none.
fn audit_all(
    session: &Session,
    setup: &Setup,
    plan: &Plan,
    mut measuring: Measuring,
    inputs: &[OsString],
    today: &str,
) -> Result<(Vec<PageReport>, Vec<Failed>), Stop> {
    let pool = threads(&session.global)?;
    let ready = ready(inputs, &session.global);
    if ready.len() == 1 {
        measuring = measuring.for_one_page();
    }
    let measuring = &measuring;
    let audited: Vec<Result<PageReport, Failed>> = pool.install(|| {
        ready
            .into_par_iter()
            .map(|r| {
                with_page(r, |page| {
                    let mut settings = setup.page(&page.source);
                    settings.ignores = setup.config.ignored(&page.source, today);
                    measuring.audit(page, plan, &settings)
                })
            })
            .collect()
    });
    let (mut pages, mut failed) = (Vec::new(), Vec::new());
    for result in audited {
        match result {
            Ok(page) => pages.push(page),
            Err(why) => failed.push(why),
        }
    }
    Ok((pages, failed))
}

/// Says which pages score below what the config asks for; whether any does.
fn low_scores(setup: &Setup, pages: &mut [PageReport]) -> bool {
    let mut any = false;
    for page in pages {
        let kind = page.page.value.as_deref().unwrap_or("");
        let Some(asked) = setup.config.fail_under.get(kind) else { continue };
        let Some(score) = page.score.filter(|s| *s < asked.value) else { continue };
        any = true;
        page.notices.push(Notice {
            id: "storelint/low-score".into(),
            level: Level::Error,
            message: format!("the page scores {score}; {} is asked of {kind} pages", asked.value),
            help: Some(format!(
                "mend what weighs most, or change fail_under in {}:{}",
                asked.place.file.path,
                asked.place.line()
            )),
            start: 0,
            end: 0,
            line: 1,
            column: 1,
        });
    }
    any
}

fn rule_infos(plan: &Plan) -> Vec<RuleInfo> {
    let lang = plan.settings.lang.as_str();
    let info = |planned: &crate::engine::Planned| {
        let rule = &planned.rule;
        let own = rule.i18n.get(lang);
        let said =
            |own: Option<&str>, default: &str| in_prose(own.unwrap_or(default), rule, Some(&planned.options));
        RuleInfo {
            id: rule.id.clone(),
            title: said(own.and_then(|t| t.title.as_deref()), &rule.title),
            why: said(own.and_then(|t| t.why.as_deref()), &rule.why),
            fix: said(own.and_then(|t| t.fix.as_deref()), &rule.fix),
            level: planned.level.unwrap_or(rule.level.default),
        }
    };
    plan.rules.iter().map(info).collect()
}

impl FailOn {
    /// The lowest level that counts; `None` is none.
    fn level(self) -> Option<Level> {
        match self {
            FailOn::Error => Some(Level::Error),
            FailOn::Warning => Some(Level::Warning),
            FailOn::Info => Some(Level::Info),
            FailOn::Never => None,
        }
    }
}

impl Format {
    /// The report's form of that name.
    fn form(self) -> report::Format {
        match self {
            Format::Human => report::Format::Human,
            Format::Brief => report::Format::Brief,
            Format::Json => report::Format::Json,
            Format::Sarif => report::Format::Sarif,
            Format::Github => report::Format::Github,
            Format::Markdown => report::Format::Markdown,
            Format::Html => report::Format::Html,
        }
    }
}
