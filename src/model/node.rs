//! The tree of a JSON, YAML or TOML text: exact scalars, document order, and where each node stands.
//!
//! Examples, defaults and extensions stay nodes in the model, so that nothing the author wrote is rounded or
//! reordered. Cloning a node shares its parts.

use std::sync::Arc;

use super::Text;
use crate::diag::{Place, SourceText};

/// Where a node stands: a byte range of one of the [`Sources`] of its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// Index into [`Sources`].
    pub file: u32,
    /// First byte.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
}

/// The files that one document was read from; a [`Span`] names one by its index.
#[derive(Debug, Clone, Default)]
pub struct Sources(pub Vec<Arc<SourceText>>);

impl Sources {
    /// Returns the place of a span, for a diagnostic. A span of no known file gives the top of the first.
    pub fn place(&self, span: Span) -> Place {
        match self.0.get(span.file as usize).or(self.0.first()) {
            Some(source) => Place::new(source, span.start as usize..span.end as usize),
            None => Place::file(crate::diag::SourcePath::new("")),
        }
    }

    /// Returns the text that a span covers.
    pub fn text(&self, span: Span) -> &str {
        self.0
            .get(span.file as usize)
            .and_then(|source| source.text.get(span.start as usize..span.end as usize))
            .unwrap_or("")
    }
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stands.
    pub span: Span,
}

/// A JSON value (RFC 8259) with numbers as they were written.
#[derive(Debug, Clone)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written: `1.10`, `1e400`, `9223372036854775808`. Always a JSON number.
    Number(Number),
    /// A string.
    String(Text),
    /// An array.
    List(Arc<[Node]>),
    /// An object, in document order. Keys are unique: the reader keeps the first and reports the second.
    Map(Arc<[Entry]>),
}

/// A number: its exact JSON spelling, and the spelling of the source where that differs (`0x1F`, `.5`, `1_000`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The number in JSON's grammar.
    pub json: Text,
    /// What the author wrote; the same text unless YAML allowed another spelling.
    pub written: Text,
}

/// One key of a [`Value::Map`].
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key as text; YAML's `200:` is `"200"`.
    pub key: Text,
    /// Where the key stands.
    pub key_span: Span,
    /// What it holds.
    pub value: Node,
}

impl Node {
    /// Returns the value of a key, or `None` when there is none or this is no map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Returns the entry of a key, for the place of the key itself.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| &*entry.key == key)
    }

    /// Returns the entries; none when this is no map.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Returns the items; none when this is no list.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// Returns the text of a string node only.
    pub fn as_str(&self) -> Option<&Text> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the text of a string, or the written form of a number or boolean (`version: 1.0` is `"1.0"`).
    pub fn as_text(&self) -> Option<Text> {
        match &self.value {
            Value::String(text) => Some(Arc::clone(text)),
            Value::Number(number) => Some(Arc::clone(&number.written)),
            Value::Bool(true) => Some("true".into()),
            Value::Bool(false) => Some("false".into()),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// Returns a boolean node's value.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Returns a number node.
    pub fn as_number(&self) -> Option<&Number> {
        match &self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Returns true for a map.
    pub fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(_))
    }

    /// Returns true for a list.
    pub fn is_list(&self) -> bool {
        matches!(self.value, Value::List(_))
    }

    /// Returns true for `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// Returns what the value is, in the words of JSON: `an object`, `a string` …
    pub fn kind_word(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::List(_) => "an array",
            Value::Map(_) => "an object",
        }
    }

    /// Returns true when two nodes hold the same JSON value, wherever they stand. Numbers are equal when they are
    /// spelled the same; the order of keys does not matter.
    pub fn same_value(&self, other: &Node) -> bool {
        match (&self.value, &other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Number(a), Value::Number(b)) => a.json == b.json,
            (Value::String(a), Value::String(b)) => a == b,
            (Value::List(a), Value::List(b)) => {
                a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| a.same_value(b))
            }
            (Value::Map(a), Value::Map(b)) => {
                a.len() == b.len()
                    && a.iter().all(|entry| other.get(&entry.key).is_some_and(|value| value.same_value(&entry.value)))
            }
            _ => false,
        }
    }
}
