//! What the words of a heading, bullet or bold line say about a release.
//!
//! Takes one line of text and gives the version, date and component in it, and how sure it is that the line heads a
//! release at all. It sees only that line: whether a likely one is believed is decided with all others in view.

use std::ops::Range;

use super::version::Version;
use crate::load::blocks::{fold_space, without_signs};
use crate::load::dates::{self, Found};

/// How surely a line heads a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// Nothing else is written like this: `1.2.0`, `[v1.2.0] - 2026-11-18`.
    Sure,
    /// Believed only among others like it: `Portolan 1.2`, `5`, `Next`.
    Likely,
    /// Believed only among likely ones with as many numbers: `1.2.0 Codename`, but `0.5 Migration guide` is a section.
    Loose,
}

/// What a line names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A version.
    Version(Version),
    /// A day or month without a version.
    Date,
    /// What is not released yet.
    Unreleased,
}

/// What was read from a line.
#[derive(Debug, Clone)]
pub struct Label {
    /// What it names.
    pub named: Named,
    /// How surely.
    pub strength: Strength,
    /// The line without its date: `v1.2.0`, `package@1.2.0`, `1.2.0: Codename`.
    pub text: String,
    /// A package or component.
    pub component: Option<String>,
    /// The date and its spelling.
    pub date: Option<(Found, String)>,
    /// `[YANKED]`.
    pub yanked: bool,
    /// Says of itself that it is not released: `1.3.0 (unreleased)`.
    pub unreleased: bool,
}

/// Words around a version that say nothing.
const FILLER: &[&str] = &[
    "version",
    "ver",
    "ver.",
    "release",
    "releases",
    "released",
    "rel",
    "rel.",
    "changelog",
    "changes",
    "change",
    "log",
    "notes",
    "note",
    "in",
    "for",
    "of",
    "with",
    "on",
    "what's",
    "what’s",
    "whats",
    "new",
    "tag",
    "build",
    "the",
    "v",
    "date",
    "is",
    "was",
    "final",
    "stable",
    "update",
    "updates",
];

/// Words before a version that make it something else than the release's own.
const FOREIGN: &[&str] = &[
    "after",
    "before",
    "between",
    "download",
    "downloads",
    "drop",
    "from",
    "migrate",
    "migrating",
    "migration",
    "minimum",
    "require",
    "requires",
    "since",
    "support",
    "supports",
    "than",
    "to",
    "until",
    "upgrade",
    "upgrading",
    "upgrades",
    "using",
    "via",
    "bump",
    "bumped",
];

/// Lines that name what is not released yet, if others head releases.
const NOT_YET: &[&str] = &[
    "next",
    "upcoming",
    "head",
    "main",
    "master",
    "trunk",
    "develop",
    "development",
    "in development",
    "in progress",
    "under development",
    "work in progress",
    "wip",
    "future",
    "pending",
    "vnext",
    "to be released",
    "not released",
    "not yet released",
    "tbd",
    "tba",
    "unpublished",
];

/// A longer line is prose; this also bounds the work on one.
const LONGEST: usize = 400;

/// Stands where a date was cut out, so that bytes keep their places.
const CUT: char = '\u{1}';

/// Reads a line; `None` when it heads no release.
pub fn read(line: &str) -> Option<Label> {
    if line.len() > LONGEST {
        return None;
    }
    let line = without_signs(line);
    let (line, yanked) = without_yanked(&line);
    let date = find_date(&line);
    let cut = cut_out(&line, date.as_ref().map(|found| found.range.clone()));
    let tokens = tokens(&cut);
    let unreleased = says_unreleased(&cut);
    let text = label_text(&cut);
    let spelled = date.map(|found| (found.clone(), line[found.range].to_string()));
    let (named, strength, component) = match find_version(&tokens) {
        Some((at, version, own)) => {
            let (strength, component) = weigh(&cut, &tokens, at, &version, own, spelled.is_some())?;
            (Named::Version(version), strength, component)
        }
        None if unreleased => (Named::Unreleased, Strength::Sure, None),
        None if is_not_yet(&tokens) => (Named::Unreleased, Strength::Likely, None),
        None => (Named::Date, weigh_date(&tokens, &cut, spelled.as_ref()?)?, None),
    };
    let text = if named == Named::Date { line.trim().to_string() } else { text };
    Some(Label { named, strength, text, component, date: spelled, yanked, unreleased })
}

/// Returns true when a line says nothing but the version, date and component of a release.
pub fn is_bare(line: &str) -> bool {
    read(line).is_some_and(|label| match &label.named {
        Named::Version(version) => label.text.ends_with(&version.text) || label.unreleased,
        Named::Date => label.date.is_some_and(|(_, date)| date.len() + 2 >= label.text.len()),
        Named::Unreleased => true,
    })
}

/// Drops `[YANKED]`, `(yanked)` and `YANKED` and says whether it was there.
fn without_yanked(line: &str) -> (String, bool) {
    let lower = line.to_ascii_lowercase();
    let Some(at) = lower.find("yanked") else {
        return (line.to_string(), false);
    };
    let end = at + "yanked".len();
    let bracketed = line[..at].ends_with(['[', '(']) && line[end..].starts_with([']', ')']);
    match bracketed {
        true => (format!("{} {}", &line[..at - 1], &line[end + 1..]).trim_end().to_string(), true),
        false if &line[at..end] == "YANKED" => (format!("{}{}", &line[..at], &line[end..]), true),
        false => (line.to_string(), false),
    }
}

/// The first date; `2026.04.01` only after something else, since at the start it is a version.
fn find_date(line: &str) -> Option<Found> {
    let mut from = 0;
    loop {
        let found = dates::find(line, from)?;
        let opens = line[..found.range.start].chars().all(|c| !c.is_alphanumeric());
        if !(found.dotted && opens) {
            return Some(found);
        }
        from = found.range.end;
    }
}

fn cut_out(line: &str, range: Option<Range<usize>>) -> String {
    let mut cut = line.to_string();
    if let Some(range) = range {
        let filler = CUT.to_string().repeat(range.len());
        cut.replace_range(range, &filler);
    }
    cut
}

/// One word of a line.
#[derive(Debug)]
struct Token<'a> {
    word: &'a str,
    start: usize,
    /// A sign such as a dash, colon or bracket stands between it and the word before.
    apart: bool,
}

fn tokens(line: &str) -> Vec<Token<'_>> {
    let separates = |c: char| c == CUT || "()[]{}|,;:\"“”„«»–—−•·…`~=<>".contains(c);
    let mut tokens = Vec::new();
    let mut apart = false;
    let mut start = 0;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        if !(c.is_whitespace() || separates(c)) {
            continue;
        }
        let trimmed = line[start..at].trim_matches(['*', '_', '!', '?', '\'', '\\']).trim_end_matches(['.', '/']);
        match trimmed {
            "" => {}
            "-" | "/" | "--" | "&" => apart = true,
            word => tokens.push(Token { word, start, apart: std::mem::take(&mut apart) }),
        }
        apart |= separates(c) || line[start..at].ends_with('/');
        start = at + c.len_utf8();
    }
    tokens
}

/// The first word that is or holds a version: its index, the version, and the package written in the same word.
fn find_version<'a>(tokens: &[Token<'a>]) -> Option<(usize, Version, Option<&'a str>)> {
    tokens.iter().enumerate().find_map(|(at, token)| {
        if let Some(version) = Version::parse(token.word) {
            return Some((at, version, None));
        }
        let (package, version) = package_and_version(token.word)?;
        Some((at, version, Some(package)))
    })
}

/// `package@1.2.0`, `module/v1.2.0`, `package-1.2.0`.
fn package_and_version(word: &str) -> Option<(&str, Version)> {
    let at_sign = word.rfind('@').filter(|&at| at > 0).map(|at| (&word[..at], &word[at + 1..]));
    let slash = word.rfind('/').map(|at| (&word[..at], &word[at + 1..]));
    for (package, version) in at_sign.into_iter().chain(slash) {
        if let Some(version) = Version::parse(version).filter(|version| !package.is_empty() && !version.is_single()) {
            return Some((package, version));
        }
    }
    word.char_indices().filter(|(_, c)| matches!(c, '-' | '_')).find_map(|(at, _)| {
        let version = Version::parse(&word[at + 1..]).filter(|version| version.numbers.len() > 1)?;
        word.starts_with(|c: char| c.is_alphabetic() || c == '@').then_some((&word[..at], version))
    })
}

/// Decides how surely the words around a version make a release's heading, and what component they name.
fn weigh(
    line: &str,
    tokens: &[Token<'_>],
    at: usize,
    version: &Version,
    own: Option<&str>,
    dated: bool,
) -> Option<(Strength, Option<String>)> {
    let before: Vec<&str> =
        tokens[..at].iter().map(|token| token.word).filter(|word| !is_one_of(word, FILLER)).collect();
    if before.len() > 4 || before.iter().any(|word| is_one_of(word, FOREIGN)) {
        return None;
    }
    let after = tokens[at + 1..].iter().find(|token| !is_one_of(token.word, FILLER));
    let around = Around {
        named: !before.is_empty(),
        said: tokens[..at].iter().any(|token| is_one_of(token.word, &["version", "release", "ver", "ver."])),
        dated,
        apart: after.is_none_or(|token| token.apart || tokens[at + 1].apart),
    };
    let alone = tokens.len() == 1 && line.trim().trim_matches(['[', ']']) == tokens[0].word;
    let strength = match version.is_single() {
        true => single_strength(version, &around, alone)?,
        false => strength(&around, own.is_some() && !line.contains('@') && !tokens[at].word.contains('/'))?,
    };
    let component = before.into_iter().chain(own).collect::<Vec<_>>().join(" ");
    Some((strength, (!component.is_empty()).then_some(component)))
}

/// What stands around a version.
struct Around {
    /// Words of a name before it.
    named: bool,
    /// "Version" or "release" before it.
    said: bool,
    /// A date in the line.
    dated: bool,
    /// Nothing after it, or a sign first.
    apart: bool,
}

/// `hyphenated` is for `package-1.2.0`, which is more often a dependency than a release.
fn strength(around: &Around, hyphenated: bool) -> Option<Strength> {
    match around {
        Around { dated: true, said: true, .. } | Around { dated: true, apart: true, .. } => Some(Strength::Sure),
        Around { named: false, dated: true, .. } => Some(Strength::Sure),
        Around { named: false, apart: true, .. } if !hyphenated => Some(Strength::Sure),
        Around { apart: true, .. } => Some(Strength::Likely),
        Around { named: false, .. } => Some(Strength::Loose),
        _ => None,
    }
}

/// One number alone is a version only with a word or date that says so; `v8` and `5` are likely ones.
fn single_strength(version: &Version, around: &Around, alone: bool) -> Option<Strength> {
    let year = (1970..2200).contains(&version.numbers[0]) && !version.prefixed;
    match around {
        Around { named: true, dated: false, .. } => None,
        Around { apart: true, dated: true, .. } | Around { apart: true, said: true, .. } if !year => {
            Some(Strength::Sure)
        }
        Around { apart: true, .. } if (alone || version.prefixed) && !year => Some(Strength::Likely),
        _ => None,
    }
}

/// A date heads a release when the line begins or ends with it.
fn weigh_date(tokens: &[Token<'_>], cut: &str, (found, _): &(Found, String)) -> Option<Strength> {
    const WEEK: &[&str] = &["week", "mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let says_nothing = |word: &str| is_one_of(word, FILLER) || word.ends_with("day") || is_one_of(word, WEEK);
    let mut before = tokens.iter().filter(|token| token.start < found.range.start && !says_nothing(token.word));
    let ends = cut[found.range.end..].chars().all(|c| !c.is_alphanumeric());
    match (before.next(), ends) {
        (None, _) => Some(Strength::Sure),
        (Some(_), true) if cut[..found.range.start].trim_end().ends_with(['(', '[', '-', '–', '—', ',', ':', '|']) => {
            Some(Strength::Likely)
        }
        _ => None,
    }
}

fn says_unreleased(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    let words = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let marked = [
        "(unreleased",
        "[unreleased",
        "- unreleased",
        "– unreleased",
        "— unreleased",
        ": unreleased",
        "/ unreleased",
        ", unreleased",
        "_unreleased_",
    ];
    let pending = [
        "(tbd)",
        "- tbd",
        "(in development)",
        "(not released)",
        "(not yet released)",
        "(wip)",
        "(upcoming)",
        "(in progress)",
        "(next)",
    ];
    words.starts_with("unreleased")
        || words.starts_with("not yet released")
        || marked.iter().chain(&pending).any(|mark| lower.contains(mark))
}

fn is_not_yet(tokens: &[Token<'_>]) -> bool {
    let words: Vec<&str> = tokens
        .iter()
        .map(|token| token.word)
        .filter(|word| !is_one_of(word, &["version", "release", "changes", "the"]))
        .collect();
    NOT_YET.contains(&&*words.join(" ").to_lowercase()) && words.len() < 4
}

fn is_one_of(word: &str, list: &[&str]) -> bool {
    list.iter().any(|other| other.eq_ignore_ascii_case(word))
}

/// The line without its date and without the signs and words that only led to the date.
fn label_text(cut: &str) -> String {
    let (before, after) = match cut.find(CUT) {
        Some(at) => (without_lead(&cut[..at]), cut[at..].trim_start_matches([CUT, ')', ']'])),
        None => (cut, ""),
    };
    let is_loose = |c: char| c.is_whitespace() || "-–—:,/|_".contains(c);
    let parts = [before, after].map(|part| part.trim_matches(is_loose));
    let text = fold_space(&parts.join(" "));
    match text.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((inner, after)) if after.is_empty() || after.starts_with(['[', '(']) => inner.to_string(),
        Some((inner, after)) => format!("{inner}{after}"),
        None => text,
    }
}

/// Drops what leads to a date: an open bracket, a separator, `released on`.
fn without_lead(mut text: &str) -> &str {
    const LEAD: &[&str] = &["released", "release", "date", "on", "published"];
    loop {
        text = text.trim_end_matches(|c: char| c.is_whitespace() || "-–—:,/|_([".contains(c));
        let word = text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        if word.len() == text.len() || !is_one_of(word, LEAD) {
            return text;
        }
        text = &text[..text.len() - word.len()];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(line: &str) -> String {
        let Some(label) = read(line) else {
            return "none".into();
        };
        let named = match &label.named {
            Named::Version(version) => version.text.clone(),
            other => format!("{other:?}"),
        };
        let mut shown = format!("{named} | {}", label.text);
        for part in
            [label.component.as_deref(), label.date.as_ref().map(|(_, text)| text.as_str())].into_iter().flatten()
        {
            shown += &format!(" | {part}");
        }
        let flags = [
            (label.yanked, " yanked"),
            (label.unreleased, " unreleased"),
            (label.strength == Strength::Likely, " ?"),
            (label.strength == Strength::Loose, " ??"),
        ];
        flags.iter().filter(|(on, _)| *on).for_each(|(_, word)| shown += word);
        shown
    }

    #[test]
    fn the_forms_of_version_headings_are_read() {
        let cases = [
            ("1.2.0", "1.2.0 | 1.2.0"),
            ("v1.2.0", "1.2.0 | v1.2.0"),
            ("v.2.0.0", "2.0.0 | v.2.0.0"),
            ("[1.2.0] - 2026-11-18", "1.2.0 | 1.2.0 | 2026-11-18"),
            ("[1.2.0][1.2.0] - 2026-11-18", "1.2.0 | 1.2.0 | 2026-11-18"),
            ("[0.3.5]", "0.3.5 | 0.3.5"),
            ("1.2.0 (2026-11-18)", "1.2.0 | 1.2.0 | 2026-11-18"),
            ("1.2.0, November 18, 2026", "1.2.0 | 1.2.0 | November 18, 2026"),
            ("1.2.0: 18 Nov 2026", "1.2.0 | 1.2.0 | 18 Nov 2026"),
            ("0.1.0 / 2021-05-17", "0.1.0 | 0.1.0 | 2021-05-17"),
            ("1.1.0/ 2023-05-30", "1.1.0 | 1.1.0 | 2023-05-30"),
            ("v1.0(Released on July 8, 2020)", "1.0 | v1.0 | July 8, 2020"),
            ("Version 1.2, released 2026-04-01", "1.2 | Version 1.2 | 2026-04-01"),
            ("5.5.4 (2024.02.02)", "5.5.4 | 5.5.4 | 2024.02.02"),
            ("2024.02.02", "2024.02.02 | 2024.02.02"),
            ("[2026-04-14] Version 2.6.7", "2.6.7 | Version 2.6.7 | 2026-04-14"),
            ("2020-09-14_1.697.4", "1.697.4 | 1.697.4 | 2020-09-14"),
            ("v1.76.0 / v2.13.0 (2025-12-03)", "1.76.0 | v1.76.0 / v2.13.0 | 2025-12-03"),
            ("[2.0.6] 0 - 2018-08-03", "2.0.6 | 2.0.6 0 | 2018-08-03"),
            ("1.0.0 [YANKED]", "1.0.0 | 1.0.0 yanked"),
            ("1.0.0 - 2020-01-01 [YANKED]", "1.0.0 | 1.0.0 | 2020-01-01 yanked"),
            ("🎉 1.2.0", "1.2.0 | 1.2.0"),
            (":tada: Version 1.2", "1.2 | Version 1.2"),
            ("1.2.0 — The Big One", "1.2.0 | 1.2.0 — The Big One"),
            ("What's new in 1.2", "1.2 | What's new in 1.2"),
            ("0.15.x", "0.15.x | 0.15.x"),
            ("v5", "5 | v5 ?"),
            ("Version 5", "5 | Version 5"),
            ("CHANGES WITH 6.0.0:", "6.0.0 | CHANGES WITH 6.0.0"),
            ("2015-09-15, io.js Version 3.3.1 @rvagg", "3.3.1 | io.js Version 3.3.1 @rvagg | io.js | 2015-09-15"),
            ("5", "5 | 5 ?"),
            ("1.2.0 Codename", "1.2.0 | 1.2.0 Codename ??"),
        ];
        for (line, expected) in cases {
            assert_eq!(show(line), expected, "{line}");
        }
    }

    #[test]
    fn packages_become_components() {
        assert_eq!(show("package@1.2.0"), "1.2.0 | package@1.2.0 | package");
        assert_eq!(show("@scope/pkg@1.2.0"), "1.2.0 | @scope/pkg@1.2.0 | @scope/pkg");
        assert_eq!(show("package-1.2"), "1.2 | package-1.2 | package ?");
        assert_eq!(show("sdk/go/v1.2.0"), "1.2.0 | sdk/go/v1.2.0 | sdk/go");
        assert_eq!(show("mdBook 0.5.4"), "0.5.4 | mdBook 0.5.4 | mdBook ?");
        assert_eq!(show("mdBook 0.2.0 (2018-08-02)"), "0.2.0 | mdBook 0.2.0 | mdBook | 2018-08-02");
    }

    #[test]
    fn what_is_not_released_is_told_apart() {
        assert_eq!(show("[Unreleased]"), "Unreleased | Unreleased unreleased");
        assert_eq!(show("Unreleased - ReleaseDate"), "Unreleased | Unreleased - ReleaseDate unreleased");
        assert_eq!(show("1.3.0 (unreleased)"), "1.3.0 | 1.3.0 (unreleased) unreleased");
        assert_eq!(show("Upcoming"), "Unreleased | Upcoming ?");
        assert_eq!(show("HEAD"), "Unreleased | HEAD ?");
    }

    #[test]
    fn dates_alone_head_releases() {
        assert_eq!(show("2026-04-09"), "Date | 2026-04-09 | 2026-04-09");
        assert_eq!(show("August 21, 2026"), "Date | August 21, 2026 | August 21, 2026");
        assert_eq!(show("Week of April 1, 2026"), "Date | Week of April 1, 2026 | April 1, 2026");
        assert_eq!(show("Refund webhooks (2026-04-09)"), "Date | Refund webhooks (2026-04-09) | 2026-04-09 ?");
    }

    #[test]
    fn other_headings_are_left_alone() {
        for line in [
            "Bug Fixes",
            "Added",
            "Changelog since v1.10.2",
            "Downloads for v1.10.3",
            "Upgrading to 2.0",
            "Committers: 4",
            "Proxy v2",
            "vX.Y.Z (yyyy-mm-dd)",
            "2026",
            "1. Introduction and scope",
            "CVE FIX: Enhance security (#1482)",
            "CHANGELOG-1.15.md",
            "Support for Node 18.0 and newer",
            "",
            "Next steps for you",
            "#1482",
            "New feature: in-place update",
        ] {
            assert_eq!(show(line), "none", "{line}");
        }
    }
}
