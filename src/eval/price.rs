//! The price that was read off a page, beside the one that people wrote down.

use crate::audit::{PartRecord, Status};
use crate::pack::model::Shape;
use crate::parts::values;
use serde::Serialize;

/// Prices below this difference are the same.
const SAME: f64 = 0.005;

/// The prices of a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Priced {
    /// As people wrote it.
    pub written: Vec<String>,
    /// The first price that was found; of the structured data where the page shows none.
    pub ours: Option<String>,
    /// Whether it is one of those written.
    pub equal: bool,
    /// Whether any price that was found is.
    pub among: bool,
}

/// Compares the prices that were found with those written.
pub fn compare(written: &[String], parts: &[PartRecord]) -> Priced {
    let numbers: Vec<f64> = written.iter().filter_map(|w| values::parse_machine_number(w)).collect();
    let fits = |text: &str| {
        let (low, high) = read(text);
        [low, high].into_iter().flatten().any(|ours| numbers.iter().any(|n| (n - ours).abs() < SAME))
    };
    let of = |part: &'static str| {
        let things = parts.iter().filter(move |p| p.part == part && p.status == Status::Found);
        things.filter_map(|p| p.value.as_deref())
    };
    // scripts write the price of some pages, and only structured data says which
    let found = || of("price").chain(of("data-price"));
    Priced {
        written: written.to_vec(),
        ours: found().next().map(str::to_string),
        equal: found().next().is_some_and(fits),
        among: found().any(fits),
    }
}

fn read(text: &str) -> (Option<f64>, Option<f64>) {
    match values::first(Shape::Money, text) {
        Some((money, _)) => (Some(money.low), Some(money.high)),
        // a value of structured data has no sign
        None => (values::parse_machine_number(text), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eval_prices_are_compared_as_numbers() {
        assert_eq!(read("$1,299.00"), (Some(1299.0), Some(1299.0)));
        assert_eq!(read("49.10"), (Some(49.1), None));
        assert_eq!(read("free"), (None, None));
        assert_eq!(compare(&["9.99".into()], &[]).ours, None);
    }
}
