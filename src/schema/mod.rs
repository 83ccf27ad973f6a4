//! JSON Schemas of the TOML files that people write: editors complete names and mark slips.
//!
//! Draft 7, in the part of it that TOML editors know. A test holds that every key that is read
//! is described, and that the built-in packs are valid.

mod config;
mod expect;
mod json;
mod part;
mod rule;
mod words;

pub use json::Names;

use crate::pack::model::Pack;
use serde_json::Value;

/// The files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `<area>/<rule>.toml`.
    Rule,
    /// `parts/*.toml`.
    Part,
    /// `words/*.toml`.
    Words,
    /// `storelint.toml`.
    Config,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 4] = [Kind::Rule, Kind::Part, Kind::Words, Kind::Config];

    /// As the file in `schema/` is called.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Rule => "rule",
            Kind::Part => "part",
            Kind::Words => "words",
            Kind::Config => "config",
        }
    }

    /// The schema. With the names of packs, a name that none of them has is marked too.
    pub fn schema(self, names: &Names) -> Value {
        let mut schema = match self {
            Kind::Rule => rule::schema(names),
            Kind::Part => part::schema(names),
            Kind::Words => words::schema(),
            Kind::Config => config::schema(names),
        };
        if let Some(object) = schema.as_object_mut() {
            object.insert("$schema".into(), "http://json-schema.org/draft-07/schema#".into());
            object.insert("title".into(), format!("storelint {}", self.name()).into());
        }
        schema
    }

    /// The schema as a file.
    pub fn text(self, names: &Names) -> String {
        format!("{:#}\n", self.schema(names))
    }
}

/// The names that a pack has.
pub fn names_of(pack: &Pack) -> Names {
    Names {
        parts: pack.parts.keys().cloned().collect(),
        lists: pack.words.keys().cloned().collect(),
        rules: pack
            .rules
            .iter()
            .map(|(id, rule)| (id.clone(), rule.options.keys().cloned().collect()))
            .collect(),
        platforms: pack.platforms.keys().cloned().collect(),
    }
}
