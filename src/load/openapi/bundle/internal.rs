//! What is marked `x-internal`, and what tells of it: names in `required`, tags, links, mappings, requirements,
//! examples, and components that nothing public uses.

use std::collections::{BTreeSet, HashSet};

use super::Walked;
use super::edits::key;
use super::walk::Walk;
use crate::load::openapi::grammar::{self, Part, Place};
use crate::model::Text;
use crate::model::node::{Node, Span, Value};

/// References that are followed from one part.
const CHAIN: usize = 16;
/// How deep `allOf` is looked into for the properties of a schema.
const DEPTH: usize = 32;

/// The properties of a schema as a whole.
#[derive(Default)]
struct Properties {
    internal: HashSet<Text>,
    public: HashSet<Text>,
}

impl Walk<'_, '_> {
    /// Returns true when a part is left out: its author marked it, or it is a reference to such a part.
    pub(super) fn is_marked(&mut self, node: &Node, place: Place) -> bool {
        let can_be = !matches!(place, Place::Map(_) | Place::One(Part::Data | Part::Plain | Part::Components));
        self.marks && can_be && self.is_internal(node)
    }

    /// Returns true for what is marked `x-internal: true`, also through references.
    pub(super) fn is_internal(&mut self, node: &Node) -> bool {
        if !node.is_map() {
            return false;
        }
        if let Some(known) = self.internal_memo.get(&key(node)) {
            return *known;
        }
        let mut at = node.clone();
        let mut internal = false;
        for _ in 0..CHAIN {
            internal = at.get("x-internal").and_then(Node::as_bool) == Some(true);
            let reference = at.get("$ref").and_then(|value| Some((value.as_str()?.clone(), value.span)));
            let Some((text, span)) = reference.filter(|_| !internal) else { break };
            let Ok(target) = self.resolver.resolve(&text, span) else { break };
            internal = self.resolver.is_inside_internal(&target);
            if internal {
                break;
            }
            at = target.node;
        }
        self.internal_memo.insert(key(node), internal);
        internal
    }

    /// Leaves a part out. What the lifter leaves out by itself stays in the parsed files.
    pub(super) fn leave_out(&mut self, node: &Node, place: Place) {
        let by_lifter = !matches!(
            place,
            Place::One(Part::MediaType | Part::Example | Part::SecurityScheme | Part::RequestBody | Part::Encoding)
        );
        let edits = if by_lifter { &mut self.moves.edits } else { &mut self.quiet };
        edits.dropped.insert(key(node));
        if place == Place::One(Part::Tag) {
            self.found.tags.extend(node.get("name").and_then(Node::as_text));
        }
        self.found.dropped.push((node.clone(), place));
    }

    /// Remembers what is looked at again when the walk is over.
    pub(super) fn note(&mut self, node: &Node, part: Part) {
        match part {
            Part::Schema => self.found.schemas.push(node.clone()),
            Part::MediaType => self.found.media.push(node.clone()),
            Part::Operation | Part::Tag => self.found.operations.push(node.clone()),
            Part::Link => self.found.links.push(node.clone()),
            _ => {}
        }
        self.note_values(node, part);
    }

    fn note_values(&mut self, node: &Node, part: Part) {
        let mut values: Vec<Node> = Vec::new();
        let schema = if part == Part::Schema { Some(node) } else { node.get("schema") };
        let Some(schema) = schema.cloned() else { return };
        for name in ["example", "default", "const", "x-example"] {
            values.extend(node.get(name).map(|value| self.through(value)));
        }
        for name in ["examples", "enum", "x-examples"] {
            let Some(held) = node.get(name) else { continue };
            values.extend(held.items().iter().cloned());
            for entry in held.entries() {
                let example = self.through(&entry.value);
                let inner = ["value", "dataValue", "serializedValue"].map(|name| example.get(name).cloned());
                let found = inner.iter().any(Option::is_some);
                values.extend(inner.into_iter().flatten());
                values.extend((!found).then_some(example));
            }
        }
        self.found.values.extend(values.into_iter().map(|value| (value, schema.clone())));
    }

    /// Returns what a reference leads to, or the node itself.
    pub(super) fn through(&mut self, node: &Node) -> Node {
        let mut at = node.clone();
        for _ in 0..CHAIN {
            let reference = at.get("$ref").and_then(|value| Some((value.as_str()?.clone(), value.span)));
            let Some((text, span)) = reference else { break };
            let Ok(target) = self.resolver.resolve(&text, span) else { break };
            at = target.node;
        }
        at
    }

    /// Leaves out components that internal parts use and public ones do not.
    pub(super) fn drop_what_only_internal_parts_use(&mut self, root: &Node) {
        let secret = self.reached_from_internal();
        if secret.is_empty() {
            return;
        }
        let public: BTreeSet<(u32, u32)> = self.reached.iter().map(|span| (span.file, span.start)).collect();
        let touches = |set: &BTreeSet<(u32, u32)>, span: Span| {
            set.range((span.file, span.start)..(span.file, span.end.max(span.start + 1))).next().is_some()
        };
        let components = root.get("components").map_or(&[][..], Node::entries);
        let own = root.entries().iter().filter(|entry| {
            matches!(&*entry.key, "definitions" | "parameters" | "responses") && root.get("swagger").is_some()
        });
        let sections = components.iter().filter(|entry| &*entry.key != "securitySchemes").chain(own);
        let mut dropped = Vec::new();
        for entry in sections.flat_map(|section| section.value.entries()) {
            let span = entry.value.span;
            // Children of a base are chosen by a discriminator that does not name them.
            let is_child = entry.value.get("allOf").is_some();
            // The lifter leaves out by itself what is marked, and says who loses something by that.
            if touches(&secret, span) && !touches(&public, span) && !is_child && !self.is_internal(&entry.value) {
                dropped.push(key(&entry.value));
            }
        }
        self.quiet.dropped.extend(dropped);
    }

    fn reached_from_internal(&mut self) -> BTreeSet<(u32, u32)> {
        let mut waiting: Vec<(Node, Place)> = self.found.dropped.clone();
        let mut reached = BTreeSet::new();
        let mut seen = HashSet::new();
        while let Some((node, place)) = waiting.pop() {
            let mut found: Vec<(Node, Part)> = Vec::new();
            grammar::references(&node, place, &mut |value, part| found.push((value.clone(), part)));
            for (value, part) in found {
                let Some(text) = value.as_str() else { continue };
                let Ok(target) = self.resolver.resolve(text, value.span) else { continue };
                let part = if part == Part::Discriminator { Part::Schema } else { part };
                if seen.insert((key(&target.node), part)) {
                    reached.insert((target.node.span.file, target.node.span.start));
                    waiting.push((target.node, Place::One(part)));
                }
            }
        }
        reached
    }

    /// Ends the walk.
    pub(super) fn finish(mut self, root: &Node) -> Walked {
        let filtered = !self.found.dropped.is_empty();
        if filtered {
            self.clean_operations(root);
            self.clean_links();
            let never_public = self.clean_schemas();
            self.clean_encodings();
            self.prune_values(&never_public);
        }
        self.settle(root);
        let components = std::mem::take(&mut self.moves.components);
        Walked { quiet: self.quiet, loud: self.moves.edits, components, filtered }
    }

    /// Takes internal tags and security schemes out of the lists that name them.
    fn clean_operations(&mut self, root: &Node) {
        let (tags, schemes) = (std::mem::take(&mut self.found.tags), std::mem::take(&mut self.found.schemes));
        let mut lists: Vec<Node> = Vec::new();
        for node in std::mem::take(&mut self.found.operations) {
            lists.extend(node.get("tags").cloned());
            if let Some(parent) = node.get("parent").filter(|parent| parent.as_str().is_some_and(|n| tags.contains(n)))
            {
                self.moves.edits.dropped.insert(key(parent));
            }
            self.clean_security(&node, &schemes);
        }
        self.clean_security(root, &schemes);
        let groups = root.get("x-tagGroups").map_or(&[][..], Node::items);
        lists.extend(groups.iter().filter_map(|group| group.get("tags").cloned()));
        for list in lists {
            for item in list.items().iter().filter(|item| item.as_str().is_some_and(|name| tags.contains(name))) {
                self.moves.edits.dropped.insert(key(item));
            }
        }
    }

    /// An alternative that needs an internal scheme is no alternative for readers.
    fn clean_security(&mut self, node: &Node, schemes: &HashSet<Text>) {
        for requirement in node.get("security").map_or(&[][..], Node::items) {
            if requirement.entries().iter().any(|entry| schemes.contains(&entry.key)) {
                self.quiet.dropped.insert(key(requirement));
            }
        }
    }

    fn clean_links(&mut self) {
        let mut ids: HashSet<Text> = HashSet::new();
        for (node, place) in self.found.dropped.clone() {
            match place {
                Place::One(Part::Operation) => ids.extend(node.get("operationId").and_then(Node::as_text)),
                Place::One(Part::PathItem) => {
                    let item = self.through(&node);
                    ids.extend(
                        item.entries().iter().filter_map(|e| e.value.get("operationId").and_then(Node::as_text)),
                    );
                }
                _ => {}
            }
        }
        for link in std::mem::take(&mut self.found.links) {
            let by_id = link.get("operationId").and_then(Node::as_str).is_some_and(|id| ids.contains(id));
            let by_reference = link.get("operationRef").and_then(|value| {
                let target = self.resolver.resolve(value.as_str()?, value.span).ok()?;
                Some(self.resolver.is_inside_internal(&target) || self.is_internal(&target.node))
            });
            if by_id || by_reference == Some(true) {
                self.moves.edits.dropped.insert(key(&link));
            }
        }
    }

    /// Takes the names of internal properties out of the rules of schemas; returns the names that no schema has as a
    /// public property.
    fn clean_schemas(&mut self) -> HashSet<Text> {
        let schemas = std::mem::take(&mut self.found.schemas);
        let mut all = Properties::default();
        for schema in &schemas {
            self.own_properties(schema, &mut all);
        }
        let never_public: HashSet<Text> = all.internal.difference(&all.public).cloned().collect();
        for schema in &schemas {
            let mut whole = Properties::default();
            self.properties(schema, &mut whole, &mut HashSet::new(), 0);
            let mut names: HashSet<Text> = whole.internal.difference(&whole.public).cloned().collect();
            names.extend(never_public.iter().cloned());
            if !names.is_empty() {
                self.clean_rules(schema, &names, 0);
            }
        }
        never_public
    }

    fn own_properties(&mut self, schema: &Node, out: &mut Properties) {
        for entry in schema.get("properties").map_or(&[][..], Node::entries) {
            match self.is_internal(&entry.value) {
                true => out.internal.insert(entry.key.clone()),
                false => out.public.insert(entry.key.clone()),
            };
        }
    }

    /// Collects the properties of a schema, its `$ref` and its `allOf`.
    fn properties(&mut self, schema: &Node, out: &mut Properties, seen: &mut HashSet<Span>, depth: usize) {
        if depth > DEPTH || !seen.insert(schema.span) {
            return;
        }
        self.own_properties(schema, out);
        let target = self.through(schema);
        if target.span != schema.span {
            self.properties(&target, out, seen, depth + 1);
        }
        for part in schema.get("allOf").map_or(&[][..], Node::items) {
            self.properties(part, out, seen, depth + 1);
        }
    }

    /// Takes names out of what one schema and the parts that stand in it say about its properties.
    fn clean_rules(&mut self, schema: &Node, names: &HashSet<Text>, depth: usize) {
        if depth > DEPTH || schema.get("$ref").is_some() {
            return;
        }
        let is_named = |node: &Node| node.as_str().is_some_and(|name| names.contains(name));
        let mut dropped: Vec<Node> = Vec::new();
        if let Some(required) = schema.get("required") {
            match !required.items().is_empty() && required.items().iter().all(is_named) {
                true => dropped.push(required.clone()),
                false => dropped.extend(required.items().iter().filter(|name| is_named(name)).cloned()),
            }
        }
        for rule in ["dependentRequired", "dependencies", "dependentSchemas"] {
            for entry in schema.get(rule).map_or(&[][..], Node::entries) {
                match names.contains(&entry.key) {
                    true => dropped.push(entry.value.clone()),
                    false => dropped.extend(entry.value.items().iter().filter(|n| is_named(n)).cloned()),
                }
            }
        }
        if let Some(discriminator) = schema.get("discriminator") {
            let property = discriminator.get("propertyName").unwrap_or(discriminator);
            dropped.extend(is_named(property).then(|| discriminator.clone()));
        }
        self.quiet.dropped.extend(dropped.iter().map(key));
        for part in schema.get("allOf").map_or(&[][..], Node::items) {
            self.clean_rules(part, names, depth + 1);
        }
        let conditions = ["if", "then", "else", "not"].iter().filter_map(|name| schema.get(name));
        let choices = ["oneOf", "anyOf"].iter().flat_map(|name| schema.get(name).map_or(&[][..], Node::items));
        for part in conditions.chain(choices).filter(|part| part.get("$ref").is_none()) {
            let named = part.get("properties").map_or(&[][..], Node::entries).iter();
            self.quiet.dropped.extend(named.filter(|entry| names.contains(&entry.key)).map(|entry| key(&entry.value)));
            self.clean_rules(part, names, depth + 1);
        }
    }

    /// Takes the encodings of internal properties out of media types.
    fn clean_encodings(&mut self) {
        for media in std::mem::take(&mut self.found.media) {
            let (Some(schema), Some(encoding)) = (media.get("schema"), media.get("encoding")) else { continue };
            let mut whole = Properties::default();
            let schema = schema.clone();
            self.properties(&schema, &mut whole, &mut HashSet::new(), 0);
            for entry in encoding.entries() {
                if whole.internal.contains(&entry.key) && !whole.public.contains(&entry.key) {
                    self.quiet.dropped.insert(key(&entry.value));
                }
            }
        }
    }

    /// Takes the values of internal properties out of examples, defaults and so on.
    fn prune_values(&mut self, never_public: &HashSet<Text>) {
        for (value, schema) in std::mem::take(&mut self.found.values) {
            let at = key(&value);
            if let Value::String(text) = &value.value {
                // A body as text cannot be taken apart without changing it.
                if never_public.iter().any(|name| text.contains(&format!("\"{name}\""))) {
                    self.quiet.dropped.insert(at);
                }
                continue;
            }
            let known = self.quiet.replaced.get(&at).unwrap_or(&value).clone();
            if let Some(pruned) = self.pruned(&known, &[schema]) {
                self.quiet.replaced.insert(at, pruned);
            }
        }
    }
}
