//! Words, parts and rules: TOML in, a checked [`model::Pack`] out, or errors
//! that point at the very word that is wrong.

pub mod model;
