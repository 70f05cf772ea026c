//! The one request that every language writes.

use super::auth;
use crate::model::api::{MediaType, Operation, OperationKind, Parameter, ParameterIn, Server};
use crate::model::node::{Node, Value};
use crate::render::reference::Reference;
use crate::render::reference::servers::{is_absolute, resolved_url};
use crate::schema::example::{self, Source};
use crate::schema::wire::{self, Syntax, form, parameter, syntax};
use crate::schema::{Direction, words};

/// Longer JSON bodies lie in a file in samples, and stand beside them in full.
const INLINE_BODY: usize = 3_000;
/// The host of samples of an API that names none.
const NO_HOST: &str = "https://api.example.com";

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text.
    Text(String),
    /// The value of a variable of the environment.
    Variable(String),
}

/// Text with variables in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template(Vec<Piece>);

impl Template {
    /// Takes text.
    pub fn text(text: impl Into<String>) -> Template {
        let text = text.into();
        Template(if text.is_empty() { Vec::new() } else { vec![Piece::Text(text)] })
    }

    /// Takes the name of a variable.
    pub fn variable(name: &str) -> Template {
        Template(vec![Piece::Variable(name.to_string())])
    }

    /// Adds another template; texts beside each other become one.
    pub fn then(mut self, other: Template) -> Template {
        for piece in other.0 {
            match (self.0.last_mut(), piece) {
                (Some(Piece::Text(last)), Piece::Text(text)) => last.push_str(&text),
                (_, piece) => self.0.push(piece),
            }
        }
        self
    }

    /// Returns the pieces.
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// Returns the text when there is no variable in it.
    pub fn as_text(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Returns the template with `$NAME` for each variable.
    pub fn shown(&self) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Variable(name) => format!("${name}"),
        });
        pieces.collect()
    }

    fn len(&self) -> usize {
        self.shown().len()
    }
}

/// What a request carries.
#[derive(Debug, Clone)]
pub enum Body {
    /// Nothing.
    None,
    /// A JSON value.
    Json(Node, String),
    /// Any other text, with its content type.
    Text(String, String),
    /// Urlencoded pairs.
    Form(Vec<String>),
    /// Parts.
    Multipart(Vec<form::Part>),
    /// The bytes of a file: its name and content type.
    File(String, String),
}

/// One request.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method in capitals, others as written.
    pub method: String,
    /// Scheme, host and the server's path.
    pub base: String,
    /// The path, escaped.
    pub path: String,
    /// Pieces of the query, each escaped and complete (`a=b`).
    pub query: Vec<Template>,
    /// Headers besides the body's content type.
    pub headers: Vec<(String, Template)>,
    /// Pairs of the cookie header.
    pub cookies: Vec<Template>,
    /// Variables of user and password.
    pub basic: Option<(String, String)>,
    /// A client certificate is needed.
    pub certificate: bool,
    /// What it carries.
    pub body: Body,
    /// False when the API sends it.
    pub ours: bool,
}

impl Request {
    /// Returns the URL in lines: first all up to the query, then each piece of the query. One line when it is short.
    pub fn url_lines(&self) -> Vec<Template> {
        let mut lines = vec![Template::text(format!("{}{}", self.base, self.path))];
        for (at, piece) in self.query.iter().enumerate() {
            let start = if at == 0 { "?" } else { "&" };
            lines.push(Template::text(start).then(piece.clone()));
        }
        let whole = lines.iter().map(Template::len).sum::<usize>();
        match whole <= 60 {
            true => vec![self.url()],
            false => lines,
        }
    }

    /// Returns the URL.
    pub fn url(&self) -> Template {
        let mut url = Template::text(format!("{}{}", self.base, self.path));
        for (at, piece) in self.query.iter().enumerate() {
            url = url.then(Template::text(if at == 0 { "?" } else { "&" })).then(piece.clone());
        }
        url
    }

    /// Returns every header in order: the given ones, cookies, and the content type that a language must set itself.
    pub fn all_headers(&self) -> Vec<(String, Template)> {
        let mut headers = self.headers.clone();
        if !self.cookies.is_empty() {
            let mut cookie = Template::default();
            for (at, pair) in self.cookies.iter().enumerate() {
                cookie = cookie.then(Template::text(if at == 0 { "" } else { "; " })).then(pair.clone());
            }
            headers.push(("Cookie".into(), cookie));
        }
        if let Some(content_type) = self.content_type() {
            headers.push(("Content-Type".into(), Template::text(content_type)));
        }
        headers
    }

    /// Returns the content type of the body; `None` without one, and for multipart, whose boundary the library makes.
    pub fn content_type(&self) -> Option<String> {
        match &self.body {
            Body::None | Body::Multipart(_) => None,
            Body::Json(_, content_type) | Body::Text(_, content_type) | Body::File(_, content_type) => {
                Some(content_type.clone())
            }
            Body::Form(_) => Some("application/x-www-form-urlencoded".into()),
        }
    }

    /// Returns the body as text, when it is one.
    pub fn body_text(&self) -> Option<String> {
        match &self.body {
            Body::Json(value, _) => Some(wire::json(value)),
            Body::Text(text, _) => Some(text.clone()),
            Body::Form(pairs) => Some(pairs.join("&")),
            Body::None | Body::Multipart(_) | Body::File(..) => None,
        }
    }
}

/// Makes the request of an operation: required parameters, the first way to authenticate, the first example.
pub fn of_operation<'a>(reference: &Reference<'a>, operation: &'a Operation) -> Request {
    let ours = matches!(operation.kind, OperationKind::Http { .. });
    let servers = operation.servers.as_deref().unwrap_or(&reference.api.servers);
    let method = crate::render::reference::badges::method_label(operation.kind.method());
    let mut request = Request {
        method,
        base: if ours { base(servers) } else { String::new() },
        path: String::new(),
        query: Vec::new(),
        headers: Vec::new(),
        cookies: Vec::new(),
        basic: None,
        certificate: false,
        body: Body::None,
        ours,
    };
    push_parameters(reference, operation, &mut request);
    let requirements = reference.requirements(operation).unwrap_or(&[]);
    if let Some(requirement) = requirements.iter().find(|requirement| !requirement.schemes.is_empty()) {
        auth::apply(reference.api, requirement, &mut request);
    }
    request.body = body(reference, operation);
    request
}

/// Returns the URL that paths are added to.
pub(super) fn base(servers: &[Server]) -> String {
    let url = servers.first().map_or(String::new(), resolved_url);
    match url.as_str() {
        url if is_absolute(url) => url.to_string(),
        url if url.starts_with("//") => format!("https:{url}"),
        url => format!("{NO_HOST}/{}", url.trim_start_matches(['.', '/'])).trim_end_matches('/').to_string(),
    }
}

fn push_parameters<'a>(reference: &Reference<'a>, operation: &'a Operation, request: &mut Request) {
    let mut path = operation.kind.address().to_string();
    for parameter in &operation.parameters {
        let in_path = parameter.location == ParameterIn::Path;
        if !in_path && !parameter.required {
            continue;
        }
        let Some(value) = value(reference, parameter) else { continue };
        let written = parameter::write(parameter, &value);
        match parameter.location {
            ParameterIn::Path => {
                path = path.replace(&format!("{{{}}}", parameter.name), &written.text(ParameterIn::Path));
            }
            ParameterIn::Query | ParameterIn::QueryString => {
                request.query.extend(written.pieces.into_iter().map(Template::text));
            }
            ParameterIn::Cookie => request.cookies.extend(written.pieces.into_iter().map(Template::text)),
            ParameterIn::Header => {
                let ignored = ["accept", "content-type", "authorization"];
                if !ignored.contains(&parameter.name.to_ascii_lowercase().as_str()) {
                    let text = one_line(&written.text(ParameterIn::Header));
                    request.headers.push((parameter.name.to_string(), Template::text(text)));
                }
            }
        }
    }
    request.path = match operation.kind {
        OperationKind::Http { .. } => escaped_path(&path),
        OperationKind::Webhook { .. } | OperationKind::Callback { .. } => "/your-endpoint".into(),
    };
}

/// A header cannot hold line ends.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the value of a parameter for a sample. A path parameter of which nothing is known is a word that says what
/// belongs there.
fn value<'a>(reference: &Reference<'a>, parameter: &'a Parameter) -> Option<Node> {
    let limits = &reference.settings.limits;
    let shown = example::of_parameter(reference.schemas, parameter, Direction::Request, limits);
    let first = shown.into_iter().find(|shown| shown.value.is_some());
    let Some(first) = first else {
        return Some(example::string(auth::screaming(&parameter.name)));
    };
    let effective = reference.schemas.effective(parameter.schema.as_slice());
    let telling = first.source == Source::Author
        || effective.default.is_some()
        || effective.constant.is_some()
        || effective.values.is_some()
        || effective.format.is_some()
        || !effective.string.patterns.is_empty()
        || effective.string.max.is_some();
    match first.value {
        Some(Node { value: Value::String(_), .. }) if !telling => {
            Some(example::string(auth::screaming(&parameter.name)))
        }
        value => value,
    }
}

/// Escapes what may not stand in a path; a template variable that no parameter declares becomes a word.
fn escaped_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(start) = rest.find('{') {
        let Some(length) = rest[start..].find('}') else { break };
        push_path(&mut out, &rest[..start]);
        out.push_str(&auth::screaming(&rest[start + 1..start + length]));
        rest = &rest[start + length + 1..];
    }
    push_path(&mut out, rest);
    if out.starts_with('/') { out } else { format!("/{out}") }
}

fn push_path(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/%?".contains(c) => out.push(c),
            c => {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
            }
        }
    }
}

fn body<'a>(reference: &Reference<'a>, operation: &'a Operation) -> Body {
    let Some(body) = &operation.request_body else { return Body::None };
    let Some(media) = preferred(&body.content) else { return Body::None };
    let limits = &reference.settings.limits;
    let shown = example::of_media(reference.schemas, media, Direction::Request, limits).into_iter().next();
    let content_type = concrete(&media.name);
    let serialized = shown.as_ref().and_then(|shown| shown.serialized.map(|text| text.to_string()));
    let value = shown.and_then(|shown| shown.value);
    match (syntax(&media.name), value, serialized) {
        (Syntax::Binary, _, _) => Body::File(format!("file.{}", form::extension(&content_type)), content_type),
        (_, _, Some(text)) => Body::Text(text, content_type),
        (_, None, None) => Body::None,
        (Syntax::Form, Some(value), _) if value.is_map() => Body::Form(form::pairs(reference.schemas, media, &value)),
        (Syntax::Multipart, Some(value), _) if value.is_map() => {
            Body::Multipart(form::parts(reference.schemas, media, &value))
        }
        (Syntax::Json, Some(value), _) => match &value.value {
            Value::String(text) if text.trim_start().starts_with(['{', '[']) => {
                Body::Text(text.to_string(), content_type)
            }
            _ if words::value(&value).len() > INLINE_BODY => Body::File("body.json".into(), content_type),
            _ => Body::Json(value, content_type),
        },
        (_, Some(value), _) => Body::Text(wire::body(reference.schemas, media, &value), content_type),
    }
}

/// JSON reads best in samples; else the first media type.
fn preferred(content: &[MediaType]) -> Option<&MediaType> {
    content.iter().find(|media| syntax(&media.name) == Syntax::Json).or(content.first())
}

/// Returns a media type that a request can name: ranges become a usual member.
pub fn concrete(media: &str) -> String {
    match wire::essence(media).as_str() {
        "" | "*/*" | "application/*" | "*" => "application/json".into(),
        "text/*" => "text/plain".into(),
        "image/*" => "image/png".into(),
        "audio/*" => "audio/mpeg".into(),
        "video/*" => "video/mp4".into(),
        _ => one_line(media),
    }
}
