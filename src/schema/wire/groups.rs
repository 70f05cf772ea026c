//! Media types that hold the same, so that a page shows it once.

use super::essence;
use crate::model::api::{MediaType, SchemaId};
use crate::model::node::Span;
use crate::schema::Schemas;

/// Returns media types that hold the same schema as one group, in order; a form with encodings stands alone.
pub fn groups<'a>(schemas: Schemas<'_>, content: &'a [MediaType]) -> Vec<Vec<&'a MediaType>> {
    let mut groups: Vec<Vec<&'a MediaType>> = Vec::new();
    for media in content {
        let same = |group: &&mut Vec<&MediaType>| {
            let first = group[0];
            are_same(schemas, first.schema, media.schema)
                && are_same(schemas, first.item_schema, media.item_schema)
                && media.schema.or(media.item_schema).is_some()
                && !has_encoding(first)
                && !has_encoding(media)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(media),
            None => groups.push(vec![media]),
        }
    }
    groups
}

/// One schema, or two that are written alike.
fn are_same(schemas: Schemas<'_>, one: Option<SchemaId>, other: Option<SchemaId>) -> bool {
    let (one, other) = match (target(schemas, one), target(schemas, other)) {
        (Some(one), Some(other)) if one != other => (schemas.get(one), schemas.get(other)),
        (one, other) => return one == other,
    };
    let text = |span: Span| schemas.api.sources.text(span).split_whitespace();
    let inline = one.named.is_none() && other.named.is_none() && one.span.file == other.span.file;
    inline && text(one.span).next().is_some() && text(one.span).eq(text(other.span))
}

fn target(schemas: Schemas<'_>, schema: Option<SchemaId>) -> Option<SchemaId> {
    schema.map(|id| schemas.get(id).reference.as_ref().and_then(|reference| reference.target).unwrap_or(id))
}

/// Returns true for a media type whose parts say how they are written.
pub fn has_encoding(media: &MediaType) -> bool {
    let encoded = !media.encoding.is_empty() || !media.prefix_encoding.is_empty() || media.item_encoding.is_some();
    encoded || essence(&media.name).starts_with("multipart/")
}
