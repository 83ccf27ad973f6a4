//! The literals of expressions, of which one stands in whatever an expression matches: found
//! wherever they stand, inside words too.

use crate::parts::prefixes::Prefixes;
use smol_str::SmolStr;

/// Bits for the first two bytes of a text.
const PAIRS: usize = (1 << 16) / 64;

/// The literals, and which expressions wait for each. Sorted texts are made in a fraction of the
/// time of an automaton; where none of them begins, which is nearly everywhere, two bytes tell.
#[derive(Debug)]
pub struct Literals {
    /// Those of two bytes and more.
    texts: Prefixes<u32>,
    /// Their first two bytes.
    pairs: Box<[u64; PAIRS]>,
    /// By byte, those of one: they stand nearly everywhere.
    bytes: Vec<Vec<u32>>,
}

fn pair(first: u8, second: u8) -> (usize, u64) {
    let pair = usize::from(first) << 8 | usize::from(second);
    (pair / 64, 1 << (pair % 64))
}

impl Literals {
    /// Takes each literal with the number of an expression that waits for it. O(bytes · log literals).
    pub fn new<'l>(literals: impl Iterator<Item = (u32, &'l SmolStr)>) -> Literals {
        let mut bytes = vec![Vec::new(); 256];
        let mut pairs = Box::new([0; PAIRS]);
        let mut texts = Vec::new();
        for (expression, literal) in literals {
            match *literal.as_bytes() {
                [] => {}
                [byte] => bytes[usize::from(byte)].push(expression),
                [first, second, ..] => {
                    let (word, bit) = pair(first, second);
                    pairs[word] |= bit;
                    texts.push((literal.clone(), expression));
                }
            }
        }
        Literals { texts: Prefixes::new(texts), pairs, bytes }
    }

    /// Gives every place of every literal, and the expressions that wait for it: place by place.
    /// O(text + places).
    pub fn scan(&self, text: &str, mut found: impl FnMut(u32, u32)) {
        let bytes = text.as_bytes();
        for (at, &first) in bytes.iter().enumerate() {
            self.bytes[usize::from(first)].iter().for_each(|e| found(*e, at as u32));
            let Some(&second) = bytes.get(at + 1) else { break };
            let (word, bit) = pair(first, second);
            if self.pairs[word] & bit != 0 {
                self.texts.at(&bytes[at..], |literal, _| {
                    self.texts.means(literal).iter().for_each(|e| found(*e, at as u32));
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn agrees_with_asking_each(
            literals in proptest::collection::vec("[ab尺¥]{0,4}", 0..30),
            text in "[ab尺¥ ]{0,20}",
        ) {
            let shared: Vec<SmolStr> = literals.iter().map(SmolStr::new).collect();
            let all = Literals::new(shared.iter().enumerate().map(|(i, l)| (i as u32, l)));
            let mut found = Vec::new();
            all.scan(&text, |expression, at| found.push((expression, at)));
            found.sort_unstable();
            let mut asked = Vec::new();
            for (i, literal) in literals.iter().enumerate().filter(|l| !l.1.is_empty()) {
                let places = text.char_indices().filter(|(at, _)| text[*at..].starts_with(literal));
                asked.extend(places.map(|(at, _)| (i as u32, at as u32)));
            }
            asked.sort_unstable();
            proptest::prop_assert_eq!(found, asked);
        }
    }
}
