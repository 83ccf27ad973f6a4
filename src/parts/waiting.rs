//! What is hidden until a script runs: carousels and sections that a script uncovers, a main column
//! that it fades in.

use crate::layout::Unseen;
use crate::pack::model::Region;
use crate::page::Page;
use crate::page::dom::{Dom, El};
use crate::parts::guards::page_has_scripts;
use crate::parts::scene::Scene;
use crate::parts::screen::Screen;
use crate::parts::tags::{self, declarations};
use crate::parts::walk::{Hidden, Walk};
use crate::text::subwords::subwords;

/// Sub-words by which a script finds the carousels and sections that it uncovers.
const NAMES: [&str; 14] = [
    "carousel",
    "slider",
    "slideshow",
    "swiper",
    "slick",
    "flickity",
    "owl",
    "glide",
    "splide",
    "flexslider",
    "bxslider",
    "lazy",
    "lazyload",
    "lazysection",
];
/// Sub-words of what a script has uncovered already, or a stylesheet hides on screens of one size.
const SETTLED: [&str; 21] = [
    "loaded",
    "lazyloaded",
    "initialized",
    "initialised",
    "ready",
    "init",
    "mobile",
    "desktop",
    "phone",
    "tablet",
    "xs",
    "sm",
    "md",
    "lg",
    "xl",
    "small",
    "medium",
    "large",
    "hidden",
    "hide",
    "none",
];

/// Whether an element that the markup hides is a carousel or section that a script uncovers.
pub fn by_markup(scene: &Scene<'_>, el: El, hidden: Hidden) -> bool {
    let dom = &scene.page.dom;
    let above = std::iter::successors(Some(el), |at| dom.parent(*at));
    let root = above.take_while(|at| scene.walk.fact(*at).hidden == Some(hidden)).last();
    matches!(hidden, Hidden::Display | Hidden::Attribute) && root.is_some_and(|root| is_named(dom, root))
}

/// Whether an element that `display: none` of a stylesheet hides is one.
pub fn by_style(scene: &Scene<'_>, screen: &Screen, el: El) -> bool {
    let Some(geometry) = screen.geometry() else { return false };
    let none = |at: &El| geometry.of(*at).is_some_and(|b| b.unseen == Some(Unseen::Display));
    let root = std::iter::successors(Some(el), |at| scene.page.dom.parent(*at)).take_while(none).last();
    root.is_some_and(|root| is_named(&scene.page.dom, root))
}

fn is_named(dom: &Dom, el: El) -> bool {
    let names: Vec<String> = [dom.attr(el, "class"), dom.attr(el, "id")]
        .into_iter()
        .flatten()
        .flat_map(str::split_ascii_whitespace)
        .flat_map(subwords)
        .collect();
    let any = |list: &[&str]| names.iter().any(|name| list.contains(&name.as_str()));
    any(&NAMES) && !any(&SETTLED)
}

/// Blocks that scripts fade in, where most of what the main column says stands in such: the walk
/// takes them for drawn from then on. Elsewhere a block without opacity is hidden.
pub fn uncover(page: &Page, walk: &mut Walk) -> Vec<El> {
    let dom = &page.dom;
    let faded = |el: El| walk.fact(el).hidden == Some(Hidden::Opacity);
    let root = |el: &El| faded(*el) && !dom.parent(*el).is_some_and(faded);
    let roots: Vec<El> = dom.iter().filter(root).filter(|el| fades_in(dom, *el)).collect();
    if roots.is_empty() || !mostly(dom, walk, &roots) || !page_has_scripts(page) {
        return Vec::new();
    }
    for root in &roots {
        for el in (root.0..dom.end(*root).0).map(El) {
            let above = dom.parent(el).and_then(|p| walk.fact(p).hidden);
            let style = dom.attr(el, "style").map(str::to_ascii_lowercase).unwrap_or_default();
            let own = || tags::hidden(dom, el, dom.name(el), &style);
            let hidden = above.or_else(|| own().filter(|why| *why != Hidden::Opacity || !fades_in(dom, el)));
            if let Some(fact) = walk.facts.get_mut(el.0 as usize) {
                fact.hidden = hidden;
            }
        }
    }
    roots
}

/// Whether the blocks hold more of the main column's text than is drawn of it.
fn mostly(dom: &Dom, walk: &Walk, roots: &[El]) -> bool {
    let (mut inside, mut drawn) = (0u32, 0u32);
    for row in walk.rows.iter().take_while(|row| row.at < walk.attrs_at) {
        let f = walk.fact(row.el);
        if !f.regions.holds(Region::Main) || f.dialog {
            continue;
        }
        let length = walk.row_end(row) - row.at;
        match f.hidden {
            None => drawn += length,
            Some(Hidden::Opacity) if lies_in(dom, roots, row.el) => inside += length,
            Some(_) => {}
        }
    }
    inside > drawn
}

/// Whether an element is or lies in one of some that stand beside each other in document order.
pub fn lies_in(dom: &Dom, roots: &[El], el: El) -> bool {
    let before = roots.partition_point(|root| *root <= el);
    roots.get(..before).and_then(<[El]>::last).is_some_and(|root| dom.contains(*root, el))
}

/// Whether a block without opacity is one that fades in: what lies over the page, or cannot be
/// pressed, is closed.
fn fades_in(dom: &Dom, el: El) -> bool {
    let style = dom.attr(el, "style").map(str::to_ascii_lowercase).unwrap_or_default();
    !declarations(&style).any(|(key, value)| match key {
        "pointer-events" | "display" => value.starts_with("none"),
        "visibility" => value.starts_with("hidden"),
        "position" => value.starts_with("fixed") || value.starts_with("absolute"),
        _ => false,
    })
}
