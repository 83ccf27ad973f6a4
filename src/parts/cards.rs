//! Cards: repeated siblings that each show one item or one way on.

use crate::pack::model::Shape;
use crate::page::dom::{Dom, El};
use crate::parts::address::{is_page_link, script_target};
use crate::parts::structure::Structure;
use crate::parts::values;
use crate::parts::walk::Walk;

/// Fewest like siblings that make a grid: two columns of a page are no cards.
const MIN_CARDS: usize = 3;
/// Longest text of a card in bytes of folded text; longer blocks are sections.
const MAX_CARD_TEXT: u32 = 1_500;
/// Longest text of one of two cards: two longer blocks are columns of the page.
const MAX_PAIR_TEXT: u32 = 300;
/// Most different targets in one card: picture, title, button, shop.
const MAX_CARD_TARGETS: usize = 4;

/// Where a card leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'p> {
    /// Where its links lead.
    Links,
    /// Where the script of the card leads.
    Script(&'p str),
    /// Nowhere, though it is named, priced and linked like one: `<a href="#">`.
    Nowhere,
}

impl Structure {
    pub(super) fn find_cards(&mut self, dom: &Dom, walk: &Walk) {
        let n = dom.len() as u32;
        let mut holds_cards = vec![false; n as usize];
        let mut groups: Vec<Group<'_>> = Vec::new();
        for parent in (0..n).rev().map(El) {
            let end = dom.end(parent).0;
            let images = walk.images_in(parent.0, end);
            // parents of fewer pictures than cards need no look at their children
            if images >= 2 && !matches!(dom.name(parent), "html" | "head" | "select") {
                groups.clear();
                for child in dom.children(parent) {
                    if holds_cards[child.0 as usize] {
                        continue;
                    }
                    if is_card(dom, walk, child) {
                        let class = dom.attr(child, "class").and_then(|c| c.split_ascii_whitespace().next());
                        let (name, class) = (dom.name(child), class.unwrap_or(""));
                        match groups.iter_mut().find(|g| g.0 == name && g.1 == class) {
                            Some(group) => group.2.push(child),
                            None => groups.push((name, class, vec![child])),
                        }
                    }
                }
                // list items are alike whatever their classes
                if groups.iter().all(|g| g.0 == "li") && groups.len() > 1 {
                    let all = groups.drain(..).flat_map(|g| g.2).collect();
                    groups.push(("li", "", all));
                }
                // two of a class are cards where each has its price
                let pair = |g: &Group<'_>| {
                    g.2.len() == 2
                        && !g.1.is_empty()
                        && g.2.iter().all(|c| is_short(walk, *c) && is_priced(walk, *c))
                };
                for group in groups.iter().filter(|g| g.2.len() >= MIN_CARDS || pair(g)) {
                    self.cards.extend(&group.2);
                    self.grids.push(parent);
                    holds_cards[parent.0 as usize] = true;
                }
            }
            if holds_cards[parent.0 as usize]
                && let Some(above) = dom.parent(parent)
            {
                holds_cards[above.0 as usize] = true;
            }
        }
        self.cards.sort_unstable();
        self.grids.sort_unstable();
        self.grids.dedup();
    }
}

/// Siblings of one name and first class.
type Group<'d> = (&'d str, &'d str, Vec<El>);

fn is_short(walk: &Walk, el: El) -> bool {
    walk.text(el).len() <= MAX_PAIR_TEXT as usize
}

/// Whether a block names a sum of money.
fn is_priced(walk: &Walk, el: El) -> bool {
    values::first(Shape::Money, walk.text(el)).is_some()
}

/// A block with a picture, a way to a page, and little text.
fn is_card(dom: &Dom, walk: &Walk, el: El) -> bool {
    if walk.images_in(el.0, dom.end(el).0) == 0
        || matches!(dom.name(el), "body" | "main" | "option" | "script")
    {
        return false;
    }
    let f = walk.fact(el);
    f.text_end - f.text_start <= MAX_CARD_TEXT && target(dom, walk, el).is_some()
}

/// Where a block leads as a whole; `None` where it is no card: no way on, or too many.
pub fn target<'d>(dom: &'d Dom, walk: &Walk, el: El) -> Option<Target<'d>> {
    let links = walk.links_of(el.0, dom.end(el).0);
    let mut targets: Vec<&str> = Vec::new();
    for link in links {
        let href = dom.attr(*link, "href").unwrap_or("").trim();
        if is_page_link(href) {
            let path = href.split(['#', '?']).next().unwrap_or(href);
            let path = if path.is_empty() { href } else { path };
            if !targets.contains(&path) {
                targets.push(path);
            }
        }
        if targets.len() > MAX_CARD_TARGETS {
            return None;
        }
    }
    if !targets.is_empty() {
        return Some(Target::Links);
    }
    if let Some(href) = script_target(dom, el) {
        return Some(Target::Script(href));
    }
    let from = walk.headings.partition_point(|(h, _)| *h < el);
    let headed = walk.headings.get(from).is_some_and(|(h, _)| dom.contains(el, *h));
    (headed && !links.is_empty() && is_priced(walk, el)).then_some(Target::Nowhere)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;

    fn cards(html: &str) -> usize {
        let page = Page::from_text("t.html", html);
        let walk = Walk::new(&page.dom);
        Structure::new(&page.dom, &walk).cards.len()
    }

    #[test]
    fn cards_are_known_without_links_to_pages() {
        let by_script =
            r#"<div class="t" onclick="go('/p/1')"><i style="background-image:url(a.jpg)"></i>A $1</div>"#;
        assert_eq!(cards(&format!("<main>{}</main>", by_script.repeat(3))), 3);
        let dead = r##"<div class="t"><a href="#"><img src="a.jpg"></a><h6>Plums</h6><b>$30.00</b></div>"##;
        assert_eq!(cards(&format!("<main>{}</main>", dead.repeat(3))), 3);
        let background = r#"<div class="t" data-setbg="a.jpg"><h5><a href="/c/1">Plums</a></h5></div>"#;
        assert_eq!(cards(&format!("<main>{}</main>", background.repeat(3))), 3);
    }

    #[test]
    fn two_are_cards_with_prices_only() {
        let card = |text: &str| format!(r#"<div class="t"><a href="/p/1"><img src="a.jpg"></a>{text}</div>"#);
        assert_eq!(cards(&format!("<main>{}{}</main>", card("Coat $49"), card("Shoe $39"))), 2);
        assert_eq!(cards(&format!("<main>{}{}</main>", card("Coat"), card("Shoe"))), 0);
    }

    #[test]
    fn swatches_and_thumbnails_are_no_cards() {
        let swatch = r##"<li><a href="#"><img src="a.jpg"></a>$49</li>"##;
        assert_eq!(cards(&format!("<ul>{}</ul>", swatch.repeat(4))), 0);
        let thumb = r#"<div class="t" onclick="show('a.jpg')"><img src="a.jpg"></div>"#;
        assert_eq!(cards(&format!("<main>{}</main>", thumb.repeat(4))), 0);
    }
}
