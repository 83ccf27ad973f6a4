//! The fuzz targets on our own files, bent at random: a first look on every run for what
//! `just fuzz` looks for at length.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;
#[path = "../fuzz/src/targets.rs"]
mod targets;

use proptest::prelude::*;
use std::path::Path;
use std::sync::OnceLock;

/// Every file of ours with one of these endings below some folders.
fn seeds(folders: &[&str], endings: &[&str]) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = folders.iter().flat_map(|f| support::files(&root.join(f), endings));
    files.map(|f| std::fs::read(f).expect("readable")).collect()
}

/// Pieces that break parsers: ends, quotes, brackets, letters of several bytes and none.
const PIECES: [&[u8]; 20] = [
    b"<",
    b">",
    b"</",
    b"\"",
    b"'",
    b"=",
    b"[",
    b"]",
    b"{",
    b"}",
    b"\\",
    b"\0",
    b"\x1b[31m",
    b"\r\n",
    b"\xff\xfe",
    b"&#x0;",
    "尺码".as_bytes(),
    "\u{202e}".as_bytes(),
    b"-999999999999999999999",
    b"::error::",
];

/// A file with a few places cut out, doubled or filled with a piece.
fn bent(seeds: &'static [Vec<u8>]) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), 0usize..400, prop::sample::select(&PIECES[..]), 0u8..3);
    (prop::sample::select(seeds), prop::collection::vec(change, 1..6)).prop_map(|(mut bytes, changes)| {
        for (at, length, piece, how) in changes {
            let from = at.index(bytes.len() + 1);
            let to = (from + length).min(bytes.len());
            match how {
                0 => drop(bytes.splice(from..to, piece.iter().copied())),
                1 => drop(bytes.splice(from..from, piece.iter().copied())),
                _ => {
                    let again = bytes[from..to].to_vec();
                    drop(bytes.splice(to..to, again));
                }
            }
        }
        bytes
    })
}

fn pages() -> &'static [Vec<u8>] {
    static SEEDS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    SEEDS.get_or_init(|| seeds(&["fixtures"], &[".html"]))
}

/// Our pages, and styles that layout engines trip over.
#[cfg(feature = "picture")]
fn styled() -> &'static [Vec<u8>] {
    static SEEDS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    SEEDS.get_or_init(|| {
        let styles = [
            "*{display:grid;grid-template:repeat(40,1fr)/repeat(auto-fill,1px)}",
            ":root{--a:var(--b);--b:calc(1px*calc(2 + calc(3/1)))}p{width:var(--a);margin:-1e9px}",
            "td{display:flex;float:right;position:sticky;transform:scale(0) rotate(45deg)}",
            "div{columns:3;overflow:hidden;max-height:0;line-height:1e30;font-size:1e30px}",
            "a::before{content:'x' attr(href);position:fixed;inset:-10px;z-index:9}",
        ];
        let page = |css: &&str| {
            format!(
                "<!doctype html><style>{css}</style><div><table><tr><td>a<td><p>尺码<a href=x>b<div>c</table>\
                 <ul><a><li style='float:left'>d</a></ul><input><select><option>e</select><img width=9>\
                 <details><summary>f</summary>g</details><svg><path d='M0 0'></svg></div>"
            )
            .into_bytes()
        };
        styles.iter().map(page).chain(seeds(&["fixtures"], &[".html"])).collect()
    })
}

fn packs() -> &'static [Vec<u8>] {
    static SEEDS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    SEEDS.get_or_init(|| seeds(&["rules", "tests/language"], &[".toml"]))
}

fn configs() -> &'static [Vec<u8>] {
    static SEEDS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    SEEDS.get_or_init(|| {
        let docs =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/config.md")).expect("docs");
        docs.split("```").filter_map(|b| b.strip_prefix("toml\n")).map(|b| b.as_bytes().to_vec()).collect()
    })
}

fn data() -> &'static [Vec<u8>] {
    static SEEDS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    SEEDS.get_or_init(|| {
        let one = br#"{"@graph":[{"@type":["Product"],"offers":[{"price":"149","x":1.5e3,"y":null,"z":"\u00e9\ud83d\ude00"}]}]}"#;
        vec![one.to_vec(), b"<!-- {\"@type\":\"Product\",\"offers\":{\"price\":5,}} -->".to_vec()]
    })
}

fn words() -> &'static [Vec<u8>] {
    static SEEDS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    SEEDS.get_or_init(|| {
        let texts = [
            "Offer.priceSpecification[priceType=ListPrice].price",
            "nav:not(.a) > ul li:nth-child(2n+1) a[href^='/c' i]:has(img), #x ~ p",
            r"\b\d{1,3}(?:[ ,.]\d{3})* ?(?:元|€)",
        ];
        texts.iter().map(|t| t.as_bytes().to_vec()).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn pages_hold(bytes in bent(pages())) { targets::page(&bytes) }

    #[test]
    fn decoding_holds(bytes in bent(pages())) { targets::decoded(&bytes) }

    #[test]
    fn structured_data_holds(bytes in bent(data())) { targets::json_ld(&bytes) }

    #[test]
    fn words_of_rules_hold(bytes in bent(words())) { targets::words_of_rules(&bytes) }

    #[test]
    fn packs_hold(bytes in bent(packs())) { targets::pack(&bytes) }

    #[test]
    fn configs_hold(bytes in bent(configs())) { targets::config(&bytes) }
}

#[cfg(feature = "picture")]
proptest! {
    // laying out takes longer than all the rest of a page's way
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn layout_holds(bytes in bent(styled())) { targets::layout(&bytes) }
}
