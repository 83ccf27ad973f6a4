//! Every bad input gets a clear message and a documented exit code, and costs no other
//! input its result: a good page stands beside each.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use support::run::{GOOD, Ran, folder, storelint, with_input};

/// Checks the inputs together with a good page; says what was told and that the good page
/// was judged.
fn beside_good(files: &[(&str, &[u8])], inputs: &[&str]) -> String {
    let mut all = vec![("good.html", GOOD)];
    all.extend(files);
    let folder = folder(&all);
    let mut args = vec!["check", "good.html"];
    args.extend(inputs);
    args.extend(["--only", "price/visible", "--page", "item"]);
    let ran = storelint(folder.path(), &args);
    assert!(ran.stdout.contains("item: 1 of 1 passed"), "the good page was judged:\n{}", ran.told());
    clean(ran, folder.path())
}

fn clean(ran: Ran, folder: &std::path::Path) -> String {
    ran.told().replace(&folder.display().to_string(), "[folder]")
}

#[test]
fn missing_file() {
    insta::assert_snapshot!(beside_good(&[], &["god.html"]));
}

#[test]
fn folder_without_pages() {
    insta::assert_snapshot!(beside_good(&[("docs/readme.md", b"# hi")], &["docs"]));
}

/// No page at all is nothing to check; beside a page that is checked, something is missing.
#[test]
fn nothing_but_a_folder_without_pages() {
    let folder = folder(&[("docs/readme.md", b"# hi")]);
    for inputs in [&["docs"][..], &["dist/*.html"], &["docs", "dist/*.html"]] {
        let ran = storelint(folder.path(), &[&["check"], inputs].concat());
        assert_eq!(ran.code, 4, "{}", ran.told());
    }
    let ran = storelint(folder.path(), &["check", "docs", "nowhere.html"]);
    assert_eq!(ran.code, 3, "{}", ran.told());
}

#[test]
fn pattern_without_pages() {
    insta::assert_snapshot!(beside_good(&[], &["dist/**/*.html"]));
}

#[cfg(unix)]
#[test]
fn unreadable_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("good.html", GOOD), ("locked.html", GOOD)]);
    let locked = folder.path().join("locked.html");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).expect("permissions");
    if std::fs::read(&locked).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    let ran = storelint(
        folder.path(),
        &["check", "good.html", "locked.html", "--only", "price/visible", "--page", "item"],
    );
    insta::assert_snapshot!(clean(ran, folder.path()));
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_and_a_pipe() {
    let folder = folder(&[("good.html", GOOD)]);
    std::os::unix::fs::symlink("loop.html", folder.path().join("loop.html")).expect("a link");
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("pipe.html")).status();
    assert!(made.is_ok_and(|s| s.success()), "a pipe");
    let args = ["check", "good.html", "loop.html", "pipe.html", "--only", "price/visible", "--page", "item"];
    insta::assert_snapshot!(clean(storelint(folder.path(), &args), folder.path()));
}

#[test]
fn binary_file() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0";
    let pdf = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n";
    let zeros = [0u8; 512];
    let files: [(&str, &[u8]); 3] = [("photo.html", png), ("leaflet.html", pdf), ("zeros.html", &zeros)];
    insta::assert_snapshot!(beside_good(&files, &["photo.html", "leaflet.html", "zeros.html"]));
}

#[test]
fn empty_file() {
    insta::assert_snapshot!(beside_good(
        &[("empty.html", b""), ("blank.html", b" \n\t")],
        &["empty.html", "blank.html"]
    ));
}

#[test]
fn wrong_encoding_declared() {
    let (gbk, _, _) = encoding_rs::GBK
        .encode("<p>尺码表：请对照下表选择合适的尺码，如有疑问请联系在线客服。</p><b class=price>￥99</b>");
    let page = [b"<!DOCTYPE html><meta charset=utf-8><title>x</title>".as_slice(), &gbk].concat();
    insta::assert_snapshot!(beside_good(&[("wrong.html", &page)], &["wrong.html"]));
}

#[test]
fn truncated_page() {
    let page = b"<!DOCTYPE html><html lang=en><title>Tea</title><main><h1>Green tea</h1><b class=\"pri";
    insta::assert_snapshot!(beside_good(&[("cut.html", page)], &["cut.html"]));
}

#[test]
fn one_line_of_ten_megabytes() {
    let mut page = b"<!DOCTYPE html><html lang=en><title>Tea</title><main><h1>Tea</h1>".to_vec();
    while page.len() < 10_000_000 {
        page.extend_from_slice("<p>tea \u{5c3a}\u{7801} leaves, dried in the shade</p>".as_bytes());
    }
    page.extend_from_slice(b"<b class=price hidden>$9</b></main>");
    let told = beside_good(&[("long.html", &page)], &["long.html"]);
    assert!(told.lines().all(|l| l.chars().count() < 400), "no line is as long as the page's");
    insta::assert_snapshot!(told);
}

#[test]
fn too_large() {
    let page = vec![b'a'; 17 * 1024 * 1024];
    insta::assert_snapshot!(beside_good(&[("huge.html", &page)], &["huge.html"]));
}

#[test]
fn bad_addresses() {
    let inputs = ["ftp://shop.example/", "http://", "https://[::1/", "http://shop.invalid/"];
    insta::assert_snapshot!(beside_good(&[], &inputs));
}

#[test]
fn bombs_are_cut_and_said() {
    let deep = "<div>".repeat(200_000);
    // every paragraph opens all of them again
    let formatting: String =
        (0..3_000).map(|i| format!("<b id={i}>")).chain((0..3_000).map(|_| "<p>".to_string())).collect();
    let attributes = format!("<p {}>", (0..5_000).map(|i| format!("a{i}=1 ")).collect::<String>());
    let files = [
        ("deep.html", deep.as_bytes()),
        ("formatting.html", formatting.as_bytes()),
        ("attributes.html", attributes.as_bytes()),
    ];
    let started = std::time::Instant::now();
    let told = beside_good(&files, &["deep.html", "formatting.html", "attributes.html"]);
    assert!(started.elapsed().as_secs() < 60, "the guard held");
    // where the deadline cuts a page depends on the machine; that it is cut does not
    for name in ["deep.html", "formatting.html", "attributes.html"] {
        assert!(told.contains(name), "{told}");
    }
    assert!(told.starts_with("exit code: 3"), "{told}");
    assert!(told.matches("partial: ").count() >= 3, "{told}");
}

#[test]
fn standard_input_twice() {
    let folder = folder(&[]);
    let ran =
        with_input(folder.path(), &["check", "-", "-", "--only", "price/visible", "--page", "item"], GOOD);
    insta::assert_snapshot!(ran.told());
}

#[test]
fn wrong_arguments() {
    let folder = folder(&[("good.html", GOOD)]);
    let lines: [&[&str]; 12] = [
        &["check"],
        &["chek", "good.html"],
        &["good.html"],
        &["check", "good.html", "--only", "price/visibel"],
        &["check", "good.html", "--skip", "size-chart"],
        &["check", "good.html", "--format", "xml"],
        &["check", "good.html", "--fail-on", "fatal"],
        &["check", "good.html", "--page", "items"],
        &["check", "good.html", "--category", "shoe"],
        &["check", "good.html", "--today", "2026-02-30"],
        &["check", "good.html", "--threads", "0"],
        &["explain", "sizing/chart"],
    ];
    let mut told = String::new();
    for args in lines {
        told.push_str(&format!(
            "$ storelint {}\n{}\n",
            args.join(" "),
            storelint(folder.path(), args).told()
        ));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn output_that_cannot_be_written() {
    let folder = folder(&[("good.html", GOOD)]);
    let args = ["check", "good.html", "--output", "no/such/folder/out.sarif"];
    insta::assert_snapshot!(storelint(folder.path(), &args).told());
    let ran = storelint(folder.path(), &["check", "good.html", "--output", "."]);
    assert_eq!(ran.code, 3, "{}", ran.told());
}

/// A reader that goes away ends the run quietly, as the shell expects.
#[cfg(unix)]
#[test]
fn closed_pipe() {
    let folder = folder(&[("good.html", GOOD)]);
    // far more than a pipe holds
    let script =
        format!("{} see good.html --elements --format json; echo $? >&2", env!("CARGO_BIN_EXE_storelint"));
    let many = [GOOD, "<p>tea</p>".repeat(20_000).as_bytes()].concat();
    std::fs::write(folder.path().join("good.html"), many).expect("a page");
    let script = format!("({script}) | head -c 10 >/dev/null");
    let output = std::process::Command::new("sh")
        .args(["-c", &script])
        .current_dir(folder.path())
        .output()
        .expect("a shell");
    assert_eq!(String::from_utf8_lossy(&output.stderr).trim(), "141");
}
