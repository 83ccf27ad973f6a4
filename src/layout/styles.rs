//! What a page itself says of its stylesheets, for any engine.

use crate::assets::plain::Plain;
use crate::assets::refs::{self, From, SheetRef};
use crate::assets::weight;
use crate::page::Page;
use std::collections::{BTreeSet, HashSet};
use url::Url;

pub use crate::assets::weight::FILE as FILE_BYTES;

/// Bytes of style that stand in the page, those that count (see [`weight::bytes`]), times the share
/// of its elements with classes of which the style at hand knows one: much of it may be for a part
/// of the page. `files`: texts of stylesheets that are at hand.
pub fn inline<'t>(plain: &'t Plain, sheets: &[SheetRef], files: impl Iterator<Item = &'t str>) -> usize {
    let own: Vec<&str> = sheets
        .iter()
        .filter_map(|sheet| match sheet.from {
            From::Style(i) => plain.styles.get(i).map(|(_, text)| text.as_str()),
            From::Link(_) => None,
        })
        .collect();
    let bytes: usize = own.iter().map(|text| weight::bytes(text)).sum();
    if bytes == 0 {
        return 0;
    }
    let names: HashSet<String> = own.into_iter().chain(files).flat_map(weight::classes).collect();
    let (mut all, mut known) = (0usize, 0usize);
    for at in 0..plain.nodes.len() {
        let Some(classes) = plain.attr(at, "class").filter(|c| !c.trim().is_empty()) else { continue };
        all += 1;
        known += usize::from(classes.split_ascii_whitespace().any(|c| names.contains(c)));
    }
    if all == 0 { bytes } else { (bytes as f64 * known as f64 / all as f64) as usize }
}

/// A page's stylesheets.
#[derive(Clone, Debug, Default)]
pub struct Styles {
    /// Bytes of style that stand in the page, weighed by what of it the page uses.
    pub inline: usize,
    /// Addresses of links that are not for screens, or not switched on.
    pub unasked: BTreeSet<String>,
}

impl Styles {
    /// Of a page whose addresses are joined to `base`.
    pub fn of(page: &Page, base: &Url) -> Styles {
        let plain = Plain::of(page, true);
        let sheets = refs::sheets(&plain);
        let join = |href: &str| refs::join(base, href).map(String::from);
        let asked: BTreeSet<String> = sheets
            .iter()
            .filter_map(|sheet| match &sheet.from {
                From::Link(href) => join(href),
                From::Style(_) => None,
            })
            .collect();
        let links = (0..plain.nodes.len()).filter(|at| plain.name(*at) == "link");
        let all = links.filter_map(|at| join(plain.attr(at, "href")?));
        Styles {
            inline: inline(&plain, &sheets, std::iter::empty()),
            unasked: all.filter(|url| !asked.contains(url)).collect(),
        }
    }
}
