//! JSON, YAML and TOML texts to one tree of [`Node`]s with positions.
//!
//! Takes the text of a file, or a part of it, and gives the tree and the diagnostics; it never fails, and returns
//! what could be read before a mistake. [`mod@write`] goes the other way. Knows nothing of what the text is about.

mod build;
pub mod de;
pub mod decode;
mod intern;
pub mod json;
mod problems;
mod scalar;
#[cfg(test)]
mod tests;
pub mod toml;
pub mod write;
pub mod yaml;

use std::sync::Arc;

use crate::diag::{Diagnostic, SourceText};
use crate::model::node::Node;
use crate::model::settings::Limits;

/// The deepest nesting that any limit can allow: trees are walked and dropped by recursion.
const DEEPEST: usize = 512;

/// Parses JSON or YAML: JSON when the path ends in `.json` or the first character is `{` or `[`, else YAML.
///
/// A text that begins like JSON and is YAML's flow style is read as YAML, unless its path ends in `.json`.
/// `file` is the index that the nodes' spans carry. Returns what could be read before a syntax error and reports it.
pub fn parse(source: &Arc<SourceText>, file: u32, limits: &Limits, problems: &mut Vec<Diagnostic>) -> Node {
    let is_json = source.path.extension() == "json";
    if is_json {
        return json::parse(source, file, limits, problems);
    }
    if !source.text.trim_start().starts_with(['{', '[']) {
        return yaml::parse(source, file, limits, problems);
    }
    let mut as_json = Vec::new();
    let node = json::parse(source, file, limits, &mut as_json);
    let Some(json_end) = first_error(&as_json) else {
        problems.append(&mut as_json);
        return node;
    };
    let mut as_yaml = Vec::new();
    let yaml_node = yaml::parse(source, file, limits, &mut as_yaml);
    // Neither: the one that made sense of more of the text is what the author meant.
    if first_error(&as_yaml).is_some_and(|yaml_end| yaml_end <= json_end) {
        problems.append(&mut as_json);
        return node;
    }
    problems.append(&mut as_yaml);
    yaml_node
}

fn first_error(problems: &[Diagnostic]) -> Option<usize> {
    use crate::diag::codes::tree::{JSON_SYNTAX, YAML_SYNTAX};
    let errors = problems.iter().filter(|found| [JSON_SYNTAX, YAML_SYNTAX].contains(&found.code));
    errors.map(|found| found.place.start).min()
}

fn depth_limit(limits: &Limits) -> usize {
    limits.depth.clamp(1, DEEPEST)
}
