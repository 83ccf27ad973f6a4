//! A panic is a bug of storelint: told as such, and kept to the one page it happened on.

use crate::cli::output;
use crate::show::{cut, shown};
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};

/// Characters shown of a panic's message.
const SHOWN: usize = 300;

thread_local! {
    /// While a guarded task runs on this thread: what its panic said.
    static GUARDED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Replaces the standard panic report by one that asks for a report. The process then
/// ends with code 101, as every Rust program does.
pub fn install() {
    panic::set_hook(Box::new(|info| {
        let text = describe(info);
        let kept = GUARDED.with(|slot| slot.borrow_mut().as_mut().map(|s| s.clone_from(&text)).is_some());
        // the layout engine's crashes are reasons why a page has no geometry
        let layout = std::thread::current().name() == Some(crate::layout::THREAD);
        if !kept && !layout {
            output::say(&format!(
                "error: storelint has a bug: {text}\n  help: please report it, with the command line and, \
                 if you may, the page; storelint {} on {}\n",
                env!("CARGO_PKG_VERSION"),
                std::env::consts::OS
            ));
        }
    }));
}

/// Runs a task; a panic in it comes back as what it said and where.
///
/// # Errors
/// The panic's message and place.
pub fn guarded<T>(task: impl FnOnce() -> T) -> Result<T, String> {
    let outer = GUARDED.with(|slot| slot.replace(Some(String::new())));
    // a task only reads shared data, so nothing half-changed survives its panic
    let result = panic::catch_unwind(AssertUnwindSafe(task));
    let said = GUARDED.with(|slot| slot.replace(outer)).unwrap_or_default();
    result.map_err(|_| said)
}

fn describe(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let message = payload.downcast_ref::<&str>().map(|s| (*s).to_string());
    let message = message.or_else(|| payload.downcast_ref::<String>().cloned());
    let message = message.unwrap_or_else(|| "a panic without a message".into());
    let place = info.location().map_or(String::new(), |l| format!(" ({}:{})", l.file(), l.line()));
    format!("{}{}", cut(&shown(&message), SHOWN), shown(&place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_kept_to_its_task() {
        install();
        assert_eq!(guarded(|| 7), Ok(7));
        let said = guarded(|| -> u8 { panic!("page \u{1b}[31m broke") });
        let said = said.err().unwrap_or_default();
        assert!(said.starts_with("page ␛[31m broke (src/cli/crash.rs:"), "{said}");
        let inner = guarded(|| guarded(|| -> u8 { panic!("inner") }).is_err());
        assert_eq!(inner, Ok(true));
    }
}
