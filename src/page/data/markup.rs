//! Microdata (`itemscope`, `itemprop`) and RDFa Lite (`typeof`, `property`) as the
//! same objects as JSON-LD.

use super::{DataSource, Node, NodeKind};
use crate::page::dom::{Dom, El};

/// Characters of an element's text that are read as a value.
const TEXT: usize = 2_000;

struct Open {
    el: El,
    /// Properties of the holder that this object is.
    names: Vec<String>,
    types: Vec<String>,
    members: Vec<(String, Node)>,
    source: DataSource,
}

/// Reads both, one pass, O(elements).
pub(crate) fn read(dom: &Dom) -> Vec<Node> {
    let mut roots = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for el in dom.iter() {
        while open.last().is_some_and(|o| !dom.contains(o.el, el)) {
            close(dom, &mut open, &mut roots);
        }
        let (scope, kind, prop, source) =
            if dom.attr(el, "itemscope").is_some() || dom.attr(el, "itemprop").is_some() {
                (
                    dom.attr(el, "itemscope").is_some(),
                    dom.attr(el, "itemtype"),
                    dom.attr(el, "itemprop"),
                    DataSource::Microdata,
                )
            } else if dom.attr(el, "typeof").is_some()
                || (dom.attr(el, "property").is_some() && dom.name(el) != "meta")
            {
                (
                    dom.attr(el, "typeof").is_some(),
                    dom.attr(el, "typeof"),
                    dom.attr(el, "property"),
                    DataSource::Rdfa,
                )
            } else if dom.attr(el, "property").is_some()
                && open.last().is_some_and(|o| o.source == DataSource::Rdfa)
            {
                (false, None, dom.attr(el, "property"), DataSource::Rdfa)
            } else {
                continue;
            };
        let names: Vec<String> = prop
            .unwrap_or("")
            .split_ascii_whitespace()
            .map(|n| n.rsplit(':').next().unwrap_or(n).to_string())
            .collect();
        if scope {
            let types = kind.unwrap_or("").split_ascii_whitespace().map(str::to_string).collect();
            open.push(Open { el, names, types, members: Vec::new(), source });
        } else if let Some(holder) = open.last_mut() {
            let (text, span) = value(dom, el);
            for name in names {
                let kind = NodeKind::Text(text.clone());
                holder.members.push((name, Node { kind, span, el, source }));
            }
        }
    }
    while !open.is_empty() {
        close(dom, &mut open, &mut roots);
    }
    roots
}

fn close(dom: &Dom, open: &mut Vec<Open>, roots: &mut Vec<Node>) {
    let Some(done) = open.pop() else { return };
    let span = dom.start_tag(done.el).unwrap_or_default();
    let node =
        Node { kind: NodeKind::Object(done.types, done.members), span, el: done.el, source: done.source };
    match open.last_mut() {
        Some(holder) if !done.names.is_empty() => {
            holder.members.extend(done.names.into_iter().map(|n| (n, node.clone())));
        }
        _ => roots.push(node),
    }
}

/// The value of a property: `content`, a link's target, a time, else the text.
fn value(dom: &Dom, el: El) -> (String, crate::finding::Span) {
    for attr in ["content", "href", "src", "datetime", "value"] {
        // a link's text is the value where the property is no address
        let address = matches!(attr, "href" | "src");
        if address && !matches!(dom.name(el), "a" | "link" | "img" | "area" | "iframe" | "source" | "video") {
            continue;
        }
        if let Some(value) = dom.attr(el, attr) {
            let span =
                dom.attr_span(el, attr).and_then(|s| s.value).or(dom.start_tag(el)).unwrap_or_default();
            return (value.trim().to_string(), span);
        }
    }
    let mut text = String::new();
    for row in dom.texts(el) {
        text.push_str(dom.text_of(row));
        if text.len() > TEXT {
            break;
        }
    }
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(TEXT).collect();
    (text, dom.texts(el).iter().find_map(|t| t.span).or(dom.start_tag(el)).unwrap_or_default())
}
