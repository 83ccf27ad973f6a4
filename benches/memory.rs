//! What a page holds in memory, beside scraper's own tree: `cargo bench --bench memory`,
//! the rows "max alloc".
#![allow(missing_docs, clippy::panic)]

mod generate;

use divan::{AllocProfiler, Bencher, black_box};
use std::collections::BTreeMap;
use storelint::engine::{PageSettings, Plan, Settings, audit};
use storelint::pack::files::PackSource;
use storelint::pack::load::load;
use storelint::page::Page;

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

const SIZES: [usize; 3] = [60_000, 300_000, 2_000_000];

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn parse_scraper(bencher: Bencher, bytes: usize) {
    let text = generate::page(bytes);
    bencher.bench(|| scraper::Html::parse_document(black_box(&text)));
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn parse_with_spans(bencher: Bencher, bytes: usize) {
    let text = generate::page(bytes);
    bencher.bench(|| Page::from_text("page", black_box(&text)));
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn whole_audit(bencher: Bencher, bytes: usize) {
    let text = generate::page(bytes);
    let loaded = load(&[PackSource::GUIDES]).unwrap_or_else(|_| panic!("the built-in pack loads"));
    let plan = Plan::compile(&loaded, Settings::default(), &BTreeMap::new(), &BTreeMap::new(), |_| true);
    let plan = plan.unwrap_or_else(|why| panic!("{why}"));
    bencher.bench(|| audit(&Page::from_text("page", black_box(&text)), &plan, &PageSettings::default()));
}
