//! The page's tree as flat tables in document order: scraper's DOM beside the
//! place of every element, attribute, text and comment in the source.

mod flatten;
mod path;

use crate::finding::Span;
use crate::page::spans::TagSpans;
use ego_tree::NodeId;
use flatten::bit;
use html5ever::{LocalName, local_name, ns};
use scraper::node::Element;
use scraper::{ElementRef, Html};
use std::fmt;

pub use crate::page::spans::AttrSpan;

/// An element's position in document order, from 0 (`<html>`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct El(pub u32);

/// One element.
#[derive(Clone, Debug)]
struct ElementRow {
    node: NodeId,
    parent: u32,
    /// One past the last descendant.
    end: u32,
    depth: u32,
    first_text: u32,
    last_text: u32,
    start_tag: Option<TagSpans>,
    end_tag: Option<Span>,
    /// Bits of its attributes' names.
    attr_bits: u64,
}

/// One text node.
#[derive(Clone, Debug)]
pub struct TextRow {
    /// The element that holds it.
    pub parent: El,
    /// Its place in the source; `None` where that is not known.
    pub span: Option<Span>,
    /// The next element in document order.
    pub before: El,
    node: NodeId,
}

/// One comment.
#[derive(Clone, Debug)]
pub struct CommentRow {
    /// The element that holds it; `None` outside `<html>`.
    pub parent: Option<El>,
    /// Its place in the source.
    pub span: Option<Span>,
    /// The next element in document order.
    pub before: El,
    node: NodeId,
}

/// The tree with its places. Holds what is attached to the document; contents of
/// `<template>`, detached nodes and the bars of web archives are left out.
pub struct Dom {
    html: Html,
    elements: Vec<ElementRow>,
    texts: Vec<TextRow>,
    comments: Vec<CommentRow>,
    attrs: Vec<(LocalName, AttrSpan)>,
}

impl fmt::Debug for Dom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dom").field("elements", &self.elements.len()).finish_non_exhaustive()
    }
}

const NONE: u32 = u32::MAX;

impl Dom {
    fn row(&self, el: El) -> Option<&ElementRow> {
        self.elements.get(el.0 as usize)
    }

    fn element(&self, el: El) -> Option<&Element> {
        self.html.tree.get(self.row(el)?.node)?.value().as_element()
    }

    /// scraper's own document.
    pub fn html(&self) -> &Html {
        &self.html
    }

    /// Number of elements.
    pub fn len(&self) -> usize {
        self.elements.len()
    }

    /// Whether there is no element at all.
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    /// All elements in document order.
    pub fn iter(&self) -> impl Iterator<Item = El> + use<> {
        (0..self.elements.len() as u32).map(El)
    }

    /// Local name, lower case for HTML.
    pub fn name(&self, el: El) -> &str {
        self.element(el).map_or("", |e| e.name())
    }

    /// The same as an atom, which is quick to compare.
    pub fn local_name(&self, el: El) -> Option<&LocalName> {
        self.element(el).map(|e| &e.name.local)
    }

    /// Whether the element is in the HTML namespace.
    pub fn is_html(&self, el: El) -> bool {
        self.element(el).is_some_and(|e| e.name.ns == ns!(html))
    }

    /// Value of an attribute.
    #[inline]
    pub fn attr(&self, el: El, name: &str) -> Option<&str> {
        let row = self.row(el)?;
        if row.attr_bits & bit(name) == 0 {
            return None;
        }
        self.find_attr(row, name)
    }

    fn find_attr(&self, row: &ElementRow, name: &str) -> Option<&str> {
        let element = self.html.tree.get(row.node)?.value().as_element()?;
        // a handful of attributes: looking at each beats making an atom of the name, and the
        // names asked for most are atoms already
        let is = |atom: &LocalName| {
            let found = element.attrs.iter().find(|(n, _)| n.local == *atom);
            found.map(|(_, v)| &**v)
        };
        match name {
            "class" => is(&local_name!("class")),
            "id" => is(&local_name!("id")),
            "href" => is(&local_name!("href")),
            "src" => is(&local_name!("src")),
            "alt" => is(&local_name!("alt")),
            "style" => is(&local_name!("style")),
            "title" => is(&local_name!("title")),
            "role" => is(&local_name!("role")),
            "width" => is(&local_name!("width")),
            "height" => is(&local_name!("height")),
            "hidden" => is(&local_name!("hidden")),
            _ => element.attrs.iter().find(|(n, _)| &*n.local == name).map(|(_, v)| &**v),
        }
    }

    /// All attributes with their values, by name.
    pub fn attrs(&self, el: El) -> impl Iterator<Item = (&str, &str)> {
        self.element(el).into_iter().flat_map(|e| e.attrs())
    }

    /// Place of an attribute in the source.
    pub fn attr_span(&self, el: El, name: &str) -> Option<AttrSpan> {
        let tag = self.row(el)?.start_tag.as_ref()?;
        let spans = self.attrs.get(tag.attrs.0 as usize..tag.attrs.1 as usize)?;
        // "xlink:href" is the attribute href of another namespace
        let is = |n: &str| n.eq_ignore_ascii_case(name);
        spans
            .iter()
            .find(|(n, _)| is(n))
            .or_else(|| spans.iter().find(|(n, _)| n.rsplit_once(':').is_some_and(|(_, l)| is(l))))
            .map(|(_, s)| *s)
    }

    /// The id attribute.
    pub fn id(&self, el: El) -> Option<&str> {
        self.attr(el, "id")
    }

    /// scraper's reference to the element.
    ///
    /// # Panics
    /// Never for an [`El`] of this DOM.
    pub fn element_ref(&self, el: El) -> Option<ElementRef<'_>> {
        self.html.tree.get(self.row(el)?.node).and_then(ElementRef::wrap)
    }

    /// scraper's id of the element.
    pub fn node_id(&self, el: El) -> Option<NodeId> {
        self.row(el).map(|r| r.node)
    }

    /// The element of scraper's id, O(log n) where ids ascend with document order and
    /// O(n) where they do not; for look-ups now and then.
    pub fn el_of(&self, node: NodeId) -> Option<El> {
        self.elements.iter().position(|r| r.node == node).map(|i| El(i as u32))
    }

    /// The parent element.
    pub fn parent(&self, el: El) -> Option<El> {
        self.row(el).filter(|r| r.parent != NONE).map(|r| El(r.parent))
    }

    /// The first child element.
    pub fn first_child(&self, el: El) -> Option<El> {
        self.row(el).filter(|r| r.end > el.0 + 1).map(|_| El(el.0 + 1))
    }

    /// The next sibling element.
    pub fn next_sibling(&self, el: El) -> Option<El> {
        let next = El(self.row(el)?.end);
        (self.row(next)?.parent == self.row(el)?.parent).then_some(next)
    }

    /// The previous sibling element, O(siblings before it).
    pub fn prev_sibling(&self, el: El) -> Option<El> {
        let mut at = self.first_child(self.parent(el)?)?;
        let mut before = None;
        while at < el {
            before = Some(at);
            at = self.next_sibling(at)?;
        }
        before
    }

    /// The child elements.
    pub fn children(&self, el: El) -> impl Iterator<Item = El> {
        std::iter::successors(self.first_child(el), |c| self.next_sibling(*c))
    }

    /// The ancestors, parent first.
    pub fn ancestors(&self, el: El) -> impl Iterator<Item = El> {
        std::iter::successors(self.parent(el), |e| self.parent(*e))
    }

    /// One past the last descendant: the subtree is `el.0..end.0`.
    pub fn end(&self, el: El) -> El {
        El(self.row(el).map_or(el.0 + 1, |r| r.end))
    }

    /// Whether `inner` is `outer` or lies in it.
    pub fn contains(&self, outer: El, inner: El) -> bool {
        outer <= inner && inner < self.end(outer)
    }

    /// Number of ancestors.
    pub fn depth(&self, el: El) -> u32 {
        self.row(el).map_or(0, |r| r.depth)
    }

    /// Place of the start tag; `None` where it is implied.
    pub fn start_tag(&self, el: El) -> Option<Span> {
        self.row(el)?.start_tag.as_ref().map(|t| t.tag)
    }

    /// Place of the end tag; `None` where it is implied or missing.
    pub fn end_tag(&self, el: El) -> Option<Span> {
        self.row(el)?.end_tag
    }

    /// Place of the whole element: to the end tag, else to the end of what it holds.
    pub fn span(&self, el: El) -> Span {
        let mut span = self.start_tag(el);
        if let Some(end) = self.end_tag(el) {
            return span.map_or(end, |s| s.join(end));
        }
        let mut grow = |other: Span| span = Some(span.map_or(other, |s| s.join(other)));
        for inner in (el.0 + 1..self.end(el).0).map(El) {
            self.start_tag(inner).into_iter().for_each(&mut grow);
            self.end_tag(inner).into_iter().for_each(&mut grow);
        }
        if let Some(text) = self.texts(el).iter().rev().find_map(|t| t.span) {
            grow(text);
        }
        span.unwrap_or_default()
    }

    /// Every text of the subtree in document order.
    pub fn texts(&self, el: El) -> &[TextRow] {
        let range = self.row(el).map_or(0..0, |r| r.first_text as usize..r.last_text as usize);
        self.texts.get(range).unwrap_or(&[])
    }

    /// Every text of the page in document order.
    pub fn all_texts(&self) -> &[TextRow] {
        &self.texts
    }

    /// The decoded text of a row.
    pub fn text_of(&self, row: &TextRow) -> &str {
        self.html.tree.get(row.node).and_then(|n| n.value().as_text()).map_or("", |t| t)
    }

    /// The decoded text of the element itself: its first text, for script and title.
    pub fn own_text(&self, el: El) -> &str {
        self.texts(el).first().map_or("", |r| self.text_of(r))
    }

    /// All comments in document order.
    pub fn comments(&self) -> &[CommentRow] {
        &self.comments
    }

    /// The text of a comment.
    pub fn comment_of(&self, row: &CommentRow) -> &str {
        self.html.tree.get(row.node).and_then(|n| n.value().as_comment()).map_or("", |c| &c.comment)
    }
}
