//! Things that the layout puts off the page: where it puts most of the page there, it is the layout
//! that is in doubt.

use crate::audit::Status;
use crate::finding::Need;
use crate::pack::model::{Expect, Trait};
use crate::parts::screen::{Screen, Seen};
use crate::parts::walk::RowSource;
use crate::rules::context::{Answer, Context, Options};
use crate::rules::filters::{Judged, judge};

/// Makes things that only their place off the page rules out doubtful, where most of the page lies
/// there and no other of them is shown. One that a stylesheet alone puts off the page is hidden.
pub fn doubt(
    c: &Context<'_>,
    options: &Options<'_>,
    expect: &Expect,
    judged: &mut [Judged],
    screen: Option<&Screen>,
) {
    if !expect.is.contains(&Trait::FirstScreen) {
        return;
    }
    let Some(screen) = screen.or(c.screens.first()).filter(|s| s.geometry().is_some()) else { return };
    let off =
        |j: &Judged| j.thing.place.is_none() && screen.off_page(c.scene, screen.face(c.scene, &j.thing));
    // one that stands on the page, suspected ones aside, shows that the layout holds
    let stands = |j: &Judged| {
        j.thing.place.is_none()
            && j.thing.status == Status::Found
            && !off(j)
            && screen.seen(c.scene, screen.face(c.scene, &j.thing)) == Seen::Yes
    };
    if judged.iter().any(stands) || !judged.iter().any(off) || !mostly_off(c, screen) {
        return;
    }
    let mut elsewhere = expect.clone();
    elsewhere.is.retain(|t| !matches!(t, Trait::FirstScreen | Trait::Visible));
    for one in judged.iter_mut().filter(|j| j.answer == Answer::No) {
        if off(one) && judge(c, options, &elsewhere, one.thing.clone(), Some(screen)).answer != Answer::No {
            one.answer = Answer::Maybe(Need::Layout);
            one.reason = Some(c.wording().off_page(screen.viewport()));
        }
    }
}

/// Whether the layout puts more texts of the page off it than on it.
fn mostly_off(c: &Context<'_>, screen: &Screen) -> bool {
    let rows = c.scene.walk.rows.iter().filter(|row| matches!(row.source, RowSource::Text(_)));
    let (mut off, mut on) = (0usize, 0usize);
    for row in rows {
        if screen.off_page(c.scene, row.el) {
            off += 1;
        } else if screen.area(c.scene, row.el).is_some_and(|r| r.area() > 0.0) {
            on += 1;
        }
    }
    off > on
}
