//! The browser's process: started with two pipes and an empty profile, and gone at the end
//! whatever happens.
//!
//! Three things end it: [`Process`] is dropped; storelint dies, which closes the pipe, at which
//! Chromium leaves by itself; and a small shell that waits for the same and then kills
//! what is left and removes the folder. The shell is needed for Ctrl-C and kill -9, where no
//! code of ours runs any more.

use crate::chromium::NoRender;
use command_fds::{CommandFdExt, FdMapping};
use rustix::process::{Pid, Signal, geteuid, kill_process_group, test_kill_process_group};
use std::io::{PipeReader, PipeWriter, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// What the shell does: the first line names the browser's process group, a second one says
/// that all is tidied up. Without it the group is killed. Files of dying processes
/// may still appear, so the folder is removed twice.
const WATCH: &str = r#"trap '' HUP INT QUIT TERM PIPE
read -r group || group=
if ! read -r tidy; then
  [ -n "$group" ] && kill -KILL -- "-$group" 2>/dev/null
fi
rm -rf -- "$1" 2>/dev/null
sleep 1
rm -rf -- "$1""#;

/// Time that processes get to vanish once they are killed.
const VANISH: Duration = Duration::from_secs(2);
/// Bytes of the browser's last words that are told.
const LAST_WORDS: usize = 300;

/// A running browser.
#[derive(Debug)]
pub struct Process {
    child: Child,
    folder: Option<TempDir>,
    watch: Option<(Child, ChildStdin)>,
}

/// What goes to the browser, and what comes from it.
pub type Pipes = (PipeWriter, PipeReader);

impl Process {
    /// Starts the program with the flags and an empty profile.
    ///
    /// # Errors
    /// No folder, no pipe, or no such program.
    pub fn start(program: &Path, flags: &[String]) -> Result<(Process, Pipes), NoRender> {
        let start = |what: &str, e: &dyn std::fmt::Display| NoRender::Start(format!("{what}: {e}"));
        let folder = tempfile::Builder::new()
            .prefix("storelint-chromium-")
            .tempdir()
            .map_err(|e| start("no temporary folder", &e))?;
        let mut watch = watch(folder.path()).map_err(|e| start("no shell to watch it", &e))?;
        let home = |name: &str| folder.path().join(name);
        for name in ["profile", "tmp", "home"] {
            std::fs::create_dir(home(name)).map_err(|e| start("no temporary folder", &e))?;
        }
        let said = std::fs::File::create(home("said")).map_err(|e| start("no temporary file", &e))?;
        let (their_in, our_out) = std::io::pipe().map_err(|e| start("no pipe", &e))?;
        let (our_in, their_out) = std::io::pipe().map_err(|e| start("no pipe", &e))?;
        let mut command = Command::new(program);
        command
            .args(flags)
            .arg(format!("--user-data-dir={}", home("profile").display()))
            .env("TMPDIR", home("tmp"))
            .env("XDG_CONFIG_HOME", home("home"))
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(said)
            .process_group(0);
        if geteuid().is_root() {
            // Chromium's sandbox refuses root
            command.arg("--no-sandbox");
        }
        let pipes = vec![
            FdMapping { parent_fd: their_in.into(), child_fd: 3 },
            FdMapping { parent_fd: their_out.into(), child_fd: 4 },
        ];
        command.fd_mappings(pipes).map_err(|e| start("no pipe", &e))?;
        let child = command.spawn().map_err(|e| start(&program.display().to_string(), &e))?;
        // where the shell has died, dropping still tidies up
        let _ = writeln!(watch.1, "{}", child.id());
        Ok((Process { child, folder: Some(folder), watch: Some(watch) }, (our_out, our_in)))
    }

    /// Its number, which is that of its process group too.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, and what it said last; an empty text while it runs.
    pub fn last_words(&mut self) -> String {
        let ended = match self.child.try_wait() {
            Ok(Some(status)) => status.to_string(),
            _ => String::new(),
        };
        let said = self.folder.as_ref().and_then(|f| std::fs::read(f.path().join("said")).ok());
        let said = String::from_utf8_lossy(&said.unwrap_or_default()).into_owned();
        let told = said.lines().rev().find(|l| !l.trim().is_empty()).unwrap_or("");
        let told: String = told.chars().take(LAST_WORDS).collect();
        [ended, told].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("; ")
    }

    fn kill(&mut self) {
        let group = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(group) = group {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        let until = Instant::now() + VANISH;
        while group.is_some_and(|g| test_kill_process_group(g).is_ok()) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(10));
            // without anyone to bury them, dead processes stay in the list for ever
            if group.is_some_and(all_dead) {
                break;
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        let gone = self.folder.take().is_none_or(|folder| removed(&folder));
        if let Some((mut shell, mut line)) = self.watch.take() {
            if gone {
                let _ = shell.kill();
            } else {
                let _ = line.write_all(b"tidy\n");
            }
            drop(line);
            let _ = shell.wait();
        }
    }
}

/// Removes the folder; dying processes may still write into it for a moment.
fn removed(folder: &TempDir) -> bool {
    (0..20).any(|_| {
        let _ = std::fs::remove_dir_all(folder.path());
        let gone = !folder.path().exists();
        if !gone {
            std::thread::sleep(Duration::from_millis(25));
        }
        gone
    })
}

/// Whether all that is left of a process group is dead. Only Linux tells; elsewhere init
/// buries the dead at once.
fn all_dead(group: Pid) -> bool {
    let Ok(all) = std::fs::read_dir("/proc") else { return false };
    let group = group.as_raw_nonzero().get().to_string();
    let mut stats = all.flatten().filter_map(|p| std::fs::read_to_string(p.path().join("stat")).ok());
    // "pid (name) state parent group ..."
    !stats.any(|stat| {
        let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let mut words = rest.split_ascii_whitespace();
        let state = words.next().unwrap_or("");
        words.nth(1) == Some(group.as_str()) && !matches!(state, "Z" | "X")
    })
}

fn watch(folder: &Path) -> std::io::Result<(Child, ChildStdin)> {
    let mut shell = Command::new("/bin/sh")
        .arg("-c")
        .arg(WATCH)
        .arg("storelint-watch")
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()?;
    match shell.stdin.take() {
        Some(line) => Ok((shell, line)),
        None => Err(std::io::Error::other("no standard input")),
    }
}
