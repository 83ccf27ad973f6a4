//! `srcset`, `sizes` and media conditions, for a screen with one device pixel to a CSS pixel.

use crate::assets::length;

/// What a picked candidate says of its scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Descriptor {
    /// `2x`: device pixels to a CSS pixel.
    Density(f32),
    /// The width in CSS pixels that `sizes` gives the picture.
    Width(f32),
}

/// Candidates that are looked at.
const CANDIDATES: usize = 64;

/// The candidate that a screen of so many CSS pixels shows.
pub fn pick(srcset: &str, sizes: Option<&str>, screen: (u32, u32)) -> Option<(String, Descriptor)> {
    let found = candidates(srcset);
    let widths: Vec<(&str, f32)> =
        found.iter().filter_map(|(u, d)| Some((*u, d.strip_suffix('w')?.parse().ok()?))).collect();
    if widths.is_empty() {
        let density = |d: &str| d.strip_suffix('x').and_then(|x| x.parse().ok()).unwrap_or(1.0_f32);
        let by = found.iter().map(|(u, d)| (*u, density(d))).filter(|(_, x)| x.is_finite() && *x > 0.0);
        let (url, x) = nearest(by, 1.0)?;
        return Some((url.to_string(), Descriptor::Density(x)));
    }
    let slot = slot(sizes.unwrap_or("100vw"), screen);
    let (url, _) = nearest(widths.into_iter(), slot)?;
    Some((url.to_string(), Descriptor::Width(slot)))
}

/// The smallest value that is enough, else the largest.
fn nearest<'a>(of: impl Iterator<Item = (&'a str, f32)>, enough: f32) -> Option<(&'a str, f32)> {
    of.reduce(|best, next| {
        let better = if best.1 < enough { next.1 > best.1 } else { next.1 >= enough && next.1 < best.1 };
        if better { next } else { best }
    })
}

/// Addresses with their descriptors (`""` where none is written).
fn candidates(srcset: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = srcset;
    while found.len() < CANDIDATES {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (url, after) = rest.split_at(end);
        if url.is_empty() {
            break;
        }
        // a comma at the end of an address ends the candidate
        if let Some(url) = url.strip_suffix(',') {
            found.push((url.trim_end_matches(','), ""));
            rest = after;
            continue;
        }
        let (descriptor, next) = after.split_once(',').unwrap_or((after, ""));
        found.push((url, descriptor.split_ascii_whitespace().next().unwrap_or("")));
        rest = next;
    }
    found
}

/// Width in CSS pixels that `sizes` gives a picture.
pub fn slot(sizes: &str, screen: (u32, u32)) -> f32 {
    let full = screen.0 as f32;
    for part in split(sizes, ',') {
        let part = part.trim();
        let (condition, size) = match part.rfind(|c: char| c.is_ascii_whitespace() || c == ')') {
            // a length in brackets belongs to the size, not to the condition
            Some(_) => condition_and_size(part),
            None => ("", part),
        };
        if (condition.is_empty() || matches(condition, screen))
            && let Some(px) = length::px(size, screen).filter(|px| px.is_finite() && *px > 0.0)
        {
            return px;
        }
    }
    full
}

/// The last word (brackets and all) apart from what stands before it.
fn condition_and_size(part: &str) -> (&str, &str) {
    let mut depth = 0i32;
    let mut cut = 0;
    for (i, c) in part.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            c if c.is_ascii_whitespace() && depth == 0 => cut = i,
            _ => {}
        }
    }
    (part.get(..cut).unwrap_or("").trim(), part.get(cut..).unwrap_or("").trim())
}

fn split(text: &str, by: char) -> Vec<&str> {
    let mut depth = 0i32;
    let mut parts = Vec::new();
    let mut from = 0;
    for (i, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            c if c == by && depth == 0 => {
                parts.push(&text[from..i]);
                from = i + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

/// Whether a media query list is true of a screen of so many CSS pixels. What is not
/// understood is false.
pub fn matches(query: &str, screen: (u32, u32)) -> bool {
    split(query, ',').into_iter().any(|q| one(q.trim(), screen))
}

fn one(query: &str, screen: (u32, u32)) -> bool {
    let lower = query.to_ascii_lowercase();
    let (not, rest) = match lower.strip_prefix("not ") {
        Some(rest) => (true, rest),
        None => (false, lower.strip_prefix("only ").unwrap_or(&lower)),
    };
    let all = rest.split(" and ").all(|part| feature(part.trim(), screen));
    all != not
}

fn feature(part: &str, screen: (u32, u32)) -> bool {
    if matches!(part, "all" | "screen" | "") {
        return true;
    }
    let Some(inner) = part.strip_prefix('(').and_then(|p| p.strip_suffix(')')) else { return false };
    let (w, h) = (screen.0 as f32, screen.1 as f32);
    let Some((name, value)) = inner.split_once(':') else {
        return range(inner, screen);
    };
    let px = || length::px(value.trim(), screen);
    match name.trim() {
        "min-width" => px().is_some_and(|px| w >= px),
        "max-width" => px().is_some_and(|px| w <= px),
        "width" => px().is_some_and(|px| w == px),
        "min-height" => px().is_some_and(|px| h >= px),
        "max-height" => px().is_some_and(|px| h <= px),
        "orientation" => (value.trim() == "landscape") == (w > h),
        _ => false,
    }
}

/// `width >= 600px`, `400px <= width < 800px`.
fn range(inner: &str, screen: (u32, u32)) -> bool {
    let words: Vec<&str> = inner.split_ascii_whitespace().collect();
    let value = |word: &str| match word {
        "width" => Some(screen.0 as f32),
        "height" => Some(screen.1 as f32),
        _ => length::px(word, screen),
    };
    let holds = |three: &[&str]| -> bool {
        let [a, op, b] = three else { return false };
        let (Some(a), Some(b)) = (value(a), value(b)) else { return false };
        match *op {
            ">=" => a >= b,
            "<=" => a <= b,
            ">" => a > b,
            "<" => a < b,
            "=" => a == b,
            _ => false,
        }
    };
    match words.len() {
        3 => holds(&words),
        5 => holds(&words[..3]) && holds(&words[2..]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESK: (u32, u32) = (1440, 900);
    const PHONE: (u32, u32) = (390, 844);

    #[test]
    fn candidates_are_picked_as_browsers_do() {
        let widths = "a.jpg 320w, b.jpg 640w,c.jpg 1600w";
        assert_eq!(pick(widths, None, PHONE), Some(("b.jpg".into(), Descriptor::Width(390.0))));
        let sizes = Some("(min-width: 1000px) calc(50vw - 20px), 100vw");
        assert_eq!(pick(widths, sizes, DESK), Some(("c.jpg".into(), Descriptor::Width(700.0))));
        assert_eq!(pick("a.jpg, b.jpg 2x", None, DESK), Some(("a.jpg".into(), Descriptor::Density(1.0))));
        assert_eq!(pick("b.jpg 2x", None, DESK), Some(("b.jpg".into(), Descriptor::Density(2.0))));
        assert_eq!(
            pick("/w_1,h_2/a.jpg 1x", None, DESK),
            Some(("/w_1,h_2/a.jpg".into(), Descriptor::Density(1.0)))
        );
        assert_eq!(pick(" , ", None, DESK), None);
    }

    #[test]
    fn media_conditions_are_read() {
        assert!(matches("(min-width: 750px)", DESK) && !matches("(min-width: 750px)", PHONE));
        assert!(matches("screen and (max-width: 40em) and (orientation: portrait)", PHONE));
        assert!(matches("print, (width >= 900px)", DESK) && matches("(400px <= width < 1500px)", DESK));
        assert!(!matches("print", DESK) && matches("not print", DESK) && !matches("(hover: weird", DESK));
    }
}
