//! What holds for a schema in effect: references followed, `allOf` merged, `null` branches folded into "or null".
//!
//! [`effective`] takes the schemas that a value must all satisfy and gives one flat [`Effective`]: the tightest bounds,
//! the union of what is required, the properties of every part with the place they come from. Choices (`oneOf`,
//! `anyOf`, the children of a base with a discriminator) are left as branches; nothing is inlined, so that recursion
//! and diamonds cost nothing until someone looks inside.

mod choices;
mod layers;
mod merge;
mod parts;
mod values;

use crate::model::Text;
use crate::model::api::{Discriminator, ExternalDocs, Problem, Prose, Schema, SchemaId, Types, Xml};
use crate::model::node::{Entry, Node, Number};

use super::Schemas;
pub use choices::Branch;

/// One keyword set in effect. Borrowed from the API.
#[derive(Debug, Default)]
pub struct Effective<'a> {
    /// The schemas that were merged, outermost first.
    pub layers: Vec<SchemaId>,
    /// The named schema that this is, if it is one.
    pub identity: Option<SchemaId>,
    /// The named schemas that were merged into it by `allOf`.
    pub parents: Vec<SchemaId>,
    /// A boolean schema.
    pub boolean: Option<bool>,
    /// The types, without `null` unless it is the only one.
    pub types: Types,
    /// True when no `type` was written and the types follow from other keywords.
    pub inferred: bool,
    /// Words of `type` that JSON Schema does not know.
    pub other_types: Vec<&'a Text>,
    /// `null` is allowed beside the types.
    pub nullable: bool,
    /// True when `null` is allowed but the enumerated values do not hold it.
    pub null_not_listed: bool,
    /// `format`.
    pub format: Option<&'a Text>,
    /// `title`.
    pub title: Option<&'a Text>,
    /// Descriptions, the outermost first; those of inline parts follow.
    pub descriptions: Vec<&'a Prose>,
    /// `enum`, or a choice of constants; `None` when any value will do.
    pub values: Option<Vec<EnumValue<'a>>>,
    /// `const`.
    pub constant: Option<&'a Node>,
    /// `default`.
    pub default: Option<&'a Node>,
    /// The examples of the outermost schema that has any.
    pub examples: &'a [Node],
    /// `deprecated`.
    pub deprecated: bool,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// Bounds of numbers.
    pub number: NumberBounds<'a>,
    /// Rules of strings.
    pub string: StringBounds<'a>,
    /// Rules of arrays.
    pub array: ArrayBounds<'a>,
    /// Rules of objects.
    pub object: ObjectBounds<'a>,
    /// Choices that are still to be made, each with at least two branches.
    pub choices: Vec<Choice>,
    /// `not`.
    pub not: Vec<SchemaId>,
    /// `if`, `then`, `else`.
    pub conditions: Vec<Condition>,
    /// `discriminator`, and the schema that declares it.
    pub discriminator: Option<(&'a Discriminator, SchemaId)>,
    /// `xml`.
    pub xml: Option<&'a Xml>,
    /// `externalDocs`.
    pub external_docs: Option<&'a ExternalDocs>,
    /// Specification extensions.
    pub extensions: Vec<&'a Entry>,
    /// Keywords that no rule knows.
    pub unknown: Vec<&'a Entry>,
    /// What could not be read.
    pub problems: Vec<&'a Problem>,
    /// Rules that contradict each other, in words.
    pub conflicts: Vec<String>,
    /// A `$dynamicRef` on the way: what stands here may be replaced.
    pub dynamic: Option<&'a Text>,
    /// The schema leads to itself by references alone, so it says nothing.
    pub circular: bool,
}

/// One enumerated value with what is said about it.
#[derive(Debug, Clone)]
pub struct EnumValue<'a> {
    /// The value.
    pub value: &'a Node,
    /// Its name in programs or for people.
    pub label: Option<Text>,
    /// What it means, CommonMark without a place.
    pub text: Option<Text>,
    /// What it means, CommonMark of a schema.
    pub prose: Option<&'a Prose>,
    /// It should not be used any more.
    pub deprecated: bool,
}

/// The tightest bounds of a number.
#[derive(Debug, Default)]
pub struct NumberBounds<'a> {
    /// The lower bound, and whether it is excluded.
    pub low: Option<(&'a Number, bool)>,
    /// The upper bound, and whether it is excluded.
    pub high: Option<(&'a Number, bool)>,
    /// Each `multipleOf`.
    pub multiples: Vec<&'a Number>,
}

/// The rules of a string.
#[derive(Debug, Default)]
pub struct StringBounds<'a> {
    /// `minLength`.
    pub min: Option<&'a Number>,
    /// `maxLength`.
    pub max: Option<&'a Number>,
    /// Each `pattern`.
    pub patterns: Vec<&'a Text>,
    /// `contentEncoding`.
    pub content_encoding: Option<&'a Text>,
    /// `contentMediaType`.
    pub content_media_type: Option<&'a Text>,
    /// `contentSchema`.
    pub content_schema: Option<SchemaId>,
}

/// The rules of an array.
#[derive(Debug, Default)]
pub struct ArrayBounds<'a> {
    /// What every item (after the prefix) must satisfy.
    pub items: Vec<SchemaId>,
    /// What the first positions must satisfy, each by the rules of every part.
    pub prefix: Vec<Vec<SchemaId>>,
    /// `contains` with its least and greatest count.
    pub contains: Vec<(SchemaId, Option<&'a Number>, Option<&'a Number>)>,
    /// `minItems`.
    pub min: Option<&'a Number>,
    /// `maxItems`.
    pub max: Option<&'a Number>,
    /// `uniqueItems`.
    pub unique: bool,
    /// `unevaluatedItems`.
    pub unevaluated: Option<SchemaId>,
}

/// The rules of an object.
#[derive(Debug, Default)]
pub struct ObjectBounds<'a> {
    /// Every property, and required names without one, in order.
    pub properties: Vec<Property<'a>>,
    /// `patternProperties`.
    pub patterns: Vec<(&'a Text, SchemaId)>,
    /// `additionalProperties` of every part that has it.
    pub additional: Vec<SchemaId>,
    /// `unevaluatedProperties`.
    pub unevaluated: Option<SchemaId>,
    /// `propertyNames`.
    pub names: Vec<SchemaId>,
    /// `minProperties`.
    pub min: Option<&'a Number>,
    /// `maxProperties`.
    pub max: Option<&'a Number>,
    /// `dependentRequired`.
    pub dependent_required: Vec<(&'a Text, &'a [Text])>,
    /// `dependentSchemas`.
    pub dependent_schemas: Vec<(&'a Text, SchemaId)>,
}

/// A property in effect.
#[derive(Debug, Clone)]
pub struct Property<'a> {
    /// Its name.
    pub name: &'a Text,
    /// The schemas that its value must satisfy; empty when it is only required.
    pub parts: Vec<SchemaId>,
    /// It must be there.
    pub required: bool,
    /// The named schemas that it comes from, when it is inherited.
    pub from: Vec<SchemaId>,
}

/// `if`, `then` and `else`.
#[derive(Debug, Clone, Copy)]
pub struct Condition {
    /// `if`.
    pub when: SchemaId,
    /// `then`.
    pub then: Option<SchemaId>,
    /// `else`.
    pub otherwise: Option<SchemaId>,
}

/// What a choice asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChoiceKind {
    /// `oneOf`: exactly one.
    One,
    /// `anyOf`: one or more.
    Any,
    /// The children of a base with a discriminator: exactly one, or the base itself.
    Child,
}

/// A choice between schemas.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The schema that holds the keyword.
    pub owner: SchemaId,
    /// What is asked for.
    pub kind: ChoiceKind,
    /// The branches, `null` left out.
    pub branches: Vec<SchemaId>,
}

impl Effective<'_> {
    /// Returns true when the value is an object by its type or its keywords.
    pub fn is_object(&self) -> bool {
        self.types.has("object")
    }

    /// Returns true when the value is an array.
    pub fn is_array(&self) -> bool {
        self.types.has("array")
    }

    /// Returns the schema that every further property must satisfy, when it is more than `true` or `false`.
    pub fn map_values(&self, schemas: Schemas<'_>) -> Option<Vec<SchemaId>> {
        let parts: Vec<SchemaId> =
            self.object.additional.iter().copied().filter(|id| schemas.get(*id).boolean.is_none()).collect();
        (!parts.is_empty()).then_some(parts)
    }

    /// Returns true when no further properties are allowed.
    pub fn is_closed(&self, schemas: Schemas<'_>) -> bool {
        let mut rules = self.object.additional.iter().chain(&self.object.unevaluated);
        rules.any(|id| schemas.get(*id).boolean == Some(false))
    }

    /// Returns the value of an extension.
    pub fn extension(&self, name: &str) -> Option<&Node> {
        self.extensions.iter().find(|entry| &*entry.key == name).map(|entry| &entry.value)
    }
}

/// Returns what holds for a value that must satisfy every one of `parts`.
pub fn effective<'a>(schemas: Schemas<'a>, parts: &[SchemaId]) -> Effective<'a> {
    let collected = layers::collect(schemas, parts);
    let mut effective = merge::merge(schemas, &collected);
    effective.identity = match parts {
        [only] => schemas.identity(*only),
        _ => None,
    };
    effective.choices = choices::open(schemas, collected, &mut effective);
    values::annotate(&mut effective);
    merge::infer_types(&mut effective);
    effective
}

/// Returns true when a schema says nothing about values besides its references and compositions (a bare
/// `type: object` beside them counts as nothing).
pub fn only_annotates(schema: &Schema) -> bool {
    let rare = schema.rare.as_deref();
    schema.boolean.is_none()
        && schema.types.without("object").without("null").is_empty()
        && schema.values.is_none()
        && schema.constant.is_none()
        && schema.number.is_none()
        && schema.string.is_none()
        && schema.array.is_none()
        && schema.object.is_none()
        && schema.format.is_none()
        && rare.is_none_or(|rare| rare.other_types.is_empty() && rare.unknown.is_empty())
        && schema.composition.as_deref().is_none_or(|composition| composition.discriminator.is_none())
}

#[cfg(test)]
mod tests;
