//! Checks of regular expressions and selectors, with the place inside the string.

use crate::limits;
use crate::pack::files::BUILTIN;
use crate::pack::node::Reader;
use crate::pack::problem::Problem;
use crate::text::css::parse_selector;
use std::ops::Range;

/// Whether a regular expression may be used; says what is wrong where it may not.
pub fn check(r: &Reader, regex: &str, range: &Range<usize>) -> bool {
    if is_tested(r) {
        return true;
    }
    if regex.len() > limits::PATTERN_BYTES {
        let message =
            format!("the expression has {} bytes; at most {} are read", regex.len(), limits::PATTERN_BYTES);
        r.say(Problem::error("bad-regex", &r.place(range), message));
        return false;
    }
    if let Err(error) =
        regex_syntax::ParserBuilder::new().nest_limit(limits::PATTERN_NEST).build().parse(regex)
    {
        let (message, span) = match &error {
            regex_syntax::Error::Parse(e) => (e.kind().to_string(), *e.span()),
            regex_syntax::Error::Translate(e) => (e.kind().to_string(), *e.span()),
            _ => ("this is no valid regular expression".to_string(), empty_span()),
        };
        let place = r.inside(range, span.start.offset, span.end.offset - span.start.offset);
        let literal = r.file.text.get(range.clone()).is_some_and(|t| t.starts_with('\''));
        let mut problem = Problem::error("bad-regex", &place, message);
        if !literal {
            problem =
                problem.help("write regular expressions in 'single quotes': no backslash is lost there");
        }
        r.say(problem);
        return false;
    }
    if crate::text::pattern::compile(regex).is_err() {
        let message = "the expression is too big: a repetition in it multiplies";
        r.say(
            Problem::error("bad-regex", &r.place(range), message).help("use smaller counts, or a word list"),
        );
        return false;
    }
    true
}

/// Whether the file was read and checked when this program was tested: those of its own packs.
pub fn is_tested(r: &Reader) -> bool {
    r.file.path.starts_with(BUILTIN)
}

fn empty_span() -> regex_syntax::ast::Span {
    regex_syntax::ast::Span::splat(regex_syntax::ast::Position::new(0, 1, 1))
}

/// Whether a selector may be used; says what is wrong where it may not.
pub fn check_css(r: &Reader, css: &str, range: &Range<usize>) -> bool {
    if is_tested(r) {
        return true;
    }
    match parse_selector(css) {
        Ok(_) => true,
        Err(e) => {
            let at = e.offset.min(css.len().saturating_sub(1));
            r.say(Problem::error("bad-css", &r.inside(range, at, 1), e.message).label("here"));
            false
        }
    }
}
