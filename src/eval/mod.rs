//! How far storelint can be trusted: its answers beside those of people, or of a better engine.

#[cfg(all(feature = "chromium", feature = "layout"))]
pub mod bench;
pub mod bounds;
pub mod compare;
pub mod corpus;
pub mod details;
pub mod layout;
pub mod mapping;
pub mod order;
pub mod price;
pub mod sample;
pub mod tally;
pub mod totals;
