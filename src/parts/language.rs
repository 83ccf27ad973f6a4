//! The page's language: its own word for it, checked against its script.

use crate::audit::Recognised;
use crate::page::Page;
use crate::parts::walk::Walk;

/// Letters needed before the script of the text is trusted.
const ENOUGH: usize = 60;

/// Frequent words by language: articles and joints that no other of these has in number.
const FREQUENT: &[(&str, &[&str])] = &[
    ("en", &["the", "and", "of", "your", "with", "for", "you", "this", "is", "to"]),
    ("de", &["und", "der", "die", "das", "mit", "für", "ist", "von", "auf", "sie"]),
    ("fr", &["et", "les", "des", "pour", "vous", "dans", "une", "est", "votre", "avec"]),
    ("es", &["los", "las", "una", "para", "con", "del", "por", "que", "más", "tu"]),
    ("it", &["il", "gli", "della", "per", "con", "una", "sono", "nel", "che", "di"]),
    ("pt", &["os", "uma", "para", "com", "não", "dos", "você", "seu", "em", "do"]),
    ("ru", &["и", "в", "на", "с", "для", "по", "не", "от", "мы", "или"]),
];

/// The language tag and where it comes from. The text wins over the tag only where its
/// script leaves no doubt.
pub fn recognise(page: &Page, walk: &Walk) -> Recognised {
    let dom = &page.dom;
    let attr = |name: &str| {
        dom.iter().next().and_then(|el| dom.attr(el, name)).map(str::trim).filter(|l| !l.is_empty())
    };
    let meta = || {
        dom.iter().take(500).find_map(|el| {
            let is = |k: &str, v: &str| dom.attr(el, k).is_some_and(|x| x.eq_ignore_ascii_case(v));
            let wanted = dom.name(el) == "meta"
                && (is("property", "og:locale") || is("http-equiv", "content-language"));
            if wanted { dom.attr(el, "content") } else { None }
        })
    };
    let declared = attr("lang").or(attr("xml:lang")).map(|l| (l.to_string(), "html lang"));
    let declared = declared.or_else(|| meta().map(|l| (l.trim().to_string(), "meta")));
    let declared = declared.map(|(l, from)| (l.replace('_', "-"), from)).filter(|(l, _)| is_tag(l));
    let script = by_script(&walk.buffer);
    match (declared, script) {
        (Some((tag, from)), Some(script)) if !same(&tag, script) => Recognised {
            value: Some(script.to_string()),
            reason: format!("the text is {script}, though {from} says {tag}"),
        },
        (Some((tag, from)), _) => Recognised { value: Some(tag), reason: from.to_string() },
        (None, Some(script)) => {
            Recognised { value: Some(script.to_string()), reason: "script of the text".into() }
        }
        (None, None) => match by_words(&walk.buffer) {
            Some(lang) => {
                Recognised { value: Some(lang.to_string()), reason: "frequent words of the text".into() }
            }
            None => {
                Recognised { value: None, reason: "no lang attribute, and too little text to tell".into() }
            }
        },
    }
}

fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    parts.next().is_some_and(|p| (2..=3).contains(&p.len()) && p.chars().all(|c| c.is_ascii_alphabetic()))
        && parts.all(|p| (1..=8).contains(&p.len()) && p.chars().all(|c| c.is_ascii_alphanumeric()))
}

fn same(tag: &str, lang: &str) -> bool {
    tag.split('-').next().is_some_and(|t| t.eq_ignore_ascii_case(lang))
}

/// zh, ja, ko or ru, where most letters are of that script.
fn by_script(text: &str) -> Option<&'static str> {
    let (mut han, mut kana, mut hangul, mut cyrillic, mut latin) = (0usize, 0usize, 0usize, 0usize, 0usize);
    for c in text.chars().take(60_000) {
        match c as u32 {
            0x4E00..=0x9FFF => han += 1,
            0x3040..=0x30FF => kana += 1,
            0xAC00..=0xD7AF => hangul += 1,
            0x400..=0x4FF => cyrillic += 1,
            _ if c.is_alphabetic() => latin += 1,
            _ => {}
        }
    }
    // a Han character says about as much as four letters
    let total = 4 * (han + kana + hangul) + cyrillic + latin;
    if total < ENOUGH {
        return None;
    }
    let most = |n: usize| 2 * n > total;
    if most(4 * hangul) {
        Some("ko")
    } else if most(4 * (han + kana)) && kana * 8 > han {
        Some("ja")
    } else if most(4 * han) {
        Some("zh")
    } else if most(cyrillic) && FREQUENT.iter().any(|(l, words)| *l == "ru" && count(text, words) > 4) {
        Some("ru")
    } else {
        None
    }
}

fn by_words(text: &str) -> Option<&'static str> {
    let mut counts: Vec<(usize, &str)> = FREQUENT.iter().map(|(l, words)| (count(text, words), *l)).collect();
    counts.sort_by_key(|c| std::cmp::Reverse(c.0));
    match counts.as_slice() {
        [(n, lang), (next, _), ..] if *n >= 8 && *n > next + next / 3 => Some(lang),
        _ => None,
    }
}

fn count(text: &str, words: &[&str]) -> usize {
    text.split(|c: char| !c.is_alphabetic()).take(20_000).filter(|w| words.contains(w)).count()
}
