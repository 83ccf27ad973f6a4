//! All phrases of all lists, looked for where words begin; and the literals of expressions, looked
//! for everywhere: two scans over the page's text.

use crate::finding::Span;
use crate::pack::model::{PhraseMode, WordList};
use crate::parts::literals::Literals;
use crate::parts::prefixes::Prefixes;
use crate::text::fold::{BREAK, chars, is_cjk};
use smol_str::SmolStr;

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
    /// Every phrase, with its uses.
    texts: Prefixes<Use>,
    /// The literals, with the expressions that wait for them.
    literals: Literals,
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
        literals: impl Iterator<Item = (u32, &'l SmolStr)> + Send,
    ) -> Phrases {
        let (texts, literals) = rayon::join(|| of_lists(lists, platform), || Literals::new(literals));
        Phrases { texts, literals }
    }

    /// What a phrase means.
    pub fn uses(&self, text: u32) -> &[Use] {
        self.texts.means(text)
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
            self.texts.at(&buffer.as_bytes()[at..], |text, len| {
                let end = at + len;
                let (start_ok, end_ok) = boundaries(buffer, at, end);
                // a phrase is never looked at inside a word, whatever its mode
                if start_ok || end_ok {
                    each(Seen { text, span: Span::new(at as u32, end as u32), start_ok, end_ok });
                }
            });
        }
        self.literals.scan(buffer, &mut pattern);
    }
}

/// The phrases of all lists, and what each means.
fn of_lists(lists: &[&WordList], platform: impl Fn(&str) -> Option<u16>) -> Prefixes<Use> {
    let count = lists.iter().map(|l| l.phrases.len() + l.not.len()).sum();
    let mut all: Vec<(SmolStr, Use)> = Vec::with_capacity(count);
    for (list, words) in lists.iter().enumerate() {
        let wanted = words.phrases.iter().enumerate().map(|(i, p)| (i, p, false));
        let not = words.not.iter().enumerate().map(|(i, p)| (i, p, true));
        for (i, phrase, not) in wanted.chain(not).filter(|(_, p, _)| !p.folded().is_empty()) {
            let number = phrase.platform.as_deref().map(&platform);
            // words for a platform that nobody can tell count nowhere
            if number == Some(None) {
                continue;
            }
            let platform = number.flatten();
            let means = Use { list: list as ListId, phrase: i as u32, mode: phrase.mode, not, platform };
            all.push((phrase.shared(), means));
        }
    }
    Prefixes::new(all)
}

/// Whether the phrase at `start..end` of a folded text has the word boundaries that it asks for
/// before and after it: only where it begins or ends with a letter or digit of a script that sets
/// words apart.
pub fn boundaries(text: &str, start: usize, end: usize) -> (bool, bool) {
    let phrase = text.get(start..end).unwrap_or("");
    let (first, last) = (phrase.chars().next(), phrase.chars().next_back());
    let start_ok = !first.is_some_and(is_word) || !word_before(text, start);
    (start_ok, !last.is_some_and(is_word) || at_word_end(text, end))
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
    list.phrases.iter().map(|p| p.folded().to_string()).filter(|p| chars(p) > 0).collect()
}
