//! How the walk goes: elements and texts in document order, what they hold written down once.

use crate::page::dom::{Dom, El};
use crate::parts::region::{Regions, region_of};
use crate::parts::tags;
use crate::parts::walk::{Facts, Hidden, Row, RowSource, Walk};
use crate::text::fold::{BREAK, fold_onto};
use crate::text::lengths::Lengths;

/// Attributes that are read as texts. `value` only of buttons.
const TEXT_ATTRS: [&str; 5] = ["alt", "aria-label", "placeholder", "title", "value"];

impl Walk {
    /// Walks the page once, O(nodes + text).
    pub fn new(dom: &Dom) -> Walk {
        Walker::new(dom).run()
    }
}

struct Walker<'d> {
    dom: &'d Dom,
    walk: Walk,
    /// Text rows already put into the buffer.
    next_text: usize,
    after_link: bool,
    /// Whether a `<header>` was seen.
    headers: bool,
}

impl<'d> Walker<'d> {
    fn new(dom: &'d Dom) -> Self {
        let n = dom.len();
        let walk = Walk {
            buffer: String::new(),
            attrs_at: 0,
            rows: Vec::new(),
            facts: Vec::with_capacity(n),
            images: Vec::new(),
            links: Vec::new(),
            headings: Vec::new(),
            images_before: Vec::with_capacity(n + 1),
            links_before: Vec::with_capacity(n + 1),
            has_styles: false,
            lengths: Lengths::default(),
        };
        Walker { dom, walk, next_text: 0, after_link: false, headers: false }
    }

    fn run(mut self) -> Walk {
        let mut open: Vec<El> = Vec::new();
        let mut with_attrs: Vec<(El, &'static str)> = Vec::new();
        for el in self.dom.iter() {
            self.texts_before(el, &mut open);
            while let Some(&top) = open.last()
                && self.dom.end(top) <= el
            {
                self.leave(top);
                open.pop();
            }
            self.enter(el, &mut with_attrs);
            open.push(el);
        }
        self.texts_before(El(u32::MAX), &mut open);
        while let Some(top) = open.pop() {
            self.leave(top);
        }
        self.walk.images_before.push(self.walk.images.len() as u32);
        self.walk.links_before.push(self.walk.links.len() as u32);
        self.attributes(&with_attrs);
        self.walk.lengths = Lengths::of(&self.walk.buffer);
        self.walk
    }

    /// Puts the text rows that stand before the element `until` into the buffer.
    fn texts_before(&mut self, until: El, open: &mut Vec<El>) {
        while let Some(row) = self.dom.all_texts().get(self.next_text) {
            if row.before > until {
                return;
            }
            while let Some(&top) = open.last()
                && top != row.parent
                && !self.dom.contains(top, row.parent)
            {
                self.leave(top);
                open.pop();
            }
            if self.walk.facts.get(row.parent.0 as usize).is_some_and(|f| f.hidden != Some(Hidden::Never)) {
                let text = self.dom.text_of(row);
                let at = self.walk.buffer.len();
                fold_onto(&mut self.walk.buffer, text);
                if self.walk.buffer.len() > at {
                    self.after_link = false;
                    self.walk.rows.push(Row {
                        at: at as u32,
                        el: row.parent,
                        source: RowSource::Text(self.next_text as u32),
                    });
                }
            }
            self.next_text += 1;
        }
    }

    fn enter(&mut self, el: El, with_attrs: &mut Vec<(El, &'static str)>) {
        let dom = self.dom;
        let name = dom.name(el);
        let above = dom.parent(el).and_then(|p| self.walk.facts.get(p.0 as usize)).copied();
        let html = dom.is_html(el);
        let block = !(html && tags::is_inline(name));
        if block || (name == "a" && self.after_link) {
            self.break_text();
        }
        self.walk.images_before.push(self.walk.images.len() as u32);
        self.walk.links_before.push(self.walk.links.len() as u32);
        let style = dom.attr(el, "style").map(|s| s.to_ascii_lowercase());
        let style = style.as_deref().unwrap_or("");
        let role = dom.attr(el, "role").unwrap_or("");
        let hidden = above.and_then(|f| f.hidden).or_else(|| tags::hidden(dom, el, name, style));
        let is_link = html && tags::is_link(dom, el, name, role);
        let rank = tags::heading_rank(dom, el, name, role);
        let at = self.walk.buffer.len() as u32;
        self.walk.facts.push(Facts {
            text_start: at,
            text_end: at,
            regions: region_of(
                dom,
                el,
                name,
                role,
                above.map_or(Regions::default(), |f| f.regions),
                self.headers,
            ),
            hidden,
            dialog: above.is_some_and(|f| f.dialog) || tags::is_dialog(dom, el, name, role),
            font: tags::font_size(name, style, above.map_or(tags::FONT, |f| f.font)),
            link: if is_link { Some(el) } else { above.and_then(|f| f.link) },
            heading: if rank.is_some() { Some(el) } else { above.and_then(|f| f.heading) },
            cell: if matches!(name, "th" | "dt" | "td" | "li" | "dd") {
                Some(el)
            } else {
                above.and_then(|f| f.cell)
            },
        });
        self.headers |= name == "header";
        if hidden == Some(Hidden::Never) {
            self.walk.has_styles |= tags::is_stylesheet(dom, el, name);
            return;
        }
        self.walk.has_styles |= name == "style" || tags::is_stylesheet(dom, el, name);
        if let Some(rank) = rank {
            self.walk.headings.push((el, rank));
        }
        if html && name == "a" && dom.attr(el, "href").is_some() {
            self.walk.links.push(el);
        }
        if tags::is_image(dom, el, name, style) {
            self.walk.images.push(el);
        }
        for attr in TEXT_ATTRS {
            if dom.attr(el, attr).is_some_and(|v| !v.trim().is_empty())
                && (attr != "value" || tags::is_button_input(dom, el, name))
            {
                with_attrs.push((el, attr));
            }
        }
    }

    fn leave(&mut self, el: El) {
        let end = self.walk.buffer.len() as u32;
        let name = self.dom.name(el);
        if let Some(f) = self.walk.facts.get_mut(el.0 as usize) {
            f.text_end = end;
        }
        if !(self.dom.is_html(el) && tags::is_inline(name)) {
            self.break_text();
        }
        self.after_link = name == "a";
    }

    fn break_text(&mut self) {
        let buffer = &mut self.walk.buffer;
        if buffer.ends_with(' ') {
            buffer.pop();
        }
        if !buffer.is_empty() && !buffer.ends_with(BREAK) {
            buffer.push(BREAK);
        }
    }

    fn attributes(&mut self, with_attrs: &[(El, &'static str)]) {
        self.break_text();
        self.walk.attrs_at = self.walk.buffer.len() as u32;
        for &(el, attr) in with_attrs {
            let at = self.walk.buffer.len() as u32;
            fold_onto(&mut self.walk.buffer, self.dom.attr(el, attr).unwrap_or(""));
            self.walk.rows.push(Row { at, el, source: RowSource::Attr(attr) });
            if !self.walk.buffer.ends_with(BREAK) {
                self.walk.buffer.push(BREAK);
            }
        }
    }
}
