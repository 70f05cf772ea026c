//! The root of a 3.x description: info, servers, tags, security, components, webhooks.

use serde_json::{Map, Value, json};

use crate::maker::{Doc, Version, with};
use crate::operation::{self, Shared};
use crate::schema;

/// The whole description.
pub fn description(d: &mut Doc) -> Value {
    let version = match d.version {
        Version::V3_0 => "3.0.4",
        Version::V3_1 => "3.1.1",
        _ => "3.2.0",
    };
    let mut root = json!({ "openapi": version, "info": info(d) });
    root = d.extended("root", root);
    let servers = json!([server(d, "servers[0]"), server(d, "servers[1]")]);
    let security_schemes = security_schemes(d);
    let names: Vec<String> = security_schemes.as_object().unwrap().keys().cloned().collect();
    let first_tag = d.text("tags[0].name");
    let tags = tags(d, &first_tag);
    let shared = components(d);
    let paths = operation::paths(d, &shared, &names, &first_tag);
    let docs = d.docs("root");
    root = with(root, json!({ "servers": servers, "tags": tags, "externalDocs": docs, "paths": paths }));
    root = with(root, json!({ "security": [{ names[0].as_str(): [] }] }));
    if d.since(Version::V3_1) {
        let webhooks = operation::webhooks(d, &shared);
        root = with(root, json!({ "webhooks": webhooks, "jsonSchemaDialect": d.url("jsonSchemaDialect") }));
    }
    if d.since(Version::V3_2) {
        root = with(root, json!({ "$self": d.url("$self") }));
    }
    let mut components = shared.components;
    components.insert("securitySchemes".into(), security_schemes);
    let components = d.extended("components", Value::Object(components));
    with(root, json!({ "components": components }))
}

fn info(d: &mut Doc) -> Value {
    let contact = json!({
        "name": d.text("info.contact.name"),
        "url": d.url("info.contact.url"),
        "email": format!("{}@example.com", d.token("info.contact.email")),
    });
    let contact = d.extended("info.contact", contact);
    let mut license = json!({ "name": d.text("info.license.name") });
    license = match d.since(Version::V3_1) {
        true => with(license, json!({ "identifier": d.text("info.license.identifier") })),
        false => with(license, json!({ "url": d.url("info.license.url") })),
    };
    let license = d.extended("info.license", license);
    let info = json!({
        "title": d.text("info.title"),
        "version": d.text("info.version"),
        "description": d.prose("info.description"),
        "termsOfService": d.url("info.termsOfService"),
        "contact": contact,
        "license": license,
    });
    let info = d.extended("info", info);
    match d.since(Version::V3_1) {
        true => with(info, json!({ "summary": d.text("info.summary") })),
        false => info,
    }
}

/// The Server Object with a variable.
pub fn server(d: &mut Doc, label: &str) -> Value {
    let name = d.token(&format!("{label}.variables (name)"));
    let default = d.text(&format!("{label}.variables.default"));
    let variable = json!({
        "enum": [default, d.text(&format!("{label}.variables.enum"))],
        "default": default,
        "description": d.prose(&format!("{label}.variables.description")),
    });
    let variable = d.extended(&format!("{label}.variables"), variable);
    let server = json!({
        "url": format!("https://{}.example/{{{name}}}", d.token(&format!("{label}.url"))),
        "description": d.prose(&format!("{label}.description")),
        "variables": { name: variable },
    });
    let server = d.extended(label, server);
    match d.since(Version::V3_2) {
        true => with(server, json!({ "name": d.text(&format!("{label}.name")) })),
        false => server,
    }
}

fn tags(d: &mut Doc, first: &Value) -> Value {
    let mut tags = Vec::new();
    let tag =
        json!({ "name": first, "description": d.prose("tags[0].description"), "externalDocs": d.docs("tags[0]") });
    tags.push(d.extended("tags[0]", tag));
    if d.since(Version::V3_2) {
        tags[0] = with(tags[0].clone(), json!({ "summary": d.text("tags[0].summary"), "kind": "nav" }));
        let child = d.text("tags[1].name");
        tags.push(json!({ "name": child, "parent": first, "description": d.prose("tags[1].description") }));
        let badge = d.text("tags[2].name");
        tags.push(json!({ "name": badge, "kind": "badge", "description": d.prose("tags[2].description") }));
        let other = d.text("tags[3].name");
        let kind = d.text("tags[3].kind");
        tags.push(json!({ "name": other, "kind": kind, "description": d.prose("tags[3].description") }));
    }
    Value::Array(tags)
}

/// Every kind of security scheme, with every flow.
fn security_schemes(d: &mut Doc) -> Value {
    let mut schemes = Map::new();
    let mut add = |d: &mut Doc, kind: &str, fields: Value| {
        let label = format!("securitySchemes[{kind}]");
        let name = d.token(&format!("{label} (name)"));
        let described = json!({ "description": d.prose(&format!("{label}.description")) });
        let mut scheme = d.extended(&label, with(fields, described));
        if d.since(Version::V3_2) {
            scheme = with(scheme, json!({ "deprecated": true }));
            d.near(&json!(name), "deprecated", &format!("{label}.deprecated"));
        }
        schemes.insert(name, scheme);
    };
    for place in ["header", "query", "cookie"] {
        let name = d.text(&format!("securitySchemes[apiKey {place}].name"));
        add(d, &format!("apiKey {place}"), json!({ "type": "apiKey", "in": place, "name": name }));
    }
    let format = d.text("securitySchemes[http].bearerFormat");
    add(d, "http bearer", json!({ "type": "http", "scheme": "bearer", "bearerFormat": format }));
    add(d, "http basic", json!({ "type": "http", "scheme": "basic" }));
    let scheme = d.text("securitySchemes[http].scheme");
    add(d, "http other", json!({ "type": "http", "scheme": scheme }));
    let url = d.url("securitySchemes[openIdConnect].openIdConnectUrl");
    add(d, "openIdConnect", json!({ "type": "openIdConnect", "openIdConnectUrl": url }));
    let flows = flows(d);
    let mut oauth = json!({ "type": "oauth2", "flows": flows });
    if d.since(Version::V3_2) {
        oauth = with(oauth, json!({ "oauth2MetadataUrl": d.url("securitySchemes[oauth2].oauth2MetadataUrl") }));
    }
    add(d, "oauth2", oauth);
    if d.since(Version::V3_1) {
        add(d, "mutualTLS", json!({ "type": "mutualTLS" }));
    }
    Value::Object(schemes)
}

fn flows(d: &mut Doc) -> Value {
    let mut flows = Map::new();
    let mut kinds = vec![
        ("implicit", &["authorizationUrl", "refreshUrl"][..]),
        ("password", &["tokenUrl", "refreshUrl"][..]),
        ("clientCredentials", &["tokenUrl", "refreshUrl"][..]),
        ("authorizationCode", &["authorizationUrl", "tokenUrl", "refreshUrl"][..]),
    ];
    if d.since(Version::V3_2) {
        kinds.push(("deviceAuthorization", &["deviceAuthorizationUrl", "tokenUrl", "refreshUrl"][..]));
    }
    for (kind, urls) in kinds {
        let label = format!("securitySchemes[oauth2].flows.{kind}");
        let mut flow = Map::new();
        for url in urls {
            flow.insert((*url).to_owned(), d.url(&format!("{label}.{url}")));
        }
        let scope = d.token(&format!("{label}.scopes (name)"));
        // The second scope has the same name in every flow, and words of its own.
        let scopes = json!({
            scope: d.text(&format!("{label}.scopes (text)")),
            "same:scope": d.text(&format!("{label}.scopes (text of the same name)")),
        });
        flow.insert("scopes".into(), scopes);
        flows.insert(kind.into(), d.extended(&label, Value::Object(flow)));
    }
    d.extended("securitySchemes[oauth2].flows", Value::Object(flows))
}

/// One component of every kind, each to be referred to.
fn components(d: &mut Doc) -> Shared {
    let mut components = Map::new();
    let mut shared = Shared::default();
    for (section, kind) in operation::KINDS {
        let known = match *kind {
            "mediaTypes" => d.since(Version::V3_2),
            "pathItems" => d.since(Version::V3_1),
            _ => true,
        };
        if !known {
            continue;
        }
        let name = format!("Shared{section}");
        let object = operation::component(d, kind);
        components.insert((*kind).to_owned(), json!({ name.as_str(): object }));
        shared.references.insert((*kind).to_owned(), format!("#/components/{kind}/{name}"));
    }
    components.insert("schemas".into(), schema::named(d));
    shared.components = components;
    shared
}
