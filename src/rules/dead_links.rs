//! Links that lead nowhere, and pages on which nearly all do: a mock-up says nothing of where
//! its links will lead, so nothing is held against it.

use crate::finding::Need;
use crate::page::dom::{Dom, El};
use crate::rules::context::Context;

/// Links on a page, at least, for their deadness to mean anything.
const LINKS: usize = 20;
/// Share of a page's links that lead nowhere from which they count as placeholders. On a real
/// template 669 of 747 did (catalogue, section 2: navigation/diversion).
const DEAD: f64 = 0.8;

/// Whether an address leads nowhere.
pub fn is_dead(href: &str) -> bool {
    let href = href.trim();
    let script = href.get(..11).is_some_and(|h| h.eq_ignore_ascii_case("javascript:"));
    href.is_empty() || script || href.trim_end_matches('!') == "#"
}

/// Whether nearly all links of the page lead nowhere.
pub fn are_placeholders(dom: &Dom, links: &[El]) -> bool {
    if links.len() < LINKS {
        return false;
    }
    let dead = links.iter().filter(|l| dom.attr(**l, "href").is_none_or(is_dead)).count();
    dead as f64 >= DEAD * links.len() as f64
}

impl Context<'_> {
    /// What would tell where a link leads, on a page whose links are placeholders.
    pub fn placeholder_links(&self) -> Option<Need> {
        let all = || are_placeholders(&self.scene.page.dom, &self.scene.walk.links);
        let need = if self.guard.scripts { Need::Render } else { Need::Person };
        self.known.placeholders.get_or_init(all).then_some(need)
    }
}

#[cfg(test)]
mod tests {
    use super::is_dead;

    #[test]
    fn dead_addresses() {
        assert!(["", " # ", "#!", "JavaScript:void(0)", "javascript:;"].iter().all(|h| is_dead(h)));
        assert!(!["/", "#top", "a.html", "//shop/"].iter().any(|h| is_dead(h)));
    }
}
