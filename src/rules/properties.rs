//! Properties of things: text, title, alt, href, file, value.

use crate::pack::model::{Property, Shape, ValueKind};
use crate::page::dom::El;
use crate::parts::map::{Proof, Thing};
use crate::parts::names::{is_picture_word, picture_address};
use crate::parts::plan::PartRef;
use crate::parts::values::{self, Quantity, Unit};
use crate::rules::context::Context;
use crate::text::fold::BREAK;

/// Reads a property; `None` where the thing has none.
pub fn read(c: &Context<'_>, thing: &Thing, property: Property) -> Option<String> {
    let dom = &c.scene.page.dom;
    match property {
        Property::Part => Some(c.plan().name(thing.part).to_string()),
        Property::Text => Some(plain(&source_text(c, thing.anchor))),
        Property::Title => {
            let (from, to) = (thing.extent.from, thing.extent.to);
            let headings = &c.scene.walk.headings;
            let at = headings.partition_point(|(h, _)| h.0 < from);
            let heading = headings.get(at).map(|h| h.0).filter(|h| h.0 < to);
            let texts = heading.into_iter().chain(c.scene.walk.links_of(from, to).iter().copied());
            texts.map(|el| plain(&source_text(c, el))).find(|t| !t.is_empty())
        }
        Property::Alt => picture(c, thing).map(|el| dom.attr(el, "alt").unwrap_or("").trim().to_string()),
        Property::Href => {
            let own = c.scene.walk.fact(thing.anchor).link.filter(|l| dom.attr(*l, "href").is_some());
            let inner = c.scene.walk.links_of(thing.extent.from, thing.extent.to).first().copied();
            own.or(inner).and_then(|el| dom.attr(el, "href")).map(|h| h.trim().to_string())
        }
        Property::File => {
            let el = picture(c, thing)?;
            let (_, src) = picture_address(dom, el)?;
            let path = src.split(['?', '#']).next().unwrap_or(src);
            Some(path.rsplit('/').next().unwrap_or(path).to_string())
        }
        Property::Value => match value_kind(c, thing)? {
            ValueKind::Shape(shape) => quantity(c, thing, shape).map(|q| q.shown),
            ValueKind::Text | ValueKind::Lists(_) => Some(plain(&source_text(c, thing.anchor))),
        },
        // lengths depend on the viewport: see `lengths`
        Property::Width | Property::Height => None,
    }
}

/// What tells a thing's picture from others: its file's name, so that a picture and its thumbnail
/// are one; where the address ends in no name of its own (`image.jpg`, an id), all of it. A thing
/// without a file is told by itself.
pub fn file(c: &Context<'_>, thing: &Thing) -> String {
    let dom = &c.scene.page.dom;
    let shown = picture(c, thing).and_then(|el| picture_address(dom, el));
    let drawn = || dom.attr(thing.anchor, "style").filter(|style| style.contains("url("));
    let Some(address) = shown.map(|(_, src)| src).or_else(drawn) else {
        return format!("#{}", thing.anchor.0);
    };
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let name = path.rsplit('/').next().unwrap_or(path);
    let own = name
        .rsplit_once('.')
        .is_some_and(|(stem, _)| !stem.is_empty() && !is_picture_word(&stem.to_ascii_lowercase()));
    if own { name.to_string() } else { address.trim().to_string() }
}

fn picture(c: &Context<'_>, thing: &Thing) -> Option<El> {
    let walk = &c.scene.walk;
    if walk.images.binary_search(&thing.anchor).is_ok() {
        return Some(thing.anchor);
    }
    walk.images_of(thing.extent.from, thing.extent.to).first().copied()
}

/// The text as the page has it, white space collapsed.
pub fn source_text(c: &Context<'_>, el: El) -> String {
    let dom = &c.scene.page.dom;
    let mut out = String::new();
    // the page's title is never drawn, and is asked for as itself
    let title = dom.name(el) == "title";
    for row in dom.texts(el) {
        if !title && c.scene.walk.fact(row.parent).hidden == Some(crate::parts::walk::Hidden::Never) {
            continue;
        }
        out.push_str(dom.text_of(row));
        if out.len() > 4_000 {
            break;
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain(text: &str) -> String {
    text.replace(BREAK, " ").trim().to_string()
}

/// What a part's value is.
pub fn value_kind(c: &Context<'_>, thing: &Thing) -> Option<ValueKind> {
    match thing.part {
        PartRef::Part(_) => c.plan().part(thing.part).and_then(|p| p.value.clone()),
        PartRef::Builtin(_) => None,
    }
}

/// The value of a thing: of structured data, else the first of that shape in its text.
pub fn quantity(c: &Context<'_>, thing: &Thing, shape: Shape) -> Option<Quantity> {
    let data = thing.hits.iter().find_map(|h| match &h.proof {
        Proof::Data { text, .. } if thing.place.is_some() => Some(text),
        _ => None,
    });
    if let Some(text) = data {
        return machine(text, shape);
    }
    let struck = match thing.part {
        PartRef::Part(id) => c.map.struck(id),
        PartRef::Builtin(_) => &[],
    };
    let find = |el: El| c.scene.value(shape, el, struck, true).map(|(q, _)| q);
    find(thing.anchor).or_else(|| thing.hits.iter().find_map(|h| find(h.el)))
}

/// A value of structured data: "129.00 CNY".
fn machine(text: &str, shape: Shape) -> Option<Quantity> {
    let folded = crate::text::fold::fold(text);
    if shape != Shape::Money {
        return values::first(shape, &folded).map(|(q, _)| q);
    }
    let (number, code) = match folded.rsplit_once(' ') {
        Some((n, c)) if c.chars().all(|c| c.is_ascii_alphabetic()) => (n, c),
        _ => (folded.as_str(), ""),
    };
    if let Some(n) = values::parse_machine_number(number) {
        let shown =
            if code.is_empty() { number.to_string() } else { format!("{number} {}", code.to_uppercase()) };
        return Some(Quantity { low: n, high: n, unit: Unit::Money(values::currencies(code)), shown });
    }
    values::first(shape, &folded).map(|(q, _)| q)
}
