//! Which page is this: signals with weights, all data (`words/page-kinds.toml`).

use crate::audit::{Recognised, Status};
use crate::pack::model::Region;
use crate::pack::node::{Table, read_as};
use crate::page::data::DataPath;
use crate::page::dom::El;
use crate::parts::map::{PartMap, Thing};
use crate::parts::plan::PartRef;
use crate::parts::scene::Scene;
use crate::text::css::parse_selector;
use crate::text::pattern::LazyPattern;
use crate::text::subwords::{subwords, token_key};
use serde::Deserialize;
use std::collections::BTreeMap;

/// One signal as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSignal {
    weight: i32,
    say: String,
    data: Option<Vec<String>>,
    is: Option<String>,
    part: Option<String>,
    in_cards: Option<bool>,
    css: Option<String>,
    lacks: Option<String>,
    own: Option<bool>,
    path: Option<String>,
    file: Option<String>,
    body: Option<Vec<String>>,
    title: Option<Vec<String>>,
    cards: Option<usize>,
    grids: Option<usize>,
    at_least: Option<usize>,
    at_most: Option<usize>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawKind {
    threshold: i32,
    #[serde(default)]
    signal: Vec<RawSignal>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RawTables {
    #[serde(default)]
    page_kind: BTreeMap<String, RawKind>,
    #[serde(default)]
    remote: RawRemote,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawRemote {
    part: String,
    css: String,
    hints: Vec<String>,
}

#[derive(Debug)]
enum Test {
    Data {
        paths: Vec<DataPath>,
        is: Option<LazyPattern>,
        at_most: Option<usize>,
    },
    Part {
        name: String,
        in_cards: bool,
        at_least: usize,
    },
    /// A selector; whether only the page's own columns outside cards count.
    Css(String, bool),
    /// A selector that nothing on the page matches.
    Lacks(String),
    Path(LazyPattern),
    File(LazyPattern),
    Body(Vec<String>),
    Title(Vec<String>),
    Cards(usize),
    /// Groups of cards, each under a parent of its own.
    Grids(usize),
}

#[derive(Debug)]
struct Signal {
    weight: i32,
    say: String,
    test: Test,
}

/// What a page scores as one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindPoints {
    /// The kind.
    pub kind: String,
    /// Sum of the weights of the signals that hold.
    pub points: i32,
    /// Points that the kind needs.
    pub threshold: i32,
}

/// The compiled tables.
#[derive(Debug, Default)]
pub struct KindTables {
    kinds: Vec<(String, i32, Vec<Signal>)>,
    remote_part: String,
    remote_css: String,
    remote_hints: Vec<String>,
}

impl KindTables {
    /// Compiles `words/page-kinds.toml`.
    ///
    /// # Errors
    /// What is wrong with it, in one sentence.
    pub fn parse(table: &Table) -> Result<KindTables, String> {
        let raw: RawTables = read_as(table).map_err(|e| format!("words/page-kinds.toml: {}", e.message()))?;
        let mut kinds = Vec::new();
        for (kind, table) in raw.page_kind {
            let signals = table.signal.iter().map(signal).collect::<Result<Vec<_>, _>>();
            kinds.push((kind, table.threshold, signals.map_err(|e| format!("words/page-kinds.toml: {e}"))?));
        }
        if !raw.remote.css.is_empty() {
            parse_selector(&raw.remote.css)
                .map_err(|e| format!("words/page-kinds.toml: remote: {}", e.message))?;
        }
        Ok(KindTables {
            kinds,
            remote_part: raw.remote.part,
            remote_css: raw.remote.css,
            remote_hints: raw.remote.hints,
        })
    }

    /// Parts that the signals ask for.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        let signals = self.kinds.iter().flat_map(|(_, _, s)| s.iter());
        let of_signal = signals.filter_map(|s| match &s.test {
            Test::Part { name, .. } => Some(name.as_str()),
            _ => None,
        });
        of_signal.chain((!self.remote_part.is_empty()).then_some(self.remote_part.as_str()))
    }

    /// Selectors that the signals ask for.
    pub fn selectors(&self) -> impl Iterator<Item = &str> {
        let signals = self.kinds.iter().flat_map(|(_, _, s)| s.iter());
        let of_signal = signals.filter_map(|s| match &s.test {
            Test::Css(css, _) | Test::Lacks(css) => Some(css.as_str()),
            _ => None,
        });
        of_signal.chain((!self.remote_css.is_empty()).then_some(self.remote_css.as_str()))
    }

    /// The kind with the highest score over its threshold, and why; with the points of each.
    pub fn recognise(&self, scene: &Scene<'_>, map: &PartMap) -> (Recognised, Vec<KindPoints>) {
        let mut points = Vec::new();
        let mut best: Option<(i32, &str, String)> = None;
        let mut nearest: Option<(i32, String)> = None;
        for (kind, threshold, signals) in &self.kinds {
            let held: Vec<&Signal> = signals.iter().filter(|s| holds(s, scene, map)).collect();
            let score: i32 = held.iter().map(|s| s.weight).sum();
            points.push(KindPoints { kind: kind.clone(), points: score, threshold: *threshold });
            let reason =
                held.iter().map(|s| format!("{} {:+}", s.say, s.weight)).collect::<Vec<_>>().join(", ");
            // kinds are compared by how far they are over what they need
            let over = score - threshold;
            if over >= 0 && best.as_ref().is_none_or(|b| over > b.0) {
                best = Some((over, kind, reason.clone()));
            }
            if score > 0 && nearest.as_ref().is_none_or(|n| over > n.0) {
                nearest = Some((over, format!("nearest is {kind}: {reason}, {score} of {threshold} points")));
            }
        }
        let recognised = match (best, nearest) {
            (Some((_, kind, reason)), _) => Recognised { value: Some(kind.to_string()), reason },
            (None, Some((_, reason))) => Recognised { value: None, reason },
            (None, None) => Recognised { value: None, reason: "no signal of any page kind".into() },
        };
        (recognised, points)
    }

    /// Whether the description is loaded from elsewhere: its container is empty and the page
    /// names where it comes from.
    pub fn is_remote(&self, scene: &Scene<'_>, map: &PartMap) -> bool {
        let dom = &scene.page.dom;
        let empty = |from: u32, to: u32, chars: u32| chars < 20 && scene.walk.images_in(from, to) == 0;
        let Some(PartRef::Part(id)) = scene.plan.part_ref(&self.remote_part) else { return false };
        let things = map.of(id);
        let filled = things.iter().any(|t| {
            let end = dom.end(t.anchor).0;
            !empty(t.extent.from, t.extent.to.max(end), scene.walk.chars(t.anchor))
        });
        let container =
            scene.matches(&self.remote_css).any(|el| empty(el.0, dom.end(el).0, scene.walk.chars(el)));
        if !container && (things.is_empty() || filled) {
            return false;
        }
        let text = scene.page.text.as_bytes();
        self.remote_hints.iter().any(|h| memchr::memmem::find(text, h.as_bytes()).is_some())
    }
}

fn signal(raw: &RawSignal) -> Result<Signal, String> {
    // compiled once a page needs it: start-up is short
    let regex = |r: &String| match regex_syntax::parse(r) {
        Ok(_) => Ok(LazyPattern::new(r)),
        Err(e) => Err(format!("“{}”: {e}", raw.say)),
    };
    let test = if let Some(paths) = &raw.data {
        let paths = paths
            .iter()
            .map(|p| DataPath::parse(p).map_err(|(_, e)| format!("“{p}”: {e}")))
            .collect::<Result<_, _>>()?;
        Test::Data { paths, is: raw.is.as_ref().map(regex).transpose()?, at_most: raw.at_most }
    } else if let Some(name) = &raw.part {
        let (in_cards, at_least) = (raw.in_cards.unwrap_or(false), raw.at_least.unwrap_or(1));
        Test::Part { name: name.clone(), in_cards, at_least }
    } else if let Some(css) = &raw.css {
        parse_selector(css).map_err(|e| format!("“{css}”: {}", e.message))?;
        Test::Css(css.clone(), raw.own.unwrap_or(false))
    } else if let Some(css) = &raw.lacks {
        parse_selector(css).map_err(|e| format!("“{css}”: {}", e.message))?;
        Test::Lacks(css.clone())
    } else if let Some(path) = &raw.path {
        Test::Path(regex(path)?)
    } else if let Some(file) = &raw.file {
        Test::File(regex(file)?)
    } else if let Some(tokens) = &raw.body {
        Test::Body(tokens.iter().map(|t| token_key(t)).collect())
    } else if let Some(words) = &raw.title {
        Test::Title(words.iter().map(|w| crate::text::fold::fold(w)).collect())
    } else if let Some(n) = raw.cards {
        Test::Cards(n)
    } else if let Some(n) = raw.grids {
        Test::Grids(n)
    } else {
        return Err(format!("the signal “{}” tests nothing", raw.say));
    };
    Ok(Signal { weight: raw.weight, say: raw.say.clone(), test })
}

fn holds(signal: &Signal, scene: &Scene<'_>, map: &PartMap) -> bool {
    let dom = &scene.page.dom;
    match &signal.test {
        Test::Data { paths, is, at_most } => {
            // what stands in a card tells of that card's item, not of the page
            let values = paths.iter().flat_map(|p| scene.data.values(p));
            let values: Vec<_> = values.filter(|v| !scene.in_other_card(v.el)).collect();
            let fits = values
                .iter()
                .filter(|v| is.as_ref().is_none_or(|r| r.is_match(&v.text.to_lowercase())))
                .count();
            fits > 0 && at_most.is_none_or(|m| fits <= m)
        }
        Test::Part { name, in_cards, at_least } => parts(scene, map, name, *in_cards) >= *at_least,
        Test::Css(css, own) => scene.matches(css).any(|el| !*own || is_own(scene, el)),
        Test::Lacks(css) => scene.matches(css).next().is_none(),
        Test::Path(regex) => match &scene.own_path {
            Some(path) => regex.is_match(&path.to_lowercase()),
            None => false,
        },
        Test::File(regex) => {
            let source = &scene.page.source;
            !source.starts_with("http") && regex.is_match(&source.to_lowercase())
        }
        Test::Body(tokens) => {
            let body = dom.iter().find(|el| dom.name(*el) == "body");
            body.is_some_and(|el| {
                let names = [dom.attr(el, "class"), dom.attr(el, "id"), dom.attr(el, "data-route")];
                names
                    .into_iter()
                    .flatten()
                    .flat_map(str::split_ascii_whitespace)
                    .any(|n| tokens.contains(&subwords(n).concat()))
            })
        }
        Test::Title(words) => {
            let title = dom
                .iter()
                .find(|el| dom.name(*el) == "title")
                .map(|el| crate::text::fold::fold(dom.own_text(el)));
            title.is_some_and(|t| words.iter().any(|w| t.contains(w.as_str())))
        }
        Test::Cards(n) => seen(scene, &scene.structure.cards) >= *n,
        Test::Grids(n) => seen(scene, &scene.structure.grids) >= *n,
    }
}

/// How many of the elements are not hidden.
fn seen(scene: &Scene<'_>, elements: &[El]) -> usize {
    elements.iter().filter(|el| scene.walk.fact(**el).hidden.is_none()).count()
}

/// How many things of a part are found in the page's own columns, outside cards of other
/// items: head, menus and foot are alike on every page of a shop.
fn parts(scene: &Scene<'_>, map: &PartMap, name: &str, in_cards: bool) -> usize {
    let Some(PartRef::Part(id)) = scene.plan.part_ref(name) else { return 0 };
    let counts = |t: &&Thing| {
        let place = if in_cards { in_columns(scene, t.anchor) } else { is_own(scene, t.anchor) };
        place && t.status == Status::Found && t.place.is_none()
    };
    map.of(id).iter().filter(counts).count()
}

/// Whether an element belongs to what the page itself is about.
fn is_own(scene: &Scene<'_>, el: El) -> bool {
    in_columns(scene, el) && !scene.in_other_card(el)
}

/// Whether an element lies neither in the head of the page, its menus, its foot, nor a dialog.
fn in_columns(scene: &Scene<'_>, el: El) -> bool {
    let f = scene.walk.fact(el);
    matches!(f.regions.innermost(), Region::Main | Region::Aside) && !f.dialog
}
