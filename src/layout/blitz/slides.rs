//! Carousels that wait for their script: their slides stand below each other, and what follows
//! them stands lower than a shopper sees it. How much lower is told of each box.

use crate::assets::plain::Plain;
use crate::assets::plain::What;
use crate::layout::geometry::{Boxed, Position};
use crate::text::subwords::subwords;

/// Sub-words that carousels are named with.
const NAMES: [&str; 8] = ["carousel", "slider", "swiper", "slick", "flickity", "owl", "glide", "splide"];
/// So many slides make a carousel.
const SLIDES: usize = 3;
/// A slide is as wide as this share of its carousel.
const WIDE: f32 = 0.8;
/// Lower ones are lines of a list, in CSS pixels.
const HIGH: f32 = 80.0;
/// Carousels of a page that are heeded.
const MOST: usize = 40;

/// A carousel as it stands: its slides from top to bottom, their upper and lower edges.
struct Stack {
    left: f32,
    right: f32,
    slides: Vec<(f32, f32)>,
}

/// Says of each box how far up it may move when the page's scripts run.
pub fn lift(plain: &Plain, boxes: &mut [Boxed]) {
    let stacks = stacks(plain, boxes);
    for boxed in boxes.iter_mut().filter(|b| b.unseen.is_none() && b.position != Position::Fixed) {
        boxed.lift = stacks.iter().map(|stack| stack.lift(boxed)).sum();
    }
}

impl Stack {
    fn lift(&self, boxed: &Boxed) -> f32 {
        let beside = boxed.rect.right() <= self.left || boxed.rect.x >= self.right;
        let (Some(first), Some(last)) = (self.slides.first(), self.slides.last()) else { return 0.0 };
        let y = boxed.rect.y + 1.0;
        if beside || y < first.1 {
            0.0
        } else if y >= last.1 {
            last.1 - first.1
        } else {
            // in a slide that may come to stand where the first one does
            self.slides.iter().rfind(|s| s.0 <= y).map_or(0.0, |s| s.0 - first.0)
        }
    }
}

fn stacks(plain: &Plain, boxes: &[Boxed]) -> Vec<Stack> {
    let named: Vec<bool> = (0..plain.nodes.len()).map(|at| is_named(plain, at)).collect();
    let is = |at: Option<usize>| at.and_then(|at| named.get(at)).copied().unwrap_or(false);
    let parent = |at: usize| plain.nodes.get(at).and_then(|n| n.parent);
    let mut holders: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut place = vec![usize::MAX; plain.nodes.len()];
    for at in (0..plain.nodes.len()).filter(|at| !plain.name(*at).is_empty()) {
        // its own children, or those of a track in it
        let Some(holder) = parent(at).filter(|p| is(Some(*p)) || is(parent(*p))) else { continue };
        let Some(known) = place.get_mut(holder) else { continue };
        if *known == usize::MAX {
            *known = holders.len();
            holders.push((holder, Vec::new()));
        }
        if let Some((_, children)) = holders.get_mut(*known) {
            children.push(at);
        }
    }
    holders
        .iter()
        .filter_map(|(holder, children)| stack(plain, boxes, *holder, children))
        .take(MOST)
        .collect()
}

fn stack(plain: &Plain, boxes: &[Boxed], holder: usize, children: &[usize]) -> Option<Stack> {
    let outer = boxed(plain, boxes, holder)?.rect;
    let first = children.iter().find(|at| boxed(plain, boxes, **at).is_some())?;
    let alike =
        |at: &&usize| plain.name(**at) == plain.name(*first) && class(plain, **at) == class(plain, *first);
    let slides: Vec<_> =
        children.iter().filter(alike).filter_map(|at| boxed(plain, boxes, *at)).map(|b| b.rect).collect();
    let fit = slides.iter().all(|s| s.width >= outer.width * WIDE && s.height >= HIGH);
    let below = slides.windows(2).all(|w| matches!(w, [a, b] if b.y >= a.bottom() - 1.0));
    (slides.len() >= SLIDES && fit && below).then(|| Stack {
        left: outer.x,
        right: outer.right(),
        slides: slides.iter().map(|s| (s.y, s.bottom())).collect(),
    })
}

fn is_named(plain: &Plain, at: usize) -> bool {
    let named = |name: &str| {
        plain.attr(at, name).is_some_and(|v| subwords(v).iter().any(|w| NAMES.contains(&w.as_str())))
    };
    !plain.name(at).is_empty() && (named("class") || named("id"))
}

/// The first class, which slides have in common; others mark the one that is shown.
fn class(plain: &Plain, at: usize) -> Option<&str> {
    plain.attr(at, "class")?.split_ascii_whitespace().next()
}

fn boxed<'b>(plain: &Plain, boxes: &'b [Boxed], at: usize) -> Option<&'b Boxed> {
    let What::Element { el: Some(el), .. } = &plain.nodes.get(at)?.what else { return None };
    boxes.get(el.0 as usize).filter(|b| b.unseen.is_none() && b.rect.area() > 0.0)
}
