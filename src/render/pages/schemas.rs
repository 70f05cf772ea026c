//! The list of an API's schemas.

use serde::Serialize;

use super::Body;
use super::api::first_line;
use crate::model::route::{ApiIndex, Subject};
use crate::render::PageContext;
use crate::render::reference::Reference;
use crate::schema::type_name;

/// What the template sees.
#[derive(Debug, Serialize)]
pub struct SchemasView {
    /// Every named schema in document order.
    pub schemas: Vec<SchemaRow>,
}

/// One schema in the list.
#[derive(Debug, Serialize)]
pub struct SchemaRow {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Its type in words.
    pub kind: String,
    /// Its first sentence.
    pub summary: Option<String>,
    /// Deprecated.
    pub deprecated: bool,
    /// No operation and no other schema uses it.
    pub orphan: bool,
}

/// Makes the list of schemas.
pub fn body(context: &PageContext<'_>, api: ApiIndex) -> Body {
    let reference = Reference::new(context, api);
    let row = |named: &crate::model::api::NamedSchema| {
        let schema = reference.schemas.get(named.id);
        let effective = reference.schemas.effective(&[named.id]);
        let pieces = type_name::pieces_of(reference.schemas, &effective);
        Some(SchemaRow {
            name: named.name.to_string(),
            href: context.href(Subject::Schema(api, named.id))?,
            kind: type_name::to_text(reference.schemas, &pieces),
            summary: schema.description.as_ref().and_then(|prose| first_line(&prose.text)),
            deprecated: schema.deprecated,
            orphan: reference.usage.is_orphan(named.id),
        })
    };
    let schemas = reference.api.named_schemas.iter().filter_map(row).collect();
    Body::new(&SchemasView { schemas })
}
