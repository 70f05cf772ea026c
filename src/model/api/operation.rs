//! Operations: paths, webhooks and callbacks, and what they take and give.

use super::{ExternalDocs, Problem, Prose, SchemaId, SecurityRequirement, Server};
use crate::model::Text;
use crate::model::node::{Entry, Node, Span};

/// What calling an operation means on the wire. Closed: a new protocol makes the compiler list who must know.
#[derive(Debug, Clone)]
pub enum OperationKind {
    /// An HTTP request from the consumer to the API.
    Http {
        /// The method in the case the description uses (`GET`; 3.2 `additionalOperations` keep their own).
        method: Text,
        /// The path template as written.
        path: Text,
    },
    /// An HTTP request from the API to the consumer (`webhooks`, `x-webhooks`).
    Webhook {
        /// The method.
        method: Text,
        /// The key below `webhooks`.
        name: Text,
    },
    /// An HTTP request from the API to a URL that a request named (`callbacks`).
    Callback {
        /// The method.
        method: Text,
        /// The runtime expression that gives the URL.
        expression: Text,
    },
}

impl OperationKind {
    /// Returns the HTTP method as written.
    pub fn method(&self) -> &Text {
        match self {
            OperationKind::Http { method, .. }
            | OperationKind::Webhook { method, .. }
            | OperationKind::Callback { method, .. } => method,
        }
    }

    /// Returns the path template, the webhook's name or the callback's expression.
    pub fn address(&self) -> &Text {
        match self {
            OperationKind::Http { path, .. } => path,
            OperationKind::Webhook { name, .. } => name,
            OperationKind::Callback { expression, .. } => expression,
        }
    }
}

/// The Operation Object, with the path item's share merged in.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Protocol, method and address.
    pub kind: OperationKind,
    /// `operationId`.
    pub operation_id: Option<Text>,
    /// The part of its URL: from the operationId, else from method and path; unique in the API, safe on any disk.
    /// Empty for callbacks, which have no page.
    pub slug: Text,
    /// `summary`.
    pub summary: Option<Text>,
    /// `description`.
    pub description: Option<Prose>,
    /// The path item's `summary`, shared by its operations.
    pub shared_summary: Option<Text>,
    /// The path item's `description`, shared by its operations.
    pub shared_description: Option<Prose>,
    /// `tags` as written.
    pub tags: Vec<Text>,
    /// `externalDocs`.
    pub external_docs: Option<ExternalDocs>,
    /// Parameters of the operation and, where not overridden, of the path item.
    pub parameters: Vec<Parameter>,
    /// `requestBody`.
    pub request_body: Option<RequestBody>,
    /// `responses` in document order.
    pub responses: Vec<Response>,
    /// `callbacks`.
    pub callbacks: Vec<Callback>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `security` of the operation; `None` when the root's holds.
    pub security: Option<Vec<SecurityRequirement>>,
    /// Servers of the operation or path item that replace the API's; `None` when the API's hold.
    pub servers: Option<Vec<Server>>,
    /// `x-codeSamples` and its older spelling.
    pub samples: Vec<CodeSample>,
    /// Specification extensions of the operation.
    pub extensions: Vec<Entry>,
    /// Specification extensions of the path item, shared by its operations.
    pub shared_extensions: Vec<Entry>,
    /// Specification extensions of the Responses Object.
    pub responses_extensions: Vec<Entry>,
    /// What could not be read.
    pub problem: Option<Problem>,
    /// Where the operation stands (its key: the method).
    pub span: Span,
    /// The whole Operation Object.
    pub body_span: Span,
}

impl Operation {
    /// Returns true when consumers call it and it can answer with an error.
    pub fn has_errors(&self) -> bool {
        matches!(self.kind, OperationKind::Http { .. }) && self.responses.iter().any(Response::is_error)
    }
}

/// One entry of `x-codeSamples`.
#[derive(Debug, Clone)]
pub struct CodeSample {
    /// `lang`.
    pub language: Text,
    /// `label`.
    pub label: Option<Text>,
    /// `source`.
    pub source: Text,
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParameterIn {
    /// In the path template.
    Path,
    /// In the query string.
    Query,
    /// The whole query string (3.2).
    QueryString,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// How a parameter's value is written (OpenAPI 3.2, "Style Values").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// RFC 6570 path-style.
    Matrix,
    /// RFC 6570 label.
    Label,
    /// RFC 6570 simple.
    Simple,
    /// RFC 6570 form.
    Form,
    /// Values separated by spaces.
    SpaceDelimited,
    /// Values separated by `|`.
    PipeDelimited,
    /// Values separated by tabs (2.0 `collectionFormat: tsv`; no 3.x equivalent).
    TabDelimited,
    /// `name[key]=value`.
    DeepObject,
    /// Cookie pairs without percent-encoding (3.2).
    Cookie,
}

/// The Parameter Object, or a Header Object with `location` set to [`ParameterIn::Header`].
#[derive(Debug, Clone)]
pub struct Parameter {
    /// `name`; header names keep their case.
    pub name: Text,
    /// `in`.
    pub location: ParameterIn,
    /// `description`.
    pub description: Option<Prose>,
    /// `required`; true for every path parameter.
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `allowEmptyValue`.
    pub allow_empty: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// `style`, or the default of its place.
    pub style: Style,
    /// `explode`, or the default of its style.
    pub explode: bool,
    /// `schema`.
    pub schema: Option<SchemaId>,
    /// `content`: the serialised form has a media type.
    pub content: Vec<MediaType>,
    /// `examples` and `example`.
    pub examples: Vec<Example>,
    /// True when it comes from the path item.
    pub shared: bool,
    /// Specification extensions.
    pub extensions: Vec<Entry>,
    /// What could not be read: an unresolved reference, a wrong type.
    pub problem: Option<Problem>,
    /// Where it stands.
    pub span: Span,
}

/// The Request Body Object.
#[derive(Debug, Clone)]
pub struct RequestBody {
    /// `description`.
    pub description: Option<Prose>,
    /// `required`; false unless said.
    pub required: bool,
    /// `content`, in order.
    pub content: Vec<MediaType>,
    /// Specification extensions.
    pub extensions: Vec<Entry>,
    /// What could not be read.
    pub problem: Option<Problem>,
    /// Where it stands.
    pub span: Span,
}

/// The Media Type Object and the key it stands under.
#[derive(Debug, Clone)]
pub struct MediaType {
    /// The media type or range as written, with its parameters; empty when a 2.0 description states none.
    pub name: Text,
    /// `schema`.
    pub schema: Option<SchemaId>,
    /// `itemSchema` (3.2): the shape of each item of a stream.
    pub item_schema: Option<SchemaId>,
    /// `examples` and `example`.
    pub examples: Vec<Example>,
    /// `encoding` by property name, for forms.
    pub encoding: Vec<Encoding>,
    /// `prefixEncoding` (3.2): the parts of an ordered multipart body by position; their `property` is empty.
    pub prefix_encoding: Vec<Encoding>,
    /// `itemEncoding` (3.2): every further part of an ordered multipart body; its `property` is empty.
    pub item_encoding: Option<Box<Encoding>>,
    /// Specification extensions.
    pub extensions: Vec<Entry>,
    /// What could not be read.
    pub problem: Option<Problem>,
    /// Where it stands.
    pub span: Span,
}

/// The Encoding Object of one property of a form.
#[derive(Debug, Clone)]
pub struct Encoding {
    /// The property.
    pub property: Text,
    /// `contentType`.
    pub content_type: Option<Text>,
    /// `headers` of a multipart part.
    pub headers: Vec<Parameter>,
    /// `style`, when said.
    pub style: Option<Style>,
    /// `explode`, when said.
    pub explode: Option<bool>,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// `encoding` of a part that is a multipart body itself (3.2).
    pub encoding: Vec<Encoding>,
    /// `prefixEncoding` of such a part (3.2).
    pub prefix_encoding: Vec<Encoding>,
    /// `itemEncoding` of such a part (3.2).
    pub item_encoding: Option<Box<Encoding>>,
    /// Specification extensions.
    pub extensions: Vec<Entry>,
}

/// The Example Object, or an `example` without a name.
#[derive(Debug, Clone)]
pub struct Example {
    /// The key below `examples`; `None` for `example`.
    pub name: Option<Text>,
    /// `summary`.
    pub summary: Option<Text>,
    /// `description`.
    pub description: Option<Prose>,
    /// `value` or `dataValue` (3.2).
    pub value: Option<Node>,
    /// The value was written as `dataValue`: it is data, whatever the media type.
    pub is_data: bool,
    /// `serializedValue` (3.2): the exact bytes on the wire.
    pub serialized: Option<Text>,
    /// `externalValue`.
    pub external: Option<Text>,
    /// Specification extensions.
    pub extensions: Vec<Entry>,
    /// The file of the input folder that `externalValue` names.
    pub file: Option<ExampleFile>,
    /// What could not be read.
    pub problem: Option<Problem>,
    /// Where it stands.
    pub span: Span,
}

/// A file of the input folder that holds an example.
#[derive(Debug, Clone)]
pub struct ExampleFile {
    /// Its path below the published files of the description.
    pub name: String,
    /// What it holds, when that is text and short enough to be shown.
    pub text: Option<Text>,
}

/// The Response Object and the key it stands under.
#[derive(Debug, Clone)]
pub struct Response {
    /// `200`, `4XX`, `default`.
    pub status: Text,
    /// `summary` (3.2).
    pub summary: Option<Text>,
    /// `description`.
    pub description: Option<Prose>,
    /// `headers`.
    pub headers: Vec<Parameter>,
    /// `content`, in order.
    pub content: Vec<MediaType>,
    /// `links`.
    pub links: Vec<Link>,
    /// Specification extensions.
    pub extensions: Vec<Entry>,
    /// What could not be read.
    pub problem: Option<Problem>,
    /// Where it stands.
    pub span: Span,
}

impl Response {
    /// Returns true for a response of status 4xx or 5xx, and for `default`.
    pub fn is_error(&self) -> bool {
        self.status.starts_with(['4', '5']) || self.status.eq_ignore_ascii_case("default")
    }
}

/// The Link Object.
#[derive(Debug, Clone)]
pub struct Link {
    /// The key below `links`.
    pub name: Text,
    /// `operationId` or `operationRef` as written.
    pub target: Option<Text>,
    /// Index into the API's operations when the target is one of them.
    pub operation: Option<u32>,
    /// `parameters`: name and constant or runtime expression.
    pub parameters: Vec<(Text, Node)>,
    /// `requestBody`.
    pub request_body: Option<Node>,
    /// `description`.
    pub description: Option<Prose>,
    /// `server`.
    pub server: Option<Server>,
    /// Specification extensions.
    pub extensions: Vec<Entry>,
    /// What could not be read.
    pub problem: Option<Problem>,
    /// Where it stands.
    pub span: Span,
}

/// One named callback with its operations.
#[derive(Debug, Clone)]
pub struct Callback {
    /// The key below `callbacks`.
    pub name: Text,
    /// Its operations, each of [`OperationKind::Callback`].
    pub operations: Vec<Operation>,
    /// True when the callback stands inside of itself: its operations are those of the callback around it with the
    /// same `body_span`.
    pub recursive: bool,
    /// The whole Callback Object, wherever a reference led.
    pub body_span: Span,
    /// Specification extensions.
    pub extensions: Vec<Entry>,
    /// What could not be read.
    pub problem: Option<Problem>,
    /// Where it stands.
    pub span: Span,
}
