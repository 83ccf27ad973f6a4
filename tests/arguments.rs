//! Values of the wrong kind, keys that do nothing, names that nothing has: told where they are,
//! in rules and in configs; exit code 2.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use support::run::{GOOD, RULE, folder, storelint};

/// What `rules check` says of a pack with a rule of these expectations and options.
fn told(expect: &str) -> String {
    let rule = RULE.replacen("[[expect]]\nfind = \"wash\"\n", expect, 1);
    let files: Vec<(&str, &[u8])> = vec![
        ("acme/pack.toml", b"name = \"acme\"\nlanguage = 1\n"),
        ("acme/care/wash.toml", rule.as_bytes()),
        (
            "acme/parts/care.toml",
            b"[part.wash]\nwords = \"wash\"\nstrong = [\"heading\"]\n[part.label]\nwords = \"wash\"\nstrong = [\"name\"]\nvalue = \"date\"\n",
        ),
        ("acme/words/care.toml", b"[words.wash]\nen = [\"wash care\"]\n"),
    ];
    let folder = folder(&files);
    storelint(folder.path(), &["rules", "check", "acme"]).told()
}

#[test]
fn values_of_the_wrong_kind() {
    let expects = [
        "[options]\nleast = { about = \"How many.\", default = \"three\" }\nshares = { about = \"How many.\", default = 0.5, by_category = { food = 2 } }\n",
        "[[expect]]\nfind = \"wash\"\nat_least = \"$least\"\neach.text.chars = \"x\"\nshare = \"$shares\"\n",
        "[[expect]]\nfind = \"wash\"\neach.text.chars = [9, 5]\nwhere.text.between = [1, 2]\n",
        "[[expect]]\nfind = \"wash\"\nat_least = 4.5\neach.text.chars = [5]\nwhere.width.between = [\"60%\", \"40%\"]\n",
        "[[expect]]\nfind = \"label\"\neach.value.between = [\"tody\", \"\"]\n",
        "[[expect]]\nfind = \"label\"\neach.value.between = [\"\", \"\"]\n",
        "[[expect]]\nfind = \"wash\"\neach.value.between = [\"today\", \"\"]\ndistinct = \"value\"\n",
    ];
    insta::assert_snapshot!(told(&expects.concat()));
}

#[test]
fn keys_that_do_nothing() {
    let expects = [
        "[[expect]]\ncompare = \"label < today\"\ntolerance = \"5%\"\nat_least = 2\ninside = \"main\"\n",
        "[[expect]]\ncompare = \"1 < 2\"\n",
        "[[expect]]\ncompare = \"today <= label plus label\"\n",
        "[[expect]]\norder = [\"wash\", \"label\"]\nat_most = 3\n",
        "[[expect]]\nfind = \"wash\"\nshare = 0.5\n",
        "[[expect]]\nfind = \"wash\"\neach.text.in = \"label\"\n",
    ];
    insta::assert_snapshot!(told(&expects.concat()));
}

#[test]
fn names_that_nothing_has() {
    let config = r#"extends = ["storelint:guides"]
[rules."navigation/category-modules"]
levl = "error"
min-modules = "four"
min-links = 4.5
[rules."description/core-five"]
sections = ["nope", "price"]
[[pages]]
match = "a.html"
platform = "shopfy"
[[ignore]]
rule = "price/visible"
find = "prize"
why = "accepted"
[words.shipping]
remove = ["no such phrase"]
"#;
    let bounds = r#"[[pages]]
match = "a.html"
language = "klingon"
[[ignore]]
rule = "price/visible"
why = ""
[[ignore]]
rule = "price/visible"
why = "w"
until = 2026-12-31T10:00:00Z
[score]
fail_under = { item = 800 }
[check]
min_font = -3
viewports = []
locales = ["english"]
"#;
    let folder = folder(&[("good.html", GOOD), ("storelint.toml", config.as_bytes())]);
    insta::assert_snapshot!("config_names", storelint(folder.path(), &["check", "good.html"]).told());
    std::fs::write(folder.path().join("storelint.toml"), bounds).expect("a config");
    insta::assert_snapshot!("config_bounds", storelint(folder.path(), &["check", "good.html"]).told());
}

#[test]
fn platforms_that_no_pack_tells() {
    let words = b"[words.wash]\nen = [\"wash care\"]\non.shopfy.en = [\"wash label\"]\n";
    let folder = folder(&[
        ("acme/pack.toml", b"name = \"acme\"\nlanguage = 1\nrequires = [\"storelint:structurd\"]\n"),
        ("acme/words/care.toml", words),
        ("empty/readme.md", b"nothing"),
        ("storelint.toml", b"extends = [\"storelint:guides\", \"./empty\"]\n"),
        ("good.html", GOOD),
    ]);
    let mut told = storelint(folder.path(), &["rules", "check", "acme", "--no-config"]).told();
    told.push_str(&storelint(folder.path(), &["check", "good.html"]).told());
    insta::assert_snapshot!(told.replace(&folder.path().display().to_string(), "[folder]"));
}

/// A config's viewport takes the place of the built-in one of its name, and a pattern may begin
/// with “./”.
#[test]
fn what_a_config_says_counts() {
    let config =
        b"[viewports]\ndesktop = \"1000x700\"\n[[pages]]\nmatch = \"./good.html\"\npage = \"cart\"\n";
    let folder = folder(&[("good.html", GOOD), ("storelint.toml", config)]);
    let ran = storelint(folder.path(), &["config", "--for", "good.html"]);
    assert!(ran.stdout.contains("desktop 1000x700"), "{}", ran.told());
    let ran = storelint(folder.path(), &["check", "good.html", "--format", "brief"]);
    assert!(ran.stdout.contains("page cart ("), "{}", ran.told());
}

/// A name on the command line that is no UTF-8 costs no other page its result.
#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_utf8_is_a_file_all_the_same() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder(&[("good.html", GOOD)]);
    let strange = std::ffi::OsStr::from_bytes(b"b\xFF.html");
    std::fs::write(folder.path().join(strange), GOOD).expect("a page");
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_storelint"))
        .current_dir(folder.path())
        .args(["check", "--no-config", "--format", "brief", "--render", "none", "good.html"])
        .arg(strange)
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&ran.stdout);
    assert!(told.contains("2 pages checked"), "{told}");
}
