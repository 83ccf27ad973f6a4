//! A page beside references, part by part.

use super::Sections;
use super::misplaced::{Misplaced, misplaced};
use super::order;
use super::pairs::Pairs;
use crate::audit::{Status, Tri};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The share of the references that must have an order before another one is a difference:
/// what `learn` asks for too.
pub const SHARE: f64 = 0.8;
/// Fewest references with both sections of an order; of fewer references each counts.
pub const LEAST: usize = 2;

/// A part on a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartOn {
    /// Name of the part.
    pub part: String,
    /// Found or unsure.
    pub status: Status,
    /// Points of its evidence.
    pub points: u32,
    /// Whether a shopper sees it.
    pub visible: bool,
    /// Line in the source, from 1.
    pub line: u32,
    /// header, nav, main, aside or footer.
    pub region: String,
    /// Number of its element, in the page's order from 0.
    pub element: u32,
    /// Its place among the elements that stand for a part that is seen, from 1; 0 where it is
    /// not seen.
    pub position: usize,
    /// Its place among the page's elements: 0 the first, 1 the last.
    pub share: f64,
    /// Each viewport.
    pub screens: Vec<OnScreen>,
}

impl PartOn {
    /// Found, and seen by a shopper.
    pub fn is_seen(&self) -> bool {
        self.status == Status::Found && self.visible
    }
}

/// A part on a viewport.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OnScreen {
    /// Name of the viewport.
    pub viewport: String,
    /// Whether it is on the first screen.
    pub first: Tri,
    /// Distance from the top of the page, CSS pixels, where it was measured.
    pub top: Option<u32>,
}

/// A page as it is compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PageParts {
    /// Path, `-` or URL.
    pub source: String,
    /// Page kind.
    pub kind: Option<String>,
    /// Why what is missing may be there after all.
    pub doubts: Vec<String>,
    /// Each part once, in the page's order.
    pub parts: Vec<PartOn>,
    /// What is compared in its order.
    #[serde(skip)]
    pub sections: Sections,
}

impl PageParts {
    fn part(&self, name: &str) -> Option<&PartOn> {
        self.parts.iter().find(|p| p.part == name)
    }
}

/// Where the references have a part; of those on which a shopper sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct There {
    /// The region that most have it in; of equals the first by name.
    pub region: String,
    /// Median place among the parts that are seen, from 1.
    pub position: usize,
    /// Median place among the elements, 0 to 1.
    pub share: f64,
    /// Median distance from the top on the first viewport, CSS pixels; `None` where it was not
    /// measured on each.
    pub top: Option<u32>,
    /// Each viewport.
    pub screens: Vec<Screens>,
}

/// How many references have a part on the first screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Screens {
    /// Name of the viewport.
    pub viewport: String,
    /// References on which it is on the first screen.
    pub first: usize,
    /// References on which that is known.
    pub of: usize,
}

/// A part on the references and on the page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Name of the part.
    pub part: String,
    /// References on which a shopper sees it.
    pub references: usize,
    /// Further references that may have it: suspected, or hidden.
    pub perhaps: usize,
    /// References in all.
    pub of: usize,
    /// Where they have it.
    pub there: Option<There>,
    /// The part on the page.
    pub here: Option<PartOn>,
}

impl Row {
    /// Whether more than half of the references have it.
    pub fn is_usual(&self) -> bool {
        2 * self.references > self.of
    }

    /// Usual, and nothing on the page speaks for it.
    pub fn is_lacking(&self) -> bool {
        self.is_usual() && self.here.is_none()
    }

    /// Usual, and on the page only suspected, or hidden.
    pub fn is_doubtful(&self) -> bool {
        self.is_usual() && self.here.as_ref().is_some_and(|p| !p.is_seen())
    }

    /// Seen on the page, and on no reference for sure or perhaps.
    pub fn is_alone(&self) -> bool {
        self.references + self.perhaps == 0 && self.here.as_ref().is_some_and(PartOn::is_seen)
    }
}

/// A part that the page has on another screen than most references.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OtherScreen {
    /// Name of the part.
    pub part: String,
    /// Whether the page has it on the first screen.
    pub here: bool,
    /// On these viewports; counts of the references.
    pub screens: Vec<Screens>,
}

/// All that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Each part that the page or a reference has: first those of the references, in their
    /// order, then those of the page alone.
    pub parts: Vec<Row>,
    /// Sections that stand on another side of others.
    pub misplaced: Vec<Misplaced>,
    /// Parts on another screen.
    pub screens: Vec<OtherScreen>,
}

/// Compares a page with references.
pub fn compare(page: &PageParts, references: &[PageParts]) -> Comparison {
    let all = references.iter().chain([page]).flat_map(|p| &p.parts);
    // what nobody sees on any page is of no use to a shopper: titles of windows, templates
    let names: BTreeSet<&str> = all.filter(|p| p.visible).map(|p| p.part.as_str()).collect();
    let mut parts: Vec<Row> = names.iter().map(|name| row(name, page, references)).collect();
    let share = |r: &Row| {
        let here = r.here.as_ref().map_or(0.0, |h| h.share);
        r.there.as_ref().map_or((true, here), |t| (false, t.share))
    };
    parts.sort_by(|a, b| {
        let (x, y) = (share(a), share(b));
        x.0.cmp(&y.0).then(x.1.total_cmp(&y.1)).then_with(|| a.part.cmp(&b.part))
    });
    let sections: Vec<Sections> = references.iter().map(|r| r.sections.clone()).collect();
    let least = LEAST.min(references.len());
    let order = order::learn(&sections, SHARE, least);
    let misplaced = misplaced(&page.sections, &order, &Pairs::count(&sections), SHARE, least);
    let screens = parts.iter().filter_map(other_screen).collect();
    Comparison { parts, misplaced, screens }
}

fn row(name: &str, page: &PageParts, references: &[PageParts]) -> Row {
    let found: Vec<&PartOn> = references.iter().filter_map(|r| r.part(name)).collect();
    let seen: Vec<&PartOn> = found.iter().copied().filter(|p| p.is_seen()).collect();
    Row {
        part: name.to_string(),
        references: seen.len(),
        perhaps: found.len() - seen.len(),
        of: references.len(),
        there: there(&seen),
        here: page.part(name).cloned(),
    }
}

fn there(seen: &[&PartOn]) -> Option<There> {
    let share = median(seen.iter().map(|p| p.share).collect(), f64::total_cmp)?;
    let position = median(seen.iter().map(|p| p.position).collect(), usize::cmp)?;
    let mut regions: BTreeMap<&str, usize> = BTreeMap::new();
    for p in seen {
        *regions.entry(p.region.as_str()).or_default() += 1;
    }
    let most = regions.values().copied().max()?;
    let region = regions.iter().find(|(_, n)| **n == most).map(|(r, _)| (*r).to_string())?;
    let tops: Option<Vec<u32>> = seen.iter().map(|p| p.screens.first()?.top).collect();
    let top = tops.and_then(|tops| median(tops, u32::cmp));
    let mut screens: Vec<Screens> = Vec::new();
    for s in seen.iter().flat_map(|p| &p.screens) {
        let known = usize::from(s.first != Tri::Maybe);
        let first = usize::from(s.first == Tri::Yes);
        match screens.iter_mut().find(|x| x.viewport == s.viewport) {
            Some(of) => {
                of.first += first;
                of.of += known;
            }
            None => screens.push(Screens { viewport: s.viewport.clone(), first, of: known }),
        }
    }
    Some(There { region, position, share, top, screens })
}

/// The middle value; of two the lower one.
fn median<T: Copy>(mut values: Vec<T>, by: impl Fn(&T, &T) -> std::cmp::Ordering) -> Option<T> {
    values.sort_by(by);
    values.get(values.len().checked_sub(1)? / 2).copied()
}

/// Where most of the references have it on another screen, and that is known of most.
fn other_screen(row: &Row) -> Option<OtherScreen> {
    let (there, here) = (row.there.as_ref()?, row.here.as_ref().filter(|h| h.is_seen())?);
    if !row.is_usual() {
        return None;
    }
    let on = |here: Tri| -> Vec<Screens> {
        let differs = |s: &&Screens| {
            let mine = row.here.iter().flat_map(|h| &h.screens).find(|m| m.viewport == s.viewport);
            let most = if here == Tri::No { 2 * s.first > s.of } else { 2 * s.first < s.of };
            let known = 2 * s.of > row.references;
            mine.is_some_and(|m| m.first == here) && known && most
        };
        there.screens.iter().filter(differs).cloned().collect()
    };
    let (below, above) = (on(Tri::No), on(Tri::Yes));
    let part = here.part.clone();
    // lower down weighs more than higher up, where a page is both on two viewports
    match (below.is_empty(), above.is_empty()) {
        (false, _) => Some(OtherScreen { part, here: false, screens: below }),
        (true, false) => Some(OtherScreen { part, here: true, screens: above }),
        (true, true) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::tests::page as sections;

    /// A page of parts: a letter is one that is seen, `a?` one that is suspected, `a-` a hidden
    /// one, `a_` one below the first screen.
    fn page(text: &str) -> PageParts {
        let mut parts: Vec<PartOn> = Vec::new();
        for c in text.chars() {
            match (c, parts.last_mut()) {
                ('?', Some(last)) => last.status = Status::Unsure,
                ('-', Some(last)) => last.visible = false,
                ('_', Some(last)) => last.screens.iter_mut().for_each(|s| s.first = Tri::No),
                _ => parts.push(PartOn {
                    part: c.to_string(),
                    status: Status::Found,
                    points: 100,
                    visible: true,
                    line: 1,
                    region: "main".into(),
                    element: parts.len() as u32,
                    position: parts.len() + 1,
                    share: parts.len() as f64 / 10.0,
                    screens: vec![OnScreen { viewport: "desktop".into(), first: Tri::Yes, top: Some(100) }],
                }),
            }
        }
        let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
        PageParts {
            source: text.into(),
            kind: Some("item".into()),
            doubts: Vec::new(),
            parts,
            sections: sections(&letters),
        }
    }

    fn named(found: &Comparison, is: impl Fn(&Row) -> bool) -> String {
        found.parts.iter().filter(|r| is(r)).map(|r| r.part.as_str()).collect()
    }

    #[test]
    fn parts_are_lacking_doubtful_or_alone() {
        let found = compare(&page("xb?c-"), &[page("abcd"), page("abcd?"), page("abc")]);
        assert_eq!(found.parts.iter().map(|r| r.part.as_str()).collect::<String>(), "abcdx");
        assert_eq!(named(&found, Row::is_lacking), "a");
        assert_eq!(named(&found, Row::is_doubtful), "bc");
        assert_eq!(named(&found, Row::is_alone), "x");
        let d = found.parts.iter().find(|r| r.part == "d").map(|r| (r.references, r.perhaps, r.of));
        assert_eq!(d, Some((1, 1, 3)), "half of them is not most of them");
    }

    #[test]
    fn another_screen_is_told_where_most_agree() {
        let found = compare(&page("a_b"), &[page("ab_"), page("ab_"), page("a_b")]);
        let told: Vec<_> = found
            .screens
            .iter()
            .map(|s| (s.part.as_str(), s.here, s.screens[0].first, s.screens[0].of))
            .collect();
        assert_eq!(told, [("a", false, 2, 3), ("b", true, 1, 3)]);
        assert!(compare(&page("ab_"), &[page("ab_")]).screens.is_empty());
    }

    #[test]
    fn an_order_that_references_share_is_told() {
        let found = compare(&page("ba"), &[page("ab"), page("ab")]);
        assert_eq!(found.misplaced.len(), 1);
        assert!(compare(&page("ba"), &[page("ab"), page("ba")]).misplaced.is_empty());
        assert_eq!(compare(&page("ba"), &[page("ab")]).misplaced.len(), 1, "of one reference");
    }

    #[test]
    fn medians_are_values_that_are_there() {
        assert_eq!(median(vec![3, 1, 2], u32::cmp), Some(2));
        assert_eq!(median(vec![4, 1, 2, 3], u32::cmp), Some(2));
        assert_eq!(median(Vec::new(), u32::cmp), None);
    }
}
