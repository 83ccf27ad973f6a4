//! What many pages add up to.

use crate::eval::compare::Compared;
use crate::eval::corpus::Half;
use crate::eval::layout::percentile;
use crate::eval::tally::{Share, Tally, round};
use serde::Serialize;
use std::collections::BTreeMap;

/// Points from which a page is taken for an item page, for the table of the item score.
pub const THRESHOLDS: [i32; 3] = [2, 4, 6];

/// Sums over pages.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Totals {
    /// Pages.
    pub pages: usize,
    /// Pages with any label.
    pub labelled: usize,
    /// By label.
    pub labels: BTreeMap<String, Tally>,
    /// All labels taken together.
    pub all_labels: Tally,
    /// Labels that are numbers.
    pub numbers: BTreeMap<String, Numbers>,
    /// Page kind, of live stores and rendered demos.
    pub kind: Share,
    /// Category, of the same pages.
    pub category: Share,
    /// The score of item pages, by points that are asked for; of the same pages.
    pub item_score: Vec<ItemScore>,
    /// The order of sections.
    pub order: Orders,
    /// Pages on which the first price is the written one.
    pub price: Share,
    /// Pages on which any price is.
    pub price_among: Share,
    /// What a page takes.
    pub time: Time,
}

/// How near the counted numbers are.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Numbers {
    /// The same number.
    pub exact: Share,
    /// One more or less at most.
    pub near: Share,
    /// Pages where the label is unsure.
    pub unsure: usize,
}

/// The score of item pages at one threshold.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ItemScore {
    /// Points that are asked for.
    pub points: i32,
    /// Item pages that have them.
    pub item: Share,
    /// Home and listing pages that have them.
    pub home_and_listing: Share,
    /// Other pages that have them.
    pub other: Share,
}

/// Orders of sections.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Orders {
    /// Pages on which two sections and more can be compared.
    pub pages: usize,
    /// Mean of Kendall's tau.
    pub tau: Option<f64>,
}

/// Times in milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Time {
    /// Half of the pages take less.
    pub median: Option<f64>,
    /// All but a twentieth take less.
    pub p95: Option<f64>,
    /// The slowest page.
    pub slowest: Option<f64>,
    /// Which that is.
    pub slowest_page: Option<String>,
}

impl Totals {
    /// Sums up the pages of a half, or of both.
    pub fn of(pages: &[Compared], half: Option<Half>) -> Totals {
        let mut totals = Totals {
            item_score: THRESHOLDS.iter().map(|t| ItemScore { points: *t, ..ItemScore::default() }).collect(),
            ..Totals::default()
        };
        let mut taus = Vec::new();
        let mut times = Vec::new();
        for page in pages.iter().filter(|p| half.is_none_or(|h| p.half == h)) {
            totals.count(page);
            taus.extend(page.order.as_ref().and_then(|o| o.tau));
            times.push(page);
        }
        totals.order = Orders {
            pages: taus.len(),
            tau: (!taus.is_empty()).then(|| round(taus.iter().sum::<f64>() / taus.len() as f64)),
        };
        totals.time = time(&times);
        totals
    }

    fn count(&mut self, page: &Compared) {
        self.pages += 1;
        self.labelled += usize::from(page.labelled);
        for (name, judged) in &page.labels {
            self.labels.entry(name.clone()).or_default().count(judged.theirs, judged.ours);
            self.all_labels.count(judged.theirs, judged.ours);
        }
        for (name, counted) in &page.numbers {
            let numbers = self.numbers.entry(name.clone()).or_default();
            match counted.theirs {
                Some(theirs) => {
                    numbers.exact.count(theirs == counted.ours);
                    numbers.near.count(theirs.abs_diff(counted.ours) <= 1);
                }
                None => numbers.unsure += 1,
            }
        }
        if let Some(price) = &page.price {
            self.price.count(price.equal);
            self.price_among.count(price.among);
        }
        if !page.counts {
            return;
        }
        if let Some(kind) = &page.kind {
            self.kind.count(kind.right());
            for score in &mut self.item_score {
                let group = match kind.theirs.as_str() {
                    "item" => &mut score.item,
                    "home" | "listing" => &mut score.home_and_listing,
                    _ => &mut score.other,
                };
                group.count(page.item_points.is_some_and(|points| points >= score.points));
            }
        }
        if let Some(category) = &page.category {
            self.category.count(category.right());
        }
    }
}

fn time(pages: &[&Compared]) -> Time {
    let millis: Vec<f32> = pages.iter().map(|p| p.millis as f32).collect();
    let slowest = pages.iter().max_by(|a, b| a.millis.total_cmp(&b.millis));
    let whole = |ms: f64| (ms * 10.0).round() / 10.0;
    Time {
        median: percentile(&millis, 0.5).map(|ms| whole(f64::from(ms))),
        p95: percentile(&millis, 0.95).map(|ms| whole(f64::from(ms))),
        slowest: slowest.map(|p| whole(p.millis)),
        slowest_page: slowest.map(|p| p.file.clone()),
    }
}
