//! Where the evidence may lie where this run did not look: shells, pictures without texts.

use crate::audit::Status;
use crate::pack::model::Region;
use crate::page::Page;
use crate::page::dom::El;
use crate::parts::extent::Extent;
use crate::parts::map::PartMap;
use crate::parts::names::{is_picture_word, picture_address};
use crate::parts::plan::PartRef;
use crate::parts::scene::Scene;
use crate::text::subwords::{is_hash, subwords};

/// The part that is the item's own pictures.
const GALLERY: &str = "product-gallery";
/// Text of a page that scripts have yet to fill, at most, in characters.
const SHELL_TEXT: u32 = 200;
/// Links of such a page, at most.
const SHELL_LINKS: usize = 8;
/// Bytes of an inline script that only sets a flag or loads a counter, at most.
const SCRIPT_TEXT: usize = 200;

/// Whether the page is an empty shell that scripts fill.
pub fn is_shell(scene: &Scene<'_>) -> bool {
    is_bare(scene) && has_scripts(scene)
}

/// Whether the page holds next to nothing.
pub fn is_bare(scene: &Scene<'_>) -> bool {
    let text = scene.walk.buffer.get(..scene.walk.attrs_at as usize).unwrap_or("");
    crate::text::fold::chars(text) < SHELL_TEXT
        && scene.walk.links.len() <= SHELL_LINKS
        && scene.walk.images.len() <= 3
}

/// Whether scripts fill the main column: it says next to nothing, and holds an empty block.
pub fn is_hollow(scene: &Scene<'_>) -> bool {
    let (dom, walk) = (&scene.page.dom, &scene.walk);
    // beside a column that is marked as such there may be boxes of any kind
    let is_main = |el: &El| {
        let named = dom.id(*el).is_some_and(|id| matches!(id, "main" | "content" | "main-content"));
        dom.name(*el) == "main" || dom.attr(*el, "role") == Some("main") || named && dom.name(*el) == "div"
    };
    let main = dom.iter().find(is_main);
    let in_main = |el: El| {
        let f = walk.fact(el);
        let column = main.map_or(f.regions.holds(Region::Main), |main| dom.contains(main, el));
        column && f.hidden.is_none() && !f.dialog
    };
    let texts = walk.rows.iter().take_while(|r| r.at < walk.attrs_at).filter(|r| in_main(r.el));
    let chars: u32 = texts.map(|r| walk.lengths.between(&walk.buffer, r.at, walk.row_end(r))).sum();
    if chars >= SHELL_TEXT || !has_scripts(scene) {
        return false;
    }
    let links = walk.links.iter().filter(|el| in_main(**el)).count();
    let title =
        walk.headings.iter().any(|(el, rank)| *rank == 1 && walk.fact(*el).regions.holds(Region::Main));
    if title || links > SHELL_LINKS || walk.images.iter().any(|el| dom.name(*el) != "div" && in_main(*el)) {
        return false;
    }
    let mut empty = false;
    for el in dom.iter().filter(|el| in_main(*el)) {
        match dom.name(el) {
            "input" | "select" | "textarea" | "button" | "iframe" => return false,
            "div" | "section" | "main" | "article" => {
                empty |= dom.first_child(el).is_none() && walk.text(el).trim().is_empty();
            }
            _ => {}
        }
    }
    empty
}

/// Whether scripts that may build parts of the page have yet to run on it.
pub fn has_scripts(scene: &Scene<'_>) -> bool {
    page_has_scripts(scene.page)
}

/// The same of a page of which nothing else is known yet.
pub fn page_has_scripts(page: &Page) -> bool {
    // those of a rendered page have done what they do
    if page.rendered.is_some() {
        return false;
    }
    let dom = &page.dom;
    dom.iter().filter(|el| dom.name(*el) == "script").any(|el| {
        let code =
            dom.attr(el, "type").is_none_or(|t| t.is_empty() || t.contains("javascript") || t == "module");
        code && (dom.attr(el, "src").is_some() || dom.own_text(el).len() > SCRIPT_TEXT)
    })
}

/// Pictures of the main region: how many, and how many of them say nothing in text. Those of the
/// gallery show the item; nobody writes on them what a description says.
pub fn opaque_pictures(scene: &Scene<'_>, map: &PartMap) -> (usize, usize) {
    let gallery: Vec<Extent> = match scene.plan.part_ref(GALLERY) {
        Some(PartRef::Part(id)) => {
            let found = map.of(id).iter().filter(|t| t.place.is_none() && t.status == Status::Found);
            found.map(|t| t.extent).collect()
        }
        _ => Vec::new(),
    };
    let dom = &scene.page.dom;
    let mut all = 0;
    let mut opaque = 0;
    for &el in &scene.walk.images {
        let f = scene.walk.fact(el);
        if !f.regions.holds(Region::Main)
            || f.hidden.is_some()
            || f.dialog
            || is_icon(scene, el)
            || scene.in_other_card(el)
            || gallery.iter().any(|e| e.holds(el))
        {
            continue;
        }
        all += 1;
        let alt = dom.attr(el, "alt").unwrap_or("").trim();
        let tells = says_something(alt)
            || picture_address(dom, el).is_some_and(|(_, s)| {
                let path = s.split(['?', '#']).next().unwrap_or(s);
                says_something(path.rsplit('/').next().unwrap_or(path))
            });
        if !tells {
            opaque += 1;
        }
    }
    (all, opaque)
}

fn is_icon(scene: &Scene<'_>, el: El) -> bool {
    let dom = &scene.page.dom;
    dom.name(el) == "svg"
        || ["width", "height"]
            .iter()
            .any(|a| dom.attr(el, a).and_then(crate::parts::tags::number).is_some_and(|n| n <= 32.0))
}

/// Whether an alt text or a file name holds a word: a run of letters that is no hash and
/// no word for a picture.
fn says_something(text: &str) -> bool {
    if text.chars().any(crate::text::fold::is_cjk) {
        return true;
    }
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !is_hash(w)).any(|name| {
        subwords(name).iter().any(|w| {
            w.chars().count() >= 3
                && w.chars().all(char::is_alphabetic)
                && w.chars().any(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || !c.is_ascii())
                && !is_picture_word(w)
        })
    })
}
