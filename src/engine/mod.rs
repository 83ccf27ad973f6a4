//! The stages joined: a plan compiled once, and one pure function from page to report.

mod mutants;
mod plan;
mod run;
mod score;
mod suppress;
pub mod testing;

pub use plan::{Ignored, PageSettings, Plan, Planned, Settings};
pub use run::{Looked, audit, look};
