//! Rules: expectations over the parts of a page, each with a verdict of four.

pub mod compare;
pub mod context;
pub mod each;
pub mod filters;
pub mod find;
pub mod judge;
pub mod landmark;
pub mod message;
pub mod order;
pub mod outcome;
pub mod places;
pub mod properties;
mod slots;
pub mod wording;
