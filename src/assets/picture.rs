//! Which picture an `<img>` shows, and how large it is before any stylesheet.

use crate::assets::plain::Plain;
use crate::assets::srcset::{self, Descriptor};
use crate::assets::{Assets, hints, logo, refs};
use crate::page::Page;
use std::collections::BTreeMap;
use url::Url;

/// Where nothing tells the size of a picture that is no logo: a square, as those of products
/// mostly are.
const SQUARE: (u32, u32) = (600, 600);

/// The same of one that is a button.
const BUTTON: (u32, u32) = (100, 30);

/// A picture that an element shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its address, joined.
    pub url: Url,
    /// How its own pixels become CSS pixels.
    pub scale: Scale,
    /// The `<source>` that says how large it is, where that names a side.
    pub sized_by: Option<usize>,
}

/// How a picture's own pixels become CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// So many of its pixels to one CSS pixel.
    Density(f32),
    /// It is so many CSS pixels wide (`sizes`).
    Width(f32),
}

/// Attributes in which scripts that load pictures late keep the address, most telling first.
const LATE: [&str; 12] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-original-src",
    "data-img-src",
    "data-echo",
    "data-ks-lazyload",
    "data-lazyload",
    "data-lazyload-src",
    "data-url",
    "data-image",
];
const LATE_SETS: [&str; 3] = ["data-srcset", "data-lazy-srcset", "data-original-set"];

/// Kinds of pictures that browsers show.
const KINDS: [&str; 11] =
    ["jpeg", "jpg", "pjpeg", "png", "apng", "gif", "webp", "avif", "svg+xml", "bmp", "x-icon"];
/// Endings of files of pictures.
const ENDINGS: [&str; 8] = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp"];

/// Whether a media type is that of a picture which browsers show.
fn shown(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    kind.strip_prefix("image/").is_some_and(|k| KINDS.contains(&k))
}

/// Whether an element shows a picture of its own: `<img>`, `<input type=image>`, `<object>` with one.
pub fn shows(plain: &Plain, at: usize) -> bool {
    match plain.name(at) {
        "img" => true,
        "input" => plain.attr(at, "type").is_some_and(|t| t.trim().eq_ignore_ascii_case("image")),
        "object" => {
            let ends = |data: &str| {
                let file = data.split(['?', '#']).next().unwrap_or("").trim().to_ascii_lowercase();
                ENDINGS.iter().any(|e| file.ends_with(e)) || file.starts_with("data:image/")
            };
            let data = plain.attr(at, "data");
            data.is_some_and(|d| plain.attr(at, "type").map_or_else(|| ends(d), shown))
        }
        _ => false,
    }
}

/// The picture that an element shows on a screen of so many CSS pixels; `None` where it names
/// none that has an address.
pub fn choose(plain: &Plain, at: usize, base: &Url, screen: (u32, u32)) -> Option<Choice> {
    let set = |written: &str, sizes: Option<&str>| -> Option<Choice> {
        let (address, descriptor) = srcset::pick(written, sizes, screen)?;
        let scale = match descriptor {
            Descriptor::Density(x) => Scale::Density(x),
            Descriptor::Width(px) => Scale::Width(px),
        };
        Some(Choice { url: refs::join(base, &address)?, scale, sized_by: None })
    };
    let one = |written: &str| {
        Some(Choice { url: refs::join(base, written)?, scale: Scale::Density(1.0), sized_by: None })
    };
    match plain.name(at) {
        "object" => return plain.attr(at, "data").and_then(one),
        "input" => return plain.attr(at, "src").filter(|s| !s.trim().is_empty()).and_then(one),
        _ => {}
    }
    let sizes = |at: usize| plain.attr(at, "sizes").or_else(|| plain.attr(at, "data-sizes"));
    if let Some(parent) = plain.nodes.get(at).and_then(|n| n.parent)
        && plain.name(parent) == "picture"
    {
        for source in plain.children_before(parent, at).filter(|s| plain.name(*s) == "source") {
            let fits = plain.attr(source, "media").is_none_or(|m| srcset::matches(m, screen))
                && plain.attr(source, "type").is_none_or(|t| t.trim().is_empty() || shown(t));
            let written =
                plain.attr(source, "srcset").or_else(|| LATE_SETS.iter().find_map(|n| plain.attr(source, n)));
            if let (true, Some(written)) = (fits, written)
                && let Some(choice) = set(written, sizes(source))
            {
                let sized_by = Some(source).filter(|s| sides(plain, *s) != (None, None));
                return Some(Choice { sized_by, ..choice });
            }
        }
    }
    let late_set = LATE_SETS.iter().find_map(|n| plain.attr(at, n)).and_then(|w| set(w, sizes(at)));
    let late = LATE.iter().find_map(|n| plain.attr(at, n).filter(|v| like_address(v)));
    // scripts put a width of their own choice here
    let late = late.map(|v| v.replace("{width}", "600")).and_then(|v| one(&v));
    let src = plain.attr(at, "src").map(str::trim).filter(|s| !s.is_empty());
    if let Some(choice) = plain.attr(at, "srcset").filter(|s| !stand_in(s)).and_then(|w| set(w, sizes(at))) {
        return Some(choice);
    }
    match src {
        Some(src) if !stand_in(src) => one(src).or(late_set).or(late),
        Some(src) => late_set.or(late).or_else(|| one(src)),
        None => late_set.or(late),
    }
}

/// Whether a text may be an address and not a number or JSON.
fn like_address(text: &str) -> bool {
    let text = text.trim();
    text.len() > 4 && text.contains(['/', '.']) && !text.starts_with('{') && !text.contains(['<', ' ', '"'])
}

/// Whether an address only holds a late picture's place.
fn stand_in(src: &str) -> bool {
    let lower = src.to_ascii_lowercase();
    if lower.starts_with("data:") {
        return src.len() < 1024;
    }
    let file = lower.split(['?', '#']).next().unwrap_or("").rsplit('/').next().unwrap_or("");
    [
        "blank",
        "placeholder",
        "lazy",
        "loading",
        "spacer",
        "transparent",
        "pixel.gif",
        "grey.gif",
        "1x1",
        "loader",
    ]
    .iter()
    .any(|w| file.contains(w))
}

/// `width` and `height` of an element in CSS pixels.
pub fn sides(plain: &Plain, at: usize) -> (Option<u32>, Option<u32>) {
    let side = |name: &str| -> Option<u32> {
        let text = plain.attr(at, name)?.trim();
        text.strip_suffix("px").unwrap_or(text).parse::<f32>().ok().filter(|n| *n >= 1.0).map(|n| n as u32)
    };
    (side("width"), side("height"))
}

/// Whether the file of a picture is at hand, or the picture stands in its address.
pub fn at_hand(choice: &Choice, assets: &Assets) -> bool {
    choice.url.scheme() == "data" || assets.pictures.contains_key(choice.url.as_str())
}

/// Width and height of what an element shows in CSS pixels, and whether they are known or assumed.
pub fn natural(plain: &Plain, at: usize, choice: &Choice, assets: &Assets) -> ((u32, u32), bool) {
    let own = assets.pictures.get(choice.url.as_str()).copied().or_else(|| inside(&choice.url));
    let attrs = both(sides(plain, choice.sized_by.unwrap_or(at)));
    let (pixels, sure) = match own.or(attrs).or_else(|| hints::size(&choice.url)) {
        Some(pixels) => (pixels, true),
        None => (assumed(plain, at), false),
    };
    if own.is_none() && attrs.is_some() {
        return (pixels, sure);
    }
    let scaled = match choice.scale {
        Scale::Density(x) => (pixels.0 as f32 / x, pixels.1 as f32 / x),
        Scale::Width(w) => (w, w * pixels.1 as f32 / pixels.0.max(1) as f32),
    };
    ((round(scaled.0), round(scaled.1)), sure)
}

/// The size of a picture of which nothing tells it.
fn assumed(plain: &Plain, at: usize) -> (u32, u32) {
    if logo::is(plain, at) {
        logo::SIZE
    } else if plain.name(at) == "input" {
        BUTTON
    } else {
        SQUARE
    }
}

/// Sizes of the pictures of a page that nothing is known of but the address.
#[derive(Clone, Debug)]
pub struct Stated {
    /// Those that are no squares, by address.
    others: BTreeMap<String, (u32, u32)>,
}

impl Stated {
    /// Of a page whose addresses are joined to its own, on screens of so many CSS pixels.
    pub fn of(page: &Page, own: &Url, screens: impl Iterator<Item = (u32, u32)> + Clone) -> Stated {
        let plain = Plain::of(page, true);
        let base = refs::base(&plain, own);
        let mut others = BTreeMap::new();
        for at in (0..plain.nodes.len()).filter(|at| shows(&plain, *at)) {
            let size = assumed(&plain, at);
            if size != SQUARE {
                let choices = screens.clone().filter_map(|screen| choose(&plain, at, &base, screen));
                others.extend(choices.map(|c| (String::from(c.url), size)));
            }
        }
        Stated { others }
    }

    /// Width and height in CSS pixels, as [`natural`] takes them.
    pub fn size(&self, url: &Url) -> (u32, u32) {
        hints::size(url).unwrap_or(self.others.get(url.as_str()).copied().unwrap_or(SQUARE))
    }
}

fn both(attrs: (Option<u32>, Option<u32>)) -> Option<(u32, u32)> {
    match attrs {
        (Some(w), Some(h)) if w > 0 && h > 0 => Some((w, h)),
        _ => None,
    }
}

fn round(side: f32) -> u32 {
    side.round().clamp(1.0, 100_000.0) as u32
}

/// Size of a picture that the address itself holds.
fn inside(url: &Url) -> Option<(u32, u32)> {
    if url.scheme() != "data" {
        return None;
    }
    let bytes = crate::assets::data_url::bytes(url.as_str())?;
    crate::assets::header::size(&bytes)
}
