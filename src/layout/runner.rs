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
    if let Err(e) = builder().spawn(work) {
        return Err(no_thread(&e));
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

/// Runs a task for each of several things, so many at once, the first of these on this thread; the
/// results in their order.
///
/// # Errors
/// The first of theirs, or no thread.
pub fn each<V: Sync, T: Send>(
    all: &[V],
    at_once: usize,
    task: impl Fn(&V) -> Result<T, NoGeometry> + Sync,
) -> Result<Vec<T>, NoGeometry> {
    let mut results = Vec::with_capacity(all.len());
    let task = &task;
    for some in all.chunks(at_once.max(1)) {
        let Some((first, others)) = some.split_first() else { continue };
        std::thread::scope(|scope| {
            let begin = |v| builder().spawn_scoped(scope, move || task(v)).map_err(|e| no_thread(&e));
            let begun: Vec<_> = others.iter().map(begin).collect();
            results.push(task(first));
            let crashed = |said: Box<dyn std::any::Any + Send>| NoGeometry::Panic(words(&*said));
            results.extend(begun.into_iter().map(|t| t.and_then(|t| t.join().map_err(crashed)?)));
        });
    }
    results.into_iter().collect()
}

fn builder() -> std::thread::Builder {
    std::thread::Builder::new().name(THREAD.into()).stack_size(limits::LAYOUT_STACK)
}

fn no_thread(why: &std::io::Error) -> NoGeometry {
    NoGeometry::Limit(format!("no thread for the layout: {why}"))
}

fn words(said: &(dyn std::any::Any + Send)) -> String {
    let text = said.downcast_ref::<&str>().map(|s| (*s).to_string());
    text.or_else(|| said.downcast_ref::<String>().cloned()).unwrap_or_else(|| "without a word".into())
}

#[cfg(test)]
mod tests {
    use super::each;
    use crate::layout::NoGeometry;

    #[test]
    fn results_keep_their_order_and_a_crash_is_one_of_them() {
        for at_once in [0, 1, 2, 9] {
            assert_eq!(each(&[3, 1, 2], at_once, |n| Ok(n * 2)), Ok(vec![6, 2, 4]), "{at_once}");
        }
        let crash = |n: &u8| if *n == 2 { std::panic::panic_any("no") } else { Ok(*n) };
        assert_eq!(each(&[1, 2, 3], 3, crash), Err(NoGeometry::Panic("no".into())));
    }
}
