//! Media types: schemas, encodings and examples of bodies and parameters.

use std::sync::Arc;

use super::lift::{Kind, Lifter};
use super::resolve::Broken;
use super::strict::Part;
use crate::diag::codes::description as codes;
use crate::model::Text;
use crate::model::api::{Encoding, Example, ExampleFile, MediaType, Parameter, SchemaId};
use crate::model::node::{Entry, Node, Value};

const FIELDS: &[&str] = &["schema", "itemSchema", "example", "examples", "encoding", "prefixEncoding", "itemEncoding"];
const ENCODING_FIELDS: &[&str] =
    &["contentType", "headers", "style", "explode", "allowReserved", "encoding", "prefixEncoding", "itemEncoding"];

/// Longer files of examples are linked, not shown.
const SHOWN_FILE: usize = 20_000;

/// Encodings within encodings end here; the specification's own examples have two levels.
const ENCODING_DEPTH: usize = 8;

impl Lifter<'_> {
    /// Returns the media types of `content`.
    pub fn content(&mut self, node: &Node) -> Vec<MediaType> {
        let entries = self.map(node, "content");
        let mut content = Vec::with_capacity(entries.len());
        for entry in entries.iter().filter(|entry| !entry.key.starts_with("x-")) {
            if !self.spend(1, entry.key_span) {
                break;
            }
            content.push(self.media_type(entry));
        }
        content
    }

    fn media_type(&mut self, entry: &Entry) -> MediaType {
        let mut media = empty_media_type(Arc::clone(&entry.key), entry);
        match self.follow(&entry.value, Kind::MediaType) {
            Err(problem) => media.problem = Some(problem),
            Ok(followed) if followed.node.is_map() => self.read_media_type(&mut media, &followed.node),
            // YAML writes nothing where an empty object is meant.
            Ok(followed) if followed.node.is_null() => {}
            Ok(followed) => {
                let message = format!("a media type is {}, an object is expected", followed.node.kind_word());
                media.problem = Some(self.problem(codes::WRONG_TYPE, followed.node.span, message, None));
            }
        }
        media
    }

    fn read_media_type(&mut self, media: &mut MediaType, node: &Node) {
        self.known(node, "a media type", FIELDS);
        media.schema = self.optional_schema(node, "schema");
        media.item_schema = self.optional_schema(node, "itemSchema");
        media.examples = self.examples(node);
        media.encoding = self.encodings(node, 0);
        media.prefix_encoding = self.prefix_encodings(node, 0);
        media.item_encoding = self.item_encoding(node, 0);
        media.extensions = self.extensions(node);
    }

    /// Returns the schema of a field; `None` when it is absent or internal.
    pub fn optional_schema(&mut self, node: &Node, key: &str) -> Option<SchemaId> {
        let entry = self.present(node, key)?;
        if self.is_internal(&entry.value) {
            let message = format!("`{key}` leads to a schema that is marked `x-internal`; it is left out");
            let help = codes::INTERNAL_REFERENCE.mend.to_string();
            self.report(codes::INTERNAL_REFERENCE, entry.key_span, message).help = Some(help);
            return None;
        }
        Some(self.schema_of(entry))
    }

    fn encodings(&mut self, node: &Node, depth: usize) -> Vec<Encoding> {
        let mut encodings = Vec::new();
        for entry in self.map(node, "encoding").iter() {
            let Some(object) = self.object(entry) else { continue };
            encodings.push(self.encoding(Arc::clone(&entry.key), &object, depth));
        }
        encodings
    }

    fn prefix_encodings(&mut self, node: &Node, depth: usize) -> Vec<Encoding> {
        let items = self.list(node, "prefixEncoding");
        items.iter().map(|item| self.encoding("".into(), item, depth)).collect()
    }

    fn item_encoding(&mut self, node: &Node, depth: usize) -> Option<Box<Encoding>> {
        let entry = self.present(node, "itemEncoding")?;
        let object = self.object(entry)?;
        Some(Box::new(self.encoding("".into(), &object, depth)))
    }

    fn encoding(&mut self, property: Text, node: &Node, depth: usize) -> Encoding {
        self.known(node, "an encoding object", ENCODING_FIELDS);
        let (deeper, reported) = (depth < ENCODING_DEPTH, self.diagnostics.len());
        let encoding = Encoding {
            property,
            content_type: self.text(node, "contentType"),
            headers: self.headers(node),
            style: self.style(node),
            explode: self.flag(node, "explode"),
            allow_reserved: self.flag(node, "allowReserved").unwrap_or(false),
            encoding: if deeper { self.encodings(node, depth + 1) } else { Vec::new() },
            prefix_encoding: if deeper { self.prefix_encodings(node, depth + 1) } else { Vec::new() },
            item_encoding: if deeper { self.item_encoding(node, depth + 1) } else { None },
            extensions: self.extensions(node),
        };
        self.ask_strict_reader(node, Part::Encoding, reported);
        encoding
    }

    /// Returns the headers of a response or a part.
    pub fn headers(&mut self, node: &Node) -> Vec<Parameter> {
        let entries = self.map(node, "headers");
        let mut headers = Vec::with_capacity(entries.len());
        for entry in entries.iter() {
            if !self.is_internal(&entry.value) && self.spend(1, entry.key_span) {
                headers.push(self.header(entry));
            }
        }
        headers
    }

    /// Returns the examples of a media type, parameter or header: `examples`, else `example`.
    pub fn examples(&mut self, node: &Node) -> Vec<Example> {
        let single = node.entry("example");
        let is_empty = |entry: &&Entry| entry.value.is_map() && entry.value.entries().is_empty() && single.is_some();
        let Some(entry) = self.present(node, "examples").filter(|entry| !is_empty(entry)).cloned() else {
            return single.map(|entry| self.single_example(&entry.value)).into_iter().collect();
        };
        if let Some(single) = single {
            let place = self.place(entry.key_span);
            let message = "`example` stands beside `examples` and is not shown";
            let diagnostic = self.report(codes::EXAMPLE_AND_EXAMPLES, single.key_span, message);
            *diagnostic = diagnostic.clone().related(place, "these are shown").help("move it into `examples`");
        }
        let value = self.through(&entry.value);
        match &value.value {
            Value::List(items) => {
                // JSON Schema's form of the keyword, one level too high.
                self.wrong_type(&entry, "an object");
                items.iter().map(|item| self.single_example(item)).collect()
            }
            Value::Map(entries) => {
                let within = self.spend(entries.len(), entry.key_span);
                entries.iter().filter(|_| within).map(|entry| self.example(entry)).collect()
            }
            _ => {
                self.wrong_type(&entry, "an object");
                Vec::new()
            }
        }
    }

    /// Returns an example without a name.
    pub fn single_example(&mut self, value: &Node) -> Example {
        let reached = self.through(value);
        // A reference to a component leads to an Example Object around the value.
        let is_object = reached.span != value.span && reached.get("value").is_some();
        let inner = if is_object { reached.get("value").cloned() } else { None };
        Example { value: Some(inner.unwrap_or(reached)), ..empty_example(value) }
    }

    fn example(&mut self, entry: &Entry) -> Example {
        let mut example = Example { name: Some(Arc::clone(&entry.key)), ..empty_example(&entry.value) };
        let followed = match self.follow(&entry.value, Kind::Example) {
            Ok(followed) => followed,
            Err(problem) => return Example { problem: Some(problem), ..example },
        };
        let node = followed.node;
        let fields = ["summary", "description", "value", "externalValue", "dataValue", "serializedValue"];
        let has_value = fields[2..].iter().any(|field| node.entry(field).is_some());
        if !has_value && (!node.is_map() || node.entries().iter().any(|entry| !fields.contains(&&*entry.key))) {
            let message = format!("the example `{}` has no `value`; it is shown as a value itself", entry.key);
            let help = "write the value below `value`".to_string();
            self.report(codes::MISSING_FIELD, entry.key_span, message).help = Some(help);
            example.value = Some(node);
            return example;
        }
        let reported = self.diagnostics.len();
        self.known(&node, "an example object", &fields);
        example.summary = followed.summary.or_else(|| self.text(&node, "summary"));
        example.description = followed.description.or_else(|| self.prose(&node, "description"));
        let value = node.get("value").or_else(|| node.get("dataValue"));
        example.value = value.map(|value| self.through(value));
        example.is_data = node.get("value").is_none() && example.value.is_some();
        example.serialized = self.text(&node, "serializedValue");
        example.external = self.text(&node, "externalValue");
        example.extensions = self.extensions(&node);
        example.file = self.example_file(&node);
        self.ask_strict_reader(&node, Part::Example, reported);
        example
    }

    /// Returns the file that an `externalValue` names, when it lies in the input folder. Reports `example-file` for a
    /// relative address without a file; one that begins at the host may mean the API's server.
    fn example_file(&mut self, node: &Node) -> Option<ExampleFile> {
        let entry = self.present(node, "externalValue")?;
        let written = entry.value.as_str()?;
        match self.resolver.text(written, entry.value.span) {
            Ok(source) => {
                let is_text = source.text.len() <= SHOWN_FILE && !source.text.contains(['\u{fffd}', '\0']);
                let name = super::published_name(&self.resolver.files[0].source.path, &source.path);
                Some(ExampleFile { name, text: is_text.then(|| source.text.as_str().into()) })
            }
            Err(Broken::Remote) => None,
            Err(_) if written.starts_with('/') => None,
            Err(_) => {
                let message = format!("the input folder has no file `{written}`, so the example is only named");
                let help = codes::EXAMPLE_FILE.mend.to_string();
                self.report(codes::EXAMPLE_FILE, entry.value.span, message).help = Some(help);
                None
            }
        }
    }
}

/// Returns a media type without anything in it.
pub fn empty_media_type(name: Text, entry: &Entry) -> MediaType {
    MediaType {
        name,
        schema: None,
        item_schema: None,
        examples: Vec::new(),
        encoding: Vec::new(),
        prefix_encoding: Vec::new(),
        item_encoding: None,
        extensions: Vec::new(),
        problem: None,
        span: entry.value.span,
    }
}

fn empty_example(value: &Node) -> Example {
    Example {
        name: None,
        summary: None,
        description: None,
        value: None,
        is_data: false,
        serialized: None,
        external: None,
        extensions: Vec::new(),
        file: None,
        problem: None,
        span: value.span,
    }
}
