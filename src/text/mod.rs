//! Text: folding, names cut into words, patterns and selectors, lengths, names that were meant.

pub mod css;
pub mod dates;
pub mod entities;
pub mod fold;
pub mod lengths;
mod literals;
pub mod nearest;
pub mod pattern;
pub mod subwords;
