//! Animations that a page may not have: each on each element costs the engine its styles again.

use crate::assets::Assets;
use crate::assets::plain::{Plain, What};
use crate::limits;

/// Why a page is not laid out, if its animations are too many.
///
/// # Errors
/// The page has too many.
pub fn check(plain: &Plain, assets: &Assets) -> Result<(), String> {
    let sheets = assets.sheets.values().map(AsRef::as_ref);
    let own = plain.styles.iter().map(|(_, text)| text.as_str());
    let attrs = plain.nodes.iter().filter_map(|node| match &node.what {
        What::Element { attrs, .. } => {
            attrs.iter().find(|(n, _)| &*n.local == "style").map(|(_, v)| v.as_str())
        }
        What::Text(_) => None,
    });
    let longest = sheets.chain(own).chain(attrs).map(longest).max().unwrap_or(0);
    if longest > limits::ANIMATIONS {
        let most = limits::ANIMATIONS;
        return Err(format!(
            "one of its declarations names {longest} animations; {most} are laid out at most"
        ));
    }
    Ok(())
}

/// Items of the longest list of animations in a text, or of a list that one may stand for, and steps
/// of the longest animation.
fn longest(css: &str) -> usize {
    let mut most = 0;
    for (at, _) in css.match_indices("animation") {
        most = most.max(items(css.get(at..).unwrap_or_default()));
    }
    // what var() brings; lists of other values are as long as pages like
    let lists = css.match_indices("--").map(|(at, _)| items(css.get(at..).unwrap_or_default()));
    let steps = css.match_indices("keyframes").map(|(at, _)| steps(css.get(at..).unwrap_or_default()));
    let long = lists.chain(steps).max().unwrap_or(0);
    if long > limits::KEYFRAMES { most.max(long) } else { most }
}

/// Values between the commas of a declaration, brackets and what they hold left out.
fn items(text: &str) -> usize {
    let Some(colon) = text.bytes().position(|b| matches!(b, b':' | b';' | b'{' | b'}' | b',' | b')')) else {
        return 0;
    };
    if text.as_bytes().get(colon) != Some(&b':') {
        return 0;
    }
    let (mut depth, mut items) = (0usize, 1);
    for b in text.bytes().skip(colon + 1) {
        match b {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => items += 1,
            b';' | b'{' | b'}' => break,
            _ => {}
        }
    }
    items
}

/// Blocks in the block of an animation.
fn steps(text: &str) -> usize {
    let (mut depth, mut steps) = (0usize, 0);
    for b in text.bytes() {
        match b {
            b'{' => {
                depth += 1;
                steps += usize::from(depth == 2);
            }
            b'}' if depth <= 1 => break,
            b'}' => depth -= 1,
            b';' if depth == 0 => break,
            _ => {}
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_steps_are_counted() {
        assert_eq!(longest("a{animation:b 1s,c 2s cubic-bezier(1,2,3,4);color:red}"), 2);
        assert_eq!(longest("a{-webkit-animation-name: b, c, d}"), 3);
        assert_eq!(longest(".animation{b:c,d,e,f}"), 0);
        assert_eq!(longest("@keyframes b{0%{c:d}50%,60%{c:e}100%{c:f}}"), 0);
        assert_eq!(steps("keyframes b{0%{c:d}50%,60%{c:e}100%{c:f}}@keyframes g{0%{}}"), 3);
        let many = "b 1s,".repeat(limits::KEYFRAMES + 1);
        assert_eq!(longest(&format!("a{{--x:{many}c}}")), limits::KEYFRAMES + 2);
        assert_eq!(longest("a{--x:b,c,d;animation:var(--x)}"), 1);
        let many = "1%{a:b}".repeat(limits::KEYFRAMES + 1);
        assert_eq!(longest(&format!("@keyframes x{{{many}}}")), limits::KEYFRAMES + 1);
    }
}
