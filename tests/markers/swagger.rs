//! The whole of a Swagger 2.0 description.

use serde_json::{Map, Value, json};

use crate::maker::{Doc, with};

/// The whole description.
pub fn description(d: &mut Doc) -> Value {
    let host = format!("{}.example", d.token("host"));
    let root = json!({
        "swagger": "2.0",
        "info": info(d),
        "host": host,
        "basePath": format!("/{}", d.token("basePath")),
        "schemes": ["https", "http"],
        "consumes": [format!("application/vnd.{}+json", d.token("consumes"))],
        "produces": [format!("application/vnd.{}+json", d.token("produces"))],
    });
    let root = d.extended("root", root);
    let tag = d.text("tags.name");
    let described = json!({ "name": tag, "description": d.prose("tags.description"), "externalDocs": d.docs("tags") });
    let described = d.extended("tags", described);
    let schemes = security_definitions(d);
    let names: Vec<String> = schemes.as_object().unwrap().keys().cloned().collect();
    let requirement: Vec<Value> = names.iter().map(|name| json!({ name.as_str(): [] })).collect();
    let parameter = parameter(d, "parameters[shared]", "query", json!({ "type": "string" }));
    let response = response(d, "responses[shared]");
    let definition = definition(d);
    let name = d.token("definitions (name)");
    let paths = paths(d, &tag, &name);
    let docs = d.docs("root");
    with(
        root,
        json!({
            "tags": [described],
            "securityDefinitions": schemes,
            "security": requirement,
            "parameters": { "Shared": parameter },
            "responses": { "Shared": response },
            "definitions": { name: definition },
            "paths": paths,
            "externalDocs": docs,
        }),
    )
}

fn info(d: &mut Doc) -> Value {
    let contact = json!({ "name": d.text("info.contact.name"), "url": d.url("info.contact.url"),
        "email": format!("{}@example.com", d.token("info.contact.email")) });
    let contact = d.extended("info.contact", contact);
    let license = json!({ "name": d.text("info.license.name"), "url": d.url("info.license.url") });
    let license = d.extended("info.license", license);
    let info = json!({ "title": d.text("info.title"), "version": d.text("info.version"),
        "description": d.prose("info.description"), "termsOfService": d.url("info.termsOfService"),
        "contact": contact, "license": license });
    d.extended("info", info)
}

fn security_definitions(d: &mut Doc) -> Value {
    let mut schemes = Map::new();
    let kinds = [
        ("basic", json!({ "type": "basic" })),
        ("header", json!({ "type": "apiKey", "in": "header", "name": d.text("securityDefinitions[header].name") })),
        ("query", json!({ "type": "apiKey", "in": "query", "name": d.text("securityDefinitions[query].name") })),
        (
            "implicit",
            json!({ "type": "oauth2", "flow": "implicit", "authorizationUrl": d.url("implicit.authorizationUrl") }),
        ),
        ("password", json!({ "type": "oauth2", "flow": "password", "tokenUrl": d.url("password.tokenUrl") })),
        ("application", json!({ "type": "oauth2", "flow": "application", "tokenUrl": d.url("application.tokenUrl") })),
        (
            "accessCode",
            json!({ "type": "oauth2", "flow": "accessCode",
            "authorizationUrl": d.url("accessCode.authorizationUrl"), "tokenUrl": d.url("accessCode.tokenUrl") }),
        ),
    ];
    for (kind, scheme) in kinds {
        let label = format!("securityDefinitions[{kind}]");
        let mut scheme = with(scheme, json!({ "description": d.prose(&format!("{label}.description")) }));
        if scheme["type"] == "oauth2" {
            let name = d.token(&format!("{label}.scopes (name)"));
            scheme = with(scheme, json!({ "scopes": { name: d.text(&format!("{label}.scopes (text)")) } }));
        }
        let scheme = d.extended(&label, scheme);
        schemes.insert(d.token(&format!("{label} (name)")), scheme);
    }
    Value::Object(schemes)
}

fn paths(d: &mut Doc, tag: &Value, definition: &str) -> Value {
    let variable = d.token("paths (variable)");
    let path = format!("/{}/{{{variable}}}", d.token("paths (key)"));
    let summary = d.text("operation.summary");
    let body_name = d.token("parameters[body].name");
    d.extensions.push("name".to_owned());
    let body = json!({ "name": body_name, "in": "body", "required": true,
        "description": d.prose("parameters[body].description"),
        "schema": { "$ref": format!("#/definitions/{definition}") } });
    let body = d.extended("parameters[body]", body);
    let operation = json!({
        "operationId": d.text("operation.operationId"),
        "summary": summary,
        "description": d.prose("operation.description"),
        "tags": [tag],
        "externalDocs": d.docs("operation"),
        "deprecated": true,
        "schemes": ["wss"],
        "parameters": [
            { "name": variable, "in": "path", "required": true, "type": "string",
                "description": d.prose("parameters[path].description") },
            parameter(d, "parameters[query]", "query", json!({ "type": "string" })),
            parameter(d, "parameters[header]", "header", json!({ "type": "string" })),
            { "$ref": "#/parameters/Shared" },
            body,
        ],
        "responses": { "200": response(d, "responses[200]"), "default": { "$ref": "#/responses/Shared" } },
    });
    d.near(&summary, "Deprecated", "operation.deprecated");
    d.near(&summary, "wss://", "operation.schemes");
    let operation = d.extended("operation", operation);
    let item = json!({ "post": operation,
        "parameters": [parameter(d, "pathItem.parameters", "query", json!({ "type": "integer" }))] });
    let item = d.extended("pathItem", item);
    let rules = rules(d);
    let form = form(d);
    d.extended("paths", json!({ path: item, "/rules": { "get": rules }, "/form": { "post": form } }))
}

fn parameter(d: &mut Doc, label: &str, place: &str, fields: Value) -> Value {
    let name = d.text(&format!("{label}.name"));
    let parameter = json!({ "name": name, "in": place, "required": true,
        "description": d.prose(&format!("{label}.description")) });
    d.near(&name, "required", &format!("{label}.required"));
    d.extended(label, with(parameter, fields))
}

/// One operation whose parameters have every rule.
fn rules(d: &mut Doc) -> Value {
    let mut parameters = Vec::new();
    let string = json!({ "type": "string", "format": d.text("format"), "pattern": format!("^{}$", d.token("pattern")),
        "minLength": d.number("minLength"), "maxLength": d.number("maxLength"), "default": d.text("default"),
        "x-example": d.text("x-example") });
    parameters.push(parameter(d, "rules[string]", "query", string));
    let number = json!({ "type": "integer", "minimum": d.number("minimum"), "maximum": d.number("maximum"),
        "multipleOf": d.number("multipleOf") });
    parameters.push(parameter(d, "rules[number]", "query", number));
    let open = json!({ "type": "number", "minimum": d.number("minimum (exclusive)"), "exclusiveMinimum": true,
        "maximum": d.number("maximum (exclusive)"), "exclusiveMaximum": true });
    parameters.push(parameter(d, "rules[exclusive]", "query", open));
    let words = json!({ "type": "string", "enum": [d.text("enum[0]"), d.text("enum[1]")], "allowEmptyValue": true });
    parameters.push(parameter(d, "rules[enum]", "query", words));
    for format in ["csv", "ssv", "tsv", "pipes", "multi"] {
        let list = json!({ "type": "array", "collectionFormat": format, "minItems": d.number("minItems"),
            "maxItems": d.number("maxItems"), "uniqueItems": true,
            "items": { "type": "string", "enum": [d.text("items.enum")] } });
        parameters.push(parameter(d, &format!("rules[{format}]"), "query", list));
    }
    json!({ "parameters": parameters, "produces": [format!("text/{}", d.token("operation.produces"))],
        "responses": { "200": { "description": "done", "schema": { "type": "file" } } } })
}

fn form(d: &mut Doc) -> Value {
    let file = json!({ "type": "file" });
    let field =
        json!({ "type": "string", "default": d.text("formData.default"), "x-example": d.text("formData.x-example") });
    json!({ "consumes": ["multipart/form-data"],
        "parameters": [parameter(d, "formData[file]", "formData", file), parameter(d, "formData[text]", "formData", field)],
        "responses": { "204": { "description": "done" } } })
}

fn response(d: &mut Doc, label: &str) -> Value {
    let header = json!({ "type": "string", "description": d.prose(&format!("{label}.headers.description")),
        "default": d.text(&format!("{label}.headers.default")) });
    let header = d.extended(&format!("{label}.headers"), header);
    let media = format!("application/vnd.{}+json", d.token(&format!("{label}.examples (media type)")));
    let response = json!({
        "description": d.prose(&format!("{label}.description")),
        "schema": { "type": "string", "description": d.prose(&format!("{label}.schema.description")) },
        "headers": { d.token(&format!("{label}.headers (name)")): header },
        "examples": { media: d.text(&format!("{label}.examples")) },
    });
    d.extended(label, response)
}

fn definition(d: &mut Doc) -> Value {
    let name = d.token("properties (name)");
    let locked = d.token("properties (name)");
    d.near(&json!(locked), "read-only", "readOnly");
    let xml =
        json!({ "name": d.text("xml.name"), "namespace": d.url("xml.namespace"), "prefix": d.text("xml.prefix") });
    let part = json!({ "type": "object", "properties": { d.token("allOf.properties (name)"): { "type": "string" } } });
    let schema = json!({
        "type": "object",
        "title": d.text("title"),
        "description": d.prose("definitions.description"),
        "discriminator": name,
        "required": [name],
        "minProperties": d.number("minProperties"),
        "maxProperties": d.number("maxProperties"),
        "properties": {
            name.as_str(): { "type": "string", "description": d.prose("properties.description"),
                "externalDocs": d.docs("properties"), "default": d.text("properties.default") },
            locked: { "type": "string", "readOnly": true, "xml": xml },
        },
        "additionalProperties": { "type": "string", "description": d.prose("additionalProperties.description") },
        "allOf": [part],
        "example": { name.as_str(): d.text("definitions.example") },
    });
    d.near(&json!(name), "discriminator", "discriminator");
    d.extended("definitions", schema)
}
