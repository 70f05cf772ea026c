//! The choices of a schema: which stay open, which are really a list of values, and what their branches are called.

use super::layers::Collected;
use super::{Choice, ChoiceKind, Effective, EnumValue, Schemas, only_annotates};
use crate::model::Text;
use crate::model::api::{Schema, SchemaId, Types};
use crate::schema::type_name;

/// A branch with what the reader calls it.
#[derive(Debug, Clone)]
pub struct Branch {
    /// Which schema.
    pub id: SchemaId,
    /// The named schema that it is.
    pub identity: Option<SchemaId>,
    /// Its label: title, name, telling value, or `Option 2 (string)`.
    pub label: String,
    /// The discriminator's values that choose it.
    pub values: Vec<Text>,
}

/// Returns the choices that the reader has; turns those between constants or bare types into values and types.
pub(super) fn open<'a>(schemas: Schemas<'a>, mut collected: Collected<'a>, out: &mut Effective<'a>) -> Vec<Choice> {
    let choices = std::mem::take(&mut collected.choices);
    let mut open = Vec::new();
    for (choice, from) in choices {
        // A child that adds nothing to its base stands for it, and has chosen itself all the same.
        let inherited = from.is_some() || choice.kind == ChoiceKind::Child;
        let settled = inherited && choice.branches.iter().any(|branch| already_taken(schemas, &collected, *branch));
        if settled {
            continue;
        }
        if out.values.is_none()
            && let Some(values) = constants(schemas, &choice)
        {
            out.values = Some(values);
        } else if out.types.is_empty()
            && let Some(types) = bare_types(schemas, &choice)
        {
            out.types = types;
        } else {
            open.push(choice);
        }
    }
    open
}

fn already_taken(schemas: Schemas<'_>, collected: &Collected<'_>, branch: SchemaId) -> bool {
    collected.holds(branch) || schemas.identity(branch).is_some_and(|identity| collected.holds(identity))
}

/// `oneOf: [{const: a, title: …}, …]` is an annotated list of values.
fn constants<'a>(schemas: Schemas<'a>, choice: &Choice) -> Option<Vec<EnumValue<'a>>> {
    choice.branches.iter().map(|branch| constant(schemas.get(*branch))).collect()
}

fn constant(schema: &Schema) -> Option<EnumValue<'_>> {
    // What a row of the table cannot hold keeps the branch a branch.
    let plain = schema.reference.is_none()
        && schema.examples.is_empty()
        && schema.default.is_none()
        && schema.rare.as_deref().is_none_or(|rare| rare.extensions.is_empty() && rare.unknown.is_empty())
        && schema.problem.is_none()
        && schema.object.is_none()
        && schema.array.is_none()
        && schema.composition.is_none()
        && schema.named.is_none();
    let value = match (&schema.constant, schema.values.as_deref()) {
        (Some(constant), _) => constant,
        (None, Some([only])) => only,
        _ => return None,
    };
    plain.then(|| EnumValue {
        value,
        label: schema.title.clone(),
        text: None,
        prose: schema.description.as_ref(),
        deprecated: schema.deprecated,
    })
}

/// `anyOf: [{type: string}, {type: integer}]` is a list of types.
fn bare_types(schemas: Schemas<'_>, choice: &Choice) -> Option<Types> {
    let mut types = Types::default();
    for branch in &choice.branches {
        let schema = schemas.get(*branch);
        let mut bare = schema.clone();
        bare.types = Types::default();
        let annotated = schema.title.is_some()
            || schema.description.is_some()
            || schema.default.is_some()
            || schema.deprecated
            || !schema.examples.is_empty()
            || schema.rare.is_some()
            || schema.problem.is_some();
        if schema.types.is_empty()
            || annotated
            || schema.named.is_some()
            || schema.reference.is_some()
            || schema.composition.is_some()
            || !only_annotates(&bare)
        {
            return None;
        }
        types = types.union(schema.types);
    }
    Some(types)
}

impl Choice {
    /// Returns the branches with their labels, those of a discriminator with the values that choose them.
    pub fn labelled(&self, schemas: Schemas<'_>, whole: &Effective<'_>) -> Vec<Branch> {
        let branches = self.branches.iter().enumerate();
        branches.map(|(at, branch)| labelled(schemas, whole, self.kind, at, *branch)).collect()
    }
}

fn labelled(schemas: Schemas<'_>, whole: &Effective<'_>, kind: ChoiceKind, at: usize, id: SchemaId) -> Branch {
    let identity = schemas.identity(id);
    let values = whole.discriminator_values(schemas, id);
    let title = schemas.get(id).title.as_ref().map(|title| title.trim()).filter(|title| !title.is_empty());
    let label = match (title, identity) {
        (Some(title), _) if identity != Some(id) || kind == ChoiceKind::Child => title.to_string(),
        (_, Some(identity)) => schemas.name(identity).to_string(),
        (Some(title), None) => title.to_string(),
        (None, None) => telling_value(schemas, whole, id)
            .or_else(|| telling_fields(schemas, id))
            .unwrap_or_else(|| format!("Option {} ({})", at + 1, type_name::text(schemas, &[id]))),
    };
    Branch { id, identity, label, values }
}

/// The constant that the discriminator, or the first constant property, has in this branch.
fn telling_value(schemas: Schemas<'_>, whole: &Effective<'_>, id: SchemaId) -> Option<String> {
    let properties = &schemas.get(id).object.as_deref()?.properties;
    let wanted = whole.discriminator.map(|(discriminator, _)| &discriminator.property);
    let by_name = |property: &&crate::model::api::Property| wanted.is_none_or(|name| *name == property.name);
    properties.iter().filter(by_name).find_map(|property| {
        let schema = schemas.get(property.schema);
        let value = schema.constant.as_ref().or(match schema.values.as_deref() {
            Some([only]) => Some(only),
            _ => None,
        })?;
        Some(format!("{} = {}", property.name, value.as_text()?))
    })
}

/// `with card` for a branch that only asks for fields, the first three of many.
fn telling_fields(schemas: Schemas<'_>, id: SchemaId) -> Option<String> {
    let schema = schemas.get(id);
    let rules = schema.object.as_deref()?;
    let (first, more) = rules.required.split_at(rules.required.len().min(3));
    let only_required = rules.properties.is_empty() && !first.is_empty();
    let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
    only_required.then(|| format!("with {}{more}", first.join(" and ")))
}

impl<'a> Effective<'a> {
    /// Returns the discriminator's values that choose a schema: those that are mapped to it, else its own name.
    pub fn discriminator_values(&self, schemas: Schemas<'a>, id: SchemaId) -> Vec<Text> {
        let Some((discriminator, _)) = self.discriminator else { return Vec::new() };
        let Some(identity) = schemas.identity(id) else { return Vec::new() };
        let chosen =
            |target: &Option<SchemaId>| target.is_some_and(|target| schemas.identity(target) == Some(identity));
        let mapped = discriminator.mapping.iter().filter(|(_, _, target)| chosen(target));
        let values: Vec<Text> = mapped.map(|(value, _, _)| value.clone()).collect();
        if !values.is_empty() {
            return values;
        }
        let own = schemas.get(identity).rare.as_deref().and_then(|rare| {
            let entry = rare.extensions.iter().find(|entry| &*entry.key == "x-discriminator-value")?;
            entry.value.as_text()
        });
        let name = || schemas.api.named_schema(identity).map(|named| named.name.clone());
        own.or_else(name).into_iter().collect()
    }

    /// Returns the discriminator's property and the values that it may have here: this schema is a child of the one
    /// that declares it.
    pub fn fixed_discriminator(&self, schemas: Schemas<'a>) -> Option<(&'a Text, Vec<Text>)> {
        let (discriminator, owner) = self.discriminator?;
        let identity = self.identity.filter(|identity| *identity != owner)?;
        let extends = self.parents.contains(&owner) || schemas.index.parents(identity).contains(&owner);
        let owned = schemas.stands_for(owner).is_none() && extends;
        let values = self.discriminator_values(schemas, identity);
        (owned && !values.is_empty()).then_some((&discriminator.property, values))
    }
}
