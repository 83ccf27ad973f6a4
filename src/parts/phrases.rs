//! All phrases of all lists in an automaton a script, one scan over the page's text for each
//! script that stands on it.

use crate::finding::Span;
use crate::pack::model::{PhraseMode, WordList};
use crate::text::fold::{chars, is_cjk};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use foldhash::HashMap;
use std::sync::OnceLock;

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

/// Texts of one script, with their automaton: a page without that script never needs it.
#[derive(Debug, Default)]
struct Group {
    texts: Vec<String>,
    /// By text of the group: its number.
    numbers: Vec<u32>,
    automaton: OnceLock<Option<AhoCorasick>>,
}

impl Group {
    fn automaton(&self) -> Option<&AhoCorasick> {
        let build = || {
            if self.texts.is_empty() {
                return None;
            }
            AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .build(&self.texts)
                .ok()
        };
        self.automaton.get_or_init(build).as_ref()
    }
}

/// The automata.
#[derive(Debug)]
pub struct Phrases {
    /// By [`script`].
    groups: [Group; 3],
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
        lists: &[&'l WordList],
        platform: impl Fn(&str) -> Option<u16>,
        literals: impl Iterator<Item = (u32, &'l str)>,
    ) -> Phrases {
        let mut index: HashMap<&str, u32> = HashMap::default();
        let mut uses: Vec<Vec<Use>> = Vec::new();
        let mut texts: Vec<&str> = Vec::new();
        for (list, words) in lists.iter().enumerate() {
            let wanted = words.phrases.iter().map(|p| (p, false)).enumerate();
            let not = words.not.iter().map(|p| (p, true)).enumerate();
            for (i, (phrase, not)) in wanted.chain(not) {
                let folded = &*phrase.folded;
                if folded.is_empty() {
                    continue;
                }
                let id = *index.entry(folded).or_insert_with(|| {
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
            let id = *index.entry(literal).or_insert_with(|| {
                texts.push(literal);
                uses.push(Vec::new());
                patterns.push(Vec::new());
                texts.len() as u32 - 1
            });
            patterns[id as usize].push(number);
        }
        let ends = texts.iter().map(|t| word_ends(t)).collect();
        let mut groups: [Group; 3] = Default::default();
        for (number, text) in texts.into_iter().enumerate() {
            let group = &mut groups[text.chars().map(script).max().unwrap_or(0)];
            group.texts.push(text.to_string());
            group.numbers.push(number as u32);
        }
        // hardly a page is without letters of this one
        groups[0].automaton();
        Phrases { groups, uses, ends, patterns }
    }

    /// What a text of the automaton means.
    pub fn uses(&self, text: u32) -> &[Use] {
        self.uses.get(text as usize).map_or(&[], Vec::as_slice)
    }

    /// Every place of every text in the buffer, and the number of every expression that may
    /// match, with the place, each as often as its literals stand there. O(bytes + places).
    pub fn scan(&self, buffer: &str, mut each: impl FnMut(Seen), mut pattern: impl FnMut(u32, u32)) {
        let mut hit = |text: u32, start: usize, end: usize| {
            let number = text as usize;
            let Some(&asked) = self.ends.get(number) else { return };
            self.patterns[number].iter().for_each(|number| pattern(*number, start as u32));
            if self.uses[number].is_empty() {
                return;
            }
            let (start_ok, end_ok) = ends(buffer, start, end, asked);
            // a phrase is never looked at inside a word, whatever its mode
            if start_ok || end_ok {
                each(Seen { text, span: Span::new(start as u32, end as u32), start_ok, end_ok });
            }
        };
        let mut scripts = [true, false, false];
        buffer.chars().filter(|c| !c.is_ascii()).for_each(|c| scripts[script(c)] = true);
        let used = self.groups.iter().zip(scripts).filter(|(_, used)| *used);
        let mut automata = used.filter_map(|(group, _)| Some((group, group.automaton()?)));
        let Some(first) = automata.next() else { return };
        let rest: Vec<_> = automata.collect();
        let of = |(group, automaton): (&'_ Group, &'_ AhoCorasick),
                  hit: &mut dyn FnMut(u32, usize, usize)| {
            for m in automaton.find_overlapping_iter(buffer) {
                hit(group.numbers[m.pattern().as_usize()], m.start(), m.end());
            }
        };
        if rest.is_empty() {
            return of(first, &mut hit);
        }
        let mut all: Vec<(usize, usize, u32)> = Vec::new();
        for one in std::iter::once(first).chain(rest) {
            of(one, &mut |text, start, end| all.push((end, start, text)));
        }
        // as one automaton would tell them: by their ends, long ones first
        all.sort_unstable();
        all.into_iter().for_each(|(end, start, text)| hit(text, start, end));
    }
}

/// The script that a character speaks for: 0 none or one of the others, 1 Cyrillic, 2 Chinese,
/// Japanese or Korean. A text stands only on a page that has its highest.
fn script(c: char) -> usize {
    match c {
        c if c.is_ascii() => 0,
        '\u{400}'..='\u{52F}' => 1,
        c if is_cjk(c) => 2,
        _ => 0,
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
    list.phrases.iter().map(|p| p.folded.to_string()).filter(|p| chars(p) > 0).collect()
}
