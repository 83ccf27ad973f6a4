//! Which pictures are logos: wide and low, where those of products are square.

use crate::assets::plain::Plain;
use crate::text::subwords::subwords;

/// Where nothing tells a logo's size: near the medians of 20 shops that state theirs, 152 and 52.
pub const SIZE: (u32, u32) = (150, 50);

/// Boxes round a picture that may be named for it.
const ROUND: usize = 3;
/// Boxes round a picture among which the header is looked for.
const DEEP: usize = 12;
const WORD: &str = "logo";

/// Whether an `<img>` is a logo, by its name, that of a box that holds nothing else, or its place:
/// in the link home that a header has.
pub fn is(plain: &Plain, at: usize) -> bool {
    if named(plain, at) || by_words(plain, at) {
        return true;
    }
    let mut home = false;
    let (mut inner, mut alone) = (at, true);
    for depth in 0..DEEP {
        let Some(outer) = plain.nodes.get(inner).and_then(|n| n.parent) else { return false };
        alone = alone && depth < ROUND && pictures(plain, outer) == 1;
        if alone && named(plain, outer) {
            return true;
        }
        home |= alone && plain.name(outer) == "a" && plain.attr(outer, "href").is_some_and(leads_home);
        if home && is_header(plain, outer) {
            return true;
        }
        inner = outer;
    }
    false
}

/// By class or id.
fn named(plain: &Plain, at: usize) -> bool {
    ["class", "id"]
        .iter()
        .any(|name| plain.attr(at, name).is_some_and(|v| subwords(v).iter().any(|w| w == WORD)))
}

/// By what it is called and by its file, where the word is not just what a product shows:
/// "logo tee".
fn by_words(plain: &Plain, at: usize) -> bool {
    let ends = |text: &str| subwords(text).last().is_some_and(|w| w == WORD);
    let file = |src: &str| {
        let path = src.split(['?', '#']).next().unwrap_or("");
        let name = path.rsplit('/').next().unwrap_or("");
        let mut words = subwords(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
        words.retain(|w| !w.bytes().any(|b| b.is_ascii_digit()));
        words.last().is_some_and(|w| w == WORD)
    };
    plain.attr(at, "alt").is_some_and(ends)
        || ["src", "data-src"].iter().any(|n| plain.attr(at, n).is_some_and(file))
}

fn is_header(plain: &Plain, at: usize) -> bool {
    let word = |name: &str| plain.attr(at, name).is_some_and(|v| subwords(v).iter().any(|w| w == "header"));
    plain.name(at) == "header" || word("class") || word("id")
}

/// Whether an address is that of a shop's front page.
fn leads_home(href: &str) -> bool {
    let href = href.trim();
    let path = match href.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => href.trim_start_matches("./").trim_start_matches('/'),
    };
    let path = path.split(['?', '#']).next().unwrap_or("");
    path.is_empty() && !href.starts_with('#') && !href.is_empty()
        || matches!(path, "index.html" | "index.htm" | "index.php" | "home")
}

/// Pictures in an element, two at most.
fn pictures(plain: &Plain, at: usize) -> usize {
    // parents stand before what they hold
    let inside = (at + 1..plain.nodes.len())
        .take_while(|i| plain.nodes.get(*i).and_then(|n| n.parent).is_some_and(|p| p >= at));
    inside.filter(|i| matches!(plain.name(*i), "img" | "svg")).take(2).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;

    fn first(html: &str) -> bool {
        let plain = Plain::of(&Page::from_text("a", html), false);
        let at = (0..plain.nodes.len()).find(|at| plain.name(*at) == "img").expect("a picture");
        is(&plain, at)
    }

    #[test]
    fn logos_are_known_by_name_and_place() {
        assert!(first("<img class='site-logo' src=a.png>"));
        assert!(first("<img alt='Green Tea logo' src=a.png>"));
        assert!(first("<img src='/img/shopLogo_2x.png?v=1'>"));
        assert!(first("<div class=header_logo><a href=/x><img src=a.png></a></div>"));
        assert!(first("<header><div><a href='https://tea.example/'><img src=a.png></a></div></header>"));
        assert!(first("<div class='page-header'><a href='index.html'><img src=a.png></a></div>"));
    }

    #[test]
    fn other_pictures_are_none() {
        assert!(!first("<img alt='Logo tee' src='logo-tee.jpg'>"));
        assert!(!first("<div class=with-logo><img src=a.png><img src=b.png></div>"));
        assert!(!first("<header><a href='/sale'><img src=a.png></a></header>"));
        assert!(!first("<main><a href='/'><img src=a.png></a></main>"));
        assert!(!first("<header><a href='#'><img src=a.png></a></header>"));
    }
}
