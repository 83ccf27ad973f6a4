//! Every limit with its reason. A limit that is hit is always reported, never
//! a silent cut. Sources: the reliability study, measured on 600 real pages
//! (largest page 3.9 MB, 80,131 nodes, depth 38).

use std::time::Duration;

/// Bytes of one page, counted after decompression (4 times the largest real page).
pub const PAGE_BYTES: usize = 16 * 1024 * 1024;
/// Open elements: html5ever's tree builder is quadratic in depth; browsers stop at 512 too.
pub const DEPTH: usize = 512;
/// Nodes of one page: 82 KB of formatting tags can ask for 16 million.
pub const NODES: usize = 1_000_000;
/// Attributes of one tag: the duplicate check is quadratic.
pub const ATTRIBUTES: usize = 1_024;
/// Time for parsing one page: a page of [`PAGE_BYTES`] takes half a second.
pub const PARSE_TIME: Duration = Duration::from_secs(3);
/// Time for everything about one page.
pub const PAGE_TIME: Duration = Duration::from_secs(10);
/// Stack of a thread that audits pages: the standard 2 MiB leave recursive libraries little.
pub const THREAD_STACK: usize = 16 * 1024 * 1024;
/// Time to connect to a server.
pub const CONNECT_TIME: Duration = Duration::from_secs(10);
/// Time without a byte from a server.
pub const READ_TIME: Duration = Duration::from_secs(15);
/// Time for one fetch, redirects included.
pub const FETCH_TIME: Duration = Duration::from_secs(30);
/// Redirects followed for one URL.
pub const REDIRECTS: usize = 5;
/// Response headers accepted (real shops send more than hyper's 100).
pub const HEADERS: usize = 256;
/// Time for a browser to answer its first question: a cold start takes about a second, a
/// loaded machine ten times that.
pub const BROWSER_START: Duration = Duration::from_secs(30);
/// Time for one answer of the browser: a snapshot of the largest real page takes half a second.
pub const BROWSER_CALL: Duration = Duration::from_secs(15);
/// Time for a page's scripts to come to rest: what a shopper waits for at most.
pub const BROWSER_SETTLE: Duration = Duration::from_secs(10);
/// Time for everything that a browser does for one page, all viewports taken together.
pub const BROWSER_PAGE: Duration = Duration::from_secs(45);
/// Time without a change of the page or a request that counts as rest.
pub const BROWSER_QUIET: Duration = Duration::from_millis(500);
/// Age at which an unanswered request is no longer waited for: long polls never end.
pub const BROWSER_STALE: Duration = Duration::from_secs(4);
/// Bytes of one answer of the browser: a snapshot is about ten times its page.
pub const BROWSER_MESSAGE: usize = 256 * 1024 * 1024;
/// Pages open at once in one browser: each costs about 100 MB.
pub const BROWSER_TABS: usize = 4;
/// Browsers started in one run, where pages make them end.
pub const BROWSER_STARTS: usize = 4;
/// Megabytes of memory that the scripts of one page may fill.
pub const BROWSER_HEAP: usize = 1024;
/// Connections at once through the guard between browser and web.
pub const BROWSER_CONNECTIONS: usize = 256;
/// Requests of one page that are answered; real pages ask for a few hundred.
pub const BROWSER_REQUESTS: usize = 5_000;
/// Bytes of one table of a corpus; a thousand labelled pages have a few.
pub const CORPUS_BYTES: usize = 64 * 1024 * 1024;
/// Bytes of one rule, words, parts or config file.
pub const TOML_BYTES: usize = 1024 * 1024;
/// Hits of one part on a page; 222 saved pages have 3,742 at most. Beyond it the page counts as
/// not read whole: what is found costs memory, in the report too.
pub const THINGS: usize = 20_000;

/// Rules in one run.
pub const RULES: usize = 10_000;
/// Layers that `extends` may stack.
pub const EXTENDS_DEPTH: usize = 8;
/// Bytes of one regular expression.
pub const PATTERN_BYTES: usize = 1024;
/// Compiled size of one regular expression, in bytes.
pub const PATTERN_COMPILED: usize = 128 * 1024;
/// Nesting inside one regular expression.
pub const PATTERN_NEST: u32 = 50;
/// Bytes of text that one regular expression is run over.
pub const PATTERN_HAYSTACK: usize = 64 * 1024;
/// Bytes of one CSS selector.
pub const SELECTOR_BYTES: usize = 1024;
/// Characters of one glob, and braces in it: globset overflows the stack on nested braces.
pub const GLOB_CHARS: usize = 256;
/// Braces in one glob.
pub const GLOB_BRACES: usize = 8;
/// Bytes of one JSON-LD block.
pub const JSON_LD_BYTES: usize = 1024 * 1024;
/// JSON-LD blocks of one page.
pub const JSON_LD_BLOCKS: usize = 200;
/// Findings of one rule on one page; the rest is counted.
pub const FINDINGS_PER_RULE: usize = 100;
/// Characters of page text shown in one place of a report.
pub const SHOWN_CHARS: usize = 200;
/// Columns of source shown around a finding.
pub const SNIPPET_COLUMNS: usize = 160;
/// Bytes of `noscript` parsed on one page: the largest real page has 60 KB.
pub const NOSCRIPT_BYTES: usize = 1024 * 1024;
/// Stack of the thread that lays pages out: the engine is recursive; 64 MiB stand 20,000
/// levels, and pages have at most [`DEPTH`].
pub const LAYOUT_STACK: usize = 64 * 1024 * 1024;
/// Time for laying out one page on all its viewports; the slowest of 2,052 real pages took 2.8 s.
pub const LAYOUT_TIME: Duration = Duration::from_secs(5);
/// Layouts that did not end in time and are still running; a thread cannot be stopped from
/// outside, so with this many no more are begun.
pub const LAYOUT_ABANDONED: usize = 4;
/// Elements of a page that is laid out: above it the engine needs more than a gigabyte.
pub const LAYOUT_ELEMENTS: usize = 150_000;
/// Animations that one declaration names on a page that is laid out; real ones name five. 5,000 on
/// 200 elements took 2.5 GB.
pub const ANIMATIONS: usize = 32;
/// Steps of one animation, and values of a custom property that may be a list of animations.
pub const KEYFRAMES: usize = 500;
/// Stylesheets of one page, imported ones counted.
pub const SHEETS: usize = 200;
/// Bytes of one stylesheet (largest real one: 2.4 MB).
pub const SHEET_BYTES: usize = 4 * 1024 * 1024;
/// Bytes of all stylesheets of one page.
pub const SHEETS_BYTES: usize = 16 * 1024 * 1024;
/// Levels of `@import`.
pub const IMPORT_DEPTH: usize = 8;
/// Bytes of one web font (largest on real pages: a Chinese one of 5 MB).
pub const FONT_BYTES: usize = 8 * 1024 * 1024;
/// Web fonts of one page.
pub const FONTS: usize = 32;
/// Bytes of all web fonts of one page.
pub const FONTS_BYTES: usize = 24 * 1024 * 1024;
/// Bytes read of a picture: its size stands in the first of them.
pub const PICTURE_HEAD_BYTES: usize = 64 * 1024;
/// Pictures whose files are looked at on one page.
pub const PICTURES: usize = 500;
/// Bytes of a map of assets.
pub const ASSET_MAP_BYTES: usize = 4 * 1024 * 1024;
/// Height shown of a page in a picture, in CSS pixels: four screens; whole pages are up to
/// 60,000 pixels high.
pub const PICTURE_HEIGHT: u32 = 4_000;
/// Bytes of one drawing: the largest of 222 real pages has 1.6 MB, a page of 40,000 shadowed
/// boxes 19 MB.
pub const DRAWING_BYTES: usize = 2 * 1024 * 1024;
/// Letters of one drawing.
pub const DRAWING_GLYPHS: usize = 60_000;
/// Shapes of one drawing: browsers draw tens of thousands slowly.
pub const DRAWING_SHAPES: usize = 20_000;
/// Bytes of all drawings of one report with their marks: some 60 pages; browsers take seconds to open more.
pub const REPORT_DRAWINGS_BYTES: usize = 12 * 1024 * 1024;
/// Parts marked in one picture.
pub const PICTURE_PARTS: usize = 400;
/// Time for fetching everything that one page's look needs.
pub const ASSETS_TIME: Duration = Duration::from_secs(15);
/// Pictures of one page that are fetched to learn their size: the first screens have fewer.
pub const FETCHED_PICTURES: usize = 40;
