//! What a press opens: drawers, menus and panes of tabs that the markup hides until then.

use crate::page::dom::{Dom, El};
use crate::parts::tags;
use crate::parts::walk::{Hidden, Walk};
use foldhash::HashMap;

/// Attributes of links and buttons that name what they open, by its id, with or without `#`.
const NAMING: [&str; 5] = ["aria-controls", "data-target", "data-bs-target", "data-toggle", "href"];

/// Ids that something on the page opens, with what opens them.
#[derive(Debug, Default)]
pub struct Openers {
    ids: HashMap<String, Vec<El>>,
}

impl Openers {
    /// Of a page, O(elements).
    pub fn of(dom: &Dom, walk: &Walk) -> Openers {
        let mut openers = Openers::default();
        for el in dom.iter().filter(|el| walk.fact(*el).hidden.is_none()) {
            let told = NAMING.iter().filter_map(|name| {
                let value = dom.attr(el, name)?;
                // an address that is no place on the page names nothing
                if *name == "href" { value.trim().strip_prefix('#') } else { Some(value) }
            });
            let ids = told.flat_map(str::split_ascii_whitespace).map(|id| id.trim_start_matches('#'));
            let taps = dom.attr(el, "on").into_iter().flat_map(tapped);
            for id in ids.chain(taps).filter(|id| !id.is_empty()) {
                openers.ids.entry(id.to_string()).or_default().push(el);
            }
        }
        openers
    }

    /// Whether a press shows an element that the markup hides: something outside names each
    /// element that hides it.
    pub fn show(&self, dom: &Dom, walk: &Walk, el: El) -> bool {
        let hides = |at: &El| {
            let style = dom.attr(*at, "style").map(str::to_ascii_lowercase).unwrap_or_default();
            tags::hidden(dom, *at, dom.name(*at), &style).is_some()
        };
        let above = std::iter::successors(Some(el), |at| dom.parent(*at));
        let mut hiding = above.take_while(|at| walk.fact(*at).hidden.is_some()).filter(hides);
        let known = !matches!(walk.fact(el).hidden, None | Some(Hidden::Never | Hidden::Input));
        known && hiding.all(|at| self.open(dom, at))
    }

    /// Whether something outside an element names it.
    fn open(&self, dom: &Dom, el: El) -> bool {
        let openers = dom.id(el).and_then(|id| self.ids.get(id));
        openers.is_some_and(|all| all.iter().any(|opener| !dom.contains(el, *opener)))
    }
}

/// Ids that an AMP page's `on` shows at a tap: `tap:menu.toggle, other.hide`.
fn tapped(on: &str) -> impl Iterator<Item = &str> {
    let events = on.split(';').filter_map(|event| event.trim().strip_prefix("tap:"));
    events.flat_map(|actions| actions.split(',')).filter_map(|action| {
        let (id, act) = action.trim().split_once('.')?;
        let act = act.split('(').next().unwrap_or(act);
        matches!(act, "toggle" | "open" | "show" | "toggleVisibility").then_some(id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;

    fn shown(html: &str) -> bool {
        let page = Page::from_text("t.html", html);
        let walk = Walk::new(&page.dom);
        let el = page.dom.iter().find(|el| page.dom.name(*el) == "i").expect("an element");
        Openers::of(&page.dom, &walk).show(&page.dom, &walk, el)
    }

    #[test]
    fn a_press_shows_what_it_names() {
        assert!(shown("<a href='#d'>a</a><div id=d hidden><i>x</i></div>"));
        assert!(shown("<button on='tap:d.toggle'>a</button><div id=d style='display:none'><i>x</i></div>"));
        assert!(shown(
            "<button on='tap:AMP.scrollTo(id=\"x\"),d.open'>a</button><nav id=d hidden><i>x</i></nav>"
        ));
        assert!(shown("<button data-bs-target='#d'>a</button><div id=d hidden><i>x</i></div>"));
        assert!(!shown("<button on='tap:d.hide'>a</button><div id=d hidden><i>x</i></div>"));
        assert!(!shown("<a href='/p#d'>a</a><div id=d hidden><i>x</i></div>"));
        assert!(!shown("<div id=d hidden><a href='#d'>close</a><i>x</i></div>"));
        assert!(!shown("<a href='#d'>a</a><div id=d hidden><p hidden><i>x</i></p></div>"));
        assert!(!shown("<p hidden><a href='#d'>a</a></p><div id=d hidden><i>x</i></div>"));
        assert!(!shown("<a href='#d'>a</a><div id=d><i>x</i></div>"));
    }
}
