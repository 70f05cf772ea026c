//! Text in, text out: descriptions are written inline, the model is compared in a compact printed form.

pub mod corpus;
mod documents;
mod laws;
mod messages;
mod oddities;
mod operations;
pub mod print;
mod references;
mod schemas;
mod security;
mod swagger;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Loaded, load};
use crate::diag::{SourcePath, SourceText};
use crate::model::settings::Limits;

/// Loads `--- path` separated files, the first being the root; a text without a separator is `api.yaml`.
pub fn loaded(input: &str) -> Loaded {
    loaded_within(input, &Limits::default())
}

/// Loads files within given limits.
pub fn loaded_within(input: &str, limits: &Limits) -> Loaded {
    let input = dedent(input);
    let mut files: Vec<(String, String)> = Vec::new();
    for line in input.lines() {
        match line.strip_prefix("--- ") {
            Some(path) => files.push((path.trim().to_string(), String::new())),
            None => {
                if files.is_empty() {
                    files.push(("api.yaml".to_string(), String::new()));
                }
                let (_, text) = files.last_mut().unwrap();
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    if files.is_empty() {
        files.push(("api.yaml".to_string(), String::new()));
    }
    let sources: Vec<Arc<SourceText>> =
        files.into_iter().map(|(path, text)| Arc::new(SourceText::new(SourcePath::new(path), text))).collect();
    let by_path: BTreeMap<SourcePath, Arc<SourceText>> =
        sources.iter().map(|source| (source.path.clone(), Arc::clone(source))).collect();
    load("api", &sources[0], &|path| by_path.get(path).cloned(), limits)
}

/// Removes the indentation that all lines share.
fn dedent(text: &str) -> String {
    let text = text.trim_start_matches('\n');
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let shared = text.lines().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    text.lines().map(|line| line.get(shared..).unwrap_or("")).collect::<Vec<_>>().join("\n")
}

/// Asserts that the printed model and diagnostics hold these lines in this order (not necessarily side by side).
#[track_caller]
pub fn shows(input: &str, expected: &str) {
    let printed = print::all(&loaded(input));
    let mut lines = printed.lines().map(str::trim);
    for wanted in dedent(expected).lines().map(str::trim).filter(|line| !line.is_empty()) {
        assert!(lines.any(|line| line == wanted), "missing, or out of order: {wanted}\nin:\n{printed}");
    }
}

/// Asserts that nothing in the printed model and diagnostics holds this text.
#[track_caller]
pub fn hides(input: &str, unwanted: &str) {
    let printed = print::all(&loaded(input));
    assert!(!printed.contains(unwanted), "unwanted: {unwanted}\nin:\n{printed}");
}
