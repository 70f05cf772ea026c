//! The minimal description of one operation: the operation, and of the components only what it needs.
//!
//! Every component is written and searched for references once for all operations of an API, so that a fragment is a
//! walk over numbers and a copy of texts.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use crate::load::openapi::grammar::{self, Part, Place};
use crate::model::Text;
use crate::model::api::{Api, Operation, OperationKind};
use crate::model::node::{Entry, Node, Value};
use crate::tree::write::{push_compact, write_string};

/// References to references that are followed for a path item.
const CHAIN: usize = 8;

/// The fragments of one API; its components are read when the first fragment is asked for.
#[derive(Debug)]
pub struct Fragments {
    api: Arc<Api>,
    components: OnceLock<Components>,
}

/// One component, ready to be copied.
#[derive(Debug, Default)]
struct Component {
    /// Where it goes: `schemas` of `components`, or `definitions` of a 2.0 description.
    section: String,
    name: String,
    json: String,
    needs: BTreeSet<usize>,
}

#[derive(Debug, Default)]
struct Components {
    list: Vec<Component>,
    /// By pointer: `/components/schemas/Pet`.
    by_pointer: HashMap<String, usize>,
    /// Targets of references that lie in no component, and the pointer of the component that stands for each.
    moved: HashMap<Text, Text>,
    sections: Vec<String>,
}

impl Fragments {
    /// Takes the API.
    pub fn new(api: Arc<Api>) -> Fragments {
        Fragments { api, components: OnceLock::new() }
    }

    /// Returns the description of one operation as JSON; the whole description when the operation stands where it cannot
    /// be cut out.
    pub fn of(&self, at: u32) -> Vec<u8> {
        let operation = self.api.operations.get(at as usize);
        operation.and_then(|operation| self.cut_out(operation)).unwrap_or_else(|| {
            let mut out = String::new();
            push_compact(&mut out, &self.api.root);
            out.push('\n');
            out.into_bytes()
        })
    }

    fn cut_out(&self, operation: &Operation) -> Option<Vec<u8>> {
        let components = self.components.get_or_init(|| Components::of(&self.api.root));
        let root = &self.api.root;
        let (section, part) = match operation.kind {
            OperationKind::Webhook { .. } if root.get("webhooks").is_none() => ("x-webhooks", Part::PathItem),
            OperationKind::Webhook { .. } => ("webhooks", Part::PathItem),
            _ => ("paths", Part::PathItem),
        };
        let address = operation.kind.address();
        let item = path_item(root, root.get(section)?.get(address)?, operation.kind.method())?;
        let mut needed = BTreeSet::new();
        components.collect(&item, Place::One(part), &mut needed);
        self.collect_security(&item, components, &mut needed);
        let mut all = BTreeSet::new();
        while let Some(at) = needed.pop_first() {
            if all.insert(at) {
                needed.extend(components.list[at].needs.difference(&all).copied());
            }
        }
        Some(self.written(section, address, &item, &all, components))
    }

    /// Adds the security schemes that the operation asks for.
    fn collect_security(&self, item: &Node, components: &Components, needed: &mut BTreeSet<usize>) {
        let own = operations(item).find_map(|operation| operation.get("security"));
        for requirement in own.or(self.api.root.get("security")).map_or(&[][..], Node::items) {
            for scheme in requirement.entries() {
                let known = ["/components/securitySchemes/", "/securityDefinitions/"].into_iter();
                needed.extend(known.filter_map(|store| components.at(&format!("{store}{}", escaped(&scheme.key)))));
            }
        }
    }

    fn written(&self, section: &str, address: &str, item: &Node, all: &BTreeSet<usize>, known: &Components) -> Vec<u8> {
        let root = &self.api.root;
        let mut out = String::from("{");
        let own_security = operations(item).any(|operation| operation.get("security").is_some());
        for entry in root.entries() {
            if &*entry.key == "security" && own_security {
                continue;
            }
            let kept = matches!(
                &*entry.key,
                "openapi" | "swagger" | "jsonSchemaDialect" | "servers" | "security" | "host" | "basePath" | "schemes"
            ) || matches!(&*entry.key, "consumes" | "produces");
            match &*entry.key {
                "info" => push_field(&mut out, "info", &without_text(&entry.value)),
                "tags" => {
                    let tags = used_tags(&entry.value, item);
                    if !tags.items().is_empty() {
                        push_field(&mut out, "tags", &tags);
                    }
                }
                _ if kept => push_field(&mut out, &entry.key, &entry.value),
                _ => {}
            }
        }
        if section == "x-webhooks" || (section == "paths" || root.get("swagger").is_some()) {
            push_key(&mut out, "paths");
            out.push('{');
            if section == "paths" {
                write_string(&mut out, address);
                out.push(':');
                push_compact(&mut out, &known.rewritten(item));
            }
            out.push('}');
        }
        if section != "paths" {
            push_key(&mut out, section);
            out.push('{');
            write_string(&mut out, address);
            out.push(':');
            push_compact(&mut out, &known.rewritten(item));
            out.push('}');
        }
        known.push(&mut out, all, root.get("swagger").is_some());
        out.push_str("}\n");
        out.into_bytes()
    }
}

impl Components {
    fn of(root: &Node) -> Components {
        let mut components = Components::default();
        let is_2_0 = root.get("swagger").is_some();
        let holder = if is_2_0 { Some(root) } else { root.get("components") };
        let mut nodes: Vec<(Node, Part)> = Vec::new();
        for section in holder.map_or(&[][..], Node::entries) {
            let Place::Map(part) = grammar::inside(if is_2_0 { Part::Root } else { Part::Components }, &section.key)
            else {
                continue;
            };
            if is_2_0 && matches!(&*section.key, "paths" | "webhooks" | "x-webhooks") {
                continue;
            }
            components.sections.push(section.key.to_string());
            for entry in section.value.entries().iter().filter(|entry| !grammar::is_extension(part, &entry.key)) {
                let prefix = if is_2_0 { "" } else { "/components" };
                components.add(&section.key, &entry.key, format!("{prefix}/{}/{}", section.key, escaped(&entry.key)));
                nodes.push((entry.value.clone(), part));
            }
        }
        components.move_others(root, is_2_0, &mut nodes);
        for (at, (node, part)) in nodes.iter().enumerate() {
            let mut needs = BTreeSet::new();
            components.collect(node, Place::One(*part), &mut needs);
            let mut json = String::new();
            push_compact(&mut json, &components.rewritten(node));
            if json.contains("\"$dynamicRef\"") || json.contains("\"$recursiveRef\"") {
                needs.extend(components.of_section(if is_2_0 { "definitions" } else { "schemas" }));
            }
            components.list[at].json = json;
            components.list[at].needs = needs;
        }
        components
    }

    fn add(&mut self, section: &str, name: &str, pointer: String) {
        self.by_pointer.entry(pointer).or_insert(self.list.len());
        self.list.push(Component { section: section.into(), name: name.into(), ..Component::default() });
    }

    /// Finds references to parts that lie in no component, such as `#/paths/~1a/get/responses/200`, and makes each of
    /// them a component: the path is not in the fragment of another operation.
    fn move_others(&mut self, root: &Node, is_2_0: bool, nodes: &mut Vec<(Node, Part)>) {
        let mut found: Vec<(Text, Part)> = Vec::new();
        grammar::references(root, Place::One(Part::Root), &mut |value, part| {
            if let Some(text) = value.as_str().filter(|text| self.index(text, part).is_none()) {
                found.push((text.clone(), part));
            }
        });
        for (text, part) in found {
            if self.moved.contains_key(&text) || part == Part::Discriminator {
                continue;
            }
            let Some(node) = at_pointer(root, &text) else { continue };
            let section = match (grammar::section(part), is_2_0) {
                (Some("schemas"), true) => "definitions",
                (Some(section), _) => section,
                (None, _) => continue,
            };
            let last = text.rsplit('/').find(|part| !part.is_empty()).unwrap_or("part");
            let kept = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' };
            let stem: String = last.chars().map(kept).collect();
            let prefix = if is_2_0 { String::new() } else { "/components".into() };
            let pointer = |name: &str| format!("{prefix}/{section}/{name}");
            let names = std::iter::once(stem.clone()).chain((2..).map(|number| format!("{stem}_{number}")));
            let mut free = names.filter(|name| !self.by_pointer.contains_key(&pointer(name)));
            let Some(name) = free.next() else { continue };
            self.moved.insert(text, format!("#{}", pointer(&name)).into());
            if !self.sections.iter().any(|known| known == section) {
                self.sections.push(section.into());
            }
            self.add(section, &name, pointer(&name));
            nodes.push((node.clone(), part));
        }
    }

    fn at(&self, pointer: &str) -> Option<usize> {
        self.by_pointer.get(pointer).copied()
    }

    fn of_section(&self, section: &str) -> Vec<usize> {
        (0..self.list.len()).filter(|at| self.list[*at].section == section).collect()
    }

    /// Returns the component that a reference names, or that what it names lies in.
    fn index(&self, reference: &str, part: Part) -> Option<usize> {
        if let Some(moved) = self.moved.get(reference) {
            return self.at(&moved[1..]);
        }
        if part == Part::Discriminator && !reference.contains('/') {
            let stores = ["/components/schemas/", "/definitions/"].into_iter();
            return stores.filter_map(|store| self.at(&format!("{store}{}", escaped(reference)))).next();
        }
        let pointer = crate::text::percent_decoded(reference.strip_prefix('#')?);
        let mut parts = pointer.split('/').skip(1);
        let length = if parts.next()? == "components" { 3 } else { 2 };
        let pieces: Vec<&str> = pointer.split('/').skip(1).take(length).collect();
        self.at(&format!("/{}", pieces.join("/")))
    }

    fn collect(&self, node: &Node, place: Place, needed: &mut BTreeSet<usize>) {
        let mut anchors = false;
        grammar::references(node, place, &mut |value, part| {
            let Some(text) = value.as_str() else { return };
            match self.index(text, part) {
                Some(at) => drop(needed.insert(at)),
                // A name that a schema gives itself.
                None => anchors |= part == Part::Schema && !text.starts_with("#/"),
            }
        });
        if anchors {
            needed.extend(self.of_section("schemas"));
        }
    }

    /// Returns a part with references to what was moved.
    fn rewritten(&self, node: &Node) -> Node {
        if self.moved.is_empty() {
            return node.clone();
        }
        let value = match &node.value {
            Value::Map(entries) => Value::Map(entries.iter().map(|entry| self.rewritten_entry(entry)).collect()),
            Value::List(items) => Value::List(items.iter().map(|item| self.rewritten(item)).collect()),
            other => other.clone(),
        };
        Node { value, span: node.span }
    }

    fn rewritten_entry(&self, entry: &Entry) -> Entry {
        let moved = entry.value.as_str().filter(|_| &*entry.key == "$ref").and_then(|text| self.moved.get(text));
        let value = match moved {
            Some(text) => Node { value: Value::String(text.clone()), span: entry.value.span },
            None => self.rewritten(&entry.value),
        };
        Entry { value, ..entry.clone() }
    }

    /// Writes components by section, in their order in the description.
    fn push(&self, out: &mut String, all: &BTreeSet<usize>, is_2_0: bool) {
        if all.is_empty() {
            return;
        }
        if !is_2_0 {
            push_key(out, "components");
            out.push('{');
        }
        for section in &self.sections {
            let held = all.iter().filter(|at| self.list[**at].section == *section);
            for (number, at) in held.clone().enumerate() {
                match number {
                    0 => {
                        push_key(out, section);
                        out.push('{');
                    }
                    _ => out.push(','),
                }
                write_string(out, &self.list[*at].name);
                out.push(':');
                out.push_str(&self.list[*at].json);
            }
            if held.count() > 0 {
                out.push('}');
            }
        }
        if !is_2_0 {
            out.push('}');
        }
    }
}

/// Returns a path item with one operation, through references.
fn path_item(root: &Node, item: &Node, method: &str) -> Option<Node> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut at = item.clone();
    for _ in 0..CHAIN {
        let new = at.entries().iter().filter(|entry| &*entry.key != "$ref");
        let new: Vec<Entry> = new.filter(|entry| entries.iter().all(|known| known.key != entry.key)).cloned().collect();
        entries.extend(new);
        let Some(reference) = at.get("$ref").and_then(Node::as_str) else { break };
        at = at_pointer(root, reference)?.clone();
    }
    let is_other = |key: &str| matches!(grammar::inside(Part::PathItem, key), Place::One(Part::Operation));
    let is_wanted = |key: &str| key.eq_ignore_ascii_case(method);
    let found = entries.iter().any(|entry| is_other(&entry.key) && is_wanted(&entry.key));
    entries.retain_mut(|entry| match &*entry.key {
        "additionalOperations" if !found => {
            let kept: Vec<Entry> = entry.value.entries().iter().filter(|one| *one.key == *method).cloned().collect();
            let any = !kept.is_empty();
            entry.value = Node { value: Value::Map(kept.into()), span: entry.value.span };
            any
        }
        "additionalOperations" => false,
        key => !is_other(key) || is_wanted(key),
    });
    Some(Node { value: Value::Map(entries.into()), span: item.span })
}

/// The operations of a path item.
fn operations(item: &Node) -> impl Iterator<Item = &Node> {
    let is_operation = |entry: &&Entry| grammar::inside(Part::PathItem, &entry.key) == Place::One(Part::Operation);
    let others = item.get("additionalOperations").map_or(&[][..], Node::entries);
    item.entries().iter().filter(is_operation).chain(others).map(|entry| &entry.value)
}

/// Returns the declared tags that an operation has.
fn used_tags(tags: &Node, item: &Node) -> Node {
    let used: Vec<&Text> =
        operations(item).filter_map(|one| one.get("tags")).flat_map(Node::items).filter_map(Node::as_str).collect();
    let is_used = |tag: &&Node| tag.get("name").and_then(Node::as_str).is_some_and(|name| used.contains(&name));
    let kept: Vec<Node> = tags.items().iter().filter(is_used).map(without_parent).collect();
    Node { value: Value::List(kept.into()), span: tags.span }
}

/// The parent of a tag may not be there.
fn without_parent(tag: &Node) -> Node {
    let kept: Vec<Entry> = tag.entries().iter().filter(|entry| &*entry.key != "parent").cloned().collect();
    Node { value: Value::Map(kept.into()), span: tag.span }
}

/// The facts of the API without its story and extensions.
fn without_text(info: &Node) -> Node {
    let is_fact = |entry: &&Entry| &*entry.key != "description" && !entry.key.starts_with("x-");
    let kept: Vec<Entry> = info.entries().iter().filter(is_fact).cloned().collect();
    Node { value: Value::Map(kept.into()), span: info.span }
}

/// Returns the part that a reference of the same file names.
fn at_pointer<'n>(root: &'n Node, reference: &str) -> Option<&'n Node> {
    let pointer = crate::text::percent_decoded(reference.strip_prefix("#/")?);
    let mut node = root;
    for token in pointer.split('/') {
        let token = token.replace("~1", "/").replace("~0", "~");
        node = match &node.value {
            Value::List(items) => items.get(token.parse::<usize>().ok()?)?,
            _ => node.get(&token)?,
        };
    }
    Some(node)
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn push_key(out: &mut String, key: &str) {
    if !out.ends_with('{') {
        out.push(',');
    }
    write_string(out, key);
    out.push(':');
}

fn push_field(out: &mut String, key: &str, value: &Node) {
    push_key(out, key);
    push_compact(out, value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{SourcePath, SourceText};

    fn api(text: &str) -> Api {
        let source = Arc::new(SourceText::new(SourcePath::new("api.yaml"), text));
        crate::load::openapi::load("a", &source, &|_| None, &Default::default()).api
    }

    fn again(bytes: Vec<u8>) -> crate::load::openapi::Loaded {
        let text = String::from_utf8(bytes).unwrap();
        let source = Arc::new(SourceText::new(SourcePath::new("fragment.json"), text));
        crate::load::openapi::load("a", &source, &|_| None, &Default::default())
    }

    #[test]
    fn n06_the_description_of_one_operation_has_only_what_it_needs() {
        let api = Arc::new(api(
            "
openapi: 3.1.0
info: {title: t, version: '1', description: long}
tags: [{name: a, parent: p}, {name: b}, {name: p}]
security: [{key: []}]
servers: [{url: https://x.example}]
paths:
  /a/{id}:
    parameters: [{$ref: '#/components/parameters/Id'}]
    get:
      tags: [a]
      responses: {'200': {description: ok, content: {a/b: {schema: {$ref: '#/components/schemas/Pet'}}}}}
    post: {security: [{other: []}], responses: {'200': {$ref: '#/paths/~1b/get/responses/200'}}}
  /b: {get: {security: [], responses: {'200': {description: fine, content: {a/b: {schema: {$ref: '#/components/schemas/No'}}}}}}}
components:
  parameters: {Id: {name: id, in: path, required: true, schema: {$ref: '#/components/schemas/Id/properties/x'}}}
  securitySchemes: {key: {type: apiKey, name: k, in: query}, other: {type: http, scheme: basic}}
  schemas:
    Pet: {properties: {self: {$ref: '#/components/schemas/Pet'}}, discriminator: {propertyName: k, mapping: {d: Dog}}}
    Dog: {type: object}
    Id: {properties: {x: {type: string}}}
    No: {type: string, default: {$ref: '#/components/schemas/Never'}}
    Never: {type: string}
",
        ));
        let fragments = Fragments::new(Arc::clone(&api));
        let names = |at: usize| {
            let bytes = fragments.of(at as u32);
            let loaded = again(bytes.clone());
            let worse = loaded.diagnostics.iter().filter(|d| d.severity < crate::diag::Severity::Info);
            assert_eq!(worse.map(|d| d.message.clone()).collect::<Vec<_>>(), [""; 0]);
            assert_eq!(loaded.api.operations.len(), 1);
            assert_eq!(loaded.api.operations[0].slug, api.operations[at].slug);
            let schemas = loaded.api.named_schemas.iter().map(|named| named.name.to_string());
            let schemes = loaded.api.security_schemes.iter().map(|scheme| scheme.name.to_string());
            (schemas.chain(schemes).collect::<Vec<_>>().join(" "), String::from_utf8(bytes).unwrap())
        };
        let (get, text) = names(0);
        assert_eq!(get, "Pet Dog Id key");
        assert!(!text.contains("long") && text.contains("\"tags\":[{\"name\":\"a\"}]"), "{text}");
        let (post, text) = names(1);
        assert_eq!(post, "Id No other");
        assert!(text.contains("\"responses\":{\"200\":{\"description\":\"fine\""), "{text}");
        assert_eq!(names(2).0, "No");
    }
}
