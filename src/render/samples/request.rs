//! The one request that every language writes.

use super::address::{base, push_parameters};
use super::auth;
pub use super::template::{Piece, Template};
use crate::model::api::{MediaType, Operation, OperationKind};
use crate::model::node::{Node, Value};
use crate::render::reference::Reference;
use crate::schema::Direction;
use crate::schema::example;
use crate::schema::wire::form::{BOUNDARY, Chunk};
use crate::schema::wire::written::{Written, written_json};
use crate::schema::wire::{self, Syntax, form, syntax};

/// Longer bodies lie in a file in samples, and stand beside them in full.
const INLINE_BODY: usize = 3_000;
/// URLs up to this many characters stay on one line.
const INLINE_URL: usize = 60;

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
    /// The parts of a `multipart/form-data` body.
    Multipart(Vec<form::Part>),
    /// Texts and files one after the other, with their content type: another multipart body that has files in it.
    Chunks(Vec<Chunk>, String),
    /// The bytes of a file: its name and content type.
    File(String, String),
}

/// A user and a password that an HTTP scheme asks for, by the names of their variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// The user.
    pub user: String,
    /// The password.
    pub password: String,
}

/// One request.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method in capitals, others as written.
    pub method: String,
    /// Scheme, host and the server's path.
    pub base: Template,
    /// The path, escaped.
    pub path: String,
    /// Pieces of the query, each escaped and complete (`a=b`).
    pub query: Vec<Template>,
    /// Headers besides the body's content type.
    pub headers: Vec<(String, Template)>,
    /// Pairs of the cookie header.
    pub cookies: Vec<Template>,
    /// User and password of the scheme `basic`.
    pub basic: Option<Login>,
    /// User and password of the scheme `digest`.
    pub digest: Option<Login>,
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
        if self.url().len() <= INLINE_URL {
            return vec![self.url()];
        }
        let mut lines = vec![self.resource()];
        for (at, piece) in self.query.iter().enumerate() {
            let start = if at == 0 { "?" } else { "&" };
            lines.push(Template::text(start).then(piece.clone()));
        }
        lines
    }

    /// Returns the URL.
    pub fn url(&self) -> Template {
        let mut url = self.resource();
        for (at, piece) in self.query.iter().enumerate() {
            url = url.then(Template::text(if at == 0 { "?" } else { "&" })).then(piece.clone());
        }
        url
    }

    /// Returns the URL without its query.
    pub fn resource(&self) -> Template {
        self.base.clone().then(Template::text(self.path.as_str()))
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

    /// Returns the content type of the body; `None` without one, and for a form whose boundary the library makes.
    pub fn content_type(&self) -> Option<String> {
        match &self.body {
            Body::None | Body::Multipart(_) => None,
            Body::Json(_, content_type)
            | Body::Text(_, content_type)
            | Body::Chunks(_, content_type)
            | Body::File(_, content_type) => Some(content_type.clone()),
            Body::Form(_) => Some("application/x-www-form-urlencoded".into()),
        }
    }

    /// Returns the body as text, when it is one.
    pub fn body_text(&self) -> Option<String> {
        match &self.body {
            Body::Json(value, _) => Some(wire::json(value)),
            Body::Text(text, _) => Some(text.clone()),
            Body::Form(pairs) => Some(pairs.join("&")),
            Body::None | Body::Multipart(_) | Body::Chunks(..) | Body::File(..) => None,
        }
    }

    /// Returns true when a value of the environment is needed.
    pub fn uses_variables(&self) -> bool {
        let variable = |template: &Template| template.pieces().iter().any(|piece| matches!(piece, Piece::Variable(_)));
        self.basic.is_some()
            || self.digest.is_some()
            || variable(&self.base)
            || self.query.iter().any(variable)
            || self.cookies.iter().any(variable)
            || self.headers.iter().any(|(_, value)| variable(value))
    }

    /// Returns the request with its digest login as a header, for languages that cannot compute it.
    pub fn without_digest(&self) -> Request {
        let mut request = self.clone();
        if let Some(login) = request.digest.take() {
            let credentials = login.user.replace("_USER", "_CREDENTIALS");
            auth::push_authorization(&mut request, "Digest", &credentials);
        }
        request
    }

    /// Returns the request with a form of parts as bare text and files, for languages that have no writer of forms.
    pub fn in_chunks(&self) -> Request {
        let mut request = self.clone();
        if let Body::Multipart(parts) = &self.body {
            request.body = of_chunks(form::chunks(parts, true), format!("multipart/form-data; boundary={BOUNDARY}"));
        }
        request
    }

    /// Returns the request with a form as bare text and files where a part is a multipart body itself.
    pub fn with_flat_parts(&self) -> Request {
        match &self.body {
            Body::Multipart(parts) if parts.iter().any(|part| !part.parts.is_empty()) => self.in_chunks(),
            _ => self.clone(),
        }
    }

    /// Returns the request with a form as bare text and files where a part is a multipart body itself or has headers
    /// of its own, which few libraries can set.
    pub fn with_simple_parts(&self) -> Request {
        match &self.body {
            Body::Multipart(parts) if parts.iter().any(|part| !part.headers.is_empty()) => self.in_chunks(),
            _ => self.with_flat_parts(),
        }
    }

    /// Returns what a sample says before it begins.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.certificate {
            remarks.push("This call needs a client certificate.".to_string());
        }
        if let Body::File(name, _) = &self.body
            && name.starts_with("body.")
        {
            remarks.push(format!("{name} holds the request body."));
        }
        remarks
    }
}

/// Chunks without a file are a text.
fn of_chunks(mut chunks: Vec<Chunk>, content_type: String) -> Body {
    match chunks.as_mut_slice() {
        [Chunk::Text(text)] => Body::Text(std::mem::take(text), content_type),
        _ => Body::Chunks(chunks, content_type),
    }
}

/// Makes the request of an operation: required parameters, the first way to authenticate, the first example.
pub fn of_operation<'a>(reference: &Reference<'a>, operation: &'a Operation) -> Request {
    let ours = matches!(operation.kind, OperationKind::Http { .. });
    let method = crate::render::reference::badges::method_label(operation.kind.method());
    let mut request = Request {
        method,
        base: if ours { base(reference, operation) } else { Template::default() },
        path: String::new(),
        query: Vec::new(),
        headers: Vec::new(),
        cookies: Vec::new(),
        basic: None,
        digest: None,
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

/// A header cannot hold line ends.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns what the samples of an operation carry.
pub fn body<'a>(reference: &Reference<'a>, operation: &'a Operation) -> Body {
    let Some(body) = &operation.request_body else { return Body::None };
    let Some(media) = preferred(&body.content) else { return Body::None };
    let limits = &reference.settings.limits;
    let shown = example::of_media(reference.schemas, media, Direction::Request, limits).into_iter().next();
    let content_type = wire::concrete(&media.name);
    let serialized = shown.as_ref().and_then(|shown| shown.serialized.map(|text| text.to_string()));
    let value = shown.and_then(|shown| shown.value);
    let body = match (syntax(&media.name), value, serialized) {
        (Syntax::Binary, _, _) => Body::File(format!("file.{}", form::extension(&content_type)), content_type),
        (_, _, Some(text)) => Body::Text(text, content_type),
        (_, None, None) => Body::None,
        (Syntax::Form, Some(value), _) if value.is_map() => Body::Form(form::pairs(media, &value)),
        (Syntax::Multipart, Some(value), _) if value.is_map() || value.is_list() => {
            multipart(form::parts(reference.schemas, media, &value), &content_type)
        }
        (Syntax::Json, Some(value), _) => match &value.value {
            Value::String(text) => match written_json(reference.schemas, media, text) {
                Written::Value => Body::Json(value, content_type),
                Written::Document(document) => Body::Json(document, content_type),
                Written::Text => Body::Text(text.to_string(), content_type),
            },
            _ => Body::Json(value, content_type),
        },
        (Syntax::JsonSequence, Some(value), _) => {
            Body::Text(records(&wire::body(reference.schemas, media, &value)), content_type)
        }
        (_, Some(value), _) => Body::Text(wire::body(reference.schemas, media, &value), content_type),
    };
    left_to_a_file(body)
}

/// Fields of a form are left to the libraries; any other kind of multipart body is written out.
fn multipart(parts: Vec<form::Part>, content_type: &str) -> Body {
    let is_form = wire::essence(content_type) == "multipart/form-data";
    if is_form && parts.iter().all(|part| !part.name.is_empty()) {
        return Body::Multipart(parts);
    }
    let content_type = if content_type.contains('*') { "multipart/mixed" } else { content_type };
    of_chunks(form::chunks(&parts, is_form), format!("{content_type}; boundary={BOUNDARY}"))
}

/// Each text of a JSON sequence begins with a record separator (RFC 7464).
fn records(lines: &str) -> String {
    lines.split_inclusive('\n').map(|line| format!("\u{1e}{line}")).collect()
}

fn left_to_a_file(body: Body) -> Body {
    let text = match &body {
        Body::Json(value, _) => wire::compact(value),
        Body::Text(text, _) => text.clone(),
        _ => return body,
    };
    match body {
        Body::Json(_, content_type) if text.len() > INLINE_BODY => Body::File("body.json".into(), content_type),
        Body::Text(_, content_type) if text.len() > INLINE_BODY => {
            Body::File(format!("body.{}", form::extension(&content_type)), content_type)
        }
        body => body,
    }
}

/// JSON reads best in samples; else the first media type.
fn preferred(content: &[MediaType]) -> Option<&MediaType> {
    content.iter().find(|media| syntax(&media.name) == Syntax::Json).or(content.first())
}
