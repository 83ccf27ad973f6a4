//! Form controls whose size comes from what browsers draw in them: the engine measures only
//! text that stands in the tree, so such text is put there.

use crate::assets::plain::{Plain, What};
use std::borrow::Cow;

/// Rows of a list without `size`.
const ROWS: usize = 4;
/// Rows that a list may ask for.
const MOST_ROWS: usize = 100;
/// Values of `cols` that have a rule.
const COLS: std::ops::RangeInclusive<usize> = 1..=120;
/// Letters that an input is wide, and how many it may ask for.
const LETTERS: (usize, usize) = (20, 1000);

/// What to put into a control; `None` for everything that needs nothing.
pub fn filling(plain: &Plain, at: usize) -> Option<Cow<'static, str>> {
    let text = |t: &'static str| Some(t.into());
    match plain.name(at) {
        "select" => Some(select(plain, at).into()),
        "input" => {
            let bare = plain.attr(at, "value").is_none();
            match kind(plain.attr(at, "type")) {
                "submit" | "image" if bare => text("Submit"),
                "reset" if bare => text("Reset"),
                // a space keeps the height of a line
                "button" if bare => text("\u{A0}"),
                "date" | "month" | "week" | "time" | "datetime-local" | "file" | "range" | "color" => {
                    text("\u{A0}")
                }
                "Text" | "-" | "Email" | "Password" | "Search" | "Tel" | "Url" | "Number" => {
                    let size = plain.attr(at, "size").and_then(|s| s.trim().parse().ok()).filter(|n| *n > 0);
                    let letters: usize = size.unwrap_or(LETTERS.0).min(LETTERS.1);
                    Some(letters_of(letters as f32 * LETTER + 0.675).into())
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// Width of an average letter of Arial in font sizes.
const LETTER: f32 = 0.6;

/// A text of so many font sizes in Arial: digits, and narrow letters for the rest.
fn letters_of(width: f32) -> String {
    const DIGIT: f32 = 0.556;
    const NARROW: f32 = 0.222;
    let digits = (width / DIGIT).floor();
    let narrow = ((width - digits * DIGIT) / NARROW).round();
    "0".repeat(digits as usize) + &"l".repeat(narrow as usize)
}

/// The widest choice, once for each row that is shown.
fn select(plain: &Plain, at: usize) -> String {
    let mut widest = String::new();
    let mut width = 0;
    let mut inner = at + 1;
    while let Some(node) = plain.nodes.get(inner).filter(|n| n.parent.is_some_and(|p| p >= at)) {
        if let (What::Text(text), Some(parent)) = (&node.what, node.parent)
            && plain.name(parent) == "option"
        {
            let label = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
            let wide: usize = label.chars().map(|c| if c < '\u{1100}' { 1 } else { 2 }).sum();
            if wide > width {
                (width, widest) = (wide, label);
            }
        }
        inner += 1;
    }
    let asked = plain.attr(at, "size").and_then(|s| s.trim().parse::<usize>().ok()).filter(|n| *n > 0);
    let rows = asked.unwrap_or(if plain.attr(at, "multiple").is_some() { ROWS } else { 1 });
    if widest.is_empty() {
        widest.push('\u{A0}');
    }
    std::iter::once(widest.as_str())
        .chain((1..rows.min(MOST_ROWS)).map(|_| "\u{A0}"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Rules for the widths that `cols` asks for: so many average letters and a scroll bar.
pub fn sizes() -> String {
    let rule =
        |n: usize| format!("textarea[cols=\"{n}\"]{{width:calc({:.3}em + 16px)}}\n", n as f32 * LETTER);
    COLS.map(rule).collect()
}

/// The type of an `<input>` as the engine is to see it. Text inputs it measures only roughly,
/// but it lays out what stands in them where it does not know the word; so these are written
/// with a capital, which selectors do not mind, and where nothing is written, as one that
/// means nothing.
pub fn kind(written: Option<&str>) -> &'static str {
    let Some(written) = written else { return "-" };
    match written.trim().to_ascii_lowercase().as_str() {
        "number" => "Number",
        "password" => "Password",
        "email" => "Email",
        "search" => "Search",
        "tel" => "Tel",
        "url" => "Url",
        "hidden" => "hidden",
        "checkbox" => "checkbox",
        "radio" => "radio",
        "submit" => "submit",
        "reset" => "reset",
        "button" => "button",
        "image" => "image",
        "file" => "file",
        "range" => "range",
        "color" => "color",
        "date" => "date",
        "month" => "month",
        "week" => "week",
        "time" => "time",
        "datetime-local" => "datetime-local",
        "text" => "Text",
        _ => "-",
    }
}
