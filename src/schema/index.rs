//! Which named schemas extend which, by `allOf`: the inheritance of an API.

use std::collections::BTreeMap;

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
            let Some(composition) = &api.schema(named.id).composition else { continue };
            for part in &composition.all_of {
                let Some(parent) = schemas.identity(*part).filter(|parent| *parent != named.id) else { continue };
                index.children.entry(parent).or_default().push(named.id);
                index.parents.entry(named.id).or_default().push(parent);
            }
        }
        index
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
