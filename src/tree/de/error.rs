//! What is wrong with a value, in words for its author.

use std::fmt;

use serde::de::{Expected, Unexpected};

use crate::model::node::Span;

/// A tree that is not of the type that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeError {
    /// What is wrong, in the author's words.
    pub message: String,
    /// Where the innermost wrong value stands.
    pub span: Span,
    placed: bool,
}

impl DeError {
    /// Places the error at a span, unless an inner value has placed it already.
    pub(super) fn at(mut self, span: Span) -> DeError {
        if !self.placed {
            self.span = span;
            self.placed = true;
        }
        self
    }

    /// Moves an error that stands exactly at one span to another.
    pub(super) fn moved(mut self, old: Span, new: Span) -> DeError {
        if self.span == old {
            self.span = new;
        }
        self
    }
}

impl fmt::Display for DeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for DeError {}

impl serde::de::Error for DeError {
    fn custom<T: fmt::Display>(message: T) -> DeError {
        DeError { message: message.to_string(), span: Span::default(), placed: false }
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> DeError {
        Self::custom(format!("expected {}, found {}", expected_words(expected), found_words(found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> DeError {
        Self::invalid_type(found, expected)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> DeError {
        Self::custom(format!("expected {}, found {length} items", expected_words(expected)))
    }

    fn unknown_variant(found: &str, expected: &'static [&'static str]) -> DeError {
        Self::custom(format!("`{found}` is not known here; expected {}", one_of(expected)))
    }

    fn unknown_field(found: &str, expected: &'static [&'static str]) -> DeError {
        Self::custom(format!("the key `{found}` is not known here; expected {}", one_of(expected)))
    }

    fn missing_field(field: &'static str) -> DeError {
        Self::custom(format!("the key `{field}` is missing"))
    }

    fn duplicate_field(field: &'static str) -> DeError {
        Self::custom(format!("the key `{field}` stands twice, perhaps under another name"))
    }
}

/// Returns what a visitor expects; the names of Rust's types mean nothing to an author.
fn expected_words(expected: &dyn Expected) -> String {
    let words = expected.to_string();
    match words.as_str() {
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => "a whole number from 0".into(),
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => "a whole number".into(),
        "f32" | "f64" => "a number".into(),
        "a boolean" => "`true` or `false`".into(),
        "a sequence" => "a list".into(),
        "a map" => "an object".into(),
        "unit" => "nothing".into(),
        other if other.starts_with("struct ") => "an object".into(),
        _ => words,
    }
}

fn found_words(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => format!("`{value}`"),
        Unexpected::Unsigned(value) => format!("the number `{value}`"),
        Unexpected::Signed(value) => format!("the number `{value}`"),
        Unexpected::Float(value) => format!("the number `{value}`"),
        Unexpected::Str("") => "an empty text".into(),
        Unexpected::Str(text) => format!("the text {}", crate::tree::problems::quote(text)),
        Unexpected::Unit | Unexpected::Option => "nothing".into(),
        Unexpected::Seq => "a list".into(),
        Unexpected::Map => "an object".into(),
        other => other.to_string(),
    }
}

fn one_of(expected: &[&str]) -> String {
    match expected {
        [] => "none".into(),
        [one] => format!("`{one}`"),
        [most @ .., last] => {
            let most: Vec<String> = most.iter().map(|name| format!("`{name}`")).collect();
            format!("{} or `{last}`", most.join(", "))
        }
    }
}
