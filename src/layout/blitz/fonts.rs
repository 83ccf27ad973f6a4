//! The fonts that every page is laid out with, on every machine the same: Liberation, which
//! measures as Arial, Times New Roman and Courier New do, a font of empty squares for Chinese,
//! Japanese and Korean, and one of gaps.

use crate::layout::blitz::{gaps, squares};
use parley::FontContext;
use parley::fontique::{
    Blob, Collection, CollectionOptions, FallbackKey, FamilyId, FontInfoOverride, GenericFamily, Language,
    Script, SourceCache,
};
use std::sync::{Arc, Mutex, PoisonError};

const SANS: [&[u8]; 2] = [
    include_bytes!("../fonts/LiberationSans-Regular.ttf"),
    include_bytes!("../fonts/LiberationSans-Bold.ttf"),
];
const SERIF: [&[u8]; 3] = [
    include_bytes!("../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../fonts/LiberationSerif-Italic.ttf"),
];
const MONO: [&[u8]; 1] = [include_bytes!("../fonts/LiberationMono-Regular.ttf")];

/// Families that the three stand for: the ones that they were drawn to measure like.
const SANS_NAMES: [&str; 4] = ["Liberation Sans", "Arial", "Helvetica", "Arimo"];
const SERIF_NAMES: [&str; 4] = ["Liberation Serif", "Times New Roman", "Times", "Tinos"];
const MONO_NAMES: [&str; 4] = ["Liberation Mono", "Courier New", "Courier", "Cousine"];

/// Scripts whose text may need a font that the page does not name, with the languages for
/// which the engine keeps lists of their own.
const SCRIPTS: [(&[u8; 4], &[&str]); 14] = [
    (b"Latn", &[]),
    (b"Grek", &[]),
    (b"Cyrl", &[]),
    (b"Hani", &["zh", "zh-CN", "zh-TW", "zh-HK", "zh-MO", "zh-SG", "ja", "ko"]),
    (b"Hira", &["ja"]),
    (b"Kana", &["ja"]),
    (b"Hang", &["ko"]),
    (b"Bopo", &["zh-TW"]),
    (b"Arab", &[]),
    (b"Hebr", &[]),
    (b"Thai", &[]),
    (b"Deva", &[]),
    (b"Zyyy", &[]),
    (b"Zinh", &[]),
];

/// A font context of its own for a document; the fonts are read once a run.
pub fn context() -> FontContext {
    static BUILT: Mutex<Option<FontContext>> = Mutex::new(None);
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    built.get_or_insert_with(build).clone()
}

fn build() -> FontContext {
    let options = CollectionOptions { shared: false, system_fonts: false };
    let mut fonts =
        FontContext { collection: Collection::new(options), source_cache: SourceCache::default() };
    let sans = register(&mut fonts, &SANS, &SANS_NAMES);
    let serif = register(&mut fonts, &SERIF, &SERIF_NAMES);
    let mono = register(&mut fonts, &MONO, &MONO_NAMES);
    // the marks of lists come from a font of the engine's own
    fonts.collection.register_fonts(Blob::new(Arc::new(blitz_dom::BULLET_FONT)), None);
    let squares = register_one(&mut fonts, squares::font(), squares::FAMILY);
    let gaps = register_one(&mut fonts, gaps::font(), gaps::FAMILY);
    for generic in GenericFamily::all() {
        let family = match generic {
            GenericFamily::Serif | GenericFamily::UiSerif => serif,
            GenericFamily::Monospace | GenericFamily::UiMonospace => mono,
            _ => sans,
        };
        fonts.collection.set_generic_families(*generic, family.into_iter().chain(squares).chain(gaps));
    }
    for (script, languages) in SCRIPTS {
        let languages = languages.iter().filter_map(|l| Language::parse(l).ok()).map(Some);
        for language in std::iter::once(None).chain(languages) {
            let key = FallbackKey::new(Script::from_bytes(*script), language.as_ref());
            fonts.collection.set_fallbacks(key, sans.into_iter().chain(squares).chain(gaps));
        }
    }
    fonts
}

fn register_one(fonts: &mut FontContext, file: Vec<u8>, name: &str) -> Option<FamilyId> {
    let named = FontInfoOverride { family_name: Some(name), ..Default::default() };
    let registered = fonts.collection.register_fonts(Blob::new(Arc::new(file)), Some(named));
    registered.first().map(|(id, _)| *id)
}

/// Registers files under each of the names; the first name's family.
fn register(fonts: &mut FontContext, files: &[&'static [u8]], names: &[&str]) -> Option<FamilyId> {
    let mut first = None;
    for file in files {
        let blob = Blob::new(Arc::new(*file));
        for name in names {
            let named = FontInfoOverride { family_name: Some(name), ..Default::default() };
            let registered = fonts.collection.register_fonts(blob.clone(), Some(named));
            first = first.or_else(|| registered.first().map(|(id, _)| *id));
        }
    }
    first
}
