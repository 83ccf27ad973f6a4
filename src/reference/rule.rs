//! What was learned, as a rule file to save in a pack: comments with the counts, what the pages
//! share, their order, tests.

use super::chains::{Chain, chains};
use super::order::Order;
use super::sample::{self, Sample};
use super::shared::Count;
use crate::show::shown;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use toml::Value;

/// What pages have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// The pages, by name.
    pub pages: Vec<String>,
    /// The share of pages that must have a section, or an order: over 0.5, up to 1.
    pub share: f64,
    /// Fewest pages that a section or an order is learned from.
    pub least: usize,
    /// How many have each section.
    pub sections: Vec<Count>,
    /// In which order.
    pub order: Order,
}

impl Learned {
    /// Learns from pages.
    pub fn of(pages: &[super::Sections], share: f64, least: usize) -> Learned {
        Learned {
            pages: pages.iter().map(|p| p.source.clone()).collect(),
            share,
            least,
            sections: super::shared::count(pages, share, least),
            order: super::order::learn(pages, share, least),
        }
    }

    /// The sections that the share of the pages has: those in an order first to last, then the
    /// others by how many pages have them.
    pub fn shared(&self) -> Vec<String> {
        let shared: Vec<&Count> = self.sections.iter().filter(|c| c.shared).collect();
        let is_shared = |name: &&String| shared.iter().any(|c| c.part == **name);
        let ordered = self.order.sections.iter().filter(is_shared).cloned();
        let others = shared.iter().filter(|c| !self.order.sections.contains(&c.part));
        ordered.chain(others.map(|c| c.part.clone())).collect()
    }

    /// Every section that the rule names.
    pub fn named(&self) -> Vec<String> {
        let mut named = self.order.sections.clone();
        named.extend(self.shared().into_iter().filter(|s| !self.order.sections.contains(s)));
        named
    }

    /// Whether there is nothing to ask of a page.
    pub fn is_empty(&self) -> bool {
        self.order.pairs.is_empty() && !self.sections.iter().any(|c| c.shared)
    }

    /// "80 %": the share.
    pub fn percent(&self) -> String {
        format!("{} %", (self.share * 1000.0).round() / 10.0)
    }
}

const FIX: &str = "Add what is missing, and move what stands elsewhere to its usual place.";
const WHY: &str = "Shoppers look for a section where good stores have it.";
const LACKS: &str = "The reference pages have what this page lacks: {missing}.";
const ORDER: &str = "“{part}” should come {side} “{other}” (line {other.line}), as on the reference pages.";

const ZH: [(&str, &str); 3] = [
    ("title", "商品页的各部分与参考页面一致"),
    ("why", "好的店铺把各部分放在哪里，买家就在哪里找。"),
    ("fix", "补上缺少的部分，把位置不同的部分移到通常的位置。"),
];
const LACKS_ZH: &str = "参考页面都有而本页缺少：{missing}。";
const ORDER_ZH: &str = "“{part}”应在“{other}”（第 {other.line} 行）{side}，如参考页面。";

/// The rule file. `outside` are the areas whose sections are in no order; `samples` give each
/// section a piece of HTML in which it alone is recognised, for the tests: where one lacks,
/// there are none.
pub fn toml(learned: &Learned, outside: &[String], samples: &BTreeMap<String, String>) -> String {
    let shared = learned.shared();
    let chains = chains(&learned.order);
    let mut out = head(learned);
    let _ = writeln!(out, "title = \"The item page is built as the reference pages are\"");
    let _ = writeln!(out, "level = \"info\"");
    for (key, text) in [("why", WHY), ("fix", FIX)] {
        let _ = writeln!(out, "{key} = {}", quoted(text));
    }
    let _ = writeln!(out, "when = {{ page = \"item\" }}");
    let mut messages = Vec::new();
    if !shared.is_empty() {
        let _ = writeln!(out, "\n# each on {} of the pages\n[[expect]]", learned.percent());
        let _ = writeln!(out, "find = {}", list(&shared));
        let _ = writeln!(out, "distinct = \"part\"\nis = [\"visible\"]\nat_least = \"all\"");
        let _ = writeln!(out, "message = {}", quoted(LACKS));
        messages.push(LACKS_ZH);
    }
    for chain in &chains {
        out.push('\n');
        let _ = writeln!(out, "[[expect]]\norder = {}", order(chain));
        if !outside.is_empty() {
            let _ = writeln!(out, "outside = {}", list(outside));
        }
        let _ = writeln!(out, "is = [\"visible\"]\nat_least = 2");
        let _ = writeln!(out, "message = {}", quoted(ORDER));
        messages.push(ORDER_ZH);
    }
    tests(&mut out, sample::samples(&shared, &learned.order.sections, &chains), samples);
    let _ = writeln!(out, "\n[i18n.zh]");
    for (key, text) in ZH {
        let _ = writeln!(out, "{key} = {}", quoted(text));
    }
    let messages: Vec<String> = messages.into_iter().map(str::to_string).collect();
    let _ = writeln!(out, "messages = {}", list(&messages));
    out
}

fn tests(out: &mut String, (pass, fail): (Sample, Vec<Sample>), samples: &BTreeMap<String, String>) {
    let mut said = String::new();
    let mut section = |verdict: &str, tests: &[Sample]| -> Option<()> {
        let _ = writeln!(said, "\n[test.{verdict}]");
        for (name, page) in tests {
            let _ = writeln!(said, "{} = {}", quoted(name), quoted(&sample::html(page, samples)?));
        }
        Some(())
    };
    match section("pass", &[pass]).and_then(|()| section("fail", &fail)) {
        Some(()) => out.push_str(&said),
        None => {
            out.push_str("\n# No tests: some of these sections are told by no heading. Write your own.\n");
        }
    }
}

/// Pages that are named in the comments; JSON has all.
const NAMED: usize = 20;

/// What was counted, as comments.
fn head(learned: &Learned) -> String {
    let mut out = String::new();
    let mut say = |line: &str| {
        let line = format!("# {line}");
        out.push_str(line.trim_end());
        out.push('\n');
    };
    let pages = learned.pages.len();
    let (at_least, least) = (learned.percent(), learned.least);
    say(&format!(
        "Learned by storelint from {pages} item page{}: what at least {at_least} of them do, and no fewer than {least}.",
        if pages == 1 { "" } else { "s" },
    ));
    say("A rule: save it in a pack, as references/sections.toml.");
    say("");
    say("Pages:");
    learned.pages.iter().take(NAMED).for_each(|p| say(&format!("  {}", shown(p))));
    if pages > NAMED {
        say(&format!("  and {} more", pages - NAMED));
    }
    say("");
    say("Sections that a shopper sees:");
    let width = learned.sections.iter().map(|c| c.part.len()).max().unwrap_or(0);
    for c in &learned.sections {
        let mut line = format!("  {:width$}  {} of {}", c.part, c.pages, c.of);
        if c.unsure > 0 {
            line.push_str(&format!(", and perhaps {} more", c.unsure));
        }
        if c.shared {
            line.push_str(": asked for");
        }
        say(&line);
    }
    if learned.sections.is_empty() {
        say("  none");
    }
    say("");
    say("Order, which these pairs say in full:");
    learned.order.pairs.iter().for_each(|p| say(&format!("  {p}")));
    if learned.order.pairs.is_empty() {
        say("  none that so many pages have");
    }
    if !learned.order.left_out.is_empty() {
        say("");
        say("Left out of the order:");
        learned.order.left_out.iter().for_each(|l| say(&format!("  {l}")));
    }
    out.push('\n');
    out
}

fn quoted(text: &str) -> String {
    // a literal string reads best where it can hold the text
    if text.contains(['\'', '\n', '\r']) || !text.contains('"') {
        Value::String(text.to_string()).to_string()
    } else {
        format!("'{text}'")
    }
}

fn list(names: &[String]) -> String {
    Value::Array(names.iter().cloned().map(Value::String).collect()).to_string()
}

/// A list of `order`: a group of one is its section.
fn order(chain: &Chain) -> String {
    let rank = |group: &Vec<String>| match group.as_slice() {
        [one] => Value::String(one.clone()),
        more => Value::Array(more.iter().cloned().map(Value::String).collect()),
    };
    Value::Array(chain.iter().map(rank).collect()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::tests::{page, pages};
    use proptest::prelude::*;

    fn text(pages: &[super::super::Sections]) -> String {
        let samples = ('a'..='h').map(|c| (c.to_string(), format!("<h2 id=\"x\">It's {c}</h2>"))).collect();
        let learned = Learned::of(pages, 0.8, 1);
        toml(&learned, &["buy-box".into()], &samples)
    }

    #[test]
    fn names_of_pages_stay_in_their_comment() {
        let mut strange = page("ab");
        strange.source = "a\nlevel = \"off\"\u{1b}[31m.html".into();
        let text = text(&[strange]);
        assert!(text.contains("#   a level = \"off\"␛[31m.html\n"), "{text}");
        assert!(text.parse::<toml::Table>().is_ok());
    }

    #[test]
    fn a_section_without_a_sample_leaves_no_tests() {
        let learned = Learned::of(&[page("ab")], 0.8, 1);
        let text = toml(&learned, &[], &BTreeMap::new());
        assert!(text.contains("# No tests") && !text.contains("[test."), "{text}");
        assert!(!text.contains("outside"), "{text}");
    }

    proptest! {
        #[test]
        fn it_is_toml_with_every_pair(pages in pages()) {
            let text = text(&pages);
            let table = text.parse::<toml::Table>();
            prop_assert!(table.is_ok(), "{table:?}\n{text}");
            for pair in &Learned::of(&pages, 0.8, 1).order.pairs {
                let said = format!("#   {pair}\n");
                prop_assert!(text.contains(&said), "{}", pair);
            }
        }
    }
}
