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
/// Bytes of one rule, words, parts or config file.
pub const TOML_BYTES: usize = 1024 * 1024;
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
