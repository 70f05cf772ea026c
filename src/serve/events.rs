//! What an open page is told after each build: whether to load itself again, and what is wrong with the portal.

use std::sync::Arc;

use serde::Serialize;

use super::snapshot::{PageState, Snapshot};
use crate::diag::{Report, Severity};

/// Errors that the overlay lists.
const SHOWN: usize = 20;

/// The portal's errors, as the overlay shows them.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Problems {
    errors: usize,
    shown: Arc<[Problem]>,
}

#[derive(Debug, Serialize)]
struct Problem {
    code: &'static str,
    message: String,
    place: String,
    line: String,
    help: Option<String>,
}

impl Problems {
    /// Takes the report of a build; warnings are for the terminal.
    pub fn of(report: &Report) -> Problems {
        let errors = || report.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        let shown = errors().take(SHOWN).map(|diagnostic| Problem {
            code: diagnostic.code.name,
            message: diagnostic.message.clone(),
            place: diagnostic.place.to_string(),
            line: diagnostic.place.source.line(diagnostic.place.line_column().line).chars().take(200).collect(),
            help: diagnostic.help.clone(),
        });
        Problems { errors: errors().count(), shown: shown.collect() }
    }
}

/// What one page does about a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Change {
    Nothing,
    /// Takes the new style sheets.
    Styles,
    /// Loads itself again.
    Page,
}

#[derive(Debug, Serialize)]
struct Update<'a> {
    version: u64,
    change: Change,
    shown: &'a str,
    styles: &'a [String],
    problems: &'a Problems,
}

/// One open page.
#[derive(Debug)]
pub(super) struct Reader {
    /// Its request path, decoded.
    pub page: String,
    /// The mark of what it shows.
    pub shown: String,
}

impl Reader {
    /// Returns what to tell the page about this snapshot, as JSON, and remembers that it was told.
    pub fn update(&mut self, snapshot: &Snapshot) -> String {
        let state = snapshot.state(&self.page);
        let mark = state.mark();
        let change = change(&self.shown, &mark, &state);
        self.shown = mark;
        let update = Update {
            version: snapshot.version,
            change,
            shown: &self.shown,
            styles: &state.styles,
            problems: &snapshot.problems,
        };
        serde_json::to_string(&update).expect("an update holds only strings and numbers")
    }
}

fn change(shown: &str, mark: &str, state: &PageState) -> Change {
    let body = format!("{:016x}", state.body);
    match shown.split_once('.') {
        _ if shown == mark => Change::Nothing,
        Some((_, before)) if before == body => Change::Styles,
        _ => Change::Page,
    }
}
