//! Pages rendered in a Chromium of this machine, and audited as their scripts left them.

use crate::assets::picture::Stated;
use crate::assets::{Files, Map};
use crate::audit::PageReport;
use crate::chromium::{self, Browser, Folder, Home, Limits, NoRender, Options, Rendered, Request};
use crate::cli::args::{LayoutArgs, Render};
use crate::cli::exit::Stop;
use crate::cli::output;
use crate::engine::{Looked, Measure, Origins, PageSettings, Plan, audit_measured, look, relocate};
use crate::finding::{Level, Span};
use crate::layout::{Geometry, NoGeometry};
use crate::page::Page;
use crate::page::dom::El;
use crate::show::shown;
use crate::viewport::Viewport;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Why a page was not rendered: id, reason, way out.
pub type Unrendered = (&'static str, String, Option<&'static str>);

/// The browser of a run: looked for at once, started for the first page that needs it.
pub struct Rendering {
    program: Result<PathBuf, NoRender>,
    browser: OnceLock<Result<Browser, NoRender>>,
    save: Option<PathBuf>,
    photos: bool,
}

impl Rendering {
    /// As the arguments say; `photos` asks for photos of the pages.
    ///
    /// # Errors
    /// No Chromium where one is asked for, or a folder that cannot be written; exit code 2.
    pub fn new(args: &LayoutArgs, photos: bool) -> Result<Rendering, Stop> {
        let program = chromium::find(args.chromium.as_deref());
        let asked = args.render == Some(Render::Chromium) || args.chromium.is_some();
        if let Err(why) = &program
            && asked
        {
            return Err(Stop::usage(why.to_string(), why.help()));
        }
        if let Some(folder) = &args.save_rendered {
            std::fs::create_dir_all(folder).map_err(|e| {
                let name = shown(&folder.display().to_string());
                Stop::usage(format!("--save-rendered {name}: the folder cannot be made: {e}"), None)
            })?;
        }
        Ok(Rendering { program, browser: OnceLock::new(), save: args.save_rendered.clone(), photos })
    }

    /// Whether there is a browser to render with.
    pub fn is_there(&self) -> bool {
        self.program.is_ok()
    }

    fn browser(&self) -> Result<&Browser, NoRender> {
        let program = self.program.clone()?;
        let launch = || Browser::launch(&Options { program: Some(program), photos: self.photos });
        self.browser.get_or_init(launch).as_ref().map_err(Clone::clone)
    }

    /// Renders a page and audits what its scripts made of it; every place is told in its source.
    ///
    /// # Errors
    /// Why it was not rendered.
    pub fn audit(
        &self,
        page: &Page,
        plan: &Plan,
        settings: &PageSettings,
        map: Option<&Map>,
    ) -> Result<PageReport, Unrendered> {
        let viewports = &plan.settings.viewports;
        let rendered = self.render(page, viewports, map).map_err(|e| (e.id(), e.to_string(), e.help()))?;
        let given = Given { geometry: &rendered.geometry };
        let mut report = audit_measured(&rendered.page, plan, settings, &given);
        let (file, unsaved) = match self.keep(page, &rendered.page) {
            Ok(file) => (file, None),
            Err(why) => (None, Some(why)),
        };
        let sources = Sources { page, rendered: &rendered };
        relocate(&mut report, page, &rendered.page, &sources, file.as_deref());
        for note in rendered.notes.iter().cloned().chain(unsaved) {
            report.notices.push(crate::audit::Notice {
                id: "storelint/rendered".into(),
                level: Level::Info,
                message: note,
                help: None,
                start: 0,
                end: 0,
                line: 1,
                column: 1,
            });
        }
        Ok(report)
    }

    /// Renders a page and recognises what its scripts made of it; places are those of the
    /// rendered text.
    ///
    /// # Errors
    /// The task, not done, and why the page was not rendered.
    pub fn look<T, F: FnOnce(&Page, &Looked<'_>) -> T>(
        &self,
        page: &Page,
        plan: &Plan,
        settings: &PageSettings,
        map: Option<&Map>,
        task: F,
    ) -> Result<T, (F, String)> {
        let rendered = match self.render(page, &plan.settings.viewports, map) {
            Ok(rendered) => rendered,
            Err(why) => return Err((task, why.to_string())),
        };
        if let Err(why) = self.keep(page, &rendered.page) {
            output::say(&format!("warning: {why}\n"));
        }
        let mut looked = look(&rendered.page, plan, settings);
        looked.measure(&Given { geometry: &rendered.geometry });
        Ok(task(&rendered.page, &looked))
    }

    fn render(&self, page: &Page, viewports: &[Viewport], map: Option<&Map>) -> Result<Rendered, NoRender> {
        let folder;
        let home = match &page.address {
            Some(url) => Home::Web(url),
            None => {
                // the files that the built-in engine reads
                let path = Path::new(&page.source);
                let own = if map.is_none() { Map::beside(path) } else { None };
                let files = map.or(own.as_ref()).map(Map::pairs).unwrap_or_default();
                let project =
                    Files::beside(path).filter(|_| page.source != "-").map(|f| f.root().to_path_buf());
                folder = Folder::of(path, page, &files, project.as_deref()).map_err(NoRender::Load)?;
                Home::Disk(&folder)
            }
        };
        let own = match home {
            Home::Disk(files) => files.address(),
            Home::Web(url) => url,
        };
        // as the built-in engine takes them
        let stated = Stated::of(page, own, viewports.iter().map(|v| (v.width, v.height)));
        self.browser()?.render(&Request {
            page,
            home,
            viewports,
            missing_picture: Some(&|url| stated.size(url)),
            limits: Limits::default(),
        })
    }

    /// Writes the rendered text where it is asked for; its path.
    fn keep(&self, page: &Page, rendered: &Page) -> Result<Option<String>, String> {
        let Some(folder) = &self.save else { return Ok(None) };
        let path = folder.join(file_name(&page.source));
        let name = shown(&path.display().to_string());
        std::fs::write(&path, rendered.text.as_bytes())
            .map(|()| Some(name.clone()))
            .map_err(|e| format!("{name}: the rendered page cannot be written: {e}"))
    }
}

/// A file name of a path or address: "https://a.example/item/1?c=2" is "a.example-item-1-c-2.html".
fn file_name(source: &str) -> String {
    let plain = source.split_once("://").map_or(source, |(_, rest)| rest);
    let plain = plain.trim_end_matches(".html").trim_end_matches(".htm");
    let mut name = String::new();
    for c in plain.chars().take(120) {
        if c.is_alphanumeric() || matches!(c, '.' | '_') {
            name.push(c);
        } else if !name.ends_with('-') && !name.is_empty() {
            name.push('-');
        }
    }
    let name = name.trim_matches(['-', '.']);
    // different addresses of one name are told apart
    let sum = source.bytes().fold(0u32, |h, b| h.wrapping_mul(31).wrapping_add(u32::from(b)));
    format!("{}-{sum:08x}.html", if name.is_empty() { "page" } else { name })
}

/// Geometry that is there already.
struct Given<'g> {
    geometry: &'g [Geometry],
}

impl Measure for Given<'_> {
    fn measure(&self, _: &Page, viewports: &[Viewport]) -> Vec<Result<Geometry, NoGeometry>> {
        let of = |v: &Viewport| self.geometry.iter().find(|g| g.viewport == *v).cloned();
        viewports.iter().map(|v| of(v).ok_or(NoGeometry::Off)).collect()
    }
}

/// Places of the rendered page in the source.
struct Sources<'r> {
    page: &'r Page,
    rendered: &'r Rendered,
}

impl Origins for Sources<'_> {
    fn exact(&self, span: Span) -> Option<Span> {
        chromium::place(self.page, &self.rendered.page, &self.rendered.origins, span)
    }

    fn around(&self, span: Span) -> Span {
        let dom = &self.rendered.page.dom;
        // the last element that begins before the place, or one that it lies in
        let begins = |el: &El| dom.start_tag(*el).is_some_and(|tag| tag.start <= span.start);
        let mut at = dom.iter().filter(begins).last();
        while let Some(el) = at {
            let holds = dom.span(el).contains(span);
            let origin = self.rendered.origins.get(el.0 as usize).copied().flatten();
            if holds && let Some(tag) = origin.and_then(|o| self.page.dom.start_tag(o)) {
                return tag;
            }
            at = dom.parent(el);
        }
        Span::default()
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn files_of_rendered_pages_have_plain_names_of_their_own() {
        let name = file_name("https://a.example/item/1?c=2");
        assert!(name.starts_with("a.example-item-1-c-2-") && name.ends_with(".html"), "{name}");
        assert_ne!(file_name("../a/b.html"), file_name("a/b.html"));
        assert!(file_name("-").starts_with("page-"));
    }
}
