//! Names to numbers: the parts in an order in which each comes after those it needs, their
//! ways with words, selectors and expressions as numbers of the plan's tables.

use crate::pack::model::{self, Builtin, Field, Pack, Region, Test, WordList};
use crate::page::data::DataPath;
use crate::parts::phrases::{ListId, label_set};
use crate::parts::plan::{PartId, PartRef, PlaceRef, PlanTest, PlanWay, Slot};
use foldhash::{HashMap, HashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) fn part_ref(name: &str, by_name: &HashMap<String, PartId>) -> Option<PartRef> {
    by_name.get(name).map(|id| PartRef::Part(*id)).or_else(|| Builtin::parse(name).map(PartRef::Builtin))
}

pub(super) fn place_ref(name: &str, by_name: &HashMap<String, PartId>) -> Option<PlaceRef> {
    part_ref(name, by_name).map(PlaceRef::Part).or_else(|| Region::parse(name).map(PlaceRef::Region))
}

/// Parts named by a part.
fn needs(part: &model::Part) -> Vec<&String> {
    let tests = part.ways.iter().chain(&part.against).flat_map(|w| &w.tests);
    let mut names: Vec<&String> = tests
        .flat_map(|t| match t {
            Test::Has(p) | Test::Inside(p) | Test::Outside(p) => p.iter().collect(),
            _ => Vec::new(),
        })
        .collect();
    names.extend(&part.around);
    names
}

/// Names of the wanted parts and all they need, each after those it needs. Loading a
/// pack refuses cycles; here a part in one is simply not waited for.
pub(super) fn order(pack: &Pack, wanted: Option<&BTreeSet<String>>) -> Vec<String> {
    let mut done: Vec<String> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::default();
    let roots: Vec<&String> = match wanted {
        Some(wanted) => wanted.iter().collect(),
        None => pack.parts.keys().collect(),
    };
    for root in roots {
        let mut stack: Vec<(&str, bool)> = vec![(root, false)];
        while let Some((name, ready)) = stack.pop() {
            let Some((name, part)) = pack.parts.get_key_value(name) else { continue };
            if ready {
                done.push(name.clone());
            } else if seen.insert(name) {
                stack.push((name, true));
                stack.extend(needs(part).into_iter().map(|n| (n.as_str(), false)));
            }
        }
    }
    done
}

/// The tables of a plan while they grow.
pub(super) struct Compiler<'p> {
    pack: &'p Pack,
    pub(super) lists: Vec<Arc<WordList>>,
    pub(super) list_ids: HashMap<String, ListId>,
    pub(super) slots: Vec<Slot>,
    slot_ids: HashMap<Slot, usize>,
    pub(super) selectors: Vec<String>,
    /// Numbers of the selectors that find elements somewhere.
    pub(super) finders: BTreeSet<usize>,
    pub(super) selector_ids: HashMap<String, usize>,
    pub(super) patterns: Vec<String>,
    pattern_ids: HashMap<String, usize>,
}

impl<'p> Compiler<'p> {
    pub(super) fn new(pack: &'p Pack, lists: &BTreeSet<String>, parts: &[String]) -> Self {
        let mut names: BTreeMap<&str, ()> = lists.iter().map(|l| (l.as_str(), ())).collect();
        for part in parts.iter().filter_map(|n| pack.parts.get(n)) {
            for test in part.ways.iter().chain(&part.against).flat_map(|w| &w.tests) {
                match test {
                    Test::Field(_, list) | Test::Table { headers: list, .. } => {
                        names.insert(list, ());
                    }
                    _ => {}
                }
            }
            if let Some(model::ValueKind::Lists(lists)) = &part.value {
                names.extend(lists.iter().map(|l| (l.as_str(), ())));
            }
        }
        let lists: Vec<Arc<WordList>> = names.keys().filter_map(|n| pack.words.get(*n)).cloned().collect();
        let list_ids = lists.iter().enumerate().map(|(i, l)| (l.name.clone(), i as ListId)).collect();
        Compiler {
            pack,
            lists,
            list_ids,
            slots: Vec::new(),
            slot_ids: HashMap::default(),
            selectors: Vec::new(),
            finders: BTreeSet::new(),
            selector_ids: HashMap::default(),
            patterns: Vec::new(),
            pattern_ids: HashMap::default(),
        }
    }

    pub(super) fn way(&mut self, way: &model::Way, by_name: &HashMap<String, PartId>) -> PlanWay {
        let mut tests: Vec<PlanTest> = way.tests.iter().filter_map(|t| self.test(t, by_name)).collect();
        // all must hold, so the cheap ones are asked first
        tests.sort_by_key(|t| match t {
            PlanTest::Field(_) => 0,
            PlanTest::Css(_) => 3,
            PlanTest::Chars(..) | PlanTest::Keys(_) | PlanTest::Tiles(..) => 1,
            PlanTest::Inside(_) | PlanTest::Outside(_) | PlanTest::Has(_) => 2,
            PlanTest::Data(_) | PlanTest::Says(_) | PlanTest::Table { .. } => 4,
            PlanTest::Shape(_) => 5,
            PlanTest::Pattern(_) => 6,
        });
        let finds = |t: &PlanTest| {
            matches!(t, PlanTest::Field(_) | PlanTest::Data(_) | PlanTest::Table { .. } | PlanTest::Keys(_))
        };
        if !tests.iter().any(finds) {
            self.finders.extend(tests.iter().filter_map(|t| match t {
                PlanTest::Css(n) => Some(*n),
                _ => None,
            }));
        }
        let names = |t: &PlanTest| match t {
            PlanTest::Field(s) => {
                let field = self.slots.get(*s).map(|s| s.field);
                matches!(field, Some(Field::Label | Field::Text | Field::Cell | Field::Heading))
            }
            _ => false,
        };
        PlanWay {
            strength: way.strength,
            beside: tests.iter().any(names),
            tests,
            label: way.tests.first().map(|t| (t.key(), t.asks())).unwrap_or_default(),
        }
    }

    fn test(&mut self, test: &Test, by_name: &HashMap<String, PartId>) -> Option<PlanTest> {
        Some(match test {
            Test::Field(field, list) => {
                let slot = Slot { list: *self.list_ids.get(list)?, field: *field };
                let next = self.slots.len();
                let id = *self.slot_ids.entry(slot).or_insert(next);
                if id == next {
                    self.slots.push(slot);
                }
                PlanTest::Field(id)
            }
            Test::Css(css) => PlanTest::Css(intern(&mut self.selectors, &mut self.selector_ids, css)),
            Test::Pattern(p) => PlanTest::Pattern(intern(&mut self.patterns, &mut self.pattern_ids, p)),
            Test::Shape(s) => PlanTest::Shape(*s),
            Test::Chars(a, b) => PlanTest::Chars(*a, *b),
            Test::Table { headers, min_headers, min_rows, numeric } => PlanTest::Table {
                headers: self.pack.words.get(headers).map(|l| label_set(l)).unwrap_or_default(),
                min_headers: *min_headers,
                min_rows: *min_rows,
                numeric: *numeric,
            },
            Test::Keys(n) => PlanTest::Keys(*n),
            Test::Tiles(n, share) => PlanTest::Tiles(*n, *share),
            Test::Says(paths) => {
                PlanTest::Says(paths.iter().filter_map(|p| DataPath::parse(p).ok()).collect())
            }
            Test::Has(parts) => PlanTest::Has(parts.iter().filter_map(|p| part_ref(p, by_name)).collect()),
            Test::Inside(p) => PlanTest::Inside(p.iter().filter_map(|p| place_ref(p, by_name)).collect()),
            Test::Outside(p) => PlanTest::Outside(p.iter().filter_map(|p| place_ref(p, by_name)).collect()),
            Test::Data(path) => PlanTest::Data(DataPath::parse(path).ok()?),
        })
    }
}

pub(super) fn intern(all: &mut Vec<String>, ids: &mut HashMap<String, usize>, text: &str) -> usize {
    let next = all.len();
    let id = *ids.entry(text.to_string()).or_insert(next);
    if id == next {
        all.push(text.to_string());
    }
    id
}
