//! Set values: the words of a text, or the word lists that hit in it. `~`, `shares` and
//! `distinct = "value"` compare these.

use crate::pack::model::{Shape, ValueKind};
use crate::page::dom::El;
use crate::parts::listed;
use crate::parts::map::{Proof, Thing};
use crate::parts::names::picture_address;
use crate::parts::values::{Quantity, Unit};
use crate::rules::context::Context;
use crate::rules::properties::{self, value_kind};
use crate::text::fold::{BREAK, fold, is_cjk};
use foldhash::HashSet;
use std::collections::BTreeSet;

/// Words that say nothing, a list of the pack.
pub const STOP: &str = "stop-words";
/// Shortest word that counts, in letters (RULE-LANGUAGE 3.9).
const LETTERS: usize = 2;
/// Shortest word of which a plural s is taken off.
const PLURAL: usize = 4;

/// The members of a thing's set value; empty where it has none.
pub fn of(c: &Context<'_>, thing: &Thing) -> BTreeSet<String> {
    let text = text_of(c, thing);
    match value_kind(c, thing) {
        Some(ValueKind::Lists(lists)) => {
            // logos stand for words where there are none
            let names = if text.trim().is_empty() { names_of(c, thing) } else { vec![text] };
            let hits = |l: &&String| names.iter().any(|text| listed::hits(c.plan(), l, text));
            lists.iter().filter(hits).cloned().collect()
        }
        Some(ValueKind::Text) => words(c, &text),
        Some(ValueKind::Shape(Shape::Money)) => {
            properties::quantity(c, thing, Shape::Money).as_ref().map(sum).into_iter().collect()
        }
        _ => properties::read(c, thing, crate::pack::model::Property::Value).into_iter().collect(),
    }
}

/// A sum whatever way it is written: “$12.00” and “12,00 $” are one.
fn sum(money: &Quantity) -> String {
    let code = match &money.unit {
        Unit::Money(codes) => codes.first().copied().unwrap_or_default(),
        _ => "",
    };
    format!("{:.2}-{:.2} {code}", money.low, money.high)
}

/// What a thing says: its value in structured data, else its text and text alternatives.
pub fn text_of(c: &Context<'_>, thing: &Thing) -> String {
    let data = thing.hits.iter().find_map(|h| match &h.proof {
        Proof::Data { text, .. } if thing.place.is_some() => Some(text.clone()),
        _ => None,
    });
    if let Some(text) = data {
        return text;
    }
    let dom = &c.scene.page.dom;
    // facts of the head are attributes
    if dom.name(thing.anchor) == "meta" {
        return dom.attr(thing.anchor, "content").unwrap_or("").to_string();
    }
    // as drawn, so that blocks stay apart; what is never drawn as it is written
    let drawn = c.scene.walk.text(thing.anchor).replace(BREAK, " ");
    let text = if drawn.trim().is_empty() { properties::source_text(c, thing.anchor) } else { drawn };
    if !text.trim().is_empty() {
        return text;
    }
    properties::read(c, thing, crate::pack::model::Property::Alt).unwrap_or_default()
}

/// Pictures of one thing looked at.
const PICTURES: usize = 40;
/// Attributes that name what a picture or icon shows.
const NAMING: [&str; 6] = ["alt", "title", "aria-label", "aria-labelledby", "class", "id"];

/// What names the thing's pictures, or the thing itself where it is an icon: text
/// alternatives, names and file names.
fn names_of(c: &Context<'_>, thing: &Thing) -> Vec<String> {
    let (dom, walk) = (&c.scene.page.dom, &c.scene.walk);
    let pictures = walk.images_of(thing.extent.from, thing.extent.to).iter().take(PICTURES);
    let of = |el: &El| {
        let names = NAMING.iter().filter_map(|name| dom.attr(*el, name));
        let file = picture_address(dom, *el).map(|(_, src)| src);
        names.chain(file).map(str::to_string).collect::<Vec<_>>()
    };
    pictures.chain([&thing.anchor]).flat_map(of).collect()
}

/// The words of a text: of two letters and more, a plural s taken off; of Chinese and Japanese
/// each two signs that follow one another. Words of the list `stop-words` are left out.
pub fn words(c: &Context<'_>, text: &str) -> BTreeSet<String> {
    let stop = c.plan().list(STOP).into_iter().flat_map(|l| &l.phrases).map(|p| p.folded()).collect();
    words_but(text, &stop)
}

fn words_but(text: &str, stop: &HashSet<&str>) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let folded = fold(text);
    // a number and the sign beside it are a name, too: of 双11 and 618大促 the digits matter
    for run in folded.split(|ch: char| !ch.is_alphanumeric()) {
        let signs: Vec<char> = run.chars().collect();
        for (i, two) in signs.windows(2).enumerate() {
            match (is_cjk(two[0]), is_cjk(two[1])) {
                (true, false) if two[1].is_ascii_digit() => {
                    let digits = signs[i + 1..].iter().take_while(|c| c.is_ascii_digit());
                    out.insert(std::iter::once(&two[0]).chain(digits).collect());
                }
                (false, true) if two[0].is_ascii_digit() => {
                    let start = signs[..=i].iter().rposition(|c| !c.is_ascii_digit()).map_or(0, |at| at + 1);
                    out.insert(signs[start..=i + 1].iter().collect());
                }
                _ => {}
            }
        }
    }
    for run in folded.split(|ch: char| !ch.is_alphanumeric()).filter(|r| !r.is_empty()) {
        let signs: Vec<char> = run.chars().collect();
        let mut at = 0;
        while at < signs.len() {
            let cjk = is_cjk(signs[at]);
            let end = (at..signs.len()).find(|i| is_cjk(signs[*i]) != cjk).unwrap_or(signs.len());
            let piece = &signs[at..end];
            at = end;
            if cjk {
                out.extend(piece.windows(2).map(|two| two.iter().collect::<String>()));
                continue;
            }
            let word: String = piece.iter().collect();
            if piece.len() < LETTERS
                || !piece.iter().any(|ch| ch.is_alphabetic())
                || stop.contains(word.as_str())
            {
                continue;
            }
            out.insert(singular(&word).to_string());
        }
    }
    out.retain(|w| !stop.contains(w.as_str()));
    out
}

/// An English plural without its ending: “dresses”, “shoes”.
fn singular(word: &str) -> &str {
    let hissing = ["sses", "shes", "ches", "xes", "zes"].iter().any(|end| word.ends_with(end));
    let end = if hissing { "es" } else { "s" };
    let bare = word.strip_suffix(end).filter(|w| w.len() + 1 >= PLURAL && !w.ends_with('s'));
    if hissing { word.strip_suffix(end).unwrap_or(word) } else { bare.unwrap_or(word) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> Vec<String> {
        words_but(text, &HashSet::from_iter(["the", "我们"])).into_iter().collect()
    }

    #[test]
    fn words_of_letters_and_pairs_of_signs() {
        assert_eq!(set("The Summer Dresses, a 50 % sale!"), ["dress", "sale", "summer"]);
        assert_eq!(set("glass"), ["glass"]);
        assert_eq!(set("我们的新款T恤"), ["们的", "新款", "的新"]);
        assert!(set("").is_empty());
    }
}
