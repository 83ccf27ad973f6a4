//! Loads what a page's look needs: stylesheets first, then what these import, then fonts and
//! pictures.

use crate::assets::plain::Plain;
use crate::assets::refs::{self, From};
use crate::assets::scan::{self, Face};
use crate::assets::source::{Kind, Source, Want};
use crate::assets::{Assets, data_url, decode, faces, header, picture};
use crate::limits;
use crate::page::Page;
use std::collections::BTreeSet;
use std::sync::Arc;
use url::Url;

/// Screens whose candidates of `srcset` are loaded: a desk and a phone.
const SCREENS: [(u32, u32); 2] = [(1440, 900), (390, 844)];

/// Loads a page's assets; `own` is its address.
pub fn gather(page: &Page, own: Option<&Url>, source: &mut dyn Source) -> Assets {
    let plain = Plain::of(page, false);
    let Some(own) = own.cloned().or_else(refs::nowhere) else { return Assets::default() };
    let base = refs::base(&plain, &own);
    let mut loading =
        Loading { assets: Assets { base: Some(own), ..Assets::default() }, bytes: 0, faces: Vec::new() };
    loading.sheets(&plain, &base, source);
    let texts = faces::Letters::of(&plain);
    loading.fonts(&texts, source);
    loading.pictures(&plain, &base, source);
    loading.assets
}

struct Loading {
    assets: Assets,
    /// Bytes of stylesheets so far.
    bytes: usize,
    /// `@font-face` rules with the address that theirs are joined to.
    faces: Vec<(Url, Face)>,
}

impl Loading {
    fn sheets(&mut self, plain: &Plain, base: &Url, source: &mut dyn Source) {
        let mut wants = Vec::new();
        for sheet in refs::sheets(plain) {
            match sheet.from {
                From::Link(href) => wants.extend(want(Kind::Sheet, base, &href)),
                From::Style(i) => {
                    let text = plain.styles.get(i).map_or("", |(_, text)| text.as_str());
                    wants.extend(self.read(text, base));
                }
            }
        }
        let mut asked: BTreeSet<String> = BTreeSet::new();
        for _ in 0..limits::IMPORT_DEPTH {
            wants.retain(|w| asked.len() < limits::SHEETS && asked.insert(w.url.to_string()));
            if wants.is_empty() {
                break;
            }
            self.assets.asked += wants.len();
            let (inside, outside): (Vec<Want>, Vec<Want>) =
                wants.into_iter().partition(|w| w.url.scheme() == "data");
            let held = inside.iter().map(|w| data_url::bytes(w.url.as_str())).collect::<Vec<_>>();
            let loaded = source.load(&outside);
            let mut next = Vec::new();
            for (want, bytes) in inside.into_iter().zip(held).chain(outside.into_iter().zip(loaded)) {
                match bytes.filter(|b| b.len() <= limits::SHEETS_BYTES.saturating_sub(self.bytes)) {
                    Some(bytes) => {
                        self.bytes += bytes.len();
                        let text = decode::stylesheet(&bytes);
                        next.extend(self.read(&text, &want.url));
                        self.assets.sheets.insert(want.url.to_string(), Arc::from(text));
                    }
                    None => self.assets.missing.push(want.written),
                }
            }
            wants = next;
        }
    }

    /// Notes a stylesheet's fonts; what it imports.
    fn read(&mut self, css: &str, base: &Url) -> Vec<Want> {
        let asked = scan::scan(css);
        self.faces.extend(asked.faces.into_iter().map(|f| (base.clone(), f)));
        asked.imports.iter().filter_map(|i| want(Kind::Sheet, base, i)).collect()
    }

    fn fonts(&mut self, letters: &faces::Letters, source: &mut dyn Source) {
        let mut bytes = 0;
        for (base, face) in faces::needed(&self.faces, letters).into_iter().take(limits::FONTS) {
            // the engine takes the first source that it can read; so do we
            for written in &face.urls {
                let Some(want) = want(Kind::Font, &base, written) else { continue };
                let key = want.url.to_string();
                if self.assets.fonts.contains_key(&key) {
                    break;
                }
                let held =
                    (want.url.scheme() == "data").then(|| data_url::bytes(want.url.as_str())).flatten();
                let loaded = held.or_else(|| source.load(std::slice::from_ref(&want)).pop().flatten());
                if let Some(font) =
                    loaded.filter(|f| faces::is_font(f) && bytes + f.len() <= limits::FONTS_BYTES)
                {
                    bytes += font.len();
                    self.assets.fonts.insert(key, Arc::from(font));
                    break;
                }
            }
        }
    }

    fn pictures(&mut self, plain: &Plain, base: &Url, source: &mut dyn Source) {
        let mut wants: Vec<Want> = Vec::new();
        let mut asked: BTreeSet<String> = BTreeSet::new();
        for at in (0..plain.nodes.len()).filter(|at| picture::shows(plain, *at)) {
            for screen in SCREENS {
                let Some(choice) = picture::choose(plain, at, base, screen) else { continue };
                let spare = picture::natural(plain, at, &choice, &self.assets).1;
                let url = choice.url;
                let known = matches!(url.scheme(), "data") || asked.len() >= limits::PICTURES;
                if !known && asked.insert(url.to_string()) {
                    wants.push(Want { kind: Kind::Picture, written: url.to_string(), url, spare });
                }
            }
        }
        for (want, bytes) in wants.iter().zip(source.load(&wants)) {
            if let Some(size) = bytes.and_then(|b| header::size(&b)) {
                self.assets.pictures.insert(want.url.to_string(), size);
            }
        }
    }
}

fn want(kind: Kind, base: &Url, written: &str) -> Option<Want> {
    Some(Want { kind, written: written.to_string(), url: refs::join(base, written)?, spare: false })
}
