//! What a selector asks of the elements below or beside its subject: the witnesses without which a
//! `:has()` cannot hold. They wait in the index like selectors, so that no subtree is looked
//! through where none of them stands.

use crate::page::dom::{Dom, El};
use crate::parts::selector_keys::{Key, keys, rarest};
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
    /// Right in the element.
    Child,
    /// In what follows it in its parent.
    Siblings,
}

/// What a witness is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Witness {
    /// An element that matches a relative selector, whatever its anchor; the selector as text.
    Match(String),
    /// An element in a bucket, where the subject of the relative selector may be any.
    Key(Key),
}

/// Witnesses of one number that are asked one by one whether they are children.
const CHILDREN: usize = 16;

/// One of these must stand there; the number is of [`Witnesses::numbers`].
type AnyOf = Vec<(u32, Within)>;

/// The witnesses of all selectors that look below, by number of entry of the index.
#[derive(Debug, Default)]
pub(super) struct Witnesses {
    numbers: HashMap<Witness, u32>,
    wants: HashMap<u32, Vec<AnyOf>>,
}

/// Those of one page, by number, each in document order.
pub(super) struct Seen(Vec<Vec<El>>);

impl Witnesses {
    /// Takes the witnesses of an entry's selector; those that are new are told, with the buckets
    /// that they stand in, the selector that they match, and their number.
    pub(super) fn add(
        &mut self,
        entry: u32,
        selector: &Selector<Simple>,
        mut new: impl FnMut(Vec<Key>, Option<&Selector<Simple>>, u32),
    ) {
        let mut wants = Vec::new();
        let universal = |keys: &[Key]| keys.iter().any(|k| matches!(k, Key::Universal));
        'components: for component in selector.iter() {
            let Component::Has(list) = component else { continue };
            let mut any: AnyOf = Vec::new();
            for relative in list.iter() {
                let mut number = |witness: Witness, keys: Vec<Key>, full| {
                    let next = self.numbers.len() as u32;
                    *self.numbers.entry(witness).or_insert_with(|| {
                        new(keys, full, next);
                        next
                    })
                };
                let selector = &relative.selector;
                let (own, rare) = (keys(selector), rarest(selector));
                if !universal(&own) {
                    let witness = Witness::Match(selector.to_css_string());
                    any.push((number(witness, own, Some(selector)), within(relative.match_hint)));
                } else if !universal(&rare) {
                    let beside = within(relative.match_hint) == Within::Siblings;
                    let within = if beside { Within::Siblings } else { Within::Element };
                    any.extend(
                        rare.into_iter().map(|k| (number(Witness::Key(k.clone()), vec![k], None), within)),
                    );
                } else {
                    continue 'components;
                }
            }
            wants.push(any);
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
                Within::Element | Within::Child => (El(el.0 + 1), dom.end(el)),
                Within::Siblings => (dom.end(el), dom.parent(el).map_or(El(u32::MAX), |p| dom.end(p))),
            };
            let there = seen.between(*number, from, to);
            if *within != Within::Child || there.len() > CHILDREN {
                return !there.is_empty();
            }
            there.iter().any(|w| dom.parent(*w) == Some(el))
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

    fn between(&self, number: u32, from: El, to: El) -> &[El] {
        let list = self.0.get(number as usize).map_or(&[][..], Vec::as_slice);
        let list = &list[list.partition_point(|el| *el < from)..];
        &list[..list.partition_point(|el| *el < to)]
    }
}

fn within(hint: RelativeSelectorMatchHint) -> Within {
    match hint {
        RelativeSelectorMatchHint::InChild => Within::Child,
        RelativeSelectorMatchHint::InSubtree => Within::Element,
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

/// Whether a selector holds on one element; `caches` are of its page and of selectors that live
/// as long.
pub fn holds(list: &SelectorList<Simple>, element: &ElementRef<'_>, caches: &mut SelectorCaches) -> bool {
    let mut context = MatchingContext::new(
        MatchingMode::Normal,
        None,
        caches,
        QuirksMode::NoQuirks,
        NeedsSelectorFlags::No,
        MatchingForInvalidation::No,
    );
    matches_selector_list(list, element, &mut context)
}
