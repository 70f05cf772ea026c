//! Dates in prose: the forms that people write in headings, tables and front matter.
//!
//! Takes text and gives where the first date stands and which day it is. It never guesses: a date that two countries
//! read differently is given as ambiguous. It knows nothing of quarters, which are a roadmap's business.

use std::ops::Range;

use jiff::civil::Date;

/// What a date in a text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// One day.
    Day(Date),
    /// A month; the date is its first day.
    Month(Date),
    /// Day and month could be exchanged: `03/04/2026`.
    Ambiguous,
    /// Written like a date, but no such day exists: `2026-02-30`.
    Impossible,
}

/// A date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The bytes of the text that it covers.
    pub range: Range<usize>,
    /// What it means.
    pub meaning: Meaning,
    /// Only digits and dots: it could be a version (`2026.04.01`).
    pub dotted: bool,
}

/// English names of months; any prefix of at least three letters counts, and `sept`.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Returns the number of a month, 1 to 12, from its English name or abbreviation in any case.
pub fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let short = if word == "sept" { "sep" } else { &word };
    let is_name = |name: &&str| *name == word || (short.len() == 3 && name.starts_with(short));
    MONTHS.iter().position(is_name).map(|at| at as i8 + 1)
}

/// Returns the first date of a text, at or after a byte.
pub fn find(text: &str, from: usize) -> Option<Found> {
    let bytes = text.as_bytes();
    (from..bytes.len()).find_map(|at| {
        let found = match bytes[at] {
            byte if !byte.is_ascii_alphanumeric() || text[..at].ends_with(char::is_alphanumeric) => None,
            b'0'..=b'9' => from_digits(bytes, at),
            _ => month_day_year(bytes, at),
        }?;
        // `1.2026.04.01` is a version, and so is `2026.04.01.7`.
        let version = at > 1 && bytes[at - 1] == b'.' && bytes[at - 2].is_ascii_digit();
        (!version).then_some(found)
    })
}

/// Returns the date when the whole text is one.
pub fn parse(text: &str) -> Option<Meaning> {
    let text = text.trim();
    find(text, 0).filter(|found| found.range == (0..text.len())).map(|found| found.meaning)
}

/// Returns the day of an ISO 8601 date with or without a time, as front matter has it.
pub fn iso_day(text: &str) -> Option<Date> {
    match find(text.trim(), 0)? {
        Found { range, meaning: Meaning::Day(day), .. } if range.start == 0 => Some(day),
        _ => None,
    }
}

fn from_digits(bytes: &[u8], at: usize) -> Option<Found> {
    let (first, end) = number(bytes, at)?;
    match end - at {
        4 => year_first(bytes, at, first, end),
        1 | 2 => day_month_year(bytes, at, first, end).or_else(|| numbers_year_last(bytes, at, first, end)),
        _ => None,
    }
}

/// `2026-04-01`, `2026/4/1`, `2026.04.01`, `2026-04`, `2026-Apr-01`.
fn year_first(bytes: &[u8], at: usize, year: i32, end: usize) -> Option<Found> {
    let separator = *bytes.get(end)?;
    if !is_year(year) || !matches!(separator, b'-' | b'/' | b'.' | b' ') {
        return None;
    }
    if let Some((month, end)) = month_word(bytes, end + 1) {
        let (day, end) = number(bytes, end + 1).filter(|(_, to)| to - end <= 3 && separator == bytes[end])?;
        return found(at, end, date(year, month, day), false);
    }
    let (month, month_end) = number(bytes, end + 1).filter(|(_, to)| to - end <= 3 && separator != b' ')?;
    match bytes.get(month_end).filter(|&&byte| byte == separator).and_then(|_| number(bytes, month_end + 1)) {
        Some((day, end)) if end - month_end <= 3 && is_over(bytes, end, separator) => {
            found(at, with_time(bytes, end), date(year, month as i8, day), separator == b'.')
        }
        None if separator != b'.' && month_end - end == 3 && is_over(bytes, month_end, separator) => {
            let meaning = Date::new(year as i16, month.try_into().ok()?, 1).ok().map(Meaning::Month)?;
            found(at, month_end, meaning, false)
        }
        _ => None,
    }
}

/// `1 April 2026`, `1st of April, 2026`, `01-Apr-2026`.
fn day_month_year(bytes: &[u8], at: usize, day: i32, end: usize) -> Option<Found> {
    let end = after_ordinal(bytes, end);
    let end = skip_spaces(bytes, end + usize::from(bytes[end..].starts_with(b". ")));
    let end = if bytes[end..].starts_with(b"of ") { end + 3 } else { end };
    let (month, end) = month_word(bytes, end + usize::from(bytes.get(end) == Some(&b'-')))?;
    let start =
        bytes[end..].iter().position(|byte| !matches!(byte, b' ' | b',' | b'.' | b'-')).map(|skip| end + skip)?;
    let (year, end) = year(bytes, start)?;
    found(at, end, date(year, month, day), false)
}

/// `04/01/2026`: a day only when one of the numbers cannot be a month, or both are the same.
fn numbers_year_last(bytes: &[u8], at: usize, first: i32, end: usize) -> Option<Found> {
    let separator = *bytes.get(end).filter(|byte| matches!(byte, b'/' | b'-' | b'.'))?;
    let (second, second_end) = number(bytes, end + 1).filter(|(_, to)| to - end <= 3)?;
    bytes.get(second_end).filter(|&&byte| byte == separator)?;
    let (year, end) = year(bytes, second_end + 1).filter(|&(_, end)| is_over(bytes, end, separator))?;
    let meaning = match (first > 12, second > 12) {
        (true, false) => date(year, second as i8, first),
        (false, true) => date(year, first as i8, second),
        (false, false) if first == second => date(year, first as i8, first),
        (false, false) if first > 0 && second > 0 => Meaning::Ambiguous,
        _ => Meaning::Impossible,
    };
    found(at, end, meaning, separator == b'.')
}

/// `April 1, 2026`, `Apr. 1st 2026`, `April 2026`.
fn month_day_year(bytes: &[u8], at: usize) -> Option<Found> {
    let (month, end) = month_word(bytes, at)?;
    let skip = |from: usize| {
        bytes[from..].iter().position(|byte| !matches!(byte, b' ' | b',' | b'.' | b'-')).map(|n| from + n)
    };
    let start = skip(end)?;
    if let Some((year, end)) = year(bytes, start) {
        let first = Date::new(year as i16, month, 1).ok()?;
        return found(at, end, Meaning::Month(first), false);
    }
    let (day, end) = number(bytes, start).filter(|(_, to)| to - start <= 2)?;
    let (year, end) = year(bytes, skip(after_ordinal(bytes, end))?)?;
    found(at, end, date(year, month, day), false)
}

fn found(start: usize, end: usize, meaning: Meaning, dotted: bool) -> Option<Found> {
    Some(Found { range: start..end, meaning, dotted })
}

fn date(year: i32, month: i8, day: i32) -> Meaning {
    let day = i8::try_from(day).ok().and_then(|day| Date::new(year as i16, month, day).ok());
    day.map_or(Meaning::Impossible, Meaning::Day)
}

fn is_year(year: i32) -> bool {
    (1970..2200).contains(&year)
}

fn year(bytes: &[u8], at: usize) -> Option<(i32, usize)> {
    number(bytes, at).filter(|&(year, end)| end - at == 4 && is_year(year))
}

fn number(bytes: &[u8], at: usize) -> Option<(i32, usize)> {
    let digits = bytes.get(at..)?.iter().take(5).take_while(|byte| byte.is_ascii_digit()).count();
    let value = std::str::from_utf8(&bytes[at..at + digits]).ok()?.parse().ok()?;
    Some((value, at + digits))
}

fn month_word(bytes: &[u8], at: usize) -> Option<(i8, usize)> {
    let letters = bytes.get(at..)?.iter().take(10).take_while(|byte| byte.is_ascii_alphabetic()).count();
    Some((month(std::str::from_utf8(&bytes[at..at + letters]).ok()?)?, at + letters))
}

fn after_ordinal(bytes: &[u8], at: usize) -> usize {
    let suffix = bytes.get(at..at + 2).map(<[u8]>::to_ascii_lowercase);
    match suffix.as_deref() {
        Some(b"st" | b"nd" | b"rd" | b"th") => at + 2,
        _ => at,
    }
}

fn skip_spaces(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|byte| **byte == b' ').count()
}

/// A date is over where neither more digits nor one more of its separators with a digit follow.
fn is_over(bytes: &[u8], end: usize, separator: u8) -> bool {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let letter = bytes.get(end).is_some_and(|byte| byte.is_ascii_alphabetic() && !matches!(byte, b'T' | b'Z'));
    let goes_on = bytes.get(end) == Some(&separator) && digit(end + 1);
    !(digit(end) || letter || goes_on)
}

/// Takes in the time of an ISO 8601 timestamp.
fn with_time(bytes: &[u8], end: usize) -> usize {
    match bytes.get(end) {
        Some(b'T') => {
            end + bytes[end..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || b":.+-".contains(byte)).count()
        }
        _ => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        find(text, 0).map_or("none".into(), |found| {
            let meaning = match found.meaning {
                Meaning::Day(day) => day.to_string(),
                Meaning::Month(day) => day.to_string()[..7].to_string(),
                other => format!("{other:?}"),
            };
            format!("{meaning} <{}>", &text[found.range])
        })
    }

    #[test]
    fn the_usual_ways_to_write_a_day_are_understood() {
        for text in [
            "2026-04-01",
            "2026/4/1",
            "2026.04.01",
            "April 1, 2026",
            "Apr. 1st 2026",
            "apr 1 2026",
            "1 April 2026",
            "1st of April, 2026",
            "1. April 2026",
            "1. April, 2026",
            "01-Apr-2026",
            "2026-Apr-01",
            "2026-04-01T10:00:00Z",
        ] {
            assert_eq!(show(text), format!("2026-04-01 <{text}>"));
        }
        assert_eq!(show("v1.2 (2016-12-6)"), "2016-12-06 <2016-12-6>");
        assert_eq!(show("2020-09-14_1.697.4"), "2020-09-14 <2020-09-14>");
        assert_eq!(show("Sept 2, 2020"), "2020-09-02 <Sept 2, 2020>");
    }

    #[test]
    fn a_month_is_less_than_a_day() {
        assert_eq!(show("November 2026"), "2026-11 <November 2026>");
        assert_eq!(show("2026-11"), "2026-11 <2026-11>");
    }

    #[test]
    fn day_and_month_are_never_guessed() {
        assert_eq!(show("03/04/2026"), "Ambiguous <03/04/2026>");
        assert_eq!(show("23/04/2026"), "2026-04-23 <23/04/2026>");
        assert_eq!(show("04/23/2026"), "2026-04-23 <04/23/2026>");
        assert_eq!(show("04/04/2026"), "2026-04-04 <04/04/2026>");
        assert_eq!(show("2026-02-30"), "Impossible <2026-02-30>");
    }

    #[test]
    fn versions_and_words_are_no_dates() {
        for text in [
            "1.2.3",
            "2026.04.01.7",
            "10.2026.04.01",
            "v2026",
            "marching 2026",
            "2026-2027",
            "20260401",
            "may",
            "2026-",
        ] {
            assert_eq!(show(text), "none", "{text}");
        }
    }
}
