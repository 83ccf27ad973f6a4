//! Pages in both engines, several at once; results in the order of the input.

use crate::assets::{Files, Map, Saved, gather};
use crate::chromium::{Browser, Home, Limits, Options, Request};
use crate::cli::crash;
use crate::cli::eval::layout::{LayoutArgs, Row, Times};
use crate::cli::exit::{Exit, Stop};
use crate::cli::run::Session;
use crate::eval::bench::Bench;
use crate::eval::layout::{Agreement, Pair, disputed, on_first_screen, steps};
use crate::layout::{Boxed, Engine, Geometry, How, built_in};
use crate::limits;
use crate::page::Page;
use crate::show::shown;
use crate::source::{self, Source};
use crate::viewport::Viewport;
use rayon::prelude::*;
use std::path::Path;
use std::time::Instant;

/// Lays every page out in both engines.
///
/// # Errors
/// No browser, or no threads.
pub fn measure(session: &Session, args: &LayoutArgs, viewports: &[Viewport]) -> Result<Vec<Row>, Stop> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(session.global.threads.unwrap_or(0))
        .stack_size(limits::THREAD_STACK)
        .build()
        .map_err(|e| Stop::new(Exit::Incomplete, format!("no threads to work with: {e}"), None))?;
    let pages = source::collect(&args.inputs);
    let options = Options { program: args.chromium.clone(), ..Options::default() };
    let browser = Browser::launch(&options).map_err(|e| Stop::usage(&e, e.help()))?;
    let judge = Judge {
        browser: &browser,
        engine: &*built_in(How::default()),
        viewports,
        differences: args.differences,
    };
    let rows: Vec<Vec<Row>> = pool.install(|| {
        pages
            .into_par_iter()
            .map(|page| match page {
                Ok(Source::File(path)) => judge.rows(&path),
                Ok(other) => judge.failed(&source::shown(&other), "only files are compared"),
                Err(failed) => judge.failed(&failed.source, &failed.message),
            })
            .collect()
    });
    Ok(rows.into_iter().flatten().collect())
}

struct Judge<'a> {
    browser: &'a Browser,
    engine: &'a dyn Engine,
    viewports: &'a [Viewport],
    differences: usize,
}

impl Judge<'_> {
    fn failed(&self, source: &str, why: &str) -> Vec<Row> {
        let row = |v: &Viewport| Row {
            source: source.to_string(),
            viewport: v.name.clone(),
            found: Err(why.to_string()),
            differences: Vec::new(),
            times: None,
        };
        self.viewports.iter().map(row).collect()
    }

    fn rows(&self, path: &Path) -> Vec<Row> {
        let source = Source::File(path.to_path_buf());
        let name = source::shown(&source);
        let read = crash::guarded(|| {
            let page = source::read(&source).and_then(|loaded| Page::load(&loaded)).map_err(|f| f.message)?;
            Ok(self.compare(path, &page))
        });
        match read.unwrap_or_else(Err) {
            Ok(rows) => rows,
            Err(why) => self.failed(&name, &why),
        }
    }

    fn compare(&self, path: &Path, page: &Page) -> Vec<Row> {
        let map = map(path);
        let own = Files::address(path);
        let mut saved = Saved { map: map.as_ref(), files: Files::beside(path) };
        let assets = gather(page, own.as_ref(), &mut saved);
        let start = Instant::now();
        let tested = self.engine.measure_all(page, &assets, self.viewports);
        let built_in = milliseconds(start) / self.viewports.len().max(1) as f32;
        let one = |(viewport, tested): (&Viewport, Result<Geometry, _>)| {
            let both = tested.map_err(|e: crate::layout::NoGeometry| e.to_string()).and_then(|tested| {
                let screen = (viewport.width, viewport.height);
                let bench = Bench::of(page, &assets, screen).ok_or("it has no address")?;
                let request = Request {
                    page: &bench.page,
                    home: Home::Disk(&bench),
                    viewports: std::slice::from_ref(viewport),
                    missing_picture: None,
                    limits: Limits::default(),
                };
                let start = Instant::now();
                let mut reference = self.browser.measure(&request, true).map_err(|e| e.to_string())?;
                let times = Times { built_in, chromium: milliseconds(start) };
                let reference = reference.pop().ok_or("nothing was measured")?;
                if reference.boxes.len() != page.dom.len() {
                    return Err("its pictures could not be named anew".to_string());
                }
                Ok((tested, reference, times))
            });
            let mut row = Row {
                source: page.source.clone(),
                viewport: viewport.name.clone(),
                found: Err(String::new()),
                differences: Vec::new(),
                times: None,
            };
            row.found = both.map(|(tested, reference, times)| {
                row.times = Some(times);
                let many = self.differences;
                let disputed = disputed(page, &tested, &reference, many);
                let steps = steps(page, &tested, &reference, many);
                let step =
                    |(pair, step): &(Pair, f32)| format!("{step:+.0} px at {}", told(page, pair, viewport));
                row.differences = disputed.iter().map(|pair| told(page, pair, viewport)).collect();
                row.differences.extend(steps.iter().map(step));
                Agreement::of(page, &tested, &reference)
            });
            row
        };
        self.viewports.iter().zip(tested).map(one).collect()
    }
}

fn milliseconds(since: Instant) -> f32 {
    since.elapsed().as_secs_f32() * 1000.0
}

/// `tea_files/css-map.tsv` beside `tea.html`, where it is there and can be read.
fn map(page: &Path) -> Option<Map> {
    let stem = page.file_stem()?.to_string_lossy().into_owned();
    let path = page.with_file_name(format!("{stem}_files")).join("css-map.tsv");
    Map::open(&path).ok()
}

/// "#buy > a "Buy now": blitz 24,810 400x20; chromium not seen (display)".
fn told(page: &Page, pair: &Pair, viewport: &Viewport) -> String {
    let side = |boxed: &Boxed| match boxed.unseen {
        Some(why) => format!("not seen ({})", format!("{why:?}").to_lowercase()),
        None => {
            let r = boxed.rect;
            let on = if on_first_screen(boxed, viewport) { ", first screen" } else { "" };
            format!("{:.0},{:.0} {:.0}x{:.0}{on}", r.x, r.y, r.width, r.height)
        }
    };
    let text: String =
        page.dom.texts(pair.el).iter().map(|t| page.dom.text_of(t).trim()).collect::<Vec<_>>().join(" ");
    let text: String = text.trim().chars().take(30).collect();
    format!(
        "{} “{}”: {} / {}",
        shown(&page.dom.css_path(pair.el)),
        shown(&text),
        side(&pair.tested),
        side(&pair.reference)
    )
}
