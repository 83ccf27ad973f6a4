//! Texts and values of single elements, what is struck out left away.

use crate::pack::model::Shape;
use crate::page::dom::{Dom, El};
use crate::parts::scene::Scene;
use crate::parts::split_sums;
use crate::parts::values::{self, Quantity};
use crate::text::fold::BREAK;
use std::borrow::Cow;

/// Longest text that a shape is looked for in, bytes of folded text: a price stands in a
/// short text, not in a paragraph.
pub const SHAPE_TEXT: u32 = 160;

impl Scene<'_> {
    /// Those of `struck`, in document order, that lie in the element.
    fn struck_in<'s>(&self, el: El, struck: &'s [El]) -> &'s [El] {
        let end = self.page.dom.end(el);
        let from = struck.partition_point(|s| *s <= el);
        let to = struck.partition_point(|s| *s < end);
        struck.get(from..to).unwrap_or(&[])
    }

    /// The folded text of an element, what lies in `struck` left out.
    pub fn text_without(&self, el: El, struck: &[El]) -> Cow<'_, str> {
        let inside = self.struck_in(el, struck);
        if inside.is_empty() {
            return self.with_cents(el);
        }
        let f = self.walk.fact(el);
        let mut out = String::new();
        let mut at = f.text_start;
        for s in inside {
            let g = self.walk.fact(*s);
            if g.text_start >= at {
                out.push_str(self.walk.buffer.get(at as usize..g.text_start as usize).unwrap_or(""));
                out.push(BREAK);
                at = g.text_end;
            }
        }
        out.push_str(self.walk.buffer.get(at as usize..f.text_end as usize).unwrap_or(""));
        Cow::Owned(out)
    }

    /// The folded text of an element; a point stands where cents have an element of their
    /// own, as in `$229<sup>99</sup>`: nothing else tells them from the digits before.
    fn with_cents(&self, el: El) -> Cow<'_, str> {
        let f = self.walk.fact(el);
        let mut out = Cow::Borrowed(self.walk.text(el));
        let rows = &self.walk.rows;
        let from = rows.partition_point(|r| r.at <= f.text_start);
        let to = rows.partition_point(|r| r.at < f.text_end);
        for row in rows.get(from..to).unwrap_or_default().iter().rev() {
            let at = (row.at - f.text_start) as usize;
            let (before, after) = (out.get(..at).unwrap_or(""), out.get(at..).unwrap_or(""));
            let whole = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let mark = split_sums::cents_mark(before);
            let cents = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            if let Some(mark) = mark
                && whole > 0
                && cents == 2
                && !after[cents..].starts_with(['.', ',', '%'])
            {
                out.to_mut().insert(at, mark);
            }
        }
        out
    }

    /// The first value of a shape in an element's own short text, else in the element after it.
    pub fn value(&self, shape: Shape, el: El, struck: &[El], beside: bool) -> Option<(Quantity, El)> {
        let f = self.walk.fact(el);
        let read = |e: El| {
            let f = self.walk.fact(e);
            if f.text_end - f.text_start > 4 * SHAPE_TEXT {
                return None;
            }
            if !values::may_hold(shape, self.walk.text(e)) {
                return None;
            }
            let read = || {
                let text = self.text_without(e, struck);
                if text.len() > SHAPE_TEXT as usize {
                    None
                } else {
                    values::first(shape, &text).map(|(q, _)| q)
                }
            };
            let value = if self.struck_in(e, struck).is_empty() {
                let known = self.values.borrow().get(&(shape, e)).cloned();
                known.unwrap_or_else(|| {
                    let value = read();
                    self.values.borrow_mut().insert((shape, e), value.clone());
                    value
                })
            } else {
                read()
            };
            value.map(|q| (q, e))
        };
        if f.text_end > f.text_start
            && let Some(found) = read(el)
        {
            return Some(found);
        }
        if shape == Shape::Money
            && let Some(sum) = self.split_sum(el, struck)
        {
            return Some((sum, el));
        }
        // a sum without its sign is not the name of the sum beside it
        let number = || self.walk.text(el).contains(|c: char| c.is_ascii_digit());
        if !beside || shape == Shape::Money && number() {
            return None;
        }
        let next = self.page.dom.next_sibling(el)?;
        if is_struck(&self.page.dom, struck, next) { None } else { read(next) }
    }
}

/// Whether an element is one of `struck`, or lies in one. They are outermost ones, in
/// document order: the last before the element decides.
pub fn is_struck(dom: &Dom, struck: &[El], el: El) -> bool {
    let at = struck.partition_point(|s| *s <= el);
    struck[..at].last().is_some_and(|s| dom.contains(*s, el))
}
