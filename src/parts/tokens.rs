//! Tokens: runs of whole sub-words in classes, ids, file names and links.

use crate::pack::model::WordList;
use crate::parts::phrases::ListId;
use crate::text::subwords::{has_cjk, is_hash, subwords, token_key, without_hash};
use std::collections::HashMap;

/// A token found in one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenHit {
    /// The list.
    pub list: ListId,
    /// Index among the list's tokens.
    pub token: u32,
    /// Platform it is for.
    pub platform: Option<u16>,
}

#[derive(Clone, Copy, Debug)]
struct Use {
    hit: TokenHit,
    not: bool,
}

/// All tokens of all lists, looked up by their joined sub-words.
#[derive(Debug, Default)]
pub struct Tokens {
    by_key: HashMap<String, Vec<Use>>,
    /// Longest key in bytes: longer runs need no look-up.
    longest: usize,
    /// Most sub-words of one token.
    most: usize,
    /// Tokens with CJK characters: they may sit anywhere.
    cjk: Vec<(String, Use)>,
}

impl Tokens {
    /// Compiles the tokens of all lists.
    pub fn new(lists: &[&WordList], platform: impl Fn(&str) -> Option<u16>) -> Tokens {
        let mut tokens = Tokens { most: 1, ..Tokens::default() };
        for (list, words) in lists.iter().enumerate() {
            let wanted = words.tokens.iter().map(|t| (t, false)).enumerate();
            let not = words.not_tokens.iter().map(|t| (t, true)).enumerate();
            for (i, (token, not)) in wanted.chain(not) {
                let hit = TokenHit {
                    list: list as ListId,
                    token: i as u32,
                    platform: token.platform.as_deref().and_then(&platform),
                };
                if has_cjk(&token.text) {
                    tokens.cjk.push((token.text.to_lowercase(), Use { hit, not }));
                    continue;
                }
                let key = token_key(&token.text);
                if key.is_empty() {
                    continue;
                }
                tokens.longest = tokens.longest.max(key.len());
                // the page may split finer than the token: "addtocart" is add-to-cart
                tokens.most = tokens.most.max(subwords(&token.text).len() + 3);
                tokens.by_key.entry(key).or_default().push(Use { hit, not });
            }
        }
        tokens
    }

    /// Tokens in a class, id or data-section value: each name on its own, hashes
    /// passed over, cancelled ones left out.
    pub fn in_names(&self, value: &str, out: &mut Vec<TokenHit>) {
        let mut uses = Vec::new();
        for name in value.split_ascii_whitespace().take(100) {
            if !is_hash(name) {
                self.look_up(without_hash(name), &mut uses);
            }
        }
        cancel(uses, out);
    }

    /// Tokens in a file name or link.
    pub fn in_path(&self, path: &str, out: &mut Vec<TokenHit>) {
        let mut uses = Vec::new();
        self.look_up(path, &mut uses);
        cancel(uses, out);
    }

    fn look_up(&self, name: &str, uses: &mut Vec<Use>) {
        if !self.cjk.is_empty() && !name.is_ascii() {
            let lower = name.to_lowercase();
            uses.extend(self.cjk.iter().filter(|(t, _)| lower.contains(t.as_str())).map(|(_, u)| *u));
        }
        if self.by_key.is_empty() {
            return;
        }
        let words = subwords(name);
        let mut key = String::with_capacity(self.longest + 1);
        for from in 0..words.len() {
            key.clear();
            for word in words.iter().skip(from).take(self.most) {
                key.push_str(word);
                if key.len() > self.longest {
                    break;
                }
                if let Some(found) = self.by_key.get(key.as_str()) {
                    uses.extend_from_slice(found);
                }
            }
        }
    }
}

fn cancel(uses: Vec<Use>, out: &mut Vec<TokenHit>) {
    for u in &uses {
        let cancelled = uses.iter().any(|n| n.not && n.hit.list == u.hit.list);
        if !u.not && !cancelled && !out.contains(&u.hit) {
            out.push(u.hit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::model::Token;

    fn list(tokens: &[&str], not: &[&str]) -> WordList {
        let make = |t: &&str| Token { text: t.to_string(), platform: None };
        WordList {
            tokens: tokens.iter().map(make).collect(),
            not_tokens: not.iter().map(make).collect(),
            ..WordList::default()
        }
    }

    fn hits(list: &WordList, value: &str) -> usize {
        let mut out = Vec::new();
        Tokens::new(&[list], |_| None).in_names(value, &mut out);
        out.len()
    }

    #[test]
    fn tokens_are_runs_of_whole_sub_words() {
        let l = list(&["add-to-cart", "size-chart"], &["size-chart-none"]);
        assert_eq!(hits(&l, "addToCart_feature_div"), 1);
        assert_eq!(hits(&l, "btn btn-add-to-cart"), 1);
        assert_eq!(hits(&l, "oversize-charts"), 0);
        assert_eq!(hits(&l, "size-chart-none"), 0);
        assert_eq!(hits(&list(&["j-divitemdesc"], &[]), "J_DivItemDesc"), 1);
    }

    #[test]
    fn cjk_tokens_sit_anywhere() {
        let l = list(&["尺码"], &[]);
        let mut out = Vec::new();
        Tokens::new(&[&l], |_| None).in_path("/img/女装尺码表.jpg", &mut out);
        assert_eq!(out.len(), 1);
    }
}
