//! Lower bounds that a corpus must reach.

use crate::eval::tally::round;
use crate::eval::totals::Totals;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Lower bounds, 0 to 1.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// F1 by label.
    #[serde(default)]
    f1: BTreeMap<String, f64>,
    /// Shares of pages.
    #[serde(default)]
    share: Shares,
    /// Kendall's tau of the order of sections, -1 to 1.
    tau: Option<f64>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shares {
    kind: Option<f64>,
    category: Option<f64>,
    price: Option<f64>,
}

/// What is below its bound.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Below {
    /// What was measured: "f1 of has_price", "share of kind".
    pub what: String,
    /// The bound.
    pub least: f64,
    /// What was found; `None` where nothing was to be measured.
    pub found: Option<f64>,
}

impl Bounds {
    /// Reads bounds.
    ///
    /// # Errors
    /// The line, from 1, and what is wrong there.
    pub fn parse(text: &str) -> Result<Bounds, (usize, String)> {
        let bounds: Bounds = toml::from_str(text).map_err(|e| {
            let start = e.span().map_or(0, |s| s.start).min(text.len());
            let line = 1 + text.as_bytes()[..start].iter().filter(|b| **b == b'\n').count();
            (line, e.message().to_string())
        })?;
        let shares = [bounds.share.kind, bounds.share.category, bounds.share.price];
        let all = bounds.f1.values().copied().chain(shares.into_iter().flatten());
        match all.into_iter().find(|b| !(0.0..=1.0).contains(b)) {
            Some(wrong) => Err((1, format!("{wrong} is no share: give numbers from 0 to 1"))),
            None => Ok(bounds),
        }
    }

    /// What is below its bound.
    pub fn below(&self, totals: &Totals) -> Vec<Below> {
        let labels = self.f1.iter().map(|(label, least)| {
            (format!("f1 of {label}"), Some(*least), totals.labels.get(label).and_then(|t| t.f1()))
        });
        let shares = [
            ("kind", self.share.kind, totals.kind),
            ("category", self.share.category, totals.category),
            ("price", self.share.price, totals.price),
        ];
        let shares =
            shares.into_iter().map(|(name, least, s)| (format!("share of {name}"), least, s.value()));
        let tau = std::iter::once(("tau of section_order".to_string(), self.tau, totals.order.tau));
        let all = labels.chain(shares).chain(tau);
        all.filter_map(|(what, least, found)| {
            let (least, found) = (least?, found.map(round));
            found.is_none_or(|f| f < least).then_some(Below { what, least, found })
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::tally::{Answer, Tally};

    #[test]
    fn eval_bounds_tell_what_is_below() {
        let bounds = Bounds::parse("tau = 0.5\n[f1]\nhas_price = 0.9\nhas_faq = 0.1\n[share]\nkind = 0\n")
            .expect("bounds");
        let mut totals = Totals::default();
        let mut tally = Tally::default();
        tally.count(Answer::Yes, Answer::Yes);
        tally.count(Answer::Yes, Answer::No);
        totals.labels.insert("has_price".into(), tally);
        totals.kind.count(false);
        totals.order.tau = Some(0.5);
        let below = bounds.below(&totals);
        let told: Vec<_> = below.iter().map(|b| (b.what.as_str(), b.found)).collect();
        assert_eq!(told, [("f1 of has_faq", None), ("f1 of has_price", Some(0.6667))]);
        assert_eq!(Bounds::parse("a = 1\n").map_err(|(line, _)| line).err(), Some(1));
        assert!(Bounds::parse("[f1]\nx = 95\n").is_err());
    }
}
