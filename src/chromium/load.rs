//! A page in a tab: loaded, come to rest, measured.

use crate::chromium::NoRender;
use crate::chromium::request::Scripts;
use crate::chromium::snapshot::{Snapshot, capture};
use crate::chromium::tab::Tab;
use crate::chromium::traffic::Traffic;
use crate::layout::Drawing;
use crate::limits;
use crate::viewport::Viewport;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Width in CSS pixels below which a viewport is a phone's: `<meta name=viewport>` counts there.
const PHONE: u32 = 700;
/// Time between two looks at the page.
const LOOK: Duration = Duration::from_millis(100);
/// Time for an answer of the page's own thread, while its scripts may be busy.
const PROBE: Duration = Duration::from_secs(2);
/// Time for rest after the viewport changed: the page is loaded then.
const RESIZED: Duration = Duration::from_secs(3);

/// Quality of photos, of 100: letters stay readable, a first screen takes some 50 KB.
const QUALITY: u32 = 60;

/// What a probe sees: whether the page is still being built, and whether it hides itself
/// meanwhile, as pages do that wait for their experiments.
const LOOKED: &str = "JSON.stringify([document.readyState, document.fonts.status, \
    document.getElementsByTagName('*').length, document.documentElement.scrollHeight, \
    (document.body || {innerHTML: ''}).innerHTML.length, \
    [document.documentElement, document.body].filter(e => e).map(e => getComputedStyle(e)) \
    .every(s => s.opacity >= 0.05 && s.visibility === 'visible' && s.display !== 'none') ? 'shown' : 'veiled'])";

/// Animations jump to their end, endless ones back to their start, and the page to its top.
const STILL: &str = "document.getAnimations().forEach(a => { \
    try { a.finish() } catch (e) { a.pause(); a.currentTime = 0 } }); \
    scrollTo({ top: 0, left: 0, behavior: 'instant' }); 1";

#[derive(Deserialize)]
struct Evaluated {
    result: Remote,
}

#[derive(Deserialize)]
struct Remote {
    #[serde(default)]
    value: Value,
}

#[derive(Deserialize)]
struct Metrics {
    #[serde(rename = "cssContentSize")]
    content: Content,
}

#[derive(Deserialize)]
struct Content {
    height: f64,
}

#[derive(Deserialize)]
struct Photo {
    data: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct World {
    execution_context_id: i64,
}

/// A tab with the requests of its page.
pub struct Loading<'w, 'a> {
    tab: Tab<'w>,
    /// The requests.
    pub traffic: Traffic<'a>,
    scripts: Scripts,
    /// Time until it is taken as it stands.
    cap: Duration,
    /// Limits that were hit, in words.
    pub notes: Vec<String>,
    /// Those of them after which parts of the page may be missing.
    pub partial: Vec<String>,
    /// A place of our own to run scripts in, which the page cannot reach into.
    world: Option<i64>,
    /// Whether the page's scripts had to be stopped.
    stopped: bool,
}

impl<'w, 'a> Loading<'w, 'a> {
    /// Nothing loaded yet.
    pub fn new(tab: Tab<'w>, traffic: Traffic<'a>, scripts: Scripts, cap: Duration) -> Loading<'w, 'a> {
        Loading {
            tab,
            traffic,
            scripts,
            cap,
            notes: Vec::new(),
            partial: Vec::new(),
            world: None,
            stopped: false,
        }
    }

    fn call<T: serde::de::DeserializeOwned>(&mut self, method: &str, params: &Value) -> Result<T, NoRender> {
        self.tab.call(&mut self.traffic, method, params, limits::BROWSER_CALL)
    }

    /// Loads the document for a viewport and waits until it rests.
    ///
    /// # Errors
    /// See [`NoRender`]. A page that never rests is no error: it is taken as it stands.
    pub fn load(&mut self, address: &str, viewport: &Viewport) -> Result<(), NoRender> {
        for domain in ["Inspector", "Page", "Network", "DOMSnapshot"] {
            let _: Value = self.call(&format!("{domain}.enable"), &json!({}))?;
        }
        let all = json!({ "patterns": [{ "urlPattern": "*" }] });
        let _: Value = self.call("Fetch.enable", &all)?;
        if self.scripts == Scripts::Off {
            let _: Value = self.call("Emulation.setScriptExecutionDisabled", &json!({ "value": true }))?;
        }
        self.resize(viewport)?;
        // the answer comes once the document is there, which scripts can hold up: not waited for
        self.tab.send("Page.navigate", &json!({ "url": address }));
        self.settle(self.cap)?;
        if !self.traffic.served() {
            return Err(NoRender::Load("it was never asked for".into()));
        }
        Ok(())
    }

    fn resize(&mut self, viewport: &Viewport) -> Result<(), NoRender> {
        let metrics = json!({
            "width": viewport.width,
            "height": viewport.height,
            "deviceScaleFactor": 1,
            "mobile": viewport.width < PHONE,
        });
        self.call::<Value>("Emulation.setDeviceMetricsOverride", &metrics)?;
        // a phone has a finger for a pointer
        let touch = json!({ "enabled": viewport.width < PHONE });
        self.call::<Value>("Emulation.setTouchEmulationEnabled", &touch).map(|_| ())
    }

    /// Lays the loaded page out for another viewport.
    ///
    /// # Errors
    /// See [`NoRender`].
    pub fn turn_to(&mut self, viewport: &Viewport) -> Result<(), NoRender> {
        self.resize(viewport)?;
        self.settle(RESIZED.min(self.cap))
    }

    /// Waits for the load event, for requests and for changes of the page to stop.
    fn settle(&mut self, cap: Duration) -> Result<(), NoRender> {
        let from = Instant::now();
        let mut seen = Value::Null;
        let mut changed = Instant::now();
        while from.elapsed() < cap && !self.tab.late() {
            self.tab.pump(&mut self.traffic, LOOK)?;
            if !self.traffic.loaded || !self.traffic.idle() || self.stopped {
                if self.stopped {
                    return Ok(());
                }
                continue;
            }
            match self.look(LOOKED) {
                Ok(now) if now == seen => {}
                Ok(now) => {
                    seen = now;
                    changed = Instant::now();
                }
                Err(NoRender::TimedOut { .. }) => {
                    return self.break_off();
                }
                Err(e) => return Err(e),
            }
            let quiet = if self.scripts == Scripts::Run { limits::BROWSER_QUIET } else { LOOK };
            let told = |word: &str| seen.as_str().is_some_and(|s| s.contains(word));
            let veiled = told("\"veiled\"") && self.scripts == Scripts::Run;
            let ready = !(told("\"loading\"") || veiled);
            if ready && changed.elapsed() >= quiet && self.traffic.moved.elapsed() >= quiet {
                return Ok(());
            }
        }
        let why = if self.traffic.loaded { "it never came to rest" } else { "it never ended loading" };
        let why = format!("{why} within {} s", cap.as_secs());
        if !self.traffic.loaded {
            self.partial.push(why.clone());
        }
        self.stop(&why)
    }

    /// Stops scripts that leave the page no time for anything else.
    fn break_off(&mut self) -> Result<(), NoRender> {
        let why = "its scripts never paused and were broken off";
        self.partial.push(why.to_string());
        self.stop(why)
    }

    /// Stops scripts and loading, whatever they are at; the page is taken as it stands.
    fn stop(&mut self, why: &str) -> Result<(), NoRender> {
        let why = why.to_string();
        if !self.notes.contains(&why) {
            self.notes.push(why);
        }
        self.stopped = true;
        // a script that is broken off may be followed by the next one at once
        for _ in 0..6 {
            self.tab.send("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
            self.tab.send("Runtime.terminateExecution", &json!({}));
            self.tab.send("Page.stopLoading", &json!({}));
            let asked =
                self.tab.call::<Value>(&mut self.traffic, "Page.getLayoutMetrics", &json!({}), PROBE / 2);
            match asked {
                Err(NoRender::TimedOut { .. }) if !self.tab.late() => {}
                Err(NoRender::TimedOut { .. }) => break,
                Err(e) => return Err(e),
                Ok(_) => return Ok(()),
            }
        }
        Err(NoRender::TimedOut { what: "breaking off its scripts".into(), limit: PROBE * 3 })
    }

    /// Runs our own line of script in the page.
    fn look(&mut self, script: &str) -> Result<Value, NoRender> {
        let world = match self.world {
            Some(world) => world,
            None => {
                let params = json!({ "frameId": self.tab.frame, "worldName": "storelint" });
                let world: World =
                    self.tab.call(&mut self.traffic, "Page.createIsolatedWorld", &params, PROBE)?;
                self.world = Some(world.execution_context_id);
                world.execution_context_id
            }
        };
        let params = json!({ "expression": script, "contextId": world, "returnByValue": true });
        let looked: Evaluated = self.tab.call(&mut self.traffic, "Runtime.evaluate", &params, PROBE)?;
        Ok(looked.result.value)
    }

    /// Everything of the page as it stands, and how many CSS pixels of the screen one of the
    /// page takes (below 1 where a page that is not made for phones is shrunk to fit one).
    ///
    /// # Errors
    /// See [`NoRender`].
    pub fn capture(&mut self, viewport: &Viewport) -> Result<(Snapshot, f32), NoRender> {
        if !self.stopped {
            match self.look(STILL) {
                Ok(_) => {}
                Err(NoRender::TimedOut { .. }) => self.break_off()?,
                Err(e) => return Err(e),
            }
        }
        let limit = limits::BROWSER_CALL;
        let snapshot = match capture(&mut self.tab, &mut self.traffic, limit) {
            Err(NoRender::TimedOut { .. }) if !self.stopped => {
                self.break_off()?;
                capture(&mut self.tab, &mut self.traffic, limit)?
            }
            other => other?,
        };
        let width = snapshot.root_width();
        let scale = if width > viewport.width as f32 { viewport.width as f32 / width } else { 1.0 };
        Ok((snapshot, scale))
    }

    /// A photo of the page as it stands, from its top down to a limit; `scale` is that of
    /// [`Loading::capture`].
    ///
    /// # Errors
    /// Why there is none.
    pub fn photo(&mut self, viewport: &Viewport, scale: f32) -> Result<Drawing, String> {
        let said = |e: NoRender| e.to_string();
        let metrics: Metrics = self.call("Page.getLayoutMetrics", &json!({})).map_err(said)?;
        let scale = f64::from(scale);
        let most = f64::from(limits::PICTURE_HEIGHT);
        let height = (metrics.content.height * scale).clamp(f64::from(viewport.height), most).floor();
        let clip = json!({
            "x": 0,
            "y": 0,
            "width": f64::from(viewport.width) / scale,
            "height": height / scale,
            "scale": scale,
        });
        let params =
            json!({ "format": "jpeg", "quality": QUALITY, "clip": clip, "captureBeyondViewport": true });
        let photo: Photo = self.call("Page.captureScreenshot", &params).map_err(said)?;
        let bytes = STANDARD.decode(photo.data).map_err(|e| format!("the photo cannot be read: {e}"))?;
        if bytes.len() > limits::DRAWING_BYTES {
            return Err("its photo is too large".into());
        }
        Ok(Drawing::Photo { media: "image/jpeg", bytes, height: height as f32 })
    }
}
