//! Values of flags: what may be said, and what is answered to anything else.

use std::time::Duration;

/// Most threads that may be asked for: more would only cost memory.
const MAX_THREADS: usize = 1024;

/// A number of threads.
///
/// # Errors
/// A sentence: not a whole number, or out of bounds.
pub fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n) if (1..=MAX_THREADS).contains(&n) => Ok(n),
        _ => Err(format!("give a whole number from 1 to {MAX_THREADS}")),
    }
}

/// Longest time that a fetch may be given, seconds.
const MAX_SECONDS: u64 = 600;

/// A time limit in whole seconds.
///
/// # Errors
/// A sentence: no whole number, or out of bounds.
pub fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse() {
        Ok(n) if (1..=MAX_SECONDS).contains(&n) => Ok(Duration::from_secs(n)),
        _ => Err(format!("give whole seconds, from 1 to {MAX_SECONDS}")),
    }
}

/// A share in percent.
///
/// # Errors
/// A sentence: no number, or out of bounds.
pub fn percent(text: &str) -> Result<f64, String> {
    match text.trim_end_matches('%').parse() {
        Ok(n) if (0.0..=100.0).contains(&n) => Ok(n),
        _ => Err("give a number from 0 to 100".into()),
    }
}

/// A majority, as a share or in percent: over half, up to all.
///
/// # Errors
/// A sentence: no number, or out of bounds.
pub fn majority(text: &str) -> Result<f64, String> {
    let wrong = || "give a share over 0.5 and up to 1, such as 0.8, or 80%".to_string();
    let share = match text.strip_suffix('%') {
        Some(percent) => percent.trim_end().parse::<f64>().map(|n| n / 100.0),
        None => text.parse(),
    };
    match share {
        Ok(n) if n > 0.5 && n <= 1.0 => Ok(n),
        _ => Err(wrong()),
    }
}

/// Most pages that may be asked for.
const MAX_PAGES: usize = 1_000_000;

/// A number of pages.
///
/// # Errors
/// A sentence: not a whole number, or out of bounds.
pub fn pages(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n) if (1..=MAX_PAGES).contains(&n) => Ok(n),
        _ => Err(format!("give a whole number from 1 to {MAX_PAGES}")),
    }
}

/// A rule's id, `sizing/size-chart`, or an area, `sizing`. Whether it exists is asked once
/// the packs are loaded.
///
/// # Errors
/// A sentence: empty, or more than one slash.
pub fn rule_name(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.matches('/').count() > 1 {
        return Err(
            "a rule is named by its id, such as sizing/size-chart, or by its area, such as sizing".into()
        );
    }
    Ok(text.to_string())
}

/// A calendar date, `YYYY-MM-DD`.
///
/// # Errors
/// A sentence: wrong shape, or no such day.
pub fn date(text: &str) -> Result<String, String> {
    let wrong = || "give a date as YYYY-MM-DD, such as 2026-11-11".to_string();
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| match i {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    if !shape {
        return Err(wrong());
    }
    let mut numbers = text.split('-').map(|n| n.parse::<i64>().unwrap_or(0));
    let (year, month, day) =
        (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    match crate::text::dates::days(year, month, day) {
        Some(_) => Ok(text.to_string()),
        None => Err(format!("there is no such day; {}", wrong())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_of_the_calendar() {
        assert_eq!(date("2026-11-24").as_deref(), Ok("2026-11-24"));
        assert_eq!(date("2028-02-29").as_deref(), Ok("2028-02-29"));
        for wrong in [
            "2026-02-29",
            "2026-13-01",
            "2026-04-31",
            "26-01-01",
            "2026-1-1",
            "2026/01/01",
            "",
            "２０２６-01-01",
        ] {
            assert!(date(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn rules_have_one_slash_at_most() {
        assert_eq!(rule_name(" sizing/size-chart ").as_deref(), Ok("sizing/size-chart"));
        assert_eq!(rule_name("sizing").as_deref(), Ok("sizing"));
        assert!(rule_name("").is_err());
        assert!(rule_name("a/b/c").is_err());
    }

    #[test]
    fn a_majority_is_over_half() {
        assert_eq!(majority("0.8"), Ok(0.8));
        assert_eq!(majority("80%"), Ok(0.8));
        assert_eq!(majority("1"), Ok(1.0));
        for wrong in ["0.5", "50%", "80", "1.1", "0", "-1", "NaN", "inf", "most", "%", ""] {
            assert!(majority(wrong).is_err(), "{wrong}");
        }
        assert_eq!(pages("3"), Ok(3));
        assert!(pages("0").is_err() && pages("many").is_err());
    }

    #[test]
    fn threads_have_bounds() {
        assert_eq!(threads("8"), Ok(8));
        for wrong in ["0", "-1", "many", "1025", "1.5"] {
            assert!(threads(wrong).is_err(), "{wrong}");
        }
    }
}
