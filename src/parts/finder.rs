//! Words to hits: phrases and expressions are looked for in the page's text, tokens in its names.

use crate::finding::Span;
use crate::pack::model::{Field, PhraseMode};
use crate::page::dom::{Dom, El};
use crate::parts::grouped::Grouped;
use crate::parts::hits::{At, Hit, Hits, What};
use crate::parts::phrases::{ListId, Seen, is_label, sits};
use crate::parts::plan::PartsPlan;
use crate::parts::structure::Structure;
use crate::parts::walk::{RowSource, Walk};
use crate::text::fold::chars;
use foldhash::{HashMap, HashSet};

/// Finds all hits: O(text + names + hits). `platform` is the page's, by number.
pub fn find(dom: &Dom, walk: &Walk, structure: &Structure, plan: &PartsPlan, platform: Option<u16>) -> Hits {
    let mut finder = Finder {
        dom,
        walk,
        structure,
        plan,
        hits: Vec::new(),
        covered: HashMap::default(),
        barred: HashSet::default(),
    };
    let fits = |p: Option<u16>| p.is_none() || p == platform;
    let mut wanted: Vec<(ListId, What, PhraseMode, Seen)> = Vec::new();
    let phrase = |seen: Seen| {
        for u in plan.phrases.uses(seen.text) {
            if !fits(u.platform) {
                continue;
            }
            if u.not {
                finder.cancel(u.list, seen.span);
            } else if !plan.slots_of.get(u.list as usize).is_none_or(Vec::is_empty) {
                wanted.push((u.list, What::Phrase(u.phrase), u.mode, seen));
            }
        }
    };
    let patterns = plan.list_patterns.iter().map(|p| &p.2).chain(&plan.patterns);
    let mut may_match: Vec<bool> = patterns.map(|p| p.literals().is_empty()).collect();
    // those of lists, which are looked at here, and of parts
    let of_lists = plan.list_patterns.len();
    let mut in_lists: Vec<(u32, u32)> = Vec::new();
    let mut in_parts: Vec<(u32, u32)> = Vec::new();
    let starts = walk.facts.iter().map(|f| f.text_start);
    plan.phrases.scan(&walk.buffer, starts, phrase, |pattern, at| {
        may_match[pattern as usize] = true;
        match (pattern as usize).checked_sub(of_lists) {
            None => in_lists.push((pattern, at)),
            Some(of_part) => in_parts.push((of_part as u32, at)),
        }
    });
    let seen_at = Grouped::new(of_lists, in_lists.iter().copied());
    for (i, (list, number, pattern)) in plan.list_patterns.iter().enumerate() {
        if !may_match[i] {
            continue;
        }
        let platform = plan.lists.get(*list as usize).and_then(|l| l.patterns.get(*number as usize));
        let for_platform = platform.and_then(|p| p.platform.as_deref());
        let number_of =
            for_platform.and_then(|p| plan.platforms.iter().position(|(n, _)| n == p)).map(|i| i as u16);
        if fits(number_of.or(if for_platform.is_some() { Some(u16::MAX) } else { None })) {
            let found = |a: usize, b: usize| {
                let span = Span::new(a as u32, b as u32);
                let seen = Seen { text: u32::MAX, span, start_ok: true, end_ok: true };
                wanted.push((*list, What::Pattern(*number), PhraseMode::Inside, seen));
            };
            // only lines that hold one of its literals can match
            if pattern.literals().is_empty() {
                pattern.each_match(&walk.buffer, found);
            } else {
                pattern.each_match_at(&walk.buffer, seen_at.of(i), found);
            }
        }
    }
    finder.covered.values_mut().for_each(Covered::ready);
    for (list, what, mode, seen) in wanted {
        finder.text(list, what, mode, &seen);
    }
    finder.names(&fits);
    let mut hits = finder.hits;
    hits.sort_by_key(|(slot, hit)| (*slot, hit.el));
    hits.dedup_by_key(|(slot, hit)| (*slot, hit.el));
    let slots = Grouped::new(plan.slots.len(), hits.iter().copied());
    let seen_at = Grouped::new(plan.patterns.len(), in_parts.iter().copied());
    Hits { slots, may_match, seen_at, of_lists }
}

/// Places of the `not` phrases of a list.
#[derive(Default)]
struct Covered {
    spans: Vec<Span>,
    longest: u32,
}

impl Covered {
    fn add(&mut self, span: Span) {
        self.longest = self.longest.max(span.end - span.start);
        self.spans.push(span);
    }

    /// To be called before [`Covered::holds`].
    fn ready(&mut self) {
        self.spans.sort_unstable();
    }

    /// Whether one of them holds the span. Only those that begin near enough can: the
    /// search is as long as a phrase, not as the page.
    fn holds(&self, span: Span) -> bool {
        let to = self.spans.partition_point(|s| s.start <= span.start);
        let near = |s: &&Span| s.start + self.longest >= span.end;
        self.spans[..to].iter().rev().take_while(near).any(|s| s.contains(span))
    }
}

pub(super) struct Finder<'p> {
    pub(super) dom: &'p Dom,
    pub(super) walk: &'p Walk,
    structure: &'p Structure,
    pub(super) plan: &'p PartsPlan,
    /// By slot of the plan.
    pub(super) hits: Vec<(u32, Hit)>,
    /// By list: places of its `not` phrases.
    covered: HashMap<ListId, Covered>,
    /// Elements whose whole label is a `not` phrase of the list.
    pub(super) barred: HashSet<(ListId, El)>,
}

impl Finder<'_> {
    /// The smallest element that holds the place, and its row.
    fn place(&self, span: Span) -> Option<(El, RowSource, u32, u32)> {
        let row = self.walk.row_at(span.start)?;
        if let RowSource::Attr(_) = row.source {
            return Some((row.el, row.source, row.at, self.walk.row_end(row)));
        }
        let mut el = row.el;
        while self.walk.fact(el).text_end < span.end {
            el = self.dom.parent(el)?;
        }
        let f = self.walk.fact(el);
        Some((el, row.source, f.text_start, f.text_end))
    }

    fn label(&self, start: u32, end: u32) -> (u32, u32) {
        let (a, b) = crate::text::fold::label_range(&self.walk.buffer, start as usize, end as usize);
        (a as u32, b as u32)
    }

    fn cancel(&mut self, list: ListId, span: Span) {
        self.covered.entry(list).or_default().add(span);
        let Some((mut el, source, start, end)) = self.place(span) else { return };
        if self.label(start, end) != (span.start, span.end) {
            return;
        }
        self.barred.insert((list, el));
        if matches!(source, RowSource::Text(_)) {
            while let Some(above) = self.dom.parent(el)
                && self.walk.label(above) == (span.start, span.end)
            {
                self.barred.insert((list, above));
                el = above;
            }
        }
    }

    fn text(&mut self, list: ListId, what: What, mode: PhraseMode, seen: &Seen) {
        if self.covered.get(&list).is_some_and(|c| c.holds(seen.span)) {
            return;
        }
        let Some((el, source, start, end)) = self.place(seen.span) else { return };
        if self.barred.contains(&(list, el)) {
            return;
        }
        let plan = self.plan;
        let max = plan.lists.get(list as usize).map_or(40, |l| l.max_chars);
        let attr = match source {
            RowSource::Attr(name) => Some(name),
            RowSource::Text(_) => None,
        };
        let place = (start, end);
        for &slot in plan.slots_of.get(list as usize).map_or(&[][..], |s| s.as_slice()) {
            let Some(asked) = plan.slots.get(slot) else { continue };
            let found = match asked.field {
                Field::Text => (attr.is_none() && mode == PhraseMode::Inside && seen.start_ok && seen.end_ok)
                    .then_some(el),
                // a tab of two names stands for sections that lie elsewhere
                Field::Label => self
                    .in_label(mode, seen, place, max, attr, self.walk.fact(el).link.is_none())
                    .then_some(el),
                Field::Alt => (matches!(attr, Some("alt" | "title" | "aria-label"))
                    && sits(mode, seen, self.label(start, end)))
                .then_some(el),
                Field::Heading => self.in_block(self.walk.fact(el).heading, mode, seen, place, max, attr),
                Field::Link => self.in_block(self.walk.fact(el).link, mode, seen, place, max, attr),
                Field::Cell => self.in_cell(mode, seen, attr),
                Field::Href | Field::File | Field::Name => None,
            };
            if let Some(el) = found.filter(|el| !self.barred.contains(&(list, *el))) {
                self.hits.push((slot as u32, Hit { el, list, what, at: At::Buffer(seen.span) }));
            }
        }
    }

    fn in_label(
        &self,
        mode: PhraseMode,
        seen: &Seen,
        place: (u32, u32),
        max: u32,
        attr: Option<&str>,
        pieces: bool,
    ) -> bool {
        let label = self.label(place.0, place.1);
        let text = self.walk.buffer.get(label.0 as usize..label.1 as usize).unwrap_or("");
        (attr.is_some() || is_label(text, max))
            && (sits(mode, seen, label)
                || pieces && mode == PhraseMode::Exact && is_piece(text, label.0, seen.span))
    }

    /// In the text of a heading or link; or in an attribute of it, or of a picture that is all it holds.
    fn in_block(
        &self,
        block: Option<El>,
        mode: PhraseMode,
        seen: &Seen,
        place: (u32, u32),
        max: u32,
        attr: Option<&str>,
    ) -> Option<El> {
        let block = block?;
        if attr.is_some() {
            let own = self.walk.row_at(seen.span.start).is_some_and(|r| r.el == block);
            let speaks = own || self.walk.text(block).trim().is_empty();
            return (speaks && sits(mode, seen, self.label(place.0, place.1))).then_some(block);
        }
        let f = self.walk.fact(block);
        self.in_label(mode, seen, (f.text_start, f.text_end), max, None, true).then_some(block)
    }

    fn in_cell(&self, mode: PhraseMode, seen: &Seen, attr: Option<&str>) -> Option<El> {
        if attr.is_some() {
            return None;
        }
        let cells = &self.structure.cells;
        let at = cells.partition_point(|c| c.start <= seen.span.start);
        let cell = cells[..at].last().filter(|c| seen.span.end <= c.end)?;
        sits(mode, seen, (cell.start, cell.end)).then_some(cell.el)
    }
}

/// Longest label that names several things, in characters (CJK counts 2).
const PIECES: u32 = 40;
/// What stands between them.
const MARKS: [&str; 7] = ["&", "/", "+", ",", " and ", "、", "·"];

/// Whether a phrase is one of the things that a short label names: “Product info & size chart”.
/// `label` begins at `start` of the buffer.
fn is_piece(label: &str, start: u32, phrase: Span) -> bool {
    let (Some(from), Some(to)) = (phrase.start.checked_sub(start), phrase.end.checked_sub(start)) else {
        return false;
    };
    let (Some(before), Some(after)) = (label.get(..from as usize), label.get(to as usize..)) else {
        return false;
    };
    // of a word or two nothing is told by half: “price / kg”
    if chars(label) > PIECES || to - from < 6 {
        return false;
    }
    let opens =
        before.is_empty() || MARKS.iter().any(|m| before.trim_end_matches(' ').ends_with(m.trim_end()));
    let closes =
        after.is_empty() || MARKS.iter().any(|m| after.trim_start_matches(' ').starts_with(m.trim_start()));
    opens && closes && (!before.is_empty() || !after.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_name_several_things() {
        let piece = |label: &str, phrase: &str| {
            let at = label.find(phrase).expect("in it") as u32;
            is_piece(label, 7, Span::new(7 + at, 7 + at + phrase.len() as u32))
        };
        assert!(piece("product info & size chart", "size chart"));
        assert!(piece("shipping/returns", "returns"));
        assert!(piece("shipping and returns", "shipping"));
        assert!(!piece("our shipping & returns", "shipping"));
        assert!(!piece("sandals & shoes", "and"));
        assert!(!piece("size chart", "size chart"));
        assert!(!piece("price / kg", "price"));
        assert!(!piece("shipping, returns, and all that you ever wanted to ask", "returns"));
    }
}
