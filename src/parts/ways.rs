//! Where the tests of a way hold: one test finds elements, the others choose among them.

use crate::finding::Span;
use crate::page::dom::El;
use crate::parts::plan::{PartRef, PlaceRef, PlanPart, PlanTest, PlanWay};
use crate::parts::recognise::{Recogniser, inside};
use crate::parts::says;
use crate::parts::scene::Scene;
use crate::parts::selectors::Asked;
use crate::parts::tables;
use crate::text::fold::BREAK;

/// Where a way may hold: the element, and for data its value and place.
type Spot = (El, Option<(String, Span)>);

impl Recogniser<'_> {
    /// Elements on which all tests of a way hold.
    pub(super) fn spots(
        &self,
        way: &PlanWay,
        from: Option<&[El]>,
        scope: Option<&PlanPart>,
        struck: &[El],
    ) -> Vec<Spot> {
        if self.is_vain(way) {
            return Vec::new();
        }
        let scene = self.scene;
        let choose = |skip: usize, els: &mut dyn Iterator<Item = El>| -> Vec<Spot> {
            // the cheap question first
            let in_scope = |el: &El| scope.is_none_or(|part| self.in_scope(part, *el));
            let holds = |el: &El| self.all_hold(way, skip, *el, struck);
            els.filter(in_scope).filter(holds).map(|el| (el, None)).collect()
        };
        let Some(lead) = lead(way, scene) else {
            // only filters: they choose among the candidates
            let all = from.unwrap_or_default().iter().copied();
            return all
                .filter(|el| self.all_hold(way, usize::MAX, *el, struck))
                .map(|el| (el, None))
                .collect();
        };
        // tests that were asked for candidates only are asked again
        let all = usize::MAX;
        match &way.tests[lead] {
            PlanTest::Data(path) => {
                let values = scene.data.values(path).into_iter();
                let holds = values.filter(|v| self.all_hold(way, lead, v.el, struck));
                let text =
                    |text: &str, c: Option<&str>| c.map_or(text.to_string(), |c| format!("{text} {c}"));
                holds.map(|v| (v.el, Some((text(&v.text, v.currency.as_deref()), v.span)))).collect()
            }
            PlanTest::Table { .. } => choose(all, &mut scene.structure.tables.iter().copied()),
            PlanTest::Field(slot) => choose(lead, &mut scene.hits.of(*slot).iter().map(|h| h.el)),
            PlanTest::Css(n) => {
                let skip = if scene.plan.asked.get(*n).is_some_and(Asked::looks_below) { all } else { lead };
                choose(skip, &mut scene.css.candidates(*n).iter().copied())
            }
            PlanTest::Keys(_) => choose(all, &mut scene.structure.key_values.iter().copied()),
            PlanTest::Tiles(..) => choose(all, &mut scene.structure.tile_rows.iter().map(|r| r.el)),
            PlanTest::Says(paths) => choose(lead, &mut says::elements(scene, paths).into_iter()),
            PlanTest::Pattern(n) => choose(lead, &mut self.matches(*n).into_iter()),
            PlanTest::Shape(_) => choose(all, &mut self.shaped().into_iter()),
            _ => Vec::new(),
        }
    }

    /// Whether some test of a way can hold nowhere on the page.
    fn is_vain(&self, way: &PlanWay) -> bool {
        way.tests.iter().any(|test| match test {
            PlanTest::Field(slot) => self.scene.hits.of(*slot).is_empty(),
            PlanTest::Pattern(n) => !self.scene.hits.may_match(*n),
            PlanTest::Has(parts) => parts.iter().all(|p| match p {
                PartRef::Builtin(b) => self.scene.builtin(*b).is_empty(),
                PartRef::Part(id) => self.map.of(*id).is_empty(),
            }),
            _ => false,
        })
    }

    fn all_hold(&self, way: &PlanWay, skip: usize, el: El, struck: &[El]) -> bool {
        way.tests.iter().enumerate().all(|(i, t)| i == skip || self.holds(t, el, struck, way.beside))
    }

    fn holds(&self, test: &PlanTest, el: El, struck: &[El], beside: bool) -> bool {
        let scene = self.scene;
        let dom = &scene.page.dom;
        match test {
            PlanTest::Field(slot) => scene.hits.on(*slot, el).is_some(),
            PlanTest::Css(n) => scene.css.holds(*n, el),
            PlanTest::Shape(shape) => scene.value(*shape, el, struck, beside).is_some(),
            PlanTest::Pattern(n) => {
                let f = scene.walk.fact(el);
                scene.hits.may_match_in(*n, scene.plan, f.text_start, f.text_end)
                    && scene
                        .plan
                        .patterns
                        .get(*n)
                        .is_some_and(|p| p.is_match(scene.text_without(el, struck).trim()))
            }
            PlanTest::Chars(low, high) => scene.walk.is_long(el, *low, *high),
            PlanTest::Table { headers, min_headers, min_rows, numeric } => {
                tables::is_table_of(dom, &scene.walk, el, headers, *min_headers, *min_rows, *numeric)
            }
            PlanTest::Keys(n) => {
                let f = scene.walk.fact(el);
                let keys =
                    scene.structure.cells_in(f.text_start, f.text_end).iter().filter(|c| c.key).count();
                keys as u32 >= *n
            }
            PlanTest::Tiles(n, share) => scene
                .structure
                .tile_row(el)
                .is_some_and(|row| row.tiles >= *n && f64::from(row.in_menu) >= share * f64::from(row.tiles)),
            PlanTest::Says(paths) => says::elements(scene, paths).contains(&el),
            PlanTest::Has(parts) => {
                let extent = self.label_extent(el, beside);
                parts.iter().any(|p| match p {
                    PartRef::Builtin(b) => scene.holds_builtin(*b, extent),
                    PartRef::Part(id) => self.map.of(*id).iter().any(|t| extent.holds(t.anchor)),
                })
            }
            PlanTest::Inside(places) => places.iter().any(|p| self.inside(*p, el)),
            PlanTest::Outside(places) => !places.iter().any(|p| self.inside(*p, el)),
            PlanTest::Data(path) => scene.data.values(path).iter().any(|v| v.el == el),
        }
    }

    fn inside(&self, place: PlaceRef, el: El) -> bool {
        inside(self.scene, self.map, place, el)
    }

    /// The smallest elements that hold a match of a part's expression.
    fn matches(&self, number: usize) -> Vec<El> {
        let walk = &self.scene.walk;
        let mut found = Vec::new();
        let text = walk.buffer.get(..walk.attrs_at as usize).unwrap_or("");
        if let Some(pattern) = self.scene.plan.patterns.get(number)
            && self.scene.hits.may_match(number)
        {
            let found = |a: usize, b: usize| found.extend(self.smallest(a as u32, b as u32));
            if pattern.literals().is_empty() {
                pattern.each_match(text, found);
            } else {
                let seen = self.scene.hits.seen_at(number);
                let seen = &seen[..seen.partition_point(|at| *at < walk.attrs_at)];
                pattern.each_match_at(text, seen, found);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn smallest(&self, from: u32, to: u32) -> Option<El> {
        let walk = &self.scene.walk;
        let mut el = walk.row_at(from)?.el;
        while walk.fact(el).text_end < to {
            el = self.scene.page.dom.parent(el)?;
        }
        Some(el)
    }

    /// Elements with a short text of their own that holds a digit; with a number that stands
    /// alone also what is round it, where its sign may stand: “<b>249</b><i>₽</i>”.
    fn shaped(&self) -> Vec<El> {
        let (dom, walk) = (&self.scene.page.dom, &self.scene.walk);
        let bare = |el: El| {
            let number = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | ',' | '\'' | BREAK);
            walk.text(el).chars().all(number)
        };
        let short = |el: &El| walk.fact(*el).text_end - walk.fact(*el).text_start <= AROUND;
        let around = |el: El| dom.parent(el).filter(|_| bare(el)).filter(short);
        let mut found: Vec<El> = walk
            .rows
            .iter()
            .filter(|r| r.at < walk.attrs_at)
            .filter(|r| {
                let text = walk.buffer.get(r.at as usize..walk.row_end(r) as usize).unwrap_or("");
                text.bytes().any(|b| b.is_ascii_digit())
            })
            .flat_map(|r| [Some(r.el), around(r.el)])
            .flatten()
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Longest text of a number with its sign, bytes of folded text.
const AROUND: u32 = 24;

/// The test that finds elements; the rest filters them.
fn lead(way: &PlanWay, scene: &Scene<'_>) -> Option<usize> {
    let shaped = way.tests.iter().any(|t| matches!(t, PlanTest::Shape(_)));
    let rank = |t: &PlanTest| match t {
        PlanTest::Data(_) => Some(0),
        PlanTest::Field(slot) => Some(1 + scene.hits.of(*slot).len()),
        PlanTest::Table { .. } => Some(1 + scene.structure.tables.len()),
        PlanTest::Keys(_) => Some(1 + scene.structure.key_values.len()),
        PlanTest::Tiles(..) => Some(1 + scene.structure.tile_rows.len()),
        // worked out once, for the page
        PlanTest::Says(_) => Some(1),
        // one that only chooses was not looked for over the page
        PlanTest::Css(n) if !scene.plan.asked.get(*n).is_some_and(Asked::finds) => None,
        PlanTest::Css(n) => Some(2 + scene.css.count(*n)),
        // an expression whose literals are on the page looks at few lines, one without at all
        PlanTest::Pattern(n) => {
            let rare = scene.plan.patterns.get(*n).is_some_and(|p| !p.literals().is_empty());
            // beside a shape it asks of the element's own text, not of the line that it stands in
            Some(if rare && !shaped { 1 << 28 } else { 1 << 30 })
        }
        PlanTest::Shape(_) => Some(1 << 29),
        PlanTest::Chars(..) | PlanTest::Has(_) | PlanTest::Inside(_) | PlanTest::Outside(_) => None,
    };
    let ranked = way.tests.iter().enumerate().filter_map(|(i, t)| rank(t).map(|r| (r, i)));
    ranked.min().map(|(_, i)| i)
}
