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

/// Stylesheets in document order. Alternate and disabled ones are left out; those that a
/// page's script switches on once they are loaded (`media="print" onload="this.media='all'"`)
/// count as switched on, as every shopper has them.
pub fn sheets(plain: &Plain) -> Vec<SheetRef> {
    let mut found = Vec::new();
    let mut styles = plain.styles.iter().enumerate().peekable();
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
        if let Some(from) = from {
            found.push(SheetRef { at, from, media: media(plain, at) });
        }
    }
    found
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
