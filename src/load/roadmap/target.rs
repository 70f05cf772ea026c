//! When something is expected: days, months, quarters, halves, years, and words such as "next".

use jiff::civil::Date;

use crate::load::blocks::fold_space;
use crate::load::dates::{self, Meaning};
use crate::model::roadmap::Target;

/// How near something is, for those who give no dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Horizon {
    /// Now.
    Now,
    /// Next.
    Next,
    /// Later.
    Later,
}

/// An expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// As shown, with its days when it is a date.
    pub target: Target,
    /// The column it names.
    pub horizon: Option<Horizon>,
}

/// What a text says of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Times {
    /// First and last day, when a year is known.
    pub days: Option<(Date, Date)>,
    /// In canonical form, when the text is one date or period and nothing else.
    pub canonical: Option<String>,
    /// True when something more exact than a year is named.
    pub exact: bool,
    /// The words that are no part of a time.
    pub rest: String,
}

/// Words by horizon.
const HORIZONS: &[(Horizon, &[&str])] = &[
    (Horizon::Now, &["now", "current", "currently", "immediate", "this quarter", "today", "right now"]),
    (
        Horizon::Next,
        &[
            "next",
            "soon",
            "near term",
            "short term",
            "nearterm",
            "shortterm",
            "near future",
            "next quarter",
            "coming next",
            "up next",
            "next up",
            "near",
        ],
    ),
    (
        Horizon::Later,
        &[
            "later",
            "future",
            "long term",
            "longterm",
            "mid term",
            "medium term",
            "backlog",
            "eventually",
            "someday",
            "beyond",
            "long",
            "medium",
            "mid",
            "further out",
            "later on",
        ],
    ),
];

/// Words around a time that change nothing of it.
const FILLER: &[&str] = &[
    "of",
    "by",
    "in",
    "the",
    "end",
    "around",
    "about",
    "approx",
    "approximately",
    "target",
    "targeted",
    "est",
    "estimated",
    "expected",
    "to",
    "until",
    "and",
    "through",
    "fy",
    "cy",
    "eta",
    "on",
    "be",
    "for",
    "during",
    "released",
    "release",
];

/// Reads a value such as `2027-Q1`, `H2 2026`, `March 2027`, `next`.
///
/// `year` completes a quarter or half that names none. Returns `None` when the text names no time.
pub fn read(text: &str, year: Option<i16>) -> Option<When> {
    let written = fold_space(text);
    if let Some(horizon) = horizon(&written) {
        let shown = [(Horizon::Now, "Now"), (Horizon::Next, "Next"), (Horizon::Later, "Later")];
        let plain = shown.iter().find(|(own, word)| *own == horizon && word.eq_ignore_ascii_case(&written));
        let shown = plain.map_or(written.clone(), |(_, word)| word.to_string());
        return Some(When { target: Target { shown, days: None }, horizon: Some(horizon) });
    }
    let times = times(&written, year)?;
    let shown = times.canonical.unwrap_or(written);
    Some(When { target: Target { shown, days: times.days }, horizon: None })
}

/// Returns the horizon that a text names: all of it, or its first part (`Near-Term and Medium-Term`).
pub fn horizon(text: &str) -> Option<Horizon> {
    let words = text.to_lowercase().replace(['-', '_', '–'], " ");
    let words = words.split(['(', ':']).next().unwrap_or("");
    let clean = |part: &str| fold_space(&part.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect::<String>());
    let of = |part: &str| HORIZONS.iter().find(|(_, words)| words.contains(&part)).map(|(horizon, _)| *horizon);
    of(&clean(words)).or_else(|| {
        let mut parts = words.split(" and ").flat_map(|part| part.split(['/', ',', '&'])).map(clean);
        let first = of(&parts.next()?)?;
        parts.all(|part| of(&part).is_some()).then_some(first)
    })
}

/// A piece of a time.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Piece {
    Year(i16),
    Quarter(i8),
    Half(i8),
    Month(i8),
}

/// Finds every time in a text. `None` when there is none.
pub fn times(text: &str, year: Option<i16>) -> Option<Times> {
    let mut spans = Vec::new();
    let mut left = String::new();
    let mut from = 0;
    let mut shown = None;
    while let Some(found) = dates::find(text, from) {
        left.push_str(&text[from..found.range.start]);
        from = found.range.end;
        match found.meaning {
            Meaning::Day(day) => {
                spans.push((day, day));
                shown = Some(day.strftime("%-d %b %Y").to_string());
            }
            Meaning::Month(first) => {
                spans.push((first, first.last_of_month()));
                shown = Some(first.strftime("%b %Y").to_string());
            }
            Meaning::Ambiguous | Meaning::Impossible => {}
        }
    }
    left.push_str(&text[from..]);
    let (pieces, rest) = pieces(&left);
    let year = spans.first().map(|(day, _)| day.year()).or(year);
    let exact = !spans.is_empty() || pieces.iter().any(|piece| !matches!(piece, Piece::Year(_)));
    let periods = periods(&pieces, year);
    if let ([only], true) = (&*periods, spans.is_empty()) {
        shown = Some(show(*only));
    }
    if periods.is_empty() && spans.is_empty() {
        return None;
    }
    let single = spans.len() + periods.len() == 1 && rest.is_empty();
    spans.extend(periods.iter().filter_map(|(piece, year)| days(*piece, (*year)?)));
    let first = spans.iter().map(|(first, _)| *first).min();
    let last = spans.iter().map(|(_, last)| *last).max();
    let words = rest.split(' ').filter(|word| !FILLER.contains(&&*word.to_lowercase())).collect::<Vec<_>>().join(" ");
    Some(Times { days: first.zip(last), canonical: shown.filter(|_| single), exact, rest: words })
}

/// Each quarter, half and month with its year; years alone when there is nothing else.
fn periods(pieces: &[Piece], known: Option<i16>) -> Vec<(Piece, Option<i16>)> {
    let year_at = |at: usize| match pieces.get(at) {
        Some(Piece::Year(year)) => Some(*year),
        _ => None,
    };
    let named: Vec<usize> = (0..pieces.len()).filter(|&at| year_at(at).is_none()).collect();
    let Some(&first) = named.first() else {
        return pieces.iter().enumerate().map(|(at, piece)| (*piece, year_at(at))).collect();
    };
    // `2024-H2/2025-H1` and `Q4 2026 – Q1 2027` put the year on different sides.
    let year_first = first > 0;
    let year_of = |at: usize| {
        let before = (0..at).rev().find_map(year_at);
        let after = (at..pieces.len()).find_map(year_at);
        if year_first { before.or(after) } else { after.or(before) }.or(known)
    };
    named.into_iter().map(|at| (pieces[at], year_of(at))).collect()
}

fn days(piece: Piece, year: i16) -> Option<(Date, Date)> {
    let (first, last) = match piece {
        Piece::Year(_) => (1, 12),
        Piece::Half(half) => (half * 6 - 5, half * 6),
        Piece::Quarter(quarter) => (quarter * 3 - 2, quarter * 3),
        Piece::Month(month) => (month, month),
    };
    Some((Date::new(year, first, 1).ok()?, Date::new(year, last, 1).ok()?.last_of_month()))
}

fn show((piece, year): (Piece, Option<i16>)) -> String {
    let name = match piece {
        Piece::Year(year) => return year.to_string(),
        Piece::Half(half) => format!("H{half}"),
        Piece::Quarter(quarter) => format!("Q{quarter}"),
        Piece::Month(month) => Date::new(2000, month, 1).map_or(String::new(), |day| day.strftime("%b").to_string()),
    };
    year.map_or(name.clone(), |year| format!("{name} {year}"))
}

/// The pieces of time in a text, and its other words.
fn pieces(text: &str) -> (Vec<Piece>, String) {
    let mut all = Vec::new();
    let mut rest = Vec::new();
    for word in text
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|word| word.trim_matches('.'))
        .filter(|word| !word.is_empty())
    {
        match piece(word) {
            Some((piece, year)) => {
                // The year stays on the side where it was written.
                let year = year.map(Piece::Year);
                let year_first = word.starts_with(|c: char| c.is_ascii_digit()) && year.is_some();
                all.extend(year.filter(|_| year_first));
                all.push(piece);
                all.extend(year.filter(|_| !year_first));
            }
            None => rest.push(word),
        }
    }
    (all, rest.join(" "))
}

/// `2027`, `Q1`, `1H`, `2027Q1`, `Q12027`, `March`.
fn piece(word: &str) -> Option<(Piece, Option<i16>)> {
    let word = word.to_ascii_lowercase();
    let year = |text: &str| text.parse::<i16>().ok().filter(|year| text.len() == 4 && (1990..2200).contains(year));
    if let Some(year) = year(&word) {
        return Some((Piece::Year(year), None));
    }
    if let Some(at) = word.find(['q', 'h']).filter(|_| word.is_ascii()) {
        let (before, after) = (&word[..at], &word[at + 1..]);
        let period = |digit: &str| match (&word[at..=at], digit.parse::<i8>().ok()?) {
            ("q", quarter @ 1..=4) => Some(Piece::Quarter(quarter)),
            ("h", half @ 1..=2) => Some(Piece::Half(half)),
            _ => None,
        };
        let found = match (before.len(), after.len()) {
            (0, 1) => period(after).map(|period| (period, None)),
            (1, 0) => period(before).map(|period| (period, None)),
            (4, 1) => year(before).and_then(|year| Some((period(after)?, Some(year)))),
            (0, 5) => year(&after[1..]).and_then(|year| Some((period(&after[..1])?, Some(year)))),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    dates::month(&word).map(|month| (Piece::Month(month), None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let Some(when) = read(text, None) else {
            return "none".into();
        };
        let days = when.target.days.map_or("-".into(), |(first, last)| format!("{first}..{last}"));
        match when.horizon {
            Some(horizon) => format!("{} {horizon:?}", when.target.shown),
            None => format!("{} {days}", when.target.shown),
        }
    }

    #[test]
    fn every_way_to_say_when_is_understood() {
        let cases = [
            ("2027-Q1", "Q1 2027 2027-01-01..2027-03-31"),
            ("Q1 2027", "Q1 2027 2027-01-01..2027-03-31"),
            ("2027Q1", "Q1 2027 2027-01-01..2027-03-31"),
            ("Q4/2023", "Q4 2023 2023-10-01..2023-12-31"),
            ("1Q 2027", "Q1 2027 2027-01-01..2027-03-31"),
            ("H2 2026", "H2 2026 2026-07-01..2026-12-31"),
            ("2026 H2", "H2 2026 2026-07-01..2026-12-31"),
            ("2027-H1", "H1 2027 2027-01-01..2027-06-30"),
            ("2027", "2027 2027-01-01..2027-12-31"),
            ("2027-03", "Mar 2027 2027-03-01..2027-03-31"),
            ("March 2027", "Mar 2027 2027-03-01..2027-03-31"),
            ("2027-03-14", "14 Mar 2027 2027-03-14..2027-03-14"),
            ("2022 Q2 ~ Q4", "2022 Q2 ~ Q4 2022-04-01..2022-12-31"),
            ("July ~ August 2021", "July ~ August 2021 2021-07-01..2021-08-31"),
            ("2024-H2/2025-H1", "2024-H2/2025-H1 2024-07-01..2025-06-30"),
            ("Q4 2026 – Q1 2027", "Q4 2026 – Q1 2027 2026-10-01..2027-03-31"),
            ("2024-2025", "2024-2025 2024-01-01..2025-12-31"),
            ("End of Q3 2026", "End of Q3 2026 2026-07-01..2026-09-30"),
            ("Summer 2026", "Summer 2026 2026-01-01..2026-12-31"),
            ("now", "Now Now"),
            ("Next", "Next Next"),
            ("later", "Later Later"),
            ("Near-Term and Medium-Term", "Near-Term and Medium-Term Next"),
            ("Backlog (future releases)", "Backlog (future releases) Later"),
            ("Q3", "Q3 -"),
            ("soonish", "none"),
            ("TBD", "none"),
            ("v1.21", "none"),
            ("", "none"),
        ];
        for (text, expected) in cases {
            assert_eq!(show(text), expected, "{text}");
        }
    }

    #[test]
    fn a_known_year_completes_what_names_none() {
        let when = read("H2/KubeCon NA", Some(2026)).unwrap();
        assert_eq!(when.target.shown, "H2/KubeCon NA");
        assert_eq!(when.target.days.unwrap().0.to_string(), "2026-07-01");
    }
}
