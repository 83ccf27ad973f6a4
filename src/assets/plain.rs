//! Our tree as plain data that may go to another thread: elements and texts in document
//! order. scraper's tree may not, and an engine that never ends keeps what it was given.

use crate::limits;
use crate::page::Page;
use crate::page::dom::{Dom, El};
use crate::page::parse;
use html5ever::{QualName, ns};

/// What a node of the plain tree is.
#[derive(Debug)]
pub enum What {
    /// An element with its attributes.
    Element {
        /// Its name with namespace.
        name: QualName,
        /// Its attributes as written.
        attrs: Vec<(QualName, String)>,
        /// The element of the page that it is; `None` in `noscript`, whose content is text to
        /// a page with scripts.
        el: Option<El>,
    },
    /// A text.
    Text(String),
}

/// A node with its parent's place in the list; `None` for the root element.
#[derive(Debug)]
pub struct Node {
    /// What it is.
    pub what: What,
    /// Where its parent stands.
    pub parent: Option<usize>,
}

/// A page without its texts of scripts and styles.
#[derive(Debug, Default)]
pub struct Plain {
    /// Nodes, parents before children, in document order.
    pub nodes: Vec<Node>,
    /// Texts of `<style>` elements by the place of the element.
    pub styles: Vec<(usize, String)>,
    /// Bytes of `noscript` that were parsed.
    noscript: usize,
    /// Whether scripts are taken to run.
    scripts: bool,
    /// Whether there is one; it may take `no-js` away.
    uncovers: bool,
}

/// Elements whose texts are never drawn.
fn silent(name: &str) -> bool {
    matches!(name, "script" | "style" | "template" | "noscript" | "title" | "iframe" | "noembed" | "noframes")
}

impl Plain {
    /// Copies the page's tree. With `scripts` it is what a browser begins with that runs them:
    /// `noscript` shows nothing, and `no-js` on the root, which themes have a script take away
    /// at once, is `js`. Without them contents of `noscript` are parsed.
    pub fn of(page: &Page, scripts: bool) -> Plain {
        let runs = |el: El| page.dom.name(el) == "script" && page.dom.is_html(el);
        let mut plain = Plain { scripts, uncovers: scripts && page.dom.iter().any(runs), ..Plain::default() };
        plain.take(&page.dom, None, true);
        plain
    }

    /// Appends a tree below a node; where it is not the page itself, only what `head` and
    /// `body` hold.
    fn take(&mut self, dom: &Dom, below: Option<usize>, page: bool) {
        let mut places: Vec<Option<usize>> = Vec::with_capacity(dom.len());
        let mut texts = dom.all_texts().iter().peekable();
        for el in dom.iter() {
            while let Some(text) = texts.next_if(|t| t.before <= el) {
                self.text(dom, &places, text);
            }
            let parent = dom.parent(el).map_or(below, |p| places.get(p.0 as usize).copied().flatten());
            if !page && matches!(dom.name(el), "html" | "head" | "body") && dom.is_html(el) {
                places.push(below);
                continue;
            }
            places.push(Some(self.nodes.len()));
            let at = self.nodes.len();
            self.element(dom, el, parent, page);
            if page && !self.scripts && dom.name(el) == "noscript" && dom.is_html(el) {
                self.noscript(dom, el, at);
            }
        }
        for text in texts {
            self.text(dom, &places, text);
        }
    }

    fn element(&mut self, dom: &Dom, el: El, parent: Option<usize>, page: bool) {
        let Some(element) = dom.element_ref(el) else { return };
        let value = element.value();
        let root = self.uncovers && page && matches!(dom.name(el), "html" | "body");
        let attrs = value.attrs.iter().map(|(name, v)| {
            let classes = root && &*name.local == "class";
            (name.clone(), if classes { with_scripts(v) } else { v.to_string() })
        });
        let attrs = attrs.collect();
        let what = What::Element { name: value.name.clone(), attrs, el: page.then_some(el) };
        self.nodes.push(Node { what, parent });
    }

    fn text(&mut self, dom: &Dom, places: &[Option<usize>], text: &crate::page::dom::TextRow) {
        let Some(Some(parent)) = places.get(text.parent.0 as usize).copied() else { return };
        let name = dom.name(text.parent);
        if dom.is_html(text.parent) && silent(name) {
            if name == "style" {
                match self.styles.last_mut().filter(|s| s.0 == parent) {
                    Some((_, css)) => css.push_str(dom.text_of(text)),
                    None => self.styles.push((parent, dom.text_of(text).to_string())),
                }
            }
            return;
        }
        let what = What::Text(dom.text_of(text).to_string());
        self.nodes.push(Node { what, parent: Some(parent) });
    }

    /// Takes what a `noscript` holds, unless it only stands in for a picture that is loaded
    /// late: such pictures are shown at their own place already.
    fn noscript(&mut self, dom: &Dom, el: El, at: usize) {
        let html: String = dom.texts(el).iter().map(|t| dom.text_of(t)).collect();
        self.noscript += html.len();
        if html.trim().is_empty() || self.noscript > limits::NOSCRIPT_BYTES {
            return;
        }
        let inner = parse::parse(&html).dom;
        let pictures = inner.iter().filter(|e| inner.name(*e) == "img").count();
        if pictures > 0 && late_beside(dom, el) {
            return;
        }
        self.take(&inner, Some(at), false);
    }

    /// Children of a node that stand before another of its children.
    pub fn children_before(&self, parent: usize, before: usize) -> impl Iterator<Item = usize> + '_ {
        (parent + 1..before).filter(move |at| self.nodes.get(*at).is_some_and(|n| n.parent == Some(parent)))
    }

    /// Whether the page has scripts, and they are taken to run.
    pub fn runs(&self) -> bool {
        self.uncovers
    }

    /// Value of an attribute of an element's node.
    pub fn attr(&self, at: usize, name: &str) -> Option<&str> {
        match self.nodes.get(at).map(|n| &n.what) {
            Some(What::Element { attrs, .. }) => {
                attrs.iter().find(|(n, _)| n.ns == ns!() && &*n.local == name).map(|(_, v)| v.as_str())
            }
            _ => None,
        }
    }

    /// Local name of an HTML element's node; `""` for others and for texts.
    pub fn name(&self, at: usize) -> &str {
        match self.nodes.get(at).map(|n| &n.what) {
            Some(What::Element { name, .. }) if name.ns == ns!(html) => &name.local,
            _ => "",
        }
    }
}

/// The classes of a root once its script has said that scripts run.
fn with_scripts(classes: &str) -> String {
    let one = |class| if class == "no-js" { "js" } else { class };
    classes.split_ascii_whitespace().map(one).collect::<Vec<_>>().join(" ")
}

/// Whether an element just before or after waits for a script to give it its picture.
fn late_beside(dom: &Dom, el: El) -> bool {
    let late = |e: El| {
        let waits = |e: El| {
            dom.name(e) == "img" && dom.attrs(e).any(|(n, _)| n.starts_with("data-") && n.contains("src"))
        };
        (e.0..dom.end(e).0).map(El).take(8).any(waits)
    };
    dom.prev_sibling(el).is_some_and(late) || dom.next_sibling(el).is_some_and(late)
}
