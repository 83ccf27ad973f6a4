//! Many selectors, one pass: each selector waits in the bucket of its rightmost id,
//! class, tag or attribute, and a bloom filter of the ancestors turns most away.

use crate::page::dom::{Dom, El};
use crate::parts::below::{Witnesses, looks_below};
use crate::parts::buckets::{AttrBucket, Buckets};
use crate::parts::selector_keys::{Key, exact, gate, keys, subject_tag};
use cssparser::ToCss;
use foldhash::HashMap;
use html5ever::{LocalName, local_name};
use precomputed_hash::PrecomputedHash;
use scraper::selector::Simple;
use selectors::bloom::{BLOOM_HASH_MASK, BloomFilter};
use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode, SelectorCaches,
};
use selectors::matching::{matches_selector, selector_may_match};
use selectors::parser::{AncestorHashes, Selector, SelectorList};
use std::time::Instant;

/// What waits in a bucket.
#[derive(Debug)]
enum Waiting {
    /// A selector, to be matched on the element.
    Selector(Entry),
    /// The element is a witness of that number, where it matches the selector.
    Witness(u32, Option<Box<(Selector<Simple>, AncestorHashes)>>),
}

#[derive(Debug)]
struct Entry {
    id: u32,
    selector: Selector<Simple>,
    hashes: AncestorHashes,
    /// The tag that the subject must have, for entries behind a gate.
    tag: Option<LocalName>,
    /// Whether it looks below: here only the ancestors and the witnesses are looked at.
    costly: bool,
    /// Whether every candidate matches.
    exact: bool,
}

/// The buckets.
#[derive(Debug, Default)]
pub struct SelectorIndex {
    entries: Vec<Waiting>,
    witnesses: Witnesses,
    /// By what the subject must be.
    here: Buckets,
    /// Entries whose subject is no more than a tag or an attribute, by what an ancestor must be:
    /// they are asked only below such an ancestor.
    below: Buckets,
}

impl SelectorIndex {
    /// Takes a selector by its number; of what looks below candidates will be told.
    pub fn add_list(&mut self, id: usize, css: &str, list: &SelectorList<Simple>) {
        let below = looks_below(css);
        list.slice().iter().for_each(|s| self.add(id, s, below && looks_below(&s.to_css_string())));
    }

    fn add(&mut self, id: usize, selector: &Selector<Simple>, costly: bool) {
        let entry = self.entries.len() as u32;
        self.entries.push(Waiting::Selector(Entry {
            id: id as u32,
            selector: selector.clone(),
            hashes: AncestorHashes::new(selector, QuirksMode::NoQuirks),
            tag: subject_tag(selector),
            costly,
            exact: exact(selector),
        }));
        if costly {
            let (entries, here) = (&mut self.entries, &mut self.here);
            self.witnesses.add(entry, selector, |keys, full, number| {
                let full = full
                    .filter(|s| !exact(s))
                    .map(|s| Box::new((s.clone(), AncestorHashes::new(s, QuirksMode::NoQuirks))));
                entries.push(Waiting::Witness(number, full));
                let entry = entries.len() as u32 - 1;
                keys.into_iter().for_each(|key| here.add(key, entry));
            });
        }
        let keys = keys(selector);
        let weak = |k: &Key| !matches!(k, Key::Id(_) | Key::Class(_));
        let gates = if keys.iter().all(weak) { gate(selector) } else { Vec::new() };
        if gates.is_empty() {
            keys.into_iter().for_each(|key| self.here.add(key, entry));
        } else {
            gates.into_iter().for_each(|key| self.below.add(key, entry));
        }
    }

    /// Whether no selector is in the index.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn classes(&self, value: &str) -> Classes {
        let mut known = Classes::default();
        for class in value.split_ascii_whitespace() {
            let name = LocalName::from(class);
            known.hashes.push(name.precomputed_hash() & BLOOM_HASH_MASK);
            known.entries.extend(self.here.by_class.get(&name).into_iter().flatten());
            known.below.extend(self.below.by_class.get(&name).into_iter().flatten());
        }
        if let Some(bucket) = self.here.by_attr.get(&local_name!("class")) {
            known.entries.extend(bucket.may_match(value));
        }
        if let Some(bucket) = self.below.by_attr.get(&local_name!("class")) {
            known.below.extend(bucket.may_match(value));
        }
        known
    }

    /// Calls `each` for every match that needs no look below, elements in document order, selectors
    /// by number of entry. Returns what may match by its ancestors and witnesses, likewise; `None`
    /// where the deadline cut it short.
    pub fn match_all(
        &self,
        dom: &Dom,
        deadline: Instant,
        mut each: impl FnMut(u32, El),
    ) -> Option<Vec<(u32, El)>> {
        if self.is_empty() {
            return Some(Vec::new());
        }
        let mut seen = self.witnesses.seen();
        let mut waiting: Vec<(El, u32, u32)> = Vec::new();
        let mut filter = BloomFilter::new();
        // open elements with the ends of their hashes and of the gates that they opened
        let mut open: Vec<(El, usize, usize)> = Vec::new();
        let mut gated: Vec<u32> = Vec::new();
        // a gate in a gate opens nothing new
        let mut is_open = vec![false; self.entries.len()];
        let mut hashes: Vec<u32> = Vec::new();
        let mut caches = SelectorCaches::default();
        let mut candidates: Vec<u32> = Vec::new();
        let mut opens: Vec<u32> = Vec::new();
        // names and values repeat over a page: each is looked up once
        let mut classes: HashMap<&str, Classes> = HashMap::default();
        let mut values: HashMap<(*const AttrBucket, &str), Vec<u32>> = HashMap::default();
        for (i, el) in dom.iter().enumerate() {
            if i % 256 == 0 && Instant::now() > deadline {
                return None;
            }
            while let Some(&(top, ..)) = open.last()
                && !dom.contains(top, el)
            {
                open.pop();
                let (keep, gates) = open.last().map_or((0, 0), |o| (o.1, o.2));
                gated.drain(gates..).for_each(|entry| is_open[entry as usize] = false);
                hashes.drain(keep..).for_each(|h| filter.remove_hash(h));
            }
            let Some(element) = dom.element_ref(el) else { continue };
            let value = element.value();
            candidates.clear();
            let from = hashes.len();
            hashes.push(value.name.local.precomputed_hash() & BLOOM_HASH_MASK);
            if let Some(id) = value.id() {
                if let Some(bucket) = self.here.by_id.get(id) {
                    candidates.extend(bucket);
                }
                hashes.push(LocalName::from(id).precomputed_hash() & BLOOM_HASH_MASK);
            }
            // as written: scraper would make an atom of each, on every element
            let class = dom
                .attr(el, "class")
                .map(|value| &*classes.entry(value).or_insert_with(|| self.classes(value)));
            if let Some(class) = class {
                candidates.extend(&class.entries);
                hashes.extend(&class.hashes);
            }
            if let Some(bucket) = self.here.by_tag.get(&value.name.local) {
                candidates.extend(bucket);
            }
            opens.clear();
            for (name, text) in value.attrs.iter().filter(|a| a.0.local != local_name!("class")) {
                let mut look = |bucket: Option<&AttrBucket>, found: &mut Vec<u32>| match bucket {
                    Some(bucket) if !bucket.asks() => found.extend(&bucket.any),
                    Some(bucket) => {
                        let key = (std::ptr::from_ref(bucket), &**text);
                        found.extend(values.entry(key).or_insert_with(|| bucket.may_match(text)).iter());
                    }
                    None => {}
                };
                look(self.here.by_attr.get(&name.local), &mut candidates);
                look(self.below.by_attr.get(&name.local), &mut opens);
            }
            candidates.extend(&self.here.universal);
            let fits = |entry: &&u32| match self.entries.get(**entry as usize) {
                Some(Waiting::Selector(e)) => e.tag.as_ref().is_none_or(|tag| *tag == value.name.local),
                _ => false,
            };
            candidates.extend(gated.iter().filter(fits));
            candidates.sort_unstable();
            candidates.dedup();
            for &c in &candidates {
                let mut matches = |selector, hashes: &AncestorHashes| {
                    let mut context = MatchingContext::new(
                        MatchingMode::Normal,
                        Some(&filter),
                        &mut caches,
                        QuirksMode::NoQuirks,
                        NeedsSelectorFlags::No,
                        MatchingForInvalidation::No,
                    );
                    matches_selector(selector, 0, Some(hashes), &element, &mut context)
                };
                let entry = match self.entries.get(c as usize) {
                    Some(Waiting::Selector(entry)) => entry,
                    Some(Waiting::Witness(number, full)) => {
                        if full.as_ref().is_none_or(|f| matches(&f.0, &f.1)) {
                            seen.add(*number, el);
                        }
                        continue;
                    }
                    None => continue,
                };
                if entry.costly {
                    if selector_may_match(&entry.hashes, &filter) {
                        waiting.push((el, c, entry.id));
                    }
                    continue;
                }
                if entry.exact {
                    each(entry.id, el);
                    continue;
                }
                if matches(&entry.selector, &entry.hashes) {
                    each(entry.id, el);
                }
            }
            hashes[from..].iter().for_each(|h| filter.insert_hash(*h));
            let by_id = value.id().and_then(|id| self.below.by_id.get(id));
            let by_class = class.map(|class| &class.below);
            let by_tag = self.below.by_tag.get(&value.name.local);
            let by_name = [by_id, by_class, by_tag].into_iter().flatten().flatten();
            for &entry in by_name.chain(&opens) {
                if !std::mem::replace(&mut is_open[entry as usize], true) {
                    gated.push(entry);
                }
            }
            open.push((el, hashes.len(), gated.len()));
        }
        waiting.retain(|(el, entry, _)| self.witnesses.may_hold(dom, &seen, *entry, *el));
        Some(waiting.into_iter().map(|(el, _, id)| (id, el)).collect())
    }
}

/// What is known of the value of a class attribute.
#[derive(Debug, Default)]
struct Classes {
    /// Of each class.
    hashes: Vec<u32>,
    /// Entries that wait for one of the classes, or for what the value holds.
    entries: Vec<u32>,
    /// Entries that wait below one of the classes.
    below: Vec<u32>,
}

/// The selector as parsed, for messages.
pub fn to_css(list: &SelectorList<Simple>) -> String {
    list.to_css_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;
    use crate::parts::below::{below_only, holds};
    use crate::text::css::parse_selector;
    use std::time::Duration;

    const PAGE: &str = r#"<main id=m class="a b"><div class="c"><p data-x=1>t<b>u</b></p><p class="a">v</p></div>
        <ul><li><a href="/1">1</a></li><li class=last><a>2</a></li></ul></main><template><p class=a></p></template>
        <svg><linearGradient></linearGradient><foreignObject><p><b>w</b></p></foreignObject></svg>"#;
    const SELECTORS: &[&str] = &[
        "p",
        "#m .a",
        "main > div p + p",
        "[data-x]",
        "a[href^='/']",
        ":is(.c, ul) a, b",
        "*",
        "li:last-child a",
        "p:has(b)",
        "p:has(b), a",
        "p:not(:has(b))",
        "div:has(> p + p)",
        "div:has(+ ul), div:has(~ ol), div:has(~ ul > .last)",
        "p:has(+ p)",
        "ul:has(> .last > a, i)",
        "ul:has(:is([href^='/'], i)):has(.last)",
        "ul:has(:is([href^='/'], i)):has(.first)",
        "li:has(:not(b))",
        "div:has(> [data-x] b)",
        "div:has(> [data-x] + [data-y] b)",
        "ul:has(.last a)",
        "main:has(> div + ul > li a)",
        "div:has(+ ul > .last a), div:has(+ ul > .first a)",
        "foreignObject:has(b)",
        ":is(.c, #m, [data-x='1']) > :only-child",
        ":is(.c, ul) > :first-child",
        ":where([class*='A' i], .c) > * > b",
        "div :not(.a)",
        "main.a.b",
        ":where(p, li)",
        "[DATA-X='1']",
        "ul ~ p",
        "#m li",
        ".c b",
        "main.a .c > p",
        ".c ~ ul a",
        ".c + ul > li a",
        "#m > .c p b",
        ".last [href]",
        "[class*='c' i] b",
        "[id] a",
        "[data-x='1'] *",
        "[class~=last] > *",
        "ul *",
        "ul > li > a",
        "p b",
        "[class*=c i] b",
        "[class*=C] b",
        "[data-x] *",
        "[data-x]",
        "main *",
        "svg linearGradient",
        "svg foreignObject p",
        ".last a",
        "#m a",
    ];

    #[test]
    fn finds_what_scraper_finds_in_the_document() {
        let page = Page::from_text("t", PAGE);
        let mut index = SelectorIndex::default();
        let lists: Vec<_> = SELECTORS.iter().map(|css| parse_selector(css).expect("good selector")).collect();
        lists.iter().enumerate().for_each(|(i, list)| index.add_list(i, SELECTORS[i], list));
        let mut found = vec![Vec::new(); SELECTORS.len()];
        let waiting = index.match_all(&page.dom, Instant::now() + Duration::from_secs(5), |i, el| {
            found[i as usize].push(el)
        });
        for (i, el) in waiting.expect("in time") {
            let i = i as usize;
            let below = below_only(SELECTORS[i], &lists[i]).expect("it looks below");
            if page.dom.element_ref(el).is_some_and(|e| holds(&below, &e, &mut SelectorCaches::default())) {
                found[i].push(el);
            }
        }
        for (i, css) in SELECTORS.iter().enumerate() {
            let selector = scraper::Selector::parse(css).expect("good selector");
            let expected: Vec<El> = page
                .dom
                .iter()
                .filter(|el| page.dom.element_ref(*el).is_some_and(|e| selector.matches(&e)))
                .collect();
            found[i].sort_unstable();
            found[i].dedup();
            assert_eq!(found[i], expected, "{css}");
        }
    }

    #[test]
    fn errors_say_where() {
        let at = |css: &str| parse_selector(css).map(|_| ()).map_err(|e| e.offset);
        assert!(at("p >").is_err());
        assert!(at("").is_err());
        assert!(at("div:hover p").is_err());
        assert!(parse_selector(&"a ".repeat(600)).is_err());
        assert!(at("a[href=").is_err());
    }
}
