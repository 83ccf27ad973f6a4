//! Two geometries of one page, compared: the engine under test beside the reference.

use crate::layout::{Boxed, Geometry, Position, Rect};
use crate::page::Page;
use crate::page::dom::El;
use crate::viewport::Viewport;

/// Share of a box that must be inside the window for the first screen.
const HALF: f32 = 0.5;
/// Elements that are a picture or a control.
const CARRIERS: [&str; 11] =
    ["a", "button", "canvas", "iframe", "img", "input", "meter", "select", "svg", "textarea", "video"];
/// Elements whose text is never drawn, or drawn by another element.
const SILENT: [&str; 14] = [
    "head", "title", "script", "style", "template", "noscript", "iframe", "noembed", "noframes", "option",
    "optgroup", "datalist", "textarea", "object",
];

/// Elements that carry text, a picture or a control; those inside `<svg>` are part of it.
pub fn carriers(page: &Page) -> Vec<El> {
    let dom = &page.dom;
    let mut words = vec![false; dom.len()];
    for row in dom.all_texts() {
        if dom.is_html(row.parent)
            && !SILENT.contains(&dom.name(row.parent))
            && !dom.text_of(row).trim().is_empty()
        {
            words[row.parent.0 as usize] = true;
        }
    }
    let mut found = Vec::new();
    let mut inside = El(0);
    for el in dom.iter() {
        let name = dom.name(el);
        if el >= inside
            && (words[el.0 as usize] || CARRIERS.contains(&name))
            && !is_control_without_face(page, el)
        {
            found.push(el);
        }
        if name == "svg" || (name == "head" && el >= inside) {
            inside = inside.max(dom.end(el));
        }
    }
    found
}

fn is_control_without_face(page: &Page, el: El) -> bool {
    page.dom.name(el) == "input"
        && page.dom.attr(el, "type").is_some_and(|t| t.eq_ignore_ascii_case("hidden"))
}

/// What is said of one element by both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The element.
    pub el: El,
    /// Under test.
    pub tested: Boxed,
    /// The reference.
    pub reference: Boxed,
}

/// Whether a box is on the first screen: its top above the fold, and at least half of what is
/// visible of it inside the window.
pub fn on_first_screen(boxed: &Boxed, viewport: &Viewport) -> bool {
    let part = boxed.visible;
    let window = Rect { x: 0.0, y: 0.0, width: viewport.width as f32, height: viewport.height as f32 };
    boxed.unseen.is_none()
        && part.area() > 0.0
        && part.y < window.height
        && part.meet(window).area() >= HALF * part.area()
}

/// Agreement of two geometries, or of many.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agreement {
    /// Elements compared.
    pub elements: usize,
    /// Those of which both say the same: shown or not.
    pub same_shown: usize,
    /// Those of which both say the same: on the first screen or not.
    pub same_screen: usize,
    /// On the first screen for both.
    pub both: usize,
    /// On the first screen for the engine under test.
    pub tested: usize,
    /// On the first screen for the reference.
    pub reference: usize,
    /// Vertical differences in CSS pixels of elements that both show.
    pub off: Vec<f32>,
    /// The same of those on the reference's first screen.
    pub off_screen: Vec<f32>,
}

impl Agreement {
    /// Compares the carriers of a page.
    pub fn of(page: &Page, tested: &Geometry, reference: &Geometry) -> Agreement {
        let mut sum = Agreement::default();
        for pair in pairs(page, tested, reference) {
            sum.count(&pair, &reference.viewport);
        }
        sum
    }

    fn count(&mut self, pair: &Pair, viewport: &Viewport) {
        let (tested, reference) = (&pair.tested, &pair.reference);
        let shown = (tested.unseen.is_none(), reference.unseen.is_none());
        let screen = (on_first_screen(tested, viewport), on_first_screen(reference, viewport));
        self.elements += 1;
        self.same_shown += usize::from(shown.0 == shown.1);
        self.same_screen += usize::from(screen.0 == screen.1);
        self.both += usize::from(screen.0 && screen.1);
        self.tested += usize::from(screen.0);
        self.reference += usize::from(screen.1);
        if shown == (true, true) {
            let off = (tested.rect.y - reference.rect.y).abs();
            self.off.push(off);
            if screen.1 {
                self.off_screen.push(off);
            }
        }
    }

    /// Adds another page's.
    pub fn add(&mut self, other: &Agreement) {
        self.elements += other.elements;
        self.same_shown += other.same_shown;
        self.same_screen += other.same_screen;
        self.both += other.both;
        self.tested += other.tested;
        self.reference += other.reference;
        self.off.extend_from_slice(&other.off);
        self.off_screen.extend_from_slice(&other.off_screen);
    }

    /// Share of elements with the same "shown", 0 to 1.
    pub fn shown(&self) -> Option<f64> {
        share(self.same_shown, self.elements)
    }

    /// Share of elements with the same "on the first screen", 0 to 1.
    pub fn screen(&self) -> Option<f64> {
        share(self.same_screen, self.elements)
    }

    /// Of what is said to be on the first screen, the share that is.
    pub fn precision(&self) -> Option<f64> {
        share(self.both, self.tested)
    }

    /// Of what is on the first screen, the share that is said to be.
    pub fn recall(&self) -> Option<f64> {
        share(self.both, self.reference)
    }
}

/// Both boxes of every carrier.
pub fn pairs<'g>(
    page: &Page,
    tested: &'g Geometry,
    reference: &'g Geometry,
) -> impl Iterator<Item = Pair> + use<'g> {
    carriers(page)
        .into_iter()
        .filter_map(|el| Some(Pair { el, tested: *tested.of(el)?, reference: *reference.of(el)? }))
}

/// Elements of which the two say different things, in document order: first those that only one
/// puts on the first screen, then those that only one shows.
pub fn disputed(page: &Page, tested: &Geometry, reference: &Geometry, many: usize) -> Vec<Pair> {
    let viewport = &reference.viewport;
    let screen = |p: &Pair| on_first_screen(&p.tested, viewport) != on_first_screen(&p.reference, viewport);
    let shown = |p: &Pair| p.tested.unseen.is_none() != p.reference.unseen.is_none();
    let all: Vec<Pair> = pairs(page, tested, reference).collect();
    let first = all.iter().filter(|p| screen(p));
    let rest = all.iter().filter(|p| !screen(p) && shown(p));
    first.chain(rest).take(many).copied().collect()
}

/// Elements at which the vertical difference changes most, with that change in CSS pixels: what
/// moves everything below it.
pub fn steps(page: &Page, tested: &Geometry, reference: &Geometry, many: usize) -> Vec<(Pair, f32)> {
    let mut before = 0.0;
    let mut all = Vec::new();
    for pair in pairs(page, tested, reference) {
        let placed =
            |b: &Boxed| b.unseen.is_none() && !matches!(b.position, Position::Fixed | Position::Absolute);
        if placed(&pair.tested) && placed(&pair.reference) {
            let off = pair.tested.rect.y - pair.reference.rect.y;
            all.push((pair, off - before));
            before = off;
        }
    }
    all.retain(|(_, step)| step.abs() >= 1.0);
    all.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.el.cmp(&b.0.el)));
    all.truncate(many);
    all.sort_by_key(|(pair, _)| pair.el);
    all
}

/// The value below which a share of all values lie (0 to 1); `None` where there is none.
pub fn percentile(values: &[f32], share: f64) -> Option<f32> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f32::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    sorted.get((last as f64 * share).round() as usize).copied()
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Missing, Unseen};

    fn page() -> Page {
        Page::from_text(
            "page.html",
            "<title>t</title><body><div><p>one</p> <img src=a><script>x</script><a><b>two</b></a>\
             <svg><text>in</text></svg><input type=hidden><select><option>s</select></div>",
        )
    }

    fn at(y: f32, height: f32) -> Boxed {
        let rect = Rect { x: 0.0, y, width: 100.0, height };
        Boxed { rect, visible: rect, ..Boxed::default() }
    }

    fn geometry(page: &Page, boxes: &[Boxed]) -> Geometry {
        let carriers = carriers(page);
        assert_eq!(carriers.len(), boxes.len());
        let mut all = vec![at(0.0, 10.0); page.dom.len()];
        for (el, boxed) in carriers.iter().zip(boxes) {
            all[el.0 as usize] = *boxed;
        }
        let viewport = Viewport { name: "small".into(), width: 200, height: 100 };
        Geometry {
            viewport,
            boxes: all,
            height: 100.0,
            missing: Missing::default(),
            engine: "test",
            drawing: None,
        }
    }

    #[test]
    fn what_carries_text_pictures_or_controls() {
        let page = page();
        let names: Vec<&str> = carriers(&page).into_iter().map(|el| page.dom.name(el)).collect();
        assert_eq!(names, ["p", "img", "a", "b", "svg", "select"]);
    }

    #[test]
    fn the_fold_cuts_at_half_of_a_box() {
        let viewport = Viewport { name: "small".into(), width: 200, height: 100 };
        assert!(on_first_screen(&at(50.0, 100.0), &viewport));
        assert!(!on_first_screen(&at(51.0, 100.0), &viewport));
        assert!(!on_first_screen(&at(100.0, 10.0), &viewport));
        assert!(!on_first_screen(&at(10.0, 0.0), &viewport));
        assert!(!on_first_screen(&Boxed { unseen: Some(Unseen::Opacity), ..at(0.0, 10.0) }, &viewport));
    }

    #[test]
    fn counts_and_shares() {
        let page = page();
        let gone = Boxed { unseen: Some(Unseen::Display), ..Boxed::default() };
        let tested = geometry(
            &page,
            &[at(0.0, 10.0), at(20.0, 10.0), gone, at(300.0, 9.0), at(90.0, 9.0), at(400.0, 9.0)],
        );
        let reference = geometry(
            &page,
            &[at(0.0, 10.0), at(28.0, 10.0), at(0.0, 10.0), gone, at(99.0, 9.0), at(400.0, 9.0)],
        );
        let sum = Agreement::of(&page, &tested, &reference);
        assert_eq!((sum.elements, sum.same_shown, sum.same_screen), (6, 4, 4));
        assert_eq!((sum.both, sum.tested, sum.reference), (2, 3, 3));
        assert_eq!((sum.precision(), sum.recall()), (Some(2.0 / 3.0), Some(2.0 / 3.0)));
        assert_eq!(sum.off, [0.0, 8.0, 9.0, 0.0]);
        assert_eq!(sum.off_screen, [0.0, 8.0]);
        assert_eq!((percentile(&sum.off, 0.5), percentile(&sum.off, 0.9)), (Some(8.0), Some(9.0)));
        assert_eq!((percentile(&[], 0.5), Agreement::default().recall()), (None, None));
        let names: Vec<&str> =
            disputed(&page, &tested, &reference, 9).iter().map(|p| page.dom.name(p.el)).collect();
        assert_eq!(names, ["a", "svg", "b"]);
        let steps: Vec<(&str, f32)> = steps(&page, &tested, &reference, 2)
            .iter()
            .map(|(pair, step)| (page.dom.name(pair.el), *step))
            .collect();
        assert_eq!(steps, [("img", -8.0), ("select", 9.0)]);
        let mut twice = sum.clone();
        twice.add(&sum);
        assert_eq!((twice.elements, twice.off.len(), twice.recall()), (12, 8, sum.recall()));
    }
}
