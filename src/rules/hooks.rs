//! Elements that a script of the page itself names, by their id or an attribute made for it.

use crate::page::dom::El;
use crate::rules::context::Context;
use memchr::memmem;

/// Shortest name that is told from other words of a script, in bytes.
const NAME: usize = 5;

/// Elements of a page that are looked for, at most: each costs a search of all its scripts.
const LOOKED_FOR: usize = 100;

/// Whether an inline script names an element: its id in quotes or as a selector, or a `data-`
/// attribute of it.
pub fn in_script(c: &Context<'_>, el: El) -> bool {
    if let Some(known) = c.known.named.borrow().get(&el) {
        return *known;
    }
    let mut named = c.known.named.borrow_mut();
    let found = named.len() < LOOKED_FOR && look(c, el);
    named.insert(el, found);
    found
}

fn look(c: &Context<'_>, el: El) -> bool {
    let dom = &c.scene.page.dom;
    let id = dom.id(el).filter(|id| id.len() >= NAME);
    let ids = id.into_iter().flat_map(|id| [format!("\"{id}\""), format!("'{id}'"), format!("#{id}")]);
    let attrs = dom
        .attrs(el)
        .map(|(name, _)| name)
        .filter(|name| name.strip_prefix("data-").is_some_and(|rest| rest.len() >= NAME));
    let names: Vec<String> = ids.chain(attrs.map(str::to_string)).collect();
    let is_code = |at: &El| {
        dom.name(*at) == "script"
            && dom.attr(*at, "type").is_none_or(|t| t.is_empty() || t.contains("javascript") || t == "module")
    };
    let scripts = c.known.scripts.get_or_init(|| dom.iter().filter(is_code).collect());
    !names.is_empty()
        && scripts.iter().map(|at| dom.own_text(*at)).any(|text| {
            names.iter().any(|name| {
                let mut found = memmem::find_iter(text.as_bytes(), name.as_bytes());
                found.any(|at| ends(text, at + name.len()))
            })
        })
}

/// Whether a name ends here in a script, and no longer one begins with it.
fn ends(text: &str, at: usize) -> bool {
    let next = text.as_bytes().get(at);
    next.is_none_or(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')))
}
