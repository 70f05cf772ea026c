//! Which named schemas extend which, by `allOf`: the inheritance of an API.

use std::collections::{BTreeMap, BTreeSet};

use super::Schemas;
use crate::model::api::{Api, SchemaId};

/// The named schemas that extend a named schema, in document order. Made once for an API.
#[derive(Debug, Default)]
pub struct Index {
    children: BTreeMap<SchemaId, Vec<SchemaId>>,
    parents: BTreeMap<SchemaId, Vec<SchemaId>>,
}

impl Index {
    /// Looks at the `allOf` of every named schema.
    pub fn new(api: &Api) -> Index {
        let mut index = Index::default();
        let empty = Index::default();
        let schemas = Schemas { api, index: &empty };
        for named in &api.named_schemas {
            for parent in parents_in(schemas, named.id) {
                index.children.entry(parent).or_default().push(named.id);
                index.parents.entry(named.id).or_default().push(parent);
            }
        }
        index
    }

    /// Returns the schemas that extend this one, directly or through others, in order of the ids.
    pub fn descendants(&self, id: SchemaId) -> Vec<SchemaId> {
        let mut found = BTreeSet::new();
        let mut waiting = vec![id];
        while let Some(at) = waiting.pop() {
            waiting.extend(self.children(at).iter().copied().filter(|child| *child != id && found.insert(*child)));
        }
        found.into_iter().collect()
    }

    /// Returns the schemas that name this one in their `allOf`.
    pub fn children(&self, id: SchemaId) -> &[SchemaId] {
        self.children.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Returns the named schemas in this one's `allOf`.
    pub fn parents(&self, id: SchemaId) -> &[SchemaId] {
        self.parents.get(&id).map_or(&[], Vec::as_slice)
    }
}

/// The named schemas in the `allOf` of a named schema, those of inline parts too, each once.
fn parents_in(schemas: Schemas<'_>, id: SchemaId) -> Vec<SchemaId> {
    let mut parents = Vec::new();
    let mut seen = BTreeSet::from([id]);
    let mut waiting = vec![id];
    while let Some(at) = waiting.pop() {
        let Some(composition) = schemas.get(at).composition.as_deref() else { continue };
        let mut inline = Vec::new();
        for part in composition.all_of.iter().filter(|part| seen.insert(**part)) {
            match schemas.identity(*part) {
                Some(parent) if parent != id && !parents.contains(&parent) => parents.push(parent),
                Some(_) => {}
                None => inline.push(*part),
            }
        }
        waiting.extend(inline.into_iter().rev());
    }
    parents
}
