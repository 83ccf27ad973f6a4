//! Colours in attributes, as browsers read them: names, three digits or six, and the rest made
//! fit (HTML, "rules for parsing a legacy colour value").

use cssparser::color::parse_named_color;

/// Characters that are looked at.
const LONGEST: usize = 128;

/// Red, green and blue; `None` where the text says no colour.
pub fn read(text: &str) -> Option<[u8; 3]> {
    let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
    if text.is_empty() || text.eq_ignore_ascii_case("transparent") {
        return None;
    }
    if let Ok((r, g, b)) = parse_named_color(&text.to_ascii_lowercase()) {
        return Some([r, g, b]);
    }
    let hex = |b: u8| char::from(b).to_digit(16).map_or(0, |d| d as u8);
    if let [b'#', three @ ..] = text.as_bytes()
        && let [r, g, b] = three
        && three.iter().all(u8::is_ascii_hexdigit)
    {
        return Some([*r, *g, *b].map(|d| hex(d) * 17));
    }
    // everything else is cut into three pieces of which two digits count
    let plain = text.chars().flat_map(|c| if u32::from(c) > 0xFFFF { vec!['0', '0'] } else { vec![c] });
    let mut digits: Vec<u8> =
        plain.take(LONGEST).map(|c| if c.is_ascii() { c as u8 } else { b'0' }).collect();
    if digits.first() == Some(&b'#') {
        digits.remove(0);
    }
    digits.iter_mut().filter(|d| !d.is_ascii_hexdigit()).for_each(|d| *d = b'0');
    while digits.is_empty() || !digits.len().is_multiple_of(3) {
        digits.push(b'0');
    }
    let mut pieces: Vec<&[u8]> = digits.chunks(digits.len() / 3).collect();
    let long = pieces.first().map_or(0, |p| p.len());
    let last = |p: &mut &[u8], many: usize| *p = p.get(p.len().saturating_sub(many)..).unwrap_or_default();
    pieces.iter_mut().for_each(|p| last(p, long.min(8)));
    while pieces.iter().all(|p| p.len() > 2 && p.first() == Some(&b'0')) {
        pieces.iter_mut().for_each(|p| *p = p.get(1..).unwrap_or_default());
    }
    let value = |p: Option<&&[u8]>| {
        p.unwrap_or(&&[][..]).iter().take(2).fold(0u8, |n, d| n.wrapping_mul(16) | hex(*d))
    };
    Some([value(pieces.first()), value(pieces.get(1)), value(pieces.get(2))])
}

/// The colour as `#rrggbb`.
pub fn hex(text: &str) -> Option<String> {
    read(text).map(|[r, g, b]| format!("#{r:02x}{g:02x}{b:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_browsers_do() {
        let at = |t: &str| hex(t).unwrap_or_default();
        assert_eq!(at("red"), "#ff0000");
        assert_eq!(at("#c00"), "#cc0000");
        assert_eq!(at(" #EEE "), "#eeeeee");
        assert_eq!(at("ff8800"), "#ff8800");
        assert_eq!(at("#112233"), "#112233");
        // read off Chromium
        assert_eq!(at("chucknorris"), "#c00000");
        assert_eq!(at("c00"), "#0c0000");
        assert_eq!(at("#1234567890ab"), "#125690");
        assert_eq!(at("é"), "#000000");
        assert_eq!((hex(""), hex("transparent")), (None, None));
    }
}
