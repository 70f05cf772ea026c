//! GitHub's workflow commands and GitLab's code quality report.

use serde_json::{Value, json};

use super::{Look, clean};
use crate::diag::{Diagnostic, Severity};

/// Returns one workflow command a line: `::error file=…,line=…,col=…,title=…::message`.
pub(super) fn github(diagnostics: &[&Diagnostic], look: &Look) -> String {
    let one = |diagnostic: &&Diagnostic| {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let place = &diagnostic.place;
        let (start, end) = (place.line_column(), place.source.line_column(place.end));
        let file = github_property(&look.path(place.path()));
        let mut position = format!("line={},col={}", start.line, start.column);
        // A span over lines may have no columns of its own there.
        if end.line == start.line && end.column > start.column {
            position.push_str(&format!(",endLine={},endColumn={}", end.line, end.column));
        }
        let title = github_property(diagnostic.code.name);
        let help = diagnostic.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
        let message = github_data(&format!("{}{help}", diagnostic.message));
        format!("::{command} file={file},{position},title={title}::{message}\n")
    };
    diagnostics.iter().map(one).collect()
}

/// Escapes the text of a command; else a line break in a file's name would begin a command of its own.
fn github_data(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| line.replace('%', "%25").replace('\r', "%0D")).collect();
    lines.iter().map(|line| clean(line)).collect::<Vec<_>>().join("%0A")
}

/// Escapes a property, where `:` and `,` have a meaning too.
fn github_property(text: &str) -> String {
    github_data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Returns the JSON array that GitLab shows in merge requests.
pub(super) fn gitlab(diagnostics: &[&Diagnostic], fingerprints: &[String], look: &Look) -> String {
    let one = |(diagnostic, fingerprint): (&&Diagnostic, &String)| {
        let severity = match diagnostic.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        };
        let help = diagnostic.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        json!({
            "description": format!("{}{help}", diagnostic.message),
            "check_name": diagnostic.code.name,
            "fingerprint": fingerprint,
            "severity": severity,
            "location": {
                "path": look.path(diagnostic.place.path()),
                "lines": { "begin": diagnostic.place.line_column().line },
            },
        })
    };
    let list: Value = diagnostics.iter().zip(fingerprints).map(one).collect();
    format!("{list:#}\n")
}
