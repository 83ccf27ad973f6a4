//! Hits of tokens: in classes and ids, in file names of pictures, in addresses of links.

use crate::pack::model::Field;
use crate::page::dom::{Dom, El};
use crate::parts::finder::Finder;
use crate::parts::hits::{At, Hit, What};
use crate::parts::tokens::{self, Standing, TokenHit};
use crate::parts::walk::Hidden;
use crate::text::subwords::Subwords;
use foldhash::HashMap;

/// Attributes that hold a picture's address, in the order in which they are asked: what a
/// script will show stands before `src`, which then holds a placeholder.
const FILES: [&str; 8] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-ks-lazyload",
    "data-lazyload",
    "src",
    "srcset",
    "data-srcset",
];

/// Names of files and folders that say nothing of what a picture shows.
const PICTURE_WORDS: [&str; 22] = [
    "img",
    "image",
    "images",
    "pic",
    "pics",
    "picture",
    "photo",
    "jpeg",
    "webp",
    "gif",
    "avif",
    "thumb",
    "thumbnail",
    "upload",
    "uploads",
    "default",
    "file",
    "small",
    "medium",
    "large",
    "main",
    "original",
];

/// Whether a word in small letters stands in addresses of many pictures.
pub fn is_picture_word(word: &str) -> bool {
    PICTURE_WORDS.contains(&word)
}

/// The address of a picture and the attribute that holds it; pictures written into the
/// page have none.
pub fn picture_address(dom: &Dom, el: El) -> Option<(&'static str, &str)> {
    FILES.iter().find_map(|name| {
        let value = dom.attr(el, name)?.trim();
        // the first of several sizes
        let first = if name.ends_with("srcset") { value.split([' ', ',']).next()? } else { value };
        let told = !first.is_empty() && !first.get(..5).is_some_and(|s| s.eq_ignore_ascii_case("data:"));
        told.then_some((*name, first))
    })
}

impl Finder<'_> {
    /// Finds the tokens of every name, file and address that some part asks for.
    pub(super) fn names(&mut self, fits: &impl Fn(Option<u16>) -> bool) {
        let asked = |field: Field| self.plan.slots.iter().any(|s| s.field == field);
        let (name, file, href) = (asked(Field::Name), asked(Field::File), asked(Field::Href));
        let (dom, walk, plan) = (self.dom, self.walk, self.plan);
        let mut words = Subwords::default();
        if name {
            // classes repeat, alone and together: each is looked up once a page
            let mut known: HashMap<&str, Vec<Standing>> = HashMap::default();
            let mut whole: HashMap<&str, Vec<TokenHit>> = HashMap::default();
            for el in dom.iter() {
                if walk.fact(el).hidden == Some(Hidden::Never) || matches!(dom.name(el), "html" | "body") {
                    continue;
                }
                for attr in ["class", "id", "data-section"] {
                    let Some(value) = dom.attr(el, attr) else { continue };
                    let hits = whole.entry(value).or_insert_with(|| {
                        for name in tokens::names(value) {
                            known.entry(name).or_insert_with(|| {
                                let mut found = Vec::new();
                                plan.tokens.in_name(name, &mut words, &mut found);
                                found
                            });
                        }
                        let names = tokens::names(value).filter_map(|n| known.get(n));
                        let found: Vec<&[Standing]> =
                            names.map(Vec::as_slice).filter(|f| !f.is_empty()).collect();
                        let mut hits = Vec::new();
                        tokens::cancel(&found, &mut hits);
                        hits.retain(|h| fits(h.platform));
                        hits
                    });
                    for hit in hits.iter() {
                        self.token(Field::Name, el, attr, hit);
                    }
                }
            }
        }
        let mut path = |finder: &mut Self, field, el, attr, value: &str| {
            let mut hits = Vec::new();
            plan.tokens.in_path(value, &mut words, &mut hits);
            for hit in hits.iter().filter(|h| fits(h.platform)) {
                finder.token(field, el, attr, hit);
            }
        };
        if file {
            for &el in &walk.images {
                if let Some((attr, value)) = picture_address(dom, el) {
                    path(self, Field::File, el, attr, file_part(value));
                }
            }
        }
        if href {
            for &el in &walk.links {
                let value = dom.attr(el, "href").unwrap_or("");
                if value.len() < 2_000 {
                    path(self, Field::Href, el, "href", value);
                }
            }
        }
    }

    fn token(&mut self, field: Field, el: El, attr: &'static str, hit: &TokenHit) {
        if self.barred.contains(&(hit.list, el)) {
            return;
        }
        for &slot in self.plan.slots_of.get(hit.list as usize).map_or(&[][..], |s| s.as_slice()) {
            if self.plan.slots.get(slot).is_some_and(|s| s.field == field) {
                let hit = Hit { el, list: hit.list, what: What::Token(hit.token), at: At::Attr(attr) };
                self.hits.push((slot as u32, hit));
            }
        }
    }
}

/// The file name of an address and the folder it lies in.
pub fn file_part(src: &str) -> &str {
    let path = src.split(['?', '#']).next().unwrap_or(src);
    let mut slashes = path.char_indices().rev().filter(|(_, c)| *c == '/');
    slashes.next();
    match slashes.next() {
        Some((i, _)) => &path[i + 1..],
        None => path,
    }
}
