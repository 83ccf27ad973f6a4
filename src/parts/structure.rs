//! Built-in parts that are shapes of markup: cards, label-value rows, tables, lists.

use crate::page::dom::{Dom, El};
use crate::parts::walk::{Hidden, Walk};
use crate::text::fold::BREAK;

/// Fewest like siblings that make a grid: two columns of a page are no cards.
const MIN_CARDS: usize = 3;
/// Longest text of a card in bytes of folded text; longer blocks are sections.
const MAX_CARD_TEXT: u32 = 1_500;
/// Most different targets in one card: picture, title, button, shop.
const MAX_CARD_TARGETS: usize = 4;
/// Fewest entries that make a list of them.
const MIN_ENTRIES: usize = 3;
/// Levels between an entry's link and the list, at most.
const MAX_ENTRY_DEPTH: usize = 8;
/// Longest label of a label-value row in bytes of folded text (30 CJK characters).
const MAX_KEY: u32 = 90;

/// The label of a label-value row, or any head cell.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// th, dt, td or li.
    pub el: El,
    /// Its label in the buffer: first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Whether a value stands beside it.
    pub key: bool,
}

/// Tables of the shapes of one page.
#[derive(Debug, Default)]
pub struct Structure {
    /// Cards in document order.
    pub cards: Vec<El>,
    /// Their parents in document order.
    pub grids: Vec<El>,
    /// Parents of three and more entries that each lead to one page of their own: lists of
    /// links, rows of tiles. In document order.
    pub entry_lists: Vec<El>,
    /// Head cells and labels, by place in the buffer.
    pub cells: Vec<Cell>,
    /// Tables, definition lists and lists that hold label-value rows.
    pub key_values: Vec<El>,
    /// `<table>` in document order.
    pub tables: Vec<El>,
    /// `<ul>`, `<ol>` in document order.
    pub lists: Vec<El>,
    /// Videos and embedded players in document order.
    pub videos: Vec<El>,
    /// `<form>` in document order.
    pub forms: Vec<El>,
}

impl Structure {
    /// Finds the shapes of a page, O(nodes).
    pub fn new(dom: &Dom, walk: &Walk) -> Structure {
        let mut s = Structure::default();
        for el in dom.iter() {
            if walk.fact(el).hidden == Some(Hidden::Never) {
                continue;
            }
            match dom.name(el) {
                "table" => s.tables.push(el),
                "ul" | "ol" => s.lists.push(el),
                "form" => s.forms.push(el),
                "video" => s.videos.push(el),
                "iframe" | "embed" | "object" => {
                    let player = dom.attr(el, "src").or(dom.attr(el, "data")).is_some_and(|s| {
                        s.contains("youtube")
                            || s.contains("youku")
                            || s.contains("vimeo")
                            || s.contains("player")
                    });
                    if player {
                        s.videos.push(el);
                    }
                }
                "tr" => s.row(dom, walk, el),
                "dt" => {
                    let (start, end) = walk.label(el);
                    let key = dom.next_sibling(el).is_some_and(|n| dom.name(n) == "dd");
                    s.cells.push(Cell { el, start, end, key });
                }
                "li" => s.colon_row(walk, el),
                _ => {}
            }
        }
        s.cells.retain(|c| c.start < c.end);
        s.cells.sort_by_key(|c| (c.start, c.el));
        s.holders(dom);
        s.find_entry_lists(dom, walk);
        s.find_cards(dom, walk);
        s
    }

    /// Cells whose label begins in `from..to` of the buffer.
    pub fn cells_in(&self, from: u32, to: u32) -> &[Cell] {
        let a = self.cells.partition_point(|c| c.start < from);
        let b = self.cells.partition_point(|c| c.start < to);
        &self.cells[a..b.max(a)]
    }

    /// The innermost card that the element lies in.
    pub fn card_of(&self, dom: &Dom, el: El) -> Option<El> {
        let at = self.cards.partition_point(|c| *c <= el);
        // cards do not nest: the last one that begins before the element is the only candidate
        let card = self.cards[..at].last()?;
        dom.contains(*card, el).then_some(*card)
    }

    fn row(&mut self, dom: &Dom, walk: &Walk, tr: El) {
        let cells: Vec<El> = dom.children(tr).filter(|c| matches!(dom.name(*c), "th" | "td")).collect();
        let heads = cells.iter().filter(|c| dom.name(**c) == "th").count();
        for (i, &el) in cells.iter().enumerate() {
            let head = dom.name(el) == "th";
            if !head && (i > 0 || cells.len() < 2) {
                continue;
            }
            let (start, end) = walk.label(el);
            let value = cells.get(i + 1).is_some_and(|n| dom.name(*n) == "td");
            // a row of many values belongs to a table of figures, not of facts
            let fact = cells.len() == 2 || 2 * heads == cells.len();
            let key = value && fact && end - start <= MAX_KEY;
            self.cells.push(Cell { el, start, end, key });
        }
        // label, value, label, value in one row
        if heads == 0 && cells.len() == 4 {
            let (start, end) = walk.label(cells[2]);
            self.cells.push(Cell { el: cells[2], start, end, key: end - start <= MAX_KEY });
        }
    }

    /// "Brand: Acme" as a list item.
    fn colon_row(&mut self, walk: &Walk, el: El) {
        let f = walk.fact(el);
        let text = walk.text(el);
        let Some(colon) = text.find([':', '：']) else { return };
        let after = text[colon..].trim_start_matches([':', '：', ' ', BREAK]);
        let key = text[..colon].trim_matches([' ', BREAK]);
        if key.is_empty() || key.len() as u32 > MAX_KEY || key.contains(BREAK) || after.is_empty() {
            return;
        }
        let lead = (text[..colon].len() - text[..colon].trim_start_matches([' ', BREAK]).len()) as u32;
        let start = f.text_start + lead;
        self.cells.push(Cell { el, start, end: start + key.len() as u32, key: true });
    }

    fn holders(&mut self, dom: &Dom) {
        let mut holders: Vec<El> = self
            .cells
            .iter()
            .filter(|c| c.key)
            .filter_map(|c| {
                dom.ancestors(c.el).find(|a| matches!(dom.name(*a), "table" | "dl" | "ul" | "ol"))
            })
            .collect();
        holders.sort_unstable();
        holders.dedup();
        self.key_values = holders;
    }

    fn find_entry_lists(&mut self, dom: &Dom, walk: &Walk) {
        let mut parents: Vec<El> = Vec::new();
        let mut targets: Vec<&str> = Vec::new();
        // only what holds a link has entries: the parents are the ancestors of links
        let mut open: Vec<El> =
            walk.links.iter().flat_map(|l| dom.ancestors(*l).take(MAX_ENTRY_DEPTH)).collect();
        open.sort_unstable();
        open.dedup();
        for parent in open {
            if walk.links_in(parent.0, dom.end(parent).0) < MIN_ENTRIES as u32 {
                continue;
            }
            targets.clear();
            for child in dom.children(parent) {
                let mut links = walk.links_of(child.0, dom.end(child).0).iter();
                let mut path = || links.find_map(|l| page_path(dom.attr(*l, "href")?));
                let Some(first) = path() else { continue };
                if std::iter::from_fn(&mut path).all(|other| other == first) && !targets.contains(&first) {
                    targets.push(first);
                }
            }
            if targets.len() >= MIN_ENTRIES {
                parents.push(parent);
            }
        }
        self.entry_lists = parents;
    }

    /// The innermost list of entries that the element lies in.
    pub fn entry_list_of(&self, dom: &Dom, el: El) -> Option<El> {
        dom.ancestors(el).take(MAX_ENTRY_DEPTH).find(|a| self.entry_lists.binary_search(a).is_ok())
    }

    fn find_cards(&mut self, dom: &Dom, walk: &Walk) {
        let n = dom.len() as u32;
        let mut holds_cards = vec![false; n as usize];
        let mut groups: Vec<(&str, &str, Vec<El>)> = Vec::new();
        for parent in (0..n).rev().map(El) {
            let end = dom.end(parent).0;
            let images = walk.images_in(parent.0, end);
            // parents of fewer pictures than cards need no look at their children
            if images as usize >= MIN_CARDS && !matches!(dom.name(parent), "html" | "head" | "select") {
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
                for group in groups.iter().filter(|g| g.2.len() >= MIN_CARDS) {
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

/// A block with a picture, a link to a page, and little text.
fn is_card(dom: &Dom, walk: &Walk, el: El) -> bool {
    let end = dom.end(el).0;
    if walk.images_in(el.0, end) == 0 || matches!(dom.name(el), "body" | "main" | "option" | "script") {
        return false;
    }
    let f = walk.fact(el);
    if f.text_end - f.text_start > MAX_CARD_TEXT {
        return false;
    }
    let mut targets: Vec<&str> = Vec::new();
    for link in walk.links_of(el.0, end) {
        let href = dom.attr(*link, "href").unwrap_or("").trim();
        if is_page_link(href) {
            let path = href.split(['#', '?']).next().unwrap_or(href);
            let path = if path.is_empty() { href } else { path };
            if !targets.contains(&path) {
                targets.push(path);
            }
        }
        if targets.len() > MAX_CARD_TARGETS {
            return false;
        }
    }
    !targets.is_empty()
}

/// Path of a link that leads to a page.
fn page_path(href: &str) -> Option<&str> {
    let href = href.trim();
    is_page_link(href).then(|| href.split(['#', '?']).next().filter(|p| !p.is_empty()).unwrap_or(href))
}

/// Whether a link leads to a page: not a fragment, a script or a picture.
pub fn is_page_link(href: &str) -> bool {
    let href = href.trim();
    if href.is_empty() || href.starts_with('#') || href.len() > 2_000 {
        return false;
    }
    let lower = href.to_ascii_lowercase();
    let path = lower.split(['?', '#']).next().unwrap_or("");
    !(lower.starts_with("javascript:")
        || lower.starts_with("data:")
        || lower.starts_with("mailto:")
        || lower.starts_with("tel:")
        || [".jpg", ".jpeg", ".png", ".webp", ".gif"].iter().any(|e| path.ends_with(e)))
}
