//! `storelint words`: which word lists a phrase belongs to.

use crate::cli::exit::{Exit, Stop};
use crate::cli::run::Session;
use crate::pack::model::{Field, Pack, PhraseMode, Test, Way, WordList};
use crate::parts::phrases::{Phrases, Seen, is_label, sits};
use crate::parts::tokens::{TokenHit, Tokens};
use crate::show::shown;
use crate::text::fold::{fold, label_range};
use crate::text::pattern::LazyPattern;
use crate::text::subwords::token_key;
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Arguments of `words`.
#[derive(Clone, Debug, Args)]
#[command(after_long_help = AFTER)]
pub struct WordsArgs {
    /// A text as it stands on a page, or a class name, a file name, a link
    #[arg(value_name = "PHRASE")]
    pub phrase: String,
}

const AFTER: &str = "\
Shows every word list that hits the phrase, by which of its words, and the parts
and fields in which the hit would count.

Examples:
  storelint words \"size guide\"
  storelint words 尺码表
  storelint words product-size-chart";

/// Runs `words`.
///
/// # Errors
/// Rules that do not load, or output that cannot be written.
pub fn run(session: &Session, args: &WordsArgs) -> Result<Exit, Stop> {
    let loaded = session.setup()?.loaded;
    let hits = look_up(&loaded.pack, &args.phrase);
    session.print(&tell(&loaded.pack, &args.phrase, &hits))?;
    Ok(Exit::Clean)
}

/// What one list says of the phrase.
#[derive(Debug, Default)]
struct Answer {
    /// Words that hit, as written, with their language and how they must sit.
    hits: Vec<String>,
    /// Fields in which the hits would count.
    fields: BTreeSet<Field>,
    /// The word that cancels them.
    cancelled: Option<String>,
}

/// By list, every one that hits.
fn look_up(pack: &Pack, phrase: &str) -> BTreeMap<String, Answer> {
    let lists: Vec<&WordList> = pack.words.values().map(|l| &**l).collect();
    let platform = |name: &str| pack.platforms.keys().position(|p| p == name).map(|i| i as u16);
    let mut answers: BTreeMap<String, Answer> = BTreeMap::new();
    texts(&lists, platform, phrase, &mut answers);
    let tokens = Tokens::new(&lists, platform);
    let mut named = Vec::new();
    tokens.in_names(phrase, &mut named);
    add_tokens(&lists, &named, &[Field::Name], &mut answers);
    let mut paths = Vec::new();
    tokens.in_path(phrase, &mut crate::text::subwords::Subwords::default(), &mut paths);
    add_tokens(&lists, &paths, &[Field::File, Field::Href], &mut answers);
    answers.retain(|_, a| !a.hits.is_empty());
    answers
}

fn texts(
    lists: &[&WordList],
    platform: impl Fn(&str) -> Option<u16> + Send,
    phrase: &str,
    answers: &mut BTreeMap<String, Answer>,
) {
    let folded = fold(phrase);
    let (from, to) = label_range(&folded, 0, folded.len());
    let label = (from as u32, to as u32);
    let phrases = Phrases::new(lists, platform, std::iter::empty());
    let each = |seen: Seen| {
        for u in phrases.uses(seen.text) {
            let Some(list) = lists.get(u.list as usize) else { continue };
            let answer = answers.entry(list.name.clone()).or_default();
            let words = if u.not { &list.not } else { &list.phrases };
            let Some(word) = words.get(u.phrase as usize) else { continue };
            if u.not {
                answer.cancelled = Some(word.text.to_string());
            } else if sits(u.mode, &seen, label) {
                let how = match u.mode {
                    PhraseMode::Inside => "",
                    PhraseMode::Exact => "exact ",
                    PhraseMode::Prefix => "prefix ",
                };
                answer.hits.push(format!("{how}{} “{}”", word.lang, word.text));
                answer.fields.extend(text_fields(list, &folded, u.mode));
            }
        }
    };
    phrases.scan(&folded, std::iter::empty(), each, |_, _| {});
    for list in lists {
        for pattern in &list.patterns {
            let mut seen = false;
            let pattern = LazyPattern::new(&pattern.regex);
            if pattern.may_match(&folded) {
                pattern.each_match(&folded, |_, _| seen = true);
            }
            if seen {
                let answer = answers.entry(list.name.clone()).or_default();
                answer.hits.push(format!("pattern '{}'", pattern.source()));
                answer.fields.extend(text_fields(list, &folded, PhraseMode::Inside));
            }
        }
    }
}

/// The fields of text in which such a hit counts: only short texts are labels, and whole
/// or leading phrases are looked for in labels alone.
fn text_fields(list: &WordList, folded: &str, mode: PhraseMode) -> Vec<Field> {
    let mut fields = vec![Field::Alt, Field::Cell];
    if is_label(folded, list.max_chars) {
        fields.extend([Field::Heading, Field::Label, Field::Link]);
    }
    if mode == PhraseMode::Inside {
        fields.push(Field::Text);
    }
    fields
}

fn add_tokens(
    lists: &[&WordList],
    hits: &[TokenHit],
    fields: &[Field],
    answers: &mut BTreeMap<String, Answer>,
) {
    for hit in hits {
        let Some(list) = lists.get(hit.list as usize) else { continue };
        let Some(token) = list.tokens.get(hit.token as usize) else { continue };
        let answer = answers.entry(list.name.clone()).or_default();
        // lists hold some tokens in two spellings that mean the same
        let same = |other: &String| {
            token_key(other.trim_start_matches("token “").trim_end_matches('”')) == token_key(&token.text)
        };
        if !answer.hits.iter().any(same) {
            answer.hits.push(format!("token “{}”", token.text));
        }
        answer.fields.extend(fields);
    }
}

fn tell(pack: &Pack, phrase: &str, answers: &BTreeMap<String, Answer>) -> String {
    let mut text = String::new();
    if answers.is_empty() {
        let _ = writeln!(text, "no word list hits “{}”", shown(phrase));
        let all = pack.words.values().flat_map(|l| l.phrases.iter().map(move |p| (l, p)));
        let near = crate::text::nearest::nearest(phrase, all.clone().map(|(_, p)| &*p.text));
        if let Some(near) = near {
            let list = all.clone().find(|(_, p)| *p.text == *near).map_or("", |(l, _)| l.name.as_str());
            let _ = writeln!(text, "closest: {list} “{near}”");
        }
    }
    for (list, answer) in answers {
        let _ = writeln!(text, "{list}: {}", answer.hits.join(", "));
        if let Some(word) = &answer.cancelled {
            let _ = writeln!(text, "  cancelled by its not-phrase “{word}”");
        }
        for line in uses(pack, list, &answer.fields) {
            let _ = writeln!(text, "  {line}");
        }
    }
    text
}

/// The parts that look for the list in one of the fields, with what a hit is worth.
fn uses(pack: &Pack, list: &str, fields: &BTreeSet<Field>) -> Vec<String> {
    let mut lines = Vec::new();
    for part in pack.parts.values() {
        let ways: Vec<String> = part.ways.iter().filter_map(|way| worth(way, list, fields)).collect();
        if !ways.is_empty() {
            lines.push(format!("part {}: {}", part.name, ways.join(", ")));
        }
    }
    for rule in pack.rules.values() {
        if rule.expects.iter().flat_map(|e| e.each.iter().chain(&e.wheres)).any(|each| {
            use crate::pack::model::PropertyTest::{Has, Lacks, NotOnly};
            matches!(&each.test, Has(l) | Lacks(l) | NotOnly(l) if l.iter().any(|n| n == list))
        }) {
            lines.push(format!("rule {}", rule.id));
        }
    }
    lines
}

/// "heading 50", or "label with has 100".
fn worth(way: &Way, list: &str, fields: &BTreeSet<Field>) -> Option<String> {
    let field = way.tests.iter().find_map(|t| match t {
        Test::Field(field, name) if name == list && fields.contains(field) => Some(*field),
        _ => None,
    })?;
    let others: Vec<String> = way
        .tests
        .iter()
        .filter(|t| !matches!(t, Test::Field(f, name) if *f == field && name == list))
        .map(crate::pack::message::test_name)
        .collect();
    let with = if others.is_empty() { String::new() } else { format!(" with {}", others.join(" and ")) };
    Some(format!("{}{with} {}", field.name(), way.strength))
}
