//! Which stylesheets a page names, and what its addresses are joined to.

use crate::assets::plain::{Plain, What};
use url::Url;

/// Where a stylesheet's text comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// A `<link>`, by its address as written.
    Link(String),
    /// A `<style>`, by its place in [`Plain::styles`].
    Style(usize),
}

/// A stylesheet that the page names and that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRef {
    /// Place of the element in [`Plain::nodes`].
    pub at: usize,
    /// Its text.
    pub from: From,
    /// Its media query; `None` for all.
    pub media: Option<String>,
}

/// Stylesheets for screens in document order. Alternate and disabled ones are left out; those
/// that a page's script switches on once they are loaded (`media="print" onload="this.media='all'"`)
/// count as switched on, as every shopper has them.
pub fn sheets(plain: &Plain) -> Vec<SheetRef> {
    let mut found = Vec::new();
    let mut styles = plain.styles.iter().enumerate().peekable();
    // of sheets with titles those that share the first one's
    let mut preferred: Option<&str> = None;
    for (at, node) in plain.nodes.iter().enumerate() {
        if !matches!(node.what, What::Element { .. }) {
            continue;
        }
        let from = match plain.name(at) {
            "link" => linked(plain, at).map(From::Link),
            "style" => {
                let text = styles.next_if(|(_, (place, _))| *place == at);
                text.filter(|_| css_type(plain, at)).map(|(i, _)| From::Style(i))
            }
            _ => None,
        };
        let Some(from) = from else { continue };
        let title = plain.attr(at, "title").filter(|t| !t.is_empty());
        if title.is_some() && *preferred.get_or_insert(title.unwrap_or_default()) != title.unwrap_or_default()
        {
            continue;
        }
        let media = media(plain, at);
        if !media.as_deref().is_some_and(off_screen) {
            found.push(SheetRef { at, from, media });
        }
    }
    found
}

/// Whether a media query list is of other things than screens: `print`, `speech`, `not all`.
/// What such a stylesheet says is neither asked for nor missed.
pub fn off_screen(media: &str) -> bool {
    media.split(',').all(|query| {
        let query = query.trim().to_ascii_lowercase();
        if let Some(not) = query.strip_prefix("not ") {
            return matches!(not.trim(), "all" | "screen");
        }
        let query = query.strip_prefix("only ").unwrap_or(&query).trim_start();
        let end = query.find(|c: char| c.is_ascii_whitespace() || c == '(').unwrap_or(query.len());
        !matches!(query.get(..end), Some("" | "all" | "screen"))
    })
}

fn css_type(plain: &Plain, at: usize) -> bool {
    let kind = plain.attr(at, "type").unwrap_or("").trim();
    kind.is_empty() || kind.eq_ignore_ascii_case("text/css")
}

fn linked(plain: &Plain, at: usize) -> Option<String> {
    let rel = plain.attr(at, "rel")?.to_ascii_lowercase();
    let is = |word: &str| rel.split_ascii_whitespace().any(|r| r == word);
    let onload = plain.attr(at, "onload").unwrap_or("");
    let preload = is("preload") && onload.contains("stylesheet");
    if !(is("stylesheet") || preload) || is("alternate") || plain.attr(at, "disabled").is_some() {
        return None;
    }
    let href = plain.attr(at, "href")?.trim();
    (css_type(plain, at) && !href.is_empty()).then(|| href.to_string())
}

fn media(plain: &Plain, at: usize) -> Option<String> {
    let media = plain.attr(at, "media").map(str::trim).filter(|m| !m.is_empty())?;
    let onload = plain.attr(at, "onload").unwrap_or("");
    if media.eq_ignore_ascii_case("all") || onload.contains("media") {
        return None;
    }
    Some(media.to_string())
}

/// What addresses of the page are joined to: its first `<base href>`, joined to the page's own
/// address.
pub fn base(plain: &Plain, own: &Url) -> Url {
    let href =
        (0..plain.nodes.len()).filter(|at| plain.name(*at) == "base").find_map(|at| plain.attr(at, "href"));
    href.and_then(|h| join(own, h))
        .filter(|u| !matches!(u.scheme(), "data" | "javascript"))
        .unwrap_or_else(|| own.clone())
}

/// An address as written, joined and without its fragment; `None` where that cannot be.
pub fn join(base: &Url, written: &str) -> Option<Url> {
    let mut url = base.join(written.trim()).ok()?;
    url.set_fragment(None);
    Some(url)
}

/// Stands for the address of a page that has none.
pub fn nowhere() -> Option<Url> {
    Url::parse("http://page.invalid/").ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;

    fn hrefs(html: &str) -> Vec<String> {
        let plain = Plain::of(&Page::from_text("a", html), false);
        let link = |s: SheetRef| match s.from {
            From::Link(href) => Some(href),
            From::Style(_) => None,
        };
        sheets(&plain).into_iter().filter_map(link).collect()
    }

    #[test]
    fn what_is_not_for_screens_does_not_count() {
        for media in ["print", "PRINT", "print, speech", "not all", "print and (color)", "not screen", "tty"]
        {
            assert!(off_screen(media), "{media}");
        }
        for media in
            ["", "all", "screen", "print, screen", "not print", "(min-width: 1px)", "only screen and (x)"]
        {
            assert!(!off_screen(media), "{media}");
        }
        let html = "<link rel=stylesheet href=a.css media=print><link rel=stylesheet href=b.css media='Screen'>\
                    <link rel=stylesheet href=c.css media=print onload=\"this.media='all'\">";
        assert_eq!(hrefs(html), ["b.css", "c.css"]);
    }

    #[test]
    fn the_first_title_is_preferred() {
        let html = "<link rel=stylesheet href=a.css><link rel=stylesheet title=A href=b.css>\
                    <link rel=stylesheet title=B href=c.css><link rel=stylesheet title=A href=d.css>\
                    <link rel='alternate stylesheet' title=C href=e.css>";
        assert_eq!(hrefs(html), ["a.css", "b.css", "d.css"]);
    }
}
