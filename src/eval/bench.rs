//! A page as both engines shall see it: the same stylesheets and fonts, pictures of the same
//! sizes, no script. What scripts would do to pictures that are loaded late is done in the text.

use crate::assets::plain::{Plain, What};
use crate::assets::refs::{self, From};
use crate::assets::{Assets, picture};
use crate::chromium::{Served, Supply};
use crate::page::Page;
use crate::page::dom::El;
use url::Url;

/// Hosts that stand for the page's disk and for its pictures. They are never asked for.
const DISK: &str = "page.localhost";
const PICTURES: &str = "picture.localhost";

/// What the browser gets for a page.
pub struct Bench<'a> {
    /// The page with its pictures named by their sizes; the same elements.
    pub page: Page,
    address: Url,
    assets: &'a Assets,
}

impl Bench<'_> {
    /// Prepares a page for a screen of so many CSS pixels; `None` where it has no address.
    pub fn of<'a>(page: &Page, assets: &'a Assets, screen: (u32, u32)) -> Option<Bench<'a>> {
        let own = assets.base.clone().or_else(refs::nowhere)?;
        let plain = Plain::of(page, false);
        let base = refs::base(&plain, &own);
        let mut edits = Edits { page, list: Vec::new() };
        for (at, node) in plain.nodes.iter().enumerate() {
            let What::Element { el: Some(el), .. } = &node.what else { continue };
            match plain.name(at) {
                "img" | "input" if picture::shows(&plain, at) => {
                    if let Some(choice) = picture::choose(&plain, at, &base, screen) {
                        let ((w, h), _) = picture::natural(&plain, at, &choice, assets);
                        edits.drop(*el, &["src", "srcset", "sizes"]);
                        edits.add(*el, "src", &format!("http://{PICTURES}/{w}x{h}"));
                        if let Some(source) = choice.sized_by {
                            edits.drop(*el, &["width", "height"]);
                            for side in ["width", "height"] {
                                if let Some(value) = plain.attr(source, side) {
                                    edits.add(*el, side, value);
                                }
                            }
                        }
                    }
                }
                "source" => edits.drop(*el, &["srcset"]),
                "noscript" if !counts(page, &plain, at, *el) => edits.empty(*el),
                _ => {}
            }
        }
        for sheet in refs::sheets(&plain) {
            let (From::Link(_), Some(What::Element { el: Some(el), .. })) =
                (&sheet.from, plain.nodes.get(sheet.at).map(|n| &n.what))
            else {
                continue;
            };
            // sheets that a script switches on
            edits.drop(*el, &["rel", "media", "onload"]);
            edits.add(*el, "rel", "stylesheet");
            edits.add(*el, "media", sheet.media.as_deref().unwrap_or("all"));
        }
        let address = if own.scheme() == "file" { disk(&own)? } else { own };
        Some(Bench { page: Page::from_text(&page.source, &edits.apply()), address, assets })
    }

    fn known(&self, key: &str) -> Option<Served> {
        if let Some(text) = self.assets.sheets.get(key) {
            // the text is decoded already, and this says so
            let bytes = format!("\u{FEFF}{}", text.trim_start_matches('\u{FEFF}')).into_bytes();
            return Some(Served { bytes, media: "text/css" });
        }
        self.assets.fonts.get(key).map(|f| Served { bytes: f.to_vec(), media: "" })
    }
}

impl Supply for Bench<'_> {
    fn address(&self) -> &Url {
        &self.address
    }

    fn get(&self, url: &Url) -> Option<Served> {
        if url.host_str() == Some(PICTURES) {
            let (w, h) = url.path().trim_start_matches('/').split_once('x')?;
            return Some(Served::picture((w.parse().ok()?, h.parse().ok()?)));
        }
        let query = url.query().map_or(String::new(), |q| format!("?{q}"));
        let host = url.host_str().filter(|h| *h != DISK).unwrap_or("");
        // "//cdn.example/a.css" on a page of the disk has the disk's scheme
        let on_disk = format!("file://{host}{}{query}", url.path());
        self.known(url.as_str()).or_else(|| self.known(&on_disk))
    }
}

/// Whether what a `noscript` holds counts: the built-in engine leaves some of them out, and
/// in the head a picture would end the head.
fn counts(page: &Page, plain: &Plain, at: usize, el: El) -> bool {
    let mut inside = (at + 1..plain.nodes.len()).filter(|i| plain.nodes[*i].parent == Some(at)).peekable();
    let in_head = page.dom.ancestors(el).any(|a| page.dom.name(a) == "head");
    inside.peek().is_some()
        && (!in_head || inside.all(|i| matches!(plain.name(i), "link" | "style" | "meta" | "")))
}

fn disk(own: &Url) -> Option<Url> {
    Url::parse(&format!("http://{DISK}{}", own.path())).ok()
}

/// Changes of start tags, which leave the elements as they are.
struct Edits<'p> {
    page: &'p Page,
    /// Byte from, byte to, and what stands there instead.
    list: Vec<(u32, u32, String)>,
}

impl Edits<'_> {
    /// Takes attributes away, by calling them something else.
    fn drop(&mut self, el: El, names: &[&str]) {
        for name in names {
            if let Some(span) = self.page.dom.attr_span(el, name) {
                self.list.push((span.name.start, span.name.end, format!("data-was-{name}")));
            }
        }
    }

    /// Adds an attribute in front of all others.
    fn add(&mut self, el: El, name: &str, value: &str) {
        if let Some(tag) = self.page.dom.start_tag(el) {
            let at = tag.start + 1 + self.page.dom.name(el).len() as u32;
            let value = value.replace('&', "&amp;").replace('"', "&quot;");
            self.list.push((at, at, format!(" {name}=\"{value}\"")));
        }
    }

    /// Takes away what an element holds.
    fn empty(&mut self, el: El) {
        for span in self.page.dom.texts(el).iter().filter_map(|t| t.span) {
            self.list.push((span.start, span.end, String::new()));
        }
    }

    fn apply(mut self) -> String {
        self.list.sort();
        let text = &self.page.text;
        let (mut out, mut done) = (String::with_capacity(text.len()), 0);
        for (from, to, new) in self.list {
            // the same place in a copy that the parser made
            if (from as usize) < done {
                continue;
            }
            out.push_str(text.get(done..from as usize).unwrap_or(""));
            out.push_str(&new);
            done = to as usize;
        }
        out.push_str(text.get(done..).unwrap_or(""));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn pictures_and_sheets_are_named_anew_and_elements_stay() {
        let html = "<head><link rel=preload as=style href=late.css onload=\"this.rel='stylesheet'\">\
                    <noscript><img src=track></noscript></head><body><picture><source srcset=wide.webp>\
                    <img class=a src=\"tea.jpg\" srcset='tea2.jpg 2x' width=30 height=20></picture><img><b>x</b>\
                    <noscript><p>no scripts</p></noscript>";
        let page = Page::from_text("page.html", html);
        let mut assets = Assets { base: Url::parse("file:///shop/item/page.html").ok(), ..Assets::default() };
        assets.sheets.insert("file:///shop/item/late.css".into(), Arc::from("p{}"));
        assets.sheets.insert("file://cdn.example/a.css?v=1".into(), Arc::from("b{}"));
        let bench = Bench::of(&page, &assets, (1440, 900)).expect("a bench");
        let names = |p: &Page| p.dom.iter().map(|el| p.dom.name(el).to_string()).collect::<Vec<_>>();
        assert_eq!(names(&bench.page), names(&page));
        let text = &bench.page.text;
        assert!(text.contains("<link media=\"all\" rel=\"stylesheet\" data-was-rel=preload"), "{text}");
        assert!(text.contains("data-was-onload="), "{text}");
        assert!(text.contains("<img src=\"http://picture.localhost/30x20\" class=a data-was-src="), "{text}");
        assert!(text.contains("<source data-was-srcset=wide.webp>") && text.contains("<img><b>"), "{text}");
        assert!(!text.contains("track") && text.contains("no scripts"), "{text}");
        let get = |url: &str| {
            let served = bench.get(&Url::parse(url).expect("an address"));
            served.map(|s| String::from_utf8(s.bytes).expect("text"))
        };
        assert_eq!(bench.address().as_str(), "http://page.localhost/shop/item/page.html");
        assert_eq!(get("http://page.localhost/shop/item/late.css").as_deref(), Some("\u{FEFF}p{}"));
        assert_eq!(get("http://cdn.example/a.css?v=1").as_deref(), Some("\u{FEFF}b{}"));
        assert_eq!(get("http://page.localhost/etc/passwd"), None);
        assert!(
            get("http://picture.localhost/30x20").is_some_and(|s| s.contains("width=\"30\" height=\"20\""))
        );
        assert_eq!(get("http://picture.localhost/x"), None);
    }
}
