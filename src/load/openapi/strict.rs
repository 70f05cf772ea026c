//! A second opinion on OpenAPI 3.0: what a strict reader (the `openapiv3` crate) refuses, other tools refuse too.
//!
//! Each object is given to it alone, with its parts replaced by empty ones: a reader of whole documents stops at the
//! first fault, and takes twice as long for each level that a fault lies deeper. The field at fault is found by
//! leaving one out at a time. What our own reading has reported in the same object is not said twice.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::lift::Lifter;
use crate::diag::codes::description as codes;
use crate::model::api::SpecVersion;
use crate::model::node::{Entry, Node, Span, Value};
use crate::tree::de::from_node;

/// The objects that are given to the strict reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The Info Object.
    Info,
    /// A Server Object.
    Server,
    /// A Tag Object.
    Tag,
    /// An Operation Object.
    Operation,
    /// A Parameter Object.
    Parameter,
    /// A Header Object.
    Header,
    /// A Request Body Object.
    RequestBody,
    /// A Response Object.
    Response,
    /// An Encoding Object.
    Encoding,
    /// A Link Object.
    Link,
    /// An Example Object.
    Example,
    /// A Security Scheme Object.
    SecurityScheme,
    /// A Schema Object.
    Schema,
}

impl Part {
    fn word(self) -> &'static str {
        match self {
            Part::Info => "info object",
            Part::Server => "server",
            Part::Tag => "tag",
            Part::Operation => "operation",
            Part::Parameter => "parameter",
            Part::Header => "header",
            Part::RequestBody => "request body",
            Part::Response => "response",
            Part::Encoding => "encoding",
            Part::Link => "link",
            Part::Example => "example",
            Part::SecurityScheme => "security scheme",
            Part::Schema => "schema",
        }
    }

    /// Returns what the strict reader says against an object; `None` when it takes it.
    fn refusal(self, node: &Node) -> Option<(String, Span)> {
        match self {
            Part::Info => refusal_of::<openapiv3::Info>(node),
            Part::Server => refusal_of::<openapiv3::Server>(node),
            Part::Tag => refusal_of::<openapiv3::Tag>(node),
            Part::Operation => refusal_of::<openapiv3::Operation>(node),
            Part::Parameter => refusal_of::<openapiv3::Parameter>(node),
            Part::Header => refusal_of::<openapiv3::Header>(node),
            Part::RequestBody => refusal_of::<openapiv3::RequestBody>(node),
            Part::Response => refusal_of::<openapiv3::Response>(node),
            Part::Encoding => refusal_of::<openapiv3::Encoding>(node),
            Part::Link => refusal_of::<openapiv3::Link>(node),
            Part::Example => refusal_of::<openapiv3::Example>(node),
            Part::SecurityScheme => refusal_of::<openapiv3::SecurityScheme>(node),
            Part::Schema => refusal_of::<openapiv3::Schema>(node),
        }
    }

    /// Returns what stands in the place of a field while its object is looked at; `None` leaves the field out.
    fn stand_in(self, entry: &Entry) -> Option<Value> {
        let key = &*entry.key;
        if key.starts_with("x-") {
            return None;
        }
        match key {
            // Any value is allowed, and nothing is gained by copying it.
            "example" | "examples" | "default" | "value" if self != Part::Server => None,
            "parameters" | "requestBody" | "callbacks" | "headers" | "links" | "encoding" => None,
            "content" => Some(empty()),
            "responses" => Some(each(entry, &reference())),
            "schema" | "items" | "not" if entry.value.is_map() => Some(empty()),
            "additionalProperties" if entry.value.is_map() => Some(empty()),
            "properties" => Some(each(entry, &empty())),
            "allOf" | "oneOf" | "anyOf" if entry.value.is_list() => Some(Value::List(Arc::new([]))),
            _ => Some(entry.value.value.clone()),
        }
    }
}

fn refusal_of<T: DeserializeOwned>(node: &Node) -> Option<(String, Span)> {
    // The strict reader has `unwrap`s of its own.
    let read = catch_unwind(AssertUnwindSafe(|| from_node::<T>(node).map(drop)));
    match read {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some((in_plain_words(error.message), error.span)),
        Err(_) => Some(("it cannot hold one of the values".to_string(), node.span)),
    }
}

/// Replaces messages that speak of Rust's types.
fn in_plain_words(message: String) -> String {
    match ["struct ", "variant", "enum "].iter().any(|word| message.contains(word)) {
        true => "the value is not one that OpenAPI 3.0 allows".to_string(),
        false => message,
    }
}

fn empty() -> Value {
    Value::Map(Arc::new([]))
}

fn reference() -> Value {
    let value = Node { value: Value::String("#/x".into()), span: Span::default() };
    Value::Map(Arc::new([Entry { key: "$ref".into(), key_span: Span::default(), value }]))
}

/// Returns a map with its values replaced.
fn each(entry: &Entry, value: &Value) -> Value {
    match &entry.value.value {
        Value::Map(entries) => {
            let stand_in =
                |entry: &Entry| Entry { value: Node { value: value.clone(), span: entry.value.span }, ..entry.clone() };
            let named = entries.iter().filter(|entry| !entry.key.starts_with("x-"));
            Value::Map(named.map(stand_in).collect())
        }
        other => other.clone(),
    }
}

/// Returns an object with its parts replaced by empty ones.
fn shallow(node: &Node, part: Part) -> Vec<Entry> {
    let stand_in = |entry: &Entry| {
        let value = Node { value: part.stand_in(entry)?, span: entry.value.span };
        Some(Entry { value, ..entry.clone() })
    };
    node.entries().iter().filter_map(stand_in).collect()
}

impl Lifter<'_> {
    /// Asks the strict reader about an object of a 3.0 description.
    ///
    /// `reported` is the number of diagnostics before the object was read: when there are more now, it has been
    /// found wrong already.
    pub fn ask_strict_reader(&mut self, node: &Node, part: Part, reported: usize) {
        if self.spec_at(node.span) != SpecVersion::V3_0 || self.diagnostics.len() > reported || !node.is_map() {
            return;
        }
        let entries = shallow(node, part);
        if part == Part::Schema && is_plain(&entries) {
            return;
        }
        let whole = Node { value: Value::Map(entries.into()), span: node.span };
        let Some((words, place)) = part.refusal(&whole) else { return };
        let entries = whole.entries();
        let without = |index: usize| {
            let rest = entries.iter().enumerate().filter(|(at, _)| *at != index);
            Node { value: Value::Map(rest.map(|(_, entry)| entry.clone()).collect()), span: node.span }
        };
        let culprit = (0..entries.len().min(64)).find(|index| part.refusal(&without(*index)).is_none());
        let (message, span) = match culprit {
            Some(index) => {
                let entry = &entries[index];
                let refused = format!("a strict OpenAPI 3.0 reader refuses `{}` of this {}", entry.key, part.word());
                (format!("{refused}: {words}"), entry.value.span)
            }
            None => {
                let start = Span { end: place.start.saturating_add(1), ..place };
                (format!("a strict OpenAPI 3.0 reader refuses this {}: {words}", part.word()), start)
            }
        };
        self.report(codes::STRICT_OPENAPI_3_0, span, message).help = Some(codes::STRICT_OPENAPI_3_0.mend.into());
    }
}

/// Returns true for schemas of nothing but texts of the right type, which are most of them and always taken.
fn is_plain(entries: &[Entry]) -> bool {
    entries.iter().all(|entry| match &*entry.key {
        "type" => {
            let known = ["string", "number", "integer", "boolean", "object", "array"];
            entry.value.as_str().is_some_and(|word| known.contains(&&**word))
        }
        "description" | "title" | "format" => entry.value.as_str().is_some(),
        "nullable" | "readOnly" | "deprecated" => entry.value.as_bool().is_some(),
        "items" | "properties" => entry.value.is_map(),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use crate::load::openapi::tests::{hides, shows};

    #[test]
    fn a_strict_reader_names_the_field_it_refuses() {
        shows(
            "
            openapi: 3.0.3
            info: {title: t, version: '1'}
            paths: {}
            components:
              schemas:
                A: {type: object, properties: {a: {items: [{type: string}]}}}
                B: {type: integer, minimum: 5, uniqueItems: 1.5}
            ",
            "info[strict-openapi-3.0] api.yaml:6:47: a strict OpenAPI 3.0 reader refuses `items` of this schema: the value is not one that OpenAPI 3.0 allows (Write the part as the OpenAPI 3.0 schema demands.)",
        );
    }

    #[test]
    fn what_was_reported_already_and_other_versions_are_left_alone() {
        let text = |version: &str, schema: &str| {
            format!(
                "openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}"
            )
        };
        hides(&text("3.0.3", "{uniqueItems: 1}"), "strict");
        hides(&text("3.1.0", "{items: [{type: string}]}"), "strict");
        hides(&text("3.0.3", "{type: integer, minimum: 0.5, maximum: 99999999999999999999, enum: [1, 2.5]}"), "strict");
    }
}
