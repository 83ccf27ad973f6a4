//! A browser for a run: started once, one tab a page, a few at once.

use crate::chromium::load::Loading;
use crate::chromium::process::Process;
use crate::chromium::request::{Home, Rendered, Request, Scripts};
use crate::chromium::snapshot::Snapshot;
use crate::chromium::tab::Tab;
use crate::chromium::traffic::{Document, Traffic};
use crate::chromium::wire::Wire;
use crate::chromium::{NoRender, find, geometry};
use crate::fetch;
use crate::layout::{Drawing, Geometry};
use crate::limits;
use crate::viewport::Viewport;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Instant;

use super::guard::Guard;

/// The proxy of pages that get nothing from outside: a name that leads nowhere.
const NOWHERE: &str = "http://nowhere.invalid:1";

/// How the browser is started.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The program; `None` looks for one on PATH.
    pub program: Option<PathBuf>,
    /// Whether pages are photographed too.
    pub photos: bool,
}

/// A browser that is running.
struct Live {
    wire: Wire,
    process: Mutex<Process>,
}

/// A browser. Its processes and files are gone once it is dropped.
pub struct Browser {
    program: PathBuf,
    photos: bool,
    live: Mutex<(Option<Arc<Live>>, usize)>,
    guards: [Mutex<Option<Guard>>; 2],
    tabs: (Mutex<usize>, Condvar),
}

impl std::fmt::Debug for Browser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Browser").field("program", &self.program).finish_non_exhaustive()
    }
}

impl Browser {
    /// Finds the program and starts it.
    ///
    /// # Errors
    /// It is not there, or does not start.
    pub fn launch(options: &Options) -> Result<Browser, NoRender> {
        let browser = Browser {
            program: find::find(options.program.as_deref())?,
            photos: options.photos,
            live: Mutex::new((None, 0)),
            guards: [Mutex::new(None), Mutex::new(None)],
            tabs: (Mutex::new(0), Condvar::new()),
        };
        browser.live()?;
        Ok(browser)
    }

    /// The browser's name and version.
    ///
    /// # Errors
    /// See [`NoRender`].
    pub fn version(&self) -> Result<String, NoRender> {
        let live = self.live()?;
        let said: Value = live.wire.call("Browser.getVersion", &json!({}), limits::BROWSER_CALL)?;
        Ok(said.get("product").and_then(Value::as_str).unwrap_or("").to_string())
    }

    /// The process that runs now, where one does.
    pub fn process_id(&self) -> Option<u32> {
        let slot = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        let live = slot.0.as_ref()?;
        Some(live.process.lock().unwrap_or_else(PoisonError::into_inner).id())
    }

    /// Renders a page: its scripts run, and what they made of it is read.
    ///
    /// # Errors
    /// Why there is nothing; the browser serves other pages all the same.
    pub fn render(&self, request: &Request<'_>) -> Result<Rendered, NoRender> {
        let shots = self.shots(request, Scripts::Run)?;
        geometry::rendered(request, shots)
    }

    /// Lays a page out as it is, no script run: boxes by the elements of the page itself, one
    /// geometry for each viewport. `noscript` says whether what `<noscript>` holds is shown; what is
    /// in it is no element of the page.
    ///
    /// # Errors
    /// Why there is nothing; the browser serves other pages all the same.
    pub fn measure(&self, request: &Request<'_>, noscript: bool) -> Result<Vec<Geometry>, NoRender> {
        let scripts = if noscript { Scripts::Off } else { Scripts::Blocked };
        let shots = self.shots(request, scripts)?;
        geometry::measured(request, &shots)
    }

    /// Loads a page in a tab of its own and takes a snapshot for each viewport.
    fn shots(&self, request: &Request<'_>, scripts: Scripts) -> Result<Shots, NoRender> {
        let _place = self.place();
        let live = self.live()?;
        let told = |e: NoRender| match e {
            NoRender::Ended(why) => NoRender::Ended(live.last_words().unwrap_or(why)),
            other => other,
        };
        let taken = match self.take(&live, request, scripts) {
            // a process may have fallen to a shortage of the machine and not to its page
            Err(NoRender::Crashed) => self.take(&live, request, scripts),
            other => other,
        };
        taken.map_err(told)
    }

    fn take(&self, live: &Live, request: &Request<'_>, scripts: Scripts) -> Result<Shots, NoRender> {
        let deadline = Instant::now() + request.limits.page;
        let (proxy, mut address) = match request.home {
            Home::Disk(files) => (NOWHERE.to_string(), files.address().clone()),
            Home::Web(url) => (self.guard(fetch::is_private(url))?, url.clone()),
        };
        // a fragment would scroll the page down
        address.set_fragment(None);
        let (bytes, charset) = encoded(request);
        let document = Document { bytes, charset, scripts };
        let tab = Tab::open(&live.wire, &proxy, deadline)?;
        let traffic = Traffic::new(document, request.home, &tab.frame, request.missing_picture);
        let mut loading = Loading::new(tab, traffic, scripts, request.limits.settle);
        let mut taken = Vec::new();
        for viewport in request.viewports {
            if taken.is_empty() {
                loading.load(address.as_str(), viewport)?;
            } else {
                loading.turn_to(viewport)?;
            }
            let (snapshot, scale) = loading.capture(viewport)?;
            let photo = self.photos.then(|| loading.photo(viewport, scale));
            taken.push(Shot { viewport: viewport.clone(), snapshot, scale, photo });
        }
        let mut notes = std::mem::take(&mut loading.notes);
        let partial = std::mem::take(&mut loading.partial);
        let traffic = &loading.traffic;
        for url in &traffic.left_for {
            notes.push(format!("it tried to go to {url}, which was not followed"));
        }
        if traffic.private > 0 {
            notes.push(format!("{} of its requests into a private network were refused", traffic.private));
        }
        Ok(Shots {
            taken,
            notes,
            partial,
            stylesheets: traffic.stylesheets.iter().cloned().collect(),
            pictures: traffic.pictures.iter().cloned().collect(),
            scripts: traffic.scripts.iter().cloned().collect(),
            address,
        })
    }

    /// Waits for a free tab.
    fn place(&self) -> Place<'_> {
        let mut open = self.tabs.0.lock().unwrap_or_else(PoisonError::into_inner);
        while *open >= limits::BROWSER_TABS {
            open = self.tabs.1.wait(open).unwrap_or_else(PoisonError::into_inner);
        }
        *open += 1;
        Place(self)
    }

    /// The running browser; a new one where a page made the last one end.
    fn live(&self) -> Result<Arc<Live>, NoRender> {
        let mut slot = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(live) = slot.0.as_ref().filter(|l| l.wire.ended().is_none()) {
            return Ok(Arc::clone(live));
        }
        slot.0 = None;
        if slot.1 >= limits::BROWSER_STARTS {
            return Err(NoRender::Start(format!("it ended {} times in this run", slot.1)));
        }
        slot.1 += 1;
        let live = Arc::new(Live::start(&self.program)?);
        slot.0 = Some(Arc::clone(&live));
        Ok(live)
    }

    /// The proxy for public or private pages, started when it is first needed.
    fn guard(&self, private: bool) -> Result<String, NoRender> {
        let mut slot = self.guards[usize::from(private)].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(guard) = slot.as_ref() {
            return Ok(guard.proxy());
        }
        let guard = Guard::start(private).map_err(|e| NoRender::Start(format!("no guarded way out: {e}")))?;
        let proxy = guard.proxy();
        *slot = Some(guard);
        Ok(proxy)
    }
}

struct Place<'b>(&'b Browser);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut open = self.0.tabs.0.lock().unwrap_or_else(PoisonError::into_inner);
        *open = open.saturating_sub(1);
        self.0.tabs.1.notify_one();
    }
}

impl Live {
    fn start(program: &std::path::Path) -> Result<Live, NoRender> {
        let (process, (to, from)) = Process::start(program, &flags())?;
        let live = Live { wire: Wire::new(to, from), process: Mutex::new(process) };
        let hello: Result<Value, NoRender> =
            live.wire.call("Browser.getVersion", &json!({}), limits::BROWSER_START);
        match hello {
            Ok(_) => Ok(live),
            Err(NoRender::Ended(why)) => Err(NoRender::Start(live.last_words().unwrap_or(why))),
            Err(e) => Err(NoRender::Start(e.to_string())),
        }
    }

    fn last_words(&self) -> Option<String> {
        // the pipe closes a moment before the process is gone
        std::thread::sleep(std::time::Duration::from_millis(50));
        let said = self.process.lock().unwrap_or_else(PoisonError::into_inner).last_words();
        Some(said).filter(|s| !s.is_empty())
    }
}

fn flags() -> Vec<String> {
    let plain = [
        "--remote-debugging-pipe",
        "--headless",
        "--disable-gpu",
        "--hide-scrollbars",
        "--mute-audio",
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-extensions",
        "--disable-sync",
        "--disable-quic",
        // its crash reporter would outlive it
        "--disable-breakpad",
        "--disable-crash-reporter",
        // containers have little shared memory
        "--disable-dev-shm-usage",
        "--password-store=basic",
        "--use-mock-keychain",
        "--lang=en-US",
        // pictures below the first screen take their place too; and a mouse, which the machine
        // may not have: a phone's screen has a finger all the same
        "--blink-settings=lazyLoadEnabled=false,primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
        // no name is looked up by the browser: the guard does it
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
        "--webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    ];
    let mut flags: Vec<String> = plain.map(str::to_string).to_vec();
    flags.push(format!("--js-flags=--max-old-space-size={}", limits::BROWSER_HEAP));
    flags
}

/// The page's text in its own encoding, so that its other files are read as they were meant;
/// as UTF-8 where that would lose a letter.
fn encoded(request: &Request<'_>) -> (Vec<u8>, &'static str) {
    let page = request.page;
    if let Some(encoding) = encoding_rs::Encoding::for_label(page.encoding.label.as_bytes()) {
        let (bytes, used, lost) = encoding.encode(&page.text);
        if used == encoding && !lost {
            return (bytes.into_owned(), encoding.name());
        }
    }
    (page.text.as_bytes().to_vec(), "utf-8")
}

/// A snapshot and the viewport it was taken on.
pub struct Shot {
    /// The viewport.
    pub viewport: Viewport,
    /// The page as it stood.
    pub snapshot: Snapshot,
    /// CSS pixels of the screen that one of the page takes.
    pub scale: f32,
    /// A photo where one was asked for, or why there is none.
    pub photo: Option<Result<Drawing, String>>,
}

/// All that was taken of one page.
pub struct Shots {
    /// By viewport.
    pub taken: Vec<Shot>,
    /// Limits that were hit, in words.
    pub notes: Vec<String>,
    /// Those after which parts of the page may be missing.
    pub partial: Vec<String>,
    /// Stylesheets asked for, with whether they came.
    pub stylesheets: Vec<(String, bool)>,
    /// Pictures asked for, with whether they came.
    pub pictures: Vec<(String, bool)>,
    /// Scripts asked for, with whether they came.
    pub scripts: Vec<(String, bool)>,
    /// The page's address in the browser.
    pub address: url::Url,
}
