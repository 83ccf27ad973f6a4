//! What a rule author is told: each mistake at its very word, with the way out; exit code 2.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use support::run::{GOOD, RULE, folder, storelint};

const PACK: &str = "name = \"acme\"\nlanguage = 1\n";

const PARTS: &str = "[part.wash]\nwords = \"wash\"\nstrong = [\"heading\"]\n";
const WORDS: &str = "[words.wash]\nen = [\"wash care\"]\nzh = [\"洗涤说明\"]\n";

/// What `rules check` says of a pack with one file broken.
fn told(path: &str, text: &str) -> String {
    let rules: Vec<(&str, &[u8])> = vec![
        ("acme/pack.toml", PACK.as_bytes()),
        ("acme/care/wash.toml", RULE.as_bytes()),
        ("acme/parts/care.toml", PARTS.as_bytes()),
        ("acme/words/care.toml", WORDS.as_bytes()),
    ];
    let full = format!("acme/{path}");
    let mut files: Vec<(&str, &[u8])> = rules.into_iter().filter(|(p, _)| *p != full).collect();
    files.push((&full, text.as_bytes()));
    let folder = folder(&files);
    let ran = storelint(folder.path(), &["rules", "check", "acme"]);
    ran.told()
}

fn rule(from: &str, to: &str) -> String {
    assert!(RULE.contains(from), "{from}");
    told("care/wash.toml", &RULE.replacen(from, to, 1))
}

fn parts(text: &str) -> String {
    told("parts/care.toml", text)
}

fn words(text: &str) -> String {
    told("words/care.toml", text)
}

macro_rules! snapshots {
    ($($name:ident: $said:expr;)*) => {
        $(#[test] fn $name() { insta::assert_snapshot!($said); })*
    };
}

snapshots! {
    a_pack_that_loads: rule("x", "x");
    unknown_key_in_a_rule: rule("message =", "mesage =");
    unknown_key_in_an_expect: rule("find = \"wash\"", "find = \"wash\"\natleast = 2");
    unknown_key_in_a_part: parts(&PARTS.replace("strong", "strnog"));
    unknown_key_in_words: words("[words.wash]\nen = [\"wash care\"]\nexct.en = [\"x\"]\n");
    wrong_type: rule("find = \"wash\"", "find = 7\nat_least = \"many\"");
    wrong_level: rule("\"warning\"", "\"warn\"");
    several_mistakes_in_one_run: rule("find = \"wash\"\n", "find = \"wsah\"\nis = [\"visable\"]\ninside = \"mian\"\ndistinct = \"pert\"\n");
    no_subject: rule("find = \"wash\"", "is = [\"visible\"]");
    two_subjects: rule("find = \"wash\"", "find = \"wash\"\norder = [\"wash\"]");
    bad_toml: rule("[[expect]]", "[[expect]");
    a_list_that_nothing_closes: words("[words.wash]\nen = [\"wash care\"\nde = [\"pflege\"]\n[words.iron]\nen = [\"ironing\"]\n");
    a_text_that_nothing_closes: words("[words.wash]\nen = [\"wash care]\nde = [\"pflege\"]\n");
    unknown_part: rule("find = \"wash\"", "find = \"size-chrat\"");
    unknown_option: rule("find = \"wash\"", "find = \"wash\"\nat_least = \"$min\"");
    unused_option: rule("[[expect]]", "[options]\nmin = { default = 2 }\n[[expect]]");
    option_without_table: rule("[[expect]]\n", "[options]\nmin = 2\n[[expect]]\nat_least = \"$min\"\n");
    option_out_of_range: rule("[[expect]]\n", "[options]\nmin = { default = 9, max = 3 }\n[[expect]]\nat_least = \"$min\"\n");
    unknown_placeholder: rule("No wash label.", "No {prat} on the page.");
    unknown_category: rule("page = \"item\"", "page = \"item\", category = \"shirts\"");
    unknown_page: rule("page = \"item\"", "page = \"items\"");
    never_applies: rule("when = { page = \"item\" }", "when = { page = \"item\" }\nunless = { page = \"item\" }");
    bounds: rule("find = \"wash\"", "find = \"wash\"\nat_least = 3\nat_most = 2");
    compare_without_value: rule("find = \"wash\"", "compare = \"wash > 3\"");
    bad_compare: rule("find = \"wash\"", "compare = \"price >> 3\"");
    two_by: rule("[[expect]]\n", "[options]\nmin = { default = 1, by_category = { food = 2 }, by_page = { item = 2 } }\n[[expect]]\nat_least = \"$min\"\n");
    by_unknown: rule("[[expect]]\n", "[options]\nmin = { default = 1, by_category = { fod = 2 } }\n[[expect]]\nat_least = \"$min\"\n");
    nothing_can_count: rule("find = \"wash\"", "find = \"wash\"\ninside = \"main\"\noutside = [\"main\", \"aside\"]");
    orders_in_a_circle: rule("find = \"wash\"", "order = [\"wash\", \"size-chart\"]\n[[expect]]\norder = [\"size-chart\", \"wash\"]");
    unknown_viewport_of_a_test: rule("[test.fail]\n", "[test.fail.\"x\"]\nviewport = \"mobil\"\nhtml = \"<p>\"\n[test.fail]\n");
    missing_file_of_a_test: rule("[test.fail]\n", "[test.fail.\"x\"]\nfile = \"fixtures/nope.html\"\n[test.fail]\n");
    bad_selector_of_a_test: rule("[test.fail]\n", "[test.fail.\"x\"]\nat = \"#\"\nhtml = \"<p>\"\n[test.fail]\n");
    per_of_no_part: rule("find = \"wash\"", "find = \"wash\"\nper = \"wahs\"");
    unique_of_no_property: rule("find = \"wash\"", "find = \"wash\"\nunique = \"txt\"");
    level_that_is_not_lower: rule("find = \"wash\"", "find = \"wash\"\nlevel = \"error\"");
    shares_with_no_part: rule("find = \"wash\"", "find = \"wash\"\neach.text.shares = \"wahs\"");
    a_set_against_a_number: rule("find = \"wash\"", "compare = \"price ~ price-original\"");
    today_against_a_price: rule("find = \"wash\"", "compare = \"today <= price\"");
    cover_of_more_than_all: rule("find = \"wash\"", "find = \"wash\"\ncover = 1.5");
    length_with_another_test: rule("find = \"wash\"", "find = \"wash\"\nwhere.width.chars = [1, 2]");
    length_with_a_bad_bound: rule("find = \"wash\"", "find = \"wash\"\nwhere.width.between = [\"wide\", \"\"]");
    where_without_a_property: rule("find = \"wash\"", "find = \"wash\"\nwhere.size.between = [1, 2]");
    unknown_property: rule("find = \"wash\"", "find = \"wash\"\neach.titel.chars = [1, 2]");
    unknown_property_test: rule("find = \"wash\"", "find = \"wash\"\neach.text.char = [1, 2]");
    a_phrase_of_two_sections: parts(&PARTS.replace("[part.wash]\n", "[part.wash]\ntype = \"section\"\n").replace("\nstrong", "\nstrong = [\"heading\"]\n[part.care]\ntype = \"section\"\nwords = \"wash\"\nstrong"));
    several_syntax_errors: rule("why = \"w\"\nfix = \"f\"", "why = w\nfix = 'f");
    translation_with_too_many_messages: rule("[test.pass]", "[i18n.zh]\nmessages = [\"没有洗涤说明。\", \"二\"]\n[test.pass]");
    order_twice: rule("find = \"wash\"", "order = [\"wash\", \"size-chart\", \"wash\"]");
    no_tests: told("care/wash.toml", RULE.split("[test.pass]").next().expect("a head"));
    test_outside_when: rule("[test.fail]\n", "[test.fail.\"home\"]\npage = \"home\"\nhtml = \"<p>\"\n[test.fail]\n");
    test_with_unknown_key: rule("[test.fail]\n", "[test.fail.\"x\"]\nhtlm = \"<p>\"\n[test.fail]\n");
    reserved_area: told("storelint/wash.toml", RULE);
    wrong_quote: rule("when =", "source = { doc = \"store-conversion\", line = 10, quote = \"a sentence that is not there\" }\nwhen =");
    bad_css: parts("[part.wash]\nwords = \"wash\"\nstrong = [\"heading\"]\n[[part.wash.also]]\nstrength = \"strong\"\ncss = \"div > > p\"\n");
    unknown_pseudo_class: parts("[part.wash]\nwords = \"wash\"\nstrong = [\"heading\"]\n[[part.wash.also]]\nstrength = \"strong\"\ncss = \"a:hover\"\n");
    bad_regex: words("[words.wash]\nen = [\"wash care\"]\npattern = ['[0-9 ?折']\n");
    regex_bomb: words("[words.wash]\nen = [\"wash care\"]\npattern = ['(((a{1,100}){1,100}){1,100})+']\n");
    regex_nested: parts(&format!("{PARTS}[[part.wash.also]]\nstrength = \"strong\"\npattern = '{}x{}'\n", "(".repeat(80), ")".repeat(80)));
    bad_data_path: parts("[part.wash]\nwords = \"wash\"\nstrong = [\"heading\"]\n[[part.wash.also]]\nstrength = \"strong\"\ndata = \"Product..price\"\n");
    bad_absence: parts("[part.wash]\nwords = \"wash\"\nstrong = [\"heading\"]\nabsence = \"never\"\n");
    circular_parts: parts("[part.wash]\nwords = \"wash\"\nstrong = [\"heading\"]\n[[part.wash.also]]\nstrength = \"strong\"\ncss = \"p\"\nhas = \"care\"\n[part.care]\nwords = \"wash\"\nstrong = [\"heading\"]\n[[part.care.also]]\nstrength = \"strong\"\ncss = \"p\"\ninside = \"wash\"\n");
    circular_extends: parts("[part.wash]\nextends = \"care\"\n[part.care]\nextends = \"wash\"\n");
    never_found: parts("[part.wash]\nwords = \"wash\"\nmedium = [\"name\"]\nweak = [\"text\"]\n");
    unknown_field: parts("[part.wash]\nwords = \"wash\"\nstrong = [\"heding\"]\n");
    unknown_word_list: parts("[part.wash]\nwords = \"wsah\"\nstrong = [\"heading\"]\n");
    phrases_that_cannot_hit: words("[words.wash]\nen = [\"wash care\", \"wash care\"]\nzh = [\"洗\"]\nnot = [\"wash care\"]\n");
    duplicate_key: words("[words.wash]\nen = [\"wash care\"]\nen = [\"care\"]\n");
    newer_language: told("pack.toml", "name = \"acme\"\nlanguage = 9\n");
    name_without_pack: told("pack.toml", "language = 1\n");
    too_large: words(&format!("[words.wash]\nen = [\"wash care\"]\n# {}\n", "x".repeat(1_100_000)));
}

#[test]
fn duplicate_id() {
    let folder = folder(&[
        ("acme/pack.toml", PACK.as_bytes()),
        ("acme/care/wash.toml", RULE.as_bytes()),
        ("acme/parts/care.toml", PARTS.as_bytes()),
        ("acme/parts/more.toml", PARTS.as_bytes()),
        ("acme/words/care.toml", WORDS.as_bytes()),
    ]);
    let ran = storelint(folder.path(), &["rules", "check", "acme"]);
    insta::assert_snapshot!(ran.told());
}

#[test]
fn tables_of_kinds_and_categories_are_checked() {
    let signal = "[[page-kind.item.signal]]\n";
    let kinds = [
        "[page-kind.itme]\nthreshold = \"4\"\ntreshold = 1\n",
        "[page-kind.item]\n",
        signal,
        "weight = 1\nsay = \"x\"\nlakcs = \"p\"\n",
        signal,
        "weight = 1\nsay = \"x\"\nlacks = \"p >\"\nown = true\n",
        signal,
        "weight = 1\ntitle = [\"cart\", 2]\n",
        signal,
        "say = \"x\"\npart = \"pirce\"\n",
        signal,
        "weight = 1\nsay = \"x\"\ncards = 3\ngrids = 2\n",
        signal,
        "weight = 1\nsay = \"x\"\npath = '/cart('\n",
        signal,
        "weight = 1\nsay = \"x\"\ndata = [\"Product..name\"]\n",
        "[remote]\npart = \"descripton\"\n",
    ];
    insta::assert_snapshot!("kinds", told("words/page-kinds.toml", &kinds.concat()));
    let categories = "[category.shoos]\nwords = [\"boots\"]\n[category.bags]\nwrods = [\"purse\"]\n";
    insta::assert_snapshot!("categories", told("words/categories.toml", categories));
}

#[test]
fn not_utf8_and_no_pack() {
    let folder = folder(&[
        ("acme/pack.toml", PACK.as_bytes()),
        ("acme/words/care.toml", b"[words.wash]\nen = [\"wash \xFF care\"]\n"),
        ("empty/readme.md", b"hi"),
    ]);
    let mut told = String::new();
    for path in ["acme", "empty", "nowhere"] {
        told.push_str(
            &storelint(folder.path(), &["rules", "check", path])
                .told()
                .replace(&folder.path().display().to_string(), "[folder]"),
        );
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_config_that_is_wrong_stops_the_run() {
    let config = r#"extends = ["storelint:guides"]
lang = "fr"
colour = "red"
[rules]
"price/visibel" = "error"
[rules."navigation/category-modules"]
level = "loud"
min-moduls = 3
[[pages]]
page = "item"
[[pages]]
match = "a/{b,{c,{d"
[words.pric]
en = ["x"]
[[ignore]]
rule = "price/visible"
[[ignore]]
rule = "price/visible"
why = "w"
until = "soon"
[score]
fail_under = { items = 80 }
"#;
    let folder = folder(&[("good.html", GOOD), ("storelint.toml", config.as_bytes())]);
    insta::assert_snapshot!(storelint(folder.path(), &["check", "good.html"]).told());
    let names = "[rules]\n\"price/visibel\" = \"error\"\n[rules.\"navigation/category-modules\"]\nmin-moduls = 3\n[words.pric]\nen = [\"x\"]\n[check]\nviewports = [\"tablett\"]\n";
    std::fs::write(folder.path().join("storelint.toml"), names).expect("a config");
    insta::assert_snapshot!(storelint(folder.path(), &["check", "good.html"]).told());
    let ran = storelint(folder.path(), &["check", "good.html", "--config", "nowhere.toml"]);
    insta::assert_snapshot!(ran.told());
    let ran = storelint(
        folder.path(),
        &["check", "good.html", "--no-config", "--only", "price/visible", "--page", "item"],
    );
    assert_eq!(ran.code, 0, "{}", ran.told());
}

/// What `test` says of tests that come out wrong, with what the page almost says.
#[test]
fn tests_that_come_out_wrong() {
    let rule = RULE.replace(
        "[test.fail]\n",
        "\"another word\" = '<h3>Washing care</h3><p>Size guide</p>'\n\"Chinese\" = '<h3>洗涤须知</h3>'\n\
         [test.fail.\"found after all\"]\nhtml = '<h2>Wash care</h2>'\n\
         [test.fail.\"other words\"]\nfindings = 2\nat = \"h1\"\nmessage = \"None.\"\nhtml = '<p>x</p>'\n[test.fail]\n",
    );
    let parts = format!("{PARTS}[part.never]\nwords = \"wash\"\nstrong = [\"alt\"]\n");
    let rule = rule.replace("find = \"wash\"", "find = [\"wash\", \"never\"]");
    let folder = folder(&[
        ("acme/pack.toml", PACK.as_bytes()),
        ("acme/care/wash.toml", rule.as_bytes()),
        ("acme/parts/care.toml", parts.as_bytes()),
        ("acme/words/care.toml", WORDS.as_bytes()),
    ]);
    let ran = storelint(folder.path(), &["test", "acme", "--mutants"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(ran.told());
}
