//! The records of an API: its landing page, tags, operations, webhooks, schemas and ways to authenticate.

use std::collections::BTreeSet;

use super::prose::plain;
use super::{Kind, Page, Record, fields};
use crate::model::api::{
    Api, Callback, Operation, OperationKind, Parameter, ParameterIn, Prose, SchemaId, SecurityKind,
};
use crate::model::portal::Portal;
use crate::model::route::{ApiIndex, Subject};
use crate::schema::errors::Errors;
use crate::schema::{Index, Schemas, anchor};
use crate::text::words_of_identifier;

/// The portal's APIs, and what is worked out once for each.
pub struct Apis<'a> {
    portal: &'a Portal,
    indices: Vec<Index>,
}

/// Returns whether an operation is called by consumers or by the API.
pub fn operation_kind(api: &Api, at: u32) -> Kind {
    match api.operations.get(at as usize).map(|operation| &operation.kind) {
        Some(OperationKind::Webhook { .. } | OperationKind::Callback { .. }) => Kind::Webhook,
        Some(OperationKind::Http { .. }) | None => Kind::Operation,
    }
}

impl<'a> Apis<'a> {
    /// Looks at the schemas of every current API.
    pub fn new(portal: &'a Portal) -> Apis<'a> {
        let index = |edition: &crate::model::portal::ApiEdition| match edition.earlier_of {
            None => Index::new(&edition.api),
            Some(_) => Index::default(),
        };
        Apis { portal, indices: portal.apis.iter().map(index).collect() }
    }

    fn schemas(&self, api: ApiIndex) -> Schemas<'_> {
        Schemas { api: self.portal.api(api), index: &self.indices[api.0 as usize] }
    }

    /// The landing page: the words of `api.md`, or the description's own.
    pub(super) fn landing(&self, api: ApiIndex, page: &mut Page) {
        let edition = self.portal.edition(api);
        let (id, info) = (&edition.api.id, &edition.api.info);
        page.head.names.push(id.to_string());
        if !info.title.is_empty() && info.title != page.head.title {
            page.head.names.push(info.title.clone());
        }
        let texts = [info.summary.as_deref(), info.description.as_ref().map(|prose| &*prose.text)];
        texts.into_iter().flatten().for_each(|text| add(&mut page.head.text, &plain(text)));
        if let Some(landing) = edition.landing {
            super::document::body(&self.portal.document(landing).body, page);
        }
    }

    /// A tag with its description.
    pub(super) fn tag(&self, api: ApiIndex, tag: u32, page: &mut Page) {
        let Some(tag) = self.portal.api(api).tags.get(tag as usize) else { return };
        if *tag.name != *page.head.title {
            page.head.names.push(tag.name.to_string());
        }
        page.head.text = prose(tag.description.as_ref());
    }

    /// An operation with its parameters, fields and responses.
    pub(super) fn operation(&self, api: ApiIndex, at: u32, page: &mut Page) {
        let schemas = self.schemas(api);
        let Some(operation) = schemas.api.operations.get(at as usize) else { return };
        let head = &mut page.head;
        head.names.extend(operation.operation_id.as_deref().map(str::to_owned));
        let method = operation.kind.method().to_string();
        match &operation.kind {
            OperationKind::Http { path, .. } => head.call = Some((method, path.to_string())),
            OperationKind::Webhook { name, .. } | OperationKind::Callback { expression: name, .. } => {
                head.names.push(name.to_string());
                head.call = Some((method, String::new()));
            }
        }
        head.deprecated = operation.deprecated;
        head.keywords.extend(operation.tags.iter().map(|tag| tag.to_string()));
        head.keywords.extend(scopes(schemas.api, operation));
        let texts = [&operation.description, &operation.shared_description];
        texts.into_iter().for_each(|text| add(&mut head.text, &prose(text.as_ref())));
        page.parts.extend(operation.parameters.iter().map(|one| parameter(schemas, one)));
        let content = operation.request_body.as_ref().map_or(&[][..], |body| &body.content);
        page.parts.extend(fields::body(schemas, content));
        responses(schemas, operation, &mut page.parts);
        page.parts.extend(operation.callbacks.iter().map(callback));
    }

    /// A named schema with its properties.
    pub(super) fn schema(&self, api: ApiIndex, id: SchemaId, page: &mut Page) {
        let schemas = self.schemas(api);
        let schema = schemas.get(id);
        let name = schemas.name(id);
        page.head.names.push(name.to_owned());
        page.head.names.extend(schema.title.as_deref().filter(|title| *title != name).map(str::to_owned));
        page.head.keywords.push(words_of_identifier(name));
        page.head.deprecated = schema.deprecated;
        let effective = schemas.effective(&[id]);
        effective.descriptions.iter().for_each(|text| add(&mut page.head.text, &plain(&text.text)));
        page.head.keywords.extend(fields::values(&effective));
        page.parts = fields::properties(schemas, id);
    }

    /// The security schemes of an API.
    pub(super) fn authentication(&self, api: ApiIndex, page: &mut Page) {
        page.head.keywords.extend(["auth", "login", "credentials"].map(str::to_owned));
        for scheme in &self.portal.api(api).security_schemes {
            let at = anchor::scheme(&scheme.name);
            let mut record = Record::part(Kind::Scheme, &scheme.name, at).named(&scheme.name);
            record.keywords = scheme_words(&scheme.kind);
            record.text = prose(scheme.description.as_ref());
            record.deprecated = scheme.deprecated;
            page.parts.push(record);
        }
    }
}

/// Returns the anchors of the fields that lie in a page: where its records of fields lead.
pub fn field_anchors(schemas: Schemas<'_>, subject: Subject) -> Vec<String> {
    match subject {
        Subject::Operation(_, at) => {
            let body = schemas.api.operations.get(at as usize).and_then(|operation| operation.request_body.as_ref());
            fields::body_anchors(schemas, body.map_or(&[][..], |body| &body.content))
        }
        Subject::Schema(_, id) => fields::property_anchors(schemas, id),
        _ => Vec::new(),
    }
}

impl Apis<'_> {
    /// What can go wrong with an API: its codes and statuses.
    pub(super) fn errors(&self, api: ApiIndex, page: &mut Page) {
        page.head.keywords.extend(["problem", "failure", "status"].map(str::to_owned));
        let errors = Errors::new(self.schemas(api));
        for code in &errors.codes {
            let mut record = Record::part(Kind::Error, &code.value, code.anchor.clone()).named(&code.value);
            record.text = code.meaning.clone().unwrap_or_default();
            page.parts.push(record);
        }
        for status in &errors.statuses {
            let mut record = Record::part(Kind::Error, status.status, status.anchor.clone()).named(status.status);
            let meanings = status.meanings.iter().take(STATUS_TEXTS).map(|meaning| prose(meaning.description));
            meanings.for_each(|text| add(&mut record.text, &text));
            page.parts.push(record);
        }
    }
}

/// Texts of one status that are words of it.
const STATUS_TEXTS: usize = 20;

/// Adds a text to others.
fn add(texts: &mut String, text: &str) {
    if !text.is_empty() {
        texts.push_str(if texts.is_empty() { "" } else { "\n" });
        texts.push_str(text);
    }
}

/// The words of a description, or nothing.
fn prose(prose: Option<&Prose>) -> String {
    prose.map_or(String::new(), |prose| plain(&prose.text))
}

fn scheme_words(kind: &SecurityKind) -> Vec<String> {
    let words: Vec<&str> = match kind {
        SecurityKind::ApiKey { name, .. } => vec!["API key", name],
        SecurityKind::Http { scheme, bearer_format, .. } => {
            ["HTTP", scheme].into_iter().chain(bearer_format.as_deref()).collect()
        }
        SecurityKind::OAuth2 { flows, .. } => {
            let scopes = flows.iter().flat_map(|flow| &flow.scopes).flat_map(|(name, text)| [&**name, &**text]);
            ["OAuth2", "scopes"].into_iter().chain(flows.iter().map(|flow| &*flow.name)).chain(scopes).collect()
        }
        SecurityKind::OpenIdConnect { .. } => vec!["OpenID Connect"],
        SecurityKind::MutualTls => vec!["mutual TLS", "mTLS", "certificate"],
        SecurityKind::Other(word) => vec![word],
    };
    words.into_iter().map(str::to_owned).collect()
}

fn scopes(api: &Api, operation: &Operation) -> Vec<String> {
    // What the API sends is no duty of the root's requirements.
    let inherited = match operation.kind {
        OperationKind::Http { .. } => api.security.as_ref(),
        OperationKind::Webhook { .. } | OperationKind::Callback { .. } => None,
    };
    let requirements = operation.security.as_ref().or(inherited).into_iter().flatten();
    let mut scopes: Vec<String> = requirements
        .flat_map(|requirement| &requirement.schemes)
        .flat_map(|scheme| &scheme.scopes)
        .map(|scope| scope.to_string())
        .collect();
    scopes.sort();
    scopes.dedup();
    scopes
}

fn parameter(schemas: Schemas<'_>, parameter: &Parameter) -> Record {
    let kind = match parameter.location {
        ParameterIn::Path => Kind::PathParameter,
        ParameterIn::Query | ParameterIn::QueryString => Kind::QueryParameter,
        ParameterIn::Header => Kind::HeaderParameter,
        ParameterIn::Cookie => Kind::CookieParameter,
    };
    let at = anchor::parameter(parameter.location, &parameter.name);
    let mut record = Record::part(kind, &parameter.name, at).named(&parameter.name);
    record.deprecated = parameter.deprecated;
    record.text = prose(parameter.description.as_ref());
    let media = parameter.content.iter().find_map(|media| media.schema);
    if let Some(id) = parameter.schema.or(media) {
        record.keywords = fields::words_of(schemas, &schemas.effective(&[id]));
    }
    record
}

/// A callback with the URLs, summaries and ids of what the API calls.
fn callback(callback: &Callback) -> Record {
    let at = anchor::join("callback", &callback.name);
    let mut record = Record::part(Kind::Callback, &callback.name, at).named(&callback.name);
    for operation in &callback.operations {
        record.names.extend(operation.operation_id.as_deref().map(str::to_owned));
        record.keywords.push(operation.kind.address().to_string());
        let summary = operation.summary.as_deref().unwrap_or_default();
        for text in [plain(summary), prose(operation.description.as_ref())] {
            add(&mut record.text, &text);
        }
    }
    record
}

/// The responses by status, and the fields that stand in them without being those of a named schema: they have no other
/// page, so each is a part that leads to its response.
fn responses(schemas: Schemas<'_>, operation: &Operation, parts: &mut Vec<Record>) {
    let mut seen = BTreeSet::new();
    let mut inline = Vec::new();
    for response in &operation.responses {
        let at = anchor::response(&response.status);
        let text = prose(response.description.as_ref());
        let label = format!("{} {}", response.status, short(&text));
        let mut record = Record::part(Kind::Response, label, at.clone()).named(&response.status);
        record.text = text;
        record.keywords.extend(response.headers.iter().map(|header| header.name.to_string()));
        parts.push(record);
        for id in response.content.iter().flat_map(|media| media.schema.into_iter().chain(media.item_schema)) {
            for field in fields::inline(schemas, id) {
                if seen.insert(field.title.clone()) {
                    inline.push(Record { anchor: at.clone(), ..field });
                }
            }
        }
    }
    parts.append(&mut inline);
}

/// The first words of a text, for a label.
fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut words = String::new();
    for word in line.split_whitespace() {
        if words.len() + word.len() > 60 {
            words.push('…');
            break;
        }
        words.push_str(if words.is_empty() { "" } else { " " });
        words.push_str(word);
    }
    words
}
