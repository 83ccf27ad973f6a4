//! The stages joined: a plan compiled once, and one pure function from page to report.

mod mutants;
mod nearly;
mod plan;
mod run;
mod score;
mod suppress;
pub mod testing;

pub use nearly::Nearly;
pub use plan::{Ignored, PageSettings, Plan, Planned, Settings, parts_of};
pub use run::{Looked, audit, look};
