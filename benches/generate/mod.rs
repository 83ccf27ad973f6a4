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
/// box, a description with a size chart, cards of other items, a footer. In the mix of 222
/// real pages: a third scripts and styles, some six tags a kilobyte with 75 bytes each, a
/// tenth white space, little text.
pub fn page(bytes: usize) -> String {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let d = &mut dice;
    let mut s = String::with_capacity(bytes + 4096);
    s.push_str("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Linen dress | Mill Lane</title>\n");
    s.push_str("<meta property=\"og:type\" content=\"product\">\n<script type=\"application/ld+json\">{\"@type\":\"Product\",\"name\":\"Linen dress\",\"offers\":{\"price\":\"79.00\",\"priceCurrency\":\"USD\"}}</script>\n<style>");
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
    s.push_str("</style>\n<script>");
    while s.len() < bytes / 3 {
        let _ = write!(
            s,
            "window.a{}=function(e){{return e&&e.b<{}?\"{}\":null}};",
            d.roll(9999),
            d.roll(99),
            d.pick(&TEXT)
        );
    }
    s.push_str("</script>\n</head>\n<body class=\"template-product\">\n<header class=\"site-header\">\n  <a class=\"logo\" href=\"/\"><img src=\"/logo.svg\" alt=\"Mill Lane\"></a>\n  <nav>\n    <ul>\n");
    for i in 0..40 {
        let _ = writeln!(
            s,
            "      <li class=\"nav-item nav-item--level-1 {}\"><a class=\"nav-link js-menu-open\" href=\"/collections/{}-{i}\">{}</a></li>",
            d.pick(&CLASSES),
            d.pick(&GOODS),
            d.pick(&GOODS)
        );
    }
    s.push_str("    </ul>\n  </nav>\n</header>\n<main>\n<div class=\"product-gallery\"><img src=\"/a.jpg\" alt=\"Linen dress\" width=\"400\" height=\"500\"></div>\n<form class=\"buy-box\" action=\"/cart/add\"><h1>Linen dress</h1><span class=\"price\">$79.00</span><del>$99.00</del><a href=\"#size-chart\">Size guide</a><button>Add to cart</button></form>\n<div id=\"description\">\n");
    s.push_str("<h2 id=\"size-chart\">Size chart</h2><table><tr><th>Size</th><th>Bust</th><th>Waist</th></tr><tr><td>S</td><td>84</td><td>66</td></tr><tr><td>M</td><td>88</td><td>70</td></tr></table><h2>Brand story</h2>\n");
    let words = s.len() + bytes / 10;
    while s.len() < words {
        let _ = write!(
            s,
            "  <div class=\"{} {} {}\">\n    <p class=\"{} rich-text__paragraph\">",
            d.pick(&CLASSES),
            d.pick(&CLASSES),
            d.pick(&CLASSES),
            d.pick(&CLASSES)
        );
        for _ in 0..20 {
            let _ = write!(s, "{} ", d.pick(&TEXT));
        }
        s.push_str("</p>\n  </div>\n");
    }
    s.push_str(
        "</div>\n<section class=\"related\">\n<h2>You may also like</h2>\n<ul class=\"product-grid\">\n",
    );
    let mut i = 0;
    while s.len() < bytes {
        i += 1;
        let (look, goods) = (d.pick(&LOOKS), d.pick(&GOODS));
        let _ = write!(
            s,
            "  <li class=\"product-grid__item product-card {} {}\" data-id=\"{i}\" data-position=\"{i}\" data-list=\"related items\">\n    <div class=\"product-card__inner js-card {}\" data-track='{{\"id\":{i},\"event\":\"impression\"}}'>\n      <a class=\"product-card__link full-width-link\" href=\"/products/{look}-{goods}-{i}?from=related&amp;pos={i}\" title=\"{look} {goods}\">\n        <img class=\"lazyload product-card__image\" data-src=\"//img.example/files/{look}-{goods}-{i}_480x.jpg?v=16{i:08}\" data-srcset=\"//img.example/files/{look}-{goods}-{i}_240x.jpg 240w, //img.example/files/{look}-{goods}-{i}_480x.jpg 480w\" src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" alt=\"{look} {goods}\" width=\"240\" height=\"300\">\n        <h3 class=\"product-card__title h5 {}\">{look} {goods}</h3>\n      </a>\n      <div class=\"product-card__price price-box\"><span class=\"price price--regular {}\">${}.00</span></div>\n      <svg class=\"icon icon-heart\" viewBox=\"0 0 20 20\" aria-hidden=\"true\" focusable=\"false\"><path d=\"M10 17.5l-1.2-1.1C4.5 12.5 2 10.2 2 7.3 2 5 3.8 3.2 6.1 3.2c1.3 0 2.5.6 3.3 1.5l.6.7.6-.7c.8-.9 2-1.5 3.3-1.5C16.2 3.2 18 5 18 7.3z\"/></svg>\n    </div>\n  </li>\n",
            d.pick(&CLASSES),
            d.pick(&CLASSES),
            d.pick(&CLASSES),
            d.pick(&CLASSES),
            d.pick(&CLASSES),
            10 + d.roll(190),
        );
    }
    s.push_str("</ul>\n</section>\n</main>\n<footer><a href=\"/pages/shipping\">Shipping</a><a href=\"/pages/returns\">Returns</a><p>Contact us</p></footer>\n</body>\n</html>\n");
    s
}

fn file(path: &str, text: String) -> (String, Arc<TomlFile>) {
    (path.to_string(), Arc::new(TomlFile { path: path.to_string(), text: text.into() }))
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
    let guides = PackSource::GUIDES.files(false).unwrap_or_default();
    let guides: Layer = guides
        .into_iter()
        .map(|file| (file.path, file.file))
        .filter(|(path, _)| path.starts_with("words/") || path.starts_with("parts/") || path == "pack.toml")
        .collect();
    match load_layers(&[guides, layer]) {
        Ok(loaded) => loaded,
        Err(problems) => panic!("{}", storelint::pack::problem::render_all(&problems[..1], false, 100)),
    }
}
