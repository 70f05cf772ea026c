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
    reached: BTreeSet<SchemaId>,
}

/// Callbacks of callbacks are looked into this deep: a description may nest them without end.
const CALLBACK_DEPTH: usize = 4;

impl Usage {
    /// Walks over an API.
    pub fn new(schemas: Schemas<'_>) -> Usage {
        let mut usage = Usage::default();
        for (at, operation) in schemas.api.operations.iter().enumerate() {
            usage.operation(schemas, at as u32, operation);
        }
        for named in &schemas.api.named_schemas {
            for held in named_inside(schemas, named.id).into_iter().filter(|held| *held != named.id) {
                usage.schemas.entry(held).or_default().insert(named.id);
            }
        }
        usage.reach(schemas);
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

    /// Returns true when no operation reaches a schema, by whatever way through others.
    pub fn is_orphan(&self, id: SchemaId) -> bool {
        !self.reached.contains(&id)
    }

    /// Follows the named schemas that operations name to those inside them, and to those that a discriminator may choose.
    fn reach(&mut self, schemas: Schemas<'_>) {
        let mut waiting: Vec<SchemaId> = self.operations.keys().copied().collect();
        while let Some(id) = waiting.pop() {
            if self.reached.insert(id) {
                waiting.extend(named_inside(schemas, id));
                let children = schemas.index.children(id);
                if !children.is_empty() && schemas.effective(&[id]).discriminator.is_some() {
                    waiting.extend(children);
                }
            }
        }
    }

    fn operation(&mut self, schemas: Schemas<'_>, at: u32, operation: &Operation) {
        let mut seen = BTreeSet::new();
        for (role, root) in roots(operation, CALLBACK_DEPTH) {
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
fn roots(operation: &Operation, depth: usize) -> Vec<(Role, SchemaId)> {
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
    for callback in operation.callbacks.iter().flat_map(|callback| &callback.operations).filter(|_| depth > 0) {
        roots.extend(self::roots(callback, depth - 1).into_iter().map(|(_, id)| (Role::Callback, id)));
    }
    roots
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

#[cfg(test)]
mod tests {
    use crate::schema::testing::Loaded;

    /// The orphans by name, and who holds each schema.
    fn shown(paths: &str, schemas: &str) -> String {
        let loaded = Loaded::description(&format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{paths}\ncomponents: {{schemas: {{{schemas}}}}}"
        ));
        let usage = super::Usage::new(loaded.schemas());
        let names = |ids: Vec<crate::model::api::SchemaId>| {
            ids.into_iter().map(|id| loaded.schemas().name(id)).collect::<Vec<_>>().join(" ")
        };
        let all: Vec<_> = loaded.api.named_schemas.iter().map(|named| named.id).collect();
        let orphans = names(all.iter().copied().filter(|id| usage.is_orphan(*id)).collect());
        let held = all.iter().map(|id| names(usage.schemas(*id).collect()));
        format!("{orphans} | {}", held.collect::<Vec<_>>().join(", "))
    }

    #[test]
    fn r11_a_schema_that_only_itself_or_unused_schemas_use_is_an_orphan() {
        let schemas = "Used: {properties: {inner: {$ref: '#/components/schemas/Inner'}}}, Inner: {type: string}, \
                       Tree: {properties: {children: {items: {$ref: '#/components/schemas/Tree'}}}}, \
                       Lost: {properties: {leaf: {$ref: '#/components/schemas/Leaf'}}}, Leaf: {type: string}";
        let paths = "paths: {/a: {get: {responses: {'200': {description: d, content: {application/json: {schema: \
                     {$ref: '#/components/schemas/Used'}}}}}}}}";
        assert_eq!(shown(paths, schemas), "Tree Lost Leaf | , Used, , , Lost");
    }

    #[test]
    fn r11_children_of_a_base_and_bodies_of_callbacks_inside_callbacks_are_reached() {
        let schemas = "Base: {discriminator: {propertyName: kind}, properties: {kind: {type: string}}}, \
                       Child: {allOf: [{$ref: '#/components/schemas/Base'}]}, Deep: {type: string}, Spare: {allOf: [{$ref: '#/components/schemas/Deep'}]}";
        let body = |name: &str| {
            format!(
                "requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}}}"
            )
        };
        let inner = format!("callbacks: {{two: {{'{{$url}}': {{post: {{{}, responses: {{}}}}}}}}}}", body("Deep"));
        let outer = format!("callbacks: {{one: {{'{{$url}}': {{post: {{{inner}, responses: {{}}}}}}}}}}");
        let paths = format!("paths: {{/a: {{post: {{{}, responses: {{}}, {outer}}}}}}}", body("Base"));
        assert_eq!(shown(&paths, schemas).split(" |").next(), Some("Spare"));
    }
}
