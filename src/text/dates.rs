//! The civil calendar: days since 1970-01-01 and back (Howard Hinnant's algorithms).

/// Days since 1970-01-01 of a date; `None` where there is no such day.
pub fn days(y: i64, m: i64, d: i64) -> Option<i64> {
    if !(1..=12).contains(&m) || d < 1 || d > last_day(y, m) {
        return None;
    }
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let year_of_era = y - era * 400;
    let day_of_year = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + d - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// Year, month and day of the day that lies `n` days after 1970-01-01.
pub fn civil(n: i64) -> (i64, i64, i64) {
    // years begin in March here, so that the leap day is the last of its year
    let n = n + 719_468;
    let era = n.div_euclid(146_097);
    let of_era = n.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, date)
}

/// The last day of a month.
pub fn last_day(y: i64, m: i64) -> i64 {
    match m {
        2 if (y % 4 == 0 && y % 100 != 0) || y % 400 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A day some calendar months later or earlier: the same day of that month, or its last one.
pub fn add_months(day: i64, months: i64) -> i64 {
    let (y, m, d) = civil(day);
    let all = y * 12 + (m - 1) + months;
    let (y, m) = (all.div_euclid(12), all.rem_euclid(12) + 1);
    days(y, m, d.min(last_day(y, m))).unwrap_or(day)
}

/// Days since 1970-01-01 of `YYYY-MM-DD`.
pub fn parse(text: &str) -> Option<i64> {
    let mut parts = text.trim().splitn(3, '-').map(|p| p.parse::<i64>().ok());
    days(parts.next()??, parts.next()??, parts.next()??)
}

/// `YYYY-MM-DD` of a day.
pub fn show(day: i64) -> String {
    let (y, m, d) = civil(day);
    format!("{y:04}-{m:02}-{d:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_go_back_and_forth() {
        assert_eq!(show(0), "1970-01-01");
        assert_eq!(days(2000, 2, 30), None);
        for n in (-1_000..60_000).step_by(7) {
            assert_eq!(parse(&show(n)), Some(n));
        }
    }

    #[test]
    fn months_are_calendar_months() {
        let later = |date: &str, months| parse(date).map(|d| show(add_months(d, months)));
        assert_eq!(later("2025-01-31", 1).as_deref(), Some("2025-02-28"));
        assert_eq!(later("2024-01-31", 13).as_deref(), Some("2025-02-28"));
        assert_eq!(later("2025-11-15", 18).as_deref(), Some("2027-05-15"));
        assert_eq!(later("2025-03-15", -3).as_deref(), Some("2024-12-15"));
    }
}
