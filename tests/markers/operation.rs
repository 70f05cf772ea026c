//! Paths and webhooks: operations with parameters, bodies, responses, links and callbacks.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::maker::{Doc, Version, with};
use crate::root::server;
use crate::schema;

/// The kinds of components besides schemas and security schemes.
pub const KINDS: &[(&str, &str)] = &[
    ("Parameter", "parameters"),
    ("Header", "headers"),
    ("Response", "responses"),
    ("Body", "requestBodies"),
    ("Example", "examples"),
    ("Link", "links"),
    ("Callback", "callbacks"),
    ("Item", "pathItems"),
    ("Media", "mediaTypes"),
];

/// The components, and how to refer to the one of each kind.
#[derive(Debug, Default)]
pub struct Shared {
    pub components: Map<String, Value>,
    pub references: BTreeMap<String, String>,
}

impl Shared {
    fn reference(&self, kind: &str) -> Option<Value> {
        Some(json!({ "$ref": self.references.get(kind)? }))
    }
}

/// A component of a kind.
pub fn component(d: &mut Doc, kind: &str) -> Value {
    let label = format!("components.{kind}");
    match kind {
        "parameters" => {
            let plain = json!({ "schema": schema::short(d, &label) });
            parameter(d, &label, "query", plain)
        }
        "headers" => header(d, &label),
        "responses" => response(d, &label),
        "requestBodies" => json!({
            "description": d.prose(&format!("{label}.description")),
            "content": { "application/json": { "schema": schema::short(d, &label) } },
        }),
        "examples" => example(d, &label, "value"),
        "links" => link(d, &label, json!({ "operationId": "sharedTarget" })),
        "callbacks" => callback(d, &label),
        "pathItems" => {
            let get = json!({ "operationId": "sharedTarget", "summary": d.text(&format!("{label}.get.summary")),
                "responses": { "204": { "description": d.text(&format!("{label}.get.description")) } } });
            json!({ "description": d.prose(&format!("{label}.description")), "get": get })
        }
        _ => json!({ "schema": schema::short(d, &label) }),
    }
}

/// The Paths Object.
pub fn paths(d: &mut Doc, shared: &Shared, schemes: &[String], tag: &Value) -> Value {
    let mut paths = Map::new();
    let variable = d.token("paths (variable)");
    let path = format!("/{}/{{{variable}}}/{{matrix}}/{{label}}", d.token("paths (key)"));
    let plain = json!({ "schema": schema::short(d, "pathItem.parameters") });
    let mut item = json!({
        "summary": d.text("pathItem.summary"),
        "description": d.prose("pathItem.description"),
        "servers": [server(d, "pathItem.servers")],
        "parameters": [parameter(d, "pathItem.parameters", "header", plain)],
    });
    item = d.extended("pathItem", item);
    let full = full_operation(d, shared, schemes, tag, &variable);
    item = with(item, json!({ "post": full }));
    for method in ["get", "put", "delete", "options", "head", "patch", "trace"] {
        item = with(item, json!({ method: small_operation(d, &format!("operation[{method}]")) }));
    }
    if d.since(Version::V3_2) {
        let method = d.token("additionalOperations (method)").to_uppercase();
        let query = small_operation(d, "operation[query]");
        let other = small_operation(d, "additionalOperations");
        item = with(item, json!({ "query": query, "additionalOperations": { method: other } }));
    }
    paths.insert(path, item);
    match shared.reference("pathItems") {
        Some(reference) => drop(paths.insert("/shared".into(), reference)),
        None => {
            let target = json!({ "operationId": "sharedTarget", "responses": { "204": { "description": "x" } } });
            paths.insert("/shared".into(), json!({ "get": target }));
        }
    }
    let shared_body =
        json!({ "requestBody": shared.reference("requestBodies"), "responses": { "204": { "description": "x" } } });
    paths.insert("/body".into(), json!({ "post": shared_body }));
    paths.insert("/styles".into(), json!({ "get": styles(d) }));
    paths.insert("/bodies".into(), json!({ "post": bodies(d, shared), "put": schemas(d) }));
    d.extended("paths", Value::Object(paths))
}

/// The webhooks map.
pub fn webhooks(d: &mut Doc, shared: &Shared) -> Value {
    let name = d.token("webhooks (name)");
    let operation = json!({
        "summary": d.text("webhook.summary"),
        "description": d.prose("webhook.description"),
        "servers": [server(d, "webhook.servers")],
        "requestBody": shared.reference("requestBodies"),
        "responses": { "200": { "description": d.prose("webhook.responses.description") } },
    });
    let item = json!({ "summary": d.text("webhook item.summary"), "post": operation });
    let item = d.extended("webhook item", item);
    d.extended("webhooks", json!({ name: item }))
}

fn small_operation(d: &mut Doc, label: &str) -> Value {
    json!({
        "operationId": d.text(&format!("{label}.operationId")),
        "responses": { "204": { "description": d.text(&format!("{label}.responses.description")) } },
    })
}

fn full_operation(d: &mut Doc, shared: &Shared, schemes: &[String], tag: &Value, variable: &str) -> Value {
    let summary = d.text("operation.summary");
    let mut operation = json!({
        "operationId": d.text("operation.operationId"),
        "summary": summary,
        "description": d.prose("operation.description"),
        "tags": [tag, d.text("operation.tags (undeclared)")],
        "externalDocs": d.docs("operation"),
        "deprecated": true,
        "servers": [server(d, "operation.servers")],
    });
    d.near(&summary, "Deprecated", "operation.deprecated");
    operation = d.extended("operation", operation);
    let plain = json!({ "schema": { "type": "string" } });
    let mut parameters = vec![parameter(d, "parameters[path]", "path", plain)];
    // The name is that of the variable in the path.
    let unused = std::mem::replace(&mut parameters[0]["name"], json!(variable));
    d.markers.retain(|marker| unused != marker.token);
    let of_path = d.near.iter_mut().filter(|(anchor, ..)| unused == *anchor);
    of_path.for_each(|(anchor, ..)| *anchor = format!("{variable} string"));
    parameters.extend(["matrix", "label"].map(|style| {
        json!({ "name": style, "in": "path", "required": true, "style": style, "schema": { "type": "string" } })
    }));
    for (place, style) in [("query", "form"), ("header", "simple"), ("cookie", "form")] {
        let label = format!("parameters[{place}]");
        let fields = json!({ "style": style, "explode": false, "schema": schema::short(d, &label) });
        parameters.push(parameter(d, &label, place, fields));
    }
    parameters.extend(shared.reference("parameters"));
    let requirements: Vec<Value> = schemes.iter().map(|name| json!({ name.as_str(): ["same:scope"] })).collect();
    let body = json!({
        "description": d.prose("requestBody.description"),
        "required": true,
        "content": { "application/json": media(d, "requestBody.content") },
    });
    let body = d.extended("requestBody", body);
    let full = response(d, "responses[200]");
    let responses = json!({
        "200": full,
        "4XX": shared.reference("responses"),
        "default": { "description": d.prose("responses[default].description") },
    });
    let responses = d.extended("responses", responses);
    let callback_name = d.token("callbacks (name)");
    let callbacks = json!({ callback_name: callback(d, "callbacks"), "sharedCallback": shared.reference("callbacks") });
    with(
        operation,
        json!({
            "parameters": parameters,
            "security": requirements,
            "requestBody": body,
            "responses": responses,
            "callbacks": callbacks,
        }),
    )
}

/// A parameter with all that every parameter has.
fn parameter(d: &mut Doc, label: &str, place: &str, fields: Value) -> Value {
    let name = d.text(&format!("{label}.name"));
    let mut parameter = json!({
        "name": name,
        "in": place,
        "description": d.prose(&format!("{label}.description")),
        "required": true,
        "deprecated": true,
        "examples": { d.token(&format!("{label}.examples (key)")): example(d, &format!("{label}.examples"), "value") },
    });
    d.near(&name, "required", &format!("{label}.required"));
    d.near(&name, "deprecated", &format!("{label}.deprecated"));
    parameter = with(parameter, fields);
    d.extended(label, parameter)
}

fn header(d: &mut Doc, label: &str) -> Value {
    let description = d.token(&format!("{label}.description"));
    let header = json!({
        "description": format!("About {description}."),
        "required": true,
        "deprecated": true,
        "schema": schema::short(d, label),
        "example": d.text(&format!("{label}.example")),
    });
    d.extended(label, header)
}

/// One operation whose parameters have every style and form.
fn styles(d: &mut Doc) -> Value {
    let mut parameters = Vec::new();
    let list = || json!({ "type": "array", "items": { "type": "string" } });
    let object = |key: &str| json!({ "type": "object", "properties": { key: { "type": "string" } } });
    for style in ["form", "spaceDelimited", "pipeDelimited"] {
        let name = d.text(&format!("styles[{style}].name"));
        let example = json!([d.text(&format!("styles[{style}].example"))]);
        let explode = style == "form";
        parameters.push(json!({ "name": name, "in": "query", "style": style, "explode": explode, "schema": list(),
            "example": example }));
        if style != "form" {
            d.near(&name, if style == "spaceDelimited" { "spaceDelimited" } else { "pipeDelimited" }, "style");
        }
    }
    let key = d.token("styles[deepObject].schema.properties (name)");
    let name = d.text("styles[deepObject].name");
    parameters
        .push(json!({ "name": name, "in": "query", "style": "deepObject", "explode": true, "schema": object(&key) }));
    d.near(&name, "deepObject", "style");
    let name = d.text("styles[allowEmptyValue].name");
    parameters.push(json!({ "name": name, "in": "query", "allowEmptyValue": true, "schema": { "type": "string" } }));
    d.near(&name, "May be sent empty", "allowEmptyValue");
    let name = d.text("styles[allowReserved].name");
    parameters.push(json!({ "name": name, "in": "query", "allowReserved": true, "schema": { "type": "string" } }));
    d.near(&name, "Reserved characters", "allowReserved");
    let media = json!({
        "schema": schema::short(d, "parameters[content]"),
        "examples": { d.token("parameters[content].examples (key)"): example(d, "parameters[content].examples", "value") },
    });
    let media = d.extended("parameters[content].content", media);
    let media_name = format!("application/vnd.{}+json", d.token("parameters[content].content (media type)"));
    parameters
        .push(json!({ "name": d.text("parameters[content].name"), "in": "query", "content": { media_name: media } }));
    if d.since(Version::V3_2) {
        let name = d.text("styles[cookie].name");
        parameters.push(json!({ "name": name, "in": "cookie", "style": "cookie", "schema": list() }));
        d.near(&name, "cookie", "style");
    }
    json!({ "parameters": parameters, "responses": { "204": { "description": "done" } } })
}

/// One operation whose body has every form.
fn bodies(d: &mut Doc, shared: &Shared) -> Value {
    let mut content = Map::new();
    content.insert("application/x-www-form-urlencoded".into(), form(d, "encoding[form]"));
    content.insert("multipart/form-data".into(), form(d, "encoding[multipart]"));
    content.insert("application/xml".into(), json!({ "schema": schema::xml(d) }));
    if d.since(Version::V3_2) {
        let label = "encoding[mixed]";
        let part = json!({ "contentType": format!("text/{}", d.token("prefixEncoding.contentType")),
            "headers": { d.token("prefixEncoding.headers (name)"): header(d, "prefixEncoding.headers") } });
        let nested = json!({ "contentType": "multipart/mixed",
            "prefixEncoding": [{ "contentType": format!("text/{}", d.token("encoding.prefixEncoding.contentType")) }],
            "itemEncoding": { "contentType": format!("text/{}", d.token("encoding.itemEncoding.contentType")) } });
        let nested = with(
            nested,
            json!({ "encoding": {
            "inner": { "contentType": format!("text/{}", d.token("encoding.encoding.contentType")) } } }),
        );
        let mixed = json!({
            "schema": { "type": "array", "prefixItems": [schema::short(d, label)], "items": schema::short(d, label) },
            "prefixEncoding": [part],
            "itemEncoding": nested,
        });
        content.insert("multipart/mixed".into(), mixed);
        let item = json!({ "itemSchema": schema::short(d, "itemSchema") });
        content.insert("application/jsonl".into(), item);
        let reference = shared.reference("mediaTypes");
        content.insert("application/vnd.shared+json".into(), json!(reference));
    }
    let media_name = format!("application/vnd.{}+json", d.token("content (media type)"));
    content.insert(media_name, json!({}));
    let body = json!({ "content": content });
    let mut referenced = json!({ "200": { "description": "done", "headers": { "Shared": shared.reference("headers") },
        "links": { "sharedLink": shared.reference("links") },
        "content": { "application/json": { "examples": { "sharedExample": shared.reference("examples") } } } } });
    referenced = with(referenced, json!({ "201": { "description": "done" } }));
    json!({ "requestBody": body, "responses": referenced, "security": [] })
}

fn form(d: &mut Doc, label: &str) -> Value {
    let field = d.token(&format!("{label}.schema.properties (name)"));
    let mut encoding = json!({
        "contentType": format!("text/{}", d.token(&format!("{label}.contentType"))),
    });
    if label.contains("multipart") {
        let name = d.token(&format!("{label}.headers (name)"));
        encoding = with(encoding, json!({ "headers": { name: header(d, &format!("{label}.headers")) } }));
    }
    let encoding = d.extended(label, encoding);
    let styled = d.token(&format!("{label}[style].schema.properties (name)"));
    d.near(&json!(styled), "pipeDelimited", &format!("{label}.style"));
    d.near(&json!(styled), "Reserved characters", &format!("{label}.allowReserved"));
    json!({
        "schema": { "type": "object", "properties": {
            field.as_str(): { "type": "string", "description": d.prose(&format!("{label}.schema.description")) },
            styled.as_str(): { "type": "array", "items": { "type": "string" } },
        } },
        "encoding": {
            field.as_str(): encoding,
            styled.as_str(): { "style": "pipeDelimited", "explode": false, "allowReserved": true },
        },
    })
}

/// One operation whose responses hold every schema keyword.
fn schemas(d: &mut Doc) -> Value {
    let mut content = Map::new();
    for (at, (name, schema)) in schema::all(d).into_iter().enumerate() {
        content.insert(
            format!("{}", 400 + at),
            json!({ "description": name,
            "content": { "application/json": { "schema": schema } } }),
        );
    }
    json!({ "summary": "Schemas", "responses": content })
}

fn media(d: &mut Doc, label: &str) -> Value {
    let mut examples = Map::new();
    let mut forms = vec!["value", "externalValue"];
    if d.since(Version::V3_2) {
        forms.extend(["dataValue", "serializedValue"]);
    }
    for form in forms {
        let key = d.token(&format!("{label}.examples[{form}] (key)"));
        examples.insert(key, example(d, &format!("{label}.examples[{form}]"), form));
    }
    let media = json!({ "schema": schema::short(d, label), "examples": examples });
    d.extended(label, media)
}

/// The Example Object with its value in one of the fields that hold one.
fn example(d: &mut Doc, label: &str, form: &str) -> Value {
    let summary = d.text(&format!("{label}.summary"));
    let field = format!("{label}.{form}");
    let value = match form {
        "externalValue" => d.url(&field),
        _ => d.text(&field),
    };
    let example = json!({ "summary": summary, "description": d.prose(&format!("{label}.description")), form: value });
    d.extended(label, example)
}

fn response(d: &mut Doc, label: &str) -> Value {
    let header_name = d.text(&format!("{label}.headers (name)"));
    let header = header(d, &format!("{label}.headers"));
    d.near(&header_name, "required", &format!("{label}.headers.required"));
    d.near(&header_name, "deprecated", &format!("{label}.headers.deprecated"));
    let target = d.text(&format!("{label}.links.operationRef"));
    let target =
        json!({ "operationRef": format!("https://{}.example/openapi#/paths/~1a/get", target.as_str().unwrap()) });
    let response = json!({
        "description": d.prose(&format!("{label}.description")),
        "headers": { header_name.as_str().unwrap(): header },
        "content": { "application/json": media(d, &format!("{label}.content")) },
        "links": {
            d.token(&format!("{label}.links (name)")): link(d, &format!("{label}.links"), target),
        },
    });
    let response = d.extended(label, response);
    match d.since(Version::V3_2) {
        true => with(response, json!({ "summary": d.text(&format!("{label}.summary")) })),
        false => response,
    }
}

fn link(d: &mut Doc, label: &str, target: Value) -> Value {
    let link = json!({
        "description": d.prose(&format!("{label}.description")),
        "parameters": {
            d.token(&format!("{label}.parameters (name)")): format!("$response.body#/{}", d.token(&format!("{label}.parameters"))),
        },
        "requestBody": { "a": d.text(&format!("{label}.requestBody")) },
        "server": server(d, &format!("{label}.server")),
    });
    with(d.extended(label, link), target)
}

fn callback(d: &mut Doc, label: &str) -> Value {
    let expression = format!("{{$request.body#/{}}}", d.token(&format!("{label} (expression)")));
    let plain = json!({ "schema": schema::short(d, &format!("{label}.parameters")) });
    let body = json!({
        "description": d.prose(&format!("{label}.requestBody.description")),
        "content": { "application/json": media(d, &format!("{label}.requestBody.content")) },
    });
    let operation = json!({
        "operationId": d.text(&format!("{label}.operationId")),
        "summary": d.text(&format!("{label}.summary")),
        "description": d.prose(&format!("{label}.description")),
        "tags": [d.text(&format!("{label}.tags"))],
        "externalDocs": d.docs(label),
        "deprecated": true,
        "parameters": [parameter(d, &format!("{label}.parameters"), "header", plain)],
        "requestBody": body,
        "responses": { "200": response(d, &format!("{label}.responses")) },
        "servers": [server(d, &format!("{label}.servers"))],
        "security": [{ d.token(&format!("{label}.security")): [d.text(&format!("{label}.security (scope)"))] }],
    });
    let operation = d.extended(label, operation);
    let item = json!({
        "summary": d.text(&format!("{label} item.summary")),
        "description": d.prose(&format!("{label} item.description")),
        "post": operation,
    });
    let item = d.extended(&format!("{label} item"), item);
    d.extended(&format!("{label} (object)"), json!({ expression: item }))
}
