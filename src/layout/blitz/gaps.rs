//! A font of gaps: the engine leaves no room for the margin, border and padding of elements
//! in a line, so letters that are as wide and show nothing are put beside them.

use crate::layout::blitz::sfnt::{self, Face, UNITS_PER_EM};

/// Name of the family.
pub const FAMILY: &str = "storelint gaps";
/// The first of the letters: old notes of Byzantium, which no shop sings. A line does not break
/// beside them, and they belong to no script.
const FIRST: u32 = 0x1D000;
/// Digits other than nought, and places, of a width written to the base of 16.
const DIGITS: u32 = 15;
const PLACES: u32 = 4;

/// The font's file. It is as high as Liberation Sans, so that lines are no higher with it.
pub fn font() -> Vec<u8> {
    let widths = (0..PLACES).flat_map(|place| (1..=DIGITS).map(move |digit| (digit << (4 * place)) as u16));
    sfnt::file(&Face {
        family: FAMILY,
        ranges: &[(FIRST, FIRST + DIGITS * PLACES - 1)],
        widths: widths.collect(),
        ascent: 905,
        descent: -212,
    })
}

/// A text so many pixels wide in a font size; each letter is wider by `spacing`.
pub fn text(width: f32, size: f32, spacing: f32) -> String {
    let mut text = String::new();
    let mut left = units(width, size);
    for _ in 0..PLACES {
        text = letters(left);
        let taken = spacing * text.chars().count() as f32;
        let next = units(width - taken, size);
        if next == left {
            break;
        }
        left = next;
    }
    text
}

fn units(width: f32, size: f32) -> u32 {
    let units = (width / size * f32::from(UNITS_PER_EM)).round();
    if units.is_finite() { units.clamp(0.0, f32::from(u16::MAX)) as u32 } else { 0 }
}

fn letters(units: u32) -> String {
    let letter = |place: u32| {
        let digit = (units >> (4 * place)) & DIGITS;
        (digit > 0).then(|| char::from_u32(FIRST + place * DIGITS + digit - 1)).flatten()
    };
    (0..PLACES).rev().filter_map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_width_is_written_in_four_places() {
        assert_eq!(text(0.0, 16.0, 0.0), "");
        assert_eq!(text(16.0, 16.0, 0.0), letters(1000));
        assert_eq!(letters(0x3E8).chars().map(u32::from).collect::<Vec<_>>(), [0x1D020, 0x1D01C, 0x1D007]);
        assert_eq!(text(20.0, 0.0, 0.0), "");
        // three letters, each a pixel wider than the font has it
        assert_eq!(text(10.0, 10.0, 1.0), letters(700));
    }
}
