//! Makes pages and packs to measure on: like real ones in size and mix, ours in every word.
#![allow(dead_code)]

use std::fmt::Write;
use std::sync::Arc;
use storelint::pack::files::PackSource;
use storelint::pack::load::{Layer, Loaded, load_layers};
use storelint::pack::model::TomlFile;

/// A small generator of numbers (xorshift): the same pages on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.roll(words.len())]
    }
}

const GOODS: [&str; 12] = [
    "dress", "shirt", "lamp", "kettle", "blanket", "runner", "backpack", "teapot", "scarf", "desk", "stool",
    "jacket",
];
const LOOKS: [&str; 12] = [
    "linen", "walnut", "woven", "soft", "light", "warm", "sturdy", "quiet", "plain", "striped", "brass",
    "grey",
];
const TEXT: [&str; 24] = [
    "made", "in", "a", "small", "workshop", "with", "care", "for", "every", "seam", "and", "washed",
    "before", "it", "leaves", "the", "house", "so", "that", "nothing", "shrinks", "later", "on", "today",
];
const CLASSES: [&str; 16] = [
    "row",
    "col-md-6",
    "wrapper",
    "js-toggle",
    "u-mt-4",
    "grid__item",
    "flex",
    "inner",
    "content",
    "block-title",
    "is-active",
    "media",
    "text-small",
    "list-unstyled",
    "section",
    "container",
];

/// An item page of about so many bytes: a head with scripts and styles, a menu, the buy
/// box, a description with a size chart, cards of other items, a footer.
pub fn page(bytes: usize) -> String {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let d = &mut dice;
    let mut s = String::with_capacity(bytes + 4096);
    s.push_str("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Linen dress | Mill Lane</title>\n");
    s.push_str("<meta property=\"og:type\" content=\"product\"><script type=\"application/ld+json\">{\"@type\":\"Product\",\"name\":\"Linen dress\",\"offers\":{\"price\":\"79.00\",\"priceCurrency\":\"USD\"}}</script>\n<style>");
    while s.len() < bytes / 8 {
        let _ = write!(
            s,
            ".{}-{}{{margin:{}px;color:#{:03x}}}",
            d.pick(&CLASSES),
            d.roll(999),
            d.roll(40),
            d.roll(4096)
        );
    }
    s.push_str("</style><script>");
    while s.len() < bytes / 4 {
        let _ = write!(
            s,
            "window.a{}=function(e){{return e&&e.b<{}?\"{}\":null}};",
            d.roll(9999),
            d.roll(99),
            d.pick(&TEXT)
        );
    }
    s.push_str("</script></head><body class=\"template-product\"><header class=\"site-header\"><a class=\"logo\" href=\"/\"><img src=\"/logo.svg\" alt=\"Mill Lane\"></a><nav><ul>");
    for i in 0..40 {
        let _ = write!(
            s,
            "<li class=\"nav-item {}\"><a href=\"/collections/{}-{i}\">{}</a></li>",
            d.pick(&CLASSES),
            d.pick(&GOODS),
            d.pick(&GOODS)
        );
    }
    s.push_str("</ul></nav></header><main><div class=\"product-gallery\"><img src=\"/a.jpg\" alt=\"Linen dress\" width=\"400\" height=\"500\"></div><form class=\"buy-box\" action=\"/cart/add\"><h1>Linen dress</h1><span class=\"price\">$79.00</span><del>$99.00</del><a href=\"#size-chart\">Size guide</a><button>Add to cart</button></form><div id=\"description\">");
    s.push_str("<h2 id=\"size-chart\">Size chart</h2><table><tr><th>Size</th><th>Bust</th><th>Waist</th></tr><tr><td>S</td><td>84</td><td>66</td></tr><tr><td>M</td><td>88</td><td>70</td></tr></table><h2>Brand story</h2>");
    while s.len() < bytes / 2 {
        let _ = write!(
            s,
            "<div class=\"{} {}\"><p class=\"{}\">",
            d.pick(&CLASSES),
            d.pick(&CLASSES),
            d.pick(&CLASSES)
        );
        for _ in 0..20 {
            let _ = write!(s, "{} ", d.pick(&TEXT));
        }
        s.push_str("</p></div>\n");
    }
    s.push_str("</div><section class=\"related\"><h2>You may also like</h2><ul class=\"product-grid\">");
    let mut i = 0;
    while s.len() < bytes {
        i += 1;
        let (look, goods) = (d.pick(&LOOKS), d.pick(&GOODS));
        let _ = write!(
            s,
            "<li class=\"product-card {}\" data-id=\"{i}\"><a href=\"/products/{look}-{goods}-{i}\" title=\"{look} {goods}\"><img class=\"lazy\" data-src=\"/i/{i}.jpg\" src=\"/i/{i}-s.jpg\" alt=\"{look} {goods}\" width=\"240\" height=\"300\"><h3>{look} {goods}</h3><span class=\"price\">${}.00</span></a></li>\n",
            d.pick(&CLASSES),
            10 + d.roll(190),
        );
    }
    s.push_str("</ul></section></main><footer><a href=\"/pages/shipping\">Shipping</a><a href=\"/pages/returns\">Returns</a><p>Contact us</p></footer></body></html>");
    s
}

fn file(path: &str, text: String) -> (String, Arc<TomlFile>) {
    (path.to_string(), Arc::new(TomlFile { path: path.to_string(), text }))
}

/// A pack of so many rules, each with a part and a word list of its own, on top of the
/// built-in words that recognise pages.
pub fn pack(rules: usize) -> Loaded {
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let d = &mut dice;
    let mut layer: Layer = vec![file("pack.toml", "name = \"generated\"\nlanguage = 1\n".into())];
    for i in 0..rules {
        // a quarter of the words occur on the pages, as in a pack that fits its shop
        let near = if i % 4 == 0 { d.pick(&TEXT) } else { "quill" };
        layer.push(file(
            &format!("words/w{i}.toml"),
            format!("[words.w{i}]\nen = [\"{near} {} {i}\", \"{} {near}\"]\nzh = [\"词{i}号\"]\ntoken = [\"{}-{i}\", \"box-{i}\"]\n", d.pick(&LOOKS), d.pick(&LOOKS), d.pick(&GOODS)),
        ));
        layer.push(file(
            &format!("parts/p{i}.toml"),
            format!("[part.p{i}]\nwords = \"w{i}\"\nstrong = [\"heading\"]\nmedium = [\"text\", \"name\"]\n[[part.p{i}.also]]\nstrength = \"strong\"\ncss = \".c-{i} > a[href], #id-{i} img\"\n"),
        ));
        layer.push(file(
            &format!("made/r{i}.toml"),
            format!("title = \"t\"\nlevel = \"warning\"\nwhy = \"w\"\nfix = \"f\"\nmessage = \"None. {{rejected}}\"\nwhen = {{ page = \"item\" }}\n[[expect]]\nfind = \"p{i}\"\nis = [\"visible\"]\n"),
        ));
    }
    layer.sort_by(|a, b| a.0.cmp(&b.0));
    let guides = PackSource::Guides.files().unwrap_or_default();
    let guides: Layer = guides
        .into_iter()
        .filter(|(path, _)| path.starts_with("words/") || path.starts_with("parts/") || path == "pack.toml")
        .collect();
    match load_layers(&[guides, layer]) {
        Ok(loaded) => loaded,
        Err(problems) => panic!("{}", storelint::pack::problem::render_all(&problems[..1], false, 100)),
    }
}
