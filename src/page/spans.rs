//! Places in the source that html5ever does not keep, by node in order of creation.

use crate::finding::Span;
use ego_tree::NodeId;
use html5ever::LocalName;

/// Name and value of an attribute in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttrSpan {
    /// The name.
    pub name: Span,
    /// The value without its quotes; `None` where none is written.
    pub value: Option<Span>,
}

/// Where a start tag stands, with its attributes as written.
#[derive(Clone, Debug, Default)]
pub struct TagSpans {
    /// From `<` to `>`.
    pub tag: Span,
    /// Range in [`Spans::attrs`].
    pub attrs: (u32, u32),
}

/// Everything that html5ever does not keep: by node in order of creation.
#[derive(Debug, Default)]
pub struct Spans {
    /// Elements in order of creation: node, and start tag where one was written.
    pub elements: Vec<(NodeId, Option<TagSpans>)>,
    /// Attributes of all start tags.
    pub attrs: Vec<(LocalName, AttrSpan)>,
    /// Text nodes in order of creation.
    pub texts: Vec<(NodeId, Option<Span>)>,
    /// Comments in order of creation.
    pub comments: Vec<(NodeId, Span)>,
    /// End tags in the order of the source.
    pub end_tags: Vec<(LocalName, Span)>,
}
