//! SARIF 2.1.0 (OASIS standard), for code scanning.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Look;
use crate::diag::{Code, Diagnostic, Place, Severity};

/// Returns one run with its rules and results.
pub(super) fn print(diagnostics: &[&Diagnostic], fingerprints: &[String], look: &Look) -> String {
    let rules: BTreeMap<&str, &Code> = diagnostics.iter().map(|d| (d.code.name, d.code)).collect();
    let index: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(at, name)| (*name, at)).collect();
    let result = |(diagnostic, fingerprint): (&&Diagnostic, &String)| {
        let mut result = result(diagnostic, look);
        result["ruleIndex"] = index[diagnostic.code.name].into();
        result["partialFingerprints"] = json!({ "portolan/v1": fingerprint });
        result
    };
    let results: Vec<Value> = diagnostics.iter().zip(fingerprints).map(result).collect();
    let driver = json!({
        "name": "portolan",
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules.into_values().map(rule).collect::<Vec<Value>>(),
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    format!("{log:#}\n")
}

fn rule(code: &Code) -> Value {
    json!({
        "id": code.name,
        "shortDescription": { "text": code.what },
        "help": { "text": code.mend },
        "defaultConfiguration": { "level": level(code.severity) },
    })
}

fn result(diagnostic: &Diagnostic, look: &Look) -> Value {
    let text = match &diagnostic.help {
        Some(help) => format!("{}\nhelp: {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let mut result = json!({
        "ruleId": diagnostic.code.name,
        "level": level(diagnostic.severity),
        "message": { "text": text },
        "locations": [location(&diagnostic.place, look)],
    });
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().enumerate().map(|(id, related)| {
            let mut location = location(&related.place, look);
            location["id"] = id.into();
            location["message"] = json!({ "text": related.message });
            location
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn location(place: &Place, look: &Look) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(&look.path(place.path())) } });
    if !place.source.text.is_empty() {
        let (start, end) = (place.line_column(), place.source.line_column(place.end));
        physical["region"] = json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        });
    }
    json!({ "physicalLocation": physical })
}

/// Percent-encodes a path as a relative URI reference (RFC 3986, section 3.3). A colon is encoded as well: in the
/// first part it would end a scheme.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=@/".contains(&byte);
    let encode = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    path.bytes().map(encode).collect()
}
