//! Assets of a page that came from the web, from the web.

use crate::assets::files::most;
use crate::assets::source::{Kind, Source, Want};
use crate::fetch::{FileFetcher, Limits, Wanted};
use crate::limits;
use std::time::Instant;
use url::Url;

/// The web, for one page and a limited time. Nothing is asked for before it is wanted.
#[derive(Debug)]
pub struct Network {
    page: Url,
    limits: Limits,
    fetcher: Option<FileFetcher>,
    /// Pictures that may still be looked at.
    pictures: usize,
}

impl Network {
    /// For a page of that address.
    pub fn new(page: &Url, limits: Limits) -> Network {
        Network { page: page.clone(), limits, fetcher: None, pictures: limits::FETCHED_PICTURES }
    }
}

impl Source for Network {
    fn load(&mut self, wants: &[Want]) -> Vec<Option<Vec<u8>>> {
        if wants.is_empty() {
            return Vec::new();
        }
        if self.fetcher.is_none() {
            let deadline = Instant::now() + self.limits.total.min(limits::ASSETS_TIME);
            self.fetcher = FileFetcher::new(&self.page, self.limits, deadline);
        }
        let Some(fetcher) = &self.fetcher else { return wants.iter().map(|_| None).collect() };
        let mut left = self.pictures;
        let mut asked = Vec::new();
        for (i, want) in wants.iter().enumerate() {
            let head = want.kind == Kind::Picture;
            if head && (left == 0 || want.spare) {
                continue;
            }
            left -= usize::from(head);
            asked.push((i, Wanted { url: want.url.clone(), bytes: most(want.kind), head }));
        }
        self.pictures = left;
        let files: Vec<Wanted> = asked.iter().map(|(_, w)| w.clone()).collect();
        let mut results: Vec<Option<Vec<u8>>> = wants.iter().map(|_| None).collect();
        for ((i, _), bytes) in asked.iter().zip(fetcher.fetch(&files)) {
            if let Some(place) = results.get_mut(*i) {
                *place = bytes;
            }
        }
        results
    }
}
