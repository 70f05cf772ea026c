//! The fields of objects: properties of schemas, fields of request bodies, names that stand only in a response.
//!
//! Named schemas have pages of their own, so their properties are not repeated where they are used; only the first level
//! of a request body is, because readers look there for what to send.

use std::collections::HashSet;

use super::prose::plain;
use super::{Kind, Record};
use crate::model::api::{MediaType, SchemaId};
use crate::schema::effective::{Effective, Property};
use crate::schema::{Direction, Schemas, anchor, wire, words};

/// Deepest field below a schema or body: what lies deeper is hardly ever asked for by its path.
const DEEPEST: usize = 3;
/// Most fields of one schema or body.
const MOST: usize = 300;
/// Most enumerated values of one field that are words of it.
const MOST_VALUES: usize = 200;

/// Returns the properties of a named schema, nested inline objects included.
pub fn properties(schemas: Schemas<'_>, id: SchemaId) -> Vec<Record> {
    let mut walk = Walk::new(schemas, Kind::Property, Direction::Either, Detail::Whole);
    walk.object(&[id], "property", &mut Vec::new(), true);
    walk.records
}

/// Returns the fields of a request body: those of each group of media types, under the anchors of that group.
pub fn body(schemas: Schemas<'_>, content: &[MediaType]) -> Vec<Record> {
    let mut walk = Walk::new(schemas, Kind::BodyField, Direction::Request, Detail::Whole);
    walk.body(content);
    walk.records
}

/// Returns the fields of a response that are not those of a named schema; their anchors are left to the caller.
pub fn inline(schemas: Schemas<'_>, id: SchemaId) -> Vec<Record> {
    let mut walk = Walk::new(schemas, Kind::ResponseField, Direction::Response, Detail::Whole);
    walk.object(&[id], "response", &mut Vec::new(), false);
    walk.records
}

/// Returns the anchors of what [`properties`] returns.
pub fn property_anchors(schemas: Schemas<'_>, id: SchemaId) -> Vec<String> {
    let mut walk = Walk::new(schemas, Kind::Property, Direction::Either, Detail::Anchors);
    walk.object(&[id], "property", &mut Vec::new(), true);
    walk.records.into_iter().map(|record| record.anchor).collect()
}

/// Returns the anchors of what [`body`] returns.
pub fn body_anchors(schemas: Schemas<'_>, content: &[MediaType]) -> Vec<String> {
    let mut walk = Walk::new(schemas, Kind::BodyField, Direction::Request, Detail::Anchors);
    walk.body(content);
    walk.records.into_iter().map(|record| record.anchor).collect()
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

/// Returns the enumerated values of a field, and of the items of a list.
pub fn words_of(schemas: Schemas<'_>, effective: &Effective<'_>) -> Vec<String> {
    let mut found = values(effective);
    if !effective.array.items.is_empty() {
        found.extend(values(&schemas.effective(&effective.array.items)));
    }
    found
}

/// What is wanted of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// Everything that can be found.
    Whole,
    /// Where it is.
    Anchors,
}

struct Walk<'a> {
    schemas: Schemas<'a>,
    kind: Kind,
    direction: Direction,
    detail: Detail,
    anchors: HashSet<String>,
    records: Vec<Record>,
}

impl<'a> Walk<'a> {
    fn new(schemas: Schemas<'a>, kind: Kind, direction: Direction, detail: Detail) -> Walk<'a> {
        Walk { schemas, kind, direction, detail, anchors: HashSet::new(), records: Vec::new() }
    }

    /// Adds the fields of each group of media types. Those of the first group have no name before theirs.
    fn body(&mut self, content: &[MediaType]) {
        for (at, group) in wire::groups(self.schemas, content).into_iter().enumerate() {
            let prefix = if at == 0 { "body".to_owned() } else { anchor::join("body", &group[0].name) };
            for id in group[0].schema.into_iter().chain(group[0].item_schema) {
                self.object(&[id], &prefix, &mut Vec::new(), true);
            }
        }
    }

    /// Adds the fields of the objects that a value may be. `root` allows the outermost value to be a named schema.
    fn object(&mut self, parts: &[SchemaId], prefix: &str, path: &mut Vec<&'a str>, root: bool) {
        if path.len() < DEEPEST && (root || !self.is_named(parts)) {
            let effective = self.schemas.effective(parts);
            self.fields(&effective, prefix, path);
        }
    }

    fn fields(&mut self, effective: &Effective<'a>, prefix: &str, path: &mut Vec<&'a str>) {
        for property in &effective.object.properties {
            self.property(property, prefix, path);
        }
        let items = &effective.array.items;
        if !items.is_empty() && !self.is_named(items) {
            self.nested(items, prefix, path);
        }
        for choice in &effective.choices {
            for branch in choice.labelled(self.schemas, effective) {
                if !self.is_named(&[branch.id]) {
                    self.nested(&[branch.id], &anchor::join(prefix, &branch.label), path);
                }
            }
        }
    }

    /// What lies inside an item or a branch has the path of the whole. Counts as a level, so that it ends.
    fn nested(&mut self, parts: &[SchemaId], prefix: &str, path: &mut Vec<&'a str>) {
        path.push("");
        self.object(parts, prefix, path, false);
        path.pop();
    }

    /// Adds a field and what is inside it; nothing when the value does not travel this way.
    fn property(&mut self, property: &Property<'a>, prefix: &str, path: &mut Vec<&'a str>) {
        if self.records.len() >= MOST {
            return;
        }
        let effective = self.schemas.effective(&property.parts);
        if self.direction.hides(effective.read_only, effective.write_only) {
            return;
        }
        path.push(property.name);
        let at = anchor::join(prefix, property.name);
        self.record(property, &effective, &at, path);
        if path.len() < DEEPEST && !property.parts.is_empty() && !self.is_named(&property.parts) {
            self.fields(&effective, &at, path);
        }
        path.pop();
    }

    fn record(&mut self, property: &Property<'a>, effective: &Effective<'a>, at: &str, path: &[&'a str]) {
        if !self.anchors.insert(at.to_owned()) {
            return;
        }
        if self.detail == Detail::Anchors {
            self.records.push(Record::part(self.kind, "", at));
            return;
        }
        let names: Vec<&str> = path.iter().copied().filter(|name| !name.is_empty()).collect();
        let label = names.join(".");
        let mut record = Record::part(self.kind, &label, at).named(&label);
        if names.len() > 1 {
            record.names.push(property.name.to_string());
        }
        record.keywords = words_of(self.schemas, effective);
        record.deprecated = effective.deprecated;
        record.text = effective.descriptions.first().map_or(String::new(), |prose| plain(&prose.text));
        self.records.push(record);
    }

    fn is_named(&self, parts: &[SchemaId]) -> bool {
        parts.iter().any(|part| self.schemas.identity(*part).is_some())
    }
}
