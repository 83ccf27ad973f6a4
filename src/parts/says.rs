//! Elements that say what the structured data says: the name of the item, above all; and
//! pictures whose text alternative names it.

use crate::page::data::DataPath;
use crate::page::dom::El;
use crate::parts::phrases::boundaries;
use crate::parts::scene::Scene;
use crate::parts::walk::RowSource;
use crate::text::entities::decoded;
use crate::text::fold::{chars, fold, label_range};

/// Values looked at of one path: pages with more have lists of items.
const VALUES: usize = 4;
/// Places looked at for one text.
const PLACES: usize = 40;
/// Shortest and longest text that tells one thing from others.
const CHARS: std::ops::RangeInclusive<u32> = 4..=300;
/// What stands between a name and the name of the shop in a title.
const BETWEEN: [&str; 6] = [" | ", " - ", " – ", " — ", " · ", "｜"];

/// Elements whose whole label is a value at one of the paths, or how it begins up to a mark
/// that parts titles: “Wool coat | Acme”; pictures whose `alt` holds it, “Wool coat, front”.
pub fn elements(scene: &Scene<'_>, paths: &[DataPath]) -> Vec<El> {
    let values = paths.iter().flat_map(|p| scene.data.values(p).into_iter().take(VALUES));
    let mut names: Vec<String> = Vec::new();
    let shop = shop_names(scene);
    for value in values.filter(|v| !scene.in_other_card(v.el)) {
        for whole in spellings(&value.text) {
            for name in beginnings(without_shop(whole.trim(), &shop)) {
                // as labels are: without the punctuation at their ends
                let name = bare(name);
                if CHARS.contains(&chars(name)) && !names.iter().any(|n| n == name) {
                    names.push(name.to_string());
                }
            }
        }
    }
    let walk = &scene.walk;
    let (text, attrs) = walk.buffer.split_at_checked(walk.attrs_at as usize).unwrap_or_default();
    let mut found: Vec<El> = Vec::new();
    for name in &names {
        for (at, hit) in text.match_indices(name.as_str()).take(PLACES) {
            let span = (at as u32, (at + hit.len()) as u32);
            let Some(row) = walk.row_at(span.0) else { continue };
            let mut el = row.el;
            while walk.fact(el).text_end < span.1
                && let Some(above) = scene.page.dom.parent(el)
            {
                el = above;
            }
            let (from, to) = walk.label(el);
            let label = text.get(from as usize..to as usize).unwrap_or("");
            if bare(label) == name {
                found.push(el);
            }
        }
        for (at, hit) in attrs.match_indices(name.as_str()).take(PLACES) {
            let whole = boundaries(attrs, at, at + hit.len()) == (true, true);
            let row = walk.row_at(walk.attrs_at + at as u32).filter(|r| r.source == RowSource::Attr("alt"));
            found.extend(row.filter(|_| whole).map(|r| r.el));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// A value as it is, and with its character references decoded once and twice, folded; texts may be
/// escaped once too often in the data as on the page.
fn spellings(text: &str) -> Vec<String> {
    let once = decoded(text);
    let twice = decoded(&once);
    let mut all = vec![fold(text), fold(&once), fold(&twice), fold(&twice.replace('&', "&amp;"))];
    all.dedup();
    all
}

/// A folded text without punctuation and marks of trade at its ends: “| Acme®”.
fn bare(text: &str) -> &str {
    let (from, to) = label_range(text, 0, text.len());
    let label = text.get(from..to).unwrap_or(text);
    let inner = label.trim_matches(['®', '©', '℗', '|', '&', ' ']);
    if inner.len() < label.len() { bare(inner) } else { label }
}

/// Names that the shop gives itself: `og:site_name`, and the name in its address.
fn shop_names(scene: &Scene<'_>) -> Vec<String> {
    let path = DataPath::parse("meta:og:site_name").ok();
    let told = path.into_iter().flat_map(|p| scene.data.values(&p)).map(|v| fold(&v.text).trim().to_string());
    let host = scene.own.as_deref().and_then(|own| own.split("//").nth(1)?.split('/').next());
    let in_host = host.into_iter().flat_map(|h| h.split('.')).filter(|w| w.len() >= 4).map(str::to_lowercase);
    told.chain(in_host).filter(|n| !n.is_empty()).collect()
}

/// A title without the shop's name before it: “Acme - Wool coat”.
fn without_shop<'t>(title: &'t str, shop: &[String]) -> &'t str {
    let cut = BETWEEN.iter().filter_map(|mark| title.find(mark).map(|at| (at, at + mark.len()))).min();
    match cut {
        Some((at, after)) if shop.iter().any(|s| title[..at].contains(s.as_str())) => title[after..].trim(),
        _ => title,
    }
}

/// A title, and what is left of it without its last pieces.
fn beginnings(title: &str) -> Vec<&str> {
    let mut all = vec![title];
    let mut rest = title;
    while let Some(at) = BETWEEN.iter().filter_map(|mark| rest.rfind(mark)).max() {
        rest = rest[..at].trim_end();
        all.push(rest);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{bare, beginnings, spellings, without_shop};

    #[test]
    fn the_shop_may_stand_first() {
        let shop = ["acme".to_string()];
        assert_eq!(without_shop("acme outdoor - wool coat", &shop), "wool coat");
        assert_eq!(without_shop("wool - coat", &shop), "wool - coat");
        assert_eq!(without_shop("acme coat", &shop), "acme coat");
    }

    #[test]
    fn texts_escaped_too_often_and_marks_at_the_ends() {
        let all = spellings("H&amp;amp;M");
        assert!(all.iter().any(|s| s == "h&m") && all.iter().any(|s| s == "h&amp;m"));
        assert_eq!(spellings("Wool coat"), ["wool coat"]);
        assert_eq!(bare("| acme® "), "acme");
        assert_eq!(bare("»wool coat« |"), "wool coat");
    }

    #[test]
    fn titles_lose_the_shop() {
        assert_eq!(beginnings("coat"), ["coat"]);
        assert_eq!(beginnings("wool - coat | acme"), ["wool - coat | acme", "wool - coat", "wool"]);
        assert_eq!(beginnings("t-shirt – acme"), ["t-shirt – acme", "t-shirt"]);
    }
}
