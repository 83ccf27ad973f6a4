//! Pages and what they need from the web: one GET each, bounded in time, bytes and redirects. The only
//! asynchronous code.

mod address;
mod client;
mod files;
mod refusal;

pub use address::{is_private, private};
pub use client::{Limits, fetch_all};
pub use files::{FileFetcher, Wanted};
