//! What is sold here: words of the trail, of the structured category, of title and
//! heading, all data (`words/categories.toml`).

use crate::audit::Recognised;
use crate::page::data::DataPath;
use crate::parts::scene::Scene;
use crate::text::fold::{fold, is_cjk};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The trail of links by its name.
pub const TRAIL_CSS: &str = r#"[class*="crumb" i], [id*="crumb" i], [aria-label*="breadcrumb" i]"#;
/// Points of a word in the trail, in the structured category, in heading or title.
const TRAIL: u32 = 3;
const MARKUP: u32 = 3;
const TITLE: u32 = 2;
/// Points needed, and lead over the next category.
const ENOUGH: u32 = 2;
const LEAD: u32 = 1;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCategory {
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTables {
    #[serde(default)]
    category: BTreeMap<String, RawCategory>,
}

/// The compiled tables: words by category.
#[derive(Debug, Default)]
pub struct CategoryTables {
    categories: Vec<(String, Vec<String>, Vec<String>)>,
}

impl CategoryTables {
    /// Compiles `words/categories.toml`.
    ///
    /// # Errors
    /// What is wrong with it, in one sentence.
    pub fn parse(text: &str) -> Result<CategoryTables, String> {
        let raw: RawTables =
            toml::from_str(text).map_err(|e| format!("words/categories.toml: {}", e.message()))?;
        let fold_all = |w: Vec<String>| w.iter().map(|w| fold(w)).collect::<Vec<_>>();
        let categories =
            raw.category.into_iter().map(|(k, c)| (k, fold_all(c.words), fold_all(c.not))).collect();
        Ok(CategoryTables { categories })
    }

    /// The category with a clear lead, and why; unknown is a legal answer.
    pub fn recognise(&self, scene: &Scene<'_>) -> Recognised {
        let sources = sources(scene);
        let mut scores: Vec<(u32, &str, String)> = Vec::new();
        for (category, words, not) in &self.categories {
            let (mut score, mut why) = (0, Vec::new());
            for (points, name, text) in &sources {
                let mut text = text.clone();
                for n in not.iter().filter(|n| !n.is_empty()) {
                    text = text.replace(n.as_str(), " ");
                }
                if let Some(word) = words.iter().find(|w| stands(&text, w)) {
                    score += points;
                    why.push(format!("{name} “{word}”"));
                }
            }
            if score > 0 {
                scores.push((score, category, why.join(", ")));
            }
        }
        scores.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        match scores.as_slice() {
            [] => Recognised {
                value: None,
                reason: "no word of any category in trail, markup, title or heading".into(),
            },
            [(score, category, why), rest @ ..] => {
                let next = rest.first().map_or(0, |r| r.0);
                if *score >= ENOUGH && *score >= next + LEAD {
                    Recognised { value: Some((*category).to_string()), reason: why.clone() }
                } else {
                    let other = rest.first().map_or(String::new(), |r| format!(" or {} ({})", r.1, r.2));
                    Recognised { value: None, reason: format!("could be {category} ({why}){other}") }
                }
            }
        }
    }
}

/// Whether a word stands in a text: whole for Latin (a plural let through), anywhere for CJK.
fn stands(text: &str, word: &str) -> bool {
    if word.is_empty() {
        return false;
    }
    if word.chars().any(is_cjk) {
        return text.contains(word);
    }
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_cjk(c));
    text.match_indices(word).any(|(i, _)| {
        let rest = &text[i + word.len()..];
        let ends = !letter(rest.chars().next())
            || rest.strip_prefix('s').is_some_and(|r| !letter(r.chars().next()))
            || rest.strip_prefix("es").is_some_and(|r| !letter(r.chars().next()));
        ends && !letter(text[..i].chars().next_back())
    })
}

/// Texts that tell the category: points, name, folded text.
fn sources(scene: &Scene<'_>) -> Vec<(u32, &'static str, String)> {
    let (dom, walk) = (&scene.page.dom, &scene.walk);
    let mut out = Vec::new();
    let path = |p: &str| DataPath::parse(p).map(|p| scene.data.values(&p)).unwrap_or_default();
    let markup: Vec<String> = path("Product.category").into_iter().take(3).map(|v| v.text).collect();
    if !markup.is_empty() {
        out.push((MARKUP, "Product.category", fold(&markup.join(" / "))));
    }
    let listed: Vec<String> =
        ["BreadcrumbList.itemListElement.name", "BreadcrumbList.itemListElement.item.name"]
            .iter()
            .flat_map(|p| path(p))
            .take(8)
            .map(|v| v.text)
            .collect();
    let trail = if listed.is_empty() {
        scene
            .matches(TRAIL_CSS)
            .iter()
            .find(|el| !walk.text(**el).trim().is_empty() && walk.text(**el).len() < 600)
            .map(|el| walk.text(*el).replace('\n', " / "))
            .unwrap_or_default()
    } else {
        fold(&listed.join(" / "))
    };
    if !trail.is_empty() {
        out.push((TRAIL, "trail", trail));
    }
    let mut title = String::new();
    if let Some(h1) = walk.headings.iter().find(|(el, rank)| *rank == 1 && !walk.text(*el).trim().is_empty())
    {
        title.push_str(walk.text(h1.0));
    }
    title.push(' ');
    if let Some(el) = dom.iter().find(|el| dom.name(*el) == "title" && dom.is_html(*el)) {
        title.push_str(&fold(dom.own_text(el)));
    }
    if !title.trim().is_empty() {
        out.push((TITLE, "title", title));
    }
    out
}
