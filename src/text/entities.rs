//! Character references in texts that are no markup: structured data and addresses of pages are often
//! escaped once too often, “H&amp;amp;M”.

use scraper::Html;
use std::borrow::Cow;

/// The text with its character references decoded, once.
pub fn decoded(text: &str) -> Cow<'_, str> {
    let may = text.split_once('&').is_some_and(|(_, rest)| rest.contains(';'));
    if !may {
        return Cow::Borrowed(text);
    }
    // a tag in it is text here
    let html = Html::parse_fragment(&text.replace('<', "&lt;"));
    Cow::Owned(html.root_element().text().collect())
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn references_are_decoded_once() {
        assert_eq!(decoded("H&amp;amp;M"), "H&amp;M");
        assert_eq!(decoded("Caf&eacute; &#38; <b>bar"), "Café & <b>bar");
        assert_eq!(decoded("R&B; soul"), "R&B; soul");
        assert_eq!(decoded("plain & simple"), "plain & simple");
    }
}
