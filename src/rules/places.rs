//! Where findings point: the place of an element in the source and its CSS path. Many rules
//! point at the same few landmarks, so each is worked out once a page.

use crate::finding::Span;
use crate::page::Page;
use crate::page::dom::{Dom, El};
use foldhash::HashMap;
use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

/// The place of an element.
#[derive(Clone, Debug)]
pub struct PlaceOf {
    /// Its start tag; of an implied element, the first thing inside it.
    pub span: Span,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// A CSS path to it.
    pub selector: Arc<str>,
}

/// The places of one page that were asked for.
#[derive(Debug, Default)]
pub struct Places {
    places: RefCell<HashMap<El, PlaceOf>>,
    header: OnceCell<Option<El>>,
    main: OnceCell<El>,
    areas: OnceCell<Areas>,
}

/// The areas of a page that stand for what is missing in them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Areas {
    /// The one that sections lie in: it has a region to fall back on.
    pub of_sections: Option<El>,
    /// The one around other parts.
    pub of_spots: Option<El>,
}

impl Places {
    /// The place of an element.
    pub fn of(&self, page: &Page, el: El) -> PlaceOf {
        if let Some(known) = self.places.borrow().get(&el) {
            return known.clone();
        }
        let span = span_of(page, el);
        let (line, column) = page.lines.position(&page.text, span.start);
        let place = PlaceOf { span, line, column, selector: page.dom.css_path(el).into() };
        self.places.borrow_mut().insert(el, place.clone());
        place
    }

    /// The page's `<header>`.
    pub fn header(&self, dom: &Dom) -> Option<El> {
        let find = || dom.iter().find(|el| dom.name(*el) == "header" && dom.start_tag(*el).is_some());
        *self.header.get_or_init(find)
    }

    /// The page's areas; `find` looks for them, once a page.
    pub fn areas(&self, find: impl FnOnce() -> Areas) -> Areas {
        *self.areas.get_or_init(find)
    }

    /// `<main>`, else `<body>`, else the first element.
    pub fn main(&self, dom: &Dom) -> El {
        *self.main.get_or_init(|| main_of(dom))
    }
}

fn main_of(dom: &Dom) -> El {
    let written = |el: &El| dom.start_tag(*el).is_some();
    let main = dom.iter().find(|el| {
        (dom.name(*el) == "main" || dom.attr(*el, "role").is_some_and(|r| r.eq_ignore_ascii_case("main")))
            && written(el)
    });
    main.or_else(|| dom.iter().find(|el| dom.name(*el) == "body" && written(el)))
        .or_else(|| {
            let body = dom.iter().find(|el| dom.name(*el) == "body")?;
            dom.iter().find(|el| *el > body && written(el))
        })
        .or_else(|| dom.iter().find(written))
        .unwrap_or(El(0))
}

fn span_of(page: &Page, el: El) -> Span {
    let dom = &page.dom;
    dom.start_tag(el)
        .or_else(|| (el.0..dom.end(el).0).find_map(|e| dom.start_tag(El(e))))
        .or_else(|| dom.texts(el).iter().find_map(|t| t.span))
        .unwrap_or_else(|| Span::new(0, (page.text.len() as u32).min(1)))
}
