//! What tests of schemas stand on: a description as text in, its schemas out.

use std::sync::Arc;

use super::{Index, Schemas};
use crate::diag::{SourcePath, SourceText};
use crate::load::openapi;
use crate::model::api::{Api, SchemaId};
use crate::model::settings::Limits;

/// An API with what is known of its schemas.
pub(crate) struct Loaded {
    /// The API.
    pub api: Api,
    index: Index,
}

impl Loaded {
    /// Loads a whole description.
    pub fn description(text: &str) -> Loaded {
        let source = Arc::new(SourceText::new(SourcePath::new("openapi.yaml"), text));
        let api = openapi::load("test", &source, &|_| None, &Limits::default()).api;
        let index = Index::new(&api);
        Loaded { api, index }
    }

    /// Loads schemas of an OpenAPI 3.1 description, written below `components.schemas` with an indentation of 4.
    pub fn schemas_text(text: &str) -> Loaded {
        Loaded::description(&format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{text}"
        ))
    }

    /// Returns the schemas.
    pub fn schemas(&self) -> Schemas<'_> {
        Schemas { api: &self.api, index: &self.index }
    }

    /// Returns the schema of a name.
    pub fn id(&self, name: &str) -> SchemaId {
        let found = self.api.named_schemas.iter().find(|named| &*named.name == name);
        found.unwrap_or_else(|| panic!("no schema {name}")).id
    }
}
