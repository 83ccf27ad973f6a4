//! Pages for the tests of a learned rule: one that passes, and one for each expectation that
//! fails it.

use super::chains::Chain;
use std::collections::BTreeMap;

/// A test: name, sections of its page from top to bottom.
pub type Sample = (String, Vec<String>);

/// The tests of a rule that asks for `shared` and for the chains: one that passes, then those
/// that fail. `sections` are all that are in an order, first to last.
pub fn samples(shared: &[String], sections: &[String], chains: &[Chain]) -> (Sample, Vec<Sample>) {
    let mut all: Vec<String> = sections.to_vec();
    all.extend(shared.iter().filter(|s| !sections.contains(s)).cloned());
    let pass = ("sections as the reference pages have them".to_string(), all.clone());
    let mut fail = Vec::new();
    if let Some(last) = shared.last() {
        let without = all.iter().filter(|s| *s != last).cloned().collect();
        fail.push((format!("without {last}"), without));
    }
    for chain in chains {
        let ends = (chain.first().and_then(|g| g.first()), chain.last().and_then(|g| g.first()));
        let (Some(first), Some(last)) = ends else { continue };
        let inside = |s: &&String| chain.iter().any(|g| g.contains(s));
        let mut page: Vec<String> = all.iter().filter(|s| !inside(s)).cloned().collect();
        page.extend(chain.iter().rev().flatten().cloned());
        fail.push((format!("from {last} up to {first}"), page));
    }
    (pass, fail)
}

/// The page of some sections, where there is HTML for each.
pub fn html(page: &[String], samples: &BTreeMap<String, String>) -> Option<String> {
    page.iter().map(|s| samples.get(s).map(String::as_str)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_expectation_has_a_page_that_fails_it() {
        let names = |s: &str| s.chars().map(|c| c.to_string()).collect::<Vec<_>>();
        let chains = [vec![names("a"), names("bc")], vec![names("d"), names("c")]];
        let (pass, fail) = samples(&names("cx"), &names("adbc"), &chains);
        assert_eq!(pass.1.concat(), "adbcx");
        let told: Vec<String> =
            fail.iter().map(|(name, page)| format!("{name}: {}", page.concat())).collect();
        assert_eq!(told, ["without x: adbc", "from b up to a: dxbca", "from c up to d: abxcd"]);
    }
}
