//! What a schema means: the keywords that hold for it in effect, in words, by example and on the wire.
//!
//! [`crate::model::api`] keeps schemas as they were written. This module follows references, merges `allOf`, finds the
//! branches of a choice and the children of a base, and says the result in words ([`words`], [`type_name`]), as an
//! example value ([`example`]) and as text of a media type ([`wire`]). It takes an [`Api`] and gives plain values; it
//! knows nothing of pages or HTML.

pub mod anchor;
pub mod check;
pub mod decimal;
pub mod effective;
pub mod errors;
pub mod example;
pub mod index;
#[cfg(test)]
pub(crate) mod testing;
pub mod type_name;
pub mod usage;
pub mod wire;
pub mod words;

use crate::model::api::{Api, Schema, SchemaId};

pub use effective::{Choice, ChoiceKind, Effective};
pub use index::Index;

/// An API's schemas and what is known about how they hang together. Copied freely.
#[derive(Debug, Clone, Copy)]
pub struct Schemas<'a> {
    /// The API.
    pub api: &'a Api,
    /// Which schemas extend which.
    pub index: &'a Index,
}

/// Which way a value travels: decides what `readOnly` and `writeOnly` hide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the consumer to the API.
    Request,
    /// From the API to the consumer.
    Response,
    /// Both are shown, as on a schema's own page.
    Either,
}

impl Direction {
    /// Returns true when a part with these marks does not travel this way.
    pub fn hides(self, read_only: bool, write_only: bool) -> bool {
        match self {
            Direction::Request => read_only && !write_only,
            Direction::Response => write_only && !read_only,
            Direction::Either => false,
        }
    }
}

impl<'a> Schemas<'a> {
    /// Returns a schema as written.
    pub fn get(&self, id: SchemaId) -> &'a Schema {
        self.api.schema(id)
    }

    /// Returns the schema that another one merely stands for: the target of its `$ref`, the only part of an `allOf`
    /// that adds nothing but annotations, the only branch of a choice that is not `null`.
    pub fn stands_for(&self, id: SchemaId) -> Option<SchemaId> {
        let schema = self.get(id);
        if let Some(reference) = &schema.reference {
            return reference.target;
        }
        let composition = schema.composition.as_deref()?;
        if !effective::only_annotates(schema) || composition.not.is_some() || composition.condition.is_some() {
            return None;
        }
        let groups = [&composition.all_of, &composition.one_of, &composition.any_of];
        let mut used = groups.into_iter().filter(|group| !group.is_empty());
        let (only, None) = (used.next()?, used.next()) else { return None };
        let mut branches = only.iter().filter(|&&branch| !self.is_null(branch));
        match (branches.next(), branches.next()) {
            (Some(&branch), None) => Some(branch),
            _ => None,
        }
    }

    /// Returns true for a schema that allows `null` and nothing else.
    pub fn is_null(&self, id: SchemaId) -> bool {
        let schema = self.get(id);
        schema.reference.is_none()
            && (schema.types == crate::model::api::Types::of("null")
                || schema.constant.as_ref().is_some_and(|node| node.is_null())
                || matches!(schema.values.as_deref(), Some([only]) if only.is_null() && schema.types.is_empty()))
    }

    /// Returns the named schema that a schema is, through any chain of references: its identity for the reader.
    pub fn identity(&self, id: SchemaId) -> Option<SchemaId> {
        let mut at = id;
        for _ in 0..100 {
            if self.get(at).named.is_some() {
                return Some(at);
            }
            at = self.stands_for(at)?;
        }
        None
    }

    /// Returns the name of a schema that has a page, for the reader.
    pub fn name(&self, id: SchemaId) -> &'a str {
        self.api.named_schema(id).map_or("", |named| &named.name)
    }

    /// Returns what holds for a value that must satisfy every one of these schemas.
    pub fn effective(&self, parts: &[SchemaId]) -> Effective<'a> {
        effective::effective(*self, parts)
    }
}
