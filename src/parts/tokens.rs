//! Tokens: runs of whole sub-words in classes, ids, file names and links.

use crate::pack::model::{Token, WordList};
use crate::parts::phrases::ListId;
use crate::text::subwords::{Subwords, has_cjk, is_hash, subwords, token_key, without_hash};
use foldhash::HashMap;

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

/// A token as one list uses it: to find, or to cancel.
#[derive(Clone, Copy, Debug)]
struct Use {
    hit: TokenHit,
    not: bool,
}

/// A use where it stands in a name.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    used: Use,
    /// Its sub-words in the name, from and to; none for a token that may sit anywhere.
    run: (usize, usize),
}

impl Standing {
    /// Whether another token lies in this longer one: “product” in “product-category”.
    fn covers(&self, other: &Standing) -> bool {
        let (from, to) = other.run;
        self.run.0 <= from && to <= self.run.1 && to - from < self.run.1 - self.run.0 && from < to
    }
}

/// All tokens of all lists, looked up by their joined sub-words.
#[derive(Debug, Default)]
pub struct Tokens {
    by_key: HashMap<String, Vec<Use>>,
    /// First two bytes of the keys: most runs of a page begin like none of them.
    starts: Starts,
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
            // tokens for a platform that nobody can tell count nowhere
            let told = |t: &Token| t.platform.as_deref().is_none_or(|name| platform(name).is_some());
            for (i, (token, not)) in wanted.chain(not).filter(|(_, (t, _))| told(t)) {
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
                tokens.starts.add(&key);
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
        let mut words = Subwords::default();
        let found: Vec<Vec<Standing>> = names(value)
            .map(|name| {
                let mut found = Vec::new();
                self.in_name(name, &mut words, &mut found);
                found
            })
            .collect();
        cancel(&found.iter().map(Vec::as_slice).collect::<Vec<_>>(), out);
    }

    /// What one name of such a value holds.
    pub fn in_name(&self, name: &str, words: &mut Subwords, found: &mut Vec<Standing>) {
        if !is_hash(name) {
            self.look_up(without_hash(name), words, found);
        }
    }

    /// Tokens in a file name or link.
    pub fn in_path(&self, path: &str, words: &mut Subwords, out: &mut Vec<TokenHit>) {
        let mut found = Vec::new();
        self.look_up(path, words, &mut found);
        cancel(&[&found], out);
    }

    fn look_up(&self, name: &str, words: &mut Subwords, found: &mut Vec<Standing>) {
        if !self.cjk.is_empty() && !name.is_ascii() {
            let lower = name.to_lowercase();
            let cjk = self.cjk.iter().filter(|(t, _)| lower.contains(t.as_str()));
            found.extend(cjk.map(|(_, used)| Standing { used: *used, run: (0, 0) }));
        }
        if self.by_key.is_empty() {
            return;
        }
        words.cut(name);
        for from in 0..words.len() {
            if !self.starts.may(words.run(from, (from + 2).min(words.len()))) {
                continue;
            }
            for to in from + 1..=(from + self.most).min(words.len()) {
                let key = words.run(from, to);
                if key.len() > self.longest {
                    break;
                }
                let uses = self.by_key.get(key).into_iter().flatten();
                found.extend(uses.map(|used| Standing { used: *used, run: (from, to) }));
            }
        }
    }
}

/// The names in a value; real values have fewer than 100.
pub fn names(value: &str) -> impl Iterator<Item = &str> {
    value.split_ascii_whitespace().take(100)
}

/// The first two bytes of keys, as a set of bits.
#[derive(Debug)]
struct Starts(Vec<u64>);

impl Default for Starts {
    fn default() -> Self {
        Starts(vec![0; 1024])
    }
}

impl Starts {
    fn bit(key: &str) -> Option<usize> {
        match key.as_bytes() {
            [a, b, ..] => Some(*a as usize * 256 + *b as usize),
            [a] => Some(*a as usize * 256),
            [] => None,
        }
    }

    fn add(&mut self, key: &str) {
        if let Some(bit) = Self::bit(key) {
            self.0[bit / 64] |= 1 << (bit % 64);
        }
    }

    /// Whether a key may begin as this run does; the run holds two words, so that a word
    /// of one letter has its second byte.
    fn may(&self, run: &str) -> bool {
        let has = |bit: usize| self.0[bit / 64] >> (bit % 64) & 1 == 1;
        let first = run.as_bytes().first().map(|a| *a as usize * 256);
        Self::bit(run).is_some_and(has) || first.is_some_and(has)
    }
}

/// The wanted ones of what was found in one value, name by name; those whose list has a token
/// there that cancels it are left out, but not by a piece of themselves.
pub fn cancel(found: &[&[Standing]], out: &mut Vec<TokenHit>) {
    for (at, name) in found.iter().enumerate() {
        for wanted in name.iter().filter(|s| !s.used.not) {
            let hit = wanted.used.hit;
            let cancelled = found.iter().enumerate().any(|(there, others)| {
                let mut not = others.iter().filter(|n| n.used.not && n.used.hit.list == hit.list);
                not.any(|n| there != at || !wanted.covers(n))
            });
            if !cancelled && !out.contains(&hit) {
                out.push(hit);
            }
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
    fn no_token_is_cancelled_by_a_piece_of_itself() {
        let l = list(&["product-category", "menu"], &["product", "menu"]);
        assert_eq!(hits(&l, "product-category"), 1);
        assert_eq!(hits(&l, "product-category product"), 0);
        assert_eq!(hits(&l, "product-category-product"), 0);
        assert_eq!(hits(&l, "menu"), 0);
    }

    #[test]
    fn cjk_tokens_sit_anywhere() {
        let l = list(&["尺码"], &[]);
        let mut out = Vec::new();
        Tokens::new(&[&l], |_| None).in_path("/img/女装尺码表.jpg", &mut Subwords::default(), &mut out);
        assert_eq!(out.len(), 1);
    }
}
