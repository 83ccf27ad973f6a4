//! The protocol's transport: JSON messages, each ended by a NUL, over two pipes. One thread
//! reads and hands messages to whom they belong, one writes; neither makes a caller wait.

use crate::chromium::NoRender;
use crate::limits;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What every message is looked at for.
#[derive(Deserialize)]
pub struct Head<'m> {
    /// Number of the command that this answers.
    pub id: Option<u64>,
    /// The event, where it is one.
    #[serde(borrow)]
    pub method: Option<Cow<'m, str>>,
    /// The tab that it belongs to.
    #[serde(rename = "sessionId", borrow)]
    session: Option<Cow<'m, str>>,
}

#[derive(Deserialize)]
struct Reply<T> {
    result: Option<T>,
    error: Option<Refusal>,
}

#[derive(Deserialize)]
struct Refusal {
    message: String,
}

/// Who waits for what.
#[derive(Default)]
struct Routes {
    /// By number: commands to the browser itself.
    calls: HashMap<u64, Sender<Vec<u8>>>,
    /// By session: everything of a tab.
    sessions: HashMap<String, Sender<Vec<u8>>>,
    /// Why nothing comes any more.
    ended: Option<String>,
}

/// One browser's connection.
pub struct Wire {
    next: AtomicU64,
    out: Sender<Vec<u8>>,
    routes: Arc<Mutex<Routes>>,
}

/// A lock whose holder panicked guards nothing that could be half done.
fn open<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Wire {
    /// Starts both threads; they end with the pipes.
    pub fn new(to: impl Write + Send + 'static, from: impl Read + Send + 'static) -> Wire {
        let (out, queue) = channel::<Vec<u8>>();
        let routes = Arc::new(Mutex::new(Routes::default()));
        let mut to = to;
        std::thread::spawn(move || {
            for message in queue {
                if to.write_all(&message).and_then(|()| to.flush()).is_err() {
                    break;
                }
            }
        });
        let theirs = Arc::clone(&routes);
        std::thread::spawn(move || read(BufReader::with_capacity(1 << 16, from), &theirs));
        Wire { next: AtomicU64::new(1), out, routes }
    }

    /// Why the browser is gone, where it is.
    pub fn ended(&self) -> Option<String> {
        open(&self.routes).ended.clone()
    }

    /// Sends a command; gives its number. What cannot be sent is never answered either.
    pub fn send(&self, session: Option<&str>, method: &str, params: &Value) -> u64 {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        self.post(id, session, method, params);
        id
    }

    fn post(&self, id: u64, session: Option<&str>, method: &str, params: &Value) {
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let (Some(session), Some(fields)) = (session, message.as_object_mut()) {
            fields.insert("sessionId".into(), session.into());
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        let _ = self.out.send(bytes);
    }

    /// A command to the browser itself, with its answer.
    ///
    /// # Errors
    /// See [`NoRender`].
    pub fn call<T: DeserializeOwned>(
        &self,
        method: &str,
        params: &Value,
        limit: Duration,
    ) -> Result<T, NoRender> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (sender, answers) = channel();
        {
            let mut routes = open(&self.routes);
            if let Some(why) = &routes.ended {
                return Err(NoRender::Ended(why.clone()));
            }
            routes.calls.insert(id, sender);
        }
        self.post(id, None, method, params);
        let bytes = self.wait(&answers, Instant::now() + limit);
        open(&self.routes).calls.remove(&id);
        match bytes? {
            Some(bytes) => result(method, &bytes),
            None => Err(NoRender::TimedOut { what: method.to_string(), limit }),
        }
    }

    /// Everything of a session from now on.
    pub fn listen(&self, session: &str) -> Receiver<Vec<u8>> {
        let (sender, messages) = channel();
        let mut routes = open(&self.routes);
        if routes.ended.is_none() {
            routes.sessions.insert(session.to_string(), sender);
        }
        messages
    }

    /// Ends listening.
    pub fn forget(&self, session: &str) {
        open(&self.routes).sessions.remove(session);
    }

    /// The next message; `None` where none came in time.
    ///
    /// # Errors
    /// The browser is gone.
    pub fn wait(&self, messages: &Receiver<Vec<u8>>, until: Instant) -> Result<Option<Vec<u8>>, NoRender> {
        match messages.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(RecvTimeoutError::Timeout) => match self.ended() {
                Some(why) => Err(NoRender::Ended(why)),
                None => Ok(None),
            },
            Err(RecvTimeoutError::Disconnected) => {
                let why = self.ended().unwrap_or_else(|| "the tab was closed".into());
                Err(NoRender::Ended(why))
            }
        }
    }
}

/// What a reply holds.
///
/// # Errors
/// A refusal, or a reply that is not as expected.
pub fn result<T: DeserializeOwned>(method: &str, bytes: &[u8]) -> Result<T, NoRender> {
    let answer = |why: String| NoRender::Answer { command: method.to_string(), why };
    let reply: Reply<T> = serde_json::from_slice(bytes).map_err(|e| answer(e.to_string()))?;
    match (reply.result, reply.error) {
        (Some(result), _) => Ok(result),
        (None, Some(refusal)) => Err(answer(refusal.message)),
        (None, None) => Err(answer("it is empty".into())),
    }
}

fn read(mut from: impl BufRead, routes: &Mutex<Routes>) {
    let why = loop {
        let mut bytes = Vec::new();
        match from.by_ref().take(limits::BROWSER_MESSAGE as u64).read_until(0, &mut bytes) {
            Ok(0) => break "it closed the connection".to_string(),
            Err(e) => break format!("the connection broke: {e}"),
            Ok(_) => {}
        }
        if bytes.pop() != Some(0) {
            let large = bytes.len() + 1 >= limits::BROWSER_MESSAGE;
            break if large { "it sent more than can be read" } else { "it stopped in mid-sentence" }.into();
        }
        deliver(bytes, routes);
    };
    let mut routes = open(routes);
    routes.ended = Some(why);
    // whoever waits learns of it by the end of his channel
    routes.calls.clear();
    routes.sessions.clear();
}

/// Events of the browser itself, and of tabs that are closed, concern nobody.
fn deliver(bytes: Vec<u8>, routes: &Mutex<Routes>) {
    let Ok(head) = serde_json::from_slice::<Head<'_>>(&bytes) else { return };
    let routes = open(routes);
    let to = match (head.session.as_deref(), head.id) {
        (Some(session), _) => routes.sessions.get(session),
        (None, Some(id)) => routes.calls.get(&id),
        (None, None) => None,
    };
    if let Some(to) = to {
        let _ = to.send(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A browser that answers each command with the given lines.
    fn wired(lines: &'static [&'static str]) -> Wire {
        let (mut their_in, our_out) = std::io::pipe().expect("a pipe");
        let (our_in, mut their_out) = std::io::pipe().expect("a pipe");
        std::thread::spawn(move || {
            let mut byte = [0u8; 1];
            while their_in.read(&mut byte).is_ok_and(|n| n > 0) && byte[0] != 0 {}
            for line in lines {
                their_out.write_all(line.as_bytes()).and_then(|()| their_out.write_all(b"\0")).expect("told");
            }
            if !lines.is_empty() {
                std::thread::sleep(Duration::from_millis(200));
                return;
            }
            // says nothing, but stays
            std::thread::sleep(Duration::from_secs(5));
        });
        Wire::new(our_out, our_in)
    }

    fn call(wire: &Wire, limit: u64) -> Result<Value, NoRender> {
        wire.call("Some.command", &json!({}), Duration::from_millis(limit))
    }

    #[test]
    fn answers_reach_their_command() {
        let lines: &[&str] =
            &["{\"method\":\"Some.event\",\"params\":{}}", "nonsense", "{\"id\":1,\"result\":{\"a\":7}}"];
        assert_eq!(call(&wired(lines), 2000), Ok(json!({ "a": 7 })));
        let refused = call(&wired(&["{\"id\":1,\"error\":{\"message\":\"no such command\"}}"]), 2000);
        assert_eq!(
            refused.map_err(|e| e.to_string()),
            Err("Chromium's answer to Some.command cannot be used: no such command".into())
        );
    }

    #[test]
    fn silence_and_the_end_are_told_apart() {
        let started = Instant::now();
        assert_eq!(call(&wired(&[]), 100).map_err(|e| e.id()), Err("chromium/timeout"));
        assert!(started.elapsed() < Duration::from_secs(2), "the limit held");
        let wire = wired(&["{\"id\":99,\"result\":{}}"]);
        assert_eq!(call(&wire, 5000).map_err(|e| e.id()), Err("chromium/ended"));
        assert_eq!(wire.ended().as_deref(), Some("it closed the connection"));
        // and so is every later command, at once
        let later = wire.listen("tab");
        assert_eq!(
            wire.wait(&later, Instant::now() + Duration::from_secs(5)).map_err(|e| e.id()),
            Err("chromium/ended")
        );
    }
}
