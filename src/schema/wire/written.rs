//! Strings that stand as the example of a JSON body: a JSON string, or the text of a document?

use std::sync::Arc;

use super::super::Schemas;
use crate::diag::{Severity, SourcePath, SourceText};
use crate::model::Text;
use crate::model::api::MediaType;
use crate::model::node::Node;
use crate::model::settings::Limits;
use crate::tree;

/// What a string is.
#[derive(Debug, Clone)]
pub enum Written {
    /// A value, written with its quotes.
    Value,
    /// The text of this JSON document.
    Document(Node),
    /// The text of a document that is not quite JSON: comments, an ellipsis.
    Text,
}

/// Tells what a string is as the example of a JSON body.
///
/// Where the schema allows a string it is one. Else a text that reads as a JSON object or array is that document, and
/// one that only begins like one is shown as it is, if the schema asks for something else than a string.
pub fn written_json(schemas: Schemas<'_>, media: &MediaType, text: &Text) -> Written {
    let types = schemas.effective(media.schema.as_slice()).types;
    if types.has("string") || !text.trim_start().starts_with(['{', '[']) {
        return Written::Value;
    }
    match parsed(text) {
        Some(node) => Written::Document(node),
        None if types.is_empty() => Written::Value,
        None => Written::Text,
    }
}

fn parsed(text: &Text) -> Option<Node> {
    let source = Arc::new(SourceText::new(SourcePath::new("example.json"), &**text));
    let mut problems = Vec::new();
    let node = tree::parse(&source, 0, &Limits::default(), &mut problems);
    let broken = problems.iter().any(|problem| problem.severity == Severity::Error);
    (!broken && (node.is_map() || node.is_list())).then_some(node)
}
