//! Which cards are of other items than the page's own.

use crate::page::Page;
use crate::page::dom::{Dom, El};
use crate::parts::address;
use crate::parts::cards;
use crate::parts::walk::Walk;

/// What stands with the page's own item, also where the block that holds it looks like a card: its
/// only first heading; where it has none, its only form that fills the cart.
pub(super) fn own_item(dom: &Dom, walk: &Walk) -> Option<El> {
    let mut first = walk.headings.iter().filter(|h| h.1 == 1).map(|h| h.0);
    let fills = |form: &El| {
        let action = dom.attr(*form, "action").unwrap_or("").to_ascii_lowercase();
        CART_FORMS.iter().any(|part| action.contains(part))
    };
    let mut forms = dom.iter().filter(|el| dom.name(*el) == "form").filter(fills);
    match (first.next(), first.next()) {
        (Some(heading), None) => Some(heading),
        (None, _) => forms.next().filter(|_| forms.next().is_none()),
        _ => None,
    }
}

/// Parts of the addresses to which forms send what goes into the cart.
const CART_FORMS: [&str; 4] = ["cart/add", "add-to-cart", "addtocart", "basket/add"];

/// Whether a card is of another item: it leads to another page, or it is named and priced by
/// itself and leads nowhere, as on pages without a shop behind them.
pub(super) fn is_foreign(page: &Page, walk: &Walk, card: El, own: Option<&str>) -> bool {
    let dom = &page.dom;
    let away = |href: &str| own.is_none_or(|own| address::leads_away(own, href));
    match cards::target(dom, walk, card) {
        Some(cards::Target::Script(href)) => away(href),
        Some(cards::Target::Links) => walk.links_of(card.0, dom.end(card).0).iter().any(|l| {
            let href = dom.attr(*l, "href").unwrap_or("");
            address::is_page_link(href) && away(href)
        }),
        Some(cards::Target::Nowhere) => true,
        None => false,
    }
}
