//! The answer of `eval DIR`, for people.

use crate::cli::eval::corpus::Report;
use crate::cli::table::columns;
use crate::eval::details::{Confusion, Details, Mistake, WrongName};
use crate::eval::tally::{Halves, Share, Tally};
use crate::eval::totals::Totals;
use crate::show::shown;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Everything, the sums first.
pub fn render(report: &Report) -> String {
    let mut text = String::new();
    let totals = &report.totals;
    let _ = writeln!(
        text,
        "{} pages, {} of them labelled; half “work” {} and {}, half “rare” {} and {}\n",
        totals.all.pages,
        totals.all.labelled,
        totals.work.pages,
        totals.work.labelled,
        totals.rare.pages,
        totals.rare.labelled,
    );
    for note in &report.notes {
        let _ = writeln!(text, "note: {}", shown(note));
    }
    for failed in &report.failed {
        let _ = writeln!(text, "not evaluated: {}: {}", shown(&failed.source), shown(&failed.message));
    }
    if !report.notes.is_empty() || !report.failed.is_empty() {
        text.push('\n');
    }
    text.push_str(&labels(totals));
    text.push('\n');
    text.push_str(&shares(totals));
    details(&mut text, &report.details);
    let time = &totals.all.time;
    let ms = |t: Option<f64>| t.map_or("-".into(), |t| format!("{t:.0} ms"));
    let _ = writeln!(
        text,
        "\ntime of a page: median {}, 95 % below {}, slowest {} ({})",
        ms(time.median),
        ms(time.p95),
        ms(time.slowest),
        time.slowest_page.as_deref().map_or("-".into(), shown),
    );
    if !report.below.is_empty() {
        text.push_str("\nbelow the bound:\n");
    }
    for below in &report.below {
        let found = below.found.map_or("nothing to measure".to_string(), |f| format!("{f:.4}"));
        let _ = writeln!(text, "  {}: {found}, and {} is asked", shown(&below.what), below.least);
    }
    text
}

fn percent(share: Option<f64>) -> String {
    share.map_or("-".to_string(), |s| format!("{:.1}", s * 100.0))
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|c| (*c).to_string()).collect()
}

fn labels(totals: &Halves<Totals>) -> String {
    let mut rows = vec![row(&[
        "label",
        "yes",
        "no",
        "unsure",
        "precision",
        "recall",
        "F1",
        "ours unsure",
        "F1 work",
        "F1 rare",
    ])];
    let mut line = |name: &str, of: [Option<&Tally>; 3]| {
        let Some(all) = of[0] else { return };
        let half = |t: Option<&Tally>| percent(t.and_then(Tally::f1));
        let mut cells = vec![shown(name).to_string()];
        cells.extend([all.yes, all.no, all.unsure].map(|n| n.to_string()));
        cells.extend([all.precision(), all.recall(), all.f1(), all.ours_unsure()].map(percent));
        cells.extend([half(of[1]), half(of[2])]);
        rows.push(cells);
    };
    for name in totals.all.labels.keys() {
        line(name, totals.each().map(|t| t.labels.get(name)));
    }
    line("all of them", totals.each().map(|t| Some(&t.all_labels)));
    columns(&rows, usize::MAX)
}

/// A line of the summary: its name, and the share that it takes of a set of pages.
type Line<'t> = (String, Box<dyn Fn(&Totals) -> String + 't>);

fn shares(totals: &Halves<Totals>) -> String {
    let share = |s: Share| match s.value() {
        Some(v) => format!("{:.1} % of {}", v * 100.0, s.whole),
        None => "-".to_string(),
    };
    let mut lines: Vec<Line<'_>> = vec![
        ("page kind (tiers A, B)".into(), Box::new(move |t| share(t.kind))),
        ("category (tiers A, B)".into(), Box::new(move |t| share(t.category))),
        ("first price is the written one".into(), Box::new(move |t| share(t.price))),
        ("any price is the written one".into(), Box::new(move |t| share(t.price_among))),
        (
            "order of sections: mean tau".into(),
            Box::new(|t| {
                t.order.tau.map_or("-".into(), |tau| format!("{tau:.3} of {} pages", t.order.pages))
            }),
        ),
    ];
    for name in totals.all.numbers.keys() {
        lines.push((
            format!("{name}: exact"),
            Box::new(move |t| share(t.numbers.get(name).map(|n| n.exact).unwrap_or_default())),
        ));
        lines.push((
            format!("{name}: within 1"),
            Box::new(move |t| share(t.numbers.get(name).map(|n| n.near).unwrap_or_default())),
        ));
    }
    for (i, score) in totals.all.item_score.iter().enumerate() {
        let points = score.points;
        let of = move |t: &Totals, pick: fn(&crate::eval::totals::ItemScore) -> Share| {
            t.item_score.get(i).map_or("-".to_string(), |s| format!("{}/{}", pick(s).part, pick(s).whole))
        };
        lines.push((
            format!("item score >= {points}: item, home + listing, other"),
            Box::new(move |t| {
                format!("{}, {}, {}", of(t, |s| s.item), of(t, |s| s.home_and_listing), of(t, |s| s.other))
            }),
        ));
    }
    let mut rows = vec![row(&["", "all", "work", "rare"])];
    for (name, tell) in &lines {
        let mut cells = vec![shown(name).to_string()];
        cells.extend(totals.each().map(tell));
        rows.push(cells);
    }
    columns(&rows, usize::MAX)
}

fn details(text: &mut String, details: &Details) {
    if let Some(half) = details.half {
        let _ = writeln!(text, "\nbelow: pages of the half “{}” only", half.name());
    }
    confusion(text, "page kind", &details.kinds);
    wrong_names(text, &details.wrong_kinds);
    confusion(text, "category", &details.categories);
    wrong_names(text, &details.wrong_categories);
    for (label, mistakes) in &details.labels {
        let lists = [
            ("false", &mistakes.wrong),
            ("missed", &mistakes.missed),
            ("missed, unsure", &mistakes.missed_unsure),
            ("suspected", &mistakes.suspected),
        ];
        if lists.iter().any(|(_, list)| !list.is_empty()) {
            let _ = writeln!(text, "\n{}", shown(label));
        }
        for (what, list) in lists {
            for Mistake { file, label, ours } in list {
                let _ = writeln!(text, "  {what}: {}", shown(file));
                let _ = writeln!(text, "    label: {}\n    ours:  {}", shown(label), shown(ours));
            }
        }
    }
    for (label, list) in &details.numbers {
        let _ = writeln!(text, "\n{}", shown(label));
        for w in list {
            let unsure = if w.unsure > 0 { format!(" and {} unsure", w.unsure) } else { String::new() };
            let _ = writeln!(text, "  {}: {}, ours {}{unsure}", shown(&w.file), w.theirs, w.ours);
            let _ = writeln!(text, "    label: {}\n    ours:  {}", shown(&w.label), shown(&w.our_evidence));
        }
    }
    if !details.orders.is_empty() {
        text.push_str("\norder of sections\n");
    }
    for w in &details.orders {
        let _ = writeln!(text, "  {}: tau {}", shown(&w.file), w.tau);
        let _ =
            writeln!(text, "    label: {}\n    ours:  {}", shown(&w.theirs.join(", ")), w.ours.join(", "));
    }
    if !details.prices.is_empty() {
        text.push_str("\nprice\n");
    }
    for w in &details.prices {
        let ours = w.ours.as_deref().unwrap_or("none");
        let further = if w.among { ", the written one further down" } else { "" };
        let _ = writeln!(
            text,
            "  {}: {}, ours {}{further}",
            shown(&w.file),
            shown(&w.written.join(" or ")),
            shown(ours)
        );
    }
    for (what, list) in [("error findings", &details.findings), ("sample of them", &details.sample)] {
        let Some(list) = list else { continue };
        let _ = writeln!(text, "\n{what}: {}", list.len());
        for f in list {
            let _ =
                writeln!(text, "  {}:{}: [{}] {}", shown(&f.file), f.line, shown(&f.rule), shown(&f.message));
        }
    }
}

fn wrong_names(text: &mut String, list: &[WrongName]) {
    for w in list {
        let (file, theirs, reason) = (shown(&w.file), shown(&w.theirs), shown(&w.reason));
        let ours = shown(w.ours.as_deref().unwrap_or("unknown"));
        let _ = writeln!(text, "  {file}: {theirs}, ours {ours} ({reason})");
    }
}

/// A row for what readers say, a column for what we say.
fn confusion(text: &mut String, what: &str, table: &Confusion) {
    if table.is_empty() {
        return;
    }
    let ours: BTreeSet<&String> = table.values().flat_map(|row| row.keys()).collect();
    let mut rows =
        vec![std::iter::once(what.to_string()).chain(ours.iter().map(|o| shown(o).to_string())).collect()];
    for (theirs, row) in table {
        let cells = ours.iter().map(|o| row.get(*o).map_or("·".to_string(), ToString::to_string));
        rows.push(std::iter::once(shown(theirs).to_string()).chain(cells).collect());
    }
    let _ = write!(text, "\n{}", columns(&rows, usize::MAX));
}
