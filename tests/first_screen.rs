//! Rules about places, decided on the page as it is laid out.
#![cfg(feature = "layout")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use serde_json::Value;
use support::run::{folder, storelint};

/// Checks `page.html` with one rule beside the other files; the page of the report.
fn checked(files: &[(&str, &str)], rule: &str, more: &[&str]) -> Value {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let folder = folder(&files);
    let mut args = vec!["check", "page.html", "--no-config", "--format", "json", "--only", rule];
    args.extend(more);
    let ran = storelint(folder.path(), &args);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.told()));
    report["pages"][0].clone()
}

fn verdict(page: &Value) -> (&str, &str) {
    let v = &page["verdicts"][0];
    (v["verdict"].as_str().unwrap_or(""), v["findings"][0]["message"].as_str().unwrap_or(""))
}

const ITEM: &str = "<!DOCTYPE html><html lang=en><meta name=viewport content=width=device-width>\
<title>Wool coat</title><link rel=stylesheet href=shop.css><body>\
<div class=top>Free returns</div><main><h1>Wool coat</h1><div class=photo></div>\
<p class=price>$129.00</p><button>Add to cart</button></main></body></html>";

#[test]
fn a_stylesheet_pushes_the_price_below_the_fold() {
    let css = ".photo { height: 2000px }";
    let page = checked(&[("page.html", ITEM), ("shop.css", css)], "first-screen/price", &[]);
    let (verdict, message) = verdict(&page);
    assert_eq!(verdict, "fail");
    assert!(message.contains("below the first screen (at 2"), "{message}");
    assert!(message.contains("px below the fold on desktop"), "{message}");
    let finding = &page["verdicts"][0]["findings"][0];
    assert_eq!(
        (finding["viewport"].as_str(), finding["basis"].as_str()),
        (Some("desktop"), Some("measured"))
    );
    assert_eq!(page["geometry"], "blitz");
    assert_eq!(page["layouts"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_stylesheet_lifts_what_stands_last_to_the_top() {
    let css = "main { display: flex; flex-direction: column } .price { order: -1 } .photo { height: 2000px }";
    let page = checked(&[("page.html", ITEM), ("shop.css", css)], "first-screen/price", &[]);
    assert_eq!(verdict(&page), ("pass", ""));
}

#[test]
fn only_the_phone_loses_it() {
    let css = "@media (max-width: 600px) { .photo { height: 1500px } }";
    let page = checked(&[("page.html", ITEM), ("shop.css", css)], "first-screen/price", &[]);
    let (verdict, message) = verdict(&page);
    assert_eq!(verdict, "fail");
    assert!(message.contains("below the fold on mobile"), "{message}");
    assert_eq!(page["verdicts"][0]["findings"][0]["viewport"], "mobile");
}

#[test]
fn a_stylesheet_hides_the_price() {
    let page =
        checked(&[("page.html", ITEM), ("shop.css", ".price { display: none }")], "price/visible", &[]);
    let (verdict, message) = verdict(&page);
    assert_eq!(
        (verdict, message),
        ("fail", "No visible price. Also seen: price not visible (display:none).")
    );
}

#[test]
fn type_that_a_stylesheet_makes_tiny_is_not_readable() {
    let page = "<!DOCTYPE html><html lang=en><title>Acme</title><style>.note { font-size: 8px }</style>\
<main><p class=note>20% off this week with coupon SPRING</p></main>";
    let page = checked(&[("page.html", page)], "promotion/visible", &["--page", "home"]);
    let (verdict, message) = verdict(&page);
    assert_eq!(verdict, "fail");
    assert!(message.contains("not readable (8px)"), "{message}");
}

#[test]
fn what_stands_below_a_carousel_that_waits_for_its_script_is_not_called_below() {
    let slide = "<div class=slide>Look</div>";
    let css = ".slide { height: 400px }";
    let slides = format!("<div class=carousel>{slide}{slide}{slide}</div><p class=price>");
    let page = ITEM.replace("<p class=price>", &slides);
    let scripted = page.replace("</body>", "<script src=app.js></script></body>");
    let found = |page: &str| {
        let page = checked(&[("page.html", page), ("shop.css", css)], "first-screen/price", &[]);
        verdict(&page).0.to_string()
    };
    assert_eq!(found(&page), "fail");
    assert_eq!(found(&scripted), "unsure");
}

#[test]
fn a_page_that_the_layout_puts_outside_the_window_fails_no_rule_of_the_first_screen() {
    let found = |css: &str| {
        let page = checked(&[("page.html", ITEM), ("shop.css", css)], "first-screen/price", &[]);
        let (verdict, message) = verdict(&page);
        (verdict.to_string(), message.to_string())
    };
    for css in [
        "body { position: absolute; left: 5000px; width: 1000px }",
        "body { position: absolute; left: -5000px; width: 1000px }",
        "body { position: absolute; top: -5000px; width: 1000px; height: 900px }",
        "html { overflow: hidden } body { position: absolute; left: 5000px; width: 1000px }",
    ] {
        let (verdict, message) = found(css);
        assert_eq!(verdict, "unsure", "{css}: {message}");
    }
    // what alone is put off the page, is hidden, or stands below, is known
    assert_eq!(found(".price { position: absolute; left: -9999px }").0, "fail");
    assert_eq!(found("body { position: relative; left: 5000px } .price { display: none }").0, "fail");
    assert_eq!(found(".photo { height: 2000px }").0, "fail");
}

#[test]
fn missing_stylesheets_are_said_and_leave_estimates() {
    let page = checked(&[("page.html", ITEM)], "first-screen/price", &[]);
    assert_eq!(page["geometry"], "none");
    assert_eq!(page["geometry_reason"], "its only stylesheet is missing: shop.css");
    assert_eq!(page["geometry_missing"], serde_json::json!(["shop.css"]));
}

#[test]
fn one_missing_of_three_widens_the_band() {
    let links = "<link rel=stylesheet href=gone.css><link rel=stylesheet href=more.css><body>";
    let three = ITEM.replace("<body>", links);
    let css = ".photo { height: 650px }";
    let files = [("page.html", three.as_str()), ("shop.css", css), ("more.css", "")];
    let page = checked(&files, "first-screen/price", &[]);
    assert_eq!(verdict(&page).0, "unsure");
    assert_eq!(page["layouts"][0]["missing_stylesheets"], serde_json::json!(["gone.css"]));
    assert_eq!(page["verdicts"][0]["needs"], serde_json::json!(["layout"]));
}

#[test]
fn render_none_estimates() {
    let files = [("page.html", ITEM), ("shop.css", ".photo { height: 2000px }")];
    let page = checked(&files, "first-screen/price", &["--render", "none"]);
    assert_eq!(page["geometry"], "none");
    assert_ne!(verdict(&page).0, "fail");
}

#[test]
fn a_page_that_no_rule_measures_is_not_laid_out() {
    let page = checked(&[("page.html", ITEM), ("shop.css", "")], "navigation/category-modules", &[]);
    assert_eq!(page["geometry"], "none");
    assert_eq!(page["geometry_reason"], "no rule asks for it");
}

#[test]
fn pictures_cover_what_was_measured() {
    let page = "<!DOCTYPE html><html lang=en><title>Acme</title><style>body { margin: 0 } img { display: block }</style>\
<main><a href=/spring><img src=a.jpg alt=Spring width=390 height=100></a></main>";
    let page = checked(&[("page.html", page)], "first-screen/visual-lead", &["--page", "home"]);
    let (verdict, message) = verdict(&page);
    assert_eq!(verdict, "fail");
    assert_eq!(message, "Pictures cover 3 % of the first screen; 25 % or more expected.");
}

#[test]
fn a_page_that_scripts_uncover_is_not_called_hidden() {
    let text = "<p>Wool from the hills, spun and woven by hand, washed soft in spring water.</p>".repeat(6);
    let page = ITEM.replace("</body>", &format!("{text}<script src=app.js></script></body>"));
    let css = "body { opacity: 0 }";
    let page = checked(&[("page.html", &page), ("shop.css", css)], "price/visible", &[]);
    assert_eq!(page["geometry_reason"], "the page stays covered until scripts run");
    assert_eq!(verdict(&page).0, "pass");
}

#[test]
fn see_tells_boxes() {
    let folder =
        folder(&[("page.html", ITEM.as_bytes()), ("shop.css", b".photo { width: 300px; height: 200px }")]);
    let ran =
        storelint(folder.path(), &["see", "page.html", "--elements", "--format", "json", "--no-config"]);
    let seen: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.told()));
    let photo = seen["elements"].as_array().and_then(|e| e.iter().find(|e| e["class"] == "photo"));
    let measured = &photo.expect("the photo")["measured"];
    assert_eq!((measured["width"].as_f64(), measured["height"].as_f64()), (Some(300.0), Some(200.0)));
    assert_eq!(measured["visible"], true);
    assert_eq!(seen["elements"][1]["measured"]["visible"], false, "the head is never drawn");
}

/// A fixed page of desks: its texts are 1,200 pixels wide.
const FIXED: &str = "<!DOCTYPE html><html lang=en><meta name=viewport content=width=device-width>\
<title>Wool coat</title><style>main { width: 1200px } p { margin: 0 } .side { margin-left: 700px }</style><body>\
<main><p>Wool coats for winter</p><p>Made in the north</p><p>Lined with silk</p><p>Sent at once</p>\
<p>Warm and light</p><p>Of new wool</p><p>In five sizes</p><p>And four colours</p>\
<div class=side><h1>Wool coat</h1><p class=price>$129.00</p><button>Add to cart</button></div></main></body></html>";

#[test]
fn phones_shrink_a_page_that_is_wider_as_a_whole() {
    let wide = checked(&[("page.html", FIXED)], "first-screen/price", &[]);
    let (told, message) = verdict(&wide);
    assert_eq!(told, "unsure", "{message}");
    // one block beside a page that fits is lost to who looks at it
    let fits = FIXED.replace("margin: 0", "margin: 0; width: 300px");
    let page = checked(&[("page.html", &fits)], "first-screen/price", &[]);
    let (told, message) = verdict(&page);
    assert_eq!(told, "fail");
    assert!(message.contains("beside the first screen"), "{message}");
}

#[test]
fn a_carousel_that_its_stylesheet_hides_until_a_script_runs() {
    let css = ".owl-carousel { display: none }";
    let page = ITEM
        .replace("<p class=price>$129.00</p>", "<div class=owl-carousel><p class=price>$129.00</p></div>");
    let still = checked(&[("page.html", &page), ("shop.css", css)], "price/visible", &[]);
    assert_eq!(verdict(&still).0, "fail");
    let page = page.replace("</body>", "<script src=app.js></script></body>");
    // a page that says little is taken for an empty shell
    let page =
        page.replace("</main>", &format!("<p>{}</p></main>", "Made of wool from the north. ".repeat(12)));
    let runs = checked(&[("page.html", &page), ("shop.css", css)], "price/visible", &[]);
    assert_eq!(verdict(&runs), ("unsure", "Cannot tell: price not visible (display:none)."));
    let runs = checked(&[("page.html", &page), ("shop.css", css)], "first-screen/price", &[]);
    assert_eq!(verdict(&runs).0, "unsure");
}

#[test]
fn an_address_of_several_stylesheets_weighs_as_many() {
    let own = format!(
        "<style>{}</style>",
        ".top, .photo, .price { color: rgb(1, 2, 3); margin: 0 } ".repeat(2_500)
    );
    let with = |href: &str| {
        let page = ITEM.replace("shop.css>", &format!("{href}>{own}"));
        checked(&[("page.html", &page)], "first-screen/price", &[])["geometry"].clone()
    };
    assert_eq!(with("shop.css"), "blitz");
    assert_eq!(with("a.css,b.css,c.css,d.css"), "none");
}
