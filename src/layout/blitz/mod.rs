//! The engine in the program: blitz, which is Stylo for styles, Taffy for boxes and Parley
//! for text.

mod build;
mod clip;
mod colours;
mod controls;
mod css;
mod fonts;
mod frames;
mod gaps;
mod hues;
mod lines;
mod marks;
mod mend;
mod motion;
mod old;
mod pictures;
mod pinned;
mod provider;
mod screen;
mod sfnt;
mod slides;
pub mod squares;
mod sticky;
mod unseen;
mod walk;

use crate::assets::Assets;
use crate::assets::plain::{Plain, What};
use crate::assets::refs::{self, From, SheetRef};
use crate::layout::geometry::{Boxed, Drawing, Geometry, Missing, Rect};
use crate::layout::{Engine, How, NoGeometry, runner, styles};
use crate::limits;
use crate::page::Page;
use crate::viewport::Viewport;
use blitz_dom::QualName;
use provider::Provider;
use url::Url;

/// Lays pages out with blitz.
#[derive(Clone, Copy, Debug)]
pub struct Blitz {
    /// As what pages are laid out, and whether they are drawn.
    pub how: How,
}

impl Default for Blitz {
    fn default() -> Self {
        Blitz { how: How { scripts: true, ..How::default() } }
    }
}

/// Everything that a layout needs, free of the page.
struct Job {
    plain: Plain,
    tree: unseen::Tree,
    names: Vec<QualName>,
    sheets: Vec<SheetRef>,
    base: Url,
    assets: Assets,
    /// Bytes of style in the page that count.
    inline: usize,
    draw: bool,
}

impl Engine for Blitz {
    fn measure(&self, page: &Page, assets: &Assets, viewport: &Viewport) -> Result<Geometry, NoGeometry> {
        let one = self.measure_all(page, assets, std::slice::from_ref(viewport));
        one.into_iter().next().unwrap_or(Err(NoGeometry::Off))
    }

    fn measure_all(
        &self,
        page: &Page,
        assets: &Assets,
        viewports: &[Viewport],
    ) -> Vec<Result<Geometry, NoGeometry>> {
        let run = || {
            let job = job(page, assets, self.how)?;
            let wanted = viewports.to_vec();
            let at_once = self.how.at_once;
            runner::run(self.how.time.unwrap_or(limits::LAYOUT_TIME), move || {
                runner::each(&wanted, at_once, |v| lay_out(&job, v))
            })
        };
        match run() {
            Ok(all) => all.into_iter().map(Ok).collect(),
            Err(why) => viewports.iter().map(|_| Err(why.clone())).collect(),
        }
    }
}

fn job(page: &Page, assets: &Assets, how: How) -> Result<Job, NoGeometry> {
    let many = page.dom.len();
    if many > limits::LAYOUT_ELEMENTS {
        let why = format!("the page has {many} elements; {} are laid out at most", limits::LAYOUT_ELEMENTS);
        return Err(NoGeometry::Limit(why));
    }
    let plain = Plain::of(page, how.scripts);
    motion::check(&plain, assets).map_err(NoGeometry::Limit)?;
    let own = assets.base.clone().or_else(refs::nowhere);
    let base = own.map(|own| refs::base(&plain, &own)).ok_or(NoGeometry::Off)?;
    let sheets = refs::sheets(&plain);
    let names = plain.nodes.iter().filter_map(|n| match &n.what {
        What::Element { name, el: Some(_), .. } => Some(name.clone()),
        _ => None,
    });
    Ok(Job {
        names: names.collect(),
        tree: marks::tree(&page.dom),
        inline: styles::inline(&plain, &sheets, assets.sheets.values().map(AsRef::as_ref)),
        sheets,
        base,
        assets: assets.clone(),
        plain,
        draw: how.draw,
    })
}

fn lay_out(job: &Job, viewport: &Viewport) -> Result<Geometry, NoGeometry> {
    let (screen, scale) = screen::of(&job.plain, (viewport.width, viewport.height));
    let provider = Provider::new(&job.assets, viewport.width <= screen::PHONE);
    let source = build::Source { plain: &job.plain, sheets: &job.sheets, base: &job.base };
    let mut built = build::build(source, provider, screen);
    build::check(&built, &job.names).map_err(NoGeometry::Mismatch)?;
    let pictures = pictures::set(&job.plain, &mut built, &job.base, &job.assets, screen);
    // the first pass starts animations and transitions, the second sees them ended
    built.doc.resolve(0.0);
    let captioned = mend::captions::find(&built);
    if mend::mend(&mut built, &captioned) {
        // sizes that it keeps from the first pass are not all of them dropped for a new text
        built.doc.set_incremental_layout(false);
    }
    built.doc.resolve(30.0);
    mend::captions::place(&mut built, &captioned);
    if mend::join(&mut built.doc) {
        built.doc.set_incremental_layout(true);
        built.doc.resolve(30.0);
    }
    let widest = screen::widest(&job.plain, (viewport.width, viewport.height), screen);
    let held = sticky::stick(&mut built, screen.1 as f32);
    let mut boxes = walk::boxes(&job.tree, &built, &held, (screen.0 as f32, screen.1 as f32), widest);
    if scale != 1.0 {
        boxes.iter_mut().for_each(|b| shrink(b, scale));
    }
    for (el, (width, height)) in &pictures.assumed {
        let (width, height) = (*width as f32, *height as f32);
        // a box of another shape has both its sides from a stylesheet
        let shaped =
            |b: &&mut Boxed| (b.rect.width * height - b.rect.height * width).abs() < width.max(height);
        if let Some(b) = boxes.get_mut(el.0 as usize).filter(shaped) {
            b.assumed = true;
        }
    }
    if job.plain.runs() {
        slides::lift(&job.plain, &mut boxes);
    }
    let seen = boxes.iter().filter(|b| b.unseen.is_none()).map(|b| b.visible.bottom());
    let height = seen.fold(0.0, f32::max);
    Ok(Geometry {
        viewport: viewport.clone(),
        drawing: job.draw.then(|| draw(&mut built, screen, height, scale)).flatten(),
        height,
        boxes,
        missing: missing(job, &pictures),
        engine: "blitz",
    })
}

/// The page as it is painted; heights are those of the device.
#[cfg(feature = "picture")]
fn draw(
    built: &mut build::Built,
    screen: (u32, u32),
    height: f32,
    scale: f32,
) -> Option<Result<Drawing, String>> {
    Some(super::picture::draw(&mut built.doc, screen, height / scale, scale))
}

/// Built without a painter.
#[cfg(not(feature = "picture"))]
fn draw(_: &mut build::Built, _: (u32, u32), _: f32, _: f32) -> Option<Result<Drawing, String>> {
    None
}

/// From pixels of the layout to those of a phone that shows it smaller. The font size stays
/// that of the stylesheet: such a page is made for wide screens, and is zoomed into.
fn shrink(boxed: &mut Boxed, by: f32) {
    let all = |r: Rect| Rect { x: r.x * by, y: r.y * by, width: r.width * by, height: r.height * by };
    boxed.rect = all(boxed.rect);
    boxed.visible = all(boxed.visible);
}

fn missing(job: &Job, pictures: &pictures::Count) -> Missing {
    let mut stylesheets = job.assets.missing.clone();
    let mut asked = job.assets.asked;
    // what nobody asked for: no address, or beyond a limit
    for sheet in &job.sheets {
        let From::Link(href) = &sheet.from else { continue };
        let at_hand = refs::join(&job.base, href).is_some_and(|u| job.assets.sheets.contains_key(u.as_str()));
        if !at_hand && !stylesheets.contains(href) {
            stylesheets.push(href.clone());
            asked += 1;
        }
    }
    Missing {
        stylesheets_asked: asked,
        stylesheets,
        inline: job.inline,
        pictures_gone: pictures.gone,
        pictures: pictures.assumed.len(),
        pictures_asked: pictures.asked,
    }
}
