//! Runs that are broken off leave no process and no file of a browser behind.
#![cfg(all(feature = "chromium", feature = "layout", unix))]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use support::chromium::{browser, processes};
use support::run::folder;

/// Starts a run that uses a browser for a while; its temporary files are in a folder of its own.
fn start(site: &Path, temporary: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_storelint"))
        .args(["eval", "layout", "."])
        .current_dir(site)
        .env("TMPDIR", temporary)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

/// Waits for something to be so.
fn wait(what: &str, most: Duration, is: impl Fn() -> bool) {
    let started = Instant::now();
    while !is() {
        assert!(started.elapsed() < most, "{what} within {most:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn entries(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, |all| all.count())
}

#[test]
fn runs_that_are_broken_off() {
    let Some(_) = browser() else { return };
    // enough pages for the signal to come in the middle
    let pages: Vec<(String, Vec<u8>)> =
        (0..200).map(|i| (format!("{i}.html"), format!("<p>{i}").repeat(2000).into_bytes())).collect();
    let pages: Vec<(&str, &[u8])> = pages.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
    let site = folder(&pages);
    for signal in ["INT", "TERM", "KILL", "HUP"] {
        let temporary = tempfile::tempdir().expect("a folder");
        let name = temporary.path().to_string_lossy().into_owned();
        let mut run = start(site.path(), temporary.path());
        // storelint itself, the browser, its helpers: it is at work
        wait("a browser starts", Duration::from_secs(60), || processes(&name).len() > 4);
        std::thread::sleep(Duration::from_millis(700));
        assert!(run.try_wait().expect("its state").is_none(), "{signal}: it is still at work");
        let sent = Command::new("kill").args([&format!("-{signal}"), &run.id().to_string()]).status();
        assert!(sent.expect("a signal").success());
        let status = run.wait().expect("it ends");
        assert!(!status.success(), "{signal}: {status}");
        wait(&format!("{signal}: every process ends"), Duration::from_secs(10), || {
            processes(&name).is_empty()
        });
        wait(&format!("{signal}: every file is gone"), Duration::from_secs(10), || {
            entries(temporary.path()) == 0
        });
    }
    let temporary = tempfile::tempdir().expect("a folder");
    let one = folder(&[("page.html", b"<p>text".as_slice())]);
    let status = start(one.path(), temporary.path()).wait().expect("it ends");
    assert!(status.success(), "{status}");
    assert_eq!(entries(temporary.path()), 0, "nor does a run that ends by itself");
    assert_eq!(processes(&temporary.path().to_string_lossy()), Vec::<String>::new());
}
