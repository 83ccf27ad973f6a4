//! Files beside a saved page, under made-up addresses: what is not there, or lies outside the
//! page's folder, the page does not get.

use crate::chromium::request::{Served, Supply};
use crate::limits;
use crate::page::Page;
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use url::Url;

/// The host of pages that are files. It is never asked for outside; browsers trust hosts of
/// this ending as they trust https.
const HOST: &str = "page.localhost";
/// Folders above the page that addresses may climb to; more are unlikely.
const CLIMB: usize = 16;
/// Stands in addresses for a folder above the page's.
const UP: &str = "_/";

/// A page's folder, and what it needs of its project.
#[derive(Clone, Debug)]
pub struct Folder {
    address: Url,
    /// Steps that an address can climb above the folder: it begins with so many and one [`UP`].
    climbs: usize,
    root: PathBuf,
    /// The topmost folder that files are given of; the page's own without a project.
    project: PathBuf,
    /// Files of other places, by address.
    mapped: HashMap<String, PathBuf>,
}

impl Folder {
    /// The folder of a file. `map` says which files stand for what the page calls by other
    /// names, as pairs of a reference in the page and a file. Of the folders above, up to
    /// `project`, the page gets what web pages are made of.
    ///
    /// # Errors
    /// The page's path cannot be an address.
    pub fn of(
        path: &Path,
        page: &Page,
        map: &[(String, PathBuf)],
        project: Option<&Path>,
    ) -> Result<Folder, String> {
        let root = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        // single-page applications look at their path: a start page should be at /
        let name = if name.eq_ignore_ascii_case("index.html") { String::new() } else { name };
        let up = |text: &str| text.matches("../").count();
        let attrs = page.dom.iter().flat_map(|el| page.dom.attrs(el).map(|(_, v)| up(v)));
        let climbs = map.iter().map(|(name, _)| up(name)).chain(attrs).max().unwrap_or(0).min(CLIMB);
        let prefix = if climbs > 0 { UP.repeat(climbs + 1) } else { String::new() };
        let mut address = Url::parse(&format!("http://{HOST}/{prefix}")).map_err(|e| e.to_string())?;
        address.path_segments_mut().map_err(|()| "no path".to_string())?.pop_if_empty().push(&name);
        let base = base(page, &address);
        let mapped = map
            .iter()
            .filter_map(|(name, file)| Some((plain(base.join(name.trim()).ok()?), file.clone())))
            .collect();
        let project = project.filter(|p| root.starts_with(p)).map_or_else(|| root.clone(), Path::to_path_buf);
        Ok(Folder { address, climbs, root, project, mapped })
    }

    /// The file of this folder or its project that an address stands for.
    fn path(&self, url: &Url) -> Option<PathBuf> {
        if url.host_str() != Some(HOST) {
            return None;
        }
        let mut inside = url.path().strip_prefix('/')?;
        let mut steps = 0;
        while let Some(rest) = inside.strip_prefix(UP).filter(|_| self.climbs > 0 && steps <= self.climbs) {
            (inside, steps) = (rest, steps + 1);
        }
        let inside = percent_decoded(inside)?;
        let inside = Path::new(&inside);
        let stays = inside.components().all(|c| matches!(c, Component::Normal(_)));
        if !stays || inside.as_os_str().is_empty() {
            return None;
        }
        let above = || self.root.ancestors().take_while(|a| a.starts_with(&self.project));
        let found = |folder: &Path| self.within(folder, inside);
        if steps > 0 {
            return above().nth(self.climbs + 1 - steps).and_then(found);
        }
        // "/style.css" is below the folder that the site is served from, which may be any here
        above().find_map(found)
    }

    /// A file below a folder: any of the page's own folder, of those above what pages are made of.
    fn within(&self, folder: &Path, inside: &Path) -> Option<PathBuf> {
        let found = folder.join(inside).canonicalize().ok()?;
        // a link may lead out
        let own = found.starts_with(&self.root);
        let hidden = || inside.components().any(|c| c.as_os_str().to_string_lossy().starts_with('.'));
        let shared = || found.starts_with(&self.project) && !media(&found).is_empty() && !hidden();
        ((folder == self.root && own) || (folder != self.root && shared())).then_some(found)
    }
}

impl Folder {
    /// The file that the map names for an address: as it is, by the other scheme, or without its
    /// query.
    fn mapped(&self, url: &Url) -> Option<&PathBuf> {
        let full = plain(url.clone());
        let (scheme, bare) = full.split_once("://")?;
        let other = format!("{}://{bare}", if scheme == "http" { "https" } else { "http" });
        let unasked = |u: &str| u.split('?').next().unwrap_or(u).to_string();
        let names = [unasked(&full), unasked(&other)];
        [&full, &other].into_iter().chain(&names).find_map(|name| self.mapped.get(name))
    }
}

impl Supply for Folder {
    fn address(&self) -> &Url {
        &self.address
    }

    fn get(&self, url: &Url) -> Option<Served> {
        let path = match self.mapped(url) {
            Some(path) => path.clone(),
            None => self.path(url)?,
        };
        let size = std::fs::metadata(&path).ok().filter(|m| m.is_file())?.len();
        if size > limits::PAGE_BYTES as u64 {
            return None;
        }
        let bytes = std::fs::read(&path).ok()?;
        Some(Served { bytes, media: media(&path) })
    }
}

/// What relative references of a page are joined to.
pub fn base(page: &Page, address: &Url) -> Url {
    let named = page.dom.iter().filter(|el| page.dom.name(*el) == "base");
    let href = named.filter_map(|el| page.dom.attr(el, "href")).next();
    href.and_then(|h| address.join(h.trim()).ok()).unwrap_or_else(|| address.clone())
}

fn plain(mut url: Url) -> String {
    url.set_fragment(None);
    url.to_string()
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(b) = rest.next() {
        if b != b'%' {
            bytes.push(b);
            continue;
        }
        let digit = |d: Option<u8>| d.and_then(|d| char::from(d).to_digit(16));
        let (high, low) = (digit(rest.next())?, digit(rest.next())?);
        bytes.push((high * 16 + low) as u8);
    }
    String::from_utf8(bytes).ok()
}

/// Media type of a file's name; browsers find out the rest from the bytes.
fn media(path: &Path) -> &'static str {
    let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "html" | "htm" => "text/html",
        "css" => "text/css",
        "js" | "mjs" | "cjs" => "text/javascript",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_folder_and_the_map_are_served() {
        let home = tempfile::tempdir().expect("a folder");
        let at = |name: &str| home.path().join(name);
        for (name, text) in
            [("secret.txt", "secret"), ("shop/a b.css", "p{}"), ("shop/js/x.js", "1"), ("map/0.css", "b{}")]
        {
            std::fs::create_dir_all(at(name).parent().expect("a parent")).expect("a folder");
            std::fs::write(at(name), text).expect("a file");
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(at("secret.txt"), at("shop/link.txt")).expect("a link");
        let page = Page::from_text("page.html", "<base href=sub/>");
        let map = [
            ("../../up.css".to_string(), at("map/0.css")),
            ("//cdn.example/c.css".to_string(), at("map/0.css")),
        ];
        let folder = Folder::of(&at("shop/page.html"), &page, &map, None).expect("a folder");
        assert_eq!(folder.address().as_str(), "http://page.localhost/_/_/_/page.html");
        let get = |reference: &str| {
            let url = folder.address().join(reference).expect("an address");
            folder.get(&url).map(|s| String::from_utf8(s.bytes).expect("text"))
        };
        assert_eq!(get("a%20b.css?v=1").as_deref(), Some("p{}"));
        assert_eq!(get("/js/x.js").as_deref(), Some("1"), "the folder stands for the site's root");
        assert_eq!(get("http://cdn.example/c.css").as_deref(), Some("b{}"), "mapped");
        assert_eq!(get("../up.css").as_deref(), Some("b{}"), "mapped, from the page's base");
        assert_eq!(get("../../up.css"), None);
        for reference in [
            "link.txt",
            "../secret.txt",
            "%2e%2e/secret.txt",
            "..%2fsecret.txt",
            "/etc/passwd",
            "/",
            "js",
            "http://cdn.example/js/x.js",
        ] {
            assert_eq!(get(reference), None, "{reference}");
        }
        let start = Folder::of(&at("shop/index.html"), &page, &[], None).expect("a folder");
        assert_eq!(start.address().as_str(), "http://page.localhost/");
    }

    #[test]
    fn of_the_project_a_page_gets_what_pages_are_made_of() {
        let home = tempfile::tempdir().expect("a folder");
        let root = home.path().canonicalize().expect("a path");
        let at = |name: &str| root.join(name);
        let files = ["out.css", "shop/css/s.css", "shop/.env.css", "shop/key.txt", "shop/items/a.css"];
        for name in files.iter().copied().chain(["shop/items/page.html", "shop/js/x.js"]) {
            std::fs::create_dir_all(at(name).parent().expect("a parent")).expect("a folder");
            std::fs::write(at(name), name).expect("a file");
        }
        let page = Page::from_text("page.html", "<link rel=stylesheet href='../css/s.css'>");
        let path = at("shop/items/page.html");
        let folder = Folder::of(&path, &page, &[], Some(&at("shop"))).expect("a folder");
        let get = |reference: &str| {
            let url = folder.address().join(reference).expect("an address");
            folder.get(&url).map(|s| String::from_utf8(s.bytes).expect("text")).unwrap_or_default()
        };
        assert_eq!(get("../css/s.css"), "shop/css/s.css");
        assert_eq!(get("/css/s.css"), "shop/css/s.css", "the project stands for the site's root");
        assert_eq!(get("a.css"), "shop/items/a.css");
        assert_eq!(get("/js/x.js"), "shop/js/x.js");
        for reference in ["../key.txt", "../.env.css", "../../out.css", "/out.css", "/../out.css", "../"] {
            assert_eq!(get(reference), "", "{reference}");
        }
        let alone = Folder::of(&path, &page, &[], None).expect("a folder");
        let url = alone.address().join("../css/s.css").expect("an address");
        assert_eq!(alone.get(&url), None);
    }
}
