//! The answer of `eval layout`, for people and for programs.

use crate::cli::eval::layout::{Row, Times};
use crate::cli::exit::{Exit, Stop};
use crate::cli::table::columns;
use crate::eval::layout::{Agreement, percentile};
use crate::show::shown;
use crate::viewport::Viewport;
use serde_json::{Value, json};
use std::fmt::Write;

/// What the pages of one viewport add up to.
#[derive(Clone, Debug)]
pub struct Total {
    /// Name of the viewport.
    pub viewport: String,
    /// Pages measured.
    pub pages: usize,
    /// All their elements.
    pub found: Agreement,
    /// Medians of the times.
    pub times: Option<Times>,
}

const HEAD: [&str; 13] = [
    "page",
    "viewport",
    "elements",
    "shown %",
    "screen %",
    "precision %",
    "recall %",
    "median px",
    "90 % px",
    "screen median px",
    "screen 90 % px",
    "ms",
    "Chromium ms",
];

/// Sums by viewport.
pub fn totals(rows: &[Row], viewports: &[Viewport]) -> Vec<Total> {
    let sum = |viewport: &Viewport| {
        let of = || rows.iter().filter(|r| r.viewport == viewport.name);
        let mut total =
            Total { viewport: viewport.name.clone(), pages: 0, found: Agreement::default(), times: None };
        for found in of().filter_map(|r| r.found.as_ref().ok()) {
            total.pages += 1;
            total.found.add(found);
        }
        let median = |of_times: fn(&Times) -> f32| {
            let all: Vec<f32> = of().filter_map(|r| r.times.as_ref()).map(of_times).collect();
            percentile(&all, 0.5)
        };
        total.times = median(|t| t.built_in)
            .zip(median(|t| t.chromium))
            .map(|(built_in, chromium)| Times { built_in, chromium });
        total
    };
    viewports.iter().map(sum).collect()
}

/// For people.
pub fn human(rows: &[Row], totals: &[Total]) -> String {
    let mut lines = vec![HEAD.map(str::to_string).to_vec()];
    for row in rows {
        if let Ok(found) = &row.found {
            lines.push(line(&shown(&row.source), &row.viewport, found, row.times));
        }
    }
    for t in totals {
        lines.push(line(&format!("{} pages", t.pages), &t.viewport, &t.found, t.times));
    }
    let mut text = columns(&lines, usize::MAX);
    for row in rows {
        if let Err(why) = &row.found {
            let _ = writeln!(text, "{} ({}): not measured: {}", shown(&row.source), row.viewport, shown(why));
        }
        if !row.differences.is_empty() {
            let _ = writeln!(text, "\n{} ({}): built-in / Chromium", shown(&row.source), row.viewport);
            for difference in &row.differences {
                let _ = writeln!(text, "  {difference}");
            }
        }
    }
    text
}

fn line(name: &str, viewport: &str, a: &Agreement, times: Option<Times>) -> Vec<String> {
    let ms = |of: fn(Times) -> f32| times.map_or("-".to_string(), |t| format!("{:.1}", of(t)));
    let percent = |share: Option<f64>| share.map_or("-".to_string(), |s| format!("{:.1}", s * 100.0));
    let pixels = |of: &[f32], share| percentile(of, share).map_or("-".to_string(), |p| format!("{p:.1}"));
    vec![
        name.to_string(),
        viewport.to_string(),
        a.elements.to_string(),
        percent(a.shown()),
        percent(a.screen()),
        percent(a.precision()),
        percent(a.recall()),
        pixels(&a.off, 0.5),
        pixels(&a.off, 0.9),
        pixels(&a.off_screen, 0.5),
        pixels(&a.off_screen, 0.9),
        ms(|t| t.built_in),
        ms(|t| t.chromium),
    ]
}

/// For programs.
///
/// # Errors
/// It cannot be written.
pub fn json(rows: &[Row], totals: &[Total]) -> Result<String, Stop> {
    let pages: Vec<Value> = rows
        .iter()
        .map(|row| {
            let mut value = json!({ "source": row.source, "viewport": row.viewport });
            match &row.found {
                Ok(found) => value["found"] = numbers(found),
                Err(why) => value["failed"] = why.as_str().into(),
            }
            if let Some(times) = row.times {
                value["ms"] = told(times);
            }
            if !row.differences.is_empty() {
                value["differences"] = row.differences.clone().into();
            }
            value
        })
        .collect();
    let totals: Vec<Value> = totals
        .iter()
        .map(|t| {
            let found = numbers(&t.found);
            json!({ "viewport": t.viewport, "pages": t.pages, "found": found, "median_ms": t.times.map(told) })
        })
        .collect();
    serde_json::to_string_pretty(&json!({ "pages": pages, "totals": totals }))
        .map(|text| crate::report::harmless(&text) + "\n")
        .map_err(|e| Stop::new(Exit::Incomplete, format!("cannot write JSON: {e}"), None))
}

fn told(times: Times) -> Value {
    json!({ "built_in": times.built_in, "chromium": times.chromium })
}

fn numbers(a: &Agreement) -> Value {
    json!({
        "elements": a.elements,
        "shown": a.shown(),
        "screen": a.screen(),
        "precision": a.precision(),
        "recall": a.recall(),
        "on_screen": { "both": a.both, "tested": a.tested, "reference": a.reference },
        "off": { "median": percentile(&a.off, 0.5), "p90": percentile(&a.off, 0.9) },
        "off_on_screen": { "median": percentile(&a.off_screen, 0.5), "p90": percentile(&a.off_screen, 0.9) },
    })
}
