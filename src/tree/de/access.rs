//! Lists, maps and enums of a tree, one part at a time.

use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess, VariantAccess as Variant, Visitor,
};

use super::DeError;
use crate::model::Text;
use crate::model::node::{Entry, Node, Span};

/// The items of a list.
pub(super) struct ItemAccess<'de>(std::slice::Iter<'de, Node>);

impl<'de> ItemAccess<'de> {
    pub(super) fn new(items: &'de [Node]) -> ItemAccess<'de> {
        ItemAccess(items.iter())
    }
}

impl<'de> SeqAccess<'de> for ItemAccess<'de> {
    type Error = DeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DeError> {
        self.0.next().map(|item| seed.deserialize(item).map_err(|error| error.at(item.span))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The entries of a map.
pub(super) struct EntryAccess<'de> {
    entries: std::slice::Iter<'de, Entry>,
    value: Option<&'de Entry>,
}

impl<'de> EntryAccess<'de> {
    pub(super) fn new(entries: &'de [Entry]) -> EntryAccess<'de> {
        EntryAccess { entries: entries.iter(), value: None }
    }
}

impl<'de> MapAccess<'de> for EntryAccess<'de> {
    type Error = DeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DeError> {
        self.value = self.entries.next();
        let Some(entry) = self.value else { return Ok(None) };
        seed.deserialize(KeyDeserializer(&entry.key)).map(Some).map_err(|error: DeError| error.at(entry.key_span))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, DeError> {
        let Some(entry) = self.value.take() else {
            return Err(DeError::custom("a value was asked for before its key"));
        };
        // A value that is not there stands nowhere: the key is what the author can find.
        let value = &entry.value;
        let span = if value.span.start == value.span.end { entry.key_span } else { value.span };
        seed.deserialize(value).map_err(|error| error.at(span).moved(value.span, span))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}

/// A key: a text, or a number where a map has numbers as its keys.
struct KeyDeserializer<'de>(&'de Text);

impl<'de> Deserializer<'de> for KeyDeserializer<'de> {
    type Error = DeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        match self.0.parse() {
            Ok(value) => visitor.visit_u64(value),
            Err(_) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DeError> {
        BorrowedStrDeserializer::new(self.0).deserialize_enum(name, variants, visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// A variant by its name: a text for one without content, a map of one key for one with.
pub(super) struct VariantAccess<'de> {
    name: Text,
    name_span: Span,
    content: Option<&'de Node>,
}

impl<'de> VariantAccess<'de> {
    /// Takes the only entry of a map.
    pub(super) fn of_entry(entry: &'de Entry) -> VariantAccess<'de> {
        VariantAccess { name: Text::clone(&entry.key), name_span: entry.key_span, content: Some(&entry.value) }
    }

    /// Takes a text, or a number or boolean as it was written.
    pub(super) fn of_scalar(node: &Node) -> VariantAccess<'de> {
        VariantAccess { name: node.as_text().unwrap_or_default(), name_span: node.span, content: None }
    }

    fn content(&self) -> Result<&'de Node, DeError> {
        let missing = || DeError::custom(format!("`{}` needs a value", self.name)).at(self.name_span);
        self.content.ok_or_else(missing)
    }
}

impl<'de> EnumAccess<'de> for VariantAccess<'de> {
    type Error = DeError;
    type Variant = VariantAccess<'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self::Variant), DeError> {
        let name: StrDeserializer<'_, DeError> = StrDeserializer::new(&self.name);
        let value = seed.deserialize(name).map_err(|error| error.at(self.name_span))?;
        Ok((value, self))
    }
}

impl<'de> Variant<'de> for VariantAccess<'de> {
    type Error = DeError;

    fn unit_variant(self) -> Result<(), DeError> {
        match self.content.filter(|content| !content.is_null()) {
            None => Ok(()),
            Some(content) => Err(DeError::custom(format!("`{}` has no value", self.name)).at(content.span)),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, DeError> {
        seed.deserialize(self.content()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, DeError> {
        self.content()?.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, DeError> {
        self.content()?.deserialize_any(visitor)
    }
}
