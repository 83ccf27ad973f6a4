//! Drawings of pages: true to the layout, free of page text, the same every time, and never
//! too large.
#![cfg(feature = "picture")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::time::Instant;
use storelint::assets::Assets;
use storelint::layout::blitz::Blitz;
use storelint::layout::{Drawing, Engine, How};
use storelint::page::Page;
use storelint::viewport::Viewport;
use support::run::{folder, storelint};

/// Elements, letters by id, height.
type Drawn = (String, Vec<(String, String)>, f32);

/// The drawing of a page on a desktop.
fn drawn(html: &str) -> Result<Drawn, String> {
    let page = Page::from_text("a.html", html);
    let viewport = Viewport::builtin().remove(0);
    let engine = Blitz { how: How { draw: true, ..How::default() } };
    let geometry = engine.measure(&page, &Assets::default(), &viewport).expect("geometry");
    match geometry.drawing.expect("it was asked for")? {
        Drawing::Svg { body, glyphs, height } => Ok((body, glyphs, height)),
        Drawing::Photo { .. } => panic!("blitz takes no photos"),
    }
}

fn see(html: &str, more: &[&str]) -> String {
    let folder = folder(&[("page.html", html.as_bytes())]);
    let mut args = vec!["see", "page.html", "--no-config", "--picture", "out.svg"];
    args.extend(more);
    let ran = storelint(folder.path(), &args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    std::fs::read_to_string(folder.path().join("out.svg")).expect("a picture")
}

const SHOP: &str = "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Tea</title><style>body{margin:0;background:#fafafa} \
    .card{border-radius:8px;box-shadow:0 2px 6px #0003;width:300px;height:200px;overflow:hidden;margin:20px; \
    background:linear-gradient(#fff,#eee)} h1{color:#a00} .far{margin-top:2000px;transform:rotate(3deg)}</style>\
    <main><h1>Green tea</h1><div class=card><img src=none.png width=300 height=120><b class=price>$9.00</b></div>\
    <button>Add to cart</button><p class=far>尺码表 size</p></main>";

#[test]
fn a_page_is_drawn() {
    let (body, glyphs, height) = drawn(SHOP).expect("a drawing");
    assert!(height > 2000.0, "{height}");
    for what in
        ["#fafafa", "#a00", "<clipPath", "linearGradient", "feGaussianBlur", "url(#sl-hatch)", "matrix("]
    {
        assert!(body.contains(what), "{what} is not in {body}");
    }
    // Latin is outlines, each letter once; Chinese is text in the viewer's fonts
    for word in ["Green", "tea", "cart", "Add", "9.00"] {
        assert!(!body.contains(word), "{word} is in {body}");
    }
    assert!(body.contains(">尺码表</text>"), "{body}");
    let mut ids: Vec<&str> = glyphs.iter().map(|(id, _)| id.as_str()).collect();
    assert!(
        ids.len() > 10 && ids.iter().all(|id| id.starts_with("sl-") && body.contains(&format!("\"#{id}\"")))
    );
    ids.dedup();
    assert_eq!(ids.len(), glyphs.len());
}

#[test]
fn letters_have_the_same_ids_in_every_drawing() {
    let glyphs = |html: &str| drawn(html).expect("a drawing").1;
    let (one, other) = (glyphs("<h1>Tea</h1>"), glyphs("<h1>Team</h1>"));
    assert!(one.iter().all(|g| other.contains(g)), "{one:?}");
}

#[test]
fn a_picture_is_well_formed_and_holds_no_text_of_the_page() {
    let secret = "&lt;script>alert(1)&lt;/script> xyzzy";
    let html = format!(
        "<!DOCTYPE html><title>xyzzy</title><h1 class=xyzzy title=xyzzy>{secret}</h1><a href='http://xyzzy.example'>x</a><svg><text>xyzzy</text></svg><button>Buy xyzzy</button>"
    );
    let svg = see(&html, &[]);
    roxmltree::Document::parse(&svg).expect("XML");
    for word in ["alert", "xyzzy", "script"] {
        assert!(!svg.contains(word), "{word}");
    }
}

#[test]
fn two_runs_are_the_same_to_the_byte() {
    assert_eq!(see(SHOP, &[]), see(SHOP, &[]));
    assert_ne!(see(SHOP, &[]), see(SHOP, &["--viewport", "mobile"]));
}

#[test]
fn fold_and_parts_are_marked_where_the_layout_has_them() {
    let svg = see(SHOP, &[]);
    let tree = roxmltree::Document::parse(&svg).expect("XML");
    let root = tree.root_element();
    assert_eq!(
        (root.attribute("width"), root.attribute("viewBox").map(|v| v.starts_with("0 0 1440 "))),
        (Some("1440"), Some(true))
    );
    let group =
        |name: &str| tree.descendants().find(|n| n.attribute("class") == Some(name)).expect("a group");
    assert!(group("fold").descendants().any(|n| n.attribute("d").is_some_and(|d| d.starts_with("M0 900"))));
    let page = Page::from_text("page.html", SHOP);
    let viewport = Viewport::builtin().remove(0);
    let geometry = Blitz::default().measure(&page, &Assets::default(), &viewport).expect("geometry");
    let rects: Vec<[f32; 4]> = geometry
        .boxes
        .iter()
        .map(|b| [b.visible.x, b.visible.y, b.visible.width, b.visible.height])
        .collect();
    let marks: Vec<_> = group("parts").children().filter(|n| n.is_element()).collect();
    assert!(!marks.is_empty());
    for mark in marks {
        let line = mark.descendants().find(|n| n.attribute("class") == Some("line")).expect("an outline");
        let side = |name: &str| line.attribute(name).and_then(|v| v.parse::<f32>().ok()).expect("a number");
        let own = ["x", "y", "width", "height"].map(side);
        assert!(rects.contains(&own), "{own:?} is no box of the page");
    }
}

#[test]
fn a_page_of_too_many_boxes_is_a_wireframe_that_says_why() {
    let many = format!(
        "<!DOCTYPE html><style>i{{display:inline-block;width:3px;height:3px;background:red;border-radius:1px}}</style>{}",
        "<i></i>".repeat(25_000)
    );
    let why = drawn(&many).expect_err("too large");
    assert!(why.starts_with("too large to draw"), "{why}");
    let svg = see(&many, &[]);
    roxmltree::Document::parse(&svg).expect("XML");
    assert!(svg.len() < 4 * 1024 * 1024, "{} bytes", svg.len());
}

#[test]
fn numbers_that_are_none_draw_nothing_and_break_nothing() {
    for css in [
        "transform:scale(1e30)",
        "transform:translate(1e30px,0)",
        "width:1e9px;height:1e9px;background:linear-gradient(red,blue)",
        "letter-spacing:1e20px",
        "box-shadow:inset 0 0 9px red, 0 0 1e9px blue",
        "clip-path:circle(1e9px)",
        "opacity:.5;filter:blur(4px)",
        "background:conic-gradient(red,blue)",
        "mask-image:linear-gradient(#000,#0000)",
    ] {
        let html = format!("<!DOCTYPE html><div style='{css}'>text<b style='{css}'>more</b></div>");
        let (body, ..) = drawn(&html).unwrap_or_else(|why| panic!("{css}: {why}"));
        assert!(!body.contains("NaN") && !body.contains("inf"), "{css}: {body}");
        let svg = format!("<svg>{}</svg>", body);
        roxmltree::Document::parse(&svg).unwrap_or_else(|e| panic!("{css}: {e}: {body}"));
    }
}

#[test]
fn layers_in_layers_are_not_deeper_than_browsers_stand() {
    let depth = 300;
    let html = format!(
        "<!DOCTYPE html>{}x{}",
        "<div style='overflow:hidden;opacity:.99'>".repeat(depth),
        "</div>".repeat(depth)
    );
    let (body, ..) = drawn(&html).expect("a drawing");
    let deepest = body.split('<').fold((0i32, 0i32), |(at, most), tag| {
        let at = at + i32::from(tag.starts_with("g ") || tag.starts_with("g>"))
            - i32::from(tag.starts_with("/g>"));
        (at, most.max(at))
    });
    assert_eq!(deepest.0, 0, "all are closed");
    assert!(deepest.1 < 100, "{}", deepest.1);
}

#[test]
fn an_unknown_viewport_is_said() {
    let folder = folder(&[("page.html", SHOP.as_bytes())]);
    let ran = storelint(
        folder.path(),
        &["see", "page.html", "--no-config", "--picture", "o.svg", "--viewport", "mobil"],
    );
    assert_eq!((ran.code, ran.stderr.contains("did you mean “mobile”?")), (2, true), "{}", ran.stderr);
    assert!(!folder.path().join("o.svg").exists());
}

/// Every page of the corpus: drawn or refused with a reason, well-formed, within the budget.
#[test]
fn corpus_pages_are_drawn() {
    let Some(corpus) = support::shared("corpus") else { return };
    let engine = Blitz { how: How { draw: true, ..How::default() } };
    let (mut sizes, mut refused, mut spent) = (Vec::new(), 0, std::time::Duration::ZERO);
    for path in support::files(&corpus.join("pages"), &[".html"]) {
        if path.to_string_lossy().contains("_files/") {
            continue;
        }
        let bytes = std::fs::read(&path).expect("a page");
        let loaded = storelint::source::Loaded { source: "p".into(), bytes, charset: None, address: None };
        let page = Page::load(&loaded).expect("a page");
        let start = Instant::now();
        for geometry in
            engine.measure_all(&page, &Assets::default(), &Viewport::builtin()).into_iter().flatten()
        {
            match geometry.drawing.expect("it was asked for") {
                Ok(Drawing::Svg { body, .. }) => {
                    let text = format!("<svg xmlns='a'>{body}</svg>");
                    let options = roxmltree::ParsingOptions { nodes_limit: 1_000_000, ..Default::default() };
                    roxmltree::Document::parse_with_options(&text, options)
                        .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
                    sizes.push(body.len());
                }
                Ok(Drawing::Photo { .. }) => panic!("blitz takes no photos"),
                Err(why) => {
                    assert!(why.starts_with("too large"), "{}: {why}", path.display());
                    refused += 1;
                }
            }
        }
        spent += start.elapsed();
    }
    sizes.sort_unstable();
    let at = |share: usize| sizes[(sizes.len() - 1) * share / 100];
    println!(
        "{} drawings, {refused} refused, bytes: half {}, 95 % {}, most {}; {spent:?} in all",
        sizes.len(),
        at(50),
        at(95),
        at(100)
    );
    assert!(sizes.len() > 300 && refused < 10, "{} drawn, {refused} refused", sizes.len());
}
