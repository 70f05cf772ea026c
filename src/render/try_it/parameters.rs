//! Parameters for the console.

use super::data::{Facts, ParameterData};
use super::facts;
use crate::model::api::{Operation, Parameter, ParameterIn, Style};
use crate::render::reference::Reference;
use crate::schema::example::{self, Source};
use crate::schema::wire::parameter::style_name;
use crate::schema::{Direction, Schemas};

/// Headers that browsers keep to themselves (Fetch, "Forbidden request-header").
const FORBIDDEN: &[&str] = &[
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "access-control-request-private-network",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];

/// Headers that a description may not declare as parameters (OpenAPI 3.2, "Parameter Object", `name`).
const NOT_PARAMETERS: &[&str] = &["accept", "content-type", "authorization"];

/// Returns true for a header that browsers do not let a page set. `User-Agent` may be set by the standard, yet some
/// browsers drop it without a word.
pub fn is_forbidden(header: &str) -> bool {
    let name = header.to_ascii_lowercase();
    FORBIDDEN.contains(&name.as_str()) || name.starts_with("proxy-") || name.starts_with("sec-") || name == "user-agent"
}

/// Returns the parameters of an operation.
pub fn of_operation(reference: &Reference<'_>, operation: &Operation) -> Vec<ParameterData> {
    let described = operation.parameters.iter().filter(|parameter| {
        let name = parameter.name.to_ascii_lowercase();
        parameter.location != ParameterIn::Header || !NOT_PARAMETERS.contains(&name.as_str())
    });
    let mut all: Vec<ParameterData> = described.map(|parameter| parameter_data(reference, parameter)).collect();
    all.extend(undeclared(&operation.kind, &all));
    all
}

/// Variables of the path that no parameter declares; a request cannot be made without them.
fn undeclared(kind: &crate::model::api::OperationKind, declared: &[ParameterData]) -> Vec<ParameterData> {
    let path = kind.address();
    let names = path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
    let is_declared = |name: &&str| !declared.iter().any(|known| known.location == "path" && known.name == **name);
    let plain = |name: &str| ParameterData {
        name: name.to_owned(),
        location: "path",
        required: true,
        deprecated: false,
        blocked: false,
        style: style_name(Style::Simple),
        explode: false,
        escape: "all",
        media: None,
        facts: Facts { kind: "string", hint: "string".into(), ..Facts::default() },
        sample: None,
        filled: false,
    };
    names.filter(is_declared).map(plain).collect()
}

fn parameter_data(reference: &Reference<'_>, parameter: &Parameter) -> ParameterData {
    let media = parameter.content.first();
    let schema = parameter.schema.or(media.and_then(|media| media.schema));
    let facts = facts_of(reference.schemas, schema, media.is_some());
    let limits = &reference.settings.limits;
    let shown = example::of_parameter(reference.schemas, parameter, Direction::Request, limits);
    let first = shown.into_iter().find(|shown| shown.value.is_some());
    let told = first.as_ref().is_some_and(|shown| shown.source == Source::Author)
        || facts.default.is_some()
        || facts.values.len() == 1;
    ParameterData {
        name: parameter.name.to_string(),
        location: location_word(parameter.location),
        required: parameter.required,
        deprecated: parameter.deprecated,
        blocked: match parameter.location {
            ParameterIn::Cookie => true,
            ParameterIn::Header => is_forbidden(&parameter.name),
            _ => false,
        },
        style: style_name(parameter.style),
        explode: parameter.explode,
        escape: match (parameter.location, parameter.style) {
            (ParameterIn::Header, _) | (_, Style::Cookie) => "none",
            (ParameterIn::Path, _) if parameter.allow_reserved => "reservedInPath",
            _ if parameter.allow_reserved => "reserved",
            _ => "all",
        },
        media: media.map(|media| media.name.to_string()),
        sample: first.and_then(|shown| facts::shown_sample(&facts, shown.source, shown.value.as_ref())),
        filled: parameter.required && told,
        facts,
    }
}

/// A parameter with `content` is typed as the text of its media type.
fn facts_of(schemas: Schemas<'_>, schema: Option<crate::model::api::SchemaId>, serialised: bool) -> Facts {
    let mut facts = facts::of_schemas(schemas, schema.as_slice());
    if serialised {
        facts.items = None;
        facts.fields = Vec::new();
    }
    facts
}

fn location_word(location: ParameterIn) -> &'static str {
    match location {
        ParameterIn::Path => "path",
        ParameterIn::Query => "query",
        ParameterIn::QueryString => "querystring",
        ParameterIn::Header => "header",
        ParameterIn::Cookie => "cookie",
    }
}
