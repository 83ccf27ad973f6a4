//! What a page asks for and what it gets: every request is looked at before it leaves, and
//! counted until it is answered.

use crate::chromium::request::{Home, Scripts, Served, Stated};
use crate::fetch;
use crate::limits;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use std::time::Instant;
use url::Url;

/// A command for the tab.
pub type Command = (&'static str, Value);

/// The document as it is served.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Their encoding.
    pub charset: &'static str,
    /// What becomes of its scripts.
    pub scripts: Scripts,
}

/// The requests of one tab.
pub struct Traffic<'a> {
    document: Document,
    home: Home<'a>,
    /// The main frame.
    frame: String,
    missing_picture: Option<&'a Stated<'a>>,
    served: bool,
    requests: usize,
    /// Requests without an answer: when they were seen, and their address.
    waiting: HashMap<String, (Instant, String)>,
    /// When a request was last seen or answered.
    pub moved: Instant,
    /// Whether the load event came.
    pub loaded: bool,
    /// Whether the page's process is gone.
    pub crashed: bool,
    /// Stylesheets that were asked for, with whether they came.
    pub stylesheets: BTreeSet<(String, bool)>,
    /// Pictures that were asked for, with whether they came.
    pub pictures: BTreeSet<(String, bool)>,
    /// Scripts that were asked for, with whether they came.
    pub scripts: BTreeSet<(String, bool)>,
    /// Addresses to which the page tried to go.
    pub left_for: BTreeSet<String>,
    /// Requests that would have led into a private network.
    pub private: usize,
    /// Dialogs that were closed.
    pub dialogs: usize,
}

impl<'a> Traffic<'a> {
    /// Nothing asked yet.
    pub fn new(
        document: Document,
        home: Home<'a>,
        frame: &str,
        missing: Option<&'a Stated<'a>>,
    ) -> Traffic<'a> {
        Traffic {
            document,
            home,
            frame: frame.to_string(),
            missing_picture: missing,
            served: false,
            requests: 0,
            waiting: HashMap::new(),
            moved: Instant::now(),
            loaded: false,
            crashed: false,
            stylesheets: BTreeSet::new(),
            pictures: BTreeSet::new(),
            scripts: BTreeSet::new(),
            left_for: BTreeSet::new(),
            private: 0,
            dialogs: 0,
        }
    }

    /// Whether no request waits for its answer, very old ones left out.
    pub fn idle(&self) -> bool {
        !self.waiting.values().any(|(since, _)| since.elapsed() < limits::BROWSER_STALE)
    }

    /// Whether the document was asked for and given.
    pub fn served(&self) -> bool {
        self.served
    }

    /// Takes an event; gives what the tab is told in answer.
    pub fn event(&mut self, method: &str, params: &Value) -> Option<Command> {
        let text = |key: &str| params.get(key).and_then(Value::as_str).unwrap_or("");
        match method {
            "Fetch.requestPaused" => return Some(self.asked(params)),
            "Page.javascriptDialogOpening" => {
                self.dialogs += 1;
                return Some(("Page.handleJavaScriptDialog", json!({ "accept": false })));
            }
            "Network.requestWillBeSent" => {
                self.moved = Instant::now();
                // what is open on purpose, or nobody waits for
                if !matches!(
                    text("type"),
                    "EventSource" | "WebSocket" | "Media" | "Ping" | "Prefetch" | "Preflight"
                ) {
                    let url = params.pointer("/request/url").and_then(Value::as_str).unwrap_or("");
                    self.waiting.insert(text("requestId").to_string(), (self.moved, url.to_string()));
                }
            }
            "Network.loadingFinished" | "Network.loadingFailed" => {
                self.moved = Instant::now();
                let waited = self.waiting.remove(text("requestId"));
                if let Some((_, url)) = waited.filter(|_| method == "Network.loadingFailed" && self.web()) {
                    self.note(text("type"), &url, false);
                }
            }
            "Network.responseReceived" => self.answered(params),
            "Page.loadEventFired" => self.loaded = true,
            "Inspector.targetCrashed" => self.crashed = true,
            _ => {}
        }
        None
    }

    fn web(&self) -> bool {
        matches!(self.home, Home::Web(_))
    }

    /// A picture or stylesheet of the web that came, or did not. Those of files are known
    /// when they are asked for.
    fn answered(&mut self, params: &Value) {
        if !self.web() {
            return;
        }
        let response = params.get("response");
        let url = response.and_then(|r| r.get("url")).and_then(Value::as_str).unwrap_or("");
        let status = response.and_then(|r| r.get("status")).and_then(Value::as_u64).unwrap_or(0);
        let came = status == 0 || (200..400).contains(&status);
        self.note(params.get("type").and_then(Value::as_str).unwrap_or(""), url, came);
    }

    fn note(&mut self, kind: &str, url: &str, came: bool) {
        if url.starts_with("data:") {
            return;
        }
        match kind {
            "Stylesheet" => self.stylesheets.insert((url.to_string(), came)),
            "Script" => self.scripts.insert((url.to_string(), came)),
            "Image" => self.pictures.insert((url.to_string(), came)),
            _ => false,
        };
    }

    fn asked(&mut self, params: &Value) -> Command {
        let text = |at: &Value, key: &str| at.get(key).and_then(Value::as_str).unwrap_or("").to_string();
        let id = text(params, "requestId");
        let refuse = |reason: &str| -> Command {
            ("Fetch.failRequest", json!({ "requestId": id, "errorReason": reason }))
        };
        self.requests += 1;
        if self.requests > limits::BROWSER_REQUESTS {
            return refuse("BlockedByClient");
        }
        let request = params.get("request").cloned().unwrap_or_default();
        let (url, kind) = (text(&request, "url"), text(params, "resourceType"));
        let Ok(url) = Url::parse(&url) else { return refuse("BlockedByClient") };
        if kind == "Document" {
            if text(params, "frameId") != self.frame {
                // frames are pages of their own; nothing of them is read
                return refuse("BlockedByClient");
            }
            if self.served {
                self.left_for.insert(url.to_string());
                return refuse("Aborted");
            }
            self.served = true;
            return self.document(&id);
        }
        let get = text(&request, "method") == "GET";
        match self.home {
            Home::Web(page) => {
                if !matches!(url.scheme(), "http" | "https") {
                    return refuse("BlockedByClient");
                }
                if fetch::is_private(&url) && !fetch::is_private(page) {
                    self.private += 1;
                    return refuse("BlockedByClient");
                }
                ("Fetch.continueRequest", json!({ "requestId": id }))
            }
            Home::Disk(files) => {
                let mut address = url.clone();
                address.set_fragment(None);
                let found = if get { files.get(&address) } else { None };
                self.note(&kind, url.as_str(), found.is_some());
                match (found, self.missing_picture) {
                    (Some(file), _) => fulfil(&id, &file, &kind),
                    (None, Some(size)) if kind == "Image" => {
                        fulfil(&id, &Served::picture(size(&address)), "Image")
                    }
                    (None, _) => refuse("InternetDisconnected"),
                }
            }
        }
    }

    fn document(&self, id: &str) -> Command {
        let document = &self.document;
        let mut headers = vec![header("Content-Type", &format!("text/html; charset={}", document.charset))];
        if document.scripts == Scripts::Blocked {
            headers.push(header("Content-Security-Policy", "script-src 'none'"));
        }
        let body = STANDARD.encode(&document.bytes);
        let params =
            json!({ "requestId": id, "responseCode": 200, "responseHeaders": headers, "body": body });
        ("Fetch.fulfillRequest", params)
    }
}

fn header(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": value })
}

fn fulfil(id: &str, file: &Served, kind: &str) -> Command {
    // what a file is called matters less than what it is used for: saved pages name their
    // stylesheets as they like
    let media = match kind {
        "Stylesheet" => "text/css",
        "Script" => "text/javascript",
        _ => file.media,
    };
    let mut headers = vec![header("Access-Control-Allow-Origin", "*")];
    if !media.is_empty() {
        headers.push(header("Content-Type", media));
    }
    let body = STANDARD.encode(&file.bytes);
    let params = json!({ "requestId": id, "responseCode": 200, "responseHeaders": headers, "body": body });
    ("Fetch.fulfillRequest", params)
}
