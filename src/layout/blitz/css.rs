//! Stylesheet text as the engine can take it.

use std::borrow::Cow;

/// Digits kept behind the point of a percentage.
const DIGITS: usize = 3;

/// Cuts percentages to three digits behind the point: six columns of 16.66667 % are wider
/// than their row by a rounding error of `f32`, and the last one would wrap.
pub fn floor_percentages(css: &str) -> Cow<'_, str> {
    let bytes = css.as_bytes();
    let mut out = String::new();
    let mut copied = 0;
    for at in memchr::memchr_iter(b'%', bytes) {
        let digits = bytes[..at].iter().rev().take_while(|b| b.is_ascii_digit()).count();
        let point = at - digits;
        let before = point.checked_sub(1).and_then(|i| bytes.get(i));
        if digits <= DIGITS || before != Some(&b'.') {
            continue;
        }
        out.push_str(&css[copied..point + DIGITS]);
        copied = at;
    }
    if copied == 0 {
        return Cow::Borrowed(css);
    }
    out.push_str(&css[copied..]);
    Cow::Owned(out)
}

/// Declarations as the engine can take them.
pub fn own(css: &str) -> Cow<'_, str> {
    match skipped(css) {
        Some(changed) => Cow::Owned(floor_percentages(&changed).into_owned()),
        None => floor_percentages(css),
    }
}

/// Hides what `content-visibility: hidden` skips, a property that the engine does not have. `None`
/// where nothing does.
fn skipped(css: &str) -> Option<String> {
    const NAME: &str = "content-visibility";
    let mut out = String::new();
    let mut copied = 0;
    for (at, _) in css.match_indices(NAME) {
        let rest = css.get(at + NAME.len()..).unwrap_or_default();
        let value = rest.trim_ascii_start().strip_prefix(':').map(str::trim_ascii_start);
        let whole = !css.get(..at).unwrap_or_default().ends_with('-');
        if whole && value.is_some_and(|v| v.starts_with("hidden")) {
            out.push_str(css.get(copied..at).unwrap_or_default());
            out.push_str("max-height:0;visibility");
            copied = at + NAME.len();
        }
    }
    (copied > 0).then(|| out + css.get(copied..).unwrap_or_default())
}

/// Text of a stylesheet as the engine can take it on a screen that is touched, or on one with
/// a mouse, which is what the engine takes for granted.
pub fn ready(css: &str, touch: bool) -> Cow<'_, str> {
    let css = own(css);
    if !touch {
        return css;
    }
    match touched(&css) {
        Some(changed) => Cow::Owned(changed),
        None => css,
    }
}

/// Answers what media queries ask of the pointer as a phone does: it is coarse, and nothing can
/// be hovered over. `None` where nothing is asked.
fn touched(css: &str) -> Option<String> {
    let mut out = String::new();
    let mut copied = 0;
    for open in memchr::memchr_iter(b'(', css.as_bytes()) {
        let rest = css.get(open + 1..).unwrap_or_default();
        let feature = rest.trim_ascii_start();
        let feature = feature.strip_prefix("any-").unwrap_or(feature);
        if !feature.starts_with("hover") && !feature.starts_with("pointer") {
            continue;
        }
        let Some((inside, _)) = rest.split_once(')') else { break };
        let (name, value) = inside.split_once(':').unwrap_or((inside, ""));
        let holds = match (name.trim().trim_start_matches("any-"), value.trim()) {
            ("hover", "none") | ("pointer", "coarse" | "") => "min-width:0px",
            ("hover", "hover" | "") | ("pointer", "fine" | "none") => "max-width:0px",
            _ => continue,
        };
        out.push_str(css.get(copied..=open).unwrap_or_default());
        out.push_str(holds);
        copied = open + 1 + inside.len();
    }
    (copied > 0).then(|| out + css.get(copied..).unwrap_or_default())
}

/// A stylesheet that imports another for some media only. Queries that could end the rule
/// match nothing, as broken ones do.
pub fn import(url: &str, media: Option<&str>) -> String {
    let url = url.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r', '\u{c}'], "");
    let fine = |m: &&str| m.chars().all(|c| c.is_ascii_alphanumeric() || " \t\n\r(),:.-/<>=+*%".contains(c));
    match media {
        None => format!("@import url(\"{url}\");"),
        Some(media) => format!("@import url(\"{url}\") {};", Some(media).filter(fine).unwrap_or("not all")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_keep_three_digits() {
        assert_eq!(
            floor_percentages("a{width:16.66667%;left:50%}b{width:8.333333%}"),
            "a{width:16.666%;left:50%}b{width:8.333%}"
        );
        assert_eq!(floor_percentages("a{width:33.333%}"), "a{width:33.333%}");
        assert_eq!(floor_percentages("é1.23456789%"), "é1.234%");
        assert_eq!(floor_percentages("%5.123456%"), "%5.123%");
    }

    #[test]
    fn skipped_contents_are_hidden() {
        assert_eq!(own("a{content-visibility: hidden;b:c}"), "a{max-height:0;visibility: hidden;b:c}");
        for css in ["a{content-visibility:auto}", "a{--content-visibility:hidden}", "content-visibility"] {
            assert_eq!(own(css), css);
        }
    }

    #[test]
    fn a_phone_has_no_mouse() {
        let css =
            "@media (hover: hover) and (pointer:fine){a:hover{b:c}}@media (any-hover:none){d:is(e){f:g}}";
        assert_eq!(
            ready(css, true),
            "@media (max-width:0px) and (max-width:0px){a:hover{b:c}}@media (min-width:0px){d:is(e){f:g}}"
        );
        assert_eq!(ready(css, false), css);
        assert_eq!(ready("a:not(:hover){b:1.23456%}", true), "a:not(:hover){b:1.234%}");
        assert_eq!(ready("@media (pointer", true), "@media (pointer");
    }

    #[test]
    fn a_media_query_cannot_leave_its_rule() {
        assert_eq!(import("http://a/\"b", Some("print")), "@import url(\"http://a/\\\"b\") print;");
        assert_eq!(import("http://a/", Some("x;} body{}")), "@import url(\"http://a/\") not all;");
    }
}
