//! Whether a word list hits in one text that is no element's: a title, an alt text, an
//! address. The same rules as on the page.

use crate::finding::Span;
use crate::parts::phrases::{Seen, boundaries, sits};
use crate::parts::plan::PartsPlan;
use crate::text::fold::{fold, label_range};
use crate::text::subwords::Subwords;

/// Whether the list of that name hits in a text as a label, inside it, or with a token.
pub fn hits(plan: &PartsPlan, name: &str, raw: &str) -> bool {
    let Some((id, list)) = plan.list_id(name).zip(plan.list(name)) else { return false };
    if list.phrases.is_empty() && list.not.is_empty() && list.patterns.is_empty() {
        return has_token(plan, name, raw);
    }
    let text = fold(raw);
    let (start, end) = label_range(&text, 0, text.len());
    let label = (start as u32, end as u32);
    let places = |phrase: &str| {
        let phrase = fold(phrase);
        let found = if phrase.is_empty() { Vec::new() } else { text.match_indices(&phrase).collect() };
        let seen = found.into_iter().map(|(at, found)| {
            let (start_ok, end_ok) = boundaries(&text, at, at + found.len());
            let span = Span::new(at as u32, (at + found.len()) as u32);
            Seen { text: u32::MAX, span, start_ok, end_ok }
        });
        seen.collect::<Vec<Seen>>()
    };
    let not: Vec<Span> = list.not.iter().flat_map(|p| places(&p.text)).map(|s| s.span).collect();
    if not.iter().any(|n| (n.start, n.end) == label) {
        return false;
    }
    let free = |span: Span| !not.iter().any(|n| n.contains(span));
    let says = |mode, text: &str| places(text).iter().any(|s| sits(mode, s, label) && free(s.span));
    let matches = || {
        let mut any = false;
        for (_, _, pattern) in plan.list_patterns.iter().filter(|p| p.0 == id) {
            if !pattern.may_match(&text) {
                continue;
            }
            pattern.each_match(&text, |a, b| any |= free(Span::new(a as u32, b as u32)));
        }
        any
    };
    list.phrases.iter().any(|p| says(p.mode, p.folded())) || matches() || has_token(plan, name, raw)
}

/// Whether a token of the list stands in an address or name. “#” and “javascript:” have no
/// sub-words, or mean no word: they are compared as they are.
fn has_token(plan: &PartsPlan, name: &str, raw: &str) -> bool {
    let Some((id, list)) = plan.list_id(name).zip(plan.list(name)) else { return false };
    if list.tokens.is_empty() {
        return false;
    }
    let is_plain = |token: &str| token.ends_with(':') || !token.chars().any(char::is_alphanumeric);
    let trimmed = raw.trim().to_lowercase();
    let plain = list.tokens.iter().filter(|t| is_plain(&t.text)).any(|t| {
        let plain = t.text.to_lowercase();
        trimmed == plain || (plain.ends_with(':') && trimmed.starts_with(&plain))
    });
    if plain {
        return true;
    }
    let mut found = Vec::new();
    plan.tokens.in_path(raw, &mut Subwords::default(), &mut found);
    let word = |token: u32| list.tokens.get(token as usize).is_some_and(|t| !is_plain(&t.text));
    found.iter().any(|h| h.list == id && word(h.token))
}
