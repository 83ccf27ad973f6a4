//! `storelint see`: shows what a page holds, before any rule.

use crate::audit::{Failed, Tri};
use crate::cli::args::{GlobalArgs, LayoutArgs, PageArgs};
use crate::cli::exit::{Exit, Stop};
use crate::cli::file::OutputFile;
use crate::cli::measuring::Measuring;
use crate::cli::pages::{self, Ready, with_page};
use crate::cli::picture;
use crate::cli::run::Session;
use crate::cli::seen::{self, Seen};
use crate::cli::table;
use crate::pack::load::Loaded;
use crate::pack::model::Builtin;
use crate::report::harmless;
use crate::show::shown;
use crate::text::nearest::did_you_mean;
use clap::{Args, ValueEnum};
use std::ffi::{OsStr, OsString};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Arguments of `see`.
#[derive(Clone, Debug, Args)]
#[command(after_long_help = AFTER)]
pub struct SeeArgs {
    /// A file, "-" for standard input, or a URL
    #[arg(value_name = "PATH|URL", required = true)]
    pub input: OsString,
    /// Show only this part, with everything that speaks for it
    #[arg(long, value_name = "NAME", conflicts_with = "elements")]
    pub part: Option<String>,
    /// List every element in page order: tag, id, class, place in the source
    #[arg(long)]
    pub elements: bool,
    /// Form of the answer
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = SeeFormat::Human)]
    pub format: SeeFormat,
    /// Draw the page with its parts marked into this SVG file; "-" is standard output
    #[arg(long, value_name = "FILE", conflicts_with_all = ["part", "elements"])]
    pub picture: Option<PathBuf>,
    /// The viewport that is drawn [default: the first one, desktop]
    #[arg(long, value_name = "NAME", requires = "picture")]
    pub viewport: Option<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub pages: PageArgs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub layout: LayoutArgs,
}

/// Forms of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SeeFormat {
    /// A table
    Human,
    /// For programs
    Json,
}

const AFTER: &str = "\
Examples:
  storelint see page.html                      the parts of a page, from top to bottom
  storelint see page.html --part size-chart    one part and its evidence
  storelint see page.html --elements --format json
  storelint see page.html --picture page.svg --viewport mobile";

/// Runs `see`.
///
/// # Errors
/// A page that cannot be read (exit code 3), an unknown part, or output that cannot be
/// written.
pub fn run(session: &Session, args: &SeeArgs) -> Result<Exit, Stop> {
    let mut setup = session.setup()?.with_flags(&args.pages);
    if let Some(part) = &args.part {
        known_part(part, &setup.loaded)?;
    }
    setup.settings.all_parts = true;
    let plan = setup.plan(|_| false)?;
    // a wrong path costs no work
    let piped = args.picture.as_deref().is_some_and(|p| p == Path::new("-"));
    let file = args.picture.as_deref().filter(|_| !piped).map(OutputFile::create).transpose()?;
    let draws = args.picture.is_some();
    let viewport = picture::viewport(args.viewport.as_deref(), &plan.settings.viewports)?;
    let measuring = Measuring::new(&session.global, &args.layout, draws)?.for_one_page();
    let (seen, drawn) = with_page(one(&args.input, &session.global)?, |page| {
        measuring.look(page, &plan, &setup.page(&page.source), |page, looked| {
            let mut seen = Seen::of(page, looked);
            if args.elements {
                seen.elements = Some(seen::elements(page, looked));
            }
            let drawn = draws.then(|| picture::draw(looked, &seen.parts, viewport, &plan.settings.lang));
            (seen, drawn)
        })
    })
    .map_err(|failed| unread(&failed))?;
    if let Some(drawn) = drawn.transpose()? {
        match file {
            Some(file) => file.finish(&drawn)?,
            // the picture is the answer then
            None => return session.print(&drawn).map(|()| Exit::Clean),
        };
    }
    let text = match args.format {
        SeeFormat::Json => json(&seen, args.part.as_deref())?,
        SeeFormat::Human => human(session, &seen, args.part.as_deref()),
    };
    session.print(&text)?;
    Ok(Exit::Clean)
}

/// The one source that a word on the command line means.
///
/// # Errors
/// It means several; exit code 2.
pub fn one(input: &OsStr, global: &GlobalArgs) -> Result<Result<Ready, Failed>, Stop> {
    let mut sources = pages::ready(&[input], global);
    match (sources.pop(), sources.len()) {
        (Some(source), 0) => Ok(source),
        (_, more) => {
            let message = format!(
                "{}: these are {} pages; name one of them",
                shown(&input.to_string_lossy()),
                more + 1
            );
            Err(Stop::usage(message, None))
        }
    }
}

/// A page that cannot be read, where it is the only one.
pub fn unread(failed: &Failed) -> Stop {
    let message = format!("{}: {}", shown(&failed.source), shown(&failed.message));
    Stop::new(Exit::Incomplete, message, failed.help.as_deref())
}

fn known_part(name: &str, loaded: &Loaded) -> Result<(), Stop> {
    if loaded.pack.parts.contains_key(name) {
        return Ok(());
    }
    if Builtin::parse(name).is_some() {
        let message =
            format!("--part: “{}” is built in and not listed; name a part of the packs", shown(name));
        return Err(Stop::usage(message, Some("--elements lists every element of the page")));
    }
    let help = did_you_mean(name, loaded.pack.parts.keys().map(String::as_str));
    Err(Stop::usage(format!("--part: there is no part called “{}”", shown(name)), help.as_deref()))
}

fn json(seen: &Seen, part: Option<&str>) -> Result<String, Stop> {
    let mut seen = seen.clone();
    if let Some(part) = part {
        seen.parts.retain(|p| p.part == part);
    }
    let text = serde_json::to_string_pretty(&seen);
    text.map(|t| harmless(&t) + "\n")
        .map_err(|e| Stop::new(Exit::Incomplete, format!("cannot write JSON: {e}"), None))
}

fn human(session: &Session, seen: &Seen, part: Option<&str>) -> String {
    let mut text = head(seen);
    if let Some(part) = part {
        one_part(&mut text, seen, part);
        return text;
    }
    text.push('\n');
    let rows = match &seen.elements {
        Some(elements) => seen::element_rows(elements),
        None => part_rows(seen),
    };
    text.push_str(&table::columns(&rows, session.screen.cut_width()));
    if seen.elements.is_none() && seen.parts.is_empty() {
        text.push_str("no part was recognised\n");
    }
    text
}

fn head(seen: &Seen) -> String {
    let mut rows = vec![vec!["page".to_string(), said(&seen.page, &seen.reasons.page)]];
    rows.push(vec!["category".into(), said(&seen.category, &seen.reasons.category)]);
    rows.push(vec!["language".into(), said(&seen.language, &seen.reasons.language)]);
    rows.push(vec!["encoding".into(), seen.encoding.clone()]);
    rows.push(vec!["geometry".into(), shown(&seen.geometry)]);
    for why in &seen.partial {
        rows.push(vec!["not whole".into(), why.clone()]);
    }
    format!("{}\n{}", shown(&seen.source), table::columns(&rows, usize::MAX))
}

fn said(value: &Option<String>, reason: &str) -> String {
    format!("{} ({})", shown(value.as_deref().unwrap_or("unknown")), shown(reason))
}

fn part_rows(seen: &Seen) -> Vec<Vec<String>> {
    let head = ["line", "top", "screen", "status", "points", "part", "evidence"].map(str::to_string).to_vec();
    let rows = seen.parts.iter().map(|p| {
        let mut evidence: Vec<String> =
            p.evidence.iter().map(|e| format!("{} “{}”", e.field, shown(&e.phrase))).collect();
        evidence.dedup();
        let hidden = if p.visible { "" } else { "not visible; " };
        vec![
            p.line.to_string(),
            seen::top(p.top, p.basis),
            screen(p.screen).to_string(),
            seen::status(p.status).to_string(),
            p.points.to_string(),
            p.part.clone(),
            format!("{hidden}{}", evidence.join(" + ")),
        ]
    });
    if seen.parts.is_empty() { Vec::new() } else { std::iter::once(head).chain(rows).collect() }
}

fn screen(tri: Tri) -> &'static str {
    match tri {
        Tri::Yes => "yes",
        Tri::No => "no",
        Tri::Maybe => "?",
    }
}

fn one_part(text: &mut String, seen: &Seen, name: &str) {
    let mut any = false;
    for p in seen.parts.iter().filter(|p| p.part == name) {
        any = true;
        let visible = if p.visible { "visible" } else { "not visible" };
        let _ = writeln!(
            text,
            "\n{}  {}, {} points  line {}, column {}  {}, {visible}, {} from the top, on the first screen: {}",
            p.part,
            seen::status(p.status),
            p.points,
            p.line,
            p.column,
            p.region,
            seen::top(p.top, p.basis),
            screen(p.screen),
        );
        if let Some(value) = &p.value {
            let _ = writeln!(text, "  value  {}", shown(value));
        }
        for e in &p.evidence {
            let list = e.list.as_ref().map_or(String::new(), |l| {
                format!("  list {l}{}", e.lang.as_ref().map_or(String::new(), |lang| format!(" ({lang})")))
            });
            let _ = writeln!(
                text,
                "  {:>5}  {} “{}”{list}  bytes {} to {}",
                e.strength,
                e.field,
                shown(&e.phrase),
                e.start,
                e.end
            );
        }
    }
    if !any {
        let _ = writeln!(text, "\n{name}: nothing on this page speaks for it");
    }
}
