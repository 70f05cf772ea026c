//! The diagnostics of one run.

use std::collections::BTreeSet;

use super::{Code, Place, Severity};

/// One mistake or oddity: what is wrong, where, and how to mend it.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// Which kind it is.
    pub code: &'static Code,
    /// The code's severity, unless the portal's settings changed it.
    pub severity: Severity,
    /// Where it stands.
    pub place: Place,
    /// What is wrong, in the author's words: lower case, no full stop, the author's text in backticks.
    pub message: String,
    /// A word beside the marked text.
    pub label: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Other places that belong to it, such as the first of two equal keys.
    pub related: Vec<Related>,
}

/// A second place of a diagnostic.
#[derive(Debug, Clone)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What stands there.
    pub message: String,
}

impl Diagnostic {
    /// Makes a diagnostic with the severity of its code.
    pub fn new(code: &'static Code, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity,
            place,
            message: message.into(),
            label: None,
            help: None,
            related: Vec::new(),
        }
    }

    /// Adds what to do.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Adds a word beside the marked text.
    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = Some(label.into());
        self
    }

    /// Adds a second place.
    pub fn related(mut self, place: Place, message: impl Into<String>) -> Diagnostic {
        self.related.push(Related { place, message: message.into() });
        self
    }

    /// Replaces the severity: the same oddity is graver in one's own prose than in a third party's description.
    pub fn severity(mut self, severity: Severity) -> Diagnostic {
        self.severity = severity;
        self
    }
}

/// How many diagnostics of each severity a run has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Hints.
    pub infos: usize,
}

/// Collects the diagnostics of one run; order of arrival does not matter.
#[derive(Debug, Clone, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds all of another report.
    pub fn extend(&mut self, other: Report) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// Returns the diagnostics in order of arrival.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter()
    }

    /// Changes every diagnostic in place, or drops it when the function says `false`.
    pub fn retain_mut(&mut self, keep: impl FnMut(&mut Diagnostic) -> bool) {
        self.diagnostics.retain_mut(keep);
    }

    /// Counts by severity.
    pub fn counts(&self) -> Counts {
        let count = |severity| self.diagnostics.iter().filter(|d| d.severity == severity).count();
        Counts { errors: count(Severity::Error), warnings: count(Severity::Warning), infos: count(Severity::Info) }
    }

    /// Returns true when at least one diagnostic is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }

    /// Sorts by file, line, column and code, and drops what is said twice about the same place.
    pub fn sorted(mut self) -> Report {
        self.diagnostics.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
        let mut seen = BTreeSet::new();
        self.diagnostics.retain(|d| {
            seen.insert((d.place.path().clone(), d.place.start, d.place.end, d.code.name, d.message.clone()))
        });
        self
    }
}

fn sort_key(d: &Diagnostic) -> (&str, usize, &str, &str) {
    (d.place.path().as_str(), d.place.start, d.code.name, &d.message)
}
