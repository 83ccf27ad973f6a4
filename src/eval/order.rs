//! The order of sections: a reader's and ours.

use crate::audit::{PartRecord, Status};
use crate::eval::mapping::Mapping;
use crate::eval::tally::round;
use serde::Serialize;

/// How far two orders of the same sections agree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Order {
    /// Sections that both name, in the reader's order.
    pub sections: Vec<String>,
    /// The same in ours.
    pub ours: Vec<String>,
    /// Kendall's tau: 1 the same order, -1 the reverse; `None` where no two sections can be compared.
    pub tau: Option<f64>,
}

/// Compares a list of section words with the parts that were found. A section stands where it
/// begins first. Pairs that stand in the same place for us are left out.
pub fn compare(list: &str, parts: &[PartRecord], mapping: &Mapping) -> Order {
    let mut named: Vec<(&str, u32)> = Vec::new();
    for word in list.split(',').map(str::trim) {
        let Some(ours) = mapping.sections.get(word) else { continue };
        let found = parts.iter().filter(|p| p.status == Status::Found && ours.contains(&p.part));
        if let Some(start) = found.map(|p| p.start).min()
            && !named.iter().any(|(w, _)| *w == word)
        {
            named.push((word, start));
        }
    }
    let mut ours = named.clone();
    ours.sort_by_key(|(_, start)| *start);
    let words = |of: &[(&str, u32)]| of.iter().map(|(w, _)| (*w).to_string()).collect();
    Order { sections: words(&named), ours: words(&ours), tau: tau(&named).map(round) }
}

fn tau(named: &[(&str, u32)]) -> Option<f64> {
    let (mut same, mut pairs) = (0i32, 0i32);
    for (i, (_, first)) in named.iter().enumerate() {
        for (_, second) in &named[i + 1..] {
            if first != second {
                pairs += 1;
                same += if first < second { 1 } else { -1 };
            }
        }
    }
    (pairs > 0).then(|| f64::from(same) / f64::from(pairs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eval_tau_runs_from_reverse_to_same() {
        let of = |starts: &[u32]| tau(&starts.iter().map(|s| ("x", *s)).collect::<Vec<_>>());
        assert_eq!(of(&[1, 2, 3]), Some(1.0));
        assert_eq!(of(&[3, 2, 1]), Some(-1.0));
        assert_eq!(of(&[1, 3, 2]).map(round), Some(0.3333));
        assert_eq!(of(&[1, 1]), None);
        assert_eq!(of(&[]), None);
    }
}
