//! Literals without which an expression cannot match. Shared with the build script, which finds
//! those of the built-in packs beforehand: nothing here may need the rest of the crate.

use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Hir, HirKind};

/// Literals of one expression, at most.
const LITERALS: usize = 256;

/// Literals of which one must be in any match, lower case; empty where unknown.
pub fn literals(source: &str) -> Vec<String> {
    let Ok(hir) = regex_syntax::parse(source) else { return Vec::new() };
    if let Some(mut found) = required(&hir) {
        found.iter_mut().for_each(|l| *l = l.to_lowercase());
        found.sort_unstable();
        found.dedup();
        return found;
    }
    for kind in [ExtractKind::Prefix, ExtractKind::Suffix] {
        let mut extractor = Extractor::new();
        extractor.kind(kind).limit_total(64);
        let found = extractor.extract(&hir);
        let Some(found) = found.literals() else { continue };
        let texts: Option<Vec<String>> = found
            .iter()
            .map(|l| String::from_utf8(l.as_bytes().to_vec()).ok().map(|t| t.to_lowercase()))
            .collect();
        if let Some(texts) = texts
            && !texts.is_empty()
            && texts.iter().all(|t| t.trim().chars().any(|c| !c.is_ascii_digit()))
        {
            return texts;
        }
    }
    Vec::new()
}

/// Texts of which one stands in every match: those of the piece that says most.
fn required(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            let telling = text.chars().any(|c| !c.is_ascii_digit() && !c.is_whitespace());
            // a long number stands in few places
            (telling || text.len() > 2).then(|| vec![text.to_string()])
        }
        HirKind::Class(_) => {
            let mut extractor = Extractor::new();
            extractor.kind(ExtractKind::Prefix).limit_class(8);
            let found = extractor.extract(hir);
            let texts = found.literals()?.iter().map(|l| String::from_utf8(l.as_bytes().to_vec()).ok());
            let texts: Vec<String> = texts.collect::<Option<_>>()?;
            let telling =
                |t: &String| t.chars().any(|c| !c.is_ascii() || c.is_ascii_alphabetic() || c == '?');
            (!texts.is_empty() && texts.iter().all(telling)).then_some(texts)
        }
        HirKind::Repetition(r) if r.min > 0 => required(&r.sub),
        HirKind::Capture(c) => required(&c.sub),
        HirKind::Concat(pieces) => {
            let weight = |texts: &Vec<String>| texts.iter().map(String::len).min().unwrap_or(0);
            // of equals the shorter list
            pieces.iter().filter_map(required).max_by_key(|t| (weight(t), std::cmp::Reverse(t.len())))
        }
        HirKind::Alternation(branches) => {
            let all: Vec<Vec<String>> = branches.iter().map(required).collect::<Option<_>>()?;
            let all: Vec<String> = all.into_iter().flatten().collect();
            (all.len() <= LITERALS).then_some(all)
        }
        _ => None,
    }
}
