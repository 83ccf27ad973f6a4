use super::*;
use crate::page::Page;

fn values(html: &str, path: &str) -> Vec<(String, String, Option<String>)> {
    let page = Page::from_text("t", html);
    let data = PageData::read(&page.dom, &page.text);
    let path = DataPath::parse(path).expect("good path");
    data.values(&path)
        .into_iter()
        .map(|v| (v.text.clone(), v.span.slice(&page.text).to_string(), v.currency))
        .collect()
}

#[test]
fn reads_json_ld_at_any_depth_with_its_place() {
    let html = r#"<script type="application/ld+json">{"@graph":[{"@type":["Thing","Product"],"offers":[{"@type":"Offer","price":149.50,"priceCurrency":"eur"}]}]}</script>"#;
    assert_eq!(
        values(html, "Product.offers.price"),
        vec![("149.50".to_string(), "149.50".to_string(), Some("EUR".to_string()))]
    );
    assert_eq!(values(html, "Offer.price").len(), 1);
    assert_eq!(values(html, "FAQPage").len(), 0);
    assert_eq!(values(html, "Product").len(), 1);
}

#[test]
fn reads_microdata_rdfa_and_meta_alike() {
    let micro = r#"<div itemscope itemtype="https://schema.org/Product"><p itemprop="offers" itemscope itemtype="http://schema.org/Offer"><meta itemprop="priceCurrency" content="USD"><b itemprop="price" content="9.90">$9.90</b></p></div>"#;
    assert_eq!(
        values(micro, "Product.offers.price"),
        vec![("9.90".into(), "9.90".into(), Some("USD".into()))]
    );
    let rdfa = r#"<div vocab="https://schema.org/" typeof="Product"><span property="name">Boot</span><p property="offers" typeof="Offer"><span property="price">12</span></p></div>"#;
    assert_eq!(values(rdfa, "Product.offers.price"), vec![("12".into(), "12".into(), None)]);
    assert_eq!(values(rdfa, "Product.name"), vec![("Boot".into(), "Boot".into(), None)]);
    let meta = r#"<meta property="product:price:amount" content="5">"#;
    assert_eq!(values(meta, "meta:product:price:amount"), vec![("5".into(), "5".into(), None)]);
}

#[test]
fn filters_pick_objects() {
    let html = r#"<script type="application/ld+json">{"@type":"Offer","priceSpecification":[{"priceType":"https://schema.org/ListPrice","price":"199"},{"price":"129"}]}</script>"#;
    let listed = values(html, "Offer.priceSpecification[priceType=ListPrice].price");
    assert_eq!(listed.iter().map(|v| v.0.as_str()).collect::<Vec<_>>(), ["199"]);
}

#[test]
fn a_broken_block_costs_no_other_its_values() {
    let html = "<script type=application/ld+json>{\"@type\":\"Product\",}</script><script type='application/ld+json'><!-- {\"@type\":\"Product\",\"name\":\"x\"} --></script>";
    let page = Page::from_text("t", html);
    let data = PageData::read(&page.dom, &page.text);
    assert_eq!(data.problems.len(), 1);
    assert_eq!(data.problems[0].0.slice(&page.text), "}");
    assert_eq!(data.count_type("Product"), 1);
}
