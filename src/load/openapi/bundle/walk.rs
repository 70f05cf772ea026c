//! The walk over everything that a description reaches.

use std::collections::{HashMap, HashSet};

use super::edits::{Edits, Key, key};
use super::homes::{Moves, Target};
use crate::load::openapi::grammar::{Part, Place, inside, is_extension, may_refer};
use crate::load::openapi::resolve::Resolver;
use crate::model::Text;
use crate::model::api::SpecVersion;
use crate::model::node::{Node, Span, Value};

/// What the walk knows.
pub struct Walk<'w, 'a> {
    pub(super) resolver: &'w mut Resolver<'a>,
    pub(super) spec: SpecVersion,
    /// True when some file marks something as internal.
    pub(super) marks: bool,
    visited: HashSet<(Key, Place)>,
    /// Targets of references in public parts.
    pub(super) reached: HashSet<Span>,
    pub(super) moves: Moves,
    /// What tells of internal parts.
    pub(super) quiet: Edits,
    pub(super) found: Found,
    pub(super) internal_memo: HashMap<Key, bool>,
}

/// What the search for internal parts looks at again when the walk is over.
#[derive(Default)]
pub struct Found {
    /// Parts that are left out.
    pub dropped: Vec<(Node, Place)>,
    /// Schemas.
    pub schemas: Vec<Node>,
    /// Values and the schemas they follow.
    pub values: Vec<(Node, Node)>,
    /// Media types.
    pub media: Vec<Node>,
    /// Operations and tags.
    pub operations: Vec<Node>,
    /// Links.
    pub links: Vec<Node>,
    /// Names of internal tags.
    pub tags: HashSet<Text>,
    /// Names of internal security schemes.
    pub schemes: HashSet<Text>,
}

impl<'w, 'a> Walk<'w, 'a> {
    /// Begins at nothing.
    pub fn new(resolver: &'w mut Resolver<'a>, spec: SpecVersion) -> Walk<'w, 'a> {
        let marks = resolver.files.iter().any(|file| file.source.text.contains("x-internal"));
        Walk {
            resolver,
            spec,
            marks,
            visited: HashSet::new(),
            reached: HashSet::new(),
            moves: Moves::default(),
            quiet: Edits::default(),
            found: Found::default(),
            internal_memo: HashMap::new(),
        }
    }

    /// Walks the whole description: first what readers can call, then the components.
    pub fn description(&mut self, root: &Node) {
        self.take_component_homes(root);
        let is_store = |key: &str| matches!(key, "components" | "definitions" | "parameters" | "responses");
        for entry in root.entries().iter().filter(|entry| !is_store(&entry.key)) {
            self.field(Part::Root, &entry.key, &entry.value);
        }
        self.drop_what_only_internal_parts_use(root);
        for entry in root.entries().iter().filter(|entry| is_store(&entry.key)) {
            self.field(Part::Root, &entry.key, &entry.value);
        }
    }

    fn field(&mut self, part: Part, key: &str, value: &Node) {
        if key.starts_with("x-") && !matches!(key, "x-webhooks" | "x-servers") {
            return;
        }
        let place = inside(part, key);
        match place {
            Place::One(Part::Data) => self.data(key, value),
            Place::One(Part::Plain) => self.plain(value),
            _ if self.is_marked(value, place) => self.leave_out(value, place),
            _ => self.visit(value, place),
        }
    }

    /// Text and values may stand in other files, although the specification knows no reference there.
    fn data(&mut self, field: &str, value: &Node) {
        let Some(target) = self.sole_reference(value) else { return };
        let is_object = field == "example" && target.get("value").is_some();
        let inner = if is_object { target.get("value").cloned() } else { None };
        self.moves.edits.inlined.insert(key(value), inner.unwrap_or(target));
    }

    fn plain(&mut self, value: &Node) {
        if let Some(target) = self.sole_reference(value) {
            self.moves.edits.inlined.insert(key(value), target);
            return;
        }
        for entry in value.entries().iter().filter(|entry| !entry.key.starts_with("x-")) {
            self.data(&entry.key, &entry.value);
        }
    }

    /// Returns what an object that is nothing but a reference to another file names.
    fn sole_reference(&mut self, node: &Node) -> Option<Node> {
        let [entry] = node.entries() else { return None };
        let reference = entry.value.as_str().filter(|_| &*entry.key == "$ref")?;
        let target = self.resolver.resolve(reference, entry.value.span).ok()?;
        (target.node.span.file != 0 || node.span.file != 0).then_some(target.node)
    }

    fn visit(&mut self, node: &Node, place: Place) {
        if !self.visited.insert((key(node), place)) {
            return;
        }
        match place {
            Place::Map(part) => self.map(node, part),
            Place::One(part) => match &node.value {
                Value::List(items) => {
                    for item in items.iter() {
                        match self.is_marked(item, place) {
                            true => self.leave_out(item, place),
                            false => self.visit(item, place),
                        }
                    }
                }
                Value::Map(_) => self.part(node, part),
                _ => {}
            },
        }
    }

    fn map(&mut self, node: &Node, part: Part) {
        if let Some(target) = self.sole_reference(node) {
            self.moves.inline(node, &target);
            return self.visit(&target, Place::Map(part));
        }
        for entry in node.entries().iter().filter(|entry| !is_extension(part, &entry.key)) {
            if self.is_marked(&entry.value, Place::One(part)) {
                self.leave_out(&entry.value, Place::One(part));
                if part == Part::SecurityScheme {
                    self.found.schemes.insert(entry.key.clone());
                }
            } else {
                self.visit(&entry.value, Place::One(part));
            }
        }
    }

    fn part(&mut self, node: &Node, part: Part) {
        if let Some(reference) = node.get("$ref").filter(|value| value.as_str().is_some()) {
            match may_refer(part) {
                true => self.reference(node, reference, part),
                false => {
                    if let Some(target) = self.sole_reference(node) {
                        self.moves.inline(node, &target);
                        self.visit(&target, Place::One(part));
                    }
                }
            }
        }
        if self.marks {
            self.note(node, part);
        }
        if part == Part::Discriminator {
            return self.discriminator(node);
        }
        for entry in node.entries() {
            if &*entry.key == "$id" && part == Part::Schema && node.span.file != 0 {
                // Every reference to it becomes a pointer, and pointers inside of it mean the bundled document.
                self.moves.edits.dropped.insert(key(&entry.value));
            }
            self.field(part, &entry.key, &entry.value);
        }
    }

    fn reference(&mut self, node: &Node, value: &Node, part: Part) {
        let Some(text) = value.as_str() else { return };
        let Ok(target) = self.resolver.resolve(text, value.span) else { return };
        self.reached.insert(target.node.span);
        let moves = target.node.span.file != 0;
        if moves && self.is_inlined(part, target.node.span) {
            self.moves.inline(node, &target.node);
        } else if moves || value.span.file != 0 {
            let name = self.name_of(&target, text);
            self.moves.link(value, Target { node: target.node.clone(), part, name });
        }
        self.visit(&target.node, Place::One(part));
    }

    /// True for a part that no section of components holds, and for the first reference to a path item.
    fn is_inlined(&mut self, part: Part, target: Span) -> bool {
        let has_section = match (part, self.spec) {
            (Part::Schema | Part::Parameter | Part::Response, SpecVersion::V2_0) => true,
            (_, SpecVersion::V2_0) => false,
            (Part::MediaType, spec) => spec >= SpecVersion::V3_2,
            (Part::PathItem, _) => false,
            _ => true,
        };
        match part {
            Part::PathItem => !self.moves.homes.contains_key(&target) && self.moves.path_items.insert(target),
            _ => !has_section,
        }
    }

    fn discriminator(&mut self, node: &Node) {
        let mapping = node.get("mapping").map_or(&[][..], Node::entries).iter().map(|entry| &entry.value);
        let values: Vec<Node> = mapping.chain(node.get("defaultMapping")).cloned().collect();
        for value in values {
            let Some((target, name)) = self.mapped(&value) else { continue };
            if self.is_internal(&target) {
                self.moves.edits.dropped.insert(key(&value));
                continue;
            }
            self.reached.insert(target.span);
            if target.span.file != 0 || value.span.file != 0 {
                self.moves.link(&value, Target { node: target.clone(), part: Part::Schema, name });
            }
            self.visit(&target, Place::One(Part::Schema));
        }
    }

    /// Returns the schema that a mapping names: a component's name of its own file or the root's, or a reference.
    fn mapped(&mut self, value: &Node) -> Option<(Node, Text)> {
        let written = value.as_str()?.clone();
        let is_name = written.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
        let root = self.resolver.root().span;
        let mut tries: Vec<(Text, Span)> = Vec::new();
        if is_name {
            for section in ["components/schemas", "definitions"] {
                let pointer: Text = format!("#/{section}/{written}").into();
                tries.extend([value.span, root].map(|from| (pointer.clone(), from)));
            }
        }
        tries.push((written, value.span));
        for (text, from) in tries {
            if let Ok(target) = self.resolver.resolve(&text, from) {
                let name = self.name_of(&target, &text);
                return target.node.is_map().then_some((target.node, name));
            }
        }
        None
    }
}
