//! Tiles: siblings that each are one link with a picture and a short name, whatever their
//! address. Rows of them lead into the parts of a shop.

use crate::pack::model::{Region, Shape};
use crate::page::dom::{Dom, El};
use crate::parts::structure::{Structure, page_path};
use crate::parts::values;
use crate::parts::walk::Walk;
use crate::text::fold::{BREAK, chars, is_cjk};
use foldhash::HashSet;

/// Longest name of a tile: words, and characters (CJK counts 2).
const NAME: (usize, u32) = (4, 32);

/// A row of tiles.
#[derive(Clone, Copy, Debug)]
pub struct TileRow {
    /// The parent of the tiles.
    pub el: El,
    /// How many lead to pages of their own.
    pub tiles: u32,
    /// How many of these lead where a menu in the head of the page leads too.
    pub in_menu: u32,
}

impl Structure {
    /// Finds the rows among the lists of entries.
    pub(super) fn find_tiles(&mut self, dom: &Dom, walk: &Walk) {
        let path = |l: &El| dom.attr(*l, "href").and_then(page_path);
        let in_menu = |l: &&El| {
            let regions = walk.fact(**l).regions;
            regions.holds(Region::Nav) || regions.holds(Region::Header)
        };
        let known: HashSet<&str> = walk.links.iter().filter(in_menu).filter_map(path).collect();
        let mut rows = Vec::new();
        for &parent in &self.entry_lists {
            if walk.images_in(parent.0, dom.end(parent).0) < 3 {
                continue;
            }
            let (mut targets, mut others): (Vec<&str>, usize) = (Vec::new(), 0);
            for child in dom.children(parent) {
                let end = dom.end(child).0;
                let mut links = walk.links_of(child.0, end).iter().filter_map(path);
                let Some(target) = links.next() else { continue };
                let one = links.all(|other| other == target);
                if one && walk.images_in(child.0, end) > 0 && is_name(walk.text(child)) {
                    targets.push(target);
                } else {
                    others += 1;
                }
            }
            targets.sort_unstable();
            targets.dedup();
            // one tile of another kind, “see all”, spoils no row
            if targets.len() >= 3 && others <= 1 {
                let in_menu = targets.iter().filter(|t| known.contains(*t)).count() as u32;
                rows.push(TileRow { el: parent, tiles: targets.len() as u32, in_menu });
            }
        }
        self.tile_rows = rows;
    }

    /// The row whose tiles are the children of the element.
    pub fn tile_row(&self, el: El) -> Option<&TileRow> {
        self.tile_rows.binary_search_by_key(&el, |r| r.el).ok().and_then(|i| self.tile_rows.get(i))
    }
}

/// Whether a text is no more than a short name: no sum of money, no percentage.
fn is_name(text: &str) -> bool {
    let text = text.trim_matches([' ', BREAK]);
    let short = text.split([' ', BREAK]).count() <= NAME.0 && chars(text) <= NAME.1;
    short
        && text.chars().any(|c| c.is_alphabetic() || is_cjk(c))
        && !text.contains('%')
        && values::first(Shape::Money, text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;

    fn rows(html: &str) -> Vec<(u32, u32)> {
        let page = Page::from_text("t.html", html);
        let walk = Walk::new(&page.dom);
        Structure::new(&page.dom, &walk).tile_rows.iter().map(|r| (r.tiles, r.in_menu)).collect()
    }

    fn tile(name: &str, to: &str) -> String {
        format!(r#"<div><a href="{to}"><img src="a.jpg"></a><a href="{to}">{name}</a></div>"#)
    }

    #[test]
    fn tiles_are_told_by_their_shape() {
        let row = [tile("Cargo pants", "cargo.html"), tile("Shirts", "/search?q=shirts"), tile("茶", "/t")]
            .concat();
        let menu = r#"<nav><a href="cargo.html">Cargo</a></nav>"#;
        assert_eq!(rows(&format!("{menu}<section>{row}</section>")), [(3, 1)]);
        let items = [tile("Coat $9", "/1"), tile("Shoe $8", "/2"), tile("Sock $7", "/3")].concat();
        assert!(rows(&format!("<section>{items}</section>")).is_empty());
        let posts = ["/1", "/2", "/3"].map(|to| tile("How we spent the winter in the hills", to)).concat();
        assert!(rows(&format!("<section>{posts}</section>")).is_empty());
        let same = tile("Coat", "/1").repeat(3);
        assert!(rows(&format!("<section>{same}</section>")).is_empty());
    }
}
