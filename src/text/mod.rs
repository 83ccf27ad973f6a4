//! Text: folding, names cut into words, patterns and selectors, names that were meant.

pub mod css;
pub mod dates;
pub mod fold;
pub mod nearest;
pub mod pattern;
pub mod subwords;
