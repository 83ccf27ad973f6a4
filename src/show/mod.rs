//! How page text, paths and source lines reach people: cleaned, cut, with a window
//! around the place. Used by everything that prints.

mod clean;
mod snippet;
mod window;

pub use clean::{Shown, cut, shown};
pub use snippet::{Label, Snippet, render};
pub use window::{Line, window};
