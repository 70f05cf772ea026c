//! Which part of a description stands where: the objects of OpenAPI 2.0 to 3.2 as one table.
//!
//! For whoever walks a description as a tree and must tell a reference from data that looks like one. It knows names
//! of fields only; what a part means is the lifter's business.

use crate::model::node::Node;

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The whole description.
    Root,
    /// `components`.
    Components,
    /// A path item.
    PathItem,
    /// An operation.
    Operation,
    /// A parameter.
    Parameter,
    /// A request body.
    RequestBody,
    /// A media type.
    MediaType,
    /// The encoding of a part.
    Encoding,
    /// A response.
    Response,
    /// A header.
    Header,
    /// An example with its summary.
    Example,
    /// A link.
    Link,
    /// A callback: path items by expression.
    Callback,
    /// A schema.
    Schema,
    /// A discriminator.
    Discriminator,
    /// A security scheme.
    SecurityScheme,
    /// A tag.
    Tag,
    /// A server.
    Server,
    /// An object without parts of its own: info, contact, external documentation …
    Plain,
    /// What authors chose freely: values, extensions.
    Data,
}

/// What the value of a field is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// One part; a list of them is understood.
    One(Part),
    /// A map from names to parts.
    Map(Part),
}

/// Returns what the value of a field of a part is.
pub fn inside(part: Part, key: &str) -> Place {
    use Part::*;
    use Place::{Map, One};
    match (part, key) {
        (Data | Discriminator, _) => One(Data),
        (Root, "components") => One(Components),
        (Root, "info") => One(Plain),
        (Root, "paths" | "webhooks" | "x-webhooks") => Map(PathItem),
        (Root, "servers" | "x-servers") => One(Server),
        (Root, "tags") => One(Tag),
        (Root, "definitions") => Map(Schema),
        (Root, "parameters") => Map(Parameter),
        (Root, "responses") => Map(Response),
        (Root, "securityDefinitions") => Map(SecurityScheme),
        (Components, section) => of_section(section).map_or(One(Data), Map),
        (PathItem, "parameters") | (Operation, "parameters") => One(Parameter),
        (PathItem | Operation, "servers") => One(Server),
        (Operation, "x-servers") => One(Server),
        (PathItem, "additionalOperations") => Map(Operation),
        (PathItem, method) if super::operation::is_method(method) => One(Operation),
        (Operation, "requestBody") => One(RequestBody),
        (Operation, "responses") => Map(Response),
        (Operation, "callbacks") => Map(Callback),
        (Callback, expression) if !expression.starts_with("x-") => One(PathItem),
        (Parameter | Header | RequestBody | Response, "content") => Map(MediaType),
        (Parameter | Header | MediaType | Response, "schema") | (MediaType, "itemSchema") => One(Schema),
        (Parameter | Header, "items") => One(Schema),
        (Parameter | Header | MediaType, "examples") => Map(Example),
        (Response | Encoding, "headers") => Map(Header),
        (Response, "links") => Map(Link),
        (Link, "server") => One(Server),
        (MediaType | Encoding, "encoding") => Map(Encoding),
        (MediaType | Encoding, "prefixEncoding" | "itemEncoding") => One(Encoding),
        (Schema, key) => in_schema(key),
        (_, "externalDocs" | "contact" | "license") => One(Plain),
        _ => One(Data),
    }
}

fn in_schema(key: &str) -> Place {
    use Place::{Map, One};
    match key {
        "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "definitions" | "dependencies" => {
            Map(Part::Schema)
        }
        "items"
        | "prefixItems"
        | "additionalItems"
        | "additionalProperties"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "propertyNames"
        | "contains"
        | "contentSchema"
        | "allOf"
        | "oneOf"
        | "anyOf"
        | "not"
        | "if"
        | "then"
        | "else" => One(Part::Schema),
        "discriminator" => One(Part::Discriminator),
        "externalDocs" | "xml" => One(Part::Plain),
        _ => One(Part::Data),
    }
}

/// Returns what a section of `components` holds; `None` for what is no section.
pub fn of_section(section: &str) -> Option<Part> {
    Some(match section {
        "schemas" => Part::Schema,
        "responses" => Part::Response,
        "parameters" => Part::Parameter,
        "examples" => Part::Example,
        "requestBodies" => Part::RequestBody,
        "headers" => Part::Header,
        "securitySchemes" => Part::SecurityScheme,
        "links" => Part::Link,
        "callbacks" => Part::Callback,
        "pathItems" => Part::PathItem,
        "mediaTypes" => Part::MediaType,
        _ => return None,
    })
}

/// Returns the section of `components` for a part; `None` when no version has one.
pub fn section(part: Part) -> Option<&'static str> {
    Some(match part {
        Part::Schema => "schemas",
        Part::Response => "responses",
        Part::Parameter => "parameters",
        Part::Example => "examples",
        Part::RequestBody => "requestBodies",
        Part::Header => "headers",
        Part::SecurityScheme => "securitySchemes",
        Part::Link => "links",
        Part::Callback => "callbacks",
        Part::PathItem => "pathItems",
        Part::MediaType => "mediaTypes",
        _ => return None,
    })
}

/// Returns true for a part that may be a Reference Object instead.
pub fn may_refer(part: Part) -> bool {
    section(part).is_some()
}

/// Returns true when a map's key is an extension and no name: beside paths, status codes and callbacks, but not among
/// headers or properties, which may well be called `x-…`.
pub fn is_extension(part: Part, key: &str) -> bool {
    matches!(part, Part::PathItem | Part::Response | Part::Callback) && key.starts_with("x-")
}

/// Calls `see` for every reference of a part: the `$ref` string, the part that it must name, and what holds it.
pub fn references<'n>(node: &'n Node, place: Place, see: &mut dyn FnMut(&'n Node, Part)) {
    match place {
        Place::Map(part) => {
            for entry in node.entries().iter().filter(|entry| !is_extension(part, &entry.key)) {
                references(&entry.value, Place::One(part), see);
            }
        }
        Place::One(Part::Data | Part::Plain) => {}
        Place::One(part) => {
            node.items().iter().for_each(|item| references(item, place, see));
            for entry in node.entries() {
                if &*entry.key == "$ref" && entry.value.as_str().is_some() && may_refer(part) {
                    see(&entry.value, part);
                } else if part == Part::Discriminator && matches!(&*entry.key, "mapping" | "defaultMapping") {
                    let all = entry.value.entries().iter().map(|entry| &entry.value);
                    all.chain(std::iter::once(&entry.value)).for_each(|written| {
                        if written.as_str().is_some() {
                            see(written, Part::Discriminator);
                        }
                    });
                } else {
                    references(&entry.value, inside(part, &entry.key), see);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_told_from_data_that_looks_like_one() {
        let text = r##"
openapi: 3.1.0
paths:
  /a:
    get:
      responses:
        '200':
          content:
            a/b:
              schema:
                properties: {example: {$ref: '#/1'}, x-y: {$ref: '#/2'}}
                default: {$ref: '#/no'}
                discriminator: {propertyName: p, mapping: {a: '#/3'}}
              example: {$ref: '#/no'}
              examples: {e: {$ref: '#/4'}}
      x-thing: {$ref: '#/no'}
components: {x-none: {a: {$ref: '#/no'}}, callbacks: {c: {'{$url}': {$ref: '#/5'}, x-z: {$ref: '#/no'}}}}
"##;
        let source = std::sync::Arc::new(crate::diag::SourceText::new(crate::diag::SourcePath::new("a.yaml"), text));
        let node = crate::tree::parse(&source, 0, &Default::default(), &mut Vec::new());
        let mut seen = Vec::new();
        references(&node, Place::One(Part::Root), &mut |text, part| seen.push((text.as_text(), part)));
        let seen: Vec<String> = seen.into_iter().map(|(text, part)| format!("{} {part:?}", text.unwrap())).collect();
        assert_eq!(seen, ["#/1 Schema", "#/2 Schema", "#/3 Discriminator", "#/4 Example", "#/5 PathItem"]);
    }
}
