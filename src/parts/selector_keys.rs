//! Which bucket a selector waits in: what its subject, or an ancestor of it, must be.

use html5ever::LocalName;
use scraper::selector::Simple;
use selectors::attr::{AttrSelectorOperator, ParsedCaseSensitivity};
use selectors::parser::{Combinator, Component, Selector, SelectorList};

/// A bucket that a selector waits in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Id(String),
    Class(LocalName),
    Tag(LocalName),
    /// Name, and what its value must hold.
    Attr(LocalName, Option<String>),
    Universal,
}

/// The tag of a selector's subject, where it names one that has no capitals.
pub(super) fn subject_tag(selector: &Selector<Simple>) -> Option<LocalName> {
    selector.iter().find_map(|component| match component {
        Component::LocalName(name) if name.name == name.lower_name => Some(name.lower_name.0.clone()),
        _ => None,
    })
}

/// The tags of a list of selectors that asks for no more than a tag: `p, li, td`.
pub(super) fn tags(list: &SelectorList<Simple>) -> Option<Vec<LocalName>> {
    let tag = |selector: &Selector<Simple>| match *selector.iter_raw_match_order().as_slice() {
        [Component::LocalName(ref name)] if name.name == name.lower_name => Some(name.lower_name.0.clone()),
        _ => None,
    };
    list.slice().iter().map(tag).collect()
}

/// Whether an element in the bucket is all that the selector asks for: `p`, `[href]`, and below
/// a gate `nav *` or `[class*="menu" i] a`; of a relative one, whatever its anchor: `> img`.
pub(super) fn exact(selector: &Selector<Simple>) -> bool {
    let mut iter = selector.iter();
    let subject: Vec<&Component<Simple>> = iter.by_ref().collect();
    let plain_tag = |c: &Component<Simple>| match c {
        Component::LocalName(name) => name.name == name.lower_name,
        Component::ExplicitUniversalType => true,
        _ => false,
    };
    let plain = |c: &Component<Simple>| match c {
        Component::AttributeInNoNamespaceExists { local_name, local_name_lower } => {
            local_name == local_name_lower
        }
        c => plain_tag(c),
    };
    match iter.next_sequence() {
        None => matches!(subject.as_slice(), [one] if plain(one)),
        Some(_) if matches!(iter.clone().next(), Some(Component::RelativeSelectorAnchor)) => {
            matches!(subject.as_slice(), [one] if plain(one))
        }
        Some(Combinator::Descendant) => {
            let above: Vec<&Component<Simple>> = iter.by_ref().collect();
            let gate = match above.as_slice() {
                [Component::ID(_) | Component::Class(_)] => true,
                [Component::LocalName(name)] => gates(&name.lower_name.0) && name.name == name.lower_name,
                [Component::AttributeInNoNamespaceExists { local_name, local_name_lower }] => {
                    local_name == local_name_lower
                }
                [Component::AttributeInNoNamespace { local_name, operator, case_sensitivity, value }] => {
                    !local_name.0.contains(|c: char| c.is_ascii_uppercase())
                        && *operator == AttrSelectorOperator::Substring
                        && *case_sensitivity == ParsedCaseSensitivity::AsciiCaseInsensitive
                        && !value.0.is_empty()
                }
                _ => false,
            };
            gate && iter.next_sequence().is_none() && matches!(subject.as_slice(), [one] if plain_tag(one))
        }
        Some(_) => false,
    }
}

/// Whether so few elements have the tag that it is worth waiting for one.
fn gates(tag: &str) -> bool {
    !matches!(tag, "html" | "body" | "div" | "main" | "section" | "span")
}

/// Classes, ids, attributes or tags of which some ancestor of the subject must have one; the
/// fewest elements have what comes first. Empty where nothing is known.
pub(super) fn gate(selector: &Selector<Simple>) -> Vec<Key> {
    let mut iter = selector.iter();
    let (mut attr, mut any, mut tag) = (None, None, None);
    loop {
        // over the rest of a compound to the combinator at its left
        iter.by_ref().for_each(drop);
        let Some(combinator) = iter.next_sequence() else {
            return attr.or(any).or(tag).unwrap_or_default();
        };
        if matches!(combinator, Combinator::Child | Combinator::Descendant) {
            for component in iter.clone() {
                match component {
                    Component::ID(id) => return vec![Key::Id(id.0.to_string())],
                    Component::Class(class) => return vec![Key::Class(class.0.clone())],
                    Component::AttributeInNoNamespaceExists { local_name_lower, local_name, .. }
                        if local_name == local_name_lower =>
                    {
                        attr.get_or_insert_with(|| vec![Key::Attr(local_name.0.clone(), None)]);
                    }
                    Component::AttributeInNoNamespace { local_name, value, .. }
                        if !local_name.0.contains(|c: char| c.is_ascii_uppercase()) =>
                    {
                        attr.get_or_insert_with(|| {
                            vec![Key::Attr(local_name.0.clone(), Some(value.0.to_ascii_lowercase()))]
                        });
                    }
                    Component::Is(list) | Component::Where(list) => {
                        let keys: Vec<Key> = list.slice().iter().flat_map(keys).collect();
                        if keys.iter().all(opens) {
                            any.get_or_insert(keys);
                        }
                    }
                    Component::LocalName(name)
                        if gates(&name.lower_name.0) && name.name == name.lower_name =>
                    {
                        tag.get_or_insert_with(|| vec![Key::Tag(name.lower_name.0.clone())]);
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Whether few elements are in a bucket.
fn opens(key: &Key) -> bool {
    match key {
        Key::Id(_) | Key::Class(_) => true,
        Key::Attr(_, value) => value.is_some(),
        Key::Tag(tag) => gates(tag),
        Key::Universal => false,
    }
}

/// Buckets of a selector: of its rightmost compound, under every alternative of
/// `:is()` and `:where()`.
pub(super) fn keys(selector: &Selector<Simple>) -> Vec<Key> {
    keys_of(selector.iter())
}

/// Buckets of which some element has one wherever a relative selector holds: of the compound that
/// the fewest elements meet.
pub(super) fn rarest(relative: &Selector<Simple>) -> Vec<Key> {
    let rank = |keys: &Vec<Key>| match keys.as_slice() {
        all if all.iter().any(|k| matches!(k, Key::Universal)) => 0,
        all if all.iter().any(|k| matches!(k, Key::Attr(_, None) | Key::Tag(_))) => 1,
        _ => 2,
    };
    let mut iter = relative.iter();
    let mut best = keys_of(iter.by_ref());
    // over the combinator to the compound at its left; the first of all is the anchor
    while iter.next_sequence().is_some() {
        let compound: Vec<&Component<Simple>> = iter.by_ref().collect();
        let anchor = compound.iter().any(|c| matches!(c, Component::RelativeSelectorAnchor));
        let keys = keys_of(compound.into_iter());
        if !anchor && rank(&keys) > rank(&best) {
            best = keys;
        }
    }
    best
}

fn keys_of<'s>(compound: impl Iterator<Item = &'s Component<Simple>>) -> Vec<Key> {
    let mut best: Option<(u8, Vec<Key>)> = None;
    let mut offer = |rank: u8, keys: Vec<Key>| {
        if best.as_ref().is_none_or(|b| rank > b.0) {
            best = Some((rank, keys));
        }
    };
    for component in compound {
        match component {
            Component::ID(id) => offer(6, vec![Key::Id(id.0.to_string())]),
            Component::Class(class) => offer(5, vec![Key::Class(class.0.clone())]),
            Component::LocalName(name) => {
                let generic = matches!(&*name.lower_name.0, "div" | "span" | "a" | "li" | "p" | "td");
                // foreign elements keep their capitals
                let mut names = vec![Key::Tag(name.lower_name.0.clone())];
                if name.name != name.lower_name {
                    names.push(Key::Tag(name.name.0.clone()));
                }
                offer(if generic { 2 } else { 4 }, names);
            }
            Component::AttributeInNoNamespaceExists { local_name_lower, local_name, .. } => {
                offer(3, attr_keys(&local_name_lower.0, &local_name.0, None));
            }
            Component::AttributeInNoNamespace { local_name, value, .. } => {
                let lower = LocalName::from(local_name.0.to_ascii_lowercase());
                offer(3, attr_keys(&lower, &local_name.0, Some(value.0.to_ascii_lowercase())));
            }
            Component::Is(list) | Component::Where(list) => {
                let all: Vec<Key> = list.slice().iter().flat_map(keys).collect();
                if !all.iter().any(|k| matches!(k, Key::Universal)) {
                    let asks = |k: &Key| matches!(k, Key::Id(_) | Key::Class(_) | Key::Attr(_, Some(_)));
                    offer(if all.iter().all(asks) { 3 } else { 1 }, all);
                }
            }
            _ => {}
        }
    }
    best.map_or_else(|| vec![Key::Universal], |b| b.1)
}

fn attr_keys(lower: &LocalName, written: &LocalName, value: Option<String>) -> Vec<Key> {
    let mut keys = vec![Key::Attr(lower.clone(), value.clone())];
    if lower != written {
        keys.push(Key::Attr(written.clone(), value));
    }
    keys
}
