//! Computed styles as the browser spells them, to the nouns of a box.

use crate::chromium::snapshot::{Drawn, Snapshot, style};
use crate::layout::geometry::Colour;
use crate::layout::{Position, Rect};

/// Alpha of a text that nobody sees, of 255.
const FAINT: u8 = 13;

/// What a box's styles say.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Font size in CSS pixels.
    pub font: f32,
    /// Its position.
    pub position: Position,
    /// Own background colour.
    pub background: Colour,
    /// Text colour.
    pub text: Colour,
    /// Colour of the widest border.
    pub border: Colour,
    /// Widths of the borders of that colour in CSS pixels: above, right, below, left.
    pub edges: [f32; 4],
    /// Whether it has a background picture.
    pub picture: bool,
    /// Whether it has a background picture or gradient.
    pub layer: bool,
    /// Whether its letters have no colour and no shadow.
    pub faint: bool,
    /// Own opacity, that of a filter taken in.
    pub opacity: f32,
    /// Whether `visibility` shows it.
    pub visible: bool,
    /// Whether `overflow` cuts what hangs out to the sides, and above and below.
    pub cuts: (bool, bool),
    /// Whether `clip` or `clip-path` leaves nothing of it.
    pub clipped_away: bool,
    /// Whether fixed descendants are placed in it instead of the window.
    pub holds_fixed: bool,
}

impl Look {
    /// Reads the styles of a node.
    pub fn of(snapshot: &Snapshot, drawn: &Drawn) -> Look {
        let read = |which| snapshot.style(drawn, which);
        let position = match read(style::POSITION) {
            "relative" => Position::Relative,
            "absolute" => Position::Absolute,
            "fixed" => Position::Fixed,
            "sticky" => Position::Sticky,
            _ => Position::Static,
        };
        let image = read(style::BACKGROUND_IMAGE);
        // an inline box has no overflow of its own; a table's cells take care of theirs
        let cutting =
            !matches!(read(style::DISPLAY), "inline" | "contents" | "table-row" | "table-row-group");
        let cuts = |which| cutting && !matches!(read(which), "visible" | "");
        let set = |which| !matches!(read(which), "none" | "");
        let contain = read(style::CONTAIN);
        let (border, edges) = borders(&read);
        let fill = colour(read(style::TEXT_FILL));
        Look {
            font: pixels(read(style::FONT_SIZE)).unwrap_or(0.0),
            position,
            background: colour(read(style::BACKGROUND)),
            text: colour(read(style::COLOR)),
            border,
            edges,
            picture: image.contains("url("),
            layer: !matches!(image, "none" | ""),
            faint: fill[3] < FAINT && !read(style::TEXT_FILL).is_empty() && !set(style::TEXT_SHADOW),
            opacity: read(style::OPACITY).parse().unwrap_or(1.0) * filtered(read(style::FILTER)),
            visible: matches!(read(style::VISIBILITY), "visible" | ""),
            cuts: (cuts(style::OVERFLOW_X), cuts(style::OVERFLOW_Y)),
            clipped_away: clip_is_empty(read(style::CLIP), position) || path_is_empty(read(style::CLIP_PATH)),
            holds_fixed: set(style::TRANSFORM)
                || set(style::FILTER)
                || contain.contains("paint")
                || contain.contains("strict")
                || contain.contains("content"),
        }
    }
}

fn pixels(text: &str) -> Option<f32> {
    text.strip_suffix("px")?.trim().parse().ok()
}

/// Colour of the widest border, and widths of all sides of that colour.
fn borders<'s>(read: &impl Fn(usize) -> &'s str) -> (Colour, [f32; 4]) {
    let width = |side: usize| pixels(read(style::BORDER_WIDTHS + side)).unwrap_or(0.0);
    let mut widest = 0;
    for side in 1..4 {
        if width(side) > width(widest) {
            widest = side;
        }
    }
    if width(widest) <= 0.0 {
        return ([0; 4], [0.0; 4]);
    }
    let same = |side: usize| read(style::BORDER_COLORS + side) == read(style::BORDER_COLORS + widest);
    let edges = [0, 1, 2, 3].map(|side| if same(side) { width(side) } else { 0.0 });
    (colour(read(style::BORDER_COLORS + widest)), edges)
}

/// What `filter: opacity()` leaves, 0 to 1.
fn filtered(filter: &str) -> f32 {
    let shares = filter.split("opacity(").skip(1).filter_map(|f| f.split(')').next());
    shares.filter_map(|share| share.trim().parse::<f32>().ok()).product()
}

/// A computed colour in any of CSS's spaces; colours that cannot be read are none.
pub fn colour(text: &str) -> Colour {
    match color::parse_color(text) {
        Ok(colour) => {
            let rgba = colour.to_alpha_color::<color::Srgb>().to_rgba8();
            [rgba.r, rgba.g, rgba.b, rgba.a]
        }
        Err(_) => [0; 4],
    }
}

/// `clip: rect(top, right, bottom, left)` counts on boxes out of the flow only.
fn clip_is_empty(clip: &str, position: Position) -> bool {
    if !matches!(position, Position::Absolute | Position::Fixed) {
        return false;
    }
    let Some(inside) = clip.strip_prefix("rect(").and_then(|c| c.strip_suffix(')')) else { return false };
    let sides: Vec<Option<f32>> = inside.split([',', ' ']).filter(|s| !s.is_empty()).map(pixels).collect();
    // the usual way to hide a text from eyes leaves a point, or a single pixel
    match sides[..] {
        [Some(top), Some(right), Some(bottom), Some(left)] => right - left <= 1.0 || bottom - top <= 1.0,
        _ => false,
    }
}

/// `inset(50%)` and its like.
fn path_is_empty(path: &str) -> bool {
    let Some(inside) = path.strip_prefix("inset(").and_then(|c| c.strip_suffix(')')) else { return false };
    let inside = inside.split("round").next().unwrap_or("");
    let sides: Vec<f32> = inside
        .split_ascii_whitespace()
        .map(|s| s.strip_suffix('%').and_then(|s| s.parse().ok()).unwrap_or(0.0))
        .collect();
    match sides[..] {
        [all] => all >= 50.0,
        [vertical, horizontal] => vertical >= 50.0 || horizontal >= 50.0,
        [top, horizontal, bottom] => top + bottom >= 100.0 || horizontal >= 50.0,
        [top, right, bottom, left] => top + bottom >= 100.0 || right + left >= 100.0,
        _ => false,
    }
}

/// The box inside the borders, where `overflow` cuts.
pub fn inside(drawn: &Drawn) -> Rect {
    let rect = drawn.rect;
    let (Some(client), Some((width, height))) = (drawn.client, drawn.size) else { return rect };
    // inner sizes are those before transforms: shrunk or grown like the whole
    let share = |outer: f32, own: f32| if own > 0.0 { outer / own } else { 1.0 };
    let (x, y) = (share(rect.width, width), share(rect.height, height));
    let inner = Rect {
        x: rect.x + client.x * x,
        y: rect.y + client.y * y,
        width: client.width * x,
        height: client.height * y,
    };
    if client.width > 0.0 || client.height > 0.0 { inner } else { rect }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_every_space() {
        assert_eq!(colour("rgb(1, 2, 3)"), [1, 2, 3, 255]);
        assert_eq!(colour("rgba(0, 0, 0, 0)"), [0, 0, 0, 0]);
        assert_eq!(colour("color(srgb 1 0.5 0)"), [255, 128, 0, 255]);
        assert_eq!(colour("oklch(1 0 0)"), [255, 255, 255, 255]);
        assert_eq!(colour("oklch(0.627966 0.257704 29.2346 / 0.5)"), [255, 0, 0, 128]);
        assert_eq!(colour("nonsense"), [0; 4]);
    }

    #[test]
    fn filters_that_hide() {
        assert_eq!(filtered("none"), 1.0);
        assert_eq!(filtered("blur(2px) opacity(0)"), 0.0);
        assert_eq!(filtered("opacity(0.5) opacity(0.5)"), 0.25);
    }

    #[test]
    fn clips_that_leave_nothing() {
        for clip in ["rect(0px, 0px, 0px, 0px)", "rect(1px, 1px, 1px, 1px)", "rect(0px 1px 1px 0px)"] {
            assert!(clip_is_empty(clip, Position::Absolute), "{clip}");
            assert!(!clip_is_empty(clip, Position::Static), "{clip}");
        }
        assert!(!clip_is_empty("rect(0px, 100px, 50px, 0px)", Position::Absolute));
        assert!(!clip_is_empty("auto", Position::Absolute));
        for path in
            ["inset(50%)", "inset(100%)", "inset(0% 50%)", "inset(60% 0% 40%)", "inset(0% 100% 0% 0%)"]
        {
            assert!(path_is_empty(path), "{path}");
        }
        for path in ["none", "inset(10px)", "inset(0% 0% 100px)", "circle(50%)", "inset(20% round 5px)"] {
            assert!(!path_is_empty(path), "{path}");
        }
    }
}
