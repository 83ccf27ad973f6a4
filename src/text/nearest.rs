//! Names that were meant.

/// “did you mean “x”?”, where a name is near enough.
pub fn did_you_mean<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
    nearest(wrong, names).map(|n| format!("did you mean “{n}”?"))
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
