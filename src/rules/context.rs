//! What a rule is judged with: the page's tables, its kind and category, the run's settings.

use crate::finding::Need;
use crate::layout::Unseen;
use crate::pack::model::{Arg, OptionSpec, Rule, Translation, Value};
use crate::page::dom::El;
use crate::parts::extent::Extent;
use crate::parts::map::{PartMap, Thing};
use crate::parts::plan::{PartRef, PartsPlan};
use crate::parts::scene::Scene;
use crate::parts::screen::{Screen, Seen};
use crate::parts::walk::Hidden;
use crate::rules::places::{PlaceOf, Places};
use crate::rules::within::Within;
use crate::rules::wording::Wording;
use foldhash::HashMap;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

/// Reasons why what is missing may yet be there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Guard {
    /// The page is an empty shell.
    pub shell: bool,
    /// Its main column is one: scripts fill it.
    pub hollow: bool,
    /// The description is loaded from elsewhere.
    pub remote: bool,
    /// At least three and half of main's pictures say nothing in text.
    pub opaque: bool,
    /// One of main's pictures says nothing in text.
    pub pictures: bool,
    /// Scripts run on the page.
    pub scripts: bool,
    /// The page was cut short.
    pub partial: bool,
}

/// Everything a rule sees.
pub struct Context<'a> {
    /// The page's tables.
    pub scene: &'a Scene<'a>,
    /// The parts found.
    pub map: &'a PartMap,
    /// Each viewport judged.
    pub screens: &'a [Screen],
    /// Page kind.
    pub page: Option<&'a str>,
    /// Category.
    pub category: Option<&'a str>,
    /// Language of the page.
    pub language: Option<&'a str>,
    /// Platform.
    pub platform: Option<&'a str>,
    /// Market.
    pub market: Option<&'a str>,
    /// Language of messages.
    pub lang: &'a str,
    /// Smallest readable type, CSS pixels.
    pub min_font: f32,
    /// Why what is missing may be there.
    pub guard: Guard,
    /// Places that findings point at.
    pub places: Places,
    /// The run date, in days since 1970-01-01.
    pub today: Option<i64>,
    /// What the first rule that asks finds out for all.
    pub known: Known,
}

/// What rules find out of a page once, where the first of them asks.
#[derive(Default)]
pub struct Known {
    /// Whether the page's links are placeholders.
    pub placeholders: OnceCell<bool>,
    /// Whether the page's own header is there and empty.
    pub empty_header: OnceCell<bool>,
    /// Scripts of the page itself.
    pub scripts: OnceCell<Vec<El>>,
    /// Elements that were looked for in them, and whether one names it.
    pub named: RefCell<HashMap<El, bool>>,
}

impl<'a> Context<'a> {
    /// The engine's words.
    pub fn wording(&self) -> Wording {
        Wording::of(self.lang)
    }

    /// Where a finding about an element points.
    pub fn place(&self, el: El) -> PlaceOf {
        self.places.of(self.scene.page, el)
    }

    /// Whether a thing may be seen on a viewport that is judged.
    pub fn seen(&self, thing: &Thing) -> bool {
        let seen = |s: &Screen| {
            let seen = s.seen(self.scene, s.face(self.scene, thing));
            match seen {
                Seen::Yes | Seen::Coming(Hidden::Opacity) => true,
                Seen::Waiting(why) => why != Unseen::Display,
                _ => false,
            }
        };
        self.screens.iter().any(seen)
    }

    /// The compiled parts.
    pub fn plan(&self) -> &'a PartsPlan {
        self.scene.plan
    }

    /// Name of a part for people.
    pub fn title(&self, part: PartRef) -> String {
        self.plan().title(part, self.lang).to_string()
    }

    /// What the rule says in the language of messages, where it is translated.
    pub fn translation<'r>(&self, rule: &'r Rule) -> Option<&'r Translation> {
        rule.i18n.get(self.lang).or_else(|| rule.i18n.get(self.lang.split('-').next().unwrap_or("")))
    }

    /// The rule's way out, translated where it can be.
    pub fn fix<'r>(&self, rule: &'r Rule) -> &'r str {
        self.translation(rule).and_then(|t| t.fix.as_deref()).unwrap_or(&rule.fix)
    }

    /// All things of a part, in page order.
    pub fn things(&self, part: PartRef) -> Vec<Thing> {
        match part {
            PartRef::Part(id) => self.map.of(id).to_vec(),
            PartRef::Builtin(b) => self
                .scene
                .builtin(b)
                .iter()
                .map(|&el| Thing::builtin(b, el, Extent::of(&self.scene.page.dom, el)))
                .collect(),
        }
    }
}

/// A rule's options with their effective values on this page.
#[derive(Clone, Default)]
pub struct Options<'r> {
    values: BTreeMap<&'r str, &'r Value>,
    /// The rule's way out before its placeholders are filled.
    pub fix: &'r str,
    /// Whether the rule is about the description: its area is (RULE-LANGUAGE 3.4).
    pub of_description: bool,
    /// The block of `per` that is being judged.
    pub within: Option<Within>,
}

impl<'r> Options<'r> {
    /// Values from the config or a test win; then `by_<x>`; then the default.
    pub fn new(rule: &'r Rule, given: &'r BTreeMap<String, Value>, context: &Context<'_>) -> Options<'r> {
        let mut values: BTreeMap<&str, &Value> = BTreeMap::new();
        // first what depends on nothing of the rule, then what depends on another option
        for (name, spec) in &rule.options {
            let value = match given.get(name) {
                Some(v) => Some(v),
                None => plain(spec, context),
            };
            if let Some(value) = value {
                values.insert(name, value);
            }
        }
        for (name, spec) in &rule.options {
            if values.contains_key(name.as_str()) {
                continue;
            }
            let value = spec.by.as_ref().and_then(|(by, map)| match values.get(by.as_str()) {
                Some(Value::Text(key)) => map.get(key),
                _ => None,
            });
            values.insert(name, value.unwrap_or(&spec.default));
        }
        let of_description = rule.id.starts_with("description/");
        Options { values, fix: context.fix(rule), of_description, within: None }
    }

    /// Things of a part, in page order: of the block that is being judged, else of the page.
    pub fn things(&self, context: &Context<'_>, part: PartRef) -> Vec<Thing> {
        let mut things = context.things(part);
        if let Some(within) = &self.within {
            things.retain(|t| within.extent.holds(t.anchor) && t.place.is_none());
        }
        things
    }

    /// The same options, for one block of `per`.
    pub fn inside(&self, block: Within) -> Options<'r> {
        Options { within: Some(block), ..self.clone() }
    }

    /// Where something missing is missed: in the block that is being judged, else there.
    pub fn landmark(&self, of_page: impl FnOnce() -> El) -> El {
        self.within.map_or_else(of_page, |w| w.anchor)
    }

    /// The effective value of an option.
    pub fn get(&self, name: &str) -> Option<&'r Value> {
        self.values.get(name).copied()
    }

    /// The value of an argument.
    pub fn value<'v>(&self, arg: &'v Arg) -> Option<&'v Value>
    where
        'r: 'v,
    {
        match arg {
            Arg::Value(v) => Some(v),
            Arg::Option(name) => self.get(name),
        }
    }

    /// The number of an argument.
    pub fn number(&self, arg: &Arg) -> Option<f64> {
        number(self.value(arg)?)
    }
}

/// A value as a number.
pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Int(i) => Some(*i as f64),
        Value::Float(f) => Some(*f),
        Value::Text(t) => t.trim().parse().ok(),
        _ => None,
    }
}

/// A value that does not depend on another option; `None` where it does.
fn plain<'r>(spec: &'r OptionSpec, context: &Context<'_>) -> Option<&'r Value> {
    let Some((by, map)) = &spec.by else { return Some(&spec.default) };
    let key = match by.as_str() {
        "category" => context.category,
        "page" => context.page,
        "market" => context.market,
        _ => return None,
    };
    Some(key.and_then(|k| map.get(k)).unwrap_or(&spec.default))
}

/// One answer to one expectation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// Counts.
    Yes,
    /// May count.
    Maybe(Need),
    /// Does not count.
    No,
}
