//! Bodies of forms: urlencoded pairs and the parts of a multipart body.

use super::{Syntax, json, parameter, syntax};
use crate::model::Text;
use crate::model::api::{Encoding, MediaType, SchemaId, Style};
use crate::model::node::{Node, Value};
use crate::schema::{Effective, Schemas, words};

/// The boundary of multipart examples.
pub const BOUNDARY: &str = "example-boundary";

/// Returns a form as urlencoded pairs joined by `&`.
pub fn urlencoded(schemas: Schemas<'_>, media: &MediaType, value: &Node) -> String {
    pairs(schemas, media, value).join("&")
}

/// Returns a form as urlencoded pairs.
pub fn pairs(_schemas: Schemas<'_>, media: &MediaType, value: &Node) -> Vec<String> {
    let mut pairs = Vec::new();
    for entry in value.entries() {
        let encoding = encoding_of(media, &entry.key);
        let style = encoding.and_then(|encoding| encoding.style);
        let explode = encoding.and_then(|encoding| encoding.explode);
        let reserved = encoding.is_some_and(|encoding| encoding.allow_reserved);
        let as_json = entry.value.is_map() && style.is_none() && explode.is_none();
        if as_json {
            let text = crate::schema::example::string(words::value(&entry.value));
            pairs.extend(parameter::write_pair(&entry.key, Style::Form, true, reserved, &text).pieces);
            continue;
        }
        let style = style.unwrap_or(Style::Form);
        let explode = explode.unwrap_or(style == Style::Form);
        pairs.extend(parameter::write_pair(&entry.key, style, explode, reserved, &entry.value).pieces);
    }
    pairs
}

fn encoding_of<'m>(media: &'m MediaType, property: &str) -> Option<&'m Encoding> {
    media.encoding.iter().find(|encoding| &*encoding.property == property)
}

/// One part of a multipart body.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// Returns what a property is as a part (OpenAPI 3.2, "Encoding Object", default values of `contentType`).
pub fn part_kind(schemas: Schemas<'_>, property: &[SchemaId], encoding: Option<&Encoding>) -> PartKind {
    let whole = schemas.effective(property);
    let repeated = whole.is_array() && !whole.array.items.is_empty();
    let one = if repeated { schemas.effective(&whole.array.items) } else { whole };
    let binary = is_binary(&one);
    let stated = encoding.and_then(|encoding| encoding.content_type.as_ref());
    let content_type = match stated {
        Some(stated) => stated.to_string(),
        None if binary => {
            one.string.content_media_type.map_or("application/octet-stream".into(), |media| media.to_string())
        }
        None if one.is_object() || one.is_array() || !one.choices.is_empty() => "application/json".into(),
        None => "text/plain".into(),
    };
    let first = content_type.split(',').next().unwrap_or("").trim();
    let scalar = one.types.has("string") || one.types.is_empty();
    let file = binary || (stated.is_some() && scalar && syntax(first) == Syntax::Binary);
    PartKind { file, content_type, stated: stated.is_some(), repeated }
}

/// Returns true for a value that is bytes rather than text.
pub fn is_binary(effective: &Effective<'_>) -> bool {
    let format = effective.format.is_some_and(|format| &**format == "binary");
    let file = effective.other_types.iter().any(|word| &***word == "file");
    let media = effective.string.content_media_type;
    let raw = media.is_some_and(|media| effective.string.content_encoding.is_none() && syntax(media) == Syntax::Binary);
    format || file || raw
}

/// Returns the parts of a multipart body.
pub fn parts(schemas: Schemas<'_>, media: &MediaType, value: &Node) -> Vec<Part> {
    let root: Vec<SchemaId> = media.schema.or(media.item_schema).into_iter().collect();
    let effective = schemas.effective(&root);
    let mut parts = Vec::new();
    for entry in value.entries() {
        let property = effective.object.properties.iter().find(|property| *property.name == entry.key);
        let encoding = encoding_of(media, &entry.key);
        let kind = part_kind(schemas, property.map_or(&[], |property| &property.parts), encoding);
        let items = if kind.repeated { entry.value.items() } else { std::slice::from_ref(&entry.value) };
        parts.extend(items.iter().map(|item| part(&entry.key, &kind, encoding, item)));
    }
    for (at, item) in value.items().iter().enumerate() {
        let encoding = media.prefix_encoding.get(at).or(media.item_encoding.as_deref());
        let schema = effective.array.prefix.get(at).unwrap_or(&effective.array.items);
        let kind = part_kind(schemas, schema, encoding);
        parts.push(part("", &kind, encoding, item));
    }
    parts
}

fn part(name: &str, kind: &PartKind, encoding: Option<&Encoding>, value: &Node) -> Part {
    let content_type = kind.content_type.split(',').next().unwrap_or("").trim().to_string();
    let text = match (&value.value, syntax(&content_type)) {
        (Value::String(text), _) => text.to_string(),
        (_, Syntax::Json) if value.is_map() || value.is_list() => json(value),
        _ => words::plain(value),
    };
    let headers = encoding.map_or(&[][..], |encoding| &encoding.headers);
    let header = |header: &crate::model::api::Parameter| {
        let example = header.examples.first().and_then(|example| example.value.as_ref());
        (header.name.to_string(), example.map_or_else(|| "…".into(), words::plain))
    };
    let shown = kind.file || kind.stated || content_type != "text/plain";
    Part {
        name: name.to_string(),
        file: kind.file.then(|| format!("{}.{}", file_stem(name), extension(&content_type))),
        content_type: shown.then_some(content_type),
        headers: headers.iter().filter(|header| header.required).map(header).collect(),
        text: if kind.file { "(binary)".into() } else { text },
    }
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

/// Returns a multipart body as it travels, with line feeds for CRLF.
pub fn multipart_text(parts: &[Part]) -> String {
    let mut out = String::new();
    for part in parts {
        out.push_str(&format!("--{BOUNDARY}\n"));
        if !part.name.is_empty() {
            out.push_str(&format!("Content-Disposition: form-data; name=\"{}\"", quoted(&part.name)));
            if let Some(file) = &part.file {
                out.push_str(&format!("; filename=\"{}\"", quoted(file)));
            }
            out.push('\n');
        }
        if let Some(content_type) = &part.content_type {
            out.push_str(&format!("Content-Type: {content_type}\n"));
        }
        for (name, value) in &part.headers {
            out.push_str(&format!("{name}: {value}\n"));
        }
        out.push_str(&format!("\n{}\n", part.text));
    }
    out.push_str(&format!("--{BOUNDARY}--\n"));
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
