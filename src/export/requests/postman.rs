//! A Postman collection, format 2.1.0: folders by tag, the servers and credentials as variables.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::{Call, Calls, braced};
use crate::model::api::{Api, ApiKeyIn, ParameterIn, SecurityKind, SecurityRequirement, SecurityScheme};
use crate::model::route::ApiIndex;
use crate::render::Renderer;
use crate::render::samples::request::{Body, Request};
use crate::schema::wire::{self, form, parameter};
use crate::schema::{Direction, example};

/// The name of the format.
const SCHEMA: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

/// Returns the collection of an API.
pub fn write(renderer: &Renderer, api: ApiIndex) -> Vec<u8> {
    let Some(calls) = Calls::new(renderer, api) else { return Vec::new() };
    let described = calls.reference.api;
    let mut collection = json!({
        "info": {
            "name": described.info.title,
            "version": described.info.version,
            "schema": SCHEMA,
        },
        "item": items(&calls),
        "variable": variables(&calls),
    });
    if let Some(summary) = described.info.summary.as_deref() {
        collection["info"]["description"] = summary.into();
    }
    if let Some(auth) = described.security.as_deref().and_then(|all| auth(&calls, all)) {
        collection["auth"] = auth;
    }
    let mut bytes = serde_json::to_vec_pretty(&collection).expect("a collection is made of strings");
    bytes.push(b'\n');
    bytes
}

/// The server and its variables, and what stands for credentials.
fn variables(calls: &Calls<'_>) -> Vec<Value> {
    let mut list: Vec<Value> = Vec::new();
    for (at, base) in calls.bases.iter().enumerate() {
        let key = if at == 0 { "baseUrl".to_owned() } else { format!("baseUrl{}", at + 1) };
        let server =
            calls.reference.api.servers.iter().find(|server| {
                crate::render::reference::servers::resolved_url(server) == *base || *server.url == **base
            });
        let mut variable = json!({ "key": key, "value": base, "type": "string" });
        if let Some(prose) = server.and_then(|server| server.description.as_ref()) {
            variable["description"] = prose.text.trim().into();
        }
        list.push(variable);
    }
    list.extend(calls.secrets().into_iter().map(|name| json!({ "key": name, "value": "", "type": "string" })));
    list
}

/// A folder for each tag that has operations; an operation stands in the folder of its first tag.
fn items(calls: &Calls<'_>) -> Vec<Value> {
    let api = calls.reference.api;
    let mut list: Vec<Value> = Vec::new();
    let mut placed: HashSet<usize> = HashSet::new();
    for tag in &api.tags {
        let held: Vec<usize> = (0..calls.list.len())
            .filter(|at| calls.list[*at].operation.tags.first() == Some(&tag.name) && placed.insert(*at))
            .collect();
        if held.is_empty() {
            continue;
        }
        let requests: Vec<Value> = held.into_iter().map(|at| item(calls, &calls.list[at])).collect();
        let name = tag.label.as_deref().unwrap_or(&tag.name);
        let mut folder = json!({ "name": name, "item": requests });
        if let Some(prose) = &tag.description {
            folder["description"] = prose.text.trim().into();
        }
        list.push(folder);
    }
    let rest = calls.list.iter().enumerate().filter(|(at, _)| !placed.contains(at));
    list.extend(rest.map(|(_, call)| item(calls, call)));
    list
}

fn item(calls: &Calls<'_>, call: &Call<'_>) -> Value {
    let mut request = json!({
        "method": call.request.method,
        "header": headers(calls, call),
        "url": url(calls, call),
    });
    if let Some(body) = body(&call.request) {
        request["body"] = body;
    }
    let prose = call.operation.description.as_ref().or(call.operation.shared_description.as_ref());
    if let Some(prose) = prose {
        request["description"] = prose.text.trim().into();
    }
    if let Some(own) = &call.operation.security {
        let none = own.is_empty() || own.iter().all(|one| one.schemes.is_empty());
        let form = if none { None } else { auth(calls, own) };
        request["auth"] = form.unwrap_or_else(|| json!({ "type": "noauth" }));
    }
    json!({ "name": call.title, "request": request, "response": [] })
}

/// Headers without the one that the credentials become.
fn headers(calls: &Calls<'_>, call: &Call<'_>) -> Vec<Value> {
    let has_form = calls.reference.requirements(call.operation).is_some_and(|all| auth(calls, all).is_some());
    let all = call.request.all_headers().into_iter().filter(|(name, _)| !has_form || name != "Authorization");
    all.map(|(name, value)| json!({ "key": name, "value": braced(&value) })).collect()
}

fn url(calls: &Calls<'_>, call: &Call<'_>) -> Value {
    let request = &call.request;
    let base = format!("{{{{{}}}}}", calls.base_variable(request));
    let (path, variables) = path(call);
    let mut query: Vec<Value> = Vec::new();
    let mut raw = format!("{base}/{}", path.join("/"));
    for (at, piece) in request.query.iter().enumerate() {
        let text = braced(piece);
        raw.push(if at == 0 { '?' } else { '&' });
        raw.push_str(&text);
        query.push(pair(call, &text));
    }
    query.extend(optional(calls, call));
    let mut url = Map::new();
    url.insert("raw".into(), raw.into());
    url.insert("host".into(), json!([base]));
    url.insert("path".into(), path.into());
    if !query.is_empty() {
        url.insert("query".into(), query.into());
    }
    if !variables.is_empty() {
        url.insert("variable".into(), variables.into());
    }
    Value::Object(url)
}

/// The segments of the path, each template variable that fills one as `:name`, and those variables.
///
/// A value with a slash in it, or one beside other text, stays as the request has it.
fn path(call: &Call<'_>) -> (Vec<String>, Vec<Value>) {
    let address = call.operation.kind.address();
    let template: Vec<&str> = address.trim_start_matches('/').split('/').collect();
    let filled: Vec<&str> = call.request.path.trim_start_matches('/').split('/').collect();
    let mut variables = Vec::new();
    if template.len() != filled.len() {
        return (filled.into_iter().map(str::to_owned).collect(), variables);
    }
    let mut segments = Vec::new();
    for (segment, value) in template.into_iter().zip(filled) {
        let name = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let Some(name) = name.filter(|name| !name.is_empty() && !name.contains(['{', '}'])) else {
            segments.push(value.to_owned());
            continue;
        };
        segments.push(format!(":{name}"));
        let mut variable = json!({ "key": name, "value": value });
        if let Some(text) = description(call, ParameterIn::Path, name) {
            variable["description"] = text.into();
        }
        variables.push(variable);
    }
    (segments, variables)
}

fn description(call: &Call<'_>, location: ParameterIn, name: &str) -> Option<String> {
    let same = |one: &&crate::model::api::Parameter| one.location == location && *one.name == *name;
    let parameter = call.operation.parameters.iter().find(same)?;
    parameter.description.as_ref().map(|prose| prose.text.trim().to_owned())
}

/// `a=b` as Postman has it.
fn pair(call: &Call<'_>, text: &str) -> Value {
    let (name, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)));
    let mut pair = json!({ "key": name, "value": value });
    if let Some(text) = description(call, ParameterIn::Query, name) {
        pair["description"] = text.into();
    }
    pair
}

/// Query parameters that may be sent: in the list, switched off.
fn optional(calls: &Calls<'_>, call: &Call<'_>) -> Vec<Value> {
    let reference = &calls.reference;
    let limits = &reference.settings.limits;
    let mut list = Vec::new();
    for one in call.operation.parameters.iter().filter(|one| one.location == ParameterIn::Query && !one.required) {
        let shown = example::of_parameter(reference.schemas, one, Direction::Request, limits);
        let value = shown.into_iter().find_map(|shown| shown.value).unwrap_or_else(|| example::string(""));
        for text in parameter::write(one, &value).pieces {
            let mut pair = pair(call, &text);
            pair["disabled"] = true.into();
            list.push(pair);
        }
    }
    list
}

fn body(request: &Request) -> Option<Value> {
    Some(match &request.body {
        Body::None => return None,
        Body::Json(value, _) => raw(&wire::json(value), "json"),
        Body::Form(pairs) => {
            let pairs = pairs.iter().map(|text| {
                let (name, value) = text.split_once('=').unwrap_or((text, ""));
                json!({ "key": decoded(name), "value": decoded(value), "type": "text" })
            });
            json!({ "mode": "urlencoded", "urlencoded": pairs.collect::<Vec<_>>() })
        }
        Body::Multipart(parts) => {
            json!({ "mode": "formdata", "formdata": parts.iter().map(form_part).collect::<Vec<_>>() })
        }
        Body::Chunks(chunks, _) => {
            let text = chunks.iter().map(|chunk| match chunk {
                form::Chunk::Text(text) => text.clone(),
                form::Chunk::File(name) => format!("(the bytes of {name})"),
            });
            raw(&text.collect::<String>(), "text")
        }
        Body::File(name, _) => json!({ "mode": "file", "file": { "src": name } }),
        _ => {
            let language = match request.content_type().as_deref().map(wire::syntax) {
                Some(wire::Syntax::Json) => "json",
                Some(wire::Syntax::Xml) => "xml",
                _ => "text",
            };
            raw(&request.body_text()?, language)
        }
    })
}

fn raw(text: &str, language: &str) -> Value {
    json!({ "mode": "raw", "raw": text, "options": { "raw": { "language": language } } })
}

fn decoded(text: &str) -> String {
    crate::text::percent_decoded(&text.replace('+', " "))
}

fn form_part(part: &form::Part) -> Value {
    let mut written = match &part.file {
        Some(file) => json!({ "key": part.name, "type": "file", "src": file }),
        None => json!({ "key": part.name, "type": "text", "value": part.text }),
    };
    if let Some(content_type) = &part.content_type {
        written["contentType"] = content_type.as_str().into();
    }
    written
}

/// The first way to authenticate that Postman has a form for; header keys are sent by the request itself.
fn auth(calls: &Calls<'_>, all: &[SecurityRequirement]) -> Option<Value> {
    let api: &Api = calls.reference.api;
    let requirement = all.iter().find(|one| !one.schemes.is_empty())?;
    let schemes = requirement.schemes.iter().filter_map(|one| api.security_schemes.get(one.scheme? as usize));
    schemes.filter_map(|scheme| form_of(calls, scheme)).next()
}

fn form_of(calls: &Calls<'_>, scheme: &SecurityScheme) -> Option<Value> {
    let prefix = &calls.prefix;
    let variable = |end: &str| format!("{{{{{prefix}_{end}}}}}");
    let field = |key: &str, value: String| json!({ "key": key, "value": value, "type": "string" });
    Some(match &scheme.kind {
        SecurityKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
            let fields = [field("username", variable("USER")), field("password", variable("PASSWORD"))];
            json!({ "type": "basic", "basic": fields })
        }
        SecurityKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("digest") => {
            let fields = [field("username", variable("USER")), field("password", variable("PASSWORD"))];
            json!({ "type": "digest", "digest": fields })
        }
        SecurityKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => {
            json!({ "type": "bearer", "bearer": [field("token", variable("TOKEN"))] })
        }
        SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => {
            json!({ "type": "bearer", "bearer": [field("token", variable("TOKEN"))] })
        }
        // Postman would send these as well as the request, which has them where the description says.
        SecurityKind::ApiKey { location: ApiKeyIn::Header | ApiKeyIn::Query | ApiKeyIn::Cookie, .. }
        | SecurityKind::Http { .. }
        | SecurityKind::MutualTls
        | SecurityKind::Other(_) => return None,
    })
}
