//! Why a shopper does not see an element.

use crate::layout::blitz::walk::Found;
use crate::layout::geometry::{Boxed, Rect, Unseen};
use crate::page::dom::El;

/// Opacity below which nothing is seen.
const FAINT: f32 = 0.05;

/// The window that a page is seen in, in CSS pixels.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Whether what lies right of the window is cut away and not scrolled to.
    pub cut: bool,
}

/// What of our tree matters here, by element.
#[derive(Debug, Default)]
pub struct Tree {
    /// Parents.
    pub parents: Vec<Option<El>>,
    /// What the markup alone says of the element.
    pub marks: Vec<Mark>,
}

/// What the markup of an element says of it and all that it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Never drawn.
    pub never: bool,
    /// `hidden`.
    pub hidden: bool,
    /// `aria-hidden="true"`.
    pub aria: bool,
    /// In a closed `details` or a `dialog` that is not open.
    pub closed: bool,
    /// Text of its own that is no white space; not of what it holds.
    pub speaks: bool,
    /// What stands for it where the engine lays nothing out: the `<svg>` that it is drawn in.
    pub part_of: Option<El>,
}

impl Tree {
    /// The parent of an element.
    pub fn parent(&self, el: El) -> Option<El> {
        self.parents.get(el.0 as usize).copied().flatten()
    }
}

/// Says of each element why it is not seen.
pub fn judge(tree: &Tree, found: &mut [Found], window: Window) -> Vec<Boxed> {
    contents(tree, found);
    let mut inner: Vec<Option<Unseen>> = Vec::with_capacity(found.len());
    for (i, f) in found.iter().enumerate() {
        let outer = tree.parent(El(i as u32)).and_then(|p| inner.get(p.0 as usize)).copied().flatten();
        inner.push(outer.or_else(|| undrawn(f, tree.marks.get(i).copied().unwrap_or_default())));
    }
    for (f, undrawn) in found.iter_mut().zip(&inner) {
        f.boxed.unseen = undrawn.or_else(|| covered(f, window));
    }
    empty(tree, found);
    silent(tree, found);
    let mut all: Vec<Boxed> = Vec::with_capacity(found.len());
    for (i, f) in found.iter().enumerate() {
        let mut boxed = f.boxed;
        let mark = tree.marks.get(i).copied().unwrap_or_default();
        if boxed.unseen == Some(Unseen::Empty)
            && let Some(outer) = stands_for(tree, &all, (El(i as u32), f), mark)
        {
            (boxed.rect, boxed.visible, boxed.unseen) = (outer.rect, outer.visible, outer.unseen);
        }
        if mark.aria && boxed.unseen == Some(Unseen::Empty) {
            boxed.unseen = Some(Unseen::Attribute);
        }
        if inner.get(i).copied().flatten().is_some() {
            (boxed.rect, boxed.visible) = (Rect::default(), Rect::default());
        }
        all.push(boxed);
    }
    all
}

/// The box that stands for an element that the engine gives none: text in `display: contents` lies
/// in the lines of what is round it.
fn stands_for(tree: &Tree, all: &[Boxed], (el, found): (El, &Found), mark: Mark) -> Option<Boxed> {
    let at = |el: El| all.get(el.0 as usize).copied();
    match mark.part_of {
        Some(stand) => at(stand),
        None if found.contents && mark.speaks => at(tree.parent(el)?),
        None => None,
    }
}

/// Boxes of elements that have none of their own but show what they hold.
fn contents(tree: &Tree, found: &mut [Found]) {
    for i in (0..found.len()).rev() {
        let Some(f) = found.get(i).copied() else { continue };
        let Some(parent) = tree.parent(El(i as u32)).map(|p| p.0 as usize) else { continue };
        let Some(outer) = found.get_mut(parent) else { continue };
        let boxless = outer.styled && !outer.none && (outer.contents || outer.inline || !outer.drawn);
        if !boxless || f.boxed.rect.area() <= 0.0 || f.boxed.position.out_of_flow() {
            continue;
        }
        let (rect, visible) = (outer.boxed.rect, outer.boxed.visible);
        let join = |a: Rect, b: Rect| {
            if a.area() <= 0.0 {
                b
            } else if b.area() <= 0.0 {
                a
            } else {
                a.join(b)
            }
        };
        outer.boxed.rect = join(rect, f.boxed.rect);
        outer.boxed.visible = join(visible, f.boxed.visible);
        outer.fixed |= f.fixed;
    }
}

/// Why neither it nor anything in it is drawn.
fn undrawn(found: &Found, mark: Mark) -> Option<Unseen> {
    if mark.never {
        return Some(Unseen::Never);
    }
    if found.styled && !found.none {
        return None;
    }
    if mark.closed {
        return Some(Unseen::Closed);
    }
    Some(if mark.hidden { Unseen::Attribute } else { Unseen::Display })
}

/// Why an element that is drawn is not seen; sizes of nothing come later.
fn covered(found: &Found, window: Window) -> Option<Unseen> {
    if found.hidden {
        return Some(Unseen::Visibility);
    }
    if found.opacity < FAINT {
        return Some(Unseen::Opacity);
    }
    let (rect, visible) = (found.boxed.rect, found.boxed.visible);
    if rect.area() > 0.0 {
        let beside = rect.right() <= 0.0
            || rect.bottom() <= 0.0
            || (rect.x >= window.width && (window.cut || found.fixed))
            || (found.fixed && rect.y >= window.height);
        if beside {
            return Some(Unseen::OffScreen);
        }
        if visible.area() <= 0.0 {
            return Some(Unseen::Clipped);
        }
        return None;
    }
    None
}

/// Boxes of no size that hold nothing that is seen, from the inside out.
fn empty(tree: &Tree, found: &mut [Found]) {
    let mut seen_below = vec![false; found.len()];
    for i in (0..found.len()).rev() {
        let below = seen_below.get(i).copied().unwrap_or(false);
        let Some(f) = found.get_mut(i) else { continue };
        if f.boxed.unseen.is_none() && f.boxed.rect.area() <= 0.0 && !f.ink && !below {
            f.boxed.unseen = Some(Unseen::Empty);
        }
        if (f.boxed.unseen.is_none() || below)
            && let Some(parent) = tree.parent(El(i as u32))
            && let Some(outer) = seen_below.get_mut(parent.0 as usize)
        {
            *outer = true;
        }
    }
}

/// Boxes of which nothing is seen but a text, and that is not, from the inside out.
fn silent(tree: &Tree, found: &mut [Found]) {
    let mut speaks = vec![false; found.len()];
    for i in (0..found.len()).rev() {
        let below = speaks.get(i).copied().unwrap_or(false);
        let Some(f) = found.get_mut(i) else { continue };
        if f.boxed.unseen.is_none() && f.silent.is_some() && !f.paints() && !below {
            f.boxed.unseen = f.silent;
        }
        if (f.boxed.unseen.is_none() || below)
            && let Some(parent) = tree.parent(El(i as u32))
            && let Some(outer) = speaks.get_mut(parent.0 as usize)
        {
            *outer = true;
        }
    }
}
