//! One tab: commands with time limits, its events answered while they are waited for.

use crate::chromium::NoRender;
use crate::chromium::traffic::Traffic;
use crate::chromium::wire::{Head, Wire, result};
use crate::limits;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

#[derive(Deserialize)]
struct Event {
    #[serde(default)]
    params: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Context {
    browser_context_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Target {
    target_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Session {
    session_id: String,
}

/// A tab with cookies and storage of its own; closed when it is dropped.
pub struct Tab<'w> {
    wire: &'w Wire,
    context: String,
    session: String,
    /// Its main frame.
    pub frame: String,
    inbox: Receiver<Vec<u8>>,
    /// The time by which everything must be done.
    deadline: Instant,
}

impl<'w> Tab<'w> {
    /// Opens an empty tab; `proxy` is the only way out that it has.
    ///
    /// # Errors
    /// See [`NoRender`].
    pub fn open(wire: &'w Wire, proxy: &str, deadline: Instant) -> Result<Tab<'w>, NoRender> {
        let limit = limits::BROWSER_CALL;
        let params =
            json!({ "disposeOnDetach": true, "proxyServer": proxy, "proxyBypassList": "<-loopback>" });
        let context: Context = wire.call("Target.createBrowserContext", &params, limit)?;
        // from here on, dropping the tab tidies up
        let (sender, inbox) = std::sync::mpsc::channel();
        drop(sender);
        let mut tab = Tab {
            wire,
            context: context.browser_context_id,
            session: String::new(),
            frame: String::new(),
            inbox,
            deadline,
        };
        let deny = json!({ "behavior": "deny", "browserContextId": tab.context });
        let _: Value = wire.call("Browser.setDownloadBehavior", &deny, limit)?;
        let params = json!({ "url": "about:blank", "browserContextId": tab.context });
        let target: Target = wire.call("Target.createTarget", &params, limit)?;
        tab.frame = target.target_id;
        let params = json!({ "targetId": tab.frame, "flatten": true });
        let session: Session = wire.call("Target.attachToTarget", &params, limit)?;
        tab.inbox = wire.listen(&session.session_id);
        tab.session = session.session_id;
        Ok(tab)
    }

    /// The time left for this page, at most `limit`.
    fn until(&self, limit: Duration) -> Instant {
        self.deadline.min(Instant::now() + limit)
    }

    /// Whether all time for this page is used up.
    pub fn late(&self) -> bool {
        Instant::now() >= self.deadline
    }

    /// Sends a command whose answer nobody waits for.
    pub fn send(&self, method: &str, params: &Value) -> u64 {
        self.wire.send(Some(&self.session), method, params)
    }

    /// A command with its answer; events on the way are handled.
    ///
    /// # Errors
    /// See [`NoRender`].
    pub fn call<T: DeserializeOwned>(
        &mut self,
        traffic: &mut Traffic<'_>,
        method: &str,
        params: &Value,
        limit: Duration,
    ) -> Result<T, NoRender> {
        let id = self.send(method, params);
        let until = self.until(limit);
        while let Some(bytes) = self.next(traffic, until)? {
            if bytes.0 == id {
                return result(method, &bytes.1);
            }
        }
        Err(NoRender::TimedOut { what: format!("the answer to {method}"), limit })
    }

    /// Handles events for a while.
    ///
    /// # Errors
    /// The browser or the page's process is gone.
    pub fn pump(&mut self, traffic: &mut Traffic<'_>, time: Duration) -> Result<(), NoRender> {
        let until = self.until(time);
        while self.next(traffic, until)?.is_some() {}
        Ok(())
    }

    /// The next reply; events before it are handled. `None` where none came in time.
    fn next(
        &mut self,
        traffic: &mut Traffic<'_>,
        until: Instant,
    ) -> Result<Option<(u64, Vec<u8>)>, NoRender> {
        // a page that never stops sending events must not outrun the time limit
        while Instant::now() < until {
            let Some(bytes) = self.wire.wait(&self.inbox, until)? else { break };
            let Ok(head) = serde_json::from_slice::<Head<'_>>(&bytes) else { continue };
            match (head.id, head.method) {
                (Some(id), _) => return Ok(Some((id, bytes))),
                (None, Some(method)) => {
                    let event: Event =
                        serde_json::from_slice(&bytes).unwrap_or(Event { params: Value::Null });
                    if let Some((answer, params)) = traffic.event(&method, &event.params) {
                        self.send(answer, &params);
                    }
                }
                (None, None) => {}
            }
            if traffic.crashed {
                return Err(NoRender::Crashed);
            }
        }
        Ok(None)
    }
}

impl Drop for Tab<'_> {
    fn drop(&mut self) {
        self.wire.forget(&self.session);
        self.wire.send(None, "Target.disposeBrowserContext", &json!({ "browserContextId": self.context }));
    }
}
