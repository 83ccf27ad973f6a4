//! Places on a page, and drawings of it: what layout engines make and reports show.

/// A rectangle in CSS pixels; the origin is the page's top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl Rect {
    /// Right edge.
    pub fn right(self) -> f32 {
        self.x + self.width
    }

    /// Bottom edge.
    pub fn bottom(self) -> f32 {
        self.y + self.height
    }

    /// Area in square pixels.
    pub fn area(self) -> f32 {
        self.width * self.height
    }

    /// What both cover; empty where they do not meet.
    pub fn meet(self, other: Rect) -> Rect {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let width = (self.right().min(other.right()) - x).max(0.0);
        let height = (self.bottom().min(other.bottom()) - y).max(0.0);
        Rect { x, y, width, height }
    }

    /// The smallest rectangle that holds both.
    pub fn join(self, other: Rect) -> Rect {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Rect {
            x,
            y,
            width: self.right().max(other.right()) - x,
            height: self.bottom().max(other.bottom()) - y,
        }
    }
}

/// A drawing of the laid-out page.
///
/// What an SVG's elements refer to is found by its id: ids that begin with `l-` are the
/// drawing's own, and whoever puts several drawings into one document gives these a prefix;
/// those that begin with `sl-` mean the same everywhere.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawing {
    /// Made by us from the layout, from the page's top left corner, one unit a CSS pixel.
    Svg {
        /// Elements of an SVG, without the `<svg>` round them. They use the glyphs by their ids.
        body: String,
        /// Outlines by id: the same glyph has the same id in every drawing, so that a report
        /// holds it once.
        glyphs: Vec<(String, String)>,
        /// Height that was drawn, CSS pixels.
        height: f32,
    },
    /// A browser's own picture.
    Photo {
        /// `image/jpeg` or `image/png`.
        media: &'static str,
        /// Its bytes.
        bytes: Vec<u8>,
        /// Height that it shows, CSS pixels.
        height: f32,
    },
}

/// The pattern of pictures that are not at hand: for the definitions of a document that holds
/// drawings. A mid grey on which black and white text can be read.
pub const HATCH: &str = "<pattern id=\"sl-hatch\" width=\"12\" height=\"12\" patternUnits=\"userSpaceOnUse\" \
     patternTransform=\"rotate(45)\"><path fill=\"#8b95a1\" d=\"M0 0h12v12H0z\"/>\
     <path fill=\"#7d8793\" d=\"M0 0h5v12H0z\"/></pattern>";
