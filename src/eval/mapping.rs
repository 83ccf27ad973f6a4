//! What the labels of a corpus mean in our parts and categories: data (`mapping.toml`).

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

const TABLE: &str = include_str!("mapping.toml");

/// What a label asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Whether there is one.
    Flag,
    /// Whether there is one on the first screen.
    Screen,
    /// How many there are.
    Count,
}

/// The parts that answer a label.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answering {
    /// Any of these.
    pub parts: Vec<String>,
    #[serde(default)]
    screen: bool,
    #[serde(default)]
    count: bool,
    /// Only what lies in this region.
    pub region: Option<String>,
}

impl Answering {
    /// What the label asks.
    pub const fn form(&self) -> Form {
        if self.count {
            Form::Count
        } else if self.screen {
            Form::Screen
        } else {
            Form::Flag
        }
    }
}

/// The whole table.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Parts by label.
    #[serde(rename = "label")]
    pub labels: BTreeMap<String, Answering>,
    /// Parts by word of a section order.
    #[serde(rename = "section")]
    pub sections: BTreeMap<String, Vec<String>>,
    /// A manifest's page kind by one of ours that it takes in.
    #[serde(rename = "kind")]
    pub kinds: BTreeMap<String, String>,
    /// Our category by word of a manifest.
    #[serde(rename = "category")]
    pub categories: BTreeMap<String, String>,
}

impl Mapping {
    /// The table that is built in.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn builtin() -> Result<Mapping, String> {
        toml::from_str(TABLE).map_err(|e| format!("mapping.toml: {}", e.message()))
    }

    /// Takes out parts that a pack lacks, and labels that no part is left for; says which.
    pub fn fit(&mut self, known: &BTreeSet<&str>) -> Vec<String> {
        let mut notes = Vec::new();
        for (label, answering) in &mut self.labels {
            let lacking: Vec<String> =
                answering.parts.iter().filter(|p| !known.contains(p.as_str())).cloned().collect();
            answering.parts.retain(|p| known.contains(p.as_str()));
            if !lacking.is_empty() {
                let left =
                    if answering.parts.is_empty() { "the label is left out" } else { "the part is left out" };
                notes.push(format!("{label}: the pack has no part {}: {left}", lacking.join(", ")));
            }
        }
        self.labels.retain(|_, answering| !answering.parts.is_empty());
        for parts in self.sections.values_mut() {
            parts.retain(|p| known.contains(p.as_str()));
        }
        self.sections.retain(|_, parts| !parts.is_empty());
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eval_mapping_names_what_there_is() {
        let mut mapping = Mapping::builtin().expect("the table");
        let categories = crate::pack::rules::CATEGORIES;
        assert!(mapping.categories.values().all(|c| categories.contains(&c.as_str())));
        assert_eq!(mapping.labels["first_screen_has_price"].form(), Form::Screen);
        let notes = mapping.fit(&BTreeSet::from(["price", "brand-intro"]));
        assert!(
            notes.contains(&"has_brand: the pack has no part brand-name: the part is left out".to_string())
        );
        assert_eq!(mapping.labels.len(), 3, "{:?}", mapping.labels);
        assert_eq!(mapping.sections.keys().collect::<Vec<_>>(), ["brand", "brand_story", "price"]);
    }
}
