//! What hangs in the window of a phone. Where a page is wider than the layout, the window is as wide
//! as the page, and as high in proportion: phones shrink it until it fits, and what hangs at its
//! right edge or its lower one hangs there, beyond what is seen at first.

use crate::layout::blitz::build::Built;
use crate::layout::blitz::unseen::Tree;
use crate::layout::blitz::walk::Found;
use crate::page::dom::El;
use blitz_dom::Node;
use style::values::computed::position::Inset;

/// Moves it there. `widest`: how wide the window may be.
pub fn hang(page: &Tree, built: &Built, found: &mut [Found], screen: (f32, f32), widest: f32) {
    let flow = found.iter().filter(|f| f.drawn && !f.fixed).map(|f| f.boxed.visible.right());
    let width = flow.fold(screen.0, f32::max).min(widest);
    if width < screen.0 + 1.0 {
        return;
    }
    let more = (width - screen.0, screen.1 * (width / screen.0 - 1.0));
    let mut moves = vec![(0.0, 0.0); found.len()];
    for (i, (_, id)) in built.elements.iter().enumerate() {
        let parent = page.parent(El(i as u32)).map(|p| p.0 as usize);
        let held = parent.and_then(|p| found.get(p)).is_some_and(|p| p.fixed);
        let Some(f) = found.get_mut(i).filter(|f| f.fixed) else { continue };
        let by = match parent.and_then(|p| moves.get(p)).filter(|_| held) {
            Some(outer) => *outer,
            None => built.doc.get_node(*id).map_or((0.0, 0.0), |node| edges(node, more)),
        };
        for rect in [&mut f.boxed.rect, &mut f.boxed.visible] {
            (rect.x, rect.y) = (rect.x + by.0, rect.y + by.1);
        }
        if let Some(own) = moves.get_mut(i) {
            *own = by;
        }
    }
}

/// What of a move is that of the edges that a box hangs at.
fn edges(node: &Node, more: (f32, f32)) -> (f32, f32) {
    let Some(style) = node.primary_styles() else { return (0.0, 0.0) };
    let position = style.get_position();
    let at = |near: &Inset, far: &Inset| near.is_auto() && !far.is_auto();
    (
        if at(&position.left, &position.right) { more.0 } else { 0.0 },
        if at(&position.top, &position.bottom) { more.1 } else { 0.0 },
    )
}
