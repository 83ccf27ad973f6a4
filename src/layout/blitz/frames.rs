//! Where the engine's nodes stand on the page: transforms and clipping, from the root down.

use crate::layout::geometry::Rect;
use blitz_dom::{BaseDocument, Node, NodeId};
use std::collections::HashMap;
use style::values::computed::Overflow;

/// Affine transform: x' = a x + c y + e, y' = b x + d y + f.
pub type Affine = [f64; 6];

const IDENTITY: Affine = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn multiply(m: Affine, n: Affine) -> Affine {
    [
        m[0] * n[0] + m[2] * n[1],
        m[1] * n[0] + m[3] * n[1],
        m[0] * n[2] + m[2] * n[3],
        m[1] * n[2] + m[3] * n[3],
        m[0] * n[4] + m[2] * n[5] + m[4],
        m[1] * n[4] + m[3] * n[5] + m[5],
    ]
}

/// The smallest upright rectangle round a transformed one. What is no number is nowhere.
pub fn place(m: Affine, rect: Rect) -> Rect {
    let (x, y, right, bottom) =
        (f64::from(rect.x), f64::from(rect.y), f64::from(rect.right()), f64::from(rect.bottom()));
    let corners = [(x, y), (right, y), (x, bottom), (right, bottom)];
    let xs = corners.map(|(x, y)| m[0] * x + m[2] * y + m[4]);
    let ys = corners.map(|(x, y)| m[1] * x + m[3] * y + m[5]);
    let least = |of: [f64; 4]| of.into_iter().fold(f64::INFINITY, f64::min);
    let most = |of: [f64; 4]| of.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let (left, top) = (least(xs), least(ys));
    let placed = [left, top, most(xs) - left, most(ys) - top];
    if placed.iter().any(|n| !n.is_finite() || n.abs() > FAR) {
        return Rect::default();
    }
    Rect { x: left as f32, y: top as f32, width: placed[2] as f32, height: placed[3] as f32 }
}

/// Beyond this `f32` cannot tell pixels apart; browsers stop at 33 million too.
const FAR: f64 = 16_777_216.0;

/// Everything: what clips nothing.
pub const ALL: Rect = Rect { x: -1e9, y: -1e9, width: 2e9, height: 2e9 };

/// Where a node's own coordinates lie on the page.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// From the node's border box to the page.
    pub to_page: Affine,
    /// What the boxes outside it leave of it.
    pub clip: Rect,
    /// Whether it hangs in the window and not in the page.
    pub fixed: bool,
}

/// Frames of a document, each worked out once.
pub struct Frames<'d> {
    doc: &'d BaseDocument,
    known: HashMap<NodeId, Frame>,
    /// Root and body, whose `overflow` is the window's.
    window: [Option<NodeId>; 2],
}

impl<'d> Frames<'d> {
    /// Of a document that was laid out.
    pub fn new(doc: &'d BaseDocument) -> Self {
        let root = doc.try_root_element().map(|n| n.id);
        let body = doc.find_body_node().map(|n| n.id);
        let open = root.and_then(|r| doc.get_node(r)).is_none_or(|n| !clips(n));
        Frames { doc, known: HashMap::new(), window: [root, body.filter(|_| open)] }
    }

    /// The frame of a node that has a box of its own.
    pub fn of(&mut self, id: NodeId) -> Frame {
        let mut chain = Vec::new();
        let mut at = Some(id);
        let mut frame = Frame { to_page: IDENTITY, clip: ALL, fixed: false };
        while let Some(id) = at {
            if let Some(known) = self.known.get(&id) {
                frame = *known;
                break;
            }
            // more links than nodes would be a circle
            if chain.len() > self.doc.tree().len() {
                break;
            }
            chain.push(id);
            at = self.doc.get_node(id).and_then(Node::containing_block);
        }
        // `frame` is that of the outermost node's container
        let mut outer = chain.last().and_then(|id| self.doc.get_node(*id)).and_then(Node::containing_block);
        for id in chain.into_iter().rev() {
            let Some(node) = self.doc.get_node(id) else { break };
            let clip = outer.map_or(frame.clip, |o| self.inside(o, frame));
            frame = Frame { to_page: step(node, frame.to_page), clip, fixed: frame.fixed || is_fixed(node) };
            self.known.insert(id, frame);
            outer = Some(id);
        }
        frame
    }

    /// What a container leaves of what it holds.
    pub fn inside(&self, id: NodeId, frame: Frame) -> Rect {
        let Some(node) = self.doc.get_node(id) else { return frame.clip };
        if self.window.contains(&Some(id)) {
            return frame.clip;
        }
        let cut = cut_away(node);
        if !clips(node) && cut.is_none() {
            return frame.clip;
        }
        let layout = node.unrounded_layout();
        let padding = Rect {
            x: layout.border.left,
            y: layout.border.top,
            width: (layout.size.width - layout.border.left - layout.border.right).max(0.0),
            height: (layout.size.height - layout.border.top - layout.border.bottom).max(0.0),
        };
        let (x, y) = axes(node);
        let mut placed = place(frame.to_page, padding);
        if !x {
            (placed.x, placed.width) = (ALL.x, ALL.width);
        }
        if !y {
            (placed.y, placed.height) = (ALL.y, ALL.height);
        }
        let clip = frame.clip.meet(placed);
        cut.map_or(clip, |cut| clip.meet(place(frame.to_page, cut)))
    }
}

fn step(node: &Node, outer: Affine) -> Affine {
    let at = node.unrounded_layout().location;
    let moved = multiply(outer, [1.0, 0.0, 0.0, 1.0, f64::from(at.x), f64::from(at.y)]);
    match node.transform().as_deref() {
        Some(own) => multiply(moved, own.as_coeffs()),
        None => moved,
    }
}

fn is_fixed(node: &Node) -> bool {
    use style::computed_values::position::T as Position;
    node.primary_styles().is_some_and(|s| s.get_box().position == Position::Fixed)
}

/// Whether a box cuts away what leaves it: across and down.
fn axes(node: &Node) -> (bool, bool) {
    let Some(style) = node.primary_styles() else { return (false, false) };
    let cuts = |o: Overflow| o != Overflow::Visible;
    let own = style.get_box();
    (cuts(own.overflow_x), cuts(own.overflow_y))
}

fn clips(node: &Node) -> bool {
    let (x, y) = axes(node);
    x || y
}

/// What `clip` and `clip-path: inset()` leave of a box, in its own coordinates.
pub fn cut_away(node: &Node) -> Option<Rect> {
    let style = node.primary_styles()?;
    let size = node.unrounded_layout().size;
    super::clip::left(&style, size.width, size.height)
}
