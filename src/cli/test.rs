//! `storelint test`: runs the tests inside rule files.

use crate::cli::exit::{Exit, Stop};
use crate::cli::run::Session;
use crate::engine::testing::{self, RuleResult, TestResult};
use crate::engine::{Plan, Settings, parts_of};
use crate::finding::Level;
use crate::pack::load::Loaded;
use crate::pack::model::{Builtin, Place, Region, Rule};
use crate::show::shown;
use clap::Args;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Arguments of `test`.
#[derive(Clone, Debug, Args)]
#[command(after_long_help = AFTER)]
pub struct TestArgs {
    /// A pack, a folder in it, or one rule file [default: the packs of the config]
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Run only tests whose name or rule holds this text
    #[arg(short = 'k', value_name = "TEXT")]
    pub name: Option<String>,
    /// Also drop each line of each rule in turn and list the lines that no test needs
    #[arg(long)]
    pub mutants: bool,
}

const AFTER: &str = "\
A rule is complete when it has a test that passes and one that fails, and every
[[expect]] of it was seen to fail at least once.

Examples:
  storelint test                      every rule of the packs in use
  storelint test packs/acme           a pack of one's own
  storelint test packs/acme/sizing/size-chart.toml -k hidden --mutants

Exit codes: 0 all is well · 1 a wrong test, an incomplete rule or, with --mutants,
a line that no test needs · 2 a rule that does not load";

/// Runs `test`.
///
/// # Errors
/// Rules that do not load, a path without rules, or output that cannot be written.
pub fn run(session: &Session, args: &TestArgs) -> Result<Exit, Stop> {
    let loaded = session.load_with(args.path.as_deref())?;
    let rules = chosen(&loaded, args)?;
    // tests judge every rule, also those that the config must switch on
    let levels: BTreeMap<String, Level> = rules.iter().map(|r| (r.id.clone(), Level::Error)).collect();
    let settings = Settings { all_parts: true, ..Settings::default() };
    let plan = Plan::compile(&loaded, settings, &levels, &BTreeMap::new(), |_| true)
        .map_err(|e| Stop::usage(e, None))?;
    let mut results: Vec<RuleResult> =
        rules.par_iter().map(|rule| testing::run(&plan, rule, args.mutants && args.name.is_none())).collect();
    if args.name.is_some() {
        // a choice of tests says nothing of a rule's completeness
        results.iter_mut().for_each(|r| r.incomplete.clear());
    }
    let mut text = String::new();
    results.iter().for_each(|r| tell(&mut text, r));
    let tally = Tally::of(&results);
    text.push_str(&tally.sentence(args.mutants && args.name.is_none()));
    if args.name.is_none() {
        text.push_str(&never_found(&rules, &results));
    }
    session.print(&text)?;
    Ok(if tally.wrong + tally.incomplete + tally.needless == 0 { Exit::Clean } else { Exit::Findings })
}

/// The rules below the path, with the tests that `-k` chooses.
fn chosen(loaded: &Loaded, args: &TestArgs) -> Result<Vec<Rule>, Stop> {
    let below = args.path.as_deref().map(whole);
    let mut rules: Vec<Rule> =
        loaded.pack.rules.values().filter(|r| lies_in(r, below.as_deref())).cloned().collect();
    if rules.is_empty() {
        let path = args.path.as_deref().unwrap_or(Path::new("")).display().to_string();
        return Err(Stop::new(Exit::Nothing, format!("{}: holds no rule", shown(&path)), None));
    }
    if let Some(name) = &args.name {
        for rule in &mut rules {
            let all = rule.id.contains(name.as_str());
            rule.tests.retain(|t| all || t.name.contains(name.as_str()));
        }
        rules.retain(|r| !r.tests.is_empty());
        if rules.is_empty() {
            return Err(Stop::new(
                Exit::Nothing,
                format!("no rule and no test has “{}” in its name", shown(name)),
                None,
            ));
        }
    }
    Ok(rules)
}

fn lies_in(rule: &Rule, below: Option<&Path>) -> bool {
    below.is_none_or(|below| whole(Path::new(&rule.place.file.path)).starts_with(below))
}

fn whole(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// One line for the rule; below it what is wrong.
fn tell(text: &mut String, result: &RuleResult) {
    let marks: String = result.tests.iter().map(|t| if t.wrong.is_empty() { '✓' } else { '✗' }).collect();
    let _ = writeln!(text, "{:<32} {marks}", result.rule);
    result.tests.iter().filter(|t| !t.wrong.is_empty()).for_each(|t| tell_wrong(text, t));
    for (place, what) in &result.incomplete {
        let _ = writeln!(text, "  – {what}  {}", at(place));
    }
    for (place, what) in &result.needless {
        let _ = writeln!(text, "  – no test needs this line: {what}  {}", at(place));
    }
}

fn tell_wrong(text: &mut String, result: &TestResult) {
    let test = &result.test;
    let _ = writeln!(text, "  ✗ {} “{}”  {}", test.verdict.name(), shown(&test.name), at(&test.place));
    for line in &result.wrong {
        let _ = writeln!(text, "    {}", shown(line));
    }
    let mut seen = result.recognised.join(", ");
    if result.others > 0 {
        let joint = if seen.is_empty() { "" } else { ", and " };
        let s = if result.others == 1 { "" } else { "s" };
        let _ = write!(seen, "{joint}{} thing{s} of parts that the rule does not ask for", result.others);
    }
    if !seen.is_empty() {
        let _ = writeln!(text, "    recognised  {}", shown(&seen));
    }
    for n in &result.nearly {
        let _ = writeln!(
            text,
            "    nearly      {} “{}”: no list knows it; closest: {} “{}”",
            shown(&n.at),
            shown(&n.text),
            n.part,
            shown(&n.phrase)
        );
        let _ = writeln!(text, "    try         add “{}” to [words.{}]", shown(&n.text), n.list);
    }
}

/// Parts that the rules ask for and no test of them ever shows.
fn never_found(rules: &[Rule], results: &[RuleResult]) -> String {
    let found: BTreeSet<&String> = results.iter().flat_map(|r| &r.tests).flat_map(|t| &t.found).collect();
    let asked: BTreeSet<String> = rules
        .iter()
        .flat_map(|r| parts_of(r, &BTreeMap::new()))
        .filter(|name| Region::parse(name).is_none() && Builtin::parse(name).is_none())
        .collect();
    let never: Vec<&str> = asked.iter().filter(|name| !found.contains(name)).map(String::as_str).collect();
    if never.is_empty() {
        String::new()
    } else {
        format!("parts never found in any test: {}\n", never.join(", "))
    }
}

fn at(place: &Place) -> String {
    format!("{}:{}", place.file.path, place.line())
}

/// What the last line counts.
struct Tally {
    rules: usize,
    tests: usize,
    wrong: usize,
    incomplete: usize,
    needless: usize,
}

impl Tally {
    fn of(results: &[RuleResult]) -> Tally {
        Tally {
            rules: results.len(),
            tests: results.iter().map(|r| r.tests.len()).sum(),
            wrong: results.iter().flat_map(|r| &r.tests).filter(|t| !t.wrong.is_empty()).count(),
            incomplete: results.iter().filter(|r| !r.incomplete.is_empty()).count(),
            needless: results.iter().map(|r| r.needless.len()).sum(),
        }
    }

    fn sentence(&self, mutants: bool) -> String {
        let s = |n: usize| if n == 1 { "" } else { "s" };
        let Tally { rules, tests, wrong, incomplete, needless } = self;
        let mut text = format!(
            "{rules} rule{}, {tests} test{}: {} ok, {wrong} wrong",
            s(*rules),
            s(*tests),
            tests - wrong
        );
        if *incomplete > 0 {
            let _ = write!(text, "; {incomplete} rule{} incomplete", s(*incomplete));
        }
        if mutants {
            let _ = write!(text, "; {needless} line{} that no test needs", s(*needless));
        }
        text.push('\n');
        text
    }
}
