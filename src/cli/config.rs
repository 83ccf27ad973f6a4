//! `storelint config`: the settings in effect and where each comes from.

use crate::cli::exit::{Exit, Stop};
use crate::cli::run::Session;
use crate::cli::setup::Setup;
use crate::cli::table;
use crate::config::At;
use crate::pack::files::{BUILTIN, PackSource};
use crate::pack::model::Place;
use crate::pack::options::show;
use crate::show::shown;
use clap::Args;

/// Arguments of `config`.
#[derive(Clone, Debug, Args)]
#[command(after_long_help = AFTER)]
pub struct ConfigArgs {
    /// Show what applies to this page: a path or a URL; it need not exist
    #[arg(long = "for", value_name = "PATH|URL")]
    pub target: Option<String>,
}

const AFTER: &str = "\
Every value is shown with the file and line it comes from.

Examples:
  storelint config
  storelint config --for templates/item/shoe.html";

/// What stands beside a value that nobody set.
const DEFAULT: &str = "default";

/// Runs `config`.
///
/// # Errors
/// A config or pack that is wrong, or output that cannot be written.
pub fn run(session: &Session, args: &ConfigArgs) -> Result<Exit, Stop> {
    let setup = session.setup()?;
    let mut text = match &setup.file {
        Some(file) => format!("config: {}\n\n", shown(&file.path)),
        None => "config: none found; every value is the default\n\n".to_string(),
    };
    let mut rows = general(&setup);
    if let Some(target) = &args.target {
        rows.extend(of_page(&setup, target));
    }
    rows.extend(of_rules(&setup, args.target.as_deref()));
    text.push_str(&table::columns(&rows, session.screen.cut_width()));
    session.print(&text)?;
    Ok(Exit::Clean)
}

fn row(key: impl Into<String>, value: impl AsRef<str>, origin: impl Into<String>) -> Vec<String> {
    vec![key.into(), shown(value.as_ref()), origin.into()]
}

fn at(place: &Place) -> String {
    format!("{}:{}", place.file.path, place.line())
}

fn from<T>(set: &Option<At<T>>) -> String {
    set.as_ref().map_or(DEFAULT.to_string(), |a| at(&a.place))
}

fn general(setup: &Setup) -> Vec<Vec<String>> {
    let (c, s) = (&setup.config, &setup.settings);
    let packs: Vec<String> = match c.extends.as_slice() {
        [] => vec!["storelint:guides".into()],
        packs => packs
            .iter()
            .map(|p| match p {
                PackSource::Builtin(name) => format!("{BUILTIN}{name}"),
                PackSource::Folder(folder) => folder.display().to_string(),
            })
            .collect(),
    };
    let extends = c.extends_place.as_ref().map_or(DEFAULT.to_string(), at);
    let viewports: Vec<String> =
        s.viewports.iter().map(|v| format!("{} {}x{}", v.name, v.width, v.height)).collect();
    let fail_on = c.fail_on.as_ref().map_or("error", |a| a.value.map_or("never", |l| l.name()));
    let mut rows = vec![
        row("extends", packs.join(", "), extends),
        row("lang", &s.lang, from(&c.lang)),
        row("market", s.market.as_deref().unwrap_or("unset"), from(&c.market)),
        row("check.fail_on", fail_on, from(&c.fail_on)),
        row(
            "check.viewports",
            viewports.join(", "),
            c.judged.as_ref().and_then(|v| v.first()).map_or(DEFAULT.to_string(), |v| at(&v.place)),
        ),
        row("check.min_font", format!("{} px", s.min_font), from(&c.min_font)),
        row("check.reasons", s.reasons.to_string(), from(&c.reasons)),
    ];
    if let Some(locales) = &c.locales {
        rows.push(row("check.locales", locales.value.join(", "), at(&locales.place)));
    }
    rows.extend(
        c.fail_under
            .iter()
            .map(|(kind, n)| row(format!("score.fail_under.{kind}"), n.value.to_string(), at(&n.place))),
    );
    rows.extend(c.words.iter().map(|(name, change)| {
        let (more, less) = (change.add.phrases.len() + change.add.tokens.len(), change.remove.len());
        let start = if change.only { "from nothing, " } else { "" };
        row(format!("words.{name}"), format!("{start}{more} added, {less} taken out"), at(&change.place))
    }));
    rows
}

fn of_page(setup: &Setup, target: &str) -> Vec<Vec<String>> {
    let s = setup.page(target);
    let said = |key: &str, value: &Option<(String, String)>| match value {
        Some((value, origin)) => row(key, value, origin.clone()),
        None => row(key, "recognised", DEFAULT),
    };
    let mut rows = vec![said("page", &s.page), said("category", &s.category), said("language", &s.language)];
    for (key, value) in [("platform", &s.platform), ("market of this page", &s.market)] {
        rows.extend(value.as_ref().map(|v| row(key, v, setup.config.origin(target))));
    }
    for ignore in setup.config.covering(target) {
        let until = ignore.until.as_ref().map_or(String::new(), |u| format!(", until {u}"));
        rows.push(row(
            format!("ignore {}", ignore.rule),
            format!("{}{until}", ignore.why),
            at(&ignore.place),
        ));
    }
    rows
}

fn of_rules(setup: &Setup, target: Option<&str>) -> Vec<Vec<String>> {
    let page = target.map(|t| setup.config.levels_of(t)).unwrap_or_default();
    let mut rows = Vec::new();
    for rule in setup.loaded.pack.rules.values() {
        let given = setup.config.rules.get(&rule.id);
        let level = page.get(&rule.id).copied().or(given.and_then(|g| g.value.level.as_ref()));
        let (level, origin) = match level {
            Some(l) => (l.value, at(&l.place)),
            None => (rule.level.default, DEFAULT.to_string()),
        };
        rows.push(row(format!("rules.\"{}\"", rule.id), level.name(), origin));
        for (name, spec) in &rule.options {
            let set = given.and_then(|g| g.value.options.get(name));
            let (value, origin) =
                set.map_or((&spec.default, DEFAULT.to_string()), |a| (&a.value, at(&a.place)));
            rows.push(row(format!("  {name}"), show(value), origin));
        }
    }
    rows
}
