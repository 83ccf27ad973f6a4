//! `[words.x]` tables to word lists, with the checks of words.

use crate::pack::model::{Pattern, Phrase, PhraseMode, Token, WordList};
use crate::pack::node::{Key, Kind, Node, Reader};
use crate::pack::pattern;
use crate::pack::problem::Problem;
use crate::text::fold::{fold, is_cjk, is_folded, label_range};
use smol_str::SmolStr;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Keys of a word list beside language tags.
pub const KEYS: &[&str] = &["exact", "prefix", "pattern", "max_chars", "not", "token", "not_token", "on"];

/// Languages that words may be in, and `mul` for all.
pub const LANGS: &[&str] = &[
    "mul", "en", "zh", "ja", "ko", "de", "fr", "es", "it", "pt", "ru", "nl", "pl", "sv", "da", "fi", "nb",
    "no", "cs", "sk", "hu", "ro", "bg", "el", "tr", "uk", "ar", "he", "th", "vi", "id", "ms", "hi", "sl",
    "hr", "sr", "lt", "lv", "et", "ca", "fa", "bn", "is",
];
/// Of these, those that are named where a key is unknown.
const NAMED: usize = 11;

/// Reads one list. `remove` and `only` are for the config and handled there.
pub fn read(r: &Reader, name: &str, table: &[(Key, Node)]) -> WordList {
    let mut list = WordList { name: name.to_string(), max_chars: 40, ..WordList::default() };
    let mut seen = Seen { wanted: !pattern::is_tested(r), ..Seen::default() };
    keys(r, table, None, &mut list, &mut seen);
    seen.check(r, &list);
    list
}

fn keys(r: &Reader, table: &[(Key, Node)], platform: Option<&str>, list: &mut WordList, seen: &mut Seen) {
    let platform_owned = platform.map(str::to_string);
    let shared: Option<Arc<str>> = platform.map(Arc::from);
    for (key, node) in table {
        match &*key.name {
            "exact" | "prefix" => {
                let mode = if key.name == "exact" { PhraseMode::Exact } else { PhraseMode::Prefix };
                for (lang, node) in r.table(node).into_iter().flatten() {
                    if is_lang(&lang.name) {
                        phrases(r, node, &lang.name, mode, platform, list, seen);
                    } else {
                        not_a_language(r, lang);
                    }
                }
            }
            "pattern" => {
                for (regex, range) in r.texts(node) {
                    if pattern::check(r, &regex, &range) {
                        list.patterns.push(Pattern { regex, platform: platform_owned.clone() });
                    }
                }
            }
            "max_chars" => list.max_chars = r.count(node).unwrap_or(40),
            "not" => {
                for (text, range) in r.texts_in(node) {
                    let (text, folds) = both(text);
                    let phrase = Phrase {
                        text,
                        folds,
                        lang: "mul".into(),
                        mode: PhraseMode::Inside,
                        platform: shared.clone(),
                    };
                    if seen.wanted {
                        seen.not.push((phrase.shared(), range.clone()));
                    }
                    list.not.push(phrase);
                }
            }
            "token" => {
                let new = r
                    .texts(node)
                    .into_iter()
                    .map(|(text, _)| Token { text, platform: platform_owned.clone() });
                list.tokens.extend(new);
            }
            "not_token" => {
                let new = r
                    .texts(node)
                    .into_iter()
                    .map(|(text, _)| Token { text, platform: platform_owned.clone() });
                list.not_tokens.extend(new);
            }
            "on" if platform.is_none() => {
                for (name, node) in r.table(node).into_iter().flatten() {
                    list.on.push((name.name.to_string(), r.place(&name.range)));
                    if let Some(table) = r.table(node) {
                        keys(r, table, Some(&name.name), list, seen);
                    }
                }
            }
            lang if is_lang(lang) => phrases(r, node, lang, PhraseMode::Inside, platform, list, seen),
            _ => r.unknown_key(key, &[&LANGS[1..NAMED], &LANGS[..1], KEYS].concat(), "a word list"),
        }
    }
}

fn phrases(
    r: &Reader,
    node: &Node,
    lang: &str,
    mode: PhraseMode,
    platform: Option<&str>,
    list: &mut WordList,
    seen: &mut Seen,
) {
    if matches!(node.kind, Kind::Table(_)) {
        r.wrong_type(node, "a list of phrases");
        return;
    }
    let lang: Arc<str> = lang.into();
    let platform: Option<Arc<str>> = platform.map(Arc::from);
    for (text, range) in r.texts_in(node) {
        let (text, mut folds) = both(text);
        // what a label loses at its ends, a phrase that is a whole label loses too
        if mode == PhraseMode::Exact {
            let folded = folds.as_deref().unwrap_or(&text);
            let (from, to) = label_range(folded, 0, folded.len());
            if to - from < folded.len() && from < to {
                folds = Some(folded[from..to].into());
            }
        }
        let phrase = Phrase { text, folds, lang: Arc::clone(&lang), mode, platform: platform.clone() };
        let (text, folded) = (&phrase.text, phrase.folded());
        if folded.is_empty() {
            r.say(Problem::error("words", &r.place(range), "this phrase is empty"));
            continue;
        }
        let mut chars = folded.chars();
        if mode == PhraseMode::Inside && chars.next().is_some_and(is_cjk) && chars.next().is_none() {
            let message =
                format!("“{text}” is one character: it stands inside words that mean something else");
            r.say(Problem::error("words", &r.place(range), message).help("use a longer phrase, or `exact`"));
        }
        if seen.wanted {
            let lang = Arc::clone(&lang);
            seen.phrases.push((phrase.shared(), mode, lang, platform.clone(), range.clone()));
        }
        list.phrases.push(phrase);
    }
}

/// A phrase as written, and folded where that is another text: mostly it is the same.
#[expect(clippy::ptr_arg, reason = "a text of the program's own is not copied")]
fn both(text: &Cow<'static, str>) -> (SmolStr, Option<Box<str>>) {
    let written = match text {
        Cow::Borrowed(text) => SmolStr::new_static(text),
        Cow::Owned(text) => SmolStr::new(text),
    };
    let folds = (!is_folded(text)).then(|| fold(text)).filter(|folded| folded != text);
    (written, folds.map(String::into_boxed_str))
}

fn not_a_language(r: &Reader, key: &Key) {
    let message = format!("“{}” is no language tag", key.name);
    r.say(Problem::error("unknown-key", &r.place(&key.range), message).help("en, zh, zh-TW, ..., or mul"));
}

/// Whether a key is a BCP 47 language tag as word lists use them, or `mul`.
pub fn is_lang(key: &str) -> bool {
    let mut subtags = key.split('-');
    let first = subtags.next().unwrap_or("");
    let known = LANGS.contains(&first);
    known && subtags.all(|s| (2..=8).contains(&s.len()) && s.chars().all(|c| c.is_ascii_alphanumeric()))
}

type SeenPhrase = (SmolStr, PhraseMode, Arc<str>, Option<Arc<str>>, Range<usize>);

/// The phrases of a list, to be checked against each other.
#[derive(Default)]
struct Seen {
    /// Whether they will be.
    wanted: bool,
    phrases: Vec<SeenPhrase>,
    not: Vec<(SmolStr, Range<usize>)>,
}

impl Seen {
    fn check(&self, r: &Reader, list: &WordList) {
        let mut first: HashMap<(&str, PhraseMode, &str, Option<&str>), &Range<usize>> = HashMap::new();
        for (text, mode, lang, platform, range) in &self.phrases {
            if let Some(before) = first.insert((text, *mode, lang, platform.as_deref()), range) {
                let message = format!("“{text}” stands twice in the list “{}”", list.name);
                let written = r.file.text.get((*range).clone()).unwrap_or("");
                let same = fold(written.trim_matches(['"', '\''])) == **text;
                let help = if same {
                    "remove one of them"
                } else {
                    "remove one of them: marks at the ends of a whole label do not count"
                };
                r.say(
                    Problem::error("words", &r.place(range), message)
                        .label("again here")
                        .and(&r.place(before), "first here")
                        .help(help),
                );
            }
            if let Some((_, at)) = self.not.iter().find(|(n, _)| n == text) {
                let message = format!("“{text}” is cancelled by the list's own `not`");
                r.say(
                    Problem::error("words", &r.place(range), message)
                        .label("can never hit")
                        .and(&r.place(at), "cancelled here"),
                );
            }
        }
    }
}
