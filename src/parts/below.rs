//! What a selector asks of the elements below or beside its subject: the witnesses without which a
//! `:has()` cannot hold. They wait in the index like selectors, so that no subtree is looked
//! through where none of them stands.

use crate::page::dom::{Dom, El};
use crate::parts::selector_keys::{Key, rarest};
use cssparser::ToCss;
use foldhash::HashMap;
use scraper::ElementRef;
use scraper::selector::Simple;
use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode, SelectorCaches,
};
use selectors::matching::matches_selector_list;
use selectors::parser::{Component, RelativeSelectorMatchHint, Selector, SelectorList};

/// Where a witness must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    /// In the element.
    Element,
    /// In what follows it in its parent.
    Siblings,
}

/// One of these must stand there; the number is of [`Witnesses::keys`].
type AnyOf = Vec<(u32, Within)>;

/// The witnesses of all selectors that look below, by number of entry of the index.
#[derive(Debug, Default)]
pub(super) struct Witnesses {
    numbers: HashMap<Key, u32>,
    wants: HashMap<u32, Vec<AnyOf>>,
}

/// Those of one page, by number, each in document order.
pub(super) struct Seen(Vec<Vec<El>>);

impl Witnesses {
    /// Takes the witnesses of an entry's selector; those that are new are told, with their number.
    pub(super) fn add(&mut self, entry: u32, selector: &Selector<Simple>, mut new: impl FnMut(Key, u32)) {
        let mut wants = Vec::new();
        for component in selector.iter() {
            let Component::Has(list) = component else { continue };
            let any: Vec<(Key, Within)> = list
                .iter()
                .flat_map(|r| rarest(&r.selector).into_iter().map(move |k| (k, within(r.match_hint))))
                .collect();
            if any.iter().any(|(k, _)| matches!(k, Key::Universal)) {
                continue;
            }
            let mut number = |key: Key| {
                let next = self.numbers.len() as u32;
                *self.numbers.entry(key.clone()).or_insert_with(|| {
                    new(key, next);
                    next
                })
            };
            wants.push(any.into_iter().map(|(key, within)| (number(key), within)).collect());
        }
        if !wants.is_empty() {
            self.wants.insert(entry, wants);
        }
    }

    /// A page's, none of them seen yet.
    pub(super) fn seen(&self) -> Seen {
        Seen(vec![Vec::new(); self.numbers.len()])
    }

    /// Whether an entry's selector may hold on an element, by the witnesses of the whole page.
    pub(super) fn may_hold(&self, dom: &Dom, seen: &Seen, entry: u32, el: El) -> bool {
        let stands = |(number, within): &(u32, Within)| {
            let (from, to) = match within {
                Within::Element => (El(el.0 + 1), dom.end(el)),
                Within::Siblings => (dom.end(el), dom.parent(el).map_or(El(u32::MAX), |p| dom.end(p))),
            };
            seen.between(*number, from, to)
        };
        self.wants.get(&entry).is_none_or(|wants| wants.iter().all(|any| any.iter().any(stands)))
    }
}

impl Seen {
    /// Notes a witness; elements come in document order.
    pub(super) fn add(&mut self, number: u32, el: El) {
        if let Some(list) = self.0.get_mut(number as usize) {
            list.push(el);
        }
    }

    fn between(&self, number: u32, from: El, to: El) -> bool {
        let list = self.0.get(number as usize).map_or(&[][..], Vec::as_slice);
        let at = list.partition_point(|el| *el < from);
        list.get(at).is_some_and(|el| *el < to)
    }
}

fn within(hint: RelativeSelectorMatchHint) -> Within {
    match hint {
        RelativeSelectorMatchHint::InSubtree | RelativeSelectorMatchHint::InChild => Within::Element,
        RelativeSelectorMatchHint::InNextSibling
        | RelativeSelectorMatchHint::InNextSiblingSubtree
        | RelativeSelectorMatchHint::InSibling
        | RelativeSelectorMatchHint::InSiblingSubtree => Within::Siblings,
    }
}

/// Whether a selector looks into what lies below an element, which costs most.
pub fn looks_below(css: &str) -> bool {
    css.contains(":has(")
}

/// The alternatives of a selector that look below; `None` where none does.
pub(super) fn below_only(css: &str, list: &SelectorList<Simple>) -> Option<SelectorList<Simple>> {
    if !looks_below(css) {
        return None;
    }
    let below = list.slice().iter().filter(|s| looks_below(&s.to_css_string()));
    let below: Vec<Selector<Simple>> = below.cloned().collect();
    (!below.is_empty()).then(|| SelectorList::from_iter(below.into_iter()))
}

/// Whether a selector holds on one element.
pub fn holds(list: &SelectorList<Simple>, element: &ElementRef<'_>) -> bool {
    let mut caches = SelectorCaches::default();
    let mut context = MatchingContext::new(
        MatchingMode::Normal,
        None,
        &mut caches,
        QuirksMode::NoQuirks,
        NeedsSelectorFlags::No,
        MatchingForInvalidation::No,
    );
    matches_selector_list(list, element, &mut context)
}
