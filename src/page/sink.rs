//! The tree sink: scraper's own, plus a table of where every node stands in the
//! source, plus the guard's counters.

use crate::finding::Span;
use crate::limits;
use crate::page::spans::{AttrSpan, Spans, TagSpans};
use crate::page::texts::TextQueue;
use ego_tree::NodeId;
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, QualName};
use scraper::{Html, HtmlTreeSink};
use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};
use std::time::Instant;

/// Which limit stopped the parse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// [`limits::DEPTH`].
    Depth,
    /// [`limits::NODES`].
    Nodes,
    /// [`limits::PARSE_TIME`].
    Time,
}

/// Handle of a node: scraper's id, and whether depth is known without a look.
pub type Handle = NodeId;

/// The start tag that the tree builder is working on.
#[derive(Clone, Debug)]
pub struct TokenTag {
    /// Its name.
    pub name: LocalName,
    /// Its place.
    pub spans: TagSpans,
    /// Its attributes, kept for formatting elements only: those may be cloned.
    pub attrs: Option<Vec<Attribute>>,
}

/// See the module.
pub struct SpanSink<'s> {
    inner: HtmlTreeSink,
    /// Spans so far.
    pub spans: RefCell<Spans>,
    /// Start tag of the token being processed.
    pub tag: RefCell<Option<TokenTag>>,
    /// Text waiting to be appended.
    pub queue: RefCell<TextQueue<'s>>,
    /// Comment of the token being processed.
    pub comment: Cell<Span>,
    /// Set once a limit is hit.
    pub stop: Cell<Option<Stop>>,
    nodes: Cell<usize>,
    /// Byte at which the parse stopped.
    pub stop_place: Cell<u32>,
    /// Byte at which attributes were dropped.
    pub cut_attrs: Cell<Option<u32>>,
    /// Where the text ends inside a tag.
    pub cut_tag: Cell<Option<u32>>,
    deadline: Instant,
    /// Depth of the last parent asked for: most appends go to the same one.
    last_parent: Cell<Option<(NodeId, usize)>>,
}

impl<'s> SpanSink<'s> {
    /// A sink for one document; it stops at the deadline.
    pub fn new(source: &'s str, deadline: Instant) -> Self {
        SpanSink {
            inner: HtmlTreeSink::new(Html::new_document()),
            spans: RefCell::default(),
            tag: RefCell::default(),
            queue: RefCell::new(TextQueue::new(source)),
            comment: Cell::default(),
            stop: Cell::default(),
            nodes: Cell::default(),
            stop_place: Cell::default(),
            cut_attrs: Cell::default(),
            cut_tag: Cell::default(),
            deadline,
            last_parent: Cell::default(),
        }
    }

    /// Whether the deadline has passed.
    pub fn check_time(&self) {
        if self.stop.get().is_none() && Instant::now() > self.deadline {
            self.stop.set(Some(Stop::Time));
        }
    }

    fn count(&self) {
        let n = self.nodes.get() + 1;
        self.nodes.set(n);
        if n > limits::NODES && self.stop.get().is_none() {
            self.stop.set(Some(Stop::Nodes));
        }
        if n.is_multiple_of(4096) {
            self.check_time();
        }
    }

    /// Counts the ancestors of a node that gets a child, up to the limit.
    fn check_depth(&self, parent: NodeId) {
        if let Some((last, depth)) = self.last_parent.get()
            && last == parent
        {
            self.limit_depth(depth);
            return;
        }
        let html = self.inner.0.borrow();
        let mut depth = 1;
        let mut at = html.tree.get(parent);
        while let Some(node) = at {
            depth += 1;
            if depth > limits::DEPTH + 2 {
                break;
            }
            at = node.parent();
        }
        self.last_parent.set(Some((parent, depth)));
        self.limit_depth(depth);
    }

    fn limit_depth(&self, depth: usize) {
        if depth > limits::DEPTH + 1 && self.stop.get().is_none() {
            self.stop.set(Some(Stop::Depth));
        }
    }

    /// Ties appended text to its place in the source.
    fn tie_text(&self, node: Option<NodeId>, text: &str) {
        let Some(node) = node else { return };
        let span = self.queue.borrow_mut().take(text);
        let texts = &mut self.spans.borrow_mut().texts;
        let at = match texts.last() {
            Some((last, _)) if *last == node => Ok(texts.len() - 1),
            Some((last, _)) if *last < node => Err(texts.len()),
            _ => texts.binary_search_by_key(&node, |t| t.0),
        };
        match at {
            Ok(i) => {
                if let Some((_, old)) = texts.get_mut(i) {
                    *old = match (*old, span) {
                        (Some(a), Some(b)) => Some(a.join(b)),
                        (a, b) => a.or(b),
                    };
                }
            }
            Err(i) => {
                self.count();
                texts.insert(i, (node, span));
            }
        }
    }
}

impl TreeSink for SpanSink<'_> {
    type Output = (Html, Spans);
    type Handle = Handle;
    type ElemName<'a>
        = Ref<'a, QualName>
    where
        Self: 'a;

    fn finish(self) -> (Html, Spans) {
        (self.inner.finish(), self.spans.into_inner())
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.inner.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> Ref<'a, QualName> {
        self.inner.elem_name(target)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Handle {
        self.count();
        // the token's own element, or a clone of it; html, head and tbody may come unasked
        let tag = {
            let token = self.tag.borrow();
            token
                .as_ref()
                .filter(|t| t.name.eq_ignore_ascii_case(&name.local))
                .filter(|t| t.attrs.as_ref().is_none_or(|a| *a == attrs))
                .map(|t| t.spans.clone())
        };
        let tag = tag.or_else(|| self.origin(&name.local, &attrs));
        let id = self.inner.create_element(name, attrs, flags);
        self.spans.borrow_mut().elements.push((id, tag));
        id
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        self.count();
        let id = self.inner.create_comment(text);
        self.spans.borrow_mut().comments.push((id, self.comment.get()));
        id
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Handle {
        self.count();
        self.inner.create_pi(target, data)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(id) => {
                self.check_depth(*parent);
                self.inner.append(parent, NodeOrText::AppendNode(id));
            }
            NodeOrText::AppendText(text) => {
                self.inner.append(parent, NodeOrText::AppendText(text.clone()));
                let node = {
                    let html = self.inner.0.borrow();
                    html.tree.get(*parent).and_then(|p| p.last_child()).map(|n| n.id())
                };
                self.tie_text(node, &text);
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &Handle, prev: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.inner.0.borrow().tree.get(*element).is_some_and(|e| e.parent().is_some());
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(prev, child);
        }
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        self.inner.append_doctype_to_document(name, public_id, system_id);
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        self.inner.get_template_contents(target)
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.inner.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &Handle, new_node: NodeOrText<Handle>) {
        self.last_parent.set(None);
        let text = match &new_node {
            NodeOrText::AppendText(text) => Some(text.clone()),
            NodeOrText::AppendNode(_) => None,
        };
        self.inner.append_before_sibling(sibling, new_node);
        if let Some(text) = text {
            let node = {
                let html = self.inner.0.borrow();
                html.tree
                    .get(*sibling)
                    .and_then(|s| s.prev_sibling())
                    .filter(|n| n.value().is_text())
                    .map(|n| n.id())
            };
            self.tie_text(node, &text);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        self.inner.add_attrs_if_missing(target, attrs);
        // a second <body> or <html>: its attributes are the element's now
        let Some(TokenTag { spans: new, .. }) = self.tag.borrow().clone() else { return };
        let mut spans = self.spans.borrow_mut();
        let Ok(i) = spans.elements.binary_search_by_key(target, |e| e.0) else { return };
        let old = spans.elements[i].1.clone();
        let start = spans.attrs.len() as u32;
        if start as usize > 4 * limits::NODES {
            return;
        }
        let of = |r: (u32, u32)| r.0 as usize..r.1 as usize;
        let mut merged: Vec<(LocalName, AttrSpan)> = Vec::new();
        for range in old.iter().map(|o| o.attrs).chain([new.attrs]) {
            for attr in spans.attrs.get(of(range)).unwrap_or(&[]) {
                if !merged.iter().any(|m| m.0 == attr.0) {
                    merged.push(attr.clone());
                }
            }
        }
        spans.attrs.extend(merged);
        let end = spans.attrs.len() as u32;
        let tag = old.map_or(new.tag, |o| o.tag);
        spans.elements[i].1 = Some(TagSpans { tag, attrs: (start, end) });
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.last_parent.set(None);
        self.inner.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.last_parent.set(None);
        self.inner.reparent_children(node, new_parent);
    }
}

impl SpanSink<'_> {
    /// The latest start tag of the same name with the same attributes: where a clone
    /// of the adoption agency or a reopened formatting element comes from.
    fn origin(&self, name: &LocalName, attrs: &[Attribute]) -> Option<TagSpans> {
        if !is_formatting(name) {
            return None;
        }
        let spans = self.spans.borrow();
        spans
            .elements
            .iter()
            .rev()
            .take(2_000)
            .filter_map(|(id, tag)| tag.as_ref().map(|t| (id, t)))
            .find(|(id, _)| {
                let html = self.inner.0.borrow();
                let element = html.tree.get(**id).and_then(|n| n.value().as_element());
                element.is_some_and(|e| {
                    e.name.local == *name
                        && e.attrs.len() == attrs.len()
                        && attrs.iter().all(|a| e.attrs.iter().any(|(n, v)| *n == a.name && **v == *a.value))
                })
            })
            .map(|(_, tag)| tag.clone())
    }
}

/// Elements that the tree builder may clone: HTML's formatting elements.
pub fn is_formatting(name: &LocalName) -> bool {
    matches!(
        &**name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}
