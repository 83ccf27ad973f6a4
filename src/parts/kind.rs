//! Which page is this: signals with weights, all data (`words/page-kinds.toml`).

use crate::audit::{Recognised, Status};
use crate::pack::model::{KindSignal, KindTest, PageKind, PageKinds, Region};
use crate::page::dom::El;
use crate::parts::map::{PartMap, Thing};
use crate::parts::phrases::boundaries;
use crate::parts::plan::PartRef;
use crate::parts::scene::Scene;
use crate::text::fold::is_cjk;
use crate::text::subwords::subwords;

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
    tables: PageKinds,
}

impl KindTables {
    /// Takes the tables as read.
    pub fn new(tables: &PageKinds) -> KindTables {
        KindTables { tables: tables.clone() }
    }

    fn tests(&self) -> impl Iterator<Item = &KindTest> {
        self.tables.kinds.iter().flat_map(|kind| kind.signals.iter()).map(|signal| &signal.test)
    }

    /// Parts that the signals ask for.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.tables.parts.iter().map(|(name, _)| name.as_str())
    }

    /// Selectors that the signals ask for.
    pub fn selectors(&self) -> impl Iterator<Item = &str> {
        let of_signal = self.tests().filter_map(|test| match test {
            KindTest::Css(css, _) | KindTest::Lacks(css) => Some(css.as_str()),
            _ => None,
        });
        let remote = self.tables.remote.css.as_str();
        of_signal.chain((!remote.is_empty()).then_some(remote))
    }

    /// The kind with the highest score over its threshold, and why; with the points of each.
    pub fn recognise(&self, scene: &Scene<'_>, map: &PartMap) -> (Recognised, Vec<KindPoints>) {
        let mut points = Vec::new();
        let mut best: Option<(i32, &str, String)> = None;
        let mut nearest: Option<(i32, String)> = None;
        for PageKind { name: kind, threshold, signals } in &self.tables.kinds {
            let held: Vec<_> = signals.iter().filter(|s| holds(s, scene, map)).collect();
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
        let (dom, remote) = (&scene.page.dom, &self.tables.remote);
        let empty = |from: u32, to: u32, chars: u32| chars < 20 && scene.walk.images_in(from, to) == 0;
        let Some(PartRef::Part(id)) = scene.plan.part_ref(&remote.part) else { return false };
        let things = map.of(id);
        let filled = things.iter().any(|t| {
            let end = dom.end(t.anchor).0;
            !empty(t.extent.from, t.extent.to.max(end), scene.walk.chars(t.anchor))
        });
        let container = scene.matches(&remote.css).any(|el| empty(el.0, dom.end(el).0, scene.walk.chars(el)));
        if !container && (things.is_empty() || filled) {
            return false;
        }
        let text = scene.page.text.as_bytes();
        remote.hints.iter().any(|h| memchr::memmem::find(text, h.as_bytes()).is_some())
    }
}

fn holds(signal: &KindSignal, scene: &Scene<'_>, map: &PartMap) -> bool {
    let dom = &scene.page.dom;
    match &signal.test {
        KindTest::Data { paths, is, at_most } => {
            // what stands in a card tells of that card's item, not of the page
            let values = paths.iter().flat_map(|p| scene.data.values(p));
            let values: Vec<_> = values.filter(|v| !scene.in_other_card(v.el)).collect();
            let fits = values
                .iter()
                .filter(|v| is.as_ref().is_none_or(|r| r.is_match(&v.text.to_lowercase())))
                .count();
            fits > 0 && at_most.is_none_or(|m| fits <= m as usize)
        }
        KindTest::Part { name, in_cards, at_least } => {
            parts(scene, map, name, *in_cards) >= *at_least as usize
        }
        KindTest::Css(css, own) => scene.matches(css).any(|el| !*own || is_own(scene, el)),
        KindTest::Lacks(css) => scene.matches(css).next().is_none(),
        KindTest::Path(regex) => match &scene.own_path {
            Some(path) => regex.is_match(&path.to_lowercase()),
            None => false,
        },
        KindTest::File(regex) => {
            let source = &scene.page.source;
            !source.starts_with("http") && regex.is_match(&source.to_lowercase())
        }
        KindTest::Body(tokens) => {
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
        KindTest::Title(words) => {
            let title = dom
                .iter()
                .find(|el| dom.name(*el) == "title")
                .map(|el| crate::text::fold::fold(dom.own_text(el)));
            title.is_some_and(|t| words.iter().any(|w| holds_word(&t, w)))
        }
        KindTest::Cards(n) => seen(scene, &scene.structure.cards) >= *n as usize,
        KindTest::Grids(n) => seen(scene, &scene.structure.grids) >= *n as usize,
    }
}

/// Whether a word stands whole in a folded text; of Chinese and Japanese anywhere.
fn holds_word(text: &str, word: &str) -> bool {
    let whole = |at: usize| word.chars().any(is_cjk) || boundaries(text, at, at + word.len()) == (true, true);
    text.match_indices(word).any(|(at, _)| whole(at))
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
