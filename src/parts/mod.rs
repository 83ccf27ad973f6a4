//! Evidence to parts: one walk over the page, hits of words, and what they add up to.

pub mod category;
pub mod describe;
pub mod extent;
pub mod flow;
pub mod guards;
pub mod hits;
pub mod kind;
pub mod language;
pub mod listed;
pub mod map;
pub mod phrases;
pub mod plan;
pub mod platforms;
pub mod recognise;
pub mod region;
pub mod scene;
pub mod sections;
pub mod select;
pub mod source_span;
pub mod structure;
pub mod tables;
pub mod tags;
mod things;
pub mod tokens;
pub mod values;
pub mod walk;
mod ways;
