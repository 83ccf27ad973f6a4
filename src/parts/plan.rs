//! All words and parts compiled once: one table of phrases, one of tokens, one selector index. Immutable, shared by threads.

use crate::pack::model::{self, Builtin, Field, Pack, Region, Shape, WordList};
use crate::page::data::DataPath;
use crate::parts::compile::{Compiler, intern, order, part_ref, place_ref};
use crate::parts::phrases::{ListId, Phrases};
use crate::parts::platforms::Marks;
use crate::parts::select::SelectorIndex;
use crate::parts::selectors::{Asked, Selectors};
use crate::parts::tokens::Tokens;
use crate::text::pattern::LazyPattern;
use foldhash::{HashMap, HashSet};
use rayon::prelude::*;
use smol_str::SmolStr;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Index of a part in the plan, in an order in which every part comes after those it needs.
pub type PartId = u32;

/// A part named by a rule or another part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartRef {
    /// Found by structure.
    Builtin(Builtin),
    /// Defined in TOML.
    Part(PartId),
}

/// A place of `inside` and `outside`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlaceRef {
    /// A region of the page.
    Region(Region),
    /// In a thing of that part.
    Part(PartRef),
}

/// A test with all names resolved.
#[derive(Debug)]
pub enum PlanTest {
    /// Hits of a list in a field, by slot.
    Field(usize),
    /// Elements of a selector, by number.
    Css(usize),
    /// See [`model::Test::Shape`].
    Shape(Shape),
    /// See [`model::Test::Pattern`], by number.
    Pattern(usize),
    /// See [`model::Test::Chars`].
    Chars(u32, u32),
    /// See [`model::Test::Table`].
    Table {
        /// Folded labels of head cells.
        headers: HashSet<String>,
        /// Head cells that must hit.
        min_headers: u32,
        /// Rows below the head.
        min_rows: u32,
        /// Share of body cells with a number.
        numeric: f64,
    },
    /// See [`model::Test::Keys`].
    Keys(u32),
    /// See [`model::Test::Tiles`].
    Tiles(u32, f64),
    /// See [`model::Test::Says`].
    Says(Vec<DataPath>),
    /// See [`model::Test::Has`].
    Has(Vec<PartRef>),
    /// See [`model::Test::Inside`].
    Inside(Vec<PlaceRef>),
    /// See [`model::Test::Outside`].
    Outside(Vec<PlaceRef>),
    /// See [`model::Test::Data`].
    Data(DataPath),
}

/// A way with all names resolved.
#[derive(Debug)]
pub struct PlanWay {
    /// Points.
    pub strength: u32,
    /// All must hold.
    pub tests: Vec<PlanTest>,
    /// Whether a text names the thing, whose value may stand in the element after it.
    pub beside: bool,
    /// What evidence says of it: key and words of its first test that finds elements.
    pub label: (&'static str, String),
}

/// A part with all names resolved.
#[derive(Debug)]
pub struct PlanPart {
    /// The definition.
    pub part: model::Part,
    /// Ways to recognise it.
    pub ways: Vec<PlanWay>,
    /// Vetoes.
    pub against: Vec<PlanWay>,
    /// Parts that an area lies around.
    pub around: Vec<PartRef>,
}

/// A list in a field: what the hits are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot {
    /// The list.
    pub list: ListId,
    /// The field.
    pub field: Field,
}

/// The compiled words and parts.
#[derive(Debug)]
pub struct PartsPlan {
    /// Parts, each after those it needs.
    pub parts: Vec<PlanPart>,
    by_name: HashMap<String, PartId>,
    /// Lists in the order of their ids.
    pub lists: Vec<Arc<WordList>>,
    list_ids: HashMap<String, ListId>,
    /// All phrases.
    pub phrases: Phrases,
    /// The table of tokens.
    pub tokens: Tokens,
    /// What is asked: list and field.
    pub slots: Vec<Slot>,
    /// By list: its slots.
    pub slots_of: Vec<Vec<usize>>,
    /// Selectors as written, by number.
    pub selectors: Vec<String>,
    /// Their numbers.
    pub selector_ids: HashMap<String, usize>,
    /// The index over those that find elements.
    pub selector_index: SelectorIndex,
    /// How each is asked, by number.
    pub asked: Vec<Asked>,
    /// Regular expressions of parts, by number.
    pub patterns: Vec<LazyPattern>,
    /// Regular expressions of word lists: (list, number in the list, expression).
    pub list_patterns: Vec<(ListId, u32, LazyPattern)>,
    /// Platforms and the texts that give them away.
    pub platforms: Vec<(String, Vec<String>)>,
    /// Those texts, searched for at once.
    pub marks: Marks,
}

impl PartsPlan {
    /// Compiles the parts that `wanted` needs (all parts where `None`), and the lists
    /// that those and `lists` need; `selectors` are matched too.
    ///
    /// # Errors
    /// A selector that does not parse: loading a pack checks that, so this is for packs
    /// built by hand.
    pub fn compile(
        pack: &Pack,
        wanted: Option<&BTreeSet<String>>,
        lists: &BTreeSet<String>,
        selectors: &[&str],
    ) -> Result<Self, String> {
        let order = order(pack, wanted);
        let mut c = Compiler::new(pack, lists, &order);
        for css in selectors {
            let number = intern(&mut c.selectors, &mut c.selector_ids, css);
            c.finders.insert(number);
        }
        let by_name: HashMap<String, PartId> =
            order.iter().enumerate().map(|(i, n)| (n.clone(), i as PartId)).collect();
        let mut parts = Vec::with_capacity(order.len());
        for name in &order {
            if let Some(part) = pack.parts.get(name) {
                parts.push(PlanPart {
                    ways: part.ways.iter().map(|w| c.way(w, &by_name)).collect(),
                    against: part.against.iter().map(|w| c.way(w, &by_name)).collect(),
                    around: part.around.iter().filter_map(|p| part_ref(p, &by_name)).collect(),
                    part: part.clone(),
                });
            }
        }
        let platforms: Vec<(String, Vec<String>)> =
            pack.platforms.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        let platform = |name: &str| platforms.iter().position(|(p, _)| p == name).map(|i| i as u16);
        let list_refs: Vec<&WordList> = c.lists.iter().map(|l| &**l).collect();
        let of_lists: Vec<(usize, usize, &str)> = c
            .lists
            .iter()
            .enumerate()
            .flat_map(|(id, list)| list.patterns.iter().enumerate().map(move |(i, p)| (id, i, &*p.regex)))
            .collect();
        let list_patterns: Vec<(ListId, u32, LazyPattern)> =
            of_lists.par_iter().map(|(id, i, p)| (*id as ListId, *i as u32, LazyPattern::new(p))).collect();
        let patterns: Vec<LazyPattern> = c.patterns.par_iter().map(|p| LazyPattern::new(p)).collect();
        let all_patterns = list_patterns.iter().map(|p| &p.2).chain(&patterns).enumerate();
        let literals = all_patterns.flat_map(|(i, p)| p.literals().iter().map(move |l| (i as u32, l)));
        let literals: Vec<(u32, &SmolStr)> = literals.collect();
        let tokens = || (Tokens::new(&list_refs, platform), Marks::new(&platforms));
        let phrases = || Phrases::new(&list_refs, platform, literals.into_iter());
        let selectors = || Selectors::compile(&c.selectors, &c.finders);
        let (phrases, (selectors, (tokens, marks))) = rayon::join(phrases, || rayon::join(selectors, tokens));
        let Selectors { index: selector_index, asked } = selectors?;
        let mut slots_of = vec![Vec::new(); c.lists.len()];
        for (i, slot) in c.slots.iter().enumerate() {
            slots_of[slot.list as usize].push(i);
        }
        Ok(PartsPlan {
            parts,
            by_name,
            phrases,
            tokens,
            slots: c.slots,
            slots_of,
            selectors: c.selectors,
            selector_ids: c.selector_ids,
            selector_index,
            asked,
            patterns,
            list_patterns,
            lists: c.lists,
            list_ids: c.list_ids,
            marks,
            platforms,
        })
    }

    /// The part of that name, built-in or compiled.
    pub fn part_ref(&self, name: &str) -> Option<PartRef> {
        part_ref(name, &self.by_name)
    }

    /// The region or part of that name. A part wins over a region of the same name.
    pub fn place_ref(&self, name: &str) -> Option<PlaceRef> {
        place_ref(name, &self.by_name)
    }

    /// The list of that name.
    pub fn list(&self, name: &str) -> Option<&WordList> {
        self.list_ids.get(name).and_then(|id| self.lists.get(*id as usize)).map(|l| &**l)
    }

    /// The id of the list of that name.
    pub fn list_id(&self, name: &str) -> Option<ListId> {
        self.list_ids.get(name).copied()
    }

    /// Name of a part.
    pub fn name(&self, part: PartRef) -> &str {
        match part {
            PartRef::Builtin(b) => b.name(),
            PartRef::Part(id) => self.parts.get(id as usize).map_or("", |p| p.part.name.as_str()),
        }
    }

    /// Name of a part for people.
    pub fn title(&self, part: PartRef, lang: &str) -> &str {
        match part {
            PartRef::Builtin(b) => b.title(lang),
            PartRef::Part(id) => self.parts.get(id as usize).map_or("", |p| {
                let titles = &p.part.title;
                let short = lang.split('-').next().unwrap_or(lang);
                titles
                    .get(lang)
                    .or_else(|| titles.get(short))
                    .or_else(|| titles.get("en"))
                    .map_or(&p.part.name, |t| t)
            }),
        }
    }

    /// The definition of a part.
    pub fn part(&self, part: PartRef) -> Option<&model::Part> {
        match part {
            PartRef::Builtin(_) => None,
            PartRef::Part(id) => self.parts.get(id as usize).map(|p| &p.part),
        }
    }
}
