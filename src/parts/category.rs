//! What is sold here: words of the trail, of the structured category, of title and
//! heading, labels of rows of facts, all data (`words/categories.toml`).

use crate::audit::{Recognised, Status};
use crate::pack::model::{Categories, CategoryWords, Region};
use crate::page::data::DataPath;
use crate::parts::map::PartMap;
use crate::parts::phrases::boundaries;
use crate::parts::plan::PartRef;
use crate::parts::prefixes::Prefixes;
use crate::parts::scene::Scene;
use crate::parts::structure::Cell;
use crate::text::fold::{fold, is_cjk};
use foldhash::HashSet;
use smol_str::SmolStr;
use std::sync::OnceLock;

/// The trail of links by its name.
pub const TRAIL_CSS: &str = r#"[class*="crumb" i], [id*="crumb" i], [aria-label*="breadcrumb" i]"#;
/// Points of a word in the trail, in the structured category, in heading or title.
const TRAIL: u32 = 3;
const MARKUP: u32 = 3;
const TITLE: u32 = 2;
/// Points of a label of the item's rows of facts, and labels that count.
const KEY: u32 = 1;
const KEYS: usize = 2;
/// Points needed, and lead over the next category.
const ENOUGH: u32 = 2;
const LEAD: u32 = 1;

/// The compiled tables: words by category.
#[derive(Debug, Default)]
pub struct CategoryTables {
    tables: Categories,
    /// All words at once, with what each stands for; made when the first page needs it.
    all: OnceLock<Prefixes<Meant>>,
}

/// A text that tells the category: points of a word in it, its name, the text, folded.
type Source = (u32, &'static str, String);

/// What a text stands for.
#[derive(Clone, Copy, Debug)]
struct Meant {
    category: u32,
    /// Its number among the category's words; `None` for a word of `not`.
    word: Option<u32>,
    /// Whether it is the end of a compound: “-schuhe”.
    ending: bool,
}

impl CategoryTables {
    /// Takes the words as read.
    pub fn new(tables: &Categories) -> CategoryTables {
        CategoryTables { tables: tables.clone(), all: OnceLock::new() }
    }

    /// Every word and every look-alike.
    fn all(&self) -> impl Iterator<Item = (Meant, &SmolStr)> {
        self.tables.categories.iter().enumerate().flat_map(|(category, c)| {
            let words = c.words.iter().enumerate().map(move |(i, w)| (Some(i as u32), w));
            let not = c.not.iter().map(|w| (None, w));
            let category = category as u32;
            words
                .chain(not)
                .map(move |(word, text)| (Meant { category, word, ending: text.starts_with('-') }, text))
        })
    }

    fn compile(&self) -> Prefixes<Meant> {
        let bare = |text: &SmolStr| text.strip_prefix('-').map_or_else(|| text.clone(), SmolStr::new);
        let all = self.all().map(|(means, text)| (bare(text), means));
        Prefixes::new(all.filter(|(text, _)| !text.is_empty()).collect())
    }

    /// The first word of every category that stands in a text and in no look-alike.
    fn words_in<'a>(&'a self, text: &str) -> Vec<Option<&'a str>> {
        let mut first: Vec<Option<usize>> = vec![None; self.tables.categories.len()];
        let mut hits: Vec<(Meant, std::ops::Range<usize>)> = Vec::new();
        let texts = self.all.get_or_init(|| self.compile());
        for (at, _) in text.char_indices() {
            texts.at(&text.as_bytes()[at..], |number, len| {
                hits.extend(texts.means(number).iter().map(|m| (*m, at..at + len)));
            });
        }
        let cancelled = |category: u32, at: &std::ops::Range<usize>| {
            let not = hits.iter().filter(|(m, _)| m.category == category && m.word.is_none());
            not.into_iter().any(|(m, n)| n.start < at.end && at.start < n.end && stands(text, n, m.ending))
        };
        for (meant, at) in &hits {
            let Some(word) = meant.word else { continue };
            if stands(text, at, meant.ending) && !cancelled(meant.category, at) {
                let slot = &mut first[meant.category as usize];
                *slot = Some(slot.map_or(word as usize, |w| w.min(word as usize)));
            }
        }
        let word = |(c, i): (&'a CategoryWords, Option<usize>)| c.words.get(i?).map(|w| &**w);
        self.tables.categories.iter().zip(first).map(word).collect()
    }

    /// Points of every category that has some, the most first, with the reason.
    fn scores(&self, sources: &[Source], labels: &HashSet<&str>) -> Vec<(u32, &str, String)> {
        let sources: Vec<_> =
            sources.iter().map(|(points, name, text)| (points, name, self.words_in(text))).collect();
        let mut scores: Vec<(u32, &str, String)> = Vec::new();
        for (i, c) in self.tables.categories.iter().enumerate() {
            let (mut score, mut why) = (0, Vec::new());
            for (points, name, words) in &sources {
                if let Some(word) = words[i] {
                    score += **points;
                    why.push(format!("{name} “{word}”"));
                }
            }
            let keys: Vec<&str> =
                c.keys.iter().map(|k| &**k).filter(|k| labels.contains(k)).take(KEYS).collect();
            if !keys.is_empty() {
                score += KEY * keys.len() as u32;
                why.push(format!("facts “{}”", keys.join("”, “")));
            }
            if score > 0 {
                scores.push((score, &c.name, why.join(", ")));
            }
        }
        scores.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        scores
    }

    /// The category with a clear lead, and why; unknown is a legal answer.
    pub fn recognise(&self, scene: &Scene<'_>, map: &PartMap) -> Recognised {
        let trail = self.tables.trail.as_ref().and_then(|(name, _)| trail(scene, map, name));
        let labels = labels(scene);
        let (sources, shop) = sources(scene, trail);
        let mut scores = self.scores(&sources, &labels);
        // what a shop says of itself counts where its page says nothing
        if scores.is_empty() && !shop.is_empty() {
            scores = self.scores(&[(TITLE, "end of the title", shop)], &labels);
        }
        match scores.as_slice() {
            [] => Recognised {
                value: None,
                reason: "no word of any category in trail, markup, title or heading".into(),
            },
            [(score, category, why), rest @ ..] => {
                let next = rest.first().map_or(0, |r| r.0);
                if *score >= ENOUGH && *score >= next + LEAD {
                    Recognised { value: Some((*category).to_string()), reason: why.clone() }
                } else {
                    let other = rest.first().map_or(String::new(), |r| format!(" or {} ({})", r.1, r.2));
                    Recognised { value: None, reason: format!("could be {category} ({why}){other}") }
                }
            }
        }
    }
}

/// Whether a word at this place stands whole (a plural let through), or ends a compound; CJK
/// words stand anywhere.
fn stands(text: &str, at: &std::ops::Range<usize>, ending: bool) -> bool {
    let cjk = text.get(at.clone()).is_some_and(|word| word.chars().any(is_cjk));
    cjk || boundaries(text, at.start, at.end) == (!ending, true)
}

/// The labels of the page's rows of facts, outside cards of other items.
fn labels<'s>(scene: &'s Scene<'_>) -> HashSet<&'s str> {
    let walk = &scene.walk;
    let own = |cell: &&Cell| {
        let f = walk.fact(cell.el);
        cell.key && f.regions.holds(Region::Main) && !f.dialog && !scene.in_other_card(cell.el)
    };
    let cells = scene.structure.cells.iter().filter(own);
    cells.filter_map(|c| walk.buffer.get(c.start as usize..c.end as usize)).collect()
}

/// The text of the part that leads to the page, its steps set apart.
fn trail(scene: &Scene<'_>, map: &PartMap, name: &str) -> Option<String> {
    let Some(PartRef::Part(id)) = scene.plan.part_ref(name) else { return None };
    let found = map.of(id).iter().find(|t| t.status == Status::Found && t.place.is_none())?;
    let text = scene.walk.text(found.anchor).trim();
    (!text.is_empty() && text.len() < 600).then(|| text.replace('\n', " / "))
}

/// Texts that tell the category, and what the shop says of itself at the end of its title.
/// `found` is the trail as a part, where none is known by its name.
fn sources(scene: &Scene<'_>, found: Option<String>) -> (Vec<Source>, String) {
    let (dom, walk) = (&scene.page.dom, &scene.walk);
    let mut out = Vec::new();
    let path = |p: &str| DataPath::parse(p).map(|p| scene.data.values(&p)).unwrap_or_default();
    let markup: Vec<String> = path("Product.category").into_iter().take(3).map(|v| v.text).collect();
    if !markup.is_empty() {
        out.push((MARKUP, "Product.category", fold(&markup.join(" / "))));
    }
    let listed: Vec<String> =
        ["BreadcrumbList.itemListElement.name", "BreadcrumbList.itemListElement.item.name"]
            .iter()
            .flat_map(|p| path(p))
            .take(8)
            .map(|v| v.text)
            .collect();
    let trail = if listed.is_empty() {
        scene
            .matches(TRAIL_CSS)
            .find(|el| !walk.text(*el).trim().is_empty() && walk.text(*el).len() < 600)
            .map(|el| walk.text(el).replace('\n', " / "))
            .or(found)
            .unwrap_or_default()
    } else {
        fold(&listed.join(" / "))
    };
    if !trail.is_empty() {
        out.push((TRAIL, "trail", trail));
    }
    let (mut title, mut shop) = (String::new(), String::new());
    if let Some(h1) = walk.headings.iter().find(|(el, rank)| *rank == 1 && !walk.text(*el).trim().is_empty())
    {
        title.push_str(walk.text(h1.0));
    }
    if let Some(el) = dom.iter().find(|el| dom.name(*el) == "title" && dom.is_html(*el)) {
        let whole = fold(dom.own_text(el));
        // beside a heading, the last piece is what the shop says of itself
        let cut = if title.is_empty() { None } else { whole.rsplit_once(['|', '–', '—']) };
        let (own, rest) = cut.unwrap_or((&whole, ""));
        shop.push_str(rest);
        title.push(' ');
        title.push_str(own);
    }
    if !title.trim().is_empty() {
        out.push((TITLE, "title", title));
    }
    (out, shop)
}
