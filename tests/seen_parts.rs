//! What `see` recognises on small pages with the built-in words and parts.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use serde_json::Value;
use support::run::{folder, storelint};

/// Status, line and value of every thing of a part on an item page with this body.
fn seen(body: &str, part: &str) -> Vec<(String, u64, String)> {
    let page = format!(
        "<!DOCTYPE html><html lang=en><title>Mug</title>\n<body><h1>Blue mug</h1>\n{body}\n</body></html>"
    );
    let folder = folder(&[("page.html", page.as_bytes())]);
    let args = ["see", "page.html", "--no-config", "--page", "item", "--part", part, "--format", "json"];
    let ran = storelint(folder.path(), &args);
    let told: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.told()));
    let things = told["parts"].as_array().expect("parts");
    let text = |v: &Value| v.as_str().unwrap_or("").to_string();
    things
        .iter()
        .filter(|t| t["part"] == part)
        .map(|t| (text(&t["status"]), t["line"].as_u64().unwrap_or(0), text(&t["value"])))
        .collect()
}

fn found(line: u64, value: &str) -> Vec<(String, u64, String)> {
    vec![("found".into(), line, value.into())]
}

#[test]
fn a_sum_and_its_sign_side_by_side_are_a_price() {
    assert_eq!(seen("<div class=price><span>249</span><span>₽</span></div>", "price"), found(3, "249₽"));
    assert_eq!(seen("<div class=price>20 639,-</div>", "price"), found(3, "20 639,-"));
}

#[test]
fn of_a_button_and_its_hidden_twin_the_drawn_one_is_the_thing() {
    let twins = "<form class=add-to-cart>\n<button style=display:none>Add to cart</button>\n\
                 <button>Add to cart</button>\n</form>";
    let lines: Vec<u64> = seen(twins, "buy-button").iter().map(|t| t.1).collect();
    assert!(lines.contains(&5), "{lines:?}");
    assert!(!lines.contains(&4), "{lines:?}");
}

#[test]
fn a_class_that_tells_of_cookies_is_no_cookie_box() {
    let button = "<main><button>Add to cart</button></main>";
    let of = |class: &str| seen(&format!("<div class={class}>{button}</div>"), "buy-button").len();
    assert_eq!(of("with-cookie-info"), 1);
    assert_eq!(of("page-cookie-consent"), 1, "it holds the page's column");
    let alone = seen("<div class=cookie-consent><button>Add to cart</button></div>", "buy-button");
    assert!(alone.is_empty(), "{alone:?}");
}

#[test]
fn marks_of_exclamation_make_no_other_label() {
    assert_eq!(seen("<button>Add to cart!</button>", "buy-button").len(), 1);
}
