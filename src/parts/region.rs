//! Regions of a page: header, nav, main, aside, footer, by tags, then ARIA roles,
//! then names. What lies in none of the others is in main.

use crate::pack::model::Region;
use crate::page::dom::{Dom, El};
use crate::text::subwords::subwords;

/// The regions that an element lies in, as nested by its ancestors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Regions {
    bits: u8,
    innermost: Option<Region>,
    /// In `<main>`, `<article>` or `<section>`: a `<header>` there is a block's own.
    content: bool,
}

impl Regions {
    /// The innermost region; main where there is none.
    pub fn innermost(self) -> Region {
        self.innermost.unwrap_or(Region::Main)
    }

    /// Whether the element lies in the region. In main lies what is in no other.
    pub fn holds(self, region: Region) -> bool {
        match region {
            Region::Main => self.bits == 0,
            other => self.bits & bit(other) != 0,
        }
    }

    fn with(mut self, region: Region) -> Self {
        if region != Region::Main {
            self.bits |= bit(region);
        }
        self.innermost = Some(region);
        self.content |= region == Region::Main;
        self
    }
}

const fn bit(region: Region) -> u8 {
    match region {
        Region::Header => 1,
        Region::Nav => 2,
        Region::Main => 0,
        Region::Aside => 4,
        Region::Footer => 8,
    }
}

/// Regions of an element from its parent's; `later` says that a `<header>` stands before it.
pub fn region_of(dom: &Dom, el: El, name: &str, role: &str, above: Regions, later: bool) -> Regions {
    let by_tag = match name {
        "header" if !(above.content || later && holds_name(dom, el)) => Some(Region::Header),
        "footer" if !above.content => Some(Region::Footer),
        "nav" => Some(Region::Nav),
        "aside" => Some(Region::Aside),
        "main" => Some(Region::Main),
        _ => None,
    };
    // tabs are no way to other pages, though themes call them so
    let tabs = role.eq_ignore_ascii_case("tablist") || name == "ul" && is_tabs(dom, el);
    let by_role = || match role.to_ascii_lowercase().as_str() {
        "banner" if !above.content => Some(Region::Header),
        "navigation" => Some(Region::Nav),
        "main" => Some(Region::Main),
        "complementary" => Some(Region::Aside),
        "contentinfo" => Some(Region::Footer),
        _ => None,
    };
    let found = by_tag
        .or_else(|| if role.is_empty() { None } else { by_role() })
        .or_else(|| if above.content || above.bits != 0 || tabs { None } else { by_name(dom, el, name) });
    let mut regions = match found {
        Some(region) => above.with(region),
        None => above,
    };
    regions.content |= matches!(name, "article" | "section");
    regions
}

/// Whether a list is a row of tabs or pills by the names that frameworks give it, and its links
/// lead to places on the page, if anywhere.
fn is_tabs(dom: &Dom, el: El) -> bool {
    let classes = dom.attr(el, "class").unwrap_or("").split_ascii_whitespace();
    let mut named = classes.filter(|c| {
        let c = c.to_ascii_lowercase();
        matches!(c.as_str(), "nav-tabs" | "nav-pills" | "tabs" | "tab-list" | "tablist" | "nav-tab")
    });
    let links = || (el.0 + 1..dom.end(el).0).take(OWN_HEADER).map(El).filter(|e| dom.name(*e) == "a");
    named.next().is_some()
        && links().all(|a| dom.attr(a, "href").is_none_or(|h| h.starts_with('#') || h.is_empty()))
}

/// Whether a `<header>` holds the name of what the page is about. A later one that does is a
/// block's own, though nothing round it says so.
fn holds_name(dom: &Dom, header: El) -> bool {
    (header.0 + 1..dom.end(header).0).take(OWN_HEADER).any(|i| dom.name(El(i)) == "h1")
}

/// Elements of a header that are looked at for the name.
const OWN_HEADER: usize = 64;

/// A region by a class or id that is one of the usual names; only of blocks that lie in no
/// other region, and never of what wraps the page.
fn by_name(dom: &Dom, el: El, name: &str) -> Option<Region> {
    if !matches!(name, "div" | "table" | "ul" | "td" | "center" | "section") {
        return None;
    }
    let names = [dom.attr(el, "id"), dom.attr(el, "class")];
    for value in names.into_iter().flatten() {
        for one in value.split_ascii_whitespace().take(8) {
            if one.len() > MAX_NAME || !HINTS.iter().any(|h| holds_word(one, h)) {
                continue;
            }
            let words = subwords(one);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let whole = (name != "section").then(|| whole_name(&words)).flatten();
            let region = whole.filter(|_| !is_page(dom, el));
            if let Some(region) = region.or_else(|| part_of_name(dom, el, &words)) {
                return Some(region);
            }
        }
    }
    None
}

/// Longest class or id that is looked at.
const MAX_NAME: usize = 32;
/// What every name of a region holds.
const HINTS: [&str; 8] = ["head", "foot", "nav", "bar", "menu", "col", "aside", "top"];

/// Whether a name holds a word, in capitals or not.
fn holds_word(name: &str, word: &str) -> bool {
    name.as_bytes().windows(word.len()).any(|w| w.eq_ignore_ascii_case(word.as_bytes()))
}

/// Names that say it whole.
fn whole_name(words: &[&str]) -> Option<Region> {
    Some(match words {
        ["header"]
        | ["site" | "page" | "main" | "top" | "global" | "shop", "header"]
        | ["masthead"]
        | ["header", "container" | "wrapper" | "wrap"]
        | ["topbar"]
        | ["top", "bar"] => Region::Header,
        ["footer"]
        | ["site" | "page" | "main" | "global" | "shop", "footer"]
        | ["footer", "container" | "wrapper" | "wrap"] => Region::Footer,
        ["nav"]
        | ["navbar"]
        | ["navigation"]
        | ["main" | "top" | "site" | "primary", "nav" | "menu" | "navigation"]
        | ["mega", "menu"]
        | ["megamenu"] => Region::Nav,
        ["sidebar"]
        | ["side", "bar"]
        | ["left", "bar" | "sidebar" | "column" | "col"]
        | ["aside"]
        | ["column", "left" | "right"] => Region::Aside,
        _ => return None,
    })
}

/// Names that say it with more words: a shop's own letters before it, a word of layout behind
/// it, `bw_footerLinksRow`. Each needs its place on the page as well: a header stands in the
/// first third, a footer in the last half, and neither holds most of the page.
fn part_of_name(dom: &Dom, el: El, words: &[&str]) -> Option<Region> {
    // a shop's second header is one: `header2`
    let numbered = words.iter().map(|w| w.trim_end_matches(|c: char| c.is_ascii_digit()));
    let words: Vec<&str> = numbered.filter(|w| !w.is_empty()).collect();
    let own = words.iter().take_while(|w| w.len() <= 3 && !SHORT_WORDS.contains(w)).count();
    let words = words.get(own..)?;
    let at = words.iter().position(|w| REGIONS.iter().any(|(name, _)| name == w))?;
    let (_, region) = REGIONS.iter().find(|(name, _)| *name == words[at])?;
    let plain = |w: &&str| LAYOUT.contains(w);
    if !words[..at].iter().all(plain) || !words[at + 1..].iter().all(plain) {
        return None;
    }
    let (all, size) = (dom.len() as u32, dom.end(el).0 - el.0);
    let placed = match region {
        Region::Header | Region::Nav => 3 * el.0 < all,
        Region::Footer => 2 * el.0 > all,
        _ => true,
    };
    (placed && 2 * size < all).then_some(*region)
}

/// Whether a block is the page itself, whatever it is called: most of it, with its name or its
/// main column.
fn is_page(dom: &Dom, el: El) -> bool {
    let end = dom.end(el).0;
    let most = 2 * (end - el.0) as usize >= dom.len();
    most && (el.0 + 1..end).any(|inner| matches!(dom.name(El(inner)), "h1" | "main"))
}

/// Short words that are no shop's letters: they change what the name means.
const SHORT_WORDS: [&str; 13] =
    ["has", "not", "no", "is", "pre", "sub", "tab", "box", "row", "nav", "top", "ad", "faq"];

/// Words that name a region.
const REGIONS: [(&str, Region); 13] = [
    ("header", Region::Header),
    ("masthead", Region::Header),
    ("topbar", Region::Header),
    ("toolbar", Region::Header),
    ("footer", Region::Footer),
    ("navbar", Region::Nav),
    ("topnav", Region::Nav),
    ("topnavcontainer", Region::Nav),
    ("mainnav", Region::Nav),
    ("mainmenu", Region::Nav),
    ("megamenu", Region::Nav),
    ("sitenav", Region::Nav),
    ("sidebar", Region::Aside),
];

/// Words that say where on the screen, or how a block is made: they do not change its region.
const LAYOUT: [&str; 29] = [
    "site",
    "page",
    "main",
    "global",
    "shop",
    "store",
    "fixed",
    "sticky",
    "desktop",
    "mobile",
    "pc",
    "top",
    "bottom",
    "left",
    "right",
    "middle",
    "upper",
    "lower",
    "container",
    "wrapper",
    "wrap",
    "inner",
    "outer",
    "row",
    "area",
    "links",
    "link",
    "new",
    "widgets",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;
    use crate::parts::walk::Walk;

    /// Region of the element with the id `x`, or of what lies in it.
    fn region(html: &str) -> Region {
        let page = Page::from_text("t.html", html);
        let walk = Walk::new(&page.dom);
        let el = page.dom.iter().find(|el| page.dom.attr(*el, "data-x").is_some());
        walk.fact(el.expect("an element to ask")).regions.innermost()
    }

    fn page(before: &str, after: &str) -> String {
        format!("{before}{}{after}", "<p>text</p>".repeat(20))
    }

    #[test]
    fn a_later_header_with_the_name_is_a_blocks_own() {
        let with =
            |before: &str| page(&format!("{before}<div><header><h1 data-x>Coat</h1></header></div>"), "");
        assert_eq!(region(&with("<header><a href=/>Acme</a></header>")), Region::Main);
        assert_eq!(region(&with("")), Region::Header);
    }

    #[test]
    fn roles_and_names_of_blocks_are_no_regions_of_the_page() {
        assert_eq!(region(&page(r#"<ul class="nav" data-x></ul>"#, "")), Region::Nav);
        assert_eq!(region(&page(r#"<ul class="nav" role="tablist" data-x></ul>"#, "")), Region::Main);
        let tabs = r##"<ul class="nav nav-tabs" data-x><li><a href="#d">Description</a></li></ul>"##;
        assert_eq!(region(&page(tabs, "")), Region::Main);
        let menu = r#"<ul class="nav nav-tabs" data-x><li><a href="/shoes">Shoes</a></li></ul>"#;
        assert_eq!(region(&page(menu, "")), Region::Nav);
        assert_eq!(region(&page(r#"<div role="banner" data-x></div>"#, "")), Region::Header);
        assert_eq!(region(r#"<main><div role="banner" data-x></div></main>"#), Region::Main);
    }

    #[test]
    fn names_of_more_words_name_regions() {
        assert_eq!(
            region(&page(r#"<div class="fixed-header new-header" data-x></div>"#, "")),
            Region::Header
        );
        assert_eq!(region(&page(r#"<div id="bw_topnavcontainer" data-x></div>"#, "")), Region::Nav);
        assert_eq!(region(&page("", r#"<div id="bw_footerLinksRow" data-x></div>"#)), Region::Footer);
        assert_eq!(region(&page(r#"<div class="sidebar-left" data-x></div>"#, "")), Region::Aside);
    }

    #[test]
    fn headers_of_blocks_and_wrappers_of_pages_are_none() {
        for class in ["product-header", "card-header", "section-header", "has-sidebar", "footer-banner"] {
            assert_eq!(region(&page(&format!(r#"<div class="{class}" data-x></div>"#), "")), Region::Main);
        }
        let whole =
            format!(r#"<div class="header-wrapper"><h1 data-x>Coat</h1>{}</div>"#, "<p>a</p>".repeat(20));
        assert_eq!(region(&whole), Region::Main);
        let wrapper = format!(r#"<div class="header-wrapper-new">{}</div>"#, "<p data-x>a</p>".repeat(20));
        assert_eq!(region(&wrapper), Region::Main);
        assert_eq!(region(&page("", r#"<div class="fixed-header" data-x></div>"#)), Region::Main);
        assert_eq!(region(&page(r#"<div class="footer-links" data-x></div>"#, "")), Region::Main);
    }
}
