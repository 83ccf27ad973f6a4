//! Selectors of a plan, sorted by how they are asked: over the page, or of what other tests found.

use crate::parts::below::below_only;
use crate::parts::select::SelectorIndex;
use crate::parts::selector_keys::tags;
use crate::text::css::{CssError, parse_selector};
use foldhash::HashMap;
use html5ever::LocalName;
use rayon::prelude::*;
use scraper::selector::Simple;
use selectors::parser::SelectorList;
use std::collections::BTreeSet;

/// What a plan needs of its selectors; see the fields of the same names there.
pub(super) struct Selectors {
    pub(super) index: SelectorIndex,
    pub(super) tags: HashMap<usize, Tags>,
    pub(super) choosers: HashMap<usize, SelectorList<Simple>>,
    pub(super) costly: HashMap<usize, SelectorList<Simple>>,
}

/// A selector that asks for no more than one of some tags.
#[derive(Debug)]
pub struct Tags {
    /// Its number among such selectors.
    pub number: usize,
    /// The tags.
    pub tags: Vec<LocalName>,
    /// Whether it finds elements; else it chooses among those that another test finds.
    pub finds: bool,
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
        let (mut choosers, mut costly) = (HashMap::default(), HashMap::default());
        let mut of_tags: HashMap<usize, Tags> = HashMap::default();
        let mut errors: Vec<String> = Vec::new();
        for (number, (css, list)) in texts.iter().zip(parsed).enumerate() {
            match list {
                Err(e) => errors.push(format!("{css}: {}", e.message)),
                Ok(list) if let Some(tags) = tags(&list) => {
                    let tags = Tags { number: of_tags.len(), tags, finds: finders.contains(&number) };
                    of_tags.insert(number, tags);
                }
                Ok(list) if finders.contains(&number) => {
                    index.add_list(number, css, &list);
                    costly.extend(below_only(css, &list).map(|below| (number, below)));
                }
                Ok(list) => drop(choosers.insert(number, list)),
            }
        }
        if errors.is_empty() {
            Ok(Selectors { index, tags: of_tags, choosers, costly })
        } else {
            Err(errors.join("; "))
        }
    }
}
