//! Facts written as lines: “Material: cotton” between line breaks, or a paragraph for each.

use crate::page::dom::{Dom, El};
use crate::parts::structure::{Cell, MAX_KEY};
use crate::parts::tags::is_inline;
use crate::parts::walk::Walk;
use crate::text::fold::{BREAK, is_cjk};
use std::ops::Range;

/// Fewest such lines; a single one is any sentence with a colon.
const LINES: usize = 3;
/// Words of a label, at most: more are a sentence.
const WORDS: usize = 5;
/// Letters of a label, at least (one of Chinese): “S: 92 cm” is a size, “Q: …” a question.
const LETTERS: usize = 3;
/// Bytes of a value, at most: more are a paragraph under its title.
const VALUE: usize = 240;
/// Blocks that hold lines.
const BLOCKS: [&str; 7] = ["p", "div", "td", "section", "article", "dd", "details"];

/// The labels of such lines, and the elements that hold them; O(nodes).
pub(super) fn find(dom: &Dom, walk: &Walk) -> (Vec<Cell>, Vec<El>) {
    let (mut cells, mut holders) = (Vec::new(), Vec::new());
    for el in dom.iter().filter(|el| BLOCKS.contains(&dom.name(*el))) {
        if walk.images_in(el.0, dom.end(el).0) > 0 {
            continue;
        }
        let at = walk.fact(el).text_start;
        let lines: Vec<(u32, &str)> = if is_broken(dom, el) {
            let lines = split(walk.text(el));
            lines.map(|line| (at + line.start as u32, &walk.text(el)[line])).collect()
        } else {
            let whole = dom.children(el).filter(|c| is_line(dom, walk, *c));
            whole.map(|c| (walk.fact(c).text_start, walk.text(c).trim_end_matches(BREAK))).collect()
        };
        let found: Vec<Cell> = lines.iter().filter_map(|(at, line)| cell(walk, *at, line)).collect();
        // a list of facts, not lines of talk of which some have a colon
        if found.len() >= LINES && found.len() * 3 >= lines.len() * 2 {
            cells.extend(found);
            holders.push(el);
        }
    }
    (cells, holders)
}

/// Whether an element holds nothing but lines that `<br>` parts.
fn is_broken(dom: &Dom, el: El) -> bool {
    let mut breaks = false;
    dom.children(el).all(|c| {
        let name = dom.name(c);
        breaks |= name == "br";
        name == "br" || is_inline(name)
    }) && breaks
}

/// Whether an element is one line of text in a block of its own.
fn is_line(dom: &Dom, walk: &Walk, el: El) -> bool {
    matches!(dom.name(el), "p" | "div")
        && dom.children(el).all(|c| is_inline(dom.name(c)))
        && !walk.text(el).trim_end_matches(BREAK).contains(BREAK)
        && !walk.text(el).is_empty()
}

fn split(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    text.split(BREAK).filter_map(move |line| {
        let start = at;
        at += line.len() + BREAK.len_utf8();
        (!line.trim().is_empty()).then_some(start..start + line.len())
    })
}

fn cell(walk: &Walk, at: u32, line: &str) -> Option<Cell> {
    let key = label(line)?;
    let start = at + key.start as u32;
    let el = walk.row_at(start)?.el;
    Some(Cell { el, start, end: at + key.end as u32, key: true })
}

/// The label of a line, without its colon.
fn label(line: &str) -> Option<Range<usize>> {
    let colon = line.find([':', '：'])?;
    let (before, after) = line.split_at(colon);
    let value = after.trim_start_matches([':', '：', ' ']);
    let start = before.len() - before.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let key = before[start..].trim_end();
    let letters: usize =
        key.chars().map(|c| if is_cjk(c) { LETTERS } else { usize::from(c.is_alphabetic()) }).sum();
    let fits = letters >= LETTERS
        && key.len() as u32 <= MAX_KEY
        && key.split(' ').count() <= WORDS
        && !key.contains(['.', '?', '!', '。', ','])
        && !value.is_empty()
        && value.len() <= VALUE
        // addresses: “https://…”
        && !after.starts_with("://");
    fits.then_some(start..start + key.len())
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn labels_of_lines() {
        let of = |line: &'static str| label(line).map(|at| &line[at]);
        assert_eq!(of("material: cotton"), Some("material"));
        assert_eq!(of("• upper material : mesh"), Some("upper material"));
        assert_eq!(of("材质:棉"), Some("材质"));
        for line in ["s: 92 cm", "q: does it fit?", "12:30", "https://acme.com", "material:", "no colon"] {
            assert_eq!(of(line), None, "{line}");
        }
        assert_eq!(of("please note that we ship once a week: mondays"), None);
        assert_eq!(of("it is warm. one thing more: cotton"), None);
    }
}
