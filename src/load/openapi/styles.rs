//! Parameters whose style says nothing about the values that their schema allows.
//!
//! Runs when every schema has been read; looks at types only, through references.

use std::collections::HashSet;

use super::lift::Lifter;
use crate::diag::codes::description as codes;
use crate::model::api::{Operation, Parameter, Schema, SchemaId, Style};
use crate::model::node::Span;

/// References from the schema of a parameter to the one that has a type.
const CHAIN: usize = 16;

impl Lifter<'_> {
    /// Reports what the table "Style Values" of the specification leaves undefined: `deepObject` for anything but flat
    /// objects, and delimited styles for single values.
    pub fn check_styles_of_values(&mut self, operations: &[Operation]) {
        let mut seen = HashSet::new();
        for operation in operations {
            self.check_styles_of(operation, &mut seen);
        }
    }

    fn check_styles_of(&mut self, operation: &Operation, seen: &mut HashSet<Span>) {
        for parameter in &operation.parameters {
            let special = matches!(parameter.style, Style::DeepObject | Style::SpaceDelimited | Style::PipeDelimited);
            if !special || !seen.insert(parameter.span) {
                continue;
            }
            if let Some(message) = self.undefined_style(parameter) {
                let help = codes::PARAMETER_STYLE.mend.to_string();
                self.report(codes::PARAMETER_STYLE, parameter.span, message).help = Some(help);
            }
        }
        for callback in &operation.callbacks {
            callback.operations.iter().for_each(|operation| self.check_styles_of(operation, seen));
        }
    }

    fn undefined_style(&self, parameter: &Parameter) -> Option<&'static str> {
        let schema = self.typed(parameter.schema?)?;
        let is = |schema: &Schema, name: &str| schema.types.names().any(|known| known == name);
        let nested = |schema: &Schema| is(schema, "object") || is(schema, "array");
        match parameter.style {
            Style::DeepObject if is(schema, "array") => Some("`deepObject` is not defined for lists"),
            Style::DeepObject if !is(schema, "object") => Some("`deepObject` is not defined for single values"),
            Style::DeepObject => {
                let properties = schema.object.as_ref().map_or(&[][..], |object| &object.properties);
                let deep = properties.iter().any(|property| self.typed(property.schema).is_some_and(nested));
                deep.then_some("`deepObject` is not defined for objects that hold objects or lists")
            }
            _ if !nested(schema) => Some("this `style` is not defined for single values"),
            _ => None,
        }
    }

    /// Returns the schema with a type that a schema is or refers to.
    fn typed(&self, id: SchemaId) -> Option<&Schema> {
        let mut id = id;
        for _ in 0..CHAIN {
            let schema = self.schemas.get(id.0 as usize)?;
            if schema.types.names().next().is_some() {
                return Some(schema);
            }
            id = schema.reference.as_ref()?.target?;
        }
        None
    }
}
