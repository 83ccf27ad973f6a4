//! What is answered to a wrong command line.

use crate::cli::exit::Exit;
use clap::Error;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What clap made of the command line, as text, exit code, and whether it is an error.
pub struct Answer {
    /// Text with colour codes.
    pub colored: String,
    /// Text without.
    pub plain: String,
    /// How the run ends.
    pub exit: Exit,
    /// Whether it belongs on standard error.
    pub is_error: bool,
}

/// The answer to help, version and mistakes.
pub fn answer(mut error: Error, words: &[String]) -> Answer {
    if let Some(tip) = tip(&error, words) {
        let old = match error.remove(ContextKind::Suggested) {
            Some(ContextValue::StyledStrs(tips)) => tips,
            _ => Vec::new(),
        };
        let tips = old.into_iter().chain(std::iter::once(StyledStr::from(tip))).collect();
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
    }
    let is_error = error.use_stderr();
    let text = error.render();
    Answer {
        colored: text.ansi().to_string(),
        plain: text.to_string(),
        exit: if is_error { Exit::Usage } else { Exit::Clean },
        is_error,
    }
}

/// An example where one says more than the usage line.
fn tip(error: &Error, words: &[String]) -> Option<String> {
    let has = |word: &str| words.iter().any(|w| w == word);
    match error.kind() {
        ErrorKind::MissingRequiredArgument => {
            let example = [
                ("check", "storelint check page.html"),
                ("see", "storelint see page.html"),
                ("learn", "storelint learn 'good/*.html'"),
                ("compare", "storelint compare page.html 'good/*.html'"),
                ("explain", "storelint explain sizing/size-chart"),
                ("words", "storelint words \"size guide\""),
                ("eval", "storelint eval corpus/"),
            ];
            let (_, example) = example.into_iter().find(|(command, _)| has(command))?;
            Some(format!("for example: {example}"))
        }
        ErrorKind::InvalidSubcommand => match error.get(ContextKind::InvalidSubcommand) {
            Some(ContextValue::String(word)) if word.contains(['.', '/', '*']) => {
                Some("to judge a page, name the command first: storelint check PATH".to_string())
            }
            _ => None,
        },
        _ => None,
    }
}
