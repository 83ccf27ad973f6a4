//! Names of classes, ids, files and links as sub-words: `addToCart_feature_div`
//! is add, to, cart, feature, div.

use crate::text::fold::is_cjk;

/// Sub-words looked at in one value; names of real pages have fewer than 40.
const MAX_WORDS: usize = 200;

/// Characters looked at in one name.
const MAX_CHARS: usize = 4096;

/// The sub-words of one name, lower case, one behind the other: a run of them is one slice.
#[derive(Clone, Debug, Default)]
pub struct Subwords {
    text: String,
    /// End of each word in the text.
    ends: Vec<u32>,
}

impl Subwords {
    /// Cuts a name: at anything that is no letter or digit, and where a small letter meets
    /// a capital. What was cut before is dropped, the memory kept.
    pub fn cut(&mut self, name: &str) {
        self.text.clear();
        self.ends.clear();
        if name.is_ascii() {
            self.cut_ascii(&name.as_bytes()[..name.len().min(MAX_CHARS)]);
        } else {
            self.cut_any(name);
        }
        self.end();
        self.ends.truncate(MAX_WORDS);
    }

    fn cut_ascii(&mut self, bytes: &[u8]) {
        let mut before = 0u8;
        for (i, &b) in bytes.iter().enumerate() {
            if !b.is_ascii_alphanumeric() {
                self.end();
            } else {
                if b.is_ascii_uppercase() {
                    let next_small = || bytes.get(i + 1).is_some_and(u8::is_ascii_lowercase);
                    // HTMLParser: the last capital of a run starts the next word
                    if before.is_ascii_lowercase()
                        || before.is_ascii_digit()
                        || (before.is_ascii_uppercase() && next_small())
                    {
                        self.end();
                    }
                }
                self.text.push(b.to_ascii_lowercase() as char);
            }
            before = b;
        }
    }

    fn cut_any(&mut self, name: &str) {
        let chars: Vec<char> = name.chars().take(MAX_CHARS).collect();
        for (i, &c) in chars.iter().enumerate() {
            if !c.is_alphanumeric() {
                self.end();
                continue;
            }
            let before = i.checked_sub(1).and_then(|p| chars.get(p));
            let after = chars.get(i + 1);
            let camel = c.is_uppercase()
                && (before.is_some_and(|b| b.is_lowercase() || b.is_ascii_digit())
                    || (before.is_some_and(|b| b.is_uppercase()) && after.is_some_and(|a| a.is_lowercase())));
            if camel {
                self.end();
            }
            self.text.extend(c.to_lowercase());
        }
    }

    /// Ends the open word, if there is one.
    fn end(&mut self) {
        let end = self.text.len() as u32;
        if end > self.ends.last().copied().unwrap_or(0) {
            self.ends.push(end);
        }
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The words from `from` to before `to`, joined.
    pub fn run(&self, from: usize, to: usize) -> &str {
        let start = from.checked_sub(1).and_then(|i| self.ends.get(i)).copied().unwrap_or(0);
        let end = to.checked_sub(1).and_then(|i| self.ends.get(i)).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or("")
    }
}

/// The sub-words of one name.
pub fn subwords(name: &str) -> Vec<String> {
    let mut words = Subwords::default();
    words.cut(name);
    (0..words.len()).map(|i| words.run(i, i + 1).to_string()).collect()
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
    let mut words = Subwords::default();
    words.cut(token);
    words.run(0, words.len()).to_string()
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
