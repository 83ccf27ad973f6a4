//! Size of a picture from the first bytes of its file.

use std::str;

/// Sides that are believed; larger ones are a mistake or an attack.
const SIDES: std::ops::RangeInclusive<usize> = 1..=100_000;

/// Width and height in pixels; of SVG its `width` and `height`, else its `viewBox`.
pub fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    if let Ok(size) = imagesize::blob_size(bytes) {
        let fine = SIDES.contains(&size.width) && SIDES.contains(&size.height);
        return fine.then_some((size.width as u32, size.height as u32));
    }
    svg(str::from_utf8(bytes).ok().or_else(|| longest(bytes))?)
}

/// The part before a character that was cut in two.
fn longest(bytes: &[u8]) -> Option<&str> {
    let end = str::from_utf8(bytes).err()?.valid_up_to();
    str::from_utf8(bytes.get(..end)?).ok()
}

fn svg(text: &str) -> Option<(u32, u32)> {
    let start = text.find("<svg")?;
    let tag = text.get(start..)?.split('>').next()?;
    let attr = |name: &str| {
        let at = tag.match_indices(name).find(|(i, _)| tag[..*i].ends_with(char::is_whitespace))?.0;
        let rest = tag.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest.get(1..)?.split(quote).next()
    };
    let px = |text: &str| -> Option<f32> {
        let text = text.trim();
        text.strip_suffix("px").unwrap_or(text).trim().parse().ok()
    };
    let sides = match (attr("width").and_then(px), attr("height").and_then(px)) {
        (Some(w), Some(h)) => (w, h),
        (w, h) => {
            let view = attr("viewBox")?;
            let n: Vec<f32> = view.split([' ', ',']).filter_map(|n| n.trim().parse().ok()).collect();
            let (vw, vh) = (*n.get(2)?, *n.get(3)?);
            match (w, h) {
                (Some(w), None) => (w, w * vh / vw),
                (None, Some(h)) => (h * vw / vh, h),
                _ => (vw, vh),
            }
        }
    };
    let fine = |n: f32| n.is_finite() && n >= 0.5 && n <= *SIDES.end() as f32;
    (fine(sides.0) && fine(sides.1)).then_some((sides.0.round() as u32, sides.1.round() as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_tell_sizes() {
        let gif = b"GIF89a\x2c\x01\x96\x00\x80\x00\x00";
        assert_eq!(size(gif), Some((300, 150)));
        assert_eq!(size(b"<svg xmlns='x' width='20px' height=\"10\">"), Some((20, 10)));
        assert_eq!(size(b"<?xml?><svg viewBox='0 0 48 24' stroke-width='2' fill='none'>"), Some((48, 24)));
        assert_eq!(size(b"<svg width='1e30' height='2'>"), None);
        assert_eq!(size(b"<svg viewBox='0 0 0 0'>"), None);
        assert_eq!(size(b"<html>"), None);
    }
}
