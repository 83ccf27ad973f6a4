//! `<meta name="viewport">`: how wide a phone lays a page out.

use crate::assets::plain::Plain;

/// Width on which phones lay out pages that say nothing.
const FALLBACK: u32 = 980;
/// Widest screen that is taken for a phone, in CSS pixels; wider ones do not heed the tag.
pub const PHONE: u32 = 600;
/// By how much phones shrink a page at most.
const LEAST_ZOOM: f32 = 0.25;
/// Widths that browsers accept.
const WIDTHS: std::ops::RangeInclusive<u32> = 200..=10_000;

/// The screen in CSS pixels of the layout, and by what to multiply these to get those of the
/// device.
pub fn of(plain: &Plain, device: (u32, u32)) -> ((u32, u32), f32) {
    if device.0 > PHONE {
        return (device, 1.0);
    }
    let width = width(plain, device.0).clamp(*WIDTHS.start(), *WIDTHS.end());
    let scale = device.0 as f32 / width as f32;
    ((width, (device.1 as f32 / scale).round() as u32), scale)
}

/// How wide a page may grow, in CSS pixels of the layout, before a phone no longer shrinks it to
/// its screen. Desks do not.
pub fn widest(plain: &Plain, device: (u32, u32), screen: (u32, u32)) -> f32 {
    if device.0 > PHONE {
        return screen.0 as f32;
    }
    let said = said(plain);
    let value = |wanted: &str| said.and_then(|s| value(s, wanted));
    let fixed = value("user-scalable").is_some_and(|v| matches!(v, "no" | "0"));
    let least = value("minimum-scale").and_then(|v| v.parse::<f32>().ok()).unwrap_or(LEAST_ZOOM);
    let widest = device.0 as f32 / least.clamp(LEAST_ZOOM, 10.0);
    if fixed { screen.0 as f32 } else { widest.max(screen.0 as f32) }
}

/// What the tag says; the last one counts.
fn said(plain: &Plain) -> Option<&str> {
    let is = |at: &usize| {
        plain.name(*at) == "meta"
            && plain.attr(*at, "name").is_some_and(|n| n.trim().eq_ignore_ascii_case("viewport"))
    };
    (0..plain.nodes.len()).rev().filter(is).find_map(|at| plain.attr(at, "content"))
}

fn value<'c>(content: &'c str, wanted: &str) -> Option<&'c str> {
    let mut pairs = content.split([',', ';']).filter_map(|p| p.split_once('='));
    pairs.rfind(|(n, _)| n.trim().eq_ignore_ascii_case(wanted)).map(|(_, v)| v.trim())
}

fn width(plain: &Plain, device: u32) -> u32 {
    let Some(content) = said(plain) else { return FALLBACK };
    let zoom = value(content, "initial-scale").and_then(|v| v.parse::<f32>().ok()).filter(|z| *z >= 0.1);
    let zoomed = zoom.map(|z| (device as f32 / z).round() as u32);
    match value(content, "width") {
        Some(word) if word.eq_ignore_ascii_case("device-width") => zoomed.unwrap_or(device).max(device),
        Some(number) => number.parse::<f32>().map_or(zoomed.unwrap_or(FALLBACK), |n| n as u32),
        None => zoomed.unwrap_or(FALLBACK),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;

    fn at(html: &str) -> ((u32, u32), f32) {
        of(&Plain::of(&Page::from_text("a", html), false), (390, 844))
    }

    #[test]
    fn phones_heed_the_tag_and_desks_do_not() {
        assert_eq!(
            at("<meta name=viewport content='width=device-width, initial-scale=1'>"),
            ((390, 844), 1.0)
        );
        assert_eq!(at("<meta name=viewport content='width=780'>"), ((780, 1688), 0.5));
        assert_eq!(at("<meta name=viewport content='initial-scale=0.5'>"), ((780, 1688), 0.5));
        assert_eq!(at("<p>").0.0, 980);
        let plain = Plain::of(&Page::from_text("a", "<p>"), false);
        assert_eq!(of(&plain, (1440, 900)), ((1440, 900), 1.0));
    }

    #[test]
    fn phones_shrink_wide_pages_unless_told_not_to() {
        let at = |content: &str| {
            let html = format!("<meta name=viewport content='width=device-width,{content}'>");
            widest(&Plain::of(&Page::from_text("a", &html), false), (390, 844), (390, 844))
        };
        assert_eq!(at("initial-scale=1"), 1560.0);
        assert_eq!(at("minimum-scale=0.5"), 780.0);
        assert_eq!(at("minimum-scale=1"), 390.0);
        assert_eq!(at("user-scalable=no"), 390.0);
    }
}
