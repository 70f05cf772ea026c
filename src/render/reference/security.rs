//! What a request needs to be allowed: alternatives of schemes with their scopes.

use super::{Reference, push_code};
use crate::model::api::{ApiKeyIn, Operation, RequiredScheme, SecurityKind, SecurityRequirement, SecurityScheme};
use crate::model::route::Subject;
use crate::render::html::HtmlBuilder;
use crate::schema::anchor;

impl<'a> Reference<'a> {
    /// Returns the requirements that hold for an operation: its own, else the API's. `None` when neither says a word.
    ///
    /// Webhooks and callbacks are sent by the API, so the API's own requirements are no duty of theirs.
    pub fn requirements(&self, operation: &'a Operation) -> Option<&'a [SecurityRequirement]> {
        use crate::model::api::OperationKind;
        let inherited = match operation.kind {
            OperationKind::Http { .. } => self.api.security.as_deref(),
            OperationKind::Webhook { .. } | OperationKind::Callback { .. } => None,
        };
        operation.security.as_deref().or(inherited)
    }

    /// Adds what a request needs, as a sentence or a list of alternatives.
    pub fn push_security(&mut self, html: &mut HtmlBuilder, operation: &'a Operation) {
        let Some(requirements) = self.requirements(operation) else { return };
        let optional = requirements.iter().any(|requirement| requirement.schemes.is_empty());
        let needed: Vec<&SecurityRequirement> =
            requirements.iter().filter(|requirement| !requirement.schemes.is_empty()).collect();
        html.push_markup("<div class=\"op__auth\">");
        match needed.as_slice() {
            [] => html.push_markup("<p>No authentication</p>"),
            [only] => {
                html.push_markup("<p>Needs ");
                self.push_requirement(html, only);
                html.push_markup("</p>");
            }
            several => {
                html.push_markup("<p>Needs one of</p><ul>");
                for requirement in several {
                    html.push_markup("<li>");
                    self.push_requirement(html, requirement);
                    html.push_markup("</li>");
                }
                html.push_markup("</ul>");
            }
        }
        if optional && !needed.is_empty() {
            html.push_markup("<p>Authentication is optional.</p>");
        }
        html.push_markup("</div>");
    }

    fn push_requirement(&mut self, html: &mut HtmlBuilder, requirement: &SecurityRequirement) {
        for (at, required) in requirement.schemes.iter().enumerate() {
            html.push_markup(if at > 0 { " and " } else { "" });
            self.push_required(html, required);
        }
    }

    fn push_required(&mut self, html: &mut HtmlBuilder, required: &RequiredScheme) {
        let scheme = required.scheme.and_then(|at| self.api.security_schemes.get(at as usize));
        let page = self.context.href(Subject::Authentication(self.at));
        match (scheme, page) {
            (Some(scheme), Some(page)) => {
                let href = format!("{page}#{}", scheme_anchor(scheme));
                super::push_link(html, &href, &scheme.name);
                html.push_markup(" <span class=\"field__type\">");
                html.push_text(&full_kind(scheme));
                html.push_markup("</span>");
            }
            (Some(scheme), None) => html.push_text(&format!("{} ({})", scheme.name, full_kind(scheme))),
            (None, _) => {
                html.push_text(&required.name);
                html.push_markup(" <span class=\"chip chip--warn\">no such scheme</span>");
            }
        }
        if scheme.is_some_and(|scheme| scheme.deprecated) {
            html.push_markup(" <span class=\"chip chip--warn\">deprecated</span>");
        }
        if !required.scopes.is_empty() {
            let oauth = scheme.is_some_and(|scheme| {
                matches!(scheme.kind, SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. })
            });
            html.push_markup(if oauth { " with scopes " } else { " with roles " });
            self.push_scopes(html, required, scheme);
        }
    }

    fn push_scopes(&mut self, html: &mut HtmlBuilder, required: &RequiredScheme, scheme: Option<&SecurityScheme>) {
        for (at, scope) in required.scopes.iter().enumerate() {
            html.push_markup(if at > 0 { ", " } else { "" });
            push_code(html, scope);
            if let Some(text) = scheme.and_then(|scheme| scope_text(scheme, scope)) {
                html.push_text(&format!(" ({text})"));
            }
        }
    }
}

/// Returns the description of a scope.
fn scope_text<'s>(scheme: &'s SecurityScheme, scope: &str) -> Option<&'s str> {
    let SecurityKind::OAuth2 { flows, .. } = &scheme.kind else { return None };
    let scopes = flows.iter().flat_map(|flow| &flow.scopes);
    scopes.filter(|(name, _)| &**name == scope).map(|(_, text)| text.trim()).find(|text| !text.is_empty())
}

/// Returns the anchor of a scheme on the authentication page.
pub fn scheme_anchor(scheme: &SecurityScheme) -> String {
    anchor::scheme(&scheme.name)
}

/// Returns what kind of scheme it is and where it is sent, in a few words.
pub fn short_kind(scheme: &SecurityScheme) -> String {
    match &scheme.kind {
        SecurityKind::ApiKey { location, name } => format!("API key in {} {name}", place_word(*location)),
        SecurityKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => "bearer token".into(),
        SecurityKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => "user name and password".into(),
        SecurityKind::Http { scheme, .. } => format!("HTTP {scheme}"),
        SecurityKind::OAuth2 { .. } => "OAuth 2.0".into(),
        SecurityKind::OpenIdConnect { .. } => "OpenID Connect".into(),
        SecurityKind::MutualTls => "client certificate".into(),
        SecurityKind::Other(word) => word.to_string(),
    }
}

/// Returns what kind of scheme it is, the form of its token, and which header carries it.
pub fn full_kind(scheme: &SecurityScheme) -> String {
    let kind = short_kind(scheme);
    match &scheme.kind {
        SecurityKind::Http { bearer_format: Some(format), .. } => format!("{kind} ({format}) in header Authorization"),
        SecurityKind::Http { .. } => format!("{kind} in header Authorization"),
        SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => {
            format!("{kind} access token in header Authorization")
        }
        SecurityKind::ApiKey { .. } | SecurityKind::MutualTls | SecurityKind::Other(_) => kind,
    }
}

/// Returns the word for the place of an API key.
pub fn place_word(location: ApiKeyIn) -> &'static str {
    match location {
        ApiKeyIn::Header => "header",
        ApiKeyIn::Query => "query parameter",
        ApiKeyIn::Cookie => "cookie",
    }
}
