//! Snapshots to geometry and, where scripts ran, to a page.

use crate::chromium::browser::{Shot, Shots};
use crate::chromium::request::{Rendered, Request};
use crate::chromium::{NoRender, align, boxes, folder, origins, write};
use crate::layout::{Boxed, Geometry, Missing, Styles, Unseen};
use crate::page::Page;
use crate::page::dom::El;
use std::collections::HashMap;
use url::Url;

/// Name of the engine in reports.
const ENGINE: &str = "chromium";
/// One in so many elements may be lost on the way through HTML text before it is told: a few
/// stand where no HTML can put them.
const LOST: usize = 50;

/// Geometry of the page itself.
///
/// # Errors
/// The browser read another tree.
pub fn measured(request: &Request<'_>, shots: &Shots) -> Result<Vec<Geometry>, NoRender> {
    let missing = missing(request.page, shots);
    shots
        .taken
        .iter()
        .map(|shot| {
            let nodes = align::by_tree(request.page, &shot.snapshot)?;
            Ok(geometry(request.page, shot, &nodes, &missing))
        })
        .collect()
}

/// The page that scripts made, with its geometry.
///
/// # Errors
/// There is no snapshot.
pub fn rendered(request: &Request<'_>, shots: Shots) -> Result<Rendered, NoRender> {
    let first = shots.taken.first().ok_or_else(|| NoRender::Load("no viewport was asked for".into()))?;
    let written = write::write(&first.snapshot);
    let mut page = Page::from_text(&request.page.source, &written.text);
    page.partial.extend(shots.partial.iter().map(|why| format!("Chromium: {why}")));
    page.rendered = Some(shots.scripts.iter().filter(|(_, came)| !came).count());
    let nodes = align::by_place(&page, &written);
    let lost = written.tags.len().saturating_sub(nodes.iter().flatten().count());
    let mut notes = shots.notes.clone();
    if lost > written.tags.len() / LOST {
        notes.push(format!("{lost} of its {} elements cannot be written as HTML", written.tags.len()));
    }
    let missing = missing(&page, &shots);
    let mut all = vec![geometry(&page, first, &nodes, &missing)];
    for shot in shots.taken.iter().skip(1) {
        // an element keeps its number in the browser; those that are gone have no box
        let by_id: HashMap<i64, usize> =
            shot.snapshot.nodes.iter().enumerate().map(|(i, n)| (n.id, i)).collect();
        let there = |node: Option<usize>| by_id.get(&first.snapshot.nodes.get(node?)?.id).copied();
        let nodes: Vec<Option<usize>> = nodes.iter().map(|n| there(*n)).collect();
        all.push(geometry(&page, shot, &nodes, &missing));
    }
    let frame = |el: El| matches!(page.dom.name(el), "html" | "body");
    let seen = |g: &Geometry| {
        let inside = page.dom.iter().filter(|el| !frame(*el)).filter_map(|el| g.of(el));
        inside.into_iter().any(|b| b.unseen.is_none() && b.visible.area() > 0.0)
    };
    if !all.iter().any(seen) {
        page.partial.push("Chromium: nothing of it is seen".to_string());
    }
    let origins = origins::origins(request.page, &page);
    Ok(Rendered { page, geometry: all, origins, notes })
}

fn geometry(page: &Page, shot: &Shot, nodes: &[Option<usize>], missing: &Missing) -> Geometry {
    let all = boxes::boxes(&shot.snapshot, &shot.viewport, shot.scale);
    let none = Boxed { unseen: Some(Unseen::Display), ..Boxed::default() };
    let mut boxes: Vec<Boxed> =
        nodes.iter().map(|n| n.and_then(|n| all.get(n)).copied().unwrap_or(none)).collect();
    // elements that the parser added, such as tbody: what they hold
    for el in page.dom.iter().collect::<Vec<_>>().into_iter().rev() {
        if nodes.get(el.0 as usize).is_some_and(Option::is_none) {
            let below: Vec<Boxed> =
                page.dom.children(el).filter_map(|c| boxes.get(c.0 as usize).copied()).collect();
            if let Some(joined) = joined(&below)
                && let Some(own) = boxes.get_mut(el.0 as usize)
            {
                *own = joined;
            }
        }
    }
    let seen = boxes.iter().filter(|b| b.unseen.is_none());
    let height = seen.map(|b| b.visible.bottom()).fold(0.0, f32::max);
    Geometry {
        viewport: shot.viewport.clone(),
        boxes,
        height,
        missing: missing.clone(),
        engine: ENGINE,
        drawing: shot.photo.clone(),
    }
}

fn joined(boxes: &[Boxed]) -> Option<Boxed> {
    let seen = boxes.iter().filter(|b| b.unseen.is_none());
    seen.copied().reduce(|a, b| Boxed { rect: a.rect.join(b.rect), visible: a.visible.join(b.visible), ..a })
}

/// What the page had to do without, called as the page calls it.
fn missing(page: &Page, shots: &Shots) -> Missing {
    let base = folder::base(page, &shots.address);
    let named = |url: &str| {
        let hrefs = page.dom.iter().filter_map(|el| page.dom.attr(el, "href"));
        let is = |h: &&str| Url::parse(url).is_ok_and(|u| base.join(h.trim()).is_ok_and(|j| j == u));
        hrefs.into_iter().find(is).map_or_else(|| url.to_string(), str::to_string)
    };
    let gone = |all: &[(String, bool)]| -> Vec<String> {
        all.iter().filter(|(_, came)| !came).map(|(url, _)| url.clone()).collect()
    };
    let styles = Styles::of(page, &base);
    let mut sheets = shots.stylesheets.clone();
    // browsers load those for paper too
    sheets.retain(|(url, _)| !styles.unasked.contains(url));
    Missing {
        stylesheets: gone(&sheets).iter().map(|u| named(u)).collect(),
        stylesheets_asked: sheets.len(),
        inline: styles.inline,
        pictures_gone: gone(&shots.pictures).len(),
        pictures: gone(&shots.pictures).len(),
        pictures_asked: shots.pictures.len(),
    }
}
