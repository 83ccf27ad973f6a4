//! Words, parts and rules: TOML in, a checked [`model::Pack`] out, or errors
//! that point at the very word that is wrong.

pub mod arguments;
mod categories;
mod check;
mod comparison;
pub mod expect;
pub mod files;
mod kinds;
mod layer;
pub mod load;
pub mod message;
pub mod model;
pub mod node;
pub mod options;
pub mod parts;
pub mod pattern;
pub mod problem;
pub mod quotes;
pub mod rule_tests;
pub mod rules;
pub mod tree;
mod unclosed;
pub mod words;

pub use check::{names_in, unknown_platform, untested};
