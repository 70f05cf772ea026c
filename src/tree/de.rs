//! A tree as the source of types that derive `Deserialize`, and as a `serde_json` value.
//!
//! Errors are said in the author's words and name the innermost value that is wrong. Numbers and booleans are read
//! as texts where a text is asked for, in the author's spelling: `version: 1.10` is `"1.10"`.

mod access;
mod error;

use serde::de::{DeserializeOwned, Deserializer, Error as _, Unexpected, Visitor};

use self::access::{EntryAccess, ItemAccess, VariantAccess};
pub use self::error::DeError;
use crate::model::node::{Node, Number, Value};

/// Reads a type from a tree.
pub fn from_node<T: DeserializeOwned>(node: &Node) -> Result<T, DeError> {
    T::deserialize(node)
}

/// Returns the tree as a `serde_json` value, with every digit of its numbers.
pub fn to_json(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(number) => number.json.parse().map_or(serde_json::Value::Null, serde_json::Value::Number),
        Value::String(text) => serde_json::Value::String(text.as_ref().into()),
        Value::List(items) => items.iter().map(to_json).collect(),
        Value::Map(entries) => entries.iter().map(|entry| (entry.key.to_string(), to_json(&entry.value))).collect(),
    }
}

fn visit_number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, DeError> {
    if let Ok(value) = number.json.parse::<u64>() {
        visitor.visit_u64(value)
    } else if let Ok(value) = number.json.parse::<i64>() {
        visitor.visit_i64(value)
    } else if let Ok(value) = number.json.parse::<f64>() {
        visitor.visit_f64(value)
    } else {
        visitor.visit_str(&number.json)
    }
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = DeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        match &self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => visit_number(number, visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::List(items) => visitor.visit_seq(ItemAccess::new(items)),
            Value::Map(entries) => visitor.visit_map(EntryAccess::new(entries)),
        }
        .map_err(|error: DeError| error.at(self.span))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        match &self.value {
            Value::Number(number) => visitor.visit_borrowed_str(&number.written),
            Value::Bool(value) => visitor.visit_borrowed_str(if *value { "true" } else { "false" }),
            _ => return self.deserialize_any(visitor),
        }
        .map_err(|error: DeError| error.at(self.span))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DeError> {
        let variant = match &self.value {
            Value::Map(entries) if entries.len() == 1 => VariantAccess::of_entry(&entries[0]),
            Value::Map(_) | Value::List(_) | Value::Null => {
                return Err(DeError::custom(format!("expected one name, found {}", self.kind_word())).at(self.span));
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) => VariantAccess::of_scalar(self),
        };
        visitor.visit_enum(variant).map_err(|error: DeError| error.at(self.span))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DeError> {
        match &self.value {
            // What is derived would take a list as the fields in their order, which no author means.
            Value::List(_) => Err(DeError::invalid_type(Unexpected::Seq, &visitor).at(self.span)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 bytes byte_buf unit unit_struct seq tuple tuple_struct
        map identifier
    }
}
