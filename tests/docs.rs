//! Documents that lead somewhere, and commands that are what they say.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[test]
fn every_link_leads_to_a_file() {
    let mut documents = support::files(&root().join("docs"), &[".md"]);
    let top = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"];
    documents.extend(top.map(|name| root().join(name)));
    let mut links = 0;
    for document in documents {
        // what stands between fences is no prose
        let text: String = read(&document).split("\n```").step_by(2).collect();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if target.contains("://") || target.starts_with('#') {
                continue;
            }
            let path = document.parent().expect("a folder").join(target.split('#').next().unwrap_or(""));
            assert!(path.exists(), "{}: {target} is not there", document.display());
            links += 1;
        }
    }
    assert!(links > 10, "only {links} links");
}

/// The second command of the README runs every test; CI runs it word for word.
#[test]
fn ci_runs_the_command_of_the_readme() {
    let readme = read(&root().join("README.md"));
    let commands: Vec<&str> =
        readme.split("```sh\n").skip(1).filter_map(|b| b.split("\n```").next()).take(2).collect();
    let ci = read(&root().join(".ci/run"));
    assert!(ci.lines().any(|l| l == format!("step {}", commands[1])), "{commands:?}");
    assert!(commands[0].starts_with("cargo run --locked -- check fixtures/"), "{commands:?}");
}

/// Every exit code has its row in the one table.
#[test]
fn exit_codes_are_documented() {
    let table = read(&root().join("docs/exit-codes.md"));
    for code in ["0", "1", "2", "3", "4", "130", "141"] {
        assert_eq!(table.matches(&format!("| {code} |")).count(), 1, "{code}");
    }
}

/// A page for every rule of the built-in packs, made by the command that users have.
#[test]
fn pages_of_rules_are_up_to_date() {
    let args = ["rules", "doc", "docs/rules", "--check", "--config", "docs/storelint.toml"];
    let ran = support::run::storelint(root(), &args);
    assert_eq!(ran.code, 0, "leave --check away to write them: {}", ran.told());
    assert!(ran.stdout.contains("88 pages are up to date"), "{}", ran.told());
}
