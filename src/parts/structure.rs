//! Built-in parts that are shapes of markup: cards, label-value rows, tables, lists.

use crate::page::dom::{Dom, El};
use crate::parts::address::is_page_link;
use crate::parts::fact_lines;
use crate::parts::tiles::TileRow;
use crate::parts::walk::{Hidden, Walk};
use crate::text::fold::BREAK;

/// Fewest entries that make a list of them.
const MIN_ENTRIES: usize = 3;
/// Levels between an entry's link and the list, at most.
const MAX_ENTRY_DEPTH: usize = 8;
/// Longest label of a label-value row in bytes of folded text (30 CJK characters).
pub(super) const MAX_KEY: u32 = 90;

/// The label of a label-value row, or any head cell.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// th, dt, td or li, or where the label of a line is written.
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
    /// Those whose entries are tiles. In document order.
    pub tile_rows: Vec<TileRow>,
    /// Head cells and labels, by place in the buffer.
    pub cells: Vec<Cell>,
    /// Tables, definition lists, lists and blocks of lines that hold label-value rows.
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
                "li" => s.colon_row(dom, walk, el),
                _ => {}
            }
        }
        s.holders(dom);
        let (lines, holders) = fact_lines::find(dom, walk);
        s.cells.extend(lines);
        s.cells.retain(|c| c.start < c.end);
        s.cells.sort_by_key(|c| (c.start, c.el));
        s.key_values.extend(holders);
        s.key_values.sort_unstable();
        s.key_values.dedup();
        s.find_entry_lists(dom, walk);
        s.find_tiles(dom, walk);
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

    /// "Brand: Acme" as a list item; no time ("26:58"), no tile of a picture or link.
    fn colon_row(&mut self, dom: &Dom, walk: &Walk, el: El) {
        let f = walk.fact(el);
        let first = dom.first_child(el).filter(|c| dom.name(*c) == "a");
        if walk.images_in(el.0, dom.end(el).0) > 0 || first.is_some_and(|a| walk.text(a) == walk.text(el)) {
            return;
        }
        let text = walk.text(el);
        let Some(colon) = text.find([':', '：']) else { return };
        let after = text[colon..].trim_start_matches([':', '：', ' ', BREAK]);
        let key = text[..colon].trim_matches([' ', BREAK]);
        let is_time = key.ends_with(|c: char| c.is_ascii_digit())
            && text[colon + 1..].starts_with(|c: char| c.is_ascii_digit());
        let too_long = key.len() as u32 > MAX_KEY || key.contains(BREAK);
        if key.is_empty() || too_long || is_time || after.is_empty() {
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
}

/// Path of a link that leads to a page.
pub(super) fn page_path(href: &str) -> Option<&str> {
    let href = href.trim();
    is_page_link(href).then(|| href.split(['#', '?']).next().filter(|p| !p.is_empty()).unwrap_or(href))
}
