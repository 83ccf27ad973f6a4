//! Pages that would do harm in a browser, and browsers that fail.
#![cfg(all(feature = "chromium", unix))]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use storelint::chromium::{Browser, Options};
use support::chromium::{browser, by_id, processes, render, render_at};
use support::run::folder;
use support::server::{reply, serve};

/// Longest that one page may take in these tests, whatever it does.
const LONG: Duration = Duration::from_secs(30);

fn works(browser: &Browser) {
    let folder = folder(&[]);
    let page = render(browser, folder.path(), "<p id=a>fine").expect("the next page is fine").page;
    assert_eq!(page.dom.own_text(by_id(&page, "a")), "fine");
}

#[test]
fn scripts_that_never_end() {
    let Some(browser) = browser() else { return };
    let folder = folder(&[]);
    for (script, must_show) in [
        ("while(1);", true),
        ("setTimeout(() => { while(1); }, 0)", true),
        ("setInterval(() => { while(1); }, 0)", false),
        ("try { while(1); } finally { while(1); }", false),
        ("(function f() { Promise.resolve().then(f) })()", false),
        ("for(;;) document.body.append(document.createElement('p'))", false),
        ("setInterval(() => document.body.append('x'), 10)", true),
        ("var a = []; for(;;) a.push(new Array(1e6).fill(a.length))", false),
    ] {
        let started = Instant::now();
        let html = format!("<p id=a>before<script>{script}</script><p id=b>after");
        match render(&browser, folder.path(), &html) {
            Ok(rendered) => {
                assert_eq!(rendered.page.dom.own_text(by_id(&rendered.page, "a")), "before", "{script}");
                assert!(!rendered.notes.is_empty(), "{script}: the limit is told");
            }
            Err(why) => {
                assert!(!must_show, "{script}: {why}");
                assert!(matches!(why.id(), "chromium/timeout" | "chromium/crashed"), "{script}: {why}");
            }
        }
        assert!(started.elapsed() < LONG, "{script}: {:?}", started.elapsed());
        works(&browser);
    }
}

#[test]
fn a_page_that_never_ends_loading() {
    let Some(browser) = browser() else { return };
    let port = serve(|path, stream| {
        if path == "/slow.css" {
            reply(stream, "200 OK", &[("Content-Type", "text/css")], b"p { color: red }");
        } else {
            std::thread::sleep(Duration::from_secs(40));
        }
    });
    let started = Instant::now();
    let html = "<link rel=stylesheet href=/slow.css><p id=a>text<img src=/endless.png><script src=/endless.js></script>";
    let rendered = render_at(&browser, &format!("http://127.0.0.1:{port}/page"), html).expect("rendered");
    assert_eq!(rendered.page.dom.own_text(by_id(&rendered.page, "a")), "text");
    assert_eq!(rendered.notes, ["it never ended loading within 3 s"]);
    assert!(started.elapsed() < Duration::from_secs(15), "{:?}", started.elapsed());
    let colour = rendered.geometry[0].of(by_id(&rendered.page, "a")).expect("a box").text;
    assert_eq!(colour, [255, 0, 0, 255], "what came is used: private pages reach their own host");
}

#[test]
fn dialogs_windows_downloads_and_flights() {
    let Some(browser) = browser() else { return };
    let html = r#"<p id=a>text</p><script>
        window.onbeforeunload = () => 'stay';
        alert('one'); document.getElementById('a').title = [confirm('two'), prompt('three')].join();
        window.open('https://shop.example/'); window.open('file:///etc/passwd');
        const a = document.createElement('a'); a.href = 'data:application/octet-stream,abc';
        a.download = 'storelint-test.bin'; document.body.append(a); a.click();
        setTimeout(() => { location = 'file:///etc/passwd' }, 50);
        setTimeout(() => { location = 'https://elsewhere.example/a' }, 100);
        setTimeout(() => { location.reload() }, 150);
        setTimeout(() => { document.getElementById('a').append('!') }, 300);
        </script><meta http-equiv=refresh content="0;url=http://127.0.0.1/refreshed">"#;
    let folder = folder(&[]);
    let rendered = render(&browser, folder.path(), html).expect("rendered");
    let a = by_id(&rendered.page, "a");
    assert_eq!(rendered.page.dom.texts(a).len(), 1);
    assert_eq!(rendered.page.dom.own_text(a), "text!", "it stayed, to its last script");
    assert_eq!(rendered.page.dom.attr(a, "title"), Some("false,"), "every dialog is declined");
    // a slow machine starts several at once, and a later one takes the place of an earlier one
    let stayed = rendered.notes.iter().any(|n| n.starts_with("it tried to go to "));
    assert!(stayed, "{:?}", rendered.notes);
    assert!(!rendered.page.text.contains("root:"), "no file was read");
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0, "nothing was downloaded");
    assert!(!PathBuf::from("storelint-test.bin").exists());
    works(&browser);
}

/// A page that tries every way to a port of this machine.
fn reaching(port: u16) -> String {
    let host = |name: &str| format!("{name}:{port}");
    let mut html =
        String::from("<!DOCTYPE html><p id=a>text</p><div id=log></div><script>\nconst said = [];\n");
    for name in ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "[::ffff:127.0.0.1]", "a.localhost"] {
        let at = host(name);
        html.push_str(&format!(
            "for (const go of [() => fetch('http://{at}/fetch'), () => fetch('https://{at}/fetch', {{mode: 'no-cors'}}),
            () => new WebSocket('ws://{at}/socket'), () => new EventSource('http://{at}/events'),
            () => navigator.sendBeacon('http://{at}/beacon', 'x'), () => new Worker(URL.createObjectURL(new Blob([
            \"fetch('http://{at}/worker'); new WebSocket('ws://{at}/socket')\"]))),
            () => window.open('http://{at}/window'), () => new WebTransport('https://{at}/transport'),
            () => import('http://{at}/module.js'), () => {{ new Image().src = 'http://{at}/image' }},
            () => {{ const p = new RTCPeerConnection({{iceServers: [{{urls: 'stun:{at}'}}, {{urls: 'turn:{at}?transport=tcp',
            username: 'a', credential: 'b'}}]}}); p.createDataChannel('x'); p.createOffer().then(o => p.setLocalDescription(o)) }},
            ]) {{ try {{ go() }} catch (e) {{ said.push(e) }} }}\n"
        ));
    }
    html.push_str("setTimeout(() => document.getElementById('log').textContent = 'done', 300)</script>");
    for name in ["127.0.0.1", "localhost", "[::1]"] {
        let at = host(name);
        html.push_str(&format!(
            "<link rel=stylesheet href='http://{at}/css'><link rel=preconnect href='http://{at}'><link rel=prefetch href='http://{at}/pre'>
            <script src='http://{at}/js'></script><iframe src='http://{at}/frame'></iframe><img src='//{at}/img'>
            <video src='http://{at}/video' autoplay></video><object data='http://{at}/object'></object><embed src='http://{at}/embed'>
            <style>@import 'http://{at}/import'; p {{ background: url(http://{at}/background) }}
            @font-face {{ font-family: x; src: url(http://{at}/font) }} p {{ font-family: x }}</style>
            <form action='http://{at}/form' target=_blank></form><script>document.forms[0].submit()</script>
            <script type=speculationrules>{{\"prerender\":[{{\"urls\":[\"http://{at}/rules\"],\"eagerness\":\"immediate\"}}]}}</script>"
        ));
    }
    html
}

#[test]
fn no_way_into_a_private_network() {
    let Some(browser) = browser() else { return };
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let port = serve(move |_, stream| {
        counted.fetch_add(1, Ordering::SeqCst);
        reply(stream, "200 OK", &[("Access-Control-Allow-Origin", "*")], b"secret");
    });
    let html = reaching(port);
    let done = |page: &storelint::page::Page| page.dom.own_text(by_id(page, "log")) == "done";
    let public = render_at(&browser, "http://shop.example/item", &html).expect("rendered");
    assert!(done(&public.page), "its scripts ran");
    assert!(public.notes.iter().any(|n| n.contains("private network")), "{:?}", public.notes);
    let folder = folder(&[]);
    let local = render(&browser, folder.path(), &html).expect("rendered");
    assert!(done(&local.page), "its scripts ran");
    assert_eq!(count.load(Ordering::SeqCst), 0, "nobody knocked");
    // the same page, at home on this machine, gets there: the test tests something
    let private = render_at(&browser, &format!("http://127.0.0.1:{port}/"), &html).expect("rendered");
    assert!(done(&private.page));
    assert!(count.load(Ordering::SeqCst) > 10, "{count:?}");
}

#[test]
fn a_page_of_ten_megabytes() {
    let Some(browser) = browser() else { return };
    let card = "<li class=card><a href=/item>An item</a><b>$9.00</b><p>Long words about it, again and again.</p></li>";
    let html = format!("<ul>{}</ul><p id=a>end", card.repeat(10 * 1024 * 1024 / card.len()));
    let folder = folder(&[]);
    let started = Instant::now();
    match render(&browser, folder.path(), &html) {
        Ok(rendered) => {
            assert!(rendered.geometry[0].height > 100_000.0);
            // cut short, it is said, so that nothing is called missing
            assert!(rendered.page.text.contains("id=\"a\"") || !rendered.page.partial.is_empty());
        }
        Err(why) => assert_eq!(why.id(), "chromium/timeout", "{why}"),
    }
    assert!(started.elapsed() < LONG * 2, "{:?}", started.elapsed());
    works(&browser);
}

#[test]
fn a_browser_that_dies_costs_one_page() {
    let Some(browser) = browser() else { return };
    let pid = browser.process_id().expect("it runs");
    let folder = folder(&[]);
    let killer = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(800));
        std::process::Command::new("kill").args(["-KILL", &pid.to_string()]).status().expect("killed")
    });
    let started = Instant::now();
    let why = render(&browser, folder.path(), "<p>a<script>while(1);</script>").expect_err("it died");
    assert_eq!(why.id(), "chromium/ended", "{why}");
    assert!(why.to_string().contains("signal: 9"), "{why}");
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    assert!(killer.join().expect("the killer").success());
    works(&browser);
    assert_ne!(browser.process_id(), Some(pid), "a new one");
}

#[test]
fn programs_that_are_no_browser() {
    let launch = |program: &str| {
        let started = Instant::now();
        let options = Options { program: Some(PathBuf::from(program)), ..Options::default() };
        let why = Browser::launch(&options).expect_err("no browser");
        assert!(started.elapsed() < Duration::from_secs(10), "{program}");
        (why.id(), why.to_string())
    };
    assert_eq!(launch("/no/such/chromium").0, "chromium/not-found");
    assert_eq!(launch("storelint-has-no-such-program").0, "chromium/not-found");
    for program in ["/bin/true", "/bin/false", "/bin/echo"] {
        let (id, why) = launch(program);
        assert_eq!(id, "chromium/start", "{program}: {why}");
    }
    assert!(launch("/bin/false").1.contains("exit status: 1"));
}

#[test]
fn nothing_is_left_behind() {
    let Some(browser) = browser() else { return };
    let pid = browser.process_id().expect("it runs");
    works(&browser);
    let args = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    let args = String::from_utf8_lossy(&args).replace('\0', "\n");
    let Some(profile) = args.lines().find_map(|a| a.strip_prefix("--user-data-dir=")) else {
        println!("skipped: this system does not tell how processes were started");
        return;
    };
    let home = std::path::Path::new(profile).parent().expect("a folder").to_path_buf();
    let name = home.to_string_lossy().into_owned();
    assert!(home.exists() && processes(&name).len() > 1, "{:?}", processes(&name));
    let started = Instant::now();
    drop(browser);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    assert!(!home.exists(), "the folder is gone");
    assert_eq!(processes(&name), Vec::<String>::new(), "and so is every process");
}
