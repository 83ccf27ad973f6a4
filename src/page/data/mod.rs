//! Structured data of a page: JSON-LD, microdata, RDFa Lite and `<meta>`, read with
//! one path language. Values know their place in the source.

mod json;
mod markup;
mod path;

pub use path::{DataPath, Filter, Step};

use crate::finding::Span;
use crate::limits;
use crate::page::dom::{Dom, El};
use json::{Json, Kind};

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataSource {
    /// `<script type="application/ld+json">`.
    JsonLd,
    /// `itemscope`, `itemprop`.
    Microdata,
    /// `typeof`, `property`.
    Rdfa,
    /// `<meta>`, `<title>`.
    Meta,
}

/// A value at a path.
#[derive(Clone, Debug, PartialEq)]
pub struct DataValue {
    /// Its text; of a type alone, the type's name.
    pub text: String,
    /// Its place in the page's text.
    pub span: Span,
    /// Where it comes from.
    pub source: DataSource,
    /// The script, the element with the property, or the meta.
    pub el: El,
    /// `priceCurrency` of the same object.
    pub currency: Option<String>,
}

/// An object or a text of any source, with its place.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub kind: NodeKind,
    pub span: Span,
    pub el: El,
    pub source: DataSource,
}

#[derive(Clone, Debug)]
pub(crate) enum NodeKind {
    Text(String),
    /// Types and members; a property given twice stands there twice.
    Object(Vec<String>, Vec<(String, Node)>),
}

/// All structured data of a page.
#[derive(Debug, Default)]
pub struct PageData {
    /// Every object at any depth, in document order.
    roots: Vec<Node>,
    metas: Vec<(String, DataValue)>,
    /// Blocks that are no JSON: place and cause.
    pub problems: Vec<(Span, String)>,
}

impl PageData {
    /// Reads all structured data, one pass over the elements.
    pub fn read(dom: &Dom, text: &str) -> PageData {
        let mut data = PageData::default();
        let mut blocks = 0;
        for el in dom.iter() {
            match dom.name(el) {
                "script" => {
                    let json = dom.attr(el, "type").is_some_and(|t| {
                        t.split(';')
                            .next()
                            .is_some_and(|t| t.trim().eq_ignore_ascii_case("application/ld+json"))
                    });
                    if json && blocks < limits::JSON_LD_BLOCKS {
                        blocks += 1;
                        data.block(dom, el, text);
                    }
                }
                "meta" => data.meta(dom, el),
                "title" if dom.is_html(el) => data.title(dom, el),
                _ => {}
            }
        }
        data.roots.extend(markup::read(dom));
        data
    }

    fn meta(&mut self, dom: &Dom, el: El) {
        let Some(content) = dom.attr(el, "content") else { return };
        let span =
            dom.attr_span(el, "content").and_then(|s| s.value).or(dom.start_tag(el)).unwrap_or_default();
        for name in ["name", "property"].into_iter().filter_map(|a| dom.attr(el, a)) {
            let value = DataValue {
                text: content.trim().to_string(),
                span,
                source: DataSource::Meta,
                el,
                currency: None,
            };
            self.metas.push((name.trim().to_ascii_lowercase(), value));
        }
    }

    /// The page's title is read as `<meta name="title">`.
    fn title(&mut self, dom: &Dom, el: El) {
        let text = dom.own_text(el).trim().to_string();
        let span = dom.texts(el).first().and_then(|row| row.span).or(dom.start_tag(el)).unwrap_or_default();
        let value = DataValue { text, span, source: DataSource::Meta, el, currency: None };
        self.metas.push(("title".into(), value));
    }

    fn block(&mut self, dom: &Dom, el: El, text: &str) {
        let Some(row) = dom.texts(el).first() else { return };
        let whole = dom.text_of(row);
        let span = row.span.or(dom.start_tag(el)).unwrap_or_default();
        if whole.len() > limits::JSON_LD_BYTES {
            self.problems.push((span, format!("it has more than {} bytes", limits::JSON_LD_BYTES)));
            return;
        }
        // old pages wrap scripts in a comment or CDATA
        let mut body = whole.trim();
        for (open, close) in [("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>")] {
            if let Some(inner) = body.strip_prefix(open) {
                body = inner.trim_end().strip_suffix(close).unwrap_or(inner).trim();
            }
        }
        if body.is_empty() {
            return;
        }
        let skip = body.as_ptr() as usize - whole.as_ptr() as usize;
        // a script's text is the source's own, but for NUL and CR
        let exact = span.slice(text) == whole;
        let offset = if exact { span.start + skip as u32 } else { span.start };
        match json::parse(body, offset) {
            Ok(json) => {
                if let Some(node) = node(&json, el, if exact { None } else { Some(span) }) {
                    self.roots.push(node);
                }
            }
            Err((at, why)) => {
                let place = if exact {
                    Span::new(offset + at as u32, (offset + at as u32 + 1).min(span.end))
                } else {
                    span
                };
                self.problems.push((place, why.to_string()));
            }
        }
    }

    /// Values at a path, in document order.
    pub fn values(&self, path: &DataPath) -> Vec<DataValue> {
        match path {
            DataPath::Meta(name) => {
                let name = name.to_ascii_lowercase();
                self.metas
                    .iter()
                    .filter(|(n, v)| *n == name && !v.text.is_empty())
                    .map(|(_, v)| v.clone())
                    .collect()
            }
            DataPath::Type { name, steps } => {
                let mut out = Vec::new();
                for object in self.objects(name) {
                    if steps.is_empty() {
                        out.push(value(object, name.clone(), None));
                        continue;
                    }
                    let mut at: Vec<(&Node, Option<&Node>)> = vec![(object, None)];
                    for step in steps {
                        at = at.iter().flat_map(|(n, _)| walk(n, step)).collect();
                    }
                    for (node, holder) in at {
                        if let NodeKind::Text(text) = &node.kind
                            && !text.trim().is_empty()
                        {
                            out.push(value(node, text.trim().to_string(), holder));
                        }
                    }
                }
                out.sort_by_key(|v| (v.span.start, v.el));
                out.dedup();
                out
            }
        }
    }

    /// Whether an object of the type is there.
    pub fn has_type(&self, name: &str) -> bool {
        !self.objects(name).is_empty()
    }

    /// Number of objects of the type.
    pub fn count_type(&self, name: &str) -> usize {
        self.objects(name).len()
    }

    /// Content of the first `<meta>` of that name.
    pub fn meta_value(&self, name: &str) -> Option<&str> {
        self.metas.iter().find(|(n, _)| n == name).map(|(_, v)| v.text.as_str())
    }

    /// Objects of a type at any depth.
    fn objects(&self, name: &str) -> Vec<&Node> {
        let mut found = Vec::new();
        let mut stack: Vec<&Node> = self.roots.iter().rev().collect();
        while let Some(node) = stack.pop() {
            if let NodeKind::Object(types, members) = &node.kind {
                if types.iter().any(|t| is_type(t, name)) {
                    found.push(node);
                }
                stack.extend(members.iter().rev().map(|(_, n)| n));
            }
        }
        found
    }
}

fn value(node: &Node, text: String, holder: Option<&Node>) -> DataValue {
    let currency = holder.and_then(|h| match &h.kind {
        NodeKind::Object(_, members) => {
            members.iter().find(|(k, _)| k == "priceCurrency").and_then(|(_, n)| match &n.kind {
                NodeKind::Text(t) => Some(t.trim().to_uppercase()),
                NodeKind::Object(..) => None,
            })
        }
        NodeKind::Text(_) => None,
    });
    let text = holder.and_then(|h| range(node, h)).unwrap_or(text);
    DataValue { text, span: node.span, source: node.source, el: node.el, currency }
}

/// Of an offer's lowest price the whole range, “90 – 150”: what it sells costs something between.
fn range(node: &Node, holder: &Node) -> Option<String> {
    let NodeKind::Object(_, members) = &holder.kind else { return None };
    let of = |name: &str| members.iter().find(|(k, _)| k == name).map(|(_, n)| n);
    let text = |n: &Node| match &n.kind {
        NodeKind::Text(t) => Some(t.trim().to_string()),
        NodeKind::Object(..) => None,
    };
    let low = of("lowPrice").filter(|low| std::ptr::eq(*low, node))?;
    let (low, high) = (text(low)?, text(of("highPrice")?)?);
    (low != high && !low.is_empty() && !high.is_empty()).then(|| format!("{low} – {high}"))
}

/// Types that schema.org derives from these, as stores use them.
fn is_type(found: &str, asked: &str) -> bool {
    let found = found.rsplit(['/', '#', ':']).next().unwrap_or(found);
    found == asked
        || match asked {
            "Product" => matches!(
                found,
                "ProductGroup" | "IndividualProduct" | "ProductModel" | "SomeProducts" | "Vehicle"
            ),
            "Offer" => matches!(found, "AggregateOffer" | "OfferForPurchase"),
            "Article" => matches!(found, "NewsArticle" | "BlogPosting" | "TechArticle" | "Report"),
            _ => false,
        }
}

fn walk<'n>(node: &'n Node, step: &Step) -> Vec<(&'n Node, Option<&'n Node>)> {
    let NodeKind::Object(_, members) = &node.kind else { return Vec::new() };
    members
        .iter()
        .filter(|(k, _)| *k == step.name)
        .filter(|(_, n)| step.filter.as_ref().is_none_or(|f| passes(n, f)))
        .map(|(_, n)| (n, Some(node)))
        .collect()
}

fn passes(node: &Node, filter: &Filter) -> bool {
    let NodeKind::Object(types, members) = &node.kind else { return false };
    let holds = |text: &str| {
        let text = text.to_lowercase();
        let tail = text.rsplit(['/', '#']).next().unwrap_or("");
        if filter.contains {
            text.contains(&filter.value)
        } else {
            text == filter.value || tail == filter.value
        }
    };
    if filter.name == "@type" {
        return types.iter().any(|t| holds(t));
    }
    members.iter().any(|(k, n)| *k == filter.name && matches!(&n.kind, NodeKind::Text(t) if holds(t)))
}

/// JSON-LD as nodes: lists are spread over their property, `@graph` is just one.
fn node(json: &Json, el: El, span: Option<Span>) -> Option<Node> {
    let place = span.unwrap_or(json.span);
    let kind = match &json.kind {
        Kind::Null => return None,
        Kind::Text(t) | Kind::Word(t) => NodeKind::Text(t.clone()),
        Kind::List(items) => {
            let members =
                items.iter().filter_map(|i| node(i, el, span)).map(|n| ("@item".to_string(), n)).collect();
            NodeKind::Object(Vec::new(), members)
        }
        Kind::Object(members) => {
            let types = match json.get("@type").map(|t| &t.kind) {
                Some(Kind::Text(t)) => vec![t.clone()],
                Some(Kind::List(l)) => l.iter().filter_map(|t| t.text().map(str::to_string)).collect(),
                _ => Vec::new(),
            };
            let mut out: Vec<(String, Node)> = Vec::new();
            for (i, (key, value)) in members.iter().enumerate() {
                // of a key given twice the last one counts
                if members.iter().skip(i + 1).any(|(k, _)| k == key) {
                    continue;
                }
                match &value.kind {
                    Kind::List(items) => {
                        out.extend(items.iter().filter_map(|i| node(i, el, span)).map(|n| (key.clone(), n)));
                    }
                    _ => out.extend(node(value, el, span).map(|n| (key.clone(), n))),
                }
            }
            NodeKind::Object(types, out)
        }
    };
    Some(Node { kind, span: place, el, source: DataSource::JsonLd })
}

#[cfg(test)]
mod tests;
