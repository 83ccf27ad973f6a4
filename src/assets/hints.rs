//! Sizes of pictures that their addresses name without doubt: `tea_400x400.jpg`,
//! `tea.jpg?w=600&h=400`.

use url::Url;

/// Sides that are believed of a picture. Smaller numbers are as often centimetres.
const SIDES: std::ops::RangeInclusive<u32> = 100..=5_000;

const WIDTHS: [&str; 5] = ["w", "width", "wid", "imwidth", "sw"];
const HEIGHTS: [&str; 5] = ["h", "height", "hei", "imheight", "sh"];

/// Width and height that the address names.
pub fn size(url: &Url) -> Option<(u32, u32)> {
    if !matches!(url.scheme(), "http" | "https" | "file") {
        return None;
    }
    asked(url).or_else(|| written(url.path()))
}

fn asked(url: &Url) -> Option<(u32, u32)> {
    let mut sides = (None, None);
    for (name, value) in url.query_pairs() {
        let number = || value.parse().ok().filter(|n| SIDES.contains(n));
        if WIDTHS.contains(&&*name) {
            sides.0 = sides.0.or(number());
        } else if HEIGHTS.contains(&&*name) {
            sides.1 = sides.1.or(number());
        } else if matches!(&*name, "resize" | "fit" | "size") {
            let pair = value.split_once([',', 'x']);
            if let Some((Ok(w), Ok(h))) = pair.map(|(w, h)| (w.parse(), h.parse()))
                && SIDES.contains(&w)
                && SIDES.contains(&h)
            {
                return Some((w, h));
            }
        }
    }
    Some((sides.0?, sides.1?))
}

/// The one pair `400x300` of a path; `None` where two differ.
fn written(path: &str) -> Option<(u32, u32)> {
    let mut found = None;
    let bytes = path.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    for (x, _) in path.match_indices(['x', 'X']) {
        let from = (0..x).rev().take_while(|i| digit(*i)).last().unwrap_or(x);
        let to = (x + 1..).take_while(|i| digit(*i)).last().map_or(x + 1, |i| i + 1);
        let apart = |b: Option<&u8>| b.is_none_or(|b| !b.is_ascii_alphanumeric());
        let before = from.checked_sub(1).and_then(|i| bytes.get(i));
        if !apart(before) || !apart(bytes.get(to)) {
            continue;
        }
        let (Ok(w), Ok(h)) = (path[from..x].parse(), path[x + 1..to].parse()) else { continue };
        if !SIDES.contains(&w) || !SIDES.contains(&h) {
            continue;
        }
        if found.is_some_and(|f| f != (w, h)) {
            return None;
        }
        found = Some((w, h));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_plain_is_believed() {
        let at = |u: &str| size(&Url::parse(u).expect("an address"));
        assert_eq!(at("https://a/tea_400x300.jpg?v=12"), Some((400, 300)));
        assert_eq!(at("https://a/wp/tea-300x300.png"), Some((300, 300)));
        assert_eq!(at("https://a/600x400/tea.png"), Some((600, 400)));
        assert_eq!(at("https://a/tea.jpg?w=600&h=400&q=80"), Some((600, 400)));
        assert_eq!(at("https://a/tea.jpg?resize=600%2C400"), Some((600, 400)));
        assert_eq!(at("https://a/tea.jpg?w=600"), None);
        assert_eq!(at("https://a/frame-20x30.jpg"), None);
        assert_eq!(at("https://a/200x200/tea_400x300.jpg"), None);
        assert_eq!(at("https://a/0x4005500.jpg"), None);
        assert_eq!(at("https://a/x.jpg"), None);
        assert_eq!(at("data:image/gif,200x200"), None);
    }
}
