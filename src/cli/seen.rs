//! What `see` shows: the page, its parts, its elements.

use crate::audit::{PartRecord, Status};
use crate::engine::Looked;
use crate::finding::Basis;
use crate::layout::Boxed;
use crate::page::Page;
use crate::parts::describe;
use crate::rules::wording::Wording;
use crate::show::{cut, shown};
use serde::Serialize;

/// A page before any rule.
#[derive(Clone, Debug, Serialize)]
pub struct Seen {
    /// Version of this form.
    pub version: u32,
    /// Path, `-` or URL.
    pub source: String,
    /// Page kind.
    pub page: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// Why the three above.
    pub reasons: Reasons,
    /// Encoding and what told it.
    pub encoding: String,
    /// Where places on the screen come from.
    pub geometry: String,
    /// Why the page was not read whole; empty where it was.
    pub partial: Vec<String>,
    /// Parts in page order.
    pub parts: Vec<PartRecord>,
    /// Elements in page order, where asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elements: Option<Vec<Element>>,
}

/// Who or what says what a page is.
#[derive(Clone, Debug, Serialize)]
pub struct Reasons {
    /// Of the page kind.
    pub page: String,
    /// Of the category.
    pub category: String,
    /// Of the language.
    pub language: String,
}

/// An element of the page.
#[derive(Clone, Debug, Serialize)]
pub struct Element {
    /// Its tag.
    pub tag: String,
    /// Its id.
    pub id: Option<String>,
    /// Its classes, as written.
    pub class: Option<String>,
    /// Elements above it.
    pub depth: u32,
    /// First byte in the page's text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Distance from the top of the page, CSS pixels.
    pub top: u32,
    /// Where `top` comes from.
    pub basis: Basis,
    /// Its box on the first viewport, where it was measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured: Option<Measured>,
}

/// An element's box, CSS pixels.
#[derive(Clone, Debug, Serialize)]
pub struct Measured {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Font size.
    pub font: f32,
    /// Whether it is seen.
    pub visible: bool,
    /// Why it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unseen: Option<String>,
}

impl Seen {
    /// Takes down what was recognised.
    pub fn of(page: &Page, looked: &Looked<'_>) -> Seen {
        let screen = looked.screens.first();
        let partial = looked.partial();
        Seen {
            version: 1,
            source: page.source.clone(),
            page: looked.page.value.clone(),
            category: looked.category.value.clone(),
            language: looked.language.value.clone(),
            reasons: Reasons {
                page: looked.page.reason.clone(),
                category: looked.category.reason.clone(),
                language: looked.language.reason.clone(),
            },
            encoding: format!("{} ({})", page.encoding.label, page.encoding.from),
            geometry: geometry(looked),
            partial,
            parts: screen.map_or(Vec::new(), |s| describe::records(&looked.scene, &looked.map, s)),
            elements: None,
        }
    }
}

/// "blitz (desktop 1440 x 900, mobile 390 x 844)", or "none" and why.
fn geometry(looked: &Looked<'_>) -> String {
    if looked.laid.is_empty() {
        return format!("none ({})", looked.unlaid);
    }
    let laid = looked.laid.iter().map(|l| {
        let missing = l.missing_stylesheets.len();
        let mut line = format!("{} {} x {}", l.viewport, l.width, l.height);
        if missing > 0 {
            line.push_str(&format!(", {missing} of {} stylesheets missing", l.stylesheets));
        }
        if l.assumed_pictures > 0 {
            line.push_str(&format!(", {} of {} pictures of assumed size", l.assumed_pictures, l.pictures));
        }
        line
    });
    format!("{} ({})", looked.engine(), laid.collect::<Vec<_>>().join("; "))
}

/// Every element of the document.
pub fn elements(page: &Page, looked: &Looked<'_>) -> Vec<Element> {
    let dom = &page.dom;
    let Some(screen) = looked.screens.first() else { return Vec::new() };
    dom.iter()
        .map(|el| {
            let span = dom.span(el);
            let (line, column) = page.lines.position(&page.text, span.start);
            let (top, basis) = screen.top(&looked.scene, el);
            Element {
                tag: dom.name(el).to_string(),
                id: dom.id(el).map(str::to_string),
                class: dom.attr(el, "class").map(str::to_string),
                depth: dom.depth(el),
                start: span.start,
                end: span.end,
                line,
                column,
                top,
                basis,
                measured: screen.geometry().and_then(|g| g.of(el)).map(measured),
            }
        })
        .collect()
}

fn measured(b: &Boxed) -> Measured {
    let round = |px: f32| (px * 100.0).round() / 100.0;
    Measured {
        x: round(b.rect.x),
        y: round(b.rect.y),
        width: round(b.rect.width),
        height: round(b.rect.height),
        font: round(b.font),
        visible: b.unseen.is_none(),
        unseen: b.unseen.and_then(|why| Wording::En.unseen(why).detail),
    }
}

/// Levels that the table of elements indents.
const INDENT: u32 = 24;
/// Characters shown of an id and of classes.
const NAME: usize = 60;

/// Elements as rows of a table.
pub fn element_rows(elements: &[Element]) -> Vec<Vec<String>> {
    let head = ["place", "bytes", "top", "size", "element"].map(str::to_string).to_vec();
    let rows = elements.iter().map(|e| {
        let mut name = " ".repeat(e.depth.min(INDENT) as usize) + &shown(&e.tag);
        if let Some(id) = e.id.as_ref().filter(|id| !id.is_empty()) {
            name.push_str(&format!("#{}", cut(&shown(id), NAME)));
        }
        let classes = e.class.as_deref().unwrap_or("").split_ascii_whitespace();
        let classes: String = classes.map(|c| format!(".{}", shown(c))).collect();
        name.push_str(&cut(&classes, NAME));
        vec![
            format!("{}:{}", e.line, e.column),
            format!("{}-{}", e.start, e.end),
            top(Some(e.top), e.basis),
            size(e),
            name,
        ]
    });
    std::iter::once(head).chain(rows).collect()
}

/// "1440 x 60", "hidden", or "-" where nobody measured.
fn size(e: &Element) -> String {
    match &e.measured {
        Some(m) if m.visible => format!("{} x {}", m.width.round(), m.height.round()),
        Some(_) => "not seen".to_string(),
        None => "-".to_string(),
    }
}

/// "~912 px" where it is estimated, "912 px" where measured.
pub fn top(top: Option<u32>, basis: Basis) -> String {
    match (top, basis) {
        (None, _) => "-".to_string(),
        (Some(top), Basis::Measured) => format!("{top} px"),
        (Some(top), Basis::Estimated) => format!("~{top} px"),
    }
}

/// The word for a status.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Found => "found",
        Status::Unsure => "unsure",
    }
}
