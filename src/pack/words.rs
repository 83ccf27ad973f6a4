//! `[words.x]` tables to word lists, with the checks of words.

use crate::pack::model::{Pattern, Phrase, PhraseMode, Token, WordList};
use crate::pack::node::{Key, Kind, Node, Reader};
use crate::pack::pattern;
use crate::pack::problem::Problem;
use crate::text::fold::{fold, is_cjk, label_range};
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
    for (key, node) in table {
        match key.name.as_str() {
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
                    let (text, folded) = both(text);
                    if seen.wanted {
                        seen.not.push((Arc::clone(&folded), range.clone()));
                    }
                    list.not.push(Phrase {
                        text,
                        folded,
                        lang: "mul".into(),
                        mode: PhraseMode::Inside,
                        platform: platform_owned.clone(),
                    });
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
                    list.on.push((name.name.clone(), r.place(&name.range)));
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
    for (text, range) in r.texts_in(node) {
        let (text, mut folded) = both(text);
        // what a label loses at its ends, a phrase that is a whole label loses too
        let (from, to) = label_range(&folded, 0, folded.len());
        if mode == PhraseMode::Exact && to - from < folded.len() && from < to {
            folded = folded[from..to].into();
        }
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
        let platform = platform.map(str::to_string);
        if seen.wanted {
            seen.phrases.push((
                Arc::clone(&folded),
                mode,
                Arc::clone(&lang),
                platform.clone(),
                range.clone(),
            ));
        }
        list.phrases.push(Phrase { text, folded, lang: Arc::clone(&lang), mode, platform });
    }
}

/// A phrase as written, and folded: mostly the same text.
fn both(text: &str) -> (Arc<str>, Arc<str>) {
    let (written, folded) = (Arc::from(text), fold(text));
    let folded = if folded == text { Arc::clone(&written) } else { folded.into() };
    (written, folded)
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

type SeenPhrase = (Arc<str>, PhraseMode, Arc<str>, Option<String>, Range<usize>);

/// The phrases of a list, to be checked against each other.
#[derive(Default)]
struct Seen {
    /// Whether they will be.
    wanted: bool,
    phrases: Vec<SeenPhrase>,
    not: Vec<(Arc<str>, Range<usize>)>,
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
