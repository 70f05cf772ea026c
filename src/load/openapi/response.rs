//! Request bodies, responses and their links.

use std::sync::Arc;

use super::lift::{Followed, Kind, Lifter};
use super::strict::Part;
use crate::diag::codes::description as codes;
use crate::model::Text;
use crate::model::api::{Link, RequestBody, Response, SpecVersion};
use crate::model::node::{Entry, Node};

const LINK_FIELDS: &[&str] = &["operationRef", "operationId", "parameters", "requestBody", "description", "server"];

impl Lifter<'_> {
    /// Returns the request body of a 3.x operation.
    pub fn request_body(&mut self, operation: &Node) -> Option<RequestBody> {
        let entry = self.present(operation, "requestBody")?.clone();
        if self.is_internal(&entry.value) {
            return None;
        }
        let mut body = RequestBody {
            description: None,
            required: false,
            content: Vec::new(),
            extensions: Vec::new(),
            problem: None,
            span: entry.value.span,
        };
        match self.follow(&entry.value, Kind::RequestBody) {
            Err(problem) => body.problem = Some(problem),
            Ok(followed) => {
                let node = followed.node;
                let reported = self.diagnostics.len();
                self.known(&node, "a request body", &["description", "required", "content"]);
                if self.present(&node, "content").is_none() {
                    self.missing(&node, "a request body", "content");
                }
                body.description = followed.description.or_else(|| self.prose(&node, "description"));
                body.required = self.flag(&node, "required").unwrap_or(false);
                self.ask_strict_reader(&node, Part::RequestBody, reported);
                body.content = self.content(&node);
                body.extensions = self.extensions(&node);
            }
        }
        Some(body)
    }

    /// Returns the responses of an operation. `read` reads the object of one version.
    pub fn responses(&mut self, operation: &Node, read: ReadResponse<'_>) -> Vec<Response> {
        let entries = self.map(operation, "responses");
        let mut responses = Vec::with_capacity(entries.len());
        for entry in entries.iter().filter(|entry| !entry.key.starts_with("x-")) {
            if !self.is_internal(&entry.value) && self.spend(1, entry.key_span) {
                responses.push(self.response(entry, &read));
            }
        }
        responses
    }

    fn response(&mut self, entry: &Entry, read: &ReadResponse<'_>) -> Response {
        let status = self.status(entry);
        let mut response = empty_response(status, entry);
        let followed = match self.follow(&entry.value, Kind::Response) {
            Ok(followed) => followed,
            Err(problem) => return Response { problem: Some(problem), ..response },
        };
        let node = &followed.node;
        if !node.is_map() {
            let message = format!("a response is {}, an object is expected", node.kind_word());
            response.problem = Some(self.problem(codes::WRONG_TYPE, node.span, message, None));
            return response;
        }
        let at = node.span;
        let known = self.shared_responses.get(&at).filter(|_| followed.referenced && read.shareable());
        if let Some(known) = known {
            let parts = weight(known);
            let known = Response { status: response.status.clone(), span: response.span, ..known.clone() };
            return match self.spend(parts, entry.key_span) {
                true => with_overrides(known, followed),
                false => response,
            };
        }
        match read {
            ReadResponse::V3 => self.read_response(&mut response, node),
            ReadResponse::V2 { produces } => self.read_response_2_0(&mut response, node, produces),
        }
        if followed.referenced && read.shareable() {
            self.shared_responses.insert(at, response.clone());
        }
        with_overrides(response, followed)
    }

    fn read_response(&mut self, response: &mut Response, node: &Node) {
        let reported = self.diagnostics.len();
        self.known(node, "a response", &["summary", "description", "headers", "content", "links"]);
        if self.present(node, "description").is_none() && self.spec_at(node.span) < SpecVersion::V3_2 {
            self.missing(node, "a response", "description");
        }
        response.summary = self.text(node, "summary").or_else(|| self.text(node, "x-summary"));
        response.description = self.prose(node, "description");
        self.ask_strict_reader(node, Part::Response, reported);
        response.headers = self.headers(node);
        response.content = self.content(node);
        response.links = self.links(node, "links");
        response.extensions = self.extensions(node);
    }

    /// Returns the key of a response; ranges are written in capitals.
    fn status(&mut self, entry: &Entry) -> Text {
        let key = &entry.key;
        let bytes = key.as_bytes();
        let code = bytes.len() == 3 && matches!(bytes[0], b'1'..=b'5') && bytes[1..].iter().all(u8::is_ascii_digit);
        if code || &**key == "default" {
            return Arc::clone(key);
        }
        let range = bytes.len() == 3 && matches!(bytes[0], b'1'..=b'5') && key[1..].eq_ignore_ascii_case("XX");
        if range && &key[1..] == "XX" {
            return Arc::clone(key);
        }
        let help = match range {
            true => format!("write `{}`", key.to_ascii_uppercase()),
            false => codes::STATUS_CODE.mend.to_string(),
        };
        self.report(codes::STATUS_CODE, entry.key_span, format!("`{key}` is no status code")).help = Some(help);
        if range { key.to_ascii_uppercase().into() } else { Arc::clone(key) }
    }

    /// Returns the links of a response; their operations are found when all have been read.
    pub fn links(&mut self, node: &Node, key: &str) -> Vec<Link> {
        let entries = self.map(node, key);
        let mut links = Vec::with_capacity(entries.len());
        for entry in entries.iter() {
            if !self.is_internal(&entry.value) {
                links.push(self.link(entry));
            }
        }
        links
    }

    fn link(&mut self, entry: &Entry) -> Link {
        let mut link = Link {
            name: Arc::clone(&entry.key),
            target: None,
            operation: None,
            parameters: Vec::new(),
            request_body: None,
            description: None,
            server: None,
            extensions: Vec::new(),
            problem: None,
            span: entry.value.span,
        };
        let followed = match self.follow(&entry.value, Kind::Link) {
            Ok(followed) => followed,
            Err(problem) => return Link { problem: Some(problem), ..link },
        };
        let node = followed.node;
        let reported = self.diagnostics.len();
        self.known(&node, "a link", LINK_FIELDS);
        // The place of a `operationRef` is what the reference is resolved against.
        let target = node.get("operationId").or_else(|| node.get("operationRef"));
        link.span = target.map_or(node.span, |target| target.span);
        link.target = self.text(&node, "operationId").or_else(|| self.text(&node, "operationRef"));
        if target.is_none() {
            self.missing(&node, "a link", "operationId");
        }
        let parameters = self.map(&node, "parameters");
        link.parameters = parameters.iter().map(|entry| (Arc::clone(&entry.key), entry.value.clone())).collect();
        link.request_body = node.get("requestBody").cloned();
        link.extensions = self.extensions(&node);
        link.description = followed.description.or_else(|| self.prose(&node, "description"));
        self.ask_strict_reader(&node, Part::Link, reported);
        link.server = self.present(&node, "server").cloned().and_then(|entry| self.server(&entry.value));
        link
    }
}

/// How the responses of a version are read.
pub enum ReadResponse<'a> {
    /// 3.x: the content stands in the response.
    V3,
    /// 2.0: the media types stand in the operation, so that one shared response has several forms.
    V2 {
        /// The operation's `produces`, or the root's.
        produces: &'a [Text],
    },
}

impl ReadResponse<'_> {
    fn shareable(&self) -> bool {
        matches!(self, ReadResponse::V3)
    }
}

/// Returns a response without anything in it.
fn empty_response(status: Text, entry: &Entry) -> Response {
    Response {
        status,
        summary: None,
        description: None,
        headers: Vec::new(),
        content: Vec::new(),
        links: Vec::new(),
        extensions: Vec::new(),
        problem: None,
        span: entry.key_span,
    }
}

/// Returns how many parts a response has.
fn weight(response: &Response) -> usize {
    let content = response.content.iter().map(|media| 1 + media.examples.len() + media.encoding.len());
    response.headers.len() + response.links.len() + content.sum::<usize>()
}

fn with_overrides(mut response: Response, followed: Followed) -> Response {
    if followed.description.is_some() {
        response.description = followed.description;
    }
    if followed.summary.is_some() {
        response.summary = followed.summary;
    }
    response
}
