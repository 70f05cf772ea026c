//! The roadmap: what is planned, built and shipped.

use super::Text;
use super::document::Markdown;
use super::node::Entry;
use crate::diag::Place;

/// How far an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Someone wants it.
    Idea,
    /// Being thought through.
    Exploring,
    /// Decided.
    Planned,
    /// Being made.
    Building,
    /// Can be tried.
    Preview,
    /// Done.
    Shipped,
    /// Will not be done.
    Declined,
}

impl Status {
    /// Every status with its own word, in order.
    pub const ALL: [(Status, &'static str); 7] = [
        (Status::Idea, "idea"),
        (Status::Exploring, "exploring"),
        (Status::Planned, "planned"),
        (Status::Building, "building"),
        (Status::Preview, "preview"),
        (Status::Shipped, "shipped"),
        (Status::Declined, "declined"),
    ];

    /// Returns its word.
    pub fn word(self) -> &'static str {
        Status::ALL.iter().find(|(status, _)| *status == self).map_or("planned", |(_, word)| word)
    }
}

/// The columns of the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Building and preview, or `when: now`.
    Now,
    /// Planned with a date, or `when: next`.
    Next,
    /// Ideas, exploring, planned without a date, or `when: later`.
    Later,
    /// Shipped.
    Shipped,
    /// Declined: listed below the board.
    Declined,
}

/// When an item is expected, as exact as the author said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// As it is shown: `Q3 2026`, `14 Mar 2026`, `2027`, `Next`.
    pub shown: String,
    /// The first and last day that it covers, when it is a date.
    pub days: Option<(jiff::civil::Date, jiff::civil::Date)>,
}

/// One item: a file, or a bullet, row or section of one Markdown file.
#[derive(Debug)]
pub struct RoadmapItem {
    /// Stable id, unique in the portal: front matter `id`, else the file's stem, else from the title.
    pub id: String,
    /// The part of its URL.
    pub slug: String,
    /// `title`.
    pub title: String,
    /// How far it is.
    pub status: Status,
    /// The author's own word for the status, when it differs.
    pub status_written: Option<String>,
    /// Its column.
    pub column: Column,
    /// `when`.
    pub target: Option<Target>,
    /// The APIs that it concerns: `apis`, or the one whose folder it lies in.
    pub apis: Vec<Text>,
    /// `kind`: `add`, `change`, `deprecate`, `reliability`, `debt`, or the author's own.
    pub kind: Option<String>,
    /// `tags`, and the headings of a ROADMAP.md that are no column.
    pub tags: Vec<String>,
    /// `adds`: operation references as written, each with its place.
    pub adds: Vec<(String, Place)>,
    /// `depends`: ids of other items, each with its place.
    pub depends: Vec<(String, Place)>,
    /// `evidence`: issues, requests and other sources, as written; of a bullet or row, the URLs that it links.
    pub evidence: Vec<String>,
    /// `owner`.
    pub owner: Option<String>,
    /// `updated`.
    pub updated: Option<jiff::civil::Date>,
    /// `shipped`: the day it was shipped.
    pub shipped: Option<jiff::civil::Date>,
    /// `draft`: only with `--drafts`.
    pub draft: bool,
    /// `audience`; empty means everyone.
    pub audience: Vec<String>,
    /// Keys of the front matter that have no meaning of their own.
    pub extra: Vec<Entry>,
    /// Its text.
    pub body: Markdown,
    /// Where it stands.
    pub place: Place,
}

/// A stretch of a roadmap file that is shown as prose beside the board: the introduction of a ROADMAP.md and whatever
/// else of it is no item, or all of one that holds no items. A file may give several, in its order.
#[derive(Debug)]
pub struct RoadmapProse {
    /// The API that it belongs to.
    pub api: Option<Text>,
    /// Its text.
    pub body: Markdown,
}
