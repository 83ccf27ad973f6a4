//! `storelint rules doc`: a page of documentation for every rule.

use crate::cli::exit::{Exit, Stop};
use crate::cli::rule_page;
use crate::cli::run::Session;
use crate::pack::model::Rule;
use clap::Args;
use std::path::{Path, PathBuf};

/// Arguments of `rules doc`.
#[derive(Clone, Debug, Args)]
#[command(after_long_help = AFTER)]
pub struct DocArgs {
    /// Folder to write to; it is made where it is missing
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Write nothing: say which pages are missing, changed or left over, and fail where any is
    #[arg(long)]
    pub check: bool,
}

const AFTER: &str = "\
A page says what a rule asks, why it matters, what to do, where it comes from,
its options, an example that passes and one that fails, and how to silence it.
DIR/<rule>.md is the page of a rule, DIR/README.md the list of all. Pages of
rules that are gone are named, not deleted.

Examples:
  storelint rules doc docs/rules            the rules in use
  storelint rules doc docs/rules --check    for CI: are the pages up to date?

Exit codes: 0 done, or up to date · 1 with --check: some pages are not ·
2 a config or rules that do not load · 3 a page that cannot be written";

/// Runs `rules doc`.
///
/// # Errors
/// Rules that do not load, or a page that cannot be written.
pub fn run(session: &Session, args: &DocArgs) -> Result<Exit, Stop> {
    let setup = session.setup_with_tests()?;
    let rules: Vec<&Rule> = setup.loaded.pack.rules.values().collect();
    let page = |rule: &&Rule| (format!("{}.md", rule.id), rule_page::of(&setup.loaded.pack, rule));
    let mut pages: Vec<(String, String)> = rules.iter().map(page).collect();
    let mut sorted = rules.clone();
    sorted.sort_by_key(|r| (rule_page::pack_of(r), &r.id));
    pages.push(("README.md".to_string(), rule_page::index(&sorted)));
    let mut text = String::new();
    let mut told = |what: &str, path: &Path| text.push_str(&format!("{what}: {}\n", path.display()));
    let mut stale = 0;
    for (name, page) in &pages {
        let path = args.folder.join(name);
        let old = std::fs::read_to_string(&path).ok();
        if old.as_deref() == Some(page) {
            continue;
        }
        stale += 1;
        told(if old.is_some() { "changed" } else { "missing" }, &path);
        if !args.check {
            write(&path, page)?;
        }
    }
    let left = left_over(&args.folder, &pages);
    left.iter().for_each(|path| told("left over", path));
    let count = pages.len();
    text.push_str(&match (args.check, stale + left.len()) {
        (_, 0) => format!("{count} pages are up to date\n"),
        (true, n) => {
            format!(
                "{n} of {count} pages are not up to date: run “storelint rules doc” with the same folder\n"
            )
        }
        (false, _) => format!("{stale} of {count} pages written\n"),
    });
    session.print(&text)?;
    Ok(if args.check && stale + left.len() > 0 { Exit::Findings } else { Exit::Clean })
}

fn write(path: &Path, page: &str) -> Result<(), Stop> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).and_then(|()| std::fs::write(path, page)).map_err(|e| {
        let help = "name a folder that may be written to";
        Stop::new(Exit::Incomplete, format!("cannot write {}: {e}", path.display()), Some(help))
    })
}

/// Pages that this command wrote once, of rules that are gone: others' files are let be.
fn left_over(folder: &Path, pages: &[(String, String)]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for area in std::fs::read_dir(folder).into_iter().flatten().flatten().filter(|e| e.path().is_dir()) {
        for file in std::fs::read_dir(area.path()).into_iter().flatten().flatten() {
            let path = file.path();
            let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let known = pages.iter().any(|(page, _)| *page == name);
            let made = || std::fs::read_to_string(&path).is_ok_and(|t| t.starts_with(rule_page::MADE));
            if !known && name.ends_with(".md") && made() {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
