//! A random sample that anyone can draw again.

/// So many places of a list of `len`, each equally likely, in the list's order: the first steps of
/// a Fisher-Yates shuffle with the generator SplitMix64.
pub fn sample(len: usize, many: usize, seed: u64) -> Vec<usize> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    };
    let mut places: Vec<usize> = (0..len).collect();
    for i in 0..many.min(len) {
        let left = (len - i) as u64;
        places.swap(i, i + (next() % left) as usize);
    }
    places.truncate(many);
    places.sort_unstable();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eval_samples_are_the_same_for_a_seed() {
        assert_eq!(sample(100, 5, 7), sample(100, 5, 7));
        assert_ne!(sample(100, 5, 7), sample(100, 5, 8));
        assert_eq!(sample(3, 10, 1), [0, 1, 2]);
        assert_eq!(sample(0, 2, 1), [] as [usize; 0]);
    }
}
