//! Who uses a named schema: the operations that send or receive it, and the schemas that hold it.
//!
//! Made once for an API, in one walk over everything; a page only looks up.

use std::collections::{BTreeMap, BTreeSet};

use super::Schemas;
use crate::model::api::{Api, MediaType, Operation, Parameter, Schema, SchemaId};

/// How an operation uses a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// In a parameter.
    Parameter,
    /// In the request body.
    Request,
    /// In a response body.
    Response,
    /// In a response header.
    Header,
    /// In what a callback sends.
    Callback,
}

impl Role {
    /// Returns its word for the reader.
    pub fn word(self) -> &'static str {
        match self {
            Role::Parameter => "parameter",
            Role::Request => "request",
            Role::Response => "response",
            Role::Header => "header",
            Role::Callback => "callback",
        }
    }
}

/// The users of every named schema of an API.
#[derive(Debug, Default)]
pub struct Usage {
    operations: BTreeMap<SchemaId, BTreeMap<u32, BTreeSet<Role>>>,
    schemas: BTreeMap<SchemaId, BTreeSet<SchemaId>>,
    used_schemas: BTreeMap<u32, Vec<SchemaId>>,
}

impl Usage {
    /// Walks over an API.
    pub fn new(schemas: Schemas<'_>) -> Usage {
        let mut usage = Usage::default();
        for (at, operation) in schemas.api.operations.iter().enumerate() {
            usage.operation(schemas, at as u32, operation);
        }
        for named in &schemas.api.named_schemas {
            for held in named_inside(schemas, named.id) {
                usage.schemas.entry(held).or_default().insert(named.id);
            }
        }
        usage
    }

    /// Returns the operations that name a schema, in document order, and how.
    pub fn operations(&self, id: SchemaId) -> impl Iterator<Item = (u32, Vec<Role>)> {
        let users = self.operations.get(&id).into_iter().flatten();
        users.map(|(operation, roles)| (*operation, roles.iter().copied().collect()))
    }

    /// Returns the named schemas that hold a schema, in document order.
    pub fn schemas(&self, id: SchemaId) -> impl Iterator<Item = SchemaId> {
        self.schemas.get(&id).into_iter().flatten().copied()
    }

    /// Returns the named schemas that an operation names, in order of first use.
    pub fn of_operation(&self, operation: u32) -> &[SchemaId] {
        self.used_schemas.get(&operation).map_or(&[], Vec::as_slice)
    }

    /// Returns true when nothing uses a schema.
    pub fn is_orphan(&self, id: SchemaId) -> bool {
        !self.operations.contains_key(&id) && !self.schemas.contains_key(&id)
    }

    fn operation(&mut self, schemas: Schemas<'_>, at: u32, operation: &Operation) {
        let mut seen = BTreeSet::new();
        for (role, root) in roots(operation) {
            for id in named_at(schemas, root) {
                self.operations.entry(id).or_default().entry(at).or_default().insert(role);
                if seen.insert(id) {
                    self.used_schemas.entry(at).or_default().push(id);
                }
            }
        }
    }
}

/// The schemas that an operation holds itself.
fn roots(operation: &Operation) -> Vec<(Role, SchemaId)> {
    let mut roots = Vec::new();
    for parameter in &operation.parameters {
        roots.extend(of_parameter(parameter).into_iter().map(|id| (Role::Parameter, id)));
    }
    if let Some(body) = &operation.request_body {
        roots.extend(body.content.iter().flat_map(of_media).map(|id| (Role::Request, id)));
    }
    for response in &operation.responses {
        roots.extend(response.content.iter().flat_map(of_media).map(|id| (Role::Response, id)));
        roots.extend(response.headers.iter().flat_map(of_parameter).map(|id| (Role::Header, id)));
    }
    for callback in operation.callbacks.iter().flat_map(|callback| &callback.operations) {
        for (_, id) in roots_of_callback(callback) {
            roots.push((Role::Callback, id));
        }
    }
    roots
}

/// Callbacks of callbacks are not looked into: a description may nest them without end.
fn roots_of_callback(operation: &Operation) -> Vec<(Role, SchemaId)> {
    let flat = Operation { callbacks: Vec::new(), ..operation.clone() };
    roots(&flat)
}

fn of_parameter(parameter: &Parameter) -> Vec<SchemaId> {
    parameter.schema.into_iter().chain(parameter.content.iter().flat_map(of_media)).collect()
}

fn of_media(media: &MediaType) -> Vec<SchemaId> {
    media.schema.into_iter().chain(media.item_schema).collect()
}

/// The named schemas that a schema is or holds, without looking into named ones.
fn named_at(schemas: Schemas<'_>, root: SchemaId) -> Vec<SchemaId> {
    let mut found = Vec::new();
    let mut visited = BTreeSet::from([root]);
    let mut waiting = vec![root];
    while let Some(id) = waiting.pop() {
        let schema = schemas.get(id);
        if schema.named.is_some() {
            found.push(id);
            continue;
        }
        let mut next = Vec::new();
        children(schema, &mut |child| next.push(child));
        waiting.extend(next.into_iter().rev().filter(|child| visited.insert(*child)));
    }
    found
}

/// The named schemas that a named schema holds.
fn named_inside(schemas: Schemas<'_>, id: SchemaId) -> Vec<SchemaId> {
    let mut found = Vec::new();
    children(schemas.get(id), &mut |child| found.extend(named_at(schemas, child)));
    found
}

/// Calls `each` with every schema that stands directly in this one, in order.
pub fn children(schema: &Schema, each: &mut impl FnMut(SchemaId)) {
    schema.reference.as_ref().and_then(|reference| reference.target).into_iter().for_each(&mut *each);
    if let Some(object) = schema.object.as_deref() {
        object.properties.iter().map(|property| property.schema).for_each(&mut *each);
        object.pattern_properties.iter().map(|(_, id)| *id).for_each(&mut *each);
        let rules = [object.additional_properties, object.unevaluated_properties, object.property_names];
        rules.into_iter().flatten().for_each(&mut *each);
        object.dependent_schemas.iter().map(|(_, id)| *id).for_each(&mut *each);
    }
    if let Some(array) = schema.array.as_deref() {
        array.items.iter().chain(&array.prefix_items).copied().for_each(&mut *each);
        array.contains.iter().chain(&array.unevaluated_items).copied().for_each(&mut *each);
    }
    if let Some(composition) = schema.composition.as_deref() {
        let groups = [&composition.all_of, &composition.one_of, &composition.any_of];
        groups.into_iter().flatten().copied().for_each(&mut *each);
        let single = [composition.not, composition.condition, composition.then, composition.otherwise];
        single.into_iter().flatten().for_each(&mut *each);
        if let Some(discriminator) = &composition.discriminator {
            discriminator.mapping.iter().filter_map(|(_, _, target)| *target).for_each(&mut *each);
            discriminator.default_mapping.iter().filter_map(|(_, target)| *target).for_each(&mut *each);
        }
    }
    if let Some(content) = schema.string.as_deref().and_then(|rules| rules.content_schema) {
        each(content);
    }
    if let Some(rare) = schema.rare.as_deref() {
        rare.definitions.iter().map(|(_, id)| *id).for_each(each);
    }
}

/// Returns the users of every named schema of an API whose inheritance is not known yet.
pub fn of_api(api: &Api, index: &super::Index) -> Usage {
    Usage::new(Schemas { api, index })
}

/// Marks, by index into the arena, the schemas that hold a part which travels only one way (`readOnly`, `writeOnly`),
/// however deep.
pub fn one_way(schemas: Schemas<'_>) -> Vec<bool> {
    let all = &schemas.api.schemas;
    let mut holders: Vec<Vec<u32>> = vec![Vec::new(); all.len()];
    let mut waiting = Vec::new();
    let mut marked = vec![false; all.len()];
    for (at, schema) in all.iter().enumerate() {
        let mut hold = |held: SchemaId| holders[held.0 as usize].push(at as u32);
        children(schema, &mut hold);
        schemas.index.children(SchemaId(at as u32)).iter().for_each(|child| hold(*child));
        if schema.read_only || schema.write_only {
            waiting.push(at);
        }
    }
    while let Some(at) = waiting.pop() {
        for holder in std::mem::take(&mut holders[at]) {
            if !std::mem::replace(&mut marked[holder as usize], true) {
                waiting.push(holder as usize);
            }
        }
    }
    marked
}
