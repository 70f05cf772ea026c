//! Security for the console: what it asks for, and which flows of OAuth it can follow.

use super::data::{FlowData, SchemeData, SchemeKind};
use super::parameters::is_forbidden;
use crate::model::api::{
    ApiKeyIn, OAuthFlow, Operation, RequiredScheme, SecurityKind, SecurityRequirement, SecurityScheme,
};
use crate::render::reference::Reference;
use crate::render::reference::security::place_word;
use crate::render::samples::auth;
use crate::schema::wire::server::origin;

/// Returns true for a flow that a page can follow without keeping a secret of its publisher's: the authorization code
/// with PKCE (RFC 7636), and client credentials that the reader types in.
pub fn is_used_flow(name: &str) -> bool {
    matches!(name, "authorizationCode" | "clientCredentials")
}

/// Returns the alternatives of an operation.
pub fn of_operation(reference: &Reference<'_>, operation: &Operation) -> Vec<Vec<SchemeData>> {
    let requirements = operation.security.as_deref().or(reference.api.security.as_deref()).unwrap_or(&[]);
    requirements.iter().map(|requirement| alternative(reference, requirement)).collect()
}

fn alternative(reference: &Reference<'_>, requirement: &SecurityRequirement) -> Vec<SchemeData> {
    let scheme = |required: &RequiredScheme| reference.api.security_schemes.get(required.scheme? as usize);
    let is_key = |scheme: &&SecurityScheme| matches!(scheme.kind, SecurityKind::ApiKey { .. });
    let several = requirement.schemes.iter().filter_map(scheme).filter(is_key).count() > 1;
    let data = |required: &RequiredScheme| SchemeData {
        scheme: required.name.to_string(),
        kind: scheme(required).map_or_else(unknown, kind),
        variables: scheme(required).map_or(Vec::new(), |scheme| auth::variables(reference.api, scheme, several)),
        scopes: required.scopes.iter().map(|scope| scope.to_string()).collect(),
    };
    requirement.schemes.iter().map(data).collect()
}

fn unknown() -> SchemeKind {
    SchemeKind::Other { words: "The description names no scheme like this.".into() }
}

fn kind(scheme: &SecurityScheme) -> SchemeKind {
    let other = |words: &str| SchemeKind::Other { words: words.into() };
    match &scheme.kind {
        SecurityKind::ApiKey { location: ApiKeyIn::Cookie, .. } => {
            other("Browsers let no page set a cookie of another host. Use the command below.")
        }
        SecurityKind::ApiKey { location: ApiKeyIn::Header, name } if is_forbidden(name) => {
            other("Browsers let no page set this header. Use the command below.")
        }
        SecurityKind::ApiKey { location, name } => {
            let location = if *location == ApiKeyIn::Query { "query" } else { place_word(*location) };
            SchemeKind::Key { location, name: name.to_string() }
        }
        SecurityKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => SchemeKind::Basic,
        SecurityKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") || scheme.is_empty() => {
            SchemeKind::Bearer
        }
        SecurityKind::Http { scheme, .. } => SchemeKind::Http { word: scheme.to_string() },
        SecurityKind::OAuth2 { flows, .. } => SchemeKind::OAuth { flows: flows.iter().filter_map(flow).collect() },
        SecurityKind::OpenIdConnect { url } => SchemeKind::OpenId { url: url.to_string() },
        SecurityKind::MutualTls => other("Needs a client certificate; the browser asks for one that it holds."),
        SecurityKind::Other(_) => other("The console does not know this kind of authentication."),
    }
}

/// A flow that can be followed: its addresses are https, on this machine, or relative to the server.
fn flow(flow: &OAuthFlow) -> Option<FlowData> {
    let callable = |url: &&str| origin(url).is_ok();
    let token = flow.token_url.as_deref().filter(callable)?;
    let authorize = flow.authorization_url.as_deref().filter(callable);
    let usable = is_used_flow(&flow.name) && (authorize.is_some() || &*flow.name == "clientCredentials");
    usable.then(|| FlowData {
        flow: flow.name.to_string(),
        authorize: authorize.map(str::to_owned),
        token: token.to_owned(),
        scopes: flow.scopes.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect(),
    })
}
