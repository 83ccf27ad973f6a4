//! Files that a page's look needs: with the client and the limits of pages, each bounded by
//! itself and all of a page by one deadline.

use crate::fetch::address;
use crate::fetch::client::{AT_ONCE, Limits, client, follow};
use reqwest::Client;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderValue};
use std::time::Instant;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use url::Url;

/// One file.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Its address.
    pub url: Url,
    /// Bytes that are read of it.
    pub bytes: usize,
    /// Whether its first bytes will do; otherwise a larger file counts as none.
    pub head: bool,
}

/// Fetches files for one page.
#[derive(Debug)]
pub struct FileFetcher {
    runtime: Runtime,
    client: Client,
    limits: Limits,
    deadline: Instant,
    public: bool,
}

impl FileFetcher {
    /// For a page of that address, until the deadline; `None` where no client can be made.
    pub fn new(page: &Url, limits: Limits, deadline: Instant) -> Option<FileFetcher> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
        let client = client(limits).ok()?;
        Some(FileFetcher { runtime, client, limits, deadline, public: !address::is_private(page) })
    }

    /// Fetches files, a few at a time; results in their order, `None` where there is none.
    pub fn fetch(&self, wanted: &[Wanted]) -> Vec<Option<Vec<u8>>> {
        let mut results: Vec<Option<Vec<u8>>> = wanted.iter().map(|_| None).collect();
        self.runtime.block_on(async {
            let mut tasks: JoinSet<(usize, Option<Vec<u8>>)> = JoinSet::new();
            let mut next = 0;
            loop {
                while let Some(file) = wanted.get(next).filter(|_| tasks.len() < AT_ONCE) {
                    if self.allowed(&file.url) {
                        let (i, file, client, limits) =
                            (next, file.clone(), self.client.clone(), self.limits);
                        tasks.spawn(async move { (i, one(&client, file, limits).await) });
                    }
                    next += 1;
                }
                let rest = self.deadline.saturating_duration_since(Instant::now());
                match tokio::time::timeout(rest, tasks.join_next()).await {
                    Ok(Some(Ok((i, bytes)))) => {
                        if let Some(place) = results.get_mut(i) {
                            *place = bytes;
                        }
                    }
                    Ok(Some(Err(_))) => {}
                    Ok(None) | Err(_) => break,
                }
            }
            tasks.abort_all();
        });
        results
    }

    /// A public page must not lead into a private network.
    fn allowed(&self, url: &Url) -> bool {
        matches!(url.scheme(), "http" | "https") && !(self.public && address::is_private(url))
    }
}

async fn one(client: &Client, file: Wanted, limits: Limits) -> Option<Vec<u8>> {
    let whole = async {
        let (mut response, _) = follow(client, file.url, "", limits).await.ok()?;
        let header =
            |name| response.headers().get(name).and_then(|v: &HeaderValue| v.to_str().ok()).unwrap_or("");
        let page = header(CONTENT_TYPE).to_ascii_lowercase().starts_with("text/html");
        let packed = !matches!(header(CONTENT_ENCODING).trim(), "" | "identity");
        if !response.status().is_success() || page || packed {
            return None;
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = tokio::time::timeout(limits.read, response.chunk()).await.ok()?.ok()? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() >= file.bytes {
                bytes.truncate(file.bytes);
                return file.head.then_some(bytes);
            }
        }
        Some(bytes)
    };
    tokio::time::timeout(limits.total, whole).await.ok().flatten()
}
