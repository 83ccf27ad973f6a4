//! Rules: expectations over the parts of a page, each with a verdict of four.

pub mod compare;
pub mod context;
pub mod cover;
pub mod dead_links;
pub mod each;
pub mod filters;
pub mod find;
pub mod hooks;
pub mod hues;
pub mod judge;
pub mod landmark;
pub mod lengths;
pub mod members;
pub mod message;
pub mod order;
pub mod outcome;
pub mod places;
pub mod properties;
mod sets;
pub mod slots;
pub mod tested;
pub mod within;
pub mod wording;
