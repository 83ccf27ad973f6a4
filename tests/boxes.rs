//! Boxes and what is seen of them, beside the numbers that Chromium 156 gave for the same pages.
#![cfg(feature = "layout")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use storelint::assets::Assets;
use storelint::layout::blitz::Blitz;
use storelint::layout::{Boxed, Engine, NoGeometry, Unseen};
use storelint::page::Page;
use storelint::viewport::Viewport;

/// Boxes of what a body holds, on the desk, by id.
fn boxes(body: &str, ids: &[&str]) -> Vec<Boxed> {
    let html =
        format!("<!doctype html><style>body{{margin:0;font:16px/20px Arial}}p{{margin:0}}</style>{body}");
    measured(&html, ids)
}

fn measured(html: &str, ids: &[&str]) -> Vec<Boxed> {
    let page = Page::from_text("a.html", html);
    let geometry = Blitz::default()
        .measure(&page, &Assets::default(), &Viewport::builtin().remove(0))
        .expect("geometry");
    let one = |id: &&str| {
        let el = page.dom.iter().find(|e| page.dom.id(*e) == Some(id)).expect("the element");
        *geometry.of(el).expect("its box")
    };
    ids.iter().map(one).collect()
}

fn sides(body: &str, id: &str) -> [f32; 4] {
    let r = boxes(body, &[id])[0].rect;
    [r.x, r.y, r.width, r.height].map(f32::round)
}

fn unseen(body: &str, id: &str) -> Option<Unseen> {
    boxes(body, &[id])[0].unseen
}

#[test]
fn a_picture_that_is_cut_on_one_side_keeps_the_other() {
    let at = |style: &str, attrs: &str| {
        let body = format!("<img id=a {attrs} style=\"display:block;{style}\" src=x_400x200.png>");
        let [_, _, width, height] = sides(&body, "a");
        (width, height)
    };
    assert_eq!(at("width:100%;max-width:700px;height:300px", ""), (700.0, 300.0));
    assert_eq!(at("width:900px;max-width:80%;height:90px", ""), (900.0, 90.0));
    assert_eq!(at("width:100%;max-height:100px;height:auto", ""), (1440.0, 100.0));
    assert_eq!(at("max-width:100px;max-height:100px", ""), (100.0, 50.0));
    assert_eq!(at("max-width:100%;height:auto;min-height:300px", ""), (600.0, 300.0));
    assert_eq!(at("height:50px;max-width:60px", ""), (60.0, 50.0));
    assert_eq!(at("max-width:300px", "width=800 height=400"), (300.0, 400.0));
    assert_eq!(at("width:300px;height:auto;max-height:250px;aspect-ratio:1", ""), (250.0, 250.0));
    assert_eq!(at("width:300px;height:auto;max-height:900px;aspect-ratio:1", ""), (300.0, 300.0));
    let boxed = |inner: &str| {
        let [_, _, width, height] = sides(&format!("<div style='width:300px'>{inner}</div>"), "a");
        (width, height)
    };
    assert_eq!(boxed("<img id=a style='max-width:100%;height:200px' src=x_800x400.png>"), (300.0, 200.0));
    assert_eq!(boxed("<img id=a style='max-width:100%' width=800 height=400 src=x.png>"), (300.0, 400.0));
    let svg = "<svg id=a viewBox='0 0 10 10' style='width:100%;max-width:200px;height:100px'></svg>";
    assert_eq!(boxed(svg), (200.0, 100.0));
}

#[test]
fn what_sticks_to_the_lower_edge_hangs_there() {
    let body = "<main><div style='height:3000px'></div>\
                <div id=a style='position:sticky;bottom:10px;height:50px'><p id=b>buy</p></div></main><p id=c>x";
    let found = boxes(body, &["a", "b", "c"]);
    assert_eq!((found[0].rect.y, found[1].rect.y, found[2].rect.y), (840.0, 840.0, 3050.0));
    assert!(found[0].held && found[1].held && !found[2].held);
    // not further up than its own box, and not in a box that scrolls by itself
    let low =
        "<div style='height:2000px'></div><div><p>x</p><p id=a style='position:sticky;bottom:0'>y</p></div>";
    assert_eq!((sides(low, "a")[1], boxes(low, &["a"])[0].held), (2000.0, false));
    let inner = "<div style='overflow:auto;height:100px'><div style='height:3000px'></div>\
                 <p id=a style='position:sticky;bottom:0'>y</p></div>";
    assert_eq!(sides(inner, "a")[1], 3000.0);
    let top = "<main style='height:500px'><p id=a style='position:sticky;top:80px'>y</p></main>";
    assert_eq!(sides(top, "a")[1], 80.0);
}

#[test]
fn a_fixed_box_without_an_edge_stands_where_it_would_in_the_page() {
    let body = "<p>x<p id=a style='position:fixed;bottom:0'>y</p><p id=b style='position:fixed'>z</p>";
    let found = boxes(body, &["a", "b"]);
    assert_eq!((found[0].held, found[1].held), (true, false));
}

#[test]
fn texts_that_nobody_sees() {
    assert_eq!(unseen("<p id=a style='color:transparent'>x", "a"), Some(Unseen::Transparent));
    assert_eq!(unseen("<p id=a style='text-indent:-9999px'>x", "a"), Some(Unseen::OffScreen));
    assert_eq!(unseen("<p id=a style='filter:opacity(0)'>x", "a"), Some(Unseen::Opacity));
    assert_eq!(
        unseen("<div style='content-visibility:hidden'><p id=a>x</p></div>", "a"),
        Some(Unseen::Visibility)
    );
    // what shows all the same
    for body in [
        "<p id=a style='color:transparent;background:linear-gradient(red,blue);-webkit-background-clip:text'>x",
        "<p id=a style='color:transparent;text-shadow:0 0 0 black'>x",
        "<p id=a style='color:transparent;background:red'>x",
        "<p id=a style='color:transparent'>x<img src=y.png></p>",
        "<a id=a style='display:block;text-indent:-9999px;background:url(logo.png);height:40px'>shop</a>",
        "<p id=a style='text-indent:-10px'>text",
        "<style>#a::before{content:'»';position:absolute;left:0}</style><p id=a style='text-indent:-999px'>x",
        "<p id=a style='content-visibility:auto'>x",
        "<p id=a aria-hidden=true>drawn</p>",
    ] {
        assert_eq!(unseen(body, "a"), None, "{body}");
    }
}

#[test]
fn what_the_engine_does_not_lay_out_is_not_called_without_size() {
    let svg = "<svg width=200 height=50><defs><text id=c>d</text></defs><g><text id=a>Sale</text></g></svg>\
               <svg width=200 height=50 style='display:none'><text id=b>x</text></svg>";
    let found = boxes(svg, &["a", "b", "c"]);
    assert_eq!((found[0].unseen, found[0].rect.width), (None, 200.0));
    assert_eq!((found[1].unseen, found[2].unseen), (Some(Unseen::Display), Some(Unseen::Never)));
    assert_eq!(unseen("<p><span id=a style='display:contents'>x</span></p>", "a"), None);
    let gone = "<div style='height:0;overflow:hidden'><span id=a style='display:contents'>x</span></div>";
    assert!(unseen(gone, "a").is_some());
}

#[test]
fn captions_take_room_above_and_below_their_tables() {
    let stand = |body: &str, expected: &[(&str, [f32; 4])]| {
        for (id, expected) in expected {
            assert_eq!(sides(body, id), *expected, "{id} of {body}");
        }
    };
    let top = "<table id=t><caption id=a>unbreakablelongword and more words</caption>\
               <tr><td id=c>x</table><p id=d>y";
    stand(
        top,
        &[
            ("t", [0.0, 0.0, 153.0, 66.0]),
            ("a", [0.0, 0.0, 153.0, 40.0]),
            ("c", [2.0, 42.0, 149.0, 22.0]),
            ("d", [0.0, 66.0, 1440.0, 20.0]),
        ],
    );
    let bottom = "<table id=t style='caption-side:bottom'><caption id=a>sizes in cm of every shirt that we make\
                  </caption><tr><td id=c style='width:100px;height:90px'>x</table><p id=d>y";
    stand(
        bottom,
        &[
            ("t", [0.0, 0.0, 106.0, 156.0]),
            ("a", [0.0, 96.0, 106.0, 60.0]),
            ("c", [2.0, 2.0, 102.0, 92.0]),
            ("d", [0.0, 156.0, 1440.0, 20.0]),
        ],
    );
    let both = "<table id=t><caption id=a>one<caption id=b style='caption-side:bottom'>two</caption>\
                <tbody><tr><td id=c>x<td>xyz</table><p id=d>y";
    stand(
        both,
        &[("a", [0.0, 0.0, 42.0, 20.0]), ("b", [0.0, 46.0, 42.0, 20.0]), ("d", [0.0, 66.0, 1440.0, 20.0])],
    );
    let figure = "<figure style='display:table;margin:0'><img id=a src=x_400x200.png \
                  style='display:block;width:200px;height:100px'><figcaption id=b \
                  style='display:table-caption;caption-side:bottom'>a long caption that must not be wider than \
                  the picture</figcaption></figure><p id=d>y";
    stand(
        figure,
        &[
            ("a", [0.0, 0.0, 200.0, 100.0]),
            ("b", [0.0, 100.0, 200.0, 40.0]),
            ("d", [0.0, 140.0, 1440.0, 20.0]),
        ],
    );
    let hidden = "<table><caption id=a style='position:absolute;left:-9999px'>for readers</caption>\
                  <tr><td>x</table><p id=d>y";
    assert_eq!(sides(hidden, "d")[1], 26.0);
}

#[test]
fn tables_are_as_wide_as_what_they_hold() {
    let centred =
        "<div id=t style='display:table;margin:0 auto'><div style='width:300px;height:20px'></div></div>";
    assert_eq!(sides(centred, "t"), [570.0, 0.0, 300.0, 20.0]);
    let most = "<div id=t style='display:table;margin:0 auto;max-width:200px'><p>abc def ghi jkl mno pqr stu abc \
                def ghi jkl mno pqr stu</p></div>";
    assert_eq!(sides(most, "t"), [620.0, 0.0, 200.0, 40.0]);
    let cell = "<p style='text-align:center'><span id=t style='display:inline-table'>\
                <span style='display:table-cell'>abc</span></span></p>";
    assert_eq!(sides(cell, "t"), [707.0, 0.0, 26.0, 20.0]);
}

#[test]
fn attributes_of_old_pages_say_how_things_look() {
    let colour = |body: &str| boxes(body, &["a"])[0];
    assert_eq!(colour("<table><tr><td id=a bgcolor=#c00>x</table>").background, [204, 0, 0, 255]);
    assert_eq!(colour("<table id=a bgcolor=red><tr><td>x</table>").background, [255, 0, 0, 255]);
    assert_eq!(colour("<div id=a bgcolor=red>x</div>").background[3], 0);
    assert_eq!(colour("<font id=a color=#0a0>x</font>").text, [0, 170, 0, 255]);
    let font = |body: &str| boxes(body, &["a"])[0].font;
    assert_eq!(font("<font id=a size=+2>x</font>"), 24.0);
    assert_eq!(font("<font id=a size=7>x</font>"), 48.0);
    assert_eq!(sides("<hr id=a size=5>", "a")[3], 5.0);
    assert_eq!(
        sides("<iframe id=a frameborder=0 width=200 height=100></iframe>", "a"),
        [0.0, 0.0, 200.0, 100.0]
    );
    let r = measured("<!doctype html><body leftmargin=20 topmargin=0><div id=a>x", &["a"])[0].rect;
    assert_eq!([r.x, r.y, r.width], [20.0, 0.0, 1400.0]);
    assert_eq!(sides("<input id=a type=image src=go_200x100.png>", "a")[2..], [200.0, 100.0]);
}

#[test]
fn borders_have_widths() {
    let b = boxes("<p id=a style='border:solid red;border-width:1px 2px 30px 0'>x", &["a"])[0];
    assert_eq!((b.edges, b.border), ([1.0, 2.0, 30.0, 0.0], [255, 0, 0, 255]));
}

#[test]
fn lists_of_animations_without_end_are_not_laid_out() {
    let many = "b 1s,".repeat(5_000);
    let html = format!("<!doctype html><style>p{{animation:{many}c}}</style><p>x");
    let page = Page::from_text("a.html", &html);
    let told = Blitz::default().measure(&page, &Assets::default(), &Viewport::builtin().remove(0));
    let why = "one of its declarations names 5001 animations; 32 are laid out at most";
    assert_eq!(told.err(), Some(NoGeometry::Limit(why.into())));
}
