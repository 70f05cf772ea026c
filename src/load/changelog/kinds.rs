//! What the words of a section or an entry say about the kind of a change, and whether it breaks.

use crate::load::blocks::{Inline, without_signs};
use crate::model::changelog::ChangeKind::{self, *};

/// Section headings by kind, lower case; the measured ones of real changelogs and their spellings.
const SECTIONS: &[(ChangeKind, &[&str])] = &[
    (
        Added,
        &[
            "added",
            "add",
            "adds",
            "additions",
            "addition",
            "new",
            "feature",
            "features",
            "feat",
            "feats",
            "new feature",
            "new features",
            "whats new",
            "what's new",
            "enhancement added",
            "highlights added",
            "introduced",
            "new additions",
        ],
    ),
    (
        Changed,
        &[
            "changed",
            "change",
            "changes",
            "improved",
            "improvement",
            "improvements",
            "improve",
            "enhancement",
            "enhancements",
            "updated",
            "update",
            "updates",
            "minor changes",
            "minor change",
            "minor",
            "patch changes",
            "patch change",
            "patch",
            "major changes",
            "major change",
            "major",
            "breaking",
            "breaking change",
            "breaking changes",
            "backwards incompatible changes",
            "backward incompatible changes",
            "incompatible changes",
            "tweaks",
            "revert",
            "reverts",
            "reverted",
            "refinements",
            "potentially breaking changes",
            "behavior changes",
            "behaviour changes",
            "modified",
            "api changes",
        ],
    ),
    (Deprecated, &["deprecated", "deprecation", "deprecations", "deprecate"]),
    (Removed, &["removed", "remove", "removal", "removals", "deleted", "dropped"]),
    (
        Fixed,
        &[
            "fixed",
            "fix",
            "fixes",
            "bug",
            "bugs",
            "bugfix",
            "bugfixes",
            "bug fix",
            "bug fixes",
            "fixed bugs",
            "bugs fixed",
            "hotfix",
            "hotfixes",
            "corrections",
            "regressions",
            "regression fixes",
            "issues fixed",
            "resolved issues",
            "fixed issues",
        ],
    ),
    (
        Security,
        &[
            "security",
            "security fix",
            "security fixes",
            "security updates",
            "security advisories",
            "vulnerabilities",
            "vulnerability fixes",
            "cve",
            "cves",
        ],
    ),
    (
        Performance,
        &[
            "performance",
            "perf",
            "performance improvements",
            "performance improvement",
            "performance enhancements",
            "performance enhancement",
            "optimizations",
            "optimisations",
            "speed",
            "faster",
        ],
    ),
    (
        Other,
        &[
            "other",
            "others",
            "misc",
            "miscellaneous",
            "miscellaneous tasks",
            "documentation",
            "docs",
            "doc",
            "chore",
            "chores",
            "refactor",
            "refactoring",
            "refactorings",
            "refactors",
            "test",
            "tests",
            "testing",
            "build",
            "ci",
            "ci improvements",
            "build system",
            "style",
            "styling",
            "dependencies",
            "dependency",
            "dependency updates",
            "maintenance",
            "internal",
            "internals",
            "contributors",
            "new contributors",
            "credits",
            "committers",
            "thanks",
            "notes",
            "known issues",
            "under the hood",
            "housekeeping",
            "downloads",
        ],
    ),
];

/// Words that make any longer heading one of the rest: `Documentation improvements`, `Other Notable Changes`.
const OTHER_WORDS: &[&str] = &[
    "other",
    "docs",
    "documentation",
    "ci",
    "chore",
    "chores",
    "tests",
    "testing",
    "internal",
    "dependencies",
    "misc",
];

/// First words of an entry without a section that says its kind; also types of Conventional Commits.
const VERBS: &[(ChangeKind, &[&str])] = &[
    (Added, &["add", "added", "adds", "adding", "feat", "feature", "new", "introduce", "introduced", "introduces"]),
    (
        Changed,
        &[
            "change",
            "changed",
            "changes",
            "update",
            "updated",
            "updates",
            "improve",
            "improved",
            "improves",
            "enhance",
            "enhanced",
            "enhancement",
            "rename",
            "renamed",
            "bump",
            "bumped",
            "upgrade",
            "upgraded",
            "move",
            "moved",
            "replace",
            "replaced",
            "revert",
            "reverted",
        ],
    ),
    (Deprecated, &["deprecate", "deprecated", "deprecates"]),
    (Removed, &["remove", "removed", "removes", "drop", "dropped", "delete", "deleted"]),
    (
        Fixed,
        &[
            "fix",
            "fixed",
            "fixes",
            "fixing",
            "bugfix",
            "hotfix",
            "correct",
            "corrected",
            "resolve",
            "resolved",
            "resolves",
        ],
    ),
    (Security, &["security"]),
    (Performance, &["perf", "performance", "optimize", "optimized", "optimise", "optimised"]),
];

/// Returns the kind that a section's heading names; `None` when it says nothing of kinds (`Backend`, `Highlights`).
pub fn of_section(heading: &str) -> Option<ChangeKind> {
    let words = normal(heading);
    if let Some(kind) = exact(&words) {
        return Some(kind);
    }
    let all: Vec<&str> = words.split_whitespace().collect();
    if all.len() < 6 && all.iter().any(|word| OTHER_WORDS.contains(word)) {
        return Some(Other);
    }
    // The first of several names counts, and its last word where it is longer: `Core Features & Improvements`.
    let first = parts(&words)
        .find_map(|part| exact(part).or_else(|| exact(part.split_whitespace().last()?)).filter(|kind| *kind != Other));
    match all.len() {
        0..=4 => first.or_else(|| of_first_word(&words)),
        _ => parts(&words).find_map(exact).or_else(|| of_first_word(&words)),
    }
}

/// Returns true when a heading is a known section's and nothing more: `Added`, `Bug Fixes:`.
pub fn is_plain_section(heading: &str) -> bool {
    let words = normal(heading);
    exact(&words).is_some() || (words.split_whitespace().count() < 5 && parts(&words).any(|part| exact(part).is_some()))
}

/// Returns the kind that an entry's first word names: `Fixed …`, `feat(api): …`.
pub fn of_entry(text: &str) -> Option<ChangeKind> {
    of_first_word(&normal(after_references(text)))
}

/// Returns true when a section's heading says that everything below breaks.
pub fn section_breaks(heading: &str) -> bool {
    let words = normal(heading);
    let breaking = words.split_whitespace().any(|word| word == "breaking" || word == "incompatible");
    let warns = heading.trim_start().starts_with('⚠')
        && !["warning", "note", "deprecat", "known"].iter().any(|word| words.contains(word));
    let major = matches!(&*words, "major changes" | "major change" | "major");
    (breaking && !words.contains("non-breaking") && !words.contains("not breaking"))
        || major
        || warns
        || heading.contains('💥')
}

/// Returns true when an entry says that it breaks: `**Breaking:** …`, `[breaking] …`, `(breaking change)`,
/// `BREAKING CHANGE`, 💥, a leading ⚠, `feat!: …`.
pub fn entry_breaks(head: &Inline, words: &str) -> bool {
    let lower = words.to_ascii_lowercase();
    let starts = |text: &str| {
        text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase().starts_with("breaking")
    };
    let strong = head.strong.iter().any(|range| starts(&head.text[range.clone()]));
    let marked = ["[breaking", "(breaking", "💥", ":boom:"].iter().any(|mark| lower.contains(mark));
    let commit = words.split_once(": ").is_some_and(|(kind, _)| kind.ends_with('!') && !kind.contains(' '));
    let warned = words.trim_start().starts_with('⚠') || lower.starts_with(":warning:");
    strong || marked || commit || warned || starts(after_references(words)) || words.contains("BREAKING CHANGE")
}

/// Returns true for what stands where there is nothing to say: `None`, `Nothing`, `N/A`.
pub fn is_placeholder(words: &str) -> bool {
    let words = words.trim().trim_matches(['.', '-', '_', '*', '(', ')', ' ']).to_ascii_lowercase();
    matches!(&*words, "" | "none" | "nothing" | "n/a" | "na" | "no changes" | "nothing yet" | "none yet" | "tbd")
}

/// Skips issue and pull-request references before the first word: `[#123](…) Fix …`, `#123: Fix …`, `abc1234: Fix …`.
fn after_references(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let word = rest.split_whitespace().next().unwrap_or("");
        let name = word.trim_matches(|c: char| "[](){}:,*".contains(c));
        let hash = name.len() >= 7
            && name.len() <= 40
            && name.bytes().all(|b| b.is_ascii_hexdigit())
            && name.bytes().any(|b| b.is_ascii_digit());
        let sign = !word.is_empty() && !word.chars().any(char::is_alphanumeric);
        if !(name.starts_with('#') || hash || sign) {
            return rest;
        }
        rest = rest[word.len()..].trim_start();
    }
}

fn of_first_word(words: &str) -> Option<ChangeKind> {
    let first = words.split(|c: char| !c.is_alphanumeric()).next()?;
    VERBS.iter().find(|(_, verbs)| verbs.contains(&first)).map(|(kind, _)| *kind)
}

fn exact(words: &str) -> Option<ChangeKind> {
    SECTIONS.iter().find(|(_, names)| names.contains(&words)).map(|(kind, _)| *kind)
}

fn parts(words: &str) -> impl Iterator<Item = &str> {
    words
        .split([',', '/', '&', ':', '|'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" - "))
        .map(str::trim)
}

/// Lower case, without emoji, marks and the colon at the end.
fn normal(text: &str) -> String {
    let text = without_signs(text).replace('’', "'").to_lowercase();
    text.trim_matches(|c: char| !c.is_alphanumeric()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn section_headings_have_kinds_whatever_their_decoration() {
        let cases = [
            ("Added", Some(Added)),
            ("🚀 Features", Some(Added)),
            (":rocket: New Feature", Some(Added)),
            ("Bug fixes, Minor Improvements", Some(Fixed)),
            ("Features/Improvements", Some(Added)),
            ("Library - Fix", Some(Fixed)),
            ("BREAKING CHANGES:", Some(Changed)),
            ("Patch Changes", Some(Changed)),
            ("Security fixes", Some(Security)),
            ("⚡ Performance", Some(Performance)),
            ("Other Notable Changes", Some(Other)),
            ("📚 Documentation", Some(Other)),
            ("Core Features & Improvements", Some(Added)),
            ("Fixes & Tweaks", Some(Fixed)),
            ("Rule changes", Some(Changed)),
            ("BUGFIX", Some(Fixed)),
            ("Deprecations", Some(Deprecated)),
            ("⚠️ Removed", Some(Removed)),
            ("Backend", None),
            ("Highlights", None),
            ("Api", None),
            ("", None),
        ];
        for (heading, kind) in cases {
            assert_eq!(of_section(heading), kind, "{heading}");
        }
    }

    #[test]
    fn breaking_is_said_in_many_ways_and_denied_in_some() {
        for heading in [
            "Breaking Changes",
            "⛔ Breaking",
            "💥 Big",
            "Potentially Breaking Changes",
            "Major Changes",
            "Backward incompatible changes",
        ] {
            assert!(section_breaks(heading), "{heading}");
        }
        assert!(!section_breaks("Non-breaking changes"));
        let breaks = |text: &str| entry_breaks(&Inline { text: text.into(), ..Inline::default() }, text);
        for text in [
            "Breaking: x",
            "[breaking] x",
            "x (breaking change)",
            "[BREAKING for Go] x",
            "BREAKING CHANGE: x",
            "💥 x",
            "⚠️ x",
            "feat(api)!: x",
            "#12 breaking: x",
        ] {
            assert!(breaks(text), "{text}");
        }
        for text in ["a non-breaking change", "Fix breaking of lines", "Hello there!: x"] {
            assert!(!breaks(text), "{text}");
        }
    }

    #[test]
    fn entries_without_a_section_are_told_by_their_first_word() {
        assert_eq!(of_entry("[#123] Fix the thing"), Some(Fixed));
        assert_eq!(of_entry("feat(api): a thing"), Some(Added));
        assert_eq!(of_entry("1a2b3c4d: Removed it"), Some(Removed));
        assert_eq!(of_entry("Things are better"), None);
    }
}
