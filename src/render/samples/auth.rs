//! Credentials of samples: named variables, never a value that looks like a secret.

use super::request::{Login, Request, Template};
use crate::model::api::{Api, ApiKeyIn, SecurityKind, SecurityRequirement, SecurityScheme};
use crate::schema::wire::parameter::Escape;

/// Puts what one alternative of the security asks for into a request.
pub fn apply(api: &Api, requirement: &SecurityRequirement, request: &mut Request) {
    let schemes: Vec<&SecurityScheme> =
        requirement.schemes.iter().filter_map(|required| api.security_schemes.get(required.scheme? as usize)).collect();
    let keys = schemes.iter().filter(|scheme| matches!(scheme.kind, SecurityKind::ApiKey { .. })).count();
    for scheme in schemes {
        apply_scheme(api, scheme, keys > 1, request);
    }
}

fn apply_scheme(api: &Api, scheme: &SecurityScheme, several_keys: bool, request: &mut Request) {
    let variables = variables(api, scheme, several_keys);
    let variable = |at: usize| variables.get(at).map_or("", String::as_str);
    match &scheme.kind {
        SecurityKind::ApiKey { location, name } => {
            let value = Template::variable(variable(0));
            match location {
                ApiKeyIn::Header => request.headers.push((name.to_string(), value)),
                ApiKeyIn::Query => {
                    request.query.push(Template::text(format!("{}=", Escape::All.apply(name))).then(value));
                }
                ApiKeyIn::Cookie => request.cookies.push(Template::text(format!("{name}=")).then(value)),
            }
        }
        SecurityKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
            request.basic = Some(login(&prefix(api)));
        }
        SecurityKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("digest") => {
            request.digest = Some(login(&prefix(api)));
        }
        SecurityKind::Http { scheme, .. } if !scheme.eq_ignore_ascii_case("bearer") => {
            let name = if scheme.is_empty() { "Bearer" } else { scheme };
            push_authorization(request, name, variable(0));
        }
        SecurityKind::Http { .. } | SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => {
            push_authorization(request, "Bearer", variable(0));
        }
        SecurityKind::MutualTls => request.certificate = true,
        SecurityKind::Other(_) => {}
    }
}

/// Returns the names of the variables that hold a scheme's secrets: of HTTP basic the user's and the password's.
pub fn variables(api: &Api, scheme: &SecurityScheme, several_keys: bool) -> Vec<String> {
    let prefix = prefix(api);
    let endings: &[&str] = match &scheme.kind {
        SecurityKind::ApiKey { name, .. } if several_keys => {
            return vec![format!("{prefix}_{}", screaming(name.trim_start_matches("X-")))];
        }
        SecurityKind::ApiKey { .. } => &["KEY"],
        SecurityKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => &["USER", "PASSWORD"],
        SecurityKind::Http { scheme, .. } if !scheme.eq_ignore_ascii_case("bearer") => &["CREDENTIALS"],
        SecurityKind::Http { .. } | SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => &["TOKEN"],
        SecurityKind::MutualTls | SecurityKind::Other(_) => &[],
    };
    endings.iter().map(|ending| format!("{prefix}_{ending}")).collect()
}

fn login(prefix: &str) -> Login {
    Login { user: format!("{prefix}_USER"), password: format!("{prefix}_PASSWORD") }
}

/// Adds an `Authorization` header, unless there is one.
pub fn push_authorization(request: &mut Request, scheme: &str, variable: &str) {
    if !request.headers.iter().any(|(name, _)| name == "Authorization") {
        let value = Template::text(format!("{scheme} ")).then(Template::variable(variable));
        request.headers.push(("Authorization".into(), value));
    }
}

/// Returns the first telling word of the API's title in capitals: `MUSEUM` of "The Museum API".
pub fn prefix(api: &Api) -> String {
    const SILENT: &[&str] = &["THE", "A", "API", "APIS", "REST", "RESTFUL", "HTTP", "OPENAPI", "SWAGGER", "OPEN", "MY"];
    let title = screaming(&api.info.title);
    let words = title.split('_').filter(|word| !word.is_empty() && !SILENT.contains(word));
    let mut telling = words.filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()));
    telling.next().map_or_else(
        || {
            Some(screaming(&api.id))
                .filter(|id| id.starts_with(|c: char| c.is_ascii_alphabetic()))
                .unwrap_or("API".into())
        },
        str::to_owned,
    )
}

/// Returns a name in capitals with underscores: a variable of the environment, or a placeholder in a path.
pub fn screaming(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut previous_small = false;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            if c.is_ascii_uppercase() && previous_small {
                out.push('_');
            }
            out.push(c.to_ascii_uppercase());
            previous_small = c.is_ascii_lowercase();
        } else {
            if !out.is_empty() && !out.ends_with('_') {
                out.push('_');
            }
            previous_small = false;
        }
    }
    while out.ends_with('_') {
        out.pop();
    }
    out
}
