//! The schemas that have a page of their own: the root's components in order, then those of other files as they are
//! reached.
//!
//! A component that only refers to another file gives its name to what stands there, so that a description split into
//! files has each schema once.

use std::collections::HashSet;
use std::sync::Arc;

use super::lift::{Kind, Lifter};
use super::resolve::Target;
use crate::model::Text;
use crate::model::api::{NamedSchema, SchemaId};
use crate::model::node::{Entry, Node};
use crate::slug::Slugs;

/// The names given so far.
#[derive(Debug, Default)]
pub struct Names {
    list: Vec<(Text, SchemaId)>,
    named: HashSet<SchemaId>,
}

impl Names {
    fn add(&mut self, name: Text, id: SchemaId) {
        if self.named.insert(id) {
            self.list.push((name, id));
        }
    }
}

impl Lifter<'_> {
    /// Gives every schema component of the root its id and name.
    pub fn name_root_schemas(&mut self) {
        let root = self.resolver.root().clone();
        let components = root.get("components").cloned();
        for (holder, section) in [(components, "schemas"), (Some(root), "definitions")] {
            let Some(holder) = holder else { continue };
            if section == "definitions" && holder.get("swagger").is_none() {
                continue;
            }
            for entry in self.map(&holder, section).iter() {
                if !self.is_internal(&entry.value) {
                    self.name_root_schema(entry);
                }
            }
        }
    }

    fn name_root_schema(&mut self, entry: &Entry) {
        let id = self.schema_of(entry);
        let elsewhere = self.moved_to(&entry.value).filter(|id| !self.names.named.contains(id));
        self.names.add(Arc::clone(&entry.key), elsewhere.unwrap_or(id));
    }

    /// Returns the schema of another file that a component is nothing but a reference to.
    fn moved_to(&mut self, node: &Node) -> Option<SchemaId> {
        let [entry] = node.entries() else { return None };
        let reference = entry.value.as_str().filter(|_| &*entry.key == "$ref")?;
        let target = self.resolver.resolve(reference, entry.value.span).ok()?;
        let other_file = target.node.span.file != node.span.file;
        (other_file && target.node.is_map() && target.node.get("$ref").is_none()).then(|| self.schema(&target.node))
    }

    /// Gives a schema that was reached by a reference its name, when it is a component of another file or that file
    /// as a whole.
    pub fn name_target(&mut self, id: SchemaId, target: &Target) {
        if target.node.span.file == 0 || self.names.named.contains(&id) || self.is_internal(&target.node) {
            return;
        }
        let name = match &*target.tokens {
            [] if target.whole_file => self.file_name(target.node.span.file),
            [name] => Some(Arc::clone(name)),
            [section, name] if matches!(&**section, "definitions" | "schemas" | "$defs") => Some(Arc::clone(name)),
            [root, section, name] if (&**root, &**section) == ("components", "schemas") => Some(Arc::clone(name)),
            _ => None,
        };
        if let Some(name) = name {
            self.names.add(name, id);
        }
    }

    /// Returns the stem of a file, or its folder's name when the stem says nothing.
    fn file_name(&self, file: u32) -> Option<Text> {
        let path = &self.resolver.files.get(file as usize)?.source.path;
        let folder = path.folder().rsplit('/').next().unwrap_or("");
        let plain = matches!(path.stem(), "index" | "schema" | "_index") && !folder.is_empty();
        Some(Text::from(if plain { folder } else { path.stem() }))
    }

    /// Names the `$defs` of named schemas after their holders, so that each has a page: `Order.Line`.
    fn name_definitions(&mut self) {
        let mut at = 0;
        while let Some((holder, id)) = self.names.list.get(at).cloned() {
            at += 1;
            let Some(rare) = self.schemas[id.0 as usize].rare.as_deref() else { continue };
            for (name, definition) in rare.definitions.clone() {
                self.names.add(format!("{holder}.{name}").into(), definition);
            }
        }
    }

    /// Returns the named schemas with their slugs, and marks them in the arena.
    pub fn finish_names(&mut self) -> Vec<NamedSchema> {
        self.name_definitions();
        let mut slugs = Slugs::default();
        let list = std::mem::take(&mut self.names.list);
        let mut named = Vec::with_capacity(list.len());
        for (index, (name, id)) in list.into_iter().enumerate() {
            let schema = &mut self.schemas[id.0 as usize];
            schema.named = Some(index as u32);
            let path = &self.resolver.files[schema.span.file as usize].source.path;
            let slug = slugs.take(&name, &format!("{path}#{name}"));
            named.push(NamedSchema { name, slug, id });
        }
        named
    }

    /// Reports components other than schemas that nothing refers to; in Swagger 2.0 they stand at the root.
    pub fn report_unused_components(&mut self) {
        let root = self.resolver.root().clone();
        let is_2_0 = root.get("swagger").is_some();
        let at_root = |key: &str| is_2_0 && matches!(key, "parameters" | "responses");
        let components = root.get("components").filter(|_| !is_2_0).map_or(&[][..], Node::entries);
        for section in components.iter().chain(root.entries().iter().filter(|entry| at_root(&entry.key))) {
            let word = match &*section.key {
                "responses" => Kind::Response,
                "parameters" => Kind::Parameter,
                "examples" => Kind::Example,
                "requestBodies" => Kind::RequestBody,
                "headers" => Kind::Header,
                "links" => Kind::Link,
                "callbacks" => Kind::Callback,
                "pathItems" => Kind::PathItem,
                "mediaTypes" => Kind::MediaType,
                _ => continue,
            };
            for entry in section.value.entries() {
                if !self.used.contains(&entry.value.span) && !entry.key.starts_with("x-") {
                    let message = format!("nothing refers to the {} `{}`", word.word(), entry.key);
                    self.report(crate::diag::codes::description::UNUSED_COMPONENT, entry.key_span, message);
                }
            }
        }
    }
}
