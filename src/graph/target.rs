//! What a link means.

use crate::model::route::{Subject, Url};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page of the site, and an anchor on it.
    Page {
        /// The page.
        subject: Subject,
        /// The anchor, without `#`.
        anchor: Option<String>,
    },
    /// A file that is published as it is, and a fragment of it.
    File(Url, Option<String>),
    /// An anchor on the page that holds the link.
    Anchor(String),
    /// Another site, a mail address, a telephone number.
    External(String),
    /// Nothing.
    Broken(Broken),
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// What kind of link.
    pub kind: BrokenKind,
    /// What is wrong, as a diagnostic says it.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

/// What kind of link is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrokenKind {
    /// A path that is no page and no file.
    Link,
    /// A page without that anchor.
    Anchor,
    /// `op:`, `schema:` and the like.
    Reference,
    /// A URL that must not stand in a page (`javascript:` and the like).
    Unsafe,
}

impl Target {
    /// Makes a broken target.
    pub fn broken(kind: BrokenKind, message: impl Into<String>, help: Option<String>) -> Target {
        Target::Broken(Broken { kind, message: message.into(), help })
    }
}
