//! Words on the command line to sources, and sources to bytes.

mod collect;
mod loaded;
mod read;

pub use collect::{Source, check_glob, collect, shown};
pub use loaded::Loaded;
pub use read::{read, refuse};

use crate::audit::Failed;

/// An input that could not be checked.
pub fn failed(source: &str, id: &str, message: impl Into<String>, help: Option<&str>) -> Failed {
    Failed {
        source: source.to_string(),
        id: id.to_string(),
        message: message.into(),
        help: help.map(str::to_string),
    }
}
