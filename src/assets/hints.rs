//! Sizes of pictures that their addresses name without doubt: `tea_400x400.jpg`,
//! `tea.jpg_400x400q90.jpg` (Alibaba), `w_600,h_400/tea.jpg` (Cloudinary), `tea.jpg?w=600&h=400`.

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
    asked(url).or_else(|| named(url.path())).or_else(|| written(url.path()))
}

/// A part of a path that names both sides: `c_fill,w_600,h_400`.
fn named(path: &str) -> Option<(u32, u32)> {
    path.split('/').find_map(|part| {
        let side = |name: &str| {
            let number = part.split(',').find_map(|p| p.strip_prefix(name)?.parse().ok());
            number.filter(|n| SIDES.contains(n))
        };
        Some((side("w_")?, side("h_")?))
    })
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
        if from == x || !apart(before) || !(apart(bytes.get(to)) || quality(&bytes[to..])) {
            continue;
        }
        let (Ok(w), Ok(h)) = (path[from..x].parse(), path[x + 1..to].parse()) else { continue };
        if found.is_some_and(|f| f != (w, h)) {
            return None;
        }
        found = Some((w, h));
    }
    found.filter(|(w, h)| SIDES.contains(w) && SIDES.contains(h))
}

/// Whether the quality of the picture follows its size: `q90`, `xz`.
fn quality(after: &[u8]) -> bool {
    let rest = match after {
        [b'q' | b'Q', rest @ ..] => rest,
        _ => after.strip_prefix(b"xz").filter(|rest| !rest.is_empty()).unwrap_or(b"a"),
    };
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    rest.get(digits).is_none_or(|b| matches!(b, b'.' | b'_' | b'-' | b'/'))
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
        assert_eq!(at("https://a/1920x1080-wallpaper-of-10x10.jpg"), None);
        assert_eq!(at("https://a/i3/O1CN01.jpg_400x300q90.jpg_.webp"), Some((400, 300)));
        assert_eq!(at("https://a/O1CN01.jpg_400x400q.jpg"), Some((400, 400)));
        assert_eq!(at("https://a/O1CN01.jpg_220x220xz.jpg"), Some((220, 220)));
        assert_eq!(at("https://a/O1CN01.jpg_400x10000q75.jpg"), None);
        assert_eq!(at("https://a/tea_400x300quilt.jpg"), None);
        assert_eq!(at("https://a/upload/c_fill,w_320,h_240,q_auto/v1/tea.jpg"), Some((320, 240)));
        assert_eq!(at("https://a/upload/w_320/h_240/tea.jpg"), None);
        assert_eq!(at("https://a/0x4005500.jpg"), None);
        assert_eq!(at("https://a/x.jpg"), None);
        assert_eq!(at("data:image/gif,200x200"), None);
    }
}
