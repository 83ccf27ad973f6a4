//! Small item pages with sections in an order.
#![allow(dead_code)]

/// Headings of sections by a letter.
fn section(letter: char) -> &'static str {
    match letter {
        'g' => "<h2>Product gallery</h2><img src=\"1.jpg\" alt=\"Coat\">",
        'm' => "<h2>Material</h2><p>Wool</p>",
        's' => "<h2>Size chart</h2><p>S, M, L</p>",
        'h' => "<h2>Shipping</h2><p>Two days</p>",
        'r' => "<h2>Customer reviews</h2><p>Warm</p>",
        'x' => "<h2>You may also like</h2><p>Hats</p>",
        'b' => "<h2>Brand story</h2><p>Since 1984</p>",
        // a name alone is suspected
        '?' => "<div class=\"customer-reviews\"><p>…</p></div>",
        '-' => "<div hidden><h2>Customer reviews</h2><p>Warm</p></div>",
        // far down
        '_' => "<div style=\"height:3000px\"></div>",
        _ => "",
    }
}

/// An item page with these sections.
pub fn item(sections: &str) -> Vec<u8> {
    let body: String = sections.chars().map(section).map(|s| format!("{s}\n")).collect();
    format!(
        "<!DOCTYPE html><html lang=en><title>Coat</title>\n<main><h1>Coat</h1>\n\
         <form action=\"/cart/add\"><b class=price>$9.00</b><button>Add to cart</button></form>\n{body}</main></html>\n"
    )
    .into_bytes()
}

/// A list of items, as far as storelint tells.
pub fn listing() -> Vec<u8> {
    let cards: String = (1..9)
        .map(|i| format!("<li class=\"product-card\"><a href=\"/item/{i}\"><img src=\"{i}.jpg\" alt=\"Coat {i}\">Coat {i}</a><b class=price>$9</b></li>"))
        .collect();
    format!("<!DOCTYPE html><html lang=en><title>Coats</title><main><h1>Coats</h1><ul class=\"product-list\">{cards}</ul><nav class=pagination><a href=\"?page=2\">2</a></nav></main></html>").into_bytes()
}
