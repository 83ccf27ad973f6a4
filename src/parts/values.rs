//! Values in texts: money, percentages, dates, durations, numbers.

use crate::pack::model::Shape;
pub use crate::parts::currencies::currencies;
use crate::parts::currencies::{CURRENCIES, NO_CENTS, Side, has_thousandths};
use crate::text::dates::{days, last_day};
use crate::text::fold::BREAK;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// What a value counts.
#[derive(Clone, Debug, PartialEq)]
pub enum Unit {
    /// Money; the ISO codes that the sign may stand for, empty where unknown.
    Money(Vec<&'static str>),
    /// Percent.
    Percent,
    /// Days since 1970-01-01.
    Date,
    /// Days; calendar months where it was said in months or years.
    Duration(Option<u32>),
    /// Nothing.
    Plain,
}

/// A value read from a text: an interval, since “¥99 - ¥129” is one price.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Smallest.
    pub low: f64,
    /// Largest; the same for a single value.
    pub high: f64,
    /// What it counts.
    pub unit: Unit,
    /// As written, folded.
    pub shown: String,
}

const NUMBER: &str = r"\d{1,3}(?:[ ,.'’]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?";

static MONEY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let is_word = |s: &str| s.bytes().all(|b| b.is_ascii_alphanumeric());
    let signs = |on: &[Side]| {
        let mut signs: Vec<&str> =
            CURRENCIES.iter().filter(|(_, side, _)| on.contains(side)).map(|(sign, ..)| *sign).collect();
        signs.sort_by_key(|s| std::cmp::Reverse(s.len()));
        signs
    };
    // "ft" of "ft 12" but not of "gift 12"; the sign may run into its number: "RM129", "99kr"
    let before = signs(&[Side::Before, Side::Both, Side::First]);
    let before = before.into_iter().map(|s| {
        let start = if is_word(s) { r"(?-u:\b)" } else { "" };
        format!("{start}{}", regex::escape(s))
    });
    let after = signs(&[Side::After, Side::Both, Side::First]);
    let after = after.iter().chain(NO_CENTS).map(|s| {
        let end = if is_word(s) { r"(?-u:\b)" } else { "" };
        format!("{}{end}", regex::escape(s))
    });
    let (before, after) = (before.collect::<Vec<_>>().join("|"), after.collect::<Vec<_>>().join("|"));
    Regex::new(&format!(
        r"(?:(?P<b>{before})\s?(?P<bn>{NUMBER})(?:\s?[-–~至到]\s?(?:{before})?\s?(?P<bn2>{NUMBER}))?|(?P<an>{NUMBER})(?:\s?[-–~至到]\s?(?P<an2>{NUMBER}))?\s?(?P<a>{after}))"
    ))
    .ok()
});

static PERCENT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?P<p>\d{1,3}(?:[.,]\d+)?)\s?%|(?P<z>\d(?:\.\d)?|\d\d)\s?折").ok());

static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let names: Vec<&str> = MONTHS.iter().flat_map(|names| names.iter().copied()).collect();
    let month = format!(r"(?:{})[a-zà-ÿа-я]*\.?", names.join("|"));
    // digits may follow a Chinese word at once: 至2026年
    let edge = r"(?-u:\b)";
    let year = format!(r"(?:19|20)\d\d{edge}");
    // 2026-12-31 and 2026年12月; 31.12.2026; 31 December 2026; Dec 31, 2026; December 2026; 12/2026; 2026
    Regex::new(&format!(
        r"{edge}(?P<y>(?:19|20)\d\d)\s?[-./年년]\s?(?P<m>\d{{1,2}})(?:\s?[-./月월]\s?(?P<d>\d{{1,2}}))?|{edge}(?P<d2>\d{{1,2}})[./](?P<m2>\d{{1,2}})[./](?P<y2>{year})|{edge}(?P<d3>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s(?:de |of )?(?P<n3>{month}),?\s(?:de |of )?(?P<y3>{year})|\b(?P<n4>{month})\s(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y4>{year})|\b(?P<n5>{month})\s(?:de )?(?P<y5>{year})|{edge}(?P<m7>\d{{1,2}})\s?[-./]\s?(?P<y7>{year})|{edge}(?P<y6>{year})"
    ))
    .ok()
});

/// Units of time by their names, in hours, days, weeks, months and years.
const SPANS: [(&str, &str); 5] = [
    ("h", r"小时|時間|시간|hours?\b|stunden?\b|heures?\b|horas?\b|or[ae]\b|час(?:а|ов)?\b"),
    ("d", r"天|日|일|days?\b|tag(?:e|en)?\b|jours?\b|d[ií]as?\b|giorn[oi]\b|д(?:ень|ня|ней)\b|dagen\b|dni\b"),
    (
        "w",
        r"周|週間|주|weeks?\b|wochen?\b|semaines?\b|semanas?\b|settiman[ae]\b|недел[яиь]\b|weken\b|tygodni[ae]?\b",
    ),
    (
        "m",
        r"个月|箇月|か月|ヶ月|カ月|ヵ月|개월|months?\b|monat(?:e|en)?\b|mois\b|mes(?:es)?\b|mês\b|mes[ei]\b|месяц(?:а|ев)?\b|мес\b|maanden\b|miesi[ęą]c[ye]?\b",
    ),
    (
        "y",
        r"年|년|years?\b|yrs?\b|jahr(?:e|en)?\b|ans?\b|années?\b|años?\b|ann[oi]\b|anos?\b|год(?:а)?\b|лет\b|jaar\b|lat[a]?\b",
    ),
];

static DURATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    // months first: of 개월 and 年 the longer name wins
    let units = [3, 4, 2, 0, 1].map(|i: usize| format!("(?P<{}>{})", SPANS[i].0, SPANS[i].1)).join("|");
    Regex::new(&format!(r"(?P<n>\d+(?:[.,]\d+)?)\s?(?:{units})")).ok()
});

static PLAIN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(NUMBER).ok());

/// A number as people write it: both marks for thousands and decimals.
pub fn parse_number(text: &str) -> Option<f64> {
    let text = text.trim();
    let last = text.rfind(['.', ',']);
    let mut digits = String::with_capacity(text.len());
    for (i, c) in text.char_indices() {
        if c.is_ascii_digit() || c == '-' && i == 0 {
            digits.push(c);
        } else if Some(i) == last && text.len() - i - 1 != 3 {
            // the last mark is the decimal one unless exactly three digits follow
            digits.push('.');
        } else if !matches!(c, '.' | ',' | ' ' | '\'' | '’') {
            return None;
        }
    }
    digits.parse().ok()
}

/// An amount with three digits after its only mark, as decimals: “12.500” dinars are twelve and a half.
fn thousandths(text: &str) -> Option<f64> {
    let (whole, parts) = text.split_once(['.', ','])?;
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    (parts.len() == 3 && digits(parts) && digits(whole)).then(|| format!("{whole}.{parts}").parse().ok())?
}

/// The number of a structured value, where "." is always the decimal mark: "1.299" is 1.299
/// unless a comma shows otherwise.
pub fn parse_machine_number(text: &str) -> Option<f64> {
    let text = text.trim().trim_start_matches(|c: char| !(c.is_ascii_digit() || c == '-' || c == '.'));
    let text = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    text.parse().ok().or_else(|| parse_number(text))
}

/// The first value of a shape in a folded text, with its range.
pub fn first(shape: Shape, text: &str) -> Option<(Quantity, std::ops::Range<usize>)> {
    let regex = match shape {
        Shape::Money => &MONEY,
        Shape::Percent => &PERCENT,
        Shape::Date => &DATE,
        Shape::Duration => &DURATION,
        Shape::Number => &PLAIN,
    };
    let regex = regex.as_ref()?;
    let mut from = 0;
    // the first match that can be read: "13.13.2020" is no date
    for _ in 0..20 {
        let c = regex.captures_at(text, from)?;
        let whole = c.get(0)?;
        from = whole.end();
        if shape == Shape::Money && !stands_alone(text, &c) {
            // of "2 $10" the sign is the second number's
            from = c.name("a").map_or(from, |sign| sign.start());
            continue;
        }
        let Some((mut low, mut high, unit)) = read(shape, &c) else { continue };
        // “€ 18,00 -5%” is no range
        if shape == Shape::Money && text[whole.end()..].trim_start_matches(' ').starts_with('%') {
            let one = c.name("bn").or_else(|| c.name("an")).and_then(|m| parse_number(m.as_str()));
            (low, high) = one.map_or((low, high), |one| (one, one));
        }
        // a sign in a block of its own stands beside its number
        let shown = whole.as_str().trim_end_matches(['/', '起']).trim().replace(BREAK, " ");
        return Some((Quantity { low, high, unit, shown }, whole.range()));
    }
    None
}

/// Whether a sign of letters is no piece of a longer word: "kr" of "krone", "ft" of "gift"; and
/// one that stands after its number is not the next one's.
fn stands_alone(text: &str, c: &Captures<'_>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !crate::text::fold::is_cjk(c));
    let Some(sign) = c.name("b").or_else(|| c.name("a")) else { return false };
    let (before, after) = (&text[..sign.start()], &text[sign.end()..]);
    let digit_follows = after.trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit());
    if c.name("a").is_some() && digit_follows {
        let first = CURRENCIES.iter().any(|(s, side, _)| *side == Side::First && *s == sign.as_str());
        if first || NO_CENTS.contains(&sign.as_str()) {
            return false;
        }
    }
    let before = letter(sign.as_str().chars().next()) && letter(before.chars().next_back());
    let after = letter(sign.as_str().chars().next_back()) && letter(after.chars().next());
    !before && !after
}

/// Whether a folded text can hold money at all: a cheap look before the regex.
pub fn may_hold(shape: Shape, text: &str) -> bool {
    shape == Shape::Money && text.bytes().any(|b| b.is_ascii_digit())
        || shape != Shape::Money && text.bytes().any(|b| b.is_ascii_digit())
}

fn read(shape: Shape, c: &Captures<'_>) -> Option<(f64, f64, Unit)> {
    let number = |name: &str| c.name(name).and_then(|m| parse_number(m.as_str()));
    match shape {
        Shape::Money => {
            let (sign, low, high) = match c.name("b") {
                Some(sign) => (sign, number("bn")?, number("bn2")),
                None => (c.name("a")?, number("an")?, number("an2")),
            };
            let codes = currencies(sign.as_str());
            let (low, high) = if has_thousandths(&codes) {
                let parts = |name: &str| c.name(name).and_then(|m| thousandths(m.as_str()));
                let named = |before: &str, after: &str| parts(before).or_else(|| parts(after));
                (named("bn", "an").unwrap_or(low), named("bn2", "an2").or(high))
            } else {
                (low, high)
            };
            let high = high.unwrap_or(low);
            Some((low.min(high), low.max(high), Unit::Money(codes)))
        }
        Shape::Percent => {
            let percent = match number("p") {
                Some(p) => p,
                // 8折 and 85折 both leave that share of the price to pay
                None => {
                    let z = number("z")?;
                    100.0 - if z >= 10.0 { z } else { z * 10.0 }
                }
            };
            Some((percent, percent, Unit::Percent))
        }
        Shape::Date => {
            let int = |name: &str| c.name(name).and_then(|m| m.as_str().parse::<i64>().ok());
            let named = |name: &str| c.name(name).map(|m| month(m.as_str()));
            let (y, m, d) = match (int("y"), int("m")) {
                (Some(y), Some(m)) => (y, m, int("d").unwrap_or_else(|| last_day(y, m))),
                _ if c.name("n3").is_some() => (int("y3")?, named("n3")??, int("d3")?),
                _ if c.name("n4").is_some() => (int("y4")?, named("n4")??, int("d4")?),
                _ if c.name("n5").is_some() => {
                    let (y, m) = (int("y5")?, named("n5")??);
                    (y, m, last_day(y, m))
                }
                _ if c.name("y7").is_some() => {
                    let (y, m) = (int("y7")?, int("m7")?);
                    (y, m, last_day(y, m))
                }
                _ if c.name("y6").is_some() => (int("y6")?, 12, 31),
                _ => {
                    let (d, m, y) = (int("d2")?, int("m2")?, int("y2")?);
                    if d <= 12 && m <= 12 && d != m {
                        // day first or month first: cannot be known
                        return None;
                    }
                    if m > 12 { (y, d, m) } else { (y, m, d) }
                }
            };
            let day = days(y, m, d)? as f64;
            Some((day, day, Unit::Date))
        }
        Shape::Duration => {
            let n = number("n")?;
            let unit = SPANS.iter().map(|(name, _)| *name).find(|name| c.name(name).is_some())?;
            let (days, months) = match unit {
                "h" => (1.0 / 24.0, 0.0),
                "w" => (7.0, 0.0),
                "m" => (30.0, 1.0),
                "y" => (365.0, 12.0),
                _ => (1.0, 0.0),
            };
            let months = (months > 0.0 && (n * months).fract() == 0.0).then_some((n * months) as u32);
            Some((n * days, n * days, Unit::Duration(months)))
        }
        Shape::Number => {
            let n = parse_number(c.get(0)?.as_str())?;
            Some((n, n, Unit::Plain))
        }
    }
}

/// Beginnings of the months' names in English, German, French, Spanish, Italian, Portuguese
/// and Russian, by month.
const MONTHS: [&[&str]; 12] = [
    &["jan", "janv", "ene", "gen", "янв", "jän"],
    &["feb", "fév", "fev", "фев"],
    &["mar", "mär", "мар"],
    &["apr", "avr", "abr", "апр"],
    &["may", "mai", "mag", "май", "мая"],
    &["jun", "juin", "giu", "июн"],
    &["jul", "juil", "lug", "июл"],
    &["aug", "aoû", "aou", "ago", "авг"],
    &["sep", "set", "сен"],
    &["oct", "okt", "ott", "out", "окт"],
    &["nov", "ноя"],
    &["dec", "dez", "déc", "dic", "дек"],
];

/// The month of a name, 1 to 12.
fn month(name: &str) -> Option<i64> {
    let at = MONTHS.iter().position(|names| names.iter().any(|n| name.starts_with(n)))?;
    Some(at as i64 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    fn money(text: &str) -> Option<(f64, f64, Vec<&'static str>)> {
        match first(Shape::Money, &fold(text)) {
            Some((Quantity { low, high, unit: Unit::Money(c), .. }, _)) => Some((low, high, c)),
            _ => None,
        }
    }

    #[test]
    fn reads_money_as_people_write_it() {
        assert_eq!(money("¥129.00").map(|m| m.0), Some(129.0));
        assert_eq!(money("促销价：￥1,299").map(|m| m.0), Some(1299.0));
        assert_eq!(money("1.299,50 €").map(|m| m.0), Some(1299.5));
        assert_eq!(money("1 299,00 kr").map(|m| m.0), Some(1299.0));
        assert_eq!(money("US$ 12.99").map(|m| m.2), Some(vec!["USD"]));
        assert_eq!(money("¥99 - ¥129").map(|m| (m.0, m.1)), Some((99.0, 129.0)));
        assert_eq!(money("99元起").map(|m| m.0), Some(99.0));
        assert_eq!(money("1,980円").map(|m| m.0), Some(1980.0));
        assert_eq!(money("47 405 Р").map(|m| (m.0, m.2)), Some((47405.0, vec!["RUB", "BYN"])));
        assert_eq!(money("42 размер"), None);
        assert_eq!(money("Log in to see the price"), None);
        assert_eq!(money("gift 12"), None);
        assert_eq!(money("99元包邮").map(|m| m.0), Some(99.0));
        assert_eq!(money("für 12 kronen"), None);
        assert_eq!(money("ab 249kr").map(|m| m.0), Some(249.0));
        assert_eq!(money("gift 12 €").map(|m| m.0), Some(12.0));
        assert_eq!(money("129 руб. сегодня").map(|m| m.0), Some(129.0));
        assert_eq!(money("49 krona-free"), None);
        assert_eq!(money("20 639,-").map(|m| m.0), Some(20639.0));
        assert_eq!(money("199:-").map(|m| m.0), Some(199.0));
        assert_eq!(money("10.-12. mai"), None);
        assert_eq!(money("29,99 $").map(|m| m.0), Some(29.99));
        assert_eq!(money("pack of 2 $10.99").map(|m| m.0), Some(10.99));
        assert_eq!(money("1.299 TL").map(|m| (m.0, m.2)), Some((1299.0, vec!["TRY"])));
        assert_eq!(money("KWD 3.250").map(|m| m.0), Some(3.25));
        assert_eq!(money("12.500 د.ك").map(|m| m.0), Some(12.5));
        assert_eq!(money("79 درهم").map(|m| m.0), Some(79.0));
        assert_eq!(money("try 2 of them"), None);
        assert_eq!(money("€ 18,00 -5%").map(|m| (m.0, m.1)), Some((18.0, 18.0)));
        assert_eq!(money("12 brown boxes"), None);
    }

    #[test]
    fn reads_percent_dates_and_durations() {
        assert_eq!(first(Shape::Percent, "8.5折").map(|q| q.0.low), Some(15.0));
        assert_eq!(first(Shape::Percent, "save 20 %").map(|q| q.0.low), Some(20.0));
        assert_eq!(first(Shape::Date, "2025-06-01").map(|q| q.0.low), days(2025, 6, 1).map(|d| d as f64));
        assert_eq!(first(Shape::Date, "2024年2月").map(|q| q.0.low), days(2024, 2, 29).map(|d| d as f64));
        assert!(first(Shape::Date, "03.04.2025").is_none());
        for text in
            ["31 dec 2026", "dec. 31st, 2026", "31. dezember 2026", "december 2026", "31 декабря 2026"]
        {
            assert_eq!(
                first(Shape::Date, text).map(|q| q.0.low),
                days(2026, 12, 31).map(|d| d as f64),
                "{text}"
            );
        }
        assert_eq!(
            first(Shape::Date, "ends 2026-12-01").map(|q| q.0.low),
            days(2026, 12, 1).map(|d| d as f64)
        );
        assert_eq!(
            first(Shape::Date, "12 shops 2026").map(|q| q.0.low),
            days(2026, 12, 31).map(|d| d as f64)
        );
        for text in
            ["05/2027", "best before end: 05.2027", "2027년 5월", "有效期至2027年5月31日", "至2027-05-31"]
        {
            assert_eq!(
                first(Shape::Date, text).map(|q| q.0.low),
                days(2027, 5, 31).map(|d| d as f64),
                "{text}"
            );
        }
        for text in [
            "12 mesi",
            "12 meses",
            "12 месяцев",
            "12개월",
            "12 monate",
            "1 año",
            "1 jahr",
            "1년",
            "12ヶ月",
            "1 ano",
        ] {
            let unit = first(Shape::Duration, text).map(|q| q.0.unit);
            assert_eq!(unit, Some(Unit::Duration(Some(12))), "{text}");
        }
        assert_eq!(first(Shape::Duration, "12个月").map(|q| q.0.low), Some(360.0));
        assert_eq!(first(Shape::Duration, "2 years").map(|q| q.0.unit), Some(Unit::Duration(Some(24))));
    }
}
