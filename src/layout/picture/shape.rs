//! Shapes in pixels of the page: where they lie, and whether they are upright rectangles.

use peniko::kurbo::{Affine, BezPath, PathEl, Rect, Shape};

/// Beyond this nothing is a place on a page: browsers stop at 33 million pixels.
const FAR: f64 = 33_554_432.0;
/// How far a curve may be off, in pixels.
const TOLERANCE: f64 = 0.1;

/// A shape, placed.
#[derive(Debug)]
pub enum Placed {
    /// Upright.
    Rect(Rect),
    /// Anything else, with the smallest rectangle round it.
    Path(BezPath, Rect),
}

impl Placed {
    /// Places a shape; `None` where its numbers are none.
    pub fn of(shape: &impl Shape, m: Affine) -> Option<Placed> {
        let upright = {
            let [_, b, c, _, _, _] = m.as_coeffs();
            b == 0.0 && c == 0.0
        };
        if let Some(rect) = shape.as_rect().filter(|_| upright) {
            // the smallest rectangle round points passes over what is no number
            let told = near(rect);
            let placed = m.transform_rect_bbox(rect);
            return (told && near(placed)).then_some(Placed::Rect(placed));
        }
        let mut path = shape.to_path(TOLERANCE);
        path.apply_affine(m);
        // corners without a radius come with points that are no numbers; the smallest
        // rectangle does not tell
        if path.elements().iter().any(|el| !whole(el)) {
            path = BezPath::from_iter(path.elements().iter().copied().filter(whole));
        }
        if !matches!(path.elements().first(), Some(PathEl::MoveTo(_))) {
            return None;
        }
        let bounds = path.bounding_box();
        if !near(bounds) {
            return None;
        }
        let one_box = if upright { rectangle(&path, bounds) } else { false };
        Some(if one_box { Placed::Rect(bounds) } else { Placed::Path(path, bounds) })
    }

    /// The smallest rectangle round it.
    pub fn bounds(&self) -> Rect {
        match self {
            Placed::Rect(rect) | Placed::Path(_, rect) => *rect,
        }
    }
}

/// Whether all points of an element are somewhere.
fn whole(el: &PathEl) -> bool {
    match el {
        PathEl::MoveTo(p) | PathEl::LineTo(p) => p.is_finite(),
        PathEl::QuadTo(a, p) => a.is_finite() && p.is_finite(),
        PathEl::CurveTo(a, b, p) => a.is_finite() && b.is_finite() && p.is_finite(),
        PathEl::ClosePath => true,
    }
}

fn near(r: Rect) -> bool {
    [r.x0, r.y0, r.x1, r.y1].iter().all(|n| n.is_finite() && n.abs() < FAR)
}

/// Whether a path goes once round its box.
fn rectangle(path: &BezPath, bounds: Rect) -> bool {
    use PathEl::{ClosePath, LineTo, MoveTo};
    let mut corners = Vec::with_capacity(5);
    for el in path.elements() {
        match el {
            MoveTo(p) if corners.is_empty() => corners.push(*p),
            LineTo(p) if corners.len() < 5 => corners.push(*p),
            ClosePath => {}
            _ => return false,
        }
    }
    if corners.len() == 5 && corners.first() == corners.last() {
        corners.pop();
    }
    let on = |n: f64, a: f64, b: f64| n == a || n == b;
    corners.len() == 4
        && corners.iter().all(|p| on(p.x, bounds.x0, bounds.x1) && on(p.y, bounds.y0, bounds.y1))
        && corners.windows(2).all(|w| (w[0].x == w[1].x) != (w[0].y == w[1].y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rectangles_are_told_from_paths() {
        let rect = Rect::new(1.0, 2.0, 3.0, 5.0);
        let is = |shape: &dyn Fn() -> Option<Placed>| matches!(shape(), Some(Placed::Rect(_)));
        assert!(is(&|| Placed::of(&rect, Affine::scale(2.0))));
        assert!(is(&|| Placed::of(&rect.to_path(0.1), Affine::IDENTITY)));
        assert!(!is(&|| Placed::of(&rect, Affine::rotate(0.3))));
        assert!(!is(&|| Placed::of(&rect.to_rounded_rect(1.0), Affine::IDENTITY)));
        let holed = [
            PathEl::MoveTo((0.0, 0.0).into()),
            PathEl::LineTo((f64::NAN, 0.0).into()),
            PathEl::LineTo((1.0, 2.0).into()),
        ];
        let left = Placed::of(&BezPath::from_iter(holed), Affine::IDENTITY);
        assert!(matches!(left, Some(Placed::Path(path, _)) if path.elements().len() == 2));
        assert!(Placed::of(&Rect::new(0.0, 0.0, f64::NAN, 1.0), Affine::IDENTITY).is_none());
        assert!(Placed::of(&Rect::new(0.0, 0.0, 1e30, 1.0), Affine::IDENTITY).is_none());
    }
}
