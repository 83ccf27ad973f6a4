//! A page as a browser shows it: Chromium, started for the run, asked over a pipe.
//!
//! ```text
//! find       the program
//! process    started with an empty profile, gone at the end
//! wire       messages over two pipes
//! guard      the only way to the web
//! tab        one page's tab; traffic: what its page asks for and gets
//! load       loaded, come to rest        -> snapshot
//! boxes      snapshot                    -> what is seen of each node
//! write      snapshot                    -> HTML text, read by our parser
//! align      nodes of the browser        -> elements of ours
//! origins    rendered elements           -> those of the source
//! ```

mod align;
mod boxes;
mod browser;
mod error;
mod find;
mod folder;
mod geometry;
mod guard;
mod load;
mod origins;
#[cfg_attr(not(unix), path = "process_other.rs")]
mod process;
mod request;
mod snapshot;
mod styles;
mod tab;
mod traffic;
mod wire;
mod write;

pub use browser::{Browser, Options};
pub use error::NoRender;
pub use find::{NAMES, find};
pub use folder::Folder;
pub use origins::place;
pub use request::{Home, Limits, Rendered, Request, Scripts, Served, Supply};
