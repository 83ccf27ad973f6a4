//! The answer of `compare`, for people and for programs.

use crate::audit::{Failed, Status, Tri};
use crate::cli::exit::{Exit, Stop};
use crate::cli::table::columns;
use crate::reference::compare::{Comparison, OtherScreen, PageParts, PartOn, Row, Screens, There};
use crate::reference::misplaced::Misplaced;
use crate::report::harmless;
use crate::show::shown;
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// For programs.
///
/// # Errors
/// It cannot be written.
pub fn json(
    page: &PageParts,
    references: &[PageParts],
    failed: &[Failed],
    comparison: &Comparison,
) -> Result<String, Stop> {
    let named = |is: fn(&Row) -> bool| -> Vec<&str> {
        comparison.parts.iter().filter(|r| is(r)).map(|r| r.part.as_str()).collect()
    };
    let value = json!({
        "version": 1,
        "page": page,
        "references": references,
        "failed": failed,
        "parts": comparison.parts,
        "lacks": named(Row::is_lacking),
        "doubtful": named(Row::is_doubtful),
        "alone": named(Row::is_alone),
        "misplaced": comparison.misplaced,
        "screens": comparison.screens,
    });
    let text = serde_json::to_string_pretty(&value);
    text.map(|t| harmless(&t) + "\n")
        .map_err(|e| Stop::new(Exit::Incomplete, format!("cannot write JSON: {e}"), None))
}

/// For people.
pub fn human(page: &PageParts, references: &[PageParts], comparison: &Comparison) -> String {
    let kind = |p: &PageParts| shown(p.kind.as_deref().unwrap_or("unknown kind"));
    let mut rows = vec![vec!["page".to_string(), shown(&page.source), kind(page)]];
    for (i, r) in references.iter().enumerate() {
        let what = if i == 0 { "references" } else { "" };
        rows.push(vec![what.to_string(), shown(&r.source), kind(r)]);
    }
    let mut out = columns(&rows, usize::MAX);
    out.push('\n');
    let comparison = joined(page, references, comparison);
    out.push_str(&table(&comparison));
    differences(&mut out, &comparison);
    out
}

/// Parts that are one thing on every page are told once, with all their names: “reviews,
/// review-section”.
fn joined(page: &PageParts, references: &[PageParts], comparison: &Comparison) -> Comparison {
    let pages: Vec<&PageParts> = std::iter::once(page).chain(references).collect();
    let places = |part: &str| -> Vec<Option<(u32, bool)>> {
        let on = |p: &&PageParts| p.parts.iter().find(|x| x.part == part).map(|x| (x.element, x.is_seen()));
        pages.iter().map(on).collect()
    };
    let mut names: BTreeMap<Vec<Option<(u32, bool)>>, Vec<String>> = BTreeMap::new();
    for row in &comparison.parts {
        names.entry(places(&row.part)).or_default().push(row.part.clone());
    }
    let all = |part: &String| names.get(&places(part)).map_or(part.clone(), |n| n.join(", "));
    let first = |part: &String| names.get(&places(part)).is_none_or(|n| n.first() == Some(part));
    let mut out = comparison.clone();
    out.parts.retain(|r| first(&r.part));
    out.screens.retain(|s| first(&s.part));
    out.parts.iter_mut().for_each(|r| r.part = all(&r.part));
    out.screens.iter_mut().for_each(|s| s.part = all(&s.part));
    out
}

fn table(comparison: &Comparison) -> String {
    let viewports: Vec<&str> = comparison
        .parts
        .iter()
        .find_map(|r| r.there.as_ref())
        .map_or(Vec::new(), |t| t.screens.iter().map(|s| s.viewport.as_str()).collect());
    let head = ["part", "on", "where", "place", "top", "screen", "here", "where", "place", "top", "screen"];
    let sure = |r: &&Row| r.references > 0 || r.here.as_ref().is_some_and(PartOn::is_seen);
    let rows = comparison.parts.iter().filter(sure).map(|r| {
        let mut cells = vec![shown(&r.part), on(r)];
        cells.extend(r.there.as_ref().map_or_else(blank, there));
        cells.extend(r.here.as_ref().map_or_else(|| ["absent", "", "", "", ""].map(str::to_string), here));
        cells
    });
    let rows: Vec<_> = std::iter::once(head.map(str::to_string).to_vec()).chain(rows).collect();
    let first = viewports.first().map_or(String::new(), |v| format!(" on {}", shown(v)));
    let viewports = shown(&viewports.join(", "));
    format!(
        "{}\n\
         on      references that show it; +1?: one more may have it\n\
         place   among the elements that stand for a part; of the references the median, as with top\n\
         top     pixels{first}, or how far down the source\n\
         screen  on the first screen: {viewports}; of the references on which that is known\n",
        columns(&rows, usize::MAX)
    )
}

fn blank() -> [String; 4] {
    [const { String::new() }; 4]
}

/// "3/4", "3/4 +1?".
fn on(r: &Row) -> String {
    let perhaps = if r.perhaps > 0 { format!(" +{}?", r.perhaps) } else { String::new() };
    format!("{}/{}{perhaps}", r.references, r.of)
}

/// "3 of 4 references", with what is not sure.
fn references(r: &Row) -> String {
    let perhaps = if r.perhaps > 0 { format!(", perhaps {} more", r.perhaps) } else { String::new() };
    format!("{} of {} references{perhaps}", r.references, r.of)
}

fn there(t: &There) -> [String; 4] {
    let screens: Vec<String> = t
        .screens
        .iter()
        .map(|s| if s.of == 0 { "?".to_string() } else { format!("{}/{}", s.first, s.of) })
        .collect();
    [t.region.clone(), ordinal(t.position), top(t.top, t.share), screens.join(", ")]
}

fn here(p: &PartOn) -> [String; 5] {
    let status = match (p.status, p.visible) {
        (Status::Found, true) => "found",
        (Status::Found, false) => "hidden",
        (Status::Unsure, _) => "unsure",
    };
    let screens: Vec<&str> = p
        .screens
        .iter()
        .map(|s| match s.first {
            Tri::Yes => "yes",
            Tri::No => "no",
            Tri::Maybe => "?",
        })
        .collect();
    let place = if p.position == 0 { "-".to_string() } else { ordinal(p.position) };
    let screens = if p.visible { screens.join(", ") } else { "-".to_string() };
    let measured = p.screens.first().and_then(|s| s.top).filter(|_| p.visible);
    [status.to_string(), p.region.clone(), place, top(measured, p.share), screens]
}

/// "420 px" where it was measured, else how far down the source: "35 %".
fn top(top: Option<u32>, share: f64) -> String {
    top.map_or_else(|| format!("{:.0} %", share * 100.0), |px| format!("{px} px"))
}

/// "1st", "12th".
fn ordinal(n: usize) -> String {
    let end = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{n}{end}")
}

fn differences(out: &mut String, comparison: &Comparison) {
    let line = |part: &str| {
        let row =
            comparison.parts.iter().find(|r| r.part.split(", ").any(|name| name == part) || r.part == part);
        row.and_then(|r| r.here.as_ref()).map_or(String::new(), |h| format!("line {}", h.line))
    };
    let rows = |is: fn(&Row) -> bool| comparison.parts.iter().filter(move |r| is(r));
    let lacks = rows(Row::is_lacking).map(|r| vec![shown(&r.part), format!("on {}", references(r))]);
    group(out, "The page lacks:", lacks.collect());
    let doubtful = rows(Row::is_doubtful).filter_map(|r| {
        let here = r.here.as_ref()?;
        let why = match here.status {
            Status::Unsure => format!("suspected ({} points)", here.points),
            Status::Found => "there, but hidden".to_string(),
        };
        Some(vec![shown(&r.part), format!("line {}", here.line), format!("{why}; on {}", references(r))])
    });
    group(out, "The page may have (suspected, or hidden):", doubtful.collect());
    let order = comparison.misplaced.iter().map(|m| vec![shown(&m.part), line(&m.part), side(m)]);
    let screens = comparison.screens.iter().map(|s| vec![shown(&s.part), line(&s.part), screen(s)]);
    group(out, "The page has elsewhere:", order.chain(screens).collect());
    let alone = rows(Row::is_alone).map(|r| vec![shown(&r.part), line(&r.part)]);
    group(out, "The page alone has:", alone.collect());
    let same = !comparison.parts.iter().any(|r| r.is_lacking() || r.is_doubtful())
        && comparison.misplaced.is_empty()
        && comparison.screens.is_empty();
    if same {
        out.push_str("\nThe page has all that most references have, where they have it.\n");
    }
}

fn group(out: &mut String, head: &str, rows: Vec<Vec<String>>) {
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{head}");
    for line in columns(&rows, usize::MAX).lines() {
        let _ = writeln!(out, "  {line}");
    }
}

/// "after reviews, specs; before them on 3 of 3, 4 of 4 references that have both".
fn side(m: &Misplaced) -> String {
    let told = |before: bool| {
        let pairs: Vec<_> = m.pairs.iter().filter(|p| (p.before == m.part) == before).collect();
        let other = |p: &&crate::reference::pairs::Pair| shown(if before { &p.after } else { &p.before });
        let names: Vec<String> = pairs.iter().map(other).collect();
        let counts: Vec<String> = pairs.iter().map(|p| format!("{} of {}", p.pages, p.of)).collect();
        let (here, there) = if before { ("after", "before") } else { ("before", "after") };
        let them = if pairs.len() == 1 { "it" } else { "them" };
        (!pairs.is_empty()).then(|| {
            format!(
                "{here} {}; {there} {them} on {} references that have both",
                names.join(", "),
                counts.join(", ")
            )
        })
    };
    [told(true), told(false)].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// "below the first screen on desktop (on it on 3 of 3 references), on mobile (2 of 3)".
fn screen(s: &OtherScreen) -> String {
    let (here, there) = if s.here { ("on", "below it") } else { ("below", "on it") };
    let one = |(i, x): (usize, &Screens)| {
        let count = if s.here { x.of - x.first } else { x.first };
        let counted = format!("{count} of {}", x.of);
        let told = if i == 0 { format!("{there} on {counted} references") } else { counted };
        format!("on {} ({told})", shown(&x.viewport))
    };
    let on: Vec<String> = s.screens.iter().enumerate().map(one).collect();
    format!("{here} the first screen {}", on.join(", "))
}
