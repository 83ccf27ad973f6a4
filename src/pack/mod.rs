//! Words, parts and rules: TOML in, a checked [`model::Pack`] out, or errors
//! that point at the very word that is wrong.

pub mod model;
pub mod node;
pub mod parts;
pub mod pattern;
pub mod problem;
pub mod words;
pub mod expect;
pub mod rules;
mod check;
pub mod files;
pub mod load;
pub mod message;
pub mod quotes;

pub use check::{names_in, untested};
