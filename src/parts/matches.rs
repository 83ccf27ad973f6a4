//! Where the selectors of a plan hold on one page.

use crate::page::dom::{Dom, El};
use crate::parts::below;
use crate::parts::grouped::Grouped;
use crate::parts::plan::PartsPlan;
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
    /// Elements of selectors that ask for a tag alone, by their number among these; made when the
    /// first is asked for.
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
        let tagged = vec![OnceCell::new(); plan.tags.len()];
        Matches { dom, plan, found, candidates, tagged, caches: RefCell::default(), cut }
    }

    /// Whether a selector holds on an element.
    pub fn holds(&self, number: usize, el: El) -> bool {
        if let Some(tags) = self.plan.tags.get(&number) {
            return self.is_one_of(&tags.tags, el);
        }
        let holds = |list| {
            let caches = &mut *self.caches.borrow_mut();
            self.dom.element_ref(el).is_some_and(|element| below::holds(list, &element, caches))
        };
        if let Some(chooser) = self.plan.choosers.get(&number) {
            return holds(chooser);
        }
        let found = || self.found.of(number).binary_search(&el).is_ok();
        let Some(candidates) = self.candidates.get(&number) else { return found() };
        candidates.binary_search(&el).is_ok() && (found() || self.plan.costly.get(&number).is_some_and(holds))
    }

    /// The elements on which a selector holds, in document order; of one that looks below them,
    /// those on which it may.
    pub fn candidates(&self, number: usize) -> &[El] {
        let Some(tags) = self.plan.tags.get(&number) else {
            return self.candidates.get(&number).map_or_else(|| self.found.of(number), Vec::as_slice);
        };
        let found = || self.dom.iter().filter(|el| self.is_one_of(&tags.tags, *el)).collect();
        self.tagged.get(tags.number).map_or(&[], |known| known.get_or_init(found))
    }

    /// Forgets what selectors that look below found, most of which is asked for once: what follows
    /// the search for parts asks for little.
    pub fn forget(&self) {
        self.caches.take();
    }

    fn is_one_of(&self, tags: &[LocalName], el: El) -> bool {
        self.dom.local_name(el).is_some_and(|name| tags.contains(name))
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
