//! Keywords of arrays and objects.

use std::collections::HashSet;
use std::sync::Arc;

use super::rare;
use crate::diag::codes::description as codes;
use crate::load::openapi::lift::Lifter;
use crate::model::Text;
use crate::model::api::{ArrayRules, ObjectRules, Property, Schema, SchemaId};
use crate::model::node::{Entry, Node, Value};

impl Lifter<'_> {
    /// Reads a keyword of arrays or objects; returns false for other keywords.
    pub(super) fn read_structure(&mut self, schema: &mut Schema, node: &Node, entry: &Entry) -> bool {
        self.read_array_rule(schema, node, entry) || self.read_object_rule(schema, node, entry)
    }

    fn read_array_rule(&mut self, schema: &mut Schema, node: &Node, entry: &Entry) -> bool {
        match &*entry.key {
            "items" => self.read_items(schema, node, entry),
            "prefixItems" => {
                let ids = self.schemas_of(entry);
                array(schema).prefix_items = ids;
            }
            "additionalItems" if node.get("items").is_some_and(Node::is_list) => {
                let id = self.schema_of(entry);
                array(schema).items = Some(id);
            }
            "contains" => array(schema).contains = Some(self.schema_of(entry)),
            "unevaluatedItems" => array(schema).unevaluated_items = Some(self.schema_of(entry)),
            "minContains" => array(schema).min_contains = self.number_of(entry),
            "maxContains" => array(schema).max_contains = self.number_of(entry),
            "minItems" => array(schema).min_items = self.number_of(entry),
            "maxItems" => array(schema).max_items = self.number_of(entry),
            "uniqueItems" => array(schema).unique_items = self.flag_of(entry).unwrap_or(false),
            _ => return false,
        }
        true
    }

    /// `items` is a schema; up to draft 2019-09 a list of schemas gave one for each position.
    fn read_items(&mut self, schema: &mut Schema, node: &Node, entry: &Entry) {
        match &entry.value.value {
            Value::List(_) => {
                let ids = self.schemas_of(entry);
                array(schema).prefix_items = ids;
            }
            Value::Null => self.wrong_type(entry, "an object or a boolean"),
            _ if self.is_internal(&entry.value) => self.left_out(node, entry),
            _ => array(schema).items = Some(self.schema_of(entry)),
        }
    }

    fn read_object_rule(&mut self, schema: &mut Schema, node: &Node, entry: &Entry) -> bool {
        match &*entry.key {
            "properties" => self.read_properties(schema, entry),
            "required" => self.read_required(schema, node, entry),
            "additionalProperties" if entry.value.is_null() => self.wrong_type(entry, "an object or a boolean"),
            "additionalProperties" => object(schema).additional_properties = Some(self.schema_of(entry)),
            "unevaluatedProperties" => object(schema).unevaluated_properties = Some(self.schema_of(entry)),
            "propertyNames" => object(schema).property_names = Some(self.schema_of(entry)),
            "patternProperties" => {
                let named = self.named_schemas_of(entry);
                object(schema).pattern_properties = named;
            }
            "minProperties" => object(schema).min_properties = self.number_of(entry),
            "maxProperties" => object(schema).max_properties = self.number_of(entry),
            "dependentRequired" => {
                for dependent in self.map_of(entry).iter() {
                    let names = self.texts_of(dependent);
                    object(schema).dependent_required.push((Arc::clone(&dependent.key), names));
                }
            }
            "dependentSchemas" => {
                let named = self.named_schemas_of(entry);
                object(schema).dependent_schemas.extend(named);
            }
            "dependencies" => self.read_dependencies(schema, entry),
            _ => return false,
        }
        true
    }

    fn read_properties(&mut self, schema: &mut Schema, entry: &Entry) {
        let entries = self.map_of(entry);
        let mut properties = Vec::with_capacity(entries.len());
        for property in entries.iter() {
            if !self.is_internal(&property.value) {
                properties.push(Property { name: Arc::clone(&property.key), schema: self.schema_of(property) });
            }
        }
        object(schema).properties = properties;
    }

    /// `required` without the properties that are internal.
    fn read_required(&mut self, schema: &mut Schema, node: &Node, entry: &Entry) {
        if let Value::Bool(_) = entry.value.value {
            // Draft-03 put it on the property; 2.0 descriptions still do.
            let message = "`required` is a boolean, an array of property names is expected";
            let help = "list the property in `required` of the object that has it".to_string();
            self.report(codes::WRONG_TYPE, entry.value.span, message).help = Some(help);
            rare(schema).unknown.push(entry.clone());
            return;
        }
        let mut names = self.texts_of(entry);
        let mut internal: HashSet<Text> = HashSet::new();
        for property in node.get("properties").map_or(&[][..], Node::entries) {
            if self.is_internal(&property.value) {
                internal.insert(Arc::clone(&property.key));
            }
        }
        names.retain(|name| !internal.contains(name));
        object(schema).required = names;
    }

    /// Up to draft-07 one keyword held what `dependentRequired` and `dependentSchemas` hold now.
    fn read_dependencies(&mut self, schema: &mut Schema, entry: &Entry) {
        for dependent in self.map_of(entry).iter() {
            let name = Arc::clone(&dependent.key);
            if dependent.value.is_list() {
                let names = self.texts_of(dependent);
                object(schema).dependent_required.push((name, names));
            } else {
                let id = self.schema_of(dependent);
                object(schema).dependent_schemas.push((name, id));
            }
        }
    }

    /// Returns the schemas of a list, without the internal ones; a single schema counts as a list of one.
    pub(super) fn schemas_of(&mut self, entry: &Entry) -> Vec<SchemaId> {
        let value = self.through(&entry.value);
        let Value::List(items) = &value.value else {
            self.wrong_type(entry, "an array of schemas");
            return if value.is_map() { vec![self.schema(&value)] } else { Vec::new() };
        };
        let mut ids = Vec::with_capacity(items.len());
        for item in items.iter() {
            match self.is_internal(item) {
                true => self.left_out(item, entry),
                false => ids.push(self.schema(item)),
            }
        }
        ids
    }

    /// Says that a public schema loses a part because that part is internal.
    pub(super) fn left_out(&mut self, node: &Node, entry: &Entry) {
        let own = node.get("x-internal").is_some();
        if !own {
            let message = format!("`{}` leads to a schema that is marked `x-internal`; it is left out", entry.key);
            let help = codes::INTERNAL_REFERENCE.mend.to_string();
            self.report(codes::INTERNAL_REFERENCE, entry.key_span, message).help = Some(help);
        }
    }
}

fn array(schema: &mut Schema) -> &mut ArrayRules {
    schema.array.get_or_insert_default()
}

fn object(schema: &mut Schema) -> &mut ObjectRules {
    schema.object.get_or_insert_default()
}
