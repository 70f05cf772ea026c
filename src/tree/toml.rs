//! Reads TOML: front matter between `+++`, and portal.toml.
//!
//! Takes the values of the `toml` crate with their places. Dates and times are the texts they were written as, and so
//! are `inf` and `nan`, because the tree is one of JSON values.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::build::Builder;
use super::problems::{Problems, quote};
use super::scalar;
use crate::diag::codes::tree::{DUPLICATE_KEY, TOML_SYNTAX};
use crate::diag::{Diagnostic, SourceText};
use crate::model::node::{Node, Number, Value};
use crate::model::settings::Limits;

/// How deep the `toml` crate reads.
const CRATE_DEPTH: usize = 80;

/// Parses a TOML text.
///
/// Reports `toml-syntax`, `duplicate-key` and `limit-depth`. Returns what could be read.
pub fn parse(source: &Arc<SourceText>, file: u32, limits: &Limits, problems: &mut Vec<Diagnostic>) -> Node {
    parse_at(source, 0..source.text.len(), file, limits, problems)
}

/// Parses a byte range of a file as TOML: the front matter of a document. Spans and places are those of the file.
pub fn parse_at(
    source: &Arc<SourceText>,
    range: Range<usize>,
    file: u32,
    limits: &Limits,
    problems: &mut Vec<Diagnostic>,
) -> Node {
    let mut problems = Problems::new(source, problems);
    let mut tree = Builder::new(file);
    let Some(text) = source.text.get(range.clone()).filter(|_| problems.can_be_read()) else { return tree.finish() };
    let depth = super::depth_limit(limits);
    let (table, errors) = DeTable::parse_recoverable(text);
    match errors.iter().find(|error| is_too_deep(error)) {
        Some(error) => problems.too_deep(range.start + error.span().map_or(0, |span| span.start), CRATE_DEPTH),
        None => errors.iter().for_each(|error| syntax_error(error, &range, &mut problems)),
    }
    let mut reader = Reader { text, base: range.start, depth, tree: &mut tree, problems: &mut problems };
    reader.table(table.get_ref(), 0..text.len());
    tree.finish()
}

struct Reader<'a, 'p> {
    text: &'a str,
    /// Where the text begins in its file.
    base: usize,
    depth: usize,
    tree: &'p mut Builder,
    problems: &'p mut Problems<'a>,
}

impl Reader<'_, '_> {
    fn value(&mut self, value: &Spanned<DeValue<'_>>) {
        let range = value.span();
        let value = match value.get_ref() {
            DeValue::Table(table) => return self.table(table, range),
            DeValue::Array(items) => return self.list(items.iter(), range),
            DeValue::String(text) => Value::String(self.tree.text(text)),
            DeValue::Boolean(value) => Value::Bool(*value),
            DeValue::Integer(integer) => self.number(&range, scalar::integer(integer.as_str(), integer.radix())),
            DeValue::Float(float) => self.number(&range, scalar::decimal(float.as_str())),
            DeValue::Datetime(_) => self.written(&range),
        };
        let span = self.tree.span(self.base + range.start, self.base + range.end);
        self.tree.scalar(value, span);
    }

    fn written(&mut self, range: &Range<usize>) -> Value {
        Value::String(self.tree.text(self.text.get(range.clone()).unwrap_or("")))
    }

    fn number(&mut self, range: &Range<usize>, json: Option<String>) -> Value {
        let Some(json) = json else { return self.written(range) };
        let written = self.tree.text(self.text.get(range.clone()).unwrap_or(&json));
        Value::Number(Number { json: self.tree.text(&json), written })
    }

    fn list<'v>(&mut self, items: impl Iterator<Item = &'v Spanned<DeValue<'v>>>, range: Range<usize>) {
        if self.too_deep(&range) {
            return;
        }
        self.tree.open_list(self.base + range.start);
        items.for_each(|item| self.value(item));
        self.tree.close(Some(self.base + range.end));
    }

    fn table(&mut self, table: &DeTable<'_>, range: Range<usize>) {
        if self.too_deep(&range) {
            return;
        }
        // The crate's table is sorted by key; the author's order is that of the places.
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        self.tree.open_map(self.base + range.start);
        for (key, value) in entries {
            let span = key.span();
            let span = self.tree.span(self.base + span.start, self.base + span.end);
            self.tree.key(key.get_ref(), span);
            self.value(value);
        }
        self.tree.close(Some(self.base + range.end));
    }

    fn too_deep(&mut self, range: &Range<usize>) -> bool {
        let too_deep = self.tree.depth() >= self.depth;
        if too_deep {
            self.problems.too_deep(self.base + range.start, self.depth);
            let span = self.tree.span(self.base + range.start, self.base + range.end);
            self.tree.scalar(Value::Null, span);
        }
        too_deep
    }
}

fn is_too_deep(error: &Error) -> bool {
    matches!(error.message(), "recursion limit" | "cannot recurse further; max recursion depth met")
}

fn syntax_error(error: &Error, range: &Range<usize>, problems: &mut Problems<'_>) {
    let span = error.span().unwrap_or(0..0);
    let place = range.start + span.start..(range.start + span.end).min(range.end);
    let place = if place.is_empty() { problems.character(place.start) } else { place };
    if error.message() == "duplicate key" {
        let key = quote(problems.text(&place));
        let diagnostic =
            problems.at(DUPLICATE_KEY, place, format!("the key {key} stands twice; the first one is used"));
        return problems.push(diagnostic.help("remove or rename one of the two"));
    }
    let (message, help) = words(error.message(), problems.text(&place));
    let mut diagnostic = problems.at(TOML_SYNTAX, place, message);
    if !help.is_empty() {
        diagnostic = diagnostic.help(help);
    }
    problems.push(diagnostic);
}

/// Returns the crate's message in the author's words where those differ, and what to do.
fn words<'m>(message: &'m str, marked: &str) -> (&'m str, &'static str) {
    if message.starts_with("string values must be quoted") {
        return match marked {
            "" => ("a value is missing here", "write one, or remove the key"),
            _ => ("a text stands without quotes", "put the text in double quotes"),
        };
    }
    match message {
        "key with no value, expected `=`" => ("a key stands without `=` and a value", "write `key = \"value\"`"),
        "unclosed table, expected `]`" => ("the name of a table is not closed", "add the closing `]`"),
        "invalid basic string, expected `\"`" => ("the text is not closed on its line", "add the closing `\"`"),
        other => (other, ""),
    }
}
