//! The one walk over a page: every element's region, visibility and place in one
//! folded text buffer. All later work is on these small tables.

use crate::pack::model::Region;
use crate::page::dom::El;
use crate::parts::region::Regions;
use crate::text::fold::label_range;
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
    /// All text that may be drawn, folded, blocks set apart by [`BREAK`](crate::text::fold::BREAK); then the
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

impl Walk {
    /// The folded text of an element, with [`BREAK`](crate::text::fold::BREAK) between blocks.
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

/// Names of the regions, innermost first, as `Region` of [`Facts::regions`].
pub fn region(facts: &Facts) -> Region {
    facts.regions.innermost()
}
