//! Where a child cannot be given pipes by number.

use crate::chromium::NoRender;
use std::io::{PipeReader, PipeWriter};
use std::path::Path;

/// No browser.
#[derive(Debug)]
pub struct Process {}

/// What goes to the browser, and what comes from it.
pub type Pipes = (PipeWriter, PipeReader);

impl Process {
    /// Never starts.
    ///
    /// # Errors
    /// Always.
    pub fn start(_program: &Path, _flags: &[String]) -> Result<(Process, Pipes), NoRender> {
        Err(NoRender::Platform)
    }

    /// None.
    pub fn id(&self) -> u32 {
        0
    }

    /// Nothing.
    pub fn last_words(&mut self) -> String {
        String::new()
    }
}
