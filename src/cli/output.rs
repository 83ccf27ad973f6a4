//! The only place that writes: every write and flush is checked, so that a full disk is
//! an error and a closed pipe a quiet end.

use crate::cli::exit::{Exit, Stop};
use crate::show::shown;
use clap::ColorChoice;
use std::io::{ErrorKind, IsTerminal, Write};

/// Columns where there is no terminal: the same text in every log.
const COLUMNS: usize = 100;
/// Fewest columns that a report is laid out for.
const FEWEST_COLUMNS: usize = 60;
/// Most columns that a report is laid out for: longer lines read badly.
const MOST_COLUMNS: usize = 120;

/// How text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Whether colour is used.
    pub color: bool,
    /// Columns of a line.
    pub width: usize,
    /// Whether a person looks at it: then long lines are cut.
    pub terminal: bool,
}

impl Screen {
    /// For standard output.
    pub fn stdout(choice: ColorChoice) -> Screen {
        let auto = anstream::AutoStream::choice(&std::io::stdout());
        Screen::new(colored(choice, auto), std::io::stdout().is_terminal())
    }

    /// For standard error.
    pub fn stderr(choice: ColorChoice) -> Screen {
        let auto = anstream::AutoStream::choice(&std::io::stderr());
        Screen::new(colored(choice, auto), std::io::stderr().is_terminal())
    }

    /// For a file: colour only where it is asked for outright.
    pub fn file(choice: ColorChoice) -> Screen {
        Screen::new(choice == ColorChoice::Always, false)
    }

    fn new(color: bool, is_terminal: bool) -> Screen {
        Screen { color, width: if is_terminal { terminal() } else { COLUMNS }, terminal: is_terminal }
    }

    /// Columns that a table's lines are cut to: text in a pipe or file is never cut.
    pub fn cut_width(&self) -> usize {
        if self.terminal { self.width } else { usize::MAX }
    }
}

fn colored(choice: ColorChoice, auto: anstream::ColorChoice) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => auto != anstream::ColorChoice::Never,
    }
}

fn terminal() -> usize {
    let width = terminal_size::terminal_size().map_or(COLUMNS, |(w, _)| usize::from(w.0));
    width.clamp(FEWEST_COLUMNS, MOST_COLUMNS)
}

/// Writes text to standard output.
///
/// # Errors
/// A closed pipe ends the run quietly; any other failure is said, exit code 3.
pub fn print(text: &str) -> Result<(), Stop> {
    write(&mut std::io::stdout().lock(), text)
}

/// Writes text to standard error. Where that fails there is nobody left to tell.
pub fn say(text: &str) {
    let mut stderr = std::io::stderr().lock();
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}

fn write(to: &mut impl Write, text: &str) -> Result<(), Stop> {
    to.write_all(text.as_bytes()).and_then(|()| to.flush()).map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Stop { exit: Exit::ClosedPipe, message: String::new() },
        _ => {
            let cause = shown(&error.to_string());
            Stop::new(Exit::Incomplete, format!("cannot write to standard output: {cause}"), None)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    /// A writer that fails in one way: on writing, or only when it is flushed.
    struct Broken(ErrorKind, bool);

    impl Write for Broken {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.1 { Ok(bytes.len()) } else { Err(self.0.into()) }
        }
        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn failures_of_writing_and_of_flushing_are_seen() {
        for late in [false, true] {
            let quiet = write(&mut Broken(ErrorKind::BrokenPipe, late), "x").map_err(|s| (s.exit, s.message));
            assert_eq!(quiet, Err((Exit::ClosedPipe, String::new())));
            let full = write(&mut Broken(ErrorKind::StorageFull, late), "x").map_err(|s| (s.exit, s.message));
            let message = "error: cannot write to standard output: no storage space\n".to_string();
            assert_eq!(full, Err((Exit::Incomplete, message)));
        }
        let mut written = Vec::new();
        assert_eq!(write(&mut written, "尺码"), Ok(()));
        assert_eq!(written, "尺码".as_bytes());
    }

    #[test]
    fn files_have_colour_only_where_asked() {
        assert!(!Screen::file(ColorChoice::Auto).color);
        assert!(Screen::file(ColorChoice::Always).color);
        assert!(!colored(ColorChoice::Never, anstream::ColorChoice::Always));
        assert!(!colored(ColorChoice::Auto, anstream::ColorChoice::Never));
        assert!(colored(ColorChoice::Auto, anstream::ColorChoice::Always));
    }
}
