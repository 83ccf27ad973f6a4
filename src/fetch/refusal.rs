//! Errors of fetching as people understand them: the innermost cause in words, with an id.

use crate::audit::Failed;
use crate::source::failed;
use std::error::Error as _;

/// Phase in which a time limit was hit, and the limit in seconds.
pub fn timeout(source: &str, phase: &str, seconds: f64) -> Failed {
    let what = match phase {
        "connect" => "no connection within",
        "read" => "no answer for",
        _ => "the page did not arrive within",
    };
    let help = "try again later, or save the page and check the file";
    failed(source, &format!("fetch/timeout-{phase}"), format!("{what} {seconds} s"), Some(help))
}

/// What reqwest says, in words.
pub fn explain(source: &str, error: &reqwest::Error) -> Failed {
    let cause = innermost(error);
    let lower = cause.to_lowercase();
    let whole = chain(error).to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| lower.contains(w) || whole.contains(w));
    if has(&["certificate", "invalid peer", "unknownissuer", "tls", "handshake", "notvalidforname"]) {
        return failed(
            source,
            "fetch/tls",
            format!("no secure connection: {}", certificate(&whole)),
            Some("nothing was read; shoppers get the same warning from their browser"),
        );
    }
    if has(&["dns error", "failed to lookup", "name or service not known", "nodename nor servname"]) {
        return failed(
            source,
            "fetch/dns",
            "the host's name is not known",
            Some("check the spelling of the address"),
        );
    }
    if has(&[
        "end of file before message length",
        "unexpected eof during chunk",
        "connection closed before message completed",
        "incompletemessage",
        "unexpected end of file",
    ]) {
        return failed(
            source,
            "fetch/truncated",
            "the server closed the connection in the middle of the page",
            None,
        );
    }
    if has(&["invalid chunk", "chunk size"]) {
        return failed(
            source,
            "fetch/protocol",
            format!("the server's answer is no valid HTTP: {cause}"),
            None,
        );
    }
    if error.is_decode()
        || has(&[
            "invalid gzip",
            "corrupt deflate",
            "zstd",
            "brotli",
            "decompress",
            "frame requires",
            "unknown frame",
        ])
    {
        return failed(source, "fetch/decode", format!("the compressed body is broken: {cause}"), None);
    }
    if error.is_connect() {
        return failed(source, "fetch/connect", format!("no connection: {cause}"), None);
    }
    failed(source, "fetch/protocol", format!("the server's answer is no valid HTTP: {cause}"), None)
}

fn innermost(error: &reqwest::Error) -> String {
    let mut at: &dyn std::error::Error = error;
    while let Some(next) = at.source() {
        at = next;
    }
    at.to_string()
}

fn chain(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut at = error.source();
    while let Some(e) = at {
        text.push_str(" / ");
        text.push_str(&format!("{e} {e:?}"));
        at = e.source();
    }
    text
}

fn certificate(cause: &str) -> &'static str {
    let has = |w: &str| cause.contains(w);
    if has("expired") {
        "the certificate has expired"
    } else if has("notvalidyet") || has("not valid yet") {
        "the certificate is not valid yet"
    } else if has("notvalidforname") || has("not valid for name") {
        "the certificate is for another host"
    } else if has("unknownissuer")
        || has("unknown issuer")
        || has("self-signed")
        || has("selfsigned")
        || has("caused as end entity")
        || has("caused")
    {
        "the certificate is signed by nobody known"
    } else if has("revoked") {
        "the certificate was revoked"
    } else {
        "the server does not speak a version of TLS that is safe"
    }
}
