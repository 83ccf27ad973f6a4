//! Words, parts and rules of all layers with the run's settings, compiled once and
//! shared by threads.

use crate::finding::Level;
use crate::pack::load::Loaded;
use crate::pack::model::{Arg, Expect, Op, Operand, PartType, Property, PropertyTest, Rule, Subject, Value};
use crate::pack::names_in;
use crate::parts::category::{CategoryTables, TRAIL_CSS};
use crate::parts::kind::KindTables;
use crate::parts::plan::PartsPlan;
use crate::rules::members::STOP;
use crate::rules::slots::WAITING;
use crate::viewport::Viewport;
use std::collections::{BTreeMap, BTreeSet};

/// Settings of the run that rules see.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Language of messages.
    pub lang: String,
    /// Market, where set.
    pub market: Option<String>,
    /// Smallest readable type, CSS pixels.
    pub min_font: f32,
    /// Viewports judged, in this order.
    pub viewports: Vec<Viewport>,
    /// Whether suppressions need a reason.
    pub reasons: bool,
    /// All parts are recognised, not only those that a rule asks for.
    pub all_parts: bool,
    /// Whether pages are laid out and drawn to be looked at, whatever the rules ask.
    pub pictures: bool,
    /// Whether pages get one score over all areas.
    pub overall: bool,
    /// Run date, `YYYY-MM-DD`; `None` leaves dates of suppressions unjudged.
    pub today: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            lang: "en".into(),
            market: None,
            min_font: 12.0,
            viewports: Viewport::builtin(),
            reasons: true,
            all_parts: false,
            pictures: false,
            overall: false,
            today: None,
        }
    }
}

/// A rule of the run with what the run says of it.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The rule.
    pub rule: Rule,
    /// The level that flag or config give, else the rule's own.
    pub level: Option<Level>,
    /// Options that the config gives.
    pub options: BTreeMap<String, Value>,
}

/// The compiled plan. Immutable.
#[derive(Debug)]
pub struct Plan {
    /// Words and parts.
    pub parts: PartsPlan,
    /// Rules in the order of their ids.
    pub rules: Vec<Planned>,
    /// Page kinds.
    pub kinds: KindTables,
    /// Categories.
    pub categories: CategoryTables,
    /// Settings.
    pub settings: Settings,
    /// Ids of every rule of the packs, judged or not: for suppressions.
    pub known_rules: Vec<String>,
}

/// What flags, config and the page itself say of one page.
#[derive(Clone, Debug, Default)]
pub struct PageSettings {
    /// Page kind and who says so.
    pub page: Option<(String, String)>,
    /// Category and who says so.
    pub category: Option<(String, String)>,
    /// Language tag and who says so.
    pub language: Option<(String, String)>,
    /// Platform.
    pub platform: Option<String>,
    /// Market, for this page.
    pub market: Option<String>,
    /// Levels for this page only.
    pub levels: BTreeMap<String, Level>,
    /// Findings that the config accepts on this page.
    pub ignores: Vec<Ignored>,
}

/// A finding that the config accepts.
#[derive(Clone, Debug)]
pub struct Ignored {
    /// Rule.
    pub rule: String,
    /// Only findings about this part.
    pub part: Option<String>,
    /// Only findings in elements of this selector.
    pub css: Option<String>,
    /// Why.
    pub why: String,
}

impl Plan {
    /// Compiles a loaded pack. Rules whose level is off for every page are left out, unless
    /// `levels` gives them one.
    ///
    /// # Errors
    /// What is wrong with tables that loading does not check: page kinds, categories.
    pub fn compile(
        loaded: &Loaded,
        settings: Settings,
        levels: &BTreeMap<String, Level>,
        options: &BTreeMap<String, BTreeMap<String, Value>>,
        chosen: impl Fn(&str) -> bool,
    ) -> Result<Plan, String> {
        let kinds = KindTables::new(&loaded.kinds);
        let mut rules = Vec::new();
        for rule in loaded.pack.rules.values() {
            let level = levels.get(&rule.id).copied();
            let spec = &rule.level;
            let highest =
                spec.by_category.values().chain(spec.by_market.values()).fold(spec.default, |a, b| a.max(*b));
            if level.unwrap_or(highest) == Level::Off || !chosen(&rule.id) {
                continue;
            }
            rules.push(Planned {
                rule: rule.clone(),
                level,
                options: options.get(&rule.id).cloned().unwrap_or_default(),
            });
        }
        let wanted: BTreeSet<String> = rules
            .iter()
            .flat_map(|r| parts_of(&r.rule, &r.options))
            .chain(kinds.parts().map(str::to_string))
            .chain(loaded.categories.trail.iter().map(|(name, _)| name.clone()))
            // areas are the landmarks at which what is missing is told
            .chain(loaded.pack.parts.values().filter(|p| p.kind == PartType::Area).map(|p| p.name.clone()))
            .filter(|p| loaded.pack.parts.contains_key(p))
            .collect();
        let lists: BTreeSet<String> =
            rules.iter().flat_map(|r| lists_of(&r.rule)).chain([WAITING.to_string()]).collect();
        let wanted = if settings.all_parts { None } else { Some(&wanted) };
        let selectors: Vec<&str> = kinds.selectors().chain([TRAIL_CSS]).collect();
        let parts = PartsPlan::compile(&loaded.pack, wanted, &lists, &selectors)?;
        let known_rules = loaded.pack.rules.keys().cloned().collect();
        let categories = CategoryTables::new(&loaded.categories);
        Ok(Plan { parts, rules, kinds, categories, settings, known_rules })
    }
}

/// The parts that a rule finds or puts in an order, with all values of its options; of the
/// expectations that are `wanted`.
pub fn subjects_of(
    rule: &Rule,
    given: &BTreeMap<String, Value>,
    wanted: impl Fn(&Expect) -> bool,
) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut of_arg = |arg: &Arg| match arg {
        Arg::Value(v) => names.extend(names_in(v).into_iter().map(str::to_string)),
        Arg::Option(o) => {
            let spec = rule.options.get(o);
            let values = spec
                .into_iter()
                .flat_map(|s| std::iter::once(&s.default).chain(s.by.iter().flat_map(|(_, m)| m.values())));
            names.extend(values.chain(given.get(o)).flat_map(|v| names_in(v)).map(str::to_string));
        }
    };
    for e in rule.expects.iter().filter(|e| wanted(e)) {
        match &e.subject {
            Subject::Find(arg) | Subject::Order(arg) => of_arg(arg),
            Subject::Compare { .. } => {}
        }
    }
    names
}

/// Every part that a rule may ask for, with all values of its options.
pub fn parts_of(rule: &Rule, given: &BTreeMap<String, Value>) -> Vec<String> {
    let mut names = subjects_of(rule, given, |_| true);
    for e in &rule.expects {
        names.extend(e.inside.iter().chain(&e.outside).cloned());
        names.extend(e.has.iter().map(|h| h.part.clone()));
        names.extend(e.per.clone());
        names.extend(e.each.iter().chain(&e.wheres).filter_map(|t| match &t.test {
            PropertyTest::In(part) | PropertyTest::Shares(part) => Some(part.clone()),
            _ => None,
        }));
        if let Subject::Compare { left, right, adjust, .. } = &e.subject {
            for operand in [Some(left), Some(right), adjust.as_ref().map(|a| &a.1)].into_iter().flatten() {
                if let Operand::Part(p) = operand {
                    names.push(p.clone());
                }
            }
        }
    }
    names.extend(rule.when.found.iter().cloned());
    names.extend(rule.unless.iter().flat_map(|u| u.found.iter().cloned()));
    names
}

fn lists_of(rule: &Rule) -> Vec<String> {
    use crate::pack::model::PropertyTest::{Has, Lacks, NotOnly, Shares};
    let each = rule.expects.iter().flat_map(|e| e.each.iter().chain(&e.wheres));
    let of_tests = each.flat_map(|e| match &e.test {
        Has(l) | Lacks(l) | NotOnly(l) => l.clone(),
        Shares(_) => vec![STOP.to_string()],
        _ => Vec::new(),
    });
    let sets = rule.expects.iter().any(|e| {
        let overlaps = matches!(e.subject, Subject::Compare { op: Op::Overlaps, .. });
        overlaps || e.distinct == Some(Property::Value)
    });
    of_tests.chain(sets.then(|| STOP.to_string())).collect()
}
