//! One spelling for texts that read the same: NFKC, lower case, one space for
//! white space, plain quotes and hyphens, Traditional Chinese as Simplified.

use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// Ends a block's text in the buffer of a walk. No phrase holds it.
pub const BREAK: char = '\n';

const HAN_FIRST: u32 = 0x4E00;
const HAN_LAST: u32 = 0x9FFF;

/// Simplified form of every character of the main Han block, made once.
fn simplified(c: char) -> char {
    static TABLE: OnceLock<Vec<char>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        // a digit between the characters keeps the converter from reading them as words
        let spaced: String =
            (HAN_FIRST..=HAN_LAST).filter_map(char::from_u32).flat_map(|c| [c, '0']).collect();
        fast2s::convert(&spaced).chars().step_by(2).collect()
    });
    (c as u32).checked_sub(HAN_FIRST).and_then(|i| table.get(i as usize)).copied().unwrap_or(c)
}

/// Whether the character is Han, kana or Hangul: scripts without word boundaries.
pub fn is_cjk(c: char) -> bool {
    matches!(c as u32,
        0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x2FFFF)
}

/// Characters of a text as people count them for width: CJK counts 2.
pub fn chars(text: &str) -> u32 {
    text.chars().filter(|c| *c != BREAK).map(|c| if is_cjk(c) { 2 } else { 1 }).sum()
}

/// Feeds `each` with every folded character and the byte in `text` that it comes
/// from. White space is given as single spaces, also at the ends.
pub fn fold_chars(text: &str, mut each: impl FnMut(char, usize)) {
    let mut chars = text.char_indices().peekable();
    let mut space = false;
    while let Some((at, c)) = chars.next() {
        if c.is_ascii() {
            if c.is_ascii_whitespace() || c.is_ascii_control() {
                if !space {
                    each(' ', at);
                }
                space = true;
                continue;
            }
            space = false;
            // a combining mark may follow a plain letter
            if chars.peek().is_none_or(|(_, next)| next.is_ascii() || !is_mark(*next)) {
                each(c.to_ascii_lowercase(), at);
                continue;
            }
        } else if (HAN_FIRST..=HAN_LAST).contains(&(c as u32)) {
            space = false;
            each(simplified(c), at);
            continue;
        } else if is_settled(c) && chars.peek().is_none_or(|(_, next)| !is_mark(*next)) {
            space = false;
            c.to_lowercase().for_each(|c| each(c, at));
            continue;
        }
        match c {
            // zero width: not there for a reader
            '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\u{FE0F}' => continue,
            '\u{2018}' | '\u{2019}' | '\u{2032}' | '\u{FF07}' => {
                space = false;
                each('\'', at);
                continue;
            }
            '\u{201C}' | '\u{201D}' => {
                space = false;
                each('"', at);
                continue;
            }
            '\u{2010}' | '\u{2011}' => {
                space = false;
                each('-', at);
                continue;
            }
            _ => {}
        }
        let mut piece = String::from(c);
        while let Some((_, next)) = chars.peek() {
            if !is_mark(*next) || piece.len() > 64 {
                break;
            }
            piece.push(*next);
            chars.next();
        }
        // the dot of a Turkish capital, which the small letter has of itself
        let letters = piece.nfkc().flat_map(char::to_lowercase).filter(|c| *c != '\u{307}');
        for folded in letters {
            if folded.is_whitespace() {
                if !space {
                    each(' ', at);
                }
                space = true;
            } else {
                space = false;
                each(if is_cjk(folded) { simplified(folded) } else { folded }, at);
            }
        }
    }
}

/// Letters that NFKC leaves as they are where no mark follows: those of most languages but
/// English and Chinese.
fn is_settled(c: char) -> bool {
    matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ'
        // Latin of Central Europe, Turkish (the dotted capital is more), Vietnamese
        | '\u{100}'..='\u{12F}' | '\u{131}' | '\u{134}'..='\u{13E}' | '\u{141}'..='\u{148}' | '\u{14A}'..='\u{17E}'
        | 'Ơ' | 'ơ' | 'Ư' | 'ư' | 'Ș'..='ț' | '\u{1EA0}'..='\u{1EF9}'
        // Greek, Cyrillic, Hebrew, Arabic, Thai
        | 'Ά' | 'Έ'..='Ί' | 'Ό' | 'Ύ'..='Ρ' | 'Σ'..='ώ'
        | '\u{400}'..='\u{481}' | '\u{48A}'..='\u{4FF}'
        | '\u{5D0}'..='\u{5EA}' | '\u{621}'..='\u{63A}' | '\u{641}'..='\u{64A}' | '\u{E01}'..='\u{E30}'
        | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{AC00}'..='\u{D7A3}')
}

/// Marks that join the character before them under NFKC.
fn is_mark(c: char) -> bool {
    !c.is_ascii()
        && (canonical_combining_class(c) != 0
            || matches!(c, '\u{FF9E}' | '\u{FF9F}' | '\u{3099}' | '\u{309A}' | '\u{1160}'..='\u{11FF}'))
}

/// The folded text, trimmed: how phrases and options are compared.
pub fn fold(text: &str) -> String {
    if is_folded(text) {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len());
    fold_chars(text, |c, _| out.push(c));
    out.trim_matches(' ').to_string()
}

/// Whether a text is in its folded form already, as most words are written: in small letters that
/// are settled, simplified Chinese, kana or Hangul. Others may be, too.
pub fn is_folded(text: &str) -> bool {
    let mut before = ' ';
    for c in text.chars() {
        let plain = match c {
            ' ' => before != ' ',
            c if c.is_ascii() => c.is_ascii_graphic() && !c.is_ascii_uppercase(),
            c if (HAN_FIRST..=HAN_LAST).contains(&(c as u32)) => simplified(c) == c,
            c => is_settled(c) && c.to_lowercase().eq([c]),
        };
        if !plain {
            return false;
        }
        before = c;
    }
    before != ' ' || text.is_empty()
}

/// Appends the folded text to a buffer, without doubling the space at the seam.
pub fn fold_onto(buffer: &mut String, text: &str) {
    fold_chars(text, |c, _| {
        if c != ' ' || !(buffer.is_empty() || buffer.ends_with([' ', BREAK])) {
            buffer.push(c);
        }
    });
}

/// Punctuation that a label may have at its ends: “Size chart:”, “Buy now!”. A question is another
/// label than its words.
fn is_edge(c: char) -> bool {
    c == ' '
        || c == BREAK
        || (c.is_ascii_punctuation() && !matches!(c, '%' | '$' | '&' | '+' | '#' | '@' | '\'' | '?'))
        || matches!(
            c,
            '。' | '，'
                | '、'
                | '：'
                | '；'
                | '¡'
                | '《'
                | '》'
                | '「'
                | '」'
                | '【'
                | '】'
                | '〔'
                | '〕'
                | '·'
                | '•'
                | '…'
                | '—'
                | '–'
                | '→'
                | '›'
                | '»'
                | '«'
                | '‹'
                | '▼'
                | '▾'
                | '▸'
                | '>'
                | '★'
                | '☆'
                | '✓'
                | '✔'
        )
}

/// The label inside a folded text: range without punctuation at the ends and
/// without a count at the end, “reviews (123)”.
pub fn label_range(text: &str, start: usize, end: usize) -> (usize, usize) {
    let Some(mut slice) = text.get(start..end) else { return (start, start) };
    let mut from = start;
    loop {
        let trimmed = slice.trim_start_matches(is_edge);
        from += slice.len() - trimmed.len();
        slice = trimmed.trim_end_matches(is_edge);
        // "(123)": the bracket went with the edge, the digits stay behind a bracket
        let digits = slice.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',' || c == '.' || c == '+');
        if digits.len() < slice.len() && digits.ends_with(['(', '[']) && digits.len() > 1 {
            slice = digits;
            continue;
        }
        return (from, from + slice.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_width_case_space_script_and_quotes() {
        assert_eq!(fold("  ＳＩＺＥ\u{a0} \n Chart’s "), "size chart's");
        assert_eq!(fold("尺碼對照表"), "尺码对照表");
        assert_eq!(fold("Größe"), "größe");
        assert_eq!(fold("Cafe\u{301}"), fold("Café"));
        assert_eq!(fold("ｶﾞ"), "ガ");
        assert_eq!(fold("İletişim"), "iletişim");
        assert_eq!(fold("size  chart "), "size chart");
        assert_eq!(fold("size\tchart"), "size chart");
    }

    proptest::proptest! {
        #[test]
        fn what_is_folded_already_stays(text in "[a-cA-Cß-éÀÉ а-вАЁё尺碼码表アァあ가각'’ｶﾞ\u{301}]{0,8}") {
            let mut folded = String::new();
            fold_chars(&text, |c, _| folded.push(c));
            let folded = folded.trim_matches(' ');
            proptest::prop_assert!(!is_folded(&text) || folded == text, "{text}");
            proptest::prop_assert_eq!(fold(&text), folded);
        }
    }

    #[test]
    fn labels_lose_punctuation_and_counts() {
        let label = |t: &str| {
            let f = fold(t);
            let (a, b) = label_range(&f, 0, f.len());
            f[a..b].to_string()
        };
        assert_eq!(label("商品尺码表 (3)："), "商品尺码表");
        assert_eq!(label("【Size chart】"), "size chart");
        assert_eq!(label("Buy now!"), "buy now");
        assert_eq!(label("¡Compra ahora!"), "compra ahora");
        assert_eq!(label("Does it fit?"), "does it fit?");
        assert_eq!(label("Reviews (1,234)"), "reviews");
        assert_eq!(label("Save 20%"), "save 20%");
        assert_eq!(label("(12)"), "12");
        assert_eq!(label(" : "), "");
    }

    #[test]
    fn settled_letters_are_what_nfkc_makes_of_them() {
        for c in ('\0'..='\u{FFFF}').filter(|c| is_settled(*c)) {
            let text = String::from(c);
            let slow: String = text
                .nfkc()
                .flat_map(char::to_lowercase)
                .map(|c| if is_cjk(c) { simplified(c) } else { c })
                .collect();
            let mut quick = String::new();
            fold_chars(&text, |c, _| quick.push(c));
            assert_eq!(quick, slow, "{c}");
        }
    }

    #[test]
    fn offsets_point_at_the_source() {
        let mut seen = Vec::new();
        fold_chars("A\u{a0}é尺", |c, at| seen.push((c, at)));
        assert_eq!(seen, vec![('a', 0), (' ', 1), ('é', 3), ('尺', 5)]);
    }
}
