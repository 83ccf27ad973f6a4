//! From html5ever's tree to tables in document order, each node with its place.

use super::{CommentRow, Dom, El, ElementRow, NONE, TextRow};
use crate::finding::Span;
use crate::page::end_tags;
use crate::page::spans::Spans;
use ego_tree::{NodeId, NodeRef};
use html5ever::LocalName;
use scraper::node::Element;
use scraper::{Html, Node};

/// The tables while they grow.
struct Flat {
    elements: Vec<ElementRow>,
    texts: Vec<TextRow>,
    comments: Vec<CommentRow>,
    open: Vec<u32>,
}

impl Flat {
    fn new(spans: &Spans) -> Flat {
        Flat {
            elements: Vec::with_capacity(spans.elements.len()),
            texts: Vec::with_capacity(spans.texts.len()),
            comments: Vec::with_capacity(spans.comments.len()),
            open: Vec::new(),
        }
    }

    /// Takes a node; whether it is an element, whose children come next.
    fn visit(&mut self, node: NodeRef<'_, Node>, spans: &Spans) -> bool {
        let id = node.id();
        let before = El(self.elements.len() as u32);
        let parent = self.open.last().copied();
        match node.value() {
            Node::Element(element) if is_archive_bar(element) => {}
            Node::Element(element) => {
                let first_text = self.texts.len() as u32;
                self.elements.push(ElementRow {
                    node: id,
                    parent: parent.unwrap_or(NONE),
                    end: 0,
                    depth: self.open.len() as u32,
                    first_text,
                    last_text: first_text,
                    start_tag: find(&spans.elements, id, |e| e.0).and_then(|e| e.1.clone()),
                    end_tag: None,
                    attr_bits: element.attrs.iter().fold(0, |bits, (name, _)| bits | bit(&name.local)),
                });
                self.open.push(before.0);
                return true;
            }
            Node::Text(_) => {
                if let Some(parent) = parent {
                    let span = find(&spans.texts, id, |t| t.0).and_then(|t| t.1);
                    self.texts.push(TextRow { parent: El(parent), span, before, node: id });
                }
            }
            Node::Comment(_) => {
                let span = find(&spans.comments, id, |c| c.0).map(|c| c.1);
                self.comments.push(CommentRow { parent: parent.map(El), span, before, node: id });
            }
            _ => {}
        }
        false
    }

    /// Ends the innermost open element.
    fn close(&mut self) {
        let (end, last_text) = (self.elements.len() as u32, self.texts.len() as u32);
        if let Some(el) = self.open.pop()
            && let Some(row) = self.elements.get_mut(el as usize)
        {
            row.end = end;
            row.last_text = last_text;
        }
    }
}

/// Whether an element is what a web archive puts over or under the pages that it keeps.
fn is_archive_bar(element: &Element) -> bool {
    element.id().is_some_and(|id| matches!(id, "wm-ipp" | "wm-ipp-base" | "wm-ipp-print"))
}

/// One of 64 bits for an attribute's name: most questions for an attribute that is not
/// there are answered without a look at those that are.
#[inline]
pub(super) fn bit(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let ends =
        bytes.first().copied().unwrap_or(0) as usize * 5 + bytes.last().copied().unwrap_or(0) as usize * 11;
    1 << ((ends + bytes.len() * 3) % 64)
}

impl Dom {
    /// Flattens a parsed tree, O(nodes).
    pub(crate) fn new(html: Html, spans: Spans) -> Dom {
        let mut flat = Flat::new(&spans);
        let root = html.tree.root().id();
        let mut at = html.tree.get(root).and_then(|r| r.first_child());
        while let Some(node) = at {
            let down = flat.visit(node, &spans);
            // next in document order; template contents hang below a fragment and are passed over
            let mut next = if down { node.first_child() } else { None };
            if down && next.is_none() {
                flat.close();
            }
            let mut here = node;
            while next.is_none() {
                next = here.next_sibling();
                if next.is_none() {
                    match here.parent() {
                        Some(parent) if parent.id() != root => {
                            flat.close();
                            here = parent;
                        }
                        _ => break,
                    }
                }
            }
            at = next;
        }
        while !flat.open.is_empty() {
            flat.close();
        }
        let Flat { elements, texts, comments, .. } = flat;
        let mut attrs = spans.attrs;
        attrs.shrink_to_fit();
        let mut dom = Dom { html, elements, texts, comments, attrs };
        dom.tie_end_tags(&spans.end_tags);
        dom
    }

    fn tie_end_tags(&mut self, end_tags: &[(LocalName, Span)]) {
        let mut starts: Vec<(u32, El)> = Vec::with_capacity(self.elements.len());
        for (i, row) in self.elements.iter().enumerate() {
            if let Some(tag) = &row.start_tag {
                starts.push((tag.tag.start, El(i as u32)));
            }
        }
        // clones share the start tag of their origin: the first one in the tree stands for it
        starts.sort_by_key(|s| (s.0, s.1));
        starts.dedup_by_key(|s| s.0);
        for (el, span) in end_tags::tie(self, &starts, end_tags) {
            if let Some(row) = self.elements.get_mut(el.0 as usize) {
                row.end_tag = Some(span);
            }
        }
    }
}

fn find<T>(sorted: &[T], id: NodeId, key: impl Fn(&T) -> NodeId) -> Option<&T> {
    sorted.binary_search_by_key(&id, key).ok().and_then(|i| sorted.get(i))
}
