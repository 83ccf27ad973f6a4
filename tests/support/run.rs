//! Runs the program as a user does.
#![allow(dead_code)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// A rule that loads, as a base to break.
pub const RULE: &str = r#"title = "There is a wash label"
level = "warning"
why = "w"
fix = "f"
message = "No wash label."
when = { page = "item" }
[[expect]]
find = "wash"
[test.pass]
"a heading" = '<h2>Wash care</h2>'
[test.fail]
"none" = '<p>x</p>'
"#;

/// What a run said and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

impl Ran {
    /// Everything as one text, for a snapshot.
    pub fn told(&self) -> String {
        let mut text = format!("exit code: {}\n", self.code);
        for (name, said) in [("standard output", &self.stdout), ("standard error", &self.stderr)] {
            if !said.is_empty() {
                text.push_str(&format!("--- {name}\n{said}"));
            }
        }
        text
    }
}

/// Runs storelint in a folder.
pub fn storelint(folder: &Path, args: &[&str]) -> Ran {
    with_input(folder, args, b"")
}

/// The same with standard input.
pub fn with_input(folder: &Path, args: &[&str], input: &[u8]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_storelint"))
        .args(args)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // a program that does not read its input closes it: that is no error here
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("input written");
    Ran {
        stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        code: output.status.code().unwrap_or(-1),
    }
}

/// A folder with files; paths may have folders in them.
pub fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, bytes) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, bytes).expect("a file");
    }
    folder
}

/// A small item page on which every rule of `price` passes.
pub const GOOD: &[u8] = b"<!DOCTYPE html><html lang=en><title>Tea</title><main><h1>Green tea</h1><b class=price>$9.00</b><button>Add to cart</button></main>";
