//! The stages joined: a plan compiled once, and one pure function from page to report.

mod measure;
mod mutants;
mod nearly;
pub mod pictures;
mod plan;
mod relocate;
mod run;
mod score;
pub mod sections;
mod suppress;
pub mod testing;

pub use measure::{Measure, Unmeasured};
pub use nearly::Nearly;
pub use plan::{Ignored, PageSettings, Plan, Planned, Settings, parts_of};
pub use relocate::{Origins, relocate};
pub use run::{Looked, audit, audit_measured, judge_looked, look};
