//! Names that were meant.

/// “did you mean “x”?”, where a name is near enough.
pub fn did_you_mean<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
    nearest(wrong, names).map(|n| format!("did you mean “{n}”?"))
}

/// How alike two texts are, 0 to 1: the share of their letter pairs that agree (Sørensen and
/// Dice). Counted in characters; strsim's own counts bytes, which Chinese has three of.
pub fn alike(a: &str, b: &str) -> f64 {
    let pairs = |text: &str| -> Vec<(char, char)> {
        let letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        letters.iter().copied().zip(letters.iter().copied().skip(1)).collect()
    };
    let (a, mut b) = (pairs(a), pairs(b));
    let all = a.len() + b.len();
    let mut same = 0;
    for pair in a {
        if let Some(at) = b.iter().position(|other| *other == pair) {
            b.swap_remove(at);
            same += 1;
        }
    }
    if all == 0 { 0.0 } else { f64::from(2 * same) / all as f64 }
}

/// The name nearest to a wrong one: few edits for its length.
pub fn nearest<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let folded = wrong.to_lowercase();
    names
        .into_iter()
        .map(|n| (strsim::damerau_levenshtein(&folded, &n.to_lowercase()), n))
        .filter(|(d, n)| *d <= 1 + n.chars().count().min(folded.chars().count()) / 4)
        .min_by_key(|(d, n)| (*d, n.len()))
        .map(|(_, n)| n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_counts_characters_of_any_script() {
        assert_eq!(alike("洗涤须知", "洗涤说明"), 1.0 / 3.0);
        assert_eq!(alike("size chart", "sizechart"), 1.0);
        assert_eq!(alike("a", "b"), 0.0);
        assert!(alike("washing care", "wash care") > 0.7);
    }
}
