//! The engine's document, built node by node from our own tree, so that an element of the
//! one is an element of the other by construction. What the engine cannot take is left out
//! on the way.

use crate::assets::plain::{Plain, What};
use crate::assets::refs::{self, From, SheetRef};
use crate::layout::blitz::provider::Provider;
use crate::layout::blitz::{controls, css, fonts, old};
use crate::page::dom::El;
use blitz_dom::{
    Attribute, BaseDocument, DocumentConfig, LocalName, NodeId, QualName, StyleThreading,
    UserAgentStylesheet, ns,
};
use blitz_traits::shell::{ColorScheme, Viewport as Screen};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Once};
use stylo_static_prefs::set_pref;
use url::Url;

/// Rules of browsers that the engine's own sheet lacks.
const EXTRA: &str = include_str!("browser.css");

/// A page in the engine.
pub struct Built {
    /// The engine's document.
    pub doc: BaseDocument,
    /// Nodes by place in [`Plain::nodes`].
    pub nodes: Vec<Option<NodeId>>,
    /// Nodes by element of the page.
    pub elements: Vec<(El, NodeId)>,
}

/// What a document is built from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The page.
    pub plain: &'a Plain,
    /// Its stylesheets.
    pub sheets: &'a [SheetRef],
    /// What its addresses are joined to.
    pub base: &'a Url,
}

/// Builds the document for a screen of so many CSS pixels.
pub fn build(source: Source<'_>, provider: Provider, screen: (u32, u32)) -> Built {
    switch_on();
    static BROWSER: LazyLock<UserAgentStylesheet> = LazyLock::new(|| {
        UserAgentStylesheet::parse(&format!("{}{}{EXTRA}", controls::sizes(), old::rules()))
    });
    let mut browser = vec![UserAgentStylesheet::default_sheet(), BROWSER.clone()];
    let old = old::of_page(source.plain);
    if !old.is_empty() {
        browser.push(UserAgentStylesheet::parse(&old));
    }
    let mut provider = provider;
    let touch = provider.touch;
    let texts = author_sheets(source, &mut provider);
    let mut doc = BaseDocument::new(DocumentConfig {
        viewport: Some(Screen::new(screen.0, screen.1, 1.0, ColorScheme::Light)),
        base_url: Some(source.base.to_string()),
        ua_stylesheets: browser,
        net_provider: Some(Arc::new(provider)),
        font_ctx: Some(fonts::context()),
        style_threading: StyleThreading::Sequential,
        ..DocumentConfig::default()
    });
    let (nodes, elements) = grow(source, &mut doc);
    for (at, text) in texts {
        if let Some(Some(node)) = nodes.get(at) {
            let sheet = doc.make_stylesheet(css::ready(&text, touch), style::stylesheets::Origin::Author);
            doc.add_stylesheet_for_node(sheet, *node);
        }
    }
    Built { doc, nodes, elements }
}

/// Parts of CSS that the engine knows but leaves off.
fn switch_on() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        set_pref!("layout.css.has-selector.enabled", true);
        set_pref!("layout.css.nth-child-of.enabled", true);
        set_pref!("layout.css.at-scope.enabled", true);
        set_pref!("layout.css.properties-and-values.enabled", true);
    });
}

/// Text of each stylesheet in order: links and sheets with a media query are imported.
fn author_sheets(source: Source<'_>, provider: &mut Provider) -> Vec<(usize, String)> {
    let mut texts = Vec::new();
    for sheet in source.sheets {
        let text = match &sheet.from {
            From::Link(href) => match refs::join(source.base, href) {
                Some(url) => css::import(url.as_str(), sheet.media.as_deref()),
                None => continue,
            },
            From::Style(i) => {
                let Some((_, text)) = source.plain.styles.get(*i) else { continue };
                match &sheet.media {
                    None => text.clone(),
                    Some(media) => {
                        // an address of its own that relative addresses are joined to as to the page's
                        let mut own = source.base.clone();
                        own.set_query(Some(&format!("storelint-style={i}")));
                        own.set_fragment(None);
                        provider.sheets.insert(own.to_string(), Arc::from(text.as_str()));
                        css::import(own.as_str(), Some(media))
                    }
                }
            }
        };
        texts.push((sheet.at, text));
    }
    texts
}

type Grown = (Vec<Option<NodeId>>, Vec<(El, NodeId)>);

fn grow(source: Source<'_>, doc: &mut BaseDocument) -> Grown {
    let plain = source.plain;
    let mut nodes: Vec<Option<NodeId>> = Vec::with_capacity(plain.nodes.len());
    let mut elements = Vec::with_capacity(plain.nodes.len());
    let document = doc.root_node().id;
    let mut mutator = doc.mutate();
    let mut root = None;
    for (at, node) in plain.nodes.iter().enumerate() {
        let id = match &node.what {
            What::Element { name, attrs, el } => {
                let id = mutator.create_element(name.clone(), attributes(name, attrs, source.base));
                if let Some(el) = el {
                    elements.push((*el, id));
                }
                if let Some(filling) = controls::filling(plain, at) {
                    let text = mutator.create_text_node(&filling);
                    mutator.append_children(id, &[text]);
                }
                id
            }
            What::Text(text) => {
                if node.parent.is_some_and(|p| wordless(plain, p)) {
                    nodes.push(None);
                    continue;
                }
                mutator.create_text_node(text)
            }
        };
        nodes.push(Some(id));
        match node.parent {
            Some(parent) => {
                if let Some(Some(parent)) = nodes.get(parent) {
                    mutator.append_children(*parent, &[id]);
                }
            }
            None => root = root.or(Some(id)),
        }
    }
    if let Some(root) = root {
        mutator.append_children(document, &[root]);
    }
    drop(mutator);
    (nodes, elements)
}

/// Whether texts right in the element are not drawn: those of a closed `details`, where the
/// engine hides elements only, and the spaces between options.
fn wordless(plain: &Plain, at: usize) -> bool {
    match plain.name(at) {
        "details" => plain.attr(at, "open").is_none(),
        name => name == "select",
    }
}

/// The attributes that an element keeps. Addresses that cannot be joined would crash the
/// engine, and what a frame holds is no part of the page.
fn attributes(name: &QualName, attrs: &[(QualName, String)], base: &Url) -> Vec<Attribute> {
    let local: &str = if name.ns == ns!(html) { &name.local } else { "" };
    let kept = |attr: &&(QualName, String)| {
        let (attr, value) = (&*attr.0.local, &attr.1);
        match attr {
            "href" if local == "link" => false,
            "src" | "srcdoc" if matches!(local, "iframe" | "canvas" | "embed" | "frame") => false,
            "src" if local == "img" => base.join(value).is_ok(),
            "bgcolor" => old::ground(local, value).is_some(),
            _ => !attr.starts_with("on"),
        }
    };
    let attribute = |attr: &(QualName, String)| {
        let value = match &*attr.0.local {
            "style" => css::own(&attr.1).into_owned(),
            "bgcolor" => old::ground(local, &attr.1).unwrap_or_default(),
            "type" if local == "input" => controls::kind(Some(&attr.1)).to_string(),
            _ => attr.1.clone(),
        };
        let name = match old::name(local, &attr.0.local) {
            Some(other) => QualName::new(None, ns!(), LocalName::from(other)),
            None => attr.0.clone(),
        };
        Attribute { name, value }
    };
    let mut all: Vec<Attribute> = attrs.iter().filter(kept).map(attribute).collect();
    if local == "input" && !all.iter().any(|a| &*a.name.local == "type") {
        all.push(Attribute {
            name: QualName::new(None, ns!(), LocalName::from("type")),
            value: controls::kind(None).into(),
        });
    }
    all
}

/// Compares the engine's elements with the page's: count, order and names.
///
/// # Errors
/// The first difference.
pub fn check(built: &Built, names: &[QualName]) -> Result<(), String> {
    if built.elements.len() != names.len() {
        return Err(format!("{} elements instead of {}", built.elements.len(), names.len()));
    }
    let place: HashMap<NodeId, usize> =
        built.elements.iter().enumerate().map(|(i, (_, id))| (*id, i)).collect();
    let mut next = 0;
    let mut stack: Vec<NodeId> = built.doc.try_root_element().map(|n| n.id).into_iter().collect();
    while let Some(id) = stack.pop() {
        let Some(node) = built.doc.get_node(id) else { return Err("a node is gone".into()) };
        stack.extend(node.children.iter().rev().copied());
        let Some(place) = place.get(&id) else { continue };
        let name = node.element_data().map(|e| &e.name);
        if *place != next || name != names.get(next) {
            return Err(format!("element {next} is another: {name:?} instead of {:?}", names.get(next)));
        }
        next += 1;
    }
    if next == names.len() {
        Ok(())
    } else {
        Err(format!("{next} elements are in the document, not {}", names.len()))
    }
}
