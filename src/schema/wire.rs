//! Values as they travel: the text of a body in its media type, and parameters by their style.
//!
//! Takes a value and the schema that describes it; gives text. It knows nothing of how the text is shown.

pub mod form;
mod groups;
pub mod parameter;
pub mod server;
pub mod server_url;
pub mod written;
pub mod xml;

pub use groups::{groups, has_encoding};

use super::Schemas;
use super::words;
use crate::model::api::{MediaType, SchemaId};
use crate::model::node::{Node, Value};

/// How the text of a body is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// JSON.
    Json,
    /// One JSON text a line.
    JsonLines,
    /// JSON texts, each after a record separator (RFC 7464).
    JsonSequence,
    /// Server-sent events.
    EventStream,
    /// XML.
    Xml,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/*`.
    Multipart,
    /// Plain text.
    Text,
    /// Bytes.
    Binary,
}

impl Syntax {
    /// Returns the word that marks a code block of this syntax.
    pub fn language(self) -> &'static str {
        match self {
            Syntax::Json | Syntax::JsonLines | Syntax::JsonSequence => "json",
            Syntax::Xml => "xml",
            Syntax::EventStream | Syntax::Form | Syntax::Multipart | Syntax::Text | Syntax::Binary => "text",
        }
    }

    /// Returns true for the syntaxes that carry one item after the other.
    pub fn is_stream(self) -> bool {
        matches!(self, Syntax::JsonLines | Syntax::JsonSequence | Syntax::EventStream)
    }
}

/// Returns the media type without its parameters, in lower case.
pub fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

/// Returns a media type that a request can name: ranges become a usual member.
pub fn concrete(media: &str) -> String {
    match essence(media).as_str() {
        "" | "*/*" | "application/*" | "*" => "application/json".into(),
        "text/*" => "text/plain".into(),
        "image/*" => "image/png".into(),
        "audio/*" => "audio/mpeg".into(),
        "video/*" => "video/mp4".into(),
        _ => media.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// Returns the syntax of a media type or range. What says nothing (`*/*`, an empty name) is taken for JSON.
pub fn syntax(media: &str) -> Syntax {
    let essence = essence(media);
    let (family, kind) = essence.split_once('/').unwrap_or(("", &essence));
    match (family, kind) {
        (_, "json-seq") => Syntax::JsonSequence,
        (_, "x-ndjson" | "ndjson" | "jsonl" | "x-jsonlines" | "x-jsonl" | "stream+json") => Syntax::JsonLines,
        ("text", "event-stream") => Syntax::EventStream,
        (_, "json" | "*") if family != "text" && family != "image" => Syntax::Json,
        (_, kind) if kind == "json" || kind.ends_with("+json") => Syntax::Json,
        (_, kind) if kind == "xml" || kind.ends_with("+xml") => Syntax::Xml,
        (_, "x-www-form-urlencoded") => Syntax::Form,
        ("multipart", _) => Syntax::Multipart,
        ("text", _) => Syntax::Text,
        ("image" | "audio" | "video" | "font" | "model", _) => Syntax::Binary,
        ("application", kind) if is_binary(kind) => Syntax::Binary,
        ("application", kind) if kind.contains("yaml") || kind.contains("javascript") => Syntax::Text,
        _ => Syntax::Json,
    }
}

fn is_binary(kind: &str) -> bool {
    let exact = ["octet-stream", "pdf", "zip", "gzip", "x-gzip", "x-tar", "x-7z-compressed", "wasm", "protobuf"];
    exact.contains(&kind)
        || ["x-protobuf", "grpc", "vnd.ms-", "vnd.openxmlformats", "msword", "x-binary"]
            .iter()
            .any(|start| kind.starts_with(start))
        || ["+zip", "+gzip", "+protobuf", "+cbor"].iter().any(|end| kind.ends_with(end))
}

/// Returns the text of a body.
pub fn body(schemas: Schemas<'_>, media: &MediaType, value: &Node) -> String {
    let parts: Vec<SchemaId> = media.schema.into_iter().collect();
    match (syntax(&media.name), &value.value) {
        (Syntax::Json, _) => json(value),
        (Syntax::JsonLines | Syntax::JsonSequence, _) => {
            stream_items(media, value).map(|item| words::value(item) + "\n").collect()
        }
        (Syntax::EventStream, _) => stream_items(media, value).map(event).collect(),
        (_, Value::String(text)) => text.to_string(),
        (Syntax::Xml, _) => xml::document(schemas, &parts, value),
        (Syntax::Form, _) => form::urlencoded(media, value),
        (Syntax::Multipart, _) => form::multipart_text(&form::parts(schemas, media, value)),
        (Syntax::Text | Syntax::Binary, _) => json(value),
    }
}

/// The items of a stream: of a list each, else the value itself.
fn stream_items<'v>(media: &MediaType, value: &'v Node) -> impl Iterator<Item = &'v Node> + use<'v> {
    let whole = media.item_schema.is_none() && !value.is_list();
    let items = if whole || !value.is_list() { std::slice::from_ref(value) } else { value.items() };
    items.iter()
}

/// One server-sent event; an item that names its fields gives them, anything else is `data`.
fn event(item: &Node) -> String {
    const FIELDS: [&str; 4] = ["event", "id", "retry", "data"];
    let named = !item.entries().is_empty() && item.entries().iter().all(|entry| FIELDS.contains(&&*entry.key));
    let mut out = String::new();
    if named {
        for field in FIELDS {
            let Some(value) = item.get(field) else { continue };
            push_field(&mut out, field, &words::plain(value));
        }
    } else {
        push_field(&mut out, "data", &words::plain(item));
    }
    out.push('\n');
    out
}

fn push_field(out: &mut String, field: &str, value: &str) {
    for line in value.lines() {
        out.push_str(field);
        out.push_str(": ");
        out.push_str(line);
        out.push('\n');
    }
}

/// Returns JSON on one line without spaces, numbers as written: what travels in a URL.
pub fn compact(value: &Node) -> String {
    let mut out = String::new();
    push_compact(&mut out, value);
    out
}

fn push_compact(out: &mut String, value: &Node) {
    match &value.value {
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                push_compact(out, item);
            }
            out.push(']');
        }
        Value::Map(entries) => {
            out.push('{');
            for (at, entry) in entries.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                words::push_string(out, &entry.key);
                out.push(':');
                push_compact(out, &entry.value);
            }
            out.push('}');
        }
        _ => out.push_str(&words::value(value)),
    }
}

/// Returns JSON over several lines, indented by two spaces, numbers as written.
pub fn json(value: &Node) -> String {
    let mut out = String::new();
    push_json(&mut out, value, 0);
    out
}

fn push_json(out: &mut String, value: &Node, depth: usize) {
    let break_line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    match &value.value {
        Value::List(items) if !items.is_empty() => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                break_line(out, depth + 1);
                push_json(out, item, depth + 1);
            }
            break_line(out, depth);
            out.push(']');
        }
        Value::Map(entries) if !entries.is_empty() => {
            out.push('{');
            for (at, entry) in entries.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                break_line(out, depth + 1);
                words::push_string(out, &entry.key);
                out.push_str(": ");
                push_json(out, &entry.value, depth + 1);
            }
            break_line(out, depth);
            out.push('}');
        }
        _ => out.push_str(&words::value(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_have_a_syntax() {
        for (media, wanted) in [
            ("application/json; charset=utf-8", Syntax::Json),
            ("application/vnd.x+json", Syntax::Json),
            ("*/*", Syntax::Json),
            ("", Syntax::Json),
            ("Application/XML", Syntax::Xml),
            ("text/event-stream", Syntax::EventStream),
            ("application/x-ndjson", Syntax::JsonLines),
            ("text/csv", Syntax::Text),
            ("text/*", Syntax::Text),
            ("image/*", Syntax::Binary),
            ("application/pdf", Syntax::Binary),
            ("multipart/form-data", Syntax::Multipart),
            ("application/x-www-form-urlencoded", Syntax::Form),
        ] {
            assert_eq!(syntax(media), wanted, "{media}");
        }
    }
}
