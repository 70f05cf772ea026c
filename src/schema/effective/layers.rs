//! Walks from a schema over its references and `allOf` parts and lists everything that holds for it.

use std::collections::HashSet;

use super::{Choice, ChoiceKind, Schemas};
use crate::model::api::{Schema, SchemaId};

/// One schema that holds, and whose it is.
#[derive(Debug)]
pub(super) struct Layer<'a> {
    /// Which one.
    pub id: SchemaId,
    /// As written.
    pub schema: &'a Schema,
    /// The named schema that it was inherited from; `None` for the schema itself.
    pub from: Option<SchemaId>,
}

/// Everything that holds, outermost first.
#[derive(Debug, Default)]
pub(super) struct Collected<'a> {
    /// The schemas.
    pub layers: Vec<Layer<'a>>,
    /// Choices, with the place they were inherited from.
    pub choices: Vec<(Choice, Option<SchemaId>)>,
    /// A choice had a `null` branch.
    pub nullable: bool,
    /// The walk came back to where it had been by references alone.
    pub circular: bool,
    visited: HashSet<SchemaId>,
}

impl Collected<'_> {
    /// Returns true when the schema is one of the layers.
    pub fn holds(&self, id: SchemaId) -> bool {
        self.visited.contains(&id)
    }
}

/// Lists what holds for a value of all of `parts`.
pub(super) fn collect<'a>(schemas: Schemas<'a>, parts: &[SchemaId]) -> Collected<'a> {
    let mut collected = Collected::default();
    for part in parts {
        walk(schemas, &mut collected, *part, None);
    }
    collected
}

/// A stack of its own instead of recursion: a chain of references may be as long as the description.
fn walk<'a>(schemas: Schemas<'a>, collected: &mut Collected<'a>, root: SchemaId, from: Option<SchemaId>) {
    let mut waiting = vec![(root, from)];
    let mut next = Vec::new();
    while let Some((id, from)) = waiting.pop() {
        if !collected.visited.insert(id) {
            collected.circular |= id == root;
            continue;
        }
        let schema = schemas.get(id);
        collected.layers.push(Layer { id, schema, from });
        if let Some(target) = schema.reference.as_ref().and_then(|reference| reference.target) {
            next.push((target, from));
        }
        if schema.composition.is_some() {
            enter_composition(schemas, collected, id, from, &mut next);
        }
        waiting.extend(next.drain(..).rev());
    }
}

fn enter_composition<'a>(
    schemas: Schemas<'a>,
    collected: &mut Collected<'a>,
    id: SchemaId,
    from: Option<SchemaId>,
    next: &mut Vec<(SchemaId, Option<SchemaId>)>,
) {
    let schema = schemas.get(id);
    let Some(composition) = schema.composition.as_deref() else { return };
    let annotates = schemas.stands_for(id).is_some();
    for part in &composition.all_of {
        let origin = if annotates { from } else { schemas.identity(*part).or(from) };
        next.push((*part, origin));
    }
    for (kind, group) in [(ChoiceKind::One, &composition.one_of), (ChoiceKind::Any, &composition.any_of)] {
        let branches: Vec<SchemaId> = group.iter().copied().filter(|branch| !schemas.is_null(*branch)).collect();
        if branches.len() < group.len() {
            collected.nullable = true;
        }
        match branches.as_slice() {
            [] => {}
            [only] => next.push((*only, from)),
            _ => collected.choices.push((Choice { owner: id, kind, branches }, from)),
        }
    }
    let chooses = composition.one_of.is_empty() && composition.any_of.is_empty();
    if composition.discriminator.is_some() && chooses && !schemas.index.children(id).is_empty() {
        let choice = Choice { owner: id, kind: ChoiceKind::Child, branches: schemas.index.descendants(id) };
        collected.choices.push((choice, from));
    }
}
