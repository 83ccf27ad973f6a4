//! What must hold for any input, one function a parser. The fuzzer calls these with what it
//! makes up, and `tests/fuzzing.rs` with bent versions of our own files.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use storelint::audit::RunReport;
use storelint::engine::{PageSettings, Plan, Settings, audit};
use storelint::pack::files::PackSource;
use storelint::pack::load::{Layer, load, load_layers};
use storelint::pack::model::TomlFile;
use storelint::pack::problem::render_all;
use storelint::page::Page;
use storelint::page::data::DataPath;
use storelint::page::decode::decode;
use storelint::report::html::Lang;
use storelint::report::{Format, Options, render};
use storelint::source::Loaded;

const FORMATS: [Format; 7] = [
    Format::Human,
    Format::Brief,
    Format::Json,
    Format::Sarif,
    Format::Github,
    Format::Markdown,
    Format::Html,
];

fn plan() -> &'static Plan {
    static PLAN: OnceLock<Plan> = OnceLock::new();
    PLAN.get_or_init(|| {
        let loaded = load(&[PackSource::GUIDES]).unwrap_or_else(|_| panic!("the built-in pack loads"));
        let settings = Settings { all_parts: true, ..Settings::default() };
        Plan::compile(&loaded, settings, &BTreeMap::new(), &BTreeMap::new(), |_| true)
            .unwrap_or_else(|why| panic!("{why}"))
    })
}

/// Nothing that a terminal or a log obeys.
fn is_harmless(text: &str) -> bool {
    text.chars().all(|c| {
        c == '\n' || (!c.is_control() && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
    })
}

/// Bytes of a page through all stages: spans lie in the text, reports are harmless.
pub fn page(bytes: &[u8]) {
    let loaded = Loaded { source: "fuzz.html".into(), bytes: bytes.to_vec(), charset: None, address: None };
    let Ok(page) = Page::load(&loaded) else { return };
    for kind in ["item", "home"] {
        let page_kind = Some((kind.to_string(), "fuzz".to_string()));
        let settings = PageSettings {
            page: page_kind,
            category: Some(("shoes".into(), "fuzz".into())),
            ..PageSettings::default()
        };
        let report = audit(&page, plan(), &settings);
        let inside = |start: u32, end: u32| page.text.get(start as usize..end as usize).is_some();
        for finding in report.verdicts.iter().flat_map(|v| &v.findings) {
            assert!(inside(finding.start, finding.end), "{finding:?}");
            assert!(finding.line > 0 && finding.column > 0, "{finding:?}");
            assert!(finding.rejected.iter().all(|r| inside(r.start, r.end)), "{finding:?}");
        }
        for part in &report.parts {
            assert!(inside(part.start, part.end), "{part:?}");
            assert!(part.evidence.iter().all(|e| inside(e.start, e.end)), "{part:?}");
        }
        let run = RunReport { pages: vec![report], ..RunReport::default() };
        for format in FORMATS {
            let text = render(&run, &[], format, Options { color: false, width: 80, lang: Lang::En });
            assert!(is_harmless(&text), "{format:?}");
        }
    }
}

/// Bytes of a page to boxes and a drawing, on both viewports: a box for every element, all of
/// them numbers, and a page that is not laid out says why.
#[cfg(feature = "picture")]
pub fn layout(bytes: &[u8]) {
    use storelint::layout::{Drawing, How, NoGeometry, built_in};
    let loaded = Loaded { source: "fuzz.html".into(), bytes: bytes.to_vec(), charset: None, address: None };
    let Ok(page) = Page::load(&loaded) else { return };
    let engine = built_in(How { draw: true, ..How::default() });
    let assets = storelint::assets::Assets::default();
    for measured in engine.measure_all(&page, &assets, &storelint::viewport::Viewport::builtin()) {
        let geometry = match measured {
            Ok(geometry) => geometry,
            Err(NoGeometry::Mismatch(why)) => panic!("the trees differ: {why}"),
            Err(why) => {
                assert!(!why.to_string().is_empty());
                continue;
            }
        };
        assert_eq!(geometry.boxes.len(), page.dom.len(), "a box for every element");
        assert!(geometry.height.is_finite() && geometry.height >= 0.0, "{}", geometry.height);
        for b in &geometry.boxes {
            let numbers = [b.rect, b.visible].map(|r| [r.x, r.y, r.width, r.height]);
            assert!(numbers.iter().flatten().all(|n| n.is_finite()) && b.font.is_finite(), "{b:?}");
            assert!(b.rect.width >= 0.0 && b.rect.height >= 0.0, "{b:?}");
        }
        if let Some(Ok(Drawing::Svg { body, .. })) = &geometry.drawing {
            let forbidden = ["<script", "<a ", "<image", "=\"http", "url(http"];
            assert!(!forbidden.iter().any(|f| body.contains(f)), "{body}");
        }
    }
}

/// Bytes and a charset to text: a page in UTF-8 stays as it is.
pub fn decoded(bytes: &[u8]) {
    for charset in [None, Some("gbk"), Some("utf-16le"), Some("no such")] {
        if let Ok(page) = decode(bytes, charset)
            && page.label == "utf-8"
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            assert_eq!(page.text, text);
        }
    }
}

/// JSON-LD: places lie in the text.
pub fn json_ld(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let html = format!("<script type=\"application/ld+json\">{text}</script>");
    let page = Page::from_text("fuzz.html", &html);
    let data = storelint::page::data::PageData::read(&page.dom, &page.text);
    for path in ["Product.offers.price", "Product", "Offer.priceSpecification[priceType=ListPrice].price"] {
        let path = DataPath::parse(path).unwrap_or_else(|(_, why)| panic!("{why}"));
        assert!(
            data.values(&path).iter().all(|v| html.get(v.span.start as usize..v.span.end as usize).is_some())
        );
    }
}

/// Any text as a path, a selector, an expression: an answer, and a place inside it.
pub fn words_of_rules(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = DataPath::parse(&text).map_err(|(at, _)| assert!(at <= text.len(), "{text:?}"));
    let _ =
        storelint::text::css::parse_selector(&text).map_err(|e| assert!(e.offset <= text.len(), "{text:?}"));
    if text.len() <= storelint::limits::PATTERN_BYTES {
        storelint::text::pattern::LazyPattern::new(&text).is_match("满300减30, 20% off");
    }
}

fn file(path: &str, text: &str) -> (String, Arc<TomlFile>) {
    (path.to_string(), Arc::new(TomlFile { path: path.to_string(), text: text.to_string().into() }))
}

/// Any text as a rule, as parts and as words: problems that can be shown, or a pack that
/// can be compiled.
pub fn pack(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for path in ["care/rule.toml", "parts/parts.toml", "words/words.toml", "pack.toml"] {
        let mut layer: Layer = vec![file("words/own.toml", "[words.care]\nen = [\"wash care\"]\n")];
        layer.push(file(
            "parts/own.toml",
            "[part.care]\nwords = \"care\"\nstrong = [\"heading\"]\nvalue = \"money\"\n",
        ));
        layer.push(file(path, &text));
        match load_layers(&[layer]) {
            Err(problems) => assert!(is_harmless(&render_all(&problems, false, 80))),
            Ok(loaded) => {
                let settings = Settings { all_parts: true, ..Settings::default() };
                let plan = Plan::compile(&loaded, settings, &BTreeMap::new(), &BTreeMap::new(), |_| true);
                if let Ok(plan) = plan {
                    let page = Page::from_text("p", "<h2 class=care>Wash care</h2><b class=price>$9</b>");
                    let item = Some(("item".to_string(), "fuzz".to_string()));
                    audit(&page, &plan, &PageSettings { page: item, ..PageSettings::default() });
                }
            }
        }
    }
}

/// Any text as storelint.toml.
pub fn config(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let file = Arc::new(TomlFile { path: "storelint.toml".into(), text: text.into_owned().into() });
    if let Err(problems) = storelint::config::read(&file, Path::new(".")) {
        assert!(is_harmless(&render_all(&problems, false, 80)));
    }
}
