//! From arguments to a command and back to an exit code.

use crate::cli::args::GlobalArgs;
use crate::cli::exit::{Exit, Stop};
use crate::cli::output::{self, Screen};
use crate::cli::{Cli, Command, mistake};
use clap::{ColorChoice, Parser};
use std::ffi::OsString;

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
    let screen =
        if answer.is_error { Screen::stderr(ColorChoice::Auto) } else { Screen::stdout(ColorChoice::Auto) };
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
        Command::Check(args) => crate::cli::checking::run(&session, &args),
        Command::See(args) => crate::cli::see::run(&session, &args),
        Command::Learn(args) => crate::cli::learn::run(&session, &args),
        Command::Compare(args) => crate::cli::compare::run(&session, &args),
        Command::Test(args) => crate::cli::test::run(&session, &args),
        Command::Explain(args) => crate::cli::explain::run(&session, &args),
        Command::Rules(args) => crate::cli::rules::run(&session, &args),
        Command::Words(args) => crate::cli::words::run(&session, &args),
        Command::Config(args) => crate::cli::config::run(&session, &args),
        Command::Schema(args) => crate::cli::schema::run(&session, &args),
        Command::Eval(args) => crate::cli::eval::run(&session, &args),
    }
}
