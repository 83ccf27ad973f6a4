//! Rendered elements that surely come from the page's source, so that findings on them are
//! shown where their author can mend them. In doubt there is no origin.

use crate::chromium::align::common;
use crate::finding::Span;
use crate::page::Page;
use crate::page::dom::{AttrSpan, El};
use std::collections::HashMap;

/// By element of the rendered page, the element of the original that it is.
///
/// Sure are: the roots; an element whose id, or whose name, attributes and text together, stand
/// exactly once in both pages; and below sure ones, children that stand in the same order with the
/// same name, attributes and own text. A child whose attributes a script changed counts where
/// all its siblings are accounted for.
pub fn origins(original: &Page, rendered: &Page) -> Vec<Option<El>> {
    let mut search = Search {
        original,
        rendered,
        ours: original.dom.iter().map(|el| mark(original, el)).collect(),
        theirs: rendered.dom.iter().map(|el| mark(rendered, el)).collect(),
        found: vec![None; rendered.dom.len()],
        taken: vec![false; original.dom.len()],
    };
    if original.dom.is_empty() || rendered.dom.is_empty() {
        return search.found;
    }
    search.tie(El(0), El(0));
    search.unique();
    for el in rendered.dom.iter() {
        if let Some(origin) = search.found[el.0 as usize] {
            search.children(origin, el);
        }
    }
    search.found
}

/// What an element is known by.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Mark {
    name: String,
    attrs: Vec<(String, String)>,
    /// Its own texts, white space folded.
    text: String,
}

fn mark(page: &Page, el: El) -> Mark {
    let mut attrs: Vec<(String, String)> =
        page.dom.attrs(el).map(|(n, v)| (n.to_string(), v.to_string())).collect();
    attrs.sort_unstable();
    let own: Vec<&str> =
        page.dom.texts(el).iter().filter(|t| t.parent == el).map(|t| page.dom.text_of(t)).collect();
    let text = own.iter().flat_map(|t| t.split_whitespace()).collect::<Vec<_>>().join(" ");
    Mark { name: page.dom.name(el).to_string(), attrs, text }
}

struct Search<'p> {
    original: &'p Page,
    rendered: &'p Page,
    ours: Vec<Mark>,
    theirs: Vec<Mark>,
    found: Vec<Option<El>>,
    taken: Vec<bool>,
}

impl Search<'_> {
    fn tie(&mut self, origin: El, el: El) {
        if self.found[el.0 as usize].is_none() && !std::mem::replace(&mut self.taken[origin.0 as usize], true)
        {
            self.found[el.0 as usize] = Some(origin);
        }
    }

    /// Ties what stands once in both pages.
    fn unique(&mut self) {
        let ids = |page: &Page| {
            let with = page.dom.iter().filter_map(|el| page.dom.id(el).map(|id| (id.to_string(), el)));
            once(with.filter(|(id, _)| !id.is_empty()))
        };
        let (mine, yours) = (ids(self.original), ids(self.rendered));
        let mut pairs: Vec<(El, El)> = Vec::new();
        for (id, el) in yours {
            if let (Some(el), Some(Some(origin))) = (el, mine.get(&id))
                && self.original.dom.name(*origin) == self.rendered.dom.name(el)
            {
                pairs.push((*origin, el));
            }
        }
        let marks =
            |page: &Page, marks: &[Mark]| once(page.dom.iter().map(|el| (marks[el.0 as usize].clone(), el)));
        let (mine, yours) = (marks(self.original, &self.ours), marks(self.rendered, &self.theirs));
        for (mark, el) in yours {
            // a bare tag without text says nothing of where it came from
            if mark.attrs.is_empty() && mark.text.is_empty() {
                continue;
            }
            if let (Some(el), Some(Some(origin))) = (el, mine.get(&mark)) {
                pairs.push((*origin, el));
            }
        }
        // a map's order is not the same twice
        pairs.sort_unstable_by_key(|p| (p.1, p.0));
        for (origin, el) in pairs {
            self.tie(origin, el);
        }
    }

    /// Ties children of a sure pair.
    fn children(&mut self, origin: El, el: El) {
        let ours: Vec<El> = self.original.dom.children(origin).collect();
        let theirs: Vec<El> = self.rendered.dom.children(el).collect();
        let same = |a: &El, b: &El| match self.found[b.0 as usize] {
            Some(known) => known == *a,
            None => !self.taken[a.0 as usize] && self.ours[a.0 as usize] == self.theirs[b.0 as usize],
        };
        let pairs = common(&ours, &theirs, same);
        let mut ties: Vec<(El, El)> = Vec::new();
        let mut from = (0, 0);
        for (a, b) in pairs.into_iter().chain([(ours.len(), theirs.len())]) {
            let (left, right) = (&ours[from.0..a], &theirs[from.1..b]);
            // between two sure ones as many of the same names and texts: only attributes changed
            if left.len() == right.len() && left.iter().zip(right).all(|(a, b)| self.alike(*a, *b)) {
                ties.extend(left.iter().copied().zip(right.iter().copied()));
            }
            if let (Some(a), Some(b)) = (ours.get(a), theirs.get(b)) {
                ties.push((*a, *b));
            }
            from = (a + 1, b + 1);
        }
        for (origin, el) in ties {
            self.tie(origin, el);
        }
    }

    /// Whether they may differ in attributes alone, the id not among them.
    fn alike(&self, origin: El, el: El) -> bool {
        let (a, b) = (&self.ours[origin.0 as usize], &self.theirs[el.0 as usize]);
        a.name == b.name && a.text == b.text && self.original.dom.id(origin) == self.rendered.dom.id(el)
    }
}

/// Keys with their element, or `None` where a key comes twice.
fn once<K: std::hash::Hash + Eq>(all: impl Iterator<Item = (K, El)>) -> HashMap<K, Option<El>> {
    let mut seen: HashMap<K, Option<El>> = HashMap::new();
    for (key, el) in all {
        seen.entry(key).and_modify(|e| *e = None).or_insert(Some(el));
    }
    seen
}

/// Where in the original's text a place of the rendered text is; `None` where it came from a
/// script.
///
/// The innermost element round the place decides. Its attributes and texts are found again
/// where they are unchanged; otherwise its start tag stands for them.
pub fn place(original: &Page, rendered: &Page, origins: &[Option<El>], span: Span) -> Option<Span> {
    let el = innermost(rendered, span)?;
    let origin = (*origins.get(el.0 as usize)?)?;
    let tag = original.dom.start_tag(origin);
    if rendered.dom.start_tag(el) == Some(span) {
        return tag;
    }
    if rendered.dom.span(el) == span {
        return Some(original.dom.span(origin));
    }

    attribute(original, rendered, (origin, el), span)
        .or_else(|| text(original, rendered, (origin, el), span))
        .or(tag)
}

/// The same attribute in the original, where its value is the same.
fn attribute(original: &Page, rendered: &Page, (origin, el): (El, El), span: Span) -> Option<Span> {
    let unchanged = |name: &str| original.dom.attr(origin, name) == rendered.dom.attr(el, name);
    rendered.dom.attrs(el).filter(|(name, _)| unchanged(name)).find_map(|(name, _)| {
        let (there, here) = (rendered.dom.attr_span(el, name)?, original.dom.attr_span(origin, name)?);
        let whole = |s: AttrSpan| s.value.map_or(s.name, |v| s.name.join(v));
        if there.value == Some(span) {
            return here.value.or(Some(here.name));
        }
        if there.name == span {
            return Some(here.name);
        }
        whole(there).contains(span).then(|| whole(here))
    })
}

/// The same text in the original, where the element has just one of it.
fn text(original: &Page, rendered: &Page, (origin, el): (El, El), span: Span) -> Option<Span> {
    let mut around = rendered.dom.texts(el).iter().filter(|t| t.parent == el);
    let row = around.find(|t| t.span.is_some_and(|s| s.contains(span)))?;
    let told = rendered.dom.text_of(row);
    let mut same =
        original.dom.texts(origin).iter().filter(|t| t.parent == origin && original.dom.text_of(t) == told);
    let there = same.next().filter(|_| same.next().is_none())?.span?;
    let (here, part) = (row.span?, span.slice(&rendered.text));
    // written alike, the part keeps its offset
    if here.slice(&rendered.text) == there.slice(&original.text) {
        let from = there.start + (span.start - here.start);
        return Some(Span::new(from, from + part.len() as u32));
    }
    Some(there)
}

/// The smallest element round a place.
fn innermost(page: &Page, span: Span) -> Option<El> {
    let mut at = None;
    let mut next = page.dom.iter().next();
    while let Some(el) = next {
        if page.dom.span(el).contains(span) {
            at = Some(el);
            next = page.dom.first_child(el);
        } else {
            next = page.dom.next_sibling(el);
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rendered elements as "name", and "name<place" where an origin is known.
    fn tied(original: &str, rendered: &str) -> String {
        let (a, b) = (Page::from_text("a", original), Page::from_text("b", rendered));
        let origins = origins(&a, &b);
        let told = |el: El| {
            let name = b.dom.name(el);
            match origins[el.0 as usize] {
                Some(origin) => format!("{name}<{}", a.dom.start_tag(origin).map_or(0, |s| s.start)),
                None => name.to_string(),
            }
        };
        b.dom.iter().skip(3).map(told).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_sure_origins_are_told() {
        // the same page
        assert_eq!(tied("<p>a<p>a<p>b", "<p>a</p><p>a</p><p>b</p>"), "p<0 p<4 p<8");
        // something new before, between and after
        assert_eq!(tied("<p>a<p>b", "<i>n</i><p>a</p><i>n</i><p>b</p><i>n</i>"), "i p<0 i p<4 i");
        // text that a script changed may be another element
        assert_eq!(tied("<div id=d><p>Loading</div>", "<div id=d><p>Tea</p></div>"), "div<0 p");
        // a class that a script added does not matter
        assert_eq!(tied("<p>a<p>b", "<p class=x>a</p><p>b</p>"), "p<0 p<4");
        // two of a kind where there was one: which is it?
        assert_eq!(tied("<ul><li>a</ul>", "<ul><li>a</li><li>a</li></ul>"), "ul<0 li<4 li");
        // an id that stands twice says nothing
        assert_eq!(tied("<a><b id=x></b></a>", "<i><b id=x></b></i><b id=x></b>"), "i b b");
        // moved elsewhere, but the only one of its kind
        assert_eq!(tied("<p class=price>$9</p>", "<div><p class=price>$9</p></div>"), "div p<0");
    }
}
