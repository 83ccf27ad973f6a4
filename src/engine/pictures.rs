//! Pictures of a page with its parts and findings marked, from what was laid out.

use crate::audit::{About, Drawn, Mark, PartRecord, Picture, RuleVerdict};
use crate::engine::run::Looked;
use crate::finding::Verdict;
use crate::layout::{Drawing, Geometry, Rect, wireframe};
use crate::limits;
use crate::page::dom::El;
use crate::parts::screen::Screen;

/// One picture for each viewport, or the reason why there is none.
pub fn drawn(looked: &Looked<'_>, lang: &str, parts: &[PartRecord], verdicts: &[RuleVerdict]) -> Vec<Drawn> {
    let one = |(i, screen): (usize, &Screen)| {
        let aside = looked.aside.get(i).and_then(Option::as_ref);
        let (screen, why) = aside.map_or((screen, None), |(s, why)| (s, Some(why.clone())));
        let Some(geometry) = screen.geometry() else { return none(screen, &looked.unlaid) };
        let height = shown_height(geometry);
        let scene = Shot { looked, screen, height };
        let mut marks = scene.parts(parts, lang);
        marks.extend(scene.findings(verdicts));
        Drawn {
            viewport: geometry.viewport.name.clone(),
            width: geometry.viewport.width,
            fold: geometry.viewport.height,
            height,
            picture: picture(looked, geometry, height),
            aside: why,
            marks,
        }
    };
    looked.screens.iter().enumerate().map(one).collect()
}

fn none(screen: &Screen, why: &str) -> Drawn {
    let viewport = screen.viewport();
    Drawn {
        viewport: viewport.name.clone(),
        width: viewport.width,
        fold: viewport.height,
        height: 0,
        picture: Picture::None(why.to_string()),
        aside: None,
        marks: Vec::new(),
    }
}

/// The page's height or at least the screen's, cut; of a browser's picture what it shows.
fn shown_height(geometry: &Geometry) -> u32 {
    if let Some(Ok(Drawing::Photo { height, .. })) = geometry.drawing {
        return height.clamp(1.0, limits::PICTURE_HEIGHT as f32) as u32;
    }
    let page = geometry.height.clamp(0.0, limits::PICTURE_HEIGHT as f32).ceil() as u32;
    page.max(geometry.viewport.height).min(limits::PICTURE_HEIGHT)
}

fn picture(looked: &Looked<'_>, geometry: &Geometry, height: u32) -> Picture {
    let why = match &geometry.drawing {
        Some(Ok(drawing)) => return Picture::Drawing(drawing.clone()),
        Some(Err(why)) => Some(why.clone()),
        None => None,
    };
    Picture::Wireframe { body: wireframe(&looked.scene.page.dom, geometry, height as f32), why }
}

/// A page on one viewport.
struct Shot<'a> {
    looked: &'a Looked<'a>,
    screen: &'a Screen,
    height: u32,
}

impl Shot<'_> {
    /// Where an element is seen; `None` where it is not, or below what is shown.
    fn rect(&self, el: El) -> Option<Rect> {
        let boxed = self.screen.boxed(&self.looked.scene, el)?;
        let rect = if boxed.visible.area() > 0.0 { boxed.visible } else { boxed.rect };
        let shown = boxed.unseen.is_none() && rect.area() > 0.0 && rect.y < self.height as f32;
        shown.then_some(rect)
    }

    fn parts(&self, parts: &[PartRecord], lang: &str) -> Vec<Mark> {
        let plan = self.looked.scene.plan;
        let mark = |(at, part): (usize, &PartRecord)| {
            let title = plan.part_ref(&part.part).map_or(part.part.as_str(), |p| plan.title(p, lang));
            Some(Mark { about: About::Part { at, title: title.to_string() }, rect: self.rect(part.el?)? })
        };
        parts.iter().enumerate().filter_map(mark).take(limits::PICTURE_PARTS).collect()
    }

    fn findings(&self, verdicts: &[RuleVerdict]) -> Vec<Mark> {
        let mut marks = Vec::new();
        let judged = |v: &&RuleVerdict| matches!(v.verdict, Verdict::Fail | Verdict::Unsure);
        let here = self.screen.viewport().name.as_str();
        for (i, verdict) in verdicts.iter().enumerate().filter(|(_, v)| judged(v)) {
            for (at, finding) in verdict.findings.iter().enumerate() {
                let other = finding.viewport.as_deref().is_some_and(|v| v != here);
                if other || finding.suppressed.is_some() {
                    continue;
                }
                if let Some(rect) = finding.el.and_then(|el| self.rect(el)) {
                    marks.push(Mark { about: About::Finding { verdict: i, at }, rect });
                }
            }
        }
        marks
    }
}
