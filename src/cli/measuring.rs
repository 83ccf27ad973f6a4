//! How the pages of a run are measured: laid out by the engine that is built in, rendered in
//! Chromium, or not at all.

use crate::assets::Map;
use crate::audit::{Notice, PageReport};
use crate::cli::args::{GlobalArgs, LayoutArgs, Render};
use crate::cli::exit::Stop;
use crate::cli::pages;
use crate::cli::rendering::Rendering;
use crate::engine::{Looked, Measure, PageSettings, Plan, Unmeasured, audit_measured, look};
use crate::finding::Level;
use crate::layout::{self, Engine, Geometry, How, NoGeometry};
use crate::page::Page;
use crate::viewport::Viewport;
use std::num::NonZero;
use std::path::Path;

/// What measures the pages of a run.
pub struct Measuring {
    render: Option<Render>,
    how: How,
    engine: Box<dyn Engine>,
    map: Option<Map>,
    global: GlobalArgs,
    rendering: Rendering,
}

impl Measuring {
    /// As the arguments say; `draw` asks for drawings of the pages.
    ///
    /// # Errors
    /// A map that cannot be read, a folder that cannot be written, no Chromium where one is
    /// asked for; exit code 2.
    pub fn new(global: &GlobalArgs, args: &LayoutArgs, draw: bool) -> Result<Measuring, Stop> {
        let map = pages::asset_map(args)?;
        let rendering = Rendering::new(args, draw)?;
        let how = How { scripts: true, draw, time: args.layout_time, at_once: 1 };
        Ok(Measuring {
            render: args.render,
            how,
            engine: layout::built_in(how),
            map,
            global: global.clone(),
            rendering,
        })
    }

    /// The same for a run of one page, where no other needs the threads: its viewports are laid
    /// out side by side.
    #[must_use]
    pub fn for_one_page(mut self) -> Measuring {
        let cores = || std::thread::available_parallelism().map_or(1, NonZero::get);
        self.how.at_once = self.global.threads.unwrap_or_else(cores);
        self.engine = layout::built_in(self.how);
        self
    }

    /// Audits one page with what measures it.
    pub fn audit(&self, page: &Page, plan: &Plan, settings: &PageSettings) -> PageReport {
        // a page of the web may be built by scripts, and a file is checked as it is written
        let auto = if page.address.is_some() { Render::Auto } else { Render::Blitz };
        match self.render.unwrap_or(auto) {
            Render::None => audit_measured(page, plan, settings, &NotAsked),
            Render::Blitz => audit_measured(page, plan, settings, &self.laying()),
            Render::Auto => {
                let report = audit_measured(page, plan, settings, &self.laying());
                if report.shell && self.rendering.is_there() {
                    self.rendered(page, plan, settings, report)
                } else {
                    report
                }
            }
            Render::Chromium => {
                let report = audit_measured(page, plan, settings, &Unmeasured);
                self.rendered(page, plan, settings, report)
            }
        }
    }

    /// Recognises a page and measures it, without judging; `task` is given the page as it was
    /// recognised: as its source has it, or as Chromium rendered it.
    pub fn look<T>(
        &self,
        page: &Page,
        plan: &Plan,
        settings: &PageSettings,
        task: impl FnOnce(&Page, &Looked<'_>) -> T,
    ) -> T {
        let mut looked = look(page, plan, settings);
        let auto = if page.address.is_some() { Render::Auto } else { Render::Blitz };
        let render = self.render.unwrap_or(auto);
        let shell = render == Render::Auto && looked.guard.shell && self.rendering.is_there();
        if shell || render == Render::Chromium {
            match self.rendering.look(page, plan, settings, self.map.as_ref(), task) {
                Ok(told) => return told,
                Err((task, why)) => {
                    looked.measure(&self.laying());
                    looked.unlaid = why;
                    return task(page, &looked);
                }
            }
        }
        match render {
            Render::None => looked.measure(&NotAsked),
            _ => looked.measure(&self.laying()),
        }
        task(page, &looked)
    }

    /// What lays a page out without a browser.
    pub fn laying(&self) -> impl Measure {
        Laying { run: self, file: None }
    }

    /// The same for a saved page that is called something else than its file.
    pub fn laying_file<'m>(&'m self, file: &'m Path) -> impl Measure + 'm {
        Laying { run: self, file: Some(file) }
    }

    /// The page as Chromium renders it; where that fails, as it is, with the reason.
    fn rendered(&self, page: &Page, plan: &Plan, settings: &PageSettings, plain: PageReport) -> PageReport {
        match self.rendering.audit(page, plan, settings, self.map.as_ref()) {
            Ok(report) => report,
            Err((id, why, help)) => {
                let mut report =
                    if plain.shell { plain } else { audit_measured(page, plan, settings, &self.laying()) };
                report.notices.push(Notice {
                    id: format!("storelint/{id}"),
                    level: Level::Warning,
                    message: format!("the page was not rendered, and is judged as its source has it: {why}"),
                    help: help.map(str::to_string),
                    start: 0,
                    end: 0,
                    line: 1,
                    column: 1,
                });
                report
            }
        }
    }
}

/// Lays nothing out, as was asked.
struct NotAsked;

impl Measure for NotAsked {
    fn measure(&self, _: &Page, viewports: &[Viewport]) -> Vec<Result<Geometry, NoGeometry>> {
        viewports.iter().map(|_| Err(NoGeometry::NotAsked)).collect()
    }
}

/// Lays pages out with the engine that is built in.
struct Laying<'m> {
    run: &'m Measuring,
    file: Option<&'m Path>,
}

impl Measure for Laying<'_> {
    fn measure(&self, page: &Page, viewports: &[Viewport]) -> Vec<Result<Geometry, NoGeometry>> {
        let map = self.run.map.as_ref();
        let assets = match self.file {
            Some(file) => pages::assets_beside(page, file, map),
            None => pages::assets(page, map, &self.run.global),
        };
        self.run.engine.measure_all(page, &assets, viewports)
    }
}
