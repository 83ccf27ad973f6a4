//! Pages that are no shop's front or item: they are recognised as what they are, or as nothing,
//! and no rule about items or front pages fails on them. On an empty shell nothing fails.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::OnceLock;
use storelint::audit::PageReport;
use storelint::engine::{PageSettings, Plan, Settings, audit};
use storelint::finding::{Need, Verdict};
use storelint::pack::files::PackSource;
use storelint::pack::load::load;
use storelint::page::Page;

fn plan() -> &'static Plan {
    static PLAN: OnceLock<Plan> = OnceLock::new();
    PLAN.get_or_init(|| {
        let loaded = load(&[PackSource::GUIDES, PackSource::Builtin("structured")]).expect("the packs load");
        Plan::compile(&loaded, Settings::default(), &BTreeMap::new(), &BTreeMap::new(), |_| true)
            .expect("it compiles")
    })
}

fn report(html: &str) -> PageReport {
    audit(&Page::from_text("page", html), plan(), &PageSettings::default())
}

/// Ids of rules about items, lists or front pages that fail; one that is about help pages, too,
/// may speak on those.
fn failed(report: &PageReport) -> Vec<&str> {
    let help =
        |pages: &[String]| report.page.value.as_deref() == Some("help") && pages.iter().any(|p| p == "help");
    let asks = |pages: &[String]| !pages.is_empty() && !help(pages);
    let about = |id: &str| plan().rules.iter().any(|p| p.rule.id == id && asks(&p.rule.when.page));
    let fails = report.verdicts.iter().filter(|v| v.verdict == Verdict::Fail);
    fails.map(|v| v.rule.as_str()).filter(|id| about(id)).collect()
}

const PAGES: [(&str, &[&str], &str); 10] = [
    (
        "A journal that sells between the lines",
        &["topic", "unknown"],
        r##"<!doctype html><html lang=en><title>How to style linen this summer - Acme Journal</title><meta property="og:type" content="article"><body><header><a href="/">Acme</a><nav><a href="/c/dresses">Dresses</a><a href="/c/shoes">Shoes</a></nav></header><main><article><h1>How to style linen this summer</h1><p>By Jane, 3 June 2026</p><p>Linen is the fabric of the season. Our linen dress ($79) is light and washes well at 30 degrees.</p><img src=1.jpg alt="linen dress"><p>Wear it with sandals.</p><a href="/p/1">Shop the linen dress</a></article><section><h2>Related articles</h2><a href="/blog/2">Cotton care</a><a href="/blog/3">Wool care</a></section></main></body></html>"##,
    ),
    (
        "A cart",
        &["cart"],
        r##"<!doctype html><html lang=en><title>Your cart - Acme</title><body><header><a href="/">Acme</a><nav><a href="/c/dresses">Dresses</a><a href="/c/shoes">Shoes</a><a href="/c/bags">Bags</a></nav><form action="/search"><input name=q></form></header><main><h1>Shopping cart</h1><table><tr><th>Product</th><th>Price</th><th>Quantity</th><th>Total</th></tr><tr><td><a href="/p/1"><img src=a.jpg alt="Linen dress"></a><a href="/p/1">Linen dress</a> Size: M</td><td>$79.00</td><td><input type=number value=1><button>Remove</button></td><td>$79.00</td></tr></table><p>Subtotal: $79.00</p><p>Shipping calculated at checkout</p><a href="/checkout">Checkout</a></main><footer><a href="/returns">Returns</a></footer></body></html>"##,
    ),
    (
        "购物车",
        &["cart"],
        r##"<!doctype html><html lang=zh><title>购物车</title><body><div class=header><a href=/>某店</a></div><h1>我的购物车</h1><table><tr><th>商品信息</th><th>单价</th><th>数量</th><th>金额</th><th>操作</th></tr><tr><td><img src=a.jpg alt=连衣裙>连衣裙 颜色：红 尺码：M</td><td>￥129.00</td><td><input value=1></td><td>￥129.00</td><td><a href=#>删除</a></td></tr></table><div>合计：￥129.00 <a class=btn href=/pay>结算</a></div></body></html>"##,
    ),
    (
        "A checkout",
        &["cart", "unknown"],
        r##"<!doctype html><html lang=en><title>Checkout - Acme</title><body><main><h1>Checkout</h1><form><label>Email <input type=email></label><label>Address <input></label><label>Card number <input></label><button>Pay now</button></form><aside><h2>Order summary</h2><p>Linen dress - M $79.00</p><p>Shipping $5.00</p><p>Total $84.00</p></aside></main></body></html>"##,
    ),
    (
        "An error page",
        &["other", "unknown"],
        r##"<!doctype html><html lang=en><title>404 Not Found</title><body><header><a href="/">Acme</a><nav><a href="/c/dresses">Dresses</a><a href="/c/shoes">Shoes</a></nav></header><main><h1>Page not found</h1><p>We can't find the page you are looking for.</p><a href="/">Continue shopping</a></main></body></html>"##,
    ),
    (
        "Help, with a size chart",
        &["help", "unknown"],
        r##"<!doctype html><html lang=en><title>Help - Returns and exchanges | Acme</title><body><header><a href="/">Acme</a><nav><a href="/c/dresses">Dresses</a><a href="/c/shoes">Shoes</a></nav></header><main><h1>Returns &amp; exchanges</h1><p>You may return any item within 30 days of delivery for a full refund. Size chart is on each product page.</p><h2>How do I return an item?</h2><p>Log in to your account, choose the order, and print the label. Return shipping costs $5.00.</p><h2>Size guide</h2><table><tr><th>Size</th><th>Bust</th><th>Waist</th></tr><tr><td>S</td><td>84</td><td>66</td></tr><tr><td>M</td><td>88</td><td>70</td></tr></table></main></body></html>"##,
    ),
    (
        "登录",
        &["other", "unknown"],
        r##"<!doctype html><html lang=zh><title>登录</title><body><h1>登录</h1><form><input placeholder="手机号"><input type=password placeholder="密码"><button>登录</button></form><a href="/reg">免费注册</a></body></html>"##,
    ),
    (
        "A mail about an order",
        &["unknown"],
        r##"<!doctype html><html><head><title>Your order has shipped</title></head><body><table width=600 align=center><tr><td><img src="logo.png" alt="Acme"></td></tr><tr><td><h1>Your order #1234 has shipped</h1><p>Hi Jane, your Linen dress (size M) $79.00 is on its way.</p></td></tr><tr><td><a href="https://x.example/track">Track your parcel</a></td></tr><tr><td>Unsubscribe | View in browser</td></tr></table></body></html>"##,
    ),
    (
        "A search that found nothing",
        &["listing", "unknown"],
        r##"<!doctype html><html lang=en><title>Search - Acme</title><body><header><a href="/">Acme</a><form action="/search"><input name=q value=xqz></form></header><main><h1>No results for “xqz”</h1><p>Try another word.</p></main></body></html>"##,
    ),
    (
        "A search",
        &["listing", "unknown"],
        r##"<!doctype html><html lang=en><title>Search results for "dress" - Acme</title><body><header><a href="/">Acme</a><form action="/search"><input name=q value=dress></form></header><main><h1>Search results: 3 results for “dress”</h1><ul><li><a href="/p/1"><img src=1.jpg alt="Linen dress"><h3>Linen dress</h3><span class=price>$79</span></a></li><li><a href="/p/2"><img src=2.jpg alt="Wool dress"><h3>Wool dress</h3><span class=price>$99</span></a></li><li><a href="/p/3"><img src=3.jpg alt="Silk dress"><h3>Silk dress</h3><span class=price>$129</span></a></li></ul></main></body></html>"##,
    ),
];

#[test]
fn no_rule_about_items_or_front_pages_fails() {
    for (name, kinds, html) in PAGES {
        let report = report(html);
        let kind = report.page.value.as_deref().unwrap_or("unknown");
        assert!(kinds.contains(&kind), "{name}: {kind}, {}", report.page.reason);
        assert_eq!(failed(&report), Vec::<&str>::new(), "{name}");
    }
}

#[test]
fn nothing_fails_on_an_empty_shell() {
    let shells = [
        r##"<!doctype html><html lang=en><title>Acme Store</title><script src="/static/js/main.js" defer></script><body><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div></body></html>"##,
        r##"<!doctype html><html lang=zh><title>连衣裙-商品详情</title><body><div id=app></div><script>window.__INITIAL_STATE__={"item":{"title":"连衣裙","price":"129.00"}}</script><script src=/app.js></script></body></html>"##,
    ];
    for html in shells {
        for kind in [None, Some("item"), Some("home")] {
            let page = kind.map(|k| (k.to_string(), "test".to_string()));
            let category = kind.map(|_| ("apparel".to_string(), "test".to_string()));
            let settings = PageSettings { page, category, ..PageSettings::default() };
            let report = audit(&Page::from_text("page", html), plan(), &settings);
            assert!(report.shell);
            let mut unsure = 0;
            for v in &report.verdicts {
                assert_ne!(v.verdict, Verdict::Fail, "{}", v.rule);
                if v.verdict == Verdict::Unsure {
                    assert!(v.needs.contains(&Need::Render), "{}: {:?}", v.rule, v.needs);
                    unsure += 1;
                }
            }
            assert!(unsure > 5, "{kind:?}: only {unsure} rules are unsure");
        }
    }
}

/// A page of one part a hundred thousand times is judged by the first of them, and says so.
#[test]
fn a_page_of_too_many_things_is_not_judged_as_whole() {
    let many = |n: usize| {
        let prices: String = (0..n).map(|i| format!("<p class=price>${i}.00</p>")).collect();
        let html =
            format!("<!doctype html><html lang=en><title>Tea</title><main><h1>Tea</h1>{prices}</main>");
        let page = Some(("item".to_string(), "test".to_string()));
        audit(&Page::from_text("page", &html), plan(), &PageSettings { page, ..PageSettings::default() })
    };
    let whole = many(200);
    assert_eq!(whole.partial, Vec::<String>::new());
    let cut = many(100_000);
    assert!(cut.partial.iter().any(|p| p.contains("20000 things of one part")), "{:?}", cut.partial);
    assert!(cut.verdicts.iter().any(|v| v.needs.contains(&Need::Limit)), "what is missing may be there");
}
