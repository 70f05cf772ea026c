//! Schemas: each place in a description that holds one becomes one entry of the arena, whatever refers to it.
//!
//! [`Lifter::schema`] only gives a place its id; [`Lifter::read_waiting_schemas`] reads them one after another, so
//! that neither nesting nor circles cost stack. The keywords are read by subject in the files below; what the
//! versions write differently is lifted to JSON Schema 2020-12 there.

mod annotations;
mod composition;
mod notes;
mod rules;
mod structure;

use std::sync::Arc;

pub use notes::Notes;

use super::lift::{Kind, Lifter, define_it};
use super::strict::Part;
use crate::diag::codes::description as codes;
use crate::model::Text;
use crate::model::api::{Problem, Schema, SchemaId, SchemaRef, SpecVersion, Types};
use crate::model::node::{Entry, Node, Value};

impl Lifter<'_> {
    /// Returns the id of the schema at a node; the schema itself is read later.
    pub fn schema(&mut self, node: &Node) -> SchemaId {
        let id = SchemaId(self.schemas.len() as u32);
        let id = *self.schema_at.entry(node.span).or_insert(id);
        if id.0 as usize == self.schemas.len() {
            self.schemas.push(Schema { span: node.span, ..Schema::default() });
            self.waiting.push((id, node.clone()));
        }
        id
    }

    /// Returns the id of the schema of an entry.
    pub fn schema_of(&mut self, entry: &Entry) -> SchemaId {
        self.schema(&entry.value)
    }

    /// Returns the id of a schema that the loader makes itself, such as that of 2.0's form fields.
    pub fn made_schema(&mut self, schema: Schema) -> SchemaId {
        self.schemas.push(schema);
        SchemaId(self.schemas.len() as u32 - 1)
    }

    /// Reads every schema that has an id and was not read yet, and those that they bring.
    pub fn read_waiting_schemas(&mut self) {
        while let Some((id, node)) = self.waiting.pop() {
            self.schemas[id.0 as usize] = self.read_schema(&node);
        }
    }

    fn read_schema(&mut self, node: &Node) -> Schema {
        let mut schema = Schema { span: node.span, ..Schema::default() };
        let reported = self.diagnostics.len();
        match &node.value {
            Value::Bool(value) => schema.boolean = Some(*value),
            Value::Map(_) => {
                self.read_keywords(node, &mut schema);
                if schema.reference.is_none() {
                    self.ask_strict_reader(node, Part::Schema, reported);
                }
            }
            _ => {
                let message = format!("a schema is {}, an object or a boolean is expected", node.kind_word());
                let help = "write `{}` for any value, or a schema".to_string();
                schema.problem = Some(Box::new(self.problem(codes::WRONG_TYPE, node.span, message, Some(help))));
            }
        }
        schema
    }

    fn read_keywords(&mut self, node: &Node, schema: &mut Schema) {
        if node.get("x-internal").and_then(Node::as_bool) == Some(true) {
            // Whoever leads here has reported it; nothing of an internal schema enters the model.
            return;
        }
        let spec = self.spec_at(node.span);
        if let Some(entry) = node.entry("$ref") {
            self.read_reference(schema, entry, Dynamic::No);
            if spec < SpecVersion::V3_1 {
                self.note_ignored_siblings(node, schema);
                return;
            }
        }
        for entry in node.entries() {
            self.read_keyword(schema, node, entry, spec);
        }
        self.finish_schema(schema, node, spec);
    }

    fn read_keyword(&mut self, schema: &mut Schema, node: &Node, entry: &Entry, spec: SpecVersion) {
        let known = self.read_annotation(schema, entry)
            || self.read_rule(schema, entry)
            || self.read_structure(schema, node, entry)
            || self.read_composition(schema, node, entry)
            || self.read_core(schema, entry);
        if known {
            self.notes.keyword_of_another_version(entry, spec);
        } else if entry.key.starts_with("x-") {
            self.read_extension(schema, entry);
        } else {
            self.unknown_keyword(schema, entry, spec);
        }
    }

    /// Reads the keywords of JSON Schema's core vocabulary.
    fn read_core(&mut self, schema: &mut Schema, entry: &Entry) -> bool {
        match &*entry.key {
            "$ref" => {}
            "$recursiveRef" if schema.reference.is_none() => self.read_recursive_reference(schema, entry),
            "$dynamicRef" if schema.reference.is_none() => {
                self.read_reference(schema, entry, Dynamic::Yes);
            }
            "$id" => rare(schema).id = self.text_of(entry),
            "id" if entry.value.as_str().is_some() => rare(schema).id = self.text_of(entry),
            "$anchor" => rare(schema).anchor = self.text_of(entry),
            "$dynamicAnchor" => rare(schema).dynamic_anchor = self.text_of(entry),
            "$comment" => rare(schema).comment = self.text_of(entry),
            "$schema" => {
                rare(schema).dialect = self.text_of(entry);
                self.check_dialect(entry);
            }
            "$defs" | "definitions" => {
                let named = self.named_schemas_of(entry);
                rare(schema).definitions.extend(named);
            }
            _ => return false,
        }
        true
    }

    /// Returns the schemas below a map from names, without the internal ones.
    fn named_schemas_of(&mut self, entry: &Entry) -> Vec<(Text, SchemaId)> {
        let entries = self.map_of(entry);
        let mut named = Vec::with_capacity(entries.len());
        for entry in entries.iter() {
            if !self.is_internal(&entry.value) {
                named.push((Arc::clone(&entry.key), self.schema_of(entry)));
            }
        }
        named
    }

    /// Warns of a dialect whose rules are not those of OpenAPI 3.1 and later.
    pub fn check_dialect(&mut self, entry: &Entry) {
        let Some(uri) = entry.value.as_str() else { return };
        let plain = uri.trim_end_matches('#');
        let known =
            plain.ends_with("json-schema.org/draft/2020-12/schema") || plain.contains("spec.openapis.org/oas/3.");
        if !known {
            let message = format!("the dialect `{uri}` is read by the rules of JSON Schema 2020-12");
            let help = "use `https://json-schema.org/draft/2020-12/schema`".to_string();
            self.report(codes::UNKNOWN_DIALECT, entry.value.span, message).help = Some(help);
        }
    }

    /// Draft 2019-09's `$recursiveRef: "#"` means the innermost schema around it with `$recursiveAnchor: true`.
    fn read_recursive_reference(&mut self, schema: &mut Schema, entry: &Entry) {
        let file = self.resolver.files.get(entry.value.span.file as usize);
        let around = file.and_then(|file| file.anchors.recursive(entry.value.span)).cloned();
        match (around, entry.value.as_str().cloned()) {
            (Some(node), Some(written)) => {
                let target = Some(self.schema(&node));
                schema.reference = Some(Box::new(SchemaRef { written, target, dynamic: true }));
            }
            _ => self.read_reference(schema, entry, Dynamic::Yes),
        }
    }

    fn read_reference(&mut self, schema: &mut Schema, entry: &Entry, dynamic: Dynamic) {
        let Some(reference) = entry.value.as_str().cloned() else {
            let message = format!("`{}` is {}, a string is expected", entry.key, entry.value.kind_word());
            let written = entry.value.as_text().unwrap_or_else(|| entry.value.kind_word().into());
            let problem = self.problem(codes::WRONG_TYPE, entry.value.span, message, None);
            schema.problem = Some(Box::new(problem));
            schema.reference = Some(Box::new(SchemaRef { written, target: None, dynamic: false }));
            return;
        };
        if self.leads_to_internal(entry, &reference) {
            return;
        }
        let target = match self.schema_target(&entry.value, &reference) {
            Ok(target) => Some(target),
            Err(problem) => {
                schema.problem = Some(Box::new(problem));
                None
            }
        };
        let dynamic = matches!(dynamic, Dynamic::Yes);
        schema.reference = Some(Box::new(SchemaRef { written: reference, target, dynamic }));
    }

    /// Returns true, and says so, when a reference names a schema that is marked `x-internal`: not even its name may
    /// enter the model.
    fn leads_to_internal(&mut self, entry: &Entry, reference: &Text) -> bool {
        let Ok(target) = self.resolver.resolve(reference, entry.value.span) else { return false };
        let internal = self.is_internal(&target.node);
        if internal {
            let message = "the reference leads to a schema that is marked `x-internal`; it is left out";
            let help = codes::INTERNAL_REFERENCE.mend.to_string();
            self.report(codes::INTERNAL_REFERENCE, entry.value.span, message).help = Some(help);
        }
        internal
    }

    /// Returns the schema that a reference names.
    pub fn schema_target(&mut self, place: &Node, reference: &Text) -> Result<SchemaId, Problem> {
        let target = self.target(place, reference, Kind::Schema)?;
        let described = self.resolver.files.get(target.node.span.file as usize).is_some_and(|file| file.spec.is_some());
        let what = match &target.node.value {
            Value::Map(_) if target.whole_file && described => Some("a whole description"),
            Value::Map(_) | Value::Bool(_) => None,
            _ => Some(target.node.kind_word()),
        };
        if reference.is_empty() {
            let message = "`$ref` is empty".to_string();
            return Err(self.problem(codes::UNKNOWN_REFERENCE, place.span, message, Some(define_it().into())));
        }
        if let Some(what) = what {
            let message = format!("`{reference}` names {what}, a schema is expected");
            let help = codes::REFERENCE_KIND.mend.to_string();
            return Err(self.problem(codes::REFERENCE_KIND, place.span, message, Some(help)));
        }
        let id = self.schema(&target.node);
        self.name_target(id, &target);
        Ok(id)
    }

    /// 2.0 and 3.0 ignore what stands beside a `$ref`, except that `nullable` is worth a note.
    fn note_ignored_siblings(&mut self, node: &Node, schema: &mut Schema) {
        for entry in node.entries() {
            match &*entry.key {
                "$ref" => {}
                "nullable" | "x-nullable" if entry.value.as_bool() == Some(true) => schema.nullable_without_type = true,
                key if key.starts_with("x-") => {}
                _ => self.notes.ignored_sibling(entry),
            }
        }
    }

    fn read_extension(&mut self, schema: &mut Schema, entry: &Entry) {
        match &*entry.key {
            "x-nullable" if self.spec_at(entry.value.span) < SpecVersion::V3_1 => match entry.value.as_bool() {
                Some(true) => schema.nullable_without_type = true,
                _ => rare(schema).extensions.push(entry.clone()),
            },
            "x-example" | "x-examples" => {}
            "x-internal" => {}
            _ => rare(schema).extensions.push(entry.clone()),
        }
    }

    fn unknown_keyword(&mut self, schema: &mut Schema, entry: &Entry, spec: SpecVersion) {
        let near = self.resolver.nearest(&entry.key, KEYWORDS.iter().map(|keyword| (*keyword, ())));
        if let Some((keyword, ())) = near {
            let message = format!("`{}` is no keyword of schemas", entry.key);
            let help = format!("did you mean `{keyword}`?");
            self.report(codes::UNKNOWN_FIELD, entry.key_span, message).help = Some(help);
        }
        self.notes.keyword_of_another_version(entry, spec);
        rare(schema).unknown.push(entry.clone());
    }

    /// Brings together what several keywords say.
    fn finish_schema(&mut self, schema: &mut Schema, node: &Node, spec: SpecVersion) {
        if schema.nullable_without_type
            && !schema.types.is_empty()
            && schema.reference.is_none()
            && spec < SpecVersion::V3_1
        {
            schema.types = schema.types.union(Types::of("null"));
            schema.nullable_without_type = false;
        }
        let composed = schema.composition.is_some() || schema.reference.is_some();
        if schema.nullable_without_type && schema.types.is_empty() && !composed && spec < SpecVersion::V3_1 {
            schema.nullable_without_type = false;
            let key = node.entry("nullable").or(node.entry("x-nullable")).map_or(node.span, |entry| entry.key_span);
            self.notes.nullable_without_type(key);
        }
        let needs_items = spec < SpecVersion::V3_1 && schema.types.without("null") == Types::of("array");
        if needs_items && node.get("items").is_none() {
            self.missing(node, "an array", "items");
        }
        self.read_examples(schema, node);
        rules::lift_exclusive_bounds(schema, node);
        self.check_contradictions(schema, node);
    }
}

/// Whether a reference is `$ref` or one of the dynamic kind.
enum Dynamic {
    No,
    Yes,
}

/// Returns the box of rare keywords.
fn rare(schema: &mut Schema) -> &mut crate::model::api::Rare {
    schema.rare.get_or_insert_default()
}

/// The keywords that "did you mean" offers. `if`, `not` and those that equal a common field but for a `$` are left
/// out: too much is near to them.
const KEYWORDS: &[&str] = &[
    "$ref",
    "$dynamicRef",
    "$dynamicAnchor",
    "type",
    "format",
    "title",
    "description",
    "enum",
    "const",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "nullable",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "items",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "minItems",
    "maxItems",
    "uniqueItems",
    "unevaluatedItems",
    "properties",
    "required",
    "patternProperties",
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
    "minProperties",
    "maxProperties",
    "dependentRequired",
    "dependentSchemas",
    "allOf",
    "oneOf",
    "anyOf",
    "discriminator",
    "externalDocs",
];
