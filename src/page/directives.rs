//! What a page says to storelint: suppressions in comments and attributes, and
//! `<meta name="storelint">`.

use crate::finding::Span;
use crate::page::dom::{Dom, El};

/// One suppression.
#[derive(Clone, Debug, PartialEq)]
pub struct Off {
    /// Rules, each with its place.
    pub rules: Vec<(String, Span)>,
    /// The reason given.
    pub why: Option<String>,
    /// Where it holds; `None` is the whole page.
    pub range: Option<Span>,
    /// The directive itself.
    pub at: Span,
}

/// Something wrong with a directive.
#[derive(Clone, Debug, PartialEq)]
pub struct DirectiveProblem {
    /// `off-what`, `unknown-meta`.
    pub id: &'static str,
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: String,
    /// Where.
    pub span: Span,
}

/// All directives of a page.
#[derive(Clone, Debug, Default)]
pub struct Directives {
    /// Suppressions in the order of the page.
    pub offs: Vec<Off>,
    /// Key and value pairs of `<meta name="storelint">` with their places.
    pub meta: Vec<(String, String, Span)>,
    /// What is wrong.
    pub problems: Vec<DirectiveProblem>,
}

const META_KEYS: [&str; 5] = ["page", "category", "language", "platform", "market"];

impl Directives {
    /// Reads all directives, O(elements + comments).
    pub fn read(dom: &Dom, text: &str) -> Directives {
        let mut d = Directives::default();
        d.comments(dom, text);
        for el in dom.iter() {
            if let Some(rules) = dom.attr(el, "data-storelint-off") {
                let at = dom.attr_span(el, "data-storelint-off").and_then(|s| s.value.or(Some(s.name)));
                let at = at.or(dom.start_tag(el)).unwrap_or_default();
                let why = dom.attr(el, "data-storelint-why").map(str::trim).filter(|w| !w.is_empty());
                d.off(rules, why.map(str::to_string), Some(dom.span(el)), at, text);
            }
            if dom.name(el) == "meta"
                && dom.attr(el, "name").is_some_and(|n| n.eq_ignore_ascii_case("storelint"))
            {
                d.meta(dom, el);
            }
        }
        d.offs.sort_by_key(|o| o.at);
        d
    }

    fn meta(&mut self, dom: &Dom, el: El) {
        let span =
            dom.attr_span(el, "content").and_then(|s| s.value).or(dom.start_tag(el)).unwrap_or_default();
        for pair in dom.attr(el, "content").unwrap_or("").split([' ', ',', ';']).filter(|p| !p.is_empty()) {
            match pair.split_once('=') {
                Some((key, value)) if META_KEYS.contains(&key) && !value.is_empty() => {
                    self.meta.push((key.to_string(), value.to_string(), span));
                }
                _ => self.problems.push(DirectiveProblem {
                    id: "unknown-meta",
                    message: format!(
                        "<meta name=\"storelint\"> knows no “{}”",
                        pair.split('=').next().unwrap_or(pair)
                    ),
                    help: format!("write key=value, with one of: {}", META_KEYS.join(", ")),
                    span,
                }),
            }
        }
    }

    fn comments(&mut self, dom: &Dom, text: &str) {
        let mut open: Vec<(String, usize)> = Vec::new();
        for row in dom.comments() {
            let body = dom.comment_of(row).trim();
            let Some(rest) = body.strip_prefix("storelint-") else { continue };
            let at = row.span.unwrap_or_default();
            let (word, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            let (rules, why) = match rest.split_once(':') {
                Some((rules, why)) => (rules, Some(why.trim().to_string()).filter(|w| !w.is_empty())),
                None => (rest, None),
            };
            match word {
                "off" => {
                    let end = row.parent.map_or(text.len() as u32, |p| dom.span(p).end);
                    let before = self.offs.len();
                    self.off(rules, why, Some(Span::new(at.start, end.max(at.end))), at, text);
                    if self.offs.len() > before {
                        open.extend(names(rules).map(|r| (r.to_string(), before)));
                    }
                }
                "on" => {
                    for rule in names(rules) {
                        if let Some(i) = open.iter().rposition(|(r, _)| r == rule) {
                            let (_, off) = open.remove(i);
                            if let Some(range) = self.offs.get_mut(off).and_then(|o| o.range.as_mut()) {
                                range.end = range.end.min(at.start);
                            }
                        }
                    }
                }
                "off-next" => {
                    // implied elements are not there for the author
                    let next =
                        (row.before.0..dom.len() as u32).map(El).find(|el| dom.start_tag(*el).is_some());
                    let range = next.map_or(Span::new(at.end, at.end), |el| dom.span(el));
                    self.off(rules, why, Some(range), at, text);
                }
                "off-page" => self.off(rules, why, None, at, text),
                other => self.problems.push(DirectiveProblem {
                    id: "unknown-directive",
                    message: format!("there is no directive storelint-{other}"),
                    help: "storelint-off, storelint-on, storelint-off-next or storelint-off-page".into(),
                    span: at,
                }),
            }
        }
    }

    fn off(&mut self, rules: &str, why: Option<String>, range: Option<Span>, at: Span, text: &str) {
        let listed: Vec<(String, Span)> = names(rules)
            .map(|rule| {
                let offset = at.slice(text).find(rule).unwrap_or(0) as u32;
                let start = at.start + offset;
                (rule.to_string(), Span::new(start, (start + rule.len() as u32).min(at.end.max(start))))
            })
            .collect();
        if listed.is_empty() {
            self.problems.push(DirectiveProblem {
                id: "off-what",
                message: "this suppression names no rule".into(),
                help: "name it: <!-- storelint-off area/rule: reason -->".into(),
                span: at,
            });
            return;
        }
        self.offs.push(Off { rules: listed, why, range, at });
    }
}

fn names(rules: &str) -> impl Iterator<Item = &str> {
    rules.split([',', ' ', '\n', '\t']).map(str::trim).filter(|r| !r.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;

    fn read(html: &str) -> (Page, Directives) {
        let page = Page::from_text("t", html);
        let d = Directives::read(&page.dom, &page.text);
        (page, d)
    }

    #[test]
    fn ranges_end_where_they_are_switched_on_or_with_the_parent() {
        let (page, d) = read(
            "<main><!-- storelint-off a/b: x --><p>1</p><!-- storelint-on a/b --><p>2</p><!--storelint-off c/d: y--><i>3</i></main><b>4</b>",
        );
        let covered: Vec<&str> = d.offs.iter().map(|o| o.range.expect("range").slice(&page.text)).collect();
        assert!(covered[0].contains("1") && !covered[0].contains("2"), "{covered:?}");
        assert!(covered[1].contains("3") && !covered[1].contains("4"), "{covered:?}");
    }

    #[test]
    fn next_page_and_attribute() {
        let (page, d) = read(
            "<!-- storelint-off-next a/b: r --><p>1</p><p data-storelint-off='c/d' data-storelint-why='w'>2</p><!-- storelint-off-page e/f -->",
        );
        assert_eq!(d.offs[0].range.expect("range").slice(&page.text), "<p>1</p>");
        assert!(d.offs[1].range.expect("range").slice(&page.text).contains(">2<"));
        assert_eq!(d.offs[2].range, None);
        assert_eq!(d.offs[2].why, None);
        assert_eq!(d.offs[0].rules[0].1.slice(&page.text), "a/b");
    }

    #[test]
    fn problems_are_said() {
        let (_, d) = read("<meta name=storelint content='page=item colour=red'><!-- storelint-off -->");
        assert_eq!(d.meta.len(), 1);
        assert_eq!(d.problems.iter().map(|p| p.id).collect::<Vec<_>>(), ["off-what", "unknown-meta"]);
    }
}
