//! Snapshot to boxes: what of each element is left after clipping, and why a shopper does
//! not see it.

use crate::chromium::snapshot::{Kind, Node, Snapshot, style};
use crate::chromium::styles::{Look, inside};
use crate::layout::{Boxed, Position, Rect, Unseen};
use crate::viewport::Viewport;

/// Opacity below which nothing is seen.
const FAINT: f32 = 0.05;
/// Far enough for any page, near enough for the arithmetic of 32 bits.
const FAR: f32 = 4_000_000.0;
const EVERYWHERE: Rect = Rect { x: -FAR, y: -FAR, width: 2.0 * FAR, height: 2.0 * FAR };
/// Elements of which nothing is ever drawn.
const NEVER: [&str; 17] = [
    "area", "base", "datalist", "head", "link", "meta", "noembed", "noframes", "noscript", "param", "rp",
    "script", "source", "style", "template", "title", "track",
];

/// What ancestors do to an element.
#[derive(Clone, Copy)]
struct Scope {
    /// Cuts elements in the flow.
    flow: Rect,
    /// Cuts absolute ones.
    absolute: Rect,
    /// Cuts fixed ones.
    fixed: Rect,
    opacity: f32,
    /// Whether nothing below is drawn because of `clip`.
    clipped: bool,
    never: bool,
    /// `hidden` on an ancestor.
    hidden: bool,
    aria_hidden: bool,
    closed: bool,
    /// In a closed `<details>`: not drawn, even what has a box.
    shut: bool,
    /// The `<select>` that it is in.
    select: Option<usize>,
    /// Held in the window, by itself or an ancestor.
    pinned: bool,
    /// Whether it or an ancestor has a layer behind, that letters without colour may show.
    layer: bool,
    /// Whether its letters cannot be seen.
    faint: bool,
}

impl Scope {
    const TOP: Scope = Scope {
        flow: EVERYWHERE,
        absolute: EVERYWHERE,
        fixed: EVERYWHERE,
        opacity: 1.0,
        clipped: false,
        never: false,
        hidden: false,
        aria_hidden: false,
        closed: false,
        shut: false,
        select: None,
        pinned: false,
        layer: false,
        faint: false,
    };
}

/// The boxes of all nodes; those of nodes that are no elements are empty. `scale` is how many
/// CSS pixels of the screen one of the page takes.
pub fn boxes(snapshot: &Snapshot, viewport: &Viewport, scale: f32) -> Vec<Boxed> {
    let window = (viewport.width as f32 / scale, viewport.height as f32 / scale);
    let reach = reach(snapshot, window.0);
    let nodes = &snapshot.nodes;
    let mut scopes: Vec<Scope> = Vec::with_capacity(nodes.len());
    let mut boxes: Vec<Boxed> = Vec::with_capacity(nodes.len());
    // what of a text or of generated content is drawn
    let mut ink: Vec<Rect> = Vec::with_capacity(nodes.len());
    // why a text is not seen
    let mut mute: Vec<Option<Unseen>> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let scope = node.parent.and_then(|p| scopes.get(p)).copied().unwrap_or(Scope::TOP);
        let mut own = scope;
        let (mut boxed, mut drawn_ink, mut silent) = (Boxed::default(), Rect::default(), None);
        match node.kind {
            Kind::Element => {
                let seen = Seen { snapshot, node, window, reach };
                boxed = seen.element(&scope, &mut own, boxes.len());
            }
            Kind::Text | Kind::Pseudo => {
                // generated boxes out of the flow are covers and ornaments of other boxes
                if let Some(drawn) = &node.drawn
                    && !scope.clipped
                    && !scope.shut
                    && scope.opacity >= FAINT
                    && !(node.kind == Kind::Pseudo && out_of_flow(Look::of(snapshot, drawn).position))
                {
                    let text = node.kind == Kind::Text && drawn.rect.area() > 0.0;
                    let (faint, off) = (scope.faint && !scope.layer, drawn.rect.right() <= 0.0);
                    match (text && faint, text && off) {
                        (true, _) => silent = Some(Unseen::Transparent),
                        (_, true) => silent = Some(Unseen::OffScreen),
                        _ => drawn_ink = drawn.rect.meet(scope.flow),
                    }
                }
            }
            _ => {}
        }
        scopes.push(own);
        boxes.push(boxed);
        ink.push(drawn_ink);
        mute.push(silent);
    }
    let inline = |node: &Node| {
        let drawn = node.drawn.as_ref().filter(|_| node.kind == Kind::Element && !replaced(&node.name));
        drawn.is_some_and(|d| snapshot.style(d, style::DISPLAY) == "inline")
    };
    let inline: Vec<bool> = nodes.iter().map(inline).collect();
    join_up(snapshot, (&inline, &mute), &mut boxes, &mut ink);
    for (i, node) in nodes.iter().enumerate() {
        // options are what their select shows
        if let Some(select) = scopes[i].select.filter(|_| node.drawn.is_none())
            && boxes[i].unseen == Some(Unseen::Display)
        {
            boxes[i] = boxes[select];
        }
    }
    if scale != 1.0 {
        boxes.iter_mut().for_each(|b| shrink(b, scale));
    }
    boxes
}

/// From the leaves up: boxes without a size that draw beyond themselves are seen, and
/// elements without a box of their own (`display: contents`) have that of what they hold.
fn join_up(
    snapshot: &Snapshot,
    (inline, mute): (&[bool], &[Option<Unseen>]),
    boxes: &mut [Boxed],
    ink: &mut [Rect],
) {
    for i in (0..boxes.len()).rev() {
        let node = &snapshot.nodes[i];
        // the boxes of what it holds in the flow and a shopper sees
        let mut below: Option<(Rect, Rect)> = None;
        for &child in &node.children {
            let (rect, visible) = match snapshot.nodes[child].kind {
                Kind::Element if boxes[child].unseen.is_some() => (Rect::default(), Rect::default()),
                Kind::Element => (boxes[child].rect, boxes[child].visible),
                _ => (ink[child], ink[child]),
            };
            ink[i] = around(ink[i], ink[child]);
            let floats = snapshot.nodes[child].kind == Kind::Element && out_of_flow(boxes[child].position);
            if rect.area() > 0.0 && !floats {
                below = Some(below.map_or((rect, visible), |(r, v)| (r.join(rect), around(v, visible))));
            }
        }
        if node.kind != Kind::Element {
            continue;
        }
        let own = &mut boxes[i];
        if own.unseen.is_none() && own.visible.area() > 0.0 {
            let silent = node.children.iter().find_map(|c| mute.get(*c).copied().flatten());
            let silent = silent.filter(|_| !adorned(snapshot, node));
            let paints = own.picture || own.background[3] > 0 || own.border[3] > 0 || replaced(&node.name);
            if paints && ink[i].area() <= 0.0 {
                ink[i] = own.visible;
            }
            if silent.is_some() && ink[i].area() <= 0.0 {
                (own.unseen, own.visible) = (silent, Rect::default());
            }
        }
        // an inline box is as high as its font; its lines are as high as the pictures in them
        if inline[i]
            && let Some((rect, visible)) = below
        {
            (own.rect, own.visible) = (around(own.rect, rect), around(own.visible, visible));
            if matches!(own.unseen, Some(Unseen::Empty | Unseen::Clipped)) {
                own.unseen = None;
            }
        }
        match own.unseen {
            Some(Unseen::Empty) if ink[i].area() > 0.0 => own.unseen = None,
            Some(Unseen::Display) if node.drawn.is_none() => {
                if let Some((rect, visible)) = below {
                    *own = Boxed { rect, visible, unseen: None, ..*own };
                }
            }
            _ => {}
        }
    }
}

/// Whether something stands before or behind a text that may show in its place, or a gradient below it.
fn adorned(snapshot: &Snapshot, node: &Node) -> bool {
    let below = node.drawn.as_ref().is_some_and(|d| Look::of(snapshot, d).layer);
    let pseudo =
        |c: &usize| snapshot.nodes.get(*c).is_some_and(|n| n.kind == Kind::Pseudo && n.drawn.is_some());
    below || node.children.iter().any(pseudo)
}

fn out_of_flow(position: Position) -> bool {
    matches!(position, Position::Absolute | Position::Fixed)
}

/// The smallest rectangle round two, of which either may be empty.
fn around(a: Rect, b: Rect) -> Rect {
    match (a.area() > 0.0, b.area() > 0.0) {
        (true, true) => a.join(b),
        (true, false) => a,
        (false, _) => b,
    }
}

/// Elements that are a picture or a control, and drawn without any child.
fn replaced(name: &str) -> bool {
    matches!(
        name,
        "img"
            | "svg"
            | "video"
            | "canvas"
            | "iframe"
            | "object"
            | "embed"
            | "input"
            | "select"
            | "textarea"
            | "button"
            | "meter"
            | "progress"
            | "audio"
            | "hr"
    )
}

fn shrink(boxed: &mut Boxed, scale: f32) {
    for rect in [&mut boxed.rect, &mut boxed.visible] {
        *rect = Rect {
            x: rect.x * scale,
            y: rect.y * scale,
            width: rect.width * scale,
            height: rect.height * scale,
        };
    }
}

/// How far a shopper can scroll to the right: not at all where the page's overflow is cut.
fn reach(snapshot: &Snapshot, window: f32) -> f32 {
    let root = snapshot.nodes.iter().find(|n| n.kind == Kind::Element && n.name == "html");
    let body = root.and_then(|r| {
        r.children.iter().map(|c| &snapshot.nodes[*c]).find(|n| n.kind == Kind::Element && n.name == "body")
    });
    let cut = |node: Option<&Node>| {
        node.and_then(|n| n.drawn.as_ref()).is_some_and(|d| {
            let overflow = snapshot.style(d, style::OVERFLOW_X);
            matches!(overflow, "hidden" | "clip")
        })
    };
    if cut(root) || cut(body) { window } else { snapshot.width.max(window) }
}

struct Seen<'s> {
    snapshot: &'s Snapshot,
    node: &'s Node,
    window: (f32, f32),
    reach: f32,
}

impl Seen<'_> {
    /// The element's box, and in `own` what it does to its descendants.
    fn element(&self, scope: &Scope, own: &mut Scope, index: usize) -> Boxed {
        let node = self.node;
        let name = node.name.as_str();
        let attr = |name: &str| self.snapshot.attr(node, name);
        own.never |= NEVER.contains(&name);
        own.hidden |= attr("hidden").is_some();
        own.aria_hidden |= attr("aria-hidden") == Some("true");
        own.shut |= self.in_closed_details();
        own.closed |= own.shut || (name == "dialog" && attr("open").is_none());
        if name == "select" {
            own.select = Some(index);
        }
        let Some(drawn) = &node.drawn else {
            let unseen = if own.never {
                Unseen::Never
            } else if own.hidden || own.aria_hidden {
                Unseen::Attribute
            } else if own.closed {
                Unseen::Closed
            } else {
                Unseen::Display
            };
            return Boxed { unseen: Some(unseen), ..Boxed::default() };
        };
        let look = Look::of(self.snapshot, drawn);
        own.opacity *= look.opacity;
        own.clipped |= look.clipped_away;
        own.pinned |= look.position == Position::Fixed;
        own.layer |= look.layer;
        own.faint = look.faint;
        let (rect, cut) = (
            drawn.rect,
            match look.position {
                Position::Fixed => scope.fixed,
                Position::Absolute => scope.absolute,
                _ => scope.flow,
            },
        );
        self.cut_below(own, &look, cut, inside(drawn));
        let visible = if own.clipped { Rect::default() } else { rect.meet(cut) };
        let unseen = if own.never {
            Some(Unseen::Never)
        } else if own.shut {
            Some(Unseen::Closed)
        } else if !look.visible {
            Some(Unseen::Visibility)
        } else if own.opacity < FAINT {
            Some(Unseen::Opacity)
        } else if own.clipped {
            Some(Unseen::Clipped)
        } else if rect.area() <= 0.0 {
            Some(Unseen::Empty)
        } else if self.off(rect, own.pinned) {
            Some(Unseen::OffScreen)
        } else if visible.area() <= 0.0 {
            Some(Unseen::Clipped)
        } else {
            None
        };
        Boxed {
            rect,
            visible: if unseen.is_some() { Rect::default() } else { visible },
            unseen,
            font: look.font,
            position: look.position,
            background: look.background,
            text: look.text,
            border: look.border,
            edges: look.edges,
            picture: look.picture,
            held: own.pinned,
            assumed: false,
            lift: 0.0,
        }
    }

    /// Narrows what descendants are cut by.
    fn cut_below(&self, own: &mut Scope, look: &Look, cut: Rect, inner: Rect) {
        // the overflow of the root and of the body is the window's
        let cuts =
            if matches!(self.node.name.as_str(), "html" | "body") { (false, false) } else { look.cuts };
        let mut below = cut;
        if cuts.0 || cuts.1 {
            let across = if cuts.0 { inner } else { EVERYWHERE };
            let down = if cuts.1 { inner } else { EVERYWHERE };
            let edge = Rect { x: across.x, width: across.width, y: down.y, height: down.height };
            below = cut.meet(edge);
        }
        own.flow = below;
        if look.position != Position::Static || look.holds_fixed {
            own.absolute = below;
        }
        if look.holds_fixed {
            own.fixed = below;
        }
    }

    /// Whether it lies where nobody can scroll to.
    fn off(&self, rect: Rect, pinned: bool) -> bool {
        let outside = rect.right() <= 0.0 || rect.bottom() <= 0.0 || rect.x >= self.reach;
        outside || (pinned && (rect.y >= self.window.1 || rect.x >= self.window.0))
    }

    /// Whether a parent `<details>` without `open` hides it: all but its first summary.
    fn in_closed_details(&self) -> bool {
        let Some(parent) = self.node.parent.and_then(|p| self.snapshot.nodes.get(p)) else { return false };
        if parent.name != "details" || self.snapshot.attr(parent, "open").is_some() {
            return false;
        }
        let first = parent.children.iter().map(|c| &self.snapshot.nodes[*c]).find(|c| c.name == "summary");
        !first.is_some_and(|first| std::ptr::eq(first, self.node))
    }
}
