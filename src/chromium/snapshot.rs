//! `DOMSnapshot.captureSnapshot`: the flat tree (shadow roots opened, children in their
//! slots), boxes and computed styles, in one answer.

use crate::chromium::NoRender;
use crate::chromium::tab::Tab;
use crate::chromium::traffic::Traffic;
use crate::layout::Rect;
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;

/// The computed styles asked for; a constant for each names its place.
pub const STYLES: [&str; 25] = [
    "display",
    "visibility",
    "opacity",
    "font-size",
    "position",
    "color",
    "background-color",
    "background-image",
    "border-top-width",
    "border-right-width",
    "border-bottom-width",
    "border-left-width",
    "border-top-color",
    "border-right-color",
    "border-bottom-color",
    "border-left-color",
    "overflow-x",
    "overflow-y",
    "clip",
    "clip-path",
    "transform",
    "filter",
    "contain",
    "text-shadow",
    "-webkit-text-fill-color",
];

/// Places in [`STYLES`].
pub mod style {
    #![allow(missing_docs)]
    pub const DISPLAY: usize = 0;
    pub const VISIBILITY: usize = 1;
    pub const OPACITY: usize = 2;
    pub const FONT_SIZE: usize = 3;
    pub const POSITION: usize = 4;
    pub const COLOR: usize = 5;
    pub const BACKGROUND: usize = 6;
    pub const BACKGROUND_IMAGE: usize = 7;
    pub const BORDER_WIDTHS: usize = 8;
    pub const BORDER_COLORS: usize = 12;
    pub const OVERFLOW_X: usize = 16;
    pub const OVERFLOW_Y: usize = 17;
    pub const CLIP: usize = 18;
    pub const CLIP_PATH: usize = 19;
    pub const TRANSFORM: usize = 20;
    pub const FILTER: usize = 21;
    pub const CONTAIN: usize = 22;
    pub const TEXT_SHADOW: usize = 23;
    pub const TEXT_FILL: usize = 24;
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An element of the tree, or of a shadow tree.
    Element,
    /// `::before` and its like.
    Pseudo,
    /// Text.
    Text,
    /// A comment.
    Comment,
    /// The doctype.
    Doctype,
    /// Anything else.
    Other,
}

/// How a node was laid out.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Its box, transforms applied.
    pub rect: Rect,
    /// Its padding box, in its own coordinates: border widths, then width and height inside.
    pub client: Option<Rect>,
    /// Width and height before transforms.
    pub size: Option<(f32, f32)>,
    styles: Vec<i64>,
}

/// One node.
#[derive(Clone, Debug)]
pub struct Node {
    /// The node that holds it; smaller than its own number.
    pub parent: Option<usize>,
    /// What it is.
    pub kind: Kind,
    /// Name of an element: lower case for HTML, as written for SVG.
    pub name: String,
    /// The browser's number of it, the same in every snapshot of the page.
    pub id: i64,
    /// Whether it stands in a shadow tree.
    pub shadow: bool,
    /// Its box, where it has one.
    pub drawn: Option<Drawn>,
    /// Its children in order.
    pub children: Vec<usize>,
    value: i64,
    attrs: Vec<i64>,
}

/// The main document.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Nodes in document order.
    pub nodes: Vec<Node>,
    /// Width that can be scrolled over, in CSS pixels.
    pub width: f32,
    strings: Vec<String>,
}

impl Snapshot {
    fn string(&self, at: i64) -> &str {
        usize::try_from(at).ok().and_then(|i| self.strings.get(i)).map_or("", String::as_str)
    }

    /// Width of the window as the page sees it: that of the root element, which the window's
    /// own box can exceed on a phone.
    pub fn root_width(&self) -> f32 {
        let root = self.nodes.iter().find(|n| n.kind == Kind::Element && n.name == "html");
        let drawn = root.and_then(|n| n.drawn.as_ref());
        drawn.map_or(0.0, |d| d.client.map_or(d.rect.width, |c| c.width))
    }

    /// Text of a text node or comment.
    pub fn text(&self, node: &Node) -> &str {
        self.string(node.value)
    }

    /// Attributes by name.
    pub fn attrs<'s>(&'s self, node: &'s Node) -> impl Iterator<Item = (&'s str, &'s str)> {
        node.attrs.chunks_exact(2).map(|pair| (self.string(pair[0]), self.string(pair[1])))
    }

    /// Value of an attribute.
    pub fn attr<'s>(&'s self, node: &'s Node, name: &str) -> Option<&'s str> {
        self.attrs(node).find(|(n, _)| *n == name).map(|(_, v)| v)
    }

    /// A computed style, by its place in [`STYLES`].
    pub fn style(&self, drawn: &Drawn, which: usize) -> &str {
        drawn.styles.get(which).map_or("", |at| self.string(*at))
    }
}

#[derive(Deserialize)]
struct Raw {
    documents: Vec<RawDocument>,
    strings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawDocument {
    nodes: RawNodes,
    layout: RawLayout,
    #[serde(default)]
    content_width: f32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawNodes {
    parent_index: Vec<i64>,
    node_type: Vec<u8>,
    node_name: Vec<i64>,
    node_value: Vec<i64>,
    backend_node_id: Vec<i64>,
    attributes: Vec<Vec<i64>>,
    #[serde(default)]
    shadow_root_type: Rare,
    #[serde(default)]
    pseudo_type: Rare,
}

#[derive(Default, Deserialize)]
struct Rare {
    index: Vec<usize>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawLayout {
    node_index: Vec<usize>,
    styles: Vec<Vec<i64>>,
    bounds: Vec<Vec<f32>>,
    #[serde(default)]
    client_rects: Vec<Vec<f32>>,
    #[serde(default)]
    offset_rects: Vec<Vec<f32>>,
}

/// Asks a tab for its snapshot.
///
/// # Errors
/// See [`NoRender`].
pub fn capture(tab: &mut Tab<'_>, traffic: &mut Traffic<'_>, limit: Duration) -> Result<Snapshot, NoRender> {
    let params = json!({ "computedStyles": STYLES, "includeDOMRects": true, "includePaintOrder": false });
    let raw: Raw = tab.call(traffic, COMMAND, &params, limit)?;
    read(raw)
}

const COMMAND: &str = "DOMSnapshot.captureSnapshot";

fn read(raw: Raw) -> Result<Snapshot, NoRender> {
    let answer = |why: &str| NoRender::Answer { command: COMMAND.into(), why: why.into() };
    let document = raw.documents.into_iter().next().ok_or_else(|| answer("it holds no document"))?;
    let mut snapshot = Snapshot { nodes: Vec::new(), width: document.content_width, strings: raw.strings };
    let from = document.nodes;
    let count = from.node_type.len();
    let lists = [from.parent_index.len(), from.node_name.len(), from.node_value.len()];
    if lists.iter().chain([&from.backend_node_id.len(), &from.attributes.len()]).any(|n| *n != count) {
        return Err(answer("its lists differ in length"));
    }
    for (i, attrs) in from.attributes.into_iter().enumerate() {
        let parent = usize::try_from(from.parent_index[i]).ok();
        if parent.is_some_and(|p| p >= i) {
            return Err(answer("its tree is out of order"));
        }
        let name = snapshot.string(from.node_name[i]);
        let html = !name.bytes().any(|b| b.is_ascii_lowercase());
        let kind = match from.node_type[i] {
            1 if name.starts_with("::") => Kind::Pseudo,
            1 => Kind::Element,
            3 | 4 => Kind::Text,
            8 => Kind::Comment,
            10 => Kind::Doctype,
            _ => Kind::Other,
        };
        let name = match kind {
            Kind::Element if html => name.to_ascii_lowercase(),
            Kind::Element => name.to_string(),
            _ => String::new(),
        };
        snapshot.nodes.push(Node {
            parent,
            kind,
            name,
            id: from.backend_node_id[i],
            shadow: false,
            drawn: None,
            children: Vec::new(),
            value: from.node_value[i],
            attrs,
        });
        if let Some(parent) = parent {
            snapshot.nodes[parent].children.push(i);
        }
    }
    for i in from.pseudo_type.index {
        if let Some(node) = snapshot.nodes.get_mut(i) {
            node.kind = Kind::Pseudo;
        }
    }
    for i in from.shadow_root_type.index {
        if let Some(node) = snapshot.nodes.get_mut(i) {
            node.shadow = true;
        }
    }
    place(&mut snapshot, document.layout).ok_or_else(|| answer("its boxes are incomplete"))?;
    Ok(snapshot)
}

/// Ties boxes to their nodes.
fn place(snapshot: &mut Snapshot, layout: RawLayout) -> Option<()> {
    let mut styles = layout.styles;
    for (at, index) in layout.node_index.into_iter().enumerate() {
        let rect = rect(layout.bounds.get(at)?)?;
        let own = std::mem::take(styles.get_mut(at)?);
        let client = layout.client_rects.get(at).and_then(|r| self::rect(r));
        let offset = layout.offset_rects.get(at).and_then(|r| self::rect(r));
        let drawn = Drawn { rect, client, size: offset.map(|r| (r.width, r.height)), styles: own };
        let node = snapshot.nodes.get_mut(index)?;
        match &mut node.drawn {
            // a first letter, or a part of a block inside an inline element
            Some(before) => before.rect = before.rect.join(rect),
            None => node.drawn = Some(drawn),
        }
    }
    Some(())
}

fn rect(sides: &[f32]) -> Option<Rect> {
    match *sides {
        [x, y, width, height] => Some(Rect { x, y, width, height }),
        _ => None,
    }
}
