//! Where the numbers and names of marks stand, so that none hides another.

use crate::drawing::Rect;
use unicode_width::UnicodeWidthStr;

/// Width in which a picture is mostly shown, CSS pixels: numbers are drawn for that.
const SHOWN: f32 = 640.0;
/// Height of a number's chip as it is shown.
const CHIP: f32 = 17.0;
/// Height of a name as it is shown.
const NAME: f32 = 13.0;
/// Width of a letter as a share of a label's height.
const LETTER: f32 = 0.42;
/// Chips that are kept apart; a page with more is crowded whatever is done.
const APART: usize = 400;

/// Places labels in a picture.
#[derive(Debug)]
pub struct Chips {
    width: f32,
    height: f32,
    /// Pixels of the page for one as shown.
    pub unit: f32,
    taken: Vec<Rect>,
}

impl Chips {
    /// For a picture of so many pixels of the page, shown in a column of text or, where it
    /// stands alone, as large as it is.
    pub fn new(width: u32, height: u32, alone: bool) -> Chips {
        let unit = if alone { 1.0 } else { (width as f32 / SHOWN).max(1.0) };
        Chips { width: width as f32, height: height as f32, unit, taken: Vec::new() }
    }

    fn size(&self, text: &str, height: f32) -> (f32, f32) {
        let height = height * self.unit;
        let letters = UnicodeWidthStr::width(text) as f32;
        ((letters * LETTER * height + height * 0.5).max(height), height)
    }

    /// A place for a number: at the box's corner, else beside the chips that stand there.
    pub fn number(&mut self, at: Rect, text: &str) -> Rect {
        let (width, height) = self.size(text, CHIP);
        let gap = 2.0 * self.unit;
        let left = at.x.clamp(0.0, (self.width - width).max(0.0));
        // half above the box, so that less of it is hidden
        let top = (at.y - height / 2.0).clamp(0.0, (self.height - height).max(0.0));
        let mut spot = Rect { x: left, y: top, width, height };
        let crowded = self.taken.len() > APART;
        while !crowded && let Some(other) = self.taken.iter().find(|t| t.meet(spot).area() > 0.0) {
            spot.x = other.right() + gap;
            if spot.right() > self.width {
                (spot.x, spot.y) = (left, spot.y + height + gap);
            }
            if spot.bottom() > self.height {
                (spot.x, spot.y) = (left, top);
                break;
            }
        }
        self.taken.push(spot);
        spot
    }

    /// A place for a name: above the box, else in its right or left corner, else below it.
    pub fn name(&mut self, at: Rect, text: &str) -> Option<Rect> {
        let (width, height) = self.size(text, NAME);
        let most = (self.width - width).max(0.0);
        let above = Rect { x: at.x.clamp(0.0, most), y: at.y - height, width, height };
        let right = Rect { x: (at.right() - width).clamp(0.0, most), y: at.y.max(0.0), ..above };
        let left = Rect { y: at.y.max(0.0), ..above };
        let below = Rect { y: at.bottom(), ..above };
        let free = |r: &Rect| {
            r.y >= 0.0 && r.bottom() <= self.height && self.taken.iter().all(|t| t.meet(*r).area() <= 0.0)
        };
        let spot =
            [above, right, left, below].into_iter().find(free).filter(|_| self.taken.len() <= APART)?;
        self.taken.push(spot);
        Some(spot)
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn numbers_on_one_box_stand_side_by_side() {
        let mut chips = Chips::new(640, 900, false);
        let at = Rect { x: 10.0, y: 10.0, width: 5.0, height: 5.0 };
        let spots: Vec<Rect> = (1..200).map(|n| chips.number(at, &n.to_string())).collect();
        for (i, a) in spots.iter().enumerate() {
            assert!(a.right() <= 640.0 && a.bottom() <= 900.0, "{a:?}");
            assert!(spots[..i].iter().all(|b| a.meet(*b).area() <= 0.0), "{i}: {a:?}");
        }
    }

    #[test]
    fn a_name_without_room_is_left_out() {
        let mut chips = Chips::new(390, 844, false);
        let at = Rect { x: 0.0, y: 0.0, width: 390.0, height: 844.0 };
        let right = chips.name(at, "price").expect("room on the right");
        assert_eq!((right.right(), right.y), (390.0, 0.0));
        assert_eq!(chips.name(at, "price").map(|r| (r.x, r.y)), Some((0.0, 0.0)));
        assert_eq!(chips.name(at, "price"), None);
    }
}
