//! Boxes of elements: micro pages with exact numbers, and the corpus.
#![cfg(feature = "layout")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use storelint::assets::{Assets, Files, Map, Saved, gather};
use storelint::layout::blitz::Blitz;
use storelint::layout::{Engine, Geometry, How, Unseen};
use storelint::page::Page;
use storelint::viewport::Viewport;

fn measured(html: &str) -> (Page, Geometry) {
    let page = Page::from_text("a.html", html);
    let viewport = Viewport::builtin().remove(0);
    let geometry = Blitz::default().measure(&page, &Assets::default(), &viewport).expect("geometry");
    (page, geometry)
}

/// The box of the element with an id: x, y, width, height.
fn of(html: &str, id: &str) -> [f32; 4] {
    let (page, geometry) = measured(html);
    let el = page.dom.iter().find(|e| page.dom.id(*e) == Some(id)).expect("the element");
    let r = geometry.of(el).expect("its box").rect;
    [r.x, r.y, r.width, r.height]
}

#[test]
fn blocks_stand_below_each_other() {
    let html = "<!doctype html><style>body{margin:0}div{height:20px}</style><div></div><div id=b></div>";
    assert_eq!(of(html, "b"), [0.0, 20.0, 1440.0, 20.0]);
}

#[test]
fn viewports_side_by_side_are_laid_out_as_one_after_the_other() {
    let text = std::fs::read_to_string("fixtures/item/bad-en.html").expect("a fixture");
    let page = Page::from_text("a.html", &text);
    let boxes = |at_once| {
        let engine = Blitz { how: How { scripts: true, at_once, ..How::default() } };
        let all = engine.measure_all(&page, &Assets::default(), &Viewport::builtin());
        all.into_iter().map(|g| format!("{:?}", g.expect("geometry").boxes)).collect::<Vec<_>>()
    };
    let apart = boxes(1);
    assert_eq!(apart.len(), 2);
    assert_eq!(boxes(2), apart);
}

/// Boxes of the elements `a` and `b`, within a pixel of those that Chromium 156 has: its boxes of
/// elements in lines are as high as their font, rounded.
fn placed(body: &str, a: [f32; 4], b: [f32; 4]) {
    let html = format!(
        "<!doctype html><meta charset=utf-8><style>body{{margin:0;font:16px/20px Arial}}\
         p,ul{{margin:0;padding:0}}li{{list-style:none}}</style>{body}"
    );
    for (id, wanted) in [("a", a), ("b", b)] {
        let found = of(&html, id);
        let near = found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() <= 1.0);
        assert!(near, "{id}: {found:?} instead of {wanted:?} in {body}");
    }
}

#[test]
fn elements_in_lines_have_room_beside_them() {
    placed(
        "<p>x<a id=a style='margin:0 30px;padding:3px 10px;border:1px solid'>one</a><b id=b>end</b>",
        [38.0, -3.0, 48.7, 25.0],
        [116.7, 1.0, 28.5, 17.0],
    );
    // a box that is as wide as its text
    placed(
        "<p id=a style='float:left'><a style='padding-left:96px'>one</a></p><b id=b style='float:left'>end</b>",
        [0.0, 0.0, 122.7, 20.0],
        [122.7, 0.0, 28.5, 20.0],
    );
    // spaces are one all the same
    placed(
        "<p id=a>x <a style='padding:0 8px'> one </a> <b id=b>end</b>",
        [0.0, 0.0, 1440.0, 20.0],
        [59.6, 1.0, 28.5, 17.0],
    );
    // generated text
    placed(
        "<style>i:before{content:'x';margin-right:12px}</style><p><i id=a>one</i><b id=b>end</b>",
        [0.0, 1.0, 46.7, 17.0],
        [46.7, 1.0, 28.5, 17.0],
    );
    // letters of no size inside either
    placed(
        "<div style='font-size:0'><span style='margin:0 20px 0 180px'>\
         <a id=a style='font-size:16px;width:75px;display:inline-block'>home</a></span>\
         <b id=b style='font-size:16px'>end</b></div>",
        [180.0, 0.0, 75.0, 20.0],
        [275.0, 1.0, 28.5, 17.0],
    );
    // letters of no size outside
    placed(
        "<p id=a style='font-size:0'><a style='margin-left:30px;font-size:16px'>one</a>\
         <b id=b style='font-size:16px'>end</b>",
        [0.0, 0.0, 1440.0, 25.0],
        [56.7, 1.0, 28.5, 17.0],
    );
}

#[test]
fn tables_hold_what_is_no_cell() {
    placed(
        "<div id=a style='display:table'><p style='height:20px;width:90px'>one</p><p>two</p></div><p id=b>x",
        [0.0, 0.0, 90.0, 40.0],
        [0.0, 40.0, 1440.0, 20.0],
    );
    placed(
        "<div style='display:table;width:600px'>\
         <input id=a style='width:100%;float:left;height:30px;box-sizing:border-box'>\
         <span id=b style='display:table-cell;width:1%;vertical-align:top'><b style='display:block;width:80px;height:30px'>go</b></span></div>",
        [0.0, 0.0, 520.0, 30.0],
        [520.0, 0.0, 80.0, 30.0],
    );
    placed(
        "<table style='width:100%'><tr><td id=a style='display:block;padding:0'>one\
         <td id=b style='display:block;padding:0'>two</table>",
        [2.0, 2.0, 1436.0, 20.0],
        [2.0, 22.0, 1436.0, 20.0],
    );
}

#[test]
fn old_attributes_count() {
    placed(
        "<table cellspacing=0 cellpadding=5><tr><td id=a>1<td id=b>22</table>",
        [0.0, 0.0, 18.9, 30.0],
        [18.9, 0.0, 27.8, 30.0],
    );
    placed(
        "<table id=b align=center><tr><td id=a style='width:100px;padding:0'>1</table>",
        [670.0, 2.0, 100.0, 20.0],
        [668.0, 0.0, 104.0, 24.0],
    );
}

#[test]
fn a_list_of_choices_is_a_line_high() {
    placed(
        "<select id=a>\n<option>one</option>\n<option>two</option>\n</select><p id=b>below",
        [0.0, 1.0, 45.0, 19.0],
        [0.0, 20.0, 1440.0, 20.0],
    );
}

#[test]
fn floats_stand_in_the_box_that_holds_them() {
    // wider than the page, and what is below it
    placed(
        "<div style='width:2000px;margin:0 auto'><p style='float:left'>left</p>\
         <p id=a style='float:right;width:100px'>one</p></div><p id=b style='clear:both'>x",
        [1900.0, 0.0, 100.0, 20.0],
        [0.0, 20.0, 1440.0, 20.0],
    );
    // in an element of a line, which is as large as they are
    let item = "<li style='float:left;width:100px;height:40px'>";
    placed(
        &format!(
            "<ul style='float:left'><a id=a href=x>{item}one</li></a><a id=b href=x>{item}two</li></a></ul>"
        ),
        [0.0, 0.0, 100.0, 40.0],
        [100.0, 0.0, 100.0, 40.0],
    );
    // beside a picture in a line
    placed(
        "<div id=a style='float:left'><img style='float:left;width:190px;height:90px'>\
         <img style='width:600px;height:60px'></div><p id=b style='float:left'>x",
        [0.0, 0.0, 790.0, 90.0],
        [790.0, 0.0, 8.0, 20.0],
    );
}

#[test]
fn lines_end_at_blocks_only() {
    let radio = "<input type=radio style='position:absolute'>";
    placed(
        &format!(
            "<style>label{{display:inline-block;padding:5px}}</style><div>{radio}<label>One</label>\
             {radio}<label id=a>Two</label><p id=b>block</div>"
        ),
        [40.3, 0.0, 39.3, 30.0],
        [0.0, 30.0, 1440.0, 20.0],
    );
    // at nothing that is not drawn
    placed(
        "<div><span>one</span> <script>1</script><span id=a>two</span> <b style='display:none'>x</b>\
         <span id=b>three</span><p>block</div>",
        [31.2, 1.0, 24.9, 17.0],
        [60.5, 1.0, 36.5, 17.0],
    );
    // and a float stands beside what is before it
    placed(
        "<div>one <a id=a style='float:right' href=x>more</a><p id=b>block</div>",
        [1403.5, 0.0, 36.5, 20.0],
        [0.0, 20.0, 1440.0, 20.0],
    );
}

#[test]
fn columns_have_room_for_all_their_cells() {
    // a picture wider than the cell above it asks for, and a share of what is left
    placed(
        "<table width=100% cellspacing=0 cellpadding=0><tr><td width=150>a<td id=a width=100%>x\
         <tr><td><img style='display:block' width=612 height=20 src=x><td>y</table><p id=b>z",
        [612.0, 0.0, 828.0, 20.0],
        [0.0, 40.0, 1440.0, 20.0],
    );
    // widths that leave room are shared out
    placed(
        "<table width=600 cellspacing=0 cellpadding=0><tr><td width=100 style='padding-right:20px'>a\
         <td id=a width=180>x</table><p id=b>z",
        [240.0, 0.0, 360.0, 20.0],
        [0.0, 20.0, 1440.0, 20.0],
    );
    // no table is narrower than they are
    placed(
        "<table id=a align=center width=1000 cellspacing=0 cellpadding=0><tr><td><p style='width:1600px'>wide\
         <tr><td><p id=b>z</table>",
        [0.0, 0.0, 1600.0, 40.0],
        [0.0, 20.0, 1600.0, 20.0],
    );
    // a word takes what it needs of another's share
    placed(
        "<table width=600 cellspacing=0 cellpadding=0><tr><td id=a width=80%>x\
         <td id=b>wordwordwordwordwordword</table>",
        [0.0, 0.0, 391.9, 20.0],
        [391.9, 0.0, 208.1, 20.0],
    );
}

#[test]
fn what_hangs_in_the_window_of_a_phone_hangs_at_the_edge_of_wide_pages() {
    let html = "<!doctype html><meta name=viewport content='width=device-width,initial-scale=1'>\
                <style>body{margin:0}p{position:fixed;margin:0;width:40px;height:20px}</style>\
                <div style='width:1300px'>wide</div><p id=r style='right:0;top:100px'>R<p id=l style='left:0;top:0'>L";
    let page = Page::from_text("a.html", html);
    let phone = Viewport::builtin().remove(1);
    let geometry = Blitz::default().measure(&page, &Assets::default(), &phone).expect("geometry");
    let boxed = |id: &str| {
        let el = page.dom.iter().find(|e| page.dom.id(*e) == Some(id)).expect("the element");
        *geometry.of(el).expect("its box")
    };
    // as in Chromium
    assert_eq!((boxed("r").rect.x, boxed("r").unseen), (1260.0, Some(Unseen::OffScreen)));
    assert_eq!((boxed("l").rect.x, boxed("l").unseen), (0.0, None));
}

#[test]
fn what_follows_a_carousel_that_waits_for_its_script_may_stand_higher() {
    let slide = "<div class=slide style='height:300px'>one</div>";
    let lifts = |script: &str| {
        let html = format!(
            "<!doctype html><style>body{{margin:0}}</style><p id=before style='height:20px'>x</p>\
             <div class='hero-carousel'>{slide}{slide}<div class=slide id=third style='height:300px'>three</div></div>\
             <p id=after>y</p>{script}"
        );
        let (page, geometry) = measured(&html);
        ["before", "third", "after"].map(|id| {
            let el = page.dom.iter().find(|e| page.dom.id(*e) == Some(id)).expect("the element");
            geometry.of(el).expect("its box").lift
        })
    };
    assert_eq!(lifts("<script>1</script>"), [0.0, 600.0, 600.0]);
    assert_eq!(lifts(""), [0.0; 3]);
}

#[test]
fn pictures_are_as_wide_as_their_box_at_most() {
    placed(
        "<div style='width:300px'><a id=a style='display:inline-block'>\
         <img id=b style='max-width:100%;height:auto;display:block' width=600 height=600 src=x></a></div>",
        [0.0, 0.0, 300.0, 300.0],
        [0.0, 0.0, 300.0, 300.0],
    );
}

#[test]
fn a_page_that_scrolls_down_scrolls_to_the_right_too() {
    let (page, geometry) =
        measured("<!doctype html><body style='overflow-y:scroll'><p id=a style='margin-left:1500px'>right");
    let el = page.dom.iter().find(|e| page.dom.id(*e) == Some("a")).expect("the element");
    assert_eq!(geometry.of(el).expect("its box").unseen, None);
}

#[test]
fn corpus_pages_have_boxes() {
    let Some(corpus) = support::shared("corpus") else { return };
    let only = std::env::var("PAGE").unwrap_or_default();
    for path in support::files(&corpus.join("pages"), &[".html"]) {
        if path.to_string_lossy().contains("_files/") || !path.to_string_lossy().contains(&only) {
            continue;
        }
        let bytes = std::fs::read(&path).expect("a page");
        let loaded = storelint::source::Loaded { source: "p".into(), bytes, charset: None, address: None };
        let page = Page::load(&loaded).expect("a page");
        let map = path.with_extension("").to_string_lossy().into_owned() + "_files/css-map.tsv";
        let map = Map::open(std::path::Path::new(&map)).ok();
        let mut source = Saved { map: map.as_ref(), files: Files::beside(&path) };
        let assets = gather(&page, Files::address(&path).as_ref(), &mut source);
        let start = std::time::Instant::now();
        let all = Blitz::default().measure_all(&page, &assets, &Viewport::builtin());
        let time = start.elapsed();
        let said: Vec<String> = all
            .iter()
            .map(|g| match g {
                Ok(g) => format!(
                    "{:.0} seen {}/{} css {}/{} pic {}/{}",
                    g.height,
                    g.boxes.iter().filter(|b| b.unseen.is_none()).count(),
                    g.boxes.len(),
                    g.missing.stylesheets.len(),
                    g.missing.stylesheets_asked,
                    g.missing.pictures,
                    g.missing.pictures_asked
                ),
                Err(e) => e.to_string(),
            })
            .collect();
        println!("{:?} {} {:?}", time, path.file_name().unwrap().to_string_lossy(), said);
    }
}
