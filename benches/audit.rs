//! What storelint costs, side by side with scraper's own parse: `cargo bench`.
#![allow(missing_docs, clippy::panic)]

mod generate;

use divan::{Bencher, black_box};
use std::collections::BTreeMap;
use storelint::engine::{PageSettings, Plan, Settings, audit};
use storelint::pack::files::PackSource;
use storelint::pack::load::{Loaded, load};
use storelint::page::Page;

// as the program
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Sizes of pages: about the lower quartile, the median and the largest of real ones.
const SIZES: [usize; 3] = [60_000, 300_000, 2_000_000];

fn main() {
    divan::main();
}

/// The families that came first: what the aim for the whole audit was set for.
const FIRST: [&str; 14] = [
    "first-screen/key-info",
    "first-screen/item-stands-alone",
    "first-screen/price",
    "navigation/category-modules",
    "navigation/category-nav",
    "description/section-order",
    "description/core-five",
    "sizing/size-chart",
    "sizing/fit-note",
    "promotion/visible",
    "promotion/item-promo",
    "promotion/bargain-visible",
    "price/visible",
    "price/consistent",
];

fn compile(loaded: &Loaded) -> Plan {
    compile_some(loaded, |_| true)
}

fn compile_some(loaded: &Loaded, chosen: impl Fn(&str) -> bool + Send) -> Plan {
    match Plan::compile(loaded, Settings::default(), &BTreeMap::new(), &BTreeMap::new(), chosen) {
        Ok(plan) => plan,
        Err(why) => panic!("{why}"),
    }
}

fn guides() -> Loaded {
    load(&[PackSource::GUIDES]).unwrap_or_else(|_| panic!("the built-in pack loads"))
}

/// The ruler: scraper alone. Freeing the tree is part of its cost, here as below.
#[divan::bench(args = SIZES)]
fn parse_scraper(bencher: Bencher, bytes: usize) {
    let text = generate::page(bytes);
    bencher.bench(|| drop(black_box(scraper::Html::parse_document(black_box(&text)))));
}

/// The same tree with the place of everything.
#[divan::bench(args = SIZES)]
fn parse_with_spans(bencher: Bencher, bytes: usize) {
    let text = generate::page(bytes);
    bencher.bench(|| drop(black_box(Page::from_text("page", black_box(&text)))));
}

/// Parse, recognise, judge with the built-in pack.
#[divan::bench(args = SIZES)]
fn whole_audit(bencher: Bencher, bytes: usize) {
    let text = generate::page(bytes);
    let plan = compile(&guides());
    bencher.bench(|| {
        drop(black_box(audit(&Page::from_text("page", black_box(&text)), &plan, &PageSettings::default())))
    });
}

/// The same with the fourteen rules of the first families.
#[divan::bench(args = SIZES)]
fn fourteen_rules(bencher: Bencher, bytes: usize) {
    let text = generate::page(bytes);
    let plan = compile_some(&guides(), |rule| FIRST.contains(&rule));
    bencher.bench(|| {
        drop(black_box(audit(&Page::from_text("page", black_box(&text)), &plan, &PageSettings::default())))
    });
}

/// The same page with packs of 10 to 5,000 rules, as many parts and word lists.
#[divan::bench(args = [10, 100, 1_000, 5_000])]
fn rules(bencher: Bencher, rules: usize) {
    let text = generate::page(300_000);
    let plan = compile(&generate::pack(rules));
    bencher.bench(|| {
        drop(black_box(audit(&Page::from_text("page", black_box(&text)), &plan, &PageSettings::default())))
    });
}

/// From the program's start to the first page: load, check and compile the built-in pack.
#[divan::bench]
fn start() -> Plan {
    compile(&guides())
}
