//! Keywords that say what a value means: title, description, default, examples, deprecated and so on.

use super::rare;
use crate::diag::codes::description as codes;
use crate::load::openapi::lift::Lifter;
use crate::model::api::{Prose, Schema, Xml};
use crate::model::node::{Entry, Node, Span, Value};

/// Enums longer than this are not searched for repeated values.
const CHECKED_ENUM: usize = 10_000;

/// Lists and objects of an enum are compared with one another up to this many.
const COMPARED: usize = 200;

impl Lifter<'_> {
    /// Reads an annotation; returns false for other keywords.
    pub(super) fn read_annotation(&mut self, schema: &mut Schema, entry: &Entry) -> bool {
        match &*entry.key {
            "title" => schema.title = self.text_or_nothing(entry),
            "description" => schema.description = self.schema_prose(entry),
            "format" => schema.format = self.text_or_nothing(entry).or(schema.format.take()),
            "default" => schema.default = Some(self.through(&entry.value)),
            "deprecated" => schema.deprecated = self.flag_of(entry).unwrap_or(false),
            "readOnly" => schema.read_only = self.flag_of(entry).unwrap_or(false),
            "writeOnly" => schema.write_only = self.flag_of(entry).unwrap_or(false),
            "nullable" => self.read_nullable(schema, entry),
            // They are read together, since their order in the model is not that of the text.
            "example" | "examples" => {}
            "externalDocs" => rare(schema).external_docs = self.external_docs_of(entry),
            "xml" => rare(schema).xml = self.xml(entry),
            _ => return false,
        }
        true
    }

    fn read_nullable(&mut self, schema: &mut Schema, entry: &Entry) {
        if self.spec_at(entry.value.span) >= crate::model::api::SpecVersion::V3_1 {
            rare(schema).unknown.push(entry.clone());
        } else {
            schema.nullable_without_type |= self.flag_of(entry).unwrap_or(false);
        }
    }

    fn text_or_nothing(&mut self, entry: &Entry) -> Option<crate::model::Text> {
        if entry.value.is_null() { None } else { self.text_of(entry) }
    }

    fn schema_prose(&mut self, entry: &Entry) -> Option<Prose> {
        match &entry.value.value {
            Value::Null => None,
            Value::String(text) => Some(Prose { text: text.clone(), span: entry.value.span }),
            _ => {
                let span: Span = self.through(&entry.value).span;
                Some(Prose { text: self.text_of(entry)?, span })
            }
        }
    }

    /// Collects the examples: `examples` (3.1), `example`, then the extensions of 2.0.
    pub(super) fn read_examples(&mut self, schema: &mut Schema, node: &Node) {
        for key in ["examples", "example", "x-examples", "x-example"] {
            let Some(value) = node.get(key) else { continue };
            let value = self.through(value);
            match (&value.value, key) {
                (Value::List(items), "examples" | "x-examples") => schema.examples.extend(items.iter().cloned()),
                (Value::Map(entries), "examples" | "x-examples") => {
                    // Some write the Example Objects of media types here.
                    let value = |entry: &Entry| entry.value.get("value").unwrap_or(&entry.value).clone();
                    schema.examples.extend(entries.iter().map(value));
                }
                _ => schema.examples.push(value),
            }
        }
    }

    fn xml(&mut self, entry: &Entry) -> Option<Xml> {
        let node = self.object(entry)?;
        self.known(&node, "an XML object", &["name", "namespace", "prefix", "attribute", "wrapped", "nodeType"]);
        Some(Xml {
            name: self.text(&node, "name"),
            namespace: self.text(&node, "namespace"),
            prefix: self.text(&node, "prefix"),
            attribute: self.flag(&node, "attribute").unwrap_or(false),
            wrapped: self.flag(&node, "wrapped").unwrap_or(false),
            node_type: self.text(&node, "nodeType"),
        })
    }

    /// Reports keywords that cannot both be meant.
    pub(super) fn check_contradictions(&mut self, schema: &Schema, node: &Node) {
        if schema.read_only && schema.write_only {
            let span = node.entry("writeOnly").map_or(node.span, |entry| entry.key_span);
            let message = "a schema is both `readOnly` and `writeOnly`: it is in no message";
            self.report(codes::SCHEMA_CONTRADICTION, span, message).help = Some("remove one of the two".into());
        }
        let Some(values) = &schema.values else { return };
        if let Some(default) = &schema.default {
            let null = default.is_null() && (schema.types.has("null") || schema.nullable_without_type);
            if !null && !values.iter().any(|value| value.same_value(default)) {
                let message = format!("the default {} is not among the values of `enum`", in_words(default));
                self.report(codes::SCHEMA_CONTRADICTION, default.span, message);
            }
        }
        self.check_repeated_values(values);
    }

    fn check_repeated_values(&mut self, values: &[Node]) {
        if values.len() > CHECKED_ENUM {
            return;
        }
        let mut seen = std::collections::HashSet::new();
        for value in values {
            let Some(text) = value.as_text() else { continue };
            if !seen.insert((value.kind_word(), text.clone())) {
                self.report_repeated(value);
            }
        }
        let others: Vec<&Node> = values.iter().filter(|value| value.as_text().is_none()).take(COMPARED).collect();
        for (at, value) in others.iter().enumerate() {
            if others[..at].iter().any(|known| known.same_value(value)) {
                self.report_repeated(value);
            }
        }
    }

    fn report_repeated(&mut self, value: &Node) {
        let message = format!("`enum` holds {} twice", in_words(value));
        self.report(codes::SCHEMA_CONTRADICTION, value.span, message).help = Some("remove one".into());
    }
}

/// A scalar as code, anything else by its kind.
fn in_words(value: &Node) -> String {
    match value.as_text() {
        Some(text) => format!("`{text}`"),
        None if value.is_null() => "`null`".into(),
        None => format!("({})", value.kind_word()),
    }
}
