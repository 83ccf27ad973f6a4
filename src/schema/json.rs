//! Pieces that schemas are made of.

use crate::pack::model::{Builtin, Region};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Names of packs; empty where a schema is to fit any pack.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Parts.
    pub parts: Vec<String>,
    /// Word lists.
    pub lists: Vec<String>,
    /// Rules, with the names of their options.
    pub rules: BTreeMap<String, Vec<String>>,
    /// Platforms.
    pub platforms: Vec<String>,
}

impl Names {
    /// The name of a part.
    pub fn part(&self) -> Value {
        self.part_or(&[])
    }

    /// The name of a part or region.
    pub fn place(&self) -> Value {
        self.part_or(&Region::ALL.map(Region::name))
    }

    fn part_or(&self, more: &[&str]) -> Value {
        let builtin = Builtin::ALL.iter().map(|b| b.name());
        let all = self.parts.iter().map(String::as_str).chain(builtin).chain(more.iter().copied());
        known(&self.parts, all)
    }

    /// The name of a word list.
    pub fn list(&self) -> Value {
        known(&self.lists, self.lists.iter().map(String::as_str))
    }

    /// The id of a rule.
    pub fn rule(&self) -> Value {
        let ids: Vec<String> = self.rules.keys().cloned().collect();
        known(&ids, ids.iter().map(String::as_str))
    }

    /// The name of a platform.
    pub fn platform(&self) -> Value {
        known(&self.platforms, self.platforms.iter().map(String::as_str))
    }
}

/// One of the names, or any text where no names are given.
fn known<'n>(given: &[String], all: impl Iterator<Item = &'n str>) -> Value {
    if given.is_empty() { text() } else { one_of(all) }
}

/// A text.
pub fn text() -> Value {
    json!({ "type": "string" })
}

/// true or false.
pub fn boolean() -> Value {
    json!({ "type": "boolean" })
}

/// A whole number from 0.
pub fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

/// A number from 0.
pub fn number() -> Value {
    json!({ "type": "number", "minimum": 0 })
}

/// One of some texts.
pub fn one_of<'n>(all: impl IntoIterator<Item = &'n str>) -> Value {
    let all: Vec<&str> = all.into_iter().collect();
    json!({ "enum": all })
}

/// One of these, or a list of them.
pub fn some(item: Value) -> Value {
    json!({ "anyOf": [item, { "type": "array", "items": item, "minItems": 1 }] })
}

/// A value, or `"$option"`.
pub fn or_option(value: Value) -> Value {
    json!({ "anyOf": [value, { "type": "string", "pattern": "^\\$[a-z]" }] })
}

/// A value of an option.
pub fn value() -> Value {
    json!({ "type": ["string", "number", "boolean", "array"] })
}

/// A table with these keys and no others, each with what an editor says of it.
pub fn table(keys: Vec<(&str, &str, Value)>) -> Value {
    table_with(keys, Map::new())
}

/// The same with keys by pattern.
pub fn table_with(keys: Vec<(&str, &str, Value)>, patterns: Map<String, Value>) -> Value {
    let mut properties = Map::new();
    for (key, about, mut schema) in keys {
        if let Some(object) = schema.as_object_mut()
            && !about.is_empty()
        {
            object.insert("description".into(), about.into());
        }
        properties.insert(key.to_string(), schema);
    }
    let mut schema = json!({ "type": "object", "additionalProperties": false });
    if let Some(object) = schema.as_object_mut() {
        object.insert("properties".into(), Value::Object(properties));
        if !patterns.is_empty() {
            object.insert("patternProperties".into(), Value::Object(patterns));
        }
    }
    schema
}

/// A table whose keys are names that the author chooses.
pub fn named(value: Value) -> Value {
    json!({ "type": "object", "additionalProperties": value })
}

/// A table whose keys are some of these.
pub fn keyed<'k>(keys: impl IntoIterator<Item = &'k str>, value: &Value) -> Value {
    table(keys.into_iter().map(|k| (k, "", value.clone())).collect())
}

/// A schema whose tables must have these keys.
pub fn requiring(mut schema: Value, keys: &[&str]) -> Value {
    if let Some(object) = schema.as_object_mut() {
        object.insert("required".into(), json!(keys));
    }
    schema
}
