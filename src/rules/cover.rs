//! How much of the first screen things cover together.

use crate::layout::Rect;
use crate::pack::model::Expect;
use crate::parts::screen::Screen;
use crate::rules::context::{Answer, Context, Options};
use crate::rules::filters::Judged;

/// The share of the first screen that the counted things cover.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cover {
    /// Enough, or nothing is asked for.
    Enough,
    /// Too little for sure: how much, and how much is asked for, 0 to 1.
    Little(f32, f32),
    /// Nothing was measured, or what may count decides.
    Unknown,
}

/// What the things that count and may count cover, and what is asked for, 0 to 1.
pub fn shares(
    c: &Context<'_>,
    options: &Options<'_>,
    expect: &Expect,
    judged: &[Judged],
    screen: Option<&Screen>,
) -> Option<(f32, f32)> {
    let asked = expect.cover.as_ref().and_then(|a| options.number(a))? as f32;
    let screen = screen.or(c.screens.first())?;
    let whole = whole(screen);
    let counted = judged.iter().filter(|j| j.answer != Answer::No);
    let areas = counted.map(|j| screen.area(c.scene, j.thing.anchor).map(|r| r.meet(whole)));
    let all: Vec<Rect> = areas.collect::<Option<_>>()?;
    Some((union(&all) / whole.area(), asked))
}

fn whole(screen: &Screen) -> Rect {
    let viewport = screen.viewport();
    Rect { x: 0.0, y: 0.0, width: viewport.width as f32, height: viewport.height as f32 }
}

/// Judges `cover` on one viewport.
pub fn judge(
    c: &Context<'_>,
    options: &Options<'_>,
    expect: &Expect,
    judged: &[Judged],
    screen: Option<&Screen>,
) -> Cover {
    if expect.cover.is_none() {
        return Cover::Enough;
    }
    let Some(screen) = screen.or(c.screens.first()) else { return Cover::Unknown };
    let Some((all, asked)) = shares(c, options, expect, judged, Some(screen)) else { return Cover::Unknown };
    let whole = whole(screen);
    let area = |j: &Judged| screen.area(c.scene, j.thing.anchor).map(|r| r.meet(whole));
    let sure: Vec<Rect> = judged.iter().filter(|j| j.answer == Answer::Yes).filter_map(area).collect();
    let sure = union(&sure) / whole.area();
    // what may be on the screen and was laid out beside it covers there what it covers here
    let doubtful = judged.iter().filter(|j| matches!(j.answer, Answer::Maybe(_)));
    let beside: f32 = doubtful
        .filter_map(|j| screen.area(c.scene, j.thing.anchor))
        .filter(|r| r.meet(whole).area() <= 0.0)
        .map(|r| r.area() / whole.area())
        .sum();
    if sure >= asked {
        Cover::Enough
    } else if all + beside < asked {
        Cover::Little(all, asked)
    } else {
        Cover::Unknown
    }
}

/// Area of the union of rectangles, O(n² log n) for n of them: pictures of one screen.
fn union(rects: &[Rect]) -> f32 {
    let rects: Vec<&Rect> = rects.iter().filter(|r| r.area() > 0.0).collect();
    let mut edges: Vec<f32> = rects.iter().flat_map(|r| [r.x, r.right()]).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup();
    let mut area = 0.0;
    for pair in edges.windows(2) {
        let &[left, right] = pair else { continue };
        let here = rects.iter().filter(|r| r.x < right && r.right() > left);
        let mut spans: Vec<(f32, f32)> = here.map(|r| (r.y, r.bottom())).collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut height, mut until) = (0.0, f32::MIN);
        for (top, bottom) in spans {
            height += (bottom - top.max(until)).max(0.0);
            until = until.max(bottom);
        }
        area += height * (right - left);
    }
    area
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
        Rect { x, y, width, height }
    }

    #[test]
    fn what_two_share_counts_once() {
        assert_eq!(union(&[]), 0.0);
        assert_eq!(union(&[rect(0.0, 0.0, 10.0, 10.0), rect(5.0, 5.0, 10.0, 10.0)]), 175.0);
        assert_eq!(union(&[rect(0.0, 0.0, 10.0, 10.0), rect(2.0, 2.0, 3.0, 3.0)]), 100.0);
        assert_eq!(union(&[rect(0.0, 0.0, 10.0, 2.0), rect(0.0, 8.0, 10.0, 2.0)]), 40.0);
    }
}
