//! All phrases of all lists, looked for where words begin; and the literals of expressions, in an
//! automaton: two scans over the page's text.

use crate::finding::Span;
use crate::pack::model::{Phrase, PhraseMode, WordList};
use crate::parts::prefixes::Prefixes;
use crate::text::fold::{BREAK, chars, is_cjk};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use foldhash::HashMap;
use std::sync::Arc;

/// Index of a word list in the plan.
pub type ListId = u32;

/// What one phrase means for one list.
#[derive(Clone, Copy, Debug)]
pub struct Use {
    /// The list.
    pub list: ListId,
    /// Index among the list's phrases, or among its `not` phrases.
    pub phrase: u32,
    /// How it must sit.
    pub mode: PhraseMode,
    /// Whether it cancels instead of hitting.
    pub not: bool,
    /// Platform it is for, as index in the plan's platforms.
    pub platform: Option<u16>,
}

/// All phrases, and the literals that expressions wait for.
#[derive(Debug)]
pub struct Phrases {
    /// Every phrase, by its number.
    texts: Prefixes,
    /// By phrase.
    uses: Vec<Vec<Use>>,
    /// By phrase: whether its ends ask for a word boundary.
    ends: Vec<(bool, bool)>,
    /// Over the literals, which may stand inside words.
    literals: Option<AhoCorasick>,
    /// By literal: the expressions that wait for it.
    patterns: Vec<Vec<u32>>,
}

/// One place where a phrase stands, boundaries checked.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// Which phrase.
    pub text: u32,
    /// Bytes in the buffer.
    pub span: Span,
    /// Whether the end is at a word boundary.
    pub end_ok: bool,
    /// Whether the start is at a word boundary.
    pub start_ok: bool,
}

impl Phrases {
    /// Compiles the phrases of all lists, and the literals of expressions by their number, side by
    /// side. O(their bytes).
    pub fn new<'l>(
        lists: &[&'l WordList],
        platform: impl Fn(&str) -> Option<u16> + Send,
        literals: impl Iterator<Item = (u32, &'l str)> + Send,
    ) -> Phrases {
        let ((texts, uses, ends), (literals, patterns)) =
            rayon::join(|| of_lists(lists, platform), || of_expressions(literals));
        Phrases { texts, uses, ends, literals, patterns }
    }

    /// What a phrase means.
    pub fn uses(&self, text: u32) -> &[Use] {
        self.uses.get(text as usize).map_or(&[], Vec::as_slice)
    }

    /// Every place of every phrase in the buffer, by where it begins, long ones first; and the
    /// number of every expression that may match, with the place, each as often as its literals
    /// stand there. Phrases begin where words do, and at `starts`, in rising order: bytes at
    /// which elements begin, perhaps within a word. O(bytes + places).
    pub fn scan(
        &self,
        buffer: &str,
        starts: impl Iterator<Item = u32>,
        mut each: impl FnMut(Seen),
        mut pattern: impl FnMut(u32, u32),
    ) {
        let mut starts = starts.peekable();
        let mut in_word = false;
        for (at, c) in buffer.char_indices() {
            let word = is_word(c);
            let mut begins = !(word && in_word || c == ' ' || c == BREAK);
            in_word = word;
            while let Some(start) = starts.next_if(|s| *s as usize <= at) {
                begins |= start as usize == at;
            }
            if !begins {
                continue;
            }
            self.texts.at(&buffer[at..], |text, len| {
                let (end, asked) = (at + len, self.ends[text as usize]);
                let (start_ok, end_ok) = ends(buffer, at, end, asked);
                // a phrase is never looked at inside a word, whatever its mode
                if start_ok || end_ok {
                    each(Seen { text, span: Span::new(at as u32, end as u32), start_ok, end_ok });
                }
            });
        }
        for m in self.literals.iter().flat_map(|l| l.find_overlapping_iter(buffer)) {
            self.patterns[m.pattern().as_usize()].iter().for_each(|n| pattern(*n, m.start() as u32));
        }
    }
}

/// The phrases of all lists, what each means, and whether its ends ask for a word boundary.
fn of_lists(
    lists: &[&WordList],
    platform: impl Fn(&str) -> Option<u16>,
) -> (Prefixes, Vec<Vec<Use>>, Vec<(bool, bool)>) {
    let mut index: HashMap<&Arc<str>, u32> = HashMap::default();
    let mut uses: Vec<Vec<Use>> = Vec::new();
    for (list, words) in lists.iter().enumerate() {
        let wanted = words.phrases.iter().map(|p| (p, false)).enumerate();
        let not = words.not.iter().map(|p| (p, true)).enumerate();
        // words for a platform that nobody can tell count nowhere
        let told = |p: &Phrase| p.platform.as_deref().is_none_or(|name| platform(name).is_some());
        let usable = |p: &Phrase| !p.folded.is_empty() && told(p);
        for (i, (phrase, not)) in wanted.chain(not).filter(|(_, (p, _))| usable(p)) {
            let id = *index.entry(&phrase.folded).or_insert_with(|| {
                uses.push(Vec::new());
                uses.len() as u32 - 1
            });
            uses[id as usize].push(Use {
                list: list as ListId,
                phrase: i as u32,
                mode: phrase.mode,
                not,
                platform: phrase.platform.as_deref().and_then(&platform),
            });
        }
    }
    let mut ends = vec![(false, false); uses.len()];
    index.iter().for_each(|(text, id)| ends[*id as usize] = word_ends(text));
    let texts = Prefixes::new(index.into_iter().map(|(text, id)| (Arc::clone(text), id)).collect());
    (texts, uses, ends)
}

/// The automaton of the literals, and by literal the expressions that wait for it.
fn of_expressions<'l>(
    literals: impl Iterator<Item = (u32, &'l str)>,
) -> (Option<AhoCorasick>, Vec<Vec<u32>>) {
    let mut index: HashMap<&str, usize> = HashMap::default();
    let (mut needles, mut patterns): (Vec<&str>, Vec<Vec<u32>>) = (Vec::new(), Vec::new());
    for (number, literal) in literals.filter(|l| !l.1.is_empty()) {
        let id = *index.entry(literal).or_insert_with(|| {
            needles.push(literal);
            patterns.push(Vec::new());
            needles.len() - 1
        });
        patterns[id].push(number);
    }
    let kind = Some(AhoCorasickKind::ContiguousNFA);
    let automaton = || AhoCorasick::builder().match_kind(MatchKind::Standard).kind(kind).build(&needles).ok();
    (if needles.is_empty() { None } else { automaton() }, patterns)
}

/// Whether a phrase asks for a word boundary before and after it: only where it begins or
/// ends with a letter or digit of a script that sets words apart.
fn word_ends(phrase: &str) -> (bool, bool) {
    (phrase.chars().next().is_some_and(is_word), phrase.chars().next_back().is_some_and(is_word))
}

fn ends(buffer: &str, start: usize, end: usize, asked: (bool, bool)) -> (bool, bool) {
    (!asked.0 || !word_before(buffer, start), !asked.1 || at_word_end(buffer, end))
}

/// Whether the phrase at `start..end` of a folded text has the word boundaries that it asks for.
pub fn boundaries(text: &str, start: usize, end: usize) -> (bool, bool) {
    ends(text, start, end, word_ends(text.get(start..end).unwrap_or("")))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !is_cjk(c)
}

fn word_before(buffer: &str, at: usize) -> bool {
    buffer.get(..at).and_then(|b| b.chars().next_back()).is_some_and(is_word)
}

/// The end of a word, a plural's s or es let through.
fn at_word_end(buffer: &str, at: usize) -> bool {
    let rest = buffer.get(at..).unwrap_or("");
    let ends = |r: &str| !r.chars().next().is_some_and(is_word);
    ends(rest) || rest.strip_prefix('s').is_some_and(ends) || rest.strip_prefix("es").is_some_and(ends)
}

/// Whether a phrase sits right in a label, by its mode. `label` is the label's
/// range in the buffer, `hit` the phrase's.
pub fn sits(mode: PhraseMode, seen: &Seen, label: (u32, u32)) -> bool {
    match mode {
        PhraseMode::Inside => seen.start_ok && seen.end_ok,
        PhraseMode::Exact => (seen.span.start, seen.span.end) == label,
        PhraseMode::Prefix => seen.span.start == label.0 && seen.end_ok && seen.span.end <= label.1,
    }
}

/// Whether a text is short enough to be a label of the list.
pub fn is_label(text: &str, max_chars: u32) -> bool {
    // CJK counts once here: the limit is of characters
    text.len() <= max_chars as usize
        || (text.len() <= 4 * max_chars as usize && text.chars().count() <= max_chars as usize)
}

/// The folded phrases of a list that are whole labels, for table heads.
pub fn label_set(list: &WordList) -> foldhash::HashSet<String> {
    list.phrases.iter().map(|p| p.folded.to_string()).filter(|p| chars(p) > 0).collect()
}
