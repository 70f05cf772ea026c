//! The fields of objects: properties of schemas, fields of request bodies, names that stand only in a response.
//!
//! Named schemas have pages of their own, so their properties are not repeated where they are used; only the first level
//! of a request body is, because readers look there for what to send.

use super::prose::plain;
use super::{Kind, Record};
use crate::model::api::SchemaId;
use crate::schema::effective::{Effective, Property};
use crate::schema::{Schemas, anchor, words};

/// Deepest field below a schema or body: what lies deeper is hardly ever asked for by its path.
const DEEPEST: usize = 3;
/// Most fields of one schema or body.
const MOST: usize = 300;
/// Most enumerated values of one field that are words of it.
const MOST_VALUES: usize = 200;

/// Returns the properties of a named schema, nested inline objects included.
pub fn properties(schemas: Schemas<'_>, id: SchemaId) -> Vec<Record> {
    let mut walk = Walk { schemas, kind: Kind::Property, anchor: "property", records: Vec::new() };
    walk.object(&[id], &mut Vec::new(), true);
    walk.records
}

/// Returns the fields of a request body.
pub fn body(schemas: Schemas<'_>, id: SchemaId) -> Vec<Record> {
    let mut walk = Walk { schemas, kind: Kind::BodyField, anchor: "body", records: Vec::new() };
    walk.object(&[id], &mut Vec::new(), true);
    walk.records
}

/// Returns the fields of a response that are not those of a named schema; their anchors are left to the caller.
pub fn inline(schemas: Schemas<'_>, id: SchemaId) -> Vec<Record> {
    let mut walk = Walk { schemas, kind: Kind::ResponseField, anchor: "response", records: Vec::new() };
    walk.object(&[id], &mut Vec::new(), false);
    walk.records
}

/// Returns the enumerated values of a field as words, with their labels.
pub fn values(effective: &Effective<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for value in effective.values.iter().flatten().take(MOST_VALUES) {
        found.push(words::plain(value.value));
        found.extend(value.label.as_deref().map(str::to_owned));
    }
    found.extend(effective.constant.map(words::plain));
    found.retain(|value| value.chars().any(char::is_alphanumeric) && value.len() <= 100);
    found
}

struct Walk<'a> {
    schemas: Schemas<'a>,
    kind: Kind,
    anchor: &'static str,
    records: Vec<Record>,
}

impl<'a> Walk<'a> {
    /// Adds the fields of the objects that a value may be. `root` allows the outermost value to be a named schema.
    fn object(&mut self, parts: &[SchemaId], path: &mut Vec<&'a str>, root: bool) {
        if path.len() >= DEEPEST || (!root && self.is_named(parts)) {
            return;
        }
        let effective = self.schemas.effective(parts);
        for property in &effective.object.properties {
            self.property(property, path);
        }
        let items = &effective.array.items;
        if !items.is_empty() && !self.is_named(items) {
            self.nested(items, path);
        }
        for branch in effective.choices.iter().flat_map(|choice| &choice.branches) {
            if !self.is_named(&[*branch]) {
                self.nested(&[*branch], path);
            }
        }
    }

    /// What lies inside an item or a branch has the path of the whole. Counts as a level, so that it ends.
    fn nested(&mut self, parts: &[SchemaId], path: &mut Vec<&'a str>) {
        path.push("");
        self.object(parts, path, false);
        path.pop();
    }

    fn property(&mut self, property: &Property<'a>, path: &mut Vec<&'a str>) {
        path.push(property.name);
        if self.records.len() < MOST {
            self.record(property, path);
            if !property.parts.is_empty() {
                self.object(&property.parts, path, false);
            }
        }
        path.pop();
    }

    fn record(&mut self, property: &Property<'a>, path: &[&'a str]) {
        let names: Vec<&str> = path.iter().copied().filter(|name| !name.is_empty()).collect();
        let at = names.iter().fold(self.anchor.to_owned(), |at, name| anchor::join(&at, name));
        if self.records.iter().rev().take(MOST).any(|record| record.anchor == at) {
            return;
        }
        let label = names.join(".");
        let mut record = Record::part(self.kind, &label, at).named(&label);
        if names.len() > 1 {
            record.names.push(property.name.to_string());
        }
        let effective = self.schemas.effective(&property.parts);
        record.keywords = values(&effective);
        record.deprecated = effective.deprecated;
        record.text = effective.descriptions.first().map_or(String::new(), |prose| plain(&prose.text));
        self.records.push(record);
    }

    fn is_named(&self, parts: &[SchemaId]) -> bool {
        parts.iter().any(|part| self.schemas.identity(*part).is_some())
    }
}
