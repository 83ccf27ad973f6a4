//! Names of classes, ids, files and links as sub-words: `addToCart_feature_div`
//! is add, to, cart, feature, div.

use crate::text::fold::is_cjk;

/// Sub-words looked at in one value; names of real pages have fewer than 40.
const MAX_WORDS: usize = 200;

/// The sub-words of one name, lower case: split at anything that is no letter or
/// digit, and where a small letter meets a capital.
pub fn subwords(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let chars: Vec<char> = name.chars().take(4096).collect();
    for (i, &c) in chars.iter().enumerate() {
        if !c.is_alphanumeric() {
            push(&mut words, &mut word);
            continue;
        }
        let before = i.checked_sub(1).and_then(|p| chars.get(p));
        let after = chars.get(i + 1);
        let camel = c.is_uppercase()
            && (before.is_some_and(|b| b.is_lowercase() || b.is_ascii_digit())
                // HTMLParser: the last capital of a run starts the next word
                || (before.is_some_and(|b| b.is_uppercase()) && after.is_some_and(|a| a.is_lowercase())));
        if camel {
            push(&mut words, &mut word);
        }
        word.extend(c.to_lowercase());
    }
    push(&mut words, &mut word);
    words.truncate(MAX_WORDS);
    words
}

fn push(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

/// Whether one whole class or id is a hash and says nothing: `hEr158`, `css-1q2w3e`'s tail.
pub fn is_hash(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_ascii_alphabetic()).count();
    let digits = name.chars().filter(|c| c.is_ascii_digit()).count();
    let flips = name
        .as_bytes()
        .windows(2)
        .filter(|w| {
            (w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase())
                || (w[0].is_ascii_uppercase() && w[1].is_ascii_lowercase())
                || (w[0].is_ascii_digit() && w[1].is_ascii_alphabetic())
                || (w[0].is_ascii_alphabetic() && w[1].is_ascii_digit())
        })
        .count();
    name.chars().all(|c| c.is_ascii_alphanumeric())
        && (4..=12).contains(&name.len())
        && letters > 0
        && ((digits >= 2 && flips >= 2) || (digits >= 1 && flips >= 4))
}

/// Cuts the hash that CSS modules put at the end: `Review_desktop__3PGon`.
pub fn without_hash(name: &str) -> &str {
    if let Some((head, tail)) = name.rsplit_once("__")
        && !head.is_empty()
        && (4..=8).contains(&tail.len())
        && tail.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && (tail.chars().any(|c| c.is_ascii_digit())
            || tail.chars().filter(|c| c.is_uppercase()).count() >= 2)
    {
        return head;
    }
    name
}

/// The key under which a token is looked up: its sub-words joined.
pub fn token_key(token: &str) -> String {
    subwords(token).concat()
}

/// Whether a token holds CJK: then it may sit anywhere in a file name.
pub fn has_cjk(token: &str) -> bool {
    token.chars().any(is_cjk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_names() {
        assert_eq!(subwords("addToCart_feature_div"), ["add", "to", "cart", "feature", "div"]);
        assert_eq!(subwords("btn-add-to-cart"), ["btn", "add", "to", "cart"]);
        assert_eq!(subwords("HTMLParser"), ["html", "parser"]);
        assert_eq!(subwords("/img/size_chart.v2.jpg?x=1"), ["img", "size", "chart", "v2", "jpg", "x", "1"]);
    }

    #[test]
    fn hashes_say_nothing() {
        assert!(is_hash("hEr158"));
        assert!(is_hash("x1a2b3c"));
        assert!(!is_hash("price01"));
        assert!(!is_hash("addToCart"));
        assert_eq!(without_hash("Review_desktop__3PGon"), "Review_desktop");
        assert_eq!(without_hash("price-item__regular"), "price-item__regular");
    }
}
