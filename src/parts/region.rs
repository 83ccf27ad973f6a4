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

/// Regions of an element from its parent's.
pub fn region_of(dom: &Dom, el: El, name: &str, role: &str, above: Regions) -> Regions {
    let by_tag = match name {
        "header" if !above.content => Some(Region::Header),
        "footer" if !above.content => Some(Region::Footer),
        "nav" => Some(Region::Nav),
        "aside" => Some(Region::Aside),
        "main" => Some(Region::Main),
        _ => None,
    };
    let by_role = || match role.to_ascii_lowercase().as_str() {
        "banner" => Some(Region::Header),
        "navigation" => Some(Region::Nav),
        "main" => Some(Region::Main),
        "complementary" => Some(Region::Aside),
        "contentinfo" => Some(Region::Footer),
        _ => None,
    };
    let found = by_tag
        .or_else(|| if role.is_empty() { None } else { by_role() })
        .or_else(|| if above.content || above.bits != 0 { None } else { by_name(dom, el, name) });
    let mut regions = match found {
        Some(region) => above.with(region),
        None => above,
    };
    regions.content |= matches!(name, "article" | "section");
    regions
}

/// A region by a whole class or id that is one of the usual names; only of blocks
/// that lie in no other region, and never of what wraps the page.
fn by_name(dom: &Dom, el: El, name: &str) -> Option<Region> {
    if !matches!(name, "div" | "table" | "ul" | "td" | "center") {
        return None;
    }
    let names = [dom.attr(el, "id"), dom.attr(el, "class")];
    for value in names.into_iter().flatten() {
        for one in value.split_ascii_whitespace().take(8) {
            if one.len() > 24 {
                continue;
            }
            let words = subwords(one);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let region = match words.as_slice() {
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
                _ => continue,
            };
            return Some(region);
        }
    }
    None
}
