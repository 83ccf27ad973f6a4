//! What the stylesheets that were not at hand leave of what was measured.

use crate::layout::{Geometry, Missing};
use crate::page::dom::TextRow;
use crate::parts::scene::Scene;
use crate::show::{cut, shown};
use crate::text::subwords::subwords;

/// More missing stylesheets than this share of all, by weight, leave a page as good as unstyled.
const MISSING: f32 = 0.34;
/// Weight of a stylesheet that only brings fonts or icons, against one of another kind.
const FONTS: f32 = 0.1;
/// Bytes of style in the page that weigh as much as one file: the mean of a file's, see
/// `assets::weight`.
const FILE: f32 = crate::layout::FILE_BYTES as f32;
/// Names of services and files that bring fonts and icons and do not say so.
const FONT_NAMES: [&str; 5] = ["typekit", "icomoon", "fontello", "fa", "ionicons"];
/// Missing stylesheets that are named; the rest is counted.
const NAMED: usize = 3;
/// Characters shown of an address.
const NAME: usize = 80;

/// Whether a stylesheet only brings fonts or icons, by its address. One address may stand for
/// several files in one.
fn brings_fonts(name: &str) -> bool {
    let name = name.split(['?', '#']).next().unwrap_or(name);
    let word = |w: &String| {
        w.contains("font")
            || w.starts_with("icon")
            || w.ends_with("icons")
            || FONT_NAMES.contains(&w.as_str())
    };
    name.matches(".css").count() <= 1 && subwords(name).iter().any(word)
}

/// Weights of the stylesheets that are missing, by what their names promise, and of all, in files.
fn weights(missing: &Missing) -> (f32, f32) {
    // one address may stand for several files in one: “a.css,b.css”
    let files = |name: &str| name.split(',').filter(|file| file.contains(".css")).count().max(1);
    let weight = |name: &String| if brings_fonts(name) { FONTS } else { files(name) as f32 };
    let gone: f32 = missing.stylesheets.iter().map(weight).sum();
    let here = missing.stylesheets_asked.saturating_sub(missing.stylesheets.len()) as f32;
    (gone, gone + here + missing.inline as f32 / FILE)
}

/// The share of a page's style that is missing, 0 to 1.
pub(super) fn missing_share(geometry: &Geometry) -> f32 {
    let (gone, all) = weights(&geometry.missing);
    // fonts alone are little, also where there is nothing else
    gone / all.max(1.0)
}

/// "a.css, b.css and 2 more".
fn names(missing: &[String]) -> String {
    let some: Vec<String> = missing.iter().take(NAMED).map(|n| cut(&shown(n), NAME).into_owned()).collect();
    let more = missing.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    some.join(", ") + &more
}

/// Why what was measured says nothing of the page, if so.
pub fn useless(geometry: &Geometry, scene: &Scene<'_>, scripts: bool) -> Option<String> {
    let (missing, dom) = (&geometry.missing, &scene.page.dom);
    let (gone, all) = weights(missing);
    if gone > MISSING * all && !missing.stylesheets.iter().all(|n| brings_fonts(n)) {
        let (gone, asked) = (missing.stylesheets.len(), missing.stylesheets_asked);
        let which = match (gone, asked) {
            (1, 1) if missing.inline == 0 => "its only stylesheet is missing".to_string(),
            _ if gone == asked && missing.inline == 0 => format!("all its {asked} stylesheets are missing"),
            (1, 1) => "its only stylesheet file is missing".to_string(),
            _ if gone == asked => format!("all its {asked} stylesheet files are missing"),
            _ => format!("{gone} of its {asked} stylesheets are missing"),
        };
        return Some(format!("{which}: {}", names(&missing.stylesheets)));
    }
    // pages that a script uncovers: with scripts off a browser shows nothing either
    let texts = || dom.all_texts().iter().filter(|t| scene.walk.fact(t.parent).hidden.is_none());
    let length = |t: &TextRow| dom.text_of(t).trim().len();
    let all: usize = texts().map(length).sum();
    let drawn = |t: &&TextRow| geometry.of(t.parent).is_some_and(|b| b.unseen.is_none());
    let seen: usize = texts().filter(drawn).map(length).sum();
    (scripts && all > 0 && seen * COVERED < all)
        .then(|| "the page stays covered until scripts run".to_string())
}

/// A page of which less than one part of so many of its text is seen is covered.
const COVERED: usize = 20;
