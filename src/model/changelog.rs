//! Changelogs: releases and their entries, from any of the common forms.

use super::Text;
use super::document::Markdown;
use crate::diag::Place;

/// One changelog: the portal's, an API's, or a component's.
#[derive(Debug, Clone)]
pub struct Changelog {
    /// The API that it belongs to.
    pub api: Option<Text>,
    /// Its title: the level-1 heading, else none.
    pub title: Option<String>,
    /// What stands outside every release (Markdown bytes of the file), the title left out: before the first one, and
    /// below headings that group some.
    pub preamble: Vec<std::ops::Range<usize>>,
    /// The file; of several files that were merged, the one that heads them.
    pub body: Markdown,
    /// Releases, newest first; empty when the file could not be understood and is shown as it is.
    pub releases: Vec<Release>,
}

/// One release. Its ranges are bytes of `place.source`: releases of a folder come from a file each.
#[derive(Debug, Clone)]
pub struct Release {
    /// The version as shown, without a leading `v`; the date as written when releases are named by date alone;
    /// `None` for "Unreleased".
    pub version: Option<String>,
    /// The heading's label as written, without its date: `v1.2.0`, `package@1.2.0`.
    pub label: String,
    /// A package or component named in the heading.
    pub component: Option<String>,
    /// The date, when the heading or the lines below it give one. Month-only dates are the first of the month.
    pub date: Option<jiff::civil::Date>,
    /// The date as it should be shown when it is less exact than a day (`November 2026`).
    pub date_written: Option<String>,
    /// The URL behind the version: usually a comparison.
    pub compare: Option<String>,
    /// `[YANKED]`.
    pub yanked: bool,
    /// Markdown between the heading and the first section or entry.
    pub summary: Option<std::ops::Range<usize>>,
    /// Entries in order.
    pub entries: Vec<ReleaseEntry>,
    /// The part of its URL, unique in the changelog.
    pub slug: String,
    /// Where its heading stands.
    pub place: Place,
    /// All its Markdown, without the heading.
    pub range: std::ops::Range<usize>,
}

/// What an entry is about; ordered as shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// Added, features, new.
    Added,
    /// Changed, improvements, minor and patch changes.
    Changed,
    /// Deprecated.
    Deprecated,
    /// Removed.
    Removed,
    /// Fixed, bug fixes.
    Fixed,
    /// Security.
    Security,
    /// Performance.
    Performance,
    /// Everything else.
    Other,
}

impl ChangeKind {
    /// Every kind in the order shown, with its word.
    pub const ALL: [(ChangeKind, &'static str); 8] = [
        (ChangeKind::Added, "Added"),
        (ChangeKind::Changed, "Changed"),
        (ChangeKind::Deprecated, "Deprecated"),
        (ChangeKind::Removed, "Removed"),
        (ChangeKind::Fixed, "Fixed"),
        (ChangeKind::Security, "Security"),
        (ChangeKind::Performance, "Performance"),
        (ChangeKind::Other, "Other"),
    ];

    /// Returns the word that is shown.
    pub fn word(self) -> &'static str {
        ChangeKind::ALL.iter().find(|(kind, _)| *kind == self).map_or("Other", |(_, word)| word)
    }
}

/// One entry: a bullet with all that belongs to it, or a paragraph.
#[derive(Debug, Clone)]
pub struct ReleaseEntry {
    /// What it is about.
    pub kind: ChangeKind,
    /// The section's heading as written, when there is one; headings inside one another are joined by ` › `.
    pub section: Option<String>,
    /// Marked as breaking.
    pub breaking: bool,
    /// Its Markdown: bytes of the file, the bullet's mark and indentation included.
    pub range: std::ops::Range<usize>,
    /// Its text without markup, for search.
    pub text: String,
}
