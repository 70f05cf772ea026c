//! Keywords that bound a value: `type`, `enum`, `const`, and the rules of numbers and strings.

use super::rare;
use crate::diag::codes::description as codes;
use crate::load::openapi::lift::Lifter;
use crate::model::Text;
use crate::model::api::{Schema, SpecVersion, Types};
use crate::model::node::{Entry, Node, Number, Value};

impl Lifter<'_> {
    /// Reads a rule; returns false for other keywords.
    pub(super) fn read_rule(&mut self, schema: &mut Schema, entry: &Entry) -> bool {
        match &*entry.key {
            "type" => self.read_type(schema, entry),
            "enum" => {
                let values = self.list_of(entry);
                schema.values = Some(values.to_vec());
            }
            "const" => schema.constant = Some(self.through(&entry.value)),
            "minimum" => schema.number.get_or_insert_default().minimum = self.number_of(entry),
            "maximum" => schema.number.get_or_insert_default().maximum = self.number_of(entry),
            "multipleOf" => schema.number.get_or_insert_default().multiple_of = self.number_of(entry),
            "exclusiveMinimum" if entry.value.as_bool().is_some() => {}
            "exclusiveMaximum" if entry.value.as_bool().is_some() => {}
            "exclusiveMinimum" => schema.number.get_or_insert_default().exclusive_minimum = self.number_of(entry),
            "exclusiveMaximum" => schema.number.get_or_insert_default().exclusive_maximum = self.number_of(entry),
            _ => return self.read_string_rule(schema, entry),
        }
        true
    }

    fn read_string_rule(&mut self, schema: &mut Schema, entry: &Entry) -> bool {
        match &*entry.key {
            "minLength" => schema.string.get_or_insert_default().min_length = self.number_of(entry),
            "maxLength" => schema.string.get_or_insert_default().max_length = self.number_of(entry),
            "pattern" => schema.string.get_or_insert_default().pattern = self.text_of(entry),
            "contentEncoding" => schema.string.get_or_insert_default().content_encoding = self.text_of(entry),
            "contentMediaType" => schema.string.get_or_insert_default().content_media_type = self.text_of(entry),
            "contentSchema" => {
                let id = self.schema_of(entry);
                schema.string.get_or_insert_default().content_schema = Some(id);
            }
            _ => return false,
        }
        true
    }

    fn read_type(&mut self, schema: &mut Schema, entry: &Entry) {
        let value = self.through(&entry.value);
        match &value.value {
            Value::String(name) => self.add_type(schema, name, &value),
            Value::List(items) => {
                for item in items.iter() {
                    match &item.value {
                        Value::String(name) => self.add_type(schema, name, item),
                        // YAML's `type: [string, null]` means the word.
                        Value::Null => schema.types = schema.types.union(Types::of("null")),
                        _ => self.wrong_type(entry, "an array of strings"),
                    }
                }
            }
            // YAML's `type: null` means the word.
            Value::Null => schema.types = schema.types.union(Types::of("null")),
            _ => self.wrong_type(entry, "a string"),
        }
    }

    fn add_type(&mut self, schema: &mut Schema, name: &Text, node: &Node) {
        let types = Types::of(name);
        if !types.is_empty() {
            schema.types = schema.types.union(types);
            return;
        }
        if &**name == "file" && self.spec_at(node.span) == SpecVersion::V2_0 {
            schema.types = schema.types.union(Types::of("string"));
            schema.format.get_or_insert_with(|| "binary".into());
            return;
        }
        rare(schema).other_types.push(name.clone());
        let near = self.resolver.nearest(name, Types::NAMES.iter().map(|(known, _)| (*known, ())));
        let help = near.map(|(known, ())| format!("did you mean `{known}`?"));
        let message = format!("`{name}` is no type of JSON Schema");
        let help = help.unwrap_or_else(|| codes::UNKNOWN_SCHEMA_TYPE.mend.to_string());
        self.report(codes::UNKNOWN_SCHEMA_TYPE, node.span, message).help = Some(help);
    }

    /// Returns a number; one in quotes is understood and reported.
    pub(super) fn number_of(&mut self, entry: &Entry) -> Option<Number> {
        match &entry.value.value {
            Value::Number(number) => Some(number.clone()),
            Value::Null => None,
            Value::String(text) if is_json_number(text) => {
                self.wrong_type(entry, "a number");
                Some(Number { json: text.clone(), written: text.clone() })
            }
            _ => {
                self.wrong_type(entry, "a number");
                None
            }
        }
    }
}

/// Lifts the boolean `exclusiveMinimum` and `exclusiveMaximum` of 2.0 and 3.0 to numbers.
pub(super) fn lift_exclusive_bounds(schema: &mut Schema, node: &Node) {
    let Some(rules) = &mut schema.number else { return };
    let said = |key: &str| node.get(key).and_then(Node::as_bool) == Some(true);
    if said("exclusiveMinimum") {
        rules.exclusive_minimum = rules.minimum.take();
    }
    if said("exclusiveMaximum") {
        rules.exclusive_maximum = rules.maximum.take();
    }
}

/// Returns true for a text in the grammar of JSON numbers (RFC 8259, section 6).
fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    digits(whole) && !leading_zero && fraction.is_none_or(digits) && exponent.is_none_or(digits)
}
