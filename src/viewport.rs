//! Viewports: named sizes of the visible part of a page.

/// A named size of the visible part of the page, in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Viewport {
    /// `desktop`, `mobile`, or one of the config.
    pub name: String,
    /// Width.
    pub width: u32,
    /// Height: where the fold is.
    pub height: u32,
}

impl Viewport {
    /// The two built-in profiles.
    pub fn builtin() -> Vec<Viewport> {
        vec![
            Viewport { name: "desktop".into(), width: 1440, height: 900 },
            Viewport { name: "mobile".into(), width: 390, height: 844 },
        ]
    }
}
