//! What a heading of a roadmap says about everything below it.

use super::status;
use super::target::{self, Horizon, When};
use crate::load::blocks::{fold_space, without_signs};
use crate::load::changelog::label::{self, Named, Strength};
use crate::model::roadmap::{Status, Target};

/// What a heading means.
#[derive(Debug, Clone, Default)]
pub struct Meaning {
    /// The section speaks about the roadmap, not of its items: "How to help", "Table of contents".
    pub aside: bool,
    /// A status for all items.
    pub status: Option<Status>,
    /// A time for all items.
    pub when: Option<When>,
    /// Names a release.
    pub release: bool,
    /// A facet: the theme or release.
    pub tag: Option<String>,
}

impl Meaning {
    /// Returns true when the heading makes a column, a period or a release of the roadmap.
    pub fn is_board(&self) -> bool {
        self.status.is_some() || self.when.is_some() || self.release
    }
}

/// Beginnings of headings that speak about the roadmap itself.
const ASIDES: &[&str] = &[
    "about",
    "how to",
    "how do",
    "how we",
    "help",
    "contribut",
    "credit",
    "table of contents",
    "contents",
    "toc",
    "introduction",
    "intro",
    "overview",
    "legend",
    "feedback",
    "references",
    "links",
    "license",
    "licence",
    "faq",
    "frequently",
    "disclaimer",
    "background",
    "principle",
    "core tenets",
    "tenets",
    "glossary",
    "acknowledg",
    "appendix",
    "see also",
    "resources",
    "questions",
    "release process",
    "release history",
    "release cadence",
    "release schedule",
    "versioning",
    "mission",
    "purpose",
    "where to",
    "get involved",
    "getting involved",
    "more information",
    "further reading",
    "definitions",
    "status legend",
    "why a roadmap",
    "what is this",
    "support policy",
    "related",
];

/// Headings that say only that items follow.
const PLAIN: &[&str] = &[
    "roadmap",
    "current roadmap",
    "the roadmap",
    "roadmap items",
    "items",
    "features",
    "projects",
    "plan",
    "plans",
    "goals",
    "our roadmap",
    "public roadmap",
    "milestones",
    "themes",
];

/// Reads a heading. `year` completes a quarter that names none.
pub fn read(heading: &str, year: Option<i16>) -> Meaning {
    let plain = without_signs(heading);
    let lower = plain.to_lowercase();
    let lower = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    if ASIDES.iter().any(|aside| lower.starts_with(aside))
        || lower.ends_with('?')
        || lower.ends_with("mission statement")
    {
        return Meaning { aside: true, ..Meaning::default() };
    }
    if let Some(status) = status::of_heading(heading) {
        return Meaning { status: Some(status), ..Meaning::default() };
    }
    if let Some(horizon) = target::horizon(&plain) {
        return Meaning { when: Some(horizon_of(&plain, horizon)), ..Meaning::default() };
    }
    let release = label::read(&plain)
        .filter(|label| matches!(label.named, Named::Version(_)) && label.strength != Strength::Loose);
    let times = target::times(&without_versions(&plain), year);
    match (release, times) {
        (Some(release), times) => {
            let when = times.filter(|times| times.days.is_some());
            let shipped = when.is_some() && says_released(lower);
            let tag = release_name(&release.text, &plain);
            Meaning {
                status: shipped.then_some(Status::Shipped),
                when: when.map(|times| when_of(&plain, times)),
                release: true,
                tag: Some(tag),
                aside: false,
            }
        }
        // A year alone is a period only where nothing else is said: "2026", not "2026 epics".
        (None, Some(times)) if times.exact || times.rest.is_empty() => {
            let (name, status) = name_without_time(&times.rest, heading, lower);
            Meaning { status, when: Some(when_of(&plain, times)), tag: name, ..Meaning::default() }
        }
        _ => Meaning { tag: theme(heading), ..Meaning::default() },
    }
}

/// Returns what the level-1 heading says: only its time counts, and its year for those below that name none.
pub fn read_title(title: &str) -> (Option<When>, Option<i16>) {
    let plain = without_signs(title);
    let Some(times) = target::times(&without_versions(&plain), None) else { return (None, None) };
    let year = times.days.filter(|(first, last)| first.year() == last.year()).map(|(first, _)| first.year());
    (times.days.is_some().then(|| when_of(&plain, times)), year)
}

fn horizon_of(plain: &str, horizon: Horizon) -> When {
    target::read(plain, None)
        .filter(|when| when.horizon == Some(horizon))
        .unwrap_or(When { target: Target { shown: plain.to_string(), days: None }, horizon: Some(horizon) })
}

/// Shows the time and leaves out the other words of the heading.
fn when_of(plain: &str, times: target::Times) -> When {
    let shown = times.canonical.clone().unwrap_or_else(|| time_words(plain, &times));
    When { target: Target { shown, days: times.days }, horizon: None }
}

/// What of a heading speaks of time: from its first such word to its last.
fn time_words(plain: &str, times: &target::Times) -> String {
    let words: Vec<&str> = plain.split(' ').collect();
    let is_time = |word: &&str| target::times(word, None).is_some();
    let first = words.iter().position(|word| is_time(&word.trim_matches(['(', ')', ',', ':']))).unwrap_or(0);
    let last =
        words.iter().rposition(|word| is_time(&word.trim_matches(['(', ')', ',', ':']))).unwrap_or(words.len() - 1);
    match times.days {
        // A date's own words ("15 May 2022") have no time each; the days say it better.
        Some((from, to)) if from == to => from.strftime("%-d %b %Y").to_string(),
        _ => words[first..=last].join(" ").trim_matches(['(', ')', ',', ':', ' ']).to_string(),
    }
}

fn says_released(lower: &str) -> bool {
    lower.contains("released") && !lower.contains("to be released")
}

/// The heading without its time: a name if any words are left, or the status that they are.
fn name_without_time(rest: &str, heading: &str, lower: &str) -> (Option<String>, Option<Status>) {
    let rest = fold_space(rest);
    if says_released(lower) || status::of_heading(&rest) == Some(Status::Shipped) {
        return (None, Some(Status::Shipped));
    }
    match status::of_heading(&rest) {
        Some(status) => (None, Some(status)),
        None if rest.is_empty() || PLAIN.contains(&&*rest.to_lowercase()) => (None, None),
        None => (theme(heading), None),
    }
}

/// `v1.6(To Be Released around` is `v1.6`.
fn release_name(text: &str, plain: &str) -> String {
    let name =
        text.split(['(', ',']).next().unwrap_or(text).trim().trim_end_matches(|c: char| "-–—:/".contains(c)).trim();
    if name.is_empty() { plain.to_string() } else { name.to_string() }
}

/// Versions would be taken for years or numbers of days.
fn without_versions(text: &str) -> String {
    let is_version = |word: &str| {
        word.contains('.')
            && label::read(word.trim_matches(['(', ')', ',']))
                .is_some_and(|label| matches!(label.named, Named::Version(_)))
    };
    text.replace('(', " (").split(' ').filter(|word| !is_version(word)).collect::<Vec<_>>().join(" ")
}

fn theme(heading: &str) -> Option<String> {
    let theme = fold_space(heading).trim_end_matches(':').to_string();
    let plain = without_signs(&theme).to_lowercase();
    (!theme.is_empty() && !PLAIN.contains(&&*plain) && !plain.ends_with("roadmap")).then_some(theme)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(heading: &str) -> String {
        let meaning = read(heading, None);
        let status = meaning.status.map(|status| status.word().to_string());
        let when = meaning.when.map(|when| {
            format!(
                "when={}{}",
                when.target.shown,
                when.target.days.map_or(String::new(), |(a, b)| format!(" {a}..{b}"))
            )
        });
        let flags = [meaning.aside.then(|| "aside".to_string()), meaning.release.then(|| "release".to_string())];
        let parts = flags.into_iter().chain([status, when, meaning.tag.map(|tag| format!("#{tag}"))]);
        parts.flatten().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn headings_of_real_roadmaps_mean_what_their_authors_meant() {
        let cases = [
            ("Recently completed", "shipped"),
            ("Near-Term and Medium-Term", "when=Near-Term and Medium-Term"),
            ("Now", "when=Now"),
            ("v0.6.0, Mar 2022", "release when=Mar 2022 2022-03-01..2022-03-31 #v0.6.0"),
            ("v0.7.0+, 2022 Q2 ~ Q4", "release when=2022 Q2 ~ Q4 2022-04-01..2022-12-31 #v0.7.0+"),
            ("v1.0(Released on July 8, 2020)", "release shipped when=8 Jul 2020 2020-07-08..2020-07-08 #v1.0"),
            ("v1.6(To Be Released around May 15, 2022)", "release when=15 May 2022 2022-05-15..2022-05-15 #v1.6"),
            ("Later (To be updated)", "when=Later (To be updated)"),
            ("Rook Ceph 1.21", "release #Rook Ceph 1.21"),
            ("v3.6.0", "release #v3.6.0"),
            ("Q3 2026: Payments", "when=Q3 2026 2026-07-01..2026-09-30 #Q3 2026: Payments"),
            ("2026 Q1 (done)", "shipped when=2026 Q1 2026-01-01..2026-03-31"),
            ("2026", "when=2026 2026-01-01..2026-12-31"),
            ("2019 Working Groups Roadmaps", "#2019 Working Groups Roadmaps"),
            ("Current Roadmap", ""),
            ("How to help?", "aside"),
            ("👔 Productionization", "#👔 Productionization"),
            ("Objective: \"Secure it\"", "#Objective: \"Secure it\""),
        ];
        for (heading, expected) in cases {
            assert_eq!(show(heading), expected, "{heading}");
        }
    }
}
