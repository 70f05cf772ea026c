//! Error codes and problem types in a body: what its schema allows and what its examples show.

use std::collections::HashSet;

use crate::model::api::{Example, SchemaId};
use crate::model::node::{Node, Value};
use crate::schema::effective::{Effective, Property};
use crate::schema::{Schemas, words};

/// Names of properties that hold a code, in lower case and without separators. `type` is the one of RFC 9457.
const CODES: &[&str] = &["code", "error", "errorcode", "errcode", "type", "errortype"];
/// Names of properties that hold the errors themselves. Other objects of a body are what it is about: their `type` is no
/// error.
const HOLDERS: &[&str] = &["error", "errors", "err", "fault", "problem", "problems", "violations", "issues", "causes"];
/// Names of properties that say what happened, the shortest text first.
const MEANINGS: &[&str] =
    &["title", "summary", "message", "detail", "errordescription", "errormessage", "description", "msg", "reason"];

/// Levels of objects and lists that are looked into.
const DEPTH: usize = 6;
/// Codes of one body: a list of every country is no list of errors.
const MOST: usize = 500;

/// One code that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// As it is written on the wire.
    pub value: String,
    /// What it means, in plain words.
    pub meaning: Option<String>,
}

/// Returns the codes that the schema of a body allows: enumerated values, constants and examples of its properties.
pub fn in_schema(schemas: Schemas<'_>, id: SchemaId) -> Vec<Found> {
    let mut walk = Walk { schemas, found: Vec::new(), visited: HashSet::new() };
    walk.value(&[id], DEPTH);
    walk.found
}

/// Returns the codes in an example of a body.
pub fn in_example(example: &Example) -> Vec<Found> {
    let mut found = Vec::new();
    if let Some(value) = &example.value {
        in_node(value, DEPTH, &mut found);
    }
    let told = example.summary.as_deref().or(example.description.as_ref().map(|prose| &*prose.text));
    if let ([only], Some(told)) = (found.as_mut_slice(), told) {
        only.meaning = Some(one_line(told));
    }
    found
}

struct Walk<'a> {
    schemas: Schemas<'a>,
    found: Vec<Found>,
    visited: HashSet<Vec<SchemaId>>,
}

impl<'a> Walk<'a> {
    fn value(&mut self, parts: &[SchemaId], left: usize) {
        if left == 0 || parts.is_empty() || !self.visited.insert(parts.to_vec()) {
            return;
        }
        let effective = self.schemas.effective(parts);
        for example in effective.examples {
            in_node(example, left, &mut self.found);
        }
        for property in &effective.object.properties {
            self.property(property, left);
        }
        self.value(&effective.array.items, left - 1);
        for branch in effective.choices.iter().flat_map(|choice| &choice.branches) {
            self.value(&[*branch], left - 1);
        }
    }

    fn property(&mut self, property: &Property<'a>, left: usize) {
        let name = folded(property.name);
        if CODES.contains(&name.as_str()) {
            let effective = self.schemas.effective(&property.parts);
            self.codes(&effective);
            for branch in effective.choices.iter().flat_map(|choice| &choice.branches) {
                let branch = self.schemas.effective(&[*branch]);
                self.codes(&branch);
            }
        }
        if HOLDERS.contains(&name.as_str()) {
            self.value(&property.parts, left - 1);
        }
    }

    fn codes(&mut self, effective: &Effective<'a>) {
        for value in effective.values.iter().flatten() {
            let text = value.text.as_deref().or(value.prose.map(|prose| &*prose.text));
            let meaning = text.or(value.label.as_deref()).map(one_line);
            push(&mut self.found, value.value, meaning, Trust::Rule);
        }
        if let Some(constant) = effective.constant {
            let title = effective.title.map(|title| one_line(title));
            push(&mut self.found, constant, title, Trust::Rule);
        }
        for example in effective.examples {
            push(&mut self.found, example, None, Trust::Example);
        }
    }
}

/// Whether a value is one because the schema says so, or only looks like one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    Rule,
    Example,
}

fn push(found: &mut Vec<Found>, value: &Node, meaning: Option<String>, trust: Trust) {
    let Some(value) = code(value, trust).filter(|_| found.len() < MOST) else { return };
    match found.iter_mut().find(|known| known.value == value) {
        Some(known) => known.meaning = known.meaning.take().or(meaning),
        None => found.push(Found { value, meaning }),
    }
}

/// Returns a value as a code. Sentences, placeholders and what merely repeats the status are none.
fn code(value: &Node, trust: Trust) -> Option<String> {
    match &value.value {
        Value::String(text) => {
            let text = text.trim();
            let known = matches!(text, "" | "string" | "about:blank") || text.len() > 200;
            let sentence = text.contains(char::is_whitespace) && (trust == Trust::Example || text.contains('\n'));
            (!known && !sentence && !is_status(text)).then(|| text.to_owned())
        }
        Value::Number(_) => Some(words::plain(value)).filter(|text| text != "0" && !is_status(text)),
        _ => None,
    }
}

fn is_status(text: &str) -> bool {
    text.len() == 3 && text.starts_with(|c: char| ('1'..='5').contains(&c)) && text.bytes().all(|b| b.is_ascii_digit())
}

fn in_node(node: &Node, left: usize, found: &mut Vec<Found>) {
    if left == 0 {
        return;
    }
    for item in node.items().iter().take(50) {
        in_node(item, left - 1, found);
    }
    let entries = node.entries();
    let meaning = || {
        let text = |wanted: &str| entries.iter().find(|entry| folded(&entry.key) == wanted)?.value.as_str();
        MEANINGS.iter().find_map(|name| text(name)).map(|text| one_line(text))
    };
    for entry in entries.iter().take(200) {
        let name = folded(&entry.key);
        if CODES.contains(&name.as_str()) {
            push(found, &entry.value, meaning(), Trust::Example);
        }
        if HOLDERS.contains(&name.as_str()) {
            in_node(&entry.value, left - 1, found);
        }
    }
}

/// `Error-Code` is `errorcode`.
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The first line of a text.
fn one_line(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
