//! All phrases of all lists in one automaton, one scan over the page's text.

use crate::finding::Span;
use crate::pack::model::{PhraseMode, WordList};
use crate::text::fold::{chars, fold, is_cjk};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use foldhash::HashMap;

/// Index of a word list in the plan.
pub type ListId = u32;

/// What one text of the automaton means for one list.
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

/// The automaton.
#[derive(Debug)]
pub struct Phrases {
    automaton: Option<AhoCorasick>,
    /// By text of the automaton.
    uses: Vec<Vec<Use>>,
    /// By text: whether its ends ask for a word boundary.
    ends: Vec<(bool, bool)>,
    /// By text: the expressions that wait for it.
    patterns: Vec<Vec<u32>>,
}

/// One place where a text of the automaton stands, boundaries checked.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// Which text.
    pub text: u32,
    /// Bytes in the buffer.
    pub span: Span,
    /// Whether the end is at a word boundary.
    pub end_ok: bool,
    /// Whether the start is at a word boundary.
    pub start_ok: bool,
}

impl Phrases {
    /// Compiles the phrases of all lists, and the literals of expressions by their number,
    /// O(their bytes).
    pub fn new<'l>(
        lists: &[&WordList],
        platform: impl Fn(&str) -> Option<u16>,
        literals: impl Iterator<Item = (u32, &'l str)>,
    ) -> Phrases {
        let mut index: HashMap<String, u32> = HashMap::default();
        let mut uses: Vec<Vec<Use>> = Vec::new();
        let mut texts: Vec<String> = Vec::new();
        for (list, words) in lists.iter().enumerate() {
            let wanted = words.phrases.iter().map(|p| (p, false)).enumerate();
            let not = words.not.iter().map(|p| (p, true)).enumerate();
            for (i, (phrase, not)) in wanted.chain(not) {
                let folded = fold(&phrase.text);
                if folded.is_empty() {
                    continue;
                }
                let id = *index.entry(folded.clone()).or_insert_with(|| {
                    texts.push(folded);
                    uses.push(Vec::new());
                    texts.len() as u32 - 1
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
        let mut patterns: Vec<Vec<u32>> = vec![Vec::new(); texts.len()];
        for (number, literal) in literals.filter(|l| !l.1.is_empty()) {
            let id = *index.entry(literal.to_string()).or_insert_with(|| {
                texts.push(literal.to_string());
                uses.push(Vec::new());
                patterns.push(Vec::new());
                texts.len() as u32 - 1
            });
            patterns[id as usize].push(number);
        }
        let ends = texts.iter().map(|t| word_ends(t)).collect();
        let automaton = if texts.is_empty() {
            None
        } else {
            AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .build(&texts)
                .ok()
        };
        Phrases { automaton, uses, ends, patterns }
    }

    /// What a text of the automaton means.
    pub fn uses(&self, text: u32) -> &[Use] {
        self.uses.get(text as usize).map_or(&[], Vec::as_slice)
    }

    /// Every place of every text in the buffer, and the number of every expression that may
    /// match, with the place, each as often as its literals stand there. O(bytes + places).
    pub fn scan(&self, buffer: &str, mut each: impl FnMut(Seen), mut pattern: impl FnMut(u32, u32)) {
        let Some(automaton) = &self.automaton else { return };
        for hit in automaton.find_overlapping_iter(buffer) {
            let text = hit.pattern().as_usize();
            let Some(&(first, last)) = self.ends.get(text) else { continue };
            self.patterns[text].iter().for_each(|number| pattern(*number, hit.start() as u32));
            if self.uses[text].is_empty() {
                continue;
            }
            let (start_ok, end_ok) = ends(buffer, hit.start(), hit.end(), (first, last));
            // a phrase is never looked at inside a word, whatever its mode
            if !start_ok && !end_ok {
                continue;
            }
            each(Seen {
                text: text as u32,
                span: Span::new(hit.start() as u32, hit.end() as u32),
                start_ok,
                end_ok,
            });
        }
    }
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
    list.phrases.iter().map(|p| fold(&p.text)).filter(|p| chars(p) > 0).collect()
}
