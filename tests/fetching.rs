//! Fetching, against a server on the loopback address that misbehaves.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::io::Write;
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::run::{GOOD, Ran, folder, storelint};
use support::server::{reply, serve};

const HTML: (&str, &str) = ("Content-Type", "text/html");

/// A server with a path for every misbehaviour; `/good` is a page.
fn server() -> u16 {
    serve(|path, stream| match path {
        "/good" => reply(stream, "200 OK", &[HTML], GOOD),
        "/missing" => reply(stream, "404 Not Found", &[HTML], b"<h1>Not found</h1>"),
        "/broken" => reply(stream, "500 Internal Server Error", &[HTML], b"oops"),
        "/leaflet" => reply(stream, "200 OK", &[("Content-Type", "application/pdf")], b"%PDF-1.7"),
        "/disguised" => reply(stream, "200 OK", &[HTML], b"%PDF-1.7 and more"),
        "/empty" => reply(stream, "200 OK", &[HTML], b""),
        "/circle" => reply(stream, "302 Found", &[("Location", "/circle-back")], b""),
        "/circle-back" => reply(stream, "302 Found", &[("Location", "/circle")], b""),
        "/nowhere" => reply(stream, "302 Found", &[], b""),
        "/script" => reply(stream, "302 Found", &[("Location", "javascript:alert(1)")], b""),
        "/packed" => reply(stream, "200 OK", &[HTML, ("Content-Encoding", "compress")], b"xx"),
        "/not-gzip" => reply(stream, "200 OK", &[HTML, ("Content-Encoding", "gzip")], b"this is no gzip"),
        "/cut" => {
            let _ = stream.write_all(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<h1>Tea",
            );
        }
        "/garbage" => {
            let _ = stream.write_all(b"SMTP ready\r\n\r\n");
        }
        "/silent" => std::thread::sleep(Duration::from_secs(20)),
        "/drip" => drip(stream),
        "/endless" => endless(stream, "", |stream| stream.write_all(&[b'a'; 64 * 1024])),
        path if path.starts_with("/hop/") => {
            let n: u32 = path.trim_start_matches("/hop/").parse().unwrap_or(0);
            if n == 0 {
                reply(stream, "200 OK", &[HTML], GOOD);
            } else {
                reply(stream, "301 Moved Permanently", &[("Location", &format!("/hop/{}", n - 1))], b"");
            }
        }
        path if path.starts_with("/bomb/") => {
            let coding = path.trim_start_matches("/bomb/").to_string();
            reply(stream, "200 OK", &[HTML, ("Content-Encoding", &coding)], &bomb(&coding));
        }
        path if path.starts_with("/small/") => {
            let coding = path.trim_start_matches("/small/").to_string();
            reply(stream, "200 OK", &[HTML, ("Content-Encoding", &coding)], &pack(&coding, GOOD));
        }
        _ => reply(stream, "404 Not Found", &[], b""),
    })
}

/// A byte now and then, for longer than any limit.
fn drip(stream: &mut TcpStream) {
    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
    for _ in 0..200 {
        if stream.write_all(b"a").and_then(|()| stream.flush()).is_err() {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn endless(stream: &mut TcpStream, head: &str, write: impl Fn(&mut TcpStream) -> std::io::Result<()>) {
    let _ = stream.write_all(format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n").as_bytes());
    while write(stream).is_ok() {}
}

fn pack(coding: &str, bytes: &[u8]) -> Vec<u8> {
    match coding {
        "gzip" => {
            let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            packer.write_all(bytes).expect("gzip");
            packer.finish().expect("gzip")
        }
        "br" => {
            let mut out = Vec::new();
            brotli::CompressorWriter::new(&mut out, 4096, 5, 22).write_all(bytes).expect("brotli");
            out
        }
        "zstd" => zstd::encode_all(bytes, 3).expect("zstd"),
        other => panic!("no such coding: {other}"),
    }
}

/// 64 MiB of nothing, in some kilobytes.
fn bomb(coding: &str) -> Vec<u8> {
    pack(coding, &vec![b' '; 64 * 1024 * 1024])
}

fn check(port: u16, paths: &[&str], more: &[&str]) -> Ran {
    let folder = folder(&[("good.html", GOOD)]);
    let urls: Vec<String> = paths.iter().map(|p| format!("http://127.0.0.1:{port}{p}")).collect();
    let mut args =
        vec!["check", "good.html", "--only", "price/visible", "--page", "item", "--format", "brief"];
    args.extend(urls.iter().map(String::as_str));
    args.extend(more);
    let mut ran = storelint(folder.path(), &args);
    ran.stdout = ran.stdout.replace(&port.to_string(), "[port]");
    assert!(ran.stdout.contains(" 0 errors"), "the good pages pass: {}", ran.told());
    ran
}

#[test]
fn answers_that_are_no_page() {
    let paths = [
        "/good",
        "/missing",
        "/broken",
        "/leaflet",
        "/disguised",
        "/empty",
        "/circle",
        "/hop/5",
        "/hop/6",
        "/nowhere",
        "/script",
        "/packed",
        "/not-gzip",
        "/cut",
        "/garbage",
    ];
    insta::assert_snapshot!(check(server(), &paths, &[]).told());
}

#[test]
fn servers_that_take_their_time() {
    let started = Instant::now();
    let ran = check(server(), &["/silent", "/drip", "/good"], &["--timeout", "2"]);
    assert!(started.elapsed() < Duration::from_secs(12), "the limit held");
    insta::assert_snapshot!(ran.told());
}

#[test]
fn bodies_without_end_and_bombs() {
    let ran = check(server(), &["/endless", "/bomb/gzip", "/bomb/br", "/bomb/zstd"], &[]);
    insta::assert_snapshot!(ran.told());
}

#[test]
fn packed_bodies_are_read() {
    let ran = check(server(), &["/small/gzip", "/small/br", "/small/zstd"], &[]);
    assert_eq!((ran.code, ran.stdout.contains("4 passed")), (0, true), "{}", ran.told());
}

#[test]
fn nobody_listens() {
    // a port that was free a moment ago
    let port =
        std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port").port();
    insta::assert_snapshot!(check(port, &["/"], &[]).told());
}

#[test]
fn a_certificate_of_nobody() {
    let port = tls_server();
    let folder = folder(&[("good.html", GOOD)]);
    let url = format!("https://localhost:{port}/");
    let args = ["check", "good.html", &url, "--only", "price/visible", "--page", "item", "--format", "brief"];
    let mut ran = storelint(folder.path(), &args);
    ran.stdout = ran.stdout.replace(&port.to_string(), "[port]");
    insta::assert_snapshot!(ran.told());
}

/// A server with a certificate that it signed itself.
fn tls_server() -> u16 {
    let own = rcgen::generate_simple_self_signed(vec!["localhost".into()]).expect("a certificate");
    let key = rustls::pki_types::PrivateKeyDer::try_from(own.signing_key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key)
        .expect("a config");
    let config = Arc::new(config);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let Ok(mut connection) = rustls::ServerConnection::new(Arc::clone(&config)) else { continue };
            while connection.is_handshaking() && connection.complete_io(&mut stream).is_ok() {}
        }
    });
    port
}

#[test]
fn the_header_names_the_encoding_and_the_user_agent_is_ours() {
    let (gbk, _, _) = encoding_rs::GBK
        .encode("<html lang=zh><main><h1>绿茶</h1><b class=price>￥99</b><button>加入购物车</button></main>");
    let gbk = gbk.into_owned();
    let port =
        serve(move |_, stream| reply(stream, "200 OK", &[("Content-Type", "text/html; charset=GBK")], &gbk));
    let folder = folder(&[]);
    let ran = storelint(folder.path(), &["see", &format!("http://127.0.0.1:{port}/"), "--page", "item"]);
    assert!(ran.stdout.contains("encoding  gbk (http)"), "{}", ran.told());
    assert!(ran.stdout.contains("加入购物车"), "{}", ran.told());
}
