//! One page through all stages: pure, synchronous, same input, same output.

use crate::audit::{Laid, Notice, PageReport, Recognised, RuleVerdict};
use crate::engine::measure::{Measure, Unmeasured, laid};
use crate::engine::pictures;
use crate::engine::plan::{PageSettings, Plan, Planned};
use crate::engine::score::{overall, scores};
use crate::engine::suppress::{self, notice};
use crate::finding::{Level, Span};
use crate::limits;
use crate::pack::rules::{CATEGORIES, MARKETS, PAGES};
use crate::page::Page;
use crate::page::directives::Directives;
use crate::parts::kind::KindPoints;
use crate::parts::map::PartMap;
use crate::parts::missing::useless;
use crate::parts::recognise::recognise;
use crate::parts::scene::Scene;
use crate::parts::screen::Screen;
use crate::parts::{describe, guards, language};
use crate::rules::context::{Context, Guard, Known};
use crate::rules::judge::{applies, asks_for_layout, judge};
use crate::rules::places::Places;
use crate::viewport::Viewport;
use std::time::Instant;

/// A page with its parts, before rules.
pub struct Looked<'p> {
    /// The page's tables.
    pub scene: Scene<'p>,
    /// The parts.
    pub map: PartMap,
    /// Each viewport: estimated until [`Looked::measure`].
    pub screens: Vec<Screen>,
    /// Whether it was laid out, or that was tried.
    pub measured: bool,
    /// What was laid out.
    pub laid: Vec<Laid>,
    /// By viewport: what was laid out but says nothing of the page, and why; to be looked at.
    pub aside: Vec<Option<(Screen, String)>>,
    /// Why nothing was.
    pub unlaid: String,
    /// Stylesheets that were not at hand where the layout could not be used.
    pub missing: Vec<String>,
    /// Page kind.
    pub page: Recognised,
    /// What it scores as each kind; empty where the kind was given.
    pub kinds: Vec<KindPoints>,
    /// Category.
    pub category: Recognised,
    /// Language.
    pub language: Recognised,
    /// Market.
    pub market: Option<String>,
    /// Why what is missing may be there.
    pub guard: Guard,
    /// Directives of the page.
    pub directives: Directives,
    /// Remarks so far.
    pub notices: Vec<Notice>,
}

impl Looked<'_> {
    /// Why the page was not looked at whole; empty where it was.
    pub fn partial(&self) -> Vec<String> {
        let mut partial = self.scene.page.partial.clone();
        partial.extend(unfilled(&self.scene));
        if self.scene.css.cut {
            partial.push("matching selectors took too long".into());
        }
        if self.map.cut {
            partial.push(format!(
                "it has more than {} things of one part: the first ones are judged",
                limits::THINGS
            ));
        }
        partial
    }

    /// Lays the page out on every viewport that is judged.
    pub fn measure(&mut self, measure: &dyn Measure) {
        self.measured = true;
        if self.guard.shell {
            self.unlaid = "the page is an empty shell that scripts fill".into();
            return;
        }
        let viewports: Vec<Viewport> = self.screens.iter().map(|s| s.viewport().clone()).collect();
        let measured = measure.measure(self.scene.page, &viewports);
        self.aside.clear();
        for (i, result) in measured.into_iter().enumerate().take(viewports.len()) {
            self.aside.push(None);
            let geometry = match result {
                Ok(geometry) => geometry,
                Err(why) => {
                    self.unlaid = why.to_string();
                    continue;
                }
            };
            match useless(&geometry, &self.scene, self.guard.scripts) {
                Some(why) => {
                    self.unlaid.clone_from(&why);
                    self.missing.clone_from(&geometry.missing.stylesheets);
                    self.aside[i] = Some((Screen::new(&viewports[i], Some(geometry)), why));
                }
                None => {
                    self.laid.push(laid(&geometry));
                    self.screens[i] = Screen::new(&viewports[i], Some(geometry));
                }
            }
        }
    }

    /// Name of the layout engine, or "none".
    pub fn engine(&self) -> &str {
        self.laid.first().map_or("none", |l| &l.engine)
    }

    /// What rules see of the page.
    pub fn context<'a>(&'a self, plan: &'a Plan) -> Context<'a> {
        let platform = self.scene.platform.and_then(|i| plan.parts.platforms.get(i as usize));
        Context {
            scene: &self.scene,
            map: &self.map,
            screens: &self.screens,
            page: self.page.value.as_deref(),
            category: self.category.value.as_deref(),
            language: self.language.value.as_deref(),
            platform: platform.map(|(p, _)| p.as_str()),
            market: self.market.as_deref(),
            lang: &plan.settings.lang,
            min_font: plan.settings.min_font,
            guard: self.guard,
            places: Places::default(),
            today: plan.settings.today.as_deref().and_then(crate::text::dates::parse),
            known: Known::default(),
        }
    }
}

/// Why a page that was rendered is empty, if it is and its own scripts are not to blame.
fn unfilled(scene: &Scene<'_>) -> Option<String> {
    let gone = scene.page.rendered.filter(|gone| *gone > 0 && guards::is_bare(scene))?;
    let are = if gone == 1 { "script that fills it was" } else { "scripts that may fill it were" };
    Some(format!("it holds next to nothing, and {gone} {are} not at hand"))
}

/// The level of a rule on this page.
fn level(context: &Context<'_>, settings: &PageSettings, planned: &Planned) -> Level {
    let spec = &planned.rule.level;
    let by_page = context
        .market
        .and_then(|m| spec.by_market.get(m))
        .or_else(|| context.category.and_then(|c| spec.by_category.get(c)))
        .copied()
        .unwrap_or(spec.default);
    settings.levels.get(&planned.rule.id).copied().or(planned.level).unwrap_or(by_page)
}

/// Recognises a page: its parts, kind, category and language.
pub fn look<'p>(page: &'p Page, plan: &'p Plan, settings: &PageSettings) -> Looked<'p> {
    let directives = Directives::read(&page.dom, &page.text);
    let mut notices = Vec::new();
    let mut meta = |key: &str, known: &[&str]| -> Option<String> {
        let (_, value, span) = directives.meta.iter().find(|(k, ..)| k == key)?;
        if !known.is_empty() && !known.contains(&value.as_str()) {
            let near = crate::text::nearest::nearest(value, known.iter().copied());
            let help = near
                .map_or_else(|| format!("known: {}", known.join(", ")), |n| format!("did you mean “{n}”?"));
            let message = format!("<meta name=\"storelint\">: there is no {key} called “{value}”");
            notices.push(notice(page, "unknown-meta", Level::Error, message, Some(help), *span));
            return None;
        }
        Some(value.clone())
    };
    let said = |given: &Option<(String, String)>, meta: Option<String>| -> Option<Recognised> {
        given
            .clone()
            .map(|(value, reason)| Recognised { value: Some(value), reason })
            .or_else(|| meta.map(|value| Recognised { value: Some(value), reason: "meta storelint".into() }))
    };
    let page_said = said(&settings.page, meta("page", PAGES));
    let category_said = said(&settings.category, meta("category", CATEGORIES));
    let language_said = said(&settings.language, meta("language", &[]));
    let platform = settings.platform.clone().or_else(|| meta("platform", &[]));
    let market =
        settings.market.clone().or_else(|| meta("market", MARKETS)).or_else(|| plan.settings.market.clone());
    let scene = Scene::new(page, &plan.parts, platform.as_deref(), Instant::now() + limits::PAGE_TIME);
    let mut map = recognise(&scene, true);
    let (kind, kinds) = match page_said {
        Some(said) => (said, Vec::new()),
        None => plan.kinds.recognise(&scene, &map),
    };
    if kind.value.as_deref() != Some("item") && !scene.structure.cards.is_empty() {
        map = recognise(&scene, false);
    }
    let sells = matches!(kind.value.as_deref(), Some("item" | "listing"));
    let category = category_said.unwrap_or_else(|| {
        if sells {
            plan.categories.recognise(&scene, &map)
        } else {
            Recognised { value: None, reason: "only asked of item and listing pages".into() }
        }
    });
    let language = language_said.unwrap_or_else(|| language::recognise(page, &scene.walk));
    let (pictures, opaque) = guards::opaque_pictures(&scene, &map);
    let guard = Guard {
        shell: guards::is_shell(&scene),
        hollow: guards::is_hollow(&scene),
        remote: plan.kinds.is_remote(&scene, &map),
        opaque: opaque >= 3 && 2 * opaque >= pictures,
        pictures: opaque >= 1,
        scripts: guards::has_scripts(&scene),
        partial: !page.partial.is_empty() || unfilled(&scene).is_some() || scene.css.cut || map.cut,
    };
    let viewports = &plan.settings.viewports;
    let mut screens: Vec<Screen> = viewports.iter().map(|v| Screen::new(v, None)).collect();
    if screens.is_empty() {
        screens.extend(Viewport::builtin().first().map(|v| Screen::new(v, None)));
    }
    if let Some(why) = &page.mojibake {
        let help = Some("declare the encoding that the page is in".to_string());
        notices.push(notice(
            page,
            "mojibake",
            Level::Warning,
            why.clone(),
            help,
            crate::finding::Span::default(),
        ));
    }
    for (span, why) in &scene.data.problems {
        let message = format!("this JSON-LD cannot be read: {why}");
        let help = Some("search engines drop the whole block".to_string());
        notices.push(notice(page, "jsonld-invalid", Level::Warning, message, help, *span));
    }
    Looked {
        scene,
        map,
        screens,
        measured: false,
        laid: Vec::new(),
        aside: Vec::new(),
        unlaid: "no rule asks for it".into(),
        missing: Vec::new(),
        page: kind,
        kinds,
        category,
        language,
        market,
        guard,
        directives,
        notices,
    }
}

/// What is said where a rule has more findings than reports show.
fn more_findings(page: &Page, verdict: &RuleVerdict) -> Notice {
    let (shown, all) = (verdict.findings.len(), verdict.findings.len() + verdict.more as usize);
    let message = format!("{} has {all} findings on this page; the first {shown} are shown", verdict.rule);
    let help = "one cause is often behind them all: mend it and check again".to_string();
    let at = verdict.findings.last().map_or(Span::default(), |f| Span { start: f.start, end: f.end });
    notice(page, "more-findings", Level::Info, message, Some(help), at)
}

/// Audits one page without measuring it: places on the screen are estimates.
pub fn audit(page: &Page, plan: &Plan, settings: &PageSettings) -> PageReport {
    audit_measured(page, plan, settings, &Unmeasured)
}

/// Audits one page; it is laid out where a rule that applies to it asks for that.
pub fn audit_measured(
    page: &Page,
    plan: &Plan,
    settings: &PageSettings,
    measure: &dyn Measure,
) -> PageReport {
    judge_looked(look(page, plan, settings), plan, settings, measure)
}

/// Judges a page that was recognised, with the same plan and settings; it is laid out where a
/// rule asks for that and it is not yet.
pub fn judge_looked(
    mut looked: Looked<'_>,
    plan: &Plan,
    settings: &PageSettings,
    measure: &dyn Measure,
) -> PageReport {
    let page = looked.scene.page;
    let mut notices = std::mem::take(&mut looked.notices);
    let context = looked.context(plan);
    let levels: Vec<Level> = plan.rules.iter().map(|p| level(&context, settings, p)).collect();
    let judged = || plan.rules.iter().zip(&levels).filter(|(_, level)| **level != Level::Off);
    let asked = || judged().any(|(p, _)| asks_for_layout(&p.rule) && applies(&context, &p.rule));
    if !looked.measured && (plan.settings.pictures || asked()) {
        looked.measure(measure);
    }
    let context = looked.context(plan);
    let mut verdicts: Vec<RuleVerdict> =
        judged().map(|(p, level)| judge(&context, &p.rule, *level, &p.options)).collect();
    notices.extend(suppress::apply(page, plan, &looked.directives, &settings.ignores, &mut verdicts));
    notices.extend(verdicts.iter().filter(|v| v.more > 0).map(|v| more_findings(page, v)));
    notices.sort_by(|a, b| (a.start, &a.id).cmp(&(b.start, &b.id)));
    // reports for people list no parts
    let parts = if plan.settings.all_parts {
        describe::records(&looked.scene, &looked.map, &looked.screens[0])
    } else {
        Vec::new()
    };
    let pictures = if plan.settings.pictures {
        pictures::drawn(&looked, &plan.settings.lang, &parts, &verdicts)
    } else {
        Vec::new()
    };
    let partial = looked.partial();
    PageReport {
        source: page.source.clone(),
        geometry: looked.engine().into(),
        missing: if looked.laid.is_empty() { looked.missing } else { Vec::new() },
        unlaid: looked.laid.is_empty().then_some(looked.unlaid),
        laid: looked.laid,
        pictures,
        shell: looked.guard.shell,
        page: looked.page,
        category: looked.category,
        language: looked.language,
        encoding: format!("{} ({})", page.encoding.label, page.encoding.from),
        partial,
        parts,
        scores: scores(&plan.rules, &verdicts),
        score: plan.settings.overall.then(|| overall(&plan.rules, &verdicts)).flatten(),
        verdicts,
        notices,
        text: page.text.clone(),
        lines: page.lines.clone(),
    }
}
