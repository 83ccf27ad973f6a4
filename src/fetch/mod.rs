//! Pages from the web: one GET each, bounded in time, bytes and redirects. The only
//! asynchronous code.

mod address;
mod client;
mod refusal;

pub use client::{Limits, fetch_all};
