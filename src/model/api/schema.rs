//! Schemas: JSON Schema 2020-12 with OpenAPI's additions, as written; nothing is merged or inlined here.

use super::{ExternalDocs, Problem, Prose};
use crate::model::Text;
use crate::model::node::{Entry, Node, Number, Span};

/// Index into [`super::Api::schemas`]: the identity of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub u32);

/// A schema with a page of its own: a component, or the root of a referenced file.
#[derive(Debug, Clone)]
pub struct NamedSchema {
    /// The component's key or the file's stem, as written.
    pub name: Text,
    /// The part of its URL, unique in the API.
    pub slug: Text,
    /// Which one.
    pub id: SchemaId,
}

/// A set of JSON Schema types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Types(pub u8);

impl Types {
    /// Names in the order they are printed, each with its bit.
    pub const NAMES: [(&'static str, u8); 7] =
        [("string", 1), ("number", 2), ("integer", 4), ("boolean", 8), ("array", 16), ("object", 32), ("null", 64)];

    /// Returns the set of one type; the empty set for a word that is no type.
    pub fn of(name: &str) -> Types {
        Types(Types::NAMES.iter().find(|(known, _)| *known == name).map_or(0, |(_, bit)| *bit))
    }

    /// Returns true when the named type is in the set.
    pub fn has(self, name: &str) -> bool {
        self.0 & Types::of(name).0 != 0
    }

    /// Returns true when no type is named.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns both sets together.
    pub fn union(self, other: Types) -> Types {
        Types(self.0 | other.0)
    }

    /// Returns the set without one type.
    pub fn without(self, name: &str) -> Types {
        Types(self.0 & !Types::of(name).0)
    }

    /// Returns the names in the set.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Types::NAMES.into_iter().filter(move |(_, bit)| self.0 & bit != 0).map(|(name, _)| name)
    }
}

/// One schema, as written. Groups of rarely used keywords are boxed: a large description has 10^5 schemas.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    /// Where it stands.
    pub span: Span,
    /// Index into [`super::Api::named_schemas`] when it has a page of its own.
    pub named: Option<u32>,
    /// A boolean schema: `true` allows anything, `false` nothing.
    pub boolean: Option<bool>,
    /// `$ref`; in 3.1 and later the other fields hold its siblings, in 2.0 and 3.0 they are empty.
    pub reference: Option<Box<SchemaRef>>,
    /// `type`. OpenAPI 3.0's `nullable: true` beside a type adds `null`.
    pub types: Types,
    /// `nullable: true` was written where it adds nothing (no `type`, or beside `$ref`).
    pub nullable_without_type: bool,
    /// `format`.
    pub format: Option<Text>,
    /// `title`.
    pub title: Option<Text>,
    /// `description`.
    pub description: Option<Prose>,
    /// `enum`; `None` when absent.
    pub values: Option<Vec<Node>>,
    /// `const`.
    pub constant: Option<Node>,
    /// `default`.
    pub default: Option<Node>,
    /// `examples`, then `example`, then `x-example(s)`.
    pub examples: Vec<Node>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// Bounds of numbers.
    pub number: Option<Box<NumberRules>>,
    /// Rules of strings.
    pub string: Option<Box<StringRules>>,
    /// Rules of arrays.
    pub array: Option<Box<ArrayRules>>,
    /// Rules of objects.
    pub object: Option<Box<ObjectRules>>,
    /// Schemas made of schemas.
    pub composition: Option<Box<Composition>>,
    /// What few schemas have.
    pub rare: Option<Box<Rare>>,
    /// What could not be read.
    pub problem: Option<Box<Problem>>,
}

/// A `$ref` or `$dynamicRef` in a schema.
#[derive(Debug, Clone)]
pub struct SchemaRef {
    /// As written.
    pub written: Text,
    /// What it names; `None` when it is broken, remote or outside (the schema then has a problem).
    pub target: Option<SchemaId>,
    /// True for `$dynamicRef`.
    pub dynamic: bool,
}

/// `minimum`, `maximum` and so on; OpenAPI 3.0's boolean `exclusiveMinimum` is lifted to the numeric form.
#[derive(Debug, Clone, Default)]
pub struct NumberRules {
    /// `minimum`.
    pub minimum: Option<Number>,
    /// `exclusiveMinimum`.
    pub exclusive_minimum: Option<Number>,
    /// `maximum`.
    pub maximum: Option<Number>,
    /// `exclusiveMaximum`.
    pub exclusive_maximum: Option<Number>,
    /// `multipleOf`.
    pub multiple_of: Option<Number>,
}

/// Rules of strings.
#[derive(Debug, Clone, Default)]
pub struct StringRules {
    /// `minLength`.
    pub min_length: Option<Number>,
    /// `maxLength`.
    pub max_length: Option<Number>,
    /// `pattern`, ECMA-262.
    pub pattern: Option<Text>,
    /// `contentEncoding`.
    pub content_encoding: Option<Text>,
    /// `contentMediaType`.
    pub content_media_type: Option<Text>,
    /// `contentSchema`.
    pub content_schema: Option<SchemaId>,
}

/// Rules of arrays.
#[derive(Debug, Clone, Default)]
pub struct ArrayRules {
    /// `items`.
    pub items: Option<SchemaId>,
    /// `prefixItems`, or draft-04's list of `items`.
    pub prefix_items: Vec<SchemaId>,
    /// `contains`.
    pub contains: Option<SchemaId>,
    /// `minContains`.
    pub min_contains: Option<Number>,
    /// `maxContains`.
    pub max_contains: Option<Number>,
    /// `minItems`.
    pub min_items: Option<Number>,
    /// `maxItems`.
    pub max_items: Option<Number>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `unevaluatedItems`.
    pub unevaluated_items: Option<SchemaId>,
}

/// Rules of objects.
#[derive(Debug, Clone, Default)]
pub struct ObjectRules {
    /// `properties`, in document order.
    pub properties: Vec<Property>,
    /// `required`, in order; may name what `properties` does not.
    pub required: Vec<Text>,
    /// `patternProperties`: pattern and schema.
    pub pattern_properties: Vec<(Text, SchemaId)>,
    /// `additionalProperties`, a boolean being a boolean schema.
    pub additional_properties: Option<SchemaId>,
    /// `unevaluatedProperties`.
    pub unevaluated_properties: Option<SchemaId>,
    /// `propertyNames`.
    pub property_names: Option<SchemaId>,
    /// `minProperties`.
    pub min_properties: Option<Number>,
    /// `maxProperties`.
    pub max_properties: Option<Number>,
    /// `dependentRequired`: if the first is sent, the others must be.
    pub dependent_required: Vec<(Text, Vec<Text>)>,
    /// `dependentSchemas`.
    pub dependent_schemas: Vec<(Text, SchemaId)>,
}

/// One property.
#[derive(Debug, Clone)]
pub struct Property {
    /// Its name.
    pub name: Text,
    /// Its schema.
    pub schema: SchemaId,
}

/// `allOf`, `oneOf`, `anyOf`, `not`, `if`/`then`/`else` and `discriminator`.
#[derive(Debug, Clone, Default)]
pub struct Composition {
    /// `allOf`.
    pub all_of: Vec<SchemaId>,
    /// `oneOf`.
    pub one_of: Vec<SchemaId>,
    /// `anyOf`.
    pub any_of: Vec<SchemaId>,
    /// `not`.
    pub not: Option<SchemaId>,
    /// `if`.
    pub condition: Option<SchemaId>,
    /// `then`.
    pub then: Option<SchemaId>,
    /// `else`.
    pub otherwise: Option<SchemaId>,
    /// `discriminator`.
    pub discriminator: Option<Discriminator>,
}

/// The Discriminator Object.
#[derive(Debug, Clone)]
pub struct Discriminator {
    /// `propertyName`.
    pub property: Text,
    /// `mapping`: value, target as written, and the schema it names.
    pub mapping: Vec<(Text, Text, Option<SchemaId>)>,
    /// `defaultMapping` (3.2): as written, and the schema.
    pub default_mapping: Option<(Text, Option<SchemaId>)>,
}

/// What few schemas have.
#[derive(Debug, Clone, Default)]
pub struct Rare {
    /// `xml`.
    pub xml: Option<Xml>,
    /// `externalDocs`.
    pub external_docs: Option<ExternalDocs>,
    /// `$id`.
    pub id: Option<Text>,
    /// `$anchor`.
    pub anchor: Option<Text>,
    /// `$dynamicAnchor`.
    pub dynamic_anchor: Option<Text>,
    /// `$schema`.
    pub dialect: Option<Text>,
    /// `$comment`.
    pub comment: Option<Text>,
    /// `$defs` and `definitions`.
    pub definitions: Vec<(Text, SchemaId)>,
    /// Words of `type` that are no JSON Schema type, such as 2.0's `file`.
    pub other_types: Vec<Text>,
    /// Specification extensions.
    pub extensions: Vec<Entry>,
    /// Keywords that no rule knows; shown as they are.
    pub unknown: Vec<Entry>,
}

/// The XML Object.
#[derive(Debug, Clone, Default)]
pub struct Xml {
    /// `name`.
    pub name: Option<Text>,
    /// `namespace`.
    pub namespace: Option<Text>,
    /// `prefix`.
    pub prefix: Option<Text>,
    /// `attribute`.
    pub attribute: bool,
    /// `wrapped`.
    pub wrapped: bool,
    /// `nodeType` (3.2).
    pub node_type: Option<Text>,
}
