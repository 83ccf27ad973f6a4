//! Source lines with labels. miette panics on columns beyond 65,535 and prints whole
//! lines, so it only ever sees a window that was cut and cleaned first.

use crate::limits;
use crate::show::clean::shown;
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, Severity, SourceCode,
    SourceSpan, SpanContents,
};
use std::fmt;
use std::ops::Range;

/// Lines shown of a label that spans many.
pub(super) const MAX_LINES: usize = 4;

/// A place in a text and what to say there.
#[derive(Clone, Debug)]
pub struct Label {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What to say; may be empty.
    pub text: String,
}

/// One message with its place.
#[derive(Clone, Debug)]
pub struct Snippet<'t> {
    /// The id shown above: "sizing/size-chart".
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// Severity: decides sign and colour.
    pub severity: Severity,
    /// Path or URL.
    pub file: String,
    /// The text that labels point into.
    pub text: &'t str,
    /// The main place first. May be empty: then no source is shown.
    pub labels: Vec<Label>,
    /// The way out, and more; lines are kept.
    pub help: Option<String>,
}

/// A window of one line, cleaned, that stands for the line.
#[derive(Debug)]
struct Window {
    text: String,
    line: usize,
    column: usize,
    name: String,
    /// Lines in the window, with the number of the first one.
    lines: usize,
}

impl SourceCode for Window {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        if span.offset() + span.len() > self.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        Ok(Box::new(Contents { window: self, span: (0, self.text.len()).into() }))
    }
}

struct Contents<'a> {
    window: &'a Window,
    span: SourceSpan,
}

impl<'a> SpanContents<'a> for Contents<'a> {
    fn data(&self) -> &'a [u8] {
        self.window.text.as_bytes()
    }
    fn span(&self) -> &SourceSpan {
        &self.span
    }
    fn line(&self) -> usize {
        self.window.line
    }
    fn column(&self) -> usize {
        self.window.column
    }
    fn line_count(&self) -> usize {
        self.window.lines
    }
    fn name(&self) -> Option<&str> {
        Some(&self.window.name)
    }
}

struct Report {
    code: String,
    message: String,
    severity: Severity,
    help: Option<String>,
    window: Option<Window>,
    labels: Vec<LabeledSpan>,
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
impl std::error::Error for Report {}
impl Diagnostic for Report {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.code))
    }
    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|h| Box::new(h) as Box<dyn fmt::Display>)
    }
    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.window.as_ref().map(|w| w as &dyn SourceCode)
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.window.as_ref()?;
        Some(Box::new(self.labels.iter().cloned()))
    }
}

/// The message as text for people, `width` columns wide. Never panics and never prints
/// a whole long line.
pub fn render(snippet: &Snippet<'_>, color: bool, width: usize) -> String {
    let (window, labels) = match cut_window(snippet) {
        Some((w, l)) => (Some(w), l),
        None => (None, Vec::new()),
    };
    let clean_lines = |t: &str| t.split('\n').map(shown).collect::<Vec<_>>().join("\n");
    let report = Report {
        code: shown(&snippet.code),
        message: shown(&snippet.message),
        severity: snippet.severity,
        help: snippet.help.as_deref().map(clean_lines),
        window,
        labels,
    };
    let theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler =
        GraphicalReportHandler::new_themed(theme).with_width(width.clamp(40, 400)).with_links(false);
    let mut out = String::new();
    match handler.render_report(&mut out, &report) {
        Ok(()) => out,
        // a snippet that cannot be drawn costs nobody the message
        Err(_) => format!("{}: {} ({})\n", report.code, report.message, shown(&snippet.file)),
    }
}

fn cut_window(snippet: &Snippet<'_>) -> Option<(Window, Vec<LabeledSpan>)> {
    let first = snippet.labels.first()?;
    let text = snippet.text;
    let start = floor(text, first.range.start);
    let line_start = text[..start].rfind(['\n', '\r']).map_or(0, |i| i + 1);
    let line = line_ends(&text[..line_start]);
    // a byte order mark is no column of the first line
    let bom = if line_start == 0 && text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let (line_start, start) = (line_start + bom, start.max(bom));
    let mut window = Window {
        text: String::new(),
        line,
        column: text[line_start..start].chars().count(),
        name: shown(&snippet.file),
        lines: 0,
    };
    let end = floor(text, first.range.end.max(start));
    let mut labels: Vec<LabeledSpan> = Vec::new();
    let mut at = line_start;
    // lines of the main label, each cut around what is labelled in it
    while window.lines < MAX_LINES {
        let stop = text[at..].find(['\n', '\r']).map_or(text.len(), |i| at + i);
        let from = if window.lines == 0 { left_edge(text, at, start) } else { at };
        let to = right_edge(text, from, stop);
        if from > at {
            window.text.push('…');
        }
        // byte positions of the labels inside the cleaned text
        let mut marks: Vec<(usize, usize, usize)> = snippet
            .labels
            .iter()
            .enumerate()
            .map(|(i, l)| {
                (i, floor(text, l.range.start).max(from), floor(text, l.range.end.max(l.range.start)).min(to))
            })
            .filter(|(i, a, b)| {
                let l = &snippet.labels[*i].range;
                a <= b && l.start >= at && l.start <= to && (*i == 0 || l.start < to)
            })
            .collect();
        if window.lines > 0 {
            marks.retain(|(i, ..)| *i != 0);
        }
        let lead = window.text.len();
        window.text.push_str(&shown(&text[from..to]));
        for (i, a, b) in marks {
            let x = lead + shown(&text[from..a]).len();
            let y = lead + shown(&text[from..b.max(a)]).len();
            let words = shown(&snippet.labels[i].text);
            let words = if words.is_empty() { None } else { Some(words) };
            labels.push(LabeledSpan::new(words, x, (y - x).max(usize::from(x < window.text.len()))));
        }
        if to < stop {
            window.text.push('…');
        }
        window.lines += 1;
        if stop >= end || stop >= text.len() {
            break;
        }
        window.text.push('\n');
        at = stop + if text[stop..].starts_with("\r\n") { 2 } else { 1 };
    }
    if window.text.is_empty() {
        window.text.push(' ');
    }
    let size = window.text.len();
    labels.retain(|l| l.offset() <= size && l.offset() + l.len() <= size);
    Some((window, labels))
}

/// How many lines a text ends: LF, CR LF and CR end one, as everywhere else.
pub(super) fn line_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ends = |i: &usize| bytes[*i] == b'\n' || bytes.get(i + 1) != Some(&b'\n');
    memchr::memchr2_iter(b'\n', b'\r', bytes).filter(ends).count()
}

/// Where the window of a line begins: a third of its width before the place.
pub(super) fn left_edge(text: &str, line: usize, place: usize) -> usize {
    let before = text[line..place].chars().count();
    let keep = limits::SNIPPET_COLUMNS / 3;
    if before <= keep {
        return line;
    }
    text[line..place].char_indices().nth(before - keep).map_or(line, |(i, _)| line + i)
}

pub(super) fn right_edge(text: &str, from: usize, stop: usize) -> usize {
    let mut columns = 0;
    for (i, c) in text[from..stop].char_indices() {
        columns += unicode_width::UnicodeWidthChar::width(c).unwrap_or(1);
        if columns > limits::SNIPPET_COLUMNS {
            return from + i;
        }
    }
    stop
}

/// The nearest char boundary at or before a byte.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn snippet(text: &str, range: Range<usize>) -> Snippet<'_> {
        Snippet {
            code: "a/b".into(),
            message: "wrong".into(),
            severity: Severity::Error,
            file: "p.html".into(),
            text,
            labels: vec![Label { range, text: "here".into() }],
            help: None,
        }
    }

    #[test]
    fn a_minified_page_stays_readable() {
        let text = format!("{}<b class=price>{}", "<i>x</i>".repeat(20_000), "y".repeat(100_000));
        let at = text.find("<b").expect("there");
        let out = render(&snippet(&text, at..at + 15), false, 100);
        assert!(out.len() < 2_000, "{} bytes", out.len());
        assert!(out.contains("<b class=price>"), "{out}");
        assert!(out.contains(&format!("p.html:1:{}", at + 1)), "{out}");
    }

    #[test]
    fn escape_sequences_do_not_get_through() {
        let text = "<p title='\u{1b}]8;;http://x\u{7}'>\u{202e}";
        let out = render(&snippet(text, 0..10), false, 80);
        assert!(!out.contains('\u{1b}') && !out.contains('\u{7}') && !out.contains('\u{202e}'), "{out:?}");
    }

    proptest! {
        #[test]
        fn never_panics(text in "[a尺\n\r\t\u{1b}<>]{0,60}", a in 0usize..80, b in 0usize..80) {
            let out = render(&snippet(&text, a..b), false, 80);
            prop_assert!(out.contains("wrong"));
        }
    }
}
