//! A value without what its schema calls internal.

use std::collections::{HashMap, HashSet};

use super::edits::key;
use super::walk::Walk;
use crate::model::Text;
use crate::model::node::{Entry, Node, Value};

/// How deep schemas are looked into for the properties at one place of a value.
const DEPTH: usize = 32;
/// Schemas that are looked at for one place of a value.
const MOST_SCHEMAS: usize = 2_000;

/// What some schemas say together about a value.
#[derive(Default)]
struct Shape {
    internal: HashSet<Text>,
    properties: HashMap<Text, Vec<Node>>,
    others: Vec<Node>,
    items: Vec<Node>,
    seen: HashSet<super::edits::Key>,
}

impl Walk<'_, '_> {
    /// Returns a value without its internal properties; `None` when it has none.
    pub(super) fn pruned(&mut self, value: &Node, schemas: &[Node]) -> Option<Node> {
        if schemas.is_empty() || !(value.is_map() || value.is_list()) {
            return None;
        }
        let mut shape = Shape::default();
        for schema in schemas {
            self.add_to_shape(&mut shape, schema, 0);
        }
        let new = match &value.value {
            Value::Map(entries) => self.pruned_entries(entries, &shape)?,
            Value::List(items) => {
                let pruned: Vec<Option<Node>> = items.iter().map(|item| self.pruned(item, &shape.items)).collect();
                if pruned.iter().all(Option::is_none) {
                    return None;
                }
                let items = pruned.into_iter().zip(items.iter()).map(|(new, old)| new.unwrap_or_else(|| old.clone()));
                Value::List(items.collect())
            }
            _ => return None,
        };
        Some(Node { value: new, span: value.span })
    }

    fn pruned_entries(&mut self, entries: &[Entry], shape: &Shape) -> Option<Value> {
        let mut changed = false;
        let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
        for entry in entries {
            let known = shape.properties.get(&entry.key);
            if known.is_none() && shape.internal.contains(&entry.key) {
                changed = true;
                continue;
            }
            let new = self.pruned(&entry.value, known.unwrap_or(&shape.others));
            changed |= new.is_some();
            kept.push(Entry { value: new.unwrap_or_else(|| entry.value.clone()), ..entry.clone() });
        }
        changed.then(|| Value::Map(kept.into()))
    }

    fn add_to_shape(&mut self, shape: &mut Shape, schema: &Node, depth: usize) {
        if depth > DEPTH || shape.seen.len() >= MOST_SCHEMAS || !shape.seen.insert(key(schema)) {
            return;
        }
        if depth > 0 && self.is_internal(schema) {
            return;
        }
        let target = self.through(schema);
        if key(&target) != key(schema) {
            self.add_to_shape(shape, &target, depth + 1);
        }
        for entry in schema.get("properties").map_or(&[][..], Node::entries) {
            match self.is_internal(&entry.value) {
                true => drop(shape.internal.insert(entry.key.clone())),
                false => shape.properties.entry(entry.key.clone()).or_default().push(entry.value.clone()),
            }
        }
        shape.others.extend(schema.get("additionalProperties").filter(|node| node.is_map()).cloned());
        let patterns = schema.get("patternProperties").map_or(&[][..], Node::entries);
        shape.others.extend(patterns.iter().map(|entry| entry.value.clone()));
        for name in ["items", "prefixItems", "contains"] {
            let Some(items) = schema.get(name) else { continue };
            shape.items.extend(items.items().iter().cloned());
            shape.items.extend(items.is_map().then(|| items.clone()));
        }
        let lists = ["allOf", "oneOf", "anyOf"].iter().flat_map(|name| schema.get(name).map_or(&[][..], Node::items));
        let parts = ["then", "else"].iter().filter_map(|name| schema.get(name));
        for part in lists.chain(parts) {
            self.add_to_shape(shape, part, depth + 1);
        }
    }
}
