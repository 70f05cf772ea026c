//! Bodies of forms: urlencoded pairs and the parts of a multipart body.

use super::{Syntax, compact, json, parameter, syntax, xml};
use crate::model::Text;
use crate::model::api::{Encoding, MediaType, Parameter, SchemaId, Style};
use crate::model::node::{Node, Value};
use crate::model::settings::Limits;
use crate::schema::{Direction, Effective, Schemas, example, words};

/// The boundary of multipart examples.
pub const BOUNDARY: &str = "example-boundary";

/// Returns a form as urlencoded pairs joined by `&`.
pub fn urlencoded(media: &MediaType, value: &Node) -> String {
    pairs(media, value).join("&")
}

/// Returns a form as urlencoded pairs.
///
/// `style`, `explode` and `allowReserved` beat `contentType` (OpenAPI 3.2, "Encoding Object"); an object without any of
/// them is JSON.
pub fn pairs(media: &MediaType, value: &Node) -> Vec<String> {
    let mut pairs = Vec::new();
    for entry in value.entries() {
        let encoding = media.encoding.iter().find(|encoding| encoding.property == entry.key);
        let style = encoding.and_then(|encoding| encoding.style);
        let explode = encoding.and_then(|encoding| encoding.explode);
        let reserved = encoding.is_some_and(|encoding| encoding.allow_reserved);
        let by_style = style.is_some() || explode.is_some() || reserved;
        let stated = encoding.and_then(|encoding| encoding.content_type.as_deref());
        let is_json = stated.map_or(entry.value.is_map(), |stated| syntax(first_of(stated)) == Syntax::Json);
        let structured = entry.value.is_map() || entry.value.is_list();
        if !by_style && is_json && structured {
            let text = example::string(compact(&entry.value));
            pairs.extend(parameter::write_pair(&entry.key, Style::Form, true, false, &text).pieces);
            continue;
        }
        let style = style.unwrap_or(Style::Form);
        let explode = explode.unwrap_or(style == Style::Form);
        pairs.extend(parameter::write_pair(&entry.key, style, explode, reserved, &entry.value).pieces);
    }
    pairs
}

/// One part of a multipart body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// The field's name; empty in an ordered body.
    pub name: String,
    /// The name of a file; `None` for a plain field.
    pub file: Option<String>,
    /// Its content type; `None` where plain text is meant.
    pub content_type: Option<String>,
    /// Its other headers.
    pub headers: Vec<(String, String)>,
    /// The text of a field; for a file what stands for its bytes.
    pub text: String,
    /// The parts of a part that is a multipart body itself; its `content_type` names their boundary.
    pub parts: Vec<Part>,
}

/// What a property of a multipart body is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartKind {
    /// It is a file.
    pub file: bool,
    /// Its content type as the description says or as the standard defaults it.
    pub content_type: String,
    /// The description says the content type itself.
    pub stated: bool,
    /// Each item of a list is a part of its own.
    pub repeated: bool,
}

/// Returns what a property is as a part (OpenAPI 3.2, "Encoding Object", default values of `contentType`): JSON for
/// objects and lists, bytes for a string with `contentEncoding` and for a schema without a type, else plain text.
pub fn part_kind(schemas: Schemas<'_>, property: &[SchemaId], encoding: Option<&Encoding>) -> PartKind {
    let whole = schemas.effective(property);
    let stated = encoding.and_then(|encoding| encoding.content_type.as_ref());
    let repeated = whole.is_array() && !whole.array.items.is_empty();
    let one = if repeated { schemas.effective(&whole.array.items) } else { whole };
    let binary = is_binary(&one);
    let untyped = is_untyped(&one);
    let content_type = match stated {
        Some(stated) => stated.to_string(),
        None if one.string.content_encoding.is_some() || binary || untyped => {
            one.string.content_media_type.map_or("application/octet-stream".into(), |media| media.to_string())
        }
        None if one.is_object() || one.is_array() || !one.choices.is_empty() => "application/json".into(),
        None => "text/plain".into(),
    };
    let scalar = one.types.has("string") || one.types.is_empty();
    let bytes = syntax(first_of(&content_type)) == Syntax::Binary && one.string.content_encoding.is_none();
    let file = binary || (scalar && bytes);
    PartKind { file, content_type, stated: stated.is_some(), repeated }
}

fn first_of(content_types: &str) -> &str {
    content_types.split(',').next().unwrap_or("").trim()
}

/// Returns true for a value that is bytes rather than text.
pub fn is_binary(effective: &Effective<'_>) -> bool {
    let format = effective.format.is_some_and(|format| &**format == "binary");
    let file = effective.other_types.iter().any(|word| &***word == "file");
    let media = effective.string.content_media_type;
    let raw = media.is_some_and(|media| effective.string.content_encoding.is_none() && syntax(media) == Syntax::Binary);
    format || file || raw
}

/// Nothing says what a value is: no type, and no keyword that would give one away.
fn is_untyped(effective: &Effective<'_>) -> bool {
    let telling = effective.is_object()
        || effective.is_array()
        || !effective.choices.is_empty()
        || effective.values.is_some()
        || effective.constant.is_some()
        || effective.format.is_some()
        || effective.default.is_some()
        || !effective.string.patterns.is_empty()
        || effective.string.max.is_some();
    effective.types.is_empty() && effective.other_types.is_empty() && !telling
}

/// What a field is that only an example knows of.
fn kind_of_value(value: &Node) -> PartKind {
    let content_type = if value.is_map() || value.is_list() { "application/json" } else { "text/plain" };
    PartKind { file: false, content_type: content_type.into(), stated: false, repeated: false }
}

/// The Encoding Objects of one multipart body.
#[derive(Clone, Copy)]
struct Encodings<'m> {
    named: &'m [Encoding],
    prefix: &'m [Encoding],
    item: Option<&'m Encoding>,
}

/// Returns the parts of a multipart body: one for each field, or for each item of an ordered body.
pub fn parts(schemas: Schemas<'_>, media: &MediaType, value: &Node) -> Vec<Part> {
    let root: Vec<SchemaId> = media.schema.into_iter().collect();
    let encodings =
        Encodings { named: &media.encoding, prefix: &media.prefix_encoding, item: media.item_encoding.as_deref() };
    Maker { schemas, depth: 0 }.parts(&root, media.item_schema, encodings, value)
}

/// Makes the parts of a body, or of a part at some depth.
struct Maker<'a> {
    schemas: Schemas<'a>,
    depth: usize,
}

/// Multipart bodies inside one another are written this deep.
const DEPTH: usize = 4;

impl Maker<'_> {
    fn parts(&self, root: &[SchemaId], item: Option<SchemaId>, encodings: Encodings<'_>, value: &Node) -> Vec<Part> {
        let effective = self.schemas.effective(root);
        let mut parts = Vec::new();
        for entry in value.entries() {
            let property = effective.object.properties.iter().find(|property| *property.name == entry.key);
            let schema = property.map_or(&[][..], |property| &property.parts);
            let encoding = encodings.named.iter().find(|encoding| encoding.property == entry.key);
            let undeclared = schema.is_empty() && encoding.is_none_or(|encoding| encoding.content_type.is_none());
            let kind = match undeclared {
                true => kind_of_value(&entry.value),
                false => part_kind(self.schemas, schema, encoding),
            };
            let whole = self.schemas.effective(schema);
            let (items, schema) = match kind.repeated && entry.value.is_list() {
                true => (entry.value.items(), &whole.array.items[..]),
                false => (std::slice::from_ref(&entry.value), schema),
            };
            parts.extend(items.iter().map(|item| self.part(&entry.key, schema, &kind, encoding, item)));
        }
        for (at, value) in value.items().iter().enumerate() {
            let encoding = encodings.prefix.get(at).or(encodings.item);
            let schema = match effective.array.prefix.get(at).unwrap_or(&effective.array.items) {
                none if none.is_empty() => item.as_slice(),
                schema => schema,
            };
            let kind = part_kind(self.schemas, schema, encoding);
            parts.push(self.part("", schema, &kind, encoding, value));
        }
        parts
    }

    fn part(
        &self,
        name: &str,
        schema: &[SchemaId],
        kind: &PartKind,
        encoding: Option<&Encoding>,
        value: &Node,
    ) -> Part {
        let content_type = match (kind.file, first_of(&kind.content_type)) {
            (true, "*/*" | "application/*") => "application/octet-stream".into(),
            (_, first) => super::concrete(first),
        };
        let headers = encoding.map_or_else(Vec::new, |encoding| self.headers(&encoding.headers));
        if syntax(&content_type) == Syntax::Multipart && self.depth < DEPTH && (value.is_map() || value.is_list()) {
            return self.nested(name, schema, &content_type, headers, encoding, value);
        }
        let text = match (&value.value, syntax(&content_type)) {
            (Value::String(text), _) => text.to_string(),
            (_, Syntax::Json) if value.is_map() || value.is_list() => json(value),
            (_, Syntax::Xml) => xml::document(self.schemas, schema, value),
            _ => words::plain(value),
        };
        let shown = kind.file || kind.stated || content_type != "text/plain";
        Part {
            name: name.to_string(),
            file: kind.file.then(|| format!("{}.{}", file_stem(name), extension(&content_type))),
            content_type: shown.then_some(content_type),
            headers,
            text: if kind.file { "(binary)".into() } else { text },
            parts: Vec::new(),
        }
    }

    /// A part that is a multipart body itself (3.2: nested `encoding`, `prefixEncoding`, `itemEncoding`).
    fn nested(
        &self,
        name: &str,
        schema: &[SchemaId],
        content_type: &str,
        headers: Vec<(String, String)>,
        encoding: Option<&Encoding>,
        value: &Node,
    ) -> Part {
        let inner = encoding.map_or(Encodings { named: &[], prefix: &[], item: None }, |encoding| Encodings {
            named: &encoding.encoding,
            prefix: &encoding.prefix_encoding,
            item: encoding.item_encoding.as_deref(),
        });
        let maker = Maker { schemas: self.schemas, depth: self.depth + 1 };
        let parts = maker.parts(schema, None, inner, value);
        let boundary = boundary(maker.depth);
        let is_form = super::essence(content_type) == "multipart/form-data";
        Part {
            name: name.to_string(),
            content_type: Some(format!("{content_type}; boundary={boundary}")),
            headers,
            text: multipart(&parts, is_form, &boundary, "\r\n"),
            parts,
            file: None,
        }
    }

    /// The headers that a part must have, by their examples.
    fn headers(&self, headers: &[Parameter]) -> Vec<(String, String)> {
        let needed =
            headers.iter().filter(|header| header.required && !header.name.eq_ignore_ascii_case("content-type"));
        let written = needed.map(|header| {
            let shown = example::of_parameter(self.schemas, header, Direction::Request, &Limits::default());
            let value = shown.into_iter().find_map(|shown| shown.value);
            let text = value.map_or_else(|| "…".into(), |value| parameter::write(header, &value).pieces.concat());
            (header.name.to_string(), text)
        });
        written.collect()
    }
}

fn boundary(depth: usize) -> String {
    if depth == 0 { BOUNDARY.to_string() } else { format!("{BOUNDARY}-{}", depth + 1) }
}

fn file_stem(name: &str) -> String {
    let stem: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_').collect();
    if stem.is_empty() { "file".into() } else { stem }
}

/// Returns the usual file extension of a content type.
pub fn extension(content_type: &str) -> &'static str {
    match super::essence(content_type).as_str() {
        "image/png" => "png",
        "image/jpeg" | "image/jpg" => "jpg",
        "image/gif" => "gif",
        "image/svg+xml" => "svg",
        "application/pdf" => "pdf",
        "application/zip" => "zip",
        "application/json" => "json",
        "text/csv" => "csv",
        "text/plain" => "txt",
        "application/xml" | "text/xml" => "xml",
        "audio/mpeg" => "mp3",
        "audio/wav" => "wav",
        "video/mp4" => "mp4",
        _ => "bin",
    }
}

/// A piece of a body that is put together from texts and files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chunk {
    /// Text.
    Text(String),
    /// The bytes of a file.
    File(String),
}

/// Returns the pieces of a multipart body, lines ended by CRLF.
pub fn chunks(parts: &[Part], is_form: bool) -> Vec<Chunk> {
    let mut chunks = vec![Chunk::Text(String::new())];
    push_chunks(&mut chunks, parts, is_form, BOUNDARY, 0);
    chunks
}

fn push_chunks(chunks: &mut Vec<Chunk>, parts: &[Part], is_form: bool, boundary: &str, depth: usize) {
    for part in parts {
        push_text(chunks, &part_head(part, is_form, boundary, "\r\n"));
        match &part.file {
            Some(file) => chunks.push(Chunk::File(file.clone())),
            None if part.parts.is_empty() => push_text(chunks, &part.text),
            None => push_chunks(chunks, &part.parts, part.is_form(), &self::boundary(depth + 1), depth + 1),
        }
        push_text(chunks, "\r\n");
    }
    push_text(chunks, &format!("--{boundary}--\r\n"));
}

fn push_text(chunks: &mut Vec<Chunk>, text: &str) {
    match chunks.last_mut() {
        Some(Chunk::Text(last)) => last.push_str(text),
        _ => chunks.push(Chunk::Text(text.to_string())),
    }
}

impl Part {
    /// Returns true when its own parts are fields of a form.
    fn is_form(&self) -> bool {
        self.content_type.as_deref().is_some_and(|kind| super::essence(kind) == "multipart/form-data")
    }

    /// Returns true for a field that is nothing but a name and a text.
    pub fn is_plain(&self) -> bool {
        self.file.is_none() && self.content_type.is_none() && self.headers.is_empty()
    }

    /// Returns the `Content-Disposition` of a field of a form.
    pub fn disposition(&self) -> String {
        let name = quoted(&self.name);
        match &self.file {
            Some(file) => format!("form-data; name=\"{name}\"; filename=\"{}\"", quoted(file)),
            None => format!("form-data; name=\"{name}\""),
        }
    }
}

/// Returns a multipart body as it travels, with line feeds for CRLF.
pub fn multipart_text(parts: &[Part]) -> String {
    let is_form = parts.iter().any(|part| !part.name.is_empty());
    multipart(parts, is_form, BOUNDARY, "\n")
}

fn multipart(parts: &[Part], is_form: bool, boundary: &str, end: &str) -> String {
    let mut out = String::new();
    for part in parts {
        out.push_str(&part_head(part, is_form, boundary, end));
        let text = if end == "\n" { part.text.replace("\r\n", "\n") } else { part.text.clone() };
        out.push_str(&text);
        out.push_str(end);
    }
    out.push_str(&format!("--{boundary}--{end}"));
    out
}

/// What stands before the content of a part.
fn part_head(part: &Part, is_form: bool, boundary: &str, end: &str) -> String {
    let mut out = format!("--{boundary}{end}");
    if is_form || !part.name.is_empty() {
        out.push_str(&format!("Content-Disposition: {}{end}", part.disposition()));
    }
    if let Some(content_type) = &part.content_type {
        out.push_str(&format!("Content-Type: {content_type}{end}"));
    }
    for (name, value) in &part.headers {
        out.push_str(&format!("{name}: {}{end}", value.replace(['\r', '\n'], " ")));
    }
    out.push_str(end);
    out
}

/// As the HTML standard asks of field names in multipart bodies.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// Returns the name of a media type's property list: the encodings that no property has.
pub fn stray_encodings<'m>(media: &'m MediaType, properties: &[&str]) -> Vec<&'m Text> {
    let names = media.encoding.iter().map(|encoding| &encoding.property);
    names.filter(|name| !properties.contains(&&***name)).collect()
}
