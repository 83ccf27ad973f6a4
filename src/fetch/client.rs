//! The fetcher: redirects followed by hand, so that every hop is looked at.

use crate::audit::Failed;
use crate::fetch::{address, refusal};
use crate::limits;
use crate::source::{Loaded, Source, failed, refuse, shown};
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, LOCATION};
use reqwest::{Client, Response, StatusCode};
use std::time::{Duration, Instant};
use url::Url;

/// Limits of fetching.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Time to connect.
    pub connect: Duration,
    /// Time without a byte.
    pub read: Duration,
    /// Time for one page, redirects included.
    pub total: Duration,
    /// Bytes of a body after decompression.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connect: limits::CONNECT_TIME,
            read: limits::READ_TIME,
            total: limits::FETCH_TIME,
            bytes: limits::PAGE_BYTES,
        }
    }
}

/// Pages or files fetched at once.
pub(super) const AT_ONCE: usize = 8;

/// Fetches pages, a few at a time; results in the order of the addresses.
pub fn fetch_all(urls: &[Url], limits: Limits) -> Vec<Result<Loaded, Failed>> {
    if urls.is_empty() {
        return Vec::new();
    }
    let all = |why: String| {
        urls.iter()
            .map(|u| Err(failed(&shown(&Source::Url(u.clone())), "fetch/client", why.clone(), None)))
            .collect()
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(e) => return all(format!("the fetcher cannot start: {e}")),
    };
    let client = match client(limits) {
        Ok(client) => client,
        Err(e) => return all(format!("the fetcher cannot start: {e}")),
    };
    runtime.block_on(async {
        let mut results: Vec<Option<Result<Loaded, Failed>>> = urls.iter().map(|_| None).collect();
        let mut tasks = tokio::task::JoinSet::new();
        let mut next = 0;
        loop {
            while next < urls.len() && tasks.len() < AT_ONCE {
                let (i, url, client) = (next, urls[next].clone(), client.clone());
                tasks.spawn(async move { (i, fetch(&client, url, limits).await) });
                next += 1;
            }
            match tasks.join_next().await {
                Some(Ok((i, result))) => results[i] = Some(result),
                // a task that panicked leaves its place empty
                Some(Err(_)) => {}
                None => break,
            }
        }
        results
            .into_iter()
            .zip(urls)
            .map(|(r, u)| {
                r.unwrap_or_else(|| {
                    Err(failed(&shown(&Source::Url(u.clone())), "fetch/crashed", "fetching it crashed", None))
                })
            })
            .collect()
    })
}

pub(super) fn client(limits: Limits) -> reqwest::Result<Client> {
    // a second installation is refused, and is the same
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .user_agent(concat!("storelint/", env!("CARGO_PKG_VERSION"), " (linter of store pages)"))
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(limits.connect)
        .referer(false)
        .http1_max_headers(crate::limits::HEADERS)
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .build()
}

async fn fetch(client: &Client, url: Url, limits: Limits) -> Result<Loaded, Failed> {
    let name = shown(&Source::Url(url.clone()));
    let deadline = Instant::now() + limits.total;
    let whole = async {
        let (response, at) = follow(client, url, &name, limits).await?;
        load(response, &name, limits, deadline).await.map(|loaded| Loaded { address: Some(at), ..loaded })
    };
    match tokio::time::timeout(limits.total, whole).await {
        Ok(result) => result,
        Err(_) => Err(refusal::timeout(&name, "total", limits.total.as_secs_f64())),
    }
}

/// Follows redirects to an answer; it and where it came from.
pub(super) async fn follow(
    client: &Client,
    first: Url,
    name: &str,
    limits: Limits,
) -> Result<(Response, Url), Failed> {
    let mut hops: Vec<Url> = vec![first.clone()];
    loop {
        let url = hops.last().cloned().unwrap_or_else(|| first.clone());
        let response = send(client, &url, name, limits).await?;
        if !response.status().is_redirection() || response.status() == StatusCode::NOT_MODIFIED {
            return Ok((response, url));
        }
        let next = target(&response, &url, name)?;
        let chain = || {
            hops.iter().chain([&next]).map(|u| shown(&Source::Url(u.clone()))).collect::<Vec<_>>().join(" → ")
        };
        if hops.contains(&next) {
            return Err(failed(
                name,
                "fetch/redirect-loop",
                format!("the redirects lead in a circle: {}", chain()),
                None,
            ));
        }
        if hops.len() > limits::REDIRECTS {
            let message = format!("more than {} redirects: {}", limits::REDIRECTS, chain());
            return Err(failed(
                name,
                "fetch/too-many-redirects",
                message,
                Some("give the address that they lead to"),
            ));
        }
        if address::is_private(&next) && !address::is_private(&first) {
            let message = format!("a redirect leads from a public address to a private one: {}", chain());
            return Err(failed(name, "fetch/private-address", message, None));
        }
        hops.push(next);
    }
}

async fn send(client: &Client, url: &Url, name: &str, limits: Limits) -> Result<Response, Failed> {
    let wait = limits.connect + limits.read;
    match tokio::time::timeout(wait, client.get(url.clone()).send()).await {
        Err(_) => Err(refusal::timeout(name, "read", limits.read.as_secs_f64())),
        Ok(Err(e)) if e.is_timeout() && e.is_connect() => {
            Err(refusal::timeout(name, "connect", limits.connect.as_secs_f64()))
        }
        Ok(Err(e)) if e.is_timeout() => Err(refusal::timeout(name, "read", limits.read.as_secs_f64())),
        Ok(Err(e)) => Err(refusal::explain(name, &e)),
        Ok(Ok(response)) => Ok(response),
    }
}

/// A status as it is told: “404 Not Found”, or the number alone where it is none of the known.
fn said(status: StatusCode) -> String {
    status
        .canonical_reason()
        .map_or(status.as_str().to_string(), |reason| format!("{} {reason}", status.as_str()))
}

fn target(response: &Response, from: &Url, name: &str) -> Result<Url, Failed> {
    let refused = |why: String| Err(failed(name, "fetch/redirect-unfollowable", why, None));
    let status = response.status();
    let Some(location) = response.headers().get(LOCATION) else {
        return refused(format!("the server answers {} but names no address that can be read", said(status)));
    };
    let text = String::from_utf8_lossy(location.as_bytes()).into_owned();
    match from.join(text.trim()) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.host().is_some() => Ok(url),
        _ => refused(format!(
            "the server answers {} with an address that is not followed: {}",
            said(status),
            crate::show::cut(&text, 100)
        )),
    }
}

async fn load(
    mut response: Response,
    name: &str,
    limits: Limits,
    deadline: Instant,
) -> Result<Loaded, Failed> {
    let status = response.status();
    if !status.is_success() {
        let message = format!("the server answers {}", said(status));
        return Err(failed(
            name,
            "fetch/status",
            message,
            Some("open the address in a browser to see what it shows"),
        ));
    }
    let header = |h| {
        response
            .headers()
            .get(h)
            .map(|v: &reqwest::header::HeaderValue| String::from_utf8_lossy(v.as_bytes()).to_string())
    };
    let coding = header(CONTENT_ENCODING)
        .filter(|c| !c.trim().is_empty() && !c.trim().eq_ignore_ascii_case("identity"));
    if let Some(coding) = coding {
        // what is left of the header after decoding was not decoded
        return Err(failed(
            name,
            "fetch/unsupported-encoding",
            format!("the body is packed in a way that is not read: {coding}"),
            None,
        ));
    }
    let media = header(CONTENT_TYPE).unwrap_or_default();
    let (kind, parameters) = media.split_once(';').unwrap_or((&media, ""));
    let kind = kind.trim().to_ascii_lowercase();
    if !kind.is_empty()
        && !matches!(
            kind.as_str(),
            "text/html" | "application/xhtml+xml" | "text/plain" | "application/xml" | "text/xml"
        )
    {
        return Err(failed(
            name,
            "fetch/not-html",
            format!("this is no HTML page: the server calls it {kind}"),
            None,
        ));
    }
    let charset = parameters
        .split(';')
        .filter_map(|p| p.split_once('='))
        .find(|(k, _)| k.trim().eq_ignore_ascii_case("charset"))
        .map(|(_, v)| v.trim().trim_matches('"').to_string());
    let mut bytes = Vec::new();
    loop {
        let wait = limits.read.min(deadline.saturating_duration_since(Instant::now()));
        match tokio::time::timeout(wait, response.chunk()).await {
            Err(_) if Instant::now() >= deadline => {
                return Err(refusal::timeout(name, "total", limits.total.as_secs_f64()));
            }
            Err(_) => return Err(refusal::timeout(name, "read", limits.read.as_secs_f64())),
            Ok(Err(e)) if e.is_timeout() => {
                return Err(refusal::timeout(name, "read", limits.read.as_secs_f64()));
            }
            Ok(Err(e)) => return Err(refusal::explain(name, &e)),
            Ok(Ok(None)) => break,
            Ok(Ok(Some(chunk))) => {
                bytes.extend_from_slice(&chunk);
                if bytes.len() > limits.bytes {
                    let message =
                        format!("the page has more than {} MiB", limits.bytes.div_ceil(1024 * 1024));
                    return Err(failed(name, "fetch/too-large", message, None));
                }
            }
        }
    }
    refuse(name, &bytes).map_err(|f| Failed {
        id: match f.id.as_str() {
            "source/empty" => "fetch/empty".into(),
            "source/binary" => "fetch/not-html".into(),
            _ => f.id,
        },
        ..f
    })?;
    Ok(Loaded { source: name.to_string(), bytes, charset, address: None })
}
