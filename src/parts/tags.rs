//! What HTML itself says of an element: inline or block, hidden, heading, link,
//! picture. Nothing here knows a word or a store.

use crate::page::dom::{Dom, El};
use crate::parts::walk::Hidden;
use crate::text::subwords::subwords;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// Font size of plain text in CSS pixels: the default of all browsers.
pub const FONT: f32 = 16.0;

/// Elements that do not end a line of text (HTML's phrasing content, less what is
/// drawn as a box: buttons, fields, pictures with text).
pub fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "ruby"
            | "rb"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "svg"
            | "picture"
            | "source"
            | "bdt"
    )
}

/// Whether and why the element itself hides its subtree.
pub fn hidden(dom: &Dom, el: El, name: &str, style: &str) -> Option<Hidden> {
    match name {
        "script" | "style" | "template" | "noscript" | "head" | "iframe" | "noembed" | "noframes"
        | "object" => {
            return if name == "iframe" || name == "object" { None } else { Some(Hidden::Never) };
        }
        "title" if !dom.is_html(el) => return Some(Hidden::Never),
        "input" if dom.attr(el, "type").is_some_and(|t| t.eq_ignore_ascii_case("hidden")) => {
            return Some(Hidden::Input);
        }
        "dialog" if dom.attr(el, "open").is_none() => return Some(Hidden::Closed),
        _ => {}
    }
    if let Some(parent) = dom.parent(el)
        && dom.name(parent) == "details"
        && dom.attr(parent, "open").is_none()
        && name != "summary"
    {
        return Some(Hidden::Closed);
    }
    if dom.attr(el, "hidden").is_some() {
        return Some(Hidden::Attribute);
    }
    if style.is_empty() {
        return None;
    }
    declarations(style).find_map(|(key, value)| match key {
        "display" if value.starts_with("none") => Some(Hidden::Display),
        "visibility" if value.starts_with("hidden") || value.starts_with("collapse") => {
            Some(Hidden::Visibility)
        }
        // a picture without opacity waits to be faded in once it is loaded
        "opacity" if name != "img" && number(value) == Some(0.0) => Some(Hidden::Opacity),
        _ => None,
    })
}

/// Declarations of a style attribute: names and values, trimmed.
pub fn declarations(style: &str) -> impl Iterator<Item = (&str, &str)> {
    style.split(';').filter_map(|d| d.split_once(':')).map(|(k, v)| (k.trim(), v.trim()))
}

/// Leading number of a CSS value.
pub fn number(value: &str) -> Option<f32> {
    let end = value.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).unwrap_or(value.len());
    value[..end].parse().ok()
}

/// A length of a style attribute in CSS pixels, where it needs no layout.
pub fn pixels(value: &str, font: f32) -> Option<f32> {
    let n = number(value)?;
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-').trim();
    let unit = unit.split_ascii_whitespace().next().unwrap_or("");
    Some(match unit {
        "px" | "" => n,
        "pt" => n * 4.0 / 3.0,
        "em" => n * font,
        "rem" => n * FONT,
        _ => return None,
    })
}

/// Font size in CSS pixels: style attribute, else the browser's size for the tag.
pub fn font_size(name: &str, style: &str, above: f32) -> f32 {
    if !style.is_empty()
        && let Some((_, value)) = declarations(style).find(|(k, _)| *k == "font-size")
    {
        if let Some(size) = pixels(value, above) {
            return size;
        }
        if let Some(percent) = value.strip_suffix('%').and_then(number) {
            return above * percent / 100.0;
        }
    }
    match name {
        "h1" => FONT * 2.0,
        "h2" => FONT * 1.5,
        "h3" => FONT * 1.17,
        "small" | "sub" | "sup" => above * 5.0 / 6.0,
        "big" => above * 1.2,
        _ => above,
    }
}

/// Rank of a heading, 1 to 6.
pub fn heading_rank(dom: &Dom, el: El, name: &str, role: &str) -> Option<u8> {
    if let [b'h', digit @ b'1'..=b'6'] = name.as_bytes() {
        return Some(digit - b'0');
    }
    if role.eq_ignore_ascii_case("heading") {
        let level = dom.attr(el, "aria-level").and_then(|l| l.trim().parse().ok()).unwrap_or(2);
        return Some(level.clamp(1, 6));
    }
    None
}

/// Whether the element is something to press: link, button, summary.
pub fn is_link(dom: &Dom, el: El, name: &str, role: &str) -> bool {
    matches!(name, "a" | "button" | "summary" | "area")
        || role.eq_ignore_ascii_case("button")
        || role.eq_ignore_ascii_case("link")
        || is_button_input(dom, el, name)
}

/// Whether the element is an `<input>` that is drawn as a button.
pub fn is_button_input(dom: &Dom, el: El, name: &str) -> bool {
    name == "input"
        && dom
            .attr(el, "type")
            .is_some_and(|t| ["submit", "button", "image", "reset"].iter().any(|k| t.eq_ignore_ascii_case(k)))
}

/// Attributes in which scripts keep the address of a background picture.
const BACKGROUNDS: [&str; 6] =
    ["data-setbg", "data-bg", "data-background", "data-background-image", "data-bgset", "data-image-src"];

/// Whether the element is drawn as a picture: img, a titled svg, a background in
/// its style attribute or kept for a script.
pub fn is_image(dom: &Dom, el: El, name: &str, style: &str) -> bool {
    match name {
        "img" | "amp-img" => {
            // one pixel is a counter, not a picture
            let tiny = |a: &str| dom.attr(el, a).and_then(number).is_some_and(|n| n <= 1.0);
            !(tiny("width") && tiny("height"))
        }
        "svg" => dom.attr(el, "role").is_some_and(|r| r.eq_ignore_ascii_case("img")),
        "input" => dom.attr(el, "type").is_some_and(|t| t.eq_ignore_ascii_case("image")),
        _ => {
            !style.is_empty() && style.contains("url(") && style.contains("background")
                || BACKGROUNDS.iter().any(|a| dom.attr(el, a).is_some_and(|v| v.contains(['.', '/'])))
        }
    }
}

/// Whether the element brings a style sheet that was not applied.
pub fn is_stylesheet(dom: &Dom, el: El, name: &str) -> bool {
    name == "style"
        || (name == "link"
            && dom
                .attr(el, "rel")
                .is_some_and(|r| r.split_ascii_whitespace().any(|w| w.eq_ignore_ascii_case("stylesheet"))))
}

static DIALOG_NAMES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder().ascii_case_insensitive(true).build(["cookie", "consent", "gdpr"]).ok()
});

/// Whether the element is a dialog or a cookie or consent box.
pub fn is_dialog(dom: &Dom, el: El, name: &str, role: &str) -> bool {
    if name == "dialog" || role.eq_ignore_ascii_case("dialog") || role.eq_ignore_ascii_case("alertdialog") {
        return true;
    }
    if matches!(name, "html" | "body") {
        return false;
    }
    // hardly any name holds one: that is found out without cutting all of them up
    let named = |value: &str| {
        DIALOG_NAMES.as_ref().is_none_or(|names| names.is_match(value))
            && value.split_ascii_whitespace().filter(|name| !is_state(name)).any(|name| {
                subwords(name)
                    .iter()
                    .any(|w| matches!(w.as_str(), "cookie" | "cookies" | "consent" | "gdpr" | "cookiebanner"))
            })
    };
    let named = dom.attr(el, "id").is_some_and(named) || dom.attr(el, "class").is_some_and(named);
    named && !holds_page(dom, el)
}

/// Whether a name tells how the page stands, not what the element is: `with-cookie-info`.
fn is_state(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["with-", "has-", "no-", "is-", "with_", "has_", "no_", "is_"].iter().any(|s| name.starts_with(s))
}

/// Elements of a box that are looked at for what only a page has.
const OF_PAGE: usize = 1_000;

/// Whether an element holds the page's own column or its menu: no box over the page does.
fn holds_page(dom: &Dom, el: El) -> bool {
    (el.0 + 1..dom.end(el).0).take(OF_PAGE).map(El).any(|inner| {
        matches!(dom.name(inner), "main" | "nav")
            || dom.attr(inner, "role").is_some_and(|r| matches!(r, "main" | "navigation"))
    })
}
