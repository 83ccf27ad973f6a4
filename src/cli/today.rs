//! The day of the run.

use std::time::{SystemTime, UNIX_EPOCH};

/// Today in UTC, `YYYY-MM-DD`: the same day on every machine of a team.
pub fn utc() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    day((seconds / 86_400) as i64)
}

/// The day that lies `n` days after 1970-01-01 in the Gregorian calendar.
fn day(n: i64) -> String {
    // years begin in March here, so that the leap day is the last of its year
    let n = n + 719_468;
    let era = n.div_euclid(146_097);
    let of_era = n.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{date:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::values::days;

    #[test]
    fn days_agree_with_the_calendar_of_values() {
        assert_eq!(day(0), "1970-01-01");
        let start = days(1970, 1, 1).unwrap_or(0);
        for n in (0..60_000).step_by(7) {
            let text = day(n);
            let mut parts = text.split('-').map(|p| p.parse::<i64>().unwrap_or(0));
            let (y, m, d) = (parts.next(), parts.next(), parts.next());
            let back = days(y.unwrap_or(0), m.unwrap_or(0), d.unwrap_or(0));
            assert_eq!(back.map(|b| b - start), Some(n), "{text}");
        }
    }
}
