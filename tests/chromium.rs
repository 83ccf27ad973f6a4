//! Pages in a real Chromium. Without one these tests are skipped, but never in CI.
#![cfg(all(feature = "chromium", unix))]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use storelint::chromium::place;
use storelint::finding::Span;
use storelint::layout::{Position, Unseen};
use support::chromium::{boxed, browser, by_id, measure, render, sides};
use support::run::folder;

#[test]
fn a_page_that_scripts_build() {
    let Some(browser) = browser() else { return };
    let html = r#"<!DOCTYPE html><html><head><title>Tea</title><style>body{margin:0}h1{margin:0;font-size:30px}
        #buy{position:fixed;bottom:0;background:#00ff00;width:100px;height:40px;border:2px solid red}
        @media(max-width:600px){#wide{display:none}}</style><script src="shop.js" defer></script></head>
        <body><main id="app"><p id="wait">Loading</p></main><footer id="foot" class="a">Contact</footer></body></html>"#;
    let script = r#"const app = document.getElementById('app'); app.innerHTML = '';
        const h = document.createElement('h1'); h.id = 'name'; h.textContent = 'Green tea & <more>'; app.append(h);
        setTimeout(() => { app.insertAdjacentHTML('beforeend', '<p id=price>$9</p><button id=buy>Buy</button><img id=pic src=none.png><p id=wide>wide</p>'); }, 300);
        document.getElementById('foot').className = 'a b';"#;
    let folder = folder(&[("page.html", html.as_bytes()), ("shop.js", script.as_bytes())]);
    // a loaded machine may need more than the time given to come to rest
    let taken = (0..3).map(|_| render(&browser, folder.path(), html).expect("rendered"));
    let mut taken = taken.skip_while(|r| r.notes.iter().any(|n| n.contains("came to rest")));
    let rendered = taken.next().expect("it comes to rest in one of three goes");
    let (page, geometry) = (&rendered.page, &rendered.geometry);
    assert_eq!(rendered.notes, Vec::<String>::new());
    assert_eq!(page.dom.own_text(by_id(page, "name")), "Green tea & <more>");
    assert_eq!(geometry[0].boxes.len(), page.dom.len());
    let name = boxed(page, geometry, 0, "name");
    assert_eq!((sides(&name)[0], sides(&name)[1], sides(&name)[2], name.font), (0, 0, 1440, 30.0));
    let buy = boxed(page, geometry, 0, "buy");
    assert_eq!(sides(&buy), [0, 860, 100, 40], "buttons count their borders in");
    assert_eq!(
        (buy.position, buy.background, buy.border),
        (Position::Fixed, [0, 255, 0, 255], [255, 0, 0, 255])
    );
    assert_eq!(sides(&boxed(page, geometry, 0, "pic"))[2..], [600, 400], "the stated default");
    assert_eq!(boxed(page, geometry, 0, "wide").unseen, None);
    // a phone: no viewport is declared, so the page is laid out wide and shrunk; its type stays
    // what the stylesheet says
    assert_eq!(boxed(page, geometry, 1, "name").font, 30.0);
    assert_eq!(sides(&boxed(page, geometry, 1, "name"))[2], 390);
    assert_eq!((geometry[0].missing.pictures, geometry[0].missing.pictures_asked), (1, 1));
    // origins: what the source holds is known, what the script made is not
    let origin = |id: &str| rendered.origins[by_id(page, id).0 as usize];
    let original = storelint::page::Page::from_text("page.html", html);
    for id in ["app", "foot"] {
        assert_eq!(origin(id), Some(by_id(&original, id)));
    }
    assert_eq!((origin("name"), origin("price"), origin("buy")), (None, None, None));
    let at = |page: &storelint::page::Page, what: &str| {
        let start = page.text.find(what).expect("there") as u32;
        Span::new(start, start + what.len() as u32)
    };
    let placed = |what: &str| place(&original, &rendered.page, &rendered.origins, at(page, what));
    assert_eq!(placed("Contact"), Some(at(&original, "Contact")));
    assert_eq!(placed("id=\"foot"), Some(at(&original, "id=\"foot")));
    assert_eq!(
        placed("class=\"a b"),
        Some(at(&original, "<footer id=\"foot\" class=\"a\">")),
        "it was changed"
    );
    assert_eq!(placed("$9"), None);
}

#[test]
fn why_things_are_not_seen() {
    let Some(browser) = browser() else { return };
    let html = r#"<!DOCTYPE html><html><head><meta name=viewport content="width=device-width"><style>
        body{margin:0;overflow-x:hidden} .cut{overflow:hidden;height:20px;width:50px} .low{margin-top:40px}
        </style></head><body>
        <p id=hidden hidden>a</p><p id=none style="display:none"><b id=below>a</b></p><p id=vis style="visibility:hidden">a</p>
        <div style="opacity:.2"><p id=faint style="opacity:.2">a</p><p id=dim>a</p></div>
        <details id=det><summary id=sum>s</summary><p id=closed>a</p></details><dialog id=dia>a</dialog>
        <div id=zero style="height:0"><b id=out>seen</b></div><a id=empty></a>
        <div class=cut><p id=clipped class=low>a</p><p id=free class=low style="position:absolute">a</p></div>
        <p id=left style="position:absolute;left:-999px">a</p><p id=right style="position:absolute;left:1500px;width:100px">a</p>
        <p id=sr style="position:absolute;clip:rect(0,0,0,0);width:20px;height:20px">a</p>
        <div id=contents style="display:contents"><i id=inner>text</i></div>
        <p id=moved style="transform:translate(100px,200px);position:absolute;top:0;left:0;width:10px;height:10px;margin:0">a</p>
        <select id=sel><option id=opt>S</select><p id=far style="margin-top:3000px">far</p><script id=never>var a</script>
        </body></html>"#;
    let folder = folder(&[]);
    let (page, geometry) = measure(&browser, folder.path(), html).expect("measured");
    for viewport in 0..2 {
        let why = |id: &str| boxed(&page, &geometry, viewport, id).unseen;
        assert_eq!(why("hidden"), Some(Unseen::Attribute));
        assert_eq!((why("none"), why("below")), (Some(Unseen::Display), Some(Unseen::Display)));
        assert_eq!(why("vis"), Some(Unseen::Visibility));
        assert_eq!((why("faint"), why("dim")), (Some(Unseen::Opacity), None));
        assert_eq!(
            (why("det"), why("sum"), why("closed"), why("dia")),
            (None, None, Some(Unseen::Closed), Some(Unseen::Closed))
        );
        assert_eq!((why("zero"), why("out"), why("empty")), (None, None, Some(Unseen::Empty)));
        assert_eq!((why("clipped"), why("free")), (Some(Unseen::Clipped), None), "absolute boxes escape");
        assert_eq!((why("left"), why("right")), (Some(Unseen::OffScreen), Some(Unseen::OffScreen)));
        assert_eq!(
            (why("sr"), why("contents"), why("never")),
            (Some(Unseen::Clipped), None, Some(Unseen::Never))
        );
        assert_eq!((why("sel"), why("opt"), why("far")), (None, None, None));
        assert_eq!(
            sides(&boxed(&page, &geometry, viewport, "moved")),
            [100, 200, 10, 10],
            "transforms are applied"
        );
        let inner = boxed(&page, &geometry, viewport, "inner");
        assert_eq!(boxed(&page, &geometry, viewport, "contents").rect, inner.rect);
        assert!(geometry[viewport].height > 3000.0);
    }
    assert_eq!(sides(&boxed(&page, &geometry, 1, "far"))[2], 390, "the phone's own width");
}

#[test]
fn a_page_that_hides_itself_for_a_while() {
    let Some(browser) = browser() else { return };
    let html = "<style>.wait { opacity: 0 !important }</style><body class=wait><p id=a>text</p>\
        <script>setTimeout(() => { document.body.className = '' }, 1800)</script>";
    let folder = folder(&[]);
    let rendered = render(&browser, folder.path(), html).expect("rendered");
    assert_eq!(boxed(&rendered.page, &rendered.geometry, 0, "a").unseen, None);
    let html = html.replace("1800", "60000");
    let rendered = render(&browser, folder.path(), &html).expect("rendered");
    assert_eq!(boxed(&rendered.page, &rendered.geometry, 0, "a").unseen, Some(Unseen::Opacity));
    assert_eq!(rendered.page.partial, ["Chromium: nothing of it is seen"]);
}

#[test]
fn what_html_text_cannot_hold_comes_through() {
    let Some(browser) = browser() else { return };
    // trees that no parser makes: blocks in paragraphs, rows without a table, links in links
    let html = "<div id=app></div><script>
        const make = (name, id, ...inside) => {
            const e = document.createElement(name); e.id = id; e.append(...inside); return e };
        app.append(
            make('p', 'p1', 'before', make('div', 'd1', 'block'), make('span', 's1', 'after')),
            make('tr', 'r1', make('td', 'c1', 'cell')),
            make('a', 'a1', 'outer', make('a', 'a2', 'inner')),
            make('button', 'b1', make('button', 'b2', 'inner')),
            make('pre', 'pre1', '\\nline'), make('textarea', 't1', '</textarea><b>no</b>'),
            make('script', 'x1', 'var s = \"<!-- <script> </script>\"'), make('br', 'br1', 'in a br'),
            make('plaintext', 'pt', make('i', 'i1', 'swallowed?')), document.createComment('a -- b --> c'));
        const host = make('shop-card', 'host', make('em', 'slotted', 'light'));
        app.append(host);
        host.attachShadow({mode: 'open'}).innerHTML = '<b id=shade>shadow <slot></slot></b>';
        app.append(make('p', 'last', 'the <end> & \"so\" on'));
        </script>";
    let folder = folder(&[]);
    let rendered = render(&browser, folder.path(), html).expect("rendered");
    let (page, geometry) = (&rendered.page, &rendered.geometry);
    for id in ["p1", "d1", "s1", "a1", "a2", "b1", "b2", "i1", "host", "shade", "slotted", "last"] {
        let boxed = boxed(page, geometry, 0, id);
        assert!(boxed.unseen.is_none() && boxed.rect.area() > 0.0, "{id}: {boxed:?}");
    }
    let text =
        |id: &str| page.dom.texts(by_id(page, id)).iter().map(|t| page.dom.text_of(t)).collect::<String>();
    assert_eq!((text("t1").as_str(), text("pre1").as_str()), ("</textarea><b>no</b>", "\nline"));
    assert_eq!(text("last"), "the <end> & \"so\" on");
    assert_eq!(text("host"), "shadow light", "shadow trees are opened, children stand in their slots");
    let below = |a: &str, b: &str| boxed(page, geometry, 0, a).rect.y < boxed(page, geometry, 0, b).rect.y;
    assert!(below("p1", "host") && below("host", "last"));
    assert_eq!(
        page.text.matches("<p ").count(),
        page.dom.iter().filter(|e| page.dom.name(*e) == "p").count()
    );
}

/// A picture that is not at hand has the same size whichever engine lays the page out.
#[test]
fn missing_pictures_are_as_large_in_both_engines() {
    if browser().is_none() {
        return;
    }
    let html = r#"<!doctype html><html lang=en><body><main><p>Green tea</p><img src="x.jpg" alt="one" width=300 height=200>
        <br><img src="/y.jpg" alt="two" width=300 height=100><br><img src="z.jpg" alt="three"><img src="w-300x400.jpg" alt="four">
        <img src="tea-logo.png" alt=""></main></body></html>"#;
    let folder = folder(&[("page.html", html.as_bytes())]);
    let sizes = |engine: &str| -> Vec<[u64; 2]> {
        let args = ["see", "page.html", "--render", engine, "--elements", "--format", "json"];
        let ran = support::run::storelint(folder.path(), &args);
        let told: serde_json::Value =
            serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.told()));
        let images = told["elements"].as_array().expect("elements").iter().filter(|e| e["tag"] == "img");
        let side = |b: &serde_json::Value, key: &str| b[key].as_f64().expect("a length").round() as u64;
        images.map(|e| &e["measured"]).map(|b| [side(b, "width"), side(b, "height")]).collect()
    };
    assert_eq!(sizes("blitz"), [[300, 200], [300, 100], [600, 600], [300, 400], [150, 50]]);
    assert_eq!(sizes("chromium"), sizes("blitz"));
}
