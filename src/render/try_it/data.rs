//! What the console's script reads: one operation's request, ready to be filled in. The names of fields are an interface
//! between this file and `themes/default/js/try-it/`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{body, parameters, security};
use crate::model::api::{Operation, Server};
use crate::render::reference::Reference;
use crate::render::reference::badges::method_label;
use crate::render::reference::servers::published_at;
use crate::schema::wire::concrete;
use crate::schema::wire::server::{Reach, reach};

/// A field that is left out when it says nothing.
fn no(flag: &bool) -> bool {
    !flag
}

/// The request of an operation.
#[derive(Debug, Serialize)]
pub struct RequestData {
    /// The method, in capitals unless the standards do not know it.
    pub method: String,
    /// The path template.
    pub path: String,
    /// What relative servers are relative to: `[apis.<id>] base_url`, else where the API's pages begin.
    pub base: String,
    /// From the page to the address that authorization servers send the reader back to.
    pub callback: String,
    /// The servers, in order.
    pub servers: Vec<ServerData>,
    /// Every origin that the page may call besides its own.
    pub origins: BTreeSet<String>,
    /// A server is relative to the site.
    #[serde(skip_serializing_if = "no")]
    pub own_site: bool,
    /// The parameters, in order.
    pub parameters: Vec<ParameterData>,
    /// What the request may carry; nothing when it carries none.
    pub bodies: Vec<BodyData>,
    /// The request must carry one.
    #[serde(skip_serializing_if = "no")]
    pub body_required: bool,
    /// The alternatives of the security, each with all schemes that are needed together.
    pub security: Vec<Vec<SchemeData>>,
    /// What successful responses are made of, for `Accept`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accept: Option<String>,
}

/// A server.
#[derive(Debug, Serialize)]
pub struct ServerData {
    /// The URL with its variables in braces.
    pub url: String,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its variables.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<VariableData>,
    /// Why it cannot be called, when no base URL of it can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<&'static str>,
}

/// A variable of a server.
#[derive(Debug, Serialize)]
pub struct VariableData {
    /// Its name.
    pub name: String,
    /// Its default.
    pub default: String,
    /// The values it can have; empty when any text will do.
    pub values: Vec<String>,
    /// It must keep its default.
    #[serde(skip_serializing_if = "no")]
    pub fixed: bool,
}

/// What the console asks for, checks and writes: of a parameter, a field of a form, an item or a field of an object.
#[derive(Debug, Default, Serialize)]
pub struct Facts {
    /// `string`, `number`, `integer`, `boolean`, `array`, `object`, or `any`.
    pub kind: &'static str,
    /// Type and rules in words.
    pub hint: String,
    /// The values it can have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// `default`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The lower bound, included or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// The upper bound, included or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// `minLength`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_length: Option<usize>,
    /// `maxLength`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<usize>,
    /// `pattern`, the first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// What each item is, when items are single values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<Box<Facts>>,
    /// The fields of an object whose fields are single values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldData>,
}

/// A field of an object.
#[derive(Debug, Serialize)]
pub struct FieldData {
    /// Its name.
    pub name: String,
    /// It must be there.
    #[serde(skip_serializing_if = "no")]
    pub required: bool,
    /// What it is.
    #[serde(flatten)]
    pub facts: Facts,
}

/// A value to begin with, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Sample {
    /// One value, or JSON.
    Text(String),
    /// The items of a list.
    List(Vec<String>),
    /// The fields of an object.
    Fields(BTreeMap<String, String>),
}

/// A parameter.
#[derive(Debug, Serialize)]
pub struct ParameterData {
    /// Its name.
    pub name: String,
    /// `path`, `query`, `querystring`, `header`, `cookie`.
    #[serde(rename = "in")]
    pub location: &'static str,
    /// It must be there.
    #[serde(skip_serializing_if = "no")]
    pub required: bool,
    /// It should no longer be used.
    #[serde(skip_serializing_if = "no")]
    pub deprecated: bool,
    /// Browsers do not let a page set it: a cookie, or a header of the browser's own.
    #[serde(skip_serializing_if = "no")]
    pub blocked: bool,
    /// `style`.
    pub style: &'static str,
    /// `explode`.
    #[serde(skip_serializing_if = "no")]
    pub explode: bool,
    /// What is percent-encoded: `all`, `reserved` (all but reserved characters), `reservedInPath`, `none`.
    pub escape: &'static str,
    /// The media type that it is serialised by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media: Option<String>,
    /// What it is.
    #[serde(flatten)]
    pub facts: Facts,
    /// An example.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<Sample>,
    /// The example is filled in: the parameter is required, and the author gave the example.
    #[serde(skip_serializing_if = "no")]
    pub filled: bool,
}

/// One media type of the request body.
#[derive(Debug, Serialize)]
pub struct BodyData {
    /// The media type as it is sent.
    #[serde(rename = "type")]
    pub media: String,
    /// `json`, `form`, `multipart`, `binary` or `text`.
    pub syntax: &'static str,
    /// Texts to begin with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<BodyExample>,
    /// The fields of a form.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FormFieldData>,
    /// Names that an object in JSON must have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<String>,
    /// What JSON must be: `object`, `array`, … ; `any` when it may be several things.
    pub kind: &'static str,
}

/// A text to begin with.
#[derive(Debug, Serialize)]
pub struct BodyExample {
    /// Its name.
    pub label: String,
    /// The text.
    pub text: String,
}

/// A field of a form.
#[derive(Debug, Serialize)]
pub struct FormFieldData {
    /// Its name.
    pub name: String,
    /// It must be there.
    #[serde(skip_serializing_if = "no")]
    pub required: bool,
    /// It is a file.
    #[serde(skip_serializing_if = "no")]
    pub file: bool,
    /// Each item is a part of its own.
    #[serde(skip_serializing_if = "no")]
    pub repeated: bool,
    /// The content type of its part, when it has one.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub media: Option<String>,
    /// `style`, in urlencoded forms.
    pub style: &'static str,
    /// `explode`.
    #[serde(skip_serializing_if = "no")]
    pub explode: bool,
    /// What is percent-encoded.
    pub escape: &'static str,
    /// What it is.
    #[serde(flatten)]
    pub facts: Facts,
    /// An example.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<Sample>,
}

/// One scheme of an alternative.
#[derive(Debug, Serialize)]
pub struct SchemeData {
    /// Its name in the description.
    pub scheme: String,
    /// What kind it is, and what that kind needs.
    #[serde(flatten)]
    pub kind: SchemeKind,
    /// The variables that commands name in place of its secrets.
    pub variables: Vec<String>,
    /// The scopes that this operation needs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
}

/// What a scheme needs.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum SchemeKind {
    /// A key in a header, the query or a cookie.
    Key {
        /// `header`, `query` or `cookie`.
        #[serde(rename = "in")]
        location: &'static str,
        /// The name of the header, parameter or cookie.
        name: String,
    },
    /// User name and password.
    Basic,
    /// A bearer token.
    Bearer,
    /// Credentials of another HTTP scheme.
    Http {
        /// The scheme's word.
        word: String,
    },
    /// OAuth 2.0.
    OAuth {
        /// The flows that the console can follow.
        flows: Vec<FlowData>,
    },
    /// OpenID Connect: a token that the reader has.
    OpenId {
        /// Where the provider describes itself.
        url: String,
    },
    /// Something that the console cannot do; the words say what to do instead.
    Other {
        /// What is so.
        words: String,
    },
}

/// One OAuth flow.
#[derive(Debug, Serialize)]
pub struct FlowData {
    /// `authorizationCode` or `clientCredentials`.
    pub flow: String,
    /// Where the reader signs in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorize: Option<String>,
    /// Where tokens are given.
    pub token: String,
    /// Every scope with its description.
    pub scopes: Vec<(String, String)>,
}

/// Makes the request of an operation.
pub fn of_operation(reference: &Reference<'_>, operation: &Operation, origins: BTreeSet<String>) -> RequestData {
    let context = &reference.context;
    let portal = context.portal();
    let servers = super::servers(portal, reference.at, operation);
    let published_at = published_at(reference.api, reference.settings);
    let reached: Vec<Reach> = servers.iter().map(|server| reach(server, published_at)).collect();
    RequestData {
        method: method_label(operation.kind.method()),
        path: operation.kind.address().to_string(),
        base: published_at.map_or_else(|| context.href_to(&portal.edition(reference.at).base), str::to_owned),
        callback: context.href_to(&crate::model::route::Url::new(super::CALLBACK.to_owned())),
        own_site: reached.iter().any(|reach| reach.own_site),
        servers: servers.iter().zip(reached).map(|(server, reach)| server_data(server, &reach)).collect(),
        origins,
        parameters: parameters::of_operation(reference, operation),
        bodies: body::of_operation(reference, operation),
        body_required: operation.request_body.as_ref().is_some_and(|body| body.required),
        security: security::of_operation(reference, operation),
        accept: accept(operation),
    }
}

fn server_data(server: &Server, reach: &Reach) -> ServerData {
    let variables = server.variables.iter().zip(&reach.fixed).map(|(variable, fixed)| VariableData {
        name: variable.name.to_string(),
        default: variable.default.to_string(),
        values: variable.values.iter().map(|value| value.to_string()).collect(),
        fixed: *fixed,
    });
    ServerData {
        url: server.url.to_string(),
        name: server.name.as_ref().map(|name| name.to_string()),
        variables: variables.collect(),
        refused: if reach.is_callable() { None } else { reach.refused.first().map(|(_, reason)| *reason) },
    }
}

/// The media types of successful responses. More than 128 bytes would make browsers ask the server first whether the
/// header may be sent (Fetch, "CORS-safelisted request-header").
fn accept(operation: &Operation) -> Option<String> {
    let successful = operation.responses.iter().filter(|response| response.status.starts_with('2'));
    let mut types: Vec<String> = Vec::new();
    for media in successful.flat_map(|response| &response.content) {
        let name = concrete(&media.name);
        if !types.contains(&name) {
            types.push(name);
        }
    }
    let list = types.join(", ");
    let plain = |c: char| c.is_ascii_graphic() && !"\"():<>?@[\\]{}".contains(c) || c == ' ';
    (!list.is_empty() && list.len() <= 128 && list.chars().all(plain)).then_some(list)
}
