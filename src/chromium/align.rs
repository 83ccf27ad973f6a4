//! Which node of the browser's tree an element of ours is.

use crate::chromium::NoRender;
use crate::chromium::snapshot::{Kind, Snapshot};
use crate::chromium::write::Written;
use crate::page::Page;
use crate::page::dom::El;

/// Share of elements that may be without a node before the two trees count as different.
const STRAYS: f64 = 0.05;
/// Largest table of the comparison of two lists of children.
const CELLS: usize = 1 << 20;

/// The nodes of a page that was parsed from what [`crate::chromium::write::write`] wrote: by
/// the place of the start tag, so that whatever the parser moves keeps its box. Elements that
/// the parser added have none.
pub fn by_place(page: &Page, written: &Written) -> Vec<Option<usize>> {
    let mut taken = vec![false; written.tags.len()];
    let mut node_of = |el: El| {
        let start = page.dom.start_tag(el)?.start;
        let at = written.tags.binary_search_by_key(&start, |t| t.0).ok()?;
        // the parser's copies of <b> and its like stand at the same place: the first is it
        (!std::mem::replace(&mut taken[at], true)).then_some(written.tags[at].1)
    };
    page.dom.iter().map(&mut node_of).collect()
}

/// The nodes of a page that the browser parsed itself: child by child, from the root.
///
/// # Errors
/// The trees differ in more than a few elements.
pub fn by_tree(page: &Page, snapshot: &Snapshot) -> Result<Vec<Option<usize>>, NoRender> {
    let mut found: Vec<Option<usize>> = vec![None; page.dom.len()];
    let roots: Vec<usize> = (0..snapshot.nodes.len())
        .filter(|i| snapshot.nodes[*i].kind == Kind::Element)
        .filter(|i| snapshot.nodes[*i].parent.is_none_or(|p| snapshot.nodes[p].kind != Kind::Element))
        .collect();
    let mut open: Vec<(El, usize)> = Vec::new();
    if let (Some(root), false) = (roots.first(), page.dom.is_empty()) {
        open.push((El(0), *root));
    }
    while let Some((el, node)) = open.pop() {
        found[el.0 as usize] = Some(node);
        let ours: Vec<El> = page.dom.children(el).collect();
        let theirs = light_children(snapshot, node);
        let same =
            |el: &El, node: &usize| page.dom.name(*el).eq_ignore_ascii_case(&snapshot.nodes[*node].name);
        let straight =
            ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(el, node)| same(el, node));
        if straight {
            open.extend(ours.into_iter().zip(theirs));
        } else {
            let pairs = common(&ours, &theirs, same);
            open.extend(pairs.into_iter().map(|(a, b)| (ours[a], theirs[b])));
        }
    }
    let strays = found.iter().filter(|f| f.is_none()).count();
    // what is not drawn is not there either, below shadow roots without a slot
    if strays as f64 > STRAYS * found.len() as f64 + 4.0 {
        let why = format!("{strays} of its {} elements have no place in Chromium's tree", found.len());
        return Err(NoRender::Mismatch(why));
    }
    Ok(found)
}

/// Children as the page's source has them: those of a shadow tree are passed through.
fn light_children(snapshot: &Snapshot, node: usize) -> Vec<usize> {
    let inside = snapshot.nodes[node].shadow;
    let mut light = Vec::new();
    let mut open: Vec<usize> = snapshot.nodes[node].children.iter().rev().copied().collect();
    while let Some(at) = open.pop() {
        let child = &snapshot.nodes[at];
        if child.shadow && !inside {
            open.extend(child.children.iter().rev());
        } else if child.kind == Kind::Element {
            light.push(at);
        }
    }
    light
}

/// Pairs of a longest common subsequence; of lists that are too long the common start and end.
pub fn common<A, B>(ours: &[A], theirs: &[B], same: impl Fn(&A, &B) -> bool) -> Vec<(usize, usize)> {
    let start = ours.iter().zip(theirs).take_while(|(a, b)| same(a, b)).count();
    let (rest, other) = (&ours[start..], &theirs[start..]);
    let end = rest.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| same(a, b)).count();
    let mut pairs: Vec<(usize, usize)> = (0..start).map(|i| (i, i)).collect();
    let (rows, columns) = (rest.len() - end, other.len() - end);
    if rows * columns <= CELLS {
        pairs.extend(
            longest(&rest[..rows], &other[..columns], &same).into_iter().map(|(a, b)| (a + start, b + start)),
        );
    }
    pairs.extend((0..end).rev().map(|i| (ours.len() - 1 - i, theirs.len() - 1 - i)));
    pairs
}

fn longest<A, B>(ours: &[A], theirs: &[B], same: &impl Fn(&A, &B) -> bool) -> Vec<(usize, usize)> {
    let (rows, columns) = (ours.len(), theirs.len());
    let mut best = vec![0u32; (rows + 1) * (columns + 1)];
    let at = |a: usize, b: usize| a * (columns + 1) + b;
    for a in (0..rows).rev() {
        for b in (0..columns).rev() {
            best[at(a, b)] = if same(&ours[a], &theirs[b]) {
                best[at(a + 1, b + 1)] + 1
            } else {
                best[at(a + 1, b)].max(best[at(a, b + 1)])
            };
        }
    }
    let (mut a, mut b, mut pairs) = (0, 0, Vec::new());
    while a < rows && b < columns {
        if same(&ours[a], &theirs[b]) {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if best[at(a + 1, b)] >= best[at(a, b + 1)] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(a: &str, b: &str) -> String {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        common(&a, &b, |x, y| x == y).into_iter().map(|(i, _)| a[i]).collect()
    }

    #[test]
    fn the_longest_common_list_is_found() {
        assert_eq!(pairs("abcde", "abcde"), "abcde");
        assert_eq!(pairs("abcde", "axcye"), "ace");
        assert_eq!(pairs("abc", ""), "");
        assert_eq!(pairs("aab", "ab"), "ab");
        assert_eq!(pairs("xaby", "abab"), "ab");
        let long = "ab".repeat(2000);
        assert_eq!(
            pairs(&format!("a{long}xx{long}b"), &format!("a{long}yy{long}b")).len(),
            2 * long.len() + 2
        );
    }
}
