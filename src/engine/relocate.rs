//! A report on a page that a browser rendered, told in the places of the page's source.

use crate::audit::PageReport;
use crate::finding::{RenderedPlace, Span};
use crate::page::Page;

/// Finds places of the rendered text in the source.
pub trait Origins {
    /// The place in the source that a place came from; `None` where a script made it.
    fn exact(&self, span: Span) -> Option<Span>;
    /// The place in the source of the nearest element around it that is not a script's.
    fn around(&self, span: Span) -> Span;
}

/// Moves every place of a report from the rendered text to the source; `file` keeps the former.
pub fn relocate(
    report: &mut PageReport,
    original: &Page,
    rendered: &Page,
    origins: &dyn Origins,
    file: Option<&str>,
) {
    let moved = |start: u32, end: u32| {
        let exact = origins.exact(Span::new(start, end));
        let span = exact.unwrap_or_else(|| origins.around(Span::new(start, end)));
        let (line, column) = original.lines.position(&original.text, span.start);
        (span, line, column, exact.is_some())
    };
    for finding in report.verdicts.iter_mut().flat_map(|v| &mut v.findings) {
        let (start, end) = (finding.start, finding.end);
        let (line, column) = rendered.lines.position(&rendered.text, start);
        let (span, at_line, at_column, in_source) = moved(start, end);
        let file = file.map(str::to_string);
        finding.rendered = Some(RenderedPlace { line, column, start, end, in_source, file });
        (finding.start, finding.end) = (span.start, span.end);
        (finding.line, finding.column) = (at_line, at_column);
        for r in &mut finding.rejected {
            let (span, line, column, _) = moved(r.start, r.end);
            (r.start, r.end, r.line, r.column) = (span.start, span.end, line, column);
        }
        for e in &mut finding.evidence {
            let (span, ..) = moved(e.start, e.end);
            (e.start, e.end) = (span.start, span.end);
        }
    }
    for notice in &mut report.notices {
        let (span, line, column, _) = moved(notice.start, notice.end);
        (notice.start, notice.end, notice.line, notice.column) = (span.start, span.end, line, column);
    }
    for part in &mut report.parts {
        let (span, line, column, _) = moved(part.start, part.end);
        (part.start, part.end, part.line, part.column) = (span.start, span.end, line, column);
        for e in &mut part.evidence {
            let (span, ..) = moved(e.start, e.end);
            (e.start, e.end) = (span.start, span.end);
        }
    }
    report.text = original.text.clone();
    report.lines = original.lines.clone();
    report.encoding = format!("{} ({})", original.encoding.label, original.encoding.from);
    report.partial.extend(original.partial.iter().cloned());
}
