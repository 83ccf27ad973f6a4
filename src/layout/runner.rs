//! Runs a layout where it can do no harm: on a thread of its own with a large stack, for a
//! limited time, its panics caught.
//!
//! A thread cannot be stopped from outside. One that does not end in time is left alone and
//! its result thrown away; it goes on taking a processor core and memory until it ends or
//! the program does. Not more than [`limits::LAYOUT_ABANDONED`] such threads may run: after
//! that no layout is begun until one of them ends.

use crate::layout::{NoGeometry, THREAD};
use crate::limits;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

static ABANDONED: AtomicUsize = AtomicUsize::new(0);

/// How a run stands; whoever comes second clears up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Running,
    Done,
    Abandoned,
}

/// Runs a task for at most `time`.
///
/// # Errors
/// Too slow, crashed, or too many that were too slow before.
pub fn run<T: Send + 'static>(
    time: Duration,
    task: impl FnOnce() -> Result<T, NoGeometry> + Send + 'static,
) -> Result<T, NoGeometry> {
    if ABANDONED.load(Ordering::SeqCst) >= limits::LAYOUT_ABANDONED {
        let why = format!("{} earlier pages are still being laid out", limits::LAYOUT_ABANDONED);
        return Err(NoGeometry::Limit(why));
    }
    let (tell, told) = mpsc::sync_channel(1);
    let state = Arc::new(Mutex::new(State::Running));
    let inner = Arc::clone(&state);
    let work = move || {
        let result = panic::catch_unwind(AssertUnwindSafe(task));
        let _ = tell.send(result.unwrap_or_else(|said| Err(NoGeometry::Panic(words(&*said)))));
        let mut state = inner.lock().unwrap_or_else(PoisonError::into_inner);
        if *state == State::Abandoned {
            ABANDONED.fetch_sub(1, Ordering::SeqCst);
        }
        *state = State::Done;
    };
    let thread = std::thread::Builder::new().name(THREAD.into()).stack_size(limits::LAYOUT_STACK).spawn(work);
    if let Err(e) = thread {
        return Err(NoGeometry::Limit(format!("no thread for the layout: {e}")));
    }
    match told.recv_timeout(time) {
        Ok(result) => result,
        Err(RecvTimeoutError::Disconnected) => Err(NoGeometry::Panic("it ended without a word".into())),
        Err(RecvTimeoutError::Timeout) => {
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            if *state == State::Running {
                *state = State::Abandoned;
                ABANDONED.fetch_add(1, Ordering::SeqCst);
            }
            Err(NoGeometry::Time(time))
        }
    }
}

fn words(said: &(dyn std::any::Any + Send)) -> String {
    let text = said.downcast_ref::<&str>().map(|s| (*s).to_string());
    text.or_else(|| said.downcast_ref::<String>().cloned()).unwrap_or_else(|| "without a word".into())
}
