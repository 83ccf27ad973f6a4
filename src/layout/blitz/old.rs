//! Attributes that say how things look, as pages had them before stylesheets: rules for those
//! that the engine does not heed.

use crate::assets::plain::Plain;
use crate::layout::blitz::hues;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Pixels of space that have a rule.
const SPACES: std::ops::RangeInclusive<usize> = 0..=40;
/// Elements whose `bgcolor` browsers heed.
const GROUNDS: [&str; 9] = ["body", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "marquee"];
/// Font sizes of `<font size=1>` to 7.
const SIZES: [&str; 7] = ["x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large"];
/// The size that "+1" counts from.
const MEDIUM: i32 = 3;
/// Rules of one page.
const RULES: usize = 500;

/// The rules whose values are numbers.
pub fn rules() -> String {
    let rule = |n: usize| {
        format!(
            "table[cellspacing=\"{n}\"]{{border-spacing:{n}px}}\n\
             table[cellpadding=\"{n}\"]>*>tr>:is(td,th){{padding:{n}px}}\n"
        )
    };
    SPACES.map(rule).collect()
}

/// The rules for what a page says: colours, sizes of letters and lines.
pub fn of_page(plain: &Plain) -> String {
    let mut known: BTreeSet<(&str, &str, &str)> = BTreeSet::new();
    let mut css = String::new();
    for at in 0..plain.nodes.len() {
        let name = plain.name(at);
        let attributes: &[&str] = match name {
            "font" => &["size", "color"],
            "basefont" => &["color"],
            "hr" => &["size", "color"],
            "body" => &["text", "leftmargin", "topmargin"],
            "table" => &["bordercolor"],
            _ => continue,
        };
        for attribute in attributes {
            let Some(value) = plain.attr(at, attribute) else { continue };
            if known.len() >= RULES || !known.insert((name, attribute, value)) {
                continue;
            }
            if let Some(declared) = declared(name, attribute, value) {
                let value: String = value.chars().map(|c| format!("\\{:x} ", u32::from(c))).collect();
                let _ = writeln!(css, "{name}[{attribute}=\"{value}\"]{{{declared}}}");
            }
        }
    }
    css
}

fn declared(name: &str, attribute: &str, value: &str) -> Option<String> {
    match (name, attribute) {
        ("font", "size") => {
            let text = value.trim();
            let number: i32 = text.trim_start_matches('+').parse().ok()?;
            let size = if text.starts_with(['+', '-']) { MEDIUM.saturating_add(number) } else { number };
            let size = usize::try_from(size.clamp(1, SIZES.len() as i32) - 1).ok()?;
            SIZES.get(size).map(|s| format!("font-size:{s}"))
        }
        ("hr", "size") => {
            let high: u32 = value.trim().parse().ok()?;
            // its two lines are part of it
            let inner = high.min(1_000).saturating_sub(2);
            Some(if high <= 1 {
                "border-bottom-width:0;height:0".into()
            } else {
                format!("height:{inner}px")
            })
        }
        ("hr", "color") => {
            hues::hex(value).map(|c| format!("color:{c};border-style:solid;background-color:{c}"))
        }
        // the engine heeds one side of two
        ("body", "leftmargin") => value.trim().parse::<u16>().ok().map(|n| format!("margin-right:{n}px")),
        ("body", "topmargin") => value.trim().parse::<u16>().ok().map(|n| format!("margin-bottom:{n}px")),
        ("table", "bordercolor") => hues::hex(value).map(|c| format!("border-color:{c}")),
        _ => hues::hex(value).map(|c| format!("color:{c}")),
    }
}

/// Name under which the engine gets an attribute of an element. What it knows under its own
/// name it would take for the alignment of text, also where it is that of the box.
pub fn name(element: &str, attribute: &str) -> Option<&'static str> {
    (attribute == "align" && matches!(element, "table" | "img" | "iframe")).then_some("box-align")
}

/// The value of a `bgcolor` as the engine reads it, which knows six digits only; `None` where
/// browsers heed none.
pub fn ground(element: &str, value: &str) -> Option<String> {
    if GROUNDS.contains(&element) { hues::hex(value) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;

    #[test]
    fn numbers_have_rules() {
        assert!(rules().contains("table[cellspacing=\"0\"]{border-spacing:0px}\n"));
        assert_eq!(
            (name("img", "align"), name("td", "align"), name("img", "alt")),
            (Some("box-align"), None, None)
        );
        assert_eq!(ground("td", "#c00").as_deref(), Some("#cc0000"));
        assert_eq!(ground("div", "#c00"), None);
    }

    #[test]
    fn letters_and_lines_of_a_page_have_rules() {
        let css = |html: &str| of_page(&Plain::of(&Page::from_text("a", html), false));
        assert_eq!(
            css("<font size=+2>a</font><font size='+2'>b</font>"),
            "font[size=\"\\2b \\32 \"]{font-size:x-large}\n"
        );
        assert!(css("<font size=7>a").contains("{font-size:xxx-large}"));
        assert!(css("<font size=-9>a").contains("{font-size:x-small}"));
        assert_eq!(css("<font size=large>a"), "");
        assert!(css("<font color=red>a").contains("{color:#ff0000}"));
        assert!(css("<body text=#00f>a").contains("{color:#0000ff}"));
        assert!(css("<hr size=5>").contains("{height:3px}"));
        assert!(css("<font color='\"}x{'>a").contains("font[color=\"\\22 \\7d \\78 \\7b \"]"));
    }
}
