//! Reading fields of objects: text, prose, booleans, lists, maps, extensions.
//!
//! Every reader gives what it can and reports what it cannot: `wrong-type`, `missing-field`, `unknown-field`. `null` is
//! taken for an absent field, since YAML writes one for a key without a value.

use std::ops::Deref;
use std::sync::Arc;

use super::lift::{Lifter, as_hint};
use crate::diag::codes::description as codes;
use crate::model::Text;
use crate::model::api::{ExternalDocs, Prose};
use crate::model::node::{Entry, Node, Value};

/// A shared slice that may be empty without an allocation.
pub struct Shared<T>(Option<Arc<[T]>>);

impl<T> Deref for Shared<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.0.as_deref().unwrap_or(&[])
    }
}

impl Lifter<'_> {
    /// Reports fields that an object of this kind does not have. `what` is a noun with its article.
    pub fn known(&mut self, node: &Node, what: &str, fields: &[&str]) {
        for entry in node.entries() {
            let key = &*entry.key;
            if fields.contains(&key) || key.starts_with("x-") {
                continue;
            }
            let near = self.resolver.nearest(key, fields.iter().map(|field| (*field, ())));
            let help = match (elsewhere(what, key), near) {
                (Some(help), _) => help.to_string(),
                (None, Some((field, ()))) => format!("did you mean `{field}`?"),
                (None, None) => format!("{what} has {}", list(fields)),
            };
            self.report(codes::UNKNOWN_FIELD, entry.key_span, format!("{what} has no field `{key}`")).help = Some(help);
        }
    }

    /// Reports a value of another type than expected. `expected` is a noun with its article.
    pub fn wrong_type(&mut self, entry: &Entry, expected: &str) {
        let message = format!("`{}` is {}, {expected} is expected", entry.key, entry.value.kind_word());
        let hint = entry.value.is_null();
        let diagnostic = self.report(codes::WRONG_TYPE, entry.value.span, message);
        if hint {
            as_hint(diagnostic);
        }
    }

    /// Reports a field that is required and absent; `what` is a noun with its article.
    pub fn missing(&mut self, node: &Node, what: &str, field: &str) {
        let message = format!("{what} needs the field `{field}`");
        // The whole of a large object would mark half a file; its beginning is enough.
        let start = crate::model::node::Span { end: node.span.start.saturating_add(1).min(node.span.end), ..node.span };
        self.report(codes::MISSING_FIELD, start, message).help = Some(format!("add `{field}`"));
    }

    /// Returns an entry with a value that is not `null`.
    pub fn present<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n Entry> {
        node.entry(key).filter(|entry| !entry.value.is_null())
    }

    /// Returns a text. Numbers and booleans are taken as they are written.
    pub fn text(&mut self, node: &Node, key: &str) -> Option<Text> {
        let entry = self.present(node, key)?;
        self.text_of(entry)
    }

    /// Returns the text of an entry.
    pub fn text_of(&mut self, entry: &Entry) -> Option<Text> {
        if let Value::String(text) = &entry.value.value {
            return Some(Arc::clone(text));
        }
        let value = self.through(&entry.value);
        let text = value.as_text();
        if !matches!(value.value, Value::String(_)) {
            self.wrong_type(entry, "a string");
            if let (Some(_), Some(diagnostic)) = (&text, self.diagnostics.last_mut()) {
                as_hint(diagnostic);
            }
        }
        text
    }

    /// Returns a text, and reports that it is missing. `what` is the object's noun with its article.
    pub fn needed_text(&mut self, node: &Node, what: &str, key: &str) -> Option<Text> {
        if self.present(node, key).is_none() {
            self.missing(node, what, key);
            return None;
        }
        self.text(node, key)
    }

    /// Returns CommonMark text with its place.
    pub fn prose(&mut self, node: &Node, key: &str) -> Option<Prose> {
        let entry = self.present(node, key)?;
        if let Value::String(text) = &entry.value.value {
            return Some(Prose { text: Arc::clone(text), span: entry.value.span });
        }
        let value = self.through(&entry.value);
        let text = self.text_of(entry)?;
        Some(Prose { text, span: value.span })
    }

    /// Returns a boolean; `"true"` and `"false"` are understood and reported.
    pub fn flag(&mut self, node: &Node, key: &str) -> Option<bool> {
        let entry = self.present(node, key)?;
        self.flag_of(entry)
    }

    /// Returns the boolean of an entry.
    pub fn flag_of(&mut self, entry: &Entry) -> Option<bool> {
        if let Value::Bool(value) = entry.value.value {
            return Some(value);
        }
        self.wrong_type(entry, "a boolean");
        match entry.value.as_str().map(|text| &**text) {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => None,
        }
    }

    /// Returns the entries of a map.
    pub fn map(&mut self, node: &Node, key: &str) -> Shared<Entry> {
        match self.present(node, key) {
            Some(entry) => self.map_of(entry),
            None => Shared(None),
        }
    }

    /// Returns the entries of an entry's map.
    pub fn map_of(&mut self, entry: &Entry) -> Shared<Entry> {
        let value = self.through(&entry.value);
        match value.value {
            Value::Map(entries) => Shared(Some(entries)),
            Value::Null => Shared(None),
            _ => {
                self.wrong_type(entry, "an object");
                Shared(None)
            }
        }
    }

    /// Returns the items of a list.
    pub fn list(&mut self, node: &Node, key: &str) -> Shared<Node> {
        match self.present(node, key) {
            Some(entry) => self.list_of(entry),
            None => Shared(None),
        }
    }

    /// Returns the items of an entry's list.
    pub fn list_of(&mut self, entry: &Entry) -> Shared<Node> {
        let value = self.through(&entry.value);
        match value.value {
            Value::List(items) => Shared(Some(items)),
            Value::Null => Shared(None),
            _ => {
                self.wrong_type(entry, "an array");
                Shared(None)
            }
        }
    }

    /// Returns a list of texts; a single text counts as a list of one and is reported.
    pub fn texts(&mut self, node: &Node, key: &str) -> Vec<Text> {
        match self.present(node, key) {
            Some(entry) => self.texts_of(entry),
            None => Vec::new(),
        }
    }

    /// Returns the texts of an entry's list.
    pub fn texts_of(&mut self, entry: &Entry) -> Vec<Text> {
        if let Some(text) = entry.value.as_str() {
            self.wrong_type(entry, "an array");
            return vec![Arc::clone(text)];
        }
        let items = self.list_of(entry);
        let mut texts = Vec::with_capacity(items.len());
        for item in items.iter() {
            match item.as_text() {
                Some(text) => texts.push(text),
                None => {
                    let message = format!("an item of `{}` is {}, a string is expected", entry.key, item.kind_word());
                    self.report(codes::WRONG_TYPE, item.span, message);
                }
            }
        }
        texts
    }

    /// Returns the specification extensions of an object.
    pub fn extensions(&self, node: &Node) -> Vec<Entry> {
        node.entries().iter().filter(|entry| is_shown_extension(&entry.key)).cloned().collect()
    }

    /// Returns `externalDocs`.
    pub fn external_docs(&mut self, node: &Node) -> Option<ExternalDocs> {
        let entry = self.present(node, "externalDocs")?;
        self.external_docs_of(entry)
    }

    /// Returns the External Documentation Object of an entry.
    pub fn external_docs_of(&mut self, entry: &Entry) -> Option<ExternalDocs> {
        let node = self.object(entry)?;
        self.known(&node, "an external documentation object", &["url", "description"]);
        let description = self.prose(&node, "description");
        let url = self.needed_text(&node, "an external documentation object", "url")?;
        Some(ExternalDocs { url, description, extensions: self.extensions(&node) })
    }

    /// Returns an entry's object, or reports that it is none.
    pub fn object(&mut self, entry: &Entry) -> Option<Node> {
        let node = self.through(&entry.value);
        if node.is_map() {
            return Some(node);
        }
        self.wrong_type(entry, "an object");
        None
    }
}

/// Extensions that the loader acts upon are not shown again.
fn is_shown_extension(key: &str) -> bool {
    key.starts_with("x-") && !matches!(key, "x-internal" | "x-codeSamples" | "x-code-samples" | "x-displayName")
}

/// Returns where a field belongs that another version of OpenAPI has at this place.
fn elsewhere(what: &str, key: &str) -> Option<&'static str> {
    Some(match (what, key) {
        ("a parameter" | "a header", "type" | "format" | "items" | "enum" | "default" | "pattern") => {
            "OpenAPI 3 has it inside of `schema`"
        }
        ("a response", "schema") => "OpenAPI 3 has it below `content`, inside of a media type",
        ("a response", "content") => "Swagger 2.0 has `schema` here and the media types in `produces`",
        ("an operation", "consumes" | "produces") => "OpenAPI 3 has media types as the keys of `content`",
        ("an operation", "schemes") => "OpenAPI 3 has `servers` here",
        ("an operation", "requestBody") => "Swagger 2.0 has a parameter with `in: body` for it",
        ("an OpenAPI description", "definitions") => "OpenAPI 3 has `components/schemas`",
        ("an OpenAPI description", "securityDefinitions") => "OpenAPI 3 has `components/securitySchemes`",
        ("an OpenAPI description", "host" | "basePath" | "schemes") => "OpenAPI 3 has `servers`",
        ("a Swagger 2.0 description", "components") => "Swagger 2.0 has `definitions`, `parameters` and `responses`",
        ("a Swagger 2.0 description", "servers") => "Swagger 2.0 has `host`, `basePath` and `schemes`",
        _ => return None,
    })
}

/// Writes field names for a help.
fn list(fields: &[&str]) -> String {
    let shown: Vec<String> = fields.iter().take(12).map(|field| format!("`{field}`")).collect();
    match fields.len() > 12 {
        true => format!("{} …", shown.join(", ")),
        false => shown.join(", "),
    }
}
