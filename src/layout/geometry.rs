//! What a layout engine measured, keyed by the elements of our own tree.

pub use crate::drawing::{Drawing, Rect};
use crate::page::dom::El;
use crate::viewport::Viewport;

/// Why a shopper does not see an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// `hidden`, or `aria-hidden` with nothing drawn.
    Attribute,
    /// `display: none`.
    Display,
    /// `visibility: hidden` or `collapse`.
    Visibility,
    /// `opacity` or `filter: opacity()` below 0.05, its ancestors' taken in.
    Opacity,
    /// In a closed `<details>`, or in a `<dialog>` that is not open.
    Closed,
    /// Nothing to see: a box without width or height that draws nothing beyond it.
    Empty,
    /// Cut away by an ancestor's `overflow` or by `clip`.
    Clipped,
    /// Left of or above the page, or right of all that can be scrolled to.
    OffScreen,
    /// Text without colour, with nothing behind it that shows its letters.
    Transparent,
    /// Never drawn: script, style, template, head.
    Never,
}

/// CSS `position`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Position {
    /// In the flow.
    #[default]
    Static,
    /// In the flow, moved.
    Relative,
    /// Out of the flow, in its containing block.
    Absolute,
    /// Out of the flow, in the window.
    Fixed,
    /// In the flow, held in the window.
    Sticky,
}

impl Position {
    /// Whether it takes no place in the flow.
    pub fn out_of_flow(self) -> bool {
        matches!(self, Position::Absolute | Position::Fixed)
    }
}

/// A colour: red, green, blue, alpha, 0 to 255, sRGB.
pub type Colour = [u8; 4];

/// One element as it was laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Boxed {
    /// Its box, transforms applied; of an inline element the smallest rectangle round its lines.
    /// All zero where nothing is drawn.
    pub rect: Rect,
    /// What of the box is left after clipping.
    pub visible: Rect,
    /// Why it is not seen; `None` where it is.
    pub unseen: Option<Unseen>,
    /// Font size in CSS pixels.
    pub font: f32,
    /// Its position property.
    pub position: Position,
    /// Its own background colour; alpha 0 is none.
    pub background: Colour,
    /// Its text's colour.
    pub text: Colour,
    /// Its border's colour where it has one (the widest side's); alpha 0 is none.
    pub border: Colour,
    /// Widths of its borders of that colour in CSS pixels: above, right, below, left.
    pub edges: [f32; 4],
    /// Whether it has a background picture (`url(...)`).
    pub picture: bool,
    /// Whether its place is one of the window and not of the page: it hangs at the window's upper
    /// or lower edge, whatever stands in the page.
    pub held: bool,
    /// Whether it is a picture of which nobody knows the size: it got a stated default.
    pub assumed: bool,
    /// How far up it may move when scripts run that the engine does not, in CSS pixels: slides
    /// above it may come to stand beside each other.
    pub lift: f32,
}

/// What the engine had to do without.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// Stylesheets asked for that were not at hand, as the page names them.
    pub stylesheets: Vec<String>,
    /// Stylesheets asked for in all.
    pub stylesheets_asked: usize,
    /// Bytes of style that stand in the page itself, those that count; see `layout/styles.rs`.
    pub inline: usize,
    /// Pictures that are not at hand, whether their size is known or not.
    pub pictures_gone: usize,
    /// Pictures whose size nothing tells: they got a stated default.
    pub pictures: usize,
    /// Pictures drawn in all.
    pub pictures_asked: usize,
}

/// A page as laid out on one viewport.
#[derive(Clone, Debug)]
pub struct Geometry {
    /// On which.
    pub viewport: Viewport,
    /// By element, in document order.
    pub boxes: Vec<Boxed>,
    /// The page's height in CSS pixels: the lowest edge of what is seen.
    pub height: f32,
    /// What was missing.
    pub missing: Missing,
    /// `blitz` or `chromium`.
    pub engine: &'static str,
    /// A drawing where one was asked for, or why it could not be made.
    pub drawing: Option<Result<Drawing, String>>,
}

impl Geometry {
    /// The element's box.
    pub fn of(&self, el: El) -> Option<&Boxed> {
        self.boxes.get(el.0 as usize)
    }
}
