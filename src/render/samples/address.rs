//! Where a request goes: server, path, query, and what parameters put into headers and cookies.

use super::auth;
use super::request::{Request, one_line};
use super::template::Template;
use crate::model::api::{Operation, OperationKind, Parameter, ParameterIn, Server};
use crate::model::node::{Node, Value};
use crate::render::reference::Reference;
use crate::render::reference::servers::{effective_url, is_absolute, published_at};
use crate::schema::Direction;
use crate::schema::example::{self, Source};
use crate::schema::wire::parameter;
use crate::schema::wire::server_url::{UrlPiece, filled};

/// The variable of a server that nobody names.
const BASE_URL: &str = "BASE_URL";
/// More servers than this are no choice for a list.
const CHOICE: usize = 30;

/// Returns the servers that a reader may choose from: absolute URLs that mean the same in every language's strings.
/// Empty when there are not two, or when the first one is none of these.
pub fn choice(reference: &Reference<'_>, operation: &Operation) -> Vec<String> {
    let mut urls: Vec<String> = Vec::new();
    for (at, server) in servers(reference, operation).iter().enumerate() {
        let url = server_template(reference, server);
        let plain = url.as_text().filter(|url| is_absolute(url) && url.chars().all(is_tame));
        match plain {
            Some(url) if !urls.iter().any(|known| known == url) => urls.push(url.to_string()),
            Some(_) => {}
            None if at == 0 => return Vec::new(),
            None => {}
        }
    }
    if urls.len() < 2 || urls.len() > CHOICE { Vec::new() } else { urls }
}

fn is_tame(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/@,;=+".contains(c)
}

fn servers<'a>(reference: &Reference<'a>, operation: &'a Operation) -> &'a [Server] {
    let own = operation.servers.as_deref().filter(|servers| !servers.is_empty());
    own.unwrap_or(&reference.api.servers)
}

/// Returns scheme, host and path of the first server.
pub fn base(reference: &Reference<'_>, operation: &Operation) -> Template {
    if let [first, _, ..] = choice(reference, operation).as_slice() {
        return Template::server(first);
    }
    match servers(reference, operation).first() {
        Some(server) => server_template(reference, server),
        // The standard's own default.
        None => effective_url("/", base_url(reference)).map_or_else(|| Template::variable(BASE_URL), Template::text),
    }
}

fn base_url<'a>(reference: &Reference<'a>) -> Option<&'a str> {
    published_at(reference.api, reference.settings)
}

/// A relative server is resolved against the setting; without one a variable stands for the host.
fn server_template(reference: &Reference<'_>, server: &Server) -> Template {
    let mut pieces = filled(server);
    let first = match pieces.first() {
        Some(UrlPiece::Text(text)) => text.clone(),
        _ => return joined(Template::default(), &pieces),
    };
    if first.split_once("://").is_some_and(|(scheme, _)| !scheme.is_empty() && !scheme.contains('/')) {
        return joined(Template::default(), &pieces);
    }
    pieces.remove(0);
    let start = match effective_url(&first, base_url(reference)) {
        Some(url) => Template::text(url),
        None if first.starts_with("//") => Template::text(format!("https:{first}")),
        None => {
            let path = first.trim_start_matches(['.', '/']);
            let joint = if path.is_empty() && pieces.is_empty() { "" } else { "/" };
            Template::variable(BASE_URL).then(Template::text(format!("{joint}{path}")))
        }
    };
    joined(start, &pieces)
}

fn joined(start: Template, pieces: &[UrlPiece]) -> Template {
    pieces.iter().fold(start, |url, piece| match piece {
        UrlPiece::Text(text) => url.then(Template::text(text.as_str())),
        UrlPiece::Unknown(name) => {
            let name = auth::screaming(name);
            let usable = name.starts_with(|c: char| c.is_ascii_alphabetic());
            url.then(Template::variable(if usable { &name } else { "SERVER_VARIABLE" }))
        }
    })
}

/// Adds the required parameters. A path may have a query of its own, against the standard: its pairs go first.
pub fn push_parameters<'a>(reference: &Reference<'a>, operation: &'a Operation, request: &mut Request) {
    let address = operation.kind.address().split('#').next().unwrap_or("");
    let (path, own_query) = address.split_once('?').unwrap_or((address, ""));
    let (mut path, mut own_query) = (path.to_string(), own_query.to_string());
    let mut query = Vec::new();
    for parameter in &operation.parameters {
        let in_path = parameter.location == ParameterIn::Path;
        if !in_path && !parameter.required {
            continue;
        }
        let Some(sent) = sent(reference, parameter) else { continue };
        match parameter.location {
            ParameterIn::Path => {
                let place = format!("{{{}}}", parameter.name);
                path = path.replace(&place, &sent.concat());
                own_query = own_query.replace(&place, &sent.concat());
            }
            ParameterIn::Query | ParameterIn::QueryString => query.extend(sent.into_iter().map(Template::text)),
            ParameterIn::Cookie => request.cookies.extend(sent.into_iter().map(Template::text)),
            ParameterIn::Header => {
                let ignored = ["accept", "content-type", "authorization"];
                if !ignored.contains(&parameter.name.to_ascii_lowercase().as_str()) {
                    let text = one_line(&sent.concat());
                    request.headers.push((parameter.name.to_string(), Template::text(text)));
                }
            }
        }
    }
    let own = own_query.split('&').filter(|pair| !pair.is_empty()).map(|pair| Template::text(escaped(pair)));
    request.query = own.chain(query).collect();
    request.path = match operation.kind {
        OperationKind::Http { .. } => rooted(escaped(&path)),
        OperationKind::Webhook { .. } | OperationKind::Callback { .. } => "/your-endpoint".into(),
    };
}

/// Returns a parameter as it travels: pieces of the query or cookie, else the one value.
fn sent<'a>(reference: &Reference<'a>, parameter: &'a Parameter) -> Option<Vec<String>> {
    let limits = &reference.settings.limits;
    let shown = example::of_parameter(reference.schemas, parameter, Direction::Request, limits);
    if let Some(serialized) = shown.first().and_then(|first| first.serialized) {
        let is_query = matches!(parameter.location, ParameterIn::Query | ParameterIn::QueryString);
        let text = if is_query { serialized.trim_start_matches('?') } else { &**serialized };
        return Some(vec![text.to_string()]);
    }
    let first = shown.into_iter().find(|shown| shown.value.is_some());
    let value = first.map_or_else(
        || Some(example::string(auth::screaming(&parameter.name))),
        |first| value(reference, parameter, first.value, first.source),
    )?;
    let written = parameter::write(parameter, &value);
    Some(match parameter.location {
        ParameterIn::Cookie => vec![written.text(parameter)],
        _ => written.pieces,
    })
}

/// A string of which nothing is known is a word that says what belongs there.
fn value<'a>(reference: &Reference<'a>, parameter: &'a Parameter, value: Option<Node>, source: Source) -> Option<Node> {
    let effective = reference.schemas.effective(parameter.schema.as_slice());
    let telling = source == Source::Author
        || effective.default.is_some()
        || effective.constant.is_some()
        || effective.values.is_some()
        || effective.format.is_some()
        || !effective.string.patterns.is_empty()
        || effective.string.max.is_some();
    match value {
        Some(Node { value: Value::String(_), .. }) if !telling => {
            Some(example::string(auth::screaming(&parameter.name)))
        }
        value => value,
    }
}

/// Escapes what may not stand in a path or query; a template variable that no parameter declares becomes a word.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let Some(length) = rest[start..].find('}') else { break };
        push_escaped(&mut out, &rest[..start]);
        out.push_str(&auth::screaming(&rest[start + 1..start + length]));
        rest = &rest[start + length + 1..];
    }
    push_escaped(&mut out, rest);
    out
}

fn rooted(path: String) -> String {
    if path.starts_with('/') { path } else { format!("/{path}") }
}

fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/%".contains(c) => out.push(c),
            c => {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
            }
        }
    }
}
