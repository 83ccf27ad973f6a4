//! Sums of money whose pieces are elements beside each other: `<b>$</b><b>79.</b><b>99</b>`.

use crate::pack::model::Shape;
use crate::page::dom::El;
use crate::parts::currencies::currencies;
use crate::parts::reading::is_struck;
use crate::parts::scene::Scene;
use crate::parts::tags::is_inline;
use crate::parts::values::{self, Quantity};
use std::ops::Range;

/// Longest piece, in bytes of folded text.
const PIECE: usize = 16;
/// Pieces looked at on each side of one: two prices may stand beside each other.
const PIECES: usize = 8;

/// Whether a text is a sign of money, or nothing but digits and marks.
fn is_piece(text: &str) -> bool {
    let text = text.trim();
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\'' | '’');
    !text.is_empty() && text.len() <= PIECE && (text.chars().all(number) || !currencies(text).is_empty())
}

/// Pieces as one text, and where each stands in it: cents are set apart by a mark, numbers of
/// their own by a space.
fn joined(pieces: &[&str]) -> (String, Vec<Range<usize>>) {
    let mut out = String::new();
    let mut places = Vec::with_capacity(pieces.len());
    for piece in pieces.iter().map(|p| p.trim()) {
        let digits = piece.bytes().all(|b| b.is_ascii_digit());
        if out.ends_with(|c: char| c.is_ascii_digit()) && piece.starts_with(|c: char| c.is_ascii_digit()) {
            match cents_mark(&out) {
                Some(mark) if digits && piece.len() == 2 => out.push(mark),
                _ => out.push(' '),
            }
        } else if out.ends_with(char::is_alphanumeric) && piece.starts_with(char::is_alphanumeric) {
            out.push(' ');
        }
        places.push(out.len()..out.len() + piece.len());
        out.push_str(piece);
    }
    (out, places)
}

/// The mark that sets cents apart from the whole amount that a text ends with; `None` where it has
/// cents already.
pub(super) fn cents_mark(text: &str) -> Option<char> {
    let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let before = text.get(..text.len() - digits)?.chars().next_back();
    match before {
        Some('.' | ',') if digits != 3 => None,
        // the mark before three digits is that of the thousands
        Some('.') => Some(','),
        _ => Some('.'),
    }
}

impl Scene<'_> {
    /// The sum of which an element holds the first digits, where its sign or cents stand in the
    /// elements beside it.
    pub(super) fn split_sum(&self, el: El, struck: &[El]) -> Option<Quantity> {
        let dom = &self.page.dom;
        let text = |el: El| self.walk.text(el);
        if !text(el).contains(|c: char| c.is_ascii_digit()) || !is_piece(text(el)) {
            return None;
        }
        let out = is_struck(dom, struck, el);
        let fits =
            |at: &El| is_inline(dom.name(*at)) && is_piece(text(*at)) && is_struck(dom, struck, *at) == out;
        if !fits(&el) {
            return None;
        }
        let before = std::iter::successors(dom.prev_sibling(el), |at| dom.prev_sibling(*at));
        let mut run: Vec<El> = before.take(PIECES).take_while(fits).collect();
        run.reverse();
        let at = run.len();
        run.push(el);
        let after = std::iter::successors(dom.next_sibling(el), |at| dom.next_sibling(*at));
        run.extend(after.take(PIECES).take_while(fits));
        let (from, to) = self.unbroken(&run, at);
        let run = run.get(from..to).filter(|run| run.len() > 1)?;
        let (whole, places) = joined(&run.iter().map(|e| text(*e)).collect::<Vec<_>>());
        let own = places.get(at - from)?.start;
        let mut start = 0;
        while let Some((sum, found)) = whole.get(start..).and_then(|rest| values::first(Shape::Money, rest)) {
            let range = start + found.start..start + found.end;
            if range.contains(&own) {
                let first = whole.get(range.start..own)?.contains(|c: char| c.is_ascii_digit());
                return (!first).then_some(sum);
            }
            start = range.end;
        }
        None
    }

    /// The elements round one of a run between which nothing else is said.
    fn unbroken(&self, run: &[El], at: usize) -> (usize, usize) {
        let fact = |i: usize| run.get(i).map(|el| self.walk.fact(*el));
        let joins = |i: usize| {
            let (Some(a), Some(b)) = (fact(i), fact(i + 1)) else { return false };
            let between = self.walk.buffer.get(a.text_end as usize..b.text_start as usize);
            between.is_some_and(|text| text.chars().all(|c| c == ' '))
        };
        let from = (0..at).rev().take_while(|i| joins(*i)).last().unwrap_or(at);
        let to = (at..run.len()).take_while(|i| joins(*i)).last().map_or(at + 1, |i| i + 2);
        (from, to)
    }
}

#[cfg(test)]
mod tests {
    use super::{cents_mark, is_piece, joined};

    #[test]
    fn pieces_become_one_text() {
        let text = |pieces: &[&str]| joined(pieces).0;
        assert_eq!(text(&["$", "79.", "99"]), "$79.99");
        assert_eq!(text(&["$", "39.90", "$", "1.90"]), "$39.90$1.90");
        assert_eq!(text(&["1.999", "99", "lei"]), "1.999,99 lei");
        assert_eq!(text(&["79", "99", "€"]), "79.99€");
        assert_eq!(text(&["79.00", "59.00", "€"]), "79.00 59.00€");
    }

    #[test]
    fn what_is_a_piece() {
        assert!(is_piece("$") && is_piece("lei") && is_piece(" 79. ") && is_piece("1 299"));
        assert!(!is_piece("79 pieces") && !is_piece("") && !is_piece("-20%"));
        assert_eq!(cents_mark("$12.50"), None);
    }
}
