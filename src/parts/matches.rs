//! Where the selectors of a plan hold on one page.

use crate::page::dom::{Dom, El};
use crate::parts::below;
use crate::parts::grouped::Grouped;
use crate::parts::plan::PartsPlan;
use crate::parts::selectors::Asked;
use foldhash::HashMap;
use html5ever::LocalName;
use selectors::context::SelectorCaches;
use std::cell::{OnceCell, RefCell};
use std::time::Instant;

/// Matches that are kept together until they are sorted: a growing list would be copied, and stand
/// in memory twice.
const CHUNK: usize = 4096;

/// Matches of the selectors of a plan, by their number there.
pub struct Matches<'p> {
    dom: &'p Dom,
    plan: &'p PartsPlan,
    /// Elements of every selector, in document order; of one that looks below them, those that
    /// its other alternatives find.
    found: Grouped<El>,
    /// The same elements and those that may match, of selectors that look below and may match any.
    candidates: HashMap<usize, Vec<El>>,
    /// Elements by tag, made when the first is asked for.
    by_tag: OnceCell<HashMap<LocalName, Vec<El>>>,
    /// Elements of selectors that ask for a tag alone, as they are asked for.
    tagged: Vec<OnceCell<Vec<El>>>,
    /// What selectors that look below found so far.
    caches: RefCell<SelectorCaches>,
    /// Whether the deadline cut the search short.
    pub cut: bool,
}

impl<'p> Matches<'p> {
    /// Matches the selectors that find elements, over the whole page.
    pub fn new(dom: &'p Dom, plan: &'p PartsPlan, deadline: Instant) -> Matches<'p> {
        let mut found = Found::default();
        let below = plan.selector_index.match_all(dom, deadline, |number, el| found.push(number, el));
        let cut = below.is_none();
        let found = found.grouped(plan.selectors.len());
        let candidates = with_candidates(&found, below.unwrap_or_default());
        let tagged = vec![OnceCell::new(); plan.selectors.len()];
        let by_tag = OnceCell::new();
        Matches { dom, plan, found, candidates, by_tag, tagged, caches: RefCell::default(), cut }
    }

    /// Whether a selector holds on an element.
    pub fn holds(&self, number: usize, el: El) -> bool {
        let found = || self.found.of(number).binary_search(&el).is_ok();
        let holds = |list| {
            let caches = &mut *self.caches.borrow_mut();
            self.dom.element_ref(el).is_some_and(|element| below::holds(list, &element, caches))
        };
        match self.plan.asked.get(number) {
            Some(Asked::Tags { tags, .. }) => self.dom.local_name(el).is_some_and(|name| tags.contains(name)),
            Some(Asked::Chooses(list)) => holds(list),
            Some(Asked::Below(list)) => {
                let candidates = self.candidates.get(&number);
                found() || candidates.is_some_and(|all| all.binary_search(&el).is_ok()) && holds(list)
            }
            Some(Asked::Found) => found(),
            None => false,
        }
    }

    /// The elements on which a selector holds, in document order; of one that looks below them,
    /// those on which it may.
    pub fn candidates(&self, number: usize) -> &[El] {
        match self.plan.asked.get(number) {
            Some(Asked::Tags { tags, .. }) => {
                self.tagged.get(number).map_or(&[], |known| known.get_or_init(|| self.of_tags(tags)))
            }
            Some(Asked::Below(_)) => {
                self.candidates.get(&number).map_or_else(|| self.found.of(number), Vec::as_slice)
            }
            _ => self.found.of(number),
        }
    }

    /// How many they are.
    pub fn count(&self, number: usize) -> usize {
        match self.plan.asked.get(number) {
            Some(Asked::Tags { tags, .. }) => {
                tags.iter().filter_map(|tag| self.by_tag().get(tag)).map(Vec::len).sum()
            }
            _ => self.candidates(number).len(),
        }
    }

    fn by_tag(&self) -> &HashMap<LocalName, Vec<El>> {
        self.by_tag.get_or_init(|| {
            let mut all: HashMap<LocalName, Vec<El>> = HashMap::default();
            for el in self.dom.iter() {
                if let Some(tag) = self.dom.local_name(el) {
                    all.entry(tag.clone()).or_default().push(el);
                }
            }
            all
        })
    }

    fn of_tags(&self, tags: &[LocalName]) -> Vec<El> {
        let mut found: Vec<El> =
            tags.iter().filter_map(|tag| self.by_tag().get(tag)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Forgets what selectors that look below found: the ways of one part ask for the same again, other
    /// parts hardly do, and each element that was asked keeps a filter of 4 KB.
    pub fn forget(&self) {
        self.caches.take();
    }
}

/// Matches as they are found: number of the selector and element.
#[derive(Default)]
struct Found {
    chunks: Vec<Vec<(u32, El)>>,
}

impl Found {
    fn push(&mut self, number: u32, el: El) {
        match self.chunks.last_mut() {
            // alternatives of a selector find an element one after the other
            Some(chunk) if chunk.last() == Some(&(number, el)) => {}
            Some(chunk) if chunk.len() < CHUNK => chunk.push((number, el)),
            _ => {
                let mut chunk = Vec::with_capacity(CHUNK);
                chunk.push((number, el));
                self.chunks.push(chunk);
            }
        }
    }

    fn grouped(self, selectors: usize) -> Grouped<El> {
        Grouped::new(selectors, self.chunks.iter().flatten().copied())
    }
}

/// Of selectors with candidates below, all elements that were found and the candidates, in
/// document order.
fn with_candidates(found: &Grouped<El>, below: Vec<(u32, El)>) -> HashMap<usize, Vec<El>> {
    let mut all: HashMap<usize, Vec<El>> = HashMap::default();
    for (number, el) in below {
        let number = number as usize;
        all.entry(number).or_insert_with(|| found.of(number).to_vec()).push(el);
    }
    for list in all.values_mut() {
        list.sort_unstable();
        list.dedup();
        list.shrink_to_fit();
    }
    all
}
