//! Schemas made of schemas, and the discriminator that tells them apart.

use std::sync::Arc;

use crate::diag::codes::description as codes;
use crate::load::openapi::lift::Lifter;
use crate::load::openapi::uri;
use crate::model::Text;
use crate::model::api::{Composition, Discriminator, Schema, SchemaId};
use crate::model::node::{Entry, Node, Value};

impl Lifter<'_> {
    /// Reads a keyword of composition; returns false for other keywords.
    pub(super) fn read_composition(&mut self, schema: &mut Schema, node: &Node, entry: &Entry) -> bool {
        match &*entry.key {
            "allOf" => {
                let ids = self.schemas_of(entry);
                composition(schema).all_of = ids;
            }
            "oneOf" => {
                let ids = self.schemas_of(entry);
                composition(schema).one_of = ids;
            }
            "anyOf" => {
                let ids = self.schemas_of(entry);
                composition(schema).any_of = ids;
            }
            "not" => composition(schema).not = Some(self.schema_of(entry)),
            "if" => composition(schema).condition = Some(self.schema_of(entry)),
            "then" => composition(schema).then = Some(self.schema_of(entry)),
            "else" => composition(schema).otherwise = Some(self.schema_of(entry)),
            "discriminator" => {
                let discriminator = self.discriminator(node, entry);
                composition(schema).discriminator = discriminator;
            }
            _ => return false,
        }
        true
    }

    /// The object of 3.x, or the property name alone of 2.0.
    fn discriminator(&mut self, node: &Node, entry: &Entry) -> Option<Discriminator> {
        if let Value::String(property) = &entry.value.value {
            return Some(Discriminator { property: Arc::clone(property), mapping: Vec::new(), default_mapping: None });
        }
        let object = self.object(entry)?;
        self.known(&object, "a discriminator object", &["propertyName", "mapping", "defaultMapping"]);
        let property = self.needed_text(&object, "a discriminator object", "propertyName")?;
        let mut mapping = Vec::new();
        for target in self.map(&object, "mapping").iter() {
            let Some(written) = self.text_of(target) else { continue };
            if let Some(id) = self.mapped_schema(node, &target.value, &written) {
                mapping.push((Arc::clone(&target.key), written, id));
            }
        }
        let default_mapping = match self.present(&object, "defaultMapping").cloned() {
            Some(target) => {
                let written = self.text_of(&target)?;
                self.mapped_schema(node, &target.value, &written).map(|id| (written, id))
            }
            None => None,
        };
        Some(Discriminator { property, mapping, default_mapping })
    }

    /// Returns the schema that a mapping names: a component's name, or a reference. `None` when it is internal,
    /// `Some(None)` when there is no such schema.
    fn mapped_schema(&mut self, node: &Node, place: &Node, written: &Text) -> Option<Option<SchemaId>> {
        let Some(target) = self.mapped_node(node, place, written) else {
            let message = format!("the discriminator maps to `{written}`, and there is no such schema");
            let help = "write the name of a component, or a reference to a schema".to_string();
            self.report(codes::UNKNOWN_DISCRIMINATOR_TARGET, place.span, message).help = Some(help);
            return Some(None);
        };
        if self.is_internal(&target) {
            return None;
        }
        Some(Some(self.schema(&target)))
    }

    fn mapped_node(&mut self, node: &Node, place: &Node, written: &Text) -> Option<Node> {
        let is_name = written.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
        if is_name {
            for section in ["components/schemas", "definitions"] {
                let pointer: Text = format!("#/{section}/{}", uri::escape(written)).into();
                let root = self.resolver.root().span;
                for from in [node.span, root] {
                    if let Ok(target) = self.resolver.resolve(&pointer, from) {
                        self.used.insert(target.node.span);
                        return Some(target.node);
                    }
                }
            }
        }
        let target = self.resolver.resolve(written, place.span).ok()?;
        let usable = matches!(target.node.value, Value::Map(_) | Value::Bool(_));
        let id = usable.then(|| self.schema(&target.node))?;
        self.name_target(id, &target);
        Some(target.node)
    }
}

fn composition(schema: &mut Schema) -> &mut Composition {
    schema.composition.get_or_insert_default()
}
