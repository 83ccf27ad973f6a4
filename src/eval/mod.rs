//! How far an engine can be trusted: its answers beside those of a better one.

#[cfg(all(feature = "chromium", feature = "layout"))]
pub mod bench;
pub mod layout;
