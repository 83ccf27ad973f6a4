//! A browser to look at our own reports with: the few commands that tests need, over the
//! pipe that Chromium is started with.

use command_fds::{CommandFdExt, FdMapping};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, PipeReader, PipeWriter, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A page in a browser of its own.
pub struct Viewer {
    child: Child,
    to: PipeWriter,
    from: BufReader<PipeReader>,
    session: String,
    last: u64,
    /// Addresses asked for, and what the console said.
    pub seen: Vec<String>,
    _profile: tempfile::TempDir,
}

impl Viewer {
    /// Opens a file; `None` with a printed message where there is no Chromium. In CI its
    /// absence is a failure.
    pub fn open(file: &Path) -> Option<Viewer> {
        let names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
        let paths = std::env::var_os("PATH").unwrap_or_default();
        let found =
            std::env::split_paths(&paths).flat_map(|p| names.map(|n| p.join(n))).find(|p| p.is_file());
        let Some(program) = found else {
            assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "CI needs Chromium");
            println!("skipped: no Chromium on PATH");
            return None;
        };
        let profile = tempfile::tempdir().expect("a folder");
        let (their_in, to) = std::io::pipe().expect("a pipe");
        let (from, their_out) = std::io::pipe().expect("a pipe");
        let mut command = Command::new(program);
        command
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"])
            .args(["--remote-debugging-pipe", "--disable-background-networking", "--window-size=1280,900"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .fd_mappings(vec![
                FdMapping { parent_fd: their_in.into(), child_fd: 3 },
                FdMapping { parent_fd: their_out.into(), child_fd: 4 },
            ])
            .expect("two pipes");
        let child = command.spawn().expect("Chromium starts");
        // the child's ends must close here, or its end would not be noticed
        drop(command);
        let from = BufReader::new(from);
        let session = String::new();
        let mut viewer = Viewer { child, to, from, session, last: 0, seen: Vec::new(), _profile: profile };
        let target = viewer.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = viewer.call("Target.attachToTarget", attach);
        viewer.session = attached["sessionId"].as_str().expect("a session").to_string();
        for domain in ["Page", "Runtime", "Log", "Network"] {
            viewer.call(&format!("{domain}.enable"), json!({}));
        }
        let address = url::Url::from_file_path(file).expect("a path in full");
        viewer.call("Page.navigate", json!({ "url": address.as_str() }));
        viewer.eval("new Promise(r => document.readyState === 'complete' ? r(1) : addEventListener('load', () => r(1)))");
        Some(viewer)
    }

    /// Sends a command and waits for its answer; what happens meanwhile is noted.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": params });
        if !self.session.is_empty() {
            message["sessionId"] = Value::from(self.session.clone());
        }
        write!(self.to, "{message}\0").expect("Chromium listens");
        loop {
            let mut bytes = Vec::new();
            let read = self.from.read_until(0, &mut bytes).expect("Chromium answers");
            assert!(read > 0, "Chromium ended");
            bytes.pop();
            let told: Value = serde_json::from_slice(&bytes).expect("JSON");
            if told["id"] == self.last {
                assert!(told["error"].is_null(), "{method}: {}", told["error"]);
                return told["result"].clone();
            }
            match told["method"].as_str() {
                Some("Network.requestWillBeSent") => {
                    self.seen
                        .push(format!("asks {}", told["params"]["request"]["url"].as_str().unwrap_or("")));
                }
                Some("Log.entryAdded" | "Runtime.exceptionThrown" | "Runtime.consoleAPICalled") => {
                    self.seen.push(format!("says {}", told["params"]));
                }
                _ => {}
            }
        }
    }

    /// The value of an expression in the page.
    pub fn eval(&mut self, expression: &str) -> Value {
        let asked = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.call("Runtime.evaluate", asked);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].clone()
    }

    /// Clicks in the middle of the first element of a selector.
    pub fn click(&mut self, css: &str) {
        let place = self.eval(&format!(
            "(() => {{ const e = document.querySelector({css:?}); e.scrollIntoView({{ block: 'center' }}); \
             const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
        ));
        for kind in ["mousePressed", "mouseReleased"] {
            let event =
                json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", event);
        }
    }
}

impl Drop for Viewer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
