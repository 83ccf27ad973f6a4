//! A config on the packs: words added, rules given levels and options, names checked.

use super::{At, Config, Ignore, PagesEntry};
use crate::audit::PageReport;
use crate::engine::{Ignored, PageSettings, Settings};
use crate::finding::{Level, Verdict};
use crate::pack::arguments::{Use, of_option, wrong};
use crate::pack::load::{Loaded, merge_words};
use crate::pack::model::{Builtin, Place, Rule, Value};
use crate::pack::options::out_of_range;
use crate::pack::problem::Problem;
use crate::pack::{names_in, unknown_platform};
use crate::text::fold::fold;
use crate::text::nearest::did_you_mean;
use crate::viewport::Viewport;
use std::collections::BTreeMap;
use std::path::Path;

/// What a config comes to on the packs.
#[derive(Clone, Debug, Default)]
pub struct Effective {
    /// Levels by rule.
    pub levels: BTreeMap<String, Level>,
    /// Options by rule.
    pub options: BTreeMap<String, BTreeMap<String, Value>>,
}

/// Applies a config to the loaded packs and settings.
///
/// # Errors
/// Every name that does not exist, every option out of range, at its place.
pub fn effective(
    config: &Config,
    loaded: &mut Loaded,
    settings: &mut Settings,
) -> Result<Effective, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut e = Effective::default();
    for (id, at) in &config.rules {
        let Some(rule) = loaded.pack.rules.get(id) else {
            problems.push(unknown_rule(id, &at.place, loaded));
            continue;
        };
        if let Some(level) = &at.value.level {
            e.levels.insert(id.clone(), level.value);
        }
        for (name, option) in &at.value.options {
            match rule.options.get(name) {
                None => {
                    let place = at.value.names.get(name).unwrap_or(&option.place);
                    problems.push(unknown_option(rule, name, place));
                }
                Some(spec) => {
                    let uses = of_option(rule, name);
                    let why =
                        out_of_range(spec, &option.value).map(|why| ("option-out-of-range", why)).or_else(
                            || Some(("wrong-type", uses.iter().find_map(|u| wrong(*u, &option.value))?)),
                        );
                    if let Some((id, why)) = why {
                        problems.push(Problem::error(id, &option.place, format!("“{name}”: {why}")));
                    } else if uses.contains(&Use::Parts) {
                        problems.extend(unknown_parts(&option.value, &option.place, loaded));
                    }
                    e.options.entry(id.clone()).or_default().insert(name.clone(), option.value.clone());
                }
            }
        }
    }
    for id_at in config.pages.iter().flat_map(|p| p.levels.iter()) {
        if !loaded.pack.rules.contains_key(id_at.0) {
            problems.push(unknown_rule(id_at.0, &id_at.1.place, loaded));
        }
    }
    for ignore in &config.ignores {
        if !loaded.pack.rules.contains_key(&ignore.rule) {
            problems.push(unknown_rule(&ignore.rule, &ignore.place, loaded));
        }
        if let (Some(part), Some(place)) = (&ignore.find, &ignore.find_place) {
            problems.extend(unknown_parts(&Value::Text(part.clone()), place, loaded));
        }
    }
    for entry in &config.pages {
        if let (Some(name), Some(place)) = (&entry.platform, &entry.platform_place)
            && !loaded.pack.platforms.contains_key(name)
        {
            let known = loaded.pack.platforms.keys().map(String::as_str);
            problems.push(unknown_platform(name, place, known));
        }
    }
    for (name, change) in &config.words {
        if !loaded.pack.words.contains_key(name) {
            let message = format!("there is no word list called “{name}”");
            let mut p = Problem::error("unknown-words", &change.place, message);
            p.help = did_you_mean(name, loaded.pack.words.keys().map(String::as_str));
            problems.push(p);
            continue;
        }
        if let Some(list) = loaded.pack.words.get_mut(name).map(std::sync::Arc::make_mut) {
            if change.only {
                list.phrases.clear();
                list.patterns.clear();
                list.tokens.clear();
                list.not.clear();
                list.not_tokens.clear();
            }
            let removed: Vec<String> = change.remove.iter().map(|(r, _)| fold(r)).collect();
            problems.extend(change.remove.iter().zip(&removed).filter_map(|((text, place), r)| {
                let texts =
                    || list.phrases.iter().map(|p| &*p.text).chain(list.tokens.iter().map(|t| &*t.text));
                if change.only || texts().any(|t| fold(t) == *r) {
                    return None;
                }
                let message = format!("the word list “{name}” has no “{text}” to take out");
                let help = did_you_mean(text, texts())
                    .unwrap_or_else(|| format!("“storelint words \"{text}\"” shows which lists have it"));
                Some(Problem::error("unknown-phrase", place, message).help(help))
            }));
            list.phrases.retain(|p| !removed.contains(&fold(&p.text)));
            list.tokens.retain(|t| !removed.contains(&fold(&t.text)));
        }
        merge_words(&mut loaded.pack, change.add.clone());
    }
    if let Some(locales) = &config.locales {
        for list in loaded.pack.words.values_mut().map(std::sync::Arc::make_mut) {
            list.phrases.retain(|p| {
                &*p.lang == "mul"
                    || locales.value.iter().any(|l| p.lang.split('-').next() == l.split('-').next())
            });
        }
    }
    if let Some(lang) = &config.lang {
        settings.lang.clone_from(&lang.value);
    }
    if let Some(market) = &config.market {
        settings.market = Some(market.value.clone());
    }
    if let Some(font) = &config.min_font {
        settings.min_font = font.value as f32;
    }
    settings.overall = config.overall || !config.fail_under.is_empty();
    if let Some(reasons) = &config.reasons {
        settings.reasons = reasons.value;
    }
    // one of the config's takes the place of a built-in one of its name
    let known: Vec<Viewport> = config.viewports.iter().cloned().chain(Viewport::builtin()).collect();
    let named = |name: &str| known.iter().find(|v| v.name == name);
    for viewport in &mut settings.viewports {
        if let Some(other) = named(&viewport.name) {
            viewport.clone_from(other);
        }
    }
    if let Some(judged) = &config.judged {
        settings.viewports.clear();
        for At { value: name, place } in judged {
            match named(name) {
                Some(v) => settings.viewports.push(v.clone()),
                None => {
                    let message = format!("there is no viewport called “{name}”");
                    let mut p = Problem::error("unknown-viewport", place, message);
                    p.help = did_you_mean(name, known.iter().map(|v| v.name.as_str()));
                    problems.push(p);
                }
            }
        }
    }
    if problems.is_empty() { Ok(e) } else { Err(problems) }
}

fn unknown_option(rule: &Rule, name: &str, place: &Place) -> Problem {
    let known: Vec<&str> = rule.options.keys().map(String::as_str).chain(["level"]).collect();
    let list = match known.as_slice() {
        ["level"] => "it has none, but a level".to_string(),
        known => format!("options: {}", known.join(", ")),
    };
    let help = did_you_mean(name, known.iter().copied()).unwrap_or(list);
    Problem::error("unknown-option", place, format!("{} has no option “{name}”", rule.id)).help(help)
}

/// Names in a value that are no part's.
fn unknown_parts(value: &Value, place: &Place, loaded: &Loaded) -> Vec<Problem> {
    let known = |name: &&str| loaded.pack.parts.contains_key(*name) || Builtin::parse(name).is_some();
    let parts = loaded.pack.parts.keys().map(String::as_str).chain(Builtin::ALL.iter().map(|b| b.name()));
    let parts: Vec<&str> = parts.collect();
    let missing = names_in(value).into_iter().filter(|name| !known(name));
    missing
        .map(|name| {
            // the name alone, where it stands in a list
            let text = place.file.text.get(place.range.clone()).unwrap_or("");
            let at = text.find(name).map(|i| place.range.start + i);
            let range = at.map_or(place.range.clone(), |at| at..at + name.len());
            let place = Place { file: std::sync::Arc::clone(&place.file), range };
            let mut p = Problem::error("unknown-part", &place, format!("there is no part called “{name}”"));
            p.help = did_you_mean(name, parts.iter().copied());
            p
        })
        .collect()
}

fn unknown_rule(id: &str, place: &Place, loaded: &Loaded) -> Problem {
    let mut p = Problem::error("unknown-rule", place, format!("there is no rule called “{id}”"));
    p.help = did_you_mean(id, loaded.pack.rules.keys().map(String::as_str))
        .or_else(|| Some("“storelint rules list” shows all rules".into()));
    p
}

impl Config {
    /// What the config says of one page: the last matching `[[pages]]` wins, key by key.
    pub fn page_settings(&self, source: &str) -> PageSettings {
        let mut s = PageSettings::default();
        for entry in self.entries(source) {
            let origin = format!("{}:{}", entry.place.file.path, entry.place.line());
            let said = |v: &Option<String>| v.clone().map(|v| (v, origin.clone()));
            s.page = said(&entry.page).or(s.page);
            s.category = said(&entry.category).or(s.category);
            s.language = said(&entry.language).or(s.language);
            s.platform = entry.platform.clone().or(s.platform);
            s.market = entry.market.clone().or(s.market);
            s.levels.extend(entry.levels.iter().map(|(k, v)| (k.clone(), v.value)));
        }
        s
    }

    fn entries(&self, source: &str) -> Vec<&PagesEntry> {
        if self.pages.is_empty() {
            return Vec::new();
        }
        let names = self.names(source);
        self.pages.iter().filter(|p| p.matches.iter().any(|m| names.iter().any(|n| m.is_match(n)))).collect()
    }

    /// Levels that `[[pages]]` gives rules on one page.
    pub fn levels_of(&self, source: &str) -> BTreeMap<String, &At<Level>> {
        self.entries(source)
            .into_iter()
            .flat_map(|p| p.levels.iter().map(|(id, at)| (id.clone(), at)))
            .collect()
    }

    /// Where the last `[[pages]]` stands that matches a page.
    pub fn origin(&self, source: &str) -> String {
        self.entries(source)
            .last()
            .map_or(String::new(), |p| format!("{}:{}", p.place.file.path, p.place.line()))
    }

    /// `[[ignore]]` entries that cover a page.
    pub fn covering(&self, source: &str) -> Vec<&Ignore> {
        let names = self.names(source);
        self.ignores.iter().filter(|i| i.covers(&names)).collect()
    }

    /// Accepted findings of one page on a day, `YYYY-MM-DD`.
    pub fn ignored(&self, source: &str, today: &str) -> Vec<Ignored> {
        if self.ignores.is_empty() {
            return Vec::new();
        }
        let names = self.names(source);
        self.ignores
            .iter()
            .filter(|i| i.covers(&names) && !i.is_over(today))
            .map(|i| Ignored {
                rule: i.rule.clone(),
                part: i.find.clone(),
                css: i.css.clone(),
                why: i.why.clone(),
            })
            .collect()
    }

    /// What a page may be called in a pattern: as given, and seen from the config's folder.
    fn names(&self, source: &str) -> Vec<String> {
        let mut names = vec![source.trim_start_matches("./").to_string()];
        if source != "-" && !source.contains("://") {
            let whole = Path::new(source).canonicalize().ok();
            let folder = self.folder.canonicalize().ok();
            let inside = whole
                .zip(folder)
                .and_then(|(w, f)| Some(w.strip_prefix(f).ok()?.to_string_lossy().replace('\\', "/")));
            names.extend(inside);
        }
        names
    }

    /// `[[ignore]]` entries whose rule passes on every page of the run that they cover.
    pub fn unused(&self, pages: &[PageReport], today: &str) -> Vec<Problem> {
        let unused = self.ignores.iter().filter(|i| !i.is_over(today)).filter(|i| {
            let covered = pages.iter().filter(|p| i.covers(&self.names(&p.source)));
            let verdicts: Vec<Verdict> = covered
                .flat_map(|p| p.verdicts.iter().filter(|v| v.rule == i.rule).map(|v| v.verdict))
                .collect();
            !verdicts.is_empty() && verdicts.iter().all(|v| *v == Verdict::Pass)
        });
        unused
            .map(|i| {
                let message = format!("this [[ignore]] is not needed: {} passes", i.rule);
                Problem::warning("unused-ignore", &i.place, message).help("remove it")
            })
            .collect()
    }

    /// `[[ignore]]` entries whose last day has passed.
    pub fn expired(&self, today: &str) -> Vec<Problem> {
        self.ignores
            .iter()
            .filter(|i| i.is_over(today))
            .map(|i| {
                let until = i.until.as_deref().unwrap_or("");
                let message =
                    format!("this [[ignore]] of {} ended on {until}: its findings count again", i.rule);
                Problem::warning("expired-ignore", &i.place, message)
                    .help("mend the page, or give it a new date")
            })
            .collect()
    }
}

impl Ignore {
    /// Whether it covers a page of one of these names.
    fn covers(&self, names: &[String]) -> bool {
        self.page.as_ref().is_none_or(|p| names.iter().any(|n| p.is_match(n)))
    }

    /// Whether its last day has passed.
    fn is_over(&self, today: &str) -> bool {
        self.until.as_deref().is_some_and(|until| today > until)
    }
}
