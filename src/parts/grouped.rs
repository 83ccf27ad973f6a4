//! Values of many groups, most of which have none, in one list.

/// Values by the number of their group.
#[derive(Debug)]
pub struct Grouped<T> {
    /// By group: where its values end.
    ends: Vec<u32>,
    values: Vec<T>,
}

impl<T> Default for Grouped<T> {
    fn default() -> Self {
        Grouped { ends: Vec::new(), values: Vec::new() }
    }
}

impl<T: Copy> Grouped<T> {
    /// Sorts the values by group; those of one keep their order, those of groups beyond `groups`
    /// are left out. O(groups + values).
    pub fn new(groups: usize, pairs: impl Iterator<Item = (u32, T)> + Clone) -> Grouped<T> {
        let mut ends = vec![0_u32; groups];
        let known = pairs.filter(|(group, _)| (*group as usize) < groups);
        known.clone().for_each(|(group, _)| ends[group as usize] += 1);
        // where each group begins, until its values are put there
        let mut count = 0;
        for end in &mut ends {
            count += std::mem::replace(end, count);
        }
        let mut values = known.clone().next().map_or(Vec::new(), |(_, any)| vec![any; count as usize]);
        for (group, value) in known {
            let at = &mut ends[group as usize];
            values[*at as usize] = value;
            *at += 1;
        }
        Grouped { ends, values }
    }

    /// Values of a group.
    pub fn of(&self, group: usize) -> &[T] {
        let from = group.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let range = |to: &u32| self.values.get(from as usize..*to as usize);
        self.ends.get(group).and_then(range).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn gives_what_was_put_in(pairs in proptest::collection::vec((0..6_u32, 0..100_u32), 0..40)) {
            let all = Grouped::new(5, pairs.iter().copied());
            for group in 0..7 {
                let of = pairs.iter().filter(|(g, _)| *g == group && group < 5).map(|(_, v)| *v);
                proptest::prop_assert_eq!(all.of(group as usize), of.collect::<Vec<_>>());
            }
        }
    }
}
