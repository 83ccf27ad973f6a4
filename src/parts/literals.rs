//! The literals of expressions, of which one stands in whatever an expression matches: found
//! wherever they stand, inside words too.

use crate::parts::prefixes::Prefixes;
use smol_str::SmolStr;

/// Bits for two bytes of a text, or for a hash of three.
const BITS: usize = (1 << 16) / 64;

/// The literals, and which expressions wait for each. Sorted texts are made in a fraction of the
/// time of an automaton; where none of them begins, which is nearly everywhere, a few bits tell.
#[derive(Debug)]
pub struct Literals {
    /// Those of two bytes and more.
    texts: Prefixes<u32>,
    /// Those of two bytes.
    pairs: Bits,
    /// First bytes of those that are longer, hashed.
    triples: Bits,
    /// By byte, those of one: they stand nearly everywhere.
    bytes: Vec<Vec<u32>>,
}

/// A set of numbers of 16 bits.
#[derive(Debug)]
struct Bits(Box<[u64; BITS]>);

impl Bits {
    fn add(&mut self, number: u16) {
        self.0[usize::from(number) / 64] |= 1 << (number % 64);
    }

    fn has(&self, number: u16) -> bool {
        self.0[usize::from(number) / 64] & 1 << (number % 64) != 0
    }
}

fn pair(first: u8, second: u8) -> u16 {
    u16::from_be_bytes([first, second])
}

/// Three bytes in sixteen bits; most of a text's are letters, which differ in their last five.
fn triple(first: u8, second: u8, third: u8) -> u16 {
    pair(first, second).rotate_left(5) ^ u16::from(third) << 6 ^ u16::from(third)
}

impl Literals {
    /// Takes each literal with the number of an expression that waits for it. O(bytes · log literals).
    pub fn new<'l>(literals: impl Iterator<Item = (u32, &'l SmolStr)>) -> Literals {
        let none = || Bits(Box::new([0; BITS]));
        let (mut bytes, mut pairs, mut triples) = (vec![Vec::new(); 256], none(), none());
        let mut texts = Vec::new();
        for (expression, literal) in literals {
            match *literal.as_bytes() {
                [] => continue,
                [byte] => {
                    bytes[usize::from(byte)].push(expression);
                    continue;
                }
                [first, second] => pairs.add(pair(first, second)),
                [first, second, third, ..] => triples.add(triple(first, second, third)),
            }
            texts.push((literal.clone(), expression));
        }
        Literals { texts: Prefixes::new(texts), pairs, triples, bytes }
    }

    /// Gives every place of every literal, and the expressions that wait for it: place by place.
    /// O(text + places).
    pub fn scan(&self, text: &str, mut found: impl FnMut(u32, u32)) {
        let bytes = text.as_bytes();
        for (at, &first) in bytes.iter().enumerate() {
            self.bytes[usize::from(first)].iter().for_each(|e| found(*e, at as u32));
            let (second, third) = (bytes.get(at + 1).copied(), bytes.get(at + 2).copied());
            let begins = second.is_some_and(|second| {
                self.pairs.has(pair(first, second))
                    || third.is_some_and(|third| self.triples.has(triple(first, second, third)))
            });
            if begins {
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
