//! storelint reads a store page as a shopper does: what is here, where is it,
//! does it answer the question that I have now?
//!
//! The way of a page, which is also the order of the modules; a stage never
//! imports a later one:
//!
//! ```text
//! source   words on the command line        -> Source
//! fetch    bytes of a URL (the async part)  -> Loaded
//! page     decode, parse, recognise         -> Page
//! parts    one walk: evidence -> parts      -> PartMap
//! rules    expectations over the part map   -> verdicts
//! report   human, json, sarif, ...          -> text, exit code
//! ```
//!
//! Words, parts and rules are data ([`pack`]); [`engine`] joins the stages.

pub mod assets;
pub mod audit;
#[cfg(feature = "chromium")]
pub mod chromium;
pub mod cli;
pub mod config;
pub mod drawing;
pub mod engine;
pub mod eval;
pub mod fetch;
pub mod finding;
pub mod layout;
pub mod limits;
pub mod pack;
pub mod page;
pub mod parts;
pub mod reference;
pub mod report;
pub mod rules;
pub mod schema;
pub mod show;
pub mod source;
pub mod text;
pub mod viewport;
