//! Tells whether a file is an OpenAPI description, of which version, and what else it may be.
//!
//! [`is_description`] looks at a text that nobody has parsed yet and reads no more of it than the keys of the first
//! level; [`version`] and [`what_else`] look at a parsed root.

use crate::diag::SourcePath;
use crate::model::Text;
use crate::model::api::SpecVersion;
use crate::model::node::{Node, Span};

/// Returns true when the text is a JSON or YAML mapping whose first level holds `openapi` or `swagger` with something
/// that begins like a version.
///
/// Only `.json`, `.yaml` and `.yml` files are looked at. A mention of the words elsewhere does not count.
pub fn is_description(text: &str, path: &SourcePath) -> bool {
    if !matches!(path.extension().as_str(), "json" | "yaml" | "yml") {
        return false;
    }
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') { flow_has_version(text.as_bytes()) } else { block_has_version(text) }
}

/// Looks through the first level of a JSON or flow mapping.
fn flow_has_version(text: &[u8]) -> bool {
    let mut depth = 0_usize;
    let mut at = 0;
    let mut word: Option<(usize, usize)> = None;
    while at < text.len() {
        match text[at] {
            quote @ (b'"' | b'\'') => {
                let end = string_end(text, at, quote);
                word = (depth == 1).then_some((at + 1, end));
                at = end;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth <= 1 => return false,
            b'}' | b']' => depth -= 1,
            b':' if depth == 1 => {
                let key = word.take().and_then(|(start, end)| text.get(start..end)).unwrap_or(b"");
                if is_version_key(key.trim_ascii()) {
                    return begins_version(&text[at + 1..]);
                }
            }
            b',' => word = None,
            byte if depth == 1 && !byte.is_ascii_whitespace() => {
                word = Some(word.map_or((at, at + 1), |(start, _)| (start, at + 1)));
            }
            _ => {}
        }
        at += 1;
    }
    false
}

/// Returns the index of the quote that ends the string which begins at `start`.
fn string_end(text: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    while at < text.len() && text[at] != quote {
        at += if text[at] == b'\\' && quote == b'"' { 2 } else { 1 };
    }
    at.min(text.len())
}

/// Looks through the lines of the first level of a YAML block mapping.
fn block_has_version(text: &str) -> bool {
    let mut level = None;
    for line in text.lines() {
        let body = line.trim_start_matches(' ');
        let skipped = body.is_empty() || body.starts_with(['#', '%']) || body.starts_with("---") || body == "...";
        if skipped {
            continue;
        }
        let indent = line.len() - body.len();
        if indent != *level.get_or_insert(indent) {
            continue;
        }
        let Some((key, value)) = body.split_once(':') else { continue };
        if is_version_key(key.trim().trim_matches(['"', '\'']).as_bytes()) && begins_version(value.as_bytes()) {
            return true;
        }
    }
    false
}

fn is_version_key(key: &[u8]) -> bool {
    matches!(key, b"openapi" | b"swagger")
}

fn begins_version(value: &[u8]) -> bool {
    let value = value.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
    value.first().is_some_and(u8::is_ascii_digit)
}

/// The version that a root names.
#[derive(Debug, Clone)]
pub struct Version {
    /// The rules to use.
    pub spec: SpecVersion,
    /// As written.
    pub written: Text,
    /// Where.
    pub span: Span,
    /// False when the version is a later or unheard-of one that these rules only come near to.
    pub known: bool,
}

/// Returns the version of a parsed root; `None` when it names none that can be read.
pub fn version(root: &Node) -> Option<Version> {
    let (node, first) = match root.get("openapi") {
        Some(node) => (node, 3),
        None => (root.get("swagger")?, 2),
    };
    let written = node.as_text()?;
    let mut numbers = written.split(['.', '-']).map(|part| part.trim().parse::<u32>().ok());
    let major = numbers.next().flatten()?;
    let minor = numbers.next().flatten();
    let (spec, known) = match (major, minor) {
        (2, minor) => (SpecVersion::V2_0, minor.is_none_or(|minor| minor == 0)),
        (3, Some(0) | None) => (SpecVersion::V3_0, minor.is_some()),
        (3, Some(1)) => (SpecVersion::V3_1, true),
        (3, Some(2)) => (SpecVersion::V3_2, true),
        (major, _) if major >= 3 => (SpecVersion::V3_2, false),
        _ => return None,
    };
    let right_key = (major == 2) == (first == 2);
    Some(Version { spec, written, span: node.span, known: known && right_key })
}

/// Returns what a file without a supported version is, in words: `a Swagger 1.2 description`, `an HTML page` …
pub fn what_else(root: &Node, text: &str) -> String {
    let named = |key: &str| root.get(key).and_then(Node::as_text);
    if let Some(version) = named("swagger").or_else(|| named("swaggerVersion")) {
        return format!("a Swagger {version} description");
    }
    if let Some(version) = named("openapi") {
        return format!("a description whose `openapi` is `{version}`");
    }
    for (key, name) in
        [("asyncapi", "AsyncAPI"), ("arazzo", "Arazzo"), ("overlay", "OpenAPI Overlay"), ("openrpc", "OpenRPC")]
    {
        if let Some(version) = named(key) {
            return format!("an {name} {version} document");
        }
    }
    let postman = root.get("info").and_then(|info| info.get("schema")).is_some() && root.get("item").is_some();
    let introspection =
        root.get("__schema").is_some() || root.get("data").is_some_and(|data| data.get("__schema").is_some());
    let schema = root.get("$schema").is_some() || (root.get("properties").is_some() && root.get("paths").is_none());
    let start = text.trim_start().get(..200).unwrap_or(text.trim_start()).to_ascii_lowercase();
    let found = if postman {
        "a Postman collection"
    } else if introspection {
        "the introspection of a GraphQL API"
    } else if schema {
        "a JSON Schema"
    } else if root.get("kind").is_some() && root.get("apiVersion").is_some() {
        "a Kubernetes manifest"
    } else if start.starts_with("<!doctype html") || start.starts_with("<html") {
        "an HTML page"
    } else if start.starts_with('<') {
        "an XML document"
    } else if start.starts_with("#%raml") {
        "a RAML description"
    } else if start.is_empty() {
        "an empty file"
    } else if root.is_map() {
        "an object without `openapi` or `swagger`"
    } else {
        return format!("{}, not an object", root.kind_word());
    };
    found.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sniffed(path: &str, text: &str) -> bool {
        is_description(text, &SourcePath::new(path))
    }

    #[test]
    fn l01_descriptions_are_recognised_without_parsing() {
        for (path, text) in [
            ("a.yaml", "# hi\n---\nopenapi: 3.1.0\ninfo: {}"),
            ("a.yml", "info:\n  title: t\n\"swagger\" : '2.0'"),
            ("a.json", "\u{feff}{\"info\":{\"openapi\":1},\r\n \"openapi\" : \"3.0.0\"}"),
            ("a.json", "{\"a\":[{\"b\":\"}\\\"\"}],\"swagger\":2.0}"),
            ("a.yaml", "{openapi: 3.0.0, paths: {}}"),
            ("a.yaml", "  openapi: 3.0.0\n  paths: {}"),
        ] {
            assert!(sniffed(path, text), "{text}");
        }
    }

    #[test]
    fn files_that_only_mention_the_word_are_no_descriptions() {
        for (path, text) in [
            ("a.json", "{\"info\":{\"openapi\":\"3.0.0\"}}"),
            ("a.json", "[{\"openapi\":\"3.0.0\"}]"),
            ("a.json", "{\"a\":\"openapi: 3.0\"}"),
            ("package.json", "{\"dependencies\":{\"swagger\":\"2.0\"},\"name\":\"openapi\"}"),
            ("a.yaml", "config:\n  openapi: 3.0.0"),
            ("a.yaml", "text: |\n  openapi: 3.0.0"),
            ("a.yaml", "openapi: ./specs/api.yaml"),
            ("a.md", "openapi: 3.0.0"),
            ("a.yaml", "asyncapi: 3.0.0"),
            ("a.json", "{\"swaggerVersion\":\"1.2\"}"),
        ] {
            assert!(!sniffed(path, text), "{text}");
        }
    }
}
