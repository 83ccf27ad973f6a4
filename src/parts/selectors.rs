//! Selectors of a plan, sorted by how they are asked: over the page, or of what other tests found.

use crate::parts::below::below_only;
use crate::parts::select::SelectorIndex;
use crate::parts::selector_keys::tags;
use crate::text::css::{CssError, parse_selector};
use html5ever::LocalName;
use rayon::prelude::*;
use scraper::selector::Simple;
use selectors::parser::SelectorList;
use std::collections::BTreeSet;

/// The selectors of a plan, ready to be asked.
pub(super) struct Selectors {
    /// Over those that find elements.
    pub(super) index: SelectorIndex,
    /// How each is asked, by its number.
    pub(super) asked: Vec<Asked>,
}

/// How a selector is asked.
#[derive(Debug)]
pub enum Asked {
    /// The index finds its elements.
    Found,
    /// The same, but for the alternatives in this list, which look into the elements below: of these
    /// the index gives candidates, and what else the way asks is asked first.
    Below(SelectorList<Simple>),
    /// It asks for a tag alone.
    Tags {
        /// The tags.
        tags: Vec<LocalName>,
        /// Whether it finds elements; else it chooses among those that another test finds.
        finds: bool,
    },
    /// It only chooses among elements that another test finds, and is asked of these alone.
    Chooses(SelectorList<Simple>),
}

impl Asked {
    /// Whether it finds elements.
    pub fn finds(&self) -> bool {
        !matches!(self, Asked::Chooses(_) | Asked::Tags { finds: false, .. })
    }

    /// Whether elements that it finds are candidates only.
    pub fn looks_below(&self) -> bool {
        matches!(self, Asked::Below(_))
    }
}

impl Selectors {
    /// Parses each once. Those that are no `finders` only choose among elements that others find.
    ///
    /// # Errors
    /// Every selector that does not parse, and why, in one text.
    pub(super) fn compile(texts: &[String], finders: &BTreeSet<usize>) -> Result<Selectors, String> {
        let parsed: Vec<Result<SelectorList<Simple>, CssError>> =
            texts.par_iter().map(|css| parse_selector(css)).collect();
        let mut index = SelectorIndex::default();
        let mut asked = Vec::with_capacity(texts.len());
        let mut errors: Vec<String> = Vec::new();
        for (number, (css, list)) in texts.iter().zip(parsed).enumerate() {
            let list = match list {
                Ok(list) => list,
                Err(e) => {
                    errors.push(format!("{css}: {}", e.message));
                    continue;
                }
            };
            let finds = finders.contains(&number);
            asked.push(match tags(&list) {
                Some(tags) => Asked::Tags { tags, finds },
                None if finds => {
                    index.add_list(number, css, &list);
                    below_only(css, &list).map_or(Asked::Found, Asked::Below)
                }
                None => Asked::Chooses(list),
            });
        }
        if errors.is_empty() { Ok(Selectors { index, asked }) } else { Err(errors.join("; ")) }
    }
}
