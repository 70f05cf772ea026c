//! One JSON object with every field: for tools of one's own.

use serde_json::{Value, json};

use super::Look;
use crate::diag::{Counts, Diagnostic, Place};

/// Returns `{"diagnostics": […], "counts": {…}}`.
pub(super) fn print(diagnostics: &[&Diagnostic], counts: Counts, look: &Look) -> String {
    let list: Vec<Value> = diagnostics.iter().map(|diagnostic| one(diagnostic, look)).collect();
    let counts = json!({ "errors": counts.errors, "warnings": counts.warnings, "infos": counts.infos });
    format!("{:#}\n", json!({ "diagnostics": list, "counts": counts }))
}

fn one(diagnostic: &Diagnostic, look: &Look) -> Value {
    let mut value = located(&diagnostic.place, look);
    value["code"] = diagnostic.code.name.into();
    value["severity"] = diagnostic.severity.word().into();
    value["message"] = diagnostic.message.as_str().into();
    value["label"] = diagnostic.label.as_deref().into();
    value["help"] = diagnostic.help.as_deref().into();
    let related = diagnostic.related.iter().map(|related| {
        let mut value = located(&related.place, look);
        value["message"] = related.message.as_str().into();
        value
    });
    value["related"] = related.collect();
    value
}

/// Lines and columns count from 1, columns in Unicode scalar values; the end is the column after the last character.
fn located(place: &Place, look: &Look) -> Value {
    let (start, end) = (place.line_column(), place.source.line_column(place.end));
    json!({
        "file": look.path(place.path()),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    })
}
