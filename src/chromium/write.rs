//! The browser's tree as HTML text, so that our own parser reads it like any page.

use crate::chromium::snapshot::{Kind, Node, Snapshot};
use std::fmt::Write;

/// The text, and which node's start tag begins at which byte, in ascending order.
pub struct Written {
    /// The HTML.
    pub text: String,
    /// Byte of a start tag, and the node.
    pub tags: Vec<(u32, usize)>,
}

/// Elements without an end tag.
const VOID: [&str; 18] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen",
    "link", "meta", "param", "source", "track", "wbr",
];
/// Elements whose text is written as it is.
const RAW: [&str; 7] = ["iframe", "noembed", "noframes", "noscript", "script", "style", "xmp"];

/// Elements whose start tag ends an open paragraph, which scripts may all the same put in one.
const ENDS_P: [&str; 41] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "ul",
    "xmp",
    "plaintext",
];

enum Step {
    Open(usize),
    Close(usize),
}

/// Writes the snapshot's document. Templates keep no content, frames keep none either.
pub fn write(snapshot: &Snapshot) -> Written {
    let mut written = Written { text: String::new(), tags: Vec::new() };
    let roots = (0..snapshot.nodes.len()).rev().filter(|i| snapshot.nodes[*i].parent.is_none());
    let mut steps: Vec<Step> = roots.map(Step::Open).collect();
    // open paragraphs, and whether something in them has ended them for the parser
    let mut paragraphs: Vec<(usize, bool)> = Vec::new();
    while let Some(step) = steps.pop() {
        match step {
            Step::Close(at) => {
                let ended = paragraphs.pop_if(|p| p.0 == at).is_some_and(|p| p.1);
                // a second end would make a paragraph of its own
                if !ended {
                    let _ = write!(written.text, "</{}>", snapshot.nodes[at].name);
                }
            }
            Step::Open(at) => {
                let below = open(snapshot, at, &mut written);
                let node = &snapshot.nodes[at];
                let tagged = written.tags.last().is_some_and(|t| t.1 == at);
                if tagged && ENDS_P.contains(&node.name.as_str()) {
                    paragraphs.iter_mut().for_each(|p| p.1 = true);
                }
                if tagged && node.name == "p" {
                    paragraphs.push((at, false));
                }
                if tagged && !VOID.contains(&node.name.as_str()) {
                    steps.push(Step::Close(at));
                }
                if below {
                    steps.extend(node.children.iter().rev().map(|c| Step::Open(*c)));
                }
            }
        }
    }
    written
}

/// Writes a node's own part; whether its children come next.
fn open(snapshot: &Snapshot, at: usize, written: &mut Written) -> bool {
    let node = &snapshot.nodes[at];
    let text = &mut written.text;
    match node.kind {
        Kind::Element => {
            // a name that no start tag can have: only what it holds is written
            if !plain(&node.name) || node.name == "plaintext" {
                return true;
            }
            written.tags.push((text.len() as u32, at));
            start_tag(snapshot, node, text);
            if RAW.contains(&node.name.as_str()) {
                raw(snapshot, node, text);
                return false;
            }
            // the parser drops a line break right behind these
            if matches!(node.name.as_str(), "pre" | "textarea" | "listing") {
                text.push('\n');
            }
            node.name != "template" && !VOID.contains(&node.name.as_str())
        }
        Kind::Text => {
            escape(snapshot.text(node), false, text);
            false
        }
        Kind::Comment => {
            let inside = snapshot.text(node);
            // what would end it early is no comment that a page's author wrote
            let whole = !inside.contains("-->") && !inside.contains("--!>");
            if whole && !inside.starts_with('>') && !inside.starts_with("->") {
                let _ = write!(text, "<!--{inside}-->");
            }
            false
        }
        Kind::Doctype => {
            text.push_str("<!DOCTYPE html>\n");
            false
        }
        Kind::Pseudo => false,
        Kind::Other => true,
    }
}

fn start_tag(snapshot: &Snapshot, node: &Node, text: &mut String) {
    text.push('<');
    text.push_str(&node.name);
    for (name, value) in snapshot.attrs(node) {
        if name.is_empty() || name.contains(|c: char| c.is_whitespace() || "\"'>/=<\0".contains(c)) {
            continue;
        }
        text.push(' ');
        text.push_str(name);
        text.push_str("=\"");
        escape(value, true, text);
        text.push('"');
    }
    text.push('>');
}

/// Scripts and styles: as they are, unless their text would end them early.
fn raw(snapshot: &Snapshot, node: &Node, text: &mut String) {
    if node.name == "iframe" {
        return;
    }
    let inside: String = node.children.iter().map(|c| snapshot.text(&snapshot.nodes[*c])).collect();
    let lower = inside.to_ascii_lowercase();
    // a script in a comment in a script needs two end tags
    let nested = node.name == "script" && lower.contains("<!--") && lower.contains("<script");
    if !lower.contains(&format!("</{}", node.name)) && !nested {
        text.push_str(&inside);
    }
}

fn plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !name.contains(|c: char| c.is_whitespace() || c == '/' || c == '>' || c == '\0')
}

fn escape(from: &str, value: bool, text: &mut String) {
    for c in from.chars() {
        match c {
            '&' => text.push_str("&amp;"),
            '<' if !value => text.push_str("&lt;"),
            '>' if !value => text.push_str("&gt;"),
            '"' if value => text.push_str("&quot;"),
            '\r' => text.push_str("&#13;"),
            '\0' => text.push('\u{FFFD}'),
            c => text.push(c),
        }
    }
}
