//! The day of the run.

use crate::text::dates;
use std::time::{SystemTime, UNIX_EPOCH};

/// Today in UTC, `YYYY-MM-DD`: the same day on every machine of a team.
pub fn utc() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    dates::show((seconds / 86_400) as i64)
}
