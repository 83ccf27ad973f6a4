//! From arguments to a command and back to an exit code.

use crate::cli::args::{GlobalArgs, PageArgs};
use crate::cli::exit::{Exit, Stop};
use crate::cli::output::{self, Screen};
use crate::cli::{Cli, Command, mistake, packs};
use crate::engine::PageSettings;
use crate::pack::files::PackSource;
use crate::pack::load::Loaded;
use crate::show::shown;
use clap::{ColorChoice, Parser};
use std::ffi::OsString;
use std::path::Path;

/// What all commands of one run share.
#[derive(Clone, Debug)]
pub struct Session {
    /// Flags that every command takes.
    pub global: GlobalArgs,
    /// How standard output is laid out.
    pub screen: Screen,
}

impl Session {
    /// Writes to standard output.
    ///
    /// # Errors
    /// See [`output::print`].
    pub fn print(&self, text: &str) -> Result<(), Stop> {
        output::print(text)
    }

    /// What flags say of the pages.
    pub fn page_settings(&self, args: &PageArgs) -> PageSettings {
        let said = |value: &Option<String>, flag: &str| value.clone().map(|v| (v, flag.to_string()));
        PageSettings {
            page: said(&args.page, "--page"),
            category: said(&args.category, "--category"),
            market: args.market.clone(),
            ..PageSettings::default()
        }
    }

    /// The packs in use.
    ///
    /// # Errors
    /// Rules that do not load.
    pub fn load(&self) -> Result<Loaded, Stop> {
        self.load_with(None)
    }

    /// The packs in use and one more, given by a path in it.
    ///
    /// # Errors
    /// No pack there, or rules that do not load.
    pub fn load_with(&self, path: Option<&Path>) -> Result<Loaded, Stop> {
        let mut sources = vec![PackSource::Guides];
        if let Some(path) = path {
            let folder = pack_of(path)?;
            // the folder that the built-in pack is made of stands for it
            match PackSource::Folder(folder.clone()) {
                own if is_builtin(&folder) => sources = vec![own],
                own if !sources.contains(&own) => sources.push(own),
                _ => {}
            }
        }
        packs::load_packs(&sources, Screen::stderr(self.global.color))
    }
}

/// The pack that a path lies in: the folder that holds pack.toml.
///
/// # Errors
/// No such path, or no pack.toml there or above.
pub fn pack_of(path: &Path) -> Result<std::path::PathBuf, Stop> {
    let shown = shown(&path.display().to_string());
    if !path.exists() {
        return Err(Stop::usage(format!("{shown}: there is no such file or folder"), None));
    }
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    // as given where it is the pack itself: messages then name files as the user does
    if path.join("pack.toml").is_file() {
        return Ok(path.to_path_buf());
    }
    let found = whole.ancestors().find(|folder| folder.join("pack.toml").is_file());
    let Some(found) = found else {
        let help = "a pack is a folder with pack.toml, words/, parts/ and a folder for each area of rules";
        return Err(Stop::usage(format!("{shown}: is no pack and lies in none: there is no pack.toml"), Some(help)));
    };
    // the same way back as a relative path, where the path was one
    let up = whole.strip_prefix(found).map_or(0, |rest| rest.components().count());
    Ok(path.ancestors().nth(up).filter(|p| !p.as_os_str().is_empty()).unwrap_or(found).to_path_buf())
}

fn is_builtin(folder: &Path) -> bool {
    let text = std::fs::read_to_string(folder.join("pack.toml")).unwrap_or_default();
    let name = text.parse::<toml::Table>().ok().and_then(|t| t.get("name")?.as_str().map(str::to_string));
    name.as_deref() == Some("storelint:guides")
}

/// Runs a command line; `words` starts with the program's name. Gives the exit code.
pub fn run(words: Vec<OsString>) -> u8 {
    let ended = match Cli::try_parse_from(&words) {
        Ok(cli) => dispatch(cli),
        Err(error) => answer(error, &words),
    };
    match ended {
        Ok(exit) => exit.code(),
        Err(stop) => {
            output::say(&stop.message);
            stop.exit.code()
        }
    }
}

fn answer(error: clap::Error, words: &[OsString]) -> Result<Exit, Stop> {
    let words: Vec<String> = words.iter().map(|w| w.to_string_lossy().into_owned()).collect();
    let answer = mistake::answer(error, &words);
    let screen = if answer.is_error { Screen::stderr(ColorChoice::Auto) } else { Screen::stdout(ColorChoice::Auto) };
    let text = if screen.color { answer.colored } else { answer.plain };
    if answer.is_error {
        return Err(Stop { exit: answer.exit, message: text });
    }
    output::print(&text)?;
    Ok(answer.exit)
}

fn dispatch(cli: Cli) -> Result<Exit, Stop> {
    let screen = Screen::stdout(cli.global.color);
    let session = Session { global: cli.global, screen };
    match cli.command {
        Command::See(args) => crate::cli::see::run(&session, &args),
        Command::Test(args) => crate::cli::test::run(&session, &args),
        Command::Explain(args) => crate::cli::explain::run(&session, &args),
        Command::Rules(args) => crate::cli::rules::run(&session, &args),
        Command::Words(args) => crate::cli::words::run(&session, &args),
        _ => todo!(),
    }
}
