//! Addresses: where a link leads, and whether that is the page itself.

use crate::page::Page;
use crate::page::dom::{Dom, El};

/// Elements looked at for the page's own address: it stands in the head.
const HEAD: usize = 2_000;
/// Bytes looked at for the mark of a browser that saved the page: it stands in the first lines.
const MARKED: usize = 4_000;

/// Address of the page itself: its URL, its canonical link, its og:url, or where a browser says
/// that it saved it from. A whole address is better than a relative one, which saved pages have
/// rewritten.
pub fn own_address(page: &Page) -> Option<String> {
    let dom = &page.dom;
    if is_whole(&page.source) {
        return Some(page.source.clone());
    }
    let told = |el: El| match dom.name(el) {
        "link" if dom.attr(el, "rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) => {
            dom.attr(el, "href")
        }
        "meta" if dom.attr(el, "property") == Some("og:url") => dom.attr(el, "content"),
        _ => None,
    };
    // og:url names what is shared, which of a front page may be a campaign: the canonical one goes first
    let of = |canonical: bool| {
        let tags = dom.iter().take(HEAD).filter(move |el| (dom.name(*el) == "link") == canonical);
        tags.filter_map(told).map(str::trim).filter(|t| !t.is_empty())
    };
    let all: Vec<&str> = of(true).chain(of(false)).collect();
    let whole = all.iter().find(|a| is_whole(a)).map(|a| (*a).to_string());
    whole.or_else(|| saved_from(&page.text)).or_else(|| all.first().map(|a| (*a).to_string()))
}

/// The address in `<!-- saved from url=(0021)https://shop.example/ -->`.
fn saved_from(text: &str) -> Option<String> {
    let head = text.as_bytes().get(..text.len().min(MARKED))?;
    let at = memchr::memmem::find(head, b"saved from url=(")?;
    let (_, rest) = text.get(at..)?.split_once(')')?;
    let address = rest.split(char::is_whitespace).next()?;
    is_whole(address).then(|| address.to_string())
}

fn is_whole(address: &str) -> bool {
    address.starts_with("http://") || address.starts_with("https://") || address.starts_with("//")
}

/// Path of an address, without scheme, host, query and fragment.
pub fn path_of(href: &str) -> &str {
    let href = href.trim();
    let rest = href.split_once("://").map_or(href, |(_, r)| r);
    let rest = if rest.len() == href.len() { rest.strip_prefix("//").unwrap_or(rest) } else { rest };
    let path = if rest.len() == href.len() { rest } else { rest.find('/').map_or("/", |i| &rest[i..]) };
    path.split(['?', '#']).next().unwrap_or(path)
}

/// Path of the page itself. A relative one keeps no leading slash: in a saved copy any folder
/// may have an `index.html`.
pub fn own_path(address: &str) -> String {
    path_of(address).trim_start_matches("../").trim_start_matches("./").to_string()
}

/// Whether a link leads to another page than `own`. Shops that name the item in the query
/// have one path for all of them.
pub fn leads_away(own: &str, href: &str) -> bool {
    path_of(href).trim_start_matches('/') != path_of(own).trim_start_matches('/')
        || numbers(href).any(|(name, value)| {
            let same = numbers(own).find(|(n, _)| n.eq_ignore_ascii_case(name));
            same.is_none_or(|(_, v)| v != value)
        })
}

/// The parts of a query that name what is shown: `id=12`, `goods_id=12`, `pid=12`. A variant
/// or size of the same item is none.
fn numbers(href: &str) -> impl Iterator<Item = (&str, &str)> {
    let query = href.split('#').next().and_then(|h| h.split_once('?')).map_or("", |(_, q)| q);
    query.split('&').filter_map(|pair| pair.trim_start_matches("amp;").split_once('=')).filter(
        |(name, value)| {
            let name = name.to_ascii_lowercase();
            let names_it = name == "id"
                || name == "pid"
                || ["item", "goods", "product", "iid"].iter().any(|w| {
                    name.strip_suffix("id").is_some_and(|head| head.trim_end_matches(['_', '-']) == *w)
                });
            names_it && !value.is_empty()
        },
    )
}

/// Whether a link leads to a page: not a fragment, a script or a picture.
pub fn is_page_link(href: &str) -> bool {
    let href = href.trim();
    if href.is_empty() || href.starts_with('#') || href.len() > 2_000 {
        return false;
    }
    let lower = href.to_ascii_lowercase();
    let path = lower.split(['?', '#']).next().unwrap_or("");
    !(lower.starts_with("javascript:")
        || lower.starts_with("data:")
        || lower.starts_with("mailto:")
        || lower.starts_with("tel:")
        || [".jpg", ".jpeg", ".png", ".webp", ".gif"].iter().any(|e| path.ends_with(e)))
}

/// The page that a press on the element opens by its own script: the first quoted address
/// of `onclick`, or an address kept beside it.
pub fn script_target(dom: &Dom, el: El) -> Option<&str> {
    let kept = ["data-href", "data-url", "data-link"].iter().find_map(|a| dom.attr(el, a));
    let in_script = || {
        let code = dom.attr(el, "onclick")?;
        code.split(['\'', '"']).skip(1).step_by(2).find(|t| is_whole(t) || t.starts_with('/'))
    };
    kept.or_else(in_script).filter(|t| is_page_link(t))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_item_may_have_the_same_path() {
        let own = "https://shop.example/item.htm?id=1&spm=a";
        assert!(!leads_away(own, "/item.htm?id=1&from=here"));
        assert!(leads_away(own, "//shop.example/item.htm?scm=7&id=2"));
        assert!(leads_away(own, "/item.htm?scm=7&amp;id=2"));
        assert!(leads_away("/goods.php", "/goods.php?goods_id=2"));
        assert!(!leads_away("/p/coat", "/p/coat?variant=3&color=red"));
        assert!(leads_away("/p/coat", "/p/shoe"));
    }

    #[test]
    fn a_saved_page_says_where_it_was() {
        let page = |mark: &str| Page::from_text("t.html", &format!("<!-- saved from url={mark} --><p>a</p>"));
        let own = |mark: &str| own_address(&page(mark));
        assert_eq!(own("(0021)https://shop.example/").as_deref(), Some("https://shop.example/"));
        assert_eq!(own("(0014)about:internet"), None);
    }

    #[test]
    fn relative_paths_stay_relative() {
        assert_eq!(own_path("./index.html"), "index.html");
        assert_eq!(own_path("../index.html"), "index.html");
        assert_eq!(own_path("https://shop.example/a/b?c#d"), "/a/b");
        assert_eq!(own_path("https://shop.example"), "/");
    }

    #[test]
    fn the_canonical_address_is_better_whole() {
        let html = r#"<link rel="canonical" href="index.html"><meta property="og:url" content="https://shop.example/p/1">"#;
        assert_eq!(
            own_address(&Page::from_text("t.html", html)).as_deref(),
            Some("https://shop.example/p/1")
        );
        let html = r#"<link rel="canonical" href="index.html">"#;
        assert_eq!(own_address(&Page::from_text("t.html", html)).as_deref(), Some("index.html"));
    }

    #[test]
    fn the_canonical_address_goes_before_what_is_shared() {
        let html = r#"<meta property="og:url" content="https://shop.example/week/12"><link rel="canonical" href="https://shop.example/">"#;
        assert_eq!(own_address(&Page::from_text("t.html", html)).as_deref(), Some("https://shop.example/"));
    }

    #[test]
    fn scripts_open_pages() {
        let html = r#"<div onclick="go('https://shop.example/p/2', 3)"></div><div onclick="open(1)"></div><div data-href="/p/3"></div>"#;
        let page = Page::from_text("t.html", html);
        let targets: Vec<&str> = page.dom.iter().filter_map(|el| script_target(&page.dom, el)).collect();
        assert_eq!(targets, ["https://shop.example/p/2", "/p/3"]);
    }
}
