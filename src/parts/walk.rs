//! The one walk over a page: every element's region, visibility and place in one
//! folded text buffer. All later work is on these small tables.

use crate::pack::model::Region;
use crate::page::dom::{Dom, El};
use crate::parts::region::{Regions, region_of};
use crate::parts::tags;
use crate::text::fold::{BREAK, fold_onto, label_range};
use crate::text::lengths::Lengths;

/// Why a shopper does not see an element, as far as the markup tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// `hidden`.
    Attribute,
    /// `display:none` in its style attribute.
    Display,
    /// `visibility:hidden` in its style attribute.
    Visibility,
    /// `opacity:0` in its style attribute.
    Opacity,
    /// In a closed `<details>`, or a `<dialog>` that is not open.
    Closed,
    /// `<input type=hidden>`.
    Input,
    /// Never drawn: script, style, template, head.
    Never,
}

/// What the walk knows of one element.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// Its text in [`Walk::buffer`]: first byte.
    pub text_start: u32,
    /// One past its text's last byte.
    pub text_end: u32,
    /// Regions that it lies in.
    pub regions: Regions,
    /// Why it is not seen, if so.
    pub hidden: Option<Hidden>,
    /// In a dialog or a cookie or consent box.
    pub dialog: bool,
    /// Font size in CSS pixels, from style attributes and the usual sizes of tags.
    pub font: f32,
    /// Nearest link, button or summary that it is or lies in.
    pub link: Option<El>,
    /// Nearest heading that it is or lies in.
    pub heading: Option<El>,
    /// Nearest cell (th, dt, td, list item) that it is or lies in.
    pub cell: Option<El>,
}

/// Where a stretch of the buffer comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowSource {
    /// Text row of the page, by its index in the DOM's texts.
    Text(u32),
    /// An attribute of the element.
    Attr(&'static str),
}

/// A stretch of the buffer.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// First byte in the buffer.
    pub at: u32,
    /// The element it belongs to.
    pub el: El,
    /// Where it comes from.
    pub source: RowSource,
}

/// Tables of one page.
#[derive(Debug)]
pub struct Walk {
    /// All text that may be drawn, folded, blocks set apart by [`BREAK`]; then the
    /// attribute texts (alt, title, aria-label, value, placeholder), one a line.
    pub buffer: String,
    /// Where the attribute texts begin.
    pub attrs_at: u32,
    /// Origins of the buffer's stretches, ascending.
    pub rows: Vec<Row>,
    /// By element.
    pub facts: Vec<Facts>,
    /// Pictures drawn or meant to be drawn, in document order.
    pub images: Vec<El>,
    /// `<a href>`, in document order.
    pub links: Vec<El>,
    /// h1 to h6 and role=heading with their rank, in document order.
    pub headings: Vec<(El, u8)>,
    /// Pictures before each element; one more entry at the end.
    pub images_before: Vec<u32>,
    /// Links before each element; one more entry at the end.
    pub links_before: Vec<u32>,
    /// Whether the page has style sheets that were not applied.
    pub has_styles: bool,
    /// How long stretches of the buffer are, in characters.
    pub lengths: Lengths,
}

/// Attributes that are read as texts. `value` only of buttons.
const TEXT_ATTRS: [&str; 5] = ["alt", "aria-label", "placeholder", "title", "value"];

impl Walk {
    /// Walks the page once, O(nodes + text).
    pub fn new(dom: &Dom) -> Walk {
        Walker::new(dom).run()
    }

    /// The folded text of an element, with [`BREAK`] between blocks.
    pub fn text(&self, el: El) -> &str {
        let f = self.fact(el);
        self.buffer.get(f.text_start as usize..f.text_end as usize).unwrap_or("")
    }

    /// Length of an element's text in characters, CJK counted twice. O(1).
    pub fn chars(&self, el: El) -> u32 {
        let f = self.fact(el);
        self.lengths.between(&self.buffer, f.text_start, f.text_end)
    }

    /// Whether an element's text is so many characters long, as [`Walk::chars`] counts them. O(1).
    pub fn is_long(&self, el: El, low: u32, high: u32) -> bool {
        let f = self.fact(el);
        // no character counts more than it has bytes
        f.text_end - f.text_start >= low && (low..=high).contains(&self.chars(el))
    }

    /// Facts of an element.
    pub fn fact(&self, el: El) -> &Facts {
        &self.facts[el.0 as usize]
    }

    /// Range of the element's label in the buffer.
    pub fn label(&self, el: El) -> (u32, u32) {
        let f = self.fact(el);
        let (a, b) = label_range(&self.buffer, f.text_start as usize, f.text_end as usize);
        (a as u32, b as u32)
    }

    /// The row that holds a byte of the buffer.
    pub fn row_at(&self, byte: u32) -> Option<&Row> {
        self.rows[..self.rows.partition_point(|r| r.at <= byte)].last()
    }

    /// End of a row in the buffer.
    pub fn row_end(&self, row: &Row) -> u32 {
        let next = self.rows.partition_point(|r| r.at <= row.at);
        self.rows.get(next).map_or(self.buffer.len() as u32, |r| r.at)
    }

    /// Number of pictures in an element, itself included.
    pub fn images_in(&self, from: u32, to: u32) -> u32 {
        between(&self.images_before, from, to)
    }

    /// Number of links in an element, itself included.
    pub fn links_in(&self, from: u32, to: u32) -> u32 {
        between(&self.links_before, from, to)
    }

    /// Links among the elements `from..to`.
    pub fn links_of(&self, from: u32, to: u32) -> &[El] {
        slice_between(&self.links, from, to)
    }

    /// Pictures among the elements `from..to`.
    pub fn images_of(&self, from: u32, to: u32) -> &[El] {
        slice_between(&self.images, from, to)
    }
}

fn between(before: &[u32], from: u32, to: u32) -> u32 {
    let at = |i: u32| before.get(i as usize).or(before.last()).copied().unwrap_or(0);
    at(to).saturating_sub(at(from))
}

fn slice_between(list: &[El], from: u32, to: u32) -> &[El] {
    let a = list.partition_point(|e| e.0 < from);
    let b = list.partition_point(|e| e.0 < to);
    &list[a..b.max(a)]
}

struct Walker<'d> {
    dom: &'d Dom,
    walk: Walk,
    /// Text rows already put into the buffer.
    next_text: usize,
    after_link: bool,
    /// Whether a `<header>` was seen.
    headers: bool,
}

impl<'d> Walker<'d> {
    fn new(dom: &'d Dom) -> Self {
        let n = dom.len();
        let walk = Walk {
            buffer: String::new(),
            attrs_at: 0,
            rows: Vec::new(),
            facts: Vec::with_capacity(n),
            images: Vec::new(),
            links: Vec::new(),
            headings: Vec::new(),
            images_before: Vec::with_capacity(n + 1),
            links_before: Vec::with_capacity(n + 1),
            has_styles: false,
            lengths: Lengths::default(),
        };
        Walker { dom, walk, next_text: 0, after_link: false, headers: false }
    }

    fn run(mut self) -> Walk {
        let mut open: Vec<El> = Vec::new();
        let mut with_attrs: Vec<(El, &'static str)> = Vec::new();
        for el in self.dom.iter() {
            self.texts_before(el, &mut open);
            while let Some(&top) = open.last()
                && self.dom.end(top) <= el
            {
                self.leave(top);
                open.pop();
            }
            self.enter(el, &mut with_attrs);
            open.push(el);
        }
        self.texts_before(El(u32::MAX), &mut open);
        while let Some(top) = open.pop() {
            self.leave(top);
        }
        self.walk.images_before.push(self.walk.images.len() as u32);
        self.walk.links_before.push(self.walk.links.len() as u32);
        self.attributes(&with_attrs);
        self.walk.lengths = Lengths::of(&self.walk.buffer);
        self.walk
    }

    /// Puts the text rows that stand before the element `until` into the buffer.
    fn texts_before(&mut self, until: El, open: &mut Vec<El>) {
        while let Some(row) = self.dom.all_texts().get(self.next_text) {
            if row.before > until {
                return;
            }
            while let Some(&top) = open.last()
                && top != row.parent
                && !self.dom.contains(top, row.parent)
            {
                self.leave(top);
                open.pop();
            }
            if self.walk.facts.get(row.parent.0 as usize).is_some_and(|f| f.hidden != Some(Hidden::Never)) {
                let text = self.dom.text_of(row);
                let at = self.walk.buffer.len();
                fold_onto(&mut self.walk.buffer, text);
                if self.walk.buffer.len() > at {
                    self.after_link = false;
                    self.walk.rows.push(Row {
                        at: at as u32,
                        el: row.parent,
                        source: RowSource::Text(self.next_text as u32),
                    });
                }
            }
            self.next_text += 1;
        }
    }

    fn enter(&mut self, el: El, with_attrs: &mut Vec<(El, &'static str)>) {
        let dom = self.dom;
        let name = dom.name(el);
        let above = dom.parent(el).and_then(|p| self.walk.facts.get(p.0 as usize)).copied();
        let html = dom.is_html(el);
        let block = !(html && tags::is_inline(name));
        if block || (name == "a" && self.after_link) {
            self.break_text();
        }
        self.walk.images_before.push(self.walk.images.len() as u32);
        self.walk.links_before.push(self.walk.links.len() as u32);
        let style = dom.attr(el, "style").map(|s| s.to_ascii_lowercase());
        let style = style.as_deref().unwrap_or("");
        let role = dom.attr(el, "role").unwrap_or("");
        let hidden = above.and_then(|f| f.hidden).or_else(|| tags::hidden(dom, el, name, style));
        let is_link = html && tags::is_link(dom, el, name, role);
        let rank = tags::heading_rank(dom, el, name, role);
        let at = self.walk.buffer.len() as u32;
        self.walk.facts.push(Facts {
            text_start: at,
            text_end: at,
            regions: region_of(
                dom,
                el,
                name,
                role,
                above.map_or(Regions::default(), |f| f.regions),
                self.headers,
            ),
            hidden,
            dialog: above.is_some_and(|f| f.dialog) || tags::is_dialog(dom, el, name, role),
            font: tags::font_size(name, style, above.map_or(tags::FONT, |f| f.font)),
            link: if is_link { Some(el) } else { above.and_then(|f| f.link) },
            heading: if rank.is_some() { Some(el) } else { above.and_then(|f| f.heading) },
            cell: if matches!(name, "th" | "dt" | "td" | "li" | "dd") {
                Some(el)
            } else {
                above.and_then(|f| f.cell)
            },
        });
        self.headers |= name == "header";
        if hidden == Some(Hidden::Never) {
            self.walk.has_styles |= tags::is_stylesheet(dom, el, name);
            return;
        }
        self.walk.has_styles |= name == "style" || tags::is_stylesheet(dom, el, name);
        if let Some(rank) = rank {
            self.walk.headings.push((el, rank));
        }
        if html && name == "a" && dom.attr(el, "href").is_some() {
            self.walk.links.push(el);
        }
        if tags::is_image(dom, el, name, style) {
            self.walk.images.push(el);
        }
        for attr in TEXT_ATTRS {
            if dom.attr(el, attr).is_some_and(|v| !v.trim().is_empty())
                && (attr != "value" || tags::is_button_input(dom, el, name))
            {
                with_attrs.push((el, attr));
            }
        }
    }

    fn leave(&mut self, el: El) {
        let end = self.walk.buffer.len() as u32;
        let name = self.dom.name(el);
        if let Some(f) = self.walk.facts.get_mut(el.0 as usize) {
            f.text_end = end;
        }
        if !(self.dom.is_html(el) && tags::is_inline(name)) {
            self.break_text();
        }
        self.after_link = name == "a";
    }

    fn break_text(&mut self) {
        let buffer = &mut self.walk.buffer;
        if buffer.ends_with(' ') {
            buffer.pop();
        }
        if !buffer.is_empty() && !buffer.ends_with(BREAK) {
            buffer.push(BREAK);
        }
    }

    fn attributes(&mut self, with_attrs: &[(El, &'static str)]) {
        self.break_text();
        self.walk.attrs_at = self.walk.buffer.len() as u32;
        for &(el, attr) in with_attrs {
            let at = self.walk.buffer.len() as u32;
            fold_onto(&mut self.walk.buffer, self.dom.attr(el, attr).unwrap_or(""));
            self.walk.rows.push(Row { at, el, source: RowSource::Attr(attr) });
            if !self.walk.buffer.ends_with(BREAK) {
                self.walk.buffer.push(BREAK);
            }
        }
    }
}

/// Names of the regions, innermost first, as `Region` of [`Facts::regions`].
pub fn region(facts: &Facts) -> Region {
    facts.regions.innermost()
}
