//! What the readers make of texts: one file a format, one of laws, and every description of the corpus.

mod corpus;
mod de;
mod json;
mod laws;
mod toml;
mod yaml;

use super::*;
use crate::diag::SourcePath;
use crate::model::node::{Sources, Value};

/// Writes a tree in one line: texts in quotes, numbers as in JSON, with the author's spelling where it differs.
fn outline(node: &Node) -> String {
    let list = |parts: Vec<String>| parts.join(", ");
    match &node.value {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) if number.json == number.written => number.json.to_string(),
        Value::Number(number) => format!("{}({})", number.json, number.written),
        Value::String(text) => format!("{text:?}"),
        Value::List(items) => format!("[{}]", list(items.iter().map(outline).collect())),
        Value::Map(entries) => {
            format!("{{{}}}", list(entries.iter().map(|e| format!("{}: {}", e.key, outline(&e.value))).collect()))
        }
    }
}

/// Parses a text as the file of this name; gives the tree and one line for each diagnostic.
fn read(path: &str, text: &str) -> (Node, Vec<String>) {
    read_within(path, text, &Limits::default())
}

/// Parses a text and writes tree and diagnostics, a line each.
fn shown(path: &str, text: &str) -> String {
    let (node, lines) = read(path, text);
    std::iter::once(outline(&node)).chain(lines).collect::<Vec<_>>().join("\n")
}

/// Parses a text under limits.
fn read_within(path: &str, text: &str, limits: &Limits) -> (Node, Vec<String>) {
    let source = Arc::new(SourceText::new(SourcePath::new(path), text));
    let mut problems = Vec::new();
    let node = parse(&source, 0, limits, &mut problems);
    check_spans(&node, &source);
    (node, problems.iter().map(line).collect())
}

/// Writes a diagnostic in one line.
fn line(found: &Diagnostic) -> String {
    let at = found.place.line_column();
    let marked = &found.place.source.text[found.place.start..found.place.end];
    let mut line = format!("{} {}:{} `{marked}` {}", found.code.name, at.line, at.column, found.message);
    for related in &found.related {
        let at = related.place.line_column();
        line.push_str(&format!(" | {}:{} {}", at.line, at.column, related.message));
    }
    line
}

/// Checks that every span is a range of characters of its file.
fn check_spans(node: &Node, source: &Arc<SourceText>) {
    let sources = Sources(vec![Arc::clone(source)]);
    let mut open = vec![node];
    let mut seen = 0;
    while let Some(node) = open.pop() {
        seen += 1;
        if seen > 100_000 {
            return;
        }
        let range = node.span.start as usize..node.span.end as usize;
        assert!(source.text.get(range.clone()).is_some(), "{range:?} of {}", source.path);
        for entry in node.entries() {
            let span = entry.key_span;
            assert!(span.start == span.end || !sources.text(span).is_empty(), "{span:?} of {}", source.path);
        }
        open.extend(node.items());
        open.extend(node.entries().iter().map(|entry| &entry.value));
    }
}
