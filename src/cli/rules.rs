//! `storelint rules`: lists and checks rules.

use crate::cli::exit::{Exit, Stop};
use crate::cli::packs::is_builtin;
use crate::cli::rule_pages::{self, DocArgs};
use crate::cli::run::Session;
use crate::cli::table;
use crate::finding::Level;
use crate::pack::load::Loaded;
use crate::pack::model::{LevelSpec, Place, Rule};
use crate::pack::problem::render_all;
use crate::pack::untested;
use crate::show::shown;
use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Arguments of `rules`.
#[derive(Clone, Debug, Args)]
pub struct RulesArgs {
    #[command(subcommand)]
    #[allow(missing_docs)]
    pub command: RulesCommand,
}

/// What to do with rules.
#[derive(Clone, Debug, Subcommand)]
pub enum RulesCommand {
    /// List the rules in use, with their levels
    List(ListArgs),
    /// Check rule, words and parts files without any page
    Check(CheckRulesArgs),
    /// Write a page of documentation for every rule
    Doc(DocArgs),
}

/// Arguments of `rules list`.
#[derive(Clone, Debug, Args)]
pub struct ListArgs {
    /// Form of the list
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ListFormat::Human)]
    pub format: ListFormat,
}

/// Forms of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A table
    Human,
    /// For programs
    Json,
}

/// Arguments of `rules check`.
#[derive(Clone, Debug, Args)]
#[command(after_long_help = AFTER)]
pub struct CheckRulesArgs {
    /// A pack of one's own [default: the packs of the config]
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
}

const AFTER: &str = "\
Every problem is shown at its place in the file, all of them in one run.

Examples:
  storelint rules check               the packs in use
  storelint rules check packs/acme    a pack of one's own

Exit codes: 0 the rules load · 2 something is wrong in them";

/// Runs `rules`.
///
/// # Errors
/// Rules that do not load, or output that cannot be written.
pub fn run(session: &Session, args: &RulesArgs) -> Result<Exit, Stop> {
    match &args.command {
        RulesCommand::List(args) => list(session, args),
        RulesCommand::Check(args) => check(session, args),
        RulesCommand::Doc(args) => rule_pages::run(session, args),
    }
}

/// One rule in `rules list --format json`.
#[derive(Serialize)]
struct Row<'r> {
    rule: &'r str,
    level: Level,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    level_by_category: &'r BTreeMap<String, Level>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    level_by_market: &'r BTreeMap<String, Level>,
    pages: &'r [String],
    categories: &'r [String],
    title: &'r str,
}

fn list(session: &Session, args: &ListArgs) -> Result<Exit, Stop> {
    let setup = session.setup()?;
    let rules = setup.loaded.pack.rules.values();
    let given = |r: &Rule| setup.effective.levels.get(&r.id).copied();
    let text = match args.format {
        ListFormat::Json => {
            let rows: Vec<Row<'_>> = rules.map(|r| row(r, given(r))).collect();
            let json = serde_json::to_string_pretty(&serde_json::json!({ "version": 1, "rules": rows }));
            json.map_err(|e| Stop::new(Exit::Incomplete, format!("cannot write the list: {e}"), None))? + "\n"
        }
        ListFormat::Human => {
            let head = ["rule", "level", "pages", "what a good page does"].map(str::to_string).to_vec();
            let rows = rules.map(|r| {
                vec![
                    r.id.clone(),
                    given(r).map_or_else(|| levels(&r.level), |l| format!("{} (config)", l.name())),
                    on(r),
                    r.title.clone(),
                ]
            });
            let rows: Vec<_> = std::iter::once(head).chain(rows).collect();
            table::columns(&rows, session.screen.cut_width())
        }
    };
    session.print(&text)?;
    Ok(Exit::Clean)
}

fn row(rule: &Rule, given: Option<Level>) -> Row<'_> {
    Row {
        rule: &rule.id,
        level: given.unwrap_or(rule.level.default),
        level_by_category: &rule.level.by_category,
        level_by_market: &rule.level.by_market,
        pages: &rule.when.page,
        categories: &rule.when.category,
        title: &rule.title,
    }
}

/// "warning", or "warning (food: error)".
fn levels(level: &LevelSpec) -> String {
    let others: Vec<String> = level
        .by_category
        .iter()
        .chain(&level.by_market)
        .map(|(what, level)| format!("{what}: {}", level.name()))
        .collect();
    match others.as_slice() {
        [] => level.default.name().to_string(),
        others => format!("{} ({})", level.default.name(), others.join(", ")),
    }
}

fn on(rule: &Rule) -> String {
    if rule.when.page.is_empty() { "all".to_string() } else { rule.when.page.join(", ") }
}

fn check(session: &Session, args: &CheckRulesArgs) -> Result<Exit, Stop> {
    let loaded = session.load_with(args.path.as_deref())?;
    let (pack, screen) = (&loaded.pack, session.screen);
    let mut warnings = loaded.warnings.clone();
    warnings.extend(untested(&pack.rules));
    // with a pack of one's own, the built-in one is not what is asked about
    if args.path.is_some() {
        warnings.retain(|w| !is_builtin(w));
    }
    let mut text = render_all(&warnings, screen.color, screen.width);
    if !text.is_empty() {
        text.push('\n');
    }
    let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let held = match &args.path {
        Some(path) => Held::below(path, &loaded)?,
        None => Held { rules: pack.rules.len(), parts: pack.parts.len(), words: pack.words.len() },
    };
    text.push_str(&format!(
        "{}, {}, {}: no errors, {}\n",
        count(held.rules, "rule", "rules"),
        count(held.parts, "part", "parts"),
        count(held.words, "word list", "word lists"),
        count(warnings.len(), "warning", "warnings"),
    ));
    session.print(&text)?;
    Ok(Exit::Clean)
}

/// How much was checked.
struct Held {
    rules: usize,
    parts: usize,
    words: usize,
}

impl Held {
    /// What lies below a path.
    ///
    /// # Errors
    /// Nothing that a pack is made of; exit code 4.
    fn below(path: &Path, loaded: &Loaded) -> Result<Held, Stop> {
        let root = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let inside =
            |place: &Place| Path::new(&place.file.path).canonicalize().is_ok_and(|f| f.starts_with(&root));
        let lists = loaded.pack.words.values().filter(|list| list.places.iter().any(inside));
        let held = Held {
            rules: loaded.pack.rules.values().filter(|r| inside(&r.place)).count(),
            parts: loaded.pack.parts.values().filter(|p| inside(&p.place)).count(),
            words: lists.count(),
        };
        if held.rules + held.parts + held.words == 0 {
            let message = format!("{}: holds no rule, part or word list", shown(&path.display().to_string()));
            return Err(Stop::new(Exit::Nothing, message, None));
        }
        Ok(held)
    }
}
